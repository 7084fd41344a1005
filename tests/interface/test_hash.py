"""The vendored sheet is found under its hashed name, inside its layer."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings as live
from django.core.management import call_command


def test_the_import_of_the_vendored_sheet_survives_hashing(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **live.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    sheet = next(path for path in tmp_path.glob("app.*.css"))
    found = re.search(r'@import url\("(vendor/pico\.min\.[0-9a-f]+\.css)"\) layer\(pico\)', sheet.read_text())
    assert found and (tmp_path / found[1]).exists()

"""`rotate_keys`: wrap everything under the first of AMPARO_FIELD_KEYS, and give cases further data keys on request."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.sign_in import factors
from audit.trail import record
from casework.case_keys import CASE_KEYS
from casework.models import Case, KeyMark
from materials.material_keys import MATERIAL_KEYS
from materials.models import Material
from sealing import rotation
from sealing.errors import DecryptionError


class Command(BaseCommand):
    help = "Wraps all data keys and encrypted values under the first of AMPARO_FIELD_KEYS. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        words = "also give every case and material a further data key, for what is written from now on"
        parser.add_argument("--data-keys", action="store_true", help=words)
        words = "also take AMPARO_SECRET_KEY as it is set now for this site's; every session ends"
        parser.add_argument("--secret-key", action="store_true", help=words)
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = further_data_keys() if options["data_keys"] else 0
            columns = rotation.wrap_anew()
            renewed = factors.wrap_secrets_anew() + sum(column.renewed for column in columns)
        except DecryptionError as fault:
            raise CommandError(f"{fault} Put the key that wrote it back into AMPARO_FIELD_KEYS.") from None
        if options["secret_key"]:
            KeyMark.objects.renew("AMPARO_SECRET_KEY")
        kept = {column.column: column.kept for column in columns if column.kept}
        record(actor=None, verb="accounts.keys.rotated", wrapped=renewed, kept=sum(kept.values()), data_keys=made)
        if options["json"]:
            self.stdout.write(json.dumps({"wrapped": renewed, "kept": kept, "data_keys": made}))
            return
        for line in wrapped_in_words(renewed, kept, made):
            self.stdout.write(line)


def further_data_keys() -> int:
    """Give every case and every material a further data key; return how many were made."""
    cases = [CASE_KEYS.make(pk) for pk in Case.objects.order_by("pk").values_list("pk", flat=True)]
    materials = [MATERIAL_KEYS.make(pk) for pk in Material.objects.order_by("pk").values_list("pk", flat=True)]
    return len(cases) + len(materials)


def wrapped_in_words(renewed: int, kept: dict[str, int], made: int) -> list[str]:
    """Say what was done, and whether the older keys may go."""
    lines = [
        ngettext(
            "%(n)d value was wrapped anew under the first key.",
            "%(n)d values were wrapped anew under the first key.",
            renewed,
        )
        % {"n": renewed}
    ]
    if made:
        lines.append(
            ngettext("%(n)d further data key was made.", "%(n)d further data keys were made.", made) % {"n": made}
        )
    if not kept:
        lines.append(_("Nothing needs the other keys any more: you may take them out of AMPARO_FIELD_KEYS."))
        return lines
    lines.append(_("These can never change and go on needing the key that wrote them; leave it in AMPARO_FIELD_KEYS:"))
    return [*lines, *(f"- {column}: {count}" for column, count in kept.items())]

"""The variables of a test run, set before Django starts: test keys, a data folder that is thrown away, one engine."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.postgres import SOCKET_VARIABLE, start_for_this_run
from tools.machine import FOLDERS

ROOT_VARIABLE = "AMPARO_TEST_ROOT"
KEYS = {
    "AMPARO_SECRET_KEY": "test-secret-key-test-secret-key-test-secret-key-test-secret-key",
    "AMPARO_FIELD_KEYS": "dGVzdC1maWVsZC1rZXktdGVzdC1maWVsZC1rZXkhISE=",
    "AMPARO_INDEX_KEY": "test-index-key-test-index-key-test-index-key",
    "AMPARO_AUDIT_KEY": "test-audit-key-test-audit-key-test-audit-key",
    "AMPARO_GATE_KEYS": "test-gate-key-test-gate-key-test-gate-key-one",
}


def engine() -> str:
    """Which database this run uses: `sqlite` unless AMPARO_TEST_ENGINE says `postgresql`."""
    return os.environ.get("AMPARO_TEST_ENGINE", "sqlite")


def prepare() -> Path:
    """Set every AMPARO_* variable of this process and give its data folder. Nothing of the caller's shell is kept."""
    root = os.environ.get(ROOT_VARIABLE)
    if root is None:
        root = tempfile.mkdtemp(prefix="amparo-tests-")
        os.environ[ROOT_VARIABLE] = root
        atexit.register(shutil.rmtree, root, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("AMPARO_") and not name.startswith("AMPARO_TEST_")]:
        del os.environ[name]
    data_dir = Path(root) / os.environ.get("PYTEST_XDIST_WORKER", "main")
    for folder in (data_dir, *(data_dir / name for name in FOLDERS)):
        folder.mkdir(mode=0o700, exist_ok=True)
    os.environ.update(KEYS, AMPARO_DATA_DIR=str(data_dir), AMPARO_URL="http://127.0.0.1:8000", AMPARO_PRACTICE="1")
    if engine() == "postgresql":
        start_for_this_run()
        os.environ["AMPARO_DATABASE_URL"] = f"postgresql://postgres@/amparo?host={os.environ[SOCKET_VARIABLE]}"
    return data_dir

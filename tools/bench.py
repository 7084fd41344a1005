"""`./run bench`: figures beside their budgets."""

from tools import installing, keys, pango
from tools.machine import ROOT, make_data_dir, run
from tools.manage import environment


def measure(arguments: list[str]) -> int:
    """Run the benchmark on data folders and databases of its own; nothing of this copy is touched."""
    python = installing.ensure_installed("dev")
    folder = make_data_dir()
    keys.make(folder)
    pango.ensure_pango(folder, python)
    return run([python, "-m", "bench", *arguments], {**environment(folder), "PYTHONPATH": str(ROOT)})

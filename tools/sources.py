"""The list of files that `/source/` hands out: `python -m tools.sources` writes it anew from what git keeps."""

import subprocess

from tools.machine import ROOT

LIST = ROOT / "web" / "source_files.txt"
RENEW = "python -m tools.sources"


def kept_by_git() -> list[str]:
    """Every file that git keeps here and that is there, the list among them; raises OSError or CalledProcessError without git."""
    command = ["git", "ls-files", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    names = {name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()}
    return sorted(names | {str(LIST.relative_to(ROOT))})


def main() -> None:
    """Write the list."""
    LIST.write_text("".join(f"{name}\n" for name in kept_by_git()), encoding="utf-8")


if __name__ == "__main__":
    main()

"""`./run demo`: from nothing to a running practice site, and from there to nothing left behind."""

import hashlib
import json
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has none
    fcntl = None  # type: ignore[assignment]

from tools import installing, keys, manage, pango
from tools.children import Child, adopt, reap
from tools.machine import IS_WINDOWS, ROOT, CommandRefused, make_data_dir, run, say, venv_program

HOST = "127.0.0.1"
APPS = (
    "config",
    "web",
    "notes",
    "advocacy",
    "materials",
    "papers",
    "safety",
    "exchange",
    "packet",
    "claims",
    "consents",
    "casework",
    "directory",
    "work",
    "accounts",
    "audit",
    "sealing",
)
PEOPLE = (
    ("ana", "coordinator"),
    ("rui", "reviewer"),
    ("leila", "family liaison"),
    ("tomas", "legal officer"),
    ("sam", "member of other cases"),
    ("noor", "auditor"),
    ("dara", "director"),
    ("omar", "outside reviewer"),
    ("admin", "administrator"),
)


def show(*, port: int, is_once: bool) -> int:
    """Install, make keys, migrate, load practice cases where there are none, start web and worker, print the address."""
    python = installing.ensure_installed()
    folder = make_data_dir()
    with only_one(folder):
        keys.make(folder)
        password = keys.demo_password(folder)
        pango.ensure_pango(folder, python)
        listener = next_free(port)
        address = f"http://{HOST}:{listener.getsockname()[1]}"
        (folder / manage.PRACTICE).write_text(f"{address}\n")
        variables = {**keys.variables(folder), **manage.environment(folder), "AMPARO_URL": address}
        variables["TMPDIR"] = str(folder / "tmp")
        variables["AMPARO_EMBEDDED_WORKER"] = "1" if IS_WINDOWS else "0"
        variables["PYTHONWARNINGS"] = "ignore:You're running the worker"  # as root; each line of it is known
        _prepare(python, folder, {**variables, "AMPARO_DEMO_PASSWORD": password})
        with _children(folder, listener, variables) as children:
            _wait_until_it_answers(children, address)
            if is_once:
                return _look_once(address)
            _welcome(address, password)
            return _watch(children)


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """One demo a data folder: a second one is refused with the address of the first."""
    with (folder / "demo.lock").open("a+") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                where = (folder / manage.PRACTICE).read_text().strip() if (folder / manage.PRACTICE).exists() else ""
                raise CommandRefused(
                    f"a demo already runs on {folder}: {where} (another one needs another AMPARO_DATA_DIR)."
                ) from None
        yield


def next_free(port: int) -> socket.socket:
    """A listening socket on this machine alone, on the port or the next free one above it."""
    for number in range(port, min(port + 200, 65536)):
        listener = socket.socket()
        if not IS_WINDOWS:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, number))
            listener.listen(128)
        except OSError:
            listener.close()
            continue
        if number != port:
            say(f"Port {port} is taken; using {number}.")
        return listener
    raise CommandRefused(f"no port from {port} to {port + 199} is free.")


def web_command(listener: socket.socket, folder: Path) -> list[str]:
    """How the web process is called: gunicorn on the socket that is already bound; on Windows waitress on its port."""
    if IS_WINDOWS:
        port = listener.getsockname()[1]
        listener.close()
        return [str(venv_program("waitress-serve")), f"--listen={HOST}:{port}", "config.wsgi:application"]
    options = ["--worker-class", "gthread", "--workers", "1", "--threads", "4", "--graceful-timeout", "5"]
    quiet = ["--no-control-socket", "--log-level", "warning", "--worker-tmp-dir", str(folder / "tmp")]
    return [
        *(str(venv_program("gunicorn")), "config.wsgi:application"),
        *("--bind", f"fd://{listener.fileno()}", *options, *quiet),
    ]


def worker_command() -> list[str]:
    """How the one worker is called; it also keeps the clock of the sweeps."""
    start = [str(venv_program("celery")), "--quiet", "-A", "config", "worker"]
    options = ["-P", "solo", "-c", "1", "-B", "-l", "WARNING"]
    return [*start, *options, "--without-mingle", "--without-gossip"]


@contextmanager
def _children(folder: Path, listener: socket.socket, variables: dict[str, str]) -> Iterator[list[Child]]:
    """Web and worker, started; whatever happens inside, both are gone afterwards."""
    children = [Child("web", web_command(listener, folder), variables, listener)]
    if not IS_WINDOWS:  # there the web process carries the worker in a thread (config/wsgi.py)
        children.append(Child("worker", worker_command(), variables))

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), stop) for name in names}
    adopt()
    try:
        for child in children:
            child.start()
        yield children
    finally:
        for name in names:
            signal.signal(getattr(signal, name), signal.SIG_IGN)
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.stop()
        reap()
        listener.close()
        for name in names:
            signal.signal(getattr(signal, name), before[name])


def _prepare(python: Path, folder: Path, variables: dict[str, str]) -> None:
    """Make tables, static files and practice cases, unless the stamp says that nothing has changed since."""
    stamp, wanted = folder / "prepared", lock_fingerprint()
    is_known = manage.is_own() and (folder / "amparo.sqlite3").exists()
    if is_known and stamp.exists() and stamp.read_text() == wanted:
        return
    if run([python, "-m", "config.preparing"], {**variables, "PYTHONPATH": str(ROOT)}):
        raise CommandRefused("the database could not be made ready; the lines above say why.")
    stamp.write_text(wanted)


def lock_fingerprint() -> str:
    """What the tables and the static files are made from: any change of it makes the next start prepare anew."""
    digest = hashlib.sha256()
    code = [path for app in APPS for path in (ROOT / app).rglob("*.py")]  # triggers stand in many files
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    for path in sorted([*code, *files, ROOT / "requirements.txt"]):
        digest.update(f"{path.relative_to(ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _wait_until_it_answers(children: list[Child], address: str) -> None:
    until = time.monotonic() + 60
    while _status(f"{address}/healthz") != 200:
        if time.monotonic() > until:
            raise CommandRefused("the site did not answer within a minute; its last words stand above.")
        for child in children:
            child.look()
        time.sleep(0.1)


def _look_once(address: str) -> int:
    """Ask as a stranger would: the health, what the site needs, and the page people sign in on."""
    answers = {path: _status(f"{address}{path}") for path in ("/healthz", "/readyz", "/")}
    if set(answers.values()) == {200}:
        say(f"The site answers at {address}; ending, as asked.")
        return 0
    raise CommandRefused(f"the site answers, but not well: {json.dumps(answers)}")


def _status(url: str) -> int:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def _welcome(address: str, password: str) -> None:
    say("")
    say(f"Amparo is ready: {address}/")
    say("Practice only: every person and every case in it is invented.")
    say("")
    for name, what in PEOPLE:
        say(f"  {name:<7} {what}")
    say("")
    say(f"  password of each     {password}")
    say("  second factor        ./run manage demo_code ana")
    say("")
    say("Ctrl-C stops it.")


def _watch(children: list[Child]) -> int:
    """Until somebody stops it. A child that ends is started again, five times at most."""
    try:
        while True:
            for child in children:
                child.look()
            time.sleep(0.5)
    except KeyboardInterrupt:
        say("Stopping.")
        return 0
    finally:
        sys.stdout.flush()

"""The server's guide in its own order, on a real PostgreSQL and a real Redis: what compose would start is started here."""

import http.client
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from tests import postgres
from tests.test_redis import free_port, wait
from tools.machine import ROOT, venv_program

pytestmark = [
    pytest.mark.redis,
    pytest.mark.sqlite_only,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("server"),
    pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server is not installed"),
]
GUIDE = (ROOT / "docs" / "runbook.md").read_text().split("\n## Setting up a server\n")[1].split("\n## ")[0]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
ADDRESS = "https://amparo.example.org"
OF_THE_OFFICE = {
    "AMPARO_URL": ADDRESS,
    "AMPARO_EMAIL_URL": "smtp://amparo:word@mail.example.org:587",
    "AMPARO_EMAIL_FROM": "amparo@example.org",
}


class Server:
    """The parts of docker-compose.yml as processes of this machine, each with the variables and secrets that it gives."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.secrets = folder, folder / "secrets"
        self.ports = {name: free_port() for name in ("postgres", "redis", "web")}
        self.running: list[subprocess.Popen[bytes]] = []
        self.database: postgres.Server | None = None

    def do(self, step: str) -> str:
        """Do one line of the guide; return what it printed."""
        words = step.split()
        if words[0] == "./run":
            hosts = [f"--{name}=127.0.0.1:{self.ports[name]}" for name in ("postgres", "redis")]
            return self._ours([ROOT / "run", *words[1:], f"--folder={self.secrets}", *hosts], {})
        if words[:3] == ["docker", "compose", "up"]:
            self._up()
            return ""
        assert words[:5] == ["docker", "compose", "run", "--rm", "web"], step
        return self._ours([ROOT / "docker-entrypoint", *words[5:]], self.variables("web"))

    def variables(self, name: str) -> dict[str, str]:
        """Return the variables that compose gives a part, with its secrets and its volume at their places here."""
        given = COMPOSE["services"][name].get("environment", {})
        texts = {key: self._there(self._filled(str(value)), name) for key, value in given.items()}
        (self.folder / name).mkdir(exist_ok=True)
        return texts

    def answer(self, path: str) -> tuple[int, str]:
        """Ask the web process as the proxy of the guide does; follow nothing."""
        headers = {"Host": "amparo.example.org", "X-Forwarded-Proto": "https"}
        web = http.client.HTTPConnection("127.0.0.1", self.ports["web"], timeout=20)
        try:
            web.request("GET", path, headers=headers)
            answer = web.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""
        finally:
            web.close()

    def end(self) -> None:
        for process in reversed(self.running):
            process.terminate()
            process.wait(60)
        if self.database:
            self.database.stop()

    def _up(self) -> None:
        """Start each part when those that it depends on are well, as compose does."""
        waiting = dict(COMPOSE["services"])
        while waiting:
            ready = [name for name, part in waiting.items() if not set(part.get("depends_on", {})) & set(waiting)]
            for name in ready:
                part = waiting.pop(name)
                getattr(self, f"_{name}", self._part)(name, part)

    def _postgres(self, name: str, part: dict[str, Any]) -> None:
        """What the image does: the owner and the database of its variables, then the scripts that lie in their folder."""
        self.database = postgres.start(port=self.ports[name])
        given, place = part["environment"], {"PGHOST": str(self.database.socket), "PGPORT": str(self.ports[name])}
        password = Path(self._there(given["POSTGRES_PASSWORD_FILE"], name)).read_text().strip()
        owner, database = given["POSTGRES_USER"], given["POSTGRES_DB"]
        psql = [self.database.programs / "psql", "-qX", "-v", "ON_ERROR_STOP=1"]
        for sql in (
            f"CREATE ROLE {owner} SUPERUSER LOGIN PASSWORD '{password}'",
            f"CREATE DATABASE {database} OWNER {owner}",
        ):
            self._ours([*psql, "-U", "postgres", "-d", "postgres", "-c", sql], place)
        for config in part["configs"]:
            assert config["target"].startswith("/docker-entrypoint-initdb.d/")
            script = self._there(COMPOSE["configs"][config["source"]]["content"].replace("$$", "$"), name)
            path = f"{self.database.programs}{os.pathsep}{os.environ['PATH']}"
            login = {"POSTGRES_USER": owner, "POSTGRES_DB": database, "PATH": path}
            self._ours(["bash", "-euc", script], place | login)

    def _redis(self, name: str, part: dict[str, Any]) -> None:
        command = [self._there(word, name) for word in part["command"]]
        (self.folder / name).mkdir()
        here = ["--port", str(self.ports[name]), "--bind", "127.0.0.1", "--dir", str(self.folder / name)]
        self.running.append(subprocess.Popen([*command, *here], stdout=subprocess.DEVNULL, start_new_session=True))

    def _migrate(self, name: str, part: dict[str, Any]) -> None:
        self._ours([ROOT / "docker-entrypoint", *part["command"]], self.variables(name))

    def _part(self, name: str, part: dict[str, Any]) -> None:
        variables = self._clean(self.variables(name)) | {"BIND": f"127.0.0.1:{self.ports['web']}", "WORKERS": "1"}
        command = [ROOT / "docker-entrypoint", *part["command"]]
        self.running.append(subprocess.Popen(command, env=variables, start_new_session=True))

    def _ours(self, command: list[Any], variables: dict[str, str]) -> str:
        words = [str(word) for word in command]
        done = subprocess.run(words, env=self._clean(variables), capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{words}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return done.stdout + done.stderr

    def _clean(self, variables: dict[str, str]) -> dict[str, str]:
        """Return the variables with nothing of this test run in them but where programs lie."""
        path = f"{venv_program('python').parent}{os.pathsep}{os.environ['PATH']}"
        ours = {"PATH": path, "HOME": str(self.folder), "LANG": "C.UTF-8", "DJANGO_SETTINGS_MODULE": "config.settings"}
        return ours | variables

    def _filled(self, text: str) -> str:
        return re.sub(r"\$\{(\w+):[-?][^}]*\}", lambda found: OF_THE_OFFICE.get(found[1], ""), text)

    def _there(self, text: str, name: str) -> str:
        return re.sub("^/data", str(self.folder / name), text).replace("/run/secrets", str(self.secrets))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    one = Server(tmp_path)
    try:
        yield one
    finally:
        one.end()


def test_the_steps_of_the_guide_make_a_server_that_works(server: Server) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    steps = [line.strip() for block in blocks for line in block.splitlines() if line.strip()]
    assert [step.split()[0] for step in steps] == ["./run", "docker", "docker", "docker"]
    said = [server.do(step) for step in steps]
    wait(lambda: server.answer("/readyz") == (200, "ok\n"))
    assert "field_keys" in said[0] and "no issues" in said[2], said[2]
    doors = re.findall(rf"{ADDRESS}(/invitation/\S+)", said[3])
    assert [server.answer(door + "x")[0] for door in doors] == [404, 404]
    assert len(doors) == 2 and [server.answer(door)[0] for door in doors] == [302, 302]
    site = (server.secrets / "database_url").read_text().strip()
    for forbidden in (
        "CREATE TABLE x (y int)",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DELETE FROM audit_entry",
    ):
        with psycopg.connect(site) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(forbidden)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(re.sub(r":[^:@]*@", ":a-wrong-word@", site))


def test_secrets_are_made_once_and_no_half_of_a_pair_is_made_anew(server: Server) -> None:
    step = "./run secrets"
    server.do(step)
    before = {path.name: path.read_text() for path in server.secrets.iterdir()}
    wanted = {Path(one["file"]).name for one in COMPOSE["secrets"].values()}
    assert set(before) == wanted and "Nothing was changed" in server.do(step)
    assert {path.stat().st_mode & 0o777 for path in server.secrets.iterdir()} == {0o600}
    for lost in ("field_keys", "site_password", "owner_database_url", "redis_url"):
        (server.secrets / lost).unlink()
        with pytest.raises(AssertionError, match=rf"but not {lost}"):
            server.do(step)
        (server.secrets / lost).write_text(before[lost])
    assert {path.name: path.read_text() for path in server.secrets.iterdir()} == before

"""A desk in a folder and a database of its own, with processes that a story starts and kills."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """A process that the nursery gave birth to."""

    def __init__(self, world: "World", pid: int):
        self._world, self._pid = world, pid

    def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        os.kill(self._pid, signal.SIGKILL)
        self._world.nursery(buried=self._pid)


class Desk(Process):
    """The desk's own process and the line to it."""

    def __init__(self, world: "World", pid: int, line: socket.socket):
        super().__init__(world, pid)
        self._line = line
        self.asked: TextIO = line.makefile("w")
        self.answers: TextIO = line.makefile("r")

    def kill(self) -> None:
        super().kill()
        self._line.close()


class World:
    """`ask` speaks with the desk's own process (crash_desk.py); `worker` starts `fenghuo worker`."""

    def __init__(self, folder: Path, **environment: str):
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "fenghuo.desk.site.settings",
            "FENGHUO_HOME": str(folder / "home"),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            **environment,
        }
        self._database = ""
        if os.environ.get("DATABASE_URL"):
            self._make_database(os.environ["DATABASE_URL"])
        self._desk: Desk | None = None
        self._address = str(folder / "desk")
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(self._address)
        self._door.listen()
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.stories.nursery"],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "World":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill_desk()
        self._nursery.communicate()
        self._door.close()
        if self._database:
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
                server.execute(f'DROP DATABASE IF EXISTS "{self._database}" WITH (FORCE)')

    def _make_database(self, url: str) -> None:
        self._database = f"fenghuo_story_{os.getpid()}"
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{self._database}" WITH (FORCE)')
            server.execute(f'CREATE DATABASE "{self._database}"')
        self.environment["DATABASE_URL"] = urlsplit(url)._replace(path=f"/{self._database}").geturl()

    def ask(self, do: str, **arguments: Any) -> dict[str, Any]:
        """The desk's answer to one command."""
        self.tell(do, **arguments)
        line = self.desk().answers.readline()
        assert line, f"{do}: the desk's process ended"
        return json.loads(line)

    def tell(self, do: str, **arguments: Any) -> None:
        """A command whose answer nobody waits for."""
        desk = self.desk()
        desk.asked.write(json.dumps({"do": do, **arguments}) + "\n")
        desk.asked.flush()

    def desk(self) -> Desk:
        if self._desk is None:
            pid = self.nursery(born="desk", address=self._address)["pid"]
            self._desk = Desk(self, pid, self._door.accept()[0])
        return self._desk

    def kill_desk(self) -> None:
        if self._desk is not None:
            self._desk.kill()
            self._desk = None

    def worker(self) -> Process:
        """`fenghuo worker`, started."""
        return Process(self, self.nursery(born="worker")["pid"])

    def nursery(self, **asked: Any) -> dict[str, Any]:
        """The nursery's answer to one command."""
        assert self._nursery.stdin is not None and self._nursery.stdout is not None
        self._nursery.stdin.write(json.dumps(asked) + "\n")
        self._nursery.stdin.flush()
        line = self._nursery.stdout.readline()
        assert line, f"the nursery ended ({self._nursery.wait()})"
        return json.loads(line)

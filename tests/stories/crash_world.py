"""A desk in a folder and a database of its own, with processes that a story starts and kills."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]


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
        self._desk: subprocess.Popen[str] | None = None

    def __enter__(self) -> "World":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill_desk()
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
        desk = self.desk()
        self.tell(do, **arguments)
        assert desk.stdout is not None
        line = desk.stdout.readline()
        assert line, f"{do}: the desk's process ended ({desk.wait()})"
        return json.loads(line)

    def tell(self, do: str, **arguments: Any) -> None:
        """A command whose answer nobody waits for."""
        desk = self.desk()
        assert desk.stdin is not None
        desk.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        desk.stdin.flush()

    def desk(self) -> "subprocess.Popen[str]":
        if self._desk is None:
            self._desk = subprocess.Popen(
                [sys.executable, "-m", "tests.stories.crash_desk"],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        return self._desk

    def kill_desk(self) -> None:
        if self._desk is not None:
            self._desk.kill()
            self._desk.communicate()
            self._desk = None

    def worker(self) -> "subprocess.Popen[bytes]":
        """`fenghuo worker`, started."""
        return subprocess.Popen(
            [sys.executable, "-m", "fenghuo", "worker"],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

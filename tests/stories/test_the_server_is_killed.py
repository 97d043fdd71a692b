"""`fenghuo serve` starts again whichever of its processes is killed, and the desk is whole afterwards."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.db import connection

PATIENCE_SECONDS = 180


def children(pid: int) -> dict[str, int]:
    """The direct children of a process by what they are: web or worker."""
    found = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            try:
                words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            except FileNotFoundError:
                continue  # killed, and collected since the children were listed
            found["web" if b"gunicorn" in words else "worker"] = int(child)
    return found


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as response:
            return response.status == 200
    except OSError:
        return False


def wait_until(what, why: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < end, why
        time.sleep(0.1)


@pytest.mark.skipif(connection.vendor == "postgresql", reason="the program runs on its embedded default here")
def test_web_and_worker_killed_are_started_again(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"FENGHUO_HOME": str(tmp_path / "home"), "PORT": str(port)}
    environment["DJANGO_SETTINGS_MODULE"] = "fenghuo.desk.site.settings"
    program = [sys.executable, "-m", "fenghuo"]
    serve = subprocess.Popen([*program, "serve", "--host", "127.0.0.1"], env=environment)
    try:
        wait_until(lambda: answers(port), "the desk did not come up")
        before = children(serve.pid)
        for process in before.values():
            os.kill(process, signal.SIGKILL)
        wait_until(
            lambda: (
                set(children(serve.pid)) == {"web", "worker"}
                and not set(children(serve.pid).values()) & set(before.values())
            ),
            "the killed processes were not started again",
        )
        wait_until(lambda: answers(port), "the desk did not come back")
        verified = subprocess.run(
            [*program, "journal", "verify"], env=environment, capture_output=True, text=True
        )
        assert verified.returncode == 0, verified.stdout + verified.stderr
    finally:
        serve.terminate()
        assert serve.wait(timeout=PATIENCE_SECONDS) == 0
    assert not answers(port)

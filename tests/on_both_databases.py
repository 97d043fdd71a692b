"""Runs the tests on SQLite and on PostgreSQL side by side: each waits often for a browser, a process or a file.

SQLite's run is shown as it goes; what PostgreSQL's has said follows when both are done, and last of all, by name, what
failed on either: whoever sees only the end of a long log sees that.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from glob import glob

ASKING_A_DATABASE = ("tests/desk", "tests/stories", "tests/journeys", "tests/test_*.py")
"""What is run a second time: the layers without Django ask no database."""

AMISS = ("FAILED ", "ERROR ", "E   ", "INTERNALERROR>", "[gw", "!!!")
"""How pytest's lines begin that say what failed and of what."""

MOST_LINES = 60


def main(options: Sequence[str]) -> int:
    """The options are pytest's; the status is 0 only where both runs passed."""
    pytest = [sys.executable, "-m", "pytest", *options]
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        second = subprocess.Popen(
            [sys.executable, "-m", "tests.with_postgresql", *pytest, *_files()], stdout=said, stderr=said
        )
        try:
            print("== SQLite (PostgreSQL runs beside it) ==", flush=True)
            first, shown = _shown(pytest)
            runs = {"SQLite": (first, shown), "PostgreSQL": (second.wait(), [])}
        finally:
            second.terminate()
            second.wait()
        print("== PostgreSQL ==", flush=True)
        said.seek(0)
        for line in said:
            print(line, end="")
            runs["PostgreSQL"][1].append(line)
    for database, (status, lines) in runs.items():
        if status:
            print(f"== {database}: status {status} ==", *_amiss(lines), sep="\n", flush=True)
    return 0 if not any(status for status, _ in runs.values()) else 1


def _shown(command: Sequence[str]) -> tuple[int, list[str]]:
    """The status of a command and what it said, shown while it says it."""
    lines = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as run:
        for line in run.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    return run.returncode, lines


def _amiss(lines: Iterable[str]) -> list[str]:
    """The last lines that say what failed, cut to a screen's width; without such a line the run's last ones."""
    lines = [line.rstrip()[:300] for line in lines]
    return ([line for line in lines if line.startswith(AMISS)] or lines)[-MOST_LINES:]


def _files() -> list[str]:
    return [path for pattern in ASKING_A_DATABASE for path in sorted(glob(pattern))]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

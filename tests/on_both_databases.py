"""Runs the tests on SQLite and on PostgreSQL side by side: each waits often for a browser, a process or a file.

SQLite's run is shown as it goes; what PostgreSQL's has said follows when both are done.
"""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from glob import glob

ASKING_A_DATABASE = ("tests/desk", "tests/stories", "tests/journeys", "tests/test_*.py")
"""What is run a second time: the layers without Django ask no database."""


def main(options: Sequence[str]) -> int:
    """The options are pytest's; the status is 0 only where both runs passed."""
    pytest = [sys.executable, "-m", "pytest", *options]
    with tempfile.TemporaryFile() as said:
        second = subprocess.Popen(
            [sys.executable, "-m", "tests.with_postgresql", *pytest, *_files()], stdout=said, stderr=said
        )
        try:
            print("== SQLite (PostgreSQL runs beside it) ==", flush=True)
            statuses = [subprocess.call(pytest), second.wait()]
        finally:
            second.terminate()
            second.wait()
        print("== PostgreSQL ==", flush=True)
        said.seek(0)
        sys.stdout.buffer.write(said.read())
    return 0 if not any(statuses) else 1


def _files() -> list[str]:
    return [path for pattern in ASKING_A_DATABASE for path in sorted(glob(pattern))]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

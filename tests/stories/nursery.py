"""Where the processes of the crash stories come from: one that has everything imported, and forks them.

A process so born runs the same code as one started from a shell, opens its own connections and dies as hard; it
only spares the seconds of importing, of which a story that kills a hundred processes has many. Reads one JSON
command a line, answers with one JSON line.
"""

import json
import os
import random
import socket
import sys
from collections.abc import Callable
from typing import Any

from fenghuo.desk.site import command_line

from . import crash_desk


def worker() -> None:
    """`fenghuo worker`, as the command line runs it."""
    sys.argv[1:] = ["worker"]
    command_line.main()


def desk(address: str) -> None:
    """The desk's own process, which speaks through the socket that listens there."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(address)
        with line.makefile("r") as asked, line.makefile("w") as answers:
            crash_desk.serve(asked, answers)


def born(life: Callable[..., None], **arguments: Any) -> int:
    """The number of a new process that leads this life."""
    if pid := os.fork():
        return pid
    status = 1
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nothing, number)
        random.seed()  # else every worker would throw its parent's dice
        life(**arguments)
        status = 0
    finally:
        os._exit(status)


def main() -> None:
    lives = {"worker": worker, "desk": desk}
    for line in sys.stdin:
        asked = json.loads(line)
        if "buried" in asked:
            os.waitpid(asked["buried"], 0)
            print("{}", flush=True)
        else:
            print(json.dumps({"pid": born(lives[asked.pop("born")], **asked)}), flush=True)


if __name__ == "__main__":
    main()

"""The working folder of a long computation: held by one run, with its plan and the blocks that are done."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fenghuo.core.danger.finding import Text
from fenghuo.core.danger.layout import Layout
from fenghuo.core.danger.sources import stat_lines

_WHAT = {
    "program": Text("the program", "程序版本"),
    "weather": Text("the weather", "气象资料"),
    "settings": Text("the options", "计算选项"),
    "float32": Text("the precision", "计算精度"),
    "start state": Text("the start state", "起始状态"),
}


class NotComputable(ValueError):
    """A computation that cannot begin or go on; `rule`, `message` and `fix` say why, in both languages."""

    def __init__(self, rule: str, message: Text, fix: Text) -> None:
        super().__init__(f"{message.en} {fix.en}")
        self.rule = rule
        self.message = message
        self.fix = fix


@contextmanager
def alone(work: Path) -> Iterator[None]:
    """Hold the working folder, so that no second run writes into it."""
    work.mkdir(parents=True, exist_ok=True)
    lock = work.with_name(f"{work.name}.lock")
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotComputable(
                "already-running",
                Text("Another run is computing the same output.", "另一个进程正在计算同一输出。"),
                Text("Wait until it has finished, or stop it.", "请等待其完成，或先将其停止。"),
            ) from None
        try:
            yield
        finally:
            if work.exists() and not any(work.iterdir()):
                work.rmdir()
            if not work.exists():
                lock.unlink(missing_ok=True)


def empty(work: Path) -> None:
    """Begin anew: nothing of an earlier run stays."""
    for entry in work.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def plan_kept(work: Path, about: Mapping[str, Any]) -> Layout | None:
    """Return the layout of the run that lies in the folder, None where none has begun.

    `about` is what the run must still have in common with that one. Raises `NotComputable` where it has not.
    """
    written = work / "plan.json"
    if not written.exists():
        return None
    before = json.loads(written.read_text(encoding="utf-8"))
    changed = [text for key, text in _WHAT.items() if before["about"].get(key) != about[key]]
    if changed:
        raise NotComputable(
            "plan-changed",
            Text(
                "An interrupted run cannot go on, because these have changed since it began: "
                f"{', '.join(one.en for one in changed)}.",
                f"中断的计算无法继续，因为开始后以下内容已改变：{'、'.join(one.zh for one in changed)}。",
            ),
            Text(
                "Restore what was changed, or begin anew with --restart.",
                "请恢复原来的内容，或用 --restart 重新开始。",
            ),
        )
    return Layout(**{key: tuple(value) for key, value in before["layout"].items()})


def keep_plan(work: Path, about: Mapping[str, Any], layout: Layout) -> None:
    """Write down what a run is about and how it is cut into blocks."""
    parts = {"dims": layout.dims, "sizes": layout.sizes, "block": layout.block, "written": layout.written}
    text = json.dumps({"about": about, "layout": parts}, ensure_ascii=False, indent=1)
    _write_whole(work / "plan.json", text.encode())


def record(work: Path) -> Path:
    """Return the file in which each line is the index of a block that is done."""
    return work / "done"


def recorded(work: Path) -> set[tuple[int, ...]]:
    """The blocks that are done; a last line that was cut off does not count."""
    path = record(work)
    if not path.exists():
        return set()
    text = path.read_text(encoding="ascii")
    whole = text[: text.rfind("\n") + 1]
    if whole != text:
        _write_whole(path, whole.encode())  # else the next line would be joined to the rest of that one
    return {tuple(map(int, line.split())) for line in whole.splitlines()}


def digest_of(path: Path) -> str:
    """A fingerprint of a file's content, or of names, sizes and times of the files of a folder."""
    digest = hashlib.sha256()
    if path.is_dir():
        digest.update("\n".join(stat_lines(path)).encode())
    else:
        with path.open("rb") as file:
            while piece := file.read(2**20):
                digest.update(piece)
    return digest.hexdigest()


def _write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    os.replace(part, path)

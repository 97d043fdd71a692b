"""How many documents a command looked at and what it found in all of them together, and its progress."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import click

from .words import language, say

LEVELS = {"error": "错误", "warning": "警告", "note": "提示"}
"""The levels, gravest first, with their Chinese words; the English ones are their names."""


class Tally:
    """Counts of findings by level, of documents, and of what was mended."""

    def __init__(self) -> None:
        self.documents = self.mended = 0
        self.counts: Counter[str] = Counter()
        self.unreadable: list[str] = []

    def add(self, name: str, counts: Mapping[str, int], *, unreadable: bool, mended: int) -> None:
        """Count one document."""
        self.documents += 1
        self.counts += Counter(counts)
        self.mended += mended
        if unreadable:
            self.unreadable.append(name)

    def sentence(self) -> str:
        """The summary in the user's language."""
        return self._chinese() if language() == "zh" else self._english()

    def _english(self) -> str:
        def some(number: int, word: str) -> str:
            return f"{number} {word}{'' if number == 1 else 's'}"

        parts = [some(self.documents, "document"), *(some(self.counts[level], level) for level in LEVELS)]
        parts += [f"{len(self.unreadable)} unreadable"] if self.unreadable else []
        parts += [f"{self.mended} mended"] if self.mended else []
        return ", ".join(parts) + "."

    def _chinese(self) -> str:
        errors, warnings, notes = (self.counts[level] for level in LEVELS)
        parts = [f"{self.documents} 份文档", f"{errors} 个错误", f"{warnings} 个警告", f"{notes} 条提示"]
        parts += [f"{len(self.unreadable)} 份无法读取"] if self.unreadable else []
        parts += [f"修补 {self.mended} 处"] if self.mended else []
        return "，".join(parts) + "。"


@contextmanager
def progress(count: int, label: str = "") -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal for several documents; nothing where a program reads, or for one."""
    if count < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    label = label or say("Checking", "正在检查")
    with click.progressbar(length=count, label=label, file=sys.stderr, show_pos=True) as bar:
        yield lambda: bar.update(1)

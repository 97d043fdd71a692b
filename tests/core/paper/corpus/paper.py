"""The clean papers: their text, what each is, and where in it faults may be put."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

HERE = Path(__file__).parent

PARTS = ("first", "second", "third", "fourth", "fifth")
"""The parts of the corpus, in the order in which the rules met them."""

OPEN = PARTS[:2]
"""The parts whose papers and wordings the rules were made with."""

NUMBERED = re.compile(
    r"[\s　]*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}\.(?!\d)|（\d+）)"
)
_DATE_LINE = re.compile(r"[\s　]*\d{4}年\d{1,2}月\d{1,2}日[\s　]*")
_OFFICE_NUMBER = re.compile(r"[\s　]*\S{0,12}〔\d{4}〕第?\d+号[\s　]*")


@dataclass(frozen=True)
class Line:
    """One line of a paper: `text[start:end]`."""

    start: int
    end: int
    said: str


@dataclass(frozen=True)
class Paper:
    """A clean paper. `year` is the year it is about, `half` the half of it where it is about one (else 0).

    `total`, `again` and `share` are statements of `papers.toml` that may be falsified; `part` is one
    of PARTS; `listing` is a paper of tables or names more than of paragraphs.
    """

    name: str
    text: str
    kind: str
    year: int
    half: int = 0
    part: str = "first"
    total: tuple[str, ...] = ()
    again: tuple[tuple[str, str], ...] = ()
    share: tuple[str, ...] = ()
    listing: bool = False

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        found, start = [], 0
        for said in self.text.split("\n"):
            found.append(Line(start, start + len(said), said))
            start += len(said) + 1
        return tuple(line for line in found if line.said.strip())

    @cached_property
    def title(self) -> Line:
        """The first line that is neither the issuing body's mark nor the number."""
        body = ("人民政府", "办公室", "委员会", "文件", "情报")
        return next(
            line
            for line in self.lines
            if not _OFFICE_NUMBER.fullmatch(line.said)
            and not (len(line.said) < 16 and line.said.endswith(body))
        )

    @cached_property
    def date(self) -> Line | None:
        """The line of the date at the end."""
        dates = [line for line in self.lines[-3:] if _DATE_LINE.fullmatch(line.said)]
        return dates[-1] if dates else None

    @cached_property
    def signature(self) -> Line | None:
        """The line above the date: the issuing body."""
        if self.date is None:
            return None
        above = self.lines[self.lines.index(self.date) - 1]
        return above if not re.search(r"[。：；，]", above.said) else None

    @cached_property
    def addressee(self) -> Line | None:
        """The line that names to whom the paper goes."""
        for line in self.lines[1:5]:
            if line.said.endswith("：") and "。" not in line.said and len(line.said) < 70:
                return line
        return None

    @cached_property
    def body(self) -> tuple[Line, ...]:
        """The lines between head and foot that are whole paragraphs of prose, 30 characters and longer."""
        apart = {self.title, self.date, self.signature, self.addressee}
        return tuple(
            line
            for line in self.lines
            if line not in apart
            and len(line.said) >= 30
            and "\t" not in line.said
            and not _OFFICE_NUMBER.fullmatch(line.said)
            and not line.said.startswith(("附件", "（联系", "出席", "列席", "记录"))
        )

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence round a stretch: from the last full stop or line break to the next."""
        before = max(self.text.rfind(mark, 0, start) for mark in "。\n") + 1
        after = min(place for mark in "。\n" if (place := self.text.find(mark, end)) >= 0)
        return before, after

    def marked(self, statement: str) -> tuple[int, int]:
        """Where the figure in braces of a statement stands; the whole statement where it has no braces."""
        place = self.text.index(statement.replace("{", "").replace("}", ""))
        if "{" not in statement:
            return place, place + len(statement)
        return place + statement.index("{"), place + statement.index("}") - 1


@cache
def papers(parts: tuple[str, ...] = OPEN) -> tuple[Paper, ...]:
    """Every clean paper of the parts, by name; without a word those that the rules were made with."""
    found = _read(HERE, "first", "second")
    for part in PARTS[len(OPEN) :]:
        found += _read(HERE / part, part, part)
    return tuple(paper for paper in found if paper.part in parts)


@cache
def _read(folder: Path, part: str, unseen: str) -> tuple[Paper, ...]:
    """The papers of a folder; `unseen` is the part of those that its list marks so."""
    told = tomllib.loads((folder / "papers.toml").read_text(encoding="utf-8"))
    return tuple(
        Paper(
            name=name,
            text=(folder / "papers" / f"{name}.txt").read_text(encoding="utf-8"),
            kind=entry["kind"],
            year=entry["year"],
            half=entry.get("half", 0),
            part=unseen if entry.get("unseen") else part,
            total=tuple(entry.get("total", ())),
            again=tuple(tuple(pair) for pair in entry.get("again", ())),
            share=tuple(entry.get("share", ())),
            listing=entry.get("listing", False),
        )
        for name, entry in sorted(told.items())
    )

"""What the page shows of a checked paper: its paragraphs, each finding marked in its place, and what can be mended."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePath

from django.utils.translation import get_language

from fenghuo.core.access import Caller
from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import Document, Paragraph
from fenghuo.core.paper.check.finding import Elsewhere, Finding
from fenghuo.core.paper.check.likeness import difference
from fenghuo.core.paper.check.read import read
from fenghuo.core.paper.check.repair import Repaired, repair
from fenghuo.core.paper.check.rulebook import FAMILIES, FAMILY_TITLES, rules
from fenghuo.desk.warning.checking import excerpt
from fenghuo.desk.warning.checking.excerpt import Gap

from .archive import compared
from .forms import LONGEST

SHOWN = 400
"""Findings shown on the page; the heading counts all."""
WHOLE = 400
"""Paragraphs of a paper that is shown whole; of a longer one only those near a finding are."""
OTHERS = 6
"""Other places of a finding that are shown at once."""
LONGEST_PARAGRAPH = 3000
"""Characters of a paragraph that are shown."""
_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
}


class TooLong(ValueError):
    """A paper of more characters than the page checks at once."""


@dataclass(frozen=True)
class Other:
    """The other place that a finding speaks of: its paper or line, and its text, what differs from here marked."""

    paper: str
    line: int | None
    parts: tuple[tuple[bool, str], ...]


@dataclass(frozen=True)
class Said:
    """One finding in the reader's language, numbered in the order of the text."""

    number: int
    rule: str
    family: str
    title: str
    why: str
    source: str
    severity: str
    message: str
    fix: str
    mends: bool
    mend: str
    marked: str
    others: tuple[Other, ...]

    @property
    def near(self) -> tuple[Other, ...]:
        """The first of the other places."""
        return self.others[:OTHERS]

    @property
    def far(self) -> tuple[Other, ...]:
        """Those that are folded away until somebody asks for them."""
        return self.others[OTHERS:]


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph; `begins` are the findings that begin here, `inside` whether any covers it."""

    text: str
    begins: tuple[int, ...] = ()
    inside: bool = False


@dataclass
class Row:
    """One paragraph with the findings that begin in it."""

    line: int
    number: str
    pieces: tuple[Piece, ...]
    page: int | None
    cell: bool
    cut: int = 0
    findings: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class Family:
    """How many findings a family has."""

    title: str
    count: int


@dataclass(frozen=True)
class Mended:
    """What a repair changed: the difference by lines, and the file to take away as a `data:` address."""

    count: int
    left: int
    rows: tuple[tuple[str, tuple[tuple[bool, str], ...]], ...]
    address: str
    name: str


@dataclass(frozen=True)
class Sheet:
    """All that the page shows of one checked paper."""

    name: str
    form: str
    encoding: str
    signs: int
    counts: dict[str, int]
    families: tuple[Family, ...]
    rows: tuple[Row | Gap, ...]
    unshown: int
    mended: Mended | None

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def sheet(caller: Caller, data: bytes, name: str, without: Sequence[str] = ()) -> Sheet:
    """The page's content for a file. Raises Unreadable for what is no paper, TooLong for what no page shows."""
    document = read(data, name)
    if len(document.text) > LONGEST:
        raise TooLong
    findings = compared(caller, document, without)
    code = "zh" if (get_language() or "zh").startswith("zh") else "en"
    said = [_said(number, each, document, code) for number, each in enumerate(findings[:SHOWN], 1)]
    counted = Counter(rules()[each.rule].family for each in findings)
    return Sheet(
        name=name,
        form=document.form,
        encoding=document.encoding,
        signs=sum(1 for sign in document.text if not sign.isspace()),
        counts=dict(Counter(str(each.severity) for each in findings)),
        families=tuple(
            Family(FAMILY_TITLES[family].in_language(code), counted[family])
            for family in FAMILIES
            if counted[family]
        ),
        rows=tuple(_rows(document, findings[:SHOWN], said)),
        unshown=max(0, len(findings) - SHOWN),
        mended=_mended(data, name, without) if any(each.mend is not None for each in findings) else None,
    )


def _said(number: int, finding: Finding, document: Document, code: str) -> Said:
    rule = rules()[finding.rule]
    return Said(
        number=number,
        rule=finding.rule,
        family=FAMILY_TITLES[rule.family].in_language(code),
        title=rule.title.in_language(code),
        why=rule.why.in_language(code),
        source=rule.source,
        severity=str(finding.severity),
        message=visible(finding.message.in_language(code)),
        fix=visible(finding.fix.in_language(code)),
        mends=finding.mend is not None,
        mend=visible(finding.mend or ""),
        marked=visible(document.text[finding.span.start : finding.span.end][:60]),
        others=tuple(
            _other(finding, other, document, rule.family == "copied") for other in finding.elsewhere
        ),
    )


def _other(finding: Finding, other: Elsewhere, document: Document, compare: bool) -> Other:
    line = None if other.paper else document.line(other.span.start)
    if not compare:
        return Other(other.paper, line, ((False, visible(other.text)),))
    here = document.text[finding.span.start : finding.span.end]
    pieces = difference(here, other.text.strip())
    return Other(
        other.paper,
        line,
        tuple((piece.op != "same", visible(piece.there)) for piece in pieces if piece.there),
    )


def _rows(document: Document, findings: Sequence[Finding], said: Sequence[Said]) -> Iterator[Row | Gap]:
    begun: dict[int, list[tuple[Finding, Said]]] = {}
    covered: dict[int, list[Finding]] = {}
    for finding, each in zip(findings, said, strict=True):
        first = document.line(finding.span.start)
        begun.setdefault(first, []).append((finding, each))
        for line in range(first, document.line(max(finding.span.end - 1, finding.span.start)) + 1):
            covered.setdefault(line, []).append(finding)
    for line in excerpt.shown(len(document.paragraphs), begun, WHOLE):
        if isinstance(line, Gap):
            yield line
            continue
        paragraph = document.paragraphs[line - 1]
        yield _row(document, line, paragraph, begun.get(line, []), covered.get(line, []))


def _row(
    document: Document,
    line: int,
    paragraph: Paragraph,
    begun: Sequence[tuple[Finding, Said]],
    covered: Sequence[Finding],
) -> Row:
    end = min(paragraph.end, paragraph.start + LONGEST_PARAGRAPH)
    cuts = {paragraph.start, end}
    for finding in covered:
        cuts |= {min(max(at, paragraph.start), end) for at in (finding.span.start, finding.span.end)}
    starts: dict[int, list[int]] = {}
    for finding, each in begun:
        starts.setdefault(min(finding.span.start, end), []).append(each.number)
    pieces = []
    for start, stop in pairwise(sorted(cuts)) if len(cuts) > 1 else [(paragraph.start, paragraph.start)]:
        inside = any(each.span.start <= start and stop <= each.span.end for each in covered)
        pieces.append(Piece(visible(document.text[start:stop]), tuple(starts.pop(start, ())), inside))
    late = tuple(number for numbers in starts.values() for number in numbers)
    if late:  # beyond what is shown, or at the paragraph's very end
        pieces.append(Piece("", late))
    return Row(
        line,
        paragraph.number,
        tuple(pieces),
        paragraph.page,
        paragraph.cell,
        paragraph.end - end,
        [each for _, each in begun],
    )


def visible(text: str) -> str:
    """A text without characters that a browser does not show, or that would turn what follows round."""
    return "".join(map(_shown, text))


def _shown(sign: str) -> str:
    if sign == "\n":
        return "⏎"
    return sign if sign.isprintable() or sign in "\t\u3000\xa0" else "\N{REPLACEMENT CHARACTER}"


def _mended(data: bytes, name: str, without: Collection[str]) -> Mended | None:
    repaired = repair(data, name, without=without)
    if not repaired.changes:
        return None
    left = check(read(repaired.data, name), without=without)
    stem = PurePath(name).stem or "paper"
    encoded = base64.b64encode(repaired.data).decode()
    return Mended(
        count=len(repaired.changes),
        left=len(left),
        rows=tuple(_difference(repaired)),
        address=f"data:{_TYPES.get(repaired.suffix, 'application/octet-stream')};base64,{encoded}",
        name=f"{stem}.mended{repaired.suffix}",
    )


def _difference(repaired: Repaired) -> Iterator[tuple[str, tuple[tuple[bool, str], ...]]]:
    """The lines of the difference, each with its kind and its parts, those that changed marked."""
    rows = [row for row in repaired.diff().splitlines() if not row.startswith(("---", "+++"))]
    at = 0
    while at < len(rows):
        gone = _run(rows, at, "-")
        added = _run(rows, at + len(gone), "+")
        if gone and len(gone) == len(added):
            for old, new in zip(gone, added, strict=True):
                before, after = _parts(visible(old[1:]), visible(new[1:]))
                yield "gone", before
                yield "added", after
            at += len(gone) + len(added)
            continue
        row = rows[at]
        kind = {"+": "added", "-": "gone", "@": "head"}.get(row[:1], "same")
        yield kind, ((False, visible(row if kind == "head" else row[1:])[:LONGEST_PARAGRAPH]),)
        at += 1


def _run(rows: Sequence[str], start: int, sign: str) -> list[str]:
    end = start
    while end < len(rows) and rows[end].startswith(sign):
        end += 1
    return list(rows[start:end])


def _parts(old: str, new: str) -> tuple[tuple[tuple[bool, str], ...], tuple[tuple[bool, str], ...]]:
    from difflib import SequenceMatcher

    before, after = [], []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if b > a:
            before.append((kind != "equal", old[a:b]))
        if d > c:
            after.append((kind != "equal", new[c:d]))
    return tuple(before), tuple(after)

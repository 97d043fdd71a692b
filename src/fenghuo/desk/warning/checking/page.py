"""What the checking page shows of a document: its lines with the findings beside them, and what could be mended."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language

from fenghuo.core import cap
from fenghuo.core.cap import packs as rule_packs
from fenghuo.core.cap.findings import CapError, Finding
from fenghuo.core.cap.source import read_source
from fenghuo.core.cap.times import write_time

from . import excerpt, ground
from .excerpt import Gap

SHOWN = 300
"""Findings shown on the page; the heading counts all."""
WHOLE = 600
"""Lines of a document that is shown whole; of a longer one only those near a finding are."""
WIDEST = 400
"""Characters of a line that are shown; polygons can be long."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_TAG = re.compile(r"</?[^<>]{0,120}>?")


@dataclass(frozen=True)
class Said:
    """One finding in the reader's language."""

    rule: str
    number: str
    title: str
    why: str
    clause: str
    severity: str
    line: int | None
    path: str
    message: str
    fix: str


@dataclass
class Line:
    """One line of the source in three pieces, the middle one being the tag that a finding is about."""

    number: int
    before: str
    marked: str = ""
    after: str = ""
    cut: int = 0
    findings: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class AlertFacts:
    """What an alert of the document says of itself."""

    identifier: str
    sender: str
    sent: str
    version: str
    signed: bool
    complete: bool
    headline: str
    converted: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """All that the page shows of one checked document."""

    alerts: tuple[AlertFacts, ...]
    envelope: str
    encoding: str
    counts: dict[str, int]
    nowhere: tuple[Said, ...]
    lines: tuple[Line | Gap, ...]
    unshown: int
    drawing: ground.Drawing | None
    mended: Mended | None

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Mended:
    """What mending changed, and the document to give back for the download."""

    count: int
    diff: tuple[tuple[str, str], ...]
    left: int
    document: str


def sheet(document: bytes, packs: Sequence[str]) -> Sheet:
    """The page's content for a document. Never raises for bad input."""
    code = "zh" if (get_language() or "zh").startswith("zh") else "en"
    reading = cap.read(document)
    findings = cap.check(document, packs)
    shown = [_said(each, packs, code) for each in findings[:SHOWN]]
    lines, nowhere = _lines(document, findings[:SHOWN], shown)
    return Sheet(
        alerts=tuple(_facts(each, code) for each in reading.messages),
        envelope=reading.envelope,
        encoding=reading.encoding,
        counts=dict(Counter(str(each.severity) for each in findings)),
        nowhere=tuple(nowhere),
        lines=tuple(lines),
        unshown=max(0, len(findings) - SHOWN),
        drawing=ground.draw(reading, findings),
        mended=_mended(document, packs),
    )


def _said(finding: Finding, packs: Sequence[str], code: str) -> Said:
    told = finding.as_dict(code)
    rule = rule_packs.rule(finding.rule, (*packs, "cap12"))
    return Said(
        rule=finding.rule,
        number=rule.number if rule else "",
        title=rule.title.in_language(code) if rule else "",
        why=rule.why.in_language(code) if rule else "",
        clause=rule.clause if rule else "",
        severity=str(finding.severity),
        line=finding.place.line,
        path=finding.place.path,
        message=str(told["message"]),
        fix=str(told["fix"]),
    )


def _facts(message: cap.Message, code: str) -> AlertFacts:
    alert = message.alert
    return AlertFacts(
        identifier=alert.identifier or "",
        sender=alert.sender or "",
        sent=write_time(alert.sent) if alert.sent else "",
        version=message.version,
        signed=message.signed,
        complete=message.complete,
        headline=next((info.headline or info.event or "" for info in alert.infos), ""),
        converted=tuple(each.what_zh if code == "zh" else each.what_en for each in message.converted),
    )


def _lines(
    document: bytes, findings: Sequence[Finding], said: Sequence[Said]
) -> tuple[list[Line | Gap], list[Said]]:
    try:
        text = read_source(document).text
    except CapError:
        text = document[:200_000].decode("utf-8", "replace")
    # A browser shows no other control characters, and some of them turn text round.
    rows = [_visible(row) for row in _LINE_END.split(text)]
    if len(rows) > 1 and not rows[-1]:
        rows.pop()
    placed: dict[int, list[tuple[Finding, Said]]] = {}
    nowhere = []
    for finding, each in zip(findings, said, strict=True):
        if finding.place.line is not None and finding.place.line <= len(rows):
            placed.setdefault(finding.place.line, []).append((finding, each))
        else:
            nowhere.append(each)
    lines: list[Line | Gap] = [
        each if isinstance(each, Gap) else _line(each, rows[each - 1], placed.get(each, []))
        for each in excerpt.shown(len(rows), placed, WHOLE)
    ]
    return lines, nowhere


def _line(number: int, row: str, found: list[tuple[Finding, Said]]) -> Line:
    said = [each for _, each in found]
    column = next((finding.place.column for finding, _ in found if finding.place.column), None)
    if column is None or column > len(row):
        return Line(number, row[:WIDEST], cut=max(0, len(row) - WIDEST), findings=said)
    tag = _TAG.match(row, column - 1)
    end = tag.end() if tag else column - 1
    begin = max(0, column - 1 - WIDEST // 2)
    rest = row[end : end + WIDEST // 2]
    cut = len(row) - end - len(rest)
    before = ("…" if begin else "") + row[begin : column - 1]
    return Line(number, before, row[column - 1 : end], rest, max(0, cut), said)


def _visible(row: str) -> str:
    return "".join(each if each.isprintable() or each == "\t" else "�" for each in row)


def _mended(document: bytes, packs: Sequence[str]) -> Mended | None:
    mended = cap.mend(document, packs)
    if not mended.changes:
        return None
    diff = tuple(
        (_kind(row), row[:WIDEST] + ("…" if len(row) > WIDEST else "")) for row in mended.diff().splitlines()
    )
    return Mended(len(mended.changes), diff, len(mended.left), base64.b64encode(document).decode())


def _kind(row: str) -> str:
    if row.startswith(("+++", "---", "@@")):
        return "head"
    return {"+": "added", "-": "gone"}.get(row[:1], "same")

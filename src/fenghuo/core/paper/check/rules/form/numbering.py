"""Numbers of headings and lists: their sequence, the order of their levels, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from fenghuo.core.finding import Text

from ....wording import chinese_numeral
from ...document import Document
from ...finding import Elsewhere, Finding, Span
from ...numerals import folded, from_han
from ...outline import Mark, marks, written
from ...rulebook import rules

_LEVELS = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）", 5: "①"}
_INLINE = (
    re.compile(
        r"(?:^|(?<=[。；：，、！:;,\s]))(?P<han>[一二三四五六七八九十]{1,2})(?:是(?!否|不是)|要|则)(?=\S)"
    ),
    re.compile(r"(?:^|(?<=[。；：\s]))第(?P<han>[一二三四五六七八九十]{1,2})(?=[，、,])"),
    re.compile(r"(?<![第见图表式由和与及、])[（(](?P<arabic>\d{1,2})[)）](?=[\u4e00-\u9fff]{2})"),
    re.compile(r"(?P<ring>[①-⑳])(?=[\u4e00-\u9fff])(?![号段组线区级类型])"),
)


def check(document: Document) -> Iterator[Finding]:
    """Numbers that skip, repeat, stand at a level without its parent, or are written another way."""
    found = marks(document)
    sequences = [fault for first, group in _groups(found) for fault in _judged(group, first)]
    yield from sequences
    yield from _articles(found)
    yield from _order(found)
    mended = {fault.span for fault in sequences}
    for mark in found:
        if Span(mark.start, mark.end) not in mended:
            yield from _writing(mark)
    for paragraph in document.paragraphs:
        yield from _inline(document.said(paragraph), paragraph.start)


def _groups(found: tuple[Mark, ...]) -> Iterator[tuple[int, list[Mark]]]:
    """Marks that count together, of one level with nothing above them in between, and where they begin."""
    open_: dict[int, tuple[int, list[Mark]]] = {}
    ended: dict[int, int] = {}
    for mark in found:
        for level in [level for level in open_ if level > mark.level]:
            ended[level] = open_[level][1][-1].value
            yield open_.pop(level)
        if mark.level == 0:
            ended.clear()
            continue
        if mark.level in open_ and mark.value == 1 and (open_[mark.level][1][-1].value > 1 or mark.automatic):
            yield open_.pop(mark.level)
        if mark.level not in open_:
            # Some papers count on through their sections.
            on = mark.value if ended.get(mark.level) == mark.value - 1 else 1
            open_[mark.level] = (on, [])
        open_[mark.level][1].append(mark)
    yield from open_.values()


def _judged(group: list[Mark], first: int) -> Iterator[Finding]:
    """Each number that is wrong by itself: those that only follow an earlier one are right once it is mended."""
    if len(group) == 1 and group[0].level >= 3:
        return  # a lone 3. may begin any sentence
    offset = 0
    for at, mark in enumerate(group):
        before = group[at - 1] if at else None
        moved = mark.value - (first + at)
        if moved != offset and moved:
            repeats = before is not None and mark.value <= before.value
            # What comes back to the right count after a wrong number is no fault of its own.
            asked = written(mark.level, first + at)
            yield _fault(
                "number-repeats" if repeats else "number-skips", mark, before, asked, mends=not mark.automatic
            )
        offset = moved


def _fault(rule: str, mark: Mark, before: Mark | None, asked: str, *, mends: bool = False) -> Finding:
    return rules()[rule].finding(
        mark.start,
        max(mark.end, mark.start + 1),
        mend=asked if mends else None,
        elsewhere=(Elsewhere(Span(before.start, before.end), before.text),) if before else (),
        found=mark.text.strip(),
        asked=asked,
        before=_told(before.text.strip()) if before else Text(en="the section's start", zh="本层开头"),
    )


def _told(text: str) -> Text:
    return Text(en=f"“{text}”", zh=f"“{text}”")


def _articles(found: tuple[Mark, ...]) -> Iterator[Finding]:
    """Articles count through the whole of a regulation, chapters and parts as well."""
    for what in ("章", "条", "部分", "附件"):
        run = [
            mark for mark in found if mark.level == 0 and "".join(mark.what.split()) == what and mark.value
        ]
        for before, mark in pairwise(run):
            if mark.value in (before.value + 1, 1) and mark.value != before.value:
                continue
            if what == "附件" and mark.value == before.value:
                continue
            rule = "number-repeats" if mark.value <= before.value else "number-skips"
            yield _fault(rule, mark, before, f"第{chinese_numeral(before.value + 1)}{what}")
            break


def _order(found: tuple[Mark, ...]) -> Iterator[Finding]:
    """A level needs the one above it; 1. may stand right under 一、 and ① nowhere."""
    seen: set[int] = set()
    told: set[int] = set()
    ringed = False
    for mark in found:
        if mark.level == 0:
            seen, told = {0}, set()
            continue
        if mark.level == 5:
            if not ringed:
                yield rules()["level-unknown"].finding(
                    mark.start, max(mark.end, mark.start + 1), found=mark.text
                )
            ringed = True
            continue
        ringed = False
        above = {2: 1, 4: 3}.get(mark.level)
        wrong = above is not None and above not in seen and 0 not in seen
        if mark.level == 4 and wrong:
            # （1） under nothing at all is a list of its own; under 一、 or （一） it skips 1.
            wrong = bool(seen & {1, 2})
        if mark.level == 2 and 3 in seen and 2 not in seen and 1 in seen:
            wrong, above = True, 3
        if wrong and mark.level not in told:
            told.add(mark.level)
            yield rules()["level-order"].finding(
                mark.start,
                max(mark.end, mark.start + 1),
                found=_LEVELS[mark.level],
                above=_LEVELS[1 if mark.level == 2 else 3],
                which=_which(mark.level, above),
            )
        seen = {level for level in seen if level < mark.level} | {mark.level}


def _which(level: int, above: int | None) -> Text:
    if level == 2 and above == 3:
        return Text(en="（一） stands below 1.", zh="“（一）”列在“1.”之下")
    parent = _LEVELS[above or 1]
    return Text(
        en=f"{_LEVELS[level]} stands without {parent} above it", zh=f"“{_LEVELS[level]}”之上没有“{parent}”"
    )


def _writing(mark: Mark) -> Iterator[Finding]:
    if mark.automatic or mark.level in (0, 5):
        return
    text = folded(mark.text.strip())
    right = written(mark.level, mark.value)
    same = {right} | ({f"{mark.value}．", f"{mark.value}."} if mark.level == 3 else set())
    if text in same or mark.text.strip() in same:
        return
    yield rules()["number-form"].finding(
        mark.start, mark.end, mend=right, found=mark.text.strip(), asked=right
    )


def _inline(line: str, start: int) -> Iterator[Finding]:
    """一是…二是…, 第一，…第二，…, （1）…（2）… inside one paragraph."""
    plain = folded(line)
    for form in _INLINE:
        run = [(match, _value(match)) for match in form.finditer(plain)]
        run = [(match, value) for match, value in run if value]
        if len(run) < 2 or run[0][1] != 1:
            continue
        kinds = {match[0][-1] for match, _ in run} if form is _INLINE[0] else {""}
        for kind in sorted(kinds):
            values = [(match, value) for match, value in run if not kind or match[0].endswith(kind)]
            yield from _counted(values, start, line)


def _counted(run: list[tuple[re.Match[str], int]], start: int, line: str) -> Iterator[Finding]:
    if len(run) < 2 or run[0][1] != 1:
        return
    for (before, last), (match, value) in pairwise(run):
        if value == last + 1 or (value == 1 and last > 1):
            continue
        span = match.span("han") if match.groupdict().get("han") else match.span()
        old = before.span("han") if before.groupdict().get("han") else before.span()
        yield rules()["number-repeats" if value <= last else "number-skips"].finding(
            start + span[0],
            start + span[1],
            elsewhere=(Elsewhere(Span(start + old[0], start + old[1]), line[old[0] : old[1]]),),
            found=line[match.start() : match.end()],
            asked=line[match.start() : match.end()].replace(
                line[span[0] : span[1]], _next(before.groupdict(), last + 1)
            ),
            before=_told(line[before.start() : before.end()]),
        )
        return


def _next(groups: dict[str, str | None], value: int) -> str:
    if groups.get("han"):
        return chinese_numeral(value)
    return written(5, value) if groups.get("ring") else f"（{value}）"


def _value(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("han"):
        return from_han(groups["han"]) or 0
    if groups.get("ring"):
        return ord(groups["ring"]) - 0x2460 + 1
    return int(groups["arabic"])

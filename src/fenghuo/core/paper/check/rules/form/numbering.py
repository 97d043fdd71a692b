"""Numbers of headings and lists: their sequence, the order of their levels, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from fenghuo.core.finding import Text

from ....wording import chinese_numeral
from ...document import Document
from ...finding import Elsewhere, Finding, Span
from ...numerals import folded, from_han
from ...outline import Mark, marks, written
from ...rulebook import rules
from .siblings import RING, Odd, odd_ones

_LEVELS = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）", 5: "①"}
_SPOKEN = (
    re.compile(
        r"(?:^|(?<=[。；：，、！】:;,\s]))(?P<han>[一二三四五六七八九十]{1,2})(?:是(?!否|不是)|要|则)(?=\S)"
    ),
    re.compile(r"(?:^|(?<=[。；：\s]))第(?P<han>[一二三四五六七八九十]{1,2})(?=[，、,])"),
)
# What follows a number in a line: two characters (三（2）班 is a class), or a figure with what it counts.
_SAYS = r"(?=[\u4e00-\u9fff]{2}|\d{1,6}[\u4e00-\u9fff%]|[“《])"
_MOST = 99
"""The highest number of a heading."""
_HALF = 6
"""The level of 1）, which stands in lines alone."""
_IN_LINE = (
    (4, re.compile(rf"(?<![第见图表式由和与及、])[（(]{{1,2}}(?P<arabic>\d{{1,2}})[)）]{{1,2}}{_SAYS}")),
    (RING, re.compile(r"(?P<ring>[①-⑳])(?=[\u4e00-\u9fff\d“《])(?![号段组线区级类型])")),
    (3, re.compile(r"(?:^|(?<=[。；：;:]))(?P<arabic>\d{1,2})[.．、](?=[\u4e00-\u9fff“《])")),
    (_HALF, re.compile(rf"(?:^|(?<=[。；：，;:]))(?P<arabic>\d{{1,2}})[)）]{_SAYS}")),
)

_COMMA = re.compile(r"\s*\d{1,2}、\s*")
_EXCERPT = re.compile(r"[（(](?:节选|摘录|摘编|选录|摘要)[)）]")
_HEAD = 200
"""Characters within which a title says that the paper is an excerpt."""


def check(document: Document) -> Iterator[Finding]:
    """Numbers that skip, repeat, are of another sort than their list, or are written another way."""
    found = marks(document)
    odd = {each.mark: each for each in odd_ones(found)}
    yield from map(_odd, odd.values())
    meant = tuple(replace(mark, level=odd[mark].level) if mark in odd else mark for mark in found)
    sequences = [fault for first, group in _groups(meant) for fault in _judged(group, first)]
    yield from sequences
    yield from _articles(found, excerpt=bool(_EXCERPT.search(document.text[:_HEAD])))
    run_on = {
        mark
        for mark in found
        if mark.level == 4
        and mark.value == 1
        and "（2）" in folded(document.said(document.paragraphs[mark.index]))
    }
    yield from _order(tuple(mark for mark in found if mark not in odd and mark not in run_on))
    mended = {fault.span for fault in sequences}
    yield from _written(
        [mark for mark in found if mark not in odd and Span(mark.start, mark.end) not in mended]
    )
    led = {(mark.start, mark.text) for mark in odd}
    for index, paragraph in enumerate(document.paragraphs):
        line = document.said(paragraph)
        yield from _spoken(line, paragraph.start)
        yield from _in_line(line, paragraph.start, index, led)


def _odd(odd: Odd) -> Finding:
    mark, right = odd.mark, written(odd.level, odd.value) if odd.level != _HALF else f"{odd.value}）"
    span = mark.start, max(mark.end, mark.start + 1)
    if mark.level == RING:
        return rules()["level-unknown"].finding(*span, found=mark.text)
    return rules()["level-order"].finding(
        *span,
        found=mark.text.strip(),
        above=right,
        which=Text(
            en=f"“{mark.text.strip()}” stands in a list that counts “{right}”",
            zh=f"“{mark.text.strip()}”与同级序号“{right}”写法不一致",
        ),
    )


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
    for at, mark in enumerate(group[: _MOST - first + 1]):
        before = group[at - 1] if at else None
        moved = mark.value - (first + at)
        if moved != offset and moved:
            repeats = before is not None and mark.value <= before.value
            # What comes back to the right count after a wrong number is no fault of its own.
            asked = written(mark.level, first + at)
            yield fault(
                "number-repeats" if repeats else "number-skips", mark, before, asked, mends=not mark.automatic
            )
        offset = moved


def fault(rule: str, mark: Mark, before: Mark | None, asked: str, *, mends: bool = False) -> Finding:
    """A number that is not the one asked behind the one before."""
    return rules()[rule].finding(
        mark.start,
        max(mark.end, mark.start + 1),
        mend=asked if mends else None,
        elsewhere=(Elsewhere(Span(before.start, before.end), before.text),) if before else (),
        found=mark.text.strip(),
        asked=asked,
        before=_told(before.text.strip()) if before else Text(en="the section's start", zh="本层开头"),
    )


def _numeral(value: int) -> str:
    return chinese_numeral(value) if value <= _MOST else str(value)


def _told(text: str) -> Text:
    return Text(en=f"“{text}”", zh=f"“{text}”")


def _articles(found: tuple[Mark, ...], *, excerpt: bool) -> Iterator[Finding]:
    """Articles count through the whole of a regulation, chapters and parts as well; an excerpt leaves some out."""
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
            if excerpt and rule == "number-skips":
                continue
            yield fault(rule, mark, before, f"第{_numeral(before.value + 1)}{what}")
            break


def _order(found: tuple[Mark, ...]) -> Iterator[Finding]:
    """A level needs the one above it; 1. may stand right under 一、 and ① nowhere.

    A paper without any 一、 may count its own matters （一）.
    """
    levels = {mark.level for mark in found}
    seen: set[int] = set()
    told: set[int] = set()
    ringed = False
    for at, mark in enumerate(found):
        if mark.level == 0:
            seen, told = {0}, set()
            continue
        if mark.level == RING:
            if not ringed:
                yield rules()["level-unknown"].finding(
                    mark.start, max(mark.end, mark.start + 1), found=mark.text
                )
            ringed = True
            continue
        ringed = False
        above = {2: 1 if 1 in levels else None, 4: 3}.get(mark.level)
        wrong = above is not None and above not in seen and 0 not in seen
        if mark.level == 4 and wrong:
            # （1） under nothing at all is a list of its own; under 一、 or （一） it skips 1., but where the paper
            # has no such level.
            wrong = bool(seen & {1, 2}) and bool(levels & {2, 3})
        if mark.level == 2 and 2 not in seen and seen & {3, 4} and (seen >= {1, 3} or _counts_on(found, at)):
            wrong, above = True, max(seen & {3, 4})
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


def _counts_on(found: tuple[Mark, ...], at: int) -> bool:
    """Whether the 1. or （1） above a （一） is a heading among others: one of several, or with the next behind."""
    before = found[at - 1]
    behind = next((mark for mark in found[at : at + _MOST] if mark.level in (1, before.level)), before)
    return before.level in (3, 4) and (
        before.value > 1 or (behind.level == before.level and behind.value == before.value + 1)
    )


def _which(level: int, above: int | None) -> Text:
    if level == 2 and above in (3, 4):
        return Text(en=f"（一） stands below {_LEVELS[above]}", zh=f"“（一）”列在“{_LEVELS[above]}”之下")
    parent = _LEVELS[above or 1]
    return Text(
        en=f"{_LEVELS[level]} stands without {parent} above it", zh=f"“{_LEVELS[level]}”之上没有“{parent}”"
    )


def _written(found: list[Mark]) -> Iterator[Finding]:
    """Numbers that are not written as the standard has them."""
    wrong = [(mark, written(mark.level, mark.value)) for mark in found if not _is_right(mark)]
    commas = sum(1 for mark, _ in wrong if _COMMA.fullmatch(mark.text))
    for mark, right in wrong:
        rule = rules()["number-comma" if _COMMA.fullmatch(mark.text) else "number-form"]
        yield rule.finding(
            mark.start, mark.end, mend=right, found=mark.text.strip(), asked=right, count=commas
        )


def _is_right(mark: Mark) -> bool:
    if mark.automatic or mark.level in (0, RING):
        return True
    text = folded(mark.text.strip())
    if re.search(r"[（(]{2}|[)）]{2}", text):
        return True  # the doubled bracket is told as one
    same = {written(mark.level, mark.value)}
    if mark.level == 3:
        same |= {f"{mark.value}．", f"{mark.value}."}
    return text in same or mark.text.strip() in same


def _spoken(line: str, start: int) -> Iterator[Finding]:
    """一是…二是…, 第一，…第二，… inside one paragraph."""
    plain = folded(line)
    for form in _SPOKEN:
        run = [(match, from_han(match["han"]) or 0) for match in form.finditer(plain)]
        run = [(match, value) for match, value in run if value]
        if len(run) < 2 or run[0][1] != 1:
            continue
        kinds = {match[0][-1] for match, _ in run} if form is _SPOKEN[0] else {""}
        for kind in sorted(kinds):
            values = [
                Mark(0, 0, value, start + match.start("han"), start + match.end("han"), match[0])
                for match, value in run
                if not kind or match[0].endswith(kind)
            ]
            yield from _counted(values)


def _in_line(line: str, start: int, index: int, led: set[tuple[int, str]]) -> Iterator[Finding]:
    """（1）…（2）…, ①…②… inside one paragraph; `led` are those that begin one and were told."""
    plain = folded(line)
    found = sorted(
        (
            Mark(index, level, value, start + match.start(), start + match.end(), match[0])
            for level, form in _IN_LINE
            for match in form.finditer(plain)
            if (value := _value(match))
        ),
        key=lambda mark: mark.start,
    )
    if len(found) < 2:
        return
    odd = {each.mark: each for each in odd_ones(found)}
    yield from (_odd(each) for each in odd.values() if (each.mark.start, each.mark.text) not in led)
    for level in (4, RING):
        yield from _counted(
            [mark for mark in found if level == (odd[mark].level if mark in odd else mark.level)]
        )


def _counted(run: list[Mark]) -> Iterator[Finding]:
    if len(run) < 2 or run[0].value != 1:
        return
    for before, mark in pairwise(run):
        if mark.value == before.value + 1 or (mark.value == 1 and before.value > 1):
            continue
        asked = _next(mark, before.value + 1)
        yield fault("number-repeats" if mark.value <= before.value else "number-skips", mark, before, asked)
        return


def _next(mark: Mark, value: int) -> str:
    if mark.level:
        return written(mark.level, value)
    return mark.text.replace(_numeral(mark.value), _numeral(value))


def _value(match: re.Match[str]) -> int:
    ring = match.groupdict().get("ring")
    return ord(ring) - 0x2460 + 1 if ring else int(match["arabic"])

"""A rate that two figures make where it is first told, and that is another one where it is told again by its name.

参加27456人，参与率88%, and at the end 参与率98%来之不易.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ....document import Document
from ....finding import Finding, Span
from ....numerals import from_arabic, step
from ..faults import rate_wrong
from ..text.quantities import Quantity, amounts_in
from ..text.sentences import Sentence, sentences

_RATE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,8}率)(?:已)?(?:达到|保持在|稳定在|[达为在是仅约])?(?P<number>\d+(?:\.\d+)?)%|"
    r"(?P<name2>[\u4e00-\u9fff]{2,8}率)[^，。；、\d%]{0,6}[由从](?:现在|目前|当前)的(?P<number2>\d+(?:\.\d+)?)%"
)
_OTHER = re.compile(
    r"[上去前明来下][年月季半]|同期|年[初底末]|以[上下内]|目标|力争|要求|不[低少高]于|预计|计划|各|分别|平均|原|此前|其中|增|降|提高|比|较|月|季度|\d年"
)
_AFTER = re.compile(r"以[上下内]|左右|的(?:目标|要求|标准)|[～~—-]\d")
_LEAST = 2
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Told:
    name: str
    number: str
    span: Span
    sentence: Sentence
    now: bool


def check(document: Document) -> Iterator[Finding]:
    """Silent where the name is told of several rates that figures make."""
    told = [each for sentence in sentences(document) if "率" in sentence.text for each in _told(sentence)]
    for name in {each.name[-3:] for each in told}:
        alike = [each for each in told if each.name.endswith(name)]
        if len(alike) < _LEAST:
            continue
        made = [(each, pair) for each in alike if (pair := _made(each))]
        values = {from_arabic(each.number) for each, _ in made}
        if len(values) != 1:
            continue
        first, (part, whole) = made[0]
        for each in alike:
            same = each.name.endswith(first.name) and len(each.name) - len(first.name) <= _LEAST
            if from_arabic(each.number) in values or not same or not _is_alone(each):
                continue
            words = [first.sentence.plain[one.start : one.end] for one in (part, whole)]
            yield rate_wrong(document.text, 0, each.span, *words, f"{first.number}%")


def _told(sentence: Sentence) -> Iterator[_Told]:
    for match in _RATE.finditer(sentence.plain):
        which = "" if match["name"] else "2"
        if not _AFTER.match(sentence.plain, match.end()):
            start = sentence.start + match.start(f"number{which}")
            span = Span(start, sentence.start + match.end())
            name, number = match[f"name{which}"], match[f"number{which}"]
            yield _Told(name, number, span, sentence, bool(which))


def _made(each: _Told) -> tuple[Quantity, Quantity] | None:
    """The two figures of its sentence that make it."""
    before = [
        one for one in amounts_in(each.sentence.plain) if one.end <= each.span.start - each.sentence.start
    ]
    return next(
        (
            (part, whole)
            for whole in before[-3:]
            for part in before[-3:]
            if part is not whole
            and part.unit == whole.unit
            and whole.value
            and abs(part.value / whole.value * _HUNDRED - from_arabic(each.number)) < step(each.number)
        ),
        None,
    )


def _is_alone(each: _Told) -> bool:
    """Whether its sentence counts nothing else and tells of no other time, place or aim."""
    said, at = each.sentence.plain, each.span.start - each.sentence.start
    before = said[:at]
    if each.now:
        return True
    return not amounts_in(before) and "%" not in before and not _OTHER.search(before)

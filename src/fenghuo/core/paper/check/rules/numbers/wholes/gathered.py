"""Heads and hands that are told one by one: responsibility books signed with so many, those asked and those who came.

与12个村、3个社区签订责任书15份: one with each. 应到46人，实到44人，请假2人: who was asked came or did not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ..faults import total_wrong
from ..text.quantities import Quantity, amounts_in, quantities
from ..text.sentences import Sentence, sentences

_SIGNED = re.compile(
    r"[与同和](?P<with>[^，。；：]*?\d[^，。；：]{1,40}?)(?:分别|逐一|全部|均|层层)?签订(?:了)?[^，。；：\d]{0,16}(?:书|状|协议)(?:共计?|合计|计)?(?P<many>\d+)份"
)
_PARTY = re.compile(r"\d+[个家户名所处](?:[\u4e00-\u9fff]{1,10}(?:[（(][\u4e00-\u9fff]{1,8}[)）])?)")
_BESIDE = re.compile(r"\d个[^，。；\d]{1,10}$")
"""12个乡镇 before 和3个街道: both sign."""
_JOINT = re.compile(r"[、，]|以?及|和|与")
_ASKED = re.compile(r"应[到参][\u4e00-\u9fff]{0,3}\d+[人名]")
_CAME = re.compile(r"[实出][到席参][\u4e00-\u9fff]{0,3}$")
_AWAY = re.compile(
    r"(?:请[病事公]?假|缺席|未到|缺勤|因[^，。；\d]{1,8}未[到参][^，。；\d]{0,3}|未参[会加]|出差)[\u4e00-\u9fff]{0,3}$"
)


def check(document: Document) -> Iterator[Finding]:
    """Silent where anything but plain counts stands among them."""
    for sentence in sentences(document):
        if sentence.figures and not sentence.cell:
            yield from _signed(sentence)
            yield from _attended(sentence)


def _signed(sentence: Sentence) -> Iterator[Finding]:
    text = sentence.plain
    for match in _SIGNED.finditer(text) if "签订" in text else ():
        parties = [each for each in _JOINT.split(match["with"]) if each]
        counted = quantities(text[match.start() : match.end()], match.start())
        total = next((each for each in counted if each.start == match.start("many")), None)
        parts = [each for each in counted if each.end <= match.end("with")]
        if (
            total is not None
            and all(_PARTY.fullmatch(each.strip()) for each in parties)
            and len(parties) == len(parts)
            and not _BESIDE.search(text[: match.start()])
        ):
            yield from _held(sentence, total, parts)


def _attended(sentence: Sentence) -> Iterator[Finding]:
    text = sentence.plain
    asked = _ASKED.search(text)
    if not asked:
        return
    people = [each for each in amounts_in(text) if each.unit == "人" and each.end >= asked.end()]
    parts = [
        each for each in people[1:] if _CAME.search(text[: each.start]) or _AWAY.search(text[: each.start])
    ]
    came = [each for each in parts if _CAME.search(text[: each.start])]
    if len(came) == 1 and len(parts) > 1 and len(parts) == len(people) - 1:
        yield from _held(sentence, people[0], parts)


def _held(sentence: Sentence, total: Quantity, parts: Sequence[Quantity]) -> Iterator[Finding]:
    told = (total, *parts)
    if any(each.about for each in told) or sum((each.value for each in parts), Decimal(0)) == total.value:
        return
    yield total_wrong(sentence.plain, sentence.start, total, parts)

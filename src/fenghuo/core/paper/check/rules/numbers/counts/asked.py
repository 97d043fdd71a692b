"""The money a paper asks for at its end beside the gap or the need that it told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ....document import Document
from ....finding import Finding
from ..faults import counts_differ
from ..text.quantities import Quantity, quantities
from ..text.sentences import sentences
from ..text.slips import slipped

_ASKS = re.compile(
    r"(?:恳请|请求|申请|敬请|特请|拟请|请|建议|望)(?:(?![万亿]元)[^。；]){0,50}?(?:安排|解决|拨付|补助|补贴|支持|落实|下达|追加|划拨|拨给|拨款|核拨|给予)[^。；，：\d]{0,14}$"
)
_LACKS = re.compile(r"(?:缺口|[尚还仍]?[缺差](?!距|额)|差额|不足)[^，。；、\d]{0,8}$")
_LACKS_AFTER = re.compile(r"^(?:的)?(?:资金|经费)?缺口")
_NEEDS = re.compile(
    r"(?:[所共尚还]需|需要|总计|合计|共计|总投资|总?概算|总?预算|总?费用|总?经费|总?造价)[^，。；、\d]{0,8}$"
)

_SHARED = re.compile(r"自筹|配套|其余|剩余|分担|承担|补助|到位|分[两三]年|首批|一期")
"""What says that others pay too, so that less is asked for than is needed."""


@dataclass(frozen=True, slots=True)
class _Money:
    quantity: Quantity
    start: int
    end: int
    asks: bool
    lacks: bool
    needs: bool


def check(document: Document) -> Iterator[Finding]:
    """Silent where what is asked for is told anywhere else, or differs by more than a slip."""
    told = [
        each
        for sentence in sentences(document)
        if not sentence.cell
        for each in _amounts(sentence.plain, sentence.start)
    ]
    asked = [each for each in told if each.asks]
    if len(asked) != 1:
        return
    ask = asked[0]
    others = [each for each in told if each is not ask]
    if any(each.quantity.value == ask.quantity.value for each in others):
        return
    shared = _SHARED.search(document.text)
    for each in others:
        if each.needs and not each.lacks and shared:
            continue
        digits = 2 if each.lacks else 3
        if (each.lacks or each.needs) and slipped(each.quantity.value, ask.quantity.value, least=digits):
            yield counts_differ(document.text, 0, ask, each)
            return


def _amounts(text: str, start: int) -> Iterator[_Money]:
    if "元" not in text:
        return
    for each in quantities(text):
        if each.unit != "元" or each.about:
            continue
        before = text[: each.start]
        lacks = bool(_LACKS.search(before) or _LACKS_AFTER.match(text[each.end :]))
        yield _Money(
            each,
            start + each.start,
            start + each.end,
            bool(_ASKS.search(before)),
            lacks,
            bool(_NEEDS.search(before)),
        )

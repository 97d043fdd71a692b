"""The amounts of a text as its reader counts them, whatever is counted: 36节, 654票, 2.13万、1.87万和0.95万人次."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from .quantities import Quantity, is_time, quantities

_CLASSIFIER = re.compile(
    r"[\u4e00-\u9fff](?<![年月日时分秒点号度周季届章款至到和与及或比路线级期元美港日英])"
)
_ELLIPTIC = re.compile(r"(?:、|，|和|及|与|以及)+")
ASIDE = re.compile(r"[（(][^（）()\n]{0,60}[)）]")
"""A remark in brackets, which sums are told over."""
TO_FILL = re.compile(r"[\u4e00-\u9fff：][ \u3000\u00a0]{2,}[元人户个件项名吨亩家台]")
"""路灯电费    元: a number that is still to be filled in."""
OPEN = re.compile(r"[）)]?(?:等(?!级)|以上|以下|左右|多|余)")
"""What stands behind an amount that is no exact one, or none of a closed list."""
UNCOUNTED = frozenset(
    ("年", "日", "月", "岁", "分", "页", "%", "类", "级", "届", "时", "点", "号", "个百分点")
)
"""What tells when, how old or which, and adds up to nothing."""
_SINGLE = re.compile(r"[的有为](?P<many>[一两])个(?=[，。；、])")


def read(text: str, *, times: bool = False) -> list[Quantity]:
    """The amounts of a text; one without a unit has that of the next in its list, or the sign behind it."""
    found: list[Quantity] = []
    for each in reversed(quantities(text)):
        if not each.unit and not each.han:
            after = found[-1] if found else None
            if after and _ELLIPTIC.fullmatch(text, each.end, after.start) and after.unit:
                many = text[after.number_end - 1]
                worth = 10_000 if many == "万" and text[each.number_end - 1] != many else 1
                each = replace(each, unit=after.unit, value=each.value * worth, step=each.step * worth)
            elif sign := _CLASSIFIER.match(text, each.end):
                each = replace(each, unit=sign[0], end=sign.end())
        if each.unit in ("名", "位"):
            each = replace(each, unit="人")
        if each.unit != "%" and (times or not is_time(text, each)):
            found.append(each)
    return sorted((*found, *_singles(text)), key=lambda each: each.start)


def _singles(text: str) -> Iterator[Quantity]:
    """Ⅴ类的一个: one or two, where nothing but a number can be meant."""
    for each in _SINGLE.finditer(text):
        value = Decimal("一两".index(each["many"]) + 1)
        yield Quantity(each.start("many"), each.end(), each.end("many"), value, Decimal(1), "个", False, True)


def masked(said: str) -> str:
    """A text with what stands in brackets blanked."""
    return ASIDE.sub(lambda match: "\u3000" * len(match[0]), said)

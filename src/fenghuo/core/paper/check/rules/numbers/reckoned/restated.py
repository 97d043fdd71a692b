"""One amount told again in another unit or another way of writing, whatever joins the two.

1500亩，折100公顷; 1.26亿元，即12600万元; 12公里，也就是24华里; 63天，恰好九个星期; 4小时30分，即270分钟.
`units` reads what stands in brackets and behind 即 or 折合; here any word that says the same again will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import counts_differ
from ..text.measured import Figure, alike, figures, in_words, near
from ..text.sentences import passages

SAME = re.compile(
    r"[\s，,、（(—]*(?:[也亦]?(?:就是|即是?|等于)|即|亦即|也即|合计?(?=[^共总])|折(?:合|算|成|算成|算为|合成|为)?|换算(?:成|为|下来|过来)?(?:是|为)?|相当于|等于|约合|算下来(?:是|为)?|(?:恰好|正好|刚好|整好|恰|正|刚刚?)(?:是|为|合|等于)?|[合折]计?)(?:整整|足足|人民币)?[，,]?"
)
_SURE = ("time", "length", "mass", "area", "volume", "months")
_NO_KIND = frozenset(("倍", "个", "次", "项", "人", "户", "处", "家", "件", "批", "种", "年", "度"))
_WAYS = Decimal("0.02")


def check(document: Document) -> Iterator[Finding]:
    """Told of the second; in money and measures, where both are told exactly."""
    for start, passage in passages(document):
        said = folded(passage)
        told = figures(said)
        for before, one, two in zip([None, *told], told, told[1:], strict=False):
            link = said[one.end : two.start]
            if (
                one.kind != two.kind
                or len(link) > 12
                or not (SAME.fullmatch(link) or _in_months(said, one, two, link))
            ):
                continue
            if one.kind not in _SURE and one.kind != "元" and not re.search("也就是|即", link):
                continue
            if _each(said, one) or alike(one.value, two, (one,)):
                continue
            slack = one.value * _WAYS if one.about or two.about else Decimal(0)
            if abs(one.value - two.value) <= slack or not near(one.value, two.value, least="0.09", most="11"):
                continue
            if re.search("合", link) and _goes_on(said, one, before):
                continue  # 1万元、8000元、5000元，合计2.3万元
            if one.unit == two.unit and not _other_hand(said, one, two):
                continue
            yield counts_differ(said, start, two.told, one.told, other=in_words(one.value, two))


def _goes_on(said: str, one: Figure, before: Figure | None) -> bool:
    """Whether an amount is the last of several."""
    return (
        before is not None
        and before.kind == one.kind
        and bool(
            re.fullmatch(r"[^。；\d\n]{0,8}[、，和及与][^，。；、\d]{0,10}", said[before.end : one.start])
        )
    )


def _in_months(said: str, one: Figure, two: Figure, link: str) -> bool:
    """工期三年，共36个月."""
    return (
        one.kind == "months"
        and "年" in said[one.start : one.end]
        and "月" in said[two.start : two.end]
        and bool(re.fullmatch(r"[，,]?(?:一共|总共|共计?|合计)", link))
    )


def _each(said: str, one: Figure) -> bool:
    """每亩120公斤，合… tells what one brings, and then what all bring."""
    return bool(re.search(r"单价|每[\u4e00-\u9fff]{0,3}$", said[max(one.start - 6, 0) : one.start]))


def _other_hand(said: str, one: Figure, two: Figure) -> bool:
    """Whether two amounts of one unit are written otherwise: 1.26亿元 and 12600万元, 三千元 and 3000元."""
    first, second = said[one.start : one.end], said[two.start : two.end]
    if ("小时" in first) != ("小时" in second):
        return True
    return (
        one.told.han != two.told.han
        or ("亿" in first) != ("亿" in second)
        or ("万" in first) != ("万" in second)
    )

"""Things numbered from one to another, and how many they are: 3号至8号六座平房仓, 由1号编至2260号，共2260卷,
从第一考场排到第二十八考场，共28个.

A numbering runs from one number to a later one of the same kind (号, 第…场, MD001), or from one year to another of
which
each has one (每年一册). Silent where some numbers are left out or any count near is that many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded, from_han
from ..faults import counts_differ
from ..text.measured import figures, near
from ..text.sentences import passages

_W = r"[\u4e00-\u9fff]"
_HAN = "一二三四五六七八九十百千零"
_NO = rf"(?:\d{{1,6}}|[{_HAN}]{{1,7}})"
_TO = rf"{_W}{{0,4}}?(?:至|到|—+|–|－|-|~|～|止于|迄于|迄|止)第?"
_RUN = re.compile(
    rf"(?<![\d.A-Za-z月年第{_HAN}])(?P<letters>[A-Za-z]{{1,5}}-?)?第?(?P<first>{_NO})(?P<kind>号|期|场|[考展库]?[场位室厅区]|组|排|桩|孔|柜|箱|册|卷|批|栋|幢|层|届|站|届|轮|车间|标段|井|门|泊位|机组|支队)?[、，,]?"
    rf"{_TO}(?P<again>(?P=letters))?(?P<last>{_NO})(?P<back>(?P=kind))?"
)
_ANY = re.compile(
    rf"第(?P<first>{_NO})(?P<kind>(?![号期场组排桩孔柜箱册卷批栋幢层届站轮条款项章节年季周天日月次名位])[\u4e00-\u9fff]){_TO}(?P<last>{_NO})(?P=kind)"
)
_COUNT = re.compile(
    rf"[^。；\n\d{_HAN}两]{{0,12}}?(?P<cue>[，,（(]?[^，。；\d{_HAN}两]{{0,4}}(?:[共总合]计|共有?|总数|合|凡|计|总共|一共)(?:为|是|有)?|[，,])?$"
)
_DATES = re.compile(r"月$|[上下]午$|周$|星期$")
_APART = re.compile(r"缺|除|跳过|空号|未|不含|单号|双号|奇|偶|其中|部分|抽")
_YEARS = re.compile(
    rf"(?P<first>(?:19|20)\d\d)年{_W}{{0,4}}[，、]?{_W}{{0,4}}(?:至|到|迄于?|止于?|—+|-|~)(?P<last>(?:19|20)\d\d)年{_W}{{0,4}}，(?:每年|一年)(?P<each>[一1])(?P<of>{_W})(?P<more>[^。；\d{_HAN}]{{0,10}})"
)
_LEAST, _MOST = "0.5", "2"


def check(document: Document) -> Iterator[Finding]:
    """Told of the count."""
    for start, passage in passages(document):
        said = folded(passage)
        if not re.search(r"号|第|[A-Za-z]\d|0\d\d|[每一]年", said):
            continue
        for match in _RUN.finditer(said):
            padded = match["first"].startswith("0") and len(match["first"]) == len(match["last"]) > 2
            if not (match["kind"] or match["letters"] or padded) or (
                match["kind"] == "号" and _DATES.search(said[: match.start()])
            ):
                continue
            if match["kind"] and not match["back"] and not match["letters"]:
                continue
            many = _number(match["last"]) - _number(match["first"]) + 1
            yield from _beside(said, start, match, Decimal(many))
        for match in _ANY.finditer(said):
            many = _number(match["last"]) - _number(match["first"]) + 1
            yield from _beside(said, start, match, Decimal(many), match["kind"])
        for match in _YEARS.finditer(said):
            yield from _beside(
                said, start, match, Decimal(int(match["last"]) - int(match["first"]) + 1), match["of"]
            )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else from_han(text) or 0


def _beside(said: str, start: int, match: re.Match[str], many: Decimal, unit: str = "") -> Iterator[Finding]:
    if many < 2:
        return
    end = re.compile(r"[。；\n]").search(said, match.end())
    stop = end.start() if end else len(said)
    after = [
        each
        for each in figures(said)
        if match.end() <= each.start < stop and each.kind not in ("time", "months")
    ]
    if (
        not after
        or any(each.told.value == many for each in after)
        or _APART.search(said[max(match.start() - 12, 0) : after[0].start])
    ):
        return
    begin = max(said.rfind(sign, 0, match.start()) for sign in "。；\n") + 1
    if any(each.told.value == many for each in figures(said[begin : match.start()])):
        return
    told = after[0]
    lead = _COUNT.fullmatch(said, match.end(), told.start)
    direct = told.start == match.end()
    summed = bool(lead and lead["cue"] and lead["cue"].strip("，,（("))
    # 1号至96号，九十六根全数检测
    all_of_them = bool(
        lead and lead["cue"] and re.match(rf"(?:{_W}{{0,2}})(?:全|都|均|逐|一[一律]|悉)", said[told.end :])
    )
    if told.about or (unit and told.unit != unit) or not (direct or summed or all_of_them):
        return
    if (
        told.unit in ("元", "次", "%")
        or told.kind in ("length", "area", "mass")
        or not near(many, told.told.value, least=_LEAST, most=_MOST)
    ):
        return
    yield counts_differ(said, start, told.told, _Run(match.start(), match.end()), other=f"{many}{told.unit}")


class _Run:
    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end

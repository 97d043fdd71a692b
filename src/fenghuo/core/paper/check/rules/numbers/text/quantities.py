"""Counted and measured quantities in a sentence: 126处, 1.2万人, 三百户, 35.6万元, 92.9%, about or exact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from ....numerals import HAN, MYRIADS, folded, from_arabic, from_han, step

_UNITS = """
平方公里 平方千米 平方米 立方米 公里 千米 厘米 毫米 公顷 公斤 千克 小时 分钟 个百分点
人次 户次 车次 班次 家次 架次 台次 辆次 批次 人日 工日 元 米 人 名 户 个 处 起 次
家 份 条 项 件 里 亩 吨 台 辆 套 支 部 场 期 宗 所 座 栋 间 只 头 棵 株 块 幅
张 册 本 批 轮 天 班 具 架 把 艘 顶 床 口 盏 根 桶 箱 瓶 袋 面 篇 则 桩 例 封
片 组 队 位 站 村 镇 斤 克 升 捆 盒 卷 羽 尾 条次 处次 支队伍 枚 副 对 孔 眼 道 层 笔 单 类 种 颗 台班 人天
岁 页 剂次 剂 针次 针 场次 项次 件次 只次 头次 艘次 趟次 趟 学时 课时 毫升 千瓦时 千瓦 兆瓦 千伏安 平米 立方
匹 尊 粒 桌 滴 微克 毫克
"""
# Longest first, so that 人次 is not read as 人.
UNIT = "|".join(sorted(_UNITS.split(), key=len, reverse=True))
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BEFORE = ("约", "近", "超过", "超", "逾", "大约", "不少于", "不低于", "至少", "不足", "接近", "共约")
_WORDS = (
    "商超",
    "班超",
    "连超",
    "签约",
    "履约",
    "违约",
    "预约",
    "节约",
    "续约",
    "合约",
    "解约",
    "临近",
    "邻近",
    "附近",
)
"""Words that end like those."""
_FORM = re.compile(
    rf"(?:(?<![\d.A-Za-z&#;])(?P<arabic>{_ARABIC})(?!\d)|(?P<han>[{HAN}]+))"
    rf"(?P<odd>余|多|来)?(?P<many>[百千]?[万亿]{{1,2}})?(?P<more>余|多)?(?P<unit>{UNIT}|%)?(?P<wide>[（(](?:{UNIT})(?:[、/](?:{UNIT}))*[)）])?(?P<rough>左右|以上|以下|以内|上下|余|多(?!\w))?"
)
# Numerals that only look so in these words.
_NOT_NUMERALS = re.compile(
    r"一般|一定|一律|一致|一体|一系列|一些|一线|一旦|一直|一批|一手|一方面|一是|二是|三是|四是|五是|六是|统一|进一步|"
    r"万一|一级|二级|三级|四级|五级|唯一|第一|一并|一同|一起|千万|百姓|十分|一切|三农|两委|一村一|一户一|一人一|一处一|"
    r"下一步|一面|一度|一经|一带|一把手|一岗双责|四不两直|五落实|三同时|万元|亿元|一个|两个"
)


_ANY = re.compile(rf"[\d{HAN}]")
_HAN = re.compile(rf"[{HAN}]")
_CUT = re.compile(r"(?<![A-Za-z\d])\d+[^\u4e00-\u9fff，。、；：（）()\d\n]{1,6}$")


_HEADS = ("名", "位")
_WHOLE = frozenset("家处座户名人所台辆条")
"""Units that no fraction is told of."""
THINGS = frozenset(
    (
        "个",
        "处",
        "座",
        "栋",
        "家",
        "所",
        "户",
        "条",
        "台",
        "辆",
        "件",
        "套",
        "项",
        "口",
        "间",
        "只",
        "艘",
        "部",
    )
)
"""Units of things that are counted one by one and may be summed up in another of them."""
ARTICLES = THINGS | frozenset("支把具盏顶床块张根捆桶箱袋盒副架瓶卷段道眼")
"""Units that a unit of several, 件（套）, may sum up."""


BOUNDED = re.compile(
    rf"\d[万亿]?(?:{UNIT}|[°%℃分年])?(?:[（(]?不?含[)）]?)?(?:以[上下内外]|及以[上下]|[至到—~～\-]{{1,2}}\d)"
)
"""What a count of one class stands behind: 10万元以下的还有21个, 25°以上6.43万亩 are no two counts of one thing."""


_APIECE = re.compile(
    r"(?:每[\u4e00-\u9fff]{1,11}|[单均]价|[亩户人村]均[\u4e00-\u9fff]{0,4}|(?:时|车|流|风|航|限)速(?:度)?[\u4e00-\u9fff]{0,4})$"
)
_FROM_APIECE = re.compile(
    rf"(?:每[\u4e00-\u9fff]{{1,6}}|[单均]价|时速)\d[\d.]*[万亿]?(?:{UNIT})[\u4e00-\u9fff]{{0,4}}[至到为]$"
)
"""由每小时100公里提至120公里."""


def is_apiece(said: str, quantity: Quantity) -> bool:
    """Whether it tells what one costs or brings, which no sum is made of: 每亩160元, 亩均收入540元."""
    lead = said[max(quantity.start - 12, 0) : quantity.start]
    return bool(_APIECE.search(lead)) or (
        lead[-1:] in ("至", "到", "为")
        and bool(_FROM_APIECE.search(said[max(quantity.start - 30, 0) : quantity.start]))
    )


_BOUND = re.compile(rf"\d[\d.]*[万亿]?(?:{UNIT}|%)?\s*(?:[至到]|[—\-~～–]{{1,2}})\s*$")
_TO_BOUND = re.compile(r"\s*(?:[至到]|[—\-~～–]{1,2})\s*\d")
_SINCE = re.compile(r"[由从][^，。；、\d]{0,10}$")


def is_bound(said: str, told: Placed) -> bool:
    """Whether an amount or a rate is one end of a range: 180至210毫米, 2%至19%; 由180毫米至210毫米 is a change."""
    if _TO_BOUND.match(said, told.end):
        return not _SINCE.search(said, max(told.start - 12, 0), told.start)
    first = _BOUND.search(said, max(told.start - 16, 0), told.start)
    return bool(first) and not _SINCE.search(said, max(first.start() - 12, 0), first.start())


_TIME = re.compile(r"月|工作日|自然日|交易日|小时|星期|季度|年|昼夜|学[期年时]|(?:教学)?周(?!边)|班次")


def is_time(text: str, quantity: Quantity) -> bool:
    """Whether it tells how long something takes: 3个工作日, 6个月, which counts no things."""
    return quantity.unit == "个" and bool(_TIME.match(text, quantity.end))


class Placed(Protocol):
    """What stands somewhere in a text: a span, a quantity, a count."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Measured(Placed, Protocol):
    """What has a unit besides."""

    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at `start` to `end`; `number_end` is where the bare number ends.

    `value` is in single units (1.2万人 is 12,000 人); `step` is the worth of its last written digit; `about`
    is true where the text itself calls it rough. `unit` is empty where none follows; `wide` tells of one that
    stands for several, as 台（套） does.
    """

    start: int
    end: int
    number_end: int
    value: Decimal
    step: Decimal
    unit: str
    about: bool
    han: bool = False
    wide: bool = False

    @property
    def told(self) -> str:
        return f"{plain(self.value)}{self.unit}"


def plain(value: Decimal) -> str:
    """A number without needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def written_like(value: Decimal, words: str, unit: str) -> str:
    """An amount in the myriads that these words count in: 300000 beside 28万元 is 30万元."""
    match = re.search(r"\d(?P<many>[万亿]+)", folded(words))
    many = match["many"] if match else ""
    for sign in many:
        value /= MYRIADS[sign]
    return f"{plain(value)}{many}{unit}"


def quantities(text: str, start: int = 0) -> list[Quantity]:
    """Every quantity of a stretch of text in its order, places counted from `start`."""
    found = _all(folded(text))
    if not start:
        return list(found)
    return [
        replace(each, start=each.start + start, end=each.end + start, number_end=each.number_end + start)
        for each in found
    ]


def with_unit(text: str, start: int = 0) -> list[Quantity]:
    """Those that have a unit; heads are 人 whether told in 名 or in 位."""
    return [
        replace(each, unit="人") if each.unit in _HEADS else each
        for each in quantities(text, start)
        if each.unit
    ]


def amounts_in(text: str, start: int = 0) -> list[Quantity]:
    """Those but for shares."""
    return [each for each in with_unit(text, start) if each.unit != "%"]


@lru_cache(maxsize=4096)
def _all(text: str) -> tuple[Quantity, ...]:
    """Several rules read each sentence: what it counts is found once."""
    return tuple(_read(text)) if _ANY.search(text) else ()


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Every place of the form, tried only where a numeral begins."""
    at = 0
    while start := _ANY.search(text, at):
        match = _FORM.match(text, start.start())
        if match:
            yield match
        at = match.end() if match else start.end()


def _read(text: str) -> Iterator[Quantity]:
    skipped = [match.span() for match in _NOT_NUMERALS.finditer(text)] if _HAN.search(text) else []
    for match in _matches(text):
        han, arabic, unit = match["han"], match["arabic"], match["unit"] or ""
        at = match.start("han" if han else "arabic")
        if han:
            if not unit or any(low <= at < high for low, high in skipped) or text[at - 1 : at] == "第":
                continue
            if text[match.end() : match.end() + 1].isdecimal():
                continue  # 二类79座: which of them, not how many
            if at > 1 and text[at - 1] == "点" and text[at - 2] in HAN:
                continue  # 六十八点七万元
            value = from_han(han)
            if value is None:
                continue
            number, last = Decimal(value), Decimal(1)
        else:
            if text[at - 1 : at] in ("第", "-", "/", "."):
                continue
            if "." in arabic and unit in _WHOLE and not match["many"] and not text[:at].strip():
                # 3.1280家 at the head of a paragraph: the third of a list, and 1280家
                at += arabic.index(".") + 1
                arabic = arabic.partition(".")[2]
            number, last = from_arabic(arabic), step(arabic)
        for sign in match["many"] or "":
            factor = MYRIADS.get(sign) or Decimal({"百": 100, "千": 1000}[sign])
            number, last = number * factor, last * factor
        number_end = match.end("many" if match["many"] else "han" if han else "arabic")
        about = bool(match["odd"] or match["more"] or match["rough"])
        about = about or (text.endswith(_BEFORE, 0, at) and not text.endswith(_WORDS, 0, at))
        # A range, or a number that pasted signs cut in two: neither can be counted with.
        if (
            not about
            and at
            and text[at - 1] not in "，。、；：（）()"
            and not "\u4e00" <= text[at - 1] <= "\u9fff"
        ):
            about = bool(_CUT.search(text[max(at - 8, 0) : at]))
        yield Quantity(
            at,
            match.end("wide" if match["wide"] else "unit") if unit else number_end,
            number_end,
            number,
            last,
            unit,
            about,
            bool(han),
            bool(match["wide"]),
        )

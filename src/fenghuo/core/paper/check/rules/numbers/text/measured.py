"""Amounts that can be compared whatever they are written in: 9400米 beside 3.2公里, 一个半小时 beside 150分钟."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ....numerals import folded, from_arabic, from_han, step
from .quantities import Quantity, plain
from .reading import read

_HOUR, _DAY = Decimal(60), Decimal(1440)
MEASURES: dict[str, tuple[str, Decimal]] = {
    "亩": ("area", Decimal(10000) / 15),
    "公顷": ("area", Decimal(10000)),
    "平方公里": ("area", Decimal(1000000)),
    "平方千米": ("area", Decimal(1000000)),
    "平方米": ("area", Decimal(1)),
    "公里": ("length", Decimal(1000)),
    "千米": ("length", Decimal(1000)),
    "里": ("length", Decimal(500)),
    "米": ("length", Decimal(1)),
    "厘米": ("length", Decimal("0.01")),
    "毫米": ("length", Decimal("0.001")),
    "吨": ("mass", Decimal(1000)),
    "公斤": ("mass", Decimal(1)),
    "千克": ("mass", Decimal(1)),
    "斤": ("mass", Decimal("0.5")),
    "克": ("mass", Decimal("0.001")),
    "小时": ("time", Decimal(60)),
    "分钟": ("time", Decimal(1)),
}
"""Each unit in its dimension's first; the mu is a fifteenth of a hectare."""
_WORTH: dict[str, tuple[str, Decimal]] = MEASURES | {
    "华里": ("length", Decimal(500)),
    "升": ("volume", Decimal(1)),
    "毫升": ("volume", Decimal("0.001")),
    "天": ("time", _DAY),
    "星期": ("time", 7 * _DAY),
    "月": ("months", Decimal(1)),
    "年": ("months", Decimal(12)),
}
"""What each unit is worth in the first of its kind."""
_N = r"(?:\d{1,4}(?:\.\d+)?|[一二两三四五六七八九十百零]{1,6})"
_LENGTH = re.compile(
    rf"(?<![\d.第一二三四五六七八九十百])(?:(?P<hours>{_N})(?P<half>个半)?(?:个)?(?:小时|钟头)(?:零?(?P<minutes>{_N})分钟?)?"
    rf"|(?P<halfhour>半个?(?:小时|钟头))|(?P<only>{_N})分钟|(?P<quarters>[一三])刻钟"
    rf"|(?P<days>{_N})(?P<halfday>天半|[天日](?!前|内|均|报|产|处理)|个?昼夜)|(?P<weeks>{_N})(?:个?星期(?![一二三四五六日天])|周(?![边年岁一二三四五六日末]))"
    rf"|(?P<months>{_N})个(?P<halfmonth>半)?月(?:零?(?P<rest>{_N})天)?|(?P<years>{_N})年(?P<halfyear>半)?(?![\d一二三四五六七八九十度级前后内底末初代以]))"
)
"""How long something lasts; a day of the month (5日) is none."""
_DATED = re.compile(r"月$|[\d一二三四五六七八九十]月?[至到—\-~～]$")
_MORE_UNITS = re.compile(r"华里|市斤|度(?!假|量|[\u4e00-\u9fff]?汛)|班(?!级)|节|票|名|分(?!钟|之|别)")
_TWO = re.compile(r"(?<![一二三四五六七八九十百])两个(?!半|月|小时|钟头|星期|以上|多|方面)")
_MYRIADS = (10_000, 100_000_000)
_OR_SO = re.compile(r"[一二三四五六七八九]{2}|两三")
"""十五六个小时"""
_MIXED = 1000
"""Times that one amount is told more roughly than another with which it was surely not rounded: 2万条 less 6500条."""
_SCALED = re.compile(r"[万亿]$")


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount of one `kind`, worth `worth` of it for each of its unit; `value` is in the kind's first unit."""

    told: Quantity
    kind: str
    worth: Decimal

    @property
    def start(self) -> int:
        return self.told.start

    @property
    def end(self) -> int:
        return self.told.end

    @property
    def unit(self) -> str:
        return self.told.unit

    @property
    def about(self) -> bool:
        return self.told.about

    @property
    def value(self) -> Decimal:
        return self.told.value * self.worth

    @property
    def slack(self) -> Decimal:
        """Half of its last digit's worth where it was rounded: nobody rounds what is counted one by one."""
        told = self.told
        if told.han or (told.step == 1 and self.kind not in ("area", "length", "mass")):
            return Decimal(0)
        return told.step * self.worth / 2 if told.step < 1 or told.step > 1 else Decimal(0)

    def written(self, value: Decimal) -> Decimal:
        """What a value of its kind is in its own unit."""
        return round(value / self.worth, 4).normalize()


def figures(text: str) -> tuple[Figure, ...]:
    """Every amount with a unit of a passage, in its order; shares, dates and bare numbers are none."""
    return _all(folded(text))


@lru_cache(maxsize=1024)
def _all(text: str) -> tuple[Figure, ...]:
    lasting = list(_lengths(text))
    taken = [(each.start, each.end) for each in lasting]
    found = list(lasting)
    for each in read(text, times=True):
        if any(low < each.end and each.start < high for low, high in taken):
            continue
        each = _with_unit(text, each)
        if not each.unit or each.unit == "%":
            continue
        kind, worth = _WORTH.get(each.unit, (each.unit, Decimal(1)))
        if kind in ("time", "months"):
            continue
        found.append(Figure(each, kind, worth))
    free = [
        each for each in _TWO.finditer(text) if not any(one.start <= each.start() < one.end for one in found)
    ]
    for each in free:
        told = Quantity(each.start(), each.end(), each.start() + 1, Decimal(2), Decimal(1), "个", False, True)
        found.append(Figure(told, "个", Decimal(1)))
    return tuple(sorted(found, key=lambda each: each.start))


def _with_unit(text: str, each: Quantity) -> Quantity:
    behind = _MORE_UNITS.match(text, each.number_end)
    if not behind or (each.unit and each.unit not in behind[0]) or behind[0] == each.unit:
        return each
    if behind[0] == "度" and not _SCALED.search(text[: each.number_end]):
        return each
    unit = "斤" if behind[0] == "市斤" else behind[0]
    return Quantity(
        each.start, behind.end(), each.number_end, each.value, each.step, unit, each.about, each.han
    )


def _lengths(text: str) -> Iterator[Figure]:
    for match in _LENGTH.finditer(text):
        if match["days"] and _DATED.search(text[: match.start()]):
            continue
        if match["days"] and "日" in match[0] and not re.search(r"[期时共计长达历]$", text[: match.start()]):
            continue
        if match["years"] and (
            amount(match["years"]) > 99 or text[match.start() - 1 : match.start()] in "近每"
        ):
            continue
        worth, unit, value = _length(match)
        kind = "months" if unit == "月" else "time"
        last = Decimal(1) if match["half"] or match["minutes"] or not match["hours"] else step(match["hours"])
        han = not any(sign.isdecimal() for sign in match[0])
        about = (
            bool(re.search(r"[约近逾超]$|超过$|至少$|不[少低]于$|不足$|[上几]$", text[: match.start()]))
            or bool(re.match(r"余|左右|以[上内下]", text[match.end() :]))
            or bool(_OR_SO.search(match[0]))
        )
        told = Quantity(match.start(), match.end(), match.end(), value, last, unit, about, han)
        yield Figure(told, kind, worth)


def _length(match: re.Match[str]) -> tuple[Decimal, str, Decimal]:
    """What a unit of it is worth, the unit, and how many."""
    half = Decimal("0.5")
    if match["hours"]:
        hours = amount(match["hours"]) + (half if match["half"] else 0)
        minutes = amount(match["minutes"]) if match["minutes"] else Decimal(0)
        return (Decimal(1), "分钟", hours * 60 + minutes) if minutes else (_HOUR, "小时", hours)
    if match["halfhour"]:
        return Decimal(1), "分钟", Decimal(30)
    if match["only"]:
        return Decimal(1), "分钟", amount(match["only"])
    if match["quarters"]:
        return Decimal(1), "分钟", amount(match["quarters"]) * 15
    if match["days"]:
        return _DAY, "天", amount(match["days"]) + (half if match["halfday"] == "天半" else 0)
    if match["weeks"]:
        return 7 * _DAY, "周", amount(match["weeks"])
    if match["months"]:
        return Decimal(1), "月", amount(match["months"]) + (half if match["halfmonth"] else 0)
    return Decimal(12), "月", amount(match["years"]) + (half if match["halfyear"] else 0)


def amount(text: str) -> Decimal:
    return from_arabic(text) if text[0].isdecimal() else Decimal(from_han(text) or 0)


def near(right: Decimal, told: Decimal, *, least: str = "0.4", most: str = "2.5") -> bool:
    """Whether one may stand for the other by a slip: what is far off was reckoned of something else."""
    return told > 0 and right > 0 and Decimal(least) <= right / told <= Decimal(most)


def alike(right: Decimal, told: Figure, of: Sequence[Figure] = ()) -> bool:
    """Whether an amount is what was reckoned, but for how it and its operands were rounded."""
    steps = [each.told.step * each.worth for each in (told, *of)]
    whole = max(steps) == min(steps) and steps[0] / told.worth in _MYRIADS
    rounded = max(steps) < min(steps) * _MIXED and not whole
    slack = told.slack + sum((each.slack for each in of), Decimal(0)) if rounded else Decimal(0)
    return abs(right - told.value) <= max(slack, abs(right) / 1_000_000)


def in_words(value: Decimal, like: Figure) -> str:
    """What was reckoned, in the unit and the myriads of the amount that is told."""
    return f"{plain(like.written(value))}{like.unit}"

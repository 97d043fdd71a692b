"""How large a share or a change is told to be, in figures or in words: 35%, 近六成, 三分之一, 过半, 3.4倍, 翻两番.

Each is read as the stretch of per cent in which the right one may lie, so that whoever compares it with figures need
not know how it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ....numerals import from_arabic, from_han, how_many, step
from .quantities import Quantity, quantities

_HAN = "一二三四五六七八九十"
_NOT_TENTHS = "年为了立员功果效本交人品熟长就都套药份分绩色见因语"
_LESS, _MORE = "将近|接近|不足|不到|未到|未满|近", "超过|超|逾|过|高于|多于"
_TOLD = re.compile(
    rf"(?P<before>{_LESS}|{_MORE}|约|大约)?(?:了)?(?:(?<![\d.])(?P<number>\d+(?:\.\d+)?)%|百分之(?P<hundredths>[零〇{_HAN}百点]+)"
    rf"|(?P<of>[{_HAN}]{{1,2}})分之(?P<parts>[{_HAN}]{{1,2}})(?![{_HAN}])|(?<![{_HAN}第])(?P<tenths>[{_HAN}两])成(?P<more>[一二三四五六七八九半]?)(?![{_HAN}{_NOT_TENTHS}])"
    r"|(?P<half>一半|半数)(?![\u4e00-\u9fff]?(?:年|天|月))|(?P<over_half>过半)(?!百)|翻(?:了)?(?P<doubled>[一两二三]?番|倍))(?P<after>以上|左右|上下|多|余|有余)?"
)
_TIMES = re.compile(
    r"(?P<before>近|约|超过|超)?(?P<times>(?<![\d.])\d+(?:\.\d+)?|[一二两三四五六七八九十])倍(?P<after>以上|左右|多)?"
)
_HUNDRED = Decimal(100)
_ROUGH, _WIDE, _UNDER, _OVER = Decimal(3), Decimal(4), Decimal(9), Decimal(12)
"""Points by which a rate in words, a round one, one that is not reached and one that is passed may miss."""
_PER = re.compile(r"[\u4e00-\u9fff]?/[\u4e00-\u9fff]{1,3}")
_NO_UNIT = re.compile(r"[\u4e00-\u9fff](?<![年月日时分号级版点第楼线多余来以左至到的和及与])")


@dataclass(frozen=True, slots=True)
class Magnitude:
    """What stands at `start` to `end` tells `low` to `high` per cent; `times` where it is a multiple of a figure.

    `soft` is whether it is told in words or roughly.
    """

    start: int
    end: int
    value: Decimal
    low: Decimal
    high: Decimal
    soft: bool = False
    times: bool = False
    doubled: bool = False

    def nearly(self, right: Decimal, rough: Decimal = Decimal(0)) -> bool:
        """Whether a rate makes it when rounded, as one must that happens to."""
        middle, half = (self.low + self.high) / 2, (self.high - self.low) / 4
        return abs(right - middle) <= half + rough if not self.soft else self.holds(right, rough)

    def holds(self, right: Decimal, rough: Decimal = Decimal(0)) -> bool:
        """Whether a rate lies in it, when its figures hide so much of their own."""
        return self.low - rough < right < self.high + rough


def magnitudes(said: str) -> list[Magnitude]:
    """Every one of a folded text, in its order."""
    found = [each for match in _TOLD.finditer(said) if (each := _share(match))]
    if "倍" in said:
        found += [each for match in _TIMES.finditer(said) if (each := _multiple(match))]
    return sorted(found, key=lambda each: each.start)


def _share(match: re.Match[str]) -> Magnitude | None:
    before, after = match["before"] or "", match["after"] or ""
    exact = step(match["number"]) if match["number"] else Decimal(1)
    if match["number"]:
        value = from_arabic(match["number"])
    elif match["hundredths"]:
        whole, _, rest = match["hundredths"].partition("点")
        value = Decimal(from_han(whole) or 0) + (Decimal(f"0.{from_han(rest) or 0}") if rest else 0)
        exact = Decimal("0.1") if rest else exact
    elif match["of"]:
        of, parts = how_many(match["of"]), how_many(match["parts"])
        if not of > 1 or not 0 < parts < of:
            return None
        value, exact = Decimal(parts) / of * _HUNDRED, _WIDE
    elif match["tenths"]:
        more = match["more"]
        value = how_many(match["tenths"]) * Decimal(10) + (5 if more == "半" else how_many(more or "零"))
        exact = Decimal(1) if more and more != "半" else _WIDE
    elif match["doubled"]:
        times = how_many(match["doubled"][0]) if match["doubled"][0] in "一两二三" else 1
        value = Decimal(2) ** times * _HUNDRED
        return _told(match, value, value * Decimal("0.85"), value * Decimal("1.3"), times=True, doubled=True)
    else:
        value, exact = Decimal(50), _WIDE
        before = "过" if match["over_half"] else before
    if not value:
        return None
    low, high = value - exact, value + exact
    fine = exact < 1
    if re.fullmatch(_LESS, before):
        under = _OVER if before[0] in "不未" else _UNDER if not fine else 1
        low, high = value - under * (2 if match["half"] else 1), value + exact / 4
    elif re.fullmatch(_MORE, before) or after[:1] in ("以", "多", "余", "有"):
        low, high = value - exact / 4, value + (_OVER if not fine else 1)
        high += _OVER if match["half"] or match["over_half"] else 0
    elif before or after:
        low, high = (
            value - (exact * 3 if fine else max(_ROUGH, exact)),
            value + (exact * 3 if fine else max(_ROUGH, exact)),
        )
    return _told(match, value, low, high, soft=bool(before or after) or not match["number"])


def _multiple(match: re.Match[str]) -> Magnitude | None:
    told = match["times"]
    value = from_arabic(told) if told[0].isdecimal() else Decimal(how_many(told))
    exact = step(told) if told[0].isdecimal() else Decimal(1)
    slack = exact if "." in told else value * Decimal("0.15")
    low, high = value - slack, value + slack
    if match["before"] in ("超过", "超") or match["after"] in ("以上", "多"):
        low, high = value - slack / 4, value + 1
    elif match["before"] == "近":
        low, high = value - 1, value + slack / 4
    return _told(match, value * _HUNDRED, low * _HUNDRED, high * _HUNDRED, times=True)


def _told(
    match: re.Match[str],
    value: Decimal,
    low: Decimal,
    high: Decimal,
    *,
    soft: bool = False,
    times: bool = False,
    doubled: bool = False,
) -> Magnitude:
    start = match.start() + (match[0][0] == "了")
    return Magnitude(start, match.end(), value, low, high, soft, times, doubled)


def figures(said: str) -> list[Quantity]:
    """The amounts of a folded text, those too whose unit no list has: it is the sign behind (110万棒)."""
    return list(_figures(said))


def _figures(said: str) -> Iterator[Quantity]:
    for each in quantities(said):
        if each.unit in ("%", "个百分点") or not each.value:
            continue
        if each.unit:
            each = replace(each, unit="人") if each.unit in ("名", "位") else each
        elif (unit := _NO_UNIT.match(said, each.end)) and not each.han:
            each = replace(each, unit=unit[0], end=unit.end())
        else:
            continue
        per = _PER.match(said, each.end)
        yield replace(each, end=per.end()) if per else each


def roughly(share: Decimal, *figures_: Quantity) -> Decimal:
    """How much of a rate its figures hide where they are rounded themselves."""
    # 12万人次 beside 12.6万人次 is told as finely.
    fine = min(each.step for each in figures_)
    if fine == 1:
        return Decimal(0)
    return abs(share) * sum((fine / each.value for each in figures_), Decimal(0)) / 2

"""Chinese and Arabic numerals as numbers: 一百二十三, 〇, 两万五, 12,345.6, 1.2万, 3.5亿, 壹万贰仟."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_DIGITS = {sign: at for at, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_CAPITALS = dict(
    zip("壹贰叁肆伍陆柒捌玖拾佰仟萬億圆貳參陸", "一二三四五六七八九十百千万亿元二三六", strict=True)
)
_TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}

HAN = "零〇一二三四五六七八九十百千万亿两"
CAPITAL = "零壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万萬亿億元圆角分整正"

_FOLD = {ord("０") + at: str(at) for at in range(10)} | {ord("％"): "%", ord("．"): ".", ord("－"): "-"}


# A comma that parts no thousands is a comma of the sentence, whatever its width.
_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")
_FOLDS = re.compile("[０-９％．－,]|[〇○零一二三四五六七八九]年")
_HAN_YEAR = re.compile(r"(?:一九|二[〇○零0])[〇○零0一二三四五六七八九]{2}(?=年)")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The text with digits, points and per cent signs half-width and commas full-width; every place stays.

    A year in Chinese numerals (二〇二六年) is one in digits.
    """
    if not _FOLDS.search(text):
        return text
    return _HAN_YEAR.sub(_in_digits, _COMMA.sub("，", text.translate(_FOLD)))


def _in_digits(year: re.Match[str]) -> str:
    return str(from_han(year[0].replace("0", "〇")))


def from_han(text: str) -> int | None:
    """What a Chinese numeral says, or None where it is none: 一百零三, 二〇二六, 十五, 两万五."""
    if not text or any(sign not in _DIGITS and sign not in _TENS and sign not in MYRIADS for sign in text):
        return None
    if text[0] in MYRIADS:
        return None
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total = section = digit = 0
    last = 1
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
            last = 10 if sign in "零〇" else last
        elif sign in _TENS:
            last = _TENS[sign]
            section += (digit or 1) * last
            digit = 0
        else:
            last = int(MYRIADS[sign])
            total = (total + section + digit) * last if sign == "亿" else total + (section + digit) * last
            section = digit = 0
    # 两万五 is 25,000: a digit that ends a numeral counts in the next lower place.
    return total + section + digit * (last // 10 if last > 10 else 1)


def from_capitals(text: str) -> Decimal | None:
    """An amount in capitals, in yuan: 壹万贰仟叁佰元整, 叁佰元伍角; None where it is none."""
    plain = "".join(_CAPITALS.get(sign, sign) for sign in text).rstrip("整正")
    yuan, mark, rest = plain.partition("元")
    if not mark:
        return None
    whole = from_han(yuan)
    if whole is None:
        return None
    amount = Decimal(whole)
    for sign, worth in (("角", Decimal("0.1")), ("分", Decimal("0.01"))):
        digit, mark, tail = rest.partition(sign)
        if mark:
            value = from_han(digit.strip("零") or "零")
            if value is None:
                return None
            amount += value * worth
            rest = tail
    return amount if not rest else None


def from_arabic(text: str) -> Decimal:
    """12,345.6 as a number."""
    return Decimal(text.replace(",", "").replace("，", ""))


def step(text: str) -> Decimal:
    """The worth of a numeral's last digit: 0.1 for 3.5."""
    _, _, decimals = text.partition(".")
    return Decimal(1).scaleb(-len(decimals))


def how_many(text: str) -> int:
    """What a short number says in either script, 两 included; 0 where it says none."""
    return int(text) if text.isdecimal() else from_han(text.replace("两", "二")) or 0

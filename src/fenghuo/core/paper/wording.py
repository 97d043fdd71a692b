"""How papers write their dates, numbers, lists and the numbers of headings."""

import re
from collections.abc import Iterable
from datetime import date

_NUMERALS = "零一二三四五六七八九"
# strftime would follow the machine's locale.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def chinese_date(day: date) -> str:
    """2026年4月3日: Arabic digits without leading zeros (GB/T 9704-2012, 7.3.5)."""
    return f"{day.year}年{day.month}月{day.day}日"


def english_date(day: date) -> str:
    """3 April 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def paper_number(mark: str, year: int, serial: int) -> str:
    """云森防〔2026〕3号: the body's mark, the full year in six-angle brackets, the serial without zeros."""
    return f"{mark}〔{year}〕{serial}号"


def six_angled(number: str) -> str:
    """The number with whatever brackets stand around its year made six-angle ones (7.2.5)."""
    return re.sub(r"[\[［(（【〔]\s*(\d{4})\s*[\]］)）】〕]", r"〔\1〕", number)


def chinese_numeral(number: int) -> str:
    """一 to 九十九, for headings; a ValueError beyond."""
    if not 1 <= number <= 99:
        raise ValueError(f"headings are numbered 1 to 99, not {number}")
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERALS[ones]
    return ("" if tens == 1 else _NUMERALS[tens]) + "十" + (_NUMERALS[ones] if ones else "")


def numbered(level: int, counts: tuple[int, ...], text: str, language: str) -> str:
    """A heading with its number: 一、（一）1.（1） (7.3.3), or 1. 1.1 1.1.1 in English."""
    if language == "en":
        number = ".".join(map(str, counts[:level]))
        return f"{number}. {text}" if level == 1 else f"{number} {text}"
    count = counts[level - 1]
    form = ("{zh}、{text}", "（{zh}）{text}", "{n}.{text}", "（{n}）{text}")[level - 1]
    return form.format(zh=chinese_numeral(count), n=count, text=text)


def joined(names: Iterable[str], language: str) -> str:
    return (", " if language == "en" else "、").join(names)

"""How papers write their dates, numbers, lists and the numbers of headings."""

import re
from collections.abc import Iterable
from datetime import date

from . import measures
from .description import Grade, Secrecy, Urgency

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


def order_number(serial: int) -> str:
    """第3号: orders count by serial alone (10.2)."""
    return f"第{serial}号"


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


def day_words(day: date, language: str) -> str:
    """2026年4月3日 / 3 April 2026."""
    return english_date(day) if language == "en" else chinese_date(day)


_GRADES = {
    Grade.TOP_SECRET: ("绝密", "Top secret"),
    Grade.SECRET: ("机密", "Secret"),
    Grade.CONFIDENTIAL: ("秘密", "Confidential"),
}
_URGENCIES = {Urgency.MOST_URGENT: ("特急", "Most urgent"), Urgency.URGENT: ("加急", "Urgent")}


def secrecy_words(secrecy: Secrecy, language: str) -> str:
    """机密★1年: the grade, a star and the term (7.2.2)."""
    chinese, english = _GRADES[secrecy.grade]
    count = secrecy.years or secrecy.months
    if language == "en":
        unit = "year" if secrecy.years else "month"
        return english + (f" ★ {count} {unit}{'' if count == 1 else 's'}" if count else "")
    return chinese + (f"★{count}{'年' if secrecy.years else '个月'}" if count else "")


def urgency_words(urgency: Urgency, language: str) -> str:
    """特急 or 加急 (7.2.3)."""
    return _URGENCIES[urgency][language == "en"]


def width_in_signs(text: str) -> float:
    """How wide a text is, counting a Chinese sign as one and a Latin one as half."""
    return sum(1 if ord(sign) > 0x2000 else 0.5 for sign in text)


def set_width_in_signs(text: str, language: str) -> float:
    """How wide a text comes out in body text, in signs of its size: Chinese signs stand a little closer there."""
    closer = measures.CLOSER_TWIPS / 20 / measures.BODY_PT if language == "zh" else 0.0
    return width_in_signs(text) + len(text) * closer


# What neither XML nor PDF may hold: controls but tab and line break, lone surrogates, non-characters, byte
# order marks. None of them is ever seen.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without the invisible signs that no file may hold."""
    return _UNPRINTABLE.sub("", text)

"""Automatic numbers of a .docx: what Word writes before a paragraph without its standing in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_GAP = re.compile(r"%([1-9])")
_DEEPEST = 20
"""Styles that a style may be based on, one on another, before it is taken for a circle."""


def local(element: etree._Element) -> str:
    """An element's name without its namespace, so that strict and transitional documents read alike."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of that name."""
    return next((each for each in element if local(each) == name), None) if element is not None else None


def value(element: etree._Element | None, name: str = "val") -> str:
    """An attribute by its name without namespace, empty where there is none."""
    if element is None:
        return ""
    return next((str(held) for key, held in element.attrib.items() if key.rpartition("}")[2] == name), "")


@dataclass
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str = ""
    arabic: bool = False


@dataclass
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)


class Numbering:
    """Counts the lists of one document; paragraphs must be asked for in the order of the text."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._of_number: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._styles: dict[str, tuple[str, str, str, str]] = {}
        for element in numbering if numbering is not None else ():
            if local(element) == "abstractNum":
                self._lists[value(element, "abstractNumId")] = _list(element)
            elif local(element) == "num":
                begins = {
                    _whole(value(each, "ilvl")): _whole(value(begin), 1)
                    for each in element
                    if local(each) == "lvlOverride" and (begin := child(each, "startOverride")) is not None
                }
                self._of_number[value(element, "numId")] = (value(child(element, "abstractNumId")), begins)
        for element in styles if styles is not None else ():
            if local(element) == "style":
                number = child(child(element, "pPr"), "numPr")
                self._styles[value(element, "styleId")] = (
                    value(child(element, "name")),
                    value(child(element, "basedOn")),
                    value(child(number, "numId")),
                    value(child(number, "ilvl")),
                )

    def style_name(self, style: str) -> str:
        """What a style is called, by its identifier."""
        return self._styles.get(style, (style,))[0]

    def of(self, properties: etree._Element | None) -> str:
        """The number of the next paragraph, from its `pPr`; empty where it has none or a bullet."""
        number = child(properties, "numPr")
        style = value(child(properties, "pStyle"))
        identifier, level = value(child(number, "numId")), value(child(number, "ilvl"))
        if not identifier:
            identifier, inherited = self._from_style(style)
            level = level or inherited
        abstract, begins = self._of_number.get(identifier, ("", {}))
        levels = self._lists[abstract].levels if abstract in self._lists else {}
        if not level:
            level = next((str(at) for at, each in levels.items() if each.style and each.style == style), "0")
        at = _whole(level)
        if at not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if (identifier, at) not in self._begun and at in begins:
            counts.pop(at, None)
            levels[at].start = begins[at]
        self._begun.add((identifier, at))
        counts[at] = counts[at] + 1 if at in counts else levels[at].start
        for deeper in [each for each in counts if each > at]:
            del counts[deeper]
        if levels[at].form in ("bullet", "none"):
            return ""
        return _GAP.sub(lambda gap: self._told(levels, counts, int(gap[1]) - 1, at), levels[at].text)

    def _told(self, levels: dict[int, _Level], counts: dict[int, int], asked: int, at: int) -> str:
        level = levels.get(asked, _Level())
        form = "decimal" if levels[at].arabic and asked != at else level.form
        return written(counts.get(asked, level.start), form)

    def _from_style(self, style: str) -> tuple[str, str]:
        for _ in range(_DEEPEST):
            _, base, number, level = self._styles.get(style, ("", "", "", ""))
            if number:
                return number, level
            if not base:
                break
            style = base
        return "", ""


def _list(element: etree._Element) -> _List:
    return _List({
        _whole(value(each, "ilvl")): _Level(
            _whole(value(child(each, "start")), 1),
            value(child(each, "numFmt")) or "decimal",
            value(child(each, "lvlText")),
            value(child(each, "pStyle")),
            child(each, "isLgl") is not None,
        )
        for each in _levels(element)
    })  # fmt: skip


def _levels(element: etree._Element) -> Iterator[etree._Element]:
    return (each for each in element if local(each) == "lvl")


def _whole(text: str, otherwise: int = 0) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else otherwise


def written(number: int, form: str) -> str:
    """A number as a list of that `ST_NumberFormat` writes it; what is not known is written in digits."""
    if form in _CHINESE:
        return chinese(number)
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form == "decimalEnclosedParen" and 1 <= number <= 20:
        return chr(0x2474 + number - 1)
    if form == "decimalEnclosedFullstop" and 1 <= number <= 20:
        return chr(0x2488 + number - 1)
    if form == "ideographEnclosedCircle" and 1 <= number <= 10:
        return chr(0x3280 + number - 1)
    if form == "decimalZero":
        return f"{number:02}"
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    if form in ("ideographDigital", "chineseDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return chinese(number, _LEGAL, "拾佰仟")
    if form == "ideographTraditional" and number > 0:
        return _STEMS[(number - 1) % 10]
    if form == "ideographZodiac" and number > 0:
        return _BRANCHES[(number - 1) % 12]
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 10)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return str(number)


_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "japaneseCounting",
}


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """A number from 1 to 9999 in Chinese, as numbering writes it: 十一, 二十, 一百〇三."""
    if not 0 < number < 10_000:
        return str(number)
    told, gap = "", False
    for at, digit in enumerate(reversed(str(number))):
        if digit == "0":
            gap = bool(told) or gap
            continue
        told = digits[int(digit)] + (units[at - 1] if at else "") + (digits[0] if gap and told else "") + told
        gap = False
    return told[1:] if told.startswith(digits[1] + units[0]) and digits is _DIGITS else told


def _roman(number: int) -> str:
    told = ""
    for worth, letters in _ROMAN:
        count, number = divmod(number, worth)
        told += letters * count
    return told

"""Short pieces of letters and signs in a Chinese sentence: where they stand and what they may be.

A unit, an element, a class, an abbreviation, a code with its word beside it; or nothing that makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...characters import CHINESE, CLOSING, OPENING, is_chinese
from ...words import words

_RUN = re.compile(r"[!-~]+")
_TAIL = re.compile(r"[.,]?\d[\d.,]*%?$")
"""The number that a piece runs into."""
PLAIN = ",.:()[]/-\"'"
"""Marks that belong to the sentence around a piece and not to it."""
SIGNS = frozenset("|&=_@;^~#$`%*{}<>\\!?'\"")
_NOWHERE = frozenset("|^~$`\\{}")
"""Signs that no Chinese sentence has."""
_STRAY = frozenset("@^`$\\{}|")
"""Signs that stand alone in no sentence."""
_LOOSE = frozenset("~#&_=<>+")
"""Signs that stand alone beside a figure or a Latin word, but not between two Chinese characters."""
_CODE = re.compile(r"[A-Z]\d|[A-Z][a-z]\d|[A-Z]|\d[A-Za-z]|[a-z]\d")
"""A letter with or without a figure, which names something only where a word for its class is beside it."""
_FIGURED = re.compile(r"\d[A-Za-z]")
"""A figure and a letter: a quantity with its unit, or junk."""
_SIGNED = re.compile(r"[=@&_~^|]\d|\d[#@&_~^|=]")
"""A figure beside a sign."""
_COUNTED = "家处个名人户次起件项条份场期辆台套亩里米吨元万年月日时分村镇乡县局"
"""Before these a star is a figure left open."""
_MEASURED = "长宽高深厚径距约达为每近超至过于足兑第共", "的以至到长宽高深厚内外左右处时"
"""What stands before and after a quantity."""
_DEFINED = "的为是表即与和及、×÷＝=值"
"""What stands after a letter that a formula uses."""
_EXPLAINED = "为是表即×÷＝=值"
"""The same where the paper is strewn with codes."""
ELEMENTS = frozenset(
    (
        "He Li Be Ne Na Mg Al Si Cl Ar Ca Sc Ti Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Zr Nb Mo Ag Cd Sn Sb "
        "Te Xe Cs Ba Pt Au Hg Tl Pb Bi Rn Th Ra La Ce Nd Ka Ku"
    ).split()
)
"""Chemical elements, radio bands and measures whose sign is two letters."""
_IDENTIFIER = re.compile(r"_?[A-Z]{2,}\d{3,}")
_CHINESE_END = re.compile(rf"[{CHINESE}]{{1,3}}$")
_CHINESE_START = re.compile(rf"[{CHINESE}]{{1,3}}")
UNITS = frozenset(
    (
        "m cm mm km nm um dm g kg mg ug t h s min sec ms a d L l mL ml dL V kV mV MV A mA kA W kW MW GW VA kVA "
        "MVA kvar Hz kHz MHz GHz J kJ MJ GJ N kN Nm Pa kPa MPa hPa bar psi dB dBm dBi lx lm cd mol pH ppm ppb bit "
        "bps B KB MB GB TB PB K M G T k kb Kb Mb Gb p x X mAh Ah Wh kWh MWh rpm fps ha hm eV Gy Sv mSv uSv Bq "
        "kgf cc pt px in ft m2 m3 cm2 mm2 km2 hm2 dm3 cm3 nT kcal cal TEU mu"
    ).split()
)
CLASSES = (
    "级类区座栋幢楼型线纸码号波股证照点段组班岗排门口票库仓井网站端轮字形盘卡卷款档版牌杠轴值项"
    "车路层面键列行链表包柱桩超梁"
)
_NUMBERED = re.compile(
    r"[A-Z]{1,2}\d+|\d*[A-Z]\d*|[A-Z]{1,4}[+&][A-Z]{1,4}|[A-Za-z]=\d+|[#@]\d+|%[sdf]|[A-Z]#|mp\d|v\d|[mg]p\d"
)
_STAKE = re.compile(r"[A-Z]{0,4}\d{1,4}\+\d{1,4}(?:\.\d+)?")
"""A place on a road or dike: K3+200."""
_RECKONED = re.compile(r"[A-Za-z]{1,2}\d{1,2}=-?(?:\d+\.\d+)?")
"""What a formula sets: H1=152.386."""
_DEVICE = re.compile(r"\d{1,3}#")
_LOOSE_CODE = re.compile(r"[A-Z]\d?|\d#")
_NAME = re.compile(
    r"[A-Z]{2,4}|[A-Z][a-z]{2,}|[a-z]{3,}|[A-Z]{1,3}\.?|i[A-Z]\w*|e[A-Z]{2}|WiFi|PhD|VoIP|IoT|LoRa"
)
_FORMAT = re.compile(r"%[sdf]|[A-Za-z]=\d|[#@]\d+")
_SPELLED = re.compile(r"[aeiouy]")
_STRONG_WORD = 6
_TAIL_LOOK = 16
_LONGEST = 3
_QUANTITY = re.compile(
    "(?:电[阻压流感容]|功率|温度|压力|速度|流速|流量|时间|距离|[高长宽厚深]度|面积|体积|系数|浓度|质量|密度|频率|湿|直径|半径|半宽)$"
)
"""What a letter stands for: 接地电阻R."""
_SERIES = 2
"""Codes of one letter that make a series."""


def pieces(said: str, known: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """Short pieces that are neither numbers nor marks; of one that runs into a number, only what is its own.

    With `known` pieces, digits after one are its own where it has them elsewhere: `w4` in `1w42月` is no `w`.
    """
    for found in _RUN.finditer(said):
        if _STAKE.fullmatch(found[0].strip(PLAIN + "~")) or _RECKONED.fullmatch(found[0].strip(PLAIN)):
            continue
        bare = found[0].lstrip("0123456789" + PLAIN)
        if bare[:1] == "%" and len(bare) > 1 and len(bare) < len(found[0]):
            bare = bare[1:]
        begin = found.end() - len(bare)
        bare = bare.rstrip(PLAIN)
        letters = _TAIL.sub("", bare) if len(bare) <= _TAIL_LOOK else bare
        digits = bare[len(letters) :]
        torn = said[max(begin - 1, 0) : begin].isdecimal() or bool(
            begin > 1 and said[begin - 1] in ".," and said[begin - 2].isdecimal()
        )
        sizes = range(_LONGEST, 1, -1) if digits and len(letters) <= _LONGEST else ()
        own = next((bare[:size] for size in sizes if bare[:size] in known), "")
        whole = found[0].rstrip(PLAIN)
        if (_FIGURED.fullmatch(whole) or _SIGNED.fullmatch(whole)) and not said[
            max(found.start() - 1, 0) : found.start()
        ].isdecimal():
            piece, begin = whole, found.start()
        elif own and (len(bare) > _LONGEST or torn):
            piece = own
        elif digits and _IDENTIFIER.fullmatch(bare):
            piece = bare
        elif digits and (torn or len(bare) > _LONGEST or letters[-1:] in SIGNS):
            piece = letters
        else:
            piece = bare
        if 0 < len(piece) <= _LONGEST:
            yield piece, begin, begin + len(piece)


def is_mark(piece: str, before: str, after: str) -> bool:
    """Whether it is a mark of punctuation, alone or repeated, which other rules look at."""
    if piece in _STRAY:
        return False
    if piece in _LOOSE or (piece == "*" and after[:1] not in tuple(_COUNTED)):
        return not all(is_chinese(each) or each in CLOSING + OPENING for each in before[-1:] + after[:1])
    return not any(map(str.isalpha, piece)) and (len(set(piece)) == 1 or not set(piece) & SIGNS)


def joined(before: str, after: str) -> tuple[bool, int]:
    """Whether a word or a number joins without the piece, and what that weighs."""
    number = before[-1].isdecimal() or (before[-1] in ".," and before[-2:-1].isdecimal())
    if number and after[:1].isdecimal():
        return True, 3
    if number and before[-1].isdecimal() and after[:1] in tuple("年月日万亿个家处人户名吨元起份项次件条"):
        return True, 2
    left, right = _CHINESE_END.search(before), _CHINESE_START.match(after)
    if not (left and right):
        return False, 0
    torn = words().across(left[0], right[0]) >= _STRONG_WORD
    return torn, 3 if torn else 1


def senseless(piece: str) -> int:
    """How little sense a piece makes by itself."""
    letters = "".join(sign for sign in piece if sign.isalpha())
    signs = set(piece) & SIGNS
    if _FORMAT.fullmatch(piece):
        return 0
    if piece[0] in "+-" and piece[1:].isalpha() and piece.islower():
        return 3
    if signs and (letters or len(set(piece)) > 1):
        return 4 if signs & _NOWHERE else 3
    if len(letters) > 1 and letters[0].islower() and not letters.islower():
        return 3
    if len(piece) == 1:
        return 2 if piece.islower() or piece in _STRAY or piece in _LOOSE else 0
    if any(map(str.isdecimal, piece)) and letters:
        return 2 if not piece.isupper() or piece[-1].isalpha() else 0
    if len(letters) == 2 and letters[0].isupper() and letters[1].islower():
        return 2
    return 1 if letters.islower() and (len(letters) == 2 or not _SPELLED.search(letters)) else 0


def unspoken(piece: str) -> bool:
    """Whether it is two or three letters that are no word, no abbreviation in capitals and no unit."""
    return (
        1 < len(piece) <= _LONGEST
        and piece.isalpha()
        and not piece.isupper()
        and piece not in UNITS | ELEMENTS
        and not (piece.istitle() and _SPELLED.search(piece))
        and not (piece.islower() and _SPELLED.search(piece))
    )


def coded(piece: str, before: str, after: str) -> bool:
    """Whether a code stands between two Chinese characters neither of which names a class of things."""
    beside = before[-1:] + (after[:1] or "。")
    if lettered(piece, before):
        return False
    if not _CODE.fullmatch(piece) or not all(
        is_chinese(each) or each in CLOSING + OPENING for each in beside
    ):
        return False
    if _FIGURED.fullmatch(piece) and piece[1] in UNITS:
        return beside[0] not in _MEASURED[0] and beside[1] not in _MEASURED[1]
    if "、" in beside or (piece.isalpha() and (beside[1] in _DEFINED or beside[0] in OPENING)):
        return False
    return beside[1] not in CLASSES and beside[0] not in CLASSES + "第素"


def loose(piece: str, before: str, beside: str, said: str) -> bool:
    """Whether a letter or code is neither explained nor reckoned with, no unit, and one of no series: H5、H7."""
    if not _LOOSE_CODE.fullmatch(piece) or beside in tuple(_EXPLAINED):
        return False
    if piece in UNITS and before[-1].isdecimal():
        return False
    if piece.isalpha() and beside.isdecimal() and is_chinese(before[-1]):
        return False
    return len(set(re.findall(rf"{piece[0]}\d", said))) < _SERIES or not piece[0].isalpha()


def lettered(piece: str, before: str) -> bool:
    """Whether the word before it is told apart, or stood for, by a letter: 停车场P2, 接地电阻R."""
    return piece[0].isalpha() and (
        bool(_QUANTITY.search(before)) or (before[-1] == "场" and piece[0].isupper())
    )


def named(piece: str, before: str, after: str) -> bool:
    """Whether it could be a unit, an element, a class, a device or an abbreviation."""
    if piece == "+" or (
        _DEVICE.fullmatch(piece) and (not is_chinese(before[-1]) or before[-1] in "和与及至或到由对在将把")
    ):
        return True
    if piece in UNITS and before[-1].isdecimal() and not after[:1].isdecimal():
        return True
    if piece in ELEMENTS or (len(piece) > 1 and piece.isalpha() and piece in UNITS):
        return True
    if _FIGURED.fullmatch(piece) and piece[1] in UNITS:
        return True
    if set(piece) & (SIGNS | _LOOSE) and not _NUMBERED.fullmatch(piece):
        return False
    if after[:1] in tuple(CLASSES) or before[-1] in CLASSES + "第":
        return len(piece) == 1 or piece.isupper()
    return bool(_NUMBERED.fullmatch(piece) or _NAME.fullmatch(piece))

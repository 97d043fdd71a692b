"""The copy protection of document sites in letters and signs of the keyboard: `q`, `Zk`, `x9@`, every few words.

A short Latin piece in a Chinese sentence is mostly a unit, an abbreviation or a name of a class, so none is junk by
itself. What is weighed: whether a word or a number joins when it is taken out, whether its signs go together at all,
and whether the paper has more of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ...characters import CHINESE, CLOSING, OPENING, is_chinese
from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from ...words import words
from .strays import strays

_RUN = re.compile(r"[!-~]+")
_TAIL = re.compile(r"[.,]?\d[\d.,]*%?$")
"""The number that a piece runs into."""
_PLAIN = ",.:()[]/-\"'"
"""Marks that belong to the sentence around a piece and not to it."""
_SIGNS = frozenset("|&=_@;^~#$`%*{}<>\\!?'\"")
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
_MISREAD = re.compile("[OoIl]+")
_CROSSES = re.compile(r"[Xx]+|N|\W?[Xx]{2,}\W?")
_COUNTED = "家处个名人户次起件项条份场期辆台套亩里米吨元万年月日时分村镇乡县局"
"""Before these a star is a figure left open."""
_MEASURED = "长宽高深厚径距约达为每近超至过于足兑第共", "的以至到长宽高深厚内外左右处时"
"""What stands before and after a quantity."""
_DEFINED = "的为是表即与和及、×÷＝=值"
"""What stands after a letter that a formula uses."""
_EXPLAINED = "为是表即×÷＝=值"
"""The same where the paper is strewn with codes."""
_ELEMENTS = frozenset(
    (
        "He Li Be Ne Na Mg Al Si Cl Ar Ca Sc Ti Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Zr Nb Mo Ag Cd Sn Sb "
        "Te Xe Cs Ba Pt Au Hg Tl Pb Bi Rn Th Ra La Ce Nd Ka Ku"
    ).split()
)
"""Chemical elements, radio bands and measures whose sign is two letters."""
_IDENTIFIER = re.compile(r"_?[A-Z]{2,}\d{3,}")
_CHINESE_END = re.compile(rf"[{CHINESE}]{{1,3}}$")
_CHINESE_START = re.compile(rf"[{CHINESE}]{{1,3}}")
_DESIGNATED = re.compile(r"[A-Z]{1,4}-|-[A-Z]{1,4}")
"""What joins the figures of a model or a standard: 9704SX-100."""
_UNITS = frozenset(
    (
        "m cm mm km nm um dm g kg mg ug t h s min sec ms a d L l mL ml dL V kV mV MV A mA kA W kW MW GW VA kVA "
        "MVA kvar Hz kHz MHz GHz J kJ MJ GJ N kN Nm Pa kPa MPa hPa bar psi dB dBm dBi lx lm cd mol pH ppm ppb bit "
        "bps B KB MB GB TB PB K M G T k kb Kb Mb Gb p x X mAh Ah Wh kWh MWh rpm fps ha hm eV Gy Sv mSv uSv Bq "
        "kgf cc pt px in ft m2 m3 cm2 mm2 km2 hm2 dm3 cm3 nT kcal cal TEU mu"
    ).split()
)
_CLASSES = (
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
_POWER = re.compile(r"[A-Za-z]\^")
_ASSIGNED = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,2})\s?[=＝]")
"""A letter that the paper reckons with."""
_OF_FILES = (
    "压缩",
    "格式",
    "文件",
    "编码",
    "协议",
    "算法",
    "后缀",
    "扩展名",
    "版本",
    "接口",
    "函数",
    "命令",
    "参数",
)
_NAME = re.compile(
    r"[A-Z]{2,4}|[A-Z][a-z]{2,}|[a-z]{3,}|[A-Z]{1,3}\.?|i[A-Z]\w*|e[A-Z]{2}|WiFi|PhD|VoIP|IoT|LoRa"
)
_FORMAT = re.compile(r"%[sdf]|[A-Za-z]=\d|[#@]\d+")
_SPELLED = re.compile(r"[aeiouy]")
_STRONG_WORD = 6
_SURE, _LIKELY = 4, 3
_PROVEN_BY_SURE, _PROVEN_FROM = 2, 3
"""Sure and likely pieces from which a paper is known to come from such a site."""
_BESIDE = 60
"""Characters between two likely pieces that prove it by themselves: sites put one in every few words."""
_FEW_LINES, _TOGETHER = 160, 8
"""Characters within which three pieces prove it together, and what they must weigh."""
_ALONE = 6
"""The score of a piece that is junk without another beside it: senseless, and a word or a number is torn by it."""
_TAIL_LOOK = 16
_LEAST = 2
_LONGEST = 3
_STREWN = 2
"""Different pieces that could have no name from which a paper is strewn with such."""
_QUANTITY = re.compile(
    "(?:电[阻压流感容]|功率|温度|压力|速度|流速|流量|时间|距离|[高长宽厚深]度|面积|体积|系数|浓度|质量|密度|频率|湿|直径|半径|半宽)$"
)
"""What a letter stands for: 接地电阻R."""


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A piece that may be junk, with its spaces.

    `named` where it could be a unit, a class or an abbreviation, `joins` where a word or number is whole without it;
    not `certain` where the last digits may be the sentence's own; `loose` where nothing beside it speaks
    for a letter or code of the paper's own.
    """

    start: int
    end: int
    text: str
    score: int
    named: bool
    joins: bool
    certain: bool
    coded: bool = False
    spaced: bool = False
    classed: bool = False
    loose: bool = False


def check(document: Document) -> Iterator[Finding]:
    """Junk, each piece with the spaces around it; silent in a paper that shows it once or twice."""
    suspects = [each for each in _all(document) if not _DESIGNATED.fullmatch(each.text)]
    unnamed = [each for each in suspects if not each.named]
    # A code that tears a word and names nothing is as good a sign as what could have no name.
    proven = _proven([each for each in suspects if not each.named or (each.coded and each.joins)])
    shown = {each.text for each in unnamed if each.certain and each.score >= _LIKELY}
    strewn = len(shown) >= _STREWN
    told: list[tuple[int, int, str]] = []
    for each in suspects:
        if not _CROSSES.fullmatch(each.text) and _told(each, proven, strewn, shown):
            told.append((each.start, each.end, each.text))
            mend = "" if each.certain else None
            yield rules()["copy-protection"].finding(each.start, each.end, mend=mend, text=each.text)
    if strewn:
        for start, end, piece in strays(document.text, told):
            yield rules()["copy-protection"].finding(start, end, text=piece)


def _told(each: _Suspect, proven: bool, strewn: bool, shown: set[str]) -> bool:
    """Whether a piece is junk; in a paper strewn with codes also what could be a name elsewhere."""
    if not proven:
        return not each.named and each.score >= _ALONE
    if not each.named:
        return each.score >= _LEAST - (strewn and each.text.isalpha()) or each.text in shown
    own = (each.classed and not (each.joins and each.score >= _SURE)) or (
        (each.text in _UNITS or each.text in _ELEMENTS) and not each.spaced
    )
    return each.coded or (not own and ((strewn and each.loose) or each.joins or each.score >= _SURE))


def _proven(unnamed: list[_Suspect]) -> bool:
    likely = [each for each in unnamed if each.score >= _LIKELY]
    if _dense(unnamed):
        return True
    near = any(second.start - first.end <= _BESIDE for first, second in pairwise(likely))
    return (
        near or len(likely) >= _PROVEN_FROM or sum(each.score >= _SURE for each in likely) >= _PROVEN_BY_SURE
    )


def _dense(unnamed: list[_Suspect]) -> bool:
    """Whether several different pieces without sense stand in a few lines."""
    weak = [each for each in unnamed if each.score >= _LEAST]
    for at in range(len(weak) - _PROVEN_FROM + 1):
        row = weak[at : at + _PROVEN_FROM]
        if (
            row[-1].end - row[0].start <= _FEW_LINES
            and len({each.text for each in row}) == _PROVEN_FROM
            and sum(each.score for each in row) >= _TOGETHER
        ):
            return True
    return False


def _all(document: Document) -> Iterator[_Suspect]:
    said = [(document.said(each), each.start) for each in document.paragraphs]
    known = {
        piece
        for text, _ in said
        for piece, begin, _ in _pieces(text, frozenset())
        if any(map(str.isdecimal, piece)) and not text[max(begin - 1, 0) : begin].isdecimal()
    }
    reckoned = frozenset(each[1] for each in _ASSIGNED.finditer(document.text))
    for text, start in said:
        yield from (each for each in _suspects(text, start, frozenset(known)) if each.text not in reckoned)


def _pieces(said: str, known: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """Short pieces that are neither numbers nor marks; of one that runs into a number, only what is its own.

    With `known` pieces, digits after one are its own where it has them elsewhere: `w4` in `1w42月` is no `w`.
    """
    for found in _RUN.finditer(said):
        if _STAKE.fullmatch(found[0].strip(_PLAIN + "~")) or _RECKONED.fullmatch(found[0].strip(_PLAIN)):
            continue
        bare = found[0].lstrip("0123456789" + _PLAIN)
        if bare[:1] == "%" and len(bare) > 1 and len(bare) < len(found[0]):
            bare = bare[1:]
        begin = found.end() - len(bare)
        bare = bare.rstrip(_PLAIN)
        letters = _TAIL.sub("", bare) if len(bare) <= _TAIL_LOOK else bare
        digits = bare[len(letters) :]
        torn = said[max(begin - 1, 0) : begin].isdecimal() or bool(
            begin > 1 and said[begin - 1] in ".," and said[begin - 2].isdecimal()
        )
        sizes = range(_LONGEST, 1, -1) if digits and len(letters) <= _LONGEST else ()
        own = next((bare[:size] for size in sizes if bare[:size] in known), "")
        whole = found[0].rstrip(_PLAIN)
        if (_FIGURED.fullmatch(whole) or _SIGNED.fullmatch(whole)) and not said[
            max(found.start() - 1, 0) : found.start()
        ].isdecimal():
            piece, begin = whole, found.start()
        elif own and (len(bare) > _LONGEST or torn):
            piece = own
        elif digits and _IDENTIFIER.fullmatch(bare):
            piece = bare
        elif digits and (torn or len(bare) > _LONGEST or letters[-1:] in _SIGNS):
            piece = letters
        else:
            piece = bare
        if 0 < len(piece) <= _LONGEST:
            yield piece, begin, begin + len(piece)


def _suspects(said: str, start: int, known: frozenset[str]) -> Iterator[_Suspect]:
    for piece, begin, end in _pieces(said, known):
        before = said[max(begin - _NEAR, 0) : begin].rstrip(SPACES_)
        after = said[end : end + _NEAR].lstrip(SPACES_)
        if not (_of_sentence(before) and (_of_sentence(after[:1]) or not after)):
            continue
        if not any(map(is_chinese, before[-6:] + after[:6])):
            continue
        # 6月1 # 1日: no sign but a pasted one stands apart between two figures of a number.
        apart = (
            said[begin - 1] in SPACES_ and said[end : end + 1] in tuple(SPACES_) and piece in ("#", "&", "_")
        )
        if _is_mark(piece, before, after) and not (
            apart and before[-1].isdecimal() and after[:1].isdecimal()
        ):
            continue
        if _MISREAD.fullmatch(piece) and (before[-1].isdecimal() or after[:1].isdecimal()):
            continue
        if before[-1] in OPENING and after[:1] in tuple(CLOSING):
            # What the word before it is called in Latin.
            continue
        if piece.rstrip("/") in _UNITS and piece[-1] == "/" and before[-1].isdecimal():
            continue
        if _STRAIN.search(said[max(begin - 4, 0) : end + 4]) and piece[0].isupper():
            continue
        if piece.isalpha() and after[:1] in tuple("取＝"):
            continue
        if piece.isalnum() and after.startswith(_OF_FILES):
            continue
        if before[-1] in "/·" or (piece[-1] == "=" and piece[:-1].isalpha() and after[:1].isdecimal()):
            # The second half of a unit, the name of a quantity.
            continue
        left = max(begin - _NEAR, 0) + len(before)
        right = min(end + _NEAR, len(said)) - len(after)
        spaced = left < begin and right > end
        if _POWER.fullmatch(piece) and after[:1].isdecimal() and before[-1].isascii() and left == begin:
            continue
        if (
            not spaced
            and left == begin
            and piece in _UNITS
            and before[-1].isdecimal()
            and not said[end : end + 1].isdecimal()
        ):
            continue
        joins, score = _joined(before, after)
        yield _Suspect(
            start + (left if spaced else begin),
            start + (right if spaced and after else end),
            piece,
            score + _senseless(piece) + (2 if spaced and joins and _unspoken(piece) else 0),
            _named(piece, before, after),
            joins,
            spaced
            or not after[:1].isdecimal()
            or piece[-1].isdecimal()
            or before[-1].isdecimal()
            or piece[-1] in _SIGNS,
            _coded(piece, before, after),
            spaced,
            after[:1] in tuple(_CLASSES) or before[-1] in _CLASSES + "第" or _lettered(piece, before),
            _loose(piece, before, said[end : end + 1] if not spaced else after[:1], said),
        )


_STRAIN = re.compile(r"H\d{1,2}N\d{1,2}")
_NEAR = 60
SPACES_ = " \u00a0\u3000\t"


def _is_mark(piece: str, before: str, after: str) -> bool:
    """Whether it is a mark of punctuation, alone or repeated, which other rules look at."""
    if piece in _STRAY:
        return False
    if piece in _LOOSE or (piece == "*" and after[:1] not in tuple(_COUNTED)):
        return not all(is_chinese(each) or each in CLOSING + OPENING for each in before[-1:] + after[:1])
    return not any(map(str.isalpha, piece)) and (len(set(piece)) == 1 or not set(piece) & _SIGNS)


def _of_sentence(before: str) -> bool:
    sign = before[-1:]
    return bool(sign) and (is_chinese(sign) or sign.isdecimal() or sign in CLOSING + OPENING + _PLAIN)


def _joined(before: str, after: str) -> tuple[bool, int]:
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


def _senseless(piece: str) -> int:
    """How little sense a piece makes by itself."""
    letters = "".join(sign for sign in piece if sign.isalpha())
    signs = set(piece) & _SIGNS
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


def _unspoken(piece: str) -> bool:
    """Whether it is two or three letters that are no word, no abbreviation in capitals and no unit."""
    return (
        1 < len(piece) <= _LONGEST
        and piece.isalpha()
        and not piece.isupper()
        and piece not in _UNITS | _ELEMENTS
        and not (piece.istitle() and _SPELLED.search(piece))
        and not (piece.islower() and _SPELLED.search(piece))
    )


def _coded(piece: str, before: str, after: str) -> bool:
    """Whether a code stands between two Chinese characters neither of which names a class of things."""
    beside = before[-1:] + (after[:1] or "。")
    if _lettered(piece, before):
        return False
    if not _CODE.fullmatch(piece) or not all(
        is_chinese(each) or each in CLOSING + OPENING for each in beside
    ):
        return False
    if _FIGURED.fullmatch(piece) and piece[1] in _UNITS:
        return beside[0] not in _MEASURED[0] and beside[1] not in _MEASURED[1]
    if "、" in beside or (piece.isalpha() and (beside[1] in _DEFINED or beside[0] in OPENING)):
        return False
    return beside[1] not in _CLASSES and beside[0] not in _CLASSES + "第素"


def _loose(piece: str, before: str, beside: str, said: str) -> bool:
    """Whether a letter or code is neither explained nor reckoned with, no unit, and one of no series: H5、H7."""
    if not _LOOSE_CODE.fullmatch(piece) or beside in tuple(_EXPLAINED):
        return False
    if piece in _UNITS and before[-1].isdecimal():
        return False
    if piece.isalpha() and beside.isdecimal() and is_chinese(before[-1]):
        return False
    return len(set(re.findall(rf"{piece[0]}\d", said))) < _LEAST or not piece[0].isalpha()


def _lettered(piece: str, before: str) -> bool:
    """Whether the word before it is told apart, or stood for, by a letter: 停车场P2, 接地电阻R."""
    return piece[0].isalpha() and (
        bool(_QUANTITY.search(before)) or (before[-1] == "场" and piece[0].isupper())
    )


def _named(piece: str, before: str, after: str) -> bool:
    if piece == "+" or (
        _DEVICE.fullmatch(piece) and (not is_chinese(before[-1]) or before[-1] in "和与及至或到由对在将把")
    ):
        return True
    if piece in _UNITS and before[-1].isdecimal() and not after[:1].isdecimal():
        return True
    if piece in _ELEMENTS or (len(piece) > 1 and piece.isalpha() and piece in _UNITS):
        return True
    if _FIGURED.fullmatch(piece) and piece[1] in _UNITS:
        return True
    if set(piece) & (_SIGNS | _LOOSE) and not _NUMBERED.fullmatch(piece):
        return False
    if after[:1] in tuple(_CLASSES) or before[-1] in _CLASSES + "第":
        return len(piece) == 1 or piece.isupper()
    return bool(_NUMBERED.fullmatch(piece) or _NAME.fullmatch(piece))

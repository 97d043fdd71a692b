"""Single signs and codes that no Chinese sentence has, so that one of them is told without another in the paper.

A letter of another script, a sign of typesetters, a figure inside a word, a code of letters, figures and signs: what
stands between two Chinese characters and has no word, quotation or unit of its own was put in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...characters import CHINESE, SPACES, is_chinese, rarity
from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from ...words import words
from .standing import COUNTED

SCRIPTS = (
    "\u0250-\u02af\u03d0-\u03ff\u0590-\u06ff\u0900-\u0e7f\u10a0-\u10ff"
    "\u0400-\u058f\u3041-\u3096\u309d-\u30fa\u30fd-\u312f\u31a0-\u31bf\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
)
"""The sounds of phonetics, scripts from Greek to Georgian that no paper is written with, kana, bopomofo and Korean."""
_LATIN = "\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_TYPESET = "€£¥₤¤¦¬¨¯¶†‡¡¿§╬┼╪╫┿╂▓▒░◢◣◤◥☻☺♪♫❀✿❁㊣㊙卍卐"
_BETWEEN = rf"(?<=[{CHINESE}，。；：、）”》])[{SPACES}]*"
_BEFORE = rf"[{SPACES}]*(?=[{CHINESE}，。；：、（“《]|$)"
_SIGN = re.compile(
    rf"{_BETWEEN}([{SCRIPTS}{_LATIN}{_TYPESET}\uff66-\uff9f\u0300-\u036f]{{1,3}}){_BEFORE}|(?<=\d)([\u0400-\u045f])(?=[{CHINESE}])",
    re.MULTILINE,
)
_GREEK = re.compile(
    rf"(?<=[{CHINESE}])[{SPACES}]*([αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ∂∮∝☆★♀♂◆◇■▲△▼▽◎※~|^\\`$&#=<>*])[{SPACES}]*(?=[{CHINESE}])"
    r"(?![值为是表即型相级系波粒衰射受角轴谱的月日年号村镇乡县人户])"
)
_APART = re.compile(
    rf"(?<=[{CHINESE}，；、）])[{SPACES}]+(?:(?P<sign>[※☆★♀♂∮§◆◇◎㊣♠♣♥♦⊙∝])"
    rf"|(?<=[{SPACES}]{{2}})(?P<letter>[αβγδεζηθικλμνξπρστυφχψω])[{SPACES}])[{SPACES}]+(?=[{CHINESE}])"
)
_SPEAKS_OF_SIGNS = re.compile(r"(?:[标带打加注画用以为即音]|[韵声]母|字母)\s*$|^\s*[号标的符为是表取值即]")
_OWN_LINE = re.compile(
    rf"(?<=[{CHINESE}，、\d])[{SPACES}]*\n[{SPACES}\n]{{0,4}}([a-zA-Z{CHINESE}]|[^\s\x00-\x7f{CHINESE}，。；：、！？“”‘’（）《》—…·①-⑳]{{1,2}})[{SPACES}]*\n"
    rf"[{SPACES}\n]{{0,4}}(?=[{CHINESE}，、\d])"
)
"""A mark with a line to itself, in the middle of a sentence."""
_LAST = re.compile(
    rf"(?<=[{CHINESE}])[\^~|\\`@$&{{}}](?=[，。；、])|(?<=[{CHINESE}])[|\^`\\{{}}](?=[{CHINESE}])"
)
"""A sign of the keyboard at the end of a clause or inside it, that nothing else in the sentence goes with."""
_FIGURE = re.compile(rf"(?<=[{CHINESE}])([{SPACES}]?)\d{{1,2}}\1(?=[{CHINESE}])")
_AFTER_STOP = re.compile(
    rf"(?<=[。！？；])[{SPACES}]*([^\w\s{CHINESE}])\1*[{SPACES}]*(?=[{CHINESE}]|$)", re.MULTILINE
)
"""A sign behind a sentence, before the next or at the line's end: 工作要求。◎现将…"""
_FILLED_IN = re.compile(r"[<＜{][^<>＜＞{}\n]{1,20}[>＞}]|(\S)[年月日].?\1|\S[年月日]")
"""What stands for something to be filled in: <此处填写联系人>, ●月●日."""
_CODE = re.compile(rf"{_BETWEEN}([0-9A-Za-z#$%^&*@!~|=_+]{{3,8}}){_BEFORE}")
_MARKS = "，。；：、！？…·．.!?;:,'\"%％*＊※"
"""Marks of sentences and notes, which other looks tell."""
_OWN_CODE = re.compile(
    r"[A-Z]{1,4}[&+][A-Z]{1,4}|[A-Z]{1,3}[+#]{1,2}|\d+[+%]?|\d+%[+]?|\d+%?~\d+%?|\d+\+\w+|\w+\+\d+|[Xx*#_]+|\d*[*]+\d*|\d+[*=]\d+|[@#]\w+|0x[0-9A-Fa-f]+"
    r"|[A-Za-z]\w*=\w[\w^*+]*%?|\w+=\w+|\d+[a-z]*\+\d+[a-z]*"
)
"""Names, quantities and formulas: A4+, 3mm+1ppm, P=1%, Q=aH^b."""
_FORMED = re.compile(r"\d+[A-Za-z]+\d?|[A-Z]+\w*|[a-z]{2,}\d+|[A-Za-z]+|\d+|[a-z]\d[a-z]|i[A-Z]\w*")
"""A quantity, a model, a word: what a code without a sign may be."""
_TORN, _TORN_ALONE = 8, 10
"""Powers of two of a word's frequency from which its being torn counts, with others in the paper and alone."""
_GAIN = 5
"""Bits that a text gains without the figure."""
_RARE = 3
_FEWEST, _SHORTEST, _LINE = 2, 15, 300


def check(document: Document) -> Iterator[Finding]:
    """Each with the spaces around it."""
    text = document.text
    spans = {found.span() for found in _SIGN.finditer(text) if not _sensible(document, found)}
    spans |= {
        found.span()
        for found in _GREEK.finditer(text)
        if _torn(text, found) >= _TORN and text.count(found[1]) < 4 and not _parts(text, found)
    }
    spans |= {
        found.span()
        for found in _AFTER_STOP.finditer(text)
        if text.count(found[1]) <= _FEWEST
        and not _FILLED_IN.match(text, found.start(1))
        and unicodedata.category(found[1]) in ("So", "Sm", "Po")
        and found[1] not in _MARKS
    }
    spans |= {found.span() for found in _CODE.finditer(text) if _senseless(text, found)}
    spans |= {found.span() for found in _LAST.finditer(text) if text.count(found[0]) <= _FEWEST}
    spans |= {
        found.span()
        for found in _APART.finditer(text)
        if text.count(found["sign"] or found["letter"]) == 1 and _in_sentence(text, found)
    }
    spans |= {
        found.span()
        for found in _OWN_LINE.finditer(text)
        if _in_sentence(text, found) and (not is_chinese(found[1][0]) or rarity(found[1][0]) >= _RARE)
    }
    figures = [found for found in _FIGURE.finditer(text) if _misplaced(text, found)]
    few = len(figures) < _FEWEST
    spans |= {found.span() for found in figures if _torn(text, found) >= (_TORN_ALONE if few else _TORN)}
    for start, end in sorted(spans):
        sign = text[start:end].strip()
        # A figure may be the writer's own slip; it is pointed out and stays.
        mend = None if sign.isdecimal() else ""
        yield rules()["copy-protection"].finding(start, end, mend=mend, text=sign)


def _in_sentence(text: str, found: re.Match[str]) -> bool:
    """Whether a sign stands in the middle of a sentence that does not speak of signs or reckon with them."""
    before = text[max(found.start() - _LINE, 0) : found.start()].rsplit("\n", 1)[-1]
    after = text[found.end() : found.end() + _LINE].split("\n", 1)[0]
    near = before[-20:] + after[:20]
    if _SPEAKS_OF_SIGNS.search(before) or _SPEAKS_OF_SIGNS.match(after) or re.search("[=＝≈∑√]", near):
        return False
    # A heading has no clause, the row of a form none either.
    return len(before + after) >= _SHORTEST and bool(re.search("[，。；]", before + after))


def _sensible(document: Document, found: re.Match[str]) -> bool:
    """Whether the paper uses the sign for something: again and again, or as one of several of its script."""
    text, sign = document.text, found[1] or found[2]
    spoken_of = re.search(
        r"(?:[韵声]母|字母|读音|[读发]作|音)$", text[max(found.start() - 4, 0) : found.start(1)].rstrip()
    )
    if sign == "の" or spoken_of or text.count(sign) > _FEWEST:
        return True
    near = text[max(found.start() - 12, 0) : found.end() + 12]
    return bool(re.search(rf"[{SCRIPTS}]{{2,}}", near)) or near.count(sign) > 1


def _parts(text: str, found: re.Match[str]) -> bool:
    """Whether a sign stands again right beside: 春◆夏◆秋◆冬, where it parts single characters."""
    return found[1] in text[max(found.start() - 3, 0) : found.start()] + text[found.end() : found.end() + 3]


def _torn(text: str, found: re.Match[str]) -> int:
    """The power of two of the frequency of the word that is whole without what was found."""
    left = re.search(rf"[{CHINESE}]{{1,3}}$", text[max(found.start() - 3, 0) : found.start()])
    right = re.match(rf"[{CHINESE}]{{1,3}}", text[found.end() : found.end() + 3])
    return words().across(left[0], right[0]) if left and right else 0


def _misplaced(text: str, found: re.Match[str]) -> bool:
    left, right = text[found.start() - 1], text[found.end()]
    if text.startswith(("小时", "分钟", "毫", "微", "平方", "立方", "厘", "月"), found.end()):
        return False
    if right in COUNTED or left in "第共计约达近超为以每" or _torn(text, found) < _TORN:
        return False
    run = re.compile(f"[{CHINESE}]*")
    before = re.search(f"[{CHINESE}]*$", text[max(found.start() - 5, 0) : found.start()])
    return words().gain(before[0], "", run.match(text, found.end(), found.end() + 5)[0]) >= _GAIN


def _senseless(text: str, found: re.Match[str]) -> bool:
    code = found[1]
    if _OWN_CODE.fullmatch(code):
        return False
    signs = set(code) & set("#$^&*@!~|%=")
    letters, figures = any(map(str.isalpha, code)), any(map(str.isdecimal, code))
    if len(signs) > 1 or (signs and letters and figures and len(code) > 3):
        return True
    if signs or not letters or not figures:
        return False
    turns = len(re.findall(r"(?<=\d)[A-Za-z]|(?<=[A-Za-z])\d", code))
    return not code.isupper() and (
        (turns >= 2 and not _FORMED.fullmatch(code)) or (len(code) > 3 and _torn(text, found) >= _TORN)
    )

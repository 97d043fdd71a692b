"""What tears a word: a character, a sign, a code or a site's name that stands inside one.

The sign is always the same: the text on both sides of the piece is much likelier once the piece is taken out
(`Words.gain`). Ordinary text hardly ever shows it. In the People's Daily of January 1998, 1.9 million characters, a
letter or sign between two Chinese characters never gains five bits unless it names a class (日K线), and an everyday
character gains ten once in 40,000 characters, mostly inside four characters of verse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ...characters import CHINESE, SPACES, is_chinese, oddness, rarity
from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from ...surnames import SURNAMES
from ...words import words
from .rolls import is_roll
from .sciences import ELEMENTS, GROUND, PLACE_ENDS
from .standing import COUNTED, STANDING
from .strangers import SCRIPTS

_RUN = re.compile(rf"[{CHINESE}]{{3,}}")
_END, _START = re.compile(rf"[{CHINESE}]{{1,5}}$"), re.compile(rf"[{CHINESE}]{{1,5}}")
_GAP = re.compile(
    rf"(?<=[{CHINESE}])(?:[{SPACES}]+[{CHINESE}]{{1,2}}[{SPACES}]+"
    rf"|[{SPACES}]*[（(\[【〔<＜][{SPACES}]*[{CHINESE}]{{1,6}}[{SPACES}]*[）)\]】〕>＞][{SPACES}]*"
    rf"|[{SPACES}]*\n[{SPACES}\n]{{0,4}}[^\n，。；：、！？]{{1,3}}[{SPACES}]*\n[{SPACES}\n]{{0,4}}"
    rf"|[^{CHINESE}\n，。；：、！？…“”‘’《》『』]{{1,24}})(?=[{CHINESE}])"
)
"""What stands between two Chinese characters and is no mark of a sentence, or has a line to itself."""
_BRACKETS = "（）()[]【】〔〕<>＜＞"
_BLANKS = "".join(each for each in map(chr, range(0x3001)) if each.isspace() and each not in "\n\r")
_AROUND = _BLANKS + _BRACKETS + "\n"
_OPEN = re.compile(r"[Xx×╳○〇*_＿□■△▲?？%％/／~～\-—–·.•#＃]+|[Ｘ]+|[NN]+")
"""What is left open, and signs that join two words."""
_JOINING = frozenset(
    "-—–―~～·•.:：/／\\、|｜+＋=＝×*→←↑↓&＆'’\"@>＞<＜≤≥±^°′″①②③④⑤⑥⑦⑧⑨⑩○〇●■□△▲…()（）[]【】〔〕％%‰#＃$￥"
)
_CLASSES = frozenset(
    "级类区座栋幢楼型线股码证照点段组班岗门口票库照片字形盘卡款版牌杠轴值项车路层面键行列表包柱桩梁超光股钢基酸细球"
)
_MEASURES = ("平方", "立方", "毫", "厘", "小时", "分钟", "微", "公斤")
_FIGURE = re.compile(r"\d{1,2}")
_SITE = re.compile(
    r"(?:https?://|www\.)?[A-Za-z0-9\-]{2,}(?:\.[A-Za-z]{2,4})+|(?:www\.)?[a-z]*(?:fanwen|wenku|wenmi|doc|gongwen|xuexi|edu)[a-z0-9]*"
)
_SITE_OWN = re.compile("范文|文库|文秘|好文|美文|佳文|学优|豆丁|道客")
"""What only the names of such sites are made of."""
_SITE_LIKE = re.compile(f"{_SITE_OWN.pattern}|公文|文档|写作|论文|学习|资料|课件|作文|下载|办公|文章")
_ODD = "※☆★♀♂∮§◆◇◎㊣㊙¤¦¬¯¶†‡¡¿╬┼╪╫┿╂▓▒░◢◣◤◥☻☺♪♫❀✿❁卍卐∝∽≌⊙⊕∷♠♣♥♦"
_SITE_END = frozenset("网吧站库帮家长屋坊客巴")
_NUMBER = re.compile(
    rf"(?<=\d)(?P<gap>\.?[{SPACES}]*(?P<piece>[^\s\d，。；：、！？…“”‘’《》a-zA-Z])[{SPACES}]*)(?=\d|\.\d|[％%])"
)
_MEASURE = re.compile(
    rf"(?<=[a-zA-Z]/)[{SPACES}]*([{_ODD}{CHINESE}])[{SPACES}]*(?=(?:k?g|k?m|h|L|d|s|t|min|ha)(?![A-Za-z]))"
)
_WORD = 8
"""Power of two of a word's frequency from which it is looked at whether it was torn."""
_SMALL_WORD = 5
"""The same where what tears it is no everyday character."""
_EVERYDAY = 16
"""Bits that an everyday character costs by itself, however frequent: what a writer puts in is mostly such."""
_ALONE, _FAR, _BESIDE_OTHERS, _AGAIN, _SPACED = 11, 16, 8, 6, 4
"""Bits beyond these that an everyday character gains: by itself, where the paper has the character elsewhere, with
others beside it, as another place of what tore a word, between spaces."""
_SIGN, _CLASSED, _RARE = 5, 12, 5
"""The same for letters and signs, for those that may name a class, and for rare characters."""
_TWICE, _FEWEST = 2, 3
_WINDOW = 500
"""Characters in which so many tears prove each other."""
_SHARE = 12
"""A piece is foreign wherever it stands if it tears a word in one of so many places."""
_FOREIGN = SCRIPTS + "\u0250-\u02af"
_KINDS = ("everyday", "apart", "rare", "figure", "code", "site", "sign")
_OFTEN = ("everyday", "rare", "figure")
"""Kinds that ordinary text shows now and then."""
_APART = re.compile(rf"(?<=[A-Za-z0-9])[{SPACES}]+([{_ODD}])[{SPACES}]+(?=[A-Za-z0-9])(?<![A-Za-z]{{2}}.§.)")


@dataclass(frozen=True, slots=True)
class _Tear:
    """A piece that tears a word: where it stands with its spaces and brackets.

    `gain` is what it gains beyond its need; `sure` where it is told by itself; `weighs` where it speaks against others.
    """

    start: int
    end: int
    piece: str
    kind: str
    gain: int
    spaced: bool
    sure: bool

    @property
    def weighs(self) -> bool:
        return self.sure or self.kind == "rare" or (self.kind == "everyday" and self.gain >= _BESIDE_OTHERS)


def check(document: Document, known: bool) -> Iterator[Finding]:
    """Each piece with its spaces and brackets; `known` says that the paper is known to come from a document site."""
    if "\t" in document.text and document.text.count("\t") > len(document.text) // 40:
        return
    tears = sorted(_all(document), key=lambda each: (each.start, -each.end))
    sorts = {kind: [each for each in tears if each.kind == kind] for kind in _KINDS}
    known = known or any(_shown(each) for each in sorts.values())
    proven = {kind for kind, each in sorts.items() if _shown(each, known)}
    told: set[tuple[int, int]] = set()
    for each in tears:
        if each.sure or (each.kind in proven and each.weighs):
            told.add((each.start, each.end))
            yield _finding(each.start, each.end, each.piece, each.kind, known)
    for start, end, piece, kind in _again(document, tears, proven):
        if not any(start < b and end > a for a, b in told):
            yield _finding(start, end, piece, kind, known)


def _finding(start: int, end: int, piece: str, kind: str, known: bool) -> Finding:
    everyday = kind in ("everyday", "figure")
    rule = rules()["torn-word" if kind == "everyday" else "copy-protection"]
    return rule.finding(start, end, mend=None if everyday and not known else "", text=piece.strip())


def _shown(tears: list[_Tear], known: bool = False) -> bool:
    """Whether pieces of a kind tear words too often for chance: twice, or several times in a few lines.

    In a paper that is known to come from a document site it takes one less.
    """
    row = sorted((each for each in tears if each.weighs), key=lambda each: each.start)
    if not row or row[0].kind not in _OFTEN:
        return len(row) >= _TWICE - known
    if known and row[0].kind != "everyday":
        return len(row) >= _TWICE
    for at in range(len(row) - _FEWEST + 1):
        some = row[at : at + _FEWEST]
        if some[-1].end - some[0].start <= _WINDOW and all(b.start - a.end >= 2 for a, b in pairwise(some)):
            return True
    return False


def _all(document: Document) -> Iterator[_Tear]:
    text = document.text
    cells = [(each.start, each.end) for each in document.paragraphs if each.cell]
    pairs: set[tuple[str, str]] = set()
    for tear in (*_gaps(text), *_inside(text), *_numbers(text)):
        if any(start <= tear.start < end for start, end in cells):
            continue
        beside = tear.piece + text[tear.end : tear.end + 1], text[tear.start - 1 : tear.start] + tear.piece
        # 体改委 again and again is a word of the paper's own.
        if tear.kind == "everyday" and beside in pairs:
            continue
        pairs.add(beside)
        yield tear


def _gaps(text: str) -> Iterator[_Tear]:
    """Pieces that are no Chinese, or apart from it by spaces, brackets or lines."""
    for found in _GAP.finditer(text):
        start, end = found.span()
        bare = found[0].strip(_AROUND)
        if not bare or _OPEN.fullmatch(bare):
            continue
        left, right = _END.search(text, max(start - 5, 0), start), _START.match(text, end, end + 5)
        kind = _kind(bare)
        if not kind or words().across(left[0][-3:], right[0][:3]) < _SMALL_WORD:
            continue
        gain, sure = words().gain(left[0], "", right[0]), True
        own_line = "\n" in found[0]
        spaced = found[0][0] in _AROUND and found[0][-1] in _AROUND
        if kind in ("apart", "rare"):
            if found[0] == bare or not spaced:
                continue
            bracketed = found[0].strip(_BLANKS + "\n") != bare
            if kind == "apart" and (bracketed or (own_line and bare in STANDING)):
                continue
            line = text[text.rfind("\n", 0, start) + 1 : text.find("\n", end) if "\n" in text[end:] else None]
            if not own_line and (is_roll(line) or _spelled(text, start, end)):
                continue
            need = _ALONE if own_line and kind == "apart" else _SPACED
        elif kind == "figure":
            if left[0][-1] in "第共计约达近超为每" or right[0].startswith(_MEASURES):
                continue
            if not own_line and (not spaced or right[0][0] in _CLASSES or set(found[0]) & set("（(")):
                continue
            sure = own_line or right[0][0] not in COUNTED
            need = _SIGN + 2
        else:
            if found[0].strip(_BLANKS) != bare and (right[0][0] in ELEMENTS or left[0][-1] in ELEMENTS):
                continue
            classed = right[0][0] in _CLASSES and bare.isascii()
            need = _CLASSED if classed else _SIGN
        if gain >= need:
            yield _Tear(start, end, bare, kind, gain - need, spaced, sure)


def _kind(bare: str) -> str:
    """What sort of piece it is; empty where a writer may well put it between two words."""
    if all(map(is_chinese, bare)):
        if len(bare) > 2 or (len(bare) == 2 and _SITE_OWN.fullmatch(bare)):
            return "site" if _SITE_OWN.search(bare) or bare[-1] == "网" else ""
        return "rare" if all(rarity(each) >= 2 for each in bare) else "apart" if len(bare) == 1 else ""
    if _FIGURE.fullmatch(bare):
        return "figure"
    if bare.isascii() and bare.isalnum():
        short = len(bare) <= 4 or _SITE.fullmatch(bare) or bare.islower() or not bare.isalpha()
        return "code" if short and not bare.isdecimal() else ""
    if _SITE.fullmatch(bare):
        return "code"
    if len(bare) <= 3 and not set(bare) & (_JOINING | set(_BRACKETS)) and not any(map(str.isdecimal, bare)):
        return "sign"
    return ""


def _spelled(text: str, start: int, end: int) -> bool:
    """Whether the characters beside a piece stand apart as well: words set wide."""
    return text[start - 2 : start - 1] in tuple(_BLANKS) or text[end + 1 : end + 2] in tuple(_BLANKS)


def _inside(text: str) -> Iterator[_Tear]:
    """Chinese characters without a space inside a Chinese word."""
    known, joins = words(), words().joins
    rare = rarity if _simplified(text) else (lambda _: 0)
    for found in _RUN.finditer(text):
        run, begin = found[0], found.start()
        for at in range(1, len(run) - 1):
            piece = run[at]
            strange = rare(piece) >= 3
            if not strange and (piece in STANDING or not joins(run[at - 1] + run[at + 1])):
                continue
            left, right = run[max(at - 3, 0) : at], run[at + 1 : at + 4]
            if known.across(left, right) < (_SMALL_WORD if strange else _WORD):
                continue
            left, right = run[max(at - 5, 0) : at], run[at + 1 : at + 6]
            if strange:
                gain, need = known.gain(left, "", right), _RARE
                again = max(text.count(left[-1] + piece), text.count(piece + right[0])) > 1
                if again or known.holding(left + piece + right, len(left)):
                    continue
            else:
                gain, need = known.gain(left, piece, right), max(_EVERYDAY, known.cost(piece))
            gain -= need
            if gain < (0 if strange else _AGAIN):
                continue
            if not strange and (
                known.holding(left + piece + right, len(left)) >= _WORD
                or (gain < _FAR and _used(text, piece, begin + at))
            ):
                continue
            kind = "rare" if strange else "everyday"
            place = begin + at
            own = piece in GROUND or piece in ELEMENTS or right[0] in PLACE_ENDS or left[-1] in SURNAMES
            sure = not own if strange else gain >= (_ALONE if text.count(piece) == 1 else _FAR)
            yield _Tear(place, place + 1, piece, kind, gain, False, sure)
        if _SITE_LIKE.search(run):
            yield from _sites(run, begin)


def _used(text: str, piece: str, at: int) -> bool:
    """Whether the paper has a character in a word elsewhere: one that is part of its matter is no stranger to it."""
    place = text.find(piece)
    while place >= 0:
        if place != at and words().holding(text[max(place - 3, 0) : place + 4], min(place, 3)) >= _SMALL_WORD:
            return True
        place = text.find(piece, place + 1)
    return False


def _simplified(text: str) -> bool:
    """Whether a paper is not in traditional characters, of which the list has no words."""
    chinese = [each for each in text if is_chinese(each)]
    return sum(rarity(each) == 3 for each in chinese) * 12 < len(chinese)


def _sites(run: str, begin: int) -> Iterator[_Tear]:
    """A site's name inside a word; where it begins and ends, the gain tells."""
    for found in _SITE_LIKE.finditer(run):
        best: tuple[int, int, int] = (0, 0, 0)
        for start in range(max(found.start() - 2, 1), found.start() + 1):
            for end in range(found.end(), min(found.end() + 3, len(run) - 1) + 1):
                piece = run[start:end]
                left, right = run[max(start - 5, 0) : start], run[end : end + 5]
                named = bool(_SITE_OWN.search(piece)) or piece[-1] in "网吧"
                if not named or words().across(left[-3:], right[:3]) < _WORD:
                    continue
                gain = words().gain(left, "", right) + (3 if piece[-1] in _SITE_END else 0)
                best = max(best, (gain, start, end))
        if best[0] >= _WORD:
            _, start, end = best
            yield _Tear(begin + start, begin + end, run[start:end], "site", best[0], False, True)


def _numbers(text: str) -> Iterator[_Tear]:
    """What stands inside a number or a unit."""
    for found in _NUMBER.finditer(text):
        piece = found["piece"]
        if not (is_chinese(piece) or piece in _ODD or oddness(piece)):
            continue
        start, end = found.span("gap")
        if is_chinese(piece):
            strange = rarity(piece) >= 2
            start += text[start] == "."
            spaced = end - start >= 3 and text[end : end + 1] in tuple(".%％")
            if piece in COUNTED or not (strange or spaced):
                continue
            if strange and words().holding(text[end - 4 : end + 3].strip(), 0) and rarity(piece) < 3:
                continue
            yield _Tear(start, end, piece, "rare" if strange else "apart", 0, end - start > 1, True)
        else:
            yield _Tear(start, end, piece, "sign", 0, end - start > 1, True)
    for found in _APART.finditer(text):
        yield _Tear(*found.span(), found[1], "sign", 0, True, True)
    for found in _MEASURE.finditer(text):
        kind = _kind(found[1]) or "sign"
        yield _Tear(*found.span(), found[1], kind, 0, len(found[0]) > 1, True)


def _again(document: Document, tears: list[_Tear], proven: set[str]) -> Iterator[tuple[int, int, str, str]]:
    """The other places of pieces that tear words again and again."""
    text = document.text
    for kind in sorted(proven):
        mine = [each for each in tears if each.kind == kind]
        either = "|".join(
            re.escape(each) for each in sorted({each.piece for each in mine}, key=len, reverse=True)
        )
        if kind == "sign":
            either += f"|[{_ODD}{_FOREIGN}]{{1,3}}"
        elif kind == "apart":
            either = f"[{CHINESE}]"
        spaced = 2 * sum(each.spaced for each in mine) > len(mine)
        places = list(_places(text, either, kind, spaced))
        if len(mine) * _SHARE >= len(places):
            for start, end, piece in places:
                yield start, end, piece, kind


def _places(text: str, pieces: str, kind: str, spaced: bool) -> Iterator[tuple[int, int, str]]:
    blanks = f"[{SPACES}]+" if kind in ("apart", "figure") and spaced else f"[{SPACES}]*"
    for found in re.finditer(rf"{blanks}[（(\[【<]?(?:{pieces})[）)\]】>]?{blanks}", text):
        start, end = found.span()
        bare = found[0].strip(_AROUND)
        apart = found[0][0] in _AROUND and found[0][-1] in _AROUND
        before, after = text[max(start - 3, 0) : start], text[end : end + 3]
        if kind in ("everyday", "rare") and not apart and words().holding(before + bare + after, len(before)):
            continue
        if kind == "apart" and (
            bare in COUNTED or _spelled(text, start, end) or not _sentence(before, after)
        ):
            continue
        if kind == "figure" and (
            before[-1:] == "第" or (after[:1] in COUNTED and before[-1:] not in COUNTED)
        ):
            continue
        if kind == "code" and not apart and (_latin(before[-1:]) or _latin(after[:1])):
            continue
        if kind in ("sign", "site") and (not before.strip() or before[-1:] == "\n") and not after.strip():
            continue
        yield start + (0 if spaced else len(found[0]) - len(found[0].lstrip(_BLANKS))), end, bare


def _sentence(before: str, after: str) -> bool:
    return bool(before.strip() and after.strip()) and before[-1] != "\n" and after[0] != "\n"


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()

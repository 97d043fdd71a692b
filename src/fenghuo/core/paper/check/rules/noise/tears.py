"""Pieces that tear a word: where they stand and how many bits the text gains without them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ...characters import CHINESE, SPACES, is_chinese, oddness, rarity
from ...numerals import HAN
from ...surnames import SURNAMES
from ...words import words
from .rolls import is_roll
from .sciences import ELEMENTS, GROUND, PLACE_ENDS
from .standing import COUNTED, STANDING
from .strangers import SCRIPTS

BLANKS = "".join(each for each in map(chr, range(0x3001)) if each.isspace() and each not in "\n\r")
OPENING, CLOSING = "（(\\[【〔<＜{｛「『", "）)\\]】〕>＞}｝」』"
"""Brackets that a piece may have around it, for character classes."""
_BRACKETS = (OPENING + CLOSING).replace("\\", "")
AROUND = BLANKS + _BRACKETS + "\n"
_RUN = re.compile(rf"[{CHINESE}]{{3,}}")
_END, _START = re.compile(rf"[{CHINESE}]{{1,5}}$"), re.compile(rf"[{CHINESE}]{{1,5}}")
_GAP = re.compile(
    rf"(?<=[{CHINESE}])(?:[{SPACES}]+[{CHINESE}]{{1,8}}[{SPACES}]+"
    rf"|[{SPACES}]*[{OPENING}][{SPACES}]*(?:[{CHINESE}]{{1,8}}|[^{CHINESE}\n，。；：、！？…“”]{{1,24}}?)[{SPACES}]*"
    rf"[{CLOSING}][{SPACES}]*"
    rf"|[{SPACES}]*\n[{SPACES}\n]{{0,4}}[^\n，。；：、！？]{{1,6}}[{SPACES}]*\n[{SPACES}\n]{{0,4}}"
    rf"|[^{CHINESE}\n，。；：、！？…“”‘’《》『』]{{1,24}})(?=[{CHINESE}])"
)
"""What stands between two Chinese characters and is no mark of a sentence, or has a line to itself."""
_OPEN = re.compile(r"[Xx×╳○〇*_＿□■△▲?？%％/／~～\-—–·.•#＃]+|[Ｘ]+|[NN]+")
"""What is left open, and signs that join two words."""
_JOINING = frozenset(
    "∶-—–―~～·•.:：/／\\、|｜+＋=＝×*→←↑↓&＆'’\"@>＞<＜≤≥±^°′″①②③④⑤⑥⑦⑧⑨⑩○〇●■□△▲…()（）[]【】〔〕％%‰#＃$￥"
)
_CLASSES = frozenset(
    "级类区座栋幢楼型线股码证照点段组班岗门口票库照片字形盘卡款版牌杠轴值项车路层面键行列表包柱桩梁超光股钢基酸细球"
)
MEASURES = ("平方", "立方", "毫", "厘", "小时", "分钟", "微", "公斤")
_GRADE = re.compile(r"[Ⅰ-ⅻ]{1,3}[度期等级类区型段组号]")
"""深Ⅱ度水疱: a grade told in Roman numerals."""
_FIGURE = re.compile(r"\d{1,2}")
_SITE = re.compile(
    r"(?:https?://|www\.)?[A-Za-z0-9\-]{2,}(?:\.[A-Za-z]{2,4})+"
    r"|(?:www\.)?[a-z]*(?:fanwen|wenku|wenmi|doc|gongwen|xuexi|edu)[a-z0-9]*"
)
_SITE_OWN = re.compile("范文|文库|文秘|好文|美文|佳文|学优|豆丁|道客")
"""What only the names of such sites are made of."""
_SITE_LIKE = re.compile(
    f"{_SITE_OWN.pattern}|公文|文档|写作|论文|学习|资料|课件|作文|下载|办公|文章|学科|百度"
)
ODD = "※☆★♀♂∮§◆◇◎㊣㊙¤¦¬¯¶†‡¡¿╬┼╪╫┿╂▓▒░◢◣◤◥☻☺♪♫❀✿❁卍卐∝∽≌⊙⊕∷♠♣♥♦"
_ODDITY = re.compile(f"[{ODD}{SCRIPTS}]{{1,2}}")
_SHOWN = "标带打加注画名字符号如"
"""What stands before a sign that is spoken of."""
_VISITED = re.compile("(?:登录|登陆|访问|网址|网站|官网|打开|进入|平台|浏览|链接|地址|邮箱|[至到在为是])$")
_SELDOM = 2
_SITE_END = frozenset("网吧站库帮家长屋坊客巴")
_NUMBER = re.compile(
    rf"(?<=\d)(?P<gap>\.?[{SPACES}]*(?P<piece>[^\s\d，。；：、！？…“”‘’《》a-zA-Z])[{SPACES}]*)(?=\d|\.\d|[％%])"
)
_MEASURE = re.compile(
    rf"(?<=[a-zA-Z]/)[{SPACES}]*([{ODD}{CHINESE}])[{SPACES}]*(?=(?:k?g|k?m|h|L|d|s|t|min|ha)(?![A-Za-z]))"
)
_APART = re.compile(rf"(?<=[A-Za-z0-9])[{SPACES}]+([{ODD}])[{SPACES}]+(?=[A-Za-z0-9])(?<![A-Za-z]{{2}}.§.)")
_WORD = 8
"""Power of two of a word's frequency from which it is looked at whether it was torn."""
_BEYOND = 3
"""The rarity of a character beyond GB 2312."""
_NEAR = 1500
_SMALL_WORD = 5
"""The same where what tears it is no everyday character."""
_EVERYDAY = 16
"""Bits that an everyday character costs by itself, however frequent: what a writer puts in is mostly such."""
_ALONE, _FAR, _BESIDE_OTHERS, _AGAIN, _SPACED = 11, 16, 8, 6, 4
"""Bits beyond these that an everyday character gains: by itself, where the paper has the character elsewhere, with
others beside it, as another place of what tore a word, between spaces."""
_SIGN, _CLASSED, _RARE, _SECOND = 5, 12, 5, 7
"""The same for letters and signs, for those that may name a class, for rare characters, for those of level 2."""
_FIGURED, _COUNTING, _TIGHT = 7, 16, 9
"""The same for figures: between spaces, before what may be counted, without a space."""
_LOOKED_AT = 20
"""Places of a character that are looked at."""


@dataclass(frozen=True, slots=True)
class Tear:
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
        return self.sure or (self.kind == "everyday" and self.gain >= _BESIDE_OTHERS)


def tears(text: str) -> Iterator[Tear]:
    """All of a paper, one kind of place after another."""
    count = Counter(text)
    pairs: set[tuple[str, str]] = set()
    for each in (*_gaps(text), *_inside(text, count), *_numbers(text)):
        beside = each.piece + text[each.end : each.end + 1], text[each.start - 1 : each.start] + each.piece
        # 体改委 again and again is a word of the paper's own.
        if each.kind == "everyday" and beside in pairs:
            continue
        pairs.add(beside)
        yield each


def _gaps(text: str) -> Iterator[Tear]:
    """Pieces that are no Chinese, or apart from it by spaces, brackets or lines."""
    for found in _GAP.finditer(text):
        start, end = found.span()
        bare = found[0].strip(AROUND)
        if not bare or _OPEN.fullmatch(bare):
            continue
        left, right = _END.search(text, max(start - 5, 0), start), _START.match(text, end, end + 5)
        kind = _kind(bare)
        bracketed = found[0].strip(BLANKS + "\n") != bare
        torn = words().across(left[0][-3:], right[0][:3]) >= _SMALL_WORD
        named = found[0] != bare and (
            (kind == "site" and bool(_SITE_OWN.search(bare))) or (bracketed and bool(_ODDITY.fullmatch(bare)))
        )
        if not kind or not (torn or named):
            continue
        gain, own_line = words().gain(left[0], "", right[0]), "\n" in found[0]
        spaced = found[0][0] in AROUND and found[0][-1] in AROUND
        sure = True
        if kind in ("apart", "rare"):
            if not spaced or (kind == "apart" and (bracketed or (own_line and bare in STANDING))):
                continue
            if not own_line and (is_roll(_line(text, start, end)) or spelled(text, start, end)):
                continue
            need = _ALONE if own_line and kind == "apart" else _SPACED
        elif kind == "figure":
            if right[0].startswith(MEASURES) or (right[0][0] in _CLASSES or bracketed):
                continue
            counted = right[0][0] in COUNTED or left[0][-1] in "第共约达近超为每"
            sure = own_line or not counted or gain >= _COUNTING
            need = _FIGURED if own_line or spaced else _TIGHT
        elif (
            named and text.count(bare) <= _SELDOM and left[0][-1] not in _SHOWN and right[0][0] not in "号的"
        ):
            need = min(gain, 0)
        else:
            if bracketed and (right[0][0] in ELEMENTS or left[0][-1] in ELEMENTS):
                continue
            near = text[start - 3 : start] + text[end : end + 3]
            if kind == "sign" and (left[0][-1] in _SHOWN or right[0][0] in "号的" or bare in near):
                continue  # 春◆夏◆秋◆冬: it parts single characters
            if _GRADE.fullmatch(bare + right[0][0]):
                continue
            need = _CLASSED if right[0][0] in _CLASSES and bare.isascii() else _SIGN
            if "." in bare and _SITE.fullmatch(bare) and not _VISITED.search(left[0]):
                need = 1
        if gain >= need:
            yield Tear(start, end, bare, kind, gain - need, spaced, sure)


def _line(text: str, start: int, end: int) -> str:
    """The line of a place, as far as a roll of names goes."""
    near = text[max(start - 200, 0) : end + 200]
    at = min(start, 200)
    return near[near.rfind("\n", 0, at) + 1 :].split("\n", 1)[0]


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


def spelled(text: str, start: int, end: int) -> bool:
    """Whether the characters beside a piece stand apart as well: words set wide."""
    return text[start - 2 : start - 1] in tuple(BLANKS) or text[end + 1 : end + 2] in tuple(BLANKS)


def _inside(text: str, count: Counter[str]) -> Iterator[Tear]:
    """Chinese characters without a space inside a Chinese word."""
    joins = words().joins
    rare = rarity if is_simplified(text) else (lambda _: 0)
    for found in _RUN.finditer(text):
        run = found[0]
        for at in range(1, len(run) - 1):
            piece = run[at]
            strange = rare(piece) >= _BEYOND
            if strange or (piece not in STANDING and joins(run[at - 1] + run[at + 1])):
                left, right = run[max(at - 5, 0) : at], run[at + 1 : at + 6]
                place = found.start() + at
                look = _strange if strange else _everyday
                if tear := look(text, place, (left, piece, right), count):
                    yield tear
        if _SITE_LIKE.search(run):
            yield from _sites(run, found.start())


_COMPOUND = re.compile("[\u4e00-\u9fff]?[醚酯酮醇胺烷烯炔苯腈肼唑啶嘧吡酚醛]")
"""What a chemical compound ends with: 戊乙奎醚."""


def _strange(text: str, at: int, said: tuple[str, str, str], count: Counter[str]) -> Tear | None:
    """A character beyond GB 2312 that stands inside a word."""
    left, piece, right = said
    if words().across(left[-3:], right[:3]) < _SMALL_WORD or words().holding("".join(said), len(left)):
        return None
    gain = words().gain(left, "", right) - _RARE
    if gain < 0:
        return None
    near = text[max(at - _NEAR, 0) : at + _NEAR] if count[piece] > 1 else ""
    if max(near.count(left[-1] + piece), near.count(piece + right[0])) > 1:
        return None
    own = piece in GROUND or piece in ELEMENTS or right[0] in PLACE_ENDS or left[-1] in SURNAMES
    return Tear(at, at + 1, piece, "rare", gain, False, not own)


def _everyday(text: str, at: int, said: tuple[str, str, str], count: Counter[str]) -> Tear | None:
    """Any other character; of level 2 it takes less, since nobody has such by mistake."""
    left, piece, right = said
    if words().across(left[-3:], right[:3]) < _WORD:
        return None
    if piece in COUNTED and left[-1] in HAN and right[0] in COUNTED:
        return None  # 第一剂次: a measure of two characters behind its numeral
    gain = words().gain(left, piece, right) - max(_EVERYDAY, words().cost(piece))
    if gain < _AGAIN or words().holding("".join(said), len(left)) >= _WORD:
        return None
    if gain < _FAR and _used(text, piece, at):
        return None
    if _interleaved(left, piece, right) or _COMPOUND.match(right):
        return None
    named = left[-1] in SURNAMES
    if named and len(right) == 1 and not words().holding(left, len(left) - 1):
        return None  # 汪洪洋: the middle of a name
    sure = gain >= (_SECOND if rarity(piece) >= 2 and not named and count[piece] == 1 else _FAR)
    return Tear(at, at + 1, piece, "everyday", gain, False, sure)


def _interleaved(left: str, piece: str, right: str) -> bool:
    """Whether two words are told one into the other, as in four-character phrases: 奖优罚劣 is 奖罚 and 优劣."""
    pairs = (left[-2:-1] + piece, left[-1] + right[:1]), (piece + right[1:2], left[-1] + right[:1])
    return any(all(len(pair) == 2 and words().frequency(pair) for pair in both) for both in pairs)


def _used(text: str, piece: str, at: int) -> bool:
    """Whether the paper has a character in a word elsewhere: one that is part of its matter is no stranger to it."""
    place, held, seen = -1, 0, 0
    for _ in range(_LOOKED_AT):
        place = text.find(piece, place + 1)
        if place < 0:
            break
        if place != at:
            seen += 1
            held += words().holding(text[max(place - 3, 0) : place + 4], min(place, 3)) >= _SMALL_WORD
    return 2 * held > seen


def is_simplified(text: str) -> bool:
    """Whether a paper is not in traditional characters, of which the list has no words."""
    chinese = [each for each in text if is_chinese(each)]
    return sum(rarity(each) == 3 for each in chinese) * 12 < len(chinese)


def _sites(run: str, begin: int) -> Iterator[Tear]:
    """A site's name inside a word; where it begins and ends, the gain tells."""
    for found in _SITE_LIKE.finditer(run):
        best: tuple[int, int, int] = (0, 0, 0)
        for start in range(max(found.start() - 2, 1), found.start() + 2):
            for end in range(max(found.end(), start + 2), min(found.end() + 3, len(run) - 1) + 1):
                piece = run[start:end]
                left, right = run[max(start - 5, 0) : start], run[end : end + 5]
                named = bool(_SITE_OWN.search(piece)) or piece[-1] in "网吧"
                if not named or words().across(left[-3:], right[:3]) < _WORD:
                    continue
                gain = words().gain(left, "", right) + (3 if piece[-1] in _SITE_END else 0)
                best = max(best, (gain, start, end))
        if best[0] >= _WORD:
            _, start, end = best
            yield Tear(begin + start, begin + end, run[start:end], "site", best[0], False, True)


def _numbers(text: str) -> Iterator[Tear]:
    """What stands inside a number or a unit."""
    for found in _NUMBER.finditer(text):
        piece = found["piece"]
        if not (is_chinese(piece) or piece in ODD or oddness(piece)):
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
            yield Tear(start, end, piece, "rare" if strange else "apart", 0, end - start > 1, True)
        else:
            yield Tear(start, end, piece, "sign", 0, end - start > 1, True)
    for found in _APART.finditer(text):
        yield Tear(*found.span(), found[1], "sign", 0, True, True)
    for found in _MEASURE.finditer(text):
        kind = _kind(found[1]) or "sign"
        yield Tear(*found.span(), found[1], kind, 0, len(found[0]) > 1, True)

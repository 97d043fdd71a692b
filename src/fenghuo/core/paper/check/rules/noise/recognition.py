"""What a scan misread: letters among digits, and characters of the same shape."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from ...characters import CHINESE, rarity
from ...document import Document
from ...finding import Finding
from ...rulebook import rules
from ...words import Words, words
from .kinds import listed
from .rolls import of_person
from .standing import ALONE, COUNTED, STANDING
from .tables import table

_LETTERS = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "Ｏ": "0", "ｌ": "1", "〇": "0"}
_COUNTED = (
    "篇年月日时分号个名人户次处起件项条份场期辆台套亩米元万亿余张家把支枚颗根座栋层间所头只株天周公千吨%％"
    "℃°Ω升克秒度袋瓶口眼道段块册本村组镇乡县点平立毫厘盏棵艘架扇匹盆孔片株羽尾箱桶捆幅面顶床副艇"
)
_DIGITS = re.compile(
    r"(?<![A-Za-z0-9\-_./|])(?=[OolI|\d,.]*\d)(?=[\d,.]*[OolI|])[OolI|\d][OolI|\d,.]*(?![A-Za-z0-9\-_/|])"
)
_ROW_OF_CELLS = re.compile(r"\|[^|\n]+\|")
"""A line whose cells are parted by signs: 油路翻新|40|22|55%."""
_FORMULA = re.compile(r"\d{1,3}[oO]\d?|[OI]\d{1,2}|\d{1,4}l")
_SHAPED = {"S": "5", "B": "8", "Z": "2"}
_LIKE_DIGIT = re.compile(
    r"(?<![A-Za-z\d.\-/])\d{1,4}[SBZ](?:\d*\.\d+|\d+)(?=[%％元亩吨户万亿人])|(?<![A-Za-z\d.\-/])\d{1,2}[SBZ][%％]"
    rf"|(?<=[{CHINESE}])\d{{1,3}}[SBZ](?=[个名户人起件份家辆处次台座条项](?!型))"
)
"""A letter inside a figure that is counted or a share: 9S.5%."""
_ALONE = re.compile(
    r"(?<=[月年第\d])[lI|]{1,2}(?=[日月号时点年])|(?<=[年至—-])[lI|]{1,2}(?=月)|(?<![A-Za-z0-9|])[lI|]{2}(?=月)"
)
_COUNT = re.compile(rf"(?<=[{CHINESE}])(?=O?[lI])[lIO]{{1,3}}(?=[个名户处起人次家台套辆份项])")
_TELEPHONE = re.compile(
    r"(?<![A-Za-z0-9])(?=[\d-]*[OolI])[\dOolI]{3,4}-[\dOolI]{7,8}(?![A-Za-z0-9])"
    r"|(?<=[拨打])(?=\d*[OolI])[\dOolI]{3,5}(?![A-Za-z0-9])"
)
_DAY = re.compile(
    r"(?<=\d)曰|(?<=[生节今每当近平明昨假即次])曰(?=[，。起前后至的内、）])|(?<=工作|休息|节假|截止|生产)曰"
)
_SELF = re.compile(
    f"(?<![自知利克各异律为损由舍一体守推责反正环十戊己与以于求误害尽左])己(?=(?P<verb>[{CHINESE}]{{2}}))"
    "(?![方见任有巳卯丑亥酉未所身欲烷酸内醇二基酮醛烯炔糖莫])"
)
_LASTED = re.compile(
    r"(?:(?<![\d.])\d{1,3}|(?<![〇○零一二三四五六七八九])[一二三四五六七八九十百]{1,3}|[两几数多余近历连常])[多余]?年$"
)
"""How long: what 未 follows is 未, as in 连续17年未发生; behind a year it may be 末."""
_A_YEAR = re.compile("(?:[0-9〇○零一二三四五六七八九]|[去今当全上前本同明次翌])年$")
_NOT = re.compile(
    f"未(?=[{CHINESE}])(?![前的将总存实全累共已与和及余库净]|结[余存转]|[各县市乡镇村区][级县市乡镇村区])"
)
_OF_TIME = re.compile("(?:季度?|世纪|学期|阶段|[年月旬周期])$")
_DASH = re.compile(rf"[{CHINESE}][—－](?=[{CHINESE}])")
_RUN = re.compile(rf"[{CHINESE}]+")
_BY_ITSELF = {"的": 20, "和": 17, "对": 15, "如": 14}
"""Powers of two of the frequency of characters that make sentences without making words."""
_MORE = 3
"""How much more frequent the word must be that two parts make together."""
_WINDOW = 4
_SIGN_OF_OFFICE = 8
"""Characters before a paper's number that stand for its office and its kind."""
_AROUND = 8
_NEVER = 99
_HARDLY, _EVERYDAY = 3, 12
"""Powers of two of the frequency of words that are hardly used and of those in every paper."""
_SPOKEN = 9
"""The same for a verb."""
_FOREIGN = 3
"""The rarity of a character that no paper of today is written with."""
_RARE, _THRICE = 2, 3
"""A rare character, and how often it stands in a paper that is about it."""
_TELLING = 10
"""The same for a word of two characters, where what stands there makes no word on either side."""
_BITS = {True: 9, False: 6}
"""Bits that the text must become likelier by: for a character of every day, and for another."""
_FREQUENT = 7
"""Power of two of a word's frequency from which it is taken to be meant."""


def check(document: Document) -> Iterator[Finding]:
    """Letters that stand for digits, characters that stand for their likes."""
    rule = rules()["recognition-error"]
    text = document.text
    for found in _DIGITS.finditer(text):
        if "|" in found[0] and _ROW_OF_CELLS.search(_line(text, found.start())):
            continue
        meant = "".join(_LETTERS.get(each, each) for each in found[0])
        after = text[found.end() : found.end() + 3].lstrip(" ")[:1]
        dated = bool(after) and after in _COUNTED
        # O2, 5l and 30O are formulas and measures; a year or a count is none.
        between = re.search(r"\d[OolI|]\d", found[0])
        if (
            dated
            or between
            or (
                len(found[0]) >= 4
                and "|" not in found[0]
                and not _FORMULA.fullmatch(found[0])
                and not found[0].endswith("l")
            )
        ):
            yield rule.finding(*found.span(), text=found[0], meant=meant)
    for found in _LIKE_DIGIT.finditer(text):
        meant = "".join(_SHAPED.get(each, each) for each in found[0])
        yield rule.finding(*found.span(), text=found[0], meant=meant)
    for found in (*_ALONE.finditer(text), *_COUNT.finditer(text), *_TELEPHONE.finditer(text)):
        meant = "".join(_LETTERS.get(each, each) for each in found[0])
        yield rule.finding(*found.span(), text=found[0], meant=meant)
    for found in _DASH.finditer(text):
        if words().frequency(f"{found[0][0]}一") >= _EVERYDAY:
            yield rule.finding(*found.span(), text=found[0], meant=f"{found[0][0]}一")
    for found in _SELF.finditer(text):
        # 己 is part of a word in papers of today; before a verb and beside none it was 已.
        if words().frequency(found["verb"]) >= _SPOKEN and not words().holding(
            text[max(found.start() - 3, 0) : found.start() + 4], min(found.start(), 3)
        ):
            yield rule.finding(*found.span(), text="己", meant="已")
    for found in _DAY.finditer(text):
        yield rule.finding(*found.span(), text="曰", meant="日")
    for pattern, seen, meant in _contexts():
        for found in pattern.finditer(text):
            if not _ends_time(text, found.start()):
                yield rule.finding(*found.span(), text=seen, meant=meant)
    known = words()
    for found in _RUN.finditer(text):
        if of_office_number(text, found):
            continue
        for at in range(*found.span()):
            likes = pairs().get(text[at])
            if likes is None or text[at] in _NEVER_MEANT:
                continue
            if text[at : at + 2] == "购于":
                continue  # 彩超机购于2013年
            if text[at - 1 : at].isdecimal() and text[at] in COUNTED:
                continue  # 灭火器72具中有8具
            if text[at] == "未" and text[at - 1 : at] == "年" and _not_yet(text, at):
                continue
            first = max(at - _AROUND, found.start())
            run = text[first : min(at + _AROUND + 1, found.end())]
            if text[at] in (text[max(at - 2, 0) : at - 1], text[at + 2 : at + 3]):
                # 入耳入心: said twice, in step, it is meant.
                continue
            if (
                text[at] == "末"
                and at > first
                and text[at - 1] not in STANDING
                and not known.holding(run, at - 1 - first)
            ):
                # 铭末有, 篇末见: the end of what one character names.
                continue
            held = known.holding(run, at - first)
            if (
                held > _HARDLY
                or (text[at] not in _TWINS and known.meant(run, at - first))
                or any(word in run for word in right_as_they_are())
            ):
                continue
            for other, short in likes:
                word = _better(known, run, at - first, other, short, held)
                if word is not None:
                    start, end, meant = word
                    if _own(text, at, run[start:end]) or of_person(text, at):
                        break
                    yield rule.finding(first + start, first + end, text=run[start:end], meant=meant)
                    break


def _ends_time(text: str, at: int) -> bool:
    """三季度末完成: whether 末 ends a time."""
    return text[at] == "末" and bool(_OF_TIME.search(text, max(at - 3, 0), at))


def of_office_number(text: str, run: re.Match[str]) -> bool:
    """白卫函〔2026〕19号: whether a run of characters stands for an office and its kind of paper."""
    return text[run.end() : run.end() + 1] in ("〔", "[", "［") and len(run[0]) <= _SIGN_OF_OFFICE


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def _own(text: str, at: int, seen: str) -> bool:
    """Whether the writer uses a character: again in the same word, or a rare one thrice or in a list of such."""
    if rarity(text[at]) < _RARE:
        return text.count(seen) > 1 or text.count(text[at : at + 2]) >= _THRICE
    return text.count(text[at]) >= _THRICE or at in listed(text)


def _not_yet(text: str, at: int) -> bool:
    """连续17年未, 2023年未发生: what has not been, and no end of a year."""
    before = text[max(at - 8, 0) : at]
    return bool(_LASTED.search(before) or (_A_YEAR.search(before) and _NOT.match(text, at)))


def split(text: str) -> Iterator[Finding]:
    """Characters that stand as their two parts: 木寸 for 村, 讠正 for 证."""
    pattern, meant, sure = _parts()
    known = words()
    for found in pattern.finditer(text):
        parts, whole = found[0], meant[found[0]]
        left, right = text[max(found.start() - 3, 0) : found.start()], text[found.end() : found.end() + 3]
        if parts not in sure:
            as_is = max(known.holding(left + parts + right, len(left) + each) for each in range(len(parts)))
            joined = max(known.holding(left + whole + right, len(left)), _BY_ITSELF.get(whole, 0))
            if joined < _FREQUENT or as_is + _MORE > joined:
                continue
        yield rules()["recognition-error"].finding(*found.span(), text=parts, meant=whole)


def _better(
    known: Words, run: str, at: int, other: str, short: bool, held: int
) -> tuple[int, int, str] | None:
    """The frequent word that stands here if the character is another; `held` is that of the word it makes as it is."""
    meant = run[:at] + other + run[at + 1 :]
    best: tuple[int, int, int] = (0, 0, 0)
    for start in range(max(at - _WINDOW + 1, 0), at + 1):
        for end in range(max(at + 1, start + 2), min(start + _WINDOW, len(run)) + 1):
            frequency = known.frequency(meant[start:end])
            weight = frequency + 3 * (end - start - 2)
            needed = _needed(run[at], end - start, short)
            alone = held or run[at] in ALONE or _parted(known, run, at, start, end)
            if needed == _NEVER and not alone:
                told = meant[start:end]
                needed = _FREQUENT if told in office() or told in often() else _TELLING
            if frequency >= needed and weight > best[0]:
                best = (weight, start, end)
    if not best[0]:
        return None
    _, start, end = best
    # 倩况: the list has words that nobody writes, and neighbours that are words by chance.
    usual = known.frequency(meant[start:end])
    if (held and usual < _EVERYDAY) or (usual < _EVERYDAY and _parted(known, run, at, start, end)):
        return None
    if run[at] not in _TWINS and known.cost(run) - known.cost(meant) < _BITS[rarity(run[at]) == 0]:
        return None  # 稳中略增 is likely enough as it stands
    return start, end, meant[start:end]


def _needed(seen: str, length: int, short: bool) -> int:
    """Everyday characters stand alone all the time; only a longer word speaks against one."""
    if seen in _RARELY_MEANT or rarity(seen) >= _FOREIGN:
        return 4
    return _FREQUENT if length > 2 or short else _NEVER


_NEVER_MEANT = frozenset("仼朿氺甶査攺")
"""Characters that no paper means; `contexts` of the table tells them wherever they stand."""
_TWINS = frozenset("未末己已巳")
"""Characters that only a stroke's length tells apart, each as frequent as the other."""
_RARELY_MEANT = frozenset("囗亳剌杳埸夭巳祟荼戍戊冼汆闩")


def _parted(known: Words, run: str, at: int, start: int, end: int) -> bool:
    """Whether the characters beside it belong to words of their own on the other side."""
    if run[at] in _RARELY_MEANT:
        return False
    left = start < at and any(
        known.frequency(run[max(at - size, 0) : at]) >= _FREQUENT and at - size < start for size in (2, 3, 4)
    )
    right = end > at + 1 and any(
        known.frequency(run[at + 1 : at + 1 + size]) >= _FREQUENT and at + 1 + size > end
        for size in (2, 3, 4)
    )
    return left or right


@cache
def _parts() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    """What is looked for, what each pair of parts makes, and which of them can be nothing else."""
    torn, apart = (
        {each[:-1]: each[-1] for row in _table()[kind] for each in row.split()} for kind in ("torn", "apart")
    )
    meant = torn | apart
    return re.compile("|".join(sorted(meant, key=len, reverse=True))), meant, frozenset(torn)


@cache
def _contexts() -> list[tuple[re.Pattern[str], str, str]]:
    return [(re.compile(each["where"]), each["seen"], each["for"]) for each in _table()["contexts"]]


@cache
def right_as_they_are() -> tuple[str, ...]:
    """Words of rare characters that the list of words does not know."""
    return tuple(_table()["right"])


@cache
def forms() -> dict[str, str]:
    """Old, traditional and foreign forms of everyday characters."""
    return table("traditional") | {pair[0]: pair[1] for row in _table()["forms"] for pair in row.split()}


@cache
def office() -> frozenset[str]:
    """Words that nearly every paper of an office says."""
    return frozenset(_table()["office"])


@cache
def often() -> frozenset[str]:
    """Words that most offices say now and then."""
    return frozenset(_table()["often"])


def _table() -> dict:
    return tomllib.loads(files(__package__).joinpath("lookalikes.toml").read_text(encoding="utf-8"))


@cache
def pairs() -> dict[str, tuple[tuple[str, bool], ...]]:
    """What scans are known to read a character for: each with whether a word of two tells it."""
    table: dict[str, list[tuple[str, bool]]] = {}
    for pair in _table()["pairs"]:
        table.setdefault(pair["seen"], []).append((pair["for"], pair.get("short", False)))
    for rows, short in (("more", True), ("longer", False)):
        for seen, meant in (pair for row in _table()[rows] for pair in row.split()):
            known = table.setdefault(seen, [])
            known.insert(0 if short else len(known), (meant, short))
    return {seen: tuple(meant) for seen, meant in table.items()}

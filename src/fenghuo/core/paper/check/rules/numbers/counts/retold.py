"""A count that is spoken of again with another number: 涉及9家单位, and further down 对11家签收超时单位发函.

What is spoken of again must have been told: where every word that describes it stands around an earlier count of the
same unit, and neither that count nor any other has its number, one of the two is wrong. No word is looked for but
those that tell a count that is known (对…, …的, 均, 全部, 中) from one that is new.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....words import words
from ..faults import counts_differ
from ..text.counted import OF_ALL, Count, counts_by_unit, parted
from ..text.frame import Frame
from ..text.runs import lengths_above
from ..text.slips import slipped

_DONE_WITH = re.compile(
    r"(?:^|.*?)(?:[对将把向给]|督促|要求|责令|组织|指导|涉及)(?P<of>[^对将把向给]{0,14})$"
)
_LISTED_OF = re.compile(r"[对将把][^，。；：]*、[^，。；：\d]*$")
_ALL_OF = re.compile(
    r"(?:上述|前述|以上|这|该|全部|所有|全[馆镇县乡市村校局区街站厂院]|我[镇县乡市村校局区])(?:的)?$"
)
_EVERY = re.compile(r"(?:全部|所有|全体)(?:的)?$")
_WHOLE = re.compile(
    r"^[^，。；、：\d]{0,14}?(?:均|全部|都(?![市江匀])|逐|一律|统一|分别|率|共(?=$|[查发检排反收报投出])|中(?=$|[仍有已尚，只仅])|[已须要应](?![急用求素])|将|必须)"
)
_BARE_WHOLE = re.compile(
    r"均|共(?![同享建治管用有])|全部|都|逐|一律|统一|分别|中(?=$|[仍有已尚])|已|须|要|应|将|必须|未"
)
_APART = re.compile(
    r"新增|原(?!因)|每(?![周月天日季])|平均|去年|上年|同期|较|比(?!例)|增加|减少|再|另|计划|(?<![模虚])拟|目标|至少|不少于|以上|超过|部分|分别|达到|其中|累计|约"
)
_SHORT = re.compile(
    r"[村镇乡县组班校站](?![\u4e00-\u9fff]|[（(])|[村镇乡县组班校站](?=[（(]|[要须应都均全共已未没中])"
)
_SORT = re.compile(r"[A-Za-z]+[\u4e00-\u9fff]")
"""What sort of them: A级景区."""
_STOCK = re.compile(r"(?:辖|现有|共有|共设|全[镇乡县市区村](?:现|共)?有?)[^，。；：]{0,20}$")
_JOINED = re.compile(r"\d.*[和及与]$")
_SAID = re.compile(r"共|现有|发现|开展|组织|完成")
_LEFT = re.compile(r"[尚仍还剩余正]")
_MAKES = re.compile(
    r"完成|实施|新[建增]|建[设成]|开展|组织|安排|落实|争取|申报|购置|配备|举办|培训|打造|培育|实现"
)
_TOTAL = re.compile(r"共(?!同|享|建|治|管)|累计|合计|总计|全[镇县乡市村]")
_YEAR = re.compile(r"(20\d\d)年度?(?![^，。；]*前)[^，。；]*$")
_HELD = re.compile(r"[^，。；：\d]{0,16}[于在](20\d\d)年[^，。；：\d]{0,12}，[^。；]*$")
"""第八届运动会于2021年举办，设…: a year that is said of all its sentence."""
_NTH = re.compile(r"第[\d一二三四五六七八九十百]{1,4}届")
_EDITION = re.compile(rf"[^，。；：\d]{{0,6}}?(?P<edition>{_NTH.pattern}|[上前]一?届)")
_LEADS = re.compile(r"^(?:.*?(?:共计?|累计|合计|总计))?")
_NEW = re.compile(r"新增(?=的$)")
_REST = re.compile(r"(?:剩余|其余|余下)的?$")
_ADDED = re.compile(r"新|增|另|又|再|还|补")
_FIRST_APART = re.compile(r"新[增建]|每|平均|去年|上年|同期|比(?!例)|增加|减少|计划|(?<![模虚])拟|目标")
_NEAR, _LEAST = Decimal("0.4"), Decimal(2)
"""How far two numbers of one thing may lie apart, as a share and at the least: beyond it they count other things."""
_REACH = 40
"""Counts of one unit before and after each that it is compared with."""
_BLOCK = 20_000
"""Characters of a long paper in which words are counted, so that a yearbook takes no square."""
_KNOWN = 20
"""A number above it that is told twice is told of one thing."""
_ALIKE = 0.72
"""The share of its description that must stand around the count before."""
_BETTER = 0.2
"""By how much that of a number far off may be more alike."""
_IN_SENTENCE, _IN_PARAGRAPH = 0.9, 0.7
"""What a word is worth that stands not in the clause of a count."""
_LEAD, _NOUN, _VERB, _WORDS = 14, 10, 4, 4
"""Characters read before and behind a number, those of a verb before it, and words read behind it."""
_SERIES = 2
"""Counts beside one in its sentence that make a series of it."""
_NAME, _RARE = 3, 3
"""Characters of a name that is known by itself, and how often the paper may say it."""


@dataclass(frozen=True, slots=True)
class _Reference:
    """What a count that is known is called: `of` by what stands before it, `behind` by what stands behind it.

    `whole` is true where all of it is spoken of, `every` where 全部 says so, `sure` where nothing new is told so,
    `first` where the clause begins with it.
    """

    of: tuple[str, ...]
    behind: tuple[str, ...]
    whole: bool
    sure: bool
    first: bool = True
    by_name: bool = False
    every: bool = False


class _Weights(dict[str, float]):
    """How much a word of a paper tells: less where it stands everywhere."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __missing__(self, word: str) -> float:
        self[word] = weight = 1 / (1 + max(0, self.told(word) - 2) ** 0.5)
        return weight

    def told(self, word: str) -> int:
        """How often the paper says a word."""
        return self._text.count(word)


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the number is told of any such thing, or a part explains it."""
    weights: dict[int, _Weights] = {}
    listed = lengths_above(document)
    for alike in counts_by_unit(document, frame).values():
        for at, later in enumerate(alike):
            if listed.get(later.sentence.index) == later.value:
                continue  # 上述4所 under a list of four
            if of_another_year(later, frame):
                continue
            reference = _reference(later) if len(alike) > 1 else None
            # A bounded reach keeps a yearbook of a hundred thousand counts quick.
            near = alike[max(at - _REACH, 0) : at + _REACH]
            block = later.start // _BLOCK
            if reference and block not in weights:
                weights[block] = _Weights(document.text[max(block - 1, 0) * _BLOCK : (block + 2) * _BLOCK])
            first = _told_otherwise(later, reference, near, weights[block]) if reference else None
            if first and later.sentence.index in frame.ahead and _same_act(first, later):
                continue  # 全年接收12个单位的档案, and next year 接收15个单位的档案
            if first is not None:
                yield differs(document, later, first)


def of_another_year(count: Count, frame: Frame) -> bool:
    """Whether its sentence tells a year that is none of the paper's own."""
    year = _YEAR.search(count.sentence.plain[: count.quantity.start])
    year = year or _HELD.match(count.sentence.plain[: count.quantity.start])
    return bool(year and frame.years and int(year[1]) not in frame.years)


def own_edition(document: Document) -> str:
    """The edition that the paper is of: the first it names."""
    own = _NTH.search(document.text)
    return own[0] if own else ""


def of_edition(count: Count, own: str) -> str:
    """Of which edition the sentence of a count is: what it begins with, else that of the paper."""
    told = _EDITION.match(count.sentence.plain)
    return told["edition"] if told else own


def _same_act(first: Count, later: Count) -> bool:
    """Whether the same is done again: what stands right before both numbers is one verb."""
    return len(later.lead) > 1 and first.lead.endswith(later.lead[-2:])


def _reference(count: Count) -> _Reference | None:
    """How a count speaks of one that is known, or None where it may be new."""
    lead = count.lead
    if not count.after and _TOTAL.search(lead) and not _APART.search(_TOTAL.sub("", lead)):
        return _Reference((), (), False, False, False, True)
    if re.search(r"\d", lead) or _APART.search(_NEW.sub("", lead)):
        return None
    behind = _behind(count)
    if not behind and not lead.endswith("的"):
        # 受访660户中: all that were counted so.
        return _Reference((), (), True, True) if count.after.startswith("中") and len(lead) <= _VERB else None
    whole = bool(_WHOLE.match(count.after))
    if count.listed and _LISTED_OF.search(count.sentence.plain[: count.quantity.start]):
        return _Reference((), behind, whole, False)  # 对甲、乙、丙3个项目
    if _REST.search(lead):
        return _Reference((), behind, True, True)
    done = _DONE_WITH.match(lead)
    if done:
        return _Reference(parted(done["of"]), behind, whole, True)
    if _ALL_OF.search(lead):
        return _Reference((), behind, True, True, every=bool(_EVERY.search(lead)))
    if lead.endswith("的"):
        return _Reference(parted(lead[-_LEAD:]), behind, whole, True)
    if not lead and not count.listed:
        return _Reference((), behind, whole, whole)
    return _Reference((), behind, whole, whole, whole, len(lead) > _VERB)


def _behind(count: Count) -> tuple[str, ...]:
    """The words of what stands behind a number: a village, of one character, is known by its measure (个村)."""
    if _SHORT.match(count.after):
        return (count.quantity.unit + count.after[0],)
    sort = _SORT.match(count.after)
    return (*([sort[0]] if sort else []), *parted(_noun(count.after)[:_NOUN])[:_WORDS])


def _told_otherwise(
    later: Count, reference: _Reference, near: Sequence[Count], weights: _Weights
) -> Count | None:
    """The count that the later one should repeat and does not."""
    others = [each for each in near if each is not later]
    same = [each for each in others if each.value == later.value]
    if any(each.sentence is later.sentence or _LEFT.search(each.lead) for each in same):
        return None
    others = [each for each in others if each.sentence is not later.sentence]
    best, found = 0.0, None
    before = [each for each in others if each.start < later.start and each.value != later.value]
    if not _REST.search(later.lead):
        before = [each for each in before if not _REST.search(each.lead)]
    for each in before:
        if (is_near(each, later) or _labelled(each, later)) and not is_apart(each, later):
            alike = _alike(each, later, reference, weights)
            if alike > best:
                best, found = alike, each
    if found is None or best < _ALIKE or explained(later, found, near):
        return None
    if later.value > _KNOWN and not all(_speaks_of(each, found, weights) for each in same):
        return None
    if any(
        each.value == later.value
        and _alike(each, later, reference, weights) > _ALIKE / 2
        and not _speaks_of(each, found, weights)
        for each in others
    ):
        return None
    if not _mistyped(found, later) and any(
        not is_near(each, later)
        and not is_apart(each, later)
        and _alike(each, later, reference, weights) > best + _BETTER
        for each in before
    ):
        return None
    return found


def _speaks_of(count: Count, first: Count, weights: _Weights) -> bool:
    """Whether a count is no witness, for it speaks of the first one again as well."""
    reference = _reference(count) if count.start > first.start else None
    if reference is None or _REST.search(count.lead) or _LEFT.search(count.lead):
        return False
    if not count.lead and not count.listed and _ends_with(first.lead, reference.behind[:1]):
        return True  # 16个问题分解到…: of problems that were told
    return _alike(first, count, reference, weights) >= _ALIKE


def _ends_with(lead: str, names: Sequence[str]) -> bool:
    return any(lead.endswith(each) for each in names)


def _is_called(count: Count, names: Sequence[str]) -> bool:
    """Whether it counts what is named, right before it or right behind."""
    return _ends_with(count.lead, names) or any(count.after.startswith(each) for each in names)


def is_apart(first: Count, later: Count) -> bool:
    """新增7处 is apart, but from 新增的7处; and a sentence that stands twice tells nothing."""
    if first.sentence.text == later.sentence.text:
        return True
    told = later.lead.removesuffix("的")
    return bool(_FIRST_APART.search(first.lead.removeprefix(told) if told else first.lead))


def is_near(one: Count, two: Count) -> bool:
    """Whether two numbers lie so near that they may be meant as one."""
    a, b = one.value, two.value
    return abs(a - b) <= max(max(a, b) * _NEAR, _LEAST) or slipped(a, b)


def _alike(first: Count, later: Count, reference: _Reference, weights: _Weights) -> float:
    """The share of what the later count is described by that stands around the first, from 0 to 1."""
    if (
        _mirrored(first, later, reference.whole, weights)
        or _repeated(first, later)
        or _labelled(first, later)
    ):
        return 1.0
    if _REST.search(later.lead) and not _LEFT.search(first.lead + first.after):
        return 0.0
    own_part = first.listed or "其中" in first.lead or _in_series(first)
    if reference.every and not own_part and _is_called(first, reference.behind[:1]):
        return 1.0
    mistyped = _mistyped(first, later)
    if not reference.of and not reference.behind and not reference.by_name:
        return 1.0 if mistyped and not own_part else 0.0
    if reference.by_name:
        return 0.0
    # 5名干部和8名志愿者: what stands before the 和 is counted by the number before it.
    lead = "" if _JOINED.search(first.lead) else first.lead
    own = f"{lead}|{first.quantity.unit}{_SAID.split(first.after)[0]}"
    around = first.around
    if first.sentence.index == later.sentence.index:
        around = around.replace(later.sentence.text, "")
    held: dict[str, float] = {}
    for word in (*reference.of, *reference.behind):
        if mistyped and word[0] == "未" and _LEFT.search(own) and word[1:] in first.sentence.plain:
            held[word] = _IN_PARAGRAPH
        elif word in own:
            held[word] = 1
        elif word in first.sentence.plain:
            held[word] = _IN_SENTENCE
        elif word in around or word in first.heading:
            held[word] = _IN_PARAGRAPH
    behind = reference.behind
    led = next((at for at, word in enumerate(behind[:2]) if word in held), None)
    if led is None and not (
        reference.whole and reference.of and all(held.get(each) == 1 for each in reference.of)
    ):
        return 0.0
    if not (mistyped or any(share == 1 for share in held.values())):
        return 0.0
    # What stands behind it is what it counts, up to the last word that is known: the rest is said of it.
    stop = 1 + max((at for at, word in enumerate(behind) if word in held), default=-1)
    said = dict.fromkeys((*reference.of, *behind[:stop]))
    shared = sum(each in held for each in said)
    whole = reference.whole or (reference.first and not own_part and mistyped)
    whole = whole or (reference.first and _is_more_than_all(first, later, behind[:stop]))
    if not whole and not (reference.sure and reference.of) and shared < (2 if reference.first else 3):
        return 0.0
    total = sum(weights[each] for each in said)
    return sum(weights[each] * held.get(each, 0) for each in said) / total


def _in_series(count: Count) -> bool:
    """Whether it follows another of its unit in a sentence of three or more: 建材17家，木竹14家，油站9家."""
    before, behind = count.sentence.plain[: count.quantity.start], count.sentence.plain[count.quantity.end :]
    form = rf"\d{count.quantity.unit}"
    return bool(re.search(form, before)) and len(re.findall(form, before + "|" + behind)) >= _SERIES


def _mirrored(first: Count, later: Count, whole: bool, weights: _Weights) -> bool:
    """网格员71名 and 68名网格员: one name on the inner sides of both numbers, and hardly anywhere else."""
    after = later.after
    if _MAKES.search(later.lead):
        return False
    if whole and len(first.lead) > 1 and after.startswith(first.lead):
        return True
    return any(
        first.lead.endswith(after[:size]) and weights.told(after[:size]) <= _RARE
        for size in range(_NAME, min(len(after), _NOUN) + 1)
    )


def _labelled(first: Count, later: Count) -> bool:
    """在建9个 and 在建的21个: what stands before both numbers is the same, and all of it."""
    return len(first.lead) > 1 and later.lead == first.lead + "的"


def _is_more_than_all(first: Count, later: Count, names: Sequence[str]) -> bool:
    """检查药房46家 and then 49家药房接入监测: of a thing that was counted there can be no more."""
    if later.value <= first.value:
        return False
    if any(first.lead.endswith(each) and words().frequency(each) < OF_ALL for each in names):
        return not first.listed or is_stock(first)
    return is_stock(first) and any((first.quantity.unit + first.after).find(each) in (0, 1) for each in names)


def is_stock(count: Count) -> bool:
    """Whether it tells how many there are: 现有27支, 辖14个."""
    return bool(_STOCK.search(count.sentence.plain[: count.quantity.start]))


def _repeated(first: Count, later: Count) -> bool:
    """全镇共排查隐患126处 and, in another paragraph, 全镇共排查隐患162处."""
    led = _LEADS.sub("", first.lead)
    return (
        len(led) >= _NAME
        and bool(_TOTAL.search(first.lead) and _TOTAL.search(later.lead))
        and led == _LEADS.sub("", later.lead)
        and first.sentence.index != later.sentence.index
        and _mistyped(first, later)
    )


def _mistyped(one: Count, two: Count) -> bool:
    """Whether two digits were exchanged, or one of three and more mistyped."""
    return min(one.value, two.value) > 9 and slipped(one.value, two.value)


def _noun(after: str) -> str:
    """What stands behind a number up to what is said of it."""
    said = _BARE_WHOLE.search(after, 2)
    return after[: said.start()] if said else after


def explained(later: Count, first: Count, near: Sequence[Count]) -> bool:
    """Whether a part that is told beside the first makes the later one: 112艘，其中5艘停用 leaves 107艘."""
    beside = [
        each
        for each in near
        if each is not first
        and each is not later
        and each.sentence.index == first.sentence.index
        and each.start > first.start
    ]
    apart = abs(first.value - later.value)
    # 倒塌5间，严重损坏13间, and 倒塌和严重损坏的18间
    if re.search("[和及与、]", later.lead) and any(
        each.sentence.index == first.sentence.index and each.value == apart for each in near
    ):
        return True
    # 一级站5台、二级站3台: what is told side by side counts two things.
    if later.value > first.value and _is_made(first, apart, near):
        return True
    both = {first.value, later.value}
    held: dict[int, set[Decimal]] = {}
    for each in near:
        if each.value in both and each.sentence not in (first.sentence, later.sentence):
            held.setdefault(each.sentence.start, set()).add(each.value)
    if both in held.values():
        return True
    return any(
        apart == each.value and (later.value < first.value or _ADDED.search(each.lead)) for each in beside
    )


def _is_made(first: Count, more: Decimal, near: Sequence[Count]) -> bool:
    """含规下13家，与47家规上企业口径不同: whether a sentence tells what was told first and how many more there are."""
    own = {each.sentence.start for each in near if each.value == first.value and each is not first}
    return any(each.value == more and each.sentence.start in own for each in near)


def differs(document: Document, later: Count, first: Count) -> Finding:
    """The finding that a count is told otherwise than before."""
    return counts_differ(document.text, 0, later, first)

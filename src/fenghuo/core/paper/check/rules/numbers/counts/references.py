"""A count that speaks of one told before (上述27家, 5处重大隐患中, 对391处逐条) and names another number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import counts_differ
from ..text.frame import Frame
from ..text.quantities import BOUNDED, Quantity, is_time, quantities
from ..text.runs import lengths_above
from ..text.sentences import sentences

_POINTS = re.compile(
    r"(?:上述|前述|(?:^|[\s　“。；]|[对将把除由据按从在与和及给向为是经]|全部|所有|完成|涉及|针对|对于|关于)以上)"
    r"(?:的)?$"
)
"""以上 at the head of its clause or behind a preposition: 一年以上1.8亿元 and 本科以上41人 tell a bound."""
_WHOLE = re.compile(r"^(?P<noun>[^，。；、：\d]{0,10})中(?=[，,有]|$)")
_EACH = re.compile(
    r"^(?P<noun>[^，。；、：\d]{1,12}?)(?:进行)?(?:逐[一条项个户处台件家座所村栋辆名]|全部|均|分别)"
)
# 51处水毁路段逐处拍照: who goes through them one by one speaks of them all.
_ONE_BY_ONE = re.compile(
    r"^(?P<noun>[^，。；、：\d由已都]{2,8}?)(?:由[^，。；]{1,14})?(?:已经?|都|进行|开展)?逐[一条项个户处台件家座所村栋辆名]"
)
_WITH_EACH = re.compile(r"(?:对|将)(?:全部|这|所有)?$")
_KNOWN_BY = re.compile(
    r"(?P<word>不达标|未整改|未完成|不合格|抽查|检查|排查|摸排|发现|反弹|超时|超期|逾期|[^，。；、：的\d]{1,3}缺失)的$"
)
_STOCK = re.compile(
    r"(?:现有|在册|登记在册|在用|在岗|在编|在建|共有|建有|设有|配有|备有|存有|组建有|辖有|下辖|储备|库存|备足)(?:的)?"
    r"(?P<noun>[\u4e00-\u9fff]{2,10})$|"
    r"^(?:我[镇县乡村]|全[镇县乡村])?(?P<counted>[\u4e00-\u9fff]{3,8}?)(?:一?共|总共|共计|总数为?)$"
)
_STOCK_NOUN = re.compile(r"^(?P<noun>[\u4e00-\u9fff]{2,10})")
_SUMMED = re.compile(
    r"\s*(?:以上|上述)(?:[两二三四五六七八九十]项)?(?:经费|资金|费用|各项)?(?:合计|共计|总计)(?:金额|经费|资金|人民币|为)*"
)
_ASKED = re.compile(
    r"(?:^|[，。；、])\s*(?:项目|以上|上述|全部|购置)?所需(?:总)?(?:经费|资金|费用)(?:总额|共计|合计|总计|共|为)*\s*$"
)
_ALL = re.compile(
    r"逐[一条项个户处台件家座所村栋辆名]|全部|所有|全体|均|作用|都|各[配发领设获自持]|分[存属管布]|每[台个处家座名辆]"
)
_SOME = re.compile(
    r"其中|部分|新增|补充|调整|去年|上年|同期|较|(?<![模虚])拟|计划|将(?!对)|每(?![台个处家座名辆])|各(?![配发领设获自持])|达到|不少于|至少|另"
)
_OTHER = re.compile(r"(?:^|[^\u4e00-\u9fff])原(?!因)|20\d\d年度?")
"""What is told of another time: 原申报的11个项目, 2024年度实施的8个项目."""
_OPENS = re.compile(r"[，、：（(]")
_CLOSES = re.compile(r"[、：）)（(]")
_NEAR = Decimal("0.3")
"""How far, as a share, two numbers of one count may lie apart: beyond it they count different things."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A count in the text: what stands before and after it in its clause."""

    quantity: Quantity
    start: int
    before: str
    after: str
    sentence: str
    index: int = -1

    @property
    def end(self) -> int:
        return self.start + self.quantity.end - self.quantity.start


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where any earlier count has the number that is spoken of."""
    seen = list(_counts(document, frame))
    bare = {"".join(document.said(each).split()) for each in document.paragraphs if each.cell}
    bare |= set(re.findall(r"(?<=\t)\d+(?=\t|$)", document.text, re.M))
    told: set[int] = set()
    listed = lengths_above(document)
    for at, later in enumerate(seen):
        word = _refers(later)
        if (
            word is None
            or str(later.quantity.value) in bare
            or (not word and listed.get(later.index) == later.quantity.value)
        ):
            continue
        earlier = [each for each in seen[:at] if each.quantity.unit == later.quantity.unit]
        if any(each.quantity.value == later.quantity.value for each in earlier):
            continue
        alike = [
            each
            for each in earlier
            if (_near(each, later) and (not word or _shares(word, each)))
            or (not word and _of_one_thing(each, later))
        ]
        alike = [each for each in alike if not _explained(later, each, seen)]
        if alike:
            told.add(later.start)
            yield _fault(document, later, min(alike, key=lambda each: _apart(each, later)))
    yield from (_fault(document, later, first) for later, first in _stocks(seen) if later.start not in told)
    yield from (
        _fault(document, later, first) for later, first in _required(document) if later.start not in told
    )


def _counts(document: Document, frame: Frame) -> Iterator[_Seen]:
    for sentence in sentences(document):
        if sentence.cell or sentence.index in frame.parts.title:
            continue
        text = sentence.plain
        for each in quantities(text):
            if not each.unit or each.unit == "%" or each.about or (each.han and each.value < 10):
                continue
            if is_time(text, each):
                continue
            before = _OPENS.split(text[: each.start])[-1]
            if BOUNDED.search(before):
                continue
            after = _CLOSES.split(text[each.end :], maxsplit=1)[0]
            yield _Seen(each, sentence.start + each.start, before, after, text, sentence.index)


def _refers(seen: _Seen) -> str | None:
    """The word by which a count is known again; empty where the text only points back; None where it is new."""
    if _POINTS.search(seen.before):
        return ""
    if _OTHER.search(seen.before):
        return None
    known = _KNOWN_BY.search(seen.before)
    if known:
        return known["word"]
    whole = _WHOLE.match(seen.after)
    if (
        whole
        and len(whole["noun"]) >= 2
        and not re.search(r"[\u4e00-\u9fff]{2,}[村县镇乡]$|现有|全", seen.before)
    ):
        return whole["noun"]
    each = _EACH.match(seen.after)
    if each and _WITH_EACH.search(seen.before):
        return each["noun"]
    through = _ONE_BY_ONE.match(seen.after)
    if through and not seen.before.strip("　 ）)"):
        return through["noun"]
    return None


def _shares(word: str, seen: _Seen) -> bool:
    """Whether two signs in a row of a word stand around a count."""
    around = seen.before[-14:] + "|" + seen.after[:10]
    return any(word[at : at + 2] in around for at in range(len(word) - 1))


def _of_one_thing(one: _Seen, later: _Seen) -> bool:
    """共有消防水源17处 and 以上23处消防水源: the thing itself stands beside both."""
    noun = _STOCK_NOUN.match(later.after)
    before = re.search(r"[\u4e00-\u9fff]{3,}$", one.before)
    return bool(noun and before and noun["noun"].startswith(tuple(before[0][-size:] for size in (5, 4))))


def _required(document: Document) -> Iterator[tuple[_Seen, _Seen]]:
    """以上合计49.5万元 and, after it, 所需经费54.5万元: one paper asks for one sum."""
    summed: list[_Seen] = []
    asked: list[_Seen] = []
    if "所需" not in document.text:
        return
    for paragraph in document.paragraphs:
        said = folded(document.said(paragraph))
        if paragraph.cell or "元" not in said:
            continue
        for each in quantities(said):
            before = said[: each.start]
            if each.unit != "元" or each.about:
                continue
            seen = _Seen(each, paragraph.start + each.start, before[-14:], said[each.end :][:10], said)
            if _SUMMED.fullmatch(before):
                summed.append(seen)
            elif _ASKED.search(before):
                asked.append(seen)
    if len(summed) == len(asked) == 1 and summed[0].quantity.value != asked[0].quantity.value:
        first, later = sorted((summed[0], asked[0]), key=lambda each: each.start)
        yield later, first


def _apart(one: _Seen, two: _Seen) -> Decimal:
    return abs(one.quantity.value - two.quantity.value)


def _near(one: _Seen, two: _Seen) -> bool:
    return _apart(one, two) <= max(one.quantity.value * _NEAR, Decimal(2))


def _explained(count: _Seen, whole: _Seen, seen: Sequence[_Seen]) -> bool:
    """Whether it is a part that the text tells: 112艘，其中5艘停用 leaves 107艘."""
    beside = [
        each
        for each in seen
        if each is not count
        and each is not whole
        and each.quantity.unit == count.quantity.unit
        and each.sentence in (whole.sentence, count.sentence)
    ]
    told = [each.quantity.value for each in beside]
    value, all_ = count.quantity.value, whole.quantity.value
    return value in told or any(all_ - each == value or all_ + each == value for each in told)


def _stocks(seen: Sequence[_Seen]) -> Iterator[tuple[_Seen, _Seen]]:
    """在册网格员71名 and, elsewhere, 68名网格员 as all of them."""
    for stock in seen:
        match = _STOCK.search(stock.before)
        if not match:
            continue
        noun = match["noun"] or match["counted"]
        for other in seen:
            if other is stock or other.quantity.unit != stock.quantity.unit or not _near(stock, other):
                continue
            after = _STOCK_NOUN.match(other.after)
            if not after or not after["noun"].startswith(noun) or _SOME.search(other.sentence):
                continue
            if other.quantity.value == stock.quantity.value or _explained(other, stock, seen):
                continue
            if other.quantity.value > stock.quantity.value or _ALL.search(other.sentence):
                yield (other, stock) if other.start > stock.start else (stock, other)


def _fault(document: Document, later: _Seen, first: _Seen) -> Finding:
    return counts_differ(document.text, 0, later, first)

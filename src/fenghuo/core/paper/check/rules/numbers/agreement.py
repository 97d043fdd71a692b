"""A count told one way here and another way there: same thing, same place, same time, two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...document import Document
from ...finding import Elsewhere, Finding, Span
from ...numerals import HAN
from ...outline import marks
from ...rulebook import rules
from .frame import Frame
from .quantities import Quantity, quantities
from .sentences import Sentence, sentences
from .slips import slipped

_TOTAL = re.compile(
    r"共(?!同|享|建|治|管|青)|累计|合计|总计|总共|一共|全[镇县乡市](?!各)|全年|[上下]半年|今年以来|辖区|总"
)
# What narrows a count to a part, a time or a place.
_NARROW = re.compile(
    r"其中|专项|期间|[第]?[一二三四]季度|\d+\s*月|当[月日天周]|本[月周日]|每|周|次检查|分别|平均|去年|上年|同期|较|比|同比|环比|新增|"
    r"增加|减少|下降|增长|今后|下步|下一步|计划|目标|任务|拟|将|力争|预计|要求|不少于|以上|[\u4e00-\u9fff]{2}(?:村|社区|组|校|学校|厂|矿|公司|林场|站)"
    r"(?:共|累计)?|清明|春节|国庆|五一|元旦|汛期|防火期|试点|示范|部门|联合|重点|由|从|至|到|剩余|尚有|仍有|还有|另"
)
_LEAD = re.compile(
    r"^(?:共计?|累计|合计|总计|总共|一共|全[镇县乡市村]|我[镇县乡市]|上半年|下半年|全年|今年以来|年内|期间|已|先后|并|现有|现|目前|截至目前|"
    r"组织|共组织|各级|各村|大力|深入|扎实|全面|积极|认真|有效|持续|辖区内?|辖|镇|县|办公室|有|了|的)+"
)
_NOISE = re.compile(r"各类|各种|各项|各级|相关|有关|全部|了|的|共计?|累计|计|合计")
_STOCK = re.compile(
    r"(?:全[镇县乡市]|辖区|所辖|下辖|辖|现有|共有|全[镇县乡]共|全[镇县乡]现有|全[镇县乡]共有|我[镇县乡](?:现有|共有|下辖|辖)?)$"
)
_STOCK_ANYWHERE = re.compile(r"全[镇县乡市]|辖|现有|共有|我[镇县乡]")
_AREA = re.compile(r"[全我本]([村镇乡县区市])")
_ASIDE = re.compile(r"[（(][^（）()]*[)）]|《[^》]*》")
_CLAUSE = re.compile(r"[，,、：:　]")
_MARKED = re.compile(r"^[\s（(]*[一二三四五六七八九十\d]+[、.）)]")
_COUNTS = re.compile(rf"[\d{HAN}]")
_NOUN = re.compile(
    r"^(?P<noun>行政村|村民小组|自然村|村|社区|护林员|专职护林员|网格员|干部职工|企业|规模以上企业|学校|幼儿园|卫生院|水库|地质灾害隐患点|"
    r"隐患点|林场|检查站|卡点|防火检查站|加油站|宾馆|烟花爆竹零售点|应急队伍|扑火队员|队员|党支部|网格|养老院|敬老院|建筑工地|危化企业|农户|群众|人口)"
)


@dataclass(frozen=True, slots=True)
class _Count:
    key: str
    quantity: Quantity
    start: int
    section: int
    text: str
    total: bool
    area: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Compares counts that the text itself calls totals, and what a place is said to have."""
    sections = _sections(document)
    counts: list[_Count] = []
    for sentence in sentences(document):
        if sentence.cell or sentence.index in frame.ahead or sentence.index in frame.parts.title:
            continue
        if not _COUNTS.search(sentence.plain):
            continue
        counts += _acts(sentence, sections.get(sentence.index, 0))
        counts += _stocks(sentence)
    by_key: dict[tuple[str, str], list[_Count]] = {}
    for count in counts:
        by_key.setdefault((count.key, count.quantity.unit), []).append(count)
    for group in by_key.values():
        for at, other in enumerate(group):
            first = next((each for each in group[:at] if _same(each, other)), None)
            if first is None or first.quantity.value == other.quantity.value:
                continue
            yield rules()["counts-differ"].finding(
                other.start,
                other.end,
                elsewhere=(Elsewhere(Span(first.start, first.end), first.text),),
                found=other.text,
                other=first.text,
                thing=first.key.removeprefix("="),
            )


def _sections(document: Document) -> dict[int, int]:
    """For each paragraph the count of headings before it; 0 is what stands before the first."""
    heads = {mark.index for mark in marks(document) if mark.level in (0, 1, 2)}
    found, at = {}, 0
    for index in range(len(document.paragraphs)):
        at += index in heads
        found[index] = at
    return found


def _acts(sentence: Sentence, section: int) -> Iterator[_Count]:
    text = sentence.plain
    masked = _ASIDE.sub(lambda match: "　" * len(match[0]), text)
    narrowed = _NARROW.search(masked)
    for quantity in quantities(masked):
        if narrowed and narrowed.end() <= quantity.start:
            return  # and so is all that follows
        if not quantity.unit or quantity.unit == "%" or quantity.about:
            continue
        clause = _CLAUSE.split(masked[: quantity.start])[-1]
        key = _NOISE.sub("", _LEAD.sub("", _MARKED.sub("", clause).strip()))
        if not 3 <= len(key) <= 14 or re.search(r"\d|第", key):
            continue
        yield _Count(
            key,
            quantity,
            sentence.start + quantity.start,
            section,
            sentence.text[quantity.start : quantity.end],
            bool(_TOTAL.search(masked[: quantity.start])),
        )


def _stocks(sentence: Sentence) -> Iterator[_Count]:
    """全镇12个村, 现有护林员45名 is told by _acts; here the thing stands after its number."""
    text = sentence.plain
    if not _STOCK_ANYWHERE.search(text):
        return
    for quantity in quantities(text):
        if not quantity.unit or quantity.about:
            continue
        noun = _NOUN.match(text[quantity.end :])
        before = text[: quantity.start]
        if noun and _STOCK.search(before) and not re.search(r"其中|去年|上年|原", before):
            yield _Count(
                "=" + noun["noun"],
                quantity,
                sentence.start + quantity.start,
                -1,
                sentence.text[quantity.start : quantity.end],
                True,
                (_AREA.findall(before) or [""])[-1],
            )


def _same(first: _Count, other: _Count) -> bool:
    """Whether two counts surely tell of one: sections count for themselves, unless one stands above them all."""
    if first.area and other.area and first.area != other.area:
        return False  # 全县15个村, 我镇11个村
    if first.section == other.section:
        return (first.total and other.total) or (
            (first.total or other.total) and slipped(first.quantity.value, other.quantity.value)
        )
    if not (first.total or other.total):
        return False
    if first.total and other.total and 0 in (first.section, other.section):
        return True
    return slipped(first.quantity.value, other.quantity.value) and (
        (first.total and other.total) or 0 in (first.section, other.section)
    )

"""How many are announced beside how many are named: 4家（甲、乙、丙）, 五次（1月6日、2月13日）, “五进”（四样）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded, how_many
from ..faults import counts_differ, total_wrong
from ..text.quantities import THINGS, Quantity, is_apiece, quantities
from ..text.sentences import Sentence, passages, sentences

_MOST = 12
"""Things that a list in running text names; longer ones are told in part."""

_HAN = "一二两三四五六七八九十"
_MANY = rf"(?P<many>\d{{1,2}}|[{_HAN}]{{1,3}})"
_UNIT = r"(?:个|家|项|类|种|处|次|件|方面|大|名|位|条|座|所|支|起|期|场|批|村|镇)"
_ASIDE = re.compile(
    rf"(?<![\d.第{_HAN}百千])(?P<found>{_MANY}{_UNIT})[\u4e00-\u9fff“”]{{0,10}}[（(](?P<list>[^（）()]{{3,120}})[）)]"
)
_COLON = re.compile(
    rf"(?<![\d.第{_HAN}百千])(?P<found>{_MANY}{_UNIT})[\u4e00-\u9fff]{{0,6}}[：:](?P<list>[^。；，,：:（()）\n]{{3,120}})(?:$|[，,](?=共|合计|总计|计|[^，。；、]{{0,12}}(?:\d|率|均|已|取得|得到|有效|受到|进一步|覆盖|效果|实现|推动|促进|确保|切实|全部|不断|做到|成效)))"
)
_AT = re.compile(
    rf"(?<![\d.第{_HAN}百千])(?P<found>{_MANY}(?:处|个|座|所|家|条))[\u4e00-\u9fff]{{0,4}}[，,]?分别(?:位于|设在|布设在|建在|设于|座落于|坐落于|为|是)(?P<list>[^。；，,：:（）()\n]{{3,120}})"
)
_SLOGAN = re.compile(
    rf"[“\"](?P<found>(?P<many>[{_HAN}])(?P<verb>[进查访送看到讲]))[”\"][\u4e00-\u9fff]{{0,6}}[（(](?P<list>[^（）()]{{3,80}})[）)]"
)
_OPEN = re.compile(r"等|其中|如|例如|包括但|及其他|主要|…|略|不含|含|附|详见|\d+[%％]|即")
_NAMED = re.compile(r"(?!.*(?:由|将|被|应当|已|可以))[\u4e00-\u9fff“”《》A-Za-z]{2,14}")
_DATED = re.compile(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日")
_JOINED = re.compile(r"[和与及]|以及")
_STEP = re.compile(r"第[一二三四五六七八九]批次?")
_STEPS = re.compile(rf"分(?P<found>(?P<many>[{_HAN}])(?:个)?批次?)")
_QUARTERS = re.compile(r"(?:第?一至第?四季度|[一1]至[四4]季度|四个季度)分别[\u4e00-\u9fff]{0,6}")
_AMONG = re.compile(r"其中[，：:]?")
_MORE = re.compile(r"等(?!级)|其余|其中|含|下降到|每|平均")
_MOSTLY = Decimal("0.85")
_SUMMED = re.compile(
    r"(?<![、第一二三四五六七八九十])(?P<many>[两二三四五六七八九])(?P<unit>类|项|种|笔|部分)[\u4e00-\u9fff]{0,6}?(?:共计|合计|总计|总共|共)(?:为|达)?$"
)
_REMARK = re.compile(r"[（(][^（）()]{1,60}[)）]")
_NOT_SUMMED = re.compile(r"其中|约|较|比|增|减|每|平均|等(?!级)|含|不足|余")


def check(document: Document) -> Iterator[Finding]:
    """Silent where the list says that it is not all, or where its items cannot be told apart."""
    for sentence in sentences(document):
        if not sentence.cell:
            yield from _lists(sentence)
    for start, said in passages(document):
        yield from _steps(said, start)
        yield from _made_up(folded(said), start)
        yield from _clauses(folded(said), start)
        if "计" in said or "共" in said:
            yield from _summed(folded(said), start)


def _lists(sentence: Sentence) -> Iterator[Finding]:
    text = sentence.plain
    for form in (_ASIDE, _COLON, _AT, _SLOGAN):
        for match in form.finditer(text):
            items = _items(match["list"])
            many = how_many(match["many"])
            if not items or many == len(items) or not 2 <= many <= _MOST:
                continue
            if form is _SLOGAN and any(not each.startswith(match["verb"]) for each in items):
                continue
            if re.search(r"每|各|余|多|约|近|超", text[max(match.start() - 2, 0) : match.start()]):
                continue
            yield _told(sentence.start, text, match.span("found"), match.span("list"), f"{len(items)}")


def _items(text: str) -> list[str]:
    """The names or days of a list, none where it is open or holds anything else."""
    if _OPEN.search(text) or "、" not in text:
        return []
    items = [each.strip() for each in text.split("、")]
    tail = _JOINED.split(items[-1])
    if len(tail) > 2:
        return []
    items[-1:] = tail
    for form in (_NAMED, _DATED):
        if all(form.fullmatch(each) for each in items):
            break
    else:
        return []
    # A joint inside an earlier item makes it two, perhaps.
    return [] if any(_JOINED.search(each) for each in items) else items


def _told(start: int, text: str, found: tuple[int, int], other: tuple[int, int], told: str) -> Finding:
    return counts_differ(text, start, Span(*found), Span(*other), other=told)


def _steps(said: str, start: int) -> Iterator[Finding]:
    """分三个批次：第一批…，第二批…: as many as are told one by one."""
    found = list(_STEPS.finditer(said))
    if len(found) != 1:
        return
    told = list(_STEP.finditer(said, found[0].end()))
    kinds = {each[0][1] for each in told}
    many = how_many(found[0]["many"])
    if len(kinds) >= 2 and many != len(kinds) and kinds == set("一二三四五六七八九"[: len(kinds)]):
        span = told[0].start(), told[-1].end()
        yield _told(start, said, found[0].span("found"), span, f"{len(kinds)}")


def _made_up(said: str, start: int) -> Iterator[Finding]:
    """86万元，分两批：第一批50万元，第二批36万元; 767处，第一至第四季度分别182处、214处、206处、165处."""
    listed: list[Quantity] = []
    steps = list(_STEP.finditer(said))
    for one, two in pairwise([*steps, None]):
        stop = two.start() if two else len(said)
        if one:
            reach = re.split(r"[。；]", said[one.end() : stop])[0]
            listed += [each for each in quantities(reach, one.end()) if each.unit][:1]
    if len(steps) >= 2 and len(listed) == len(steps) and len({each[0] for each in steps}) == len(steps):
        first = _STEPS.search(said)
        if first and first.start() < steps[0].start():
            yield from _whole_of(said, start, steps[0].start(), listed)
    for match in _QUARTERS.finditer(said):
        reach = re.split(r"[。；]", said[match.end() :])[0]
        four = [each for each in quantities(reach, match.end()) if each.unit and each.unit != "%"][:4]
        between = [said[one.end : two.start] for one, two in pairwise(four)]
        if len(four) == 4 and all(re.fullmatch(r"[、，和]", each) for each in between):
            yield from _whole_of(said, start, match.start(), four)


def _whole_of(said: str, start: int, at: int, listed: list[Quantity]) -> Iterator[Finding]:
    """The amount told before a list that is all of it; silent where another one may be meant."""
    unit = listed[0].unit
    if unit == "%" or any(each.unit != unit or each.about for each in listed):
        return
    summed = sum((each.value for each in listed), Decimal(0))
    before = [each for each in quantities(said[:at]) if each.unit == unit and not each.about]
    if not before or any(each.value == summed for each in before):
        return
    whole = min(before, key=lambda each: abs(each.value - summed))
    if abs(whole.value - summed) * 4 <= whole.value:
        yield total_wrong(said, start, whole, listed)


def _clauses(said: str, start: int) -> Iterator[Finding]:
    """186.4亿元，增长5.2%。其中，甲32.6亿元，增长3.8%；乙71.5亿元，…；丙82.3亿元: one part to a clause."""
    for match in _AMONG.finditer(said):
        clauses = re.split(r"；", re.split(r"[。\n]", said[match.end() :])[0])
        at, listed = match.end(), []
        for clause in clauses:
            listed += [each for each in quantities(clause, at) if each.unit and each.unit != "%"][:1]
            at += len(clause) + 1
        before = re.split(r"。", said[: match.start()].rstrip("。"))[-1]
        offset = match.start() - len(said[: match.start()]) + said[: match.start()].rfind(before)
        wholes = [each for each in quantities(before, offset) if listed and each.unit == listed[0].unit]
        if len(clauses) < 3 or len(listed) != len(clauses) or len(wholes) != 1 or wholes[0].about:
            continue
        whole = wholes[0]
        if any(each.unit != whole.unit or each.about for each in listed) or _MORE.search(
            said[match.end() : at]
        ):
            continue
        inside = [each for each in quantities(clauses[0]) if each.unit == whole.unit]
        if len(inside) > 1 or any(each.value > whole.value for each in listed):
            continue  # the list ends at its semicolon, and what follows was done to other things
        summed = sum((each.value for each in listed), Decimal(0))
        slack = max([whole.step, *(each.step for each in listed)]) * (len(listed) - 1)
        if summed > whole.value + slack or whole.value * _MOSTLY <= summed < whole.value - slack:
            yield total_wrong(said, start, whole, listed)


def _summed(said: str, start: int) -> Iterator[Finding]:
    """甲17处、乙8个、丙263栋，三类总计288处: as many amounts as are announced, each in a clause of its own."""
    for total in (counted := [each for each in quantities(said) if each.unit and each.unit != "%"]):
        match = _SUMMED.search(said[: total.start])
        if not match or total.about:
            continue
        many = how_many(match["many"])
        before = [each for each in counted if each.end <= match.start() and not is_apiece(said, each)]
        # 运送41.6万人次（上年40万人次）: what stands in brackets is of the list where nothing else can be.
        aside = [each.span() for each in _REMARK.finditer(said)]
        bare = [each for each in before if not any(low < each.start < high for low, high in aside)]
        listed = (bare if len(bare) >= many else before)[-many:]
        if len(listed) < many or not _alike(listed, total) or not _apart(said, listed, match.start()):
            continue
        summed = sum((each.value for each in listed), Decimal(0))
        if summed != total.value:
            yield total_wrong(said, start, total, listed)


def _alike(listed: list[Quantity], total: Quantity) -> bool:
    """All of the total's unit, or, where three and more are told, things counted one by one."""
    units = {each.unit for each in listed}
    things = len(listed) >= 3 and units <= THINGS and total.unit in THINGS
    return not any(each.about for each in listed) and (units == {total.unit} or things)


def _apart(said: str, listed: list[Quantity], end: int) -> bool:
    if _NOT_SUMMED.search(said[listed[0].end : end]):
        return False
    bounds = [*(each.start for each in listed[1:]), end]
    between = [said[one.end : stop] for one, stop in zip(listed, bounds, strict=True)]
    return all(re.search(r"[、，。；和]", each) for each in between[:-1]) and all(
        len(re.findall(r"[，。；]", each)) <= 1 for each in between
    )

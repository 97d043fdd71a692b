"""Parts that make a whole told nearby: a list in the next sentence, columns of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ....document import Document
from ....finding import Finding
from ....numerals import folded, from_arabic, how_many, step
from ..faults import total_wrong
from ..text.quantities import Quantity, amounts_in
from ..text.sentences import LONGEST, passages
from ..text.slips import slipped
from . import complements

_SENTENCE = re.compile(r"[^。！？\n]+")
_BRACKETED = re.compile(r"[（(][^（）()。\n]{0,40}[)）]")
_GOES_ON = re.compile(r"\s*(?:、|[和及与](?!其[他它]))")
# What says that the list after it is all: 按行业分：, 资金由以下渠道解决：.
_CLOSED = re.compile(
    r"(?:(?:按|从|分)[^，。；]{1,10}?(?:分|看|划分|统计|评分|来看|上看)|(?:来源|渠道|构成|组成|筹措|筹集|方式|如下|安排|解决|分布|分为|包括|分别为|分别是|分[两二三四五\d]个?[年批期次步])[^，。；：:\d]{0,6})[，,：:]?\s*$|[\u4e00-\u9fff](?:[为是]|情况)[：:]\s*$"
)
# A paragraph that tells by kinds what the one above told as a whole.
_BY_KIND = re.compile(r"\s*(?:按|从)[^，。；\n]{1,10}?(?:分|看|划分|统计)[，,：:]")
_COLON = re.compile(r"[：:]\s*$")
_ANNOUNCED = re.compile(
    r"(?P<many>\d{1,2}|[两二三四五六七八九十])(?:个|大|类|项|条|块|处|级|期|种)[^，。；：\d]{0,8}[：:]\s*$"
)
"""划分为4个责任区：, before as many."""
_WHEN = r"(?:\d{2,4}年度?|(?:\d{1,2}[—\-–~～至到]{1,2})?\d{1,2}月份?)"
_LABEL = rf"(?P<label>{_WHEN}|{_WHEN}?[^，。；、：:,;\d]{{1,16}}?)"
_ITEM = re.compile(rf"(?P<sign>[、，；;])\s*(?:和|及|以及|与)?{_LABEL}(?:的|为|有|各)?\s*$")
_FIRST = re.compile(rf"(?:^|[，,：:；;。、])\s*{_LABEL}(?:的|为|有)?\s*$")
_STOPS = re.compile(
    r"较(?![大重轻好差](?!幅))|比(?!例)|同比|环比|增|减|降|每|平均|人均|其中|新增|[多少]了|(?<!商)超(?!市)|占|余|共|累计|合计|总|计"
)
_OPEN = re.compile(r"等(?!级)|不含|除外|左右|另")
_NEEDED = re.compile(
    r"所需|共需|总投资|总投入|总资金|(?:投资|资金|经费|预算|概算)总额|总费用|概算|预算|总造价|总经费"
)
_SOURCE = re.compile(
    r"自筹|补助|补贴|配套|申请|争取|承担|筹措|筹集|安排|捐赠|贷款|财政|资金|投入|出资|赞助|捐|集资|众筹"
)
_SPENT = re.compile(r"已|到位|拨付|完成|支[付出]|下达|使用|结余|节约|剩余|收回")
# An amount that was not filled in or cannot be read.
_HOLE = re.compile(
    r"[XxＸｘ×＿_■□○◎●▲△?？*＊]{1,}|[某几]+[\u4e00-\u9fff]?[，。；、]|[^\u0000-\u9fff\uff00-\uffef]"
)
_REST = re.compile(r"^(?:其[他它余])")
_CHANGE = re.compile(
    r"(?:较|比|同比|环比|去年|上年)[^，。、；]*$|(?:增加|减少|增长|下降|新增|每|平均|[人户亩]均)[^，。、；\d]{0,4}$"
)
_SUM_FOLLOWS = re.compile(r"^[，,、；]?\s*(?:以上|上述|[两二三四五六七八九]\S{1,3}?)?(?:合计|共计|总计|共)")
_WHOLE = re.compile(r"(?:共|总|合计|全部|计划|概算|预算|全[县镇乡市区年])[^，。；]{0,12}$")
_SOME = re.compile(r"(?:其中|分别(?:为|是)?|分布(?:为|在)?|具体为)[，,：:]?|[：:]")
_SUM_OF_ROWS = re.compile(r"(?<=[，,；;])(?:合计|共计|总计|共)(?:有|为)?")
_AMONG = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8}?)中[，,：:]")
_ALL_TOLD = re.compile(r"[，,]?(?:已经?)?(?:全部|均|都|全[部数]|无一)")
_SOME_OF = re.compile(
    r"[女男](?:[性生员兵职]|$)|岁|学历|本科|大专|党员|以上|以下|重点|合格|整改|完成|未|已|不|不同|持证|困难|优秀|曾|连续|重复|过夜|自驾"
)
_RATE = re.compile(r"[，,（(][\u4e00-\u9fff]{0,10}[率比占][\u4e00-\u9fff]{0,3}(?P<rate>\d+(?:\.\d+)?)%")
_MANY = 3
"""Parts that a whole has at the least where only its name tells that they are all."""
LEAST, MOST = Decimal("0.8"), Decimal("1.25")
"""What parts that were meant for a whole come to, as a share of it."""


@dataclass(frozen=True, slots=True)
class _List:
    """Labelled amounts of one unit side by side, from `start` on; not `sure` where only 其他 at the end closes it."""

    labels: tuple[str, ...]
    parts: tuple[Quantity, ...]
    start: int
    end: int
    sure: bool


def check(document: Document) -> Iterator[Finding]:
    """Silent where any amount nearby is the sum of the parts."""
    last = 0
    for start, passage in passages(document):
        ahead = start - last if _BY_KIND.match(passage) and start - last < LONGEST else 0
        start, last = start - ahead, start
        said = folded(document.text[start : start + ahead] + passage)
        counted = amounts_in(said)
        if len(counted) < 3:
            continue
        bare = _BRACKETED.sub(lambda match: "　" * len(match[0]), said)
        for sentence in _SENTENCE.finditer(said, ahead):
            inside = [each for each in counted if sentence.start() <= each.start < sentence.end()]
            open_air = [each for each in inside if bare[each.start] != "　"]
            for found in _lists(bare, sentence, open_air):
                yield from _judged(said, start, found, [each for each in counted if each.end <= found.start])
            yield from _columns(said, start, sentence, inside, counted)
            yield from _summed_columns(said, start, sentence, inside)
            yield from _told_again(said, start, sentence, inside, counted)


def _lists(said: str, sentence: re.Match[str], counted: Sequence[Quantity]) -> Iterator[_List]:
    """Runs of label and amount, at least two, all of one unit and told as closed or made to fill a whole."""
    run: list[Quantity] = []
    labels: list[str] = []
    signs = ""
    for each in (*counted, None):
        if each is not None and run and each.unit == run[-1].unit and not each.about:
            between = said[run[-1].end : each.start]
            noun = re.match(r"[\u4e00-\u9fff]{1,3}(?=、)", between)
            if noun and said.startswith(noun[0], each.end):
                between = between[noun.end() :]  # 东片6个村、西片5个村
            item = _ITEM.fullmatch(between)
            if item and not _STOPS.search(item["label"]):
                run.append(each)
                labels.append(item["label"].strip())
                signs += item["sign"]
                continue
        whole = len(run) > 2 and run[0].value >= max(each.value for each in run[1:])
        funded = (
            whole
            and _NEEDED.search(labels[0])
            and not _SOURCE.search(labels[0])
            and all(_SOURCE.search(each) and not _SPENT.search(each) for each in labels[1:])
        )
        steps = whole and complements.stepped(labels[1:]) and not complements.stepped(labels)
        if (
            funded
            or (steps and len(run) > _MANY)
            or (len(run) > 2 and signs[0] in "，," and set(signs[1:]) == {"、"})
        ):
            # 单元有33个，已竣工12个、在建9个; 所需经费50万元，自筹15万元，申请35万元: the first is the others' whole.
            run, labels = run[1:], labels[1:]
        if len(run) >= 2:
            yield from _list(said, sentence, run, labels, bool(funded))
        run, labels, signs = [], [], ""
        if each is not None and not each.about and not each.han:
            first = _FIRST.search(said[sentence.start() : each.start])
            if first:
                run, labels = [each], [first["label"].strip()]


def _list(
    said: str, sentence: re.Match[str], run: list[Quantity], labels: list[str], funded: bool
) -> Iterator[_List]:
    first = _FIRST.search(said[sentence.start() : run[0].start])
    if first is None or _GOES_ON.match(said, run[-1].end) or len(set(labels)) < len(labels):
        return  # half a list adds up to nothing; 不合格 again and again is a column of its own
    begin = sentence.start() + first.start("label")
    lead = said[sentence.start() : begin]
    if lead.endswith(f"{run[0].unit}、"):
        return
    many = _ANNOUNCED.search(lead)
    closed = funded or (bool(_CLOSED.search(lead)) and "其中" not in lead[-6:])
    closed = closed or bool(many and how_many(many["many"]) == len(run))
    filling = complements.opposed(labels) or (len(run) > 2 and complements.stepped(labels))
    rest = (_REST.match(labels[-1]) or _COLON.search(lead)) and len(run) > 2
    if not closed and ("其中" in lead or not (filling or rest)):
        return
    if _SUM_FOLLOWS.match(said[run[-1].end : run[-1].end + 12]) or _HOLE.search(said[begin : sentence.end()]):
        return
    if not _STOPS.search(labels[0]) and not _OPEN.search(said[begin : run[-1].end + 2]):
        yield _List(tuple(labels), tuple(run), begin, run[-1].end, closed or filling)


def _judged(said: str, start: int, found: _List, before: Sequence[Quantity]) -> Iterator[Finding]:
    summed = sum((each.value for each in found.parts), Decimal(0))
    whole = meant(said, before, found.parts, summed)
    if whole is not None and (found.sure or slipped(whole.value, summed, least=2)):
        yield total_wrong(said, start, whole, found.parts)


def meant(
    said: str, before: Sequence[Quantity], parts: Sequence[Quantity], summed: Decimal
) -> Quantity | None:
    """The one amount that was meant for the sum; None where one is it, or none comes near."""
    unit, largest = parts[0].unit, max(each.value for each in parts)
    alike = [each for each in before if each.unit == unit]
    called = said[max(parts[0].start - 2, 0) : parts[0].start]
    slack = max(each.step for each in parts) * (len(parts) - 1)
    slack = slack if slack < 1 else Decimal(0)
    if any(abs(each.value - summed) <= slack for each in alike):
        return None
    near = [
        each
        for each in alike
        if (each.value * LEAST <= summed <= each.value * MOST or slipped(each.value, summed))
        and each.value >= largest
        and not each.han
        and not is_part(said, each, parts[0].start)
        and not (is_done(said, each, alike) and said[each.start - 2 : each.start] != called)
        and not _CHANGE.search(said[max(each.start - 24, 0) : each.start])
    ]
    if not near:
        return None
    return max(
        near,
        key=lambda each: (
            slipped(each.value, summed),
            bool(_WHOLE.search(said[max(each.start - 24, 0) : each.start])),
            each.start,
        ),
    )


def is_done(said: str, each: Quantity, alike: Sequence[Quantity]) -> bool:
    """发现367处，整改351处，整改率95.6%: what was done of a whole that is told right before it."""
    before = [one for one in alike if one.end <= each.start and one.value > each.value]
    rate = _RATE.match(said, each.end)
    return bool(before and rate) and abs(
        each.value / before[-1].value * 100 - from_arabic(rate["rate"])
    ) <= step(rate["rate"])


def is_part(said: str, each: Quantity, start: int) -> bool:
    """Whether an amount is a part of another, unless the list names it: 其中火情信息23条。火情信息中，…"""
    before = re.split(r"[。；\n]", said[: each.start])[-1]
    named = re.search(r"[\u4e00-\u9fff]{2,}$", before)
    return "其中" in before and not (named and named[0][-4:] in said[each.end : start])


def _told_again(
    said: str, start: int, sentence: re.Match[str], inside: Sequence[Quantity], counted: Sequence[Quantity]
) -> Iterator[Finding]:
    """抽查点位240个。抽查点位中，甲90个，乙40个，丙130个; 调解纠纷21起。婚姻纠纷7起，邻里纠纷12起，山林纠纷5起."""
    among = _AMONG.match(sentence[0])
    before = [each for each in counted if each.end <= sentence.start()]
    for run, labels in _runs(said, sentence, inside, among.end() if among else 0):
        tail = among["name"] if among else _tail(labels)
        if len(run) < _MANY or len(tail) < 2 or any(map(_SOME_OF.search, labels)):
            continue
        named = [
            each
            for each in before
            if each.unit == run[0].unit
            and not each.about
            and (said.endswith(tail[-2:], 0, each.start) or said.startswith(tail, each.end))
        ]
        summed = sum((each.value for each in run), Decimal(0))
        if len(named) != 1 or any(each.value == summed for each in before):
            continue
        whole = named[0]
        if not among and "。" in said[whole.end : sentence.start()].rstrip("。"):
            continue  # of another matter, told since
        rest = among and _REST.match(labels[-1])
        closed = rest or _ALL_TOLD.match(said, run[-1].end) or complements.partition(labels)
        # 设考点3个、考场92个。甲考点设考场40个，乙…，丙…: as many as there are.
        closed = closed or any(
            each.value == len(run) and said[max(each.start - 2, 0) : each.start] in tail for each in before
        )
        if slipped(whole.value, summed) or (closed and whole.value * LEAST <= summed <= whole.value * MOST):
            yield total_wrong(said, start, whole, run)
            return


def _runs(
    said: str, sentence: re.Match[str], inside: Sequence[Quantity], at: int
) -> Iterator[tuple[list[Quantity], list[str]]]:
    """The labelled amounts of one unit that open a sentence."""
    end, run, labels = sentence.start() + at, [], []
    for each in inside:
        label = re.fullmatch(
            r"[、，；;]?\s*(?:和|及)?(?P<label>[^，。；、：:\d]{2,14}?)(?:的|有)?", said[end : each.start]
        )
        if not label or each.about or (run and each.unit != run[0].unit) or _STOPS.search(label["label"]):
            break
        run.append(each)
        labels.append(label["label"])
        end = each.end
    if run and not _OPEN.match(said, run[-1].end):
        yield run, labels


def _tail(labels: Sequence[str]) -> str:
    """What all labels end with: 纠纷 of 婚姻家庭纠纷, 邻里纠纷."""
    tail = labels[0] if labels else ""
    for label in labels[1:]:
        while tail and not label.endswith(tail):
            tail = tail[1:]
    return tail if all(label != tail for label in labels) else ""


def _columns(
    said: str, start: int, sentence: re.Match[str], inside: Sequence[Quantity], counted: Sequence[Quantity]
) -> Iterator[Finding]:
    """16处387户1243人，其中甲线7处、592人，乙线5处、416人，丙线4处、235人."""
    for lead in _SOME.finditer(said, sentence.start(), sentence.end()):
        told = [each for each in inside if each.start >= lead.end()]
        for width in (2, 3):
            rows = [told[at : at + width] for at in range(0, len(told), width)]
            units = [each.unit for each in rows[0]] if rows else []
            rows = [row for row in rows if [each.unit for each in row] == units]
            if len(rows) < 2 or len(set(units)) < width or len(rows) * width != len(told):
                continue
            if any(each.about for each in told) or not _in_rows(said, rows):
                continue
            for column in zip(*rows, strict=True):
                summed = sum((each.value for each in column), Decimal(0))
                whole = meant(said, [each for each in counted if each.end <= lead.start()], column, summed)
                if whole is not None:
                    yield total_wrong(said, start, whole, column)
            return


def _summed_columns(
    said: str, start: int, sentence: re.Match[str], inside: Sequence[Quantity]
) -> Iterator[Finding]:
    """专业队1支50人、半专业队14支420人、义务队132支2640人，合计147支3110人."""
    for lead in _SUM_OF_ROWS.finditer(said, sentence.start(), sentence.end()):
        sums = [each for each in inside if each.start >= lead.end()]
        told = [each for each in inside if each.end <= lead.start()]
        for width in (2, 3):
            rows = [told[max(at - width, 0) : at] for at in range(len(told), 0, -width)][::-1]
            units = [each.unit for each in rows[-1]] if rows else []
            while rows and [each.unit for each in rows[0]] != units:
                rows = rows[1:]
            many = next(
                (many for many in (width, 1) if [each.unit for each in sums[:many]] == units[-many:]), 0
            )
            whole = sums[:many]
            if not many or len(rows) < 2 or len(set(units)) < width:
                continue
            if not _in_rows(said, [*rows, whole] if many == width else rows):
                continue
            if said[lead.end() : whole[0].start].strip() or any(
                each.about for row in (*rows, whole) for each in row
            ):
                continue
            rows = [row[-many:] for row in rows]
            for total, *column in zip(whole, *rows, strict=True):
                summed = sum((each.value for each in column), Decimal(0))
                if summed != total.value and total.step == max(each.step for each in column) == 1:
                    yield total_wrong(said, start, total, column)
            return


def _in_rows(said: str, rows: Sequence[Sequence[Quantity]]) -> bool:
    """Whether each row has a label before its first amount and next to nothing between its amounts."""
    ends = [row[-1].end for row in rows]
    labelled = all(
        re.fullmatch(r"[，；;、]\s*[^，。；、\d]{1,16}", said[end : row[0].start])
        for end, row in zip(ends, rows[1:], strict=False)
    )
    return labelled and all(
        re.fullmatch(r"[^，。；、\d]{0,4}[、，,]?\s*[^，。；、\d]{0,4}", said[one.end : two.start])
        for row in rows
        for one, two in pairwise(row)
    )

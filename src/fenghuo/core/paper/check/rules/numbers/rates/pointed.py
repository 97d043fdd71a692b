"""How far two rates lie apart or what they come to, beside the rates themselves.

66%，低于全市平均进度4个百分点（全市为70%）; 优秀率45%，低于许可案卷10个百分点; 满意和比较满意合占92%.
Silent where any two rates of the paragraph are so far apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded, from_arabic, how_many, step
from ....rulebook import rules
from ....tabular import tables
from ..faults import points, rate_wrong
from ..text.magnitudes import Magnitude, magnitudes
from ..text.quantities import plain
from ..text.sentences import begin_of, passages
from ..text.spaced import spaced

_HAN = "一二两三四五六七八九十"
_POINTS = re.compile(rf"(?P<told>\d+(?:\.\d+)?|[{_HAN}]{{1,3}})个百分点")
_WAY = (
    r"(?:高|低|快|慢|多|少|增长|增加|上升|提高|提升|下降|减少|降低|回落|收窄|扩大|缩小|超过|超|增|升|降|减)"
)
# 低于全市平均进度(4个百分点); 比上年高(3个); 同比收窄(3个)
_LEAD = re.compile(
    rf"(?P<than>(?:[高低快慢多少]于|[较比与同])(?P<whom>[^，。；、\d%]{{1,14}}?)(?:相比，?)?)?{_WAY}?(?:了|出|约)*$"
)
_BEHIND = re.compile(r"[，,（(](?![较比])[^。；、\d%]{0,14}(?:\d{4}年|\d{1,2}月)?[^，。；、\d%]{0,8}")
_NEXT = re.compile(r"[，,（(]?[^。；、\d%]{0,30}")
_TIME = re.compile(r"[上去前今本]|年|同期|进度|此前|以前|原")
_SUM = re.compile(
    r"(?P<names>[^，。；、：\d%（）()]{1,8}(?:[、和与及][^，。；、：\d%（）()]{1,8}){1,3}?)(?:合计|合起来|加起来|之和|合|共)(?:占|达|为|占比)[^，。；、\d%]{0,6}(?P<told>\d+(?:\.\d+)?)%"
)
_JOINT = re.compile(r"[、和与及]")
_MARKS = re.compile(r"[“”‘’\"]|^其中|[两二三四](?:项|者|类|档|级|部分)$")
_MEAN = re.compile(r"^(?:合计|总计|全[县市区镇乡]|平均|总体|均值)")
_RATE = re.compile(r"\d+(?:\.\d+)?%")
_REST = re.compile(r"(?:其[他余它]|剩余|余下|剩下)[^，。；、\d%]{0,8}?占(?:比)?(?:约|为)?")
_ROW = re.compile(
    r"(?P<many>[三四五六七八])(?:类|项|种|部分|方面|档|级|者)[^，。；、\d%]{0,18}(?:依次|分别)(?:为|是|占)?(?P<shares>\d+(?:\.\d+)?%(?:[、，和]\d+(?:\.\d+)?%){2,7})"
)
_TWIN = re.compile(
    r"[^，。；、\d%中]{1,10}?(?P<frame>[^，。；、\d%中]{2,4})占(?P<one>\d+(?:\.\d+)?)%[，、；][^，。；、\d%中]{1,10}?(?P=frame)占(?P<two>\d+(?:\.\d+)?)%"
)
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)%")
_NO_ROW = re.compile(r"率|增|降|升|多选|同比|比上")
_REACH = 260


def check(document: Document) -> Iterator[Finding]:
    """Points and sums of rates."""
    above = ""
    rows = None
    for start, passage in passages(document):
        said = folded(passage)
        if "个百分点" in said:
            yield from _points(said, start)
            rows = _rows(document) if rows is None else rows
            yield from _of_rows(said, start, rows)
        if "%" in said:
            yield from _sums(above, said, start)
            yield from _rowed(said, start)
        if "占" in said:
            yield from _closed(said, start)
        above = said


def _rows(document: Document) -> list[list[str]]:
    return [
        ["".join(folded(cell.text).split()) for cell in row]
        for table in (*tables(document), *spaced(document))
        for row in table
    ]


def _of_rows(said: str, start: int, rows: Sequence[Sequence[str]]) -> Iterator[Finding]:
    """石门乡比全县平均水平低3.1个百分点: of two rows of a table, of which the other one tells the mean."""
    if not rows:
        return
    for match in _POINTS.finditer(said):
        low = begin_of(said, match.start())
        sentence = said[low : match.start()]
        means = [row for row in rows if _MEAN.search(row[0])]
        named = [row for row in rows if len(row[0]) > 1 and row[0] in sentence and not _MEAN.search(row[0])]
        if len(means) != 1 or len(named) != 1 or "平均" not in sentence or "%" in sentence:
            continue
        pairs = [
            (one[:-1], two[:-1])
            for one, two in zip(named[0], means[0], strict=False)
            if _RATE.fullmatch(one) and _RATE.fullmatch(two)
        ]
        told = (
            from_arabic(match["told"]) if match["told"][0].isdecimal() else Decimal(how_many(match["told"]))
        )
        apart = [abs(from_arabic(one) - from_arabic(two)) for one, two in pairs]
        if apart and all(abs(each - told) > Decimal("0.1") for each in apart):
            one, two = pairs[0]
            yield rate_wrong(said, start, Span(*match.span()), f"{one}%", f"{two}%", points(apart[0]))


def _closed(said: str, start: int) -> Iterator[Finding]:
    """A占24%，B占三成，其他占46%: what is called the rest makes the whole."""
    told = [each for each in magnitudes(said) if not each.times]
    for at, rest in enumerate(told):
        low = begin_of(said, rest.start, "。\n")
        if not _REST.fullmatch(said, begin_of(said, rest.start, "，；。\n、"), rest.start):
            continue
        shares = [each for each in told[: at + 1] if each.start >= low and _is_share(said, each)]
        if len(shares) <= 2 or any(each.low + each.high != 2 * each.value for each in shares):
            continue
        if re.search(r"其中|多选|分别", said[low : rest.start]):
            continue
        summed = sum((each.value for each in shares), Decimal(0))
        slack = sum((min((each.high - each.low) / 4, Decimal(2)) for each in shares), Decimal("0.1"))
        if slack < abs(summed - 100) < 40:
            yield _uneven(said, start, shares[0].start, rest.end, round(summed, 1))


def _rowed(said: str, start: int) -> Iterator[Finding]:
    """四类来源的贡献依次为38%、26%、24%、12%; 由班主任结对的占45%，由村干部结对的占55%."""
    for match in _ROW.finditer(said):
        shares = [from_arabic(each) for each in _NUMBER.findall(match["shares"])]
        summed = sum(shares, Decimal(0))
        lead = re.split(r"[。；\n]", said[max(match.start() - 30, 0) : match.start("shares")])[-1]
        if len(shares) != how_many(match["many"]) or _NO_ROW.search(lead) or not 80 < summed < 120:
            continue
        if abs(summed - 100) > Decimal(len(shares)) / 2:
            yield _uneven(said, start, match.start("shares"), match.end("shares"), summed)
    for match in _TWIN.finditer(said):
        summed = from_arabic(match["one"]) + from_arabic(match["two"])
        lead = re.split(r"[。；\n]", said[max(match.start() - 60, 0) : match.start()])[-1]
        if 101 < summed < 140 and not _NO_ROW.search(lead):
            yield _uneven(said, start, match.start("one"), match.end(), summed)


def _uneven(said: str, start: int, begin: int, end: int, summed: Decimal) -> Finding:
    return rules()["shares-not-whole"].finding(
        start + begin, start + end, found=said[begin:end], sum=f"{plain(summed)}%"
    )


def _is_share(said: str, each: Magnitude) -> bool:
    clause = re.split(r"[，；。、\n]", said[max(each.start - 40, 0) : each.start])[-1]
    return "占" in clause and not re.search(r"[较增降升减]|比(?![例重])|以[上下]", clause)


def _points(said: str, start: int) -> Iterator[Finding]:
    rates = [each for each in magnitudes(said) if not each.times and not each.soft]
    if len(rates) < 2:
        return
    for match in _POINTS.finditer(said):
        words = match["told"]
        told = from_arabic(words) if words[0].isdecimal() else Decimal(how_many(words))
        exact = step(words) if words[0].isdecimal() else Decimal(1)
        pair = _pair(said, rates, match)
        if not pair or any(_apart(one, two, told, exact) for one in rates for two in rates if one is not two):
            continue
        now, then = pair
        yield rate_wrong(said, start, Span(*match.span()), now, then, points(now.value - then.value))


def _apart(one: Magnitude, two: Magnitude, told: Decimal, exact: Decimal) -> bool:
    slack = (exact + (one.high - one.low) / 2 + (two.high - two.low) / 2) / 2
    return abs(abs(one.value - two.value) - told) <= slack


def _pair(said: str, rates: Sequence[Magnitude], match: re.Match[str]) -> tuple[Magnitude, Magnitude] | None:
    """The rate that is so far from another one, and that one: between, right behind, or told so before."""
    low = begin_of(said, match.start())
    before = [each for each in rates if low <= each.start and each.end <= match.start()]
    if not before:
        return None
    last = before[-1]
    link = said[last.end : match.start()]
    behind = next((each for each in rates if each.start >= match.end()), None)
    if behind and _BEHIND.fullmatch(said, match.end(), behind.start) and _NEXT.fullmatch(link):
        return last, behind
    lead = _LEAD.search(link)
    if not lead or not _NEXT.fullmatch(link):
        return None
    if len(before) > 1 and re.fullmatch(r"[）)]?(?:的[^，。；、\d]{0,12})?[^，。；、\d]{0,6}", link):
        # 流失率12%，高于上年（9%）3个百分点
        if re.search(r"[高低快慢]于|[较比]|超过|由|从", said[before[-2].end : last.start]):
            return before[-2], last
        return None
    whom = lead["whom"]
    if not whom or _TIME.search(whom):
        return None
    called = [each for each in rates if each.end < last.start and _is(said, each, whom)]
    return (last, called[-1]) if len(called) == 1 else None


def _is(said: str, rate: Magnitude, whom: str) -> bool:
    clause = re.split(r"[。；\n]", said[max(rate.start - 30, 0) : rate.start])[-1]
    return any(whom[at : at + 2] in clause for at in range(len(whom) - 1))


def _sums(above: str, said: str, start: int) -> Iterator[Finding]:
    """满意和比较满意两项合占92%: what the two that it names are told to be."""
    for match in _SUM.finditer(said):
        lead = above[-_REACH:] + "\n" + said[max(match.start() - _REACH, 0) : match.start()]
        rates = [each for each in magnitudes(lead) if not each.times and not each.soft]
        parts = [_of(lead, rates, _MARKS.sub("", each)) for each in _JOINT.split(match["names"])]
        told = [each for each in parts if each]
        if len(told) != len(parts) or len({each.start for each in told}) != len(told):
            continue
        summed = sum((each.value for each in told), Decimal(0))
        slack = (step(match["told"]) + sum((each.high - each.low for each in told), Decimal(0)) / 2) / 2
        if abs(summed - from_arabic(match["told"])) > slack:
            at = start + match.start("told")
            found = match["told"] + "%"
            yield rules()["shares-not-whole"].finding(
                at, at + len(found), found=found, sum=f"{plain(summed)}%"
            )


def _of(lead: str, rates: Sequence[Magnitude], name: str) -> Magnitude | None:
    """The rate that is told of what is called so."""
    told = re.search(
        rf"(?:^|[^\u4e00-\u9fff]|其中){re.escape(name)}[^。；\n]{{0,24}}?(?=\d+(?:\.\d+)?%)", lead
    )
    return next((each for each in rates if told and each.start == told.end()), None)

"""By how much one amount is more or less than another, beside both of them, in whatever words and units.

甲镇58户、乙镇41户，前者较后者多出17户; 由22处扩至35处，净增十三处; 最长的比最短的多840米; 上次停了4个小时，
此次少停一个半小时.
What is told as a difference is held against the two amounts of its kind that stand nearest before it, or that a change
names (由17.4公里缩为15000米). Silent where any two amounts of the paragraph lie so far apart, and where it is told of
something that has no figure here (比上年多12例).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import counts_differ, reckoned_wrong
from ..text.measured import Figure, alike, figures, near
from ..text.sentences import passages

_W = r"[\u4e00-\u9fff]"
_CHANGE = (
    r"多|少|高|低|长|短|大|小|增|减|涨|降|升|超|快|慢|早|晚|迟|重|轻|宽|窄|深|厚|薄|远|近|胖|瘦|贵|便宜|富余"
    r"|压缩|缩短|延长|提前|推迟|拓宽|相[差距隔去]|差[距值额]?|落后|领先"
)
_CUE = re.compile(
    rf"(?:(?P<apart>相[差距隔去]|(?<![出落误偏])差[距值额]?|落差|温差|[高价时]差)|(?:净|共|又|再|整整|足足|可以?|能|只|仅|还|一下子?)?(?P<way>{_CHANGE})(?P<done>出来?|了|加|少|长|去|达|缴|收|用|花|付|停|开|供|产|打|绕|走|卖|跑|下|短|低|高|扩|{_W}(?=了|出)|(?<=(?<![至大很最不])[多少]){_W})?(?:了|达|出|整整|足足)?)(?P<rest>了|是|达|仅|只有|整整)?$"
)
_BARE = frozenset("多少高低长短大小快慢早晚迟重轻宽窄深厚薄远近贵升超降")
"""Words that tell a size too, so that they need something compared or done beside them."""
_OTHER = re.compile(r"比|较|同比|环比|与|跟|同(?=去年|上年)|相比")
_NAMED = re.compile(
    r"前者|后者|[两二]者|之|其|原[来先有]|从前|过去|以前|最|头一|末[场班次]|第[一二三]|上次|上回|上届|另一|彼此|[两二][者个家]"
)
_TIMES = re.compile(
    r"去年|上年|前年|今年|原[来先有]?|现|如今|目前|上[次回届]|此次|这次|本次|以前|过去|从前|旧|新"
)
_FROM_TO = re.compile(rf"(?:从|由|自)?{_W}{{0,6}}?(?:的)?$")
_TO = re.compile(
    rf"{_W}{{0,4}}(?:扩|增|减|升|降|涨|提高|提升|缩|压缩?|落|跌|退|掉|延长|调整?|改|变|猛增|攀升|下调|上调|加密?){_W}{{0,3}}?(?:至|到|为|成){_W}{{0,3}}$"
)
_STOP = re.compile(
    r"其中|同比|环比|平均|每|分别|合计|共计|约|左右|预计|计划|将|争取|力争|目标|不[少低多高]于|以上|以下"
)
_LATER_MORE = re.compile(r"多|高|长|大|增|涨|升|超")
_LATER_LESS = re.compile(r"少|低|短|小|减|降|压缩|缩短")
_FAR, _LEAD, _SENTENCE, _MOST = 60, 14, 90, 8


def check(document: Document) -> Iterator[Finding]:
    """Told of the difference; or that it goes the other way, where 前者 and 后者 say which is more."""
    for start, passage in passages(document):
        said = folded(passage)
        told = figures(said)
        kinds: dict[str, list[Figure]] = {}
        for each in told:
            before = kinds.setdefault(each.kind, [])
            if not each.about and each.kind != "倍":
                clause = re.split(r"[，。；：、（()）]", said[max(each.start - 30, 0) : each.start])[-1]
                cue = _CUE.search(re.split(r"\d", clause)[-1][-_LEAD:])
                if cue and not (cue["way"] in _BARE and not cue["done"] and not _OTHER.search(clause)):
                    yield from _judged(said, start, each, before[-_MOST:], told, clause, cue)
            before.append(each)


def _judged(
    said: str,
    start: int,
    apart: Figure,
    before: Sequence[Figure],
    told: Sequence[Figure],
    clause: str,
    cue: re.Match[str],
) -> Iterator[Finding]:
    behind = _changed_behind(said, apart, told)
    pair = behind or _pair(said, apart, before, clause)
    if pair and not (behind or cue["apart"] or _OTHER.search(clause) or _contrast(said, *pair)):
        return
    if pair is None or any(each.about for each in pair):
        return
    one, two = pair
    right = abs(one.value - two.value)
    if alike(right, apart, pair):
        if (wrong := _wrong_way(clause, one, two)) and not behind:
            yield _opposite(said, start, apart, wrong)
        return
    around = [*before, *(pair if behind else ())]
    if any(alike(abs(a.value - b.value), apart, (a, b)) for a, b in combinations(around, 2)):
        return
    if any(alike(a.value + b.value, apart, (a, b)) for a, b in combinations(around[-4:], 2)):
        return
    if near(right, apart.value):
        most = sorted(pair, key=lambda each: -each.value)
        yield reckoned_wrong(
            said, start, apart.told, apart.written(right), [each.told for each in most], " - "
        )


def _pair(said: str, apart: Figure, before: Sequence[Figure], clause: str) -> tuple[Figure, Figure] | None:
    """The two amounts that are compared: those right before, the ends of a list, or one here and one of another
    time."""
    begin = max(said.rfind(sign, 0, apart.start) for sign in "。！？\n") + 1
    beside = [each for each in before if each.start >= begin]
    own = apart.start - len(clause)
    inside = [each for each in beside if each.start >= own]
    if "最" in clause and len(beside) > 1 and not inside:
        extremes = sorted(beside, key=lambda each: each.value)
        whole = sum(each.value for each in beside[1:])
        extremes = (
            sorted(beside[1:], key=lambda each: each.value)
            if beside[0].value == whole and len(beside) > 2
            else extremes
        )
        return (extremes[0], extremes[-1]) if re.search(rf"最{_W}的?.*最", clause) else None
    if len(inside) > 1:
        return None
    other = _OTHER.search(clause)
    if other and not inside and not _NAMED.search(clause[other.start() :]):
        named = re.match(rf"{_W}{{1,2}}", clause[other.end() :])
        if not named or named[0] not in said[begin:own]:
            return None
    reach = beside[-2:] if len(beside) > 1 else before[-2:]
    if len(reach) < 2:
        return None
    one, two = reach
    if len(beside) < 2 and not (
        inside or _NAMED.search(clause) or re.search(r"此次|这次|本次|这回|该", said[begin : apart.start])
    ):
        return None
    between = said[one.end : two.start]
    if (
        apart.start - two.end > (_FAR if _NAMED.search(clause) else _LEAD * 2)
        or len(between) > _SENTENCE
        or _STOP.search(said[two.end : apart.start] if not _TO.search(between) else "")
        or _STOP.search(between)
        or (len(beside) > 1 and between.count("，") + between.count("、") > 3)
    ):
        return None
    return one, two


def _contrast(said: str, one: Figure, two: Figure) -> bool:
    """Whether the two are of two times, or one became the other."""
    between = said[one.end : two.start]
    lead = re.split(r"[。；]", said[max(one.start - 20, 0) : one.start])[-1]
    became = re.search(
        r"[从由自][^，。；\d]{0,8}$", said[max(one.start - 12, 0) : one.start]
    ) and re.fullmatch(rf"{_W}{{0,6}}[至到成为]{_W}{{0,3}}", between)
    return bool(became or _TO.search(between) or (_TIMES.search(between) and _TIMES.search(lead + between)))


def _changed_behind(said: str, apart: Figure, told: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """少绕2.4公里，线路由17.4公里缩为15000米: the change is told behind what it comes to."""
    after = [each for each in told if each.kind == apart.kind and each.start >= apart.end][:2]
    if len(after) < 2:
        return None
    one, two = after
    lead, between = said[apart.end : one.start], said[one.end : two.start]
    if (
        len(lead) > 16
        or not re.fullmatch(rf"[，：（(]{_W}{{0,10}}[从由自]{_W}{{0,6}}?", lead)
        or not _TO.fullmatch(between)
    ):
        return None
    return one, two


def _wrong_way(clause: str, one: Figure, two: Figure) -> Figure | None:
    """Of 前者比后者多 the one that is not: the former is told first."""
    match = re.search(rf"(?P<which>前|后)者(?:较|比|要?比){_W}{{0,2}}(?:前|后)者(?P<rest>{_W}*)$", clause)
    if not match or one.value == two.value:
        return None
    more = _LATER_MORE.search(match["rest"])
    less = _LATER_LESS.search(match["rest"])
    if bool(more) == bool(less):
        return None
    former = match["which"] == "前"
    greater = one if bool(more) == former else two
    other = two if greater is one else one
    return other if greater.value < other.value else None


def _opposite(said: str, start: int, apart: Figure, there: Figure) -> Finding:
    del there
    return counts_differ(said, start, apart.told, None, other=_THE_OTHER_WAY.zh)


_THE_OTHER_WAY = Text(en="the other way round", zh="相反")

"""What is left of a whole, however that is said, beside the whole and what was done of it.

设计里程12.6公里。已铺9400米，还剩3.2公里没有铺完; 签约21部。投用十四部，在装的还有七部; 应出席216名，请假9名，
实到207名.
A figure is what is left because of the words before it (还剩, 待…的, 没…的, 账上还存) or behind it (没有铺完, 还在施工,
不合格). What was done stands before it in its sentence, the whole before that or in the sentence above. Silent where
any
figures around leave it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, combinations

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import reckoned_wrong
from ..text.measured import Figure, alike, figures, near
from ..text.sentences import lead_of, opening_of, passages

_W = r"[\u4e00-\u9fff]"
_LEFT = re.compile(
    rf"(?:[还尚仍只仅净所]?[剩余][下余的]?|下余|尚余|结[余存]|结转|[还尚仍](?:存|差|欠|缺|未{_W}{{1,4}}|没{_W}{{1,4}})|所[差欠缺]|[还尚仍]?(?:差着|短缺?|空[着余缺]|闲置)|挂账|[库账手]{_W}{{0,2}}[还尚仍]?[存有]|另外|其余{_W}{{0,6}}?"
    rf"|(?:待|没|未|不(?!同|少|断|仅|但)|(?:^|正|尚|还|仍)在(?=[建装修办途施改整查审制编做])){_W}{{1,6}}?的?(?:[还尚仍只仅][有剩存]|[有剩]|为|是)?|实[到有发收]|实际{_W}{{0,3}})的?{_W}{{0,4}}?$"
)
_NAMED = re.compile(r"(?:剩|余下|[未没][\u4e00-\u9fff]{1,4}的)[^，。；：\d]{0,24}、[^，。；：\d]{0,12}$")
"""没通的只剩岭后、石盆 before 两个村."""
_WEAK = re.compile(rf"[还尚仍](?:有|存)的?{_W}{{0,4}}$")
_BEHIND = re.compile(
    rf"{_W}{{0,5}}?(?:[还尚仍]?没有?{_W}{{1,4}}|[还尚仍]?未(?!来|成年){_W}{{1,4}}|[还仍尚正]在(?:[建修办装途]|施工|{_W}{{2}})|不(?:合格|达标|及格|通过|符合|过关)|待{_W}{{1,4}})(?=[，。；、（(\s]|$)"
)
_DONE = re.compile(
    rf"[已经完了做建交付到办结销通]|{_W}成$|过关|合格|达标|通过|请假|缺席|实到|下发|发出|拨|支出|领|用去|卖|售|拆|装|投用|点火|投产|参加|受理|移交|搬|迁|还清|归还"
)
_APART = re.compile(
    r"其中|去年|上年|同期|往年|上次|上届|计划|预计|平均|每|较|比(?!例)|同比|环比|另有|新增|分别|不含|不计|此外|另外新|约|近|间距|[小大低高少多]于|超过"
)
_OF_ALL = re.compile(r"其中|平均|每|分别|较上|比上|同比|环比|新增|此外")
_CAME = re.compile(
    r"[调购买转收增补领借].{0,2}[入进到]|入库|新[增收购添]|补充|增加|收到|又[添来收]|转入|结转|追加"
)
_ENDS = re.compile(r"[。！？\n]")
_FAR, _LEAD = 60, 16
_CLOSE = Decimal("0.2")
"""How far a whole of a sentence above may be from what it should be, as a share of it."""
_MOST = 8
"""Figures of a kind before one that are held against each other."""


def check(document: Document) -> Iterator[Finding]:
    """Told of the figure that is left, unless what was done is told to be more than all."""
    for start, passage in passages(document):
        said = folded(passage)
        told = figures(said)
        kinds: dict[str, list[Figure]] = {}
        for each in told:
            before = kinds.setdefault(each.kind, [])
            if before and not each.about and (sure := _is_left(said, each)):
                yield from _judged(said, start, each, before[-_MOST:], told, sure=sure > 1)
            if not (each.told.han and each.told.value == 1):  # 一户不少 counts nothing
                before.append(each)


def _is_left(said: str, left: Figure) -> int:
    """2 where its words say so, 1 where they may, 0 where they do not."""
    lead = lead_of(said, left.start, _LEAD)
    if _APART.search(lead):
        return 0
    if (
        _LEFT.search(lead)
        or _BEHIND.match(said, left.end)
        or _NAMED.search(said, max(left.start - 40, 0), left.start)
    ):
        return 2
    return 1 if _WEAK.search(lead) else 0


def _judged(
    said: str,
    start: int,
    left: Figure,
    before: Sequence[Figure],
    told: Sequence[Figure],
    *,
    sure: bool,
) -> Iterator[Finding]:
    begin = opening_of(said, left.start)
    above = opening_of(said, max(opening_of(said, max(begin - 1, 0)) - 1, 0))
    beside = [each for each in before if each.start >= begin]
    if not beside or left.start - beside[-1].end > _FAR or _acquitted(left, before):
        return
    whole, done = _whole(before, beside, above, left)
    if whole is None or not done or any(each.about for each in (whole, *done)):
        return
    between = said[whole.end : left.start]
    if "、" in said[whole.end : done[0].start] or re.search(
        "半$|[和及与、]部分", said[done[0].start : left.end]
    ):
        return  # 补助2.75亿元、配套1.94亿元，其余…: two things done; 由3天缩短到1天半
    if _APART.search(said[done[0].end : left.start]) or _OF_ALL.search(between):
        return
    if left.value >= whole.value:
        return
    rest = whole.value - sum((each.value for each in done), Decimal(0))
    if not near(rest, left.value) or (whole.start < begin and abs(rest - left.value) > whole.value * _CLOSE):
        return
    if any(_is_left(said, each) for each in done[:-1]):
        return
    if any(_CAME.search(lead_of(said, each.start, _LEAD)) for each in done):
        return  # of what there is now more rules know
    if not sure and not any(_DONE.search(lead_of(said, each.start, _LEAD)) for each in done):
        return
    if _goes_on(said, left, rest, told):
        return
    yield reckoned_wrong(
        said, start, left.told, left.written(rest), [each.told for each in (whole, *done)], " - "
    )


def _whole(
    before: Sequence[Figure], beside: Sequence[Figure], above: int, left: Figure
) -> tuple[Figure | None, Sequence[Figure]]:
    """The whole and what was done: the greatest of the sentence and all behind it, or one of the sentence above."""
    first = max(beside, key=lambda each: each.value)
    done = [each for each in beside if each.start > first.start]
    if done:
        return first, done
    higher = [each for each in before if above <= each.start < beside[0].start]
    if len(beside) > 1 or not higher:
        return None, []
    whole = max(higher, key=lambda each: each.value)
    return (whole, beside) if whole.value > beside[0].value else (None, [])


def _acquitted(left: Figure, before: Sequence[Figure]) -> bool:
    """Whether any figure less some of those behind it leaves this, or it is told again or the sum of others."""
    for at, whole in enumerate(before):
        if whole.value == left.value:
            return True
        later = before[at + 1 :]
        runs = [later[low:high] for low in range(len(later)) for high in range(low + 1, len(later) + 1)]
        for done in (*runs, *combinations(later, 2)):
            if alike(whole.value - sum((each.value for each in done), Decimal(0)), left, (whole, *done)):
                return True
        if any(each == left.value for each in accumulate(one.value for one in before[at:])):
            return True
    return False


def _goes_on(said: str, left: Figure, rest: Decimal, told: Sequence[Figure]) -> bool:
    """Whether more of the same is told right behind, so that this is not all that is left."""
    end = _ENDS.search(said, left.end)
    later = [
        each
        for each in told
        if each.kind == left.kind and left.end <= each.start < (end.start() if end else len(said))
    ]
    return any(left.value + sum_ == rest for sum_ in accumulate(each.value for each in later[:4]))

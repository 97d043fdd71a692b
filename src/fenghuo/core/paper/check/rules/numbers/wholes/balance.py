"""What is left of an amount when others are taken from it, in whatever words: 旧存312件，审结271件，手头还压着51件.

`remainders`, `plainly` and `differences` know what is left by a few words and by where it stands. Here the whole may
stand at the head of the sentence or in a sentence before, and what was taken may be one amount or several; the less
surely the words speak of what is left, the more the figures have to say for a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from ....document import Document
from ....finding import Finding
from ..faults import reckoned_wrong
from ..text.evidence import evidence, nearness, slack, slip
from ..text.quantities import Quantity, is_apiece
from ..text.reading import OPEN, UNCOUNTED, masked, read
from ..text.running import Running
from ..text.sentences import begin_of, label_of
from .totals import TORN

_LEFT = re.compile(
    r"(?:其余|剩[余下]?|(?<![盈富年残])余[下量额]?|下[余剩]|尚[有余缺差欠待存未需]|还[剩差缺欠余压]|仍[未缺差欠]|差额|缺[口额]|短缺|[短亏]欠|"
    r"[结节]余|结转|[节减]省|省[下去]|末了|(?<![不没])差(?=了?$))[^，。；、：\d]{0,10}$"
)
_PERHAPS = re.compile(
    r"(?:其他|最后|还有|尚|仍|未|没|待(?!遇)|还|另[有外]|不(?!少|低|足|超|同|断|良|含))[^，。；、：\d]{0,10}$"
)
_BEHIND = re.compile(r"的?(?:仍|尚|还[未没在]|未(?!来)|没|待(?!遇)|正在|暂)")
_STOPS = re.compile(
    r"较(?![大重轻好差](?!幅))|比(?![例重赛])|同比|环比|增[长加幅]|下降|[上去前往][年届次期月轮季]|同期|每|平均|[人户亩日月年]均|"
    r"其中|不足|占|[提降升][高到至低]|最[高多大少低]|约(?!谈)|近|合计|共计|总计|累计|新增"
)
_SUMS = re.compile("(?:合|共|总|累)计")
_INNER = re.compile(r"其中|较(?![大重轻好差](?!幅))|比(?![例重赛])|同比|环比|[上去]年|同期|每")
_BREAK = re.compile(r"[。；\n]")
_DONE = re.compile(r"已|完成|到位|[办审]结|解决|整改|录入|签|收回|交")
_UNDONE = re.compile(r"待|未|尚|没|还|仍")
_CLOSE, _NEAR, _HALF = Decimal("0.1"), Decimal("0.3"), Decimal("0.5")
"""How far what was taken and what is left may miss the whole."""
_LEAD, _MOST, _REACH, _ABOVE = 24, 8, 30, 300
"""Signs of a label, amounts of a sentence and before it that are looked at, and signs before it."""


def check(document: Document) -> Iterator[Finding]:
    """Silent where any amounts of the sentence, or one told before it and these, leave what is told."""
    text = Running(document)
    said = masked(text.said)
    alike: dict[tuple[str, bool], list[Quantity]] = {}
    for each in read(said):
        if each.unit and each.unit not in UNCOUNTED:
            alike.setdefault((each.unit, each.han), []).append(each)
    for told in alike.values():
        for at, rest in enumerate(told) if len(told) > 2 else ():
            found = _missed(said, told, at, _sureness(said, rest))
            if found and not TORN.search(said[found[0].start : rest.end]):
                whole, taken = found
                right = whole.value - sum(each.value for each in taken)
                yield reckoned_wrong(text.said, 0, rest, right, (whole, *taken), " − ")


def _sureness(said: str, rest: Quantity) -> int:
    """How surely an amount is told as what is left: 2, 1 or not at all."""
    lead = label_of(said, rest.start, _LEAD)
    if rest.about or is_apiece(said, rest) or _STOPS.search(lead) or OPEN.match(said, rest.end):
        return 0
    return 2 if _LEFT.search(lead) else int(bool(_PERHAPS.search(lead) or _BEHIND.match(said, rest.end)))


def _missed(
    said: str, told: Sequence[Quantity], at: int, sure: int
) -> tuple[Quantity, list[Quantity]] | None:
    """The whole and what was taken from it that do not leave an amount."""
    rest = told[at]
    begin = begin_of(said, rest.start, "。\n")
    before = told[max(at - _REACH, 0) : at] if sure else ()
    own = [each for each in before if each.start >= begin][-_MOST:]
    above = [each for each in before if rest.start - _ABOVE < each.start < begin]
    if not sure or any(_is_none(said, each) for each in own):
        return None
    if len(own) > 1:
        found = _of_its_sentence(said, own, rest, sure)
    elif own:
        found = _of_one_above(said, above, own[0], rest, sure)
    else:
        found = _of_two(said, above, rest) if sure > 1 else None
    later = [each for each in told[at + 1 : at + 4] if not _BREAK.search(said, rest.end, each.start)]
    return None if found is None or _holds(own, above, rest, later) else found


def _is_none(said: str, each: Quantity, *, sums: bool = False) -> bool:
    lead = label_of(said, each.start, _LEAD)
    if sums:
        lead = _SUMS.sub("", lead)
    return each.about or is_apiece(said, each) or bool(_STOPS.search(lead) or OPEN.match(said, each.end))


def _of_its_sentence(
    said: str, own: Sequence[Quantity], rest: Quantity, sure: int
) -> tuple[Quantity, list[Quantity]] | None:
    """停电96个，当晚送电61个，次日又送27个，末了还黑着8个."""
    whole, *taken = own
    if len(taken) == 1 and taken[0].value > whole.value and sure > 1:
        whole, taken = taken[0], [whole]  # 中标价128万元，控制价145万元，省下17万元
    parts = [*taken, rest]
    if whole.value <= max(each.value for each in parts) or _INNER.search(said, own[0].end, rest.start):
        return None
    summed = sum((each.value for each in parts), Decimal(0))
    apart, strength = nearness(whole.value, summed), evidence(whole, parts)
    plain = len(taken) == 1 and not _are_apart(said, own[-1], rest)
    if apart > _HALF:
        return None
    likely = (strength > 0 or (plain and apart < _CLOSE)) if sure > 1 else (strength > 1 and apart < _NEAR)
    return (whole, taken) if likely else None


def _of_one_above(
    said: str, above: Sequence[Quantity], own: Quantity, rest: Quantity, sure: int
) -> tuple[Quantity, list[Quantity]] | None:
    """Of an amount told in a sentence before, or of this one what was told before: 目标2400万吨，离目标还差810万吨."""
    if _INNER.search(said, own.end, rest.start) or _are_apart(said, own, rest):
        return None
    lead = label_of(said, own.start, _LEAD)
    paired = bool(_DONE.search(lead) and _UNDONE.search(label_of(said, rest.start, _LEAD)))
    found: list[tuple[int, Quantity, Quantity]] = []
    for each in above:
        if _is_none(said, each):
            continue
        for whole, taken in ((each, own), (own, each)):
            if whole.value <= max(taken.value, rest.value):
                continue
            apart = nearness(whole.value, taken.value + rest.value)
            strength = evidence(whole, [taken, rest])
            near = apart < _CLOSE and (paired or (sure > 1 and _share_a_name(said, each, own)))
            if (apart < _NEAR and (strength > 1 and (sure > 1 or paired))) or (near and strength > 0):
                found.append((strength, whole, taken))
    if not found:
        return None
    best = max(strength for strength, _, _ in found)
    _, whole, taken = next(each for each in reversed(found) if each[0] == best)
    return whole, [taken]


def _are_apart(said: str, own: Quantity, rest: Quantity) -> bool:
    """Whether another sentence's sign parts the two: what stands before a semicolon tells of another thing."""
    return "；" in said[own.end : rest.start]


def _of_two(said: str, above: Sequence[Quantity], rest: Quantity) -> tuple[Quantity, list[Quantity]] | None:
    """收入11万元。支出107500元。结余2500元: of what closes the two sentences before."""
    closing: list[Quantity] = []
    for one, two in pairwise([*above, rest]):
        if "。" in said[one.end : two.start] or "\n" in said[one.end : two.start]:
            closing.append(one)
    if len(closing) < 2 or any(_is_none(said, each, sums=True) for each in closing[-2:]):
        return None
    whole, taken = closing[-2:]
    if whole.value <= taken.value or said.count("。", taken.end, rest.start) > 1:
        return None
    likely = slip(whole.value - taken.value, rest.value) > 0 or evidence(whole, [taken, rest]) > 1
    return (whole, [taken]) if likely else None


def _share_a_name(said: str, one: Quantity, two: Quantity) -> bool:
    """一期460亩, and 征收到位的438亩都在一期范围."""
    name = re.sub(r"[^\u4e00-\u9fff]", "", label_of(said, one.start, _LEAD))
    near = said[max(two.start - _LEAD, 0) : two.end + _LEAD]
    return any(name[at : at + 2] in near for at in range(len(name) - 1))


def _slack(whole: Quantity, taken: Sequence[Quantity], rest: Quantity) -> Decimal:
    """What is left of round amounts and told to the last digit leaves nothing open: 11万元, 107500元 and 2500元."""
    if max(each.step for each in (whole, *taken)) > rest.step:
        return rest.step if rest.step < 1 else Decimal(0)
    return slack(whole, [*taken, rest])


def _holds(
    own: Sequence[Quantity], above: Sequence[Quantity], rest: Quantity, later: Sequence[Quantity]
) -> bool:
    """Whether any amount without those that follow it, some of them or one, leaves this one."""
    told = [*above[-_MOST:], *own]
    beyond = [Decimal(0), *accumulate(each.value for each in later)]
    for at, whole in enumerate(told):
        behind = told[at + 1 :]
        rough = _slack(whole, behind, rest)
        for first in range(len(behind)):
            if abs(sum(each.value for each in behind[first:]) - whole.value - rest.value) <= rough:
                return True  # what was taken is told first
            for taken in accumulate(each.value for each in behind[first:]):
                for more in beyond:
                    if abs(whole.value - taken - more - rest.value) <= rough:
                        return True
    values = {each.value for each in above}
    sums = accumulate((each.value for each in reversed(own)), initial=rest.value)
    return (any(each in values for each in sums) and bool(own)) or rest.value in values

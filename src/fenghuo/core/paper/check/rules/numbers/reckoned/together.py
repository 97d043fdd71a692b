"""What amounts told one after the other come to, summed up in whatever words: 议案14件、建议63件，加在一起七十七件.

前后相加九十一天; 正选56名，后备6名，合为六十二名; 头一期42人，第二期36人，第三期45人，前前后后一百二十三人;
往返84公里 of 单程42公里.
The parts are all amounts of the kind that stand in its sentence before the sum, or in the one above where the sum
stands
alone. Silent where any amounts in a row, or any two, make it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from ....document import Document
from ....finding import Finding
from ....numerals import folded, how_many
from ..faults import reckoned_wrong
from ..text.measured import Figure, alike, figures, near
from ..text.sentences import lead_of, opening_of, passages

_W = r"[\u4e00-\u9fff]"
_SUM = re.compile(
    rf"(?:[加合算连](?:在一[起道块]|起来|到一[起块]|拢来)|(?:前后|两者|[两二三四五六七八九]{_W}|首尾|一)?相加|前前后后|里里外外|合(?:为|在一起|共)|凑成|凑足|总起来|全(?:班|组|队|团|家|部)|拢共|统共|共总|一总|[两三四五六七八九]{_W}{{1,3}}下来|(?:两|三|四|五|几)?{_W}?(?:一共|总共|合计|共计|总计)|(?:[，。；：、]|^)(?:共|合|计|凡))(?:共|是|为|有|达|就是|一共)?(?:了)?$"
)
_STOPS = re.compile(
    r"其中|每|平均|均|比(?!例)|较|同比|增加|减少|各|个月|约|近|另外?|除|不含|不计|计划|目标|去年|上年|累计|分别|最"
)
_THESE = re.compile(
    rf"(?:这|以上|上述)?(?P<many>[两三四五六七八])(?:个|家|大)?{_W}{{1,2}}(?:一?共|合计|总计|都|全)?(?:来|去|有|收|用|种|出|得|卖|拿|运|派|到|产|走)?(?:了|到|走)?"
)
_WITH = re.compile(r"(?:连同|加上|算上|连上|带上|合上)[^。；\d]{0,20}$")
_NOW = re.compile(
    r"(?:现|共|总共|一共|已经?|就|便|一下子?|合计|总计|达|增)?(?:有了?|达到?|为|是|到|增至|变成|变为|成了?)$|(?:合计|共计|总计|总共|一共|共)$"
)
_ADDED = re.compile(
    r"(?:新?添|新增|增[加设添]|又(?:[建添开设来增])|再[建添开设增]|补充?)了?(?:[\u4e00-\u9fff]{0,3}|[\u4e00-\u9fff]{1,6}、[\u4e00-\u9fff、]{1,16})$"
)
_ARE = re.compile(r"(?:的|者)[有是为]$")
_FAR, _MOST = 60, 8
_LEAD = 14
"""Characters before an amount that tell what it is."""


def check(document: Document) -> Iterator[Finding]:
    """Told of the sum."""
    for start, passage in passages(document):
        said = folded(passage)
        told = figures(said)
        kinds: dict[str, list[Figure]] = {}
        for each in told:
            before = kinds.setdefault(each.kind, [])
            if before and not each.about and (_is_sum(said, each) or _of_them(said, each)):
                yield from _judged(said, start, each, before[-_MOST:])
            before.append(each)
        yield from _there_and_back(said, start, told)
        yield from _along_with(said, start, told)
        yield from _grown(said, start, told)
        yield from _both_of(said, start, told)


def _is_sum(said: str, total: Figure) -> bool:
    at = total.start
    if re.search(r"每|均", lead_of(said, at, _LEAD)):
        return False
    clause = re.split(r"[。；：（()）\d]", said[max(at - 12, 0) : at])[-1]
    mark = max((each.start() for each in re.finditer(r"[，、]", clause)), default=-1)
    return bool(_SUM.search(clause[max(mark, 0) :]))


def _of_them(said: str, total: Figure) -> int:
    """How many there are of what a clause begins with: two for 两村来了63人."""
    clause = re.split(r"[，。；：（()）]", said[max(total.start - 12, 0) : total.start])[-1]
    match = _THESE.fullmatch(clause)
    return how_many(match["many"]) if match else 0


def _judged(said: str, start: int, total: Figure, before: Sequence[Figure]) -> Iterator[Finding]:
    begin = opening_of(said, total.start)
    before = [each for each in before if not re.search(r"每|均", lead_of(said, each.start, _LEAD))]
    parts = [each for each in before if each.start >= begin]
    if len(parts) < 2 and not said[begin : total.start].strip(
        "前后两三者期段样处项地镇村家个笔相加起来在一合计共总为是的，"
    ):
        begin = opening_of(said, max(begin - 1, 0))
        parts = [each for each in before if each.start >= begin]
    if len(parts) < 2 or total.start - parts[-1].end > _FAR or any(each.about for each in parts):
        return
    if not _is_sum(said, total) and len(parts) != _of_them(said, total):
        return
    if any(each.value == total.value for each in before) or _made(total, before):
        return
    if _STOPS.search(lead_of(said, parts[0].start, _LEAD) + said[parts[0].end : total.start]):
        return
    sum_ = sum((each.value for each in parts), Decimal(0))
    # 盘子300户，做完186户、74户: a whole that stands before its parts is no part.
    if len(parts) > 2 and parts[0].value == sum_ - parts[0].value:
        return
    if max(each.value for each in parts) < total.value and near(sum_, total.value, least="0.7", most="1.4"):
        yield reckoned_wrong(
            said, start, total.told, total.written(sum_), [each.told for each in parts], " + "
        )


def _made(total: Figure, before: Sequence[Figure]) -> bool:
    """Whether amounts in a row, or any two, make it."""
    runs = [before[low:high] for low in range(len(before)) for high in range(low + 2, len(before) + 1)]
    return any(
        alike(sum((each.value for each in some), Decimal(0)), total, some)
        for some in (*runs, *combinations(before, 2))
    )


def _along_with(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    """四名教师…。连同去年派出的5人，现有9人."""
    for at, one in enumerate(told[:-1]):
        total = told[at + 1]
        begin = opening_of(said, one.start)
        match = _WITH.search(said, begin, one.start)
        if (
            not match
            or total.kind != one.kind
            or one.about
            or total.about
            or total.start - one.end > _FAR // 2
        ):
            continue
        if not _NOW.search(lead_of(said, total.start, _LEAD)) or "。" in said[one.end : total.start]:
            continue
        before = [each for each in told[max(at - _MOST, 0) : at] if each.kind == one.kind]
        rest = total.value - one.value
        if (
            not before
            or rest <= 0
            or any(each.value == rest for each in before)
            or _made(total, [*before, one])
        ):
            continue
        best = min(before, key=lambda each: abs(each.value - rest))
        if abs(best.value - rest) * 3 <= best.value:
            right = best.value + one.value
            yield reckoned_wrong(said, start, total.told, total.written(right), [best.told, one.told], " + ")


def _grown(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    """只有两个园区；如今添了三个，园区已经有了五个."""
    kinds: dict[str, list[Figure]] = {}
    for each in told:
        kinds.setdefault(each.kind, []).append(each)
    for kin in kinds.values():
        for was, more, now in zip(kin, kin[1:], kin[2:], strict=False):
            if any(each.about for each in (was, more, now)) or now.start - was.end > _FAR:
                continue
            if not _ADDED.search(
                re.split(r"[，。；：]", said[max(more.start - 24, 0) : more.start])[-1]
            ) or not _NOW.search(lead_of(said, now.start, _LEAD)):
                continue
            if _STOPS.search(said[was.end : more.start]) or "。" in said[more.end : now.start]:
                continue
            right = was.value + more.value
            if (
                right != now.value
                and now.value not in (was.value, more.value)
                and near(right, now.value, least="0.6", most="1.6")
            ):
                yield reckoned_wrong(said, start, now.told, now.written(right), [was.told, more.told], " + ")


def _both_of(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    """调派6辆消防车。…前者出4辆车，后者出2辆车; 十一项毛病。…立行立改的有6项，给三个月期限的有5项."""
    for at, (one, two) in enumerate(pairwise(told)):
        if one.kind != two.kind or one.about or two.about:
            far = next((each for each in told[at + 2 : at + 3] if each.kind == one.kind), None)
            if far is None or "，" not in said[one.end : far.start]:
                continue
            two = far
        labels = [lead_of(said, each.start, _LEAD) for each in (one, two)]
        of_two = labels[0].startswith("前者") and labels[1].startswith("后者")
        are = all(_ARE.search(each) for each in labels)
        if (
            not (of_two or are)
            or "。" in said[one.end : two.start]
            or said[one.end : two.start].count("，") > 1
        ):
            continue
        before = [each for each in told[max(at - 2 * _MOST, 0) : at] if each.kind == one.kind]
        after = [
            each
            for each in told[at + 2 : at + 5]
            if each.kind == one.kind and each.start >= two.end and "。" not in said[two.end : each.start]
        ]
        sum_ = one.value + two.value
        if not before or len({each.value for each in before if each.value > max(one.value, two.value)}) != 1:
            continue
        whole = max(before, key=lambda each: each.value)
        if (
            after
            or whole.about
            or any(each.value == sum_ for each in before)
            or _STOPS.search("".join(labels))
        ):
            continue
        if of_two and not _share_a_name(said, whole, two):
            continue
        if abs(whole.value - sum_) * 4 <= whole.value:
            yield reckoned_wrong(said, start, whole.told, whole.written(sum_), [one.told, two.told], " + ")


def _share_a_name(said: str, one: Figure, two: Figure) -> bool:
    names = [re.split(r"[，。；、：]", said[each.end : each.end + 6])[0] for each in (one, two)]
    return not names[1] or names[0].endswith(names[1]) or names[1].endswith(names[0])


def _there_and_back(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    """单程42公里，往返84公里."""
    for at, one in enumerate(told):
        if not re.search(rf"单[程边趟]{_W}{{0,3}}$", said[max(one.start - 8, 0) : one.start]) or one.about:
            continue
        for two in told[at + 1 : at + 3]:
            lead = re.split(r"[，。；、]", said[max(two.start - 8, 0) : two.start])[-1]
            if two.kind == one.kind and re.search(
                rf"(?:往返|来回|双[程边]|一个来回|打个来回){_W}{{0,3}}$", lead
            ):
                if (
                    not two.about
                    and not alike(2 * one.value, two, (one, one))
                    and near(2 * one.value, two.value)
                ):
                    yield reckoned_wrong(
                        said, start, two.told, two.written(2 * one.value), [one.told, one.told], " + "
                    )
                break

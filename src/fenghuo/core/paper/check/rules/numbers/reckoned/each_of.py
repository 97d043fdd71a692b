"""What so many of each come to, where the words of the other rules for it are not used.

每岗2人 of 固定劝导岗二十四个 and 需劝导员48人; 一组4人 of 三个组 and 总计十二人; 前十箱每箱四件，末两箱各三件 of
四十六件 in 12只樟木箱;
每个奖5000元 of four and 每人奖2000元 of seven, 共需3.4万元; 每隔15分钟发一班 of 15个半小时 and 六十三班; 每场30人，
唯末场17人.
Silent where any count of the paragraph makes the sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ..faults import counts_differ, reckoned_wrong
from ..text.measured import Figure, alike, amount, figures, near
from ..text.sentences import lead_of, opening_of, passages

_W = r"[\u4e00-\u9fff]"
_HAN = "一二两三四五六七八九十"
_N = rf"(?:\d{{1,4}}(?:\.\d+)?|[{_HAN}百]{{1,5}})"
_SUM = re.compile(
    rf"(?:[共总合]计|[一总拢]共|共|凡|[累小]?计|合(?:起来|为|到|下来|在一起)?|(?:加|合|算|连)(?:起来|在一起)|下来|当[月日年天季][^，。；\d]{{0,2}}|总[数量额人]{_W}{{0,2}}|全[年月班程部队季期天周][共需计上]?|需要?|应[有需]|可[停放住坐装容供发排]|[拉收运挣赚卖打]走?了?|用[去了掉]|演了|发车|前前后后|前后)(?:共|计|需要?|为|是|达|有|用|上|要)*{_W}{{0,4}}$"
)
_EACH = re.compile(
    rf"(?:每(?:一)?(?P<thing>个??{_W}{{1,6}}?)|(?P<mean>[户人村班组岗场日天月周年])均|(?:(?<=[，。；：、（])|^)[一1](?P<one>[组户班期人车队场间桌箱行排栏层栋台块片棚盒包袋瓶]|个{_W}))(?:的)?(?:定员|定额|坐满|配备?|需要?|派|安排|设|有|为|是|发|奖励?|补助?|补贴|装|栽|种|拨付?|收|交|缴|出|开|放|{_W})?{_W}{{0,2}}$"
)
_ROUGH = re.compile(
    r"约|近|超|逾|不足|至少|最[多少高低]|左右|以[上下内]|不[少低多高]于|不超过|标准|原则|或|起"
)
_STOPS = re.compile(r"其中|连同|加上|另外?|比(?!例)|较|增|减|优惠|折扣|除去|扣除|计划|上年|去年|目标")
_LESS = re.compile(r"优惠|折(?!合)|减免|抹零|实付|含")
_GROUP = re.compile(
    rf"(?P<n>{_N})(?P<u>[组箱班队桌排场间车栋层人户批期支个列行辆只袋])(?:每(?P<each>[组箱班队桌排场间车栋层人户批期支个列行辆只袋])|各|均|都)(?:有|装|是|为|坐|放|住|出|收|设)?(?P<m>{_N})(?P<v>{_W})"
)
_ONE_MORE = re.compile(
    rf"(?:最?[末后]一?|第[{_HAN}]|另一|余下一|剩下一)(?P<u>[组箱班队桌排场间车栋层户批期支个列行])(?:有|装|是|为|坐|放|只有|住)?(?P<m>{_N})(?P<v>{_W})"
)
_CHAIN = re.compile(rf"[，、；和]+(?:[末后前中其余下剩]{_W}{{0,3}}?|第[{_HAN}]到?)?$")
_LAST = re.compile(
    rf"每(?P<u>{_W})(?:{_W}{{0,3}}?)(?P<m>{_N})(?P<v>{_W})，(?:唯独?|只有|仅|但|除了?|不过)?(?:最?[末后][一]?|头一?|首)(?P=u)(?:{_W}{{0,4}}?)(?P<l>{_N})(?P=v)"
)
_EVERY = re.compile(rf"每隔?(?P<gap>{_N})(?P<of>分钟|小时|天|日)(?:{_W}{{0,3}}?)[一1](?P<u>[班趟次列班车])")
_THINGS = {"晚": "天", "日": "天", "夜": "天", "早": "天", "昼夜": "天", "岗位": "岗", "名": "人", "位": "人"}
_FAR, _MOST = 120, 24
_LEAD = 16
"""Characters before an amount that tell what it is."""


def check(document: Document) -> Iterator[Finding]:
    """Told of the sum."""
    for start, passage in passages(document):
        said = folded(passage)
        if not re.search("[每均各一]", said):
            continue
        told = figures(said)
        yield from _products(said, start, told)
        yield from _groups(said, start, told)
        yield from _divided(said, start, told)
        if "每" in said:
            yield from _but_the_last(said, start, told)
            yield from _every(said, start, told)


def _thing(said: str, each: Figure) -> str:
    """What an amount is for each of, or nothing."""
    match = _EACH.search(said, max(each.start - 16, 0), each.start)
    if not match or re.search(r"[，。；：]", match[0]):
        return ""
    return match["thing"] or match["mean"] or match["one"]


def _products(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    things = [(each, thing) for each in told if not each.about and (thing := _thing(said, each))]
    if not things:
        return
    for at, total in enumerate(told):
        lead = lead_of(said, total.start, _LEAD)
        if (
            total.about
            or not _SUM.search(lead)
            or _STOPS.search(lead)
            or any(total is each for each, _ in things)
        ):
            continue
        above = opening_of(said, max(opening_of(said, total.start) - 1, 0))
        each_of = [
            (each, thing)
            for each, thing in things
            if each.kind == total.kind and above <= each.start < total.start and each.value < total.value
        ]
        if not each_of or total.start - each_of[-1][0].end > _FAR:
            continue
        before = [each for each in told[max(at - _MOST, 0) : at] if not each.about]
        pairs = [
            (each, _so_many(said, [one for one in before if one is not each], thing, each))
            for each, thing in each_of
        ]
        if any(many is None for _, many in pairs):
            continue
        # 每天上午3学时、下午3学时: more than one is for each.
        kin = [one for one in before if one.kind == total.kind and one.start > each_of[0][0].start]
        if len(kin) >= len(each_of):
            continue
        stretch = said[each_of[0][0].end : total.start]
        if _STOPS.search(stretch) or _ROUGH.search(said[max(each_of[0][0].start - 8, 0) : total.start]):
            continue
        right = sum((each.value * many.told.value for each, many in pairs if many), Decimal(0))
        if _LESS.search(said[total.end : total.end + 12]):
            continue
        if _made(total, right, [each for each, _ in pairs], before) or not near(right, total.value):
            continue
        parts = [each.told for pair in pairs for each in pair if each]
        signs = [" × ", " + "] * len(pairs)
        yield reckoned_wrong(said, start, total.told, total.written(right), parts, signs[: len(parts) - 1])


def _made(total: Figure, right: Decimal, each_of: Sequence[Figure], before: Sequence[Figure]) -> bool:
    """Whether this or any other count times what each has is the sum; or it is told before, or the sum of two."""
    if alike(right, total):
        return True
    kin = [each.value for each in before if each.kind == total.kind]
    if total.value in kin or any(one + two == total.value for at, one in enumerate(kin) for two in kin[:at]):
        return True
    counts = [each.told.value for each in before if each not in each_of]
    products = [each.value * many for each in each_of for many in counts]
    if any(total.value - product in kin for product in (right, *products)):
        return True  # 组建30人的骨干队和5支村级队，每支12人，共计90人
    if any(alike(product, total) for product in products):
        return True
    # Three classes of 4, two hours each: a third number may be in it.
    return any(
        product and total.value % product == 0 and total.value / product in counts
        for product in products
        if product
    )


def _so_many(said: str, before: Sequence[Figure], thing: str, each: Figure) -> Figure | None:
    """The count of what each is meant of: the last that is counted in it, or named so right before or behind."""
    thing = _THINGS.get(thing, thing)
    name = thing.removeprefix("个")
    begin = each.start
    for _ in range(3):
        begin = opening_of(said, max(begin - 1, 0))
    found: list[Figure] = []
    for one in before:
        if one.start < begin or one.told.value < 2 or one.kind == each.kind:
            continue
        if (
            (
                thing == "天"
                and one.unit == "个"
                and re.match("工作日|营业日|开放日|晴天|雨天", said[one.end :])
            )
            or one.unit == thing
            or (name and one.unit == name)
            or (
                len(thing) == 1
                and thing != "个"
                and one.unit in "个只座处家间"
                and (
                    lead_of(said, one.start, _LEAD).endswith(thing)
                    or re.match(rf"{_W}{{0,4}}?{thing}(?=[，。；、：每轮一均]|$)", said[one.end :])
                )
            )
            or (name and one.unit == "个" and said.startswith(name, one.end))
            or (
                len(name) > 1
                and (
                    lead_of(said, one.start, _LEAD).endswith(name)
                    or re.match(rf"{_W}{{0,2}}{name}", said[one.end :])
                )
            )
        ):
            found.append(one)
    if len({one.told.value for one in found}) == 1:
        return found[-1]
    # 三百户，做完186户，剩下114户: of several the first that is more than all the others is all of them.
    whole = found and found[0].told.value > max(one.told.value for one in found[1:])
    return found[0] if whole else None


def _divided(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    """桂花树360棵，分栽12行，一行30棵."""
    for at, each in enumerate(told):
        begin = opening_of(said, each.start)
        thing = _thing(said, each)
        if not thing or each.about or _SUM.search(lead_of(said, each.start, _LEAD)):
            continue
        before = [one for one in told[max(at - _MOST, 0) : at] if one.start >= begin and not one.about]
        many = before[-1] if before else None
        wholes = [one for one in before[:-1] if one.kind == each.kind]
        if many is None or not wholes or len(before) > 3 or each.start - many.end > _FAR // 5:
            continue
        if _so_many(said, [many], thing, each) is None or _STOPS.search(said[wholes[-1].end : each.start]):
            continue
        right = wholes[-1].value / many.told.value
        even = right == each.value or any(
            one.value == each.value * two.told.value for one in wholes for two in told
        )
        end = re.compile(r"[。；\n]").search(said, each.end)
        goes_on = any(
            one.kind == each.kind
            for one in told[at + 1 : at + 4]
            if one.start < (end.start() if end else len(said))
        )
        if (
            even
            or goes_on
            or _ROUGH.search(said[max(each.start - 8, 0) : each.end + 3])
            or not near(right, each.value, least="0.6", most="1.6")
        ):
            continue
        if right % (each.told.step * each.worth) == 0:
            yield reckoned_wrong(
                said, start, each.told, each.written(right), [wholes[-1].told, many.told], " ÷ "
            )


def _groups(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    """前两组各7队，后两组各6队: how many groups there are, and how many in all."""
    chain: list[re.Match[str]] = []
    chains = [chain]
    for match in sorted((*_GROUP.finditer(said), *_ONE_MORE.finditer(said)), key=lambda each: each.start()):
        if match.re is _GROUP and match["each"] and match["each"] != match["u"]:
            continue
        if match.re is _ONE_MORE and not chain:
            continue
        if chain and (
            (chain[-1]["u"], chain[-1]["v"]) != (match["u"], match["v"])
            or not _CHAIN.fullmatch(said, chain[-1].end(), match.start())
        ):
            chain = []
            chains.append(chain)
        chain.append(match)
    for chain in chains:
        if len(chain) < 2 or re.match(r"[、，；]?(?:等|其余|余下|剩下|还|另)", said[chain[-1].end() :]):
            continue
        unit, of = chain[0]["u"], chain[0]["v"]
        counts = [
            (amount(each["n"]) if each.re is _GROUP else Decimal(1), amount(each["m"])) for each in chain
        ]
        many = sum((n for n, _ in counts), Decimal(0))
        whole = sum((n * m for n, m in counts), Decimal(0))
        low, high = opening_of(said, chain[0].start()), chain[-1].end()
        end = re.compile(r"[。\n]").search(said, high)
        around = [
            each
            for each in told
            if low <= each.start < (end.start() if end else len(said))
            and not chain[0].start() <= each.start < high
        ]
        parts = _Placed(chain[0].start(), high)
        for sign, right in ((of, whole), (unit, many)):
            kin = [each for each in around if _counts(said, each, sign)]
            if kin and not any(each.told.value == right for each in around):
                meant = min(kin, key=lambda each: abs(each.told.value - right))
                if near(right, meant.told.value, least="0.6", most="1.6"):
                    yield counts_differ(said, start, meant.told, parts, other=f"{right}{meant.unit}")


def _counts(said: str, each: Figure, sign: str) -> bool:
    if each.about:
        return False
    return (
        each.unit == sign
        or each.unit.startswith("支" + sign)
        or bool(
            each.unit in "个只支" and re.match(rf"{_W}{{0,4}}?{sign}(?=[，。；、：:]|$)", said[each.end :])
        )
    )


class _Placed:
    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end


def _but_the_last(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    """每场坐满30人，唯末场只有17人 of 28个 and 827人."""
    for match in _LAST.finditer(said):
        after = [each for each in told if each.start >= match.end() and _counts(said, each, match["v"])]
        before = [each for each in told if each.end <= match.start() and each.told.value > 1]
        total = after[0] if after and after[0].start - match.end() < 20 else None
        if total is None or total.about or not _SUM.search(lead_of(said, total.start, _LEAD)):
            continue
        m, last = amount(match["m"]), amount(match["l"])
        counts = [each for each in before if each.unit in (match["u"], "个", "间", "场", "期", "批")]
        rights = [(each.told.value - 1) * m + last for each in counts]
        best = min(rights, key=lambda each: abs(each - total.told.value), default=None)
        if (
            best is None
            or total.told.value in rights
            or not near(best, total.told.value, least="0.6", most="1.6")
        ):
            continue
        yield counts_differ(said, start, total.told, _Placed(*match.span()), other=f"{best}{total.unit}")


def _every(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    """每隔15分钟发一班 in 15个半小时: sixty-two of them, or one more."""
    worth = {"分钟": 1, "小时": 60, "天": 1440, "日": 1440}
    for match in _EVERY.finditer(said):
        gap = amount(match["gap"]) * worth[match["of"]]
        begin = opening_of(said, match.start())
        lasts = [
            each for each in told if each.kind == "time" and begin <= each.start and each.end <= match.start()
        ]
        many = [
            each for each in told if match.end() <= each.start <= match.end() + 14 and each.unit == match["u"]
        ]
        if len(lasts) != 1 or not many or not gap or many[0].about or lasts[0].about:
            continue
        times = lasts[0].value / gap
        told_times = many[0].told.value
        fits = told_times in (times, times + 1, 2 * times, 2 * times + 2)
        if times == round(times) and not fits and near(times, told_times, least="0.6", most="1.6"):
            yield counts_differ(
                said,
                start,
                many[0].told,
                _Placed(lasts[0].start, match.end()),
                other=f"{times + 1:f}{match['u']}",
            )

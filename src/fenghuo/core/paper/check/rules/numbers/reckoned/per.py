"""How many times, how many to each, which part: what two amounts before it come to, told in words.

后者恰是前者的16倍; 每四名普查员配一名指导员; 一个普查区平均管五个小区; 64万人次，平均每天8万人次 of 八天;
按三比一分担，省级出4200万元，市级出1400万元;
建成1.8万亩，完成了八成; 占四成，其余六成. Told where the amounts meant come out even and so leave no doubt. Silent
where any
two of their kinds make what is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ....document import Document
from ....finding import Finding, Span
from ....numerals import folded
from ..faults import counts_differ, rate_wrong, reckoned_wrong
from ..rates.fractions import OWN_SHARE
from ..text.measured import Figure, amount, figures, near
from ..text.quantities import plain
from ..text.sentences import opening_of, passages
from .restated import SAME

_W = r"[\u4e00-\u9fff]"
_HAN = "一二两三四五六七八九十"
_N = rf"(?:\d{{1,4}}(?:\.\d+)?|[{_HAN}百]{{1,5}})"
_TIMES = re.compile(
    rf"(?P<one>前者|后者|{_W}{{2,10}}?)(?:{_W}{{0,4}}?)(?:是|为|达到?|相当于|等于|等同于)(?:了)?(?P<two>前者|后者|{_W}{{2,10}}?)(?:{_W}{{0,4}}?)的(?P<found>(?P<many>{_N})倍)(?!多|余|以上|左右|[数增])"
)
_UNIT = r"[名位个人户家所台辆只座处间条村班组亩]"
_TO_EACH = re.compile(
    rf"(?:(?:相当于|等于|平均|折合|合)?每(?P<first>{_N})?|(?:平均)(?:每)?(?P<alone>[一1])|(?<![{_W[1:-1]}])(?P<only>[一1]))(?P<u>{_UNIT}|支队伍)(?P<x>{_W}{{2,11}}?)(?P<found>(?P<second>{_N})(?P<v>{_UNIT}))(?P<y>{_W}{{2,7}})?"
)
_MEAN = re.compile(
    rf"(?:平均每?|每(?=[天日晚夜月班周]))(?:一)?个?(?P<each>{_W}{{1,4}}?)(?:平均)?{_W}{{0,4}}$|(?P<thing>[日月周年人户村班校组台])均{_W}{{0,6}}$"
)
_PARTS = re.compile(
    rf"(?:按照?|(?:之比|比例|配比|比率)(?:为|是|约?为))(?P<a>{_N})[比:：∶](?P<b>{_N})(?!比|[:：∶\d])(?:的)?(?:比例|比)?[，,]?{_W}{{1,8}}"
)
_TENTH = re.compile(
    r"(?:占到?|为|是|有|达到?)(?:了|总\w{1,3}的)?(?P<one>[一二两三四五六七八九1-9])成(?![立为本效果员交绩就熟色见心语品人天分套批婚功活])"
)
_REST = re.compile(
    r"(?P<lead>[^。；\n]{0,24}?[，；](?:其余|余下|剩下|剩余|另外|另)(?:的|有)?)(?P<found>(?P<two>[一二两三四五六七八九1-9])成)(?![立为本效果员交绩就熟色见心语品人天分套批婚功活])"
)
_T = r"(?:占到?|为|是)?[一二两三四五六七八九1-9]成(?![立为本效果员交绩就熟色见心语品人天分套批婚功活半多以])"
_THREE = re.compile(
    rf"(?:[^，。；、\d]{{1,10}}{_T}[，、；]){{2,4}}(?:其余|余下|剩下|剩余|另外)(?:的|有|约)?(?P<found>[一二两三四五六七八九1-9]成)(?![立本效果员交绩就熟半多以])"
)
_BESIDE = re.compile(
    r"(?P<x>[\u4e00-\u9fff]{2,6})(?:之|以)外[^，。；]{0,10}?占[到了]?(?P<one>[一二两三四五六七八九1-9])成[，；](?P=x)[^，。；\d]{0,6}?占[到了]?(?P<found>(?P<two>[一二两三四五六七八九1-9])成)"
)
_SHARE = re.compile(
    rf"(?P<lead>[^，。；、\d]{{0,12}}?(?:完成|占|为|是|达|建成|用掉|用去|用|实现|超过)[^，。；、\d]{{0,10}}?)(?P<found>(?P<tenths>[一二两三四五六七八九1-9])成(?![立为本效果员交绩就熟色见心语品人天分套批婚功活半])|(?P<of>[{_HAN}]{{1,2}})分之(?P<many>[{_HAN}]{{1,2}}))"
)
_ROUGH = re.compile(r"约|近|超|逾|不足|多|大概|左右|以上|不到|余|强|弱|将")
_APART = re.compile(r"其中|同比|去年|上年|比(?!例)|较")
_NEAR_NAME, _MOST = 12, 10
_EVEN = Decimal("0.0005")
_THINGS = {"日": "天", "晚": "天", "夜": "天", "昼夜": "天", "星期": "周", "名": "人", "位": "人"}


def check(document: Document) -> Iterator[Finding]:
    """Told of the words that say how many times or which part."""
    for start, passage in passages(document):
        said = folded(passage)
        told = figures(said)
        if "倍" in said:
            yield from _multiples(said, start, told)
        if re.search("[每均一1]", said):
            yield from _to_each(said, start, told)
            yield from _means(said, start, told)
        if "比" in said:
            yield from _parted(said, start, told)
        if "成" in said or "分之" in said:
            yield from _tenths(said, start)
            yield from _shares(said, start, told)


def _multiples(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    for match in _TIMES.finditer(said):
        many = amount(match["many"])
        if not many or _ROUGH.search(match[0]):
            continue
        above = opening_of(said, max(opening_of(said, match.start()) - 1, 0))
        before = [
            each for each in told if above <= each.start and each.end <= match.start() and not each.about
        ]
        pair = _compared(said, before, match)
        if pair is None or not pair[1].value:
            continue
        one, two = pair
        right = one.value / two.value
        exact = (
            Decimal(1).scaleb(many.as_tuple().exponent) / 2
            if isinstance(many.as_tuple().exponent, int)
            else 0
        )
        sure = {match["one"], match["two"]} == {"前者", "后者"}
        kin = [] if sure else [each for each in told if each.kind == one.kind][-2 * _MOST :]
        if abs(right - many) <= exact or any(
            b.value and abs(a.value / b.value - many) <= exact for a in kin for b in kin
        ):
            continue
        if near(right, many) and right > 1:
            yield rate_wrong(
                said,
                start,
                Span(*match.span("found")),
                one.told,
                two.told,
                f"{plain(round(right, 2).normalize())}倍",
            )


def _compared(said: str, before: Sequence[Figure], match: re.Match[str]) -> tuple[Figure, Figure] | None:
    """The amounts of two kinds alike that 前者 and 后者 mean, or that stand beside two names."""
    last = before[-1] if before else None
    if last is None:
        return None
    kin = [each for each in before if each.kind == last.kind]
    words = match["one"], match["two"]
    if set(words) == {"前者", "后者"}:
        # 1500亩，折100公顷；2.4万亩，折1600公顷: what is told twice counts once.
        once = [
            each
            for at, each in enumerate(kin)
            if not at or not SAME.fullmatch(said[kin[at - 1].end : each.start])
        ]
        if len(once) < 2:
            return None
        former, latter = once[-2:]
        return (latter, former) if words[0] == "后者" else (former, latter)
    found = [_named(said, kin, word) for word in words]
    return (found[0], found[1]) if found[0] and found[1] and found[0] is not found[1] else None


def _named(said: str, kin: Sequence[Figure], word: str) -> Figure | None:
    """The one amount that a name stands right before."""
    word = re.sub(r"的|面积|长度|数量|人数|总量", "", word)
    found = [
        each
        for each in kin
        if len(word) > 1
        and word in re.split(r"[，。；]", said[max(each.start - _NEAR_NAME, 0) : each.start])[-1]
    ]
    return found[0] if len(found) == 1 else None


def _to_each(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    for match in _TO_EACH.finditer(said):
        first = amount(match["first"]) if match["first"] else Decimal(1)
        second = amount(match["second"])
        before = [each for each in told if each.end <= match.start() and not each.about][-2 * _MOST :]
        one, two = (
            _counted(said, before, match["u"], match["x"]),
            _counted(said, before, match["v"], match["y"] or ""),
        )
        if (
            not one
            or not two
            or one is two
            or not (first and second)
            or _ROUGH.search(match[0][: -len(match["y"] or "") or None])
        ):
            continue
        # n1 of the one go with n2 of the other.
        right, asked = one.value / two.value, first / second
        if abs(right - asked) * 20 <= right:
            continue
        even = max(right, 1 / right)
        if abs(even - round(even)) < _EVEN and near(right, asked):
            yield counts_differ(
                said,
                start,
                Span(*match.span()),
                Span(one.start, two.end) if one.start < two.start else Span(two.start, one.end),
            )


def _counted(said: str, before: Sequence[Figure], unit: str, name: str) -> Figure | None:
    """The one count of a name, which stands before it or behind it: 普查员1240人, 310名指导员."""
    if len(name) < 2:
        return None
    heads = "人名位"
    found = []
    for each in before:
        if each.unit != unit and not (each.unit in heads and unit in heads):
            continue
        lead = re.split(r"[，。；、：\d]", said[max(each.start - _NEAR_NAME, 0) : each.start])[-1]
        behind = said[each.end : each.end + 8]
        for size in range(len(name), 1, -1):
            if lead.endswith((name[:size], name[-size:])) or behind.startswith(name[:size]):
                found.append((size, each))
                break
    best = max((size for size, _ in found), default=0)
    chosen = [each for size, each in found if size == best]
    return chosen[0] if len(chosen) == 1 else None


def _means(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    """64万人次 in 八天, 平均每天8万人次."""
    for at, mean in enumerate(told):
        lead = re.split(r"[，。；、：（()）\d]", said[max(mean.start - 14, 0) : mean.start])[-1]
        match = _MEAN.search(lead)
        if not match or mean.about or _ROUGH.search(lead) or re.search("合计|总计|共", lead):
            continue
        thing = match["thing"] or match["each"]
        thing = _THINGS.get(thing, thing)
        above = opening_of(said, max(opening_of(said, mean.start) - 1, 0))
        around = [each for each in told[max(at - 2 * _MOST, 0) : at] if not each.about]
        wholes = [
            each
            for each in around
            if each.kind == mean.kind
            and each.value > mean.value
            and not re.search(r"均|每", said[max(each.start - 8, 0) : each.start])
        ]
        many = [each for each in around if _is_of(said, each, thing) and each.told.value > 1]
        if any(_makes(whole, each.told.value, mean) for whole in wholes for each in many):
            continue
        own = [each for each in many if each.start >= above]
        spread = None if own else _calendar(said, wholes, above, thing, mean.start)
        if spread and not any(_makes(spread[0], each, mean) for each in spread[1]):
            right = spread[0].value / spread[1][0]
            if _even(right, mean) and near(right, mean.value, least="0.6", most="1.6"):
                yield reckoned_wrong(said, start, mean.told, mean.written(right), [spread[0].told], "")
        if not own:
            continue
        n = own[-1].told.value
        begin = opening_of(said, mean.start)
        even = [
            each
            for each in wholes
            if each.start >= (begin if len(wholes) > 1 and wholes[-1].start >= begin else above)
            and _even(each.value / n, mean)
        ]
        best = min(even, key=lambda each: abs(each.value / n - mean.value), default=None)
        if best is not None and near(best.value / n, mean.value, least="0.6", most="1.6"):
            yield reckoned_wrong(
                said, start, mean.told, mean.written(best.value / n), [best.told, own[-1].told], " ÷ "
            )


def _calendar(
    said: str, wholes: Sequence[Figure], above: int, thing: str, at: int
) -> tuple[Figure, Sequence[Decimal]] | None:
    """Of how many days or months the last whole is told: 全年接诊3650人次, 上半年, 一季度."""
    whole = wholes[-1] if wholes and wholes[-1].start >= above else None
    if whole and not re.fullmatch(r"[^。；\d]{0,16}", said[whole.end : at]):
        return None
    lead = re.split(r"[。；]", said[max(whole.start - 20, 0) : whole.start])[-1] if whole else ""
    for words, days, months in (
        (r"全年|一年|年度", (365, 366), 12),
        (r"半年", (181, 182, 184), 6),
        (r"季度", (90, 91, 92), 3),
    ):
        if whole and re.search(words, lead):
            return whole, [
                Decimal(each) for each in (days if thing == "天" else (months,) if thing == "月" else ())
            ] or [Decimal(1)]
    return None


def _makes(whole: Figure, many: Decimal, mean: Figure) -> bool:
    """Whether a division makes the mean, rounded or cut off."""
    right, last = whole.value / many, mean.told.step * mean.worth
    if right % last == 0 and not whole.slack:
        return right == mean.value
    slack = max(last if mean.value >= last * 20 else last / 2, whole.slack / many)
    return abs(right - mean.value) <= slack + right / 500


def _even(right: Decimal, mean: Figure) -> bool:
    """Whether a division comes out at as many digits as the mean has."""
    unit = mean.told.step * mean.worth
    return right % unit == 0


def _is_of(said: str, each: Figure, thing: str) -> bool:
    if each.unit == thing:
        return True
    return len(thing) > 1 and each.unit == "个" and said.startswith(thing, each.end)


def _parted(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    for match in _PARTS.finditer(said):
        a, b = amount(match["a"]), amount(match["b"])
        stop = re.compile(r"[。；\n]").search(said, match.end())
        after = [each for each in told if match.end() <= each.start < (stop.start() if stop else len(said))]
        if len(after) != 2 or not (a and b):
            continue
        one, two = after
        if (
            one.kind != two.kind
            or not two.value
            or one.about
            or two.about
            or two.start - match.end() > 40
            or "约" in match[0]
        ):
            continue
        right = one.value / two.value
        if right not in (a / b, b / a) and abs(right - a / b) * 50 > right and near(right, a / b):
            yield rate_wrong(
                said,
                start,
                Span(match.start("a"), match.end("b")),
                one.told,
                two.told,
                f"{plain(round(right, 2).normalize())}∶1",
            )


def _tenths(said: str, start: int) -> Iterator[Finding]:
    """占四成，其余六成; 门票之外的占七成，门票只占三成."""
    pairs = []
    for three in _THREE.finditer(said):
        tenths = [amount(each) for each in re.findall(r"([一二两三四五六七八九1-9])成", three[0])]
        if sum(tenths) != 10 and not _ROUGH.search(three[0].replace("其余", "")) and sum(tenths[:-1]) < 10:
            right = "十一二三四五六七八九"[int(10 - sum(tenths[:-1]))]
            others = "、".join(re.findall(r"[一二两三四五六七八九1-9]成", three[0])[:-1])
            yield rate_wrong(said, start, Span(*three.span("found")), others, "十成", f"{right}成")
    for first in _TENTH.finditer(said):
        rest = _REST.match(said, first.end())
        begin = max(said.rfind(sign, 0, first.start()) for sign in "。；\n") + 1
        if rest and not _TENTH.search(rest["lead"]) and not _TENTH.search(said, begin, first.start()):
            pairs.append((first["one"], rest))
    pairs += [(match["one"], match) for match in _BESIDE.finditer(said)]
    for one, match in pairs:
        first, second = amount(one), amount(match["two"])
        if first + second != 10 and not _rough(said, match):
            if len(re.findall("成", said[match.start() : match.end()])) > 1 + (match.re is _BESIDE):
                continue
            right = "十一二三四五六七八九"[int(10 - first)]
            yield rate_wrong(said, start, Span(*match.span("found")), f"{one}成", "十成", f"{right}成")


def _rough(said: str, match: re.Match[str]) -> bool:
    begin = match.start("found")
    return bool(
        re.search(r"约|近|超|逾|大概|不足|不到|多半$", said[max(begin - 3, 0) : begin])
        or re.match(r"[多余强弱]|左右|以[上下]", said[match.end() :])
    )


def _shares(said: str, start: int, told: Sequence[Figure]) -> Iterator[Finding]:
    """建成1.8万亩，完成了八成 of 2.25万亩; 拨出49万元，为所募之数的三分之二."""
    for part in told:
        match = re.compile(r"[，,]").match(said, part.end)
        share = _SHARE.match(said, match.end()) if match else None
        if (
            not share
            or part.about
            or "分别" in share["lead"]
            or _ROUGH.search(share["lead"])
            or _ROUGH.match(said, share.end())
        ):
            continue
        asked = (
            amount(share["tenths"]) / 10
            if share["tenths"]
            else amount(share["many"]) / (amount(share["of"]) or 1)
        )
        kin = [each for each in told if each.kind == part.kind and each.end <= share.start()][-_MOST:]
        if any(
            b.value
            and min(abs(a.value / b.value - asked), abs(abs(a.value - b.value) / b.value - asked))
            <= Decimal("0.03")
            for a in kin
            for b in kin
        ):
            continue
        if any(
            abs(part.value / (part.value + b.value) - asked) <= Decimal("0.03") for b in kin if b is not part
        ):
            continue
        above = opening_of(said, max(opening_of(said, part.start) - 1, 0))
        wholes = [each for each in kin if each.value > part.value and above <= each.start < part.start]
        for whole in wholes:
            right = part.value / whole.value
            if OWN_SHARE.match(said, whole.end):
                continue
            if _simple(right) and near(right, asked) and not _APART.search(said[whole.end : part.start]):
                words = (
                    f"{plain(round(right * 10, 2).normalize())}成"
                    if share["tenths"]
                    else f"{right * 100:.1f}%"
                )
                yield rate_wrong(said, start, Span(*share.span("found")), part.told, whole.told, words)
                break


def _simple(right: Decimal) -> bool:
    """Whether it is one of a few parts: 2/3, 3/4, 7/10."""
    return any(abs(right * of - round(right * of)) <= _EVEN * of and round(right * of) for of in range(2, 11))

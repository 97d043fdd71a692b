"""So much for each of so many, and what that comes to: 24人，分成6个组，每组4人; 12个村60户，每村5户."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded, how_many
from ..faults import reckoned_wrong
from ..text.quantities import Quantity, is_apiece, quantities
from ..text.sentences import passages
from ..text.slips import slipped

_VERB = (
    r"(?:[^，。；、：\d]{0,6}?(?:补助|补贴|安排|选派|派出|派|配备|配发|配置|配|发放|奖励|明确|确定|设置?|抽取|抽查|走访|培训|支持|拨付|给予|"
    r"负责|包[联抓片干保]?|联系|督导|承担|不?需|有|为|各|约))?"
)
_EACH = re.compile(rf"(?:每(?P<thing>个?[\u4e00-\u9fff]{{1,5}}?)|(?P<mean>[户人村亩组班校])均){_VERB}$")
# 每站配备抽水泵1台、救生绳2根、沙袋300条: what each has is a list.
_EACH_OF = re.compile(
    r"每(?P<thing>个?[\u4e00-\u9fff]{1,3}?)[^，。；、：\d]{0,10}\d+[\u4e00-\u9fff](?:、[^，。；、：\d]{1,8}\d+[\u4e00-\u9fff]){0,5}、(?P<what>[^，。；、：\d]{2,8})$"
)
_BOTH = re.compile(r"(?:男女|[两二][\u4e00-\u9fff]{1,2})(?:生|性|队)?各$")
_NOT_COUNTED = re.compile(r"^(?:个?(?:[年月日天周季晚夜次轮]|季度|学期|星期|小时|分钟|平方米|公里))")
_ROUGH = re.compile(r"至少|不少于|不低于|不超过|最[高多低少]|约|以[上内下]|左右|原则|起步")
_AT_LEAST = re.compile(r"(?:不少于|不低于|至少)$")
_SUM = re.compile(r"(?:小计|合计|共计|总计|共需?|计)[^，。；、\d]{0,8}$")
_BESIDE = re.compile(r"[，,]?\s*(?:平均)?")
_BREAK = re.compile(r"[。；！？\n]")
_STOPS = re.compile(r"其中|连同|加上|每|另|比|较|增|减|标准|提高|调整|不足")
_BODY = re.compile(r"^(?:行政)?(?P<body>村|社区|乡镇|镇|乡|街道|学校|网格)$")
_BODIES = re.compile(
    r"全[镇县乡区市街][^，。；\d]{0,6}(?P<many>\d+)个(?:行政)?(?P<body>村|社区|乡镇|镇|乡|街道|学校|网格)"
)
_ALL_OF_THEM = re.compile(
    r"(?P<one>\d+)个[^，。；、\d]{1,12}(?:[（(][^（）()]{1,6}[)）])?[和及与、](?P<two>\d+)个[^，。；、\d]{1,12}?(?:均|都|全部|各自?|分别)"
    r"[^。；\d]{1,30}?，(?:共计|合计|共|总计)(?:[^，。；\d]{0,4})(?P<all>\d+)[份个套场次]"
)
_FEW = re.compile(
    r"(?:(?<=[，。；：由])|^)(?P<many>[两二三四五六七八九十])(?:个)?[县区市乡镇村街站所组校局][（(]?[县区市乡镇村街站所局]?[)）]?各[\u4e00-\u9fff]{1,4}"
    r"(?P<has>\d+[\u4e00-\u9fff])，(?:共|共计|合计|总计)(?P<all>\d+[\u4e00-\u9fff])(?=[，。；、]|$)"
)
_LEAST, _MOST = Decimal("0.4"), Decimal("2.5")
_FAR, _MANY, _LISTED = 200, 20, 70
"""Signs, amounts, and signs of one list, before and behind that belong to what each has at the most."""
_MEAN = Decimal("0.1")
"""How far a mean may lie from what it was rounded from, as a share of it."""


_EACH_OF_SO_MANY = re.compile(
    r"(?P<many>\d+)个(?:[\u4e00-\u9fff]{1,6}?)各[^，。；、：\d]{0,6}(?P<has>\d+(?!\.)[\u4e00-\u9fff])(?=[，。；]|$)"
)
_SIGNED = re.compile(
    r"(?P<one>\d+)个[^，。；、：\d和及与]{1,8}(?:[（(][^（）()\d]{1,6}[)）])?[和及与、][^，。；、：\d]{0,4}?(?P<two>\d+)个[^，。；、：\d和及与]{1,8}(?:[（(][^（）()\d]{1,6}[)）])?"
    r"[^，。；、：\d和及与]{0,4}(?:签订|签|递交|提交|报送|上交|上报|缴纳|立下)[^，。；\d]{1,12}[，]?[^，。；\d]{0,4}?(?P<all>\d+)份"
)
"""9个乡镇、5个林场递交责任状14份: each hands in one."""


def check(document: Document) -> Iterator[Finding]:
    """Silent where any count and any sum of the sentence agree with what each has."""
    bodies: dict[str, set[int]] | None = None
    for start, passage in passages(document):
        said = folded(passage)
        yield from _one_each(said, start)
        yield from _each_of_few(said, start)
        yield from _each_of_so_many(said, start)
        if "每" not in said and "均" not in said:
            continue
        counted = [each for each in quantities(said) if each.unit and each.unit != "%"]
        for at, ration in enumerate(counted):
            least = _AT_LEAST.search(said, max(ration.start - 4, 0), ration.start)
            match = _each(said, least.start() if least else ration.start)
            if not match or not ration.value:
                continue
            thing = match["thing"] or match["mean"]
            if (
                _NOT_COUNTED.match(thing)
                or (ration.about and not least)
                or (_ROUGH.search(said[match.start() : ration.end + 3]) and not least)
            ):
                continue
            if bodies is None:
                bodies = _told_bodies(document)
            yield from _judged(said, start, counted, at, match, bodies)


def _each(said: str, end: int) -> re.Match[str] | None:
    """What tells that an amount is what each has."""
    near = _EACH.search(said, max(end - 18, 0), end)
    if near or said.rfind("每", max(end - _LISTED, 0), end) < 0:
        return near
    return _EACH_OF.search(said, max(end - _LISTED, 0), end)


def _judged(
    said: str,
    start: int,
    counted: Sequence[Quantity],
    at: int,
    match: re.Match[str],
    bodies: dict[str, set[int]],
) -> Iterator[Finding]:
    ration = counted[at]
    thing = match["thing"] or match["mean"]
    low = max(
        (each.end() for each in _BREAK.finditer(said, max(match.start() - _FAR, 0), match.start())), default=0
    )
    low = max(low, match.start() - _FAR)
    end = _BREAK.search(said, ration.end, ration.end + _FAR)
    high = end.start() if end else ration.end + _FAR
    near = counted[max(at - _MANY, 0) : at + _MANY]
    inside = [each for each in near if low <= each.start < high and each is not ration]
    sums = _sums(said, inside, ration, match.start())
    if not sums or any(each.about for each in sums):
        return
    many = [
        each
        for each in inside
        if each.end <= match.start() and each not in sums and not each.about and _names(said, each, thing)
    ]
    many = [each for each in many if not _EACH.search(said, max(each.start - 18, 0), each.start)]
    # Of 4期，前3期每期120人 those of which each is told are the first three.
    many = [each for each in many if said.endswith("前", 0, each.start)] or many
    listed = match.re is _EACH_OF
    least = _AT_LEAST.search(said, match.start(), ration.start)
    if not many and (listed or not match["mean"]):
        if not least:
            yield from _of_bodies(said, start, ration, sums, bodies, thing)
        return
    if len(many) != 1 or len(sums) != 1 or not many[0].value:
        return
    count, total = many[0], sums[0]
    if re.search(r"各[^，。；\d]{0,4}$", said[: count.start]):
        return  # 两镇各派1个组，每组3人，共6人
    if any(each.unit == count.unit and each.value * ration.value == total.value for each in inside):
        return  # 20条，每年4条，每条补助40万元，共800万元
    right = count.value * ration.value * (2 if _BOTH.search(said, match.start(), ration.start) else 1)
    rest = [each for each in inside if each.start >= ration.end]
    if said.endswith("前", 0, count.start) and total.end <= count.start:
        # 前十箱每箱四件，末两箱各三件: what those behind the first have comes to it.
        if len(rest) < 2 or rest[0].unit != count.unit or rest[1].unit != total.unit:
            return
        right += rest[0].value * rest[1].value
    elif said.endswith("前", 0, count.start):
        right += sum(
            (
                each.value
                for each in inside
                if ration.end <= each.start < total.start and each.unit == total.unit
            ),
            Decimal(0),
        )
    slack = total.step if total.step > 1 or right % 1 else Decimal(0)
    if (not listed and match["mean"]) or said[: match.start()].endswith("平均"):
        slack = max(slack, right * _MEAN)
    if any(each.unit == total.unit and each.value == total.value - right for each in inside):
        return  # 30人的专业队和9支队伍，每支15人，共计165人
    if listed and match["what"] not in said[max(total.start - 12, ration.end) : total.start]:
        return
    more = total.value > right and "需" not in said[max(total.start - 8, ration.end) : total.start]
    if least and (more or not slipped(right, total.value, least=2)):
        return  # more than the least may be sent, though what is needed is the least
    if abs(right - total.value) <= slack or not total.value * _LEAST <= right <= total.value * _MOST:
        return
    yield reckoned_wrong(said, start, total, right, (count, ration))


def _sums(said: str, inside: Sequence[Quantity], ration: Quantity, begin: int) -> list[Quantity]:
    """What all of them have together: the amount called the sum behind, or the one told just before."""
    after = [
        each
        for each in inside
        if each.start >= ration.end
        and each.unit == ration.unit
        and _SUM.search(said[max(each.start - 16, 0) : each.start])
    ]
    if after:
        return [] if _STOPS.search(said[ration.end : after[0].start]) else after[:1]
    before = [each for each in inside if each.end <= begin and each.unit == ration.unit]
    before = [each for each in before if not is_apiece(said, each)]  # 每期60人 are themselves what each has
    if ration.unit == "个":  # 5个工作组 are none of the 12个乡镇, of which each has 3个乡镇
        noun = said[ration.end : ration.end + 2]
        before = [each for each in before if said.startswith(noun, each.end)]
    if len(before) > 1 and _BESIDE.fullmatch(said[before[-1].end : begin]):
        before = before[-1:]
    if len(before) != 1 or _STOPS.search(said[before[0].end : begin]):
        return []
    return before if len(re.findall(r"[，,]", said[before[0].end : begin])) <= 2 else []


def _names(said: str, count: Quantity, thing: str) -> bool:
    """Whether an amount counts what each of is told: 6个组 of 每组, 示范社区4个 of 每个社区, 32名 of 每人."""
    core = thing[1:] if len(thing) > 1 and thing[0] in "个名座处户家条" else thing
    if count.unit == core or (core == "人" and count.unit in "名人"):
        return True
    clause = re.split(r"[，。；、,]", said[count.end : count.end + 24])[0]
    clause = re.sub(r"[（(][^（）()]*[)）]", "", clause)
    behind = re.split(r"\d|每", clause)[0]
    if (
        behind.startswith(core)
        or (len(core) == 1 and behind[1:2] == core)
        or (behind.endswith(core) and len(core) < len(behind))
    ):
        return True
    label = re.split(r"[，。；、,：:]", said[max(count.start - 16, 0) : count.start])[-1]
    return not behind and label.endswith(core)


def _told_bodies(document: Document) -> dict[str, set[int]]:
    """How many villages, schools and the like the paper says there are in all."""
    found: dict[str, set[int]] = {}
    for _, passage in passages(document):
        for match in _BODIES.finditer(folded(passage)):
            found.setdefault(match["body"], set()).add(int(match["many"]))
    return found


def _of_bodies(
    said: str,
    start: int,
    ration: Quantity,
    sums: Sequence[Quantity],
    bodies: dict[str, set[int]],
    thing: str,
) -> Iterator[Finding]:
    """添置车辆18辆，每村1辆, in a paper of 全镇16个村."""
    body = _BODY.match(thing.removeprefix("个"))
    told = bodies.get(body["body"], set()) if body else set()
    if len(told) != 1 or len(sums) != 1:
        return
    many = Decimal(next(iter(told)))
    right = many * ration.value
    if right != sums[0].value and sums[0].value * _LEAST <= right <= sums[0].value * _MOST:
        yield reckoned_wrong(said, start, sums[0], right, (ration,))


def _each_of_few(said: str, start: int) -> Iterator[Finding]:
    """三县（区）各抽调8人，共24人: so few that they are counted in words."""
    for match in _FEW.finditer(said) if "各" in said else ():
        many = how_many(match["many"])
        has, total = (
            quantities(match["has"], match.start("has")),
            quantities(match["all"], match.start("all")),
        )
        if len(has) != 1 or len(total) != 1 or has[0].unit != total[0].unit or not many:
            continue
        if has[0].value * many != total[0].value:
            them = replace(has[0], start=match.start("many"), end=match.end("many"), value=Decimal(many))
            yield reckoned_wrong(said, start, total[0], has[0].value * many, [them, has[0]])


def _each_of_so_many(said: str, start: int) -> Iterator[Finding]:
    """张贴公告210张，21个村各10张: the amount right before is that of all."""
    for match in _EACH_OF_SO_MANY.finditer(said) if "各" in said else ():
        counted = quantities(
            said[max(match.start() - _LISTED, 0) : match.end()], max(match.start() - _LISTED, 0)
        )
        at = next((at for at, each in enumerate(counted) if each.start == match.start("many")), 0)
        if not at or len(counted) != at + 2:
            continue
        total, many, has = counted[at - 1 :]
        right = many.value * has.value
        end = _BREAK.search(said, has.end, has.end + _FAR)
        behind = quantities(said[has.end : end.start() if end else has.end + _FAR])
        if (
            all(each.unit != has.unit for each in behind)
            and total.unit == has.unit
            and not total.about
            and re.fullmatch(r"[，,（(]\s*", said[total.end : many.start])
            and right != total.value
            and total.value * _LEAST <= right <= total.value * _MOST
        ):
            yield reckoned_wrong(said, start, total, right, (many, has))


def _one_each(said: str, start: int) -> Iterator[Finding]:
    """14个乡镇和22个部门均制定了方案，共计36份."""
    for match in _SIGNED.finditer(said) if "份" in said else ():
        one, two, told = (int(match[name]) for name in ("one", "two", "all"))
        if told not in (one, two, one + two) and abs(one + two - told) * 10 <= told:
            yield from _of_two(said, start, match)
    for match in _ALL_OF_THEM.finditer(said) if ("个" in said and "计" in said) or "共" in said else ():
        one, two, told = (int(match[name]) for name in ("one", "two", "all"))
        if one + two != told and told < (one + two) * 2:
            yield from _of_two(said, start, match)


def _of_two(said: str, start: int, match: re.Match[str]) -> Iterator[Finding]:
    counted = {each.start: each for each in quantities(said[match.start() : match.end()], match.start())}
    total, *parts = (counted.get(match.start(name)) for name in ("all", "one", "two"))
    if total and all(parts):
        yield reckoned_wrong(
            said, start, total, sum((each.value for each in parts), Decimal(0)), parts, " + "
        )

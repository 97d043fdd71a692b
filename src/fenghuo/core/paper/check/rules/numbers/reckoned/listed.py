"""A list of labelled amounts, behind a whole and behind how many they are: 现场救出六人：老人两名、妇女两名、儿童两名.

分布在五个院落：红旗里6部，…，邮电院、粮食局院各3部 of 21部; 总长4.36公里：一号洞1520米，…; 十名书记员分给四个庭，
依次为三名、三名、两名、两名;
三十七名参训，男学员29人，女学员8人. What 各 follows counts for each that stands before it. Silent where any amount of
the
paragraph is what the list makes, and of how many it has where any count before it says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ....document import Document
from ....finding import Finding
from ....numerals import folded, how_many
from ..faults import counts_differ, reckoned_wrong
from ..text.measured import Figure, alike, figures, near
from ..text.reading import TO_FILL
from ..text.sentences import passages
from ..wholes import complements

_W = r"[\u4e00-\u9fff]"
_LABEL = r"(?:[A-Za-z]{1,4}\d{1,4}|[^，。；：:、\d（）()\n]){0,12}"
_JOINT = re.compile(rf"(?P<tail>{_W}{{0,2}})(?:[，、；]|和|与|及)+(?P<label>(?:{_LABEL}、){{0,4}}{_LABEL})")
_NOT_LABEL = re.compile(
    r"其中|每|平均|均|比(?!例)|较|同比|增|减|去年|上年|合计|共计|总计|一共|共|约|近|多|少|还|仍|尚|剩|余|完成|率|达到|前后|相加|凑|满|总|累|占|已|不|约|限|年|月|再|又|今后|用|花|差"
)
_OPENED = re.compile(
    rf"(?P<lead>[^，。；：:\d\n]{{0,12}}?)(?P<sign>[：:]|(?:分别|依次|名额|构成|组成)(?:为|是|有|：)?|(?:为|系)(?=[^，。；：\d]{{0,10}}$))(?P<label>(?:{_LABEL}、){{0,4}}{_LABEL})$"
)
_COLON = re.compile(rf"[：:](?P<label>(?:{_LABEL}、){{0,4}}{_LABEL})$")
_OPEN_END = re.compile(
    r"[、和及与]|等|左右|以[上下]|多|余|不等|还有|其[余他]|另|[，；]其[余他][^，。；\d\n]*(?:[。；\n]|$)"
)
_REMARK = re.compile(r"[（(][^（）()\n]{0,40}[)）][、，；][^，。；：、\d]{1,12}\d")
"""工资32400元（6人，每人1800元），路灯9400元: a list that goes on behind a remark."""
_NAMES = re.compile(r"[、和与及]|以及")
_ITEMS = re.compile(
    rf"(?:[：:]|[为是](?=[^，。；：]{{2,8}}、))(?P<list>[^，。；：:\d\n、]{{2,8}}(?:、[^，。；：:\d\n、]{{2,8}}){{2,9}})，(?:[一每]{_W}{{1,2}}|共|合计|总共|一共|共计)(?P<found>(?P<many>\d{{1,2}}|[两三四五六七八九十]{{1,2}}){_W})(?=[，。；]|$)"
)
_COPIES = re.compile(
    r"一式(?P<found>(?P<many>\d{1,2}|[两二三四五六七八九十]{1,2})份)[，,（(、：:]{1,2}(?P<list>[^。；：:\d\n]{2,60}?)各?(?P<each>各[执持存留备]?[一1两二2三3]份)"
)
_NO_KIND = re.compile(r"其[他余它]|[开完竣]工|[招中]标|建成|立项")
"""What leaves something over, and stages of which one holds the other."""
_QUOTED = re.compile(
    r"(?<![”、])(?P<list>(?:“[^“”]{1,12}”[、和]?){2,11}“[^“”]{1,12}”)(?:这|共)?(?P<found>(?P<many>\d{1,2}|[两二三四五六七八九十]{1,2})[个大项种类条款篇首部支块张])(?!月)"
)
_SERIES = re.compile(
    r"(?<![第\d一二三四五六七八九十])(?P<found>(?P<many>\d{1,2}|[两二三四五六七八九十])个?(?:[\u4e00-\u9fff]{0,3}?)(?P<unit>[组队班期批路线片线场厂队所]))(?=[，：；]第?一(?P=unit))"
)
_ORDINAL = re.compile(rf"[一二三四五六七八九十]{{1,2}}[组队班区楼栋排连门院厂站部厅室](?={_W})")
"""二组水渠、四组路灯: which one, where it stands before what is there."""
_HOLDS = re.compile(r"[执持存留交报送由给备]+$")
_MANY_OF = re.compile(rf"(?:的[^，。；：:]{{0,8}})?{_W}{{0,6}}$")
_UNITS = frozenset("个大类项种条家处座所镇村组队班期批户片区门院栋")
_FEW, _MANY = 2, 15
_ALMOST = Decimal("0.7")


@dataclass(frozen=True, slots=True)
class _List:
    """Amounts with how often each counts, from `start` to `end`; `sure` where a sign opens it."""

    start: int
    end: int
    parts: tuple[tuple[Figure, int], ...]
    labels: tuple[str, ...]
    sure: bool

    @property
    def sum(self) -> Decimal:
        return sum((each.value * times for each, times in self.parts), Decimal(0))

    @property
    def many(self) -> int:
        return sum(times for _, times in self.parts)


def check(document: Document) -> Iterator[Finding]:
    """Told of the whole, and of how many they are said to be."""
    for start, passage in passages(document):
        said = folded(passage)
        told = figures(said)
        for each in _lists(said, told):
            yield from _whole(said, start, each, told)
            yield from _how_many(said, start, each, told)
        yield from _bare(said, start)
        yield from _series(said, start)
        yield from _quoted(said, start)


def _lists(said: str, told: Sequence[Figure]) -> Iterator[_List]:
    at = 0
    while at < len(told):
        run = [told[at]]
        labels: list[str] = []
        for each in told[at + 1 :]:
            joint = _JOINT.fullmatch(said, run[-1].end, each.start)
            if each.kind != run[0].kind or not joint or each.about or _NOT_LABEL.search(joint["label"]):
                break
            run.append(each)
            labels.append(joint["label"])
        size = len(run)
        if size > _FEW and run[-1].value > sum(each.value for each in run[:-1]) * _ALMOST:
            run, labels = run[:-1], labels[:-1]  # 凑足11万元: what the others come to
        if size >= _FEW and not run[0].about:
            made = _read(said, run, labels)
            if not (made and made.sure) and size > _FEW:
                made = _read(said, run[1:], labels[1:], labels[0]) or made  # the first is the whole itself
            if made:
                yield made
        at += size if size > 1 else 1


def _read(said: str, run: Sequence[Figure], labels: Sequence[str], first: str | None = None) -> _List | None:
    before = said[max(run[0].start - 70, 0) : run[0].start]
    before = re.split(r"[。；\n]", before)[-1]
    opened = _OPENED.search(first) if first is not None else _COLON.search(before) or _OPENED.search(before)
    if opened:
        label, begin = opened["label"], run[0].start - len(opened["label"])
    elif first is not None or "，" in before:
        label = first if first is not None else before.rpartition("，")[2]
        begin = run[0].start - len(label)
    else:
        return None
    told = [label, *labels]
    end = run[-1].end
    if not label and _ORDINAL.match(said, run[0].start):
        return None
    if (
        any(_NOT_LABEL.search(each) for each in told)
        or _OPEN_END.match(said, end)
        or _REMARK.match(said, end)
    ):
        return None
    if len(set(told)) < len(told) and any(told):
        return None
    times = [_times(each) for each in told]
    if 0 in times or (any(told) and not all(told)):
        return None
    return _List(begin, end, tuple(zip(run, times, strict=True)), tuple(told), bool(opened))


def _times(label: str) -> int:
    """For how many a label tells an amount: two for 邮电院、粮食局院各, one for 邮电院; none where it is a clause."""
    if "、" in label and not label.endswith("各"):
        return 0
    names = label.removesuffix("各")
    return len(_NAMES.split(names)) if label.endswith("各") else 1


def _whole(said: str, start: int, listed: _List, told: Sequence[Figure]) -> Iterator[Finding]:
    kind = listed.parts[0][0].kind
    begin = max(said.rfind(sign, 0, listed.start) for sign in "。；\n") + 1
    end = re.compile(r"[。；\n]").search(said, listed.end)
    stop = end.start() if end else len(said)
    before = [each for each in told if each.kind == kind and each.end <= listed.start]
    wholes = [each for each in before if each.start >= begin]
    whole = wholes[-1] if wholes else None
    if whole is None or whole.about or TO_FILL.search(said, begin, stop):
        return
    around = re.split(r"[，、：]", said[begin : whole.start])[-1] + said[whole.end : listed.start]
    if "其中" in said[begin : whole.start] or re.search(r"每|均|较|比(?!例)|另|同比", around):
        return
    if re.match(r"[，；、](?:其余|余下|剩余|其他)[^\d]*(?:[。；\n]|$)", said[listed.end :]):
        return  # 其余为学籍等
    figures_ = [each for each, _ in listed.parts]
    after = [each for each in told if each.kind == kind and listed.end <= each.start < stop]
    if any(alike(listed.sum, each, figures_) for each in (*before, *after)):
        return
    if any(alike(listed.sum + each.value, whole, (*figures_, each)) for each in after):
        return
    if max(each.value for each in figures_) >= whole.value:
        return
    own = re.split(r"[，。；、：\d]", said[begin : whole.start])[-1]
    beside = re.match("[，、；]", said[whole.end :])  # 省级补助500万元，县级配套300万元: the first of a list
    kin = listed.sure or (
        (len({each[-2:] for each in listed.labels}) == 1 or not beside)
        and _kin(listed.labels)
        and not own.endswith(listed.labels[0][-1:])
        and not complements.kin([own, *listed.labels])
    )
    if kin and near(
        listed.sum, whole.value, least="0.7" if listed.sure else "0.8", most="1.4" if listed.sure else "1.25"
    ):
        parts = [each.told for each, times in listed.parts for _ in range(times)]
        yield reckoned_wrong(said, start, whole.told, whole.written(listed.sum), parts, " + ")


def _kin(labels: Sequence[str]) -> bool:
    """男学员 and 女学员, DN600管 and DN300管, 优良 and 合格: kinds of one thing that leave nothing over."""
    if not all(labels) or any(_NO_KIND.search(each) for each in labels):
        return False
    if (
        len({each[-2:] for each in labels}) == 1
        and len({len(each) for each in labels}) == 1
        and len(labels[0]) > _FEW
    ):
        return True
    return complements.partition(labels) or complements.kin(labels)


def _how_many(said: str, start: int, listed: _List, told: Sequence[Figure]) -> Iterator[Finding]:
    """六个院落： over five of them."""
    if not listed.sure:
        return
    kind = listed.parts[0][0].kind
    begin = max(said.rfind(sign, 0, listed.start) for sign in "。；\n") + 1
    counts = [
        each
        for each in told
        if begin <= each.start
        and each.end <= listed.start
        and each.told.unit in _UNITS
        and each.kind != kind
        and not each.about
        and 2 <= each.told.value <= _MANY
    ]
    near_by = counts[-1] if counts else None
    if near_by is None or any(each.told.value == listed.many for each in counts):
        return
    between = said[near_by.end : listed.start]
    lead = re.split(r"[，：:]", between)[0]
    # 四个方面的十一项毛病： the whole may stand between.
    between = re.sub(r"\d+|[一二三四五六七八九十百]+(?=[项件个条名人处起])", "", between)
    if len(lead) > 14 or not re.fullmatch(
        rf"(?:{_W}{{0,8}}?)(?:的{_W}{{0,8}})?(?:[：:]|，?(?:{_W}{{0,4}})(?:分别|依次|名额|各)?(?:为|是|有))",
        between,
    ):
        return
    if abs(near_by.told.value - listed.many) <= 2 and listed.many >= _FEW:
        yield counts_differ(
            said, start, near_by.told, _Placed(listed.start, listed.end), other=f"{listed.many}"
        )


def _bare(said: str, start: int) -> Iterator[Finding]:
    """扶手、感应灯、防滑垫，一户四件; 一式三份，移交方、接收方和市文物局各执一份."""
    for match in _ITEMS.finditer(said):
        many, names = how_many(match["many"]), match["list"].split("、")
        if any(re.search(r"等|[和与及]|其中|各", each) for each in names):
            continue
        if many != len(names) and abs(many - len(names)) <= 2:
            yield counts_differ(
                said,
                start,
                _Placed(*match.span("found")),
                _Placed(*match.span("list")),
                other=f"{len(names)}",
            )
    for match in _COPIES.finditer(said):
        names = [
            each
            for each in re.split(r"、|和|与|及|以及|，", _HOLDS.sub("", match["list"].removesuffix("各")))
            if each.strip()
        ]
        each = how_many(re.search(r"[一1两二2三3]", match["each"])[0])  # type: ignore[index]
        pairs = "双方" in match["list"]
        many = how_many(match["many"])
        right = (len(names) + pairs) * each
        if (
            "等" in match["list"]
            or "其余" in said[match.end() : match.end() + 8]
            or re.search(r"份", match["list"])
        ):
            continue
        if many != right and abs(many - right) <= 3 and not any("各" in one for one in names):
            yield counts_differ(
                said,
                start,
                _Placed(*match.span("found")),
                _Placed(match.start("list"), match.end()),
                other=f"{right}份",
            )


def _quoted(said: str, start: int) -> Iterator[Finding]:
    """分“看点”“热议”“回声”三个版块."""
    for match in _QUOTED.finditer(said):
        many, names = how_many(match["many"]), len(re.findall("“", match["list"]))
        if many != names and abs(many - names) <= 2:
            yield counts_differ(
                said, start, _Placed(*match.span("found")), _Placed(*match.span("list")), other=f"{names}"
            )


def _series(said: str, start: int) -> Iterator[Finding]:
    """派出四个小组，一组查煤矿，二组查非煤矿山，三组查尾矿库."""
    for match in _SERIES.finditer(said):
        unit, order = match["unit"], "一二三四五六七八九十"
        rest = re.split(r"[。\n]", said[match.end() :])[0]
        found = list(re.finditer(rf"(?:^|[，；、：])第?(?P<n>[{order}]){unit}(?![{order}])", rest))
        many = len(found)
        if (
            many < _FEW
            or [each["n"] for each in found] != list(order[:many])
            or many == how_many(match["many"])
        ):
            continue
        if abs(how_many(match["many"]) - many) <= 3 and not re.search(
            r"等|其余|其他|以此类推", rest[found[-1].end() :]
        ):
            end = match.end() + found[-1].end()
            yield counts_differ(
                said, start, _Placed(*match.span("found")), _Placed(match.end(), end), other=f"{many}"
            )


@dataclass(frozen=True, slots=True)
class _Placed:
    start: int
    end: int

"""Lists of labelled parts, as sentences tell them: 企业20处、学校12处和林区10处."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..text.quantities import ARTICLES, THINGS, Quantity, with_unit
from . import complements
from .parted import Part

_AND_KIN = re.compile(r"^[\u4e00-\u9fff]{2,5}、(?=[\u4e00-\u9fff]{2,5}$)(?![^，]*[各均共别]$)")
"""Two kinds that one part counts together: 学校、幼儿园6家."""
# 亿元以上16个、5000万元至1亿元9个: the bounds of a class are no amounts.
_BOUNDS = re.compile(
    r"(?:^|(?<=[、，中]))(?:\d[\d.]*[万亿]?[元人亩吨岁分米]?(?:（?不?含）?)?(?:[至到—~\-]{1,2})\d[\d.]*[万亿]?[元人亩吨岁分米]|"
    r"\d[\d.]*[万亿]?[元人亩吨岁分米](?:（?不?含）?)?(?:及?以[上下内]))(?:（?不?含[^（）、]{0,4}）)?的?(?=[\u4e00-\u9fff]{0,4}\d)"
)
_NOUN = re.compile(r"[\u4e00-\u9fff]{1,6}(?=[，,、])")
# A difference, not an amount: 较去年增加20处.
CHANGE = re.compile(
    r"(?:较(?![大重轻好差](?!幅))|比|同比|环比|[是为]去年|[是为]上年|[是为]\d{4}年)[^，。、]*$|(?:增加|减少|增长|下降|上升|多|少|新增|提高|(?<!商)超)(?:了)?\s*$|"
    r"(?:超出|超过|超额|超(?:[全年当本原][年度定]?度?)?(?:计划|目标|任务)|超收|超支|(?:^|[资基]金|经费)(?:结余|缺口))[^，。、\d]{0,8}$"
)
# A clause that tells of another thing than a part of the total.
OTHER_ACT = re.compile(
    r"[未不](?:包[含括]|含|计入?|列入|属于|在(?:上述|以上|其|此|本))|^\s*(?:[^，。；]{0,6}(?:上述|以上|前述))|^\s*(?:已|均|全部|现(?!场)|并|共|累计|完成|发现|整改|下发|责令|同比|环比|较(?![大重轻好差](?!幅))|比|占|新增|达|平均|人均|每|限期|约谈|立案|罚款|移交|"
    r"签订|发放|张贴|悬挂|出动|查处|制止|劝阻|清理|投入|未发生|确保|做到|另|同时)"
)
JOINT = re.compile(
    r"[\s　]*(?:(?P<sign>[、，,])[\s　]*(?:以及|和|及|与)?|(?:以及|和|及|与))[\s　]*(?P<label>.*)$"
)
# A part's own part: 民办园中普惠性民办园27所.
_WITHIN = re.compile(r"^(?P<whole>[^\d]{2,10}?)(?:当中|之中|里面|中)")
# Who has them: 其余4个乡7个.
_BEARER = re.compile(
    r"(?:各?(?:行政|自然)?村|村民小组|乡镇|[乡镇县区市旗]|社区|街道|单位|企业|学校|部门|点位?|站|标段|片区)(?:各|有|共)?"
)
ORDINAL = frozenset("类级期批组档等片段层")


def parts_told(rest: str, offset: int, unit: str, *, wide: bool = False) -> list[Part]:
    """The list of parts that begins here: label and amount each, in the total's unit, up to another thing.

    Empty where the list goes on in a way that cannot be read: half a list adds up to nothing.
    """
    masked = re.sub(r"[（(][^（）()]*[)）]", lambda match: "　" * len(match[0]), rest)
    masked = _BOUNDS.sub(_class, re.split(r"[。；;：:]", masked)[0])
    listed: list[Part] = []
    listing = ""
    at = 0
    told = list(
        _apiece(
            [each for each in with_unit(masked) if not _which(each, unit) and not _quoted(masked, each)], unit
        )
    )
    for quantity, after in zip(told, [*told[1:], None], strict=False):
        if after and after.unit == unit and _BEARER.fullmatch(masked[quantity.end : after.start]):
            continue
        between = masked[at : quantity.start]
        match = JOINT.match(between) if listed else None
        if (
            listed
            and not match
            and (noun := _NOUN.match(between))
            and masked.startswith(noun[0], quantity.end)
        ):
            match = JOINT.match(between, noun.end())  # 退换21个批号，封存9个批号
        if listed and not match:
            # 120处全部整改、6处正在整改: what follows an amount tells of it, and no list goes on.
            return listed if "、" not in between else []
        sign = (match["sign"] if match else "") or "、"
        label = (match["label"] if match else between).strip("　 和及与为有")
        stops = (
            re.search(r"[，,、]", _AND_KIN.sub("", label) if sign in "，," else label)
            or not (quantity.unit == unit or (wide and quantity.unit in ARTICLES))
            or len(label) > 16
            or CHANGE.search(label)
            or label.startswith(("不含", "不包括", "不计"))
            or label.endswith(("合计", "共计", "总计"))
            or _within([part.label for part in listed], label)
            or (
                sign in "，,"
                and (listing == "、" or OTHER_ACT.search(label))
                and not complements.joins([part.label for part in listed], label)
            )
        )
        if stops:
            return listed if sign in "，," else []
        if listed:
            listing = listing or ("，" if sign in "，," else "、")
        listed.append(
            Part(
                label,
                replace(
                    quantity,
                    start=offset + quantity.start,
                    end=offset + quantity.end,
                    number_end=offset + quantity.number_end,
                ),
            )
        )
        at = quantity.end
    return listed if not re.match(r"\s*[、和及与](?!其他|其它)", masked[at:]) else []


def _class(bounds: re.Match[str]) -> str:
    """A class of a measure without its figures: 档档档上 for 90分以上, 档档档下 for 80分以下."""
    end = next((sign for sign in "上下" if f"以{sign}" in bounds[0]), "档")
    return "档" * (len(bounds[0]) - 1) + end


def _apiece(told: Sequence[Quantity], unit: str) -> Iterator[Quantity]:
    """250立方米2座, 1台630千伏安: what several pieces hold or carry between them."""
    held: Quantity | None = None
    for each in told:
        glued = held is not None and held.end == each.start and unit not in (*THINGS, "人", "元")
        if glued and held and {unit} < {held.unit, each.unit} and THINGS & {held.unit, each.unit}:
            first = held.unit == unit  # 2座46米 are 46米 in all
            of, times = (held, each.value) if first else (each, 1)
            held = replace(of, start=held.start, end=each.end, value=of.value * times)
            continue
        if held:
            yield held
        held = each
    if held:
        yield held


def _within(labels: Sequence[str], label: str) -> bool:
    """Whether a label begins with one of those before it, of which it tells a part."""
    match = _WITHIN.match(label)
    return bool(match) and any(match["whole"] in each or each in match["whole"] for each in labels if each)


def _quoted(text: str, quantity: Quantity) -> bool:
    """“三个责任人”公示牌8个: a numeral of a name."""
    return quantity.han and text.endswith("“", 0, quantity.start)


def _which(quantity: Quantity, unit: str) -> bool:
    """一类桥86座, 千吨万人水厂9处: a numeral of a name tells which, not how many."""
    return quantity.han and quantity.unit != unit

"""Paragraphs that stand twice or were taken from another paper, word for word or with figures and names exchanged."""

from __future__ import annotations

import re
from functools import partial

from ..fault import Edit, Planted
from ..paper import NUMBERED, Line, Paper
from . import Injector, Setting

# A copied paragraph must bring no other fault along: no sums, shares, periods or years that would then be wrong.
_LOADED = re.compile(r"共|其中|合计|总|%|至|\d{4}|均|分别|上半年|下半年|全年|万元|组|①|×|\d\.\d")
_NAMES = (
    ("青石镇", "柳河镇"), ("云台乡", "沙岭乡"), ("临溪镇", "松坪镇"), ("上坝村", "槐树村"), ("石门村", "下湾村"),
    ("北沟村", "双桥村"), ("应急办", "安监站"), ("值班室", "值守中心"), ("派出所", "综合行政执法队"),
    ("各村", "各社区"), ("护林员", "巡护员"), ("扑火队", "灭火队"),
)  # fmt: skip


def _fit(paper: Paper, shortest: int = 55) -> list[Line]:
    return [
        line
        for line in paper.body
        if len(line.said.strip()) >= shortest and line.said.endswith("。") and not _LOADED.search(line.said)
    ]


def _bare(line: Line) -> str:
    said = line.said.strip("　 ")
    number = NUMBERED.match(said)
    return said[number.end() :] if number else said


def exchanged(said: str, setting: Setting) -> str:
    """The same paragraph with its names and figures exchanged, as one who adapts a copied paper does it."""
    for one, other in (*_NAMES, *setting.kept.NAMES) if setting.kept else _NAMES:
        said = said.replace(one, "\0").replace(other, one).replace("\0", other)

    def another(match: re.Match[str]) -> str:
        figure = int(match[0])
        if said[match.end() :].startswith("小时"):
            return match[0]
        if said[match.end() : match.end() + 1] in "月日时":
            return str(figure % (9 if said[match.end()] == "月" else 23) + 1)
        return str(figure + setting.chance.choice((1, 2, 3, 5)))

    return re.sub(r"\d+", another, said)


def adapted(said: str, setting: Setting) -> str:
    """Names and figures exchanged, and one sentence left out or put in."""
    said = exchanged(said, setting)
    sentences = said.rstrip("。").split("。")
    if len(sentences) > 3:
        del sentences[setting.chance.randrange(1, len(sentences))]
    else:
        sentences.insert(setting.chance.randrange(len(sentences)), setting.one(ADDED, "ADDED"))
    return "。".join(sentences) + "。"


ADDED = ("有关要求已提前传达到位", "此项工作由专人负责", "各环节衔接顺畅", "进展情况按周汇总")


def _copied(kind: str, exchange: bool, elsewhere: bool, setting: Setting) -> list[Planted]:
    paper, chance = setting.paper, setting.chance
    if elsewhere:
        # From papers of the same year, and with no month where the paper is about half a year.
        sources = [
            line
            for other in setting.others
            if other.name != paper.name and other.year == paper.year
            for line in _fit(other)
            if not (paper.half and re.search(r"\d月", line.said))
        ]
    else:
        sources = _fit(paper)
    if exchange:
        sources = [line for line in sources if exchanged(_bare(line), setting) != _bare(line)]
    if not sources or len(paper.body) < 4:
        return []
    source = chance.choice(sources)
    said = _bare(source)
    if exchange:
        said = (adapted if kind.endswith("adapted") else exchanged)(said, setting)
    ends = [line.end for line in paper.body if line is not source and line.said.endswith("。")]
    if not ends:
        return []
    place = chance.choice(ends)
    also = () if elsewhere else ((source.start, source.end),)
    return [Planted("copied", kind, (Edit(place, place, "\n" + said),), ((0, 1, len(said) + 1),), also)]


KINDS: dict[str, Injector] = {
    "twice, word for word": partial(_copied, "twice, word for word", False, False),
    "twice, exchanged": partial(_copied, "twice, exchanged", True, False),
    "elsewhere, word for word": partial(_copied, "elsewhere, word for word", False, True),
    "elsewhere, exchanged": partial(_copied, "elsewhere, exchanged", True, True),
    "elsewhere, adapted": partial(_copied, "elsewhere, adapted", True, True),
}

"""Numbering that skips or repeats, heading levels out of order, ① after (1), and parts that are missing."""

from __future__ import annotations

import re
from functools import partial

from ..fault import Edit, Planted
from ..paper import Line, Paper
from . import Injector, Setting

HAN = "一二三四五六七八九十"
TOP = re.compile(rf"[\s　]*([{HAN}]+)、")
SECOND = re.compile(rf"[\s　]*（([{HAN}]+)）")
THIRD = re.compile(r"[\s　]*(\d{1,2})\.(?!\d)")
ADDRESSED = frozenset({"notice", "report", "request", "reply", "letter", "circular", "warning"})
SIGNED = ADDRESSED | {"summary", "plan", "measures"}


def _runs(paper: Paper, pattern: re.Pattern[str]) -> list[list[tuple[int, int]]]:
    """The numbers of one level, in runs that count 1, 2, 3 …; each is where the number stands."""
    runs: list[list[tuple[int, int]]] = []
    for line in paper.lines:
        match = pattern.match(line.said)
        if not match:
            continue
        value = int(match[1]) if match[1].isdigit() else HAN.index(match[1]) + 1 if len(match[1]) == 1 else 0
        place = (line.start + match.start(1), line.start + match.end(1))
        if value == 1:
            runs.append([place])
        elif runs and value == len(runs[-1]) + 1:
            runs[-1].append(place)
    return [run for run in runs if len(run) > 1]


def _number(pattern: re.Pattern[str], value: int) -> str:
    return str(value) if pattern is THIRD else HAN[value - 1]


def _renumbered(kind: str, setting: Setting) -> list[Planted]:
    """One number too far, all that follow with it; or one number said again, all that follow behind."""
    chance = setting.chance
    choices = [
        (pattern, run)
        for pattern in (TOP, SECOND, THIRD)
        for run in _runs(setting.paper, pattern)
        if len(run) < 10
    ]
    if not choices:
        return []
    pattern, run = chance.choice(choices)
    at = chance.randrange(1, len(run))
    step = 1 if kind == "number skipped" else -1
    edits = tuple(
        Edit(start, end, _number(pattern, at + n + 1 + step)) for n, (start, end) in enumerate(run[at:])
    )
    if chance.random() < 0.4:  # only this one is wrong, what follows counts on
        edits = edits[:1]
        also = (run[at - 1], *run[at + 1 : at + 2])
        return [Planted("form", kind, edits, also=also)]
    return [Planted("form", kind, edits, at=((0, 0, len(edits[0].new)),), also=(run[at - 1],))]


def _levels(setting: Setting) -> list[Planted]:
    """Heads that should be 一、 written 1., （1） or ① above （一）; or the two levels in each other's place."""
    paper = setting.paper
    tops = [
        (line.start + match.start(1), line.start + match.end(0), match[1])
        for line in paper.lines
        if (match := TOP.match(line.said))
    ]
    seconds = [
        (line.start + match.start(0), line.start + match.end(0))
        for line in paper.lines
        if (match := SECOND.match(line.said))
    ]
    thirds = any(THIRD.match(line.said) for line in paper.lines)
    if len(tops) < 2 or len(seconds) < 2 or thirds:
        return []
    if setting.kept and setting.chance.random() < 0.5:
        edits = tuple(Edit(start, end, f"（{said}）") for start, end, said in tops)
        edits += tuple(
            Edit(start, end, re.sub("[（）]", "", paper.text[start:end]).strip("　 ") + "、")
            for start, end in seconds
        )
        return [Planted("form", "levels out of order", edits)]
    if setting.kept:
        edits = tuple(Edit(start, end, "①②③④⑤⑥⑦⑧⑨⑩"[HAN.index(said)]) for start, end, said in tops)
    elif setting.part == "second":
        edits = tuple(Edit(start, end, f"（{HAN.index(said) + 1}）") for start, end, said in tops)
    else:
        edits = tuple(Edit(start, end, f"{HAN.index(said) + 1}.") for start, end, said in tops)
    return [Planted("form", "levels out of order", edits, also=tuple(seconds))]


def _circled(setting: Setting) -> list[Planted]:
    """① under （1）, a fifth level that the standard does not have; or a run that goes from （1） to ②."""
    paper, chance = setting.paper, setting.chance
    points = setting.one(POINTS, "POINTS")
    lines = [
        line
        for line in paper.body
        if THIRD.match(line.said) or (SECOND.match(line.said) and len(line.said) < 200)
    ]
    lines = [line for line in lines if not _followed_by_lower(paper, line)]
    if not lines:
        return []
    place = chance.choice(lines).end
    if chance.random() < 0.5:
        said = f"\n（1）{points[0]}\n①{points[1]}\n②{points[2]}"
    else:
        said = f"\n（1）{points[0]}\n②{points[1]}\n③{points[2]}"
    return [Planted("form", "circled after bracketed", (Edit(place, place, said),), at=((0, 1, len(said)),))]


def _followed_by_lower(paper: Paper, line: Line) -> bool:
    after = paper.text[line.end + 1 : line.end + 12].strip("　 ")
    return after.startswith(("（1）", "①")) or bool(re.match(r"\d\.", after))


POINTS = (
    ("准备阶段的工作。", "核对人员和器材；", "明确集合地点。"),
    ("现场处置的要求。", "先警戒后作业；", "随时清点人数。"),
    ("记录和归档。", "当日填写台账；", "按月装订成册。"),
    ("检查的顺序。", "先看出口和通道；", "再看线路和器材。"),
)


def _without(part: str, setting: Setting) -> list[Planted]:
    paper = setting.paper
    if (part == "addressee" and paper.kind not in ADDRESSED) or (
        part in ("signature", "date") and paper.kind not in SIGNED
    ):
        return []
    line: Line | None = getattr(paper, part)
    if line is None:
        return []
    end = min(line.end + 1, len(paper.text))
    return [Planted("form", f"no {part}", (Edit(line.start, end, ""),), whole=True)]


KINDS: dict[str, Injector] = {
    "number skipped": partial(_renumbered, "number skipped"),
    "number repeated": partial(_renumbered, "number repeated"),
    "levels out of order": _levels,
    "circled after bracketed": _circled,
    "no title": partial(_without, "title"),
    "no addressee": partial(_without, "addressee"),
    "no signature": partial(_without, "signature"),
    "no date": partial(_without, "date"),
}

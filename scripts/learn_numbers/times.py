"""What is learnt of times: which of those that a paper names are wrong."""

from __future__ import annotations

import random
import re
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from numpy.typing import NDArray

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules.numbers.learned.forest import Forest
from fenghuo.core.paper.check.rules.numbers.learned.mentions import Mention
from fenghuo.core.paper.check.rules.numbers.learned.times import rows, whole
from fenghuo.core.paper.check.rules.numbers.text.frame import frame
from tests.core.paper.corpus.build import Case

from .grow import grown
from .papers import FOLDS, clean, copies, fold, learnt, replaced, touching

KINDS = frozenset(("title_year", "event_year", "doc_year", "other_half"))
_ALSO = frozenset(("date", "period"))
_HAN = "一二三四五六七八九十"
_YEARS = (-1,) * 8 + (1,) * 4 + (-2,) * 4 + (2,) * 2 + (-3, -4, -5, -10, 10, 3)
_NUMBERS = (-1, -1, -2, 1, 2)
_APART = 40
_COPIES, _CHANGES, _OTHERS, _WEIGHT = 14, 3, 0.15, 0.05
"""Copies of a clean paper, changes in each, the share of what is right that is kept, and what one weighs."""

Row = tuple[NDArray[np.float32], int, bool, str, int, int]
"""Numbers, 1 where it is wrong, whether it was planted by a writer; the paper, and where it stands."""


def told(case: Case) -> list[Row]:
    """Every time of a text that is surely right or surely wrong."""
    document = from_text(case.text, case.source)
    paper = whole(document, frame(document))
    found: list[Row] = []
    for mention, row in zip(paper.all, rows(paper), strict=True):
        label = _label(case, mention)
        if label is not None:
            found.append((np.array(row, np.float32), label, True, case.name, mention.start, mention.end))
    return found


def _label(case: Case, mention: Mention) -> int | None:
    label: int | None = 0
    for fault in case.faults:
        for at, (start, end) in enumerate(() if fault.whole else fault.spans):
            if not (start < mention.end and mention.start < end):
                continue
            if fault.family == "numbers" and fault.kind in KINDS and at == 0:
                return 1
            if fault.family != "numbers" or fault.kind in KINDS | _ALSO:
                label = None
    return label


def made(case: Case) -> list[Row]:
    """Times that were changed in copies of a clean paper, and some of the others."""
    chance = random.Random(case.name)
    document = from_text(case.text, case.source)
    paper = whole(document, frame(document))
    found: list[Row] = []
    for _ in range(min(_COPIES, len(paper.all))):
        changes: dict[int, tuple[int, str]] = {}
        for mention in chance.sample(list(paper.all), min(_CHANGES, len(paper.all))):
            new = _changed(mention, document.text[mention.start : mention.end], chance)
            if new and all(abs(mention.start - at) > _APART for at in changes):
                changes[mention.start] = mention.end, new
        text, spans = replaced(document.text, changes)
        copy = from_text(text, case.source)
        other = whole(copy, frame(copy))
        for mention, row in zip(other.all, rows(other), strict=True):
            wrong = any(touching(spans, mention.start, mention.end))
            if wrong or chance.random() < _OTHERS:
                found.append(
                    (np.array(row, np.float32), int(wrong), False, case.name, mention.start, mention.end)
                )
    return found


def _changed(mention: Mention, written: str, chance: random.Random) -> str | None:
    if mention.sort == "year":
        return str(mention.value + chance.choice(_YEARS))
    if mention.sort == "month":
        other = chance.choice([each for each in range(1, 13) if (each <= 6) != (mention.value <= 6)])
        return re.sub(r"^\d+", str(other), written)
    if mention.sort == "range":
        by = 6 if mention.value <= 6 else -6
        if not (mention.value + by >= 1 and mention.month + by <= 12):
            return None
        first = re.sub(r"^\d+", str(mention.value + by), written)
        return re.sub(r"\d+(?=月$)", str(mention.month + by), first)
    if mention.sort == "quarter":
        new = re.sub(r"[一二三四1-4]", chance.choice("一二三四"), written)
        return new if new != written else None
    if mention.sort == "half":
        return {"上半年": "下半年", "下半年": "上半年"}.get(written)
    number = mention.value + chance.choice(_NUMBERS)
    if mention.sort == "plan":
        return f"十{_HAN[number - 11]}五" if 10 < number < 16 else None
    if number < 1:
        return None
    return re.sub(rf"(?<=第)(?:\d+|[{_HAN}]+)", lambda told: _number(number, told[0]), written)


def _number(number: int, like: str) -> str:
    if like.isdecimal():
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _HAN[tens - 1]) + ("十" if tens else "") + (_HAN[ones - 1] if ones else "")


def collected() -> dict[int, list[Row]]:
    """All rows of each part of the sets."""
    found: dict[int, list[Row]] = {part: [] for part in range(FOLDS)}
    with ProcessPoolExecutor() as pool:
        for name in learnt():
            for some in (
                *pool.map(told, copies(name), chunksize=8),
                *pool.map(made, clean(name), chunksize=4),
            ):
                found[fold(name)] += some
    return found


def learn(parts: dict[int, list[Row]], without: int | None = None) -> Forest:
    """A forest of all parts but one."""
    some = [row for part, told_ in parts.items() if part != without for row in told_]
    return grown(
        np.stack([row[0] for row in some]),
        np.array([row[1] for row in some], bool),
        np.array([1.0 if row[2] else _WEIGHT for row in some]),
        trees=300,
        leaves=16,
        rate=0.06,
        depth=8,
    )

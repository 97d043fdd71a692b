"""What is learnt of times: which of those that a paper names are wrong."""

from __future__ import annotations

import random
import re
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules.numbers.learned.forest import Forest
from fenghuo.core.paper.check.rules.numbers.learned.mentions import Mention
from fenghuo.core.paper.check.rules.numbers.learned.times import rows, whole
from fenghuo.core.paper.check.rules.numbers.text.frame import frame
from tests.core.paper.corpus.build import Case

from . import papers
from .grow import grown
from .papers import Row, but, replaced, touching

KINDS = frozenset(("title_year", "event_year", "doc_year", "other_half"))
_ALSO = frozenset(("date", "period"))
_HAN = "一二三四五六七八九十"
_YEARS = (-1,) * 8 + (1,) * 4 + (-2,) * 4 + (2,) * 2 + (-3, -4, -5, -10, 10, 3)
_NUMBERS = (-1, -1, -2, 1, 2)
_APART = 40
_COPIES, _CHANGES, _OTHERS, _WEIGHT = 14, 3, 0.15, 0.05
"""Copies of a clean paper, changes in each, the share of what is right that is kept, and what one weighs."""


def told(case: Case) -> list[Row]:
    """Every time of a text that is surely right or surely wrong."""
    document = from_text(case.text, case.source)
    paper = whole(document, frame(document))
    found: list[Row] = []
    for mention, row in zip(paper.all, rows(paper), strict=True):
        label = _label(case, mention)
        if label is not None:
            found.append(Row(np.array(row, np.float32), label, True))
    return found


def _label(case: Case, mention: Mention) -> bool | None:
    label: bool | None = False
    for fault in case.faults:
        for at, (start, end) in enumerate(() if fault.whole else fault.spans):
            if not (start < mention.end and mention.start < end):
                continue
            if fault.family == "numbers" and fault.kind in KINDS and at == 0:
                return True
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
                found.append(Row(np.array(row, np.float32), wrong, False))
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
    with ProcessPoolExecutor() as pool:
        return papers.collected(pool, lambda _: (told, made))


def learn(parts: dict[int, list[Row]], without: int | None = None) -> Forest:
    """A forest of all parts but one."""
    some = but(parts, without)
    return grown(
        np.stack([row.numbers for row in some]),
        np.array([row.wrong for row in some]),
        np.array([1.0 if row.by_writer else _WEIGHT for row in some]),
        trees=300,
        leaves=16,
        rate=0.06,
        depth=8,
    )

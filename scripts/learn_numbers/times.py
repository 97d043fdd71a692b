"""What is learnt of times: which of those that a paper names are wrong."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules.numbers.learned.expected import (
    ASKED,
    BUCKETS,
    Expected,
    asked,
    row_of,
)
from fenghuo.core.paper.check.rules.numbers.learned.forest import Forest
from fenghuo.core.paper.check.rules.numbers.learned.mentions import SORTS, Mention
from fenghuo.core.paper.check.rules.numbers.learned.times import TURNS, bare_rows, by_sort
from fenghuo.core.paper.check.rules.numbers.learned.whole import whole
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
_LOOSE, _STEPS = 0.3, 100
"""How freely weights of words are grown, and in how many steps at the most."""


class Timed(NamedTuple):
    """A row of one time, and what its words are asked: see `expected.asked`."""

    row: Row
    asks: tuple[str, int, NDArray[np.int32]] | None


def _timed(text: str, name: str) -> Iterator[tuple[Mention, NDArray[np.float32], tuple | None]]:
    document = from_text(text, name)
    paper = whole(document, frame(document))
    for mention, row in zip(paper.all, bare_rows(paper), strict=True):
        asks = asked(paper, mention)
        yield (
            mention,
            np.array(row, np.float32),
            (asks[0], asks[1], np.array(asks[2], np.int32)) if asks else None,
        )


def told(case: Case) -> list[Timed]:
    """Every time of a text that is surely right or surely wrong."""
    found: list[Timed] = []
    for mention, row, asks in _timed(case.text, case.source):
        label = _label(case, mention)
        if label is not None:
            found.append(Timed(Row(row, label, True), asks))
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


def made(case: Case) -> list[Timed]:
    """Times that were changed in copies of a clean paper, and some of the others."""
    chance = random.Random(case.name)
    document = from_text(case.text, case.source)
    paper = whole(document, frame(document))
    found: list[Timed] = []
    for _ in range(min(_COPIES, len(paper.all))):
        changes: dict[int, tuple[int, str]] = {}
        for mention in chance.sample(list(paper.all), min(_CHANGES, len(paper.all))):
            new = _changed(mention, document.text[mention.start : mention.end], chance)
            if new and all(abs(mention.start - at) > _APART for at in changes):
                changes[mention.start] = mention.end, new
        text, spans = replaced(document.text, changes)
        for mention, row, asks in _timed(text, case.source):
            wrong = any(touching(spans, mention.start, mention.end))
            if wrong or chance.random() < _OTHERS:
                found.append(Timed(Row(row, wrong, False), asks))
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


def collected() -> dict[int, list[Timed]]:
    """All times of each part of the sets."""
    with ProcessPoolExecutor() as pool:
        return papers.collected(pool, lambda _: (told, made), of_times=True)


def learn_expected(parts: dict[int, list[Timed]], without: int | None = None) -> dict[str, Expected]:
    """What words ask for, of the right times in all parts but one."""
    found = {}
    for name, many in ASKED.items():
        some = [
            each.asks
            for part, rows in parts.items()
            if part != without
            for each in rows
            if each.asks and each.asks[0] == name and each.row.by_writer and not each.row.wrong
        ]
        model = LogisticRegression(C=_LOOSE, max_iter=_STEPS).fit(
            _words([each[2] for each in some]), [each[1] for each in some]
        )
        if list(model.classes_) != list(range(many)):
            raise RuntimeError(f"{name}: not every time is told in the papers")
        found[name] = Expected(model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32))
    return found


def _words(rows: Sequence[NDArray[np.int32]]) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    return csr_matrix((np.ones(ends[-1], np.float32), np.concatenate(rows), ends), (len(rows), BUCKETS))


def with_expected(
    parts: dict[int, list[Timed]], unseen: dict[int, dict[str, Expected]]
) -> dict[int, list[Row]]:
    """The rows of each part with what its words ask for, by weights that have not seen the part."""
    return {
        part: [
            each.row._replace(
                numbers=np.append(each.row.numbers, np.array(row_of(unseen[part], each.asks), np.float32))
            )
            for each in rows
        ]
        for part, rows in parts.items()
    }


def _is_turn(row: Row) -> bool:
    return SORTS[int(row.numbers[0])] in TURNS


def learn_turns(parts: dict[int, list[Row]], without: int | None = None) -> Forest:
    """A forest of the editions and plans of all parts but one."""
    some = [row for row in but(parts, without) if _is_turn(row)]
    return grown(
        *_of(some),
        trees=150,
        leaves=8,
        rate=0.06,
        depth=6,
        least=20,
    )


def learn(parts: dict[int, list[Row]], without: int | None = None) -> Forest:
    """A forest of all other times of all parts but one."""
    some = [row for row in but(parts, without) if not _is_turn(row)]
    return grown(
        *_of(some),
        trees=300,
        leaves=16,
        rate=0.06,
        depth=8,
    )


def _of(some: Sequence[Row]) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float64]]:
    """What is asked, what is right, and what each weighs."""
    return (
        np.stack([row.numbers for row in some]),
        np.array([row.wrong for row in some]),
        np.array([1.0 if row.by_writer else _WEIGHT for row in some]),
    )


class Both(NamedTuple):
    """The forests of a part together, asked as one."""

    times: Forest
    turns: Forest

    def likely(self, rows: Sequence[NDArray[np.float32]]) -> list[float]:
        return by_sort(rows, self._asdict())

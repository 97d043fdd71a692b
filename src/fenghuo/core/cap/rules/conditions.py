"""Rules that need no function: simple conditions on a block's fields, written in a pack's file.

A condition is a table with `of` (alert, info, resource or area), `field` (a CAP element of that block that
holds text, a time, a number or an enumeration) and one or more of: `present = true` or `false`; `pattern`, a
regular expression that the whole text must match; `longest`, the most characters; `fewest` and `most`, how
often the element may stand; `one_of`, the values allowed. The rule is broken when any of them fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from fenghuo.core.cap.elements import ALERT, AREA, INFO, RESOURCE, Block
from fenghuo.core.cap.rules import Check, Hit, Look
from fenghuo.core.cap.times import write_time

_BLOCKS: dict[str, Block] = {"alert": ALERT, "info": INFO, "resource": RESOURCE, "area": AREA}
_KNOWN = {"of", "field", "present", "pattern", "longest", "fewest", "most", "one_of"}

Test = Callable[[Sequence[Any]], Iterable[tuple[int | None, str]]]


def check_of(rule: str, condition: Mapping[str, Any]) -> Check:
    """The check of a condition; ValueError when it cannot be understood."""
    strange = sorted(set(condition) - _KNOWN)
    if strange:
        raise ValueError(f"the condition has {strange}, which mean nothing here.")
    block = _BLOCKS.get(str(condition.get("of")))
    if block is None:
        raise ValueError(f"“of” must be one of {sorted(_BLOCKS)}.")
    element = next((each for each in block.elements if each.name == condition.get("field")), None)
    if element is None:
        raise ValueError(f"the block {condition['of']} has no element “{condition.get('field')}”.")
    tests = [make(condition[name]) for name, make in _TESTS.items() if name in condition]
    if not tests:
        raise ValueError("the condition tests nothing.")
    name, many = element.field, element.many

    read = attrgetter(name)

    def find(subject: Any, *around: Any) -> Iterable[Hit]:
        value = read(subject)
        held = () if value is None else value if many or type(value) is tuple else (value,)
        found: list[Hit] | None = None
        for test in tests:
            for index, shown in test(held):
                where = () if index is None else (name, index) if many else (name,)
                found = found or []
                found.append(Hit(rule, where, {"text": shown}))
        return found or ()

    look = None if many else _look(name, condition)
    return Check(block.makes, (rule,), find, frozenset({name}), look)


def _look(name: str, condition: Mapping[str, Any]) -> Look | None:
    """A quick look at a field that is a single text and meets its condition; None where there is no such look."""
    tests = set(condition) - {"of", "field"}
    if tests == {"longest"}:
        return Look(name, "value.__class__ is str and len(value) <= bound", condition["longest"])
    if tests == {"one_of"}:
        return Look(name, "value in bound", frozenset(map(str, condition["one_of"])))
    if tests == {"pattern"}:
        matches = re.compile(condition["pattern"]).fullmatch
        return Look(name, "value.__class__ is str and bound(value)", matches)
    if tests == {"present"} and condition["present"]:
        return Look(name, "value and (value.__class__ is not str or value.strip())", None)
    return None


def _spelt(value: Any) -> str:
    if isinstance(value, datetime):
        return write_time(value)
    return str(value)


def _present(wanted: bool) -> Test:
    def test(held: Sequence[Any]) -> Iterable[tuple[int | None, str]]:
        there = any(not isinstance(each, str) or each.strip() for each in held) if held else False
        return () if there is wanted else ((0 if held else None, ""),)

    return test


def _pattern(pattern: str) -> Test:
    try:
        whole = re.compile(pattern)
    except re.error as error:
        raise ValueError(f"“pattern” is no regular expression: {error}.") from None

    def test(held: Sequence[Any]) -> Iterable[tuple[int | None, str]]:
        return _failing(held, lambda text: whole.fullmatch(text) is None)

    return test


def _longest(most: int) -> Test:
    def test(held: Sequence[Any]) -> Iterable[tuple[int | None, str]]:
        return _failing(held, lambda text: len(text) > most)

    return test


def _count(fails: Callable[[int], bool]) -> Test:
    def test(held: Sequence[Any]) -> Iterable[tuple[int | None, str]]:
        return ((None, str(len(held))),) if fails(len(held)) else ()

    return test


def _one_of(allowed: list[str]) -> Test:
    values = frozenset(str(each) for each in allowed)

    def test(held: Sequence[Any]) -> Iterable[tuple[int | None, str]]:
        return _failing(held, lambda text: text not in values)

    return test


def _failing(held: Sequence[Any], fails: Callable[[str], bool]) -> list[tuple[int | None, str]]:
    spelt = [str(each) if isinstance(each, str) else _spelt(each) for each in held]
    return [(index, text) for index, text in enumerate(spelt) if fails(text)]


_TESTS: dict[str, Callable[[Any], Test]] = {
    "present": _present,
    "pattern": _pattern,
    "longest": _longest,
    "fewest": lambda fewest: _count(lambda held: held < fewest),
    "most": lambda most: _count(lambda held: held > most),
    "one_of": _one_of,
}

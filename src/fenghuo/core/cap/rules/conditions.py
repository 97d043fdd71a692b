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
from fenghuo.core.cap.rules import Check, Hit
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
    plainly = None if many else _plainly(condition)

    def find(subject: Any, *around: Any) -> Iterable[Hit]:
        value = read(subject)
        # Most blocks meet most conditions, which is seen at once where the value is a single text.
        if plainly is not None and isinstance(value, str) and plainly(value):
            return ()
        held = () if value is None else value if many or type(value) is tuple else (value,)
        found: list[Hit] | None = None
        for test in tests:
            for index, shown in test(held):
                where = () if index is None else (name, index) if many else (name,)
                found = found or []
                found.append(Hit(rule, where, {"text": shown}))
        return found or ()

    return Check(block.makes, (rule,), find, frozenset({name}))


def _plainly(condition: Mapping[str, Any]) -> Callable[[str], object] | None:
    """A quick look at a single text that finds nothing wrong; None where there is no such look."""
    tests = set(condition) - {"of", "field"}
    if tests == {"longest"}:
        most: int = condition["longest"]
        return lambda text: len(text) <= most
    if tests == {"one_of"}:
        return frozenset(map(str, condition["one_of"])).__contains__
    if tests == {"pattern"}:
        return re.compile(condition["pattern"]).fullmatch
    if tests == {"present"} and condition["present"]:
        return str.strip
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

"""The words and numbers of every finding about feeds, as data in `rules.toml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from fenghuo.core.cap.findings import Fault
from fenghuo.core.cap.packs import Pack, from_text


@cache
def pack() -> Pack:
    """The rules as a pack, for lists of rules and SARIF; it checks nothing by itself."""
    return from_text(files("fenghuo.core.cap.feeds").joinpath("rules.toml").read_text(encoding="utf-8"))


def fault(rule: str, **values: object) -> Fault:
    """The fault of a rule with the values its message quotes."""
    return pack().rules[rule].fault(**values)

"""Makes objects of frozen classes several times quicker than calling the class, for those that are made by the dozen.

A frozen class pays at each field for being so. Here the fields are set in a twin that is not frozen, with the same
slots, which then becomes one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, make_dataclass
from typing import Any


def twin_of(kind: type[Any], *order: str) -> type[Any]:
    """A class like a frozen one with slots, but not frozen, whose fields are given in an order or their own."""
    names = [each.name for each in fields(kind)]
    order = order or tuple(names)
    if sorted(order) != sorted(names):
        raise TypeError(f"{kind.__name__} has other fields.")
    return make_dataclass(kind.__name__, [(name, object) for name in order], slots=True, eq=False, repr=False)


def quick_maker(kind: type[Any], *order: str) -> Callable[..., Any]:
    """What makes an object of a frozen class with slots from all its fields, in an order or their own."""
    twin = twin_of(kind, *order)

    def make(*values: Any) -> Any:
        made = twin(*values)
        made.__class__ = kind
        return made

    return make

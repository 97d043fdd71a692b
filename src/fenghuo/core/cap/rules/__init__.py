"""How a rule looks at an alert: small functions of the model, each bound to the rules it can find broken.

A function is handed one block of the model (an alert, an info, a resource or an area) and yields a `Hit` for
each breach. What a rule is called, how grave it is and what it says stands in the data of its pack, never
here. A block may be partial: what could not be read is None or left out, so functions skip what is absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from fenghuo.core.cap.model import Alert, Area, Info, Resource
from fenghuo.core.cap.twins import quick_maker

Where = tuple[str | int, ...]
"""Steps from a block of the model to one of its parts: fields and, for those that repeat, indexes from 0."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One breach of a rule: at a part of the block, with the values its message quotes.

    `mend` is the text to write there instead, or what makes it when asked; `remove` says that the part is to
    go; neither where only a person can put it right.
    """

    rule: str
    where: Where = ()
    values: dict[str, object] = field(default_factory=dict)
    mend: str | Callable[[], str] | None = None
    remove: bool = False


_hit = quick_maker(Hit)


def hit(
    rule: str,
    *where: str | int,
    mend: str | Callable[[], str] | None = None,
    remove: bool = False,
    **values: object,
) -> Hit:
    """A breach of `rule` at the part of the block that `where` leads to."""
    made: Hit = _hit(rule, where, values, mend, remove)
    return made


Finder = Callable[..., Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Look:
    """A quick look at one field of a block, after which most blocks need no further one.

    `passes` is a Python expression of `value`, the field's, and `bound`.
    """

    field: str
    passes: str
    bound: object


@dataclass(frozen=True, slots=True)
class Check:
    """A function, the block it looks at, the rules it finds, and the fields without which it must not run."""

    of: type[Any]
    rules: tuple[str, ...]
    find: Finder
    needs: frozenset[str]
    look: Look | None = None


def finds(of: type[Any], *rules: str, needs: Iterable[str] = ()) -> Callable[[Finder], Finder]:
    """Binds a function to the rules it finds.

    `of` is Alert, Info, Resource or Area; the function is handed the block and, below the alert, the blocks
    around it from the inside out: `f(alert)`, `f(info, alert)`, `f(resource, info, alert)`,
    `f(area, info, alert)`. It is not called for a block in which a field of `needs` could not be read.
    """

    def bind(find: Finder) -> Finder:
        find.check = Check(of, rules, find, frozenset(needs))  # type: ignore[attr-defined]
        return find

    return bind


def checks_of(module: object) -> tuple[Check, ...]:
    """The checks that a module's functions declare, in the order of the module."""
    return tuple(
        each.check for each in vars(module).values() if isinstance(getattr(each, "check", None), Check)
    )


class Judge:
    """Some checks, sorted by the block they look at, so that an alert is walked once."""

    __slots__ = ("_alert", "_area", "_info", "_resource")

    def __init__(self, checks: Iterable[Check]) -> None:
        every = tuple(checks)
        self._alert, self._info, self._resource, self._area = (
            _Bench([each for each in every if each.of is kind]) for kind in (Alert, Info, Resource, Area)
        )

    def hits(self, alert: Alert, unread: dict[int, set[str]] | None = None) -> list[tuple[Where, Hit]]:
        """Every breach on an alert, with the steps to the block it was found in.

        `unread` gives, by the identity of a block, the fields that stood there but could not be read.
        """
        found: list[tuple[Where, Hit]] = []
        self._alert.find(found, (), unread, alert)
        for number, info in enumerate(alert.infos):
            self._info.find(found, ("infos", number), unread, info, alert)
            for index, resource in enumerate(info.resources):
                where = ("infos", number, "resources", index)
                self._resource.find(found, where, unread, resource, info, alert)
            for index, area in enumerate(info.areas):
                where = ("infos", number, "areas", index)
                self._area.find(found, where, unread, area, info, alert)
        return found


class _Bench:
    """The checks of one kind of block; all their quick looks are written out as one function."""

    __slots__ = ("_every", "_functions", "_look")

    def __init__(self, checks: list[Check]) -> None:
        self._every = checks
        self._functions = [each.find for each in checks if each.look is None]
        self._look = _look([each for each in checks if each.look is not None])

    def find(
        self,
        found: list[tuple[Where, Hit]],
        where: Where,
        unread: dict[int, set[str]] | None,
        block: object,
        *around: object,
    ) -> None:
        """Adds what the checks find in one block."""
        lost = unread.get(id(block)) if unread else None
        if lost:
            functions = [each.find for each in self._every if not each.needs & lost]
        else:
            functions = self._functions
            for find in self._look(block):
                for hit in find(block):
                    found.append((where, hit))
        for find in functions:
            hits = find(block, *around)
            if hits:
                for hit in hits:
                    found.append((where, hit))


def _look(checks: list[Check]) -> Callable[[object], list[Finder]]:
    """What gives those checks, of these with a quick look, that a block does not pass at once."""
    names: dict[str, Any] = {}
    lines = ["def look(block):", " left = []"]
    for number, check in enumerate(checks):
        assert check.look is not None
        names[f"bound{number}"], names[f"find{number}"] = check.look.bound, check.find
        passes = check.look.passes.replace("bound", f"bound{number}")
        lines += [f" value = block.{check.look.field}", f" if not ({passes}): left.append(find{number})"]
    exec(compile("\n".join([*lines, " return left"]), "<looks at CAP>", "exec"), names)
    look: Callable[[object], list[Finder]] = names["look"]
    return look

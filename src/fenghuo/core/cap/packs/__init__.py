"""Rule packs: what each rule is called, means and says, as data in both languages, with the checks behind it.

A pack is a TOML file beside this one and a module of functions in `rules`; `load` also takes a file of
somebody else's, whose rules are simple conditions written in the file itself or functions handed over by the
caller. A file never names code to run.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from fenghuo.core.cap.findings import Fault, Finding, Level, Locator, Place, Text, later
from fenghuo.core.cap.twins import quick_maker

NAMES = ("cap12", "wmo", "phone", "desk")
"""The packs that come with the library."""

_fault = quick_maker(Fault)
_GAP = re.compile(r"\{(\w+)\}")
_BY = ("reading", "writing", "schema", "function", "condition")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack.

    `id` is stable and names the rule in findings; `number` is what people quote. `by` tells who finds it:
    the reader, the writer, the schema, a function, or a condition in the file. `right` and `wrong` are
    pieces of the pack's example document and the same pieces broken; `alongside` are the rules that cannot but
    be broken with it. `provenance` is `standard` (the clause says so),
    `single-source` (one publication, named in `clause`, says so) or `ours`.
    """

    id: str
    number: str
    pack: str
    level: Level
    clause: str
    title: Text
    why: Text
    message: Text
    fix: Text
    by: str = "function"
    right: tuple[str, ...] = ()
    wrong: tuple[bytes, ...] = ()
    alongside: tuple[str, ...] = ()
    mends: bool = False
    provenance: str = "standard"
    condition: Mapping[str, Any] | None = None
    _told: Callable[[Mapping[str, object]], Sequence[str]] = field(init=False, repr=False, compare=False)

    def fault(self, mend: str | None = None, **values: object) -> Fault:
        """The rule's fault with the values its message quotes, and the text that puts it right."""
        made: Fault = _fault(self.id, *self._told(values), self.level, mend)
        return made

    def finding(self, place: Place, values: Mapping[str, object]) -> Finding:
        """The rule's finding at a place."""
        return Finding(self.id, self.level, place, *self._told(values))

    def later(self, at: int, locator: Locator, values: Mapping[str, object]) -> Finding:
        """The rule's finding at an offset, the place and texts of which are worked out when asked for."""
        found: Finding = later(self.id, self.level, at, None, locator, None, self._told, values)
        return found

    def __post_init__(self) -> None:
        texts = (self.message.en, self.message.zh, self.fix.en, self.fix.zh)
        if any("{" in text for text in texts):
            # Not str.format: what a stranger's document holds must not be read as a template.
            pieces = [_GAP.split(text) for text in texts]
            forms = [
                "%s".join(piece.replace("%", "%%") for piece in each[::2]) if len(each) > 1 else each[0]
                for each in pieces
            ]
            filled = [(form, each[1::2]) for form, each in zip(forms, pieces, strict=True)]

            def told(values: Mapping[str, object]) -> Sequence[str]:
                return [
                    form % tuple([values.get(name, "") for name in names]) if names else form
                    for form, names in filled
                ]
        else:

            def told(values: Mapping[str, object]) -> Sequence[str]:
                return texts

        object.__setattr__(self, "_told", told)


@dataclass(frozen=True, slots=True)
class Pack:
    """Rules that belong together, the checks that find them broken, and a document that breaks none."""

    name: str
    title: Text
    rules: Mapping[str, Rule]
    checks: tuple[Any, ...] = ()
    example: bytes = b""

    def example_of(self, rule: Rule) -> tuple[bytes, bytes]:
        """The pack's example document before and after it is broken in this rule's way."""
        broken = self.example
        for right, wrong in zip(rule.right, rule.wrong, strict=True):
            broken = broken.replace(right.encode(), wrong, 1)
        return self.example, broken


class BadPack(ValueError):
    """A pack's file does not hold what a pack needs; the message says which rule and what."""


def load(pack: str | Path | Pack, *, functions: object | None = None) -> Pack:
    """A pack by name, or from a TOML file of one's own, with the functions of a module bound to its rules.

    Raises BadPack for a file that is no pack, and for rules without a check or checks without a rule.
    """
    if isinstance(pack, Pack):
        return pack
    if pack in NAMES and functions is None:
        return _own(str(pack))
    path = Path(pack)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadPack(f"No pack “{pack}” can be read: {error}.") from None
    return from_text(text, functions=functions)


def from_text(text: str, *, functions: object | None = None, example: bytes = b"") -> Pack:
    """A pack from the text of its TOML file."""
    from fenghuo.core.cap.rules import checks_of
    from fenghuo.core.cap.rules.conditions import check_of

    pack = _read(text)
    checks = checks_of(functions) if functions is not None else ()
    named = [name for each in checks for name in each.rules]
    strangers = sorted(set(named) - set(pack.rules))
    if strangers:
        raise BadPack(f"Checks find rules that the pack “{pack.name}” does not describe: {strangers}.")
    conditions = []
    for rule in pack.rules.values():
        if rule.by == "condition":
            try:
                conditions.append(check_of(rule.id, rule.condition or {}))
            except ValueError as error:
                raise BadPack(f"Rule “{rule.id}”: {error}") from None
        elif rule.by == "function" and rule.id not in named:
            raise BadPack(f"Nothing finds rule “{rule.id}” of the pack “{pack.name}”.")
    return replace(pack, checks=(*checks, *conditions), example=example or pack.example)


@cache
def _own(name: str) -> Pack:
    home = files("fenghuo.core.cap.packs")
    example = home.joinpath("examples", f"{name}.xml")
    if not example.is_file():
        example = home.joinpath("examples", "cap12.xml")
    return from_text(
        home.joinpath(f"{name}.toml").read_text(encoding="utf-8"),
        functions=import_module(f"fenghuo.core.cap.rules.{name}"),
        example=example.read_bytes(),
    )


@cache
def _book() -> Mapping[str, Rule]:
    # The reader speaks the words of cap12 without its checks, which need the model that the reader makes.
    text = files("fenghuo.core.cap.packs").joinpath("cap12.toml").read_text(encoding="utf-8")
    return _read(text).rules


def fault(rule_id: str, mend: str | None = None, **values: object) -> Fault:
    """The fault of a cap12 rule that reading or writing finds, with the text that puts it right."""
    return _book()[rule_id].fault(mend, **values)


def rule(rule_id: str, packs: Sequence[str | Path | Pack] = NAMES) -> Rule | None:
    """What the packs say of a rule; None when they have no such rule."""
    for each in packs:
        found = load(each).rules.get(rule_id)
        if found is not None:
            return found
    return None


def _read(text: str) -> Pack:
    try:
        data = tomllib.loads(text)
        name = data["pack"]["name"]
        title = Text(data["pack"]["title"]["en"], data["pack"]["title"]["zh"])
        rows: Iterable[dict[str, Any]] = data["rule"]
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadPack(f"This is no pack: {error}.") from None
    rules: dict[str, Rule] = {}
    for row in rows:
        made = _rule(name, row)
        if made.id in rules:
            raise BadPack(f"The pack “{name}” describes rule “{made.id}” twice.")
        rules[made.id] = made
    return Pack(name, title, rules)


def _rule(pack: str, row: dict[str, Any]) -> Rule:
    try:
        made = Rule(
            id=row["id"],
            number=row["number"],
            pack=pack,
            level=Level(row.get("level", "error")),
            clause=row["clause"],
            by=row.get("by", "condition" if "when" in row else "function"),
            right=tuple(_pieces(row.get("right", []))),
            wrong=_wrong(row),
            alongside=tuple(row.get("alongside", ())),
            mends=row.get("mends", False),
            provenance=row.get("provenance", "standard"),
            condition=row.get("when"),
            **{part: Text(row[part]["en"], row[part]["zh"]) for part in ("title", "why", "message", "fix")},
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadPack(
            f"A rule of the pack “{pack}” ({row.get('id', '?')}) lacks or misspells {error}."
        ) from None
    if made.by not in _BY:
        raise BadPack(f"Rule “{made.id}” says it is found by “{made.by}”.")
    return made


def _pieces(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _wrong(row: dict[str, Any]) -> tuple[bytes, ...]:
    # What breaks a limit is written once and repeated; what is no text at all is written in hexadecimal.
    if "wrong_hex" in row:
        return (bytes.fromhex(row["wrong_hex"]),)
    return tuple(piece.encode() * row.get("repeat", 1) for piece in _pieces(row.get("wrong", [])))

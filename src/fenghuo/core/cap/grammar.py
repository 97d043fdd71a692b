"""The element table as code that reads a plain text: for each block an expression, and a function that uses it.

The functions are written out and compiled, as `dataclasses` does it, because what they do differs by block only in
what the table says: one line for each element instead of a loop over all of them. They read nothing but what most
alerts have in it; whatever is otherwise makes them raise Unusual. A **loose** reader also takes elements with nothing
in them where the standard lets the element be left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from fenghuo.core.cap.elements import ALERT, AREA, PAIR, PAIRED, TEXT, TOKEN, VALUE, WORDS, Block, Element
from fenghuo.core.cap.model import ValuePair
from fenghuo.core.cap.packs import fault
from fenghuo.core.cap.times import WHITE
from fenghuo.core.cap.twins import quick_maker, twin_of

_BLANKS = "[ \\n\\t]*+"
# What most elements hold: some text; text with no blank at either end.
_SOME = r"\s*+[^\s<][^<]*+"
_TIGHT = r"[^\x00- <](?:[^<]*[^\x00- <])?"
_MOST_PREFIXES = 8

Reader = Callable[[str, int, Any], tuple[Any, int]]

_readers: dict[tuple[str, bool], Reader] = {}
_pair = quick_maker(ValuePair)


class Unusual(Exception):
    """Something about an alert asks for the careful reading."""


def reader_of(prefix: str, *, loose: bool) -> Reader:
    """What reads an alert whose tags have a prefix such as `cap:` from a text and the offset of its first element.

    It is handed the text, the offset and a `quick.Reading`, and gives the alert and the offset of its end tag. Kept
    for the first few prefixes that come: making one takes longer than reading an alert carefully.
    """
    reader = _readers.get((prefix, loose))
    if reader is None:
        if len(_readers) >= _MOST_PREFIXES:
            raise Unusual
        reader = _readers[prefix, loose] = _Writer(prefix, loose).alert()
    return reader


class _Writer:
    """Writes the readers of all blocks in tags of one prefix."""

    def __init__(self, prefix: str, loose: bool) -> None:
        self._prefix, self._loose = prefix, loose
        self._names: dict[str, Any] = {
            "Unusual": Unusual, "pair": _pair, "skip": re.compile(_BLANKS).match, "emptied": emptied,
        }  # fmt: skip
        self._lines: list[str] = []

    def alert(self) -> Reader:
        self._block(ALERT, "alert", "")
        exec(compile("\n".join(self._lines), "<readers of CAP>", "exec"), self._names)
        reader: Reader = self._names["read_alert"]
        return reader

    def _name(self, wanted: str, value: Any) -> str:
        """A name for a value in the written code."""
        name = f"{wanted}_{len(self._names)}"
        self._names[name] = value
        return name

    def _block(self, block: Block, tag: str, opening: str) -> None:
        """Writes the reader of a block, after those of the blocks in it."""
        whole: list[str] = [opening + _BLANKS]
        groups: list[str] = []
        escaped: list[str] = []
        steps: list[str] = []
        inner: list[tuple[Element, Block]] = []
        order: list[str] = []
        absent = {each.name: each.default for each in fields(block.makes)}
        for number, element in enumerate(block.elements):
            kind, holds = block.rows[element.tag][3:5]
            own = f"v{number}"
            order.append(own)
            if kind > PAIRED:
                self._block(holds, element.name, f"<{self._prefix}{element.name}>")
                inner.append((element, holds))
            elif kind == PAIRED:
                self._pairs(element, holds, own, whole, groups, escaped, steps)
            elif element.many:
                self._many(element, kind, holds, own, whole, groups, steps)
            else:
                default = absent[element.field]
                self._single(element, kind, holds, own, default, whole, groups, escaped, steps)
        if not inner and opening:
            whole.append(f"</{self._prefix}{tag}>{_BLANKS}")
        match = self._name("match", re.compile("".join(whole)).match)
        made = self._name("Twin", twin_of(block.makes, *(each.field for each in block.elements), "extra"))
        kind_name = self._name("Kind", block.makes)
        lines = [
            f"def read_{tag}(text, at, the, extra=()):",
            f" found = {match}(text, at)",
            " if found is None: raise Unusual",
            f" {', '.join(groups)}{',' if len(groups) == 1 else ''} = found.groups()",
            " known = the.known",
        ]
        if escaped:
            lines.append(" if the.escapes and text.find('&', at, found.end()) >= 0:")
            lines.append("  plain = the.plain")
            lines += [f"  if {each}: {each} = plain({each})" for each in escaped]
        lines += steps
        lines.append(" at = found.end()")
        for element, _ in inner:
            lines += self._inner(element, f"v{block.elements.index(element)}")
        if inner and opening:
            lines += _closed(f"</{self._prefix}{tag}>")
        lines += [
            f" made = {made}({', '.join(order)}, extra)",
            f" made.__class__ = {kind_name}",
            " return made, at",
        ]
        self._lines += lines

    def _single(
        self, element: Element, kind: int, holds: Any, own: str, default: Any,
        whole: list[str], groups: list[str], escaped: list[str], steps: list[str],
    ) -> None:  # fmt: skip
        """An element that stands at most once."""
        name = self._prefix + element.name
        groups.append(own)
        if kind == WORDS:
            steps.append(f" {own} = {self._name('words', holds)}[{own}]")
        else:
            escaped.append(own)
        if element.required and kind == TEXT and self._loose:
            whole.append(self._maybe_empty(name) + _BLANKS)
            steps.append(f" if {own} is None: {own} = ''")
        elif element.required:
            whole.append(f"<{name}>({_content(kind, holds)})</{name}>{_BLANKS}")
        elif self._loose:
            groups[-1:] = [f"{own}e", own]
            whole.append(rf"(?:<{name}(?:[ \n\t]*/()>|>([^<]*)</{name}>){_BLANKS})?")
            known = self._name("element", (element.name, kind, element.holds.free))
            steps += [
                f" if {own}e is not None or ({own} is not None and ({own}[:1] <= ' ' or {own}[-1:] <= ' ')):",
                f"  {own} = emptied({known}, {own}, found, {len(groups)}, the)",
            ]
        else:
            whole.append(f"(?:<{name}>({_content(kind, holds)})</{name}>{_BLANKS})?")
        if kind == VALUE:
            read = self._name("read", holds)
            steps.append(f" if {own} is None: {own} = {self._name('default', default)}")
            steps += _valued(own, read, f"found.start({len(groups)})", "else")

    def _many(
        self, element: Element, kind: int, holds: Any, own: str,
        whole: list[str], groups: list[str], steps: list[str],
    ) -> None:  # fmt: skip
        """An element that repeats: nearly always it stands once, so the first is matched by itself."""
        name = self._prefix + element.name
        content = _content(kind, holds)
        one = f"<{name}>({content})</{name}>{_BLANKS}"
        again = f"((?:<{name}>{content}</{name}>{_BLANKS})*)"
        whole.append(one + again if element.required else f"(?:{one}{again})?")
        groups += [own, f"{own}r"]
        place = len(groups)
        each = self._name("each", re.compile(one))
        steps.append(f" if {own} is None: {own} = ()")
        if kind == WORDS:
            words = self._name("words", holds)
            steps += [
                f" elif {own}r: {own} = ({words}[{own}], *[{words}[one] for one in {each}.findall({own}r)])",
                f" else: {own} = ({words}[{own}],)",
            ]
        elif kind == VALUE:
            read = self._name("read", holds)
            steps += _valued(own, read, f"found.start({place - 1})", "else")
            steps += [
                f"  if {own}r: {own} = ({own}, *the.values({read}, {each}, {own}r, found.start({place})))",
                f"  else: {own} = ({own},)",
            ]
        else:
            steps += [
                f" else: {own} = ({own}, *{each}.findall({own}r)) if {own}r else ({own},)",
                f" if the.escapes: {own} = tuple(map(the.plain, {own}))",
            ]

    def _pairs(
        self, element: Element, holds: Block, own: str,
        whole: list[str], groups: list[str], escaped: list[str], steps: list[str],
    ) -> None:  # fmt: skip
        """An element that holds a name and a value, and repeats."""
        name = self._prefix + element.name
        first, second = (
            self._text(self._prefix + each.name, holds.rows[each.tag][3]) for each in holds.elements
        )
        one = f"<{name}>{_BLANKS}{first}{_BLANKS}{second}{_BLANKS}</{name}>{_BLANKS}"
        whole.append(f"(?:{one}((?:{_ungrouped(one)})*))?")
        groups += [f"{own}n", f"{own}v", f"{own}r"]
        each = self._name("each", re.compile(one))
        if self._loose and holds is PAIR:
            steps.append(f" if {own}r is not None: {own}n, {own}v = {own}n or '', {own}v or ''")
        steps += [
            f" if {own}r is None: {own} = ()",
            f" elif {own}r: {own} = tuple([pair(n, v) for n, v in"
            f" the.plainly([({own}n, {own}v), *{each}.findall({own}r)])])",
            " elif the.escapes:",
            f"  plain = the.plain; {own} = (pair(plain({own}n), plain({own}v)),)",
            f" else: {own} = (pair({own}n, {own}v),)",
        ]

    def _text(self, name: str, kind: int) -> str:
        """The expression of an element of a pair; what it holds, or "" or None, is a group."""
        if self._loose and kind == TEXT:
            return self._maybe_empty(name)
        return f"<{name}>({_content(kind, None)})</{name}>"

    @staticmethod
    def _maybe_empty(name: str) -> str:
        return rf"<{name}(?:[ \n\t]*/>|>([^<]*)</{name}>)"

    def _inner(self, element: Element, own: str) -> list[str]:
        """The blocks of one name in a block; areas that stand in the info of each language are read once."""
        tag = f"<{self._prefix}{element.name}>"
        read = f"read_{element.name}"
        lines = [f" {own} = []", f" while text.startswith({tag!r}, at):"]
        if element.holds is AREA:
            end = f"</{self._prefix}{element.name}>"
            lines += [
                f"  stop = text.find({end!r}, at) + {len(end)}",
                "  same = text[at:stop]",
                "  one = the.areas.get(same)",
                "  if one is not None: at = skip(text, stop).end()",
                "  else:",
                "   told = len(the.told)",
                f"   one, at = {read}(text, at, the)",
                "   if len(the.told) == told: the.areas[same] = one",
            ]
        else:
            lines.append(f"  one, at = {read}(text, at, the)")
        return [*lines, f"  {own}.append(one)", f" {own} = tuple({own})"]


def _closed(tag: str) -> list[str]:
    return [
        f" if not text.startswith({tag!r}, at): raise Unusual",
        f" at = skip(text, at + {len(tag)}).end()",
    ]


def _valued(own: str, read: str, at: str, branch: str) -> list[str]:
    """Lines that put a value in the place of its text; the same times and shapes stand in every info."""
    return [
        f" {branch}:",
        f"  value = known.get(({read}, {own}))",
        f"  {own} = the.value({read}, {own}, {at}) if value is None else value",
    ]


def _content(kind: int, holds: Any) -> str:
    """What an element of a kind holds in most alerts."""
    if kind == WORDS:
        return f"(?:{'|'.join(map(re.escape, holds))})"
    return _TIGHT if kind == TOKEN else _SOME


def _ungrouped(expression: str) -> str:
    return re.sub(r"\((?!\?)", "(?:", expression)


def emptied(
    element: tuple[str, int, bool], text: str | None, found: re.Match[str], group: int, the: Any
) -> str | None:
    """What is read of an element of a name, kind and freedom that may have nothing in it, which is reported."""
    name, kind, free = element
    if text is not None and text.strip(WHITE):
        # Something, with blanks around it.
        if text.isspace() or kind == TOKEN:
            raise Unusual
        return text
    told = fault("text-empty" if free else "element-empty", name=name)
    the.told.append((found.start(group if text is not None else group - 1), told))
    return (text or "") if free else None

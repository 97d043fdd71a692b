"""Reads an alert from its text where nothing about it is unusual: several times quicker than element by element.

The element table is made into one regular expression a block, in which each element stands in its place with what
most alerts have in it. The parser has found the text well-formed, so what matches is what its elements hold.
Whatever is otherwise (an attribute, a comment, an empty element, another order) is left to the careful reading of
`tree`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any

from lxml import etree

from fenghuo.core.cap.elements import ALERT, PAIRED, TOKEN, VALUE, WORDS, Block
from fenghuo.core.cap.findings import Unusable
from fenghuo.core.cap.model import ValuePair
from fenghuo.core.cap.source import Source
from fenghuo.core.cap.spots import Spots, unescaped
from fenghuo.core.cap.tree import SIGNATURE, Reader, Tree, canonical
from fenghuo.core.cap.twins import quick_maker

_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_OPENING = re.compile(r"""<(?:([\w.\-]+):)?alert(?:\s+[\w:.\-]+\s*=\s*(?:"[^">]*"|'[^'>]*'))*\s*>\s*""")
_SIGNATURE = re.compile(r"<(?:[\w.\-]+:)?Signature[\s>]")
# What most elements hold: some text; text with no blank at either end.
_SOME = r"\s*[^\s<][^<]*"
_TIGHT = r"[^\x00- <](?:[^<]*[^\x00- <])?"
_GROUP = re.compile(r"\((?!\?)")
_MOST_PREFIXES = 8


_pair = quick_maker(ValuePair)


class _Unusual(Exception):
    """Something about an alert asks for the careful reading."""


def read_tree(root: etree._Element, source: Source | None = None) -> Tree:
    """The reading of an `alert` element of the CAP 1.2 namespace, the root of a source if one is given.

    Where there is none, or it does not say it plainly (a comment, a CDATA section), the element is written out to be
    read quickly, which costs less than the careful reading.
    """
    if source is not None and source.plain:
        prolog = _PROLOG.match(source.text)
        assert prolog is not None
        tree = _quickly(root, source.text, prolog.end())
        if tree is not None:
            return tree
        if source.text.find("<!", prolog.end()) < 0:
            return Reader().tree(root)
    tree = _quickly(root, etree.tostring(root, encoding="unicode", with_tail=False), 0)
    if tree is None:
        return Reader().tree(root)
    tree.spots = None  # What was written out is not what was sent.
    return tree


def _quickly(root: etree._Element, text: str, start: int) -> Tree | None:
    try:
        return _Quick(root, text, start).tree()
    except _Unusual:
        return None


class _Quick:
    """One reading, which says no more than what is wrong with a value that can still be read."""

    __slots__ = (
        "_escapes",
        "_first",
        "_forms",
        "_known",
        "_prefix",
        "_reader",
        "_root",
        "_sent",
        "_start",
        "_text",
    )

    def __init__(self, root: etree._Element, text: str, start: int) -> None:
        self._sent = "\r" not in text
        if not self._sent:
            text, start = text[start:].replace("\r\n", "\n").replace("\r", "\n"), 0
        opening = _OPENING.match(text, start)
        if opening is None:
            raise _Unusual
        self._prefix = f"{opening[1]}:" if opening[1] else ""
        self._forms = _forms_of(self._prefix)
        self._root, self._text, self._reader = root, text, Reader()
        self._start, self._first = start, opening.end()
        self._escapes = "&" in text
        # The same times and shapes stand in the info of every language.
        self._known: dict[tuple[Any, str], Any] = {}

    def tree(self) -> Tree:
        """What was read; raises _Unusual where the careful reading is called for."""
        text, reader = self._text, self._reader
        signatures = _signatures(self._root)
        try:
            extra = tuple(map(canonical, signatures))
        except Unusable:
            raise _Unusual from None
        alert, end = self._block(ALERT, self._first, extra)
        if not (_SIGNATURE if signatures else self._forms[id(ALERT)].close).match(text, end):
            raise _Unusual
        reader.skipped.update(signatures)
        tree = reader.tree(self._root, alert)
        if self._sent:
            tree.spots = Spots(text, self._start, end, self._prefix)
        return tree

    def _block(self, block: Block, at: int, extra: tuple[bytes, ...] = ()) -> tuple[Any, int]:
        """The object for a block whose first element stands at an offset, and where its last one ends."""
        form, escapes, known = self._forms[id(block)], self._escapes, self._known
        found = form.text.match(self._text, at)
        if found is None:
            raise _Unusual
        held: list[Any] = list(found.groups())
        if escapes:
            for position in form.texts:
                if held[position]:
                    held[position] = _plain(held[position])
        for position, words in form.words:
            held[position] = words[held[position]]
        for position, read, default in form.values:
            text = held[position]
            if text is None:
                held[position] = default
                continue
            value = known.get((read, text))
            held[position] = self._value(read, text, found.start(position + 1)) if value is None else value
        for position, one, kind, holds in form.lists:
            text = held[position]
            if not text:
                held[position] = ()
                continue
            parts = one.findall(text)
            if kind == PAIRED:
                if escapes:
                    parts = [(_plain(name), _plain(value)) for name, value in parts]
                held[position] = tuple([_pair(name, value) for name, value in parts])
            elif kind == WORDS:
                held[position] = tuple([holds[each] for each in parts])
            elif kind == VALUE:
                made = []
                for number, part in enumerate(parts):
                    value = known.get((holds, part))
                    if value is None:
                        value = self._value(
                            holds, part, found.start(position + 1), one.finditer(text), number
                        )
                    made.append(value)
                held[position] = tuple(made)
            else:
                held[position] = tuple(map(_plain, parts) if escapes else parts)
        at = found.end()
        for opening, inner in form.inner:
            close = self._forms[id(inner)].close
            blocks = []
            while begin := opening.match(self._text, at):
                one_made, at = self._block(inner, begin.end())
                end = close.match(self._text, at)
                if end is None:
                    raise _Unusual
                at = end.end()
                blocks.append(one_made)
            held.append(tuple(blocks))
        return form.make(*held, extra), at

    def _value(self, read: Any, text: str, at: int, each: Any = (), number: int = 0) -> Any:
        """A value from the text at an offset, or from that of an element among `each` like it that begin there."""
        reader = self._reader
        try:
            value = read(text, reader.told)
        except Unusable:
            raise _Unusual from None
        if reader.told:
            for begin in islice(each, number, number + 1):
                at += begin.start(1)
            reader.told_at(self._element(at))
        else:
            self._known[read, text] = value
        return value

    def _element(self, at: int) -> etree._Element:
        """The element whose text begins at an offset: the last of those that have begun before it."""
        start = self._start
        begun = self._text.count("<", start, at) - self._text.count("</", start, at)
        return next(islice(self._root.iter(etree.Element), begun - 1, None))


def _signatures(root: etree._Element) -> list[etree._Element]:
    """The signatures that end an alert; none where anything else stands after the first."""
    if not len(root) or root[-1].tag != SIGNATURE:
        return []
    found = root.findall("{*}Signature")
    alike = all(each.tag == SIGNATURE and not (each.tail and each.tail.strip()) for each in found)
    return found if alike and root[-len(found) :] == found else []


def _plain(text: str) -> str:
    """A text with the characters that it names; raises _Unusual where these could be blanks at its ends."""
    if "&" not in text:
        return text
    made = unescaped(text)
    if "&#" in text and (made[0] <= " " or made[-1] <= " " or made.isspace()):
        raise _Unusual
    return made


@dataclass(frozen=True, slots=True)
class _Form:
    """A block as most alerts have it, and how to make values of what was matched.

    `text` is all that comes before inner blocks, a group for each field, `close` the end tag. By the position of
    their group, `texts` are the fields that stand once, `words` those of them that have few words, `values` those
    worked out from their text, with what stands for them when they are not there; `lists` are those that repeat,
    with the expression of one. `inner` are the start tags of blocks, and `make` takes all these in order.
    """

    text: re.Pattern[str]
    close: re.Pattern[str]
    texts: tuple[int, ...]
    words: tuple[tuple[int, Any], ...]
    values: tuple[tuple[int, Any, Any], ...]
    lists: tuple[tuple[int, re.Pattern[str], int, Any], ...]
    inner: tuple[tuple[re.Pattern[str], Block], ...]
    make: Callable[..., Any]


_FORMS: dict[str, dict[int, _Form]] = {}


def _forms_of(prefix: str) -> dict[int, _Form]:
    """The forms by the identity of their block, in documents whose tags have a prefix such as `cap:`.

    Kept for the first few prefixes that come: making them takes longer than reading an alert carefully.
    """
    forms = _FORMS.get(prefix)
    if forms is None:
        if len(_FORMS) >= _MOST_PREFIXES:
            raise _Unusual
        forms = _FORMS[prefix] = {}
        _add_form(forms, ALERT, "alert", prefix)
    return forms


def _add_form(forms: dict[int, _Form], block: Block, tag: str, prefix: str) -> None:
    absent = {each.name: each.default for each in fields(block.makes)}
    whole: list[str] = []
    texts, words, values, lists, inner = [], [], [], [], []
    for position, element in enumerate(block.elements):
        name = prefix + element.name
        kind, holds = block.rows[element.tag][3:5]
        if kind > PAIRED:
            inner.append((re.compile(rf"<{name}>\s*"), holds))
            _add_form(forms, holds, element.name, prefix)
            continue
        one = rf"<{name}>{_content(kind, holds, prefix)}</{name}>\s*"
        if element.many:
            whole.append(f"((?:{_GROUP.sub('(?:', one)}){'+' if element.required else '*'})")
            lists.append((position, re.compile(one), kind, holds))
            continue
        whole.append(one if element.required else f"(?:{one})?")
        texts.append(position)
        if kind == WORDS:
            words.append((position, holds))
        elif kind == VALUE:
            values.append((position, holds, absent[element.field]))
    forms[id(block)] = _Form(
        re.compile("".join(whole)),
        re.compile(rf"</{prefix}{tag}>\s*"),
        tuple(texts),
        tuple(words),
        tuple(values),
        tuple(lists),
        tuple(inner),
        quick_maker(block.makes, *(each.field for each in block.elements), "extra"),
    )


def _content(kind: int, holds: Any, prefix: str) -> str:
    """What an element of a kind holds in most alerts, each text in a group."""
    if kind == WORDS:
        return f"({'|'.join(map(re.escape, holds))})"
    if kind == PAIRED:
        first, second = (
            f"<{prefix}{each.name}>{_content(holds.rows[each.tag][3], None, prefix)}</{prefix}{each.name}>"
            for each in holds.elements
        )
        return rf"\s*{first}\s*{second}\s*"
    return f"({_TIGHT if kind == TOKEN else _SOME})"

"""Reads an alert from its text where nothing about it is unusual: many times quicker than element by element.

`grammar` has the elements of CAP in their order with what most alerts hold in them. A text that matches it from end to
end, whose characters and references XML allows, is well-formed, so no parser is asked. Whatever is otherwise (an
attribute, another order, a value misspelt) is left to the careful reading of `tree`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from lxml import etree

from fenghuo.core.cap.canonical import canonical
from fenghuo.core.cap.document import parse_source
from fenghuo.core.cap.findings import CapError, Fault, Unusable
from fenghuo.core.cap.grammar import Unusual, reader_of
from fenghuo.core.cap.model import NAMESPACE, Alert
from fenghuo.core.cap.source import Source
from fenghuo.core.cap.spots import CHARACTER, Spots, unescaped
from fenghuo.core.cap.times import Faults
from fenghuo.core.cap.tree import SIGNATURE, Reader, Tree

# XML 1.0, 2.8: a declaration, of version 1.0 and saying nothing that it may not.
_PROLOG = re.compile(
    r"""(?:<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(?:"1\.0"|'1\.0')"""
    r"""(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(?:"[A-Za-z][\w.\-]*"|'[A-Za-z][\w.\-]*'))?"""
    r"""(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\n]*\?>)?[ \t\n]*""",
    re.ASCII,
)
# A start tag with declarations of namespaces and hints at a schema, and nothing else.
_PLAIN_OPENING = re.compile(
    r"<(?:([A-Za-z_][\w.\-]*):)?alert"
    r"((?:[ \t\n]+(?:xmlns(?::[A-Za-z_][\w.\-]*)?|xsi:(?:noNamespaceS|s)chemaLocation)[ \t\n]*=[ \t\n]*"
    r"""(?:"[^"<&]+"|'[^'<&]+'))+)[ \t\n]*>""",
    re.ASCII,
)
_DECLARED = re.compile(r"""([\w:.\-]+)[ \t\n]*=[ \t\n]*(?:"([^"]*)"|'([^']*)')""", re.ASCII)
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_RESERVED = {"http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/"}
_OPENING = re.compile(r"""<(?:([\w.\-]+):)?alert(?:\s+[\w:.\-]+\s*=\s*(?:"[^">]*"|'[^'>]*'))*\s*>""")
_SIGNATURE = re.compile(r"<(?:[\w.\-]+:)?Signature[\s>]")
# Comments and processing instructions between the elements of blocks, where they touch no text.
_BETWEEN = re.compile(
    r"<[!?](?<![^>\s]..)(?:--[^-]*(?:-[^-]+)*-->|(?<=\?)(?![Xx][Mm][Ll][\s?])[A-Za-z_][\w.\-]*(?:\s[^?]*(?:\?+[^?>][^?]*)*)?\?>)"
    r"(?=\s*(?:<(?!/)|</(?:[\w.\-]+:)?(?:alert|info|area|resource)[\s>]|\Z))",
    re.ASCII,
)
_VISIBLE = re.compile(r"[^\n]")
_EMPTY = re.compile(r"/>|>[ \t\n]*</")
# What XML 1.0, 2.2 does not let a document hold, as bytes of UTF-8.
_CONTROLS = bytes(each for each in range(32) if each not in b"\t\n\r")
_NO_CHARACTER = re.compile(rb"\xef\xbf[\xbe\xbf]")


@dataclass(slots=True)
class Plain:
    """An alert read from its text: where its parts stand in it, and what is wrong with values at offsets of it."""

    alert: Alert
    spots: Spots
    told: list[tuple[int, Fault]]
    signed: bool = False


@dataclass(slots=True)
class Reading:
    """What the reading of one text remembers, and how it makes values."""

    escapes: bool
    told: list[tuple[int, Fault]] = field(default_factory=list)
    known: dict[tuple[Any, str], Any] = field(default_factory=dict)
    faulty: dict[tuple[Any, str], tuple[Any, Faults]] = field(default_factory=dict)
    areas: dict[str, Any] = field(default_factory=dict)

    def value(self, read: Any, text: str, at: int) -> Any:
        """A value that is not known yet from the text at an offset."""
        key = (read, text)
        value, faults = self.faulty.get(key) or (None, [])
        if not faults:
            try:
                value = read(text, faults)
            except Unusable:
                raise Unusual from None
            if not faults:
                self.known[key] = value
                return value
            self.faulty[key] = value, faults
        self.told += [(at, each) for each in faults]
        return value

    def values(self, read: Any, each: re.Pattern[str], text: str, at: int) -> Iterator[Any]:
        """The values of elements like each other, in a text that begins at an offset."""
        for found in each.finditer(text):
            value = self.known.get((read, found[1]))
            yield self.value(read, found[1], at + found.start(1)) if value is None else value

    def plain(self, text: str) -> str:
        """A text with the characters that it names; raises Unusual where these could be blanks at its ends."""
        if "&" not in text:
            return text
        made = unescaped(text)
        if "&#" in text and (made[0] <= " " or made[-1] <= " " or made.isspace()):
            raise Unusual
        return made

    def plainly(self, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Names and values with the characters that they name."""
        return [(self.plain(name), self.plain(value)) for name, value in pairs] if self.escapes else pairs


def read_plain(source: Source) -> Plain | None:
    """The alert that a source holds and nothing else, or None where the careful reading is called for."""
    if not source.plain:
        return None
    text = source.text
    if "\r" in text:
        # Columns and lines stay what they were: line ends have a place at the end of lines only.
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None
    try:
        return _read(text, source)
    except Unusual:
        return None


def _read(text: str, source: Source) -> Plain:
    xml = source.xml
    begin = _start(text)
    opening = _PLAIN_OPENING.match(text, begin)
    if b"<!" in xml or opening is None or xml.find(b"<?", 2) >= 0:
        text = _BETWEEN.sub(_blanked, text)
        begin = _start(text)
        opening = _PLAIN_OPENING.match(text, begin)
    escapes = "&" in text
    if escapes and not _are_characters(text):
        raise Unusual
    extra = _signatures(source) if b"Signature" in xml else ()
    if not extra and (opening is None or not _declares(opening)):
        raise Unusual
    opening = opening or _OPENING.match(text, begin)
    if opening is None:
        raise Unusual
    prefix = f"{opening[1]}:" if opening[1] else ""
    alert, told, end = _alert(text, opening.end(), prefix, escapes, extra)
    if not extra and (text[end:].rstrip(" \t\n") != f"</{prefix}alert>" or not _is_sound(xml)):
        raise Unusual
    return Plain(alert, Spots(text, begin, end, prefix), told, bool(extra))


def _declares(opening: re.Match[str]) -> bool:
    """Whether a start tag puts its element in CAP's namespace, and declares what it uses, once (Namespaces 1.0, 3)."""
    given = _DECLARED.findall(opening[2])
    declared = {name: double or single for name, double, single in given}
    own = f"xmlns:{opening[1]}" if opening[1] else "xmlns"
    if declared.get(own) != NAMESPACE or len(declared) != len(given):
        return False
    if len(declared) == 1:
        return own[6:9] != "xml"
    return (
        not any(name.startswith("xmlns:xml") for name in declared)
        and _RESERVED.isdisjoint(declared.values())
        and (not any(name.startswith("xsi:") for name in declared) or declared.get("xmlns:xsi") == _INSTANCE)
    )


def read_tree(root: etree._Element) -> Tree:
    """The reading of an `alert` element of the CAP 1.2 namespace that stands in something else.

    It is written out to be read quickly, which costs less than the careful reading.
    """
    text = etree.tostring(root, encoding="unicode", with_tail=False)
    opening = _OPENING.match(text)
    if opening is not None and "\r" not in text and "<!" not in text:
        prefix = f"{opening[1]}:" if opening[1] else ""
        reader = Reader()
        try:
            alert, told, _ = _alert(text, opening.end(), prefix, "&" in text, ())
        except Unusual:
            return Reader().tree(root)
        for at, each in told:
            begun = text.count("<", 0, at) - text.count("</", 0, at)
            reader.noted(next(islice(root.iter(etree.Element), begun - 1, None)), each)
        return reader.tree(root, alert)
    return Reader().tree(root)


def _alert(
    text: str, at: int, prefix: str, escapes: bool, extra: tuple[bytes, ...]
) -> tuple[Alert, list[tuple[int, Fault]], int]:
    """The alert, what is wrong with values of it, and the offset of its end, given that of its first element.

    What stands there is its end tag or, where `extra` is given, the first signature.
    """
    try:
        return _as_is(text, at, prefix, escapes, extra, loose=False)
    except Unusual:
        if not _EMPTY.search(text, at):
            raise
        return _as_is(text, at, prefix, escapes, extra, loose=True)


def _as_is(
    text: str, at: int, prefix: str, escapes: bool, extra: tuple[bytes, ...], *, loose: bool
) -> tuple[Alert, list[tuple[int, Fault]], int]:
    reading = Reading(escapes)
    alert, end = reader_of(prefix, loose=loose)(text, at, reading, extra)
    if not (_SIGNATURE.match(text, end) if extra else text.startswith(f"</{prefix}alert>", end)):
        raise Unusual
    return alert, reading.told, end


def _start(text: str) -> int:
    prolog = _PROLOG.match(text)
    assert prolog is not None
    return prolog.end()


def _blanked(found: re.Match[str]) -> str:
    return _VISIBLE.sub(" ", found[0])


def _are_characters(text: str) -> bool:
    """Whether every `&` of a text begins the name of a character that XML allows (XML 1.0, 4.1)."""
    if all(map(_starts_plainly, islice(text.split("&"), 1, None))):
        return True
    named = CHARACTER.findall(text)
    return text.count("&") == len(named) and all(map(_is_character, named))


def _starts_plainly(text: str) -> bool:
    return text.startswith(("amp;", "lt;", "gt;", "quot;", "apos;"))


def _is_sound(xml: bytes) -> bool:
    """Whether a document is well-formed, given that its tags and references are (XML 1.0, 2.2 and 2.4)."""
    return (
        len(xml.translate(None, _CONTROLS)) == len(xml)
        and b"]]>" not in xml
        and not (b"\xef\xbf" in xml and _NO_CHARACTER.search(xml))
    )


def _is_character(named: tuple[str, str, str]) -> bool:
    name, decimal, hexadecimal = named
    if name:
        return True
    if len(decimal) > 7 or len(hexadecimal) > 6:
        return False
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return (
        code in (9, 10, 13)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )


def _signatures(source: Source) -> tuple[bytes, ...]:
    """The signatures that end an alert, in canonical form; none where there is anything else at its end."""
    try:
        root = parse_source(source)
    except CapError:
        raise Unusual from None
    if root.tag != f"{{{NAMESPACE}}}alert" or not len(root) or root[-1].tag != SIGNATURE:
        return ()
    found = root.findall("{*}Signature")
    alike = all(each.tag == SIGNATURE and not (each.tail and each.tail.strip()) for each in found)
    if not alike or root[-len(found) :] != found:
        raise Unusual
    try:
        return tuple(map(canonical, found))
    except Unusable:
        raise Unusual from None

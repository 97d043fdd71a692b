"""Writes what can be mended in a document without guessing, leaves every other byte alone, and lists it all.

Only faults whose right form is certain are mended: another spelling of the same value, a thing said twice, an
element with nothing in it, a wrong order, a wrong declaration of encoding. A signed document is not touched,
for any change would break its signature.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

from fenghuo.core.cap.check import STANDARD, PackName, check, hits_of, judge_of
from fenghuo.core.cap.elements import ALERT, AREA, CODE, INFO, PAIR, RESOURCE, Block
from fenghuo.core.cap.findings import CapError, Finding, Place, errors, shown
from fenghuo.core.cap.packs import fault
from fenghuo.core.cap.read import Examination, examine, listed
from fenghuo.core.cap.source import as_it_should_be
from fenghuo.core.cap.tree import Noted, misplaced

_ROUNDS = 8
_BLOCKS: dict[str, Block] = {
    "alert": ALERT,
    "info": INFO,
    "resource": RESOURCE,
    "area": AREA,
    "eventCode": CODE,
    "geocode": CODE,
    "parameter": PAIR,
}
_MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(/?)[^\s/>!?](?:[^>\"']|\"[^\"]*\"|'[^']*')*?(/?)>", re.DOTALL
)
_NAME = re.compile(r"[^\s/>]+")
_DECLARATION = re.compile(r"<\?xml\s.*?\?>", re.DOTALL)
_DECLARED = re.compile(r"(encoding\s*=\s*[\"'])[^\"']*")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was mended: the rule, where it stood, and the text before and after."""

    rule: str
    place: Place
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mended:
    """A document with what could be mended in it, the changes, and the findings that are left.

    `document` is the bytes that came where nothing was changed; else in the encoding they came in, or in UTF-8
    where that had been declared wrongly.
    """

    document: bytes
    changes: tuple[Change, ...]
    left: tuple[Finding, ...]
    before: str = ""
    after: str = ""

    def diff(self, name: str = "alert.xml") -> str:
        """The changes as a unified diff, empty when there are none."""
        lines = difflib.unified_diff(
            self.before.splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            fromfile=name,
            tofile=f"{name} (mended)",
        )
        return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class _Span:
    """Offsets of an element: its start tag, what is between its tags, its end; `open` is False for `<a/>`."""

    start: int
    inner: int
    close: int
    end: int
    open: bool


def mend(data: bytes, packs: Sequence[PackName] = STANDARD, *, media_type: str = "") -> Mended:
    """Mends what the packs' rules and the reader can mend for certain; never raises on bad content.

    Where mending would leave a document with an error that it did not have, it comes back as it was.
    """
    try:
        found = examine(data, media_type, elements=True)
    except CapError as error:
        judge_of(packs)
        return Mended(bytes(data), (), error.findings)
    left = check(data, packs, media_type=media_type)
    original, marked = found.source.text, found.source.marked
    if any(each.signed for each in found.alerts):
        told = fault("mend-signed").at(found.alerts[0].place)
        return Mended(bytes(data), (), tuple(listed([*left, told])) if left else (), original, original)
    changes: list[Change] = []
    document, encoding = _recoded(found, changes)
    text = document
    for _ in range(_ROUNDS):
        edits = _edits(found, text, packs)
        if not edits:
            break
        text = _applied(text, edits)
        changes.extend(dict.fromkeys(each.change for each in edits))
        try:
            found = examine(text.encode("utf-8"), "application/xml; charset=utf-8", elements=True)
        except CapError:
            break  # Seen below: the document had no such error before.
    if not changes:
        return Mended(bytes(data), (), tuple(left), original, original)
    mended = _encoded(text, encoding, marked)
    after = check(mended, packs)
    before = {each.rule for each in errors(left)}
    if any(each.rule not in before for each in errors(after)):
        return Mended(bytes(data), (), tuple(left), original, original)
    return Mended(mended, tuple(changes), tuple(after), original, text)


def _recoded(found: Examination, changes: list[Change]) -> tuple[str, str]:
    """The text with its encoding declared as it is, and the encoding to write it in."""
    source = found.source
    text, encoding = as_it_should_be(source.text, source.faults), source.encoding
    wrong = False
    for offset, told in source.faults:
        place = found.places.at(offset)
        if told.rule == "xml-padding":
            text = text.rstrip("\0").lstrip(" \t\r\n\0\ufeff")
            changes.append(Change(told.rule, place, "", ""))
        elif told.rule == "encoding-wrong":
            encoding, wrong = "utf-8", True
            changes.append(Change(told.rule, place, source.declared or "", "UTF-8"))
        elif told.rule == "xml-entity" and told.mend is not None:
            name = source.text[offset : source.text.index(";", offset) + 1]
            changes.append(Change(told.rule, place, name, told.mend))
        elif told.rule == "xml-ampersand" and told.mend is not None:
            changes.append(Change(told.rule, place, "&", told.mend))
    if wrong or (source.declared is None and encoding not in ("utf-8", "ascii")):
        declaration = _DECLARATION.match(text)
        if declaration and _DECLARED.search(declaration[0]):
            text = _DECLARED.sub(r"\1UTF-8", declaration[0], count=1) + text[declaration.end() :]
        elif declaration is None and encoding != "utf-8":
            text = f'<?xml version="1.0" encoding="{encoding}"?>\n{text}'
    return text, encoding


def _encoded(text: str, encoding: str, marked: bool) -> bytes:
    try:
        data = text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return _DECLARED.sub(r"\1UTF-8", text, count=1).encode("utf-8")
    marks = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    return marks.get(encoding, b"") + data if marked else data


def _edits(found: Examination, text: str, packs: Sequence[PackName]) -> list[_Edit]:
    """The changes that can be made at once: none touches what another does."""
    spans = None
    edits: list[_Edit] = []
    moved: set[etree._Element] = set()
    _, rules = judge_of(packs)
    for each in found.alerts:
        if each.nested or each.version != "1.2":
            continue  # Text inside text, or of a version with rules of its own.
        wanted: list[tuple[str, etree._Element, str | None, bool]] = []
        disorder: list[Noted] = []
        renamed: list[Noted] = []
        for noted in each.tree.noted():
            if noted.order:
                disorder.append(noted)
            elif noted.rename:
                renamed.append(noted)
            elif noted.remove or noted.fault.mend is not None:
                wanted.append((noted.fault.rule, noted.element, noted.fault.mend, noted.remove))
        for hit, _, element in hits_of(each, packs):
            if (hit.remove or hit.mend is not None) and rules[hit.rule].mends:
                new = hit.mend() if callable(hit.mend) else hit.mend
                if new is not None and hit.rule == "polygon-closed":
                    new = _closed(element.text or "", new)
                wanted.append((hit.rule, element, new, hit.remove))
        if not wanted and not disorder and not renamed:
            continue
        if spans is None:
            spans = dict(zip(each.tree.root.getroottree().getroot().iter(), _spans(text), strict=True))
        for rule, element, new, remove in wanted:
            span, place = spans[element], each.places.of(element)
            before = text[span.inner : span.close]
            if remove:
                start = _with_indent(text, span.start)
                change = Change(rule, place, text[span.start : span.end], "")
                edits.append(_Edit(start, span.end, "", change))
            elif new is not None:
                change = Change(rule, place, shown(before), shown(new))
                edits.append(_Edit(*_content(text, span, new), change))
        for noted in renamed:
            edits.extend(_renamed(text, spans[noted.element], noted, each.places.of(noted.element)))
        if not wanted and not renamed:
            for noted in disorder:
                parent = noted.element.getparent()
                if parent is None or parent in moved:
                    continue
                moved.add(parent)
                edit = _in_order(text, parent, spans, noted.fault.rule, each.places.of(noted.element))
                if edit is not None:
                    edits.append(edit)
    return _apart(edits)


def _closed(text: str, new: str) -> str:
    """A polygon's text with its first pair once more at the end and nothing else touched, if it is plain pairs."""
    pairs, end = text.split(), len(text.rstrip())
    plain = len(pairs) + 1 == len(new.split()) and all("," in pair for pair in pairs)
    return f"{text[:end]} {pairs[0]}{text[end:]}" if plain else new


def _renamed(text: str, span: _Span, noted: Noted, place: Place) -> list[_Edit]:
    """The start tag and the end tag with another name, and all that stands in them as it was."""
    name = _NAME.match(text, span.start + 1)
    assert name is not None
    change = Change(noted.fault.rule, place, name[0], noted.rename)
    edits = [_Edit(name.start(), name.end(), noted.rename, change)]
    if span.open:
        edits.append(_Edit(span.close + 2, span.close + 2 + len(name[0]), noted.rename, change))
    return edits


def _content(text: str, span: _Span, new: str) -> tuple[int, int, str]:
    spelt = escape(new)
    if span.open:
        return span.inner, span.close, spelt
    name = _NAME.match(text, span.start + 1)
    assert name is not None
    tag = text[span.start : span.end].removesuffix("/>").rstrip()
    return span.start, span.end, f"{tag}>{spelt}</{name[0]}>"


def _with_indent(text: str, start: int) -> int:
    """Where the line break and blanks before an element begin, so that it goes with its line."""
    at = start
    while at and text[at - 1] in " \t":
        at -= 1
    if at and text[at - 1] in "\r\n":
        return at - (2 if text[at - 2 : at] == "\r\n" else 1)
    return start


def _in_order(
    text: str, parent: etree._Element, spans: dict[etree._Element, _Span], rule: str, place: Place
) -> _Edit | None:
    """The children of a block in the standard's order, each with the white space and comments before it."""
    block = _BLOCKS.get(etree.QName(parent).localname)
    if block is None:
        return None
    children = list(parent)
    last = len(block.elements)
    order = [block.rows[child.tag][0] if child.tag in block.rows else last for child in children]
    if not misplaced(order):
        return None
    begins = [spans[parent].inner, *(spans[child].end for child in children)]
    pieces = [text[begins[at] : spans[child].end] for at, child in enumerate(children)]
    sorted_at = sorted(range(len(children)), key=lambda at: order[at])
    start, end = spans[parent].inner, spans[children[-1]].end
    after = [etree.QName(children[at]).localname for at in sorted_at]
    change = Change(
        rule, place, etree.QName(_first_astray(children, order)).localname, ", ".join(after)[:200]
    )
    return _Edit(start, end, "".join(pieces[at] for at in sorted_at), change)


def _first_astray(children: list[etree._Element], order: list[int]) -> etree._Element:
    """The first child that stands out of order."""
    return children[misplaced(order)[0]]


def _apart(edits: list[_Edit]) -> list[_Edit]:
    """Edits of which no two touch the same text; those left out come in the next round."""
    kept: list[_Edit] = []
    end = -1
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        if edit.start >= end:
            kept.append(edit)
            end = edit.end
    return kept


def _applied(text: str, edits: list[_Edit]) -> str:
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def _spans(text: str) -> list[_Span]:
    """The spans of all elements of a well-formed text, in the order of their start tags."""
    spans: list[_Span | None] = []
    open_at: list[tuple[int, int, int]] = []
    for found in _MARKUP.finditer(text):
        if found[1] is None:
            continue
        if found[1]:
            index, start, inner = open_at.pop()
            spans[index] = _Span(start, inner, found.start(), found.end(), True)
        elif found[2]:
            spans.append(_Span(found.start(), found.end(), found.end(), found.end(), False))
        else:
            open_at.append((len(spans), found.start(), found.end()))
            spans.append(None)
    return [each for each in spans if each is not None]

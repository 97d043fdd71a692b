"""Turns the bytes a stranger sent into text, saying in which encoding and what had to be put right on the way.

A byte order mark decides, then the XML declaration, then what the transport says, then UTF-8. Where these are
wrong the text is read in another encoding only if the bytes leave no doubt; else it is refused, never guessed.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.entities import html5
from operator import itemgetter
from xml.sax.saxutils import escape

from fenghuo.core.cap.findings import CapError, Fault, Place, shown
from fenghuo.core.cap.packs import fault
from fenghuo.core.cap.stranger import told_by_bytes, told_by_text

LARGEST = 8 * 1024 * 1024
"""Bytes a document may have; a resource carried in `derefUri` is the only part that grows."""
MOST_TAGS = 600_000
"""Opening and closing tags a document may have: a million elements would take a hundred times their size."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What `<` and the character after it look like in encodings of two or four bytes without a mark.
_WIDE = (
    (re.compile(rb"(?:[\t\r\n ]\0\0\0)*<\0\0\0[^\0]\0\0\0", re.DOTALL), "utf-32-le"),
    (re.compile(rb"(?:\0\0\0[\t\r\n ])*\0\0\0<\0\0\0[^\0]", re.DOTALL), "utf-32-be"),
    (re.compile(rb"(?:[\t\r\n ]\0)*<\0[^\0]\0", re.DOTALL), "utf-16-le"),
    (re.compile(rb"(?:\0[\t\r\n ])*\0<\0[^\0]", re.DOTALL), "utf-16-be"),
)
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._\-]{1,40})[\"']")
_UTF_8 = re.compile(
    rb"<(?:[A-Za-z!]|\?xml\s+version\s*=\s*[\"']1\.0[\"']\s+encoding\s*=\s*[\"'](UTF|utf)-8[\"']"
    rb"(?:\s+standalone\s*=\s*[\"']\w+[\"'])?\s*\?>)"
)
_DECLARATION = re.compile(r"<\?xml\s.*?\?>", re.DOTALL)
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([A-Za-z0-9._\-]{1,40})", re.IGNORECASE)
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
# In well-formed XML `<` stands nowhere but where markup begins, so this sees every start tag and no other.
_START = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?=([^/!?]))", re.DOTALL)
_NAMED = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|&([A-Za-z][A-Za-z0-9]{1,31};)|&(?!#|[^\s&;<]{1,64};)",
    re.DOTALL,
)
_MOST_NAMES = 20_000
_NO_MARKUP = str.maketrans("<>", "  ")
_OF_XML = {"amp;", "lt;", "gt;", "quot;", "apos;"}
_VISIBLE = re.compile(r"[^\r\n]")
_LINE_END = re.compile(r"\r\n|\r|\n")
# Encodings that documents are really in; Python knows others that take the time of a quadratic to read.
_KNOWN = re.compile(
    r"utf-(8|16|32)(-[lb]e)?|ascii|iso8859-\d+|cp(125[0-8]|437|850|866|874|932|949|950)|koi8-[rut]|gb18030|gbk"
    r"|gb2312|hz|big5(hkscs)?|shift_jis|euc_(jp|kr)|iso2022_(jp|kr)|tis-620|mac-roman"
)
_WIDE_NAMES = re.compile(r"(utf|ucs|iso-10646-ucs)[-_]?(16|32|2|4)([-_]?[lb]e)?", re.IGNORECASE)
_C1 = re.compile("[\x80-\x9f]")
# GBK and GB 2312 are parts of GB 18030, and senders name one and mean another.
_CHINESE = {"gb2312", "gbk", "gb18030", "hz", "gb_2312-80", "euc-cn", "cp936", "ms936", "windows-936"}
_PAIRS = re.compile(r"big5(hkscs)?|shift_jis|euc_(jp|kr)|cp(932|949|950)")
_GB2312_RUN = re.compile(rb"(?:[\xb0-\xf7][\xa1-\xfe]|[\xa1-\xa9][\xa1-\xfe])+")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_LETTER = re.compile(rb"[\xc0-\xd6\xd8-\xf6\xf8-\xff]")
_LATIN_1 = {"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1"}
_ENCODING = re.compile(r"encoding\s*=\s*[\"']([^\"']+)")
_LANGUAGES = re.compile(rb"<(?:[A-Za-z0-9_]+:)?language>\s*([A-Za-z]{2,3})")
_CHINESE_TAGS = {b"zh", b"cmn", b"yue", b"zho", b"chi"}
_WESTERN = {b"en", b"fr", b"de", b"es", b"pt", b"it", b"nl", b"da", b"sv", b"no", b"nb", b"nn", b"fi", b"is"}


@dataclass(slots=True)
class Source:
    """A document's text: `text` as it was sent, `xml` in UTF-8 for the parser, and what was departed from."""

    text: str
    xml: bytes
    encoding: str
    declared: str | None = None
    marked: bool = False
    faults: list[tuple[int, Fault]] = field(default_factory=list)
    _lines: list[int] | None = None
    _starts: list[int] | None = None

    @property
    def plain(self) -> bool:
        """Whether the text is all that the parser is handed, but for the declaration."""
        return not self.faults or all(told.rule == "encoding-wrong" for _, told in self.faults)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset into the text."""
        if self._lines is None:
            self._lines = [0, *(found.end() for found in _LINE_END.finditer(self.text))]
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def starts(self) -> list[int]:
        """The offset of every start tag, in the order of the document."""
        if self._starts is None:
            self._starts = [found.start() for found in _START.finditer(self.text) if found.lastindex]
        return self._starts


def read_source(data: bytes, charset: str = "") -> Source:
    """The text of a document; raises CapError for one that is too large, or in no encoding known for sure.

    `charset` is what the transport said, as in the HTTP header, or a whole media type with that parameter.
    """
    if len(data) > LARGEST:
        raise refusal(fault("xml-size", bytes=len(data), most=LARGEST))
    if data[:1] == b"<" and not charset:
        quick = _quick(data)
        if quick is not None:
            return quick
    other = told_by_bytes(data)
    if other is not None:
        raise refusal(other)
    source = _decoded(bytes(data), charset)
    text = source.text
    end = len(text.rstrip(" \t\r\n\0"))
    if "\0" not in text[end:]:
        end = len(text)
    begin = len(text) - len(text.lstrip(" \t\r\n\0\ufeff"))
    declaration = _DECLARATION.match(text, begin)
    if end < len(text) or (begin and (declaration or not text[:begin].isspace())):
        # White space before a document is harmless unless the declaration follows, which must come first.
        source.faults.append((0 if begin else end, fault("xml-padding")))
    # The parser is handed characters: what the declaration says of bytes no longer holds. Blanks instead of it
    # keep every line and column where it was.
    first = declaration.end() if declaration else begin
    xml = _VISIBLE.sub(" ", text[:first]) + text[first:end] if first or end < len(text) else text
    if "<!DOCTYPE" in xml:
        prolog = _PROLOG.match(xml)
        assert prolog is not None
        if xml.startswith("<!DOCTYPE", prolog.end()):
            raise refusal(told_by_text(text) or fault("xml-doctype"), *source.position(prolog.end()))
    if xml.count("<") > MOST_TAGS:
        raise refusal(fault("xml-elements", most=MOST_TAGS))
    try:
        source.xml = xml.encode("utf-8")
    except UnicodeEncodeError:
        raise refusal(fault("encoding", name="Unicode")) from None
    return source


def _quick(data: bytes) -> Source | None:
    """The source of what needs no second look: declared as UTF-8, and nothing unusual about it."""
    declared = _UTF_8.match(data)
    if declared is None or b"\0" in data or b"<!DOCTYPE" in data:
        return None
    if len(data) > MOST_TAGS and data.count(b"<") > MOST_TAGS:
        return None
    try:
        return Source(data.decode(), data, "utf-8", "utf-8" if declared[1] else None)
    except UnicodeDecodeError:
        return None


def refusal(found: Fault, line: int = 1, column: int = 1) -> CapError:
    """The refusal of a whole document, at a line of it."""
    return CapError([found.at(Place("/", line, "", column))])


def made_plain(source: Source) -> bool:
    """Puts characters for HTML's names of them (&nbsp;), escapes a bare `&`, reports each; False without any.

    XML knows five names; without a document type nobody can have given the others a meaning but HTML's. An
    ampersand that begins no name can only mean itself. So many that somebody must have meant harm stay as they are.
    """
    changed = 0

    def plain(found: re.Match[str]) -> str:
        nonlocal changed
        right = _plain(found)
        changed += right is not None
        return found[0] if right is None else right

    xml = _NAMED.sub(plain, source.xml.decode("utf-8"))
    if not 0 < changed <= _MOST_NAMES:
        return False
    for found in _NAMED.finditer(source.text):
        right = _plain(found)
        if right is not None:
            start = found.start()
            if found[1]:
                told = fault("xml-entity", text=found[0], right=html5[found[1]])
            else:
                around = source.text[max(0, start - 12) : start + 12].translate(_NO_MARKUP)
                told = fault("xml-ampersand", text=shown(around))
            source.faults.append((start, told.mended(right)))
    source.xml = xml.encode("utf-8")
    return True


def _plain(found: re.Match[str]) -> str | None:
    """What to write for a name of HTML's or a bare ampersand; None for all that may stand."""
    if found[0] == "&":
        return "&amp;"
    name = found[1]
    return None if name is None or name in _OF_XML or name not in html5 else escape(html5[name])


def as_it_should_be(text: str, faults: Sequence[tuple[int, Fault]]) -> str:
    """A source's text with its names of characters and bare ampersands as XML wants them."""
    pieces, at = [], 0
    for offset, told in sorted(faults, key=itemgetter(0)):
        if told.rule in ("xml-entity", "xml-ampersand") and told.mend is not None:
            end = text.index(";", offset) + 1 if told.rule == "xml-entity" else offset + 1
            pieces += [text[at:offset], told.mend]
            at = end
    return "".join([*pieces, text[at:]])


def _decoded(data: bytes, charset: str) -> Source:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _wide(data[len(mark) :], encoding, marked=True)
    if b"\0" in data[:64]:
        for pattern, encoding in _WIDE:
            if pattern.match(data):
                return _wide(data, encoding, marked=False)
    match = _DECLARED.match(data)
    declared = match[1].decode() if match else None
    said = (
        _CHARSET.search(charset if ";" in charset or "/" in charset else f";charset={charset}")
        if charset
        else None
    )
    wanted = declared or (said[1] if said else "utf-8")
    text = None
    if not _WIDE_NAMES.fullmatch(wanted):
        # Bytes that could be read so far are in no encoding of two or four bytes, whatever they say.
        actual = "gb18030" if wanted.lower() in _CHINESE else wanted.lower()
        text = _try(data, actual)
        if text is not None and actual != "utf-8" and _is_utf_8(data, actual):
            return _wrongly_declared(data, "utf-8", wanted, declared)
        if text is not None and not (actual in _LATIN_1 and _C1.search(text)):
            return Source(text, b"", actual, declared)
    right = _certain(data, said[1] if said and declared else None, latin=text is not None)
    if right is None:
        raise refusal(fault("encoding", name=shown(wanted)), *_first_strange(data))
    return _wrongly_declared(data, right, wanted, declared)


def _first_strange(data: bytes) -> tuple[int, int]:
    """Line and column of the first byte that is not UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        ends = list(_LINE_END.finditer(before))
        return len(ends) + 1, len(before) - (ends[-1].end() if ends else 0) + 1
    return 1, 1


def _wrongly_declared(data: bytes, right: str, wanted: str, declared: str | None) -> Source:
    source = Source(_try(data, right) or "", b"", right, declared)
    source.faults.append((0, fault("encoding-wrong", declared=shown(wanted), right=right)))
    return source


def _is_utf_8(data: bytes, declared: str) -> bool:
    """Whether bytes that could be in a declared encoding of single bytes or pairs are UTF-8 beyond doubt."""
    if data.isascii():
        return False
    text = _try(data, "utf-8")
    if text is None:
        return False
    if declared == "gb18030":
        # A few pairs of GB 2312 can look like UTF-8; UTF-8 in Chinese soon holds bytes that are no such pair.
        return not all(_GB2312_RUN.fullmatch(run) for run in _HIGH_RUN.findall(data))
    if _PAIRS.fullmatch(codecs.lookup(declared).name):
        return sum("\u2e80" <= sign <= "\ud7ff" for sign in text) > 1
    return True


def _wide(data: bytes, encoding: str, *, marked: bool) -> Source:
    text = _try(data, encoding)
    if text is None:
        raise refusal(fault("encoding", name=encoding))
    declaration = _DECLARATION.match(text.lstrip())
    named = _ENCODING.search(declaration[0]) if declaration else None
    source = Source(text, b"", encoding, named[1] if named else None, marked=marked)
    if (named and not _same(named[1], encoding)) or not (named or marked):
        declared = shown(named[1]) if named else "utf-8"
        source.faults.append((0, fault("encoding-wrong", declared=declared, right=encoding)))
    return source


def _same(declared: str, encoding: str) -> bool:
    # “UTF-16” says nothing of the order of bytes, which the bytes themselves show.
    plain = declared.lower().replace("_", "").replace("-", "")
    return plain in (encoding.replace("-", ""), encoding.rpartition("-")[0].replace("-", ""))


def _try(data: bytes, encoding: str) -> str | None:
    """The text, or None where the bytes are not in that encoding or it is none for text."""
    try:
        if encoding != "utf-8" and not _KNOWN.fullmatch(codecs.lookup(encoding).name):
            return None
        return data.decode(encoding)
    except (LookupError, UnicodeError, ValueError):
        return None


def _certain(data: bytes, said: str | None, *, latin: bool) -> str | None:
    """The one encoding the bytes can be in, or None where more than one would do."""
    if said and not _WIDE_NAMES.fullmatch(said) and _try(data, said) is not None:
        return said.lower()
    if latin:
        # Declared as Latin-1 with bytes that are control characters there and punctuation in Windows.
        return "cp1252" if _try(data, "cp1252") is not None else None
    if _try(data, "utf-8") is not None:
        return "utf-8"
    runs = _HIGH_RUN.findall(data)
    named = {code.lower() for code in _LANGUAGES.findall(data)}
    if all(_GB2312_RUN.fullmatch(run) for run in runs) and _try(data, "gb18030") is not None:
        # Pairs of GB 2312 and nothing else; Latin accents stand alone between letters. Korean and Japanese have
        # encodings of the same pairs, so a document that names other languages only is in doubt.
        return "gb18030" if not named or named & _CHINESE_TAGS else None
    languages = named or {b"en"}
    if languages <= _WESTERN and all(_LETTER.fullmatch(run) for run in runs):
        return "iso-8859-1"
    return None

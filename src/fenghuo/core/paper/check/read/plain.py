"""Text files in any encoding of Chinese: what the bytes prove comes first, then what reads as Chinese."""

from __future__ import annotations

import codecs
import re
from functools import cache

from ..document import Document, from_text
from ..unreadable import Unreadable

LONGEST = 4_000_000
"""Characters a paper may have; the longest yearbooks have two million."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "euc_jis_2004")
_LONE = re.compile("[\ud800-\udfff]")
_SAMPLE = 20_000
"""Characters that are looked at to tell encodings apart."""
_LIKELY = 0.6
"""Share of plain characters below which a reading is not believed."""
_BROKEN = 0.002
"""Share of undecodable bytes up to which a text counts as damaged and not as something else."""


def read_plain(data: bytes, name: str = "") -> Document:
    """A text file as a document; every line is a paragraph. Raises Unreadable."""
    # No encoding takes more than four bytes a character.
    if len(data) > 4 * LONGEST:
        raise Unreadable("text-too-long", limit=LONGEST // 1_000_000)
    text, encoding, _ = decoded(data)
    if not text.strip():
        raise Unreadable("file-empty")
    if len(text) > LONGEST:
        raise Unreadable("text-too-long", limit=LONGEST // 1_000_000)
    return from_text(legible(text), name, encoding)


def decoded(data: bytes) -> tuple[str, str, bytes]:
    """The text, the codec it was in, and its byte order mark, so that it can be written back the same.

    A codec that had to leave something undecoded is told with `?` after its name; those bytes are kept as lone
    surrogates (PEP 383), which `legible` shows as U+FFFD. Raises Unreadable.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (*_leniently(data[len(mark) :], encoding), mark)
    if b"\0" not in data:
        for encoding in ("utf-8", "hz"):
            text = _strictly(data, encoding)
            if text is not None and (encoding == "utf-8" or "~{" not in text):
                if encoding == "utf-8" and _is_hz(data):
                    continue
                return text, encoding, b""
    readings = [
        (plainness(text), -order, text, encoding)
        for order, encoding in enumerate(_CANDIDATES)
        if (text := _strictly(data, encoding)) is not None
    ]
    if readings:
        share, _, text, encoding = max(readings)
        if share >= _LIKELY:
            return text, encoding, b""
    return (*_damaged(data), b"")


def plainness(text: str) -> float:
    """The share of a text's characters that Chinese offices use, from 0 to 1."""
    sample = text[:_SAMPLE]
    seen = [character for character in sample if not character.isspace()]
    if not seen:
        return 0.0
    return sum(map(_worth, seen)) / len(seen)


@cache
def _worth(character: str) -> float:
    if character < "\x7f":
        return 1.0 if character.isprintable() else -1.0
    if "\u3000" <= character <= "\u3011" or "\uff01" <= character <= "\uff5e" or character in "“”‘’—…·〔〕":
        return 1.0
    try:
        row = character.encode("gb2312")[0] - 0xA0
    except UnicodeEncodeError:
        row = 0
    if 16 <= row <= 55:
        return 1.0
    try:
        lead = character.encode("big5")[0]
    except UnicodeEncodeError:
        lead = 0
    if 0xA4 <= lead <= 0xC6:
        return 0.9
    if row or lead:
        return 0.3
    return 0.0 if "\u3400" <= character <= "\u9fff" else -0.5


def _is_hz(data: bytes) -> bool:
    # RFC 1843: only ASCII bytes, and Chinese between ~{ and ~}.
    return b"~{" in data and b"~}" in data and data.isascii() and _strictly(data, "hz") is not None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        return None


def _leniently(data: bytes, encoding: str) -> tuple[str, str]:
    text = _strictly(data, encoding)
    if text is not None:
        return text, encoding
    return data.decode(encoding, "surrogateescape"), f"{encoding}?"


def legible(text: str) -> str:
    """The text with every undecoded byte as U+FFFD, character for character."""
    return _LONE.sub("\ufffd", text)


def _damaged(data: bytes) -> tuple[str, str]:
    # A few bytes lost in copying must not hide the rest of a paper from the checker.
    best = ("", "", 0.0)
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        text = data.decode(encoding, "surrogateescape")
        seen = _LONE.sub("", text.replace("\0", ""))
        lost, share = len(text) - len(seen), plainness(seen)
        if lost <= max(3, _BROKEN * len(data)) and share >= _LIKELY and share > best[2]:
            best = (text, f"{encoding}?", share)
    if not best[1]:
        raise Unreadable("text-encoding")
    return best[0], best[1]

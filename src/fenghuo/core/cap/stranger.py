"""Says what a document is that is no XML at all: a web page, an archive, JSON, nothing."""

from __future__ import annotations

import re

from fenghuo.core.cap.findings import Fault, Text
from fenghuo.core.cap.packs import fault

# How files of other kinds begin.
_BEGINNINGS = (
    (b"\x1f\x8b", Text("a file compressed with gzip", " gzip 压缩文件")),
    (b"BZh", Text("a file compressed with bzip2", " bzip2 压缩文件")),
    (b"\xfd7zXZ", Text("a file compressed with xz", " xz 压缩文件")),
    (b"PK\x03\x04", Text("a ZIP archive or an office document", " ZIP 压缩包或办公文档")),
    (b"Rar!", Text("a RAR archive", " RAR 压缩包")),
    (b"%PDF-", Text("a PDF document", " PDF 文档")),
    (b"\x89PNG", Text("an image", "图片")),
    (b"GIF8", Text("an image", "图片")),
    (b"\xff\xd8\xff", Text("an image", "图片")),
    (b"\xd0\xcf\x11\xe0", Text("an old office document", "旧版办公文档")),
    (b"{\\rtf", Text("a document in Rich Text Format", " RTF 文档")),
)
_NOTHING = Text("an empty file", "空文件")
_PAGE = Text("a web page (HTML)", "网页（HTML）")
_JSON = Text("JSON", " JSON")
_WORDS = Text("plain text", "纯文本")
_HTML = re.compile(r"(?:<!--.*?-->|\s)*<(?:!doctype\s+html\b|html[\s>])", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<[?!/A-Za-z_:]")


def told_by_bytes(data: bytes) -> Fault | None:
    """The fault of a document whose first bytes are those of another kind of file; None where they are not."""
    return next((_fault(kind) for begin, kind in _BEGINNINGS if data.startswith(begin)), None)


def told_by_text(text: str) -> Fault | None:
    """The fault of a text that is HTML, JSON, words without markup, or nothing; None for anything like XML."""
    start = text[:4096].lstrip("\ufeff \t\r\n\0")
    if not start and not text.strip("\ufeff \t\r\n\0"):
        return _fault(_NOTHING)
    if _HTML.match(start):
        return _fault(_PAGE)
    if not start.startswith("<") and not _MARKUP.search(text):
        return _fault(_JSON if start[:1] in ("{", "[") else _WORDS)
    return None


def _fault(kind: Text) -> Fault:
    return fault("not-xml", kind=kind.en, kind_zh=kind.zh)

"""Read a paper out of a file's bytes: .docx, .pdf or text, told by what the bytes are and not by the name."""

from __future__ import annotations

from ..document import Document
from ..unreadable import Unreadable
from .plain import LONGEST, read_plain

__all__ = ["LARGEST", "LONGEST", "Unreadable", "read"]

LARGEST = 100 * 1024 * 1024
"""Bytes a file may have; beyond that it is refused unread."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (_OLD_OFFICE, "an old Word or WPS file (.doc, .wps)", "旧版 Word 或 WPS 文件（.doc、.wps）"),
    (b"{\\rtf", "a rich text file (.rtf)", "富文本文件（.rtf）"),
    (b"\x89PNG", "a picture", "图片"),
    (b"\xff\xd8\xff", "a picture", "图片"),
    (b"GIF8", "a picture", "图片"),
    (b"II*\0", "a picture", "图片"),
    (b"Rar!", "an archive (.rar)", "压缩包（.rar）"),
    (b"7z\xbc\xaf", "an archive (.7z)", "压缩包（.7z）"),
    (b"\x1f\x8b", "an archive (.gz)", "压缩包（.gz）"),
    (b"%!PS", "a PostScript file", "PostScript 文件"),
    (b"\x7fELF", "a program", "程序文件"),
    (b"MZ\x90", "a program", "程序文件"),
)
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def read(data: bytes, name: str = "") -> Document:
    """The paper in a file's bytes; `name` is only what findings call it.

    Raises Unreadable, in bounded time and memory, for what is damaged, locked, too large, or no paper.
    """
    if len(data) > LARGEST:
        raise Unreadable("file-too-large", limit=LARGEST // 1024 // 1024)
    if not data:
        raise Unreadable("file-empty")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from .word import read_word

        return read_word(data, name).document
    if b"%PDF-" in data[:1024]:
        from .portable import read_pdf

        return read_pdf(data, name)
    _refuse_others(data)
    return read_plain(data, name)


def _refuse_others(data: bytes) -> None:
    if data.startswith(_OLD_OFFICE) and _ENCRYPTED_PACKAGE in data:
        raise Unreadable("file-locked")
    for mark, kind, kind_zh in _OTHERS:
        if data.startswith(mark):
            raise Unreadable("file-kind", kind=kind, kind_zh=kind_zh)

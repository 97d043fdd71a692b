"""Where documents come from: files, folders, standard input, and addresses fetched by the guarded client."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .. import documents
from ..documents import MENDED, STDIN, Document, is_address, is_elsewhere

if TYPE_CHECKING:
    from fenghuo.core.cap import Finding

__all__ = ["MENDED", "STDIN", "Document", "Unreadable", "content", "expanded", "is_elsewhere"]

SUFFIXES = (".xml", ".cap", ".atom", ".rss", ".edxl", ".edxlde", ".json")
"""What is taken out of a folder; a file named by itself may be called anything."""


class Unreadable(Exception):
    """A document cannot be had; `findings` say why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = list(findings)
        super().__init__(self.findings[0].message_en)


def expanded(names: Sequence[str]) -> list[Document]:
    """The documents that the arguments stand for, folders searched in the order of their names."""
    return documents.expanded(names, SUFFIXES, stdin="stdin.xml", addressed="alert.xml")


def content(name: str, *, allow_private: bool = False) -> tuple[bytes, str, list[Finding]]:
    """The bytes of a document, its media type where one came with it, and remarks on how it came.

    Raises Unreadable.
    """
    if is_address(name):
        return _fetched(name, allow_private)
    from fenghuo.core.cap.source import LARGEST

    try:
        if name == STDIN:
            return sys.stdin.buffer.read(LARGEST + 1), "", []
        with open(name, "rb") as file:
            # One byte more than is read, so that a document that is too large is seen to be.
            return file.read(LARGEST + 1), "", []
    except OSError as error:
        raise Unreadable([_no_file(error)]) from None


def _fetched(address: str, allow_private: bool) -> tuple[bytes, str, list[Finding]]:
    from fenghuo.core.cap.feeds.address import Guard
    from fenghuo.core.cap.feeds.web import fetch

    answer = fetch(address, guard=Guard(allow_private=allow_private))
    if answer.data is None:
        raise Unreadable(answer.findings)
    return answer.data, answer.media_type, list(answer.findings)


_IN_CHINESE = {
    FileNotFoundError: "没有这个文件",
    PermissionError: "没有读取的权限",
    IsADirectoryError: "这是文件夹",
}


def _no_file(error: OSError) -> Finding:
    from fenghuo.core.cap import Fault, Place

    reason = error.strerror or str(error)
    return Fault(
        "unreadable",
        f"The file cannot be read: {reason}.",
        f"无法读取文件：{_IN_CHINESE.get(type(error), reason)}。",
        "Check the name and the rights.",
        "检查文件名和读取权限。",
    ).at(Place("/"))

"""The documents that a command's arguments stand for: files, folders searched, standard input, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

STDIN = "-"
MENDED = ".mended"
"""What a mended copy has before its suffix; such copies are not checked again with their folder."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")


@dataclass(frozen=True)
class Document:
    """One document to look at: its name, and the path that a copy of it gets in a folder of copies."""

    name: str
    copy: Path


def expanded(
    names: Sequence[str], suffixes: Sequence[str], *, stdin: str, addressed: str = ""
) -> list[Document]:
    """The documents that the arguments stand for, folders searched in the order of their names.

    `suffixes` is what is taken out of a folder; a file named by itself may be called anything. `stdin` and
    `addressed` are the names of copies of what came without one.
    """
    found = []
    for name in names:
        path = Path(name)
        if is_elsewhere(name) or not path.is_dir():
            found.append(Document(name, Path(_leaf(name, stdin, addressed))))
            continue
        for inner in sorted(path.rglob("*")):
            if inner.suffix.lower() in suffixes and inner.is_file() and not inner.stem.endswith(MENDED):
                found.append(Document(str(inner), inner.relative_to(path)))
    return list(_told_apart(found))


def is_elsewhere(name: str) -> bool:
    """Whether a document is no file here: standard input, or an address."""
    return name == STDIN or is_address(name)


def is_address(name: str) -> bool:
    """Whether a document is no file but an address, of whatever scheme; which of them are fetched, fetching says."""
    return _ADDRESS.match(name) is not None


def _told_apart(documents: Iterable[Document]) -> Iterator[Document]:
    """The same documents, no two with the same path for their copies."""
    taken: set[Path] = set()
    for each in documents:
        copy, number = each.copy, 1
        while copy in taken:
            number += 1
            copy = each.copy.with_name(f"{each.copy.stem}-{number}{each.copy.suffix}")
        taken.add(copy)
        yield Document(each.name, copy)


def _leaf(name: str, stdin: str, addressed: str) -> str:
    if name == STDIN:
        return stdin
    if is_address(name):
        return Path(urlsplit(name).path).name or addressed
    return Path(name).name

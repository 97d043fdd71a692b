"""What is done with each paper: read, checked, and its mended copy written."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..documents import STDIN
from ..documents import Document as Named

if TYPE_CHECKING:
    from fenghuo.core.paper.check.archive import Archive
    from fenghuo.core.paper.check.document import Document
    from fenghuo.core.paper.check.finding import Finding
    from fenghuo.core.paper.check.repair import Repaired
    from fenghuo.core.paper.check.unreadable import Unreadable

SUFFIXES = (".docx", ".pdf", ".txt")
"""What is taken out of a folder."""


@dataclass
class Looked:
    """One paper with what was found in it; `refused` says why there is no document.

    With a repair, `findings` and `document` are those of the paper as it came; `left` counts what a second
    look finds in the mended copy.
    """

    name: str
    document: Document | None = None
    findings: list[Finding] = field(default_factory=list)
    refused: Unreadable | None = None
    repaired: Repaired | None = None
    out: str = ""

    @property
    def unreadable(self) -> bool:
        """Whether nothing could be read."""
        return self.refused is not None

    @property
    def mended(self) -> int:
        """How many places were mended."""
        return len(self.repaired.changes) if self.repaired else 0

    @property
    def counts(self) -> Counter[str]:
        """How many findings there are of each level; what cannot be read is an error."""
        if self.refused is not None:
            return Counter(error=1)
        return Counter(str(each.severity) for each in self.findings)


@dataclass
class Work:
    """What is to be done with each paper, as the options say."""

    without: tuple[str, ...]
    archive: Archive | None
    repair: Path | None

    def look(self, named: Named, *, several: bool) -> Looked:
        """Everything about one paper; `several` says that it is one of many."""
        from fenghuo.core.paper.check.checking import check
        from fenghuo.core.paper.check.read import read
        from fenghuo.core.paper.check.unreadable import Unreadable

        try:
            data = _content(named.name)
            document = read(data, named.name)
            findings = check(document, without=self.without, archive=self.archive)
            found = Looked(named.name, document, findings)
            if self.repair is not None:
                self._mend(found, named, data, several)
        except Unreadable as refused:
            return Looked(named.name, refused=refused)
        return found

    def _mend(self, found: Looked, named: Named, data: bytes, several: bool) -> None:
        from fenghuo.core.paper.check.repair import repair

        assert self.repair is not None
        out = self.repair / named.copy if several or self.repair.is_dir() else self.repair
        found.repaired = repair(data, named.name, without=self.without, into=out.suffix)
        if out.suffix.lower() != found.repaired.suffix:
            # Text out of a PDF is no PDF, whatever the copy was to be called.
            out = out.with_suffix(found.repaired.suffix)
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_bytes(found.repaired.data)
        except OSError as error:
            raise click.FileError(str(out), error.strerror or str(error)) from None
        found.out = str(out)


def _content(name: str) -> bytes:
    from fenghuo.core.paper.check.read import LARGEST
    from fenghuo.core.paper.check.unreadable import Unreadable

    try:
        if name == STDIN:
            return sys.stdin.buffer.read(LARGEST + 1)
        with open(name, "rb") as file:
            # One byte more than is read, so that a file that is too large is seen to be.
            return file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable("file-missing", reason=error.strerror or str(error)) from None

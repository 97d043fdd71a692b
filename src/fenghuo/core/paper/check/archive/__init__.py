"""The archive of papers: every telling paragraph by its sketch, so that a copied one is found among thousands.

All of it is one file in a folder. It is read through memory maps, so that opening it costs nothing, and replaced in
one step when it is saved: a crash leaves the old archive or the new one.

The file: a line that names the format, the length of the header and its checksum, the header (JSON: papers, arrays
and their places), then the arrays. For every band of the sketches `keys` holds the sorted hashes of that band and
`rows` the paragraphs they belong to; a paragraph that shares a hash in one band is a candidate (locality-sensitive
hashing). `sketch` sifts the candidates before their text is compared.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from ..document import Document
from ..finding import Span
from ..likeness import ALIKE, Passage, likeness, passages, plain, shingles, sketches, telling
from .file import ArchiveError, Paper, mapped, state, write
from .rows import Rows, candidates, joined, searchable

__all__ = ["FILE", "Archive", "ArchiveError", "Changes", "Match"]

FILE = "papers.archive"


@dataclass(frozen=True, slots=True)
class Match:
    """A paragraph of the archive that is like the one asked for, by its Jaccard index `likeness`.

    `text` is without the line breaks that a copy put into its sentences; `span` counts them.
    """

    paper: str
    span: Span
    text: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update did, by the papers' names; `unreadable` says why."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()


@dataclass
class Archive:
    """The papers of one folder. `with Archive.open(folder) as archive:` saves at the end.

    What is added is found at once, and is on disk after `save`.
    """

    file: Path
    papers: list[Paper] = field(default_factory=list)
    _kept: Rows | None = None
    _new: list[tuple[int, Passage]] = field(default_factory=list)
    _fresh: Rows | None = None
    _gone: set[int] = field(default_factory=set)
    _state: tuple[int, int] | None = None
    _numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path | str) -> Self:
        """The archive in a folder; a new one where there is none yet.

        Raises ArchiveError where the file is damaged or of another version.
        """
        file = Path(folder) / FILE
        archive = cls(file)
        if file.exists():
            archive._reopen()
        return archive

    def __len__(self) -> int:
        """How many papers there are."""
        return len(self.papers) - len(self._gone)

    def __contains__(self, name: str) -> bool:
        return name in self._numbers

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: BaseException | TracebackType | None) -> None:
        if kind is None:
            self.save()

    # Writing

    def add(self, document: Document) -> None:
        """Add a paper, instead of the one of the same name."""
        self._add(document, None)

    def add_all(self, documents: Iterable[Document]) -> None:
        """Add many papers and save."""
        for document in documents:
            self.add(document)
        self.save()

    def remove(self, name: str) -> None:
        """Forget a paper. Raises KeyError where there is none of that name."""
        self._gone.add(self._numbers.pop(name))

    def update(
        self,
        files: Iterable[Path | str],
        read: Callable[[Path], Document] | None = None,
        told: Callable[[Path], None] = lambda file: None,
    ) -> Changes:
        """Bring the archive up to date with files, and save it. A paper's name is its file's full path.

        Only files whose time of change or size differ are read again, by `read`, which is the checker's own reader
        if none is given; `told` hears of every file, for progress. A file that cannot be read (ValueError, OSError)
        is named in the changes and left out.
        """
        read = read or _from_file
        added, changed, unchanged, unreadable = [], [], [], []
        for given in files:
            file = Path(os.path.abspath(given))
            told(file)
            name = str(file)
            known = self.papers[self._numbers[name]] if name in self._numbers else None
            try:
                status = file.stat()
                stamp = (status.st_mtime_ns, status.st_size)
                if known and known.stamp == stamp:
                    unchanged.append(name)
                    continue
                document = read(file)
            except (OSError, ValueError) as error:
                unreadable.append((name, str(error)))
                continue
            if known and known.digest == _digest(document.text):
                known.stamp = stamp
                unchanged.append(name)
                continue
            (changed if known else added).append(name)
            self._add(Document(name, document.form, document.text, document.paragraphs), stamp)
        self.save()
        return Changes(tuple(added), tuple(changed), tuple(unchanged), tuple(unreadable))

    def _add(self, document: Document, stamp: tuple[int, int] | None) -> None:
        digest = _digest(document.text)
        known = self._numbers.get(document.name)
        if known is not None:
            if self.papers[known].digest == digest:
                return
            self.remove(document.name)
        number = len(self.papers)
        self.papers.append(Paper(document.name, digest, stamp))
        self._numbers[document.name] = number
        self._fresh = None
        self._new += [(number, passage) for passage in passages(document)]

    def save(self) -> None:
        """Write the archive in one step. Raises ArchiveError where another program has changed it meanwhile."""
        if self._state != state(self.file):
            raise ArchiveError(
                f"{self.file}: another program changed the archive while this one was at work. Open it again."
            )
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = searchable(joined([part for part in (self._kept, self._unsaved()) if part], self._gone))
        # Numbers of papers that are gone stay taken within this save only.
        living = [number for number in range(len(self.papers)) if number not in self._gone]
        renumbered = np.full(len(self.papers) + 1, -1, dtype=np.int32)
        renumbered[living] = np.arange(len(living))
        part.paper = renumbered[part.paper]
        papers = [self.papers[number] for number in living]
        reopen, self._kept = self._kept is not None, None  # some systems do not replace a file that is mapped
        try:
            write(self.file, papers, part)
        except BaseException:
            if reopen:
                self._kept = mapped(self.file)[1]
            raise
        self.papers, self._new, self._fresh, self._gone, self._numbers = [], [], None, set(), {}
        self._reopen()

    def _unsaved(self) -> Rows | None:
        """The paragraphs that are not on disk yet."""
        if self._new and self._fresh is None:
            texts = [passage.text.encode("utf-8", "replace") for _, passage in self._new]
            offset = np.zeros(len(texts) + 1, dtype=np.int64)
            np.cumsum([len(text) for text in texts], out=offset[1:])
            self._fresh = Rows(
                paper=np.array([number for number, _ in self._new], dtype=np.int32),
                start=np.array([passage.start for _, passage in self._new], dtype=np.int32),
                end=np.array([passage.end for _, passage in self._new], dtype=np.int32),
                offset=offset,
                text=np.frombuffer(b"".join(texts), dtype=np.uint8),
                sketch=sketches([plain(passage.text) for _, passage in self._new]),
            )
        return self._fresh

    # Reading

    def find(self, paragraph: str, own: Document | None = None) -> list[Match]:
        """The archive's paragraphs that are like one, the most alike first.

        `own` is the paper it stands in: that paper, by its name, its file or its text, is not its own copy. A paragraph
        that says nothing of its own (a heading, a formula, a citation) has none.
        """
        return self.find_all([paragraph], own)[0]

    def find_all(self, paragraphs: Sequence[str], own: Document | None = None) -> list[list[Match]]:
        """`find` for many paragraphs of one paper, which is faster."""
        found: list[list[Match]] = [[] for _ in paragraphs]
        asked = [(n, plain(said)) for n, said in enumerate(paragraphs) if telling(said)]
        made = sketches([form for _, form in asked])
        digest = _digest(own.text) if own else ""
        names = (own.name, os.path.abspath(own.name)) if own else ()
        for part in (self._kept, self._unsaved()):
            if part is None or not asked:
                continue
            for (n, form), rows in zip(asked, candidates(part, made), strict=True):
                mine = shingles(form) if rows else None
                for row in rows:
                    number = int(part.paper[row])
                    paper = self.papers[number]
                    if number in self._gone or paper.name in names or paper.digest == digest:
                        continue
                    text = part.said(row)
                    like = likeness(mine, shingles(plain(text)))
                    if like >= ALIKE:
                        span = Span(int(part.start[row]), int(part.end[row]))
                        found[n].append(Match(paper.name, span, text, like))
        for matches in found:
            matches.sort(key=lambda match: (-match.likeness, match.paper, match.span.start))
        return found

    def _reopen(self) -> None:
        self.papers, self._kept = mapped(self.file)
        self._numbers = {paper.name: number for number, paper in enumerate(self.papers)}
        self._state = state(self.file)


def _from_file(file: Path) -> Document:
    from ..read import read  # not before it is needed: it opens .docx and .pdf, and brings their libraries

    return read(file.read_bytes(), str(file))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()

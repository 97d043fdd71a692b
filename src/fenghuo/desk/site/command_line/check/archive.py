"""The archive that `--archive` names: a folder of papers, indexed once and brought up to date at each use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..documents import expanded
from ..tally import progress
from ..words import say
from .work import SUFFIXES

if TYPE_CHECKING:
    from fenghuo.core.paper.check.archive import Archive
    from fenghuo.core.paper.check.document import Document


def opened(folder: str) -> Archive:
    """The archive of the papers in a folder, up to date; what cannot be read is named on standard error."""
    from fenghuo.core.paper.check.archive import Archive, ArchiveError

    files = [Path(each.name).resolve() for each in expanded((folder,), SUFFIXES, stdin="")]
    try:
        archive = Archive.open(Path(folder))
        for gone in {paper.name for paper in archive.papers} - set(map(str, files)):
            archive.remove(gone)
        with progress(len(files), say("Indexing", "正在建索引")) as step:
            changes = archive.update(files, _read, lambda _file: step())
    except (ArchiveError, OSError) as error:
        raise click.UsageError(
            say(f"the archive cannot be used: {error}", f"档案无法使用：{error}")
        ) from None
    for name, reason in changes.unreadable:
        click.echo(
            say(f"left out of the archive: {name}: {reason}", f"未收入档案：{name}：{reason}"), err=True
        )
    return archive


def _read(file: Path) -> Document:
    from fenghuo.core.paper.check.read import read

    return read(file.read_bytes(), str(file))

"""The archive of papers: what is kept of them, who may add and take away, and the index that finds copies in them.

The texts lie in the database; the index beside the uploads can be made of them again at any time, and every use
brings it up to date first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, NotFound, RuleBroken
from fenghuo.core.finding import Level, Text
from fenghuo.core.paper.check.archive import FILE, Archive, ArchiveError
from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import Document, from_text
from fenghuo.core.paper.check.finding import Finding
from fenghuo.core.paper.check.rulebook import FAMILIES
from fenghuo.desk.places.queries import home_area
from fenghuo.desk.summary.models import ArchivedPaper

_TRIES = 5
_BATCH = 200
_BUT_PERSONAL = tuple(family for family in FAMILIES if family != "personal")


def papers(caller: Caller) -> QuerySet[ArchivedPaper]:
    """The papers of the caller's areas, the latest first, without their texts."""
    caller.must("paper.check")
    return (
        ArchivedPaper.objects.filter(area__code__startswith=caller.area).select_related("area").defer("text")
    )


@transaction.atomic
def add(caller: Caller, document: Document) -> ArchivedPaper:
    """Keep a paper's text, so that later papers are compared with it.

    RuleBroken (field `files`) for a paper without text, one that is there already, and one that holds personal
    data: what should not be published is not collected either.
    """
    caller.must("paper.archive")
    area = home_area(caller)
    if area is None:
        raise NotFound("area")
    text = document.text.strip()
    name = document.name[:200] or _("paper without a name")
    if not text:
        raise RuleBroken(_("“%s” has no text.") % name, "files")
    personal = [each for each in check(document, without=_BUT_PERSONAL) if each.severity is Level.ERROR]
    if personal:
        raise RuleBroken(
            _("“%(name)s” holds personal data (line %(line)d: %(what)s). Replace it by a case code first.")
            % {
                "name": name,
                "line": document.line(personal[0].span.start),
                "what": personal[0].message.in_language(get_language() or "zh"),
            },
            "files",
        )
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    known = ArchivedPaper.objects.filter(area=area, digest=digest).first()
    if known is not None:
        raise RuleBroken(
            _("“%(name)s” is in the archive already, as “%(known)s”.") % {"name": name, "known": known},
            "files",
        )
    kept = ArchivedPaper.objects.create(
        name=name, area=area, text=text, digest=digest, added_at=caller.now, added_by=caller.name
    )
    caller.write("paper.archived", kept.subject, area.code, name=name, digest=digest)
    return kept


@transaction.atomic
def remove(caller: Caller, pk: int) -> ArchivedPaper:
    """Take a paper out of the archive; its text is gone, the journal keeps its name and digest."""
    caller.must("paper.archive")
    found = papers(caller).filter(pk=pk).first()
    if found is None:
        raise NotFound(f"paper {pk}")
    caller.write("paper.unarchived", found.subject, found.area.code, name=found.name, digest=found.digest)
    ArchivedPaper.objects.filter(pk=pk).delete()
    return found


def compared(caller: Caller, document: Document, without: Sequence[str]) -> list[Finding]:
    """The findings on a paper, copies in the archive's papers of the caller's areas among them."""
    names = {paper.key: paper.name for paper in papers(caller)}
    if not names or "copied" in without:
        return check(document, without=without)
    found = check(document, without=without, archive=index())
    return [told for finding in found if (told := _named(finding, names)) is not None]


def _named(finding: Finding, names: Mapping[str, str]) -> Finding | None:
    """A finding with papers called by their names; None where the copy it speaks of is in nobody's sight here."""
    if not finding.elsewhere or not finding.elsewhere[0].paper:
        return finding
    key = finding.elsewhere[0].paper
    if key not in names:
        return None
    seen = [other for other in finding.elsewhere if other.paper in names]
    en, zh = (said.replace(key, names[key]) for said in (finding.message.en, finding.message.zh))
    elsewhere = tuple(replace(other, paper=names[other.paper]) for other in seen)
    return replace(finding, message=Text(en, zh), elsewhere=elsewhere)


def index() -> Archive:
    """The index of all archived papers, brought up to date with the database; papers are named by their keys."""
    folder = Path(settings.FENGHUO_ARCHIVE)
    for _again in range(_TRIES):
        try:
            return _up_to_date(Archive.open(folder))
        except ArchiveError:
            # Damaged, of another version, or changed by another process meanwhile: it is only an index.
            (folder / FILE).unlink(missing_ok=True)
    return _up_to_date(Archive.open(folder))


def _up_to_date(archive: Archive) -> Archive:
    wanted = {paper.key: paper.pk for paper in ArchivedPaper.objects.defer("text")}
    held = {paper.name for paper in archive.papers}
    for key in held - wanted.keys():
        archive.remove(key)
    missing = sorted(pk for key, pk in wanted.items() if key not in held)
    for start in range(0, len(missing), _BATCH):
        for paper in ArchivedPaper.objects.filter(pk__in=missing[start : start + _BATCH]):
            archive.add(from_text(paper.text, paper.key))
    if held != wanted.keys():
        archive.save()
    return archive

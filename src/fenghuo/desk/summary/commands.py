"""Sealing: the one act of the summary that changes something."""

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, RuleBroken
from fenghuo.desk.gather import Period
from fenghuo.desk.places.models import Area

from . import sealing
from .models import SealedFigure, Summary


@transaction.atomic
def seal(caller: Caller, period: Period, area: Area, title: str) -> Summary:
    """Freeze every figure of the period and area with the keys of its records, under a SHA-256 digest.

    The digest also goes into the journal, so that neither figures nor seal can be altered unseen.
    RuleBroken (fields `title`, `from`) for an empty or long title, a period that is empty or has not begun,
    and a desk where no app offers a figure.
    """
    caller.must("summary.seal", area.code)
    title = title.strip()
    longest = Summary._meta.get_field("title").max_length
    if not title:
        raise RuleBroken(_("Give the summary a title, so that it can be found again."), "title")
    if len(title) > longest:
        raise RuleBroken(_("The title has more than %s characters. Shorten it.") % longest, "title")
    if period.end <= period.start:
        raise RuleBroken(_("The period is empty. Choose a last day that is not before the first."), "from")
    if period.start > caller.now:
        raise RuleBroken(_("The period has not begun, so there is nothing to seal yet."), "from")
    rows = [sealing.frozen(figure) for figure in sealing.drawn(caller, period, area.code)]
    if not rows:
        raise RuleBroken(_("No part of the desk offers a figure, so there is nothing to seal."))
    digest = sealing.digest(
        area=area.code, title=title, start=period.start, end=period.end, sealed_at=caller.now, figures=rows
    )
    summary = Summary.objects.create(
        title=title,
        area=area,
        start=period.start,
        end=period.end,
        sealed_at=caller.now,
        sealed_by=caller.name,
        digest=digest,
    )
    SealedFigure.objects.bulk_create(
        SealedFigure(summary=summary, position=position, **row) for position, row in enumerate(rows)
    )
    caller.write(
        "summary.sealed",
        summary.subject,
        area.code,
        title=title,
        start=period.start,
        end=period.end,
        figures=len(rows),
        digest=digest,
    )
    return summary

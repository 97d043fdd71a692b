"""Screens of the journal: the acts, one entry as it was hashed, and the verdict on the chain."""

import json
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from urllib.parse import urlencode

from django.apps import apps
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fenghuo.core.access import NotFound
from fenghuo.desk.wire import day_in

from . import acts, chain, queries
from .models import Entry

PAGE = 50
MOST_FAULTS = 100


def listing(request):
    """The acts in the caller's area, newest first; of one kind or one day where asked."""
    caller = request.caller
    found = queries.entries(caller)
    kinds = sorted(
        ((act, acts.words(act)) for act in found.order_by().values_list("act", flat=True).distinct()),
        key=lambda kind: kind[0],
    )
    act, day = request.GET.get("act", ""), day_in(request.GET.get("day", ""))
    if act:
        found = found.filter(act=act)
    if day:
        start = timezone.make_aware(datetime.combine(day, time()))
        found = found.filter(at__gte=chain.stamp(start), at__lt=chain.stamp(start + timedelta(days=1)))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names = _area_names({entry.area for entry in page})
    rows = [
        {
            "entry": entry,
            "at": _moment(entry),
            "words": acts.words(entry.act),
            "subject": acts.subject_words(entry.subject),
            "url": acts.url(entry.subject),
            "area": names.get(entry.area, entry.area),
        }
        for entry in page
    ]
    return render(
        request,
        "journal/list.html",
        {
            "rows": rows,
            "page": page,
            "kinds": kinds,
            "act": act,
            "day": day.isoformat() if day else "",
            "query": urlencode({"act": act, "day": day.isoformat() if day else ""}),
        },
    )


def entry(request, seq):
    """One entry, every column exactly as it was hashed."""
    found = queries.entries(request.caller).filter(seq=seq).first()
    if found is None:
        raise NotFound(f"journal entry {seq}")
    return render(
        request,
        "journal/entry.html",
        {
            "entry": found,
            "words": acts.words(found.act),
            "at": _moment(found),
            "url": acts.url(found.subject),
            "detail": json.dumps(json.loads(found.detail), ensure_ascii=False, indent=2),
            "columns": [(field, getattr(found, field)) for field in chain.FIELDS if field != "detail"],
        },
    )


@require_POST
def verify(request):
    """Recompute the whole chain and say whether it holds."""
    found = list(islice(queries.faults(request.caller), MOST_FAULTS + 1))
    return render(
        request,
        "journal/verdict.html",
        {
            "total": queries.count(),
            "faults": [(fault.seq, fault_words(fault)) for fault in found[:MOST_FAULTS]],
            "more": len(found) > MOST_FAULTS,
        },
    )


def fault_words(fault: queries.Fault) -> str:
    """A fault in the reader's language."""
    return {
        "journal.missing": _("This entry is missing."),
        "journal.altered": _("This entry is not what was recorded, or does not follow the one before it."),
        "journal.inserted": _("This entry was not written by the desk."),
        "journal.head": _("The journal's end is not sealed by this desk's key."),
    }.get(fault.rule, fault.message)


def _moment(entry: Entry) -> datetime:
    return datetime.strptime(entry.at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def _area_names(codes: set[str]) -> dict[str, str]:
    # Places share the journal's floor and are known by name alone, as in a foreign key.
    areas = apps.get_model("places", "Area").objects.filter(code__in=codes)
    return {area.code: str(area) for area in areas}

"""Acts on incidents: the first report, follow-ups, the final report, and filing each with the county."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, RuleBroken
from fenghuo.desk.places.models import Area, Site

from . import clocks, queries
from .models import FIGURES, Filing, Incident, Report


@transaction.atomic
def report(
    caller: Caller,
    *,
    area: Area,
    kind: str,
    what_happened: str,
    place: str = "",
    site: Site | None = None,
    happened_at: datetime | None = None,
    known_at: datetime | None = None,
    **figures: Any,
) -> Incident:
    """Make the first report of an incident; its one-hour clock runs from `known_at` (default: now).

    `figures` are FIGURES. Raises RuleBroken with field kind, what_happened, site, happened_at, known_at or a
    figure's name.
    """
    caller.must("incident.report", area.code)
    known_at = known_at or caller.now
    happened_at = happened_at or known_at
    if kind not in Incident.Kind.values:
        raise RuleBroken(_("Choose what kind of incident it is."), "kind")
    if site is not None and not site.area.code.startswith(area.code):
        raise RuleBroken(_("%s is not in this area. Choose another site, or none.") % site, "site")
    if known_at > caller.now:
        raise RuleBroken(_("This moment has not come yet. Enter when you learned of it."), "known_at")
    if happened_at > known_at:
        raise RuleBroken(_("It cannot have happened after it was known. Check the two times."), "happened_at")
    incident = Incident.objects.create(
        area=area,
        site=site,
        kind=kind,
        what_happened=_said(what_happened, "what_happened"),
        place=place.strip()[:200],
        happened_at=happened_at,
        known_at=known_at,
        reported_by_id=caller.id,
        **_checked(figures),
    )
    first = _add_report(caller, incident, Report.Kind.FIRST, incident.what_happened)
    caller.write(
        "incident.reported",
        f"incident:{incident.pk}",
        area.code,
        what=incident.what_happened,
        kind=kind,
        place=incident.place,
        happened_at=happened_at,
        known_at=known_at,
        **first.figures,
    )
    return incident


@transaction.atomic
def follow_up(caller: Caller, incident: Incident, *, text: str, **figures: Any) -> Report:
    """Add what has become known since: figures that are given replace the incident's."""
    caller.must("incident.report", incident.area.code)
    return _later(caller, incident, Report.Kind.FOLLOW_UP, Incident.State.FOLLOWED, text, figures)


@transaction.atomic
def finish(caller: Caller, incident: Incident, *, text: str, **figures: Any) -> Report:
    """Make the final report, after which nothing is added. The first report must be with the county."""
    caller.must("incident.file", incident.area.code)
    if not hasattr(incident.first_report, "filing"):
        raise RuleBroken(_("The first report is not with the county yet. File it, then make the final one."))
    return _later(caller, incident, Report.Kind.FINAL, Incident.State.FINAL, text, figures)


@transaction.atomic
def file(caller: Caller, found: Report, *, means: str, to: str) -> Filing:
    """Record that a report has gone up to the county at this moment. It is late where the law's clock says so.

    Raises RuleBroken with field means or to.
    """
    caller.must("incident.file", found.incident.area.code)
    incident = found.incident
    Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if means not in Filing.Means.values:
        raise RuleBroken(_("Choose how the report was filed."), "means")
    if not to.strip():
        raise RuleBroken(_("Write who took the report, for instance the county's duty desk."), "to")
    if Filing.objects.filter(report=found).exists():
        raise RuleBroken(_("This report is already with the county."))
    if found.kind != Report.Kind.FIRST and not Filing.objects.filter(
        report__incident=incident, report__kind=Report.Kind.FIRST
    ):
        raise RuleBroken(_("The first report is not with the county yet. File that one first."))
    deadline = clocks.filing_deadline(found)
    filing = Filing.objects.create(
        report=found, at=caller.now, by_id=caller.id, means=means, to=to.strip()[:100], due=deadline.due
    )
    caller.write(
        "incident.filed",
        f"incident:{incident.pk}",
        incident.area.code,
        report=found.kind,
        means=means,
        to=filing.to,
        due=deadline.due,
        minutes_late=clocks.minutes_late(deadline, caller.now),
        clause=deadline.clause.zh,
    )
    return filing


def _later(
    caller: Caller, incident: Incident, kind: str, state: str, text: str, figures: Mapping[str, Any]
) -> Report:
    incident = queries.with_reports(Incident.objects.select_for_update(of=("self",))).get(pk=incident.pk)
    if incident.state == Incident.State.FINAL:
        raise RuleBroken(_("The final report has been made; nothing is added to it."))
    for name, value in _checked(figures).items():
        setattr(incident, name, value)
    incident.state = state
    incident.save(update_fields=[*FIGURES, "state"])
    made = _add_report(caller, incident, kind, _said(text, "text"))
    caller.write(
        "incident.finished" if kind == Report.Kind.FINAL else "incident.followed_up",
        f"incident:{incident.pk}",
        incident.area.code,
        text=made.text,
        **made.figures,
    )
    return made


def _add_report(caller: Caller, incident: Incident, kind: str, text: str) -> Report:
    figures = {name: getattr(incident, name) for name in FIGURES}
    plain = {key: str(value) if isinstance(value, Decimal) else value for key, value in figures.items()}
    return Report.objects.create(
        incident=incident, kind=kind, at=caller.now, by_id=caller.id, text=text, figures=plain
    )


def _said(text: str, field: str) -> str:
    text = text.strip()
    if not text:
        raise RuleBroken(_("Write what happened in one sentence."), field)
    if len(text) > 1000:
        raise RuleBroken(_("At most %s characters fit here. Shorten the text.") % 1000, field)
    return text


def _checked(figures: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(figures) - set(FIGURES)
    if unknown:
        raise TypeError(f"no figures: {', '.join(sorted(unknown))}")
    checked = {}
    for name, value in figures.items():
        if name == "other_land_burning":
            checked[name] = bool(value)
        elif name in ("burned_area_ha", "direct_loss_yuan"):
            checked[name] = _quantity(name, value)
        else:
            checked[name] = _persons(name, value)
    return checked


def _persons(name: str, value: Any) -> int:
    count = 0 if value is None else value
    if count != int(count) or not 0 <= count <= 1_000_000:
        raise RuleBroken(_("A number of persons is a whole number from 0 up."), name)
    return int(count)


def _quantity(name: str, value: Any) -> Decimal | None:
    if value is None:
        return None
    most = Decimal(10) ** (7 if name == "burned_area_ha" else 12)
    try:
        quantity = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        quantity = Decimal(-1)
    if not quantity.is_finite() or not 0 <= quantity < most:
        raise RuleBroken(_("Enter a number from 0 up, or leave it empty while it is not known."), name)
    return quantity

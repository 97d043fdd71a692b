"""What screens read of incidents, limited to what the caller may see."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from fenghuo.core.access import Caller, NotFound, Role
from fenghuo.core.law import Deadline, Grade, Punctuality, punctuality

from . import clocks
from .models import FIGURES, Filing, Incident, Report

_FIRST_FILED = Exists(Filing.objects.filter(report__incident=OuterRef("pk"), report__kind=Report.Kind.FIRST))


@dataclass(frozen=True)
class Told:
    """A report beside the clock that ran, or runs, for its way to the county."""

    report: Report
    filing: Filing | None
    deadline: Deadline
    punctuality: Punctuality
    minutes_late: int
    grade: Grade | None
    figures: dict = field(default_factory=dict)

    @property
    def is_late(self) -> bool:
        return self.minutes_late > 0

    @property
    def clause(self) -> str:
        return clocks.clause(self.deadline.clause)

    @property
    def short_clause(self) -> str:
        return clocks.short_clause(self.deadline.clause)

    @property
    def rule(self) -> str:
        return clocks.words(self.deadline)


def incidents(caller: Caller) -> QuerySet[Incident]:
    """Incidents in the caller's area.

    A person responsible for places sees their unit's; the county sees those whose first report was filed.
    """
    caller.must("incident.read")
    found = Incident.objects.filter(area__code__startswith=caller.area)
    if caller.role is Role.RESPONSIBLE:
        of_unit = Q(site__unit_id=caller.unit) | Q(reported_by__unit_id=caller.unit)
        found = found.filter(of_unit) if caller.unit else found.none()
    if caller.role is Role.COUNTY:
        found = found.filter(_FIRST_FILED)
    return with_reports(found)


def incident(caller: Caller, pk: int) -> Incident:
    found = incidents(caller).filter(pk=pk).first()
    if found is None:
        raise NotFound(f"incident {pk}")
    return found


def of_kind(caller: Caller, kind: str) -> QuerySet[Incident]:
    """`unfiled` (first report not with the county yet), `open` (no final report), `final`, or all."""
    found = incidents(caller)
    if kind == "unfiled":
        return found.filter(~_FIRST_FILED)
    if kind == "open":
        return found.exclude(state=Incident.State.FINAL)
    if kind == "final":
        return found.filter(state=Incident.State.FINAL)
    return found


def unfiled(caller: Caller) -> list[Told]:
    """Reports that wait to be filed with the county, the soonest due first."""
    caller.must("incident.read")
    waiting = Report.objects.filter(
        incident__in=incidents(caller).values("pk"), filing__isnull=True
    ).select_related("incident__area")
    return sorted((_told(caller, report) for report in waiting), key=lambda told: told.deadline.due)


def report(caller: Caller, pk: int) -> Report:
    """One report of an incident in sight."""
    caller.must("incident.read")
    found = Report.objects.filter(pk=pk).select_related("incident__area").first()
    if found is None or not incidents(caller).filter(pk=found.incident_id).exists():
        raise NotFound(f"report {pk}")
    return found


def told(caller: Caller, found: Incident) -> list[Told]:
    """Every report of an incident, oldest first. The caller has been allowed the incident.

    The county sees what was filed with it.
    """
    caller.must("incident.read")
    rows = [_told(caller, report) for report in found.reports.all()]
    return [row for row in rows if row.filing] if caller.role is Role.COUNTY else rows


def first_told(caller: Caller, found: Incident) -> Told:
    """The first report and its clock."""
    caller.must("incident.read")
    return _told(caller, found.first_report)


def grade(caller: Caller, found: Incident) -> Grade | None:
    """The grade of the latest figures. The caller has been allowed the incident."""
    caller.must("incident.read")
    return clocks.grade_of(found.kind, {name: getattr(found, name) for name in FIGURES})


def with_reports(found: QuerySet[Incident]) -> QuerySet[Incident]:
    """The same incidents with their reports and filings read at once."""
    return found.select_related("area", "site").prefetch_related(
        "reports__filing__by", "reports__by", "reports__incident"
    )


def _told(caller: Caller, report: Report) -> Told:
    filing = getattr(report, "filing", None)
    deadline = clocks.filing_deadline(report)
    return Told(
        report=report,
        filing=filing,
        deadline=deadline,
        punctuality=punctuality(deadline, filing.at if filing else None, caller.now),
        minutes_late=clocks.minutes_late(deadline, filing.at if filing else caller.now),
        grade=clocks.grade_of(report.incident.kind, report.figures),
        figures=report.figures,
    )

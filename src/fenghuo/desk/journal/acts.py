"""The words for acts and the pages of subjects, for whoever shows journal entries.

An entry holds names (`warning.issued`, `hazard:12`), not words: words change and entries do not. The apps
that write entries lie on higher floors, so they are known here by those names alone.
"""

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

ACTS: dict[str, Promise] = {
    "places.area_added": pgettext_lazy("act", "area added"),
    "places.site_added": pgettext_lazy("act", "site added"),
    "places.site_elevation_set": pgettext_lazy("act", "elevation of a site set"),
    "officers.unit_added": pgettext_lazy("act", "unit added"),
    "officers.officer_added": pgettext_lazy("act", "account opened"),
    "officers.address_added": pgettext_lazy("act", "address added"),
    "officers.token_made": pgettext_lazy("act", "API key made"),
    "officers.password_set": pgettext_lazy("act", "password set"),
    "danger.station_added": pgettext_lazy("act", "weather station registered"),
    "danger.policy_set": pgettext_lazy("act", "rating rules changed"),
    "danger.grid_taken_in": pgettext_lazy("act", "danger grid taken in"),
    "danger.cover_set": pgettext_lazy("act", "green or snow cover told"),
    "danger.classes_calibrated": pgettext_lazy("act", "danger classes calibrated"),
    "danger.weather_imported": pgettext_lazy("act", "weather imported"),
    "danger.columns_named": pgettext_lazy("act", "columns of a weather file named"),
    "danger.columns_forgotten": pgettext_lazy("act", "columns of a weather file forgotten"),
    "danger.value_confirmed": pgettext_lazy("act", "doubtful reading confirmed"),
    "danger.value_corrected": pgettext_lazy("act", "doubtful reading corrected"),
    "danger.forecast_taken_in": pgettext_lazy("act", "forecast taken in"),
    "danger.fetching_set": pgettext_lazy("act", "fetching of forecasts set"),
    "warning.drafted": pgettext_lazy("act", "warning drafted"),
    "warning.redrafted": pgettext_lazy("act", "warning redrafted"),
    "warning.update_drafted": pgettext_lazy("act", "update of a warning drafted"),
    "warning.edited": pgettext_lazy("act", "warning edited"),
    "warning.submitted": pgettext_lazy("act", "warning submitted for approval"),
    "warning.approved": pgettext_lazy("act", "warning approved"),
    "warning.sent_back": pgettext_lazy("act", "warning sent back"),
    "warning.withdrawn": pgettext_lazy("act", "draft warning withdrawn"),
    "warning.issued": pgettext_lazy("act", "warning issued"),
    "warning.updated": pgettext_lazy("act", "warning updated"),
    "warning.cancelled": pgettext_lazy("act", "warning cancelled"),
    "warning.expired": pgettext_lazy("act", "warning expired"),
    "warning.delivered": pgettext_lazy("act", "message sent"),
    "warning.delivery_failed": pgettext_lazy("act", "message could not be sent"),
    "warning.opened": pgettext_lazy("act", "warning opened"),
    "warning.acknowledged": pgettext_lazy("act", "warning acknowledged"),
    "warning.escalated": pgettext_lazy("act", "acknowledgement escalated"),
    "warning.phone_answered": pgettext_lazy("act", "answered by telephone"),
    "warning.reported_back": pgettext_lazy("act", "report-back"),
    "duty.shift_set": pgettext_lazy("act", "shift entered"),
    "duty.shift_removed": pgettext_lazy("act", "shift removed"),
    "duty.log_added": pgettext_lazy("act", "log entry"),
    "duty.log_corrected": pgettext_lazy("act", "log entry corrected"),
    "duty.handed_over": pgettext_lazy("act", "shift handed over"),
    "duty.taken_over": pgettext_lazy("act", "shift taken over"),
    "incident.reported": pgettext_lazy("act", "incident reported"),
    "incident.followed_up": pgettext_lazy("act", "incident followed up"),
    "incident.finished": pgettext_lazy("act", "final report of an incident"),
    "incident.filed": pgettext_lazy("act", "incident report filed"),
    "summary.sealed": pgettext_lazy("act", "summary sealed"),
    "paper.archived": pgettext_lazy("act", "paper put into the archive"),
    "paper.unarchived": pgettext_lazy("act", "paper taken out of the archive"),
    "inspection.hazard_found": pgettext_lazy("act", "hazard found"),
    "inspection.plan_filed": pgettext_lazy("act", "plan of rectification filed"),
    "inspection.hazard_rectified": pgettext_lazy("act", "rectification reported"),
    "inspection.rectification_refused": pgettext_lazy("act", "rectification refused"),
    "inspection.hazard_closed": pgettext_lazy("act", "hazard closed"),
}

KINDS: dict[str, Promise] = {
    "area": pgettext_lazy("subject", "area"),
    "site": pgettext_lazy("subject", "site"),
    "unit": pgettext_lazy("subject", "unit"),
    "officer": pgettext_lazy("subject", "account"),
    "station": pgettext_lazy("subject", "weather station"),
    "columns": pgettext_lazy("subject", "columns of a weather file"),
    "warning": pgettext_lazy("subject", "warning"),
    "recipient": pgettext_lazy("subject", "recipient"),
    "delivery": pgettext_lazy("subject", "message"),
    "shift": pgettext_lazy("subject", "shift"),
    "log": pgettext_lazy("subject", "log entry"),
    "handover": pgettext_lazy("subject", "handover"),
    "hazard": pgettext_lazy("subject", "hazard"),
    "incident": pgettext_lazy("subject", "incident"),
    "summary": pgettext_lazy("subject", "summary"),
    "paper": pgettext_lazy("subject", "paper"),
}
"""Kind of subject → its word."""
PAGES = {
    "hazard": "inspection:hazard",
    "incident": "incident:detail",
    "warning": "warning:board",
}
"""Kind of subject → the name of the address that shows one by its number."""


def words(act: str) -> str:
    """The act as a person says it; an act without words here keeps its name, legibly."""
    return str(ACTS[act]) if act in ACTS else act.split(".", 1)[-1].replace("_", " ")


def subject_words(subject: str) -> str:
    """`hazard:12` as a person says it; a kind without a word here stays as it is."""
    kind, _, number = subject.partition(":")
    return f"{KINDS[kind]} {number}" if kind in KINDS else subject


def url(subject: str) -> str:
    """Where the subject of an entry is shown, or "" where it has no page."""
    kind, _, number = subject.partition(":")
    if kind not in PAGES or not number.isdecimal():
        return ""
    try:
        return reverse(PAGES[kind], args=[int(number)])
    except NoReverseMatch:
        return ""

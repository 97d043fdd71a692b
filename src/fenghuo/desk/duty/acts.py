"""How acts of the journal read as lines of the duty log: what was done, the telling part of it, how often."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from fenghuo.desk.journal.acts import words
from fenghuo.desk.journal.models import Entry

from . import hours

TELLING = {
    "danger.weather_imported": ("file",),
    "danger.station_added": ("name",),
    "duty.shift_set": ("start", "leader", "officers"),
    "duty.shift_removed": ("start",),
    "duty.handed_over": ("note",),
    "incident.reported": ("what",),
    "incident.followed_up": ("text",),
    "incident.finished": ("text",),
    "incident.filed": ("to",),
    "inspection.hazard_found": ("description",),
    "inspection.hazard_rectified": ("note",),
    "inspection.rectification_refused": ("note",),
    "officers.unit_added": ("name",),
    "places.area_added": ("name",),
    "places.site_added": ("name",),
    "places.site_elevation_set": ("name",),
    "warning.drafted": ("level",),
    "warning.redrafted": ("level",),
    "warning.update_drafted": ("original",),
    "warning.submitted": ("level",),
    "warning.approved": ("level",),
    "warning.sent_back": ("reason",),
    "warning.issued": ("number", "level"),
    "warning.cancelled": ("number",),
    "warning.acknowledged": ("unit",),
    "warning.escalated": ("number",),
    "warning.reported_back": ("text",),
}
"""act → the keys of its detail that the log tells; other acts are told by their name alone."""

IN_RUNS = frozenset(
    {
        "warning.delivered",
        "warning.opened",
        "warning.acknowledged",
        "warning.escalated",
        "officers.unit_added",
        "officers.officer_added",
        "officers.address_added",
        "officers.token_made",
        "places.area_added",
        "places.site_added",
        "places.site_elevation_set",
        "duty.shift_set",
        "duty.shift_removed",
        "danger.weather_imported",
        "danger.station_added",
    }
)
"""Acts that come in runs: neighbours of one kind share a line that says how many there were."""

OWN_LINES = frozenset({"duty.log_added", "duty.log_corrected"})
"""Acts that the log shows as its own entries already."""

_LEVELS = {
    "blue": pgettext_lazy("warning level", "blue"),
    "yellow": pgettext_lazy("warning level", "yellow"),
    "orange": pgettext_lazy("warning level", "orange"),
    "red": pgettext_lazy("warning level", "red"),
}


def sentence(run: Sequence[Entry]) -> str:
    """What one entry, or a run of entries of one act, says in the reader's language."""
    act = run[0].act
    what = capfirst(words(act))
    if act == "warning.delivered":
        return _counted(what, sum(_sent(entry) for entry in run))
    if len(run) > 1:
        return _counted(what, len(run))
    detail = _read(run[0].detail)
    told = _(", ").join(filter(None, (_word(detail.get(key)) for key in TELLING.get(act, ()))))
    if act == "incident.filed" and detail.get("minutes_late"):
        late = detail["minutes_late"]
        late = ngettext("%s minute late", "%s minutes late", late) % late
        told = _("%(told)s; %(late)s") % {"told": told, "late": late}
    return _("%(what)s: %(told)s") % {"what": what, "told": told} if told else what


def runs(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Entries, newest first, with neighbours of one IN_RUNS act put together; OWN_LINES are left out."""
    found: list[list[Entry]] = []
    for entry in sorted(entries, key=lambda each: -each.seq):
        if entry.act in OWN_LINES:
            continue
        if found and entry.act in IN_RUNS and found[-1][0].act == entry.act:
            found[-1].append(entry)
        else:
            found.append([entry])
    return found


def _counted(what: str, count: int) -> str:
    return _("%(what)s × %(count)s") % {"what": what, "count": count} if count != 1 else what


def _sent(entry: Entry) -> int:
    return len(_read(entry.detail).get("sent", []))


def _read(detail: str) -> dict[str, Any]:
    found = json.loads(detail or "{}")
    return found if isinstance(found, dict) else {}


def _word(value: Any) -> str:
    if isinstance(value, list):
        return _(", ").join(str(each) for each in value)
    text = "" if value is None else str(_LEVELS.get(value, value))
    if len(text) == 27 and text.endswith("Z"):  # the journal's spelling of a moment
        try:
            return hours.dated_moment(datetime.fromisoformat(text))
        except ValueError:
            return text
    return text if len(text) <= 120 else text[:119] + "…"

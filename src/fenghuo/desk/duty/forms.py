"""Forms of duty: a shift of the roster, a line of the log, a handover."""

from datetime import date, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenghuo.core.access import Caller, Role
from fenghuo.desk.officers.models import Officer
from fenghuo.desk.places.models import Area

from . import hours, queries
from .models import Shift


def _day(label) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _hour(label) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def _person(label, required: bool = True) -> forms.ModelChoiceField:
    nobody = pgettext_lazy("officer", "Choose") if required else pgettext_lazy("officer", "nobody")
    return forms.ModelChoiceField(
        label=label, queryset=Officer.objects.none(), required=required, empty_label=nobody
    )


class ShiftForm(forms.Form):
    """When, who leads, who is on duty. `start` and `end` of `cleaned_data` are aware."""

    first_day = _day(_("First day"))
    start = _hour(_("From"))
    last_day = _day(_("Last day"))
    end = _hour(_("To"))
    leader = _person(_("Leader on shift"))
    officer = _person(_("Duty officer"))
    second = _person(_("Second duty officer"), required=False)

    def __init__(self, *args, caller: Caller, area: Area, shift: Shift | None = None, day: date, **kwargs):
        initial = _initial(shift) if shift else _proposed(area, day)
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["leader"].queryset = queries.eligible(caller, area, [Role.LEADER])
        for name in ("officer", "second"):
            self.fields[name].queryset = queries.eligible(caller, area, [Role.DUTY, Role.LEADER])

    def act(self) -> dict:
        """What the command takes."""
        given = self.cleaned_data
        return {
            "start": hours.at_hour(given["first_day"], given["start"]),
            "end": hours.at_hour(given["last_day"], given["end"]),
            "leader": given["leader"],
            "officers": [officer for officer in (given["officer"], given["second"]) if officer],
        }


def _initial(shift: Shift) -> dict:
    start, end = timezone.localtime(shift.start), timezone.localtime(shift.end)
    officers = [*shift.officers, None, None]
    return {
        "first_day": start.date(),
        "start": start.time(),
        "last_day": end.date(),
        "end": end.time(),
        "leader": shift.leader,
        "officer": officers[0],
        "second": officers[1],
    }


def _proposed(area: Area, day: date) -> dict:
    """A whole day from 08:00, or from where the last shift of that day ends."""
    start = hours.at_hour(day, time(8))
    before = queries.overlapping(area, start, hours.midnight(day + timedelta(1))).last()
    start = timezone.localtime(before.end) if before else timezone.localtime(start)
    end = timezone.localtime(hours.later(start, 1))
    return {"first_day": start.date(), "start": start.time(), "last_day": end.date(), "end": time(8)}


class CorrectForm(forms.Form):
    """The line that takes a struck one's place."""

    text = forms.CharField(
        label=_("What it should say"),
        help_text=_("The old line stays in the log, struck through."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HandoverForm(forms.Form):
    """What the next shift should know."""

    note = forms.CharField(
        label=_("Note to the next shift"),
        help_text=_("What to watch, who is expected to call, what was agreed."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

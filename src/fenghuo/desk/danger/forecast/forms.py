"""Forms of forecasts: fetching, and which pairs the skill table is of."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from fenghuo.desk.danger.models import FetchPolicy, ForecastIssue

from .queries import Wanted

LONGEST = 3660
"""Days: ten years of pairs are looked at, not more."""


class FetchingForm(forms.ModelForm):
    """Whether the worker fetches, and how often."""

    class Meta:
        model = FetchPolicy
        fields = ["on", "every_hours"]


class PeriodForm(forms.Form):
    """From which day to which, of which station and source."""

    start = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    end = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    station = forms.ChoiceField(label=_("Station"), required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)

    def __init__(self, *args, stations=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["station"].choices = [("", _("all")), *((one.code, str(one)) for one in stations)]
        self.fields["source"].choices = [("", _("all")), *ForecastIssue.Source.choices]

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and start > end:
            self.add_error("end", _("The last day lies before the first."))
        elif start and end and (end - start).days > LONGEST:
            self.add_error("start", _("Choose at most ten years."))
        return cleaned


def wanted(data, stations, today: date) -> tuple[PeriodForm, Wanted]:
    """The period form as the address fills it, and what it asks for: the last 90 days where it asks nothing."""
    default = {"start": today - timedelta(days=90), "end": today}
    given = {name: data.get(name) or default.get(name, "") for name in ("start", "end", "station", "source")}
    form = PeriodForm(given, stations=stations)
    said = form.cleaned_data if form.is_valid() else {**default, "station": "", "source": ""}
    return form, Wanted(said["start"], said["end"], said["station"], said["source"])

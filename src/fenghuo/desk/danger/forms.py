"""Forms of danger: a weather file, the policy."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fenghuo.core.danger import classes

from .models import Policy, Station


class ImportForm(forms.Form):
    """A station file and how strict to be with it."""

    file = forms.FileField(
        label=_("Weather file"),
        help_text=_(
            "Hourly or daily CSV, plain or .gz. The first line names the columns and their units, "
            "such as time_local, temperature_c, rh_percent, wind_speed_ms, precipitation_mm."
        ),
    )
    station = forms.ModelChoiceField(
        label=_("Station"),
        queryset=Station.objects.none(),
        required=False,
        help_text=_("For a file without a station column."),
    )
    skip_bad = forms.BooleanField(
        label=_("Leave out rows that break a rule"),
        required=False,
        help_text=_("Otherwise one bad row keeps the whole file out."),
    )

    def __init__(self, *args, stations=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["station"].queryset = Station.objects.filter(pk__in=[station.pk for station in stations])
        if len(stations) == 1:
            self.initial.setdefault("station", stations[0].pk)


class PolicyForm(forms.ModelForm):
    """How the desk rates, and when it drafts."""

    scheme = forms.ChoiceField(label=_("Classes"))
    regime = forms.ChoiceField(label=_("Warning colours"))
    draft_from = forms.TypedChoiceField(label=_("Draft a warning from this rating on"), coerce=int)

    class Meta:
        model = Policy
        fields = ["scheme", "regime", "draft_from", "noon"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = get_language() or "zh"
        self.fields["scheme"].choices = [(s.key, _breaks(s, language)) for s in classes.schemes().values()]
        self.fields["regime"].choices = [
            (r.key, r.name.in_language(language)) for r in classes.regimes().values()
        ]
        self.fields["draft_from"].choices = [
            (n, f"{n} {classes.rating_name(n, language)}") for n in range(1, 6)
        ]


def _breaks(scheme: classes.Scheme, language: str) -> str:
    return f"{scheme.name.in_language(language)} ({' / '.join(f'{value:g}' for value in scheme.breaks)})"

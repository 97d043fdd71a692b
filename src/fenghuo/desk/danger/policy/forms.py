"""Forms of how a desk rates: its choices, its green cover, its calibration."""

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fenghuo.core.danger import classes
from fenghuo.desk.danger import rules
from fenghuo.desk.danger.models import Policy, Station

from .commands import CHOICES, LARGEST_FILE


class PolicyForm(forms.ModelForm):
    """How the desk rates, and when it drafts."""

    scheme = forms.ChoiceField(label=_("Classes on the FWI"))
    regime = forms.ChoiceField(label=_("Warning colours"))
    draft_from = forms.TypedChoiceField(
        label=_("Draft a warning from this rating on"),
        coerce=int,
        help_text=_("The draft waits for the duty officer. Nothing is sent by itself."),
    )
    own_scheme_file = forms.FileField(
        label=_("File of own classes"), required=False, help_text=_("Takes the place of the text below.")
    )
    own_table_file = forms.FileField(
        label=_("File of own score tables"), required=False, help_text=_("Takes the place of the text below.")
    )

    class Meta:
        model = Policy
        fields = CHOICES
        widgets = {
            "own_scheme": forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "code"}),
            "own_table": forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "code"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        language = get_language() or "zh"
        # A scheme that comes with the file in this very request can be chosen with it.
        schemes = rules.schemes_of(self.instance)
        chosen = self.data.get("scheme") if self.is_bound else None
        self.fields["scheme"].choices = [(s.key, _breaks(s, language)) for s in schemes.values()]
        if chosen and chosen not in schemes:
            self.fields["scheme"].choices += [(chosen, chosen)]
        self.fields["regime"].choices = [
            (r.key, r.name.in_language(language)) for r in classes.regimes().values()
        ]
        self.fields["draft_from"].choices = [
            (n, f"{n} {classes.rating_name(n, language)}") for n in range(1, 6)
        ]

    @property
    def rating_fields(self) -> list[forms.BoundField]:
        return self._fields("system", "scheme")

    @property
    def warning_fields(self) -> list[forms.BoundField]:
        return self._fields("regime", "draft_from")

    @property
    def weather_fields(self) -> list[forms.BoundField]:
        return self._fields("source", "noon", "lapse_rate", "radius_km", "restart_after", "estimate_up_to")

    @property
    def computing_fields(self) -> list[forms.BoundField]:
        return self._fields("ffmc_constant", "dmc_rain", "latitude_bands", "rain_day")

    @property
    def file_fields(self) -> list[forms.BoundField]:
        return self._fields("own_scheme_file", "own_scheme", "own_table_file", "own_table")

    @property
    def computing_open(self) -> bool:
        """Something in the folded part is to be put right."""
        return any(field.errors for field in self.computing_fields)

    @property
    def files_open(self) -> bool:
        """The folded part holds something, or something to put right."""
        return any(field.errors or field.value() for field in self.file_fields)

    def _fields(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]

    def clean(self):
        """Put a file in the place of the text that it is the file of."""
        given = super().clean()
        for name in ("own_scheme", "own_table"):
            file = given.pop(f"{name}_file", None)
            if file is None:
                continue
            try:
                given[name] = file.read(LARGEST_FILE * 4 + 1).decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error(f"{name}_file", _("The file is not text in UTF-8."))
        return given

    def _post_clean(self):
        """The rules are asked by the command, so that the API and the screens say the same."""

    @property
    def choices(self) -> dict:
        """What was chosen, by the name of the setting."""
        return {name: self.cleaned_data[name] for name in CHOICES if name in self.cleaned_data}


class CoverForm(forms.Form):
    """How green or snow-covered the area is, and from which day on."""

    category = forms.ChoiceField(label=_("Green fuel or snow"))
    since = forms.DateField(
        label=_("From this day on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, judge: rules.Judge, now, **kwargs):
        super().__init__(*args, **kwargs)
        language = get_language() or "zh"
        self.fields["category"].choices = [
            (one.key, one.name.in_language(language)) for one in judge.table.cover.categories
        ]
        self.initial.setdefault("since", timezone.localtime(now).date())


class CalibrationForm(forms.Form):
    """Whose history the classes are taken from, and of which months."""

    station = forms.ModelChoiceField(label=_("Station"), queryset=Station.objects.none())
    months = forms.TypedMultipleChoiceField(
        label=_("Months of the fire season"),
        coerce=int,
        choices=[(n, n) for n in range(1, 13)],
        initial=list(range(1, 13)),
        widget=forms.CheckboxSelectMultiple,
    )
    preset = forms.ChoiceField(label=_("Percentiles"))

    def __init__(self, *args, stations=(), **kwargs):
        from fenghuo.core.danger.calibration import DEFAULT_PRESET, PRESETS

        super().__init__(*args, **kwargs)
        language = get_language() or "zh"
        self.fields["station"].queryset = Station.objects.filter(pk__in=[station.pk for station in stations])
        if stations:
            self.initial.setdefault("station", stations[0].pk)
        self.fields["preset"].choices = [(p.key, p.name.in_language(language)) for p in PRESETS.values()]
        self.initial.setdefault("preset", DEFAULT_PRESET)


def _breaks(scheme: classes.Scheme, language: str) -> str:
    return f"{scheme.name.in_language(language)} ({' / '.join(f'{value:g}' for value in scheme.breaks)})"

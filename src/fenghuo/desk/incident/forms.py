"""Forms of incidents: a first report made on a phone, what is added later, and filing with the county."""

from datetime import datetime

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenghuo.desk.places.models import Area, Site

from .models import FIGURES, Filing, Incident


def _moment(label, help_text="") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


def _persons(label) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, initial=0, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )


class FiguresForm(forms.Form):
    """What it has cost so far."""

    deaths = _persons(pgettext_lazy("count", "Deaths"))
    serious_injuries = _persons(pgettext_lazy("count", "Seriously injured"))
    missing = _persons(pgettext_lazy("count", "Missing"))
    burned_area_ha = forms.DecimalField(
        label=_("Burned forest, hectares"), required=False, min_value=0, max_digits=9, decimal_places=2
    )
    direct_loss_yuan = forms.DecimalField(
        label=_("Direct loss, yuan"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    other_land_burning = forms.BooleanField(label=_("Other forest land is burning"), required=False)

    def figures(self) -> dict:
        return {name: self.cleaned_data[name] for name in FIGURES}


class FirstReportForm(FiguresForm):
    """What, where, when, who is hurt. Everything but what happened is filled in beforehand."""

    kind = forms.ChoiceField(
        label=_("What kind"),
        choices=Incident.Kind.choices,
        initial=Incident.Kind.FOREST_FIRE,
        widget=forms.RadioSelect(attrs={"class": "choice-cards"}),
    )
    what_happened = forms.CharField(
        label=_("What happened"),
        help_text=_("One sentence is enough: what burns or broke, how large, who is at risk."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what happened in one sentence.")},
    )
    area = forms.ModelChoiceField(label=_("Village"), queryset=Area.objects.none(), to_field_name="code")
    place = forms.CharField(
        label=_("Exact place"),
        help_text=_("A road, a slope, a house number: where help should drive to."),
        max_length=200,
        required=False,
    )
    site = forms.ModelChoiceField(
        label=_("Site"),
        queryset=Site.objects.none(),
        required=False,
        empty_label=pgettext_lazy("site", "none of these"),
    )
    happened_at = _moment(_("When it happened"))
    known_at = _moment(_("When it became known"), _("The hour for the first report runs from here."))

    field_order = ["kind", "what_happened", "area", "place", "deaths", "serious_injuries", "missing"]

    def __init__(self, *args, areas: QuerySet[Area], sites: QuerySet[Site], now: datetime, **kwargs):
        minute = timezone.localtime(now).replace(second=0, microsecond=0)
        initial = {"happened_at": minute, "known_at": minute, **kwargs.pop("initial", {})}
        villages = list(areas)
        if len(villages) == 1:
            initial["area"] = villages[0].code
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["area"].queryset = areas
        self.fields["site"].queryset = sites
        self.one_village = villages[0] if len(villages) == 1 else None
        if self.one_village:
            self.fields["area"].widget = forms.HiddenInput()

    def act(self) -> dict:
        """What the command takes."""
        names = ("kind", "what_happened", "area", "place", "site", "happened_at", "known_at")
        return {**{name: self.cleaned_data[name] for name in names}, **self.figures()}


class LaterReportForm(FiguresForm):
    """What has become known since, beginning with the figures as they stand."""

    text = forms.CharField(
        label=_("What is new"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what is new in one sentence.")},
    )
    field_order = ["text"]

    def __init__(self, *args, incident: Incident, **kwargs):
        initial = {name: getattr(incident, name) for name in FIGURES}
        super().__init__(*args, initial=initial, **kwargs)


class FileForm(forms.Form):
    """How and to whom a report went up."""

    means = forms.ChoiceField(
        label=_("By what means"),
        choices=Filing.Means.choices,
        initial=Filing.Means.PHONE,
        widget=forms.RadioSelect(attrs={"class": "choice-cards"}),
    )
    to = forms.CharField(
        label=_("To whom"), max_length=100, help_text=_("The office, and who took it there.")
    )

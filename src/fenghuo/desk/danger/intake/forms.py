"""Forms of weather on its way in: a file, its columns, a value put right."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.core.danger.io import header_names, headers
from fenghuo.desk.danger.models import Station

FILES = ".csv,.txt,.gz,.xlsx,.xlsm"


class _FileForm(forms.Form):
    """What every weather file is asked: the file, its station, how strict to be with it."""

    file = forms.FileField(label=_("Weather file"))
    station = forms.ModelChoiceField(
        label=_("Station"),
        queryset=Station.objects.none(),
        required=False,
        help_text=_("For a file without a station column."),
    )

    def __init__(self, *args, stations: Sequence[Station] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["station"].queryset = Station.objects.filter(pk__in=[station.pk for station in stations])
        if len(stations) == 1:
            self.initial.setdefault("station", stations[0].pk)


def _skip_bad() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Leave out rows that break a rule"),
        required=False,
        help_text=_("Otherwise one bad row keeps the whole file out."),
    )


class ImportForm(_FileForm):
    """A station file of observed weather."""

    skip_bad = _skip_bad()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = FILES
        self.fields["file"].help_text = _(
            "Hourly or daily, CSV or Excel. Columns are found by their headers and units; where a header does not "
            "say enough, the next page asks which column is what, once for every kind of file."
        )


class ForecastForm(_FileForm):
    """A forecast, and when it was issued by whom."""

    issued = forms.DateTimeField(
        label=_("Issued at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_(
            "As the forecast states it. Empty: the time of this import stands for it, and it says so."
        ),
    )
    maker = forms.CharField(
        label=_("Issued by"),
        required=False,
        max_length=80,
        help_text=_("For example the county's weather office. Shown beside every rating made of it."),
    )
    skip_bad = _skip_bad()

    field_order = ["file", "issued", "maker", "station", "skip_bad"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Forecast file")
        self.fields["file"].widget.attrs["accept"] = f"{FILES},.json"
        self.fields["file"].help_text = _(
            "Hourly or daily, CSV or Excel with the same columns as observed weather, or the JSON that Open-Meteo "
            "answers."
        )


QUANTITIES = {
    "temperature": _("Air temperature"),
    "humidity": _("Relative humidity"),
    "dew_point": _("Dew point"),
    "wind": _("Wind speed, 10 m"),
    "rain": _("Rain"),
}
UNIT_WORDS = {
    "°c": "°C",
    "0.1°c": "0.1 °C",
    "°f": "°F",
    "k": "K",
    "%": "%",
    "fraction": "0–1",
    "m/s": "m/s",
    "0.1m/s": "0.1 m/s",
    "km/h": "km/h",
    "kn": _("knots"),
    "mph": _("miles/h"),
    "mm": "mm",
    "0.1mm": "0.1 mm",
    "cm": "cm",
    "in": _("inches"),
}
TIMES = {
    "time": _("date and time in one"),
    "date": _("date"),
    "year": _("year"),
    "month": _("month"),
    "day": _("day"),
    "hour": _("hour"),
    "minute": _("minute"),
}
CLOCKS = {
    "local": _("standard time of the desk, such as Beijing time"),
    "utc": _("universal time (UTC)"),
    "zoned": _("each time states its own offset, as in 13:00+08:00"),
    "date": _("days only: noon values with the rain of the 24 hours before"),
}
UNUSED, STATION = "", "station"


def _roles() -> list:
    return [
        (UNUSED, _("not used")),
        (_("Time"), list(TIMES.items())),
        (_("Station"), [(STATION, _("station code"))]),
        *(
            (label, [(f"{name}|{unit}", _labelled(label, unit)) for unit in header_names.UNITS_OF[name]])
            for name, label in QUANTITIES.items()
        ),
    ]


def _labelled(label, unit: str) -> str:
    return f"{label}, {UNIT_WORDS[unit]}"


class ColumnsForm(forms.Form):
    """What each column of a file holds: one choice a column, which says quantity and unit in one."""

    clock = forms.ChoiceField(
        label=_("The times are"), choices=[("", _("choose"))], error_messages={"required": _("Say which.")}
    )

    def __init__(
        self,
        *args,
        names: Sequence[str],
        known: headers.Mapping,
        unclear: dict[str, tuple[str, ...]] | None = None,
        samples: Sequence[Sequence[str]] = (),
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.names = names
        self.samples = samples
        self.unclear = {header: quantity for quantity, found in (unclear or {}).items() for header in found}
        self.fields["clock"].choices = [("", _("choose")), *CLOCKS.items()]
        self.initial.setdefault("clock", known.clock)
        chosen = _chosen(known)
        roles = _roles()
        for number, header in enumerate(names):
            if not header.strip():
                continue
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=header, choices=roles, required=False, initial=chosen.get(header, UNUSED)
            )
        self.order_fields([*(name for name in self.fields if name != "clock"), "clock"])

    @property
    def columns(self) -> list[dict]:
        """The columns as the page lists them: header, first values, what is unclear, the choice."""
        listed = []
        for number, header in enumerate(self.names):
            if f"column_{number}" not in self.fields:
                continue
            values = [row[number] for row in self.samples if number < len(row)]
            listed.append(
                {
                    "header": header,
                    "values": [value for value in values if value != ""][:3],
                    "unclear": QUANTITIES.get(self.unclear.get(header, "")),
                    "field": self[f"column_{number}"],
                }
            )
        return listed

    def clean(self):
        cleaned = super().clean()
        by_role: dict[str, list[str]] = {}
        for number, header in enumerate(self.names):
            if role := cleaned.get(f"column_{number}"):
                by_role.setdefault(role.partition("|")[0], []).append(header)
                if "|" in role:
                    cleaned[role.partition("|")[0]] = (header, role.partition("|")[2])
        for role, found in by_role.items():
            if len(found) > 1:
                self.add_error(
                    None,
                    _("%(columns)s are both chosen as %(role)s. Choose one of them.")
                    % {"columns": ", ".join(found), "role": _word(role)},
                )
        time = self._time({role: found[0] for role, found in by_role.items()})
        lacking = [QUANTITIES[name] for name in ("temperature", "wind", "rain") if name not in by_role]
        if "humidity" not in by_role and "dew_point" not in by_role:
            lacking.append(_("Relative humidity or dew point"))
        if lacking:
            self.add_error(
                None, _("Say which column holds: %s.") % ", ".join(str(name).lower() for name in lacking)
            )
        if self.errors:
            return cleaned
        self.mapping = headers.Mapping(
            time=time,
            clock=cleaned["clock"],
            station=by_role[STATION][0] if STATION in by_role else "",
            quantities={name: cleaned.get(name) for name in QUANTITIES},
        )
        try:
            headers.recognise(self.names, self.mapping)
        except UnreadableStations as unreadable:
            language = get_language() or "zh"
            self.add_error(
                None, f"{unreadable.message.in_language(language)} {unreadable.fix.in_language(language)}"
            )
        return cleaned

    def _time(self, header: dict[str, str]) -> tuple[str, ...]:
        """The columns that make the time, in the order in which the reader joins them."""
        if "time" in header:
            return (header["time"],)
        if "date" in header:
            return tuple(header[role] for role in ("date", "hour") if role in header)
        if {"year", "month", "day"} <= header.keys():
            return tuple(
                header[role] for role in ("year", "month", "day", "hour", "minute") if role in header
            )
        self.add_error(
            None,
            _("Say which column holds the time: one with date and time, a date, or year, month and day."),
        )
        return ()


def _word(role: str) -> str:
    return str(QUANTITIES.get(role) or TIMES.get(role) or _("station code")).lower()


def _chosen(known: headers.Mapping) -> dict[str, str]:
    """Header → the choice that it begins with."""
    parts = {
        1: ("date",) if known.clock == "date" else ("time",),
        2: ("date", "hour"),
        3: ("year", "month", "day"),
        4: ("year", "month", "day", "hour"),
        5: ("year", "month", "day", "hour", "minute"),
    }.get(len(known.time), ())
    chosen = dict(zip(known.time, parts, strict=False))
    if known.station:
        chosen[known.station] = STATION
    chosen |= {place[0]: f"{name}|{place[1]}" for name, place in known.quantities.items() if place}
    return chosen


class CorrectionForm(forms.Form):
    """The right value, or that there is none, for one reading or a span of them."""

    value = forms.FloatField(label=_("The right value"), required=False)
    missing = forms.BooleanField(label=_("There is no right value: treat it as missing"), required=False)
    until = forms.DateTimeField(
        label=_("and every reading up to"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("For a sensor that was stuck or cut off: all its readings until then become missing."),
    )

    def clean(self):
        cleaned = super().clean()
        value, missing = cleaned.get("value"), cleaned.get("missing")
        if value is None and not missing and "value" not in self.errors:
            self.add_error("value", _("Enter the value, or say that it is missing."))
        if value is not None and (missing or cleaned.get("until")):
            self.add_error("value", _("Either a value or missing, not both."))
        return cleaned

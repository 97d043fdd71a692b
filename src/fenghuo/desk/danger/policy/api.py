"""How a desk rates, over the API."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Router, Schema
from pydantic import Field

from fenghuo.core.access import NotFound
from fenghuo.core.danger import classes
from fenghuo.desk.danger import queries, rules
from fenghuo.desk.danger.models import GroundCover
from fenghuo.desk.places.models import Area
from fenghuo.desk.places.queries import home_area
from fenghuo.desk.wire import Day, Text, acts, given, reads

from . import commands

router = Router()


class SchemeOut(Schema):
    """Classes on the FWI: a class begins at its break; `provenance` is two, single-source or local."""

    key: str
    name: str
    breaks: list[float]
    ratings: list[int]
    provenance: str
    source: str


class CoverOut(Schema):
    """How green or snow-covered the area is from a day on."""

    since: date
    category: str


class SettingsOut(Schema):
    """How the desk rates, every scheme that it can choose, and what it told of green or snow cover."""

    area: str
    system: str
    source: str
    scheme: str
    regime: str
    draft_from: int
    noon: str
    lapse_rate: float
    radius_km: float
    restart_after: int | None
    estimate_up_to: int
    ffmc_constant: str
    dmc_rain: str
    latitude_bands: str
    rain_day: str
    own_scheme: str
    own_table: str
    schemes: list[SchemeOut]
    covers: list[CoverOut]


File = Annotated[Text, Field(max_length=commands.LARGEST_FILE)]


class SettingsIn(Schema):
    """What is to be different; what is left out stays. `restart_after` -1 means never."""

    system: Literal["fwi1987", "lyt1172"] | None = None
    source: Literal["stations", "grid"] | None = None
    scheme: Annotated[Text, Field(max_length=30)] | None = None
    regime: Annotated[Text, Field(max_length=30)] | None = None
    draft_from: int | None = Field(None, ge=1, le=5)
    noon: Literal["civil", "solar"] | None = None
    lapse_rate: float | None = Field(None, ge=-15, le=15)
    radius_km: float | None = Field(None, ge=1, le=1000)
    restart_after: int | None = Field(None, ge=-1, le=366)
    estimate_up_to: int | None = Field(None, ge=0, le=30)
    ffmc_constant: Literal["1985", "exact"] | None = None
    dmc_rain: Literal["program", "printed"] | None = None
    latitude_bands: Literal["xclim", "cffdrs"] | None = None
    rain_day: Literal["20-20", "08-08"] | None = None
    own_scheme: File | None = None
    own_table: File | None = None


class CoverIn(Schema):
    """A category of the score table, and the first day that it holds for."""

    category: Annotated[Text, Field(max_length=20)]
    since: Day


class CalibrationIn(Schema):
    """Whose history, the months of the fire season, and which percentiles."""

    station: Annotated[Text, Field(max_length=20)]
    months: list[Annotated[int, Field(ge=1, le=12)]] = Field(list(range(1, 13)), min_length=1, max_length=12)
    preset: Annotated[Text, Field(max_length=30)] | None = None


class CalibrationOut(Schema):
    """The classes made, and what they rest on; `share` is how many days of that history each rating takes."""

    scheme: SchemeOut
    first: date
    last: date
    days: int
    missing: int
    seasons: int
    share: dict[int, float]
    warnings: list[str]


def _home(request: HttpRequest) -> Area:
    request.caller.must("danger.settings")
    home = home_area(request.caller)
    if home is None:
        raise NotFound("area")
    return home


def _scheme(scheme: classes.Scheme) -> dict:
    return {
        "key": scheme.key,
        "name": scheme.name.in_language(get_language() or "zh"),
        "breaks": list(scheme.breaks),
        "ratings": list(scheme.ratings),
        "provenance": scheme.provenance,
        "source": scheme.source.in_language(get_language() or "zh"),
    }


def _settings(home: Area) -> dict:
    policy = rules.policy_of(home)
    return {
        "area": home.code,
        **{name: getattr(policy, name) for name in commands.CHOICES},
        "schemes": [_scheme(scheme) for scheme in rules.schemes_of(policy).values()],
        "covers": list(GroundCover.objects.filter(area=home)),
    }


@router.get("/settings", response=reads(SettingsOut), summary="How the desk rates")
def settings(request: HttpRequest):
    return _settings(_home(request))


@router.patch(
    "/settings", response=acts(SettingsOut), summary="Rate otherwise from now on, and the past anew"
)
def set_settings(request: HttpRequest, fields: SettingsIn):
    home, choices = _home(request), given(fields)
    if choices.get("restart_after") == -1:
        choices["restart_after"] = None
    commands.set_policy(request.caller, home, **choices)
    return _settings(home)


@router.post(
    "/settings/cover", response=acts(SettingsOut), summary="Tell the green or snow cover from a day on"
)
def set_cover(request: HttpRequest, fields: CoverIn):
    home = _home(request)
    commands.set_cover(request.caller, home, category=fields.category, since=fields.since)
    return _settings(home)


@router.post(
    "/settings/calibration", response=acts(CalibrationOut), summary="Make classes from a station's history"
)
def calibrate(request: HttpRequest, fields: CalibrationIn):
    """They become the scheme `local`, to be chosen in the settings."""
    home = _home(request)
    station = next((one for one in queries.stations(request.caller) if one.code == fields.station), None)
    if station is None:
        raise NotFound(fields.station)
    made = commands.calibrate(
        request.caller, home, station=station, months=fields.months, preset=fields.preset
    )
    language = get_language() or "zh"
    return {
        "scheme": _scheme(made.scheme),
        **{name: getattr(made, name) for name in ("first", "last", "days", "missing", "seasons", "share")},
        "warnings": [warning.in_language(language) for warning in made.warnings],
    }

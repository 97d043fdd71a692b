"""Acts on how a desk rates: choices, own classes, calibration from history, green cover."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Min
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, RuleBroken
from fenghuo.core.danger import classes
from fenghuo.core.danger.data_file import UnusableDataFile
from fenghuo.desk.danger import chain, rules
from fenghuo.desk.danger.forecast import commands as forecasts
from fenghuo.desk.danger.models import (
    AreaRating,
    GroundCover,
    PlaceDay,
    Policy,
    SiteRating,
    Station,
    StationDay,
)
from fenghuo.desk.places.models import Area

LOCAL = "local"
"""The key of the classes that a desk calibrates from its own history."""
_NOT_CHOSEN = {"id", "area", "local_scheme"}
CHOICES = tuple(field.name for field in Policy._meta.fields if field.name not in _NOT_CHOSEN)
_WARNS_ONLY = {"regime", "draft_from"}
_RATES_ONLY = {"system", "scheme", "own_scheme", "local_scheme"}
_BETWEEN = {
    "draft_from": (1, 5),
    "lapse_rate": (-15.0, 15.0),
    "radius_km": (1.0, 1000.0),
    "restart_after": (0, 366),
    "estimate_up_to": (0, 30),
}
GRID_METHODS = ("area-weighted", "grid-cell")
"""How a day that came from a grid was made."""
LARGEST_FILE = 100_000
"""Characters of a file of classes or score tables."""


@transaction.atomic
def set_policy(caller: Caller, area: Area, **choices: Any) -> Policy:
    """Choose how the area is rated, and rate its history anew. What is not named stays as it is.

    The names are those of the fields of Policy; before a desk first chooses, those of the area above it hold.
    """
    caller.must("danger.settings", area.code)
    unknown = choices.keys() - set(CHOICES)
    if unknown:
        raise RuleBroken(_("There is no such setting: %s.") % ", ".join(sorted(unknown)))
    policy = _own_policy(area)
    before = {name: getattr(policy, name) for name in CHOICES}
    for name, value in choices.items():
        setattr(policy, name, value)
    _check(policy)
    changed = {name for name in CHOICES if getattr(policy, name) != before[name]}
    policy.save()
    _rate_anew(area, changed)
    forecasts.rated_anew(caller)
    caller.write(
        "danger.policy_set",
        f"area:{area.pk}",
        area.code,
        **{
            name: getattr(policy, name) for name in CHOICES if name in changed or name in ("system", "scheme")
        },
    )
    return policy


def _own_policy(area: Area) -> Policy:
    """The area's own policy, or a copy of what holds for it so far, not yet stored."""
    policy = rules.policy_of(area)
    if policy.area_id != area.pk:
        policy.pk, policy.area, policy._state.adding = None, area, True
    return policy


def _check(policy: Policy) -> None:
    """Refuse what the core would not compute with, naming the field."""
    for name, (low, high) in _BETWEEN.items():
        value = getattr(policy, name)
        if value is None and name == "restart_after":
            continue
        if not (isinstance(value, int | float) and math.isfinite(value) and low <= value <= high):
            raise RuleBroken(_("Choose from %(low)g to %(high)g.") % {"low": low, "high": high}, name)
    for field in Policy._meta.fields:
        if field.choices and getattr(policy, field.name) not in dict(field.choices):
            raise RuleBroken(_("Choose one of those that are listed."), field.name)
    if policy.regime not in classes.regimes():
        raise RuleBroken(_("Choose one of those that are listed."), "regime")
    _check_file(policy, "own_scheme", lambda: classes.load_schemes(policy.own_scheme))
    _check_file(policy, "own_table", lambda: rules.Judge(policy).table)
    if policy.scheme not in rules.schemes_of(policy):
        raise RuleBroken(_("Choose one of those that are listed."), "scheme")


def _check_file(policy: Policy, name: str, load) -> None:
    text = getattr(policy, name)
    if not text:
        return
    if len(text) > LARGEST_FILE:
        raise RuleBroken(_("Such a file has at most %s characters.") % LARGEST_FILE, name)
    try:
        load()
    except UnusableDataFile as unusable:
        language = get_language() or "zh"
        said = [
            f"{found.column}: {found.message.in_language(language)} {found.fix.in_language(language)}"
            for found in unusable.findings
        ]
        raise RuleBroken(" ".join(said), name) from unusable


def _rate_anew(area: Area, changed: set[str]) -> None:
    """Compute as much anew as the changed settings ask for."""
    if changed <= _WARNS_ONLY:
        return
    if changed <= _WARNS_ONLY | _RATES_ONLY:
        _rate_again(area)
        return
    if "source" in changed:
        AreaRating.objects.filter(area__code__startswith=area.code, method__in=GRID_METHODS).delete()
        SiteRating.objects.filter(site__area__code__startswith=area.code, method__in=GRID_METHODS).delete()
    if changed - _WARNS_ONLY - _RATES_ONLY - {"lapse_rate", "radius_km", "own_table", "source"}:
        for station in Station.objects.filter(area__code__startswith=area.code).select_related("area"):
            if first := chain.first_observed(station):
                chain.rerun(station, first)
    first = StationDay.objects.aggregate(first=Min("date"))["first"]
    if first:
        chain.rate([first], within=area.code)


def _rate_again(area: Area) -> None:
    """Rate stored days by the rules of now; their codes stay as they are."""
    judges = rules.Judges()
    for model, path in ((AreaRating, "area"), (SiteRating, "site__area")):
        for place in Area.objects.filter(level=Area.Level.VILLAGE, code__startswith=area.code):
            judge = judges.of(place)
            days = model.objects.filter(**{path: place})
            days.update(system=judge.policy.system, rating=_rating(model, judge))


def _rating(model: type[PlaceDay], judge: rules.Judge) -> models.Case:
    """The rating of a stored day as the database computes it."""
    if judge.policy.system == Policy.System.LYT1172:
        cases = [models.When(lyt__rating=rating, then=rating) for rating in range(1, 6)]
    else:
        scheme = judge.scheme
        bounds = zip([*scheme.breaks, math.inf], scheme.ratings, strict=True)
        cases = [
            models.When(fwi__lt=upper, then=rating)
            if upper < math.inf
            else models.When(fwi__isnull=False, then=rating)
            for upper, rating in bounds
        ]
    return models.Case(*cases, default=None, output_field=models.PositiveSmallIntegerField(null=True))


@transaction.atomic
def set_cover(caller: Caller, area: Area, *, category: str, since: date) -> GroundCover:
    """Tell how green or snow-covered the area is from a day on (term E of LY/T 1172), and rate from there."""
    caller.must("danger.settings", area.code)
    categories = {one.key for one in rules.Judge.of(area).table.cover.categories}
    if category not in categories:
        raise RuleBroken(_("Choose one of those that are listed."), "category")
    cover, _created = GroundCover.objects.update_or_create(
        area=area, since=since, defaults={"category": category}
    )
    chain.rate([since], within=area.code)
    forecasts.rated_anew(caller)
    caller.write("danger.cover_set", f"area:{area.pk}", area.code, category=category, since=since.isoformat())
    return cover


@transaction.atomic
def calibrate(
    caller: Caller, area: Area, *, station: Station, months: Sequence[int], preset: str | None = None
):
    """Make classes from a station's own history: breaks at percentiles of its FWI in the fire season's months.

    They are kept as the scheme `local`, to be chosen in the settings; where they are chosen already the area is
    rated anew. Returns the core's Calibration; raises RuleBroken where the history is too short.
    """
    caller.must("danger.settings", area.code)
    from fenghuo.core.danger import calibration

    if not months or not set(months) <= set(calibration.ALL_YEAR):
        raise RuleBroken(_("Choose at least one month."), "months")
    preset = preset or calibration.DEFAULT_PRESET
    if preset not in calibration.PRESETS:
        raise RuleBroken(_("Choose one of those that are listed."), "preset")
    history = station.days.order_by("date").values_list("date", "fwi")
    try:
        found = calibration.calibrate(LOCAL, station.code, history, sorted(set(months)), preset)
    except calibration.TooLittleHistory as short:
        language = get_language() or "zh"
        said = (short.message.in_language(language), short.fix.in_language(language))
        raise RuleBroken(" ".join(said), "station") from short
    policy = _own_policy(area)
    policy.local_scheme = classes.as_toml([found.scheme])
    policy.save()
    if policy.scheme == LOCAL:
        _rate_anew(area, {"local_scheme"})
        forecasts.rated_anew(caller)
    caller.write(
        "danger.classes_calibrated",
        f"area:{area.pk}",
        area.code,
        station=station.code,
        months=sorted(set(months)),
        preset=preset,
        breaks=list(found.scheme.breaks),
    )
    return found

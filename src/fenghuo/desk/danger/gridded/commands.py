"""The act of taking a computed grid in: areas by their share of its cells, sites by the cell they lie in."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, RuleBroken
from fenghuo.desk.danger import chain, rules
from fenghuo.desk.danger.commands import draft_if_changed, ratings_of
from fenghuo.desk.danger.models import AreaRating, PlaceDay, SiteRating
from fenghuo.desk.places.queries import home_area

_CODES = ("ffmc", "dmc", "dc", "isi", "bui", "fwi", "dsr")


@dataclass(frozen=True)
class TakenGrid:
    """What a grid gave: how many places, on which days, and the places that none of its cells touches."""

    places: int
    first: date | None
    last: date | None
    beyond: tuple[str, ...]


@transaction.atomic
def take_in_grid(caller: Caller, path: str | Path, *, name: str = "") -> TakenGrid:
    """Rate the places whose rules say that they are rated from grids by a file that `fenghuo danger compute` wrote.

    An index is averaged over the cells, each by the ground it shares with the area, and then classed. Raises
    core.danger.finding.UnreadableStations for any other file, RuleBroken where no place is rated from grids.
    """
    caller.must("danger.import")
    from . import reading

    path, judges = Path(path), rules.Judges()
    places = [
        place for place in chain.places(caller.area, boundaries=True) if judges.of(place.area).from_grid
    ]
    if not places:
        raise RuleBroken(
            _("No place here is rated from grids. Choose so in the rating rules, under “weather from”."),
            "source",
        )
    rows: dict[type[PlaceDay], list[PlaceDay]] = {AreaRating: [], SiteRating: []}
    touched, dates = set(), set()
    for day in reading.days(path, places):
        judge = judges.of(day.place.area)
        rows[day.place.model].append(_day(day, judge, name or path.name))
        touched.add(day.place.of.code)
        dates.add(day.date)
    last = max(dates, default=None)
    before = ratings_of(last)
    for model, of_model in rows.items():
        chain.store(model, of_model)
    draft_if_changed(caller, last, before)
    home = home_area(caller)
    caller.write(
        "danger.grid_taken_in",
        f"area:{home.pk}" if home else "area:0",
        home.code if home else "",
        file=name or path.name,
        places=len(touched),
        first=min(dates).isoformat() if dates else "",
        last=last.isoformat() if last else "",
    )
    beyond = tuple(place.of.code for place in places if place.of.code not in touched)
    return TakenGrid(len(touched), min(dates, default=None), last, beyond)


def _day(day, judge: rules.Judge, name: str) -> PlaceDay:
    part = {
        "station": name,
        "km": 0.0,
        "weight": 1.0,
        "covered": round(day.covered, 4),
        "cells": day.cells,
    }
    gap = "fwi" not in day.values and "htz" not in day.values
    row = day.place.model(
        **day.place.key,
        date=day.date,
        system=judge.policy.system,
        method=day.method,
        parts=[part],
        marks=["gap"] if gap else [],
        lyt=_by_standard(day.values.get("htz"), judge),
        **{code: day.values.get(code) for code in _CODES},
    )
    row.rating = judge.rating(row)
    return row


def _by_standard(htz: float | None, judge: rules.Judge) -> dict | None:
    return None if htz is None else {"htz": round(htz, 1), "rating": judge.table.rating(htz)}

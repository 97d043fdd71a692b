"""Screens of danger."""

from datetime import timedelta

from django.shortcuts import render
from django.urls import reverse

from fenghuo.desk.gather import register
from fenghuo.desk.places.maps import village_map

from . import facts, queries
from .forecast import queries as forecasts
from .intake import queries as intake
from .models import Station
from .why.views import asked_day


def overview(request):
    """Every village's rating of a day, on a map and in a table."""
    caller = request.caller
    day = asked_day(request)
    rows = queries.overview(caller, day)
    painted = register.painted(caller) if day == queries.latest_day(caller) else {}
    return render(
        request,
        "danger/overview.html",
        {
            "day": day,
            "rows": rows,
            "before": day - timedelta(days=1) if day else None,
            "after": day + timedelta(days=1) if day and day != queries.latest_day(caller) else None,
            "drawing": village_map(
                caller,
                ratings={row.area.code: row.rating for row in rows},
                levels={code: paint.level for code, paint in painted.items()},
                href=lambda area: reverse("danger:area", args=[area.code]),
                detail=lambda area: f"{reverse('danger:card', args=[area.code])}?day={day or ''}",
            ),
            "stations": _with_checks(caller),
            "outlook": forecasts.outlook(caller) if day == queries.latest_day(caller) else None,
        },
    )


def _with_checks(caller) -> list[Station]:
    """The stations in sight, each with how many of its values wait to be checked."""
    waiting = intake.doubts_by_station(caller)
    stations = queries.stations(caller)
    for station in stations:
        station.to_check = waiting.get(station.pk, 0)
    return stations


def card(request, code):
    """Why one village is rated as it is, in two sentences: the map's card."""
    day = asked_day(request)
    why = queries.why(request.caller, code, day) if day else None
    return render(request, "danger/_card.html", {"why": why, "words": facts.in_words(why) if why else ""})

"""The pages that gather: home and its live part, search, health."""

import hashlib
from dataclasses import asdict, dataclass

from django.db import connection
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh

from fenghuo.core.access import Caller
from fenghuo.desk.danger import queries as danger
from fenghuo.desk.danger.forecast import queries as forecasts
from fenghuo.desk.duty import queries as duty
from fenghuo.desk.gather import AreaPaint, Headline, register
from fenghuo.desk.places import maps
from fenghuo.desk.places.queries import villages

CLOCKS = 6
"""How many running clocks home shows before it is asked for all."""
HITS = 12
"""How many hits of one kind search shows."""


def home(request):
    """What matters now. The office gets the map; who has no desk gets what waits for them, phone first."""
    caller = request.caller
    caller.must("home.read")
    context = _now(request)
    if not caller.may("duty.read"):
        context["shift"] = duty.on_shift(caller, caller.now)
        return render(request, "site/home_contact.html", context)
    painted = register.painted(caller)
    chosen = _most_pressing(caller, painted)
    roster = duty.desk(caller)  # a county's own area keeps none: its first township's is shown
    desk = roster.code if roster else None
    context |= {
        "drawing": maps.village_map(
            caller,
            ratings={code: paint.rating for code, paint in painted.items()},
            levels={code: paint.level for code, paint in painted.items()},
            href=lambda area: reverse("danger:area", args=[area.code]),
            detail=lambda area: reverse("danger:card", args=[area.code]),
            selected=[chosen.code] if chosen else [],
        ),
        "card": _card(chosen, painted) if chosen else "",
        "desk_area": roster,
        "day": danger.latest_day(caller),
        "outlook": forecasts.outlook(caller),
        "shift": duty.on_shift(caller, caller.now, desk),
        "next": duty.next_shift(caller, caller.now, desk),
        "may_hand_over": caller.may("duty.handover") and duty.shift_to_hand_over(caller),
        "lines": duty.log_tail(caller),
    }
    return render(request, "site/home.html", context)


def live(request):
    """The parts of home that change by themselves; 204 while they are as the page (`was`) has them."""
    if not request.caller.may("home.read"):
        # Signed out meanwhile: a login form must not be swapped into the band.
        return HttpResponseClientRefresh()
    context = _now(request)
    if request.GET.get("was") == context["was"]:
        return HttpResponse(status=204)
    office = request.caller.may("duty.read")
    template = "site/home_live.html" if office else "site/home_contact_live.html"
    return render(request, template, {**context, "fresh": True})


def _now(request) -> dict:
    """Headlines and running clocks, and a digest that changes when they do."""
    caller = request.caller
    headlines, items = register.all_headlines(caller), register.all_open_items(caller)
    shown = items if "all" in request.GET else items[:CLOCKS]
    said = repr([[*map(str, asdict(each).values())] for each in (*headlines, *shown)]) + str(len(items))
    return {
        "headlines": [_Band.of(headline) for headline in headlines],
        "items": shown,
        "count": len(items),
        "all": "all" in request.GET,
        "many": len(items) > CLOCKS,
        "was": hashlib.sha256(said.encode()).hexdigest()[:16],
    }


@dataclass(frozen=True)
class _Band:
    """A headline in the parts that the band sets apart."""

    headline: Headline
    lead: str  # the first clause, in bold
    rest: str
    large: str  # `39` of `39 / 42`
    total: str

    @classmethod
    def of(cls, headline: Headline) -> "_Band":
        lead, dot, rest = str(headline.text).partition(" · ")
        large, slash, total = headline.figure.partition("/")
        return cls(headline, lead, dot + rest, large.strip(), f"{slash} {total.strip()}".strip())


def _most_pressing(caller: Caller, painted: dict[str, AreaPaint]):
    """The village whose danger is highest, one under a warning before one without; None where none is rated."""
    rated = [area for area in villages(caller) if area.code in painted and painted[area.code].rating]
    return max(
        rated,
        key=lambda area: (painted[area.code].rating, painted[area.code].level is not None),
        default=None,
    )


def _card(area, painted: dict[str, AreaPaint]) -> str:
    return render_to_string("site/home_card.html", {"area": area, "paint": painted[area.code]})


def search(request):
    """Hits of every app for `q`, by kind; for htmx the list alone."""
    request.caller.must("search.read")
    text = request.GET.get("q", "").strip()
    groups: dict[str, list] = {}
    for hit in register.hits(request.caller, text) if text else ():
        groups.setdefault(str(hit.kind), []).append(hit)
    context = {
        "q": text,
        "groups": [(kind, hits[:HITS], len(hits) - HITS) for kind, hits in groups.items()],
        "count": sum(map(len, groups.values())),
    }
    return render(request, "site/search_hits.html" if request.htmx else "site/search.html", context)


def health(request):
    """`{"status": "ok"}` once the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def relief(request):
    """The township's relief picture."""
    request.caller.must("places.read")
    base = maps.base()
    if base is None or base.relief is None:
        raise Http404
    response = FileResponse(base.relief.open("rb"), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=86400"
    return response

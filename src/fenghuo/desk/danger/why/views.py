"""The screens that say why a place is rated as it is."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from fenghuo.core.danger import classes
from fenghuo.desk.danger import facts, queries
from fenghuo.desk.danger.forecast import queries as forecasts
from fenghuo.desk.wire import day_in

from . import queries as reasons_of
from . import words
from .reasons import Component, Reasons


def asked_day(request: HttpRequest) -> date | None:
    """The day asked for in the address, or the last rated one."""
    text = request.GET.get("day")
    if text:
        day = day_in(text)
        if day is None:
            raise Http404(text)
        return day
    return queries.latest_day(request.caller)


def area(request: HttpRequest, code: str) -> HttpResponse:
    """One village: why it is rated as it is."""
    day = asked_day(request) or request.caller.now.date()
    why = reasons_of.of_area(request.caller, code, day)
    latest = day == queries.latest_day(request.caller)
    return _screen(
        request,
        why,
        sites=reasons_of.sites_in(request.caller, why.area, day),
        outlook=forecasts.outlook_of(request.caller, code) if latest else None,
    )


def site(request: HttpRequest, code: str) -> HttpResponse:
    """One site: why it is rated as it is, beside its village."""
    day = asked_day(request) or request.caller.now.date()
    return _screen(request, reasons_of.of_site(request.caller, code, day))


def _screen(request: HttpRequest, why: Reasons, **more) -> HttpResponse:
    language = get_language() or "zh"
    for row in why.chart:
        row["note"] = "; ".join(words.mark(mark) for mark in row["marks"])
    scheme = why.scheme
    moved = why.standard_moved if why.by_standard else _last(why.components)
    return render(
        request,
        "danger/why.html",
        {
            "why": why,
            "words": facts.of_day(why.row, why.dry_days),
            "rating_word": classes.rating_name(why.rating, language) if why.rating else "",
            "components": [
                {
                    "one": one,
                    "name": words.WHAT[one.key][0],
                    "what": words.WHAT[one.key][1],
                    "change": words.signed(one.change),
                    "unusual": words.unusual(one.standing) if one.standing else "",
                    "moved": words.leading(one.moved),
                }
                for one in why.components
            ],
            "factors": [
                {
                    "one": one,
                    "name": words.in_language(one.name),
                    "note": words.in_language(one.note) if one.note else "",
                }
                for one in why.factors
            ],
            "moved": moved,
            "since_yesterday": words.bars(moved),
            "against_usual": [] if why.by_standard else words.bars(why.against_usual),
            "usual": why.against_usual,
            "no_standard": words.not_rated_by_standard(why),
            "standard_single": _single(why),
            "marks": [words.mark(mark) for mark in (why.row.marks if why.row else ())],
            "chart": {"days": why.chart, "breaks": why.breaks},
            "gaps": sum(row["gap"] for row in why.chart),
            "noon": words.noon(why),
            "gap_rule": words.gap_rule(why.policy),
            "scheme_name": scheme.name.in_language(language),
            "scheme_source": scheme.source.in_language(language),
            "collapse": words.in_language(scheme.collapse),
            "standing": next((one.standing for one in why.components if one.standing), None),
            "parts": [{"one": part, "correction": words.signed(part.correction)} for part in why.parts],
            "lapse": words.number(why.policy.lapse_rate),
            "bar": {"width": 2 * words.BAR, "middle": words.BAR},
            **more,
        },
    )


def _last(components: list[Component]):
    return components[-1].moved if components else None


def _single(why: Reasons) -> str:
    """Which numbers of the national standard rest on one publication."""
    if not why.lyt:
        return ""
    from fenghuo.core.danger.lyt1172 import provenance_note

    return words.in_language(provenance_note(why.judge.table))

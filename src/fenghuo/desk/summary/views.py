"""Screens of the summary: figures, a figure opened, the paper, seals."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fenghuo.core.access import NotFound, RuleBroken
from fenghuo.core.paper import Form, media_type
from fenghuo.core.paper import render as render_paper
from fenghuo.desk.places.models import Area
from fenghuo.desk.places.queries import area as area_coded
from fenghuo.desk.places.queries import home_area

from . import commands, figures, prose, queries, spans
from .forms import ChoiceForm

SHEET_ROWS, PAGE_ROWS = 100, 200


@dataclass(frozen=True)
class Choice:
    """What the address asks for: the form it filled, the area, and the rest of every link on the page."""

    form: ChoiceForm
    area: Area

    @property
    def span(self) -> spans.Span:
        return self.form.span

    @property
    def query(self) -> str:
        """Days instead of a period's name: a link that is passed on keeps its meaning next month."""
        days = {"from": self.span.first.isoformat(), "to": self.span.last.isoformat()}
        return urlencode({**days, "area": self.area.code})


def _chosen(request, data=None) -> Choice:
    """Period and area of the address; NotFound for an area out of sight."""
    data = request.GET if data is None else data
    caller = request.caller
    area = area_coded(caller, data["area"]) if data.get("area") else home_area(caller)
    if area is None:
        raise NotFound("no area")
    today = timezone.localtime(caller.now).date()
    return Choice(ChoiceForm(data, caller=caller, today=today, area=area.code), area)


def _must_hold(choice: Choice) -> None:
    for errors in choice.form.errors.values():
        raise RuleBroken(errors[0])


def page(request):
    """The figures of a period and an area."""
    request.caller.must("summary.read")
    choice = _chosen(request)
    valid = choice.form.is_valid()
    drawn = figures.figures(request.caller, choice.span.period, choice.area.code) if valid else []
    context = {
        "choice": choice,
        "form": choice.form,
        "figures": drawn,
        "open": valid and choice.span.period.end > request.caller.now,
        "nothing": bool(drawn) and not any(figure.records for figure in drawn),
        "tabs": [
            {
                "label": label,
                "url": f"?{urlencode({'period': name, 'area': choice.area.code})}",
                "active": valid and name == choice.form.name,
            }
            for name, label in spans.NAMES.items()
        ],
        "summaries": queries.summaries(request.caller)[:12],
        "title": prose.title_of(choice.area, choice.span),
        "other_language": "zh-hans" if get_language() == "en" else "en",
    }
    return render(request, "summary/page.html", context, status=200 if valid else 422)


def figure(request, key):
    """One figure opened: what is counted, and every record behind it."""
    request.caller.must("summary.read")
    choice = _chosen(request)
    _must_hold(choice)
    found = figures.figure(request.caller, key, choice.span.period, choice.area.code)
    rows = Paginator(found.records, SHEET_ROWS if request.htmx else PAGE_ROWS)
    context = {"figure": found, "choice": choice, "rows": rows.get_page(request.GET.get("page"))}
    return render(request, "summary/figure.html", context)


def paper(request, form: Form = Form.DOCX):
    """The figures as an official paper, in the reader's language or the one asked for."""
    request.caller.must("summary.export")
    choice = _chosen(request)
    _must_hold(choice)
    with override(_paper_language(request)):
        drawn = figures.figures(request.caller, choice.span.period, choice.area.code)
        note = prose.drawn_note(timezone.localtime(request.caller.now))
        return _paper(request, form, choice.area, choice.span, drawn, note)


def _paper_language(request) -> str:
    asked = request.GET.get("language") or get_language()
    return asked if asked in prose.LANGUAGES else "zh-hans"


def _paper(
    request,
    form: Form,
    area: Area,
    span: spans.Span,
    drawn: Sequence[figures.Figure],
    note: str,
    title: str = "",
):
    described = prose.described(
        area,
        span,
        drawn,
        title=title or prose.title_of(area, span),
        note=note,
        day=timezone.localtime(request.caller.now).date(),
        language=get_language(),
    )
    name = f"{area} {span.first.isoformat()} {span.last.isoformat()}.{form}"
    response = HttpResponse(render_paper(described, form), content_type=media_type(form))
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_POST
def seal(request):
    """Freeze the figures on the page under a title."""
    request.caller.must("summary.seal")
    choice = _chosen(request, request.POST)
    _must_hold(choice)
    sealed_now = commands.seal(request.caller, choice.span.period, choice.area, request.POST.get("title", ""))
    messages.success(request, _("Sealed. From now on this page shows whether each figure still holds."))
    return redirect("summary:sealed", sealed_now.pk)


def sealed(request, pk):
    """A sealed summary: each figure as it was, and whether it still holds."""
    found = queries.summary(request.caller, pk)
    return render(request, "summary/sealed.html", {"verdict": queries.verdict(request.caller, found)})


def sealed_figure(request, pk, key):
    """A sealed figure opened: its records, those added since, those gone since."""
    found = queries.summary(request.caller, pk)
    check = next((c for c in queries.verdict(request.caller, found).checks if c.key == key), None)
    if check is None:
        raise NotFound(f"figure {key} of summary {pk}")
    today = {record.key: record for record in check.now.records} if check.now else {}
    context = {
        "summary": found,
        "check": check,
        "rows": [(record, today.get(record["key"])) for record in check.records],
    }
    return render(request, "summary/sealed_figure.html", context)


def sealed_paper(request, pk, form: Form = Form.DOCX):
    """A sealed summary as an official paper: the frozen numbers, and the seal they stand under."""
    request.caller.must("summary.export")
    found = queries.summary(request.caller, pk)
    with override(_paper_language(request)):
        checks = queries.verdict(request.caller, found).checks
        note = prose.sealed_note(timezone.localtime(found.sealed_at), found.sealed_by, found.digest)
        return _paper(request, form, found.area, found.span, [c.sealed for c in checks], note, found.title)

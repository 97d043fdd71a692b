"""Screens of warnings for those who are signed in."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fenghuo.core.access import Caller, RuleBroken
from fenghuo.core.paper import Form, media_type
from fenghuo.desk.gather import register
from fenghuo.desk.places.maps import village_map
from fenghuo.desk.places.models import Area
from fenghuo.desk.places.queries import home_area, villages

from . import commands, document, queries, scale, wording
from . import preview as previews
from .commands import drafting
from .forms import ComposeForm, PhoneForm, ReportForm, SendBackForm, starting_values
from .models import Recipient, Warning

SHOWN_SETTLED = 12


def overview(request: HttpRequest) -> HttpResponse:
    """Warnings in force, what waits, and what was."""
    caller = request.caller
    caller.must("warning.read")
    if not caller.may("warning.board"):
        return redirect("warning:inbox")
    level, text = request.GET.get("level", ""), request.GET.get("q", "").strip()
    holding = queries.in_force(caller)
    past = (
        queries.warnings(caller).exclude(state__in=Warning.OPEN).exclude(pk__in=[one.pk for one in holding])
    )
    withdrawn = request.GET.get("withdrawn") == "1"
    if not withdrawn:
        past = past.exclude(state=Warning.State.WITHDRAWN)
    if level in scale.levels():
        past = past.filter(level=level)
    if text:
        past = past.filter(pk__in=[one.pk for one in queries.found(caller, text)])
    page = Paginator(past, 25).get_page(request.GET.get("page"))
    return render(
        request,
        "warning/list.html",
        {
            "boards": [queries.board(caller, one) for one in holding],
            "open": queries.waiting(caller),
            "page": page,
            "shown": [(one, one.standing(caller.now)) for one in page],
            "levels": [(key, str(one)) for key, one in scale.levels().items()],
            "level": level,
            "q": text,
            "withdrawn": withdrawn,
            "query": urlencode({"level": level, "q": text, **({"withdrawn": 1} if withdrawn else {})}),
        },
    )


def new(request: HttpRequest) -> HttpResponse:
    """Compose a warning from nothing."""
    caller = request.caller
    caller.must("warning.draft")
    within = list(villages(caller))
    asked = [code for code in request.GET.getlist("area") if code in {village.code for village in within}]
    starting = {
        "event": "forest_fire",
        "level": request.GET.get("level") if request.GET.get("level") in scale.levels() else "yellow",
        "areas": asked,
        "expires": drafting.usual_end(caller.now),
        "channels": drafting.usable_channels(),
        **drafting.usual_words("forest_fire"),
    }
    form = ComposeForm(request.POST or None, villages=within, initial=starting)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        try:
            warning = commands.draft(
                caller, areas=values["areas"], level=values["level"], event=values["event"]
            )
            warning = commands.edit(caller, warning, **values)
            return _after_saving(request, warning)
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, str(broken))
    return _compose(request, form, None)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on at a draft; approve it; issue it."""
    caller = request.caller
    caller.must("warning.draft")
    warning = queries.warning(caller, pk)
    if warning.state not in Warning.OPEN:
        return redirect("warning:board", pk)
    within = list(villages(caller))
    form = ComposeForm(request.POST or None, villages=within, initial=starting_values(warning, within))
    if request.method == "POST" and form.is_valid():
        try:
            return _after_saving(request, commands.edit(caller, warning, **form.values()))
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, str(broken))
    return _compose(request, form, warning)


def _after_saving(request: HttpRequest, warning: Warning) -> HttpResponse:
    if request.POST.get("then") == "submit":
        commands.submit(request.caller, warning)
        messages.success(request, _("Submitted. The leader finds it on the home page."))
    else:
        messages.success(request, _("Saved."))
    return redirect("warning:edit", warning.pk)


def _compose(request: HttpRequest, form: ComposeForm, warning: Warning | None) -> HttpResponse:
    caller = request.caller
    painted = register.painted(caller)
    wrote = warning is not None and caller.id in (warning.drafted_by_id, warning.written_by_id)
    context = {
        "form": form,
        "warning": warning,
        "levels": scale.levels().values(),
        "chosen_level": form["level"].value(),
        "drawing": village_map(
            caller, ratings={code: paint.rating for code, paint in painted.items()}, selected=form.chosen
        ),
        "preview": _previewed(request, form),
        "may_approve": warning is not None
        and warning.state == Warning.State.SUBMITTED
        and caller.may("warning.approve", warning.area.code),
        "wrote": wrote,
        "may_issue": warning is not None
        and warning.state == Warning.State.APPROVED
        and caller.may("warning.issue", warning.area.code),
        "send_back_form": SendBackForm(),
    }
    return render(request, "warning/compose.html", context, status=422 if form.errors else 200)


def _previewed(request: HttpRequest, form: ComposeForm) -> Any:
    home = home_area(request.caller)
    assert home is not None
    shown = form if form.is_bound else ComposeForm(_as_data(form), villages=list(form.villages.values()))
    sketch, areas = shown.sketch(request.caller, home)
    return previews.preview(request.caller, sketch, areas)


def _as_data(form: ComposeForm) -> dict[str, Any]:
    return {name: form[name].value() for name in form.fields}


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The preview of what stands in the form now; nothing is stored."""
    request.caller.must("warning.draft")
    form = ComposeForm(request.POST, villages=list(villages(request.caller)))
    return render(
        request, "warning/_preview_parts.html", {"preview": _previewed(request, form), "swap": True}
    )


def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has and who has not acknowledged, and what happens next."""
    return render(request, "warning/board.html", _board(request, pk))


def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The board's living part."""
    return render(request, "warning/_board.html", _board(request, pk))


def _board(request: HttpRequest, pk: int) -> dict[str, Any]:
    caller = request.caller
    caller.must("warning.board")
    warning = queries.warning(caller, pk)
    found = queries.board(caller, warning)
    everything = request.GET.get("all") == "1"
    settled = found.settled if everything else found.settled[:SHOWN_SETTLED]
    areas = list(warning.areas.all())
    successor = queries.successor(caller, warning)
    return {
        "warning": warning,
        "board": found,
        "settled": settled,
        "folded": len(found.settled) - len(settled),
        "everything": everything,
        "areas": areas,
        "where": wording.names(areas) if len(areas) <= 6 else wording.short_names(areas),
        "issued": wording.moment(warning.issued_at) if warning.issued_at else "",
        "until": wording.moment(warning.expires),
        "standing": warning.standing(caller.now),
        "in_force": found.running,
        "successor": successor,
        "may_change": found.running and caller.may("warning.issue", warning.area.code),
        "may_phone": caller.may("warning.phone", warning.area.code),
        "now": caller.now,
    }


def recipient(request: HttpRequest, pk: int) -> HttpResponse:
    """One recipient: what each person received, and the telephone answer where there is none yet."""
    return _recipient(request, queries.recipient(request.caller, pk), PhoneForm())


def _recipient(request: HttpRequest, found: Recipient, form: PhoneForm) -> HttpResponse:
    caller = request.caller
    board_ = queries.board(caller, found.warning)
    row = next(row for row in board_.rows if row.recipient.pk == found.pk)
    context = {
        "recipient": found,
        "warning": found.warning,
        "row": row,
        "sent": queries.received(caller, found),
        "form": form,
        "may_phone": board_.running
        and found.acknowledged_at is None
        and caller.may("warning.phone", found.warning.area.code),
    }
    return render(request, "warning/recipient.html", context, status=422 if form.errors else 200)


@require_POST
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the unit answered by telephone."""
    request.caller.must("warning.phone")
    found = queries.recipient(request.caller, pk)
    form = PhoneForm(request.POST)
    if form.is_valid():
        try:
            commands.record_phone_answer(request.caller, found, name=form.cleaned_data["name"])
            messages.success(request, _("Recorded: %s answered by telephone.") % found.unit)
            return redirect("warning:board", found.warning_id)
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, str(broken))
    return _recipient(request, found, form)


def _act(request: HttpRequest, pk: int, act: Any, done: str, to: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    warning = act(request.caller, queries.warning(request.caller, pk))
    messages.success(request, done)
    return redirect(to, *([] if to == "warning:list" else [warning.pk]))


def submit(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(
        request, pk, commands.submit, _("Submitted. The leader finds it on the home page."), "warning:edit"
    )


def approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, commands.approve, _("Approved. It can be issued now."), "warning:edit")


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, commands.withdraw, _("Withdrawn."), "warning:list")


def issue(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, commands.issue, _("Issued. The messages are on their way."), "warning:board")


def update(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("A draft that takes the place of the warning when it is issued.")
    return _act(request, pk, commands.update, done, "warning:edit")


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("Lifted. Everyone who was warned is told.")
    return _act(request, pk, commands.cancel, done, "warning:board")


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a warning to its writer, with the reason."""
    commands.send_back(request.caller, queries.warning(request.caller, pk), request.POST.get("reason", ""))
    messages.success(request, _("Sent back."))
    return redirect("warning:edit", pk)


def notice(request: HttpRequest, pk: int, form: Form = Form.DOCX) -> HttpResponse:
    """The official notice as .docx or PDF, in Chinese unless English is asked for."""
    language = "en" if request.GET.get("language") == "en" else "zh"
    warning = queries.warning(request.caller, pk)
    content = queries.notice_file(request.caller, warning, language, form)
    response = HttpResponse(content, content_type=media_type(form))
    name = f"notice-{warning.year or 'draft'}-{warning.serial or warning.pk}-{language}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def inbox(request: HttpRequest) -> HttpResponse:
    """The warnings that came to the signed-in officer, and those that hold where they are."""
    caller = request.caller
    letters = queries.inbox(caller)
    mine = {letter.warning.pk for letter in letters}
    others = [one for one in queries.in_force(caller) if one.pk not in mine]
    return render(
        request,
        "warning/inbox.html",
        {
            "letters": letters,
            "others": [_text_of(one) for one in others] if not caller.may("warning.board") else [],
        },
    )


def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A warning in the inbox: read it, confirm it, report back."""
    caller = request.caller
    found = queries.addressed(caller, pk)
    form = ReportForm(request.POST if "report" in request.POST else None)
    if request.method == "POST" and "report" not in request.POST:
        commands.acknowledge(caller, found)
        return redirect("warning:letter", pk)
    if request.method == "POST" and form.is_valid():
        try:
            commands.report_back(caller, found, form.cleaned_data["text"])
            return redirect("warning:letter", pk)
        except RuleBroken as broken:
            form.add_error("text", str(broken))
    if request.method == "GET":
        commands.note_opening(caller, found)
    context = {**told(caller, found), "form": form}
    return render(request, "warning/letter.html", context, status=422 if form.errors else 200)


def told(caller: Caller, recipient: Recipient) -> dict[str, Any]:
    """What a page says of a warning to one who answers for a recipient."""
    warning = recipient.warning
    return {
        **_text_of(warning),
        "recipient": recipient,
        "holds": warning.state == Warning.State.ISSUED and caller.now < warning.expires,
        "lifted": warning.msg_type == Warning.Kind.CANCEL,
        "expired": warning.state == Warning.State.ISSUED and caller.now >= warning.expires,
        "successor": queries.successor(caller, warning) if warning.ended_at else None,
        "issuer": _issuer(warning.area),
    }


def _text_of(warning: Warning) -> dict[str, Any]:
    return {
        "warning": warning,
        "where": wording.names(warning.areas.all()),
        "what": wording.cause_and_description(warning),
    }


def _issuer(area: Area) -> str:
    return document.issuer(area, "en" if get_language() == "en" else "zh")

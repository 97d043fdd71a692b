"""Warnings over the API: writing, approving, issuing, the board, and the answers of those who were warned."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from fenghuo.core.access import Caller
from fenghuo.core.paper import Form, media_type
from fenghuo.desk.places import queries as places
from fenghuo.desk.places.models import Area
from fenghuo.desk.wire import Cut, Key, Page, acts, given, page, reads

from .. import commands, queries
from ..models import Warning
from .shapes import (
    AnswerOut,
    BoardOut,
    DraftIn,
    EditIn,
    LetterOut,
    Level,
    PhoneAnswerIn,
    ReasonIn,
    RecipientOut,
    ReportBackIn,
    SentOut,
    WarningOut,
)

router = Router()


@router.get("", response=reads(Page[WarningOut]), summary="Warnings, newest first")
def warnings(
    request: HttpRequest,
    cut: Query[Cut],
    state: Literal[*Warning.State.values] | None = None,
    level: Level | None = None,
):
    """Drafts are listed for those who write or approve them; everybody else sees what was issued."""
    wanted = {name: value for name, value in (("state", state), ("level", level)) if value}
    return page(queries.warnings(request.caller).filter(**wanted), cut)


@router.get("/in-force", response=reads(Page[WarningOut]), summary="Warnings in force, the gravest first")
def in_force(request: HttpRequest, cut: Query[Cut]):
    return page(queries.in_force(request.caller), cut)


@router.get("/inbox", response=reads(Page[LetterOut]), summary="Warnings addressed to the caller")
def inbox(request: HttpRequest, cut: Query[Cut]):
    return page(queries.inbox(request.caller), cut)


@router.get("/recipients/{pk}", response=reads(RecipientOut), summary="A recipient, and what was sent to it")
def recipient(request: HttpRequest, pk: Key):
    found = queries.recipient(request.caller, pk)
    return {
        "recipient": found,
        "sent": [SentOut.of(sent) for sent in queries.received(request.caller, found)],
    }


@router.post("/recipients/{pk}/acknowledge", response=acts(AnswerOut), summary="Acknowledge a warning")
def acknowledge(request: HttpRequest, pk: Key):
    """By a contact of the unit, or by a leader, who thereby takes over. A second time changes nothing."""
    return commands.acknowledge(request.caller, queries.addressed(request.caller, pk))


@router.post("/recipients/{pk}/report-back", response=acts(AnswerOut), summary="Say what was done")
def report_back(request: HttpRequest, pk: Key, fields: ReportBackIn):
    return commands.report_back(request.caller, queries.addressed(request.caller, pk), fields.text)


@router.post("/recipients/{pk}/phone-answer", response=acts(AnswerOut), summary="Record a telephone answer")
def phone_answer(request: HttpRequest, pk: Key, fields: PhoneAnswerIn):
    found = queries.recipient(request.caller, pk)
    return commands.record_phone_answer(request.caller, found, name=fields.name)


@router.post("", response=acts(WarningOut, 201), summary="Draft a warning")
def draft(request: HttpRequest, fields: DraftIn):
    """It is sent to nobody. One that is already open today for the same event and areas is returned instead."""
    caller = request.caller
    caller.must("warning.draft")
    values = given(fields, "areas")
    return 201, commands.draft(caller, areas=_areas(caller, fields.areas), **values)


@router.get("/{pk}", response=reads(WarningOut), summary="One warning")
def warning(request: HttpRequest, pk: Key):
    return queries.warning(request.caller, pk)


@router.patch("/{pk}", response=acts(WarningOut), summary="Change a warning before it is issued")
def edit(request: HttpRequest, pk: Key, fields: EditIn):
    """What was submitted or approved becomes a draft again: nobody signs what they have not seen."""
    caller = request.caller
    caller.must("warning.draft")
    found = queries.warning(caller, pk)
    areas = _areas(caller, fields.areas) if fields.areas else None
    return commands.edit(caller, found, areas=areas, **given(fields, "areas"))


@router.get("/{pk}/board", response=reads(BoardOut), summary="Who has and who has not acknowledged")
def board(request: HttpRequest, pk: Key):
    request.caller.must("warning.board")
    return queries.board(request.caller, queries.warning(request.caller, pk))


@router.get(
    "/{pk}/notice",
    response=reads(None),
    summary="The official notice as .docx or PDF",
    openapi_extra={
        "responses": {
            200: {
                "content": {
                    media_type(form): {"schema": {"type": "string", "format": "binary"}} for form in Form
                }
            }
        }
    },
)
def notice(request: HttpRequest, pk: Key, language: Literal["zh", "en"] = "zh", form: Form = Form.DOCX):
    found = queries.warning(request.caller, pk)
    return HttpResponse(
        queries.notice_file(request.caller, found, language, form), content_type=media_type(form)
    )


@router.post("/{pk}/submit", response=acts(WarningOut), summary="Ask the leader to approve it")
def submit(request: HttpRequest, pk: Key):
    return commands.submit(request.caller, _written(request.caller, pk))


@router.post("/{pk}/approve", response=acts(WarningOut), summary="Approve what another officer has written")
def approve(request: HttpRequest, pk: Key):
    request.caller.must("warning.approve")
    return commands.approve(request.caller, queries.warning(request.caller, pk))


@router.post("/{pk}/send-back", response=acts(WarningOut), summary="Return it to its writer, with the reason")
def send_back(request: HttpRequest, pk: Key, fields: ReasonIn):
    request.caller.must("warning.approve")
    return commands.send_back(request.caller, queries.warning(request.caller, pk), fields.reason)


@router.post("/{pk}/issue", response=acts(WarningOut), summary="Put an approved warning in force")
def issue(request: HttpRequest, pk: Key):
    """Every unit of its areas becomes a recipient; the messages leave with the worker."""
    request.caller.must("warning.issue")
    return commands.issue(request.caller, queries.warning(request.caller, pk))


@router.post("/{pk}/update", response=acts(WarningOut, 201), summary="Draft what will take its place")
def update(request: HttpRequest, pk: Key):
    return 201, commands.update(request.caller, _written(request.caller, pk))


@router.post("/{pk}/cancel", response=acts(WarningOut), summary="Lift a warning in force")
def cancel(request: HttpRequest, pk: Key):
    """Answers with the cancellation, which goes to everyone whom the warning was sent to."""
    request.caller.must("warning.issue")
    return commands.cancel(request.caller, queries.warning(request.caller, pk))


@router.post("/{pk}/withdraw", response=acts(WarningOut), summary="Give up what was never issued")
def withdraw(request: HttpRequest, pk: Key):
    return commands.withdraw(request.caller, _written(request.caller, pk))


def _written(caller: Caller, pk: int) -> Warning:
    # Who may not act hears that first, whether the record exists or not.
    caller.must("warning.draft")
    return queries.warning(caller, pk)


def _areas(caller: Caller, codes: list[str]) -> list[Area]:
    return [places.area(caller, code) for code in dict.fromkeys(codes)]

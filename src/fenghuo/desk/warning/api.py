"""Warnings over the API: writing, approving, issuing, the board, and the answers of those who were warned."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from fenghuo.core.access import Caller
from fenghuo.desk.officers.api import Person, UnitName
from fenghuo.desk.places import queries as places
from fenghuo.desk.places.api import AreaName
from fenghuo.desk.places.models import Area
from fenghuo.desk.wire import AreaCode, Cut, Key, Line, Moment, Note, Page, Text, acts, given, page, reads

from . import commands, queries, scale
from .models import Recipient, Warning

router = Router()

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Level = Literal[*scale.levels()]
Event = Literal[*scale.events()]
Words = Annotated[Text, Field(max_length=900)]
Areas = Annotated[list[AreaCode], Field(min_length=1, max_length=200)]


class WarningOut(Schema):
    """One CAP message between draft and the end of its force; `standing` is its state in a word, expiry included.

    `original` is the warning that an update or a cancellation refers to. `number` and `identifier` (CAP) are
    given when it is issued.
    """

    id: int
    state: Literal[*Warning.State.values]
    standing: str
    in_force: bool
    kind: Literal[*Warning.Kind.values]
    number: str
    identifier: str | None
    headline: str
    level: Level
    event: Event
    area: AreaName
    areas: list[AreaName]
    cause: str
    cause_en: str
    description_zh: str
    description_en: str
    instruction_zh: str
    instruction_en: str
    channels: list[str]
    source: str
    original: int | None
    send_back_reason: str
    drafted_at: datetime
    drafted_by: Person | None
    approved_at: datetime | None
    approved_by: Person | None
    issued_at: datetime | None
    issued_by: Person | None
    expires: datetime
    ended_at: datetime | None
    answer_minutes: int

    @staticmethod
    def resolve_standing(warning: Warning, context: dict[str, Any]) -> str:
        return warning.standing(context["request"].caller.now)

    @staticmethod
    def resolve_in_force(warning: Warning, context: dict[str, Any]) -> bool:
        return warning.in_force(context["request"].caller.now)

    @staticmethod
    def resolve_kind(warning: Warning) -> str:
        return warning.msg_type

    @staticmethod
    def resolve_areas(warning: Warning) -> list[Area]:
        return list(warning.areas.all())

    @staticmethod
    def resolve_original(warning: Warning) -> int | None:
        return warning.original_id


class DraftIn(Schema):
    """What a warning starts with; the usual words of its event are filled in. 20:00 of tomorrow ends it, unless
    `valid_hours` is given."""

    areas: Areas
    level: Level
    event: Event = "forest_fire"
    cause: Line = ""
    cause_en: Line = ""
    valid_hours: int | None = Field(None, ge=1, le=240)


class EditIn(Schema):
    """What shall change; what is absent or null stays as it is. An instruction is a line each."""

    areas: Areas | None = None
    level: Level | None = None
    event: Event | None = None
    cause: Line | None = None
    cause_en: Line | None = None
    description_zh: Words | None = None
    description_en: Words | None = None
    instruction_zh: Words | None = None
    instruction_en: Words | None = None
    expires: Moment | None = None
    channels: Annotated[list[Annotated[Text, Field(max_length=20)]], Field(max_length=20)] | None = None


class ReasonIn(Schema):
    reason: Line


class PhoneAnswerIn(Schema):
    """Who answered the telephone."""

    name: Annotated[Text, Field(max_length=80)]


class ReportBackIn(Schema):
    """What the unit did about the warning."""

    text: Note


class StepOut(Schema):
    """The next step of an escalation: who is called when, if nobody answers before."""

    number: int
    due: datetime
    officer: Person
    to_leader: bool


class AnswerOut(Schema):
    """A unit that was warned, and its answer; `how` is link, app, phone or leader."""

    id: int
    warning: int
    unit: UnitName
    area: AreaName
    opened_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: Person | None
    how: str
    answered_name: str
    report: str
    reported_at: datetime | None

    @staticmethod
    def resolve_warning(recipient: Recipient) -> int:
        return recipient.warning_id

    @staticmethod
    def resolve_area(recipient: Recipient) -> Area:
        return recipient.unit.area

    @staticmethod
    def resolve_how(recipient: Recipient) -> str:
        return recipient.acknowledged_how


class BoardRow(Schema):
    """One recipient on the board; `minutes` from issue to answer, `problems` deliveries that failed for good."""

    recipient: AnswerOut
    contact: Person | None
    channels: list[str]
    sent_at: datetime | None
    problems: int
    retrying: int
    minutes: int | None
    next: StepOut | None
    called: list[Person]

    @staticmethod
    def resolve_channels(row: queries.Row) -> list[str]:
        return [str(channel) for channel in row.channels]

    @staticmethod
    def resolve_problems(row: queries.Row) -> int:
        return len(row.problems)

    @staticmethod
    def resolve_retrying(row: queries.Row) -> int:
        return len(row.retrying)


class BoardOut(Schema):
    """Who has and who has not answered, those who have not first; `running` while escalation goes on."""

    warning: WarningOut
    answered: int
    total: int
    reports: int
    median_minutes: float | None
    unsent: int
    failed: int
    running: bool
    next: StepOut | None
    rows: list[BoardRow]


class SentOut(Schema):
    """One message as that person received it, the secret end of its link covered."""

    officer: Person
    channel: str
    state: str
    step: int
    attempts: int
    sent_at: datetime | None
    error: str
    subject: str
    text: str

    @staticmethod
    def of(sent: queries.Sent) -> dict[str, Any]:
        delivery = sent.delivery
        names = ("officer", "state", "step", "attempts", "sent_at", "error", "subject")
        return {
            **{name: getattr(delivery, name) for name in names},
            "channel": str(sent.channel),
            "text": sent.text,
        }


class RecipientOut(Schema):
    """A recipient with everything that was sent to it."""

    recipient: AnswerOut
    sent: list[SentOut]


class LetterOut(Schema):
    """A warning in the caller's inbox; `waits` while its acknowledgement is wanted."""

    recipient: AnswerOut
    warning: WarningOut
    in_force: bool
    waits: bool


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


@router.get(
    "/recipients/{pk}", response=reads(RecipientOut), summary="A recipient, and what was sent to it"
)
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
    summary="The official notice as .docx",
    openapi_extra={"responses": {200: {"content": {DOCX: {"schema": {"type": "string", "format": "binary"}}}}}},
)
def notice(request: HttpRequest, pk: Key, language: Literal["zh", "en"] = "zh"):
    found = queries.warning(request.caller, pk)
    return HttpResponse(queries.notice_file(request.caller, found, language), content_type=DOCX)


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

"""What the API takes and gives of warnings, boards and answers."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from fenghuo.desk.officers.api import Person, UnitName
from fenghuo.desk.places.api import AreaName
from fenghuo.desk.places.models import Area
from fenghuo.desk.wire import AreaCode, Line, Moment, Note, Text

from .. import queries, scale
from ..models import Recipient, Warning

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

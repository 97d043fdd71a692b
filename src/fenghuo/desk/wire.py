"""What comes over the wire: safe text, moments, days and keys; and what the API of every app gives and declares."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY, _MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]")
_YEARS = range(2000, 2101)


def _keepable(text: str) -> str:
    # Text ends up in PostgreSQL, which takes no NUL, and in CAP and .docx, which take what XML 1.0 takes.
    if _NOT_XML.search(text):
        raise PydanticCustomError(
            "control_character", "control characters and halves of characters cannot be kept"
        )
    return text


def _spelt(pattern: re.Pattern[str], kind: str):
    def check(value: Any) -> Any:
        if isinstance(value, str) and pattern.match(value):
            return value
        raise PydanticCustomError(f"{kind}_spelling", f"write it as ISO 8601 writes a {kind}")

    return BeforeValidator(check)


def _within_reach(value: Any) -> Any:
    if value.year not in _YEARS:
        raise PydanticCustomError("out_of_reach", "choose a year from 2000 to 2100")
    return value


Text = Annotated[
    str,
    AfterValidator(_keepable),
    Field(json_schema_extra={"pattern": r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]*$"}),
]
"""Text without control characters; its length is limited where it is used."""

Line = Annotated[Text, Field(max_length=200)]
Note = Annotated[Text, Field(max_length=1000)]

Moment = Annotated[
    AwareDatetime,
    _spelt(_MOMENT, "moment"),
    AfterValidator(_within_reach),
    AfterValidator(lambda moment: moment.astimezone(UTC)),
]
"""ISO 8601 with its offset, 2000 to 2100: `2026-04-03T13:00:00+08:00`. Answers are in UTC."""

Day = Annotated[date, _spelt(_DAY, "day"), AfterValidator(_within_reach)]
"""A day in the desk's zone, 2000 to 2100: `2026-04-03`."""


def day_in(address: str | None) -> date | None:
    """The day that a page's address names, in the desk's zone; None for what is no day from 2000 to 2100."""
    try:
        found = date.fromisoformat(address or "")
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def unkeepable(values: Iterable[str]) -> bool:
    """Whether one of the texts holds a character that neither PostgreSQL nor a paper can keep."""
    return any(_NOT_XML.search(value) for value in values)


Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""A record's number."""

AreaCode = Annotated[str, Field(pattern=r"^[0-9]{2,12}$", description="Code of an area, by GB/T 10114.")]

Item = TypeVar("Item")


class Page(Schema, Generic[Item]):
    """A part of a list; `count` is the length of the whole."""

    count: int
    items: list[Item]


class Cut(Schema):
    """Which part of a list is wanted."""

    limit: int = Field(50, ge=1, le=200, description="How many, at most 200.")
    offset: int = Field(0, ge=0, le=1_000_000, description="How many to leave out before.")


def page(found: QuerySet | Sequence[Any], cut: Cut) -> dict[str, Any]:
    """The part of `found` that `cut` asks for, as a Page."""
    count = found.count() if isinstance(found, QuerySet) else len(found)
    return {"count": count, "items": list(found[cut.offset : cut.offset + cut.limit])}


class Refusal(Schema):
    """Why a request was refused and what to do, in the caller's language; `field` is what it speaks of."""

    detail: str
    field: str | None = None


_READING = frozenset({401, 403, 404, 422})
_ACTING = _READING | {400, 409, 413}


def reads(what: Any, *also: int) -> Mapping[Any, Any]:
    """The answers of an operation that reads.

    401 without a valid token, 403 where the role may not, 404 for what is not there or out of sight, 422 for
    what cannot be understood; `also` names further refusals.
    """
    return {200: what, _READING.union(also): Refusal}


def acts(what: Any, status: int = 200) -> Mapping[Any, Any]:
    """The answers of an operation that changes something.

    Besides those of reading: 409 where a rule of the desk forbids it, 400 and 413 for a body that is unreadable
    or too large.
    """
    return {status: what, _ACTING: Refusal}


def given(fields: Schema, *but: str) -> dict[str, Any]:
    """What the caller set, by name; what is absent or null is left out, and so are the names in `but`."""
    values = fields.dict(exclude_unset=True, exclude_none=True)
    return {name: value for name, value in values.items() if name not in but}

"""The CAP 1.2 alert as frozen typed data: every element and enumeration of the standard's data dictionary.

Nothing here judges: an alert of any content can be made, `check` says what is wrong with it and `write`
refuses what breaks the standard. Names are the standard's in Python's spelling, plural where they repeat.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import FrozenInstanceError, dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from fenghuo.core.cap.references import Reference

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
CONTENT_TYPE = "application/cap+xml"
DEFAULT_LANGUAGE = "en-US"


class Status(StrEnum):
    """Appropriate handling of the alert (CAP 1.2, 3.2.1)."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    SYSTEM = "System"
    TEST = "Test"
    DRAFT = "Draft"


class MsgType(StrEnum):
    """Nature of the message (CAP 1.2, 3.2.1)."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"
    ACK = "Ack"
    ERROR = "Error"


class Scope(StrEnum):
    """Intended distribution (CAP 1.2, 3.2.1)."""

    PUBLIC = "Public"
    RESTRICTED = "Restricted"
    PRIVATE = "Private"


class Category(StrEnum):
    """Category of the event (CAP 1.2, 3.2.2)."""

    GEO = "Geo"
    MET = "Met"
    SAFETY = "Safety"
    SECURITY = "Security"
    RESCUE = "Rescue"
    FIRE = "Fire"
    HEALTH = "Health"
    ENV = "Env"
    TRANSPORT = "Transport"
    INFRA = "Infra"
    CBRNE = "CBRNE"
    OTHER = "Other"


class ResponseType(StrEnum):
    """Action recommended to the audience (CAP 1.2, 3.2.2)."""

    SHELTER = "Shelter"
    EVACUATE = "Evacuate"
    PREPARE = "Prepare"
    EXECUTE = "Execute"
    AVOID = "Avoid"
    MONITOR = "Monitor"
    ASSESS = "Assess"
    ALL_CLEAR = "AllClear"
    NONE = "None"


class Urgency(StrEnum):
    """How soon to act (CAP 1.2, 3.2.2)."""

    IMMEDIATE = "Immediate"
    EXPECTED = "Expected"
    FUTURE = "Future"
    PAST = "Past"
    UNKNOWN = "Unknown"


class Severity(StrEnum):
    """How grave the event is (CAP 1.2, 3.2.2)."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"
    UNKNOWN = "Unknown"


class Certainty(StrEnum):
    """How sure the event is (CAP 1.2, 3.2.2)."""

    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"
    UNKNOWN = "Unknown"


class Point(NamedTuple):
    """A WGS 84 position in degrees, latitude first (CAP 1.2, 3.2.4)."""

    latitude: float
    longitude: float


class Polygon:
    """A closed ring: at least four points, the last equal to the first (CAP 1.2, 3.2.4).

    Immutable. Kept as bare numbers, of which the points are made when asked for: rings are long, and most that are
    read are only judged and written again.
    """

    __match_args__ = ("points",)
    __slots__ = ("_numbers", "_points")

    def __init__(self, points: Iterable[Point]) -> None:
        held = tuple(points)
        _set_points(self, held)
        _set_numbers(self, tuple(chain.from_iterable(held)))

    @classmethod
    def of_numbers(cls, numbers: Iterable[float]) -> Polygon:
        """A polygon from latitude, longitude, latitude, longitude and so on."""
        made = cls.__new__(cls)
        _set_points(made, None)
        _set_numbers(made, tuple(numbers))
        return made

    @property
    def points(self) -> tuple[Point, ...]:
        """The corners in order, the first again at the end."""
        points: tuple[Point, ...] | None = self._points
        if points is None:
            each = iter(self.numbers)
            points = tuple(map(_point, zip(each, each, strict=True)))
            _set_points(self, points)
        return points

    @property
    def numbers(self) -> tuple[float, ...]:
        """The corners as latitude, longitude, latitude, longitude and so on."""
        return self._numbers

    def __len__(self) -> int:
        """How many points there are, the closing one counted."""
        return len(self._numbers) // 2

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return self.numbers == other.numbers if isinstance(other, Polygon) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.numbers)

    def __repr__(self) -> str:
        return f"Polygon(points={self.points!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Polygon, (self.points,)


_set_numbers = Polygon._numbers.__set__  # type: ignore[attr-defined]
_set_points = Polygon._points.__set__  # type: ignore[attr-defined]
_point = partial(tuple.__new__, Point)


@dataclass(frozen=True, slots=True)
class Circle:
    """A centre and a radius in kilometres (CAP 1.2, 3.2.4)."""

    centre: Point
    radius: float


@dataclass(frozen=True, slots=True)
class ValuePair:
    """A value and the system it belongs to: eventCode, parameter and geocode (CAP 1.2, 3.2.2 and 3.2.4)."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A file that goes with an info (CAP 1.2, 3.2.3); `size` in bytes, `digest` the SHA-1 in hexadecimal."""

    description: str
    mime_type: str
    size: int | None = None
    uri: str | None = None
    deref_uri: str | None = None
    digest: str | None = None
    extra: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where an info applies (CAP 1.2, 3.2.4): the union of its parts; heights in feet above sea level."""

    description: str
    polygons: tuple[Polygon, ...] = ()
    circles: tuple[Circle, ...] = ()
    geocodes: tuple[ValuePair, ...] = ()
    altitude: float | None = None
    ceiling: float | None = None
    extra: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """What is expected, in one language (CAP 1.2, 3.2.2); no `language` means en-US."""

    categories: tuple[Category, ...]
    event: str
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    language: str | None = None
    response_types: tuple[ResponseType, ...] = ()
    audience: str | None = None
    event_codes: tuple[ValuePair, ...] = ()
    effective: datetime | None = None
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str | None = None
    headline: str | None = None
    description: str | None = None
    instruction: str | None = None
    web: str | None = None
    contact: str | None = None
    parameters: tuple[ValuePair, ...] = ()
    resources: tuple[Resource, ...] = ()
    areas: tuple[Area, ...] = ()
    extra: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One CAP message (CAP 1.2, 3.2.1).

    `extra`, here and in the other blocks, holds elements of other namespaces as canonical XML; the schema
    allows only XML signatures, and only in the alert. A signature does not survive being written again with
    other white space: to relay a signed alert, pass on the bytes that came.
    """

    identifier: str
    sender: str
    sent: datetime
    status: Status
    msg_type: MsgType
    scope: Scope
    source: str | None = None
    restriction: str | None = None
    addresses: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    note: str | None = None
    references: tuple[Reference, ...] = ()
    incidents: tuple[str, ...] = ()
    infos: tuple[Info, ...] = ()
    extra: tuple[bytes, ...] = ()

    @property
    def reference(self) -> Reference:
        """What an update or cancel of this alert puts into its `references`."""
        return Reference(self.sender, self.identifier, self.sent)

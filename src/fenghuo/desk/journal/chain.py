"""The arithmetic of the chain: canonical JSON, SHA-256, and the head's seal."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

FIELDS = (
    "seq",
    "at",
    "officer_id",
    "officer_name",
    "role",
    "via",
    "act",
    "subject",
    "area",
    "detail",
    "previous",
)
"""The columns under the digest, in the order in which they are hashed."""

ORIGIN = hashlib.sha256(b"fenghuo journal 1").hexdigest()
"""What the first entry names as its predecessor."""


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces and unescaped text: one value, one spelling."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return stamp(value)
    return str(value)


def stamp(moment: datetime) -> str:
    """An aware datetime as UTC text to the microsecond, 27 characters, sorting as time does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(row: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON array of FIELDS, hexadecimal."""
    return hashlib.sha256(canonical([row[field] for field in FIELDS]).encode()).hexdigest()


def seal(key: bytes, seq: int, last: str) -> str:
    """HMAC-SHA-256 of the head under the desk's key, hexadecimal."""
    return hmac.new(key, f"{seq}:{last}".encode(), hashlib.sha256).hexdigest()

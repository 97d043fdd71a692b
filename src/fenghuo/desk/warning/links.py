"""The acknowledgement link: signed, for one purpose, one recipient and one officer, until a stated moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from fenghuo.desk.officers.models import Officer

from .models import Recipient

AFTER_EXPIRY = timedelta(hours=24)
_SALT = "fenghuo.warning.acknowledge"


class BadLink(Exception):
    """The token was not made by this desk, was altered, or names nobody."""


class ExpiredLink(Exception):
    """The token was good, and its time is over."""


@dataclass(frozen=True)
class Named:
    """Whom a link names."""

    recipient: int
    officer: int
    until: datetime


def token(recipient: Recipient, officer: Officer) -> str:
    """A token that lets `officer` answer for `recipient` until a day after the warning expires."""
    until = int((recipient.warning.expires + AFTER_EXPIRY).timestamp())
    return Signer(salt=_SALT).sign(f"{recipient.pk}-{officer.pk}-{until}")


def address(recipient: Recipient, officer: Officer) -> str:
    """The link as it stands in a message."""
    return settings.PUBLIC_URL + reverse("warning:acknowledge", args=[token(recipient, officer)])


def read(text: str, now: datetime) -> Named:
    """Whom the token names; BadLink or ExpiredLink where it is none or no longer."""
    try:
        recipient, officer, until = Signer(salt=_SALT).unsign(text).split("-")
        named = Named(int(recipient), int(officer), datetime.fromtimestamp(int(until), now.tzinfo))
    except (BadSignature, ValueError) as error:
        raise BadLink from error
    if now >= named.until:
        raise ExpiredLink
    return named


def hidden(text: str, link: str) -> str:
    """`text` with the secret end of its link covered: whoever reads over a shoulder cannot answer for another."""
    if not link:
        return text
    start, end = link[: link.rfind("/a/") + 3], link[link.rfind("/a/") + 3 :]
    return text.replace(link, f"{start}{end[:4]}…") if start else text

"""Turning an account, a link or the program itself into a Caller."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from fenghuo.core.access import Caller, Role

from .models import Officer, Token


def caller_for(officer: Officer, now: datetime, via: str = "web") -> Caller:
    """The officer as a caller at `now` (aware)."""
    return Caller(
        id=officer.pk,
        name=officer.name,
        role=Role(officer.role),
        area=officer.area.code,
        now=now,
        unit=officer.unit_id,
        via=via,
        pen=_pen(),
    )


def program(now: datetime, via: str = "worker") -> Caller:
    """The program itself: the worker, or the command line in the hands of who runs the machine."""
    return Caller(id=None, name="fenghuo", role=Role.PROGRAM, area="", now=now, via=via, pen=_pen())


def public(now: datetime) -> Caller:
    """Anyone, without login: may read what is published, and nothing else."""
    return Caller(id=None, name="public", role=Role.PUBLIC, area=None, now=now, pen=_pen())


def caller_for_token(text: str, now: datetime) -> Caller | None:
    """The officer behind an API token, or None where it is unknown, revoked or its officer inactive."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    token = (
        Token.objects.filter(digest=digest, revoked_at=None, officer__is_active=True)
        .select_related("officer__area")
        .first()
    )
    return caller_for(token.officer, now, via="api") if token else None


def now() -> datetime:
    """The one clock of the desk: `settings.FENGHUO_NOW`, which tests set."""
    return settings.FENGHUO_NOW()


def _pen():
    # Officers and journal share a floor and do not know each other; the setting joins them.
    return import_string(settings.FENGHUO_PEN)

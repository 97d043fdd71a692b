"""Acts on accounts: units, officers, their addresses and tokens."""

import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fenghuo.core.access import Caller, RuleBroken

from .models import ROLES, Address, Officer, Token, Unit


@transaction.atomic
def add_unit(caller: Caller, *, name: str, kind: str, area: Any, name_en: str = "") -> Unit:
    """Add a unit in an area."""
    caller.must("officers.write", area.code)
    if Unit.objects.filter(name=name).exists():
        raise RuleBroken(_("There is already a unit named %s.") % name, "name")
    unit = Unit.objects.create(name=name, name_en=name_en, kind=kind, area=area)
    caller.write("officers.unit_added", f"unit:{unit.pk}", area.code, name=name, kind=kind)
    return unit


@transaction.atomic
def add_officer(
    caller: Caller, *, username: str, name: str, role: str, area: Any, password: str | None, **fields: Any
) -> Officer:
    """Open an account. Without a password it cannot sign in, and is only warned."""
    caller.must("officers.write", area.code)
    if role not in dict(ROLES):
        raise RuleBroken(_("“%s” is not a role.") % role, "role")
    if Officer.objects.filter(username=username).exists():
        raise RuleBroken(_("There is already an account named %s.") % username, "username")
    officer = Officer(username=username, name=name, role=role, area=area, **fields)
    officer.set_password(password)
    officer.save()
    caller.write("officers.officer_added", f"officer:{officer.pk}", area.code, username=username, role=role)
    return officer


@transaction.atomic
def add_address(caller: Caller, officer: Officer, *, channel: str, target: str, secret: str = "") -> Address:
    """Tell the desk where a channel finds the officer."""
    caller.must("officers.write", officer.area.code)
    address = Address.objects.create(officer=officer, channel=channel, target=target, secret=secret)
    caller.write("officers.address_added", f"officer:{officer.pk}", officer.area.code, channel=channel)
    return address


@transaction.atomic
def make_token(caller: Caller, officer: Officer, label: str) -> str:
    """A new API key for the officer. It is shown once; the desk keeps its digest alone."""
    caller.must("officers.write", officer.area.code)
    text = "fh_" + secrets.token_urlsafe(32)
    Token.objects.create(
        officer=officer, label=label, created_at=caller.now, digest=hashlib.sha256(text.encode()).hexdigest()
    )
    caller.write("officers.token_made", f"officer:{officer.pk}", officer.area.code, label=label)
    return text


@transaction.atomic
def set_password(caller: Caller, officer: Officer, password: str) -> None:
    """Give the officer a new password."""
    caller.must("officers.write", officer.area.code)
    officer.set_password(password)
    officer.save(update_fields=["password"])
    caller.write("officers.password_set", f"officer:{officer.pk}", officer.area.code)

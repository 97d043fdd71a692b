"""`fenghuo area`, `unit` and `officer`: setting up a desk of one's own, and giving an officer a new password."""

import secrets

import click
from django.utils.translation import override

from fenghuo.core.access import Caller, RuleBroken
from fenghuo.desk.officers import commands as officers
from fenghuo.desk.officers import identity
from fenghuo.desk.officers.models import ROLES, Officer, Unit
from fenghuo.desk.places import commands as places
from fenghuo.desk.places.models import Area


def join(group: click.Group) -> None:
    for family in (area, unit, officer):
        group.add_command(family)


def _caller() -> Caller:
    return identity.program(identity.now(), via="command line")


def _carry_out(act, *args, **fields):
    """Do it, or say in words which rule it breaks."""
    try:
        with override("en"):
            return act(_caller(), *args, **fields)
    except RuleBroken as broken:
        raise click.ClickException(str(broken)) from None


def _area(code: str) -> Area:
    found = Area.objects.filter(code=code).first()
    if found is None:
        raise click.ClickException(f"There is no area with the code {code}. Add it with: fenghuo area add")
    return found


@click.group()
def area() -> None:
    """The area tree: county, townships, villages."""


@area.command("add")
@click.argument("code")
@click.option("--name", required=True)
@click.option("--name-en", default="")
@click.option("--level", type=click.Choice(Area.Level.values), required=True)
@click.option("--latitude", type=float, help="Of a village, so that it can be rated.")
@click.option("--longitude", type=float)
@click.option("--elevation", type=float, help="Metres.")
def add_area(code: str, **fields) -> None:
    """Add an area. Its code begins with the code of the area it lies in.

    Example: fenghuo area add 110199100201 --name 石门村 --level village --latitude 40.33 --longitude 116.55
    """
    made = _carry_out(places.add_area, code=code, **fields)
    click.echo(f"{made.name} is part of {made.parent.name if made.parent else 'no other area'}.")


@click.group()
def unit() -> None:
    """Units: village committees, enterprises, schools, departments."""


@unit.command("add")
@click.argument("name")
@click.option("--name-en", default="")
@click.option("--kind", type=click.Choice(Unit.Kind.values), required=True)
@click.option("--area", "code", required=True, help="Code of the area it belongs to.")
def add_unit(name: str, name_en: str, kind: str, code: str) -> None:
    """Add a unit that can be warned and is responsible for sites.

    Example: fenghuo unit add 石门村委会 --kind village --area 110199100201
    """
    made = _carry_out(officers.add_unit, name=name, name_en=name_en, kind=kind, area=_area(code))
    click.echo(
        f"{made.name} is added. Give it contacts with: fenghuo officer add … --role contact --unit {made.name}"
    )


@click.group()
def officer() -> None:
    """Accounts of officers."""


@officer.command("add")
@click.argument("username")
@click.option("--name", required=True)
@click.option("--name-en", default="")
@click.option("--role", type=click.Choice([value for value, _label in ROLES]), required=True)
@click.option("--area", "code", required=True, help="Code of the area whose things the officer sees.")
@click.option("--unit", "unit_name", help="Of a contact or a person responsible.")
@click.option(
    "--rung", type=click.IntRange(1, 9), default=1, help="1 is warned first, 2 is next.", show_default=True
)
@click.option("--phone", default="", help="Office telephone.")
@click.option("--mail", help="Where warnings are mailed.")
def add_officer(username, name, name_en, role, code, unit_name, rung, phone, mail) -> None:
    """Open an account with a random password, which is printed once.

    Example: fenghuo officer add duty --name 王值班 --role duty --area 110199100
    """
    chosen = Unit.objects.filter(name=unit_name).first() if unit_name else None
    if unit_name and chosen is None:
        raise click.ClickException(f"There is no unit named {unit_name}. Add it with: fenghuo unit add")
    if role in ("contact", "responsible") and chosen is None:
        raise click.ClickException("Say which unit a contact or person responsible belongs to: --unit NAME")
    password = secrets.token_urlsafe(9)
    made = _carry_out(
        officers.add_officer, username=username, name=name, name_en=name_en, role=role, area=_area(code),
        unit=chosen, rung=rung, phone=phone, password=password,
    )  # fmt: skip
    if mail:
        _carry_out(officers.add_address, made, channel="mail", target=mail)
    click.echo(f"{username} can sign in with the password {password}")


@officer.command("password")
@click.argument("username")
def password(username: str) -> None:
    """Give an officer a new random password, which is printed once.

    Example: fenghuo officer password duty
    """
    found = Officer.objects.filter(username=username).select_related("area").first()
    if found is None:
        raise click.ClickException(f"There is no account named {username}.")
    new = secrets.token_urlsafe(9)
    _carry_out(officers.set_password, found, new)
    click.echo(f"{username} can sign in with the password {new}")

"""`fenghuo demo`: the fictional township."""

import gc
import os
import sys
import time

import click
from django.db import transaction
from django.utils.translation import override

from fenghuo.desk.officers.models import ROLE_LABELS
from fenghuo.desk.places.models import Area

from .serve import prepare


def join(group: click.Group) -> None:
    group.add_command(demo)


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing where the database already holds a desk.")
@click.option(
    "--password", envvar="FENGHUO_DEMO_PASSWORD", help="Of every demo login; default: a random one."
)
def demo(if_empty: bool, password: str | None) -> None:
    """Load the demo desk into an empty database: a township with a month of history. All of it, or nothing.

    Example: fenghuo demo
    """
    click.echo("Bringing the database up to date…")
    prepare()
    if Area.objects.exists():
        if if_empty:
            click.echo("The desk is already set up; its logins were printed when it was made.")
            return
        raise click.ClickException(
            "The database already holds a desk. Use an empty FENGHUO_HOME for the demo."
        )
    from fenghuo.desk.officers import identity
    from fenghuo.desk.site.demo import load

    started = time.monotonic()
    if password is not None and len(password) < 8:
        raise click.ClickException("A password has at least eight characters.")
    gc.disable()  # a month in a few seconds, then the process ends: looking for garbage is a tenth of the work
    with (
        transaction.atomic(),
        click.progressbar(length=100, label="Loading the demo township", file=sys.stdout) as bar,
    ):
        logins, password = load(identity.now(), password, bar.update)
    gc.enable()
    click.echo(
        f"Loaded in {time.monotonic() - started:.0f} s. Sign in with one of these; the password is the same for "
        "all and is shown only now:"
    )
    for role, username in logins.items():
        click.echo(f"    {username:<12} {password:<18} {_in_both(ROLE_LABELS[role])}")
    click.echo(f"    Start over: delete {os.environ.get('FENGHUO_HOME', 'var/')}")


def _in_both(label) -> str:
    with override("zh-hans"):
        chinese = str(label)
    with override("en"):
        return f"{chinese} {label}"

"""`fenghuo danger grid`: the desk's places rated from a grid that was computed elsewhere."""

import sys

import click
from django.utils.translation import override

from fenghuo.core.access import RuleBroken
from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.desk.officers import identity

from .findings import UNREADABLE, format_option, report


def join(group: click.Group) -> None:
    danger = group.commands["danger"]
    assert isinstance(danger, click.Group)
    danger.add_command(grid)


@click.command()
@click.argument("file", type=click.Path())
@format_option
def grid(file: str, form: str) -> None:
    """Rate areas and sites by a grid that `fenghuo danger compute` wrote, each cell by the ground it shares.

    Only areas whose rating rules say “weather from: grids” are rated so.

    Example: fenghuo danger grid danger-2026.nc
    """
    from fenghuo.desk.danger.gridded import commands

    caller = identity.program(identity.now(), via="command line")
    try:
        with override("en"):
            taken = commands.take_in_grid(caller, file)
    except UnreadableStations as unreadable:
        report([_finding(unreadable.rule, file, unreadable.message.en, unreadable.fix.en)], form)
        raise SystemExit(UNREADABLE) from None
    except OSError as error:
        click.echo(f"{file} cannot be opened: {error.strerror or error}.", err=True)
        raise SystemExit(UNREADABLE) from None
    except RuleBroken as broken:
        report([_finding("rated-from-stations", file, str(broken), "Open /danger/settings/.")], form)
        raise SystemExit(1) from None
    beyond = [
        {
            **_finding(
                "beyond-the-grid", code, f"No cell of the grid touches {code}.", "Compute a larger grid."
            ),
            "severity": "warning",
        }
        for code in taken.beyond
    ]
    said = f"{taken.places} places rated"
    if taken.first:
        said += f", {taken.first} to {taken.last}"
    sys.exit(report(beyond, form, summary=f"{said}."))


def _finding(rule: str, place: str, message: str, fix: str) -> dict:
    return {"rule": rule, "severity": "error", "place": place, "message": message, "fix": fix}

"""`fenghuo journal`: verify the chain, write it out."""

import json
import sys
from typing import TextIO

import click
from django.db import DatabaseError

from fenghuo.desk.journal import queries
from fenghuo.desk.officers import identity

from .findings import UNREADABLE, format_option, report


def join(group: click.Group) -> None:
    group.add_command(journal)


@click.group()
def journal() -> None:
    """The append-only record of every act."""


@journal.command()
@format_option
def verify(form: str) -> None:
    """Recompute the whole chain. Names every altered or missing entry and exits 1; exits 0 when it holds.

    Example: fenghuo journal verify --format json
    """
    caller = identity.program(identity.now(), via="command line")
    try:
        total = queries.count()
        with click.progressbar(
            length=total, label="Verifying", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            findings = [fault.finding() for fault in queries.faults(caller, lambda seq: bar.update(1))]
    except DatabaseError as error:
        click.echo(f"The journal cannot be read: {error}. Restore the database from a backup.", err=True)
        raise SystemExit(UNREADABLE) from None
    verdict = (
        f"{total} entries; {len(findings)} faults." if findings else f"{total} entries; the chain holds."
    )
    raise SystemExit(report(findings, form, summary=verdict))


@journal.command()
@click.option(
    "--out", type=click.File("w", encoding="utf-8"), default="-", help="Where to write; default: screen."
)
def export(out: TextIO) -> None:
    """Write every entry as a line of JSON.

    Example: fenghuo journal export --out journal.jsonl
    """
    caller = identity.program(identity.now(), via="command line")
    for entry in queries.entries(caller).order_by("seq").iterator(chunk_size=2000):
        out.write(json.dumps(queries.as_dict(entry), ensure_ascii=False) + "\n")

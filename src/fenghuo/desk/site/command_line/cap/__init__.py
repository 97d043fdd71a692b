"""`fenghuo cap`: check CAP alerts of files, folders and addresses, mend and convert them, without a desk."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..findings import UNREADABLE
from ..tally import Tally, progress
from ..words import language, say
from . import rulebook, sources
from .report import reporter
from .work import Work

if TYPE_CHECKING:
    from fenghuo.core.cap.check import PackName
    from fenghuo.core.cap.signature import Trust


def join(group: click.Group) -> None:
    group.add_command(cap)


def alone(group: click.Group) -> None:
    """Run with nothing but these commands: no desk is set up and no database opened."""
    join(group)
    group()


@click.group()
def cap() -> None:
    """Public alerts in the Common Alerting Protocol (CAP)."""


pack_option = click.option(
    "--pack",
    "packs",
    multiple=True,
    metavar="NAME|FILE",
    help="Rules: cap12 (check always uses it), wmo, phone, desk, or a TOML file of your own; repeatable.",
)


@cap.command()
@click.argument("names", metavar="FILE|DIR|URL|-...", nargs=-1, required=True)
@pack_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="Text for people, JSON for scripts, SARIF 2.1.0 for editors and code hosts.",
)
@click.option("--schema", is_flag=True, help="Add what the OASIS schema says.")
@click.option("--fix", is_flag=True, help="Write a mended copy beside each file and show the difference.")
@click.option(
    "--repair", type=click.Path(), metavar="OUT", help="Like --fix, to this file, or folder for several."
)
@click.option(
    "--trust",
    type=click.Path(exists=True, file_okay=False),
    metavar="FOLDER",
    help="Verify signatures against the certificates in this folder; unsigned is then an error.",
)
@click.option(
    "--to",
    "target",
    type=click.Choice(["json", "xml"]),
    help="Print the alert in this form; findings go to stderr. JSON is read as well as XML.",
)
@click.option("--allow-private", is_flag=True, help="Fetch from addresses inside the network too.")
def check(
    names: tuple[str, ...],
    packs: tuple[str, ...],
    form: str,
    schema: bool,
    fix: bool,
    repair: str | None,
    trust: str | None,
    target: str | None,
    allow_private: bool,
) -> None:
    """List every fault of CAP alerts, with its line, place and what to do about it.

    Reads CAP 1.0, 1.1 and 1.2, alone or in Atom, RSS and EDXL-DE; folders are searched for documents.
    Exit status: 0 without errors, 1 with some, 2 when something could not be read.

    Example: fenghuo cap check warnings/ --pack wmo --pack phone --fix
    """
    mending = fix or repair is not None
    if mending and target:
        raise click.UsageError(say("--to does not mend; leave out --fix", "--to 不作修补，请去掉 --fix"))
    documents = sources.expanded(names)
    if mending and repair is None and any(sources.is_elsewhere(each.name) for each in documents):
        raise click.UsageError(
            say(
                "what was not read from a file is mended with --repair OUT",
                "不是从文件读入的内容，请用 --repair OUT 指定写到哪里",
            )
        )
    work = Work(_packs(packs), schema, _trust(trust), mending, repair, target, allow_private)
    told, tally = reporter(form, work.packs, to_stderr=bool(target)), Tally()
    with progress(len(documents)) as step:
        for document in documents:
            found = work.look(document, several=len(documents) > 1)
            if found.converted is not None:
                click.echo(found.converted)
            told.take(found)
            mended = len(found.mended.changes) if found.mended else 0
            tally.add(found.name, found.counts, unreadable=found.unreadable, mended=mended)
            step()
    told.end(tally)
    sys.exit(UNREADABLE if tally.unreadable else 1 if tally.counts["error"] else 0)


@cap.command()
@pack_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, JSON for scripts.",
)
def rules(packs: tuple[str, ...], form: str) -> None:
    """List the rules: number, clause, what each asks and why, and an example, in both languages.

    Example: fenghuo cap rules --pack wmo
    """
    from fenghuo.core.cap.packs import NAMES, BadPack, load

    try:
        chosen = [load(name) for name in dict.fromkeys(packs or NAMES)]
    except BadPack as error:
        raise click.UsageError(str(error)) from None
    if form == "json":
        told = [rulebook.as_dict(rule) for pack in chosen for rule in pack.rules.values()]
        click.echo(json.dumps({"rules": told}, ensure_ascii=False, indent=2))
        return
    for pack in chosen:
        click.echo(f"{pack.name} · {pack.title.en} · {pack.title.zh}\n")
        for rule in pack.rules.values():
            click.echo(rulebook.as_text(rule))


def _packs(names: Iterable[str]) -> tuple[PackName, ...]:
    """The packs asked for, after the standard's own; a name stays a name, a file is read once."""
    from fenghuo.core.cap.packs import NAMES, BadPack, load

    try:
        return tuple(name if name in NAMES else load(name) for name in dict.fromkeys(["cap12", *names]))
    except BadPack as error:
        raise click.UsageError(str(error)) from None


def _trust(folder: str | None) -> Trust | None:
    if folder is None:
        return None
    from fenghuo.core.cap.signature import SignatureError, load_trust

    try:
        return load_trust(Path(folder))
    except SignatureError as error:
        code = language()
        raise click.UsageError(
            " ".join(str(each.as_dict(code)["message"]) for each in error.findings)
        ) from None

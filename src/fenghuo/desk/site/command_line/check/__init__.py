"""`fenghuo check`: find what is wrong with official papers, and mend what can be mended safely, without a desk."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from ..documents import expanded, is_address
from ..findings import UNREADABLE
from ..tally import Tally, progress
from ..words import say
from . import rulebook
from .archive import opened
from .report import reporter
from .work import SUFFIXES, Work


def join(group: click.Group) -> None:
    group.add_command(check)


def alone(group: click.Group) -> None:
    """Run with nothing but this command: no desk is set up and no database opened."""
    join(group)
    group()


@click.command()
@click.argument("names", metavar="FILE|DIR|-...", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="Text for people, JSON for scripts, SARIF 2.1.0 for editors and code hosts.",
)
@click.option(
    "--without",
    multiple=True,
    metavar="RULE|FAMILY",
    help="Leave a rule or a whole family of rules out; repeatable. --rules names them.",
)
@click.option("--rules", "listing", is_flag=True, help="List the rules, with their reasons, and stop.")
@click.option(
    "--archive",
    type=click.Path(exists=True, file_okay=False),
    metavar="FOLDER",
    help="Also find paragraphs that stand in a paper of this folder; its index is kept there.",
)
@click.option(
    "--repair",
    type=click.Path(),
    metavar="OUT",
    help="Write the mended copy to this file, or to this folder for several, and show every change.",
)
def check(
    names: tuple[str, ...],
    form: str,
    without: tuple[str, ...],
    listing: bool,
    archive: str | None,
    repair: str | None,
) -> None:
    """Find what is wrong with official papers: left open, pasted, miscounted, copied, out of form.

    Reads .docx, .pdf and .txt in any encoding of Chinese; folders are searched for them. A repair mends noise,
    spacing, punctuation and numbering, never a word or a figure.
    Exit status: 0 without errors, 1 with some, 2 when something could not be read.

    \b
    Example: fenghuo check report.docx --archive papers/
             fenghuo check pasted.txt --repair mended.txt --without personal
    """
    if listing:
        _list_rules(form)
        return
    if not names:
        raise click.UsageError(say("name a file, a folder, or -", "请给出文件、文件夹或 -"))
    if any(map(is_address, names)):
        raise click.UsageError(say("papers are not fetched from the web", "不从网上读取文稿，请先下载"))
    _known(without)
    documents = expanded(names, SUFFIXES, stdin="stdin.txt")
    work = Work(without, opened(archive) if archive else None, Path(repair) if repair else None)
    told, tally = reporter(form), Tally()
    with progress(len(documents)) as step:
        for document in documents:
            found = work.look(document, several=len(documents) > 1)
            told.take(found)
            tally.add(found.name, found.counts, unreadable=found.unreadable, mended=found.mended)
            step()
    told.end(tally)
    sys.exit(UNREADABLE if tally.unreadable else 1 if tally.counts["error"] else 0)


def _known(without: tuple[str, ...]) -> None:
    from fenghuo.core.paper.check.rulebook import FAMILIES, rules

    unknown = ", ".join(sorted(set(without) - set(rules()) - set(FAMILIES)))
    if unknown:
        raise click.UsageError(
            say(
                f"there is no rule called {unknown}; --rules lists them",
                f"没有名为 {unknown} 的规则，--rules 可列出全部规则",
            )
        )


def _list_rules(form: str) -> None:
    from fenghuo.core.paper.check.rulebook import FAMILIES, FAMILY_TITLES, rules

    if form == "json":
        told = [rulebook.as_dict(rule) for rule in rules().values()]
        click.echo(json.dumps({"rules": told}, ensure_ascii=False, indent=2))
        return
    for family in FAMILIES:
        chosen = [rule for rule in rules().values() if rule.family == family]
        if chosen:
            click.echo(f"{family} · {FAMILY_TITLES[family].zh}\n")
        for rule in chosen:
            click.echo(rulebook.as_text(rule))

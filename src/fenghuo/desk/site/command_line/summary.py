"""`fenghuo summary`: draw the figures of a period, seal them, hold sealed ones against the records."""

import json
from datetime import date, datetime
from pathlib import Path

import click
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import override

from fenghuo.core.access import Caller, RuleBroken
from fenghuo.core.paper import Form, render
from fenghuo.desk.officers import identity
from fenghuo.desk.places.models import Area
from fenghuo.desk.places.queries import areas
from fenghuo.desk.summary import commands, figures, prose, queries, spans

from .findings import UNREADABLE, format_option, report


def join(group: click.Group) -> None:
    group.add_command(summary)


@click.group()
def summary() -> None:
    """Figures of a period and area: build, seal, verify."""


_DAY = click.DateTime(["%Y-%m-%d"])


def _chooses(command):
    """The options that name days and area."""
    for option in (
        click.option("--area", "code", help="Area code; default: the township at the top of the tree."),
        click.option("--to", "last", type=_DAY, help="Last day, included."),
        click.option("--from", "first", type=_DAY, help="First day."),
        click.option(
            "--period",
            type=click.Choice(list(spans.NAMES)),
            default="half",
            show_default=True,
            help="Where no days are given.",
        ),
    ):
        command = option(command)
    return command


def _caller() -> Caller:
    return identity.program(identity.now(), via="command line")


def _area(caller: Caller, code: str | None) -> Area:
    found = areas(caller)
    area = found.filter(code=code).first() if code else found.filter(level=Area.Level.TOWNSHIP).first()
    if area is None:
        raise click.UsageError(f"The desk knows no area {code or 'yet'}. Give the code of one with --area.")
    return area


def _span(caller: Caller, period: str, first: datetime | None, last: datetime | None) -> spans.Span:
    today: date = timezone.localtime(caller.now).date()
    if first is None and last is None:
        return spans.named(period, today)
    try:
        return spans.between(first.date() if first else None, last.date() if last else None)
    except RuleBroken as broken:
        raise click.UsageError(str(broken)) from None


@summary.command()
@_chooses
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True),
    help="Also write the paper, as .docx or, to a name ending in .pdf, as PDF.",
)
@click.option(
    "--language",
    type=click.Choice(list(prose.LANGUAGES)),
    default="zh-hans",
    show_default=True,
    help="Of the paper.",
)
@format_option
def build(
    period: str,
    first: datetime | None,
    last: datetime | None,
    code: str | None,
    out: str | None,
    language: str,
    form: str,
) -> None:
    """Draw every figure of a period and area, and write them as a paper where asked.

    Example: fenghuo summary build --period last-half --area 110199100 --out summary.docx
    """
    caller = _caller()
    area = _area(caller, code)
    with override("en"):
        span = _span(caller, period, first, last)
        drawn = figures.figures(caller, span.period, area.code)
        head = f"{area}, {span.days}"
    if form == "json":
        rows = [{"key": f.key, "title": f.title, "value": f.value, "records": len(f.records)} for f in drawn]
        days = {"from": span.first.isoformat(), "to": span.last.isoformat(), "area": area.code}
        click.echo(json.dumps({**days, "figures": rows}, ensure_ascii=False, indent=2))
    else:
        click.echo(head)
        for figure in drawn:
            click.echo(f"{figure.number:>8}  {figure.title}")
    if out:
        _write_paper(Path(out), caller, area, span, language)
        click.echo(f"Wrote {out}.", err=True)


def _write_paper(out: Path, caller: Caller, area: Area, span: spans.Span, language: str) -> None:
    today = timezone.localtime(caller.now)
    with override(language):
        described = prose.described(
            area,
            span,
            figures.figures(caller, span.period, area.code),
            title=prose.title_of(area, span),
            note=prose.drawn_note(today),
            day=today.date(),
            language=language,
        )
    try:
        out.write_bytes(render(described, Form.PDF if out.suffix.lower() == ".pdf" else Form.DOCX))
    except OSError as error:
        click.echo(f"{out} cannot be written: {error.strerror}.", err=True)
        raise SystemExit(UNREADABLE) from None


@summary.command()
@_chooses
@click.option("--title", help="Default: made of area and period.")
def seal(
    period: str, first: datetime | None, last: datetime | None, code: str | None, title: str | None
) -> None:
    """Freeze the figures with the keys of their records under a SHA-256 digest. Prints number and digest.

    Example: fenghuo summary seal --from 2026-01-01 --to 2026-06-30 --area 110199100
    """
    caller = _caller()
    area = _area(caller, code)
    with override("en"):
        span = _span(caller, period, first, last)
        with override(settings.LANGUAGE_CODE):
            title = title or prose.title_of(area, span)
        try:
            sealed = commands.seal(caller, span.period, area, title)
        except RuleBroken as broken:
            raise click.UsageError(str(broken)) from None
    click.echo(f"{sealed.pk}  {sealed.digest}  {sealed.title}")


@summary.command()
@click.argument("numbers", nargs=-1, type=int, metavar="[NUMBER]...")
@format_option
def verify(numbers: tuple[int, ...], form: str) -> None:
    """Draw the figures of sealed summaries anew (all of them, or those with these numbers).

    Exits 1 when a figure no longer has the records that were sealed, naming what was added or is gone.

    Example: fenghuo summary verify --format json
    """
    caller = _caller()
    try:
        found = list(queries.summaries(caller).order_by("pk"))
        unknown = set(numbers) - {one.pk for one in found}
        if unknown:
            raise click.UsageError(f"There is no sealed summary {', '.join(map(str, sorted(unknown)))}.")
        with override("en"):
            verdicts = [queries.verdict(caller, one) for one in found if not numbers or one.pk in numbers]
            findings = [finding for verdict in verdicts for finding in _findings(verdict)]
    except DatabaseError as error:
        click.echo(f"The summaries cannot be read: {error}. Restore the database from a backup.", err=True)
        raise SystemExit(UNREADABLE) from None
    holding = sum(verdict.holds for verdict in verdicts)
    raise SystemExit(report(findings, form, summary=f"{len(verdicts)} sealed; {holding} hold."))


def _findings(verdict: queries.Verdict) -> list[dict]:
    place = f"summary {verdict.summary.pk}"
    found = []
    if verdict.broken:
        found.append(
            {
                "rule": "summary.seal-broken",
                "severity": "error",
                "place": place,
                "message": verdict.broken,
                "fix": "Restore it from a backup, and find out who has access to the database.",
            }
        )
    for check in verdict.failing:
        found.append(
            {
                "rule": "summary.figure-unknown" if check.now is None else "summary.figure-changed",
                "severity": "error",
                "place": f"{place}, figure {check.key}",
                "message": f"{check.title}: {check.why}",
                "fix": "Look the records up in the journal; if the change is right, seal a corrected summary.",
            }
        )
    return found

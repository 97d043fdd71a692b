"""What is said of the papers that were looked at: as text, as JSON, or as SARIF."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

import click

from ..documents import STDIN
from ..tally import LEVELS, Tally
from ..words import language, say
from .work import Looked

if TYPE_CHECKING:
    from fenghuo.core.paper.check.document import Document
    from fenghuo.core.paper.check.finding import Finding
    from fenghuo.core.sarif import Told

AROUND = 12
"""Characters of the text shown on each side of a finding."""
SHOWN = 60
OTHERS = 6
"""Other places of a finding that are said in text; JSON has them all."""


class Reporter(Protocol):
    """Is handed every paper as it was looked at, and then the tally."""

    def take(self, found: Looked) -> None: ...

    def end(self, tally: Tally) -> None: ...


def reporter(form: str) -> Reporter:
    """The reporter of a format."""
    return {"json": JsonReport, "sarif": SarifReport, "text": TextReport}[form]()


class TextReport:
    """Findings for people, paper by paper as they are found."""

    def __init__(self) -> None:
        self._code = language()
        self._clear = sys.stderr.isatty()

    def take(self, found: Looked) -> None:
        if self._clear:
            click.echo("\r\033[K", nl=False, err=True)  # takes the progress bar's line away
        if found.refused is not None:
            click.echo(f"{found.name}: {self._level('error')}: {found.refused.message.in_language(self._code)} "
                       f"[{found.refused.rule}]")  # fmt: skip
            click.echo(f"    {found.refused.fix.in_language(self._code)}")
        for each in found.findings:
            assert found.document is not None
            self._say(found.name, found.document, each)
        if found.repaired is not None:
            self._say_mended(found)

    def end(self, tally: Tally) -> None:
        click.echo(tally.sentence())

    def _level(self, level: str) -> str:
        return LEVELS[level] if self._code == "zh" else level

    def _say(self, name: str, document: Document, finding: Finding) -> None:
        line, column = _spot(document, finding.span.start)
        page = document.at(finding.span.start).page
        where = f"{name}:{line}:{column}" + (say(f" (page {page})", f"（第{page}页）") if page else "")
        message = finding.message.in_language(self._code)
        click.echo(f"{where}: {self._level(str(finding.severity))}: {message} [{finding.rule}]")
        excerpt = _excerpt(document, finding)
        if excerpt:
            click.echo(f"    {excerpt}")
        for other in finding.elsewhere[:OTHERS]:
            click.echo(f"    ↔ {other.paper + ': ' if other.paper else ''}{_flat(other.text)}")
        more = len(finding.elsewhere) - OTHERS
        if more > 0:
            click.echo("    ↔ " + say(f"and {more} more", f"另有{more}处"))
        fix = finding.fix.in_language(self._code)
        if fix:
            click.echo(f"    {fix}")

    def _say_mended(self, found: Looked) -> None:
        assert found.repaired is not None
        count = len(found.repaired.changes)
        if not count:
            click.echo(
                f"{found.name}: "
                + say(
                    f"nothing that can be mended safely; {found.out} is the same",
                    f"没有可以放心修补之处，{found.out} 与原件相同",
                )
            )
            return
        click.echo(
            f"{found.name}: {say(f'{count} mended, in {found.out}', f'修补 {count} 处，见 {found.out}')}"
        )
        click.echo(found.repaired.diff(found.name).rstrip("\n"))


class JsonReport:
    """One JSON object with all findings, a summary, and what is known of each paper."""

    def __init__(self) -> None:
        self._code = language()
        self._findings: list[dict[str, Any]] = []
        self._documents: list[dict[str, Any]] = []

    def take(self, found: Looked) -> None:
        self._findings.extend(_rows(found, self._code))
        self._documents.append(_document(found, self._code))

    def end(self, tally: Tally) -> None:
        told = {"findings": self._findings, "summary": tally.sentence(), "documents": self._documents}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))


class SarifReport:
    """One SARIF log."""

    def __init__(self) -> None:
        self._found: list[tuple[str, list[Told]]] = []

    def take(self, found: Looked) -> None:
        name = found.name if found.name != STDIN else "stdin"
        self._found.append((name, [_told(found, each) for each in found.findings]))

    def end(self, tally: Tally) -> None:
        from fenghuo.core.paper.check.rulebook import rules
        from fenghuo.core.sarif import Described, log

        described = {
            rule.id: Described(
                rule.id,
                rule.level,
                rule.title,
                rule.why,
                rule.fix,
                properties={"family": rule.family, "source": rule.source, "mends": rule.mends},
            )
            for rule in rules().values()
        }
        made = log(
            self._found,
            described,
            language=language(),
            version=version("fenghuo"),
            unreadable=tally.unreadable,
        )
        click.echo(json.dumps(made, ensure_ascii=False, indent=2))


def _told(found: Looked, finding: Finding) -> Told:
    from fenghuo.core.sarif import Told

    assert found.document is not None
    line, column = _spot(found.document, finding.span.start)
    end_line, end_column = _spot(found.document, finding.span.end)
    return Told(
        finding.rule,
        finding.severity,
        finding.message,
        finding.fix,
        line,
        column,
        end_line,
        end_column,
    )


def _rows(found: Looked, code: str) -> Iterator[dict[str, Any]]:
    if found.refused is not None:
        yield {
            "rule": found.refused.rule,
            "severity": "error",
            "place": {"file": found.name, "line": None, "start": None, "end": None, "text": ""},
            "message": found.refused.message.in_language(code),
            "fix": found.refused.fix.in_language(code),
        }
    for each in found.findings:
        assert found.document is not None
        row: dict[str, Any] = {
            "rule": each.rule,
            "severity": str(each.severity),
            "place": {
                "file": found.name,
                "line": found.document.line(each.span.start),
                "start": each.span.start,
                "end": each.span.end,
                "text": found.document.text[each.span.start : each.span.end],
            },
            "message": each.message.in_language(code),
            "fix": each.fix.in_language(code),
        }
        if each.elsewhere:
            row["elsewhere"] = [
                {"paper": other.paper, "start": other.span.start, "end": other.span.end, "text": other.text}
                for other in each.elsewhere
            ]
        yield row


def _document(found: Looked, code: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "file": found.name,
        "readable": not found.unreadable,
        "counts": {level: found.counts[level] for level in LEVELS},
    }
    if found.document is not None:
        told |= {
            "form": found.document.form,
            "encoding": found.document.encoding or None,
            "lines": len(found.document.paragraphs),
            "characters": len(found.document.text),
        }
    if found.repaired is not None:
        changes = [
            {"rule": each.rule, "line": each.line, "before": each.before, "after": each.after}
            for each in found.repaired.changes
        ]
        told["mended"] = {"out": found.out, "changes": changes, "diff": found.repaired.diff(found.name)}
    return told


def _spot(document: Document, offset: int) -> tuple[int, int]:
    """Line and column, both from 1."""
    return document.line(offset), offset - document.at(offset).start + 1


def _excerpt(document: Document, finding: Finding) -> str:
    paragraph = document.at(finding.span.start)
    start, end = finding.span.start, finding.span.end
    before = document.text[max(paragraph.start, start - AROUND) : start]
    after = document.text[end : max(min(paragraph.end, end + AROUND), end)]
    return f"{before}⟦{_flat(document.text[start:end])}⟧{after}".replace("\n", "⏎")


def _flat(text: str) -> str:
    flat = text.replace("\n", "⏎")
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1] + "…"

"""What is said of the documents that were looked at: as text, as JSON, or as SARIF."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

import click

from ..tally import LEVELS, Tally
from ..words import language, say
from .sources import STDIN
from .work import Looked

if TYPE_CHECKING:
    from fenghuo.core.cap import Finding
    from fenghuo.core.cap.check import PackName

_START_TAG = re.compile(r"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_LINE_END = re.compile(r"\r\n|\r|\n")


class Reporter(Protocol):
    """Is handed every document as it was looked at, and then the tally."""

    def take(self, found: Looked) -> None: ...

    def end(self, tally: Tally) -> None: ...


def reporter(form: str, packs: Sequence[PackName], *, to_stderr: bool) -> Reporter:
    """The reporter of a format; `to_stderr` keeps standard output free for converted alerts."""
    if form == "json":
        return JsonReport(to_stderr)
    if form == "sarif":
        return SarifReport(packs, to_stderr)
    return TextReport(to_stderr)


class TextReport:
    """Findings for people, document by document as they are found."""

    def __init__(self, to_stderr: bool) -> None:
        self._to_stderr = to_stderr
        self._code = language()
        self._clear = sys.stderr.isatty()

    def take(self, found: Looked) -> None:
        if self._clear and (found.findings or found.mended):
            click.echo("\r\033[K", nl=False, err=True)  # takes the progress bar's line away
        for each in found.findings:
            self._say(found.name, each)
        for verdict in found.verdicts:
            if verdict.certificate is not None:
                self._echo(f"    {verdict.certificate.subject}  SHA-256 {verdict.certificate.fingerprint}")
        if found.mended is not None:
            self._say_mended(found)

    def end(self, tally: Tally) -> None:
        self._echo(tally.sentence())

    def _say(self, name: str, finding: Finding) -> None:
        told = finding.as_dict(self._code)
        level = str(finding.severity)
        spot = ":".join(str(part) for part in (name, finding.place.line, finding.place.column) if part)
        self._echo(
            f"{spot}: {LEVELS[level] if self._code == 'zh' else level}: {told['message']} [{finding.rule}]"
        )
        if finding.place.path.strip("/"):
            self._echo(
                f"    {finding.place.path}" + (f"  {finding.place.text}" if finding.place.text else "")
            )
        if told["fix"]:
            self._echo(f"    {told['fix']}")

    def _say_mended(self, found: Looked) -> None:
        assert found.mended is not None
        count = len(found.mended.changes)
        if not count:
            self._echo(f"{found.name}: {say('nothing that can be mended safely', '没有可以放心修补之处')}")
            return
        self._echo(
            f"{found.name}: {say(f'{count} mended, in {found.out}', f'修补 {count} 处，见 {found.out}')}"
        )
        difference = found.mended.diff(found.name).rstrip("\n")
        if difference:
            self._echo(difference)
        else:  # nothing to be seen, such as another encoding
            for change in found.mended.changes:
                self._echo(f"    {change.before} → {change.after} [{change.rule}]")

    def _echo(self, line: str) -> None:
        from fenghuo.core.cap.signs import visible

        # Names of files and a difference hold what a stranger wrote, which a terminal must not obey.
        click.echo(visible(line), err=self._to_stderr)


class JsonReport:
    """One JSON object with all findings, a summary, and what is known of each document."""

    def __init__(self, to_stderr: bool) -> None:
        self._to_stderr = to_stderr
        self._code = language()
        self._findings: list[dict[str, Any]] = []
        self._documents: list[dict[str, Any]] = []

    def take(self, found: Looked) -> None:
        self._findings.extend(_rows(found, self._code))
        self._documents.append(_document(found, self._code))

    def end(self, tally: Tally) -> None:
        told = {"findings": self._findings, "summary": tally.sentence(), "documents": self._documents}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2), err=self._to_stderr)


class SarifReport:
    """One SARIF log."""

    def __init__(self, packs: Sequence[PackName], to_stderr: bool) -> None:
        self._packs = packs
        self._to_stderr = to_stderr
        self._found: list[tuple[str, list[Finding]]] = []

    def take(self, found: Looked) -> None:
        self._found.append((found.name if found.name != STDIN else "stdin", found.findings))

    def end(self, tally: Tally) -> None:
        from fenghuo.core.cap.feeds import rulebook
        from fenghuo.core.cap.sarif import sarif

        log = sarif(
            self._found,
            (*self._packs, rulebook.pack()),
            language=language(),
            version=version("fenghuo"),
            unreadable=tally.unreadable,
        )
        click.echo(json.dumps(log, ensure_ascii=False, indent=2), err=self._to_stderr)


def _rows(found: Looked, code: str) -> Iterator[dict[str, Any]]:
    ends = _Ends(found.data) if found.findings and found.data else None
    for each in found.findings:
        told = each.as_dict(code)
        place = told["place"]
        assert isinstance(place, dict)
        start, end = ends.of(each.place.line, each.place.column) if ends else (None, None)
        yield {**told, "place": {"file": found.name, **place, "start": start, "end": end}}


class _Ends:
    """Offsets, in characters from the start of the text, of the start tags that findings stand at."""

    def __init__(self, data: bytes) -> None:
        from fenghuo.core.cap import CapError
        from fenghuo.core.cap.source import read_source

        try:
            self._text = read_source(data).text
        except CapError:
            self._text = ""
        self._lines = [0, *(found.end() for found in _LINE_END.finditer(self._text))]

    def of(self, line: int | None, column: int | None) -> tuple[int | None, int | None]:
        if line is None or not self._text or line > len(self._lines):
            return None, None
        start = self._lines[line - 1] + (column or 1) - 1
        tag = _START_TAG.match(self._text, start)
        return start, tag.end() if tag else start


def _document(found: Looked, code: str) -> dict[str, Any]:
    counts = {level: found.counts[level] for level in LEVELS}
    told: dict[str, Any] = {"file": found.name, "readable": not found.unreadable, "counts": counts}
    if found.reading is not None:
        told |= {"encoding": found.reading.encoding, "envelope": found.reading.envelope}
        told["alerts"] = list(_alerts(found, code))
    if found.mended is not None:
        changes = [
            {
                "rule": each.rule,
                "path": each.place.path,
                "line": each.place.line,
                "before": each.before,
                "after": each.after,
            }
            for each in found.mended.changes
        ]
        told["mended"] = {"out": found.out or None, "changes": changes, "diff": found.mended.diff()}
    return told


def _alerts(found: Looked, code: str) -> Iterator[dict[str, Any]]:
    assert found.reading is not None
    for number, message in enumerate(found.reading.messages):
        alert = message.alert
        told: dict[str, Any] = {
            "identifier": alert.identifier,
            "sender": alert.sender,
            "sent": alert.sent.isoformat() if alert.sent else None,
            "version": message.version,
            "complete": message.complete,
            "signed": message.signed,
            "converted": [
                {
                    "path": change.place.path,
                    "line": change.place.line,
                    "what": change.what_zh if code == "zh" else change.what_en,
                }
                for change in message.converted
            ],
        }
        if number < len(found.verdicts):
            verdict = found.verdicts[number]
            told["signature"] = {
                "kind": str(verdict.kind),
                "trusted": verdict.trusted,
                "message": verdict.message.in_language(code),
                "algorithm": verdict.algorithm,
                "fingerprint": verdict.certificate.fingerprint if verdict.certificate else None,
            }
        yield told

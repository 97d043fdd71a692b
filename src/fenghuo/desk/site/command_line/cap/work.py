"""What is done with each document: read, checked, its signatures verified, mended, converted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import sources

if TYPE_CHECKING:
    from fenghuo.core.cap import Alert, Finding, Mended, Message, Reading
    from fenghuo.core.cap.check import PackName
    from fenghuo.core.cap.signature import Trust, Verdict


@dataclass
class Looked:
    """One document with what was found in it; `data` is None when it could not be had at all.

    `unreadable` says that nothing of it could be read as CAP.
    """

    name: str
    findings: list[Finding]
    data: bytes | None = None
    unreadable: bool = False
    reading: Reading | None = None
    verdicts: list[Verdict] = field(default_factory=list)
    mended: Mended | None = None
    out: str = ""
    converted: str | None = None

    @property
    def counts(self) -> Counter[str]:
        """How many findings there are of each level."""
        return Counter(str(each.severity) for each in self.findings)


@dataclass
class Work:
    """What is to be done with each document, as the options say."""

    packs: tuple[PackName, ...]
    schema: bool
    trust: Trust | None
    mending: bool
    repair: str | None
    target: str | None
    allow_private: bool

    def look(self, document: sources.Document, *, several: bool) -> Looked:
        """Everything about one document; `several` says that it is one of many."""
        name = document.name
        try:
            data, media_type, remarks = sources.content(name, allow_private=self.allow_private)
        except sources.Unreadable as error:
            return Looked(name, error.findings, unreadable=True)
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            return self._look_at_json(name, data, remarks)
        from fenghuo.core.cap import check, read

        reading = read(data, media_type=media_type)
        found = Looked(name, remarks, data=data, reading=reading)
        # A document that was refused as a whole has no encoding either.
        found.unreadable = not reading.messages and not reading.encoding
        if self.mending and not found.unreadable:
            found.mended, found.out = self._mend(document, data, several, media_type)
            found.findings += found.mended.left
        else:
            found.findings += check(data, self.packs, media_type=media_type, schema=self.schema)
        if self.trust is not None:
            found.verdicts, told = self._signatures(reading, self.trust)
            found.findings += told
        found.converted, refused = self._convert([each.alert for each in reading.messages if each.complete])
        told = {(each.rule, each.message_en) for each in found.findings}
        # What hinders writing has lines of a document that nobody sees; most of it was said of this one.
        found.findings += [each for each in refused if (each.rule, each.message_en) not in told]
        return found

    def _look_at_json(self, name: str, data: bytes, remarks: list[Finding]) -> Looked:
        from fenghuo.core.cap import CapError, all_from_json, check

        try:
            read = all_from_json(data)
        except CapError as error:
            return Looked(name, [*remarks, *error.findings], data=data, unreadable=True)
        # The lines would be those of XML that nobody has seen.
        found = []
        for number, alert in enumerate(read, start=1):
            before = f"[{number}]" if len(read) > 1 else ""
            for each in check(alert, self.packs):
                place = replace(each.place, path=before + each.place.path, line=None, column=None)
                found.append(each.moved(place))
        converted, refused = self._convert(list(read))
        return Looked(name, [*remarks, *found, *refused], data=data, converted=converted)

    def _signatures(self, reading: Reading, trust: Trust) -> tuple[list[Verdict], list[Finding]]:
        from fenghuo.core.cap.signature import verify

        verdicts, findings = [], []
        now = datetime.now(UTC)
        for message in reading.messages:
            verdict = verify(message.document, trust, now)
            verdicts.append(verdict)
            for told in (verdict, *verdict.others):
                findings.extend(_moved(each, message, reading) for each in told.findings)
        return verdicts, [*findings, *trust.remarks]

    def _mend(
        self, document: sources.Document, data: bytes, several: bool, media_type: str
    ) -> tuple[Mended, str]:
        from fenghuo.core.cap import mend

        mended = mend(data, self.packs, media_type=media_type)
        if not mended.changes:
            return mended, ""
        out = self._out(document, several)
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_bytes(mended.document)
        except OSError as error:
            raise click.FileError(str(out), error.strerror or str(error)) from None
        return mended, str(out)

    def _out(self, document: sources.Document, several: bool) -> Path:
        if self.repair is None:
            path = Path(document.name)
            return path.with_name(f"{path.stem}{sources.MENDED}{path.suffix}")
        out = Path(self.repair)
        return out / document.copy if several or out.is_dir() else out

    def _convert(self, alerts: list[Alert]) -> tuple[str | None, list[Finding]]:
        if self.target is None or not alerts:
            return None, []
        from fenghuo.core.cap import CapError, to_json, write

        try:
            if self.target == "json":
                forms = [to_json(alert, indent=2) for alert in alerts]
                return (forms[0] if len(forms) == 1 else f"[{', '.join(forms)}]"), []
            if len(alerts) > 1:
                return None, [_several()]
            return write(alerts[0]).decode(), []
        except CapError as error:
            return None, list(error.findings)


def _moved(finding: Finding, message: Message, reading: Reading) -> Finding:
    """A finding on an alert out of an envelope, at the place of that alert in the envelope."""
    if not reading.envelope:
        return finding
    path = message.place.path + finding.place.path.removeprefix("/alert")
    return finding.moved(
        replace(finding.place, path=path, line=message.place.line, column=message.place.column)
    )


def _several() -> Finding:
    from fenghuo.core.cap import Fault, Place

    return Fault(
        "several-alerts",
        "The document holds several alerts; one CAP document holds one.",
        "文档中有多条预警，而一份 CAP 文档只含一条。",
        "Use --to json, or take the alerts out one by one.",
        "改用 --to json，或逐条取出。",
    ).at(Place("/"))

"""What was found in alerts, as a SARIF log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from fenghuo.core.cap.findings import Finding, Text
from fenghuo.core.cap.packs import NAMES, Pack, Rule, load
from fenghuo.core.sarif import Described, Told, log


def sarif(
    found: Iterable[tuple[str, Sequence[Finding]]],
    packs: Iterable[str | Path | Pack] = NAMES,
    *,
    language: str = "en",
    program: str = "Fenghuo",
    version: str = "",
    unreadable: Iterable[str] = (),
) -> dict[str, Any]:
    """One SARIF log with one run: what was found in each document.

    `found` pairs the name of a document (a path or an address) with its findings; documents without findings
    count as looked at. Of the rules of `packs` those that were broken are described. `language` is `en` or any
    tag starting `zh`; `unreadable` names the documents that could not be read, so that the run counts as failed.
    """
    # The rules of reading stand in cap12, whichever packs were asked for.
    rules = {name: _described(rule) for pack in ("cap12", *packs) for name, rule in load(pack).rules.items()}
    return log(
        ((name, [_told(each) for each in findings]) for name, findings in found),
        rules,
        language=language,
        program=program,
        version=version,
        unreadable=unreadable,
    )


def _described(rule: Rule) -> Described:
    properties = {
        "number": rule.number,
        "pack": rule.pack,
        "clause": rule.clause,
        "provenance": rule.provenance,
    }
    return Described(rule.id, rule.level, rule.title, rule.why, rule.fix, rule.number, properties)


def _told(finding: Finding) -> Told:
    place = finding.place
    return Told(
        finding.rule,
        finding.severity,
        Text(finding.message_en, finding.message_zh),
        Text(finding.fix_en, finding.fix_zh),
        place.line,
        place.column,
        part=place.path if place.path.strip("/") else "",
    )

"""Findings as SARIF 2.1.0, the form in which editors and code hosts take what a checker says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from fenghuo.core.finding import Level, Text

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
VERSION = "2.1.0"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}


@dataclass(frozen=True, slots=True)
class Told:
    """One finding as a log holds it; lines and columns count from 1, an end column is that after the last.

    `part` names the place inside the document's own structure, `kind` says what kind of part that is.
    """

    rule: str
    level: Level
    message: Text
    fix: Text
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    part: str = ""
    kind: str = "element"


@dataclass(frozen=True, slots=True)
class Described:
    """One rule as a log describes it; `properties` is what else is known of it."""

    id: str
    level: Level
    title: Text
    why: Text
    fix: Text
    name: str = ""
    properties: Mapping[str, Any] = field(default_factory=dict)


def log(
    found: Iterable[tuple[str, Sequence[Told]]],
    rules: Mapping[str, Described],
    *,
    language: str = "en",
    program: str = "Fenghuo",
    version: str = "",
    unreadable: Iterable[str] = (),
) -> dict[str, Any]:
    """One SARIF log with one run: what was found in each document.

    `found` pairs the name of a document (a path or an address) with its findings; documents without findings
    count as looked at. Of `rules` those that were broken are described. `language` is `en` or any tag starting
    `zh`; `unreadable` names the documents that could not be read, so that the run counts as failed.
    """
    code = "zh" if language.lower().startswith("zh") else "en"
    order: dict[str, int] = {}
    results: list[dict[str, Any]] = []
    artifacts: list[dict[str, Any]] = []
    for index, (name, findings) in enumerate(found):
        artifacts.append({"location": {"uri": uri(name)}})
        for each in findings:
            number = order.setdefault(each.rule, len(order))
            results.append(_result(each, number, {"uri": uri(name), "index": index}, code))
    driver: dict[str, Any] = {
        "name": program,
        "rules": [_descriptor(rule, rules.get(rule), code) for rule in order],
    }
    if version:
        driver["version"] = version
    failed = [
        {"level": "error", "message": {"text": name}, "descriptor": {"id": "unreadable"}}
        for name in unreadable
    ]
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "language": _LANGUAGES[code],
        "columnKind": "unicodeCodePoints",
        "artifacts": artifacts,
        "invocations": [{"executionSuccessful": not failed, "toolExecutionNotifications": failed}],
        "results": results,
    }
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def uri(name: str) -> str:
    """A path or address as the URI reference that SARIF asks for (RFC 3986)."""
    if _ADDRESS.match(name):
        return quote(name, safe="%/:?#[]@!$&'()*+,;=~")
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(str(PurePosixPath(*path.parts)))


def _descriptor(name: str, rule: Described | None, code: str) -> dict[str, Any]:
    if rule is None:
        return {"id": name}
    return {
        "id": name,
        **({"name": rule.name} if rule.name else {}),
        "shortDescription": {"text": rule.title.in_language(code)},
        "fullDescription": {"text": rule.why.in_language(code)},
        "help": {"text": rule.fix.in_language(code)},
        "defaultConfiguration": {"level": str(rule.level)},
        "properties": dict(rule.properties),
    }


def _result(finding: Told, number: int, artifact: dict[str, Any], code: str) -> dict[str, Any]:
    message, fix = finding.message.in_language(code), finding.fix.in_language(code)
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if finding.line is not None:
        region = {"startLine": max(finding.line, 1), "startColumn": finding.column or 1}
        if finding.end_line is not None and finding.end_column is not None:
            region |= {"endLine": finding.end_line, "endColumn": finding.end_column}
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.part:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.part, "kind": finding.kind}]
    text = message if not fix else f"{message}{fix}" if code == "zh" else f"{message} {fix}"
    return {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": str(finding.level),
        "message": {"text": text},
        "locations": [location],
        "properties": {"message": message, "fix": fix},
    }

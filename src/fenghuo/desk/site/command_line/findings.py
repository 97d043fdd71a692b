"""How commands report findings: as text or JSON, with the exit status that scripts rely on."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import click

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, JSON for scripts.",
)
UNREADABLE = 2
"""Exit status when the input could not be read."""


def report(findings: Iterable[Mapping[str, Any]], form: str, *, summary: str = "") -> int:
    """Print findings; 1 when one of them is an error, else 0.

    A finding is `{"rule", "severity", "place", "message", "fix"}`.
    """
    findings = list(findings)
    if form == "json":
        click.echo(json.dumps({"findings": findings, "summary": summary}, ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            click.echo(f"{finding['severity']}: {finding['place']}: {finding['message']} [{finding['rule']}]")
            if finding.get("fix"):
                click.echo(f"    {finding['fix']}")
        if summary:
            click.echo(summary)
    return 1 if any(finding["severity"] == "error" for finding in findings) else 0

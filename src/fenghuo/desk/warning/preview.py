"""What a warning will look like, in every form in which it goes out, before it does."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import ngettext, override

from fenghuo.core import cap
from fenghuo.core.access import Caller
from fenghuo.core.cap.spell import spell
from fenghuo.core.paper import Heading, Paper
from fenghuo.core.paper.wording import chinese_date, joined, numbered
from fenghuo.desk.places.models import Area

from . import document, notice, queries, wording
from .commands.issuing import reach
from .models import Warning

LINK_LENGTH = 62
"""About what the secret part of a link adds to a text message."""


@dataclass(frozen=True)
class Preview:
    """Everything the four tabs show."""

    warning: Warning
    areas: list[Area]
    where: str
    what: str
    short: str
    length: wording.Length
    paper: Paper
    addressees: str
    lines: list[tuple[bool, str]]  # whether it is a heading, and its text
    day: str
    xml: str
    findings: list[str]
    contacts: int
    villages: int
    without_contact: list[Any]

    @property
    def contacts_words(self) -> str:
        return ngettext("%s contact", "%s contacts", self.contacts) % self.contacts

    @property
    def villages_words(self) -> str:
        return ngettext("%s village", "%s villages", self.villages) % self.villages


def preview(caller: Caller, warning: Warning, areas: list[Area]) -> Preview:
    """The previews of a warning that may not be stored yet. Notice and text message are shown in Chinese."""
    caller.must("warning.draft")
    if warning.issued_at is None:
        warning.issued_at = caller.now
    with override("zh-hans"):
        paper = notice.described(warning, areas, queries.notice_to(caller, areas))
    alert = document.alert(warning, areas)
    spelt, _unspelt = spell(alert)
    contacts, villages, without = reach(areas)
    short = wording.short_message(warning, areas, language="zh-hans", link=f"{settings.PUBLIC_URL}/a/…")
    return Preview(
        warning=warning,
        areas=areas,
        where=wording.names(areas),
        what=wording.cause_and_description(warning),
        short=short,
        length=wording.measure(short + "0" * LINK_LENGTH),
        paper=paper,
        addressees=joined(paper.addressees, "zh"),
        lines=_lines(paper),
        day=chinese_date(paper.date),
        xml=spelt.decode(),
        findings=[finding.message_zh for finding in cap.check(alert)],
        contacts=contacts,
        villages=villages,
        without_contact=without,
    )


def _lines(paper: Paper) -> list[tuple[bool, str]]:
    lines, count = [], 0
    for block in paper.blocks:
        if isinstance(block, Heading):
            count += 1
            lines.append((True, numbered(1, (count,), block.text, "zh")))
        else:
            lines.append((False, getattr(block, "text", "")))
    return lines

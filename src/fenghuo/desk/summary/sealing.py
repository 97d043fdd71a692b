"""What a seal covers, how it is computed, and how it is held against the records of today."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from fenghuo.core.access import Caller, Role
from fenghuo.desk.gather import Period, Record, register
from fenghuo.desk.journal.chain import canonical, stamp

from .figures import Figure, Value, figure_of


def witness(caller: Caller, area: str) -> Caller:
    """The program's eyes on exactly this area.

    A sealed figure must not depend on who looks: a role or a wider area may see other records.
    """
    return replace(caller, role=Role.PROGRAM, area=area, unit=None)


def drawn(caller: Caller, period: Period, area: str) -> list[Figure]:
    """Every registered figure as the witness sees it, in the desk's own language, so that words compare."""
    with override(settings.LANGUAGE_CODE):
        return [figure_of(fact, witness(caller, area), period, area) for fact in register.facts()]


def frozen(figure: Figure) -> dict[str, Any]:
    """What is kept of a figure."""
    return {
        "key": figure.key,
        "title": figure.title,
        "value": figure.value,
        "records": [{"key": record.key, "title": str(record.title)} for record in figure.records],
    }


def digest(
    *,
    area: str,
    title: str,
    start: datetime,
    end: datetime,
    sealed_at: datetime,
    figures: Sequence[Mapping[str, Any]],
) -> str:
    """SHA-256, hexadecimal, over the canonical JSON of all that is sealed; `figures` as `frozen` gives them."""
    body = {
        "area": area,
        "title": title,
        "start": stamp(start),
        "end": stamp(end),
        "sealed_at": stamp(sealed_at),
        "figures": list(figures),
    }
    return hashlib.sha256(canonical(body).encode()).hexdigest()


@dataclass(frozen=True)
class Check:
    """One sealed figure beside the records of today. `now` is None where no app offers the figure any more."""

    key: str
    title: str
    sentence: str
    unit: str
    value: Value
    records: Sequence[Mapping[str, str]]
    now: Figure | None
    added: Sequence[Record]
    gone: Sequence[Mapping[str, str]]

    @property
    def holds(self) -> bool:
        """Whether the figure has the records, and the value, that were sealed."""
        return self.now is not None and not self.added and not self.gone and self.now.value == self.value

    @property
    def sealed(self) -> Figure:
        """The frozen figure, to be read as any other."""
        listed = [Record(record["key"], record["title"], None, "") for record in self.records]
        return Figure(self.key, self.title, self.sentence, self.unit, self.value, listed)

    @property
    def why(self) -> str:
        """What no longer fits, in one sentence; empty where the figure holds."""
        if self.now is None:
            return _("No part of the desk offers this figure any more, so it cannot be drawn again.")
        parts = []
        if self.added:
            parts.append(_("added since: %s") % _listed(record.title for record in self.added))
        if self.gone:
            parts.append(_("gone since: %s") % _listed(record["title"] for record in self.gone))
        if parts:
            return pgettext("between clauses", "; ").join(parts)
        if self.now.value != self.value:
            return _("the same records give %(now)s now instead of %(sealed)s") % {
                "now": self.now.number,
                "sealed": self.sealed.number,
            }
        return ""


def _listed(titles: Any, most: int = 5) -> str:
    names = [str(title) for title in titles]
    text = pgettext("between names", ", ").join(names[:most])
    return (
        text
        if len(names) <= most
        else _("%(names)s and %(count)d more")
        % {
            "names": text,
            "count": len(names) - most,
        }
    )


def compared(row: Mapping[str, Any], now: Figure | None) -> Check:
    """A frozen figure (as `frozen` gives it) held against the one drawn now."""
    fact = register.fact_named(row["key"])
    before = {record["key"] for record in row["records"]}
    today = {record.key for record in now.records} if now else set()
    return Check(
        key=row["key"],
        title=str(fact.title) if fact else row["title"],
        sentence=str(fact.sentence) if fact else "",
        unit=str(fact.unit) if fact else "",
        value=row["value"],
        records=row["records"],
        now=now,
        added=[record for record in now.records if record.key not in before] if now else [],
        gone=[record for record in row["records"] if record["key"] not in today] if now else [],
    )

"""Points out readings that are possible but suspicious: a stuck sensor, a jump, rain out of all measure.

Nothing is refused here: the findings are warnings for a person to look at, and one fault gives one finding
with its span, not a hundred. What makes a reading suspicious is said in `suspicious_rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from fenghuo.core.danger.finding import Finding, Text
from fenghuo.core.danger.observation import Observation
from fenghuo.core.danger.suspicious_rules import Suspicion, suspicions

# Beyond this many findings of one rule at one station, the others are counted in one.
MOST_OF_ONE_RULE = 5


def check(observations: Iterable[Observation], names: Mapping[str, str] | None = None) -> list[Finding]:
    """Return what is suspicious in observations of any stations, in order of row.

    `names` gives the column of each quantity and of `time` as the user knows it (`stations.Reading.names`);
    without it the quantity's own name stands in the findings.
    """
    groups: dict[tuple[str, bool], list[Observation]] = {}
    for one in observations:
        groups.setdefault((one.station, one.daily), []).append(one)
    found: list[Finding] = []
    for (_, daily), rows in groups.items():
        rows.sort(key=lambda one: (one.utc, one.row))
        by_rule: dict[str, list[Suspicion]] = {}
        for suspicion in suspicions(rows, daily):
            by_rule.setdefault(suspicion.rule, []).append(suspicion)
        for many in by_rule.values():
            found.extend(_finding(one, names or {}) for one in _folded(many))
    return sorted(found, key=lambda one: (one.row, one.rule))


def _folded(many: Sequence[Suspicion]) -> Iterable[Suspicion]:
    many = sorted(many, key=lambda one: one.first.row)
    if len(many) <= MOST_OF_ONE_RULE + 1:
        return many
    head, rest = many[:MOST_OF_ONE_RULE], many[MOST_OF_ONE_RULE:]
    return [*head, replace(rest[0], last=rest[-1].last, more=len(rest) - 1)]


def _finding(one: Suspicion, names: Mapping[str, str]) -> Finding:
    quantity = one.quantity or "time"
    place = (
        Text(f"station {one.first.station}, ", f"{one.first.station} 站，")
        if one.first.station
        else Text("", "")
    )
    first, last = _time(one.first), _time(one.last)
    if one.first is one.last:
        when = Text(first, first)
    else:
        rows = f"{one.first.row}–{one.last.row}" if one.first.row else ""
        when = Text(
            f"{first} to {last}" + f", rows {rows}" * bool(rows),
            f"{first} 至 {last}" + f",第 {rows} 行" * bool(rows),
        )
    more = (
        Text(f" ({one.more} more like it up to there)", f"(其间另有 {one.more} 处类似)")
        if one.more
        else Text("", "")
    )
    return Finding(
        one.rule,
        one.first.row,
        names.get(quantity, quantity),
        one.value,
        Text(
            f"{one.what.en}{more.en}: {place.en}{when.en}.", f"{one.what.zh}{more.zh}:{place.zh}{when.zh}。"
        ),
        one.fix,
        severity="warning",
    )


def _time(one: Observation) -> str:
    moment: datetime = one.local
    return moment.strftime("%Y-%m-%d" if one.daily else "%Y-%m-%d %H:%M")

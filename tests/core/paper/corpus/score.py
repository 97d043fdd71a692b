"""How well a checker finds the corpus's faults: recall a kind, precision a rule, both a family."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from .build import KINDS, Case
from .fault import Fault
from .layout import DEPARTURES, Written

GOALS: Mapping[str, tuple[float, float]] = {
    family: (0.98, 0.95) if family == "noise" else (0.95, 0.9) for family in (*KINDS, "layout")
}
"""Precision and recall asked of each family (issue 6), which the tests hold the rules to."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a checker reported: a family, a rule, a stretch of the text, and others that it shows beside it."""

    family: str
    rule: str
    start: int
    end: int
    shown: tuple[tuple[int, int], ...] = ()


@dataclass
class Score:
    """Counts over many papers; `missed` and `wrong` keep what to look at."""

    faults: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: list[tuple[Case, Fault]] = field(default_factory=list)
    wrong: list[tuple[Case, Told]] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Score:
        for name in ("faults", "found", "told", "right", "missed", "wrong"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    def recall(self, family: str) -> float:
        """The share of a family's faults that were found; 1 where there were none."""
        return _share(self.found, self.faults, family)

    def precision(self, family: str) -> float:
        """The share of a family's findings that are right; 1 where there were none."""
        return _share(self.right, self.told, family)


def _share(some: Counter[tuple[str, str]], of: Counter[tuple[str, str]], family: str) -> float:
    whole = sum(n for (name, _), n in of.items() if name == family)
    return sum(n for (name, _), n in some.items() if name == family) / whole if whole else 1.0


def score(cases: Iterable[Case], check: Callable[[Case], Iterable[Told]]) -> Score:
    """Let a checker loose on every case and count.

    A finding is right where it is of a fault's family and touches one of its spans, itself or with a place that it
    shows beside (a total with its parts, where one of the parts is wrong). A fault of the whole paper
    takes one finding of its family that touches nothing else. Figures exchanged in a copied paragraph really
    contradict the rest of the paper, so what is said of numbers there counts neither way. Nor does full
    width of the digits that a fault is written in.
    """
    result = Score()
    for case in cases:
        _score_one(case, list(check(case)), result)
    return result


def _score_one(case: Case, findings: list[Told], result: Score) -> None:
    found: set[int] = set()
    idle = []
    for finding in findings:
        touched = [
            number
            for number, fault in enumerate(case.faults)
            if fault.family == finding.family and not fault.whole and _touches(finding, fault)
        ]
        found.update(touched)
        if not touched:
            idle.append(finding)
        else:
            result.told[finding.family, finding.rule] += 1
            result.right[finding.family, finding.rule] += 1
    for finding in idle:
        whole = [
            number
            for number, fault in enumerate(case.faults)
            if fault.whole and fault.family == finding.family and number not in found
        ]
        if (
            not whole
            and finding.family == "numbers"
            and any(
                fault.kind.endswith(("exchanged", "adapted")) and _touches(finding, fault)
                for fault in case.faults
            )
        ):
            continue
        if finding.rule == "full-width-letters" and any(_touches(finding, fault) for fault in case.faults):
            # A number typed in full-width digits is what it is planted as, and noise besides.
            continue
        result.told[finding.family, finding.rule] += 1
        if whole:
            found.add(whole[0])
            result.right[finding.family, finding.rule] += 1
        else:
            result.wrong.append((case, finding))
    for number, fault in enumerate(case.faults):
        result.faults[fault.family, fault.kind] += 1
        if number in found:
            result.found[fault.family, fault.kind] += 1
        else:
            result.missed.append((case, fault))


def _touches(finding: Told, fault: Fault) -> bool:
    # A finding without width, at a place where something is missing, touches what lies on either side of it.
    width = 1 if finding.start == finding.end else 0
    places = ((finding.start - width, finding.end + width), *finding.shown)
    return any(low < end and start < high for low, high in places for start, end in fault.spans)


def score_layout(files: Iterable[Written], check: Callable[[Written], tuple[str, Iterable[Told]]]) -> Score:
    """The same for .docx files with one departure each; the checker also returns the text that its spans count in.

    Where the departure is the page's, every finding of layout is about it; else a finding has to touch one of its
    paragraphs.
    """
    result = Score()
    for file in files:
        text, told = check(file)
        spans = [(at, at + len(said)) for said in file.places if (at := text.find(said)) >= 0]
        fault = Fault("layout", file.kind, tuple(spans), not file.places)
        case = Case(file.name, file.name, text, (fault,) if file.kind else ())
        found = False
        for finding in told:
            right = bool(file.kind) and (fault.whole or _touches(finding, fault))
            found |= right
            result.told["layout", finding.rule] += 1
            result.right["layout", finding.rule] += right
            if not right:
                result.wrong.append((case, finding))
        if file.kind:
            result.faults["layout", file.kind] += 1
            result.found["layout", file.kind] += found
            if not found:
                result.missed.append((case, fault))
    return result


def kinds(result: Score) -> list[list[object]]:
    """Rows of kind, faults, found, recall."""
    return [
        [f"{family}: {kind}", count, result.found[family, kind], result.found[family, kind] / count]
        for family, names in {**KINDS, "layout": DEPARTURES}.items()
        for kind in names
        if (count := result.faults[family, kind])
    ]


def rules(result: Score) -> list[list[object]]:
    """Rows of rule, findings, right, precision."""
    return [
        [f"{family}: {rule}", count, result.right[family, rule], result.right[family, rule] / count]
        for (family, rule), count in sorted(result.told.items())
    ]


def families(result: Score) -> list[list[object]]:
    """Rows of family, faults, findings, precision and recall, each with its goal."""
    rows = []
    for family, (precision, recall) in GOALS.items():
        faults = sum(n for (name, _), n in result.faults.items() if name == family)
        told = sum(n for (name, _), n in result.told.items() if name == family)
        rows.append(
            [family, faults, told, result.precision(family), precision, result.recall(family), recall]
        )
    return rows

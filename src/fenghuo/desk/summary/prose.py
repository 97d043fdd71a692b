"""A summary as an official paper: sentences and a table made of figures, with no number typed by hand."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from fenghuo.core.paper import Block, Heading, Kind, Paper, Paragraph, Table
from fenghuo.desk.places.models import Area

from .figures import Figure
from .spans import Span, day_words

LANGUAGES = {"zh-hans": "zh", "en": "en"}
"""The desk's languages → those of papers."""

SECTIONS = (
    (
        gettext_lazy("Fire danger and warnings"),
        ("high_danger_days", "warnings_issued", "deliveries_sent", "acknowledged_in_time", "escalations"),
    ),
    (pgettext_lazy("summary", "Duty"), ("shifts_manned", "log_entries")),
    (pgettext_lazy("summary", "Incidents"), ("incidents_reported", "incidents_filed_in_time")),
    (pgettext_lazy("summary", "Hazards"), ("hazards_found", "hazards_closed", "hazards_overdue")),
)
"""Under which heading of the paper a figure is told; any other is told under the last heading."""


def told(figures: Iterable[Figure]) -> str:
    """The figures in one sentence: `本期高火险天数12天，发布预警3件。`"""
    clauses = [_("%(title)s: %(figure)s") % {"title": f.title, "figure": _amount(f)} for f in figures]
    return _("In this period: %s.") % pgettext("between figures", "; ").join(clauses)


def _amount(figure: Figure) -> str:
    if figure.value is None:
        return _("no record")
    # An English title names what is counted; a Chinese number is not read without its measure word.
    return figure.number if get_language() == "en" else figure.text


def sectioned(figures: Sequence[Figure]) -> list[tuple[str, list[Figure]]]:
    """The figures under their headings, in order; headings without a figure are left out."""
    by_key = {figure.key: figure for figure in figures}
    parts = [(str(heading), [by_key.pop(key) for key in keys if key in by_key]) for heading, keys in SECTIONS]
    parts.append((_("Other work"), list(by_key.values())))
    return [(heading, chosen) for heading, chosen in parts if chosen]


def title_of(area: Area, span: Span) -> str:
    """`云岭镇2026年上半年值守工作总结`."""
    return _("Summary of duty work, %(area)s, %(period)s") % {"area": area, "period": span}


def moment_words(local: datetime) -> str:
    """`2026年4月3日 13:00` / `3 April 2026 13:00`, of a moment in the desk's zone."""
    return f"{day_words(local.date())} {local:%H:%M}"


def drawn_note(local: datetime) -> str:
    """The sentence that ends a paper of figures that are not sealed."""
    note = _("The figures were drawn by the desk on %s; each of them opens the records that it counts.")
    return note % moment_words(local)


def sealed_note(local: datetime, name: str, digest: str) -> str:
    """The sentence that ends a paper of sealed figures."""
    return _("The figures were sealed on %(moment)s by %(name)s under the SHA-256 digest %(digest)s.") % {
        "moment": moment_words(local),
        "name": name,
        "digest": digest,
    }


def blocks(area: Area, span: Span, figures: Sequence[Figure], note: str) -> tuple[Block, ...]:
    """The paper's body: what is summed up, each part in a sentence, the table of what was counted, the note."""
    opening = _("The duty work of %(area)s from %(days)s is summed up as follows.") % {
        "area": area,
        "days": span.days,
    }
    found: list[Block] = [Paragraph(opening)]
    for heading, chosen in sectioned(figures):
        found += [Heading(1, heading), Paragraph(told(chosen))]
    if figures:
        found.append(Heading(1, _("The figures and what they count")))
        found.append(
            Table(
                (pgettext("summary", "Figure"), pgettext("summary", "Number"), _("What is counted")),
                tuple((figure.title, figure.text, figure.sentence) for figure in figures),
                (3, 2, 6),
            )
        )
    return (*found, Paragraph(note))


def described(
    area: Area, span: Span, figures: Sequence[Figure], *, title: str, note: str, day: date, language: str
) -> Paper:
    """The summary as a paper. `figures` and words are given in `language` already."""
    issuer = _("%s duty desk") % area
    return Paper(
        kind=Kind.SUMMARY,
        issuer=issuer,
        number="",
        title=title,
        addressees=(),
        blocks=blocks(area, span, figures, note),
        signature=issuer,
        date=day,
        language=LANGUAGES[language],
    )

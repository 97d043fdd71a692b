"""Choosing period and area; giving a summary its title."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenghuo.core.access import Caller, RuleBroken

from . import queries, spans

USUAL = "month"
"""The period shown to somebody who asked for none."""


class ChoiceForm(forms.Form):
    """Days and area as the address gives them: `?period=half`, or `?from=2026-01-01&to=2026-06-30`.

    Once it is valid, `span` holds the days and `name` the period's name (`spans.DATES` where it has none).
    """

    def __init__(self, data: Mapping[str, str], *, caller: Caller, today: date, area: str):
        self.today, self.refused = today, None
        days = {key: data[key] for key in ("from", "to") if data.get(key)}
        self.span = spans.named(USUAL, today)
        if not days:
            try:
                self.span = spans.named(data.get("period") or USUAL, today)
            except RuleBroken as broken:
                self.refused = broken
            days = {"from": self.span.first.isoformat(), "to": self.span.last.isoformat()}
        super().__init__({**days, "area": area}, auto_id="choose_%s")
        missing = _("Say on which day the period begins."), _("Say on which day the period ends.")
        labels = pgettext_lazy("period", "From"), pgettext_lazy("period", "To")
        for name, label, asked in zip(("from", "to"), labels, missing, strict=True):
            self.fields[name] = forms.DateField(
                label=label,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                error_messages={"required": asked, "invalid": _("This is no day. Write it as 2026-04-30.")},
            )
        tree = [(c.area.code, "　" * c.depth + str(c.area)) for c in queries.area_tree(caller)]
        self.fields["area"] = forms.ChoiceField(label=_("Area"), choices=tree)

    @property
    def name(self) -> str:
        return spans.name_of(self.span, self.today)

    def clean(self) -> dict:
        if self.refused:
            self.add_error(None, self.refused.message)
        if not self.errors:
            try:
                self.span = spans.between(self.cleaned_data.get("from"), self.cleaned_data.get("to"))
            except RuleBroken as broken:
                self.add_error(broken.field, broken.message)
        return self.cleaned_data

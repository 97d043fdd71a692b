"""Forms of warnings: composing one, and the few words of the board and the answer page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenghuo.core.access import Caller
from fenghuo.desk.channel.registry import channels
from fenghuo.desk.places.models import Area

from . import scale
from .commands import drafting
from .models import Warning


class ComposeForm(forms.Form):
    """A warning in the order in which an officer thinks: what, where, how severe, until when, what to do, to whom."""

    event = forms.ChoiceField(label=_("What"))
    areas = forms.MultipleChoiceField(
        label=pgettext_lazy("warning", "Where"),
        error_messages={"required": _("Choose at least one village, on the map or in the list.")},
    )
    level = forms.ChoiceField(label=_("How severe"), widget=forms.RadioSelect)
    expires = forms.DateTimeField(
        label=_("Until when"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    cause = forms.CharField(
        label=_("Why, in Chinese"),
        max_length=200,
        required=False,
        help_text=_("One sentence: what was observed or announced."),
    )
    description_zh = forms.CharField(
        label=_("What is happening, in Chinese"), max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    instruction_zh = forms.CharField(
        label=_("What to do, in Chinese"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Three lines, a line for each thing to do."),
    )
    cause_en = forms.CharField(label=_("Why, in English"), max_length=200, required=False)
    description_en = forms.CharField(
        label=_("What is happening, in English"),
        max_length=900,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    instruction_en = forms.CharField(
        label=_("What to do, in English"),
        max_length=900,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    channels = forms.MultipleChoiceField(
        label=_("By which channels"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, villages: Sequence[Area], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.villages = {village.code: village for village in villages}
        self.fields["areas"].choices = [(code, str(area)) for code, area in self.villages.items()]
        self.fields["event"].choices = [(key, str(event)) for key, event in scale.events().items()]
        self.fields["level"].choices = [(key, str(level)) for key, level in scale.levels().items()]
        self.fields["channels"].choices = [
            (kind, f"{channel.label} · {channel.problem()}" if channel.problem() else channel.label)
            for kind, channel in channels().items()
        ]

    @property
    def chosen(self) -> list[str]:
        """The codes of the villages that are ticked now."""
        value = self["areas"].value()
        return [code for code in (value or []) if code in self.villages]

    def clean_instruction_zh(self) -> str:
        return _three_lines(self.cleaned_data["instruction_zh"])

    def clean_instruction_en(self) -> str:
        return _three_lines(self.cleaned_data["instruction_en"])

    def values(self) -> dict[str, Any]:
        """What the commands take; only of a valid form."""
        fields = {name: self.cleaned_data[name] for name in drafting.EDITABLE}
        return {"areas": [self.villages[code] for code in self.cleaned_data["areas"]], **fields}

    def sketch(self, caller: Caller, home: Area) -> tuple[Warning, list[Area]]:
        """The warning as far as it is written, for the preview: unsaved, whatever is still missing."""
        self.is_valid()
        areas = [self.villages[code] for code in self.chosen]
        said = {name: self.cleaned_data.get(name) or "" for name in drafting.EDITABLE}
        event = said["event"] or next(iter(scale.events()))
        level = said["level"] or "yellow"
        usual = drafting.usual_words(event)
        expires = said["expires"]
        sketch = Warning(
            area=home,
            event=event,
            level=level,
            cause=said["cause"],
            cause_en=said["cause_en"],
            expires=expires if isinstance(expires, datetime) else drafting.usual_end(caller.now),
            channels=[],
            drafted_at=caller.now,
            issued_at=caller.now,
            **{name: said[name] or words for name, words in usual.items()},
        )
        return sketch, areas


def starting_values(warning: Warning, villages: Sequence[Area]) -> dict[str, Any]:
    """What the form shows of a warning; an area that is no village shows as the villages in it."""
    codes = [area.code for area in warning.areas.all()]
    return {
        **{name: getattr(warning, name) for name in drafting.EDITABLE},
        "areas": [village.code for village in villages if village.code.startswith(tuple(codes))],
    }


def _three_lines(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 3:
        raise forms.ValidationError(_("Keep to three lines: nobody remembers a fourth on the way."))
    return "\n".join(lines)


class SendBackForm(forms.Form):
    reason = forms.CharField(label=_("What must change"), max_length=200)


class PhoneForm(forms.Form):
    name = forms.CharField(label=_("Who answered"), max_length=80)


class ReportForm(forms.Form):
    text = forms.CharField(
        label=pgettext_lazy("warning", "What was done"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

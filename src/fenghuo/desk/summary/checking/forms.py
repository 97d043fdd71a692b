"""The form of the paper checker: a file or pasted text, and what to look for."""

from __future__ import annotations

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fenghuo.core.paper.check.rulebook import FAMILIES, FAMILY_TITLES, rules

LARGEST = 10 * 1024 * 1024
"""Bytes of a file; the command line takes more."""
LONGEST = 200_000
"""Characters of a text, some 320 pages; the command line takes more."""
AT_ONCE = 50
"""Papers put into the archive at once."""
PASTED = "paper.txt"


def choices() -> list[tuple[str, str]]:
    code = get_language() or "zh"
    return [(name, FAMILY_TITLES[name].in_language(code)) for name in FAMILIES]


def single_rules() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every rule with its title, by family; those of personal data are left out together or not at all."""
    code = get_language() or "zh"
    return [
        (title, [(one.id, one.title.in_language(code)) for one in rules().values() if one.family == name])
        for name, title in choices()
        if name != "personal"
    ]


class CheckForm(forms.Form):
    """What to check; `paper` and `name` are the file's once the form is valid."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(".docx, .pdf or .txt, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt,text/plain"}),
        error_messages={"empty": _("The file is empty.")},
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )
    families = forms.MultipleChoiceField(
        label=_("Look for"),
        choices=choices,
        initial=FAMILIES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one thing to look for.")},
    )
    left_out = forms.MultipleChoiceField(
        label=_("Rules to leave out"),
        choices=single_rules,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    paper: bytes = b""
    name: str = ""

    def clean(self):
        given = super().clean()
        file, text = given.get("file"), given.get("text") or ""
        if self.errors:
            return given
        if file:
            if file.size > LARGEST:
                self.add_error(
                    "file", _("The file is larger than 10 MB; the command line takes larger ones.")
                )
                return given
            self.paper, self.name = file.read(), file.name
        elif text.strip():
            self.paper, self.name = text.replace("\r\n", "\n").encode("utf-8", "replace"), PASTED
        else:
            self.add_error("file", _("Choose a file or paste a text."))
        return given

    @property
    def given(self) -> str:
        """The field that the paper came in."""
        return "file" if self.cleaned_data.get("file") else "text"

    @property
    def without(self) -> tuple[str, ...]:
        """The families and single rules that are left out."""
        families = [name for name in FAMILIES if name not in self.cleaned_data["families"]]
        return (*families, *self.cleaned_data["left_out"])

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """Every field but the single rules, which are folded away."""
        return [field for field in self.visible_fields() if field.name != "left_out"]

    @property
    def single_open(self) -> bool:
        """Whether a rule is left out, or something is wrong with what was said of the rules."""
        return bool(self.data.getlist("left_out") if self.is_bound else ()) or "left_out" in self.errors


class ManyFiles(forms.FileInput):
    """Several files from one field."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class PapersField(forms.FileField):
    """Several papers; the value is a list."""

    def clean(self, data, initial=None):
        given = data if isinstance(data, list) else [data] if data else []
        if not given:
            raise forms.ValidationError(_("Choose at least one paper."))
        if len(given) > AT_ONCE:
            raise forms.ValidationError(_("Choose at most 50 papers at once."))
        for file in given:
            if file.size > LARGEST:
                raise forms.ValidationError(_("“%s” is larger than 10 MB.") % file.name)
        return [super(PapersField, self).clean(file, initial) for file in given]


class ArchiveForm(forms.Form):
    """Papers for the archive."""

    files = PapersField(
        label=_("Papers"),
        help_text=_(".docx, .pdf or .txt, several at once, up to 10 MB each."),
        widget=ManyFiles(attrs={"accept": ".docx,.pdf,.txt,text/plain"}),
    )

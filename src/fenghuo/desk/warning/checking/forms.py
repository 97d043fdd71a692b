"""The form of the checking page: a file or pasted text, and the rules to check by."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fenghuo.core.cap import packs

from .limits import LARGEST

_ENCODING = re.compile(r"""(\A\s*<\?xml\s[^>]*?encoding\s*=\s*["'])[A-Za-z0-9._\-]+(["'])""")
CHOSEN = tuple(name for name in packs.NAMES if name != "cap12")
"""The packs to choose from; the standard's own always applies."""


def choices() -> list[tuple[str, str]]:
    code = get_language() or "zh"
    return [(name, packs.load(name).title.in_language(code)) for name in CHOSEN]


class CheckForm(forms.Form):
    """What to check; `document` is its bytes once the form is valid."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput(
            attrs={"accept": ".xml,.cap,.atom,.rss,.edxl,.edxlde,application/cap+xml,text/xml"}
        ),
        error_messages={"empty": _("The file is empty.")},
    )
    text = forms.CharField(
        label=_("Or paste the document"),
        required=False,
        strip=False,
        max_length=LARGEST,
        widget=forms.Textarea(
            attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off", "class": "code"}
        ),
    )
    packs = forms.MultipleChoiceField(
        label=_("Rules beyond the standard's"),
        required=False,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
    )

    document: bytes = b""

    def clean(self):
        given = super().clean()
        file, text = given.get("file"), given.get("text") or ""
        if self.errors:
            return given
        if file:
            if file.size > LARGEST:
                self.add_error("file", _("The file is larger than 1 MB; the command line takes larger ones."))
                return given
            self.document = file.read()
        elif text.strip():
            self.document = pasted(text)
            if len(self.document) > LARGEST:
                self.add_error("text", _("The text is longer than 1 MB; the command line takes longer ones."))
        else:
            self.add_error("file", _("Choose a file or paste a document."))
        return given

    @property
    def chosen(self) -> tuple[str, ...]:
        return ("cap12", *self.cleaned_data["packs"])


def pasted(text: str) -> bytes:
    """Pasted text as a document: it has left its encoding behind, so what it declares is set to what it is now."""
    return _ENCODING.sub(r"\g<1>UTF-8\2", text.replace("\r\n", "\n"), count=1).encode("utf-8", "replace")

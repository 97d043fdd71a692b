"""Forms of places: the file to import."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fenghuo.core.access import RuleBroken
from fenghuo.core.privacy import RefusedColumns, check_columns

from . import table
from .heights import HIGHEST, LOWEST


class ImportForm(forms.Form):
    """A table of sites: as a file, then as the text that was previewed."""

    file = forms.FileField(
        label=_("Table of sites"),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_(
            "CSV in UTF-8 or GB18030, its first line naming the columns. You see the rows before they go in."
        ),
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    take_away = forms.BooleanField(
        required=False, label=_("These sites lose their elevation; their village's stands in")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.table: table.Table | None = None
        self.fields["file"].required = not self.data.get("text")

    def clean(self):
        """Read the table into `self.table`; what cannot be read is said at the file."""
        given = super().clean()
        file, text = given.get("file"), given.get("text", "")
        if not file and not text:
            return given
        try:
            read = table.read(table.decode(file.read(table.LARGEST_FILE + 1)) if file else text)
            check_columns(read.headers)
            self.table = read
        except RefusedColumns as refused:
            zh = (get_language() or "zh").startswith("zh")
            self.add_error("file", refused.message_zh if zh else refused.message_en)
        except RuleBroken as broken:
            self.add_error("file", str(broken))
        return given


class ElevationForm(forms.Form):
    """How high a site lies."""

    elevation = forms.FloatField(
        label=_("elevation, m"),
        required=False,
        min_value=LOWEST,
        max_value=HIGHEST,
        help_text=_("Above the sea. Without it the village's elevation stands in."),
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )

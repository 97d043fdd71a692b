"""Forms of inspection: a finding, a plan, a rectification, a verification."""

from itertools import groupby

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fenghuo.desk.places.models import Site

from .commands import LONGEST_TEXT
from .models import GRADES_MEAN, PLAN_PARTS, Hazard


class PhotosInput(forms.ClearableFileInput):
    """A phone opens its camera; a computer lets several files be chosen."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Any number of files, as a list. What makes a photograph is the command's business."""

    widget = PhotosInput(attrs={"accept": "image/*", "capture": "environment"})

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        clean_one = super().clean
        return (
            [clean_one(file, initial) for file in files if file] if files else clean_one(None, initial) or []
        )


class SiteChoices(forms.models.ModelChoiceIterator):
    """Sites grouped by their village."""

    def __iter__(self):
        yield ("", self.field.empty_label)
        for area, sites in groupby(self.queryset, key=lambda site: site.area):
            yield (str(area), [self.choice(site) for site in sites])


class SiteField(forms.ModelChoiceField):
    iterator = SiteChoices


def _text(label, help_text="", rows: int = 4, **options) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


class FindForm(forms.Form):
    """A finding, in the order in which an inspector meets it: where, what, how grave, a picture, until when."""

    site = SiteField(
        label=_("Where"),
        queryset=Site.objects.none(),
        empty_label=_("Choose a site"),
        error_messages={"required": _("Choose the site where you found it.")},
    )
    description = _text(
        _("The hazard"),
        _("What it is and exactly where, so that the unit can find it."),
        error_messages={"required": _("Write what is wrong, so that the unit can find it.")},
    )
    photos = PhotosField(
        label=_("Photo"),
        required=False,
        help_text=_("Taken now or chosen. Its place, time and device data are removed before it is kept."),
    )
    grade = forms.ChoiceField(
        label=_("How grave"),
        choices=Hazard.Grade.choices,
        initial=Hazard.Grade.GENERAL,
        widget=forms.RadioSelect(attrs={"class": "choice-cards"}),
        help_text=GRADES_MEAN,
    )
    rule = forms.CharField(
        label=_("Rule that is broken"),
        max_length=300,
        required=False,
        help_text=_("The law, standard or local rule and its clause, if you know it."),
    )
    deadline = forms.DateField(
        label=_("To be rectified by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "Left empty, the desk gives 7 days for a general and 30 days for a major hazard. This is the desk's "
            "own custom, not the law's."
        ),
    )

    def __init__(self, *args, sites: QuerySet[Site], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites.order_by("area__code", "code")


class PlanForm(forms.Form):
    """The six parts of a major hazard's plan."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for key, words in PLAN_PARTS.items():
            self.fields[key] = _text(
                words, rows=3, error_messages={"required": _("This part of the plan is missing.")}
            )


class RectifyForm(forms.Form):
    """What was done, with its picture."""

    photos = PhotosField(
        label=_("Photo of the rectified condition"),
        help_text=_(
            "Taken from the same side as the first one, if possible. Its place, time and device data are removed."
        ),
        error_messages={"required": _("Add a photo that shows the rectified condition.")},
    )
    note = _text(_("What was done"), error_messages={"required": _("Write what was done.")})


class VerifyForm(forms.Form):
    """Passed or refused, and why."""

    passed = forms.TypedChoiceField(
        label=_("What you found"),
        choices=[
            ("yes", pgettext_lazy("verification", "Rectified: close the hazard")),
            ("no", pgettext_lazy("verification", "Not rectified: refuse")),
        ],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect(attrs={"class": "choice-cards"}),
        error_messages={"required": _("Choose whether it is rectified.")},
    )
    note = _text(
        _("What the check showed"), _("A refusal needs its reason: what is still wrong."), required=False
    )
    photos = PhotosField(label=_("Photo"), required=False)

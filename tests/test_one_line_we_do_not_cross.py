"""The one line: nobody's religion, ethnicity, politics, disability, family or identity is ever a column.

What is walked: every field of every model, every field of every form, every header that an import knows by
name, each by its names, labels, help and choices, in both languages.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.apps import apps
from django.utils.translation import override

import fenghuo.desk
from fenghuo.core.access import RuleBroken
from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.core.danger.io import header_names as weather
from fenghuo.core.privacy import refused_columns
from fenghuo.desk.danger import commands as danger
from fenghuo.desk.danger.models import Observation
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.places import commands as places
from fenghuo.desk.places import table
from fenghuo.desk.places.models import Site

LANGUAGES = ("zh-hans", "en")


def _modules() -> Iterator:
    for module in pkgutil.walk_packages(fenghuo.desk.__path__, "fenghuo.desk."):
        if not module.name.endswith((".__main__", ".wsgi")) and ".migrations" not in module.name:
            yield importlib.import_module(module.name)


def _models() -> list:
    return [model for model in apps.get_models() if model.__module__.startswith("fenghuo.")]


def _forms() -> list[type[forms.BaseForm]]:
    return [
        form
        for module in _modules()
        for _, form in inspect.getmembers(module, inspect.isclass)
        if issubclass(form, forms.BaseForm) and form.__module__ == module.__name__
    ]


def _choices(choices) -> Iterator[str]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield str(value)
            yield from _choices(label)
        else:
            yield str(value)
            yield str(label)


def _of_model(model) -> Iterator[str]:
    yield model.__name__
    yield str(model._meta.verbose_name)
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        yield from (field.name, field.column or "", str(field.verbose_name), str(field.help_text))
        yield from _choices(field.flatchoices)


def _fields(form) -> dict[str, forms.Field]:
    try:
        return form().fields
    except TypeError:  # it wants more than data, and its fields stand in the class
        return form.base_fields


def _of_form(form) -> Iterator[str]:
    for name, field in _fields(form).items():
        yield from (name, str(field.label or ""), str(field.help_text))
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            yield from _choices(field.choices)


def _import_headers() -> list[str]:
    tables = (weather.NAMES, weather.PART_NAMES, weather.HOUR_CLOCKS)
    weather_names = [name for table in tables for names in table.values() for name in names]
    other = (
        weather.STATION_NAMES
        + weather.LOCAL_NAMES
        + weather.UTC_NAMES
        + weather.ZONED_NAMES
        + weather.DATE_NAMES
    )
    return [*weather_names, *other, *table.COLUMNS, *table.HEADERS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_field_of_any_model_crosses_the_line(language):
    models = _models()
    assert {"Officer", "Unit", "Site", "Hazard", "Entry"} <= {model.__name__ for model in models}
    with override(language):
        for model in models:
            assert refused_columns(filter(None, _of_model(model))) == [], model


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_field_of_any_form_crosses_the_line(language, db):
    found = _forms()
    assert {"FindForm", "PlanForm", "ImportForm"} <= {form.__name__ for form in found}
    with override(language):
        for form in found:
            assert refused_columns(filter(None, _of_form(form))) == [], form


def test_no_header_that_an_import_knows_crosses_the_line():
    headers = _import_headers()
    assert len(headers) > 40
    assert refused_columns(headers) == []


def test_the_walk_would_see_a_field_that_crosses_it():
    class Bad(forms.Form):
        origin = forms.CharField(label="民族")
        standing = forms.ChoiceField(choices=[("a", "A"), ("party_member", "B")])

    assert {one.header for one in refused_columns(filter(None, _of_form(Bad)))} == {"民族", "party_member"}


CROSSING = [
    "民族",
    "宗教信仰",
    "政治面貌",
    "残疾",
    "户主",
    "ethnicity",
    "Religion",
    "party member",
    "disability",
    "spouse",
]


def _state() -> tuple[int, int, int]:
    return Site.objects.count(), Observation.objects.count(), Entry.objects.count()


@pytest.mark.parametrize("header", CROSSING)
def test_sites_with_such_a_column_stay_out_and_the_column_is_named(header, desk, as_role):
    before = _state()
    read = table.read(f"code,name,kind,area_code,{header}\nS8,南坡学校,school,110199100201,x\n")
    with pytest.raises(RuleBroken) as refused:
        places.import_sites(as_role("clerk"), read.headers, read.rows)
    assert header in str(refused.value)
    assert _state() == before


@pytest.mark.parametrize("header", CROSSING)
def test_weather_with_such_a_column_stays_out_and_the_column_is_named(header, desk, as_role):
    duty = as_role("duty")
    station = danger.add_station(
        duty, code="54419", name="云岭站", area=desk.township, latitude=40.3, longitude=116.6
    )
    before = _state()
    text = f"time_local,temperature_c,rh_percent,wind_speed_ms,precipitation_mm,{header}\n"
    row = "2026-04-02T13:00,20,30,3,0"
    for skip_bad in (False, True):
        with pytest.raises(UnreadableStations) as refused:
            danger.import_weather(duty, f"{text}{row},x\n".encode(), station=station, skip_bad=skip_bad)
        assert header in refused.value.message.in_language("zh")
        assert header in refused.value.message.in_language("en")
        assert _state() == before
    innocent = text.replace(f",{header}", "")
    assert danger.import_weather(duty, f"{innocent}{row}\n".encode(), station=station).new == 1

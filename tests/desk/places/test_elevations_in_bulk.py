"""Elevations of many sites from one table: shown first, all or none, and nothing known is lost unasked."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fenghuo.core.access import NotAllowed, RuleBroken
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.places import commands, table
from fenghuo.desk.places.models import Site

URL = "/places/import/"
GOOD = "code,elevation\nS1,512.5\nS2,-12\n"


def _heights() -> dict[str, float | None]:
    return dict(Site.objects.values_list("code", "elevation"))


def _sent(text: str) -> dict:
    return {"file": SimpleUploadedFile("heights.csv", text.encode())}


def test_what_would_change_is_shown_and_changed_when_confirmed(desk, browse):
    Site.objects.filter(code="S2").update(elevation=-12.0)
    office, entries = browse("clerk", "en"), Entry.objects.count()
    shown = office.post(URL, _sent(GOOD))
    assert [(one.site.code, one.before, one.after) for one in shown.context["changes"]] == [
        ("S1", None, 512.5)
    ]
    assert "512.5 m" in shown.content.decode() and _heights() == {"S1": None, "S2": -12.0}
    done = office.post(URL, {"text": shown.context["table"].text, "confirmed": "1"}, follow=True)
    assert "The elevation of 1 site was set." in done.content.decode()
    assert _heights() == {"S1": 512.5, "S2": -12.0}
    written = list(Entry.objects.order_by("pk").values_list("act", "detail"))[entries:]
    assert [act for act, _detail in written] == ["places.site_elevation_set"]
    assert (told := json.loads(written[0][1]))["before"] is None and told["elevation"] == 512.5
    again = office.post(URL, _sent(GOOD))
    assert again.context["changes"] == [] and "confirmed" not in again.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_known_elevation_is_taken_away_only_when_that_is_confirmed(language, desk, browse):
    Site.objects.update(elevation=300.0)
    text = "编码,名称,海拔（米）\nS1,,\nS2,,310\n"
    office = browse("duty", language)
    shown = office.post(URL, _sent(text))
    assert shown.context["taken_away"] == 1
    refused = office.post(URL, {"text": text, "confirmed": "1"})
    assert refused.status_code == 422 and refused.context["form"].errors.keys() == {"take_away"}
    assert 'name="take_away"' in refused.content.decode()
    assert set(_heights().values()) == {300.0}
    office.post(URL, {"text": text, "confirmed": "1", "take_away": "on"})
    assert _heights() == {"S1": None, "S2": 310.0}


BROKEN = {
    "a code that nothing has": (GOOD.replace("S2", "S9"), 3, "code"),
    "a code twice": (GOOD.replace("S2", "S1"), 2, "code"),
    "a word": (GOOD.replace("-12", "high"), 3, "elevation"),
    "a height above every mountain": (GOOD.replace("512.5", "9000"), 2, "elevation"),
    "another site's name": ("code,name,elevation\nS1,无此名,500\n", 2, "name"),
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("text", "row", "column"), BROKEN.values(), ids=BROKEN)
def test_one_bad_row_changes_nothing_and_is_named(text, row, column, language, desk, browse, as_role):
    before = _heights(), Entry.objects.count()
    for sent in (_sent(text), {"text": text, "confirmed": "1"}):
        answer = browse("clerk", language).post(URL, sent)
        (said,) = answer.context["form"].errors["file"]
        assert answer.status_code == 422 and str(row) in said and column in said
    read = table.read(text)
    with pytest.raises(RuleBroken):
        commands.import_elevations(as_role("clerk"), read.headers, read.rows, take_away=True)
    assert (_heights(), Entry.objects.count()) == before


def test_the_office_alone_tells_them_and_only_of_its_own_area(desk, browse, as_role):
    read = table.read(GOOD)
    for role in ("contact", "responsible", "inspector", "county"):
        assert browse(role).post(URL, {"text": GOOD, "confirmed": "1"}).status_code == 403
        with pytest.raises(NotAllowed):
            commands.import_elevations(as_role(role), read.headers, read.rows)
    with pytest.raises(RuleBroken, match="民族"):
        commands.import_elevations(as_role("clerk"), [*read.headers, "民族"], read.rows)
    assert set(_heights().values()) == {None}


def test_the_table_of_elevations_holds_what_is_known_and_changes_nothing_as_it_is(desk, browse):
    Site.objects.filter(code="S1").update(elevation=512.25)
    given = browse("clerk").get(reverse("places:elevations_template")).content.decode()
    assert given.startswith("\ufeffcode,name,elevation\r\nS1,") and ",512.25\r\n" in given
    assert browse("clerk").post(URL, _sent(given)).context["changes"] == []

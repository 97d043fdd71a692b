"""How high a site lies: told on its page or over the API, by the office alone, within the heights of the earth."""

import json

import pytest
from django.urls import reverse

from fenghuo.core.access import NotAllowed, RuleBroken
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.places import commands
from fenghuo.desk.places.models import Site


def _page(desk) -> str:
    return reverse("places:elevation", args=[desk.sites[0].pk])


def _told() -> float | None:
    return Site.objects.get(code="S1").elevation


def test_the_page_takes_a_height_and_takes_it_back(desk, browse):
    office = browse("clerk")
    assert office.post(_page(desk), {"elevation": "512.4"}).headers["Location"] == reverse("places:list")
    assert _told() == 512.4
    assert 'value="512.4"' in office.get(_page(desk)).content.decode()
    assert "512 m" in office.get(reverse("places:list")).content.decode()
    office.post(_page(desk), {"elevation": ""})
    assert _told() is None


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("value", ["9000", "-431", "high", "nan"])
def test_the_page_says_what_is_wrong_with_a_height(value, language, desk, browse):
    answer = browse("clerk", language).post(_page(desk), {"elevation": value})
    assert answer.status_code == 422 and answer.context["form"].errors.keys() == {"elevation"}
    assert _told() is None


def test_every_change_is_journalled_with_both_heights_and_no_change_is_not(desk, as_role):
    site, before = desk.sites[0], Entry.objects.count()
    for metres in (512.0, 512.0, 480.0):
        commands.set_site_elevation(as_role("duty"), site, metres)
    written = list(Entry.objects.order_by("pk").values_list("act", "detail"))[before:]
    assert [act for act, _detail in written] == ["places.site_elevation_set"] * 2
    told = [json.loads(detail) for _act, detail in written]
    assert [(one["before"], one["elevation"]) for one in told] == [(None, 512), (512, 480)]


def test_only_the_office_tells_and_only_of_its_own_area(desk, as_role, browse):
    for role in ("contact", "responsible", "inspector", "county"):
        assert browse(role).get(_page(desk)).status_code == 403
        with pytest.raises(NotAllowed):
            commands.set_site_elevation(as_role(role), desk.sites[0], 512.0)
    for metres in (9000.0, float("nan"), float("inf")):
        with pytest.raises(RuleBroken):
            commands.set_site_elevation(as_role("duty"), desk.sites[0], metres)
    assert _told() is None

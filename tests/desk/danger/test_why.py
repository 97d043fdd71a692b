"""Why this rating: components, their history, their place in the year, what moved them, and where all of it is from."""

import re
from datetime import date, timedelta

import pytest

from fenghuo.core.access import Role
from fenghuo.core.danger import fwi
from fenghuo.desk.danger import commands
from fenghuo.desk.danger.models import AreaRating, Station
from fenghuo.desk.danger.policy import commands as policy
from fenghuo.desk.danger.why import queries as why
from fenghuo.desk.danger.why.spark import Spark
from fenghuo.desk.officers import commands as officers
from fenghuo.desk.officers import identity
from fenghuo.desk.places import commands as places
from fenghuo.desk.places.models import Area, Site
from tests.desk.danger.test_ratings_of_places import noons
from tests.desk.danger.test_weather_in import TODAY, hourly

VILLAGE = "110199100201"


@pytest.fixture
def station(desk, as_role) -> Station:
    Site.objects.filter(code="S1").update(latitude=40.35, longitude=116.66)
    return commands.add_station(
        as_role("duty"),
        code="SM01",
        name="石门站",
        name_en="Shimen station",
        area=desk.township,
        latitude=40.32,
        longitude=116.68,
        elevation=150.0,
    )


@pytest.fixture
def years(as_role, station) -> date:
    """The days near today of three other years, and the last weeks: the first day of these."""
    lines = noons(TODAY - timedelta(days=20), 21, ("SM01",), seed=9).splitlines()
    for back in (3, 2, 1):
        first = TODAY.replace(year=TODAY.year - back) - timedelta(days=15)
        lines += noons(first, 31, ("SM01",), seed=back).splitlines()[1:]
    commands.import_weather(as_role("duty"), b"\n".join(lines))
    return TODAY - timedelta(days=20)


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_every_component_says_what_moved_it_and_the_contributions_add_up(as_role, years):
    found = why.of_area(as_role("duty"), VILLAGE, TODAY)
    assert [one.key for one in found.components] == ["ffmc", "dmc", "dc", "isi", "bui", "fwi"]
    for one in found.components:
        total = sum(part.amount for part in one.moved.contributions)
        assert total == pytest.approx(one.value - one.before, abs=1e-9) == pytest.approx(one.change, abs=1e-9)
    day = AreaRating.objects.get(area__code=VILLAGE, date=TODAY)
    assert [getattr(day, one.key) for one in found.components] == [one.value for one in found.components]
    assert sum(part.amount for part in found.against_usual.contributions) == pytest.approx(
        day.fwi - found.against_usual.before
    )


def test_a_percentile_rests_on_the_days_near_this_one_of_other_years_and_says_on_how_many(as_role, years):
    found = why.of_area(as_role("duty"), VILLAGE, TODAY)
    assert found.years == 3
    for one in found.components:
        near = [
            getattr(row, one.key)
            for row in AreaRating.objects.filter(area__code=VILLAGE, date__lt=years).exclude(fwi=None)
            if min(abs(date(2024, row.date.month, row.date.day) - date(2024, 4, 3)).days, 366) <= 10
        ]
        below = sum(value < one.value for value in near) + sum(value == one.value for value in near) / 2
        assert one.standing.days == len(near) == 63
        assert one.standing.percentile == pytest.approx(100 * below / len(near))


def test_with_fewer_than_two_other_years_there_is_no_percentile_and_the_screen_says_why(
    as_role, browse, station
):
    commands.import_weather(as_role("duty"), noons(TODAY - timedelta(days=9), 10, ("SM01",)))
    found = why.of_area(as_role("duty"), VILLAGE, TODAY)
    assert found.years == 0 and {one.standing for one in found.components} == {None}
    page = text_of(browse("duty").get(f"/danger/{VILLAGE}/").content.decode())
    assert "not enough history" in page and "0 other years on record" in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Why class", "What moved it", "Dryness carried over", "Deep humus", "how dry the deep layer is",
                "other years on record", "Shimen station", "the place lies 250 m higher: −1.6 °C", "vapour is held",
                "12:00 standard time, UTC+8", "147.2, as printed in 1985", "EFFIS, Europe", "two sources",
                "Only noon values are on record for this day", "Sites here", "Shimen school",
            ],
        ),
        (
            "zh-hans",
            [
                "为什么是", "哪些因素在起作用", "前期干燥程度", "深层腐殖质", "深层有多干", "个往年同期的",
                "石门站", "本地高 250 米", "水汽压不变", "标准时 12 时（UTC+8）", "147.2，1985 年报告印行值",
                "欧洲森林火灾信息系统", "两个来源", "当日只有正午值", "本村场所", "石门小学",
            ],
        ),
    ],
)  # fmt: skip
def test_one_screen_says_it_all_in_both_languages(as_role, browse, years, language, said):
    page = browse("duty", language).get(f"/danger/{VILLAGE}/?day={TODAY}").content.decode()
    told = text_of(page)
    assert [words for words in said if words not in told] == []
    assert page.count("<polyline") >= 6 and page.count('<ul class="bars">') == 2


def test_a_site_shows_its_own_rating_beside_its_villages(as_role, browse, years):
    page = text_of(browse("duty").get("/danger/site/S1/").content.decode())
    village = AreaRating.objects.get(area__code=VILLAGE, date=TODAY)
    assert "Its village" in page and village.index_words in page
    assert "The site has no elevation of its own" in page
    nowhere = text_of(browse("duty").get("/danger/site/S2/").content.decode())
    assert "no coordinates" in nowhere


@pytest.mark.parametrize(
    ("language", "stands_in", "own", "unknown"),
    [
        ("en", "its village's stands in", "It is the site's own elevation", "elevation is not known"),
        ("zh-hans", "以所在村的海拔代替", "采用的是该场所自己的海拔", "本地海拔不明"),
    ],
)
def test_the_screen_says_whose_elevation_was_used(as_role, browse, years, language, stands_in, own, unknown):
    def told() -> set[str]:
        page = text_of(browse("duty", language).get("/danger/site/S1/").content.decode())
        return {words for words in (stands_in, own, unknown) if words in page}

    assert told() == {stands_in}
    site = Site.objects.get(code="S1")
    places.set_site_elevation(as_role("duty"), site, 512.0)
    assert told() == {own}
    page = text_of(browse("duty", language).get("/danger/site/S1/").content.decode())
    assert "512" in page and "362" in page  # the station stands at 150 m
    places.set_site_elevation(as_role("duty"), site, None)
    Area.objects.update(elevation=None)
    assert told() == {unknown}


def test_both_systems_stand_side_by_side_and_single_sources_are_named(desk, as_role, browse, station):
    file = hourly(TODAY - timedelta(days=9), 10, until=22)
    commands.import_weather(as_role("duty"), file)
    page = text_of(browse("duty").get(f"/danger/{VILLAGE}/").content.decode())
    assert "HTZ" in page and "FWI system, 1987 · rates this desk" in page and "single source" in page
    assert "rest on one publication" in page
    policy.set_policy(as_role("duty"), desk.township, system="lyt1172", scheme="canadian")
    page = text_of(browse("duty").get(f"/danger/{VILLAGE}/").content.decode())
    assert "LY/T 1172-1995 · rates this desk" in page and "HTZ since the day before" in page
    found = why.of_area(as_role("duty"), VILLAGE, TODAY)
    assert found.rating == found.standard_rating == found.lyt["rating"]
    assert [factor.letter for factor in found.factors] == list("ABCDE")
    assert sum(factor.points for factor in found.factors) == found.lyt["htz"]


def test_a_gap_a_first_day_and_a_day_without_weather_have_a_screen_too(desk, as_role, browse, station):
    lost = TODAY - timedelta(days=2)
    commands.import_weather(as_role("duty"), noons(TODAY - timedelta(days=4), 5, ("SM01",), skip={lost}))
    for day, words in (
        (lost, "no noon weather; the codes are carried over"),
        (TODAY - timedelta(days=4), "The components of the FWI"),
        (TODAY - timedelta(days=300), "There is no weather of this day."),
    ):
        answer = browse("duty").get(f"/danger/{VILLAGE}/?day={day}")
        assert answer.status_code == 200 and words in text_of(answer.content.decode())


def test_the_reasons_of_a_day_are_the_cores_own_numbers(as_role, years):
    day = AreaRating.objects.get(area__code=VILLAGE, date=TODAY)
    before = AreaRating.objects.get(area__code=VILLAGE, date=TODAY - timedelta(days=1))
    weather = fwi.Weather(day.temperature, day.humidity, day.wind, day.rain)
    again = fwi.step(fwi.Codes(before.ffmc, before.dmc, before.dc), weather, TODAY.month, 40.325)
    assert (again.ffmc, again.dmc, again.dc, again.fwi) == (day.ffmc, day.dmc, day.dc, day.fwi)


def test_the_api_gives_the_same_reasons(desk, as_role, client, clock, years):
    token = officers.make_token(identity.program(clock.now), desk.officers[Role.DUTY], "test")
    headers = {"HTTP_AUTHORIZATION": f"Bearer {token}", "HTTP_ACCEPT_LANGUAGE": "en"}
    found = why.of_area(as_role("duty"), VILLAGE, TODAY)
    told = client.get(f"/api/v1/danger/areas/{VILLAGE}/why", **headers).json()
    assert told["rating"] == found.rating and told["date"] == TODAY.isoformat()
    assert [one["value"] for one in told["components"]] == [one.value for one in found.components]
    assert [one["percentile"] for one in told["components"]] == [
        one.standing.percentile for one in found.components
    ]
    assert told["parts"][0]["higher"] == 250.0 and told["parts"][0]["correction"] == -1.62
    assert told["lyt_rating"] is None and "hourly observations" in told["lyt_note"]
    of_site = client.get("/api/v1/danger/sites/S1/why", **headers).json()
    assert (of_site["place"], of_site["elevation"], of_site["elevation_of"]) == ("S1", 400.0, "village")
    key = Site.objects.get(code="S1").pk
    answer = client.put(
        f"/api/v1/places/sites/{key}/elevation", {"elevation": 512.0}, "application/json", **headers
    )
    assert answer.json()["elevation"] == 512.0
    of_site = client.get("/api/v1/danger/sites/S1/why", **headers).json()
    assert (of_site["elevation"], of_site["elevation_of"]) == (512.0, "own")
    assert of_site["parts"][0]["higher"] == 362.0
    assert client.get("/api/v1/danger/sites/S9/why", **headers).status_code == 404


def test_a_small_line_breaks_at_gaps_and_stays_in_its_box():
    spark = Spark.of([1.0, 3.0, None, 2.0, None])
    assert len(spark.lines) == 2 and spark.last is None and (spark.low, spark.high) == (1.0, 3.0)
    points = [tuple(map(float, point.split(","))) for line in spark.lines for point in line.split()]
    assert all(0 <= x <= 120 and 0 <= y <= 32 for x, y in points)
    assert Spark.of([None, None]).lines == () and Spark.of([5.0]).last

"""Every village and site has its own chain: weather brought to its height, resumed and corrected to the last bit."""

from datetime import date, timedelta
from random import Random

import pytest

from fenghuo.desk.danger import chain, commands, queries
from fenghuo.desk.danger.models import AreaRating, Observation, SiteRating, Station, StationDay
from fenghuo.desk.danger.policy import commands as policy
from fenghuo.desk.danger.why import queries as why
from fenghuo.desk.places import commands as places
from fenghuo.desk.places.models import Area, Site
from fenghuo.desk.warning.models import Warning
from tests.desk.danger.test_weather_in import TODAY, hourly

DAILY = "station,date,temperature_c,rh_percent,wind_speed_kmh,precipitation_mm"


def noons(first: date, days: int, stations=("SM01", "SQ01"), *, skip=(), seed: int = 1) -> bytes:
    """Daily noon values of stations, all different, with a rain now and then."""
    random, lines = Random(seed), [DAILY]
    for n in range(days):
        for code in stations:
            weather = (
                f"{random.uniform(5, 30):.1f},{random.uniform(15, 80):.1f},{random.uniform(0, 35):.1f},"
                f"{random.choice((0, 0, 0, 0, 6.4))}"
            )
            if first + timedelta(days=n) not in skip:
                lines.append(f"{code},{first + timedelta(days=n):%Y-%m-%d},{weather}")
    return "\n".join(lines).encode()


def rows(model=AreaRating) -> list[tuple]:
    """Everything that is stored of the days of places, in order."""
    names = [f.attname for f in model._meta.fields if f.name != "id"]
    return list(model.objects.order_by("date", "pk").values_list(*names))


def test_the_weather_of_a_place_is_its_stations_brought_to_its_height(desk, as_role, stations):
    commands.import_weather(as_role("duty"), noons(TODAY, 1))
    day = AreaRating.objects.get(area=desk.villages[0])
    assert day.method == "inverse-distance" and len(day.parts) == 2
    assert [part["higher"] for part in day.parts] == [300.0, 300.0]
    assert [part["correction"] for part in day.parts] == [-1.95, -1.95]
    observed = {row.station.code: row for row in StationDay.objects.all()}
    shares = {part["station"]: part["weight"] for part in day.parts}
    mean = {
        name: sum(share * getattr(observed[code], name) for code, share in shares.items())
        for name in ("temperature", "wind", "rain")
    }
    assert day.temperature == pytest.approx(mean["temperature"] - 1.95, abs=0.01)
    assert (day.wind, day.rain) == pytest.approx((mean["wind"], mean["rain"]), abs=0.01)


def test_without_an_elevation_nothing_is_corrected_and_the_part_says_so(desk, as_role, stations):
    Station.objects.update(elevation=None)
    commands.import_weather(as_role("duty"), noons(TODAY, 1))
    assert all(
        part["higher"] is None and part["correction"] == 0
        for day in AreaRating.objects.all()
        for part in day.parts
    )


def test_a_lapse_rate_of_zero_corrects_nothing(desk, as_role, stations):
    commands.import_weather(as_role("duty"), noons(TODAY, 1))
    before = AreaRating.objects.get(area=desk.villages[0]).temperature
    policy.set_policy(as_role("duty"), desk.township, lapse_rate=0.0)
    assert AreaRating.objects.get(area=desk.villages[0]).temperature == pytest.approx(before + 1.95)


def test_sites_with_coordinates_have_their_own_days_and_others_none(desk, as_role, stations):
    commands.import_weather(as_role("duty"), noons(TODAY - timedelta(days=4), 5))
    assert set(SiteRating.objects.values_list("site__code", flat=True)) == {"S1"}
    site, village = (
        SiteRating.objects.get(date=TODAY),
        AreaRating.objects.get(date=TODAY, area__code="110199100201"),
    )
    assert site.rating and site.fwi != village.fwi  # nearer to other stations


def test_a_sites_own_elevation_is_what_its_weather_is_brought_to(desk, as_role, stations):
    places.set_site_elevation(as_role("duty"), desk.sites[0], 700.0)
    commands.import_weather(as_role("duty"), noons(TODAY, 1))
    own, village = SiteRating.objects.get(), AreaRating.objects.get(area=desk.villages[0])
    assert [part["higher"] for part in own.parts] == [600.0, 600.0]
    assert [part["correction"] for part in own.parts] == [-3.9, -3.9]
    assert [part["higher"] for part in village.parts] == [300.0, 300.0]


@pytest.mark.parametrize("told", [700.0, -20.0, 400.0, None])
def test_a_site_told_its_elevation_late_stands_where_it_would_stand_had_it_always_had_it(
    told, desk, as_role, stations
):
    site, first = desk.sites[0], TODAY - timedelta(days=129)  # longer than a site's days are kept
    lost = {first + timedelta(days=n) for n in (60, 61, 118)}
    places.set_site_elevation(as_role("duty"), site, 250.0)
    commands.import_weather(as_role("duty"), noons(first, 130, skip=lost))
    with_another, villages = rows(SiteRating), rows()
    places.set_site_elevation(as_role("duty"), site, told)
    late = rows(SiteRating)
    assert late != with_another and rows() == villages
    for model in (AreaRating, SiteRating, StationDay, Observation):
        model.objects.all().delete()
    commands.import_weather(as_role("duty"), noons(first, 130, skip=lost))
    assert rows(SiteRating) == late
    commands.import_weather(as_role("duty"), noons(TODAY + timedelta(days=1), 1))
    carried_on = rows(SiteRating)
    SiteRating.objects.all().delete()
    chain.rate([first])
    assert rows(SiteRating) == carried_on


def test_without_weather_a_site_is_told_its_elevation_all_the_same(desk, as_role, stations):
    places.set_site_elevation(as_role("duty"), desk.sites[1], 700.0)  # it has no coordinates either
    places.set_site_elevation(as_role("duty"), desk.sites[0], 700.0)
    assert not SiteRating.objects.exists() and set(Site.objects.values_list("elevation", flat=True)) == {
        700.0
    }


def test_taken_in_day_by_day_every_place_stands_where_it_would_stand_at_once(as_role, stations):
    first = TODAY - timedelta(days=29)
    header, *lines = noons(first, 30).decode().splitlines()
    for start in range(0, len(lines), 7):
        commands.import_weather(as_role("duty"), "\n".join([header, *lines[start : start + 7]]).encode())
    piecewise = rows(), rows(SiteRating)
    for model in (AreaRating, SiteRating, StationDay, Observation):
        model.objects.all().delete()
    commands.import_weather(as_role("duty"), noons(first, 30))
    assert (rows(), rows(SiteRating)) == piecewise


def test_a_corrected_record_gives_what_computing_everything_anew_would_give(as_role, stations):
    first = TODAY - timedelta(days=29)
    commands.import_weather(as_role("duty"), noons(first, 30, skip={first + timedelta(days=9)}))
    before = rows()
    corrected = first + timedelta(days=12)
    result = commands.import_weather(
        as_role("duty"), f"{DAILY}\nSM01,{corrected:%Y-%m-%d},12.0,70.0,9.0,31.0".encode()
    )
    after = rows(), rows(SiteRating)
    assert result.corrected == 1 and after[0] != before
    assert [row for row in before if row[0] < corrected] == [row for row in after[0] if row[0] < corrected]
    AreaRating.objects.all().delete()
    SiteRating.objects.all().delete()
    chain.rate([first])
    assert (rows(), rows(SiteRating)) == after


def test_a_village_added_later_is_computed_from_the_first_day_of_the_record(desk, as_role, stations):
    commands.import_weather(as_role("duty"), noons(TODAY - timedelta(days=20), 20))
    new = Area.objects.create(
        code="110199100203",
        name="新村",
        level="village",
        parent=desk.township,
        latitude=40.34,
        longitude=116.7,
    )
    commands.import_weather(as_role("duty"), noons(TODAY, 1))
    assert AreaRating.objects.filter(area=new).count() == 21


def test_what_becomes_of_a_gap_is_the_desks_choice(desk, as_role, stations):
    first = TODAY - timedelta(days=19)
    lost = {first + timedelta(days=n) for n in (8, 9, 10)}
    commands.import_weather(as_role("duty"), noons(first, 20, skip=lost))

    def of_village() -> dict[date, AreaRating]:
        return {row.date: row for row in AreaRating.objects.filter(area=desk.villages[0])}

    held = of_village()
    last, back = held[first + timedelta(days=7)], held[first + timedelta(days=11)]
    assert all(held[day].gap and held[day].rating is None and held[day].dc == last.dc for day in lost)
    assert back.marks == [] and back.dc != 15
    policy.set_policy(as_role("duty"), desk.township, restart_after=2)
    assert of_village()[back.date].marks == ["restart"]
    policy.set_policy(as_role("duty"), desk.township, restart_after=None, estimate_up_to=2)
    estimated = of_village()
    assert [estimated[day].marks for day in sorted(lost)] == [["estimated"], ["estimated"], ["gap"]]
    assert estimated[min(lost)].rating and estimated[min(lost)].dc > last.dc
    stored = rows()
    chain.rate([first + timedelta(days=10)])  # resumes inside the gap
    assert rows() == stored


def test_a_sites_old_days_are_computed_again_just_as_they_were(as_role, stations, monkeypatch):
    first = TODAY - timedelta(days=39)
    commands.import_weather(as_role("duty"), noons(first, 40))
    kept = list(SiteRating.objects.order_by("date").values_list("date", "fwi", "dc"))
    assert len(kept) == 40
    monkeypatch.setattr(chain, "SITE_DAYS", timedelta(days=10))
    commands.import_weather(as_role("duty"), noons(TODAY, 1, seed=2))
    assert SiteRating.objects.count() == 11
    found = why.of_site(as_role("duty"), "S1", TODAY - timedelta(days=25))
    assert [(row.date, row.fwi, row.dc) for row in found.past] == kept[:15]


def test_by_the_national_standard_the_desk_rates_and_drafts_by_the_sum_of_five_factors(
    desk, as_role, stations
):
    policy.set_policy(as_role("duty"), desk.township, system="lyt1172", draft_from=4)
    Station.objects.filter(code="SQ01").delete()
    file = hourly(TODAY - timedelta(days=9), 10, until=21)
    commands.import_weather(as_role("duty"), file, station=stations[0])
    day = AreaRating.objects.get(area=desk.villages[0], date=TODAY)
    # 26 °C less 1.95 is in the row to 25; 18 % and its vapour held, below 30; dry for eight days; 28 km/h is force 4.
    assert day.lyt["points"] == [16, 20, 50, 20, 0] and day.lyt["htz"] == 106 and day.rating == 5
    assert day.fwi and queries.overview(as_role("duty"), TODAY)[0].index_words == "HTZ 106"
    draft = Warning.objects.get(source="threshold")
    assert draft.level == "red" and "HTZ 106" in draft.cause_en


def test_green_cover_counts_from_the_day_it_is_told_and_not_before(desk, as_role, stations):
    Station.objects.filter(code="SQ01").delete()
    commands.import_weather(
        as_role("duty"), hourly(TODAY - timedelta(days=9), 10, until=22), station=stations[0]
    )
    policy.set_cover(as_role("duty"), desk.township, category="half", since=TODAY - timedelta(days=1))
    of_village = AreaRating.objects.filter(area=desk.villages[0]).order_by("date")
    assert [row.lyt["points"][4] for row in of_village if row.lyt and "points" in row.lyt][-3:] == [
        0,
        -10,
        -10,
    ]


def test_noon_values_alone_give_no_rating_by_the_national_standard(desk, as_role, stations):
    policy.set_policy(as_role("duty"), desk.township, system="lyt1172")
    commands.import_weather(as_role("duty"), noons(TODAY - timedelta(days=4), 5))
    assert set(AreaRating.objects.values_list("rating", flat=True)) == {None}
    assert AreaRating.objects.exclude(fwi=None).count() == 10


@pytest.mark.parametrize("choices", [{"scheme": "canadian"}, {"system": "lyt1172"}, {"regime": "meteo"}])
def test_rating_stored_days_again_gives_what_computing_them_again_gives(desk, as_role, stations, choices):
    Station.objects.filter(code="SQ01").delete()
    commands.import_weather(
        as_role("duty"), hourly(TODAY - timedelta(days=4), 5, until=22), station=stations[0]
    )
    policy.set_policy(as_role("duty"), desk.township, **choices)
    quickly = rows(), rows(SiteRating)
    chain.rate([TODAY - timedelta(days=9)])
    assert (rows(), rows(SiteRating)) == quickly

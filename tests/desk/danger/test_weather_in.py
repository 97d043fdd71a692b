"""Weather comes in all or nothing, the same file twice changes nothing, and a threshold only drafts."""

from datetime import date, datetime, timedelta

import pytest

from fenghuo.core.access import NotAllowed, RuleBroken
from fenghuo.desk.danger import commands, queries
from fenghuo.desk.danger.models import AreaRating, Observation, Station, StationDay
from fenghuo.desk.danger.policy import commands as policy
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.warning.models import Warning

HEADER = "time_local,temperature_c,rh_percent,wind_speed_kmh,precipitation_mm"


def hourly(
    first: date, days: int, *, temperature=26.0, humidity=18.0, wind=28.0, rain=0.0, until=13, skip=()
) -> bytes:
    """A station's hourly rows, the last day up to `until` o'clock."""
    lines = [HEADER]
    for n in range(days * 24 - (24 - until)):
        at = datetime.combine(first, datetime.min.time()) + timedelta(hours=n)
        if at.date() in skip:
            continue
        lines.append(f"{at:%Y-%m-%dT%H:%M},{temperature},{humidity},{wind},{rain}")
    return "\n".join(lines).encode()


@pytest.fixture
def station(desk, as_role) -> Station:
    return commands.add_station(
        as_role("duty"), code="SM01", name="石门站", area=desk.township, latitude=40.32, longitude=116.68
    )


TODAY = date(2026, 4, 3)


def test_a_dry_week_is_rated_on_every_village_and_drafts_a_warning_that_is_not_sent(desk, as_role, station):
    result = commands.import_weather(as_role("duty"), hourly(TODAY - timedelta(days=9), 10), name="week.csv")
    assert result.done and result.new == 10 * 24 - 11 and not result.rejected
    rows = queries.overview(as_role("duty"), TODAY)
    assert [row.rating for row in rows] == [5, 5]
    assert all(row.parts[0]["station"] == "SM01" for row in rows)
    draft = Warning.objects.get()
    assert draft.state == "draft" and draft.source == "threshold" and draft.level == "red"
    assert set(draft.areas.all()) == set(desk.villages)
    assert not draft.recipients.exists()
    assert Entry.objects.filter(act="danger.weather_imported").count() == 1


def test_the_same_file_twice_changes_nothing(as_role, station):
    file = hourly(TODAY - timedelta(days=9), 10)
    commands.import_weather(as_role("duty"), file)
    before = list(StationDay.objects.values_list()), Warning.objects.count()
    again = commands.import_weather(as_role("duty"), file)
    assert (again.new, again.corrected) == (0, 0) and again.unchanged == 10 * 24 - 11
    assert (list(StationDay.objects.values_list()), Warning.objects.count()) == before


def test_taking_a_record_in_piece_by_piece_gives_the_same_codes_as_at_once(as_role, station):
    first = TODAY - timedelta(days=19)
    whole = hourly(first, 20)
    lines = whole.decode().splitlines()
    for start in range(1, len(lines), 37):
        commands.import_weather(as_role("duty"), "\n".join([HEADER, *lines[start : start + 37]]).encode())
    piecewise = list(StationDay.objects.values_list("date", "ffmc", "dmc", "dc", "fwi", "marks"))
    StationDay.objects.all().delete()
    Observation.objects.all().delete()
    commands.import_weather(as_role("duty"), whole)
    assert list(StationDay.objects.values_list("date", "ffmc", "dmc", "dc", "fwi", "marks")) == piecewise


def test_a_corrected_rain_record_rates_every_later_day_anew(as_role, station):
    first = TODAY - timedelta(days=9)
    commands.import_weather(as_role("duty"), hourly(first, 10))
    dry = AreaRating.objects.filter(date=TODAY).values_list("fwi", flat=True)[0]
    rain = f"{HEADER}\n{TODAY - timedelta(days=3):%Y-%m-%d}T09:00,26.0,18.0,28.0,30".encode()
    result = commands.import_weather(as_role("duty"), rain)
    assert (result.new, result.corrected) == (0, 1) and result.days == 4
    assert AreaRating.objects.filter(date=TODAY).values_list("fwi", flat=True)[0] < dry


def test_one_bad_row_keeps_everything_out_and_is_named(as_role, station):
    lines = hourly(TODAY - timedelta(days=2), 3).decode().splitlines()
    lines[5] = lines[5].replace(",18.0,", ",118,")
    file = "\n".join(lines).encode()
    result = commands.import_weather(as_role("duty"), file)
    assert not result.done and Observation.objects.count() == 0
    (finding,) = result.rejected
    assert finding.row == 6 and finding.column == "rh_percent" and finding.value == "118"
    assert "118" in finding.message.en and finding.message.zh
    kept = commands.import_weather(as_role("duty"), file, skip_bad=True)
    assert kept.done and kept.new == len(lines) - 2 and len(kept.rejected) == 1


def test_a_day_without_noon_weather_is_a_gap_that_holds_the_codes(as_role, station):
    first, lost = TODAY - timedelta(days=9), TODAY - timedelta(days=4)
    commands.import_weather(as_role("duty"), hourly(first, 10, skip={lost}))
    days = {day.date: day for day in StationDay.objects.all()}
    gap, before = days[lost], days[lost - timedelta(days=1)]
    assert (
        gap.gap and "gap" in gap.marks and (gap.ffmc, gap.dmc, gap.dc) == (before.ffmc, before.dmc, before.dc)
    )
    row = next(
        row
        for row in queries.history(as_role("duty"), "110199100201", TODAY)
        if row["date"] == lost.isoformat()
    )
    assert row["gap"] and row["fwi"] is None and row["rating"] is None


def test_two_stations_are_weighed_by_distance(desk, as_role, station):
    caller = as_role("duty")
    commands.add_station(
        caller, code="SQ01", name="双泉站", area=desk.township, latitude=40.32, longitude=116.73
    )
    eve = TODAY - timedelta(days=1)
    dry, wet = hourly(eve, 2), hourly(eve, 2, humidity=90.0, temperature=5.0)
    commands.import_weather(caller, dry, station=station)
    commands.import_weather(caller, wet, station=Station.objects.get(code="SQ01"))
    near, far = queries.overview(caller, TODAY)
    assert near.area.name == "石门村" and far.area.name == "双泉村" and near.fwi > far.fwi
    assert [part["station"] for part in near.parts] == ["SM01", "SQ01"]
    assert sum(part["weight"] for part in near.parts) == pytest.approx(1, abs=1e-3)


def test_history_long_past_drafts_nothing(as_role, station):
    commands.import_weather(as_role("duty"), hourly(TODAY - timedelta(days=400), 10))
    assert Warning.objects.count() == 0


def test_rows_of_an_unknown_station_are_refused_with_what_to_do(as_role, station):
    with pytest.raises(RuleBroken, match="SM01"):
        commands.import_weather(as_role("duty"), f"station,{HEADER}\nZZ,2026-04-01T12:00,20,30,10,0".encode())


@pytest.mark.parametrize("role", ["contact", "inspector", "responsible", "clerk", "county"])
def test_only_the_desk_takes_weather_in(as_role, station, role):
    with pytest.raises(NotAllowed):
        commands.import_weather(as_role(role), hourly(TODAY, 1))


def test_another_choice_of_classes_rates_the_past_anew(desk, as_role, station):
    commands.import_weather(as_role("duty"), hourly(TODAY - timedelta(days=9), 10, wind=6.0, humidity=40.0))
    before = list(AreaRating.objects.values_list("rating", flat=True))
    policy.set_policy(
        as_role("duty"), desk.township, scheme="canadian", regime="meteo", draft_from=5, noon="civil"
    )
    after = list(AreaRating.objects.values_list("rating", flat=True))
    assert before != after and all(b <= a for b, a in zip(before, after, strict=True) if b)


def test_a_contact_sees_only_its_own_village(as_role, station):
    commands.import_weather(as_role("duty"), hourly(TODAY - timedelta(days=2), 3))
    assert [row.area.name for row in queries.overview(as_role("contact"), TODAY)] == ["石门村"]


def test_each_village_is_drafted_at_its_own_level(desk, as_role, station):
    caller = as_role("duty")
    commands.add_station(
        caller, code="SQ01", name="双泉站", area=desk.township, latitude=40.325, longitude=116.725
    )
    Station.objects.filter(code="SM01").update(latitude=40.325, longitude=116.675)
    windy, calm = hourly(TODAY - timedelta(days=9), 10), hourly(TODAY - timedelta(days=9), 10, wind=13.0)
    commands.import_weather(caller, calm, station=Station.objects.get(code="SQ01"))
    commands.import_weather(caller, windy, station=Station.objects.get(code="SM01"))
    drafts = {w.level: [area.name for area in w.areas.all()] for w in Warning.objects.filter(state="draft")}
    assert drafts == {"red": ["石门村"], "orange": ["双泉村"]}


def test_a_daily_file_with_noon_values_is_rated_like_any_other(as_role, station):
    rows = [f"{TODAY - timedelta(days=n):%Y-%m-%d},26.0,18.0,28.0,0.0" for n in range(9, -1, -1)]
    daily = "\n".join(["date,temperature_c,rh_percent,wind_speed_kmh,precipitation_mm", *rows]).encode()
    assert commands.import_weather(as_role("duty"), daily).new == 10
    by_day = list(StationDay.objects.values_list("date", "ffmc", "dmc", "dc", "fwi"))
    StationDay.objects.all().delete()
    Observation.objects.all().delete()
    # The first day of the hourly file has no 24 hours of rain behind its noon, so it begins a day earlier.
    commands.import_weather(as_role("duty"), hourly(TODAY - timedelta(days=10), 11))
    hourly_days = list(StationDay.objects.exclude(fwi=None).values_list("date", "ffmc", "dmc", "dc", "fwi"))
    assert by_day == hourly_days

"""Columns that no header explains are asked for once; values that look wrong wait for a person's word."""

import io
import re
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from fenghuo.core.access import NotAllowed, RuleBroken
from fenghuo.core.danger.io.headers import UnknownColumns
from fenghuo.desk.danger import commands
from fenghuo.desk.danger.intake import commands as intake
from fenghuo.desk.danger.intake import queries
from fenghuo.desk.danger.models import (
    ColumnMapping,
    DoubtfulValue,
    ForecastIssue,
    Observation,
    Station,
    StationDay,
    WaitingFile,
)
from fenghuo.desk.journal.models import Entry
from tests.desk.danger.test_weather_in import HEADER, TODAY, hourly

STRANGE = "DateTime_obs,T,H,FF,R1h,Operator"
CHOICES = {
    "column_0": "time",
    "column_1": "temperature|°c",
    "column_2": "humidity|%",
    "column_3": "wind|m/s",
    "column_4": "rain|mm",
    "column_5": "",
    "clock": "local",
}


@pytest.fixture
def station(desk, as_role) -> Station:
    return commands.add_station(
        as_role("duty"), code="SM01", name="石门站", area=desk.township, latitude=40.32, longitude=116.68
    )


def strange(first, days: int = 3) -> bytes:
    """A file whose headers say nothing: wind in m/s, and a column of no use."""
    hours = [datetime.combine(first, datetime.min.time()) + timedelta(hours=n) for n in range(days * 24 - 11)]
    # The last column of the header is one that no rule knows.
    return "\n".join(
        [STRANGE, *(f"{at:%Y-%m-%d %H:%M},26.0,18.0,{5 + at.hour % 3},0.0,auto" for at in hours)]
    ).encode()


def workbook(first, days: int = 3) -> bytes:
    """The same as an Excel sheet."""
    book = Workbook()
    for line in strange(first, days).decode().splitlines():
        book.active.append(
            [float(cell) if re.fullmatch(r"[\d.]+", cell) else cell for cell in line.split(",")]
        )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sent(content: bytes, name: str = "obs.csv") -> dict:
    return {"file": SimpleUploadedFile(name, content), "station": ""}


@pytest.mark.parametrize(("make", "name"), [(strange, "obs.csv"), (workbook, "obs.xlsx")])
def test_a_file_is_asked_about_once_and_read_the_same_way_ever_after(station, browse, make, name):
    client = browse("duty")
    first = TODAY - timedelta(days=2)
    asked = client.post("/danger/import/", sent(make(first), name))
    assert asked.status_code == 302
    page = client.get(asked["Location"]).content.decode()
    assert "DateTime_obs" in page and "18" in page and "Wind speed, 10 m, km/h" in page
    assert Observation.objects.count() == 0

    lacking = client.post(asked["Location"], CHOICES | {"column_3": ""})
    assert lacking.status_code == 422 and "wind speed, 10 m" in lacking.content.decode()
    twice = client.post(asked["Location"], CHOICES | {"column_5": "rain|mm"})
    assert twice.status_code == 422 and "R1h, Operator" in twice.content.decode()

    client.post(asked["Location"], CHOICES)
    assert Observation.objects.count() == 61 and not WaitingFile.objects.exists()
    assert Observation.objects.order_by("at")[0].wind == 18.0  # 5 m/s
    assert Entry.objects.filter(act="danger.columns_named").count() == 1

    again = client.post("/danger/import/", sent(make(first + timedelta(days=1)), name))
    page = again.content.decode()
    assert again.status_code == 200 and "Columns read as last time" in page and "王值班" in page
    assert Observation.objects.count() > 61

    kept = ColumnMapping.objects.get()
    changed = client.post(f"/danger/import/columns/{kept.pk}/", CHOICES | {"column_3": "wind|km/h"})
    assert changed.status_code == 302
    client.post("/danger/import/", sent(make(first), name))
    assert Observation.objects.order_by("at")[0].wind == 5.0
    client.post(f"/danger/import/columns/{kept.pk}/forget")
    assert not ColumnMapping.objects.exists()
    assert client.post("/danger/import/", sent(make(first), name))["Location"].startswith("/danger/import/")


def test_a_forecast_file_is_asked_about_like_any_other(station, as_role, browse):
    commands.import_weather(as_role("duty"), hourly(TODAY - timedelta(days=9), 10))
    client = browse("duty")
    asked = client.post(
        "/danger/import/forecast/", sent(strange(TODAY)) | {"issued": "2026-04-03T08:00", "maker": "X"}
    )
    client.post(asked["Location"], CHOICES)
    issue = ForecastIssue.objects.get()
    assert issue.maker == "X" and issue.days.first().wind == 18.0
    assert Observation.objects.filter(at__gt=issue.fetched_at).count() == 0


def test_columns_named_at_one_desk_hold_there_and_on_the_command_line_only(station, desk, as_role):
    with pytest.raises(UnknownColumns):
        commands.import_weather(as_role("duty"), strange(TODAY))
    asked = None
    try:
        commands.import_weather(as_role("duty"), strange(TODAY))
    except UnknownColumns as unknown:
        asked = unknown.asked
    with pytest.raises(NotAllowed):
        intake.remember(as_role("contact"), asked.headers, asked.known, ())


def test_a_columns_page_is_only_for_who_sent_the_file(station, browse):
    where = browse("duty").post("/danger/import/", sent(strange(TODAY)))["Location"]
    assert browse("leader").get(where).status_code == 404
    assert browse("contact").get(where).status_code == 403


def test_rows_that_break_a_rule_can_be_left_out_without_choosing_the_file_again(station, browse):
    lines = hourly(TODAY, 1).decode().splitlines()
    lines[3] = lines[3].replace(",28.0,", ",fast,")
    client = browse("duty")
    page = client.post("/danger/import/", sent("\n".join(lines).encode())).content.decode()
    assert "Nothing was imported: 1 value breaks a rule" in page
    again = re.search(r'action="(/danger/import/\d+/again)"', page)[1]
    page = client.post(again, {"skip_bad": "1"}).content.decode()
    assert "1 left out" in page and Observation.objects.count() == 12 and not WaitingFile.objects.exists()


def with_a_jump(value: float = 46.0) -> bytes:
    """Two days of living weather, on the second of which the temperature is another for one hour, at ten."""
    lines = []
    for n in range(38):
        at = datetime.combine(TODAY - timedelta(days=1), datetime.min.time()) + timedelta(hours=n)
        temperature = value if n == 34 else 20 + at.hour % 5
        lines.append(f"{at:%Y-%m-%dT%H:%M},{temperature},{30 + at.hour},{8 + at.hour % 7},0.0")
    return "\n".join([HEADER, *lines]).encode()


def test_a_value_that_looks_wrong_is_taken_in_shown_and_waits(station, as_role, browse):
    client = browse("duty")
    page = client.post("/danger/import/", sent(with_a_jump())).content.decode()
    assert "to check" in page and "46 °C" in page and "temperature_c" in page
    assert Observation.objects.filter(temperature=46.0).count() == 1
    doubts = list(DoubtfulValue.objects.order_by("at"))
    assert [(doubt.value, doubt.row) for doubt in doubts] == [(46.0, 36), (21.0, 37)]  # up, and down again
    assert "to check" in client.get("/danger/").content.decode()
    assert f"row {doubts[0].row}" in client.get("/danger/checks/").content.decode()
    open_before = queries.doubts(as_role("duty")).count()
    commands.import_weather(as_role("duty"), with_a_jump())
    assert queries.doubts(as_role("duty")).count() == open_before

    client.post("/danger/checks/confirm", {"value": [doubt.pk for doubt in doubts]})
    assert not queries.doubts(as_role("duty")).exists()
    assert Entry.objects.filter(act="danger.value_confirmed").count() == len(doubts)
    assert commands.import_weather(as_role("duty"), with_a_jump()).doubts == ()
    assert not queries.doubts(as_role("duty")).exists()  # what was said to be right stays right
    assert "right as it is" in client.get("/danger/checks/?settled=1").content.decode()


def test_a_correction_rates_the_day_anew_and_stands_when_the_same_file_comes_again(station, as_role, browse):
    noon = f"{TODAY}T12:00,"
    lines = with_a_jump(20.0).decode().splitlines()
    lines = [re.sub(f"({noon})[^,]+", r"\g<1>46", line) for line in lines]
    file = "\n".join(lines).encode()
    commands.import_weather(as_role("duty"), file)
    doubts = queries.doubts(as_role("duty")).order_by("at")
    wrong, doubt = StationDay.objects.get(date=TODAY).fwi, doubts[0]
    client = browse("duty")
    assert client.post(f"/danger/checks/{doubt.pk}/", {"value": "99"}).status_code == 422
    assert (
        "rated anew"
        in client.post(f"/danger/checks/{doubt.pk}/", {"value": "22"}, follow=True).content.decode()
    )
    right = StationDay.objects.get(date=TODAY).fwi
    assert right < wrong and not doubts.exists()  # the way down was answered with the way up
    commands.import_weather(as_role("duty"), file)
    assert StationDay.objects.get(date=TODAY).fwi == right
    corrected = re.sub(
        f"({noon})[^,]+", r"\g<1>23", file.decode()
    ).encode()  # now the file itself says otherwise
    commands.import_weather(as_role("duty"), corrected)
    assert Observation.objects.filter(temperature=23.0, at__hour=12, at__day=3).count() == 1
    assert Entry.objects.filter(act="danger.value_corrected").count() == 1


def test_a_span_of_a_stuck_sensor_is_made_missing(station, as_role):
    caller = as_role("duty")
    commands.import_weather(caller, hourly(TODAY - timedelta(days=2), 3))  # nothing moves for two days
    doubt = queries.doubts(caller).filter(quantity="humidity").get()
    with pytest.raises(RuleBroken):
        commands.correct_value(caller, doubt, 50.0, until=doubt.at + timedelta(hours=5))
    commands.correct_value(caller, doubt, None, until=doubt.at + timedelta(days=4))
    assert not Observation.objects.filter(humidity__isnull=False).exists()
    assert all(day.gap for day in StationDay.objects.all())
    commands.import_weather(caller, hourly(TODAY - timedelta(days=2), 3))
    assert not Observation.objects.filter(humidity__isnull=False).exists()
    with pytest.raises(NotAllowed):
        commands.correct_value(as_role("contact"), doubt, None)


def test_a_later_file_that_corrects_the_value_settles_the_doubt(station, as_role):
    commands.import_weather(as_role("duty"), with_a_jump())
    jump = queries.doubts(as_role("duty")).filter(rule="suspicious-jump")
    assert jump.count() == 2
    commands.import_weather(as_role("duty"), with_a_jump(22.0))
    assert not jump.exists()
    assert DoubtfulValue.objects.filter(verdict="corrected", by_hand=False).exists()


def test_headers_that_say_everything_are_never_asked_about(station, browse):
    answer = browse("duty").post("/danger/import/", sent(f"{HEADER}\n{TODAY}T12:00,26,18,28,0".encode()))
    assert answer["Location"] == "/danger/" and not WaitingFile.objects.exists()


def test_hours_of_a_day_that_noon_values_were_there_for_make_that_day(station, as_role):
    first = TODAY - timedelta(days=4)
    daily = [f"{first + timedelta(days=n)},26.0,18.0,28.0,0.0" for n in range(5)]
    noons = "\n".join(["date,temperature_c,rh_percent,wind_speed_kmh,precipitation_mm", *daily]).encode()
    commands.import_weather(as_role("duty"), noons)
    commands.import_weather(as_role("duty"), hourly(first + timedelta(days=1), 3, temperature=20.0))
    days = {day.date: day.temperature for day in StationDay.objects.all()}
    # The first day of the hours has no 24 hours of rain behind its noon: there the daily row says more.
    assert [days[first + timedelta(days=n)] for n in range(5)] == [26.0, 26.0, 20.0, 20.0, 26.0]

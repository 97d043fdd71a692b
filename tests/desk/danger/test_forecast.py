"""A forecast starts from what was observed, is never mixed into it, and is measured when the day has come."""

import csv
import io
import json
import re
import threading
from datetime import UTC, date, datetime, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile

from fenghuo.core.access import NotAllowed, Role, RuleBroken
from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.desk.danger import commands as danger
from fenghuo.desk.danger.forecast import commands, queries
from fenghuo.desk.danger.models import (
    AreaRating,
    FetchTry,
    ForecastDay,
    ForecastError,
    ForecastIssue,
    ForecastRating,
    Observation,
    Station,
    StationDay,
)
from fenghuo.desk.danger.policy import commands as policy
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.officers import commands as officers
from fenghuo.desk.site import worker
from fenghuo.desk.site.command_line import danger as command_line
from fenghuo.desk.site.command_line import serve
from fenghuo.desk.warning.models import Warning
from tests.desk.danger.test_weather_in import HEADER, TODAY, hourly

ISSUED = datetime(2026, 4, 3, 0, 0, tzinfo=UTC)  # 08:00 of TODAY in the desk's zone
DAY = timedelta(days=1)
DAILY = "date,temperature_c,rh_percent,wind_speed_kmh,precipitation_mm"


@pytest.fixture
def station(desk, as_role) -> Station:
    return danger.add_station(
        as_role("duty"), code="SM01", name="石门站", area=desk.township, latitude=40.32, longitude=116.68
    )


@pytest.fixture
def observed(station, as_role) -> Station:
    """Ten mild days, the last of them yesterday."""
    danger.import_weather(as_role("duty"), hourly(TODAY - 10 * DAY, 10, humidity=45.0, wind=8.0, until=24))
    return station


def days_ahead(first: date = TODAY, days: int = 4, **weather) -> bytes:
    """A forecast of noon values, hot and dry unless said otherwise."""
    values = {"temperature": 27.0, "humidity": 18.0, "wind": 28.0, "rain": 0.0} | weather
    row = ",".join(str(values[name]) for name in ("temperature", "humidity", "wind", "rain"))
    return "\n".join([DAILY, *(f"{first + n * DAY},{row}" for n in range(days))]).encode()


def observations() -> list:
    """Everything that is observed: no forecast may change any of it."""
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Observation, StationDay, AreaRating, Warning)
    ]


def test_a_forecast_is_run_on_from_the_last_observed_day_and_changes_nothing_observed(observed, as_role):
    caller, before = as_role("duty"), observations()
    done = commands.import_forecast(caller, days_ahead(), issued_at=ISSUED, maker="County weather office")
    assert (done.new, done.days, done.issue_stated) == (1, 4, True)
    assert observations() == before  # four extreme days ahead, and no warning is drafted
    issue = ForecastIssue.objects.get()
    assert issue.based_on == TODAY - DAY and issue.by == "County weather office"
    days = list(issue.days.all())
    assert [day.lead for day in days] == [0, 1, 2, 3] and days[0].ffmc > 85
    outlook = queries.outlook(caller)
    assert [day.observed for day in outlook.days] == [False] * 4
    assert [day.reaching for day in outlook.warning_days] == [2] * len(outlook.warning_days)
    assert Entry.objects.filter(act="danger.forecast_taken_in").count() == 1

    # Observed and forecast are the same chain: had this weather been observed, the codes would be these.
    danger.import_weather(caller, days_ahead(days=2))
    real = StationDay.objects.get(date=TODAY + DAY)
    assert (real.ffmc, real.dmc, real.dc, real.fwi) == (days[1].ffmc, days[1].dmc, days[1].dc, days[1].fwi)
    assert (
        AreaRating.objects.filter(date=TODAY).values_list("rating", flat=True)[0]
        == outlook.days[0].highest.rating
    )


def test_the_same_issue_again_changes_nothing_and_a_corrected_one_replaces_it(observed, as_role):
    caller = as_role("duty")
    commands.import_forecast(caller, days_ahead(), issued_at=ISSUED)
    again = commands.import_forecast(caller, days_ahead(), issued_at=ISSUED)
    assert (again.new, again.unchanged, again.corrected) == (0, 1, 0)
    calmer = commands.import_forecast(caller, days_ahead(days=2, wind=5.0), issued_at=ISSUED)
    assert (calmer.corrected, ForecastIssue.objects.count(), ForecastDay.objects.count()) == (1, 1, 2)
    later = commands.import_forecast(
        caller, days_ahead(days=1, wind=20.0), issued_at=ISSUED + timedelta(hours=3)
    )
    assert later.new == 1
    winds = {row.date: row.wind for row in ForecastRating.objects.filter(area__code="110199100201")}
    assert winds == {TODAY: 20.0, TODAY + DAY: 5.0}  # of each day, the newest forecast that speaks of it


def test_a_day_whose_noon_was_before_the_issue_is_no_forecast(observed, as_role, clock):
    clock.forward(hours=1)
    done = commands.import_forecast(as_role("duty"), days_ahead())  # it states no time of issue: now, 14:00
    assert not done.issue_stated and done.issued_at == clock.now
    assert list(ForecastDay.objects.values_list("date", "lead")) == [(TODAY + n * DAY, n) for n in (1, 2, 3)]
    with pytest.raises(RuleBroken, match="SM01"):
        commands.import_forecast(as_role("duty"), days_ahead(TODAY - 2 * DAY, 2))
    with pytest.raises(RuleBroken) as future:
        commands.import_forecast(as_role("duty"), days_ahead(), issued_at=clock.now + DAY)
    assert future.value.field == "issued"


def test_hours_of_rain_before_the_issue_are_those_observed(station, as_role):
    caller = as_role("duty")
    rain = hourly(TODAY - 10 * DAY, 10, humidity=45.0, wind=8.0, until=24).decode().splitlines()
    rain[-4] = rain[-4].rsplit(",", 1)[0] + ",7.0"  # yesterday at 20:00
    more = [f"{TODAY:%Y-%m-%d}T{hour:02}:00,15,60,5,0" for hour in range(8)]
    danger.import_weather(caller, "\n".join([*rain, *more]).encode())
    ahead = [HEADER, *(f"{TODAY:%Y-%m-%d}T{hour:02}:00,20,40,10,0.5" for hour in range(8, 24))]
    commands.import_forecast(caller, "\n".join(ahead).encode(), issued_at=ISSUED - timedelta(minutes=10))
    day = ForecastDay.objects.get(date=TODAY)
    assert day.rain == pytest.approx(7.0 + 5 * 0.5) and "rain-before-issue-observed" in day.marks


def test_when_the_day_is_observed_the_error_is_recorded_and_a_correction_records_it_anew(
    observed, as_role, clock
):
    caller = as_role("duty")
    commands.import_forecast(caller, days_ahead(), issued_at=ISSUED)
    assert not ForecastError.objects.exists()
    danger.import_weather(caller, days_ahead(days=1, temperature=22.0, humidity=38.0, wind=20.0))
    error = ForecastError.objects.select_related("forecast").get()
    assert error.forecast.date == TODAY and error.forecast.lead == 0
    assert (error.temperature, error.humidity, error.wind, error.rain) == (5.0, -20.0, 8.0, 0.0)
    assert error.fwi == error.fwi_forecast - error.fwi_observed > 0
    assert error.rating_forecast > error.rating_observed
    assert error.fwi_persistence == StationDay.objects.get(date=TODAY - DAY).fwi

    danger.import_weather(caller, days_ahead(days=1, temperature=26.0, humidity=38.0, wind=20.0))
    assert ForecastError.objects.get().temperature == 1.0
    # The forecast stays what it was; what lies ahead starts from the day that was observed now.
    assert ForecastDay.objects.get(date=TODAY).temperature == 27.0
    assert [day.observed for day in queries.outlook(caller).days] == [True, False, False, False]
    codes = StationDay.objects.get(date=TODAY)
    ahead = ForecastRating.objects.get(date=TODAY + DAY, area__code="110199100201")
    as_issued = ForecastDay.objects.get(date=TODAY + DAY)
    assert codes.dc != ForecastDay.objects.get(date=TODAY).dc and ahead.dc != as_issued.dc


def test_the_skill_table_counts_by_days_ahead_and_every_number_opens_its_pairs(
    observed, as_role, clock, browse
):
    for _day in range(3):  # each morning a forecast, each noon a milder day than it said
        morning = clock.now.replace(hour=0)
        today = morning.date()
        commands.import_forecast(as_role("duty"), days_ahead(today, 3), issued_at=morning)
        danger.import_weather(as_role("duty"), days_ahead(today, 1, wind=9.0, humidity=40.0))
        clock.forward(days=1)
    wanted = queries.Wanted(TODAY - DAY, TODAY + 5 * DAY)
    table = queries.skill_table(as_role("duty"), wanted)
    assert [(row.lead, row.n) for row in table.rows] == [(0, 3), (1, 2), (2, 1)]
    first = table.rows[0]
    assert first.bias == first.mae > 10 and first.hits == 0 and first.false_alarms == 3 and first.far == 1.0
    assert table.inputs[0].mae["wind"] == 19.0 and table.inputs[0].bias["humidity"] == -22.0

    client = browse("duty")
    where = "?start=2026-04-02&end=2026-04-08"
    page = client.get("/danger/skill/" + where).content.decode()
    assert "kind=false" in page and f"+{first.bias:.1f}" in page
    pairs = client.get("/danger/skill/pairs/" + where + "&lead=0&kind=false").content.decode()
    assert "3 pairs" in pairs and "40" in pairs
    assert (
        client.get("/danger/skill/pairs/" + where + "&lead=0&kind=hit").content.decode().count("<tbody>") == 0
    )
    rows = list(
        csv.DictReader(io.StringIO(client.get("/danger/skill/skill.csv" + where).content.decode("utf-8-sig")))
    )
    assert [rows[0][name] for name in ("lead_days", "n", "false_alarms")] == ["0", "3", "3"]
    rows = list(
        csv.DictReader(
            io.StringIO(
                client.get("/danger/skill/skill.csv" + where + "&of=pairs").content.decode("utf-8-sig")
            )
        )
    )
    assert len(rows) == 6 and {row["issue_time_stated"] for row in rows} == {"1"}
    empty = client.get("/danger/skill/?start=2025-01-01&end=2025-02-01").content.decode()
    assert "No pair in this period" in empty
    assert client.get("/danger/skill/?start=2026-05-01&end=2026-04-01").status_code == 422


@pytest.mark.parametrize(
    ("language", "issued", "reach"),
    [
        (
            "en",
            "Forecast issued today 08:00 by County weather office",
            "Forecast to reach class 5 or higher: today in 2 villages · tomorrow in 2 villages",
        ),
        (
            "zh-hans",
            "County weather office 今天 08:00 发布的预报",
            "预报达到 5 级及以上： 今天 2 个村 · 明天 2 个村",
        ),
    ],
)
def test_screens_say_that_it_is_forecast_by_whom_and_when(
    observed, desk, as_role, browse, language, issued, reach
):
    policy.set_policy(as_role("duty"), desk.township, draft_from=5)
    commands.import_forecast(as_role("duty"), days_ahead(), issued_at=ISSUED, maker="County weather office")
    for address in ("/", "/danger/", "/danger/forecast/"):
        page = " ".join(browse("duty", language).get(address).content.decode().split())
        text = re.sub(r"<[^>]+>", "", page)
        assert issued in text and reach in text and 'class="ahead"' in page, address


RECORDED = Path(__file__).parents[2] / "core/danger/data/open_meteo"


@pytest.fixture
def open_meteo(settings):
    """A server on loopback that answers as `answer` says, (status, body), and keeps what it was asked."""

    class Server(ThreadingHTTPServer):
        answer = (200, (RECORDED / "forecast.json").read_bytes())
        asked: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.append(parse_qs(urlsplit(self.path).query))
            status, body = self.server.answer
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = Server(("127.0.0.1", 0), Handler)
    server.asked = []
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    settings.FENGHUO_OPEN_METEO = f"http://127.0.0.1:{server.server_port}/v1/forecast"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def march(station, clock) -> Station:
    """The evening of 12 March 2016, for which an answer of Open-Meteo was recorded."""
    clock.now = datetime(2016, 3, 12, 12, 0, tzinfo=UTC)
    return station


def test_nothing_is_asked_until_the_desk_switches_it_on_and_then_as_often_as_it_says(
    march, desk, as_role, clock, open_meteo
):
    worker.one_round()
    assert open_meteo.asked == []
    commands.set_fetching(as_role("duty"), desk.township, on=True, every_hours=6)
    worker.one_round()
    worker.one_round()
    (asked,) = open_meteo.asked
    assert (asked["latitude"], asked["longitude"]) == (["40.32"], ["116.68"])
    issue = ForecastIssue.objects.get()
    assert (issue.source, issue.issued_at, issue.issue_stated) == ("open-meteo", clock.now, False)
    (day,) = issue.days.all()  # of the recorded two days one noon lies ahead
    hours = json.loads(open_meteo.answer[1])["hourly"]
    noon = hours["time"].index("2016-03-13T04:00")  # in GMT
    rain = sum(hours["precipitation"][noon - 23 : noon + 1])
    assert (day.date, day.lead) == (date(2016, 3, 13), 1)
    assert (day.temperature, day.rain) == (hours["temperature_2m"][noon], pytest.approx(rain))

    clock.forward(hours=5)
    worker.one_round()
    assert len(open_meteo.asked) == 1
    clock.forward(hours=1)
    worker.one_round()
    assert len(open_meteo.asked) == 2
    commands.set_fetching(as_role("duty"), desk.township, on=False, every_hours=6)
    clock.forward(hours=12)
    worker.one_round()
    assert len(open_meteo.asked) == 2


def test_a_failed_fetch_is_shown_where_it_matters_and_tried_again(
    march, desk, as_role, clock, open_meteo, browse
):
    open_meteo.answer = (503, b"down")
    commands.set_fetching(as_role("duty"), desk.township, on=True, every_hours=24)
    worker.one_round()
    trouble = FetchTry.objects.get()
    assert trouble.trouble["en"] and trouble.trouble["zh"] and trouble.succeeded_at is None
    page = browse("duty").get("/danger/forecast/").content.decode()
    assert "SM01" in page and escape(trouble.trouble["en"]) in page
    doctor = CliRunner().invoke(serve.doctor)
    assert doctor.exit_code == 1 and "forecast of SM01" in doctor.output
    clock.forward(minutes=20)
    worker.one_round()
    assert len(open_meteo.asked) == 1
    open_meteo.answer = type(open_meteo).answer
    clock.forward(minutes=11)
    worker.one_round()
    trouble.refresh_from_db()
    assert trouble.trouble == {} and trouble.succeeded_at == clock.now and ForecastIssue.objects.count() == 1
    assert "forecasts: fetched by the worker" in CliRunner().invoke(serve.doctor).output


@pytest.mark.parametrize("answer", [b'{"error": true, "reason": "no such place"}', b"<html>", b"[]"])
def test_an_answer_that_is_no_forecast_is_refused_in_words(march, as_role, open_meteo, answer):
    open_meteo.answer = (200, answer)
    with pytest.raises(UnreadableStations) as refused:
        commands.fetch(as_role("duty"), [march])
    assert refused.value.message.zh and not ForecastIssue.objects.exists()
    assert FetchTry.objects.get().trouble["zh"]


def test_the_page_takes_a_forecast_file_in_and_only_the_desk_may(observed, as_role, browse):
    file = SimpleUploadedFile("ahead.csv", days_ahead())
    said = {"file": file, "station": "", "issued": "2026-04-03T08:00", "maker": "县气象局"}
    page = browse("duty").post("/danger/import/forecast/", said, follow=True).content.decode()
    assert "A forecast of 4 days ahead" in page and ForecastIssue.objects.get().issued_at == ISSUED
    assert browse("contact").get("/danger/import/forecast/").status_code == 403
    with pytest.raises(NotAllowed):
        commands.import_forecast(as_role("clerk"), days_ahead())
    late = SimpleUploadedFile("late.csv", days_ahead())
    answer = browse("duty").post("/danger/import/forecast/", {"file": late, "issued": "2026-04-09T08:00"})
    assert answer.status_code == 422 and "after now" in answer.content.decode()


def test_the_command_line_takes_a_forecast_in_and_fetches(march, open_meteo, tmp_path):
    run = CliRunner().invoke
    file = tmp_path / "answer.json"
    file.write_bytes(open_meteo.answer[1])
    wrong = run(command_line.danger, ["import", str(file), "--issued", "2016-03-12T18:00"])
    assert wrong.exit_code == 2 and "--forecast" in wrong.output
    done = run(
        command_line.danger, ["import", str(file), "--forecast", "--issued", "2016-03-12T18:00", "--by", "X"]
    )
    assert done.exit_code == 0 and "Forecast of 1 days: 1 new" in done.output, done.output
    fetched = run(command_line.danger, ["fetch", "--format", "json"])
    assert fetched.exit_code == 0 and "stands for it" in json.loads(fetched.output)["summary"]
    assert ForecastIssue.objects.count() == 2
    open_meteo.answer = (500, b"")
    failed = run(command_line.danger, ["fetch", "--format", "json"])
    assert failed.exit_code == 2 and json.loads(failed.output)["findings"][0]["severity"] == "error"


def test_the_api_gives_forecasts_and_skill_and_takes_files(observed, desk, as_role, client):
    secret = officers.make_token(as_role("leader"), desk.officers[Role.DUTY], "script")
    headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    sent = {
        "file": SimpleUploadedFile("a.csv", days_ahead()),
        "issued": "2026-04-03T08:00:00+08:00",
        "maker": "X",
    }
    done = client.post("/api/v1/danger/forecasts", sent, **headers)
    assert done.status_code == 200 and done.json()["days"] == 4, done.content
    danger.import_weather(as_role("duty"), days_ahead(days=1, wind=12.0))
    outlook = client.get("/api/v1/danger/outlook", **headers).json()
    assert {(row["date"], row["forecast"]) for row in outlook["ratings"]} >= {
        (TODAY.isoformat(), False),
        ((TODAY + DAY).isoformat(), True),
    }
    (issue,) = client.get("/api/v1/danger/forecasts", **headers).json()
    assert len(client.get(f"/api/v1/danger/forecasts/{issue['id']}/days", **headers).json()) == 4
    (skill,) = client.get("/api/v1/danger/skill", **headers).json()
    assert (skill["lead"], skill["n"]) == (0, 1)
    (pair,) = client.get("/api/v1/danger/skill/pairs", **headers).json()["items"]
    assert pair["issue"] == issue["id"] and pair["wind"] == 16.0

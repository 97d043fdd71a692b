"""Open-Meteo's answers become observations whatever their spelling, units and zone, and its server may fail."""

import copy
import gzip
import json
import threading
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.danger import weather
from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.core.danger.io import open_meteo
from fenghuo.core.danger.io.open_meteo import request_url
from fenghuo.core.danger.io.weather_server import Unreachable, fetch

DATA = Path(__file__).parent / "data/open_meteo"
FORECAST = (DATA / "forecast.json").read_bytes()


def test_a_forecast_is_read_with_its_place_and_reduced_to_noon():
    answer = open_meteo.read(FORECAST, stations=["54419"])
    assert (len(answer.observations), answer.rejected, answer.gaps) == (48, (), {})
    place = answer.places[0]
    assert (place.station, place.latitude, place.longitude, place.elevation) == (
        "54419",
        40.375,
        116.625,
        65.0,
    )
    row = answer.by_station()["54419"][4]
    assert row.utc == datetime(2016, 3, 12, 4, tzinfo=UTC) and row.local.hour == 12
    assert (row.temperature, row.dew_point, row.humidity) == (5.3, -11.8, 28.0)
    assert row.wind == pytest.approx(1.8 * 3.6)
    # The amount at an hour is the sum of the hour before it: 05:00 UTC belongs to the next noon's day.
    days = weather.noon_days(answer.observations)
    assert [(day.date.day, day.temperature, day.rain) for day in days] == [(12, 5.3, None), (13, 9.4, 0.3)]


def test_the_older_spelling_other_units_and_summer_time_shift_nothing():
    answer = open_meteo.read((DATA / "older-spelling-berlin.json").read_bytes(), offset=timedelta(hours=1))
    rows = answer.observations
    assert rows[0].utc == datetime(2016, 3, 26, 23, tzinfo=UTC)
    assert {(after.utc - before.utc) for before, after in pairwise(rows)} == {timedelta(hours=1)}
    # Clocks went from 02:00 to 03:00 that night: noon of standard time is still 11:00 UTC.
    noon = next(row for row in rows if row.utc.hour == 11)
    assert noon.local.hour == 12 and noon.temperature == pytest.approx(12.5, abs=0.06)
    assert rows[1].wind == pytest.approx(2.9 * 1.609344)
    assert rows[20].rain == pytest.approx(0.039 * 25.4)


def test_several_places_nulls_and_impossible_values():
    answer = open_meteo.read((DATA / "two-places.json").read_text(encoding="utf-8"), stations=["low", "high"])
    low, high = answer.by_station().values()
    assert (len(low), len(high)) == (6, 5) and answer.places[1].elevation == 612.0
    assert answer.gaps == {"temperature": 1, "rain": 2}
    assert [(one.rule, one.row, one.column, one.value) for one in answer.rejected] == [
        ("impossible-humidity", 4, "[1].hourly.relative_humidity_2m", "104"),
        ("impossible-wind", 4, "[1].hourly.wind_speed_10m", "400.0"),
    ]
    assert low[0].utc == datetime(2016, 7, 1, tzinfo=UTC)
    assert [
        place.station for place in open_meteo.read(json.loads((DATA / "two-places.json").read_text())).places
    ] == [
        "1",
        "2",
    ]


def test_unix_times_and_a_missing_humidity_beside_a_dew_point():
    answer = json.loads(FORECAST)
    hourly = answer["hourly"]
    answer["hourly_units"]["time"] = "unixtime"
    hourly["time"] = [1457740800 + 3600 * number for number in range(48)]
    answer["utc_offset_seconds"] = 28800  # unix times are UTC whatever the zone
    del hourly["relative_humidity_2m"]
    row = open_meteo.read(answer).observations[4]
    assert row.utc == datetime(2016, 3, 12, 4, tzinfo=UTC)
    assert row.humidity == pytest.approx(28, abs=0.5)


def changed(change):
    answer = json.loads(FORECAST)
    change(answer)
    return answer


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda a: a.pop("hourly"), "answer-unreadable"),
        (lambda a: a.pop("hourly_units"), "answer-unreadable"),
        (lambda a: a.pop("utc_offset_seconds"), "answer-unreadable"),
        (lambda a: a.pop("latitude"), "answer-unreadable"),
        (lambda a: a["hourly"].pop("time"), "answer-unreadable"),
        (lambda a: a["hourly"]["precipitation"].pop(), "answer-unreadable"),
        (lambda a: a["hourly"].pop("precipitation"), "column-missing"),
        (lambda a: a["hourly_units"].update(wind_speed_10m="furlongs"), "unit-not-stated"),
        (lambda a: a["hourly_units"].pop("temperature_2m"), "unit-not-stated"),
        (lambda a: a.update(json.loads((DATA / "refused.json").read_text())), "service-refused"),
    ],
)
def test_an_answer_that_cannot_be_used_says_why_in_both_languages(change, rule):
    with pytest.raises(UnreadableStations) as refusal:
        open_meteo.read(changed(change))
    assert refusal.value.rule == rule
    assert refusal.value.message.zh != refusal.value.message.en and refusal.value.fix.zh


def test_answers_for_other_places_than_those_asked_for_are_refused():
    with pytest.raises(UnreadableStations, match="2 places were asked for, 1 answered"):
        open_meteo.read(FORECAST, stations=["a", "b"])


SHORT = json.loads((DATA / "two-places.json").read_text(encoding="utf-8"))[1]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@given(st.data())
def test_no_answer_whatever_breaks_the_reader(data):
    answer = copy.deepcopy(SHORT)
    place = data.draw(st.sampled_from([answer, answer["hourly"], answer["hourly_units"]]))
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(anything)
    hours = answer["hourly"]
    array = hours.get("temperature_2m") if isinstance(hours, dict) else None
    if isinstance(array, list) and array:
        array[0] = data.draw(anything)
    for value in (answer, data.draw(anything), data.draw(st.binary(max_size=30))):
        try:
            open_meteo.read(value)
        except UnreadableStations as refusal:
            assert refusal.message.zh


def test_the_question_states_every_unit_and_asks_for_greenwich():
    url = request_url(
        [40.33, -33.5], [116.63, 151.2], elevations=[65, None], models="cma_grapes_global", api_key="k"
    )
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert url.startswith("https://api.open-meteo.com/v1/forecast?latitude=40.33,-33.5&")
    assert asked["timezone"] == "GMT" and asked["wind_speed_unit"] == "ms"
    assert (asked["temperature_unit"], asked["precipitation_unit"]) == ("celsius", "mm")
    assert asked["hourly"].split(",") == [
        "temperature_2m", "relative_humidity_2m", "dew_point_2m", "wind_speed_10m", "precipitation",
    ]  # fmt: skip
    assert (asked["forecast_days"], asked["past_days"], asked["elevation"]) == ("7", "2", "65,nan")
    archive = request_url([40], [116], base=open_meteo.ARCHIVE, start=date(2020, 1, 1), end=date(2020, 1, 31))
    assert "start_date=2020-01-01&end_date=2020-01-31" in archive and "past_days" not in archive


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitudes": []},
        {"latitudes": [1, 2]},
        {"latitudes": [91]},
        {"longitudes": [float("nan")]},
        {"forecast_days": 17},
        {"past_days": 93},
        {"start": date(2020, 1, 1)},
        {"start": date(2020, 1, 2), "end": date(2020, 1, 1)},
        {"elevations": [1, 2]},
    ],
)
def test_a_question_that_no_server_answers_is_not_asked(wrong):
    with pytest.raises(ValueError, match=r"give|go from|ask for"):
        request_url(**{"latitudes": [40], "longitudes": [116], **wrong})


class Server(ThreadingHTTPServer):
    """Plays a list of responses, (status, headers, body) each, and remembers the paths asked for."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.script, self.paths = [], []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v1/forecast?apikey=secret"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.paths.append(self.path)
        status, headers, body = self.server.script.pop(0)
        if status is None:
            self.connection.close()
            return
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value.format(port=self.server.server_port))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def ask(server, *script, **options):
    server.script = list(script)
    pauses = []
    try:
        return fetch(server.url, pause=pauses.append, **options), pauses
    except UnreadableStations as refusal:
        assert "secret" not in f"{refusal}{refusal.message}{refusal.fix}"
        return refusal, pauses


OK = (200, {}, FORECAST)


def test_an_answer_is_fetched_and_read(server):
    body, pauses = ask(server, OK)
    assert len(open_meteo.read(body).observations) == 48
    assert (server.paths, pauses) == (["/v1/forecast?apikey=secret"], [])


def test_a_busy_or_failing_server_is_asked_again_after_longer_and_longer(server):
    assert ask(server, (503, {}, b""), (None, {}, b""), OK) == (FORECAST, [1.0, 2.0])
    assert ask(server, (429, {"Retry-After": "7"}, b""), OK) == (FORECAST, [7.0])
    assert ask(server, (429, {"Retry-After": "9999"}, b""), OK) == (FORECAST, [60.0])
    short = (200, {"Content-Length": str(len(FORECAST) + 1), "Connection": "close"}, FORECAST)
    assert ask(server, short, OK)[1] == [1.0]


def test_a_server_that_stays_away_is_unreachable_and_may_be_asked_later(server):
    failure, pauses = ask(server, *[(500, {}, b"")] * 3)
    assert isinstance(failure, Unreachable) and "HTTP 500" in failure.message.zh
    assert pauses == [1.0, 2.0]
    with pytest.raises(Unreachable):
        fetch("http://127.0.0.1:1/", attempts=2, pause=pauses.append)
    assert pauses == [1.0, 2.0, 1.0]


def test_a_refusal_is_told_in_the_server_s_words_and_not_repeated(server):
    refusal, pauses = ask(server, (400, {}, (DATA / "refused.json").read_bytes()))
    assert refusal.rule == "service-refused" and "wind_spead_10m" in refusal.message.zh
    assert ask(server, (404, {}, b"<html>"))[0].message.en.endswith("HTTP 404")
    assert pauses == []


def test_redirects_stay_with_the_host_or_go_to_https(server):
    assert ask(server, (302, {"Location": "/elsewhere"}, b""), OK)[0] == FORECAST
    assert server.paths[-1] == "/elsewhere"
    refusal, pauses = ask(server, (302, {"Location": "http://localhost:{port}/"}, b""))
    assert (refusal.rule, pauses) == ("service-redirects", [])
    assert ask(server, (302, {"Location": "file:///etc/passwd"}, b""))[0].rule == "service-refused"
    loop = [(302, {"Location": "/again"}, b"")] * 11
    assert isinstance(ask(server, *loop, attempts=1)[0], UnreadableStations)


def test_an_answer_may_be_neither_endless_nor_slow(server):
    assert ask(server, OK, largest=1000)[0].rule == "answer-too-large"
    ticks = iter(range(0, 1000, 30))
    slow, _ = ask(server, OK, OK, clock=lambda: next(ticks), attempts=2)
    assert isinstance(slow, Unreachable) and "timed out" in slow.message.en


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "", "open-meteo", "http://127.0.0.1:1/a b?apikey=secret", "http://…/"]
)
def test_only_web_addresses_are_asked(address, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with pytest.raises(UnreadableStations) as refusal:
        fetch(address, attempts=1)
    assert refusal.value.rule in ("service-address", "service-unreachable")
    assert "secret" not in str(refusal.value)


def test_a_saved_answer_may_be_imported_as_it_is():
    # What a browser saved is the same text.
    assert open_meteo.read(gzip.decompress(gzip.compress(FORECAST))) == open_meteo.read(FORECAST.decode())

"""Station files of many makes are read by their headers, and every rejected value is named."""

import gzip
import io
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fenghuo
from fenghuo.core.danger import season, weather
from fenghuo.core.danger.bounds import ImpossibleWeather
from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.core.danger.io.header_names import UNITS_OF
from fenghuo.core.danger.io.headers import CLOCKS, Mapping, UnknownColumns, signature
from fenghuo.core.danger.io.stations import read

HUAIROU = Path(fenghuo.__file__).parent / "desk/site/demo/weather/beijing-huairou-hourly-2013-2017.csv.gz"
HEADER = "time_local,temperature_c,rh_percent,wind_speed_kmh,precipitation_mm"
ROW = "2026-03-01T12:00,20,30,10,0"


def file(*rows, header=HEADER):
    return "\n".join([header, *rows]).encode()


def test_four_years_of_huairou_are_read_whole_with_their_gaps_counted_and_none_filled():
    reading = read(HUAIROU)
    assert len(reading.observations) == 35_064
    assert reading.rejected == ()
    assert reading.gaps == {"temperature": 51, "humidity": 53, "dew_point": 53, "wind": 49, "rain": 55}
    assert reading.columns.ignored == ("pressure_hpa", "wind_direction")
    first = reading.observations[0]
    assert first.utc == datetime(2013, 2, 28, 16, tzinfo=UTC)
    assert first.wind == pytest.approx(3.1 * 3.6)
    results = season.run(weather.noon_days(reading.observations), latitude=40.33)
    marks = Counter(mark for result in results for mark in result.marks)
    assert len(results) == 1461
    assert marks == {"rain-incomplete": 26, "noon-shifted": 4, "gap": 3}
    # The record begins at midnight, so the first day lacks half of its rain.
    gaps = [(result.date.isoformat(), result.missing) for result in results if result.day is None]
    assert gaps == [("2013-03-01", ("rain",)), ("2016-09-26", ("rain",)), ("2017-01-19", ("rain",))]


def test_path_bytes_stream_and_gzip_give_the_same_reading(tmp_path):
    plain = file(ROW, "2026-03-01T13:00,,30,10,0")
    (tmp_path / "a.csv").write_bytes(plain)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(plain))
    expected = read(plain)
    assert len(expected.observations) == 2
    for source in (tmp_path / "a.csv", str(tmp_path / "a.csv.gz"), io.BytesIO(plain), gzip.compress(plain)):
        assert read(source) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_a_chinese_table_reads_like_an_english_one(encoding, comma):
    header = ["站号", "时间(北京时)", "气温(℃)", "相对湿度(%)", "风速(m/s)", "降水量(mm)", "备注"]
    rows = [header, ["54419", "2026年3月1日 12时", "20.5", "30", "10", "0.2", "无"]]
    text = "\r\n".join(comma.join(row) for row in rows)
    reading = read(text.encode(encoding))
    (row,) = reading.observations
    assert (row.station, row.temperature, row.humidity, row.rain) == ("54419", 20.5, 30.0, 0.2)
    assert row.wind == pytest.approx(36.0)
    assert row.utc == datetime(2026, 3, 1, 4, tzinfo=UTC)
    assert reading.columns.ignored == ("备注",)


@pytest.mark.parametrize(
    ("column", "written", "attribute", "expected"),
    [
        ("temperature_f", "68", "temperature", 20.0),
        ("气温[K]", "293.15", "temperature", 20.0),
        ("气温(0.1℃)", "200", "temperature", 20.0),
        ("temperature_2m (°C)", "20", "temperature", 20.0),
        ("wind_speed_mph", "10", "wind", 16.09344),
        ("wind_speed_10m (km/h)", "10", "wind", 10.0),
        ("风速（米/秒）", "10", "wind", 36.0),
        ("wind_speed_knots", "10", "wind", 18.52),
        ("rain_in", "1", "rain", 25.4),
        ("降水量(0.1mm)", "12", "rain", 1.2),
        ("rh (fraction)", "0.5", "humidity", 50.0),
    ],
)
def test_a_unit_is_taken_from_the_header(column, written, attribute, expected):
    names = {"temperature": "temperature_c", "humidity": "rh_percent", "wind": "ws_ms", "rain": "rain_mm"}
    names[attribute] = column
    cells = ["1"] * 4
    cells[list(names).index(attribute)] = written
    reading = read(
        file(",".join(["2026-03-01T12:00", *cells]), header=",".join(["time_local", *names.values()]))
    )
    assert getattr(reading.observations[0], attribute) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("header", "rule", "advice"),
    [
        (HEADER.replace("wind_speed_kmh", "wind_speed"), "unit-not-stated", "wind_speed_ms"),
        (HEADER.replace("wind_speed_kmh", "wind_speed_furlongs"), "unit-not-stated", "风速(m/s)"),
        (HEADER.replace("temperature_c", "气温"), "unit-not-stated", "气温(℃)"),
        (HEADER.replace(",rh_percent", ""), "column-missing", "rh_percent"),
        (HEADER + ",temperature_f", "column-twice", "Keep one"),
        (HEADER.replace("time_local", "moment"), "time-column-missing", "time_local"),
        ("", "file-empty", "first line"),
        (HEADER + ",宗教信仰", "column-refused", "删去"),
        (HEADER + ",ethnicity", "column-refused", "Delete"),
    ],
)
def test_a_header_that_cannot_be_used_says_what_to_write(header, rule, advice):
    with pytest.raises(UnreadableStations) as refusal:
        read(file(ROW, header=header))
    assert refusal.value.rule == rule
    assert advice in refusal.value.fix.en + refusal.value.fix.zh


def test_damaged_files_are_refused_with_a_reason():
    packed = gzip.compress(file(*[ROW] * 100))
    for broken, rule in (
        (packed[:-20], "gzip-broken"),
        (b"\x1f\x8bnot gzip", "gzip-broken"),
        (b"\xff\xff,\xff", "not-text"),
    ):
        with pytest.raises(UnreadableStations) as refusal:
            read(broken)
        assert refusal.value.rule == rule


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        ("2026-03-01T12:00,20,130,10,0", "impossible-humidity", "rh_percent"),
        ("2026-03-01T12:00,20,30,200,0", "impossible-wind", "wind_speed_kmh"),
        ("2026-03-01T12:00,20,30,10,-1", "impossible-rain", "precipitation_mm"),
        ("2026-03-01T12:00,99,30,10,0", "impossible-temperature", "temperature_c"),
        ("2026-03-01T12:00,inf,30,10,0", "impossible-temperature", "temperature_c"),
        ("2026-03-01T12:00,32700,30,10,0", "impossible-temperature", "temperature_c"),
        ("2026-03-01T12:00,warm,30,10,0", "number-unreadable", "temperature_c"),
        ("2026-03-01T12:00,1_0,30,10,0", "number-unreadable", "temperature_c"),
        ("2026-02-30T12:00,20,30,10,0", "time-unreadable", "time_local"),
        (",20,30,10,0", "time-unreadable", "time_local"),
        ("2026-03-01T12:00,20,30,10", "row-width", ""),
        ("2026-03-01T11:00,20,30,10,0", "time-twice", "time_local"),
    ],
)
def test_a_rejected_row_is_named_by_line_column_value_and_rule(row, rule, column):
    reading = read(file("2026-03-01T11:00,20,30,10,0", "", row, "2026-03-01T13:00,20,30,10,0"))
    assert len(reading.observations) == 2
    (finding,) = reading.rejected
    assert (finding.row, finding.column, finding.rule) == (4, column, rule)
    assert finding.value in row or rule == "row-width"
    printed = finding.as_dict("zh-hans")
    assert set(printed) == {"rule", "severity", "place", "message", "fix"}
    assert printed["message"] != finding.as_dict("en")["message"]


def test_every_wrong_value_of_a_row_has_its_own_finding():
    reading = read(file("never,warm,130,200,-1"))
    assert reading.observations == ()
    assert [finding.column for finding in reading.rejected] == HEADER.split(",")[0:5]


@pytest.mark.parametrize("marker", ["", " ", "NA", "NaN", "32744", "32766", "32766.0", "缺测", "-"])
def test_a_missing_marker_is_missing_and_never_zero(marker):
    (row,) = read(file(f"2026-03-01T12:00,20,30,10,{marker}")).observations
    assert row.rain is None


def test_a_trace_of_rain_is_no_rain_but_is_observed():
    (row,) = read(file("2026-03-01T12:00,20,30,10,32700")).observations
    assert row.rain == 0.0


def test_a_time_without_a_zone_is_rejected_unless_its_header_states_the_clock():
    rows = [
        "2026-03-01T12:00+08:00,20,30,10,0",
        "2026-03-01T12:00,20,30,10,0",
        "2026-03-01T05:00Z,20,30,10,0",
    ]
    reading = read(file(*rows, header=HEADER.replace("time_local", "time")))
    assert [row.utc.hour for row in reading.observations] == [4, 5]
    assert [finding.row for finding in reading.rejected] == [3]
    assert read(file(ROW, header=HEADER.replace("time_local", "time_utc"))).observations[0].utc.hour == 12
    assert read(file(ROW), offset=timedelta(hours=1)).observations[0].utc.hour == 11


def test_a_daily_file_holds_noon_values():
    header = HEADER.replace("time_local", "date")
    reading = read(
        file("2026-03-01,20,30,10,3", "2026/3/2,21,30,10,0", "2026-03-03T09:00,1,1,1,1", header=header)
    )
    assert [finding.rule for finding in reading.rejected] == ["time-unreadable"]
    days = weather.noon_days(reading.observations)
    assert [(day.date.day, day.rain, day.marks) for day in days] == [(1, 3.0, ()), (2, 0.0, ())]
    assert reading.observations[0].utc == datetime(2026, 3, 1, 4, tzinfo=UTC)


def test_the_same_hour_at_two_stations_is_not_a_repetition():
    header = "station," + HEADER
    reading = read(file("A," + ROW, "B," + ROW, "A," + ROW, header=header))
    assert {code: len(rows) for code, rows in reading.by_station().items()} == {"A": 1, "B": 1}
    assert [finding.rule for finding in reading.rejected] == ["time-twice"]


def test_humidity_comes_from_the_dew_point_only_where_it_is_not_given():
    header = "time_local,temperature_c,dew_point_c,rh_percent,wind_speed_ms,rain_mm"
    rows = ["2026-03-01T11:00,20,10,55,1,0", "2026-03-01T12:00,20,10,,1,0", "2026-03-01T13:00,20,21,,1,0"]
    reading = read(file(*rows, header=header))
    given_value, computed = (row.humidity for row in reading.observations)
    assert given_value == 55.0
    assert computed == pytest.approx(52.5, abs=0.1)
    assert [finding.rule for finding in reading.rejected] == ["dew-point-above-air"]


def test_humidity_by_magnus_agrees_with_the_psychrometric_table():
    # Saturation vapour pressure over water, WMO-No. 8: 6.112, 12.28, 23.37 and 42.43 hPa at 0, 10, 20, 30 °C.
    pressure = {0.0: 6.112, 10.0: 12.28, 20.0: 23.37, 30.0: 42.43}
    for air, dew in ((10.0, 0.0), (20.0, 10.0), (30.0, 10.0), (30.0, 20.0)):
        expected = 100 * pressure[dew] / pressure[air]
        assert weather.relative_humidity(air, dew) == pytest.approx(expected, abs=0.1)
    assert weather.relative_humidity(20.0, 20.2) == 100.0
    with pytest.raises(ImpossibleWeather, match="dew-point-above-air"):
        weather.relative_humidity(20.0, 20.3)


@given(st.floats(-60, 60), st.floats(1, 100))
def test_the_dew_point_of_a_humidity_gives_that_humidity_back(air, humidity):
    dew = weather.dew_point(air, humidity)
    assert dew <= air + 1e-9
    assert weather.relative_humidity(air, dew) == pytest.approx(humidity, abs=1e-9)
    with pytest.raises(ImpossibleWeather, match="humidity"):
        weather.dew_point(air, 0.0)


@given(st.floats(-60, 60), st.floats(0, 60))
def test_humidity_from_any_dew_point_below_the_air_is_a_percentage(air, depression):
    assert 0.0 <= weather.relative_humidity(air, max(air - depression, -80.0)) <= 100.0


def test_commas_inside_values_do_not_hide_the_delimiter_of_the_header():
    header = HEADER.replace(",", ";") + ";备注"
    reading = read(file("2026-03-01T12:00;20;30;10;0;多云,微风,能见度好,无降水,正常", header=header))
    assert reading.observations[0].wind == 10.0


ODD = "站,采集时刻,T2,U,FF,RR\n54419,2026-03-01T12:00,20,30,10,0\n54419,2026-03-01T13:00,21,29,11,0\n"
SAID = Mapping(
    time=("采集时刻",),
    clock="local",
    station="站",
    quantities={
        "temperature": ("T2", "°c"),
        "humidity": ("U", "%"),
        "wind": ("FF", "m/s"),
        "rain": ("RR", "mm"),
    },
)


def test_columns_that_are_not_recognised_can_be_asked_for_and_the_answer_is_used():
    with pytest.raises(UnknownColumns) as unknown:
        read(ODD.encode())
    asked = unknown.value.asked
    assert asked.headers == ("站", "采集时刻", "T2", "U", "FF", "RR")
    assert asked.missing == ("time", "clock", "temperature", "wind", "rain", "humidity")
    assert asked.samples[0] == ("54419", "2026-03-01T12:00", "20", "30", "10", "0")
    reading = read(ODD.encode(), mapping=SAID)
    assert (reading.observations[0].station, reading.observations[0].wind) == ("54419", 36.0)
    assert reading.mapping == SAID and reading.names["rain"] == "RR"


def test_what_was_said_is_remembered_for_the_same_header_line_only():
    stored = {signature(["站", "采集时刻", "T2", "U", "FF", "RR"]): SAID.as_dict()}

    def remembered(key):
        return Mapping.from_dict(stored[key]) if key in stored else None

    spelled = ODD.replace("T2", " t２").replace(",", ";").encode("gb18030")
    assert len(read(b"\xd5\xbe\n" + spelled, remembered=remembered).observations) == 2
    with pytest.raises(UnknownColumns):
        read(ODD.replace("FF", "FX").encode(), remembered=remembered)


def test_a_person_says_only_what_the_header_leaves_open():
    header = HEADER.replace("wind_speed_kmh", "wind_speed")
    with pytest.raises(UnknownColumns) as unknown:
        read(file(ROW, header=header))
    asked = unknown.value.asked
    assert asked.unclear == {"wind": ("wind_speed",)} and asked.missing == ("wind",)
    assert asked.known.quantities["rain"] == ("precipitation_mm", "mm") and asked.known.clock == "local"
    said = Mapping(quantities={"wind": ("wind_speed", "kn")})
    assert read(file(ROW, header=header), mapping=said).observations[0].wind == pytest.approx(18.52)


def test_what_a_person_says_goes_before_the_header():
    both = HEADER + ",temperature_f"
    said = Mapping(quantities={"temperature": ("temperature_f", "°f")})
    (row,) = read(file(ROW + ",68", header=both), mapping=said).observations
    assert row.temperature == pytest.approx(20.0)
    dew = Mapping(quantities={"humidity": None, "dew_point": ("rh_percent", "°c")})
    (row,) = read(file("2026-03-01T12:00,20,10,10,0"), mapping=dew).observations
    assert row.humidity == pytest.approx(52.5, abs=0.1)
    utc = Mapping(clock="utc")
    assert read(file(ROW), mapping=utc).observations[0].utc.hour == 12


def test_a_time_in_two_columns_can_be_named():
    header = HEADER.replace("time_local", "日期,观测时间")
    rows = ["2026/3/1,9:00,20,30,10,0", "2026-03-01,24时,20,30,10,0", "2026-03-02,,1,1,1,1"]
    said = Mapping(time=("日期", "观测时间"), clock="local")
    reading = read(file(*rows, header=header), mapping=said)
    assert [row.local.isoformat()[:16] for row in reading.observations] == [
        "2026-03-01T09:00", "2026-03-02T00:00",
    ]  # fmt: skip
    assert reading.rejected[0].rule == "time-twice"
    assert reading.rejected[0].column == "日期 + 观测时间"


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (Mapping(quantities={"wind": ("nowhere", "m/s")}), "mapping-column-missing"),
        (
            Mapping(quantities={"wind": ("rh_percent", "m/s"), "rain": ("rh_percent", "mm")}),
            "mapping-column-twice",
        ),
        (Mapping(quantities={"wind": ("wind_speed_kmh", "%")}), "mapping-impossible"),
        (Mapping(quantities={"pressure": ("wind_speed_kmh", "hPa")}), "mapping-impossible"),
        (Mapping(clock="summer"), "mapping-impossible"),
        (Mapping(time=("time_local",) * 2), "mapping-column-twice"),
        (Mapping(time=("a", "b", "c", "d", "e", "f")), "mapping-impossible"),
        (Mapping(station="nowhere"), "mapping-column-missing"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_after_personal_columns_are(said, rule):
    with pytest.raises(UnreadableStations) as refusal:
        read(file(ROW), mapping=said)
    assert refusal.value.rule == rule and refusal.value.message.zh and refusal.value.fix.en
    with pytest.raises(UnreadableStations) as refusal:
        read(file(ROW, header=HEADER + ",民族"), mapping=said)
    assert refusal.value.rule == "column-refused"


def test_a_personal_column_cannot_be_chosen():
    with pytest.raises(UnreadableStations) as refusal:
        read(ODD.replace("RR", "政治面貌").encode(), mapping=SAID)
    assert refusal.value.rule == "column-refused"


words = st.text("气温tTuU 站(%)", min_size=1, max_size=5)


@given(
    st.lists(words, max_size=5).map(tuple),
    st.sampled_from(["", *CLOCKS]),
    st.none() | words,
    st.dictionaries(st.sampled_from(list(UNITS_OF)), st.none() | st.tuples(words, words)),
)
def test_a_choice_survives_being_stored(time, clock, station, quantities):
    said = Mapping(time, clock, station, quantities)
    assert Mapping.from_dict(json.loads(json.dumps(said.as_dict()))) == said
    try:
        read(ODD.encode(), mapping=said)
    except UnreadableStations as refusal:
        assert refusal.message.zh


@pytest.mark.parametrize(
    "stored", [None, [], 3, {"time": "x"}, {"quantities": {"wind": "ws"}}, {"clock": 1}, {"station": 2}]
)
def test_a_stored_choice_that_is_damaged_is_asked_for_again(stored):
    with pytest.raises(UnreadableStations) as refusal:
        Mapping.from_dict(stored)
    assert refusal.value.rule == "mapping-broken"


@given(st.binary(max_size=300))
def test_no_bytes_whatever_break_the_reader(noise):
    for content in (noise, HEADER.encode() + b"\n" + noise):
        try:
            reading = read(content)
        except UnreadableStations as refusal:
            assert refusal.message.zh and refusal.fix.en
        else:
            assert all(finding.row > 1 for finding in reading.rejected)

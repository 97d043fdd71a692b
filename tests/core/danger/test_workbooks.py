"""Excel workbooks are read like the same table as CSV, and what cannot be read is refused in words."""

import csv
import gzip
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from fenghuo.core.danger.finding import UnreadableStations
from fenghuo.core.danger.io.headers import UnknownColumns
from fenghuo.core.danger.io.stations import read
from fenghuo.core.danger.io.workbook import column_letter

HEADER = ["时间(北京时)", "气温(℃)", "相对湿度(%)", "风速(m/s)", "降水量(mm)"]
NOON = datetime(2026, 3, 1, 12)


def book(*rows, formats=(), sheets=()):
    workbook = Workbook()
    for title, table in [("逐时", rows), *sheets]:
        sheet = workbook.active if title == "逐时" else workbook.create_sheet(title)
        sheet.title = title
        for row in table:
            sheet.append(row)
    for place, style in formats:
        workbook["逐时"][place].number_format = style
    return saved(workbook)


def saved(workbook):
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_dates_times_and_numbers_are_read_as_cells():
    reading = read(book(HEADER, [NOON, 20.5, 30, 10, 0.2], [NOON + timedelta(hours=1), 21, 29, None, 0]))
    first, second = reading.observations
    assert (first.temperature, first.humidity, first.wind, first.rain) == (20.5, 30.0, 36.0, 0.2)
    assert first.utc == datetime(2026, 3, 1, 4, tzinfo=UTC)
    assert (second.wind, second.rain) == (None, 0.0)
    assert (reading.sheet, reading.header_row) == ("逐时", 1)


def test_titles_above_the_header_and_units_below_it_are_understood():
    names, units = ["时间(北京时)", "气温", "相对湿度", "风速", "降水量"], [None, "℃", "%", "m/s", "mm"]
    for top in (
        [["怀柔站2026年3月资料"], [], HEADER],
        [["某民族中学自动站"], ["制表:气象局"], names, units],
    ):
        reading = read(book(*top, [NOON, 20, 30, 10, 0]))
        assert reading.header_row == 3
        (row,) = reading.observations
        assert (row.row, row.temperature, row.wind) == (len(top) + 1, 20.0, 36.0)
    # A table drawn like that reads the same from CSV.
    text = "怀柔站,,,,\n" + ",".join(names) + "\n,℃,%,m/s,mm\n2026-03-01 12:00,20,30,10,0\n"
    assert read(text.encode()).observations[0].temperature == 20.0


def test_the_first_sheet_with_a_header_is_read_or_the_one_named():
    other = [[*HEADER], [NOON, 11, 30, 10, 0]]
    data = book(
        ["说明"], ["本表由气象局提供"], sheets=[("二", other), ("三", [HEADER, [NOON, 12, 30, 10, 0]])]
    )
    assert (read(data).sheet, read(data).observations[0].temperature) == ("二", 11.0)
    assert read(data, sheet="三").observations[0].temperature == 12.0
    with pytest.raises(UnreadableStations) as refusal:
        read(data, sheet="四")
    assert refusal.value.rule == "sheet-missing" and "三" in refusal.value.fix.zh


def test_a_finding_names_row_and_column_as_excel_shows_them():
    reading = read(
        book(
            ["资料"],
            HEADER,
            [NOON, 20, 130, 10, 0],
            [],
            ["昨天", 20, "湿", 10, 0, "备注"],
            [NOON, 1, 1, 1, 1],
        )
    )
    assert [(finding.row, finding.column, finding.value) for finding in reading.rejected] == [
        (3, "C 相对湿度(%)", "130"),
        (5, "A 时间(北京时)", "昨天"),
        (5, "C 相对湿度(%)", "湿"),
        (6, "A 时间(北京时)", "2026-03-01T12:00:00"),
    ]
    assert reading.names["rain"] == "E 降水量(mm)"
    assert [column_letter(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_percentage_is_the_number_that_the_cell_shows():
    shown = book(HEADER, [NOON, 20, 0.3, 10, 0], formats=[("C2", "0%")])
    assert read(shown).observations[0].humidity == 30.0
    typed = book(HEADER, [NOON, 20, "30%", 10, 0])
    assert read(typed).observations[0].humidity == 30.0


def test_times_filled_down_a_column_are_taken_to_the_second():
    drifted = NOON - timedelta(milliseconds=3)
    assert read(book(HEADER, [drifted, 20, 30, 10, 0])).observations[0].utc.minute == 0


def test_a_time_may_stand_in_parts():
    header = ["站号", "年", "月", "日", "时(世界时)", *HEADER[1:]]
    (row,) = read(book(header, ["54419", 2026, 3, 1, 4, 20, 30, 10, 0])).observations
    assert row.utc == datetime(2026, 3, 1, 4, tzinfo=UTC)
    daily = read(book([*header[1:4], *HEADER[1:]], [2026, 3, 1, 20, 30, 10, 0]))
    assert daily.observations[0].daily
    with pytest.raises(UnknownColumns) as unknown:
        read(book(["年", "月", "日", "时", *HEADER[1:]], [2026, 3, 1, 4, 20, 30, 10, 0]))
    assert unknown.value.rule == "clock-not-stated" and unknown.value.asked.missing == ("clock",)
    assert unknown.value.asked.known.time == ("年", "月", "日", "时")


def test_a_daily_sheet_may_hold_dates_or_midnights():
    header = ["日期", *HEADER[1:]]
    reading = read(book(header, [date(2026, 3, 1), 20, 30, 10, 3], [datetime(2026, 3, 2), 21, 30, 10, 0]))
    assert [row.local.date().day for row in reading.observations] == [1, 2]
    one_timed = read(book(header, [date(2026, 3, 1), 1, 1, 1, 1], [NOON, 1, 1, 1, 1]))
    assert [each.rule for each in one_timed.rejected] == ["time-unreadable"]


@pytest.mark.parametrize("name", ["时间", "日期", "time"])
def test_times_of_day_that_nobody_says_the_clock_of_are_asked_about_once(name):
    rows = book([name, *HEADER[1:]], [NOON, 20, 30, 10, 3])
    with pytest.raises(UnknownColumns) as unknown:
        read(rows)
    asked = unknown.value.asked
    assert unknown.value.rule == "clock-not-stated" and asked.missing == ("clock",)
    for clock, hour in (("local", NOON.hour), ("utc", NOON.hour + 8)):
        said = replace(asked.known, clock=clock)
        [row] = read(rows, remembered=lambda _, said=said: said).observations
        assert row.local.hour == hour


def test_personal_columns_are_refused_in_a_workbook_too():
    for header in ([*HEADER, "民族"], ["姓名", "宗教信仰"]):
        with pytest.raises(UnreadableStations) as refusal:
            read(book(["登记表"], header, ["x"] * 6))
        assert refusal.value.rule == "column-refused"
        assert not isinstance(refusal.value, UnknownColumns)


def packed(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


def bomb():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as member:
            for _ in range(257):
                member.write(bytes(2**20))
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (lambda: OLE, "workbook-old"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "workbook-protected"),
        (lambda: packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "not-a-workbook"),
        (lambda: packed(**{"xl__workbook.bin": "x"}), "not-a-workbook"),
        (lambda: packed(**{"weather.csv": "time,temperature"}), "not-a-workbook"),
        (lambda: packed(**{"xl__workbook.xml": "<broken"}), "workbook-broken"),
        (lambda: book(HEADER)[:-200], "workbook-broken"),
        (lambda: packed(**{f"{n}.xml": "" for n in range(2001)}), "workbook-too-large"),
        (bomb, "workbook-too-large"),
        (lambda: book(), "file-empty"),
        (lambda: book([NOON, 20, 30, 10, 0]), "file-empty"),
    ],
)
def test_what_is_no_readable_workbook_is_refused_in_both_languages(content, rule):
    with pytest.raises(UnreadableStations) as refusal:
        read(content())
    assert refusal.value.rule == rule
    assert refusal.value.message.zh != refusal.value.message.en and refusal.value.fix.zh


def test_a_sheet_that_claims_to_be_endless_is_still_read():
    with zipfile.ZipFile(io.BytesIO(book(HEADER, [NOON, 20, 30, 10, 0]))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = (
        members[sheet]
        .replace(b'ref="A1:E2"', b'ref="A1:XFD1048576"')
        .replace(b"</sheetData>", b'<row r="999999999"><c r="XFD999999999"><v>1</v></c></row></sheetData>')
    )
    assert len(read(packed(**members)).observations) == 1


cell = st.one_of(
    st.none(),
    st.integers(-99, 40000),
    st.floats(-99, 999, allow_nan=False).map(lambda value: round(value, 2)),
    st.sampled_from(["NA", "缺测", "32766", "text", "-", "1_0", "30%"]),
)
moment = st.one_of(
    st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(microsecond=0)),
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["2026/3/1 9:00", "2026年3月1日 9时", "24:00", "x", "2026030124"]),
)
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def as_csv(value):
    if isinstance(value, datetime):
        return (value.date() if value.time() == time(0) else value).isoformat()
    return "" if value is None else str(value)


@SLOW
@given(st.lists(st.tuples(moment, cell, cell, cell, cell), max_size=6))
def test_any_table_reads_the_same_from_a_workbook_and_from_csv(rows):
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *([as_csv(value) for value in row] for row in rows)])
    plain, sheet = read(text.getvalue().encode()), read(book(HEADER, *rows))
    assert sheet.observations == plain.observations
    assert [(finding.rule, finding.row) for finding in sheet.rejected] == [
        (finding.rule, finding.row) for finding in plain.rejected
    ]
    assert sheet.signature == plain.signature


SMALL = book(HEADER, [NOON, 20, 30, 10, 0])


@SLOW
@given(st.data())
def test_no_damage_to_a_workbook_breaks_the_reader(data):
    content = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    with zipfile.ZipFile(io.BytesIO(SMALL)) as archive:
        members = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    victim = members[data.draw(st.sampled_from(sorted(members)))]
    start = data.draw(st.integers(0, len(victim)))
    victim[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=10))
    for damaged in (bytes(content), packed(**members), gzip.compress(bytes(content))):
        try:
            read(damaged)
        except UnreadableStations as refusal:
            assert refusal.message.zh and refusal.fix.en

"""What an officer sees of danger."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fenghuo.desk.danger import commands
from tests.desk.danger.test_weather_in import TODAY, hourly


@pytest.fixture
def rated(desk, as_role):
    commands.add_station(
        as_role("duty"), code="SM01", name="石门站", area=desk.township, latitude=40.32, longitude=116.68
    )
    commands.import_weather(as_role("duty"), hourly(TODAY - timedelta(days=9), 10))


@pytest.mark.parametrize(
    ("language", "word", "heading"), [("en", "Extreme", "Fire danger"), ("zh-hans", "极高", "森林火险")]
)
def test_the_overview_names_class_and_source_in_both_languages(rated, browse, language, word, heading):
    page = browse("duty", language).get("/danger/").content.decode()
    assert heading in page and word in page and "SM01" in page


def test_the_village_page_gives_reasons_and_sixty_days(rated, browse):
    page = browse("contact").get("/danger/110199100201/").content.decode()
    assert "days in a row without rain" in page and "Van Wagner 1987" in page
    assert page.count('"date": "2026-') == 60


def test_a_village_of_others_is_not_found(rated, browse):
    assert browse("contact").get("/danger/110199100202/").status_code == 404


def test_an_upload_with_a_bad_row_shows_row_column_and_reason(rated, browse):
    lines = hourly(TODAY, 1).decode().splitlines()
    lines[3] = lines[3].replace(",28.0,", ",fast,")
    page = (
        browse("duty")
        .post(
            "/danger/import/",
            {"file": SimpleUploadedFile("bad.csv", "\n".join(lines).encode()), "station": ""},
        )
        .content.decode()
    )
    assert "Nothing was imported" in page and "wind_speed_kmh" in page and "fast" in page


def test_a_file_with_a_refused_column_is_refused_by_name(rated, browse):
    file = SimpleUploadedFile(
        "people.csv", "time_local,temperature_c,宗教信仰\n2026-04-03T12:00,20,x".encode()
    )
    answer = browse("duty", "zh-hans").post("/danger/import/", {"file": file})
    assert answer.status_code == 422 and "宗教信仰" in answer.content.decode()

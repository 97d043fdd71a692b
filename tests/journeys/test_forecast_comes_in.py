"""Weather from a stranger's table and a forecast come in: columns named once, the days ahead shown as forecast."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from fenghuo.desk.danger import commands as danger
from fenghuo.desk.danger.models import AreaRating, ForecastRating
from tests.desk.danger.test_import_mapping import CHOICES, strange
from tests.desk.danger.test_weather_in import TODAY, hourly

from .conftest import PHONE
from .words import words

AHEAD = "date,temperature_c,rh_percent,wind_speed_kmh,precipitation_mm"


@pytest.mark.journey
@pytest.mark.parametrize(
    ("language", "size"), [("en", None), ("zh-hans", PHONE)], ids=["English", "Chinese phone"]
)
def test_columns_are_named_once_and_a_forecast_is_shown_as_one(desk, as_role, sign_in, language, size):
    say = words(language)
    danger.add_station(
        as_role("duty"), code="SM01", name="石门站", area=desk.township, latitude=40.32, longitude=116.68
    )
    danger.import_weather(as_role("duty"), hourly(TODAY - timedelta(days=12), 8, until=24))
    page = sign_in("duty", language, viewport=size)

    def send(path: str, name: str, content: bytes) -> None:
        page.goto(path)
        page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": content}
        )

    def press(button: str) -> None:
        page.get_by_role("button", name=say(button), exact=True).click()

    send("/danger/import/", "obs.csv", strange(TODAY - timedelta(days=4), 4))
    press("Import")
    expect(page.get_by_role("heading", level=1, name=say("Which column is what"))).to_be_visible()
    for name, choice in CHOICES.items():
        page.locator(f"select[name={name}]").select_option(choice)
    press("Remember and import")
    expect(page.get_by_text(say("Columns remembered"))).to_be_visible()

    send("/danger/import/", "obs.csv", strange(TODAY - timedelta(days=1), 2))
    press("Import")
    expect(page.get_by_text(say("Columns read as last time"))).to_be_visible()
    assert AreaRating.objects.filter(date=TODAY, rating__isnull=False).count() == 2

    noons = [f"{TODAY + timedelta(days=n)},26.0,18.0,28.0,0.0" for n in range(4)]
    send("/danger/import/forecast/", "ahead.csv", "\n".join([AHEAD, *noons]).encode())
    page.get_by_label(say("Issued at")).fill("2026-04-03T08:00")
    page.get_by_label(say("Issued by")).fill("Weather office")
    press("Import")
    expect(page.locator(".title .sub")).to_contain_text(say("Forecast issued today 08:00 by Weather office"))
    assert ForecastRating.objects.filter(date__gt=TODAY).count() == 6

    page.goto("/danger/")
    strip = page.locator(".strip > li")
    expect(strip).to_have_count(4)
    expect(strip.nth(0)).not_to_have_class("ahead")
    expect(strip.nth(1)).to_have_class("ahead")
    expect(strip.nth(1)).to_contain_text(say("tomorrow"))
    expect(strip.nth(1)).to_contain_text(say("forecast"))
    expect(page.locator(".outlook")).to_contain_text(say("Forecast to reach class 4 or higher:"))

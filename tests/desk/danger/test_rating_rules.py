"""How a desk rates is its own choice: system, classes, calibration, height, gaps. Every choice is checked."""

from datetime import timedelta
from importlib.resources import files

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fenghuo.core.access import NotAllowed, Role, RuleBroken
from fenghuo.core.danger import classes
from fenghuo.desk.danger import commands, rules
from fenghuo.desk.danger.models import AreaRating, GroundCover, Policy
from fenghuo.desk.danger.policy import commands as policy
from fenghuo.desk.journal.models import Entry
from fenghuo.desk.officers import commands as officers
from fenghuo.desk.officers import identity
from tests.desk.danger.test_ratings_of_places import noons
from tests.desk.danger.test_weather_in import TODAY

OURS = """
[schemes.ours]
name = { en = "Ours", zh = "本县" }
breaks = [4.0, 8.0, 16.0, 32.0]
ratings = [1, 2, 3, 4, 5]
provenance = "local"
source = "county order of 2019"
"""


def test_what_is_not_named_stays_and_what_is_named_is_journalled(desk, as_role):
    policy.set_policy(as_role("duty"), desk.township, scheme="portugal", lapse_rate=-8.0)
    policy.set_policy(as_role("duty"), desk.township, draft_from=3)
    found = Policy.objects.get()
    assert (found.scheme, found.lapse_rate, found.draft_from) == ("portugal", -8.0, 3)
    assert Entry.objects.filter(act="danger.policy_set").count() == 2


def test_an_area_without_a_choice_of_its_own_follows_the_one_above_it(desk, as_role, stations):
    program = identity.program(as_role("duty").now)
    policy.set_policy(program, desk.county, scheme="canadian")
    assert rules.policy_of(desk.villages[0]).scheme == "canadian"
    policy.set_policy(as_role("duty"), desk.township, draft_from=2)
    assert rules.policy_of(desk.villages[0]).scheme == "canadian" and Policy.objects.count() == 2
    assert rules.Judge.of(desk.villages[0]).scheme.key == "canadian"


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        ({"draft_from": 6}, "draft_from"),
        ({"lapse_rate": float("nan")}, "lapse_rate"),
        ({"radius_km": 0.0}, "radius_km"),
        ({"estimate_up_to": 31}, "estimate_up_to"),
        ({"scheme": "mars"}, "scheme"),
        ({"system": "mars"}, "system"),
        ({"regime": "mars"}, "regime"),
        ({"own_scheme": "[schemes.ours]\nbreaks = [3, 1]"}, "own_scheme"),
        ({"own_table": "nothing = 1"}, "own_table"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused_by_name(desk, as_role, choice, field):
    with pytest.raises(RuleBroken) as broken:
        policy.set_policy(as_role("duty"), desk.township, **choice)
    assert broken.value.field == field and not Policy.objects.exists()


@pytest.mark.parametrize("role", ["contact", "inspector", "responsible", "clerk", "county"])
def test_only_the_desk_chooses(desk, as_role, role, stations):
    for act, choice in (
        (policy.set_policy, {"draft_from": 3}),
        (policy.set_cover, {"category": "full", "since": TODAY}),
        (policy.calibrate, {"station": stations[0], "months": [4]}),
    ):
        with pytest.raises(NotAllowed):
            act(as_role(role), desk.township, **choice)


def test_the_desks_own_classes_rate_like_those_that_ship(desk, as_role, stations):
    commands.import_weather(as_role("duty"), noons(TODAY - timedelta(days=9), 10))
    policy.set_policy(as_role("duty"), desk.township, own_scheme=OURS, scheme="ours")
    own = classes.load_schemes(OURS)["ours"]
    rated = AreaRating.objects.exclude(fwi=None)
    assert rated and all(row.rating == classes.rating(row.fwi, own) for row in rated)
    with pytest.raises(RuleBroken) as broken:  # what rates cannot be taken away
        policy.set_policy(as_role("duty"), desk.township, own_scheme="")
    assert broken.value.field == "scheme"


def test_the_desks_own_score_table_counts_and_is_shown_as_its_own(desk, as_role):
    national = (files("fenghuo.core.danger") / "lyt1172.toml").read_text(encoding="utf-8")
    policy.set_policy(
        as_role("duty"), desk.township, own_table=national.replace('"single-source"', '"local"')
    )
    table = rules.Judge.of(desk.villages[0]).table
    assert table.provenance["humidity"] == "local" and table.humidity.scores == (20, 16, 12, 8, 4, 0)


def test_classes_are_calibrated_from_a_stations_own_history(desk, as_role, stations):
    with pytest.raises(RuleBroken) as broken:
        policy.calibrate(as_role("duty"), desk.township, station=stations[0], months=[2, 3, 4])
    assert broken.value.field == "station"
    for back in (0, 1):
        first = TODAY.replace(year=TODAY.year - back) - timedelta(days=139)
        commands.import_weather(as_role("duty"), noons(first, 140, seed=back))
    made = policy.calibrate(as_role("duty"), desk.township, station=stations[0], months=[11, 12, 1, 2, 3, 4])
    assert made.scheme.key == policy.LOCAL and made.seasons == 2 and made.warnings
    before = list(AreaRating.objects.values_list("rating", flat=True))
    policy.set_policy(as_role("duty"), desk.township, scheme=policy.LOCAL)
    found = rules.Judge.of(desk.villages[0]).scheme
    assert found.breaks == made.scheme.breaks and found.provenance == "local" and "SM01" in found.source.zh
    assert list(AreaRating.objects.values_list("rating", flat=True)) != before
    days = [(row.date, row.fwi) for row in stations[0].days.exclude(fwi=None)]
    above = sum(value >= made.scheme.breaks[1] for day, value in days if day.month in (11, 12, 1, 2, 3, 4))
    assert above == pytest.approx(len(days) * 0.1, abs=3)


def test_the_settings_page_takes_a_file_and_says_where_every_number_is_from(desk, browse, stations):
    page = browse("duty").get("/danger/settings/").content.decode()
    assert "single source" in page and "LY/T 1172 B" in page and "EFFIS" in page
    form = {
        "system": "lyt1172", "source": "stations", "scheme": "ours", "regime": "meteo", "draft_from": "5",
        "noon": "solar",
        "lapse_rate": "-5", "radius_km": "50", "restart_after": "", "estimate_up_to": "3",
        "ffmc_constant": "exact", "dmc_rain": "printed", "latitude_bands": "cffdrs", "rain_day": "08-08",
        "own_scheme": "", "own_table": "",
    }  # fmt: skip
    answer = browse("duty").post(
        "/danger/settings/", {**form, "own_scheme_file": SimpleUploadedFile("ours.toml", OURS.encode())}
    )
    assert answer.status_code == 302
    found = Policy.objects.get()
    assert (found.system, found.scheme, found.restart_after, found.rain_day) == (
        "lyt1172",
        "ours",
        None,
        "08-08",
    )
    options = rules.options_of(found)
    assert (options.dmc_rain, options.latitude_bands) == ("printed", "cffdrs")
    wrong = browse("duty", "zh-hans").post("/danger/settings/", {**form, "own_scheme": "breaks ="})
    assert wrong.status_code == 422


def test_cover_and_calibration_have_their_forms(desk, browse, stations):
    told = browse("duty").post("/danger/settings/cover", {"category": "half", "since": TODAY.isoformat()})
    assert told.status_code == 302 and GroundCover.objects.get().category == "half"
    short = browse("duty").post(
        "/danger/settings/calibrate",
        {"station": stations[0].pk, "months": ["3", "4"], "preset": "75-90-95-98"},
    )
    assert short.status_code == 422 and "Import older observations" in short.content.decode()


def test_the_api_reads_and_changes_the_same_settings(desk, as_role, client, clock):
    token = officers.make_token(identity.program(clock.now), desk.officers[Role.DUTY], "test")
    headers = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    url = "/api/v1/danger/settings"
    assert client.get(url, **headers).json()["scheme"] == "effis"
    changed = client.patch(
        url, {"lapse_rate": -8, "restart_after": -1}, content_type="application/json", **headers
    ).json()
    assert changed["lapse_rate"] == -8 and changed["restart_after"] is None
    refused = client.patch(url, {"scheme": "mars"}, content_type="application/json", **headers)
    assert refused.status_code == 409 and refused.json()["field"] == "scheme"
    covered = client.post(
        f"{url}/cover",
        {"category": "full", "since": "2026-04-01"},
        content_type="application/json",
        **headers,
    ).json()
    assert covered["covers"] == [{"since": "2026-04-01", "category": "full"}]


SAID = {
    "en": ("one publication", "two independent publications", "compare with the printed", "one published table"),
    "zh-hans": ("仅见一处文献", "两处独立文献", "请与标准文本核对", "仅见一处发布的表"),
}  # fmt: skip


@pytest.mark.parametrize("language", SAID)
def test_where_numbers_come_from_is_said_in_the_readers_language_alone(
    language, desk, browse, stations, as_role
):
    commands.import_weather(as_role("duty"), noons(TODAY, 1))
    policy.set_policy(as_role("duty"), desk.township, scheme="canadian")
    (other,) = SAID.keys() - {language}
    settings = browse("duty", language).get("/danger/settings/").content.decode()
    why = browse("duty", language).get(f"/danger/{desk.villages[0].code}/").content.decode()
    assert [words for words in SAID[language] if words not in settings] == []
    assert SAID[language][3] in why
    assert [words for words in SAID[other] for page in (settings, why) if words in page] == []


def test_a_plain_source_in_a_desks_own_file_stands_for_both_languages(desk, browse, as_role):
    own = """[schemes.ours]
name = "本县"
breaks = [5, 10, 20, 40]
ratings = [1, 2, 3, 4, 5]
provenance = "local"
source = "云山县林业局 2025 年 3 号文"
"""
    policy.set_policy(as_role("duty"), desk.township, own_scheme=own, scheme="ours")
    for language in SAID:
        assert (
            "云山县林业局 2025 年 3 号文"
            in browse("duty", language).get("/danger/settings/").content.decode()
        )

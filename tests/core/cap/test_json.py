"""JSON with CAP's element names holds an alert whole, and says what is wrong with JSON that does not."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenghuo.core import cap
from tests.core.cap.alerts import FIRE, simple_alert, valid_alerts

REPEATED = {
    "code", "info", "category", "responseType", "eventCode", "parameter", "resource", "area", "polygon",
    "circle", "geocode", "extra",
}  # fmt: skip


def test_elements_keep_their_names_and_what_may_repeat_is_an_array() -> None:
    form = json.loads(cap.to_json(cap.parse(FIRE)))["alert"]
    assert form["xmlns"] == "urn:oasis:names:tc:emergency:cap:1.2"
    assert form["msgType"] == "Update" and form["sent"] == "2026-04-03T14:30:00+08:00"
    assert form["addresses"] == 'one@township.example "Forest Team 2"'
    area = form["info"][0]["area"][0]
    assert area["circle"] == ["40.45,116.55 2.5"]
    assert area["geocode"] == [{"valueName": "GB/T 2260", "value": "110116104"}]
    assert (area["altitude"], area["ceiling"], form["info"][0]["resource"][0]["size"]) == (1000, 2500.5, 4)

    def walk(block: dict) -> None:
        for name, value in block.items():
            assert isinstance(value, list) == (name in REPEATED)
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, dict):
                    walk(each)

    walk(form)


@settings(deadline=None, max_examples=60)
@given(valid_alerts(), st.sampled_from([None, 2]))
def test_any_valid_alert_comes_back_from_json_unchanged(alert: cap.Alert, indent: int | None) -> None:
    text = cap.to_json(alert, indent=indent)
    back = cap.from_json(text)
    assert back == alert and cap.to_json(back, indent=indent) == text
    assert cap.write(back) == cap.write(alert)


@pytest.mark.parametrize(
    ("right", "wrong", "rule", "path"),
    [
        ('"code": ["desk-1", "desk-2"]', '"code": "desk-1"', "json-shape", "/alert/code"),
        ('"status": "Exercise"', '"status": "Tried"', "enumeration", "/alert/status"),
        ('"status": "Exercise"', '"status": 4', "json-shape", "/alert/status"),
        ('"status": "Exercise", ', "", "element-missing", "/alert"),
        ('"status": "Exercise"', '"status": "Exercise", "state": "x"', "element-unknown", "/alert/state"),
        ('"size": 4', '"size": 4.5', "number", "/alert/info[1]/resource[1]/size"),
        ('"size": 4', '"size": true', "json-shape", "/alert/info[1]/resource[1]/size"),
        ('"category": ["Fire", "Safety"]', '"category": []', "element-missing", "/alert/info[1]"),
        ('"extra": ["<', '"extra": ["', "extra", "/alert/extra[1]"),
        ('"xmlns": "urn', '"xmlns": "uri', "not-cap", "/alert"),
        ('{"alert"', '{"alarm"', "json-shape", "/"),
        ('"alert"', "alert", "json", "/"),
        ('"size": 4', '"size": NaN', "json", "/"),
    ],
)
def test_json_that_is_no_alert_is_refused_with_the_place(
    right: str, wrong: str, rule: str, path: str
) -> None:
    text = cap.to_json(cap.parse(FIRE))
    assert right in text
    with pytest.raises(cap.CapError) as refused:
        cap.from_json(text.replace(right, wrong, 1))
    assert [(found.rule, found.place.path) for found in refused.value.findings] == [(rule, path)]


def test_all_that_is_wrong_is_told_at_once_and_depth_harms_nobody() -> None:
    text = cap.to_json(cap.parse(FIRE)).replace("Exercise", "Tried", 1).replace('"Fire"', '"Fires"')
    with pytest.raises(cap.CapError) as refused:
        cap.from_json(text)
    assert len(refused.value.findings) == 3
    for hostile in ("[" * 100_000, '{"alert":' * 5_000, "", "\0", '{"alert": {"info": [[]]}}'):
        with pytest.raises(cap.CapError):
            cap.from_json(hostile)


def test_what_has_no_spelling_is_refused() -> None:
    with pytest.raises(cap.CapError, match="no offset"):
        cap.to_json(simple_alert(sent=simple_alert().sent.replace(tzinfo=None)))


def test_several_alerts_are_an_array_and_names_are_not_said_twice() -> None:
    one = cap.to_json(simple_alert())
    assert cap.all_from_json(one) == (simple_alert(),)
    assert cap.all_from_json(f"[{one}, {one}]") == (simple_alert(), simple_alert())
    twice = one.replace('"event":', '"event": "x", "event":').replace('"sender":', '"sender": "x", "sender":')
    with pytest.raises(cap.CapError) as refused:
        cap.all_from_json(f"[{one}, {twice}, 1]")
    assert [(each.rule, each.place.path) for each in refused.value.findings] == [
        ("element-repeated", "[2]/alert/sender"),
        ("element-repeated", "[2]/alert/info[1]/event"),
        ("json-shape", "[3]"),
    ]
    with pytest.raises(cap.CapError):
        cap.from_json(f"[{one}]")

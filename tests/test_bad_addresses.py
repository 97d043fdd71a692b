"""An address typed wrong, or made to break things, gets a clear answer: never a failure of the desk."""

import pytest

ADDRESSES = [
    "/hazards/?village={}", "/places/?q={}&village={}", "/search/?q={}", "/summary/?area={}", "/journal/?act={}",
    "/warnings/?q={}&level={}", "/danger/?day={}", "/danger/110199100201/?day={}", "/danger/110199100201/card?day={}",
    "/duty/?date={}", "/duty/roster?week={}", "/journal/?day={}", "/summary/?from={}&to={}", "/journal/?page={}",
]  # fmt: skip
VALUES = [
    "%00",
    "%01",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "%F0%9F%94%A5",
    "%ED%A0%80",
    "'",
    "%25",
    "-1",
    "9" * 40,
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_strange_value_in_an_address_never_fails_the_desk(desk, browse, address):
    officer = browse("leader")
    answers = {value: officer.get(address.replace("{}", value), follow=True).status_code for value in VALUES}
    assert {value: status for value, status in answers.items() if status >= 500} == {}


def test_control_characters_in_a_form_are_refused_in_words(desk, browse):
    answer = browse("duty", "zh-hans").post("/duty/log/", {"text": "巡山\x00正常"})
    assert answer.status_code == 400 and "控制字符" in answer.content.decode()

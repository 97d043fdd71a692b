"""Words that are often miswritten are told with the word that is meant; right words that meet so are not."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules.noise import check, misspelt
from fenghuo.core.paper.check.words import words


@pytest.mark.parametrize(
    ("said", "seen", "meant"),
    [
        ("单笔最高奖厉由3万元提高到5万元。", "奖厉", "奖励"),
        ("请各企业旱作准备，按时参加。", "旱作准备", "早作准备"),
        ("改造档案实行一户一挡，报乡备案。", "一户一挡", "一户一档"),
        ("村民反映强列，要求尽快解决。", "强列", "强烈"),
        ("对先进集体予以表杨。", "表杨", "表扬"),
        ("全镇检杳企业42家。", "检杳", "检查"),
    ],
)
def test_a_miswritten_word_is_told(said: str, seen: str, meant: str) -> None:
    (found,) = [each for each in check(from_text(said)) if each.rule == "recognition-error"]
    assert said[found.span.start : found.span.end] == seen
    assert f"“{meant}”" in found.message.zh


@pytest.mark.parametrize(
    "said",
    [
        "会议由代表杨树林发言。",
        "要进一步加强列车安全检查。",
        "请按装置说明书操作。",
        "市场部分发杨树苗2000株。",
        "项目批复上盖公章。",
    ],
)
def test_right_words_that_meet_are_left_alone(said: str) -> None:
    assert list(misspelt.check(from_text(said))) == []


def test_no_word_of_the_list_is_a_right_one() -> None:
    _, meant = misspelt._listed()
    assert all(words().frequency(right) >= words().frequency(wrong) for wrong, right in meant.items())
    assert not set(meant) & set(meant.values())

"""Where long titles are broken (GB/T 9704-2012, 7.3.1): whole words, lines of like length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.paper.titles import title_lines
from fenghuo.core.paper.wording import width_in_signs


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("森林火险橙色预警单", ("森林火险橙色预警单",)),
        ("关于开展2026年春季森林防灭火联合督查的通知", ("关于开展2026年春季", "森林防灭火联合督查的通知")),
        (
            "县人民政府办公室关于印发森林火灾应急预案的通知",
            ("县人民政府办公室关于印发", "森林火灾应急预案的通知"),
        ),
        ("关于甲乙\n丙丁的通知", ("关于甲乙", "丙丁的通知")),
        (
            "青峰县人民政府办公室关于进一步加强清明节期间森林防灭火和安全生产工作的紧急通知",
            ("青峰县人民政府办公室关于进一步", "加强清明节期间森林防灭火和", "安全生产工作的紧急通知"),
        ),
    ],
)
def test_a_long_title_is_broken_between_words(title, lines):
    assert title_lines(title, "zh") == lines


def test_an_english_title_is_left_to_the_page():
    title = "Notice of a Joint Inspection of Forest Fire Prevention and Work Safety in Spring"
    assert title_lines(title, "en") == (title,)


@given(st.text("关于加强森林防灭火工作的通知2026年《“”》、", min_size=1, max_size=100))
def test_no_sign_is_lost_and_no_line_is_too_wide(title):
    lines = title_lines(title, "zh")
    assert "".join(lines) == title
    if len(lines) > 1:
        assert max(map(width_in_signs, lines)) <= 20 and "" not in lines

"""The line that no import and no form crosses, and the innocent columns it must let through."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.privacy import Category, RefusedColumns, check_columns, refusal, refused_columns

HERE = Path(__file__).parent
REFUSED = [
    (header, Category(category))
    for category, _, headers in (
        line.partition(": ") for line in (HERE / "refused.txt").read_text("utf-8").splitlines()
    )
    for header in headers.split()
]
UNSEEN = [
    ("民 族", Category.ETHNICITY),
    ("民族(可选)", Category.ETHNICITY),
    ("\ufeff民族", Category.ETHNICITY),
    ("宗\u200b教", Category.RELIGION),
    ("r e l i g i o n", Category.RELIGION),
    ("reli\u00adgion", Category.RELIGION),
    ("marital  status", Category.FAMILY),
    ("ID No.", Category.REGISTER),
]
INNOCENT = [*(HERE / "innocent.txt").read_text("utf-8").split(), "relative humidity", "Fire origin"]


@pytest.mark.parametrize(("header", "category"), REFUSED + UNSEEN)
def test_a_column_about_a_person_s_belief_origin_or_family_is_refused(header, category):
    found = refusal(header)
    assert found is not None, header
    assert found.header == header
    assert found.category is category
    assert header in found.message_en
    assert header in found.message_zh


@pytest.mark.parametrize("header", INNOCENT)
def test_an_innocent_column_passes(header):
    assert refusal(header) is None


def test_the_innocent_list_is_long_enough_to_mean_something():
    assert len(set(INNOCENT)) >= 60


_separators = st.sampled_from(["_", " ", "-", "__", "/", ".", "\u3000", " _ "])
_english = st.sampled_from(
    [
        "religion",
        "ethnic group",
        "political affiliation",
        "party member",
        "disability",
        "marital status",
        "household head",
        "resident id",
        "id card number",
        "spouse",
        "nationality",
        "family members",
    ]
)
_chinese = st.sampled_from(
    ["宗教信仰", "民族", "政治面貌", "是否党员", "残疾证", "家庭成员", "户主姓名", "户籍", "身份证号"]
)


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(
    _english,
    _separators,
    st.randoms(use_true_random=False),
    st.booleans(),
    st.sampled_from(["", "is", "the", "x1"]),
)
def test_no_spelling_of_an_english_term_slips_through(term, separator, random, wide, before):
    words = [before, *term.split()] if before else term.split()
    header = separator.join("".join(random.choice([c.upper(), c.lower()]) for c in word) for word in words)
    header = _full_width(header) if wide else header
    assert refused_columns([header]), header


@given(_chinese, st.sampled_from([*" _\u3000\u200b·", ""]), st.sampled_from(["", "1.", "(", "本人"]))
def test_no_spacing_of_a_chinese_term_slips_through(term, separator, before):
    header = before + separator.join(term)
    assert refused_columns([header]), header


@given(st.text())
def test_any_text_at_all_can_be_a_header(text):
    assert refusal(text) is None or refusal(text).header == text


def test_the_refusal_names_every_column_and_says_what_to_do_in_both_languages():
    with pytest.raises(RefusedColumns) as caught:
        check_columns(["name", "民族", "phone", "Spouse"])
    error = caught.value
    assert isinstance(error, ValueError)
    assert [one.header for one in error.refused] == ["民族", "Spouse"]
    for words in ('"民族"', '"Spouse"', "Remove", "nothing was imported"):
        assert words in error.message_en
    for words in ("“民族”", "“Spouse”", "删去", "没有导入任何内容"):
        assert words in error.message_zh
    assert str(error) == f"{error.message_zh}\n{error.message_en}"


def test_a_table_of_innocent_columns_is_passed():
    assert check_columns(INNOCENT) is None

"""Of several findings that speak of one place the one is told that knows most of it."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import from_text

PAPER = """云岭镇人民政府关于2026年6月防汛值守情况的报告

县人民政府：
现将6月防汛值守情况报告如下。
{line}
云岭镇人民政府
2026年7月8日
"""


def rules_in(line: str) -> list[str]:
    return sorted(each.rule for each in check(from_text(PAPER.format(line=line))))


def test_a_footer_s_some_newspaper_is_no_name_left_out() -> None:
    assert rules_in("各村已落实值守人员。（文章来源：某某日报）") == ["site-footer"]


def test_some_name_that_the_writer_left_out_is_told_still() -> None:
    assert rules_in("值守由某某村负责，联系人已明确。") == ["placeholder"]


@pytest.mark.parametrize(
    "parts", ["甲村8处、乙村9处、丙村××处", "甲村8处、乙村（ ）处、丙村9处", "甲村（数）处、乙村8处、丙村9处"]
)
def test_a_sum_with_a_part_still_to_be_written_is_not_wrong_yet(parts: str) -> None:
    found = rules_in(f"全镇排查隐患29处，其中{parts}。")
    assert "total-wrong" not in found
    assert found  # what stands open is told


def test_the_same_sum_with_all_its_parts_is() -> None:
    assert rules_in("全镇排查隐患29处，其中甲村8处、乙村9处、丙村11处。") == ["total-wrong"]


def test_a_gap_in_another_sentence_excuses_no_sum() -> None:
    line = "全镇排查隐患29处，其中甲村8处、乙村9处、丙村11处。下一步计划再排查××处。"
    assert rules_in(line) == ["placeholder", "total-wrong"]


def test_a_day_still_to_be_written_ends_no_period_too_early() -> None:
    assert rules_in("6月20日至5月 日，安排带班36班次。") == ["placeholder-date"]


def test_a_day_that_does_not_exist_is_told_once() -> None:
    assert rules_in("6月00日，召开防汛会商会。") == ["date-unreal"]


def test_days_of_noughts_alone_are_left_open() -> None:
    assert "placeholder-date" in rules_in("00月00日，召开防汛会商会。")


def test_of_a_day_that_does_not_exist_nothing_else_is_said() -> None:
    assert rules_in("请各村务必于6月31日前完成整改。") == ["date-unreal"]


@pytest.mark.parametrize("line", ["领取人：丁国庆，已签字。", "报名登记为魏国庆，已核对。"])
def test_a_man_called_national_day_is_no_day(line: str) -> None:
    assert rules_in(line) == []

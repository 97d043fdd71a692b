"""Years that have strayed: days ten years back, plans long over in a paper's name, halves told by a doubt too many."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .papers import told

NOTICE = "关于做好2024年森林防火工作的通知\n各村：\n{}\n云岭镇人民政府\n2024年3月8日"
FIRST = "云岭镇2024年上半年防汛工作总结\n县水务局：\n{}\n云岭镇人民政府\n2024年7月5日"
SECOND = "云岭镇2024年下半年防汛工作总结\n县水务局：\n{}\n云岭镇人民政府\n2024年12月28日"

MINUTES = "会议纪要\n云政纪〔2024〕3号\n{}\n时间：2024年4月9日下午\n地点：镇会议室\n会议研究了防汛工作。"

CASES = [
    # Minutes: what they are about stands under their kind, their day behind its word.
    (MINUTES, "云岭镇2022年第二季度防汛会议纪要", [("title-year", "2022年")]),
    (MINUTES, "云岭镇2024年第二季度防汛会议纪要", []),
    # A term that was over before the paper was signed.
    (NOTICE, "总结于2023年5月10日前报镇政府。", [("deadline-past", "2023年5月10日")]),
    (NOTICE, "总结于2024年5月10日前报镇政府。", []),
    # A month or a day long past, and what makes it history.
    (NOTICE, "瞭望塔建于2014年2月，能用。", []),
    (NOTICE, "办法自2014年2月1日起施行。", []),
    (NOTICE, "1994年2月1日以前出生的不参加。", []),
    # One year of a row.
    (NOTICE, "2024年5月底前清完林缘，2024年8月组织验收，2025年1月通报。", []),
    # Papers and plans that are over.
    (NOTICE, "请对照《云岭县2016年防火责任名单》更新人员。", [("other-year", "2016年")]),
    (NOTICE, "请对照《云岭县2023年防火责任名单》更新人员。", []),
    (NOTICE, "《云岭县防火预案（2016年修订）》继续有效。", []),
    (NOTICE, "为落实《云岭县“十二五”林业规划》，增设卡点。", [("other-year", "“十二五”")]),
    (NOTICE, "为落实《云岭县“十四五”林业规划》，增设卡点。", []),
    (
        NOTICE,
        "按照《关于开展卡点排查的通知》（云防〔2014〕6号）设卡。",
        [("other-year", "2014")],
    ),
    (NOTICE, "按照《关于加强林业工作的意见》（云发〔2014〕6号）设卡。", []),
    (NOTICE, "按市里印发的2024年春季巡护通知（市防〔2014〕9号）巡护。", [("other-year", "2014")]),
    # The other half.
    (FIRST, "投诉由一季度的42件降至四季度的18件。", [("other-half", "四季度")]),
    (FIRST, "前三季度清淤沟渠12公里。", [("other-half", "前三季度")]),
    (FIRST, "截至9月底已拨付经费40万元。", [("other-half", "9月")]),
    (FIRST, "下半年，重点抓好8月的台风防御和10月的水毁修复。", []),
    (SECOND, "一季度，对薄弱堤段加固，完成6处。", [("other-half", "一季度")]),
    (SECOND, "上半年因故推迟的演练，已于9月补上。", []),
    (SECOND, "对2024年上半年遗留的9处隐患，已整治8处。", []),
]


@pytest.mark.parametrize(("paper", "said", "faults"), CASES)
def test_a_strayed_year_or_half_is_told_and_history_is_not(
    paper: str, said: str, faults: list[tuple[str, str]]
) -> None:
    assert told(numbers.check, paper.format(said)) == faults

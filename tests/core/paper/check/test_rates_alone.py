"""Rates that stand alone behind their amounts, shares that make all between them, what falls to each."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .papers import told

RATE, SHARES, TOTAL = "rate-wrong", "shares-not-whole", "total-wrong"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("全年计划栽树12万株，已栽9万株，刚过六成。", [(RATE, "过六成")]),
        ("应检车辆360辆，已检252辆，才八成五。", [(RATE, "八成五")]),
        ("投资计划5亿元，完成3亿元，刚好四分之三。", [(RATE, "四分之三")]),
        ("一季度入库7.5亿元，序时进度35%，年度预期30亿元。", [(RATE, "35%")]),
        ("床位去年底1500张，今年底1800张，扩容三成。", [(RATE, "三成")]),
        ("用水120万吨，较去年的150万吨少了三成。", [(RATE, "三成")]),
        ("成立时员工25人，今天200人，是成立时的5倍。", [(RATE, "5倍")]),
        ("去年收入300万元，今年达到360万元，拿出72万元修路，恰为今年收入的四成。", [(RATE, "四成")]),
        ("全年计划栽树12万株，已栽9万株，刚过七成。", []),
        ("床位去年底1500张，今年底1800张，扩容两成。", []),
        ("成立时员工25人，今天200人，是成立时的8倍。", []),
        ("粮食储备规模5万吨，实际储存4.2万吨，轮换1.4万吨，占三成多。", []),
        ("去年完成利润48亿元，按同口径计算，利润为64亿元，比上年增长18.5%。", []),
    ],
)
def test_a_rate_alone_is_made_by_the_amounts_before_it(text, faults):
    assert told(numbers.check, text) == faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("共收回问卷800份，男性480人，占60%，女性320人，占50%。", [(RATE, "50%")]),
        ("售票900万元，散客450万元、团队270万元、年卡180万元，分别占五成、三成和三成。", [(RATE, "三成")]),
        ("抽查合格率为96.4%，其余4.6%不合格。", [(SHARES, "96.4%，其余4.6%")]),
        ("问卷中选“好”的71%，“一般”22%，“差”17%。", [(SHARES, "71%，“一般”22%，“差”17%")]),
        ("共收回问卷800份，男性480人，占60%，女性320人，占40%。", []),
        ("售票900万元，散客450万元、团队270万元、年卡180万元，分别占五成、三成和两成。", []),
        ("问卷为多选，选“近”的71%，“快”62%，“省”17%。", []),
        ("抽查合格率为96.4%，其余3.6%不合格。", []),
        ("商铺出租率88%，空置率12%。", []),
        ("本月及格率为91.5%。上月及格率为90.1%，本月上升1.4个百分点。", []),
    ],
)
def test_shares_of_parts_make_all_between_them(text, faults):
    assert told(numbers.check, text) == faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("全县48个村分得资金240万元，平均每村5万元。", []),
        ("发放补贴480万元，惠及1200户，户均4000元；种粮大户20户，户均2万元。", []),
    ],
)
def test_what_falls_to_each_is_not_a_power_of_ten_off(text, faults):
    assert told(numbers.check, text) == faults

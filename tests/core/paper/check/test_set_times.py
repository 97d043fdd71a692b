"""Times that headings, titles and numbers set for what stands under or beside them, and what they rule out."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .papers import told

PLAN = "石湾镇2024年下半年应急工作计划\n{}\n石湾镇人民政府\n2024年7月8日"
SECOND = "石湾镇2024年下半年应急工作总结\n{}\n石湾镇人民政府\n2025年1月8日"
FIRST = "石湾镇2024年上半年应急工作总结\n一、工作情况\n{}\n石湾镇人民政府\n2024年7月3日"
ASKS = "石湾镇关于解决2024年抢险资金的请示\n县政府：\n{}\n石湾镇人民政府\n2024年7月15日"
REPORT = "石湾镇关于2024年水库管理工作的报告\n县水利局：\n{}\n石湾镇人民政府\n2024年9月6日"
NUMBERED = "按照《石湾镇防汛预案{}》（石政发〔2023〕27号）执行。"


@pytest.mark.parametrize(
    ("paper", "said", "asked"),
    [
        # A heading sets the time of what stands under it, and a plan begins with what was done before.
        (PLAN, "一、上半年回顾\n4月9日开展演练，1至6月排查隐患86处。", []),
        (PLAN, "一、上半年回顾\n9月14日开展演练，参演86人。", []),
        (PLAN, "今年上半年，全镇共排查隐患126处。3月14日召开现场会。", []),
        (PLAN, "一、主要任务\n8月底前完成演练，12月至次年2月巡护，1月20日前上报总结。", []),
        (PLAN, "一、主要任务\n更换6月30日前检定过期的水表46块。", []),
        (PLAN, "一、主要任务\n3月底前完成演练。", [("deadline-past", "3月")]),
        (SECOND, "一、上半年遗留问题\n5月立案的2件于8月结案。\n二、工作情况\n检查86处。", []),
        (SECOND, "一、工作情况\n3月9日组织演练，参演86人。", [("other-half", "3月9日")]),
        # What was done on a day is no term, and what lasts on or is a term to come is not told as done.
        (ASKS, "一、抢险措施\n（一）7月1日启动三级响应。\n（二）8月底前抢通村道。", []),
        (ASKS, "一、抢险措施\n（一）6月底前抢通村道。", [("deadline-past", "6月")]),
        (FIRST, "暑期活动6月20日启动，至8月25日结束。补贴受理至2024年12月10日。", []),
        (FIRST, "最大洪峰出现在10月3日，水位42.6米。", [("other-half", "10月3日")]),
        (FIRST, "2023年下半年结转的5件已于3月15日前办结。", []),
        # Editions and papers of work to do are of the year of their number.
        (REPORT, NUMBERED.format("（2013年修订）"), [("other-year", "2013")]),
        (REPORT, NUMBERED.format("（2013版）"), [("other-year", "2013")]),
        (REPORT, NUMBERED.format("（2022年修订）"), []),
        (REPORT, "按照石政发〔2023〕27号《石湾镇防汛预案（2013年修订）》执行。", [("other-year", "2013")]),
        (REPORT, "按照《石湾镇河道办法（2015年修正）》（石政发〔2009〕4号）执行。", []),
        (REPORT, "根据《关于报送2020年蓄水情况的通知》（石水〔2024〕9号）。", [("other-year", "2020")]),
        (REPORT, "根据《关于收回2020年结余资金的通知》（石财〔2023〕5号）。", []),
        # No month is told years ahead but as the end of what lasts; what is of now began of late.
        (REPORT, "检查结果纳入2034年度考核。", [("other-year", "2034年")]),
        (REPORT, "合同期自2024年9月至2034年8月，商标续展至2034年6月。", []),
        (REPORT, "本学期供餐从2014年6月26日开始。", [("other-year", "2014年6月26日")]),
        (REPORT, "本次普查自2014年7月开始，2018年结束。", []),
        # What cannot have been so early, or already have been.
        (REPORT, "5月8日，获市政府授予“2014年度先进集体”称号。", [("other-year", "2014")]),
        (REPORT, "1月，被县委评为2023年度先进乡镇。", []),
        (REPORT, "拨付2014—2015年度冬修资金86万元。", [("other-year", "2014—2015")]),
        (REPORT, "拨付2023—2024年度冬修资金86万元，接收2013—2014年度文书档案126卷。", []),
        (REPORT, "12座水库已于2034年5月完成鉴定。", [("other-year", "2034")]),
        (REPORT, "比上年末（2013年12月）增加6座。", [("other-year", "2013")]),
        (REPORT, "裂缝于2021年6月查明，补助自2018年5月1日起执行，上次鉴定在2014年完成。", []),
        (REPORT, "对2020年印发的原办法进行修订。2021年印发的原办法同时废止。", [("other-year", "2021")]),
    ],
)
def test_times_are_those_that_are_set(paper, said, asked):
    assert told(numbers.check, paper.format(said)) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "关于石湾县2023年度县级预算执行审计查出问题整改情况的报告\n县人大：\n"
            "2022年7月，县审计局报告了审计工作。\n石湾县审计局\n2024年11月12日",
            [("other-year", "2022年7月")],
        ),
        (
            "关于石湾县2023年度县级预算执行审计查出问题整改情况的报告\n县人大：\n"
            "2024年7月，县审计局报告了2023年度审计工作。\n石湾县审计局\n2024年11月12日",
            [],
        ),
        (
            "石湾县2021年第二季度救助情况的公示\n经审核，2024年第二季度救助8例，现予公示。\n"
            "公示期为7月3日至7月9日。\n石湾县民政局\n2024年7月3日",
            [("title-year", "2021年")],
        ),
        (
            "2024年上半年石湾县火情分析\n（石湾县应急管理局 2024年7月10日）\n一、特点\n"
            "其中10月17日火情过火86亩。",
            [("other-half", "10月17日")],
        ),
        (
            "石湾镇关于解决2023年抗旱资金的请示\n县政府：\n6月12日至7月5日降雨仅12毫米，需资金86万元。\n"
            "石湾镇人民政府\n2024年7月15日",
            [("title-year", "2023年")],
        ),
        (
            "石湾镇关于解决2023年水毁资金的请示\n县政府：\n去年6月12日至15日暴雨，需资金86万元。\n"
            "石湾镇人民政府\n2024年7月15日",
            [],
        ),
    ],
)
def test_a_paper_s_own_year_is_that_of_its_title_and_its_days(text, asked):
    assert told(numbers.check, text) == asked

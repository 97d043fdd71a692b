"""What cannot be yet, what can no longer come, and the other half of the year: each beside what is right."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules import numbers

HALF = """杏坪镇2026年上半年应急管理工作总结
县应急管理局：
{opening}
一、工作情况
{done}
二、{heading}
{ahead}
杏坪镇人民政府
2026年7月6日"""
GIVEN = {
    "opening": "2026年上半年，杏坪镇未发生生产安全事故，防汛救灾平稳有序。",
    "done": "4月9日15时，镇政府召开会商会，16时启动防汛四级应急响应。",
    "heading": "下半年工作打算",
    "ahead": "9月底前完成应急广播增补，11月对各村物资盘点。",
}


def _told(**changed: str) -> list[tuple[str, str]]:
    text = HALF.format(**{**GIVEN, **changed})
    return [(each.rule, text[each.span.start : each.span.end]) for each in numbers.check(from_text(text))]


@pytest.mark.parametrize(
    ("where", "said", "rule", "found"),
    [
        ("opening", "2026年下半年，杏坪镇未发生生产安全事故，防汛救灾平稳有序。", "other-half", "下半年"),
        ("done", "下半年辖区接报火警9起，同比减少3起。", "other-half", "下半年"),
        ("done", "8月9日15时，镇政府召开会商会，16时启动防汛四级应急响应。", "other-half", "8月9日15时"),
        ("done", "第三季度新修机耕路6公里，同比增加2公里。", "other-half", "第三季度"),
        ("done", "9月举办第六届技能比赛，参赛选手72人，比赛自2019年起每年一届。", "other-half", "9月"),
        ("done", "（二）8月至9月，按照预案检查沟渠57条，整改隐患28处。", "other-half", "8月"),
        ("heading", "上半年工作打算", "other-half", "上半年"),
        ("ahead", "3月底前完成应急广播增补，11月对各村物资盘点。", "deadline-past", "3月"),
        ("ahead", "9月底前完成应急广播增补，2062年3月全部更新。", "other-year", "2062年"),
    ],
)
def test_what_lies_outside_of_a_half_is_told(where, said, rule, found):
    assert (rule, found) in _told(**{where: said})


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("opening", "2026年上半年，杏坪镇未发生生产安全事故，比2025年下半年少2起。"),
        ("done", "剩余2处隐患计划8月9日前整改。"),
        ("done", "下半年，将继续接报登记，每月通报1次。"),
        ("done", "整修泵站6座，为下半年供水打下基础。"),
        ("done", "6月启动水质监测，为期半年，12月结束。"),
        ("done", "截至6月底累计巡查133次（一季度47次）。"),
        ("heading", "下步打算"),
        ("ahead", "10月至次年3月开展森林防火巡护，9月底前完成应急广播增补。"),
        ("ahead", "截至6月底欠账4处，9月底前补齐，到2035年全部更新。"),
    ],
)
def test_what_belongs_there_is_left_alone(where, said):
    assert _told(**{where: said}) == []


def test_a_report_on_the_second_half_is_not_signed_when_this_begins():
    text = HALF.format(**{**GIVEN, "heading": "下步打算"}).replace("年上半年应急", "年下半年应急", 1)
    assert ("other-half", "下半年") in [
        (each.rule, text[each.span.start : each.span.end]) for each in numbers.check(from_text(text))
    ]


def test_a_request_tells_in_its_first_sentence_of_what_has_been():
    text = (
        "关于申请水毁修复资金的请示\n县人民政府：\n2026年{}月12日2时至13日14时，我镇遭遇强降雨，水毁道路3处。\n"
        "若获批准，我镇8月1日开工。\n当否，请批示。\n杏坪镇人民政府\n2026年7月20日"
    )
    found = [
        [(each.rule, each.span.start) for each in numbers.check(from_text(text.format(month)))]
        for month in (7, 9)
    ]
    assert found[0] == []
    assert [rule for rule, _ in found[1]] == ["other-half"]


BULLETIN = """云溪农业简报
2026年第7期
云溪县农业农村局办公室　　　　2026年7月5日
2026年第二季度农业生产平稳向好
今年以来，县农业农村局狠抓田间管理。{said}
农资储备充足。全县储备化肥6800吨、种子412吨。
【下步打算】三季度补齐4处物资点，7月31日前完成；8月组织一次演练。
"""


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("10月至12月开展农资检查4轮。", "10月"),
        ("第四季度出栏生猪7.35万头。", "第四季度"),
        ("1月至3月发放种子120吨。", "1月"),
        ("4月至6月开展农资检查4轮，第二季度出栏生猪7.35万头，比一季度增长3%。", None),
    ],
)
def test_a_bulletin_is_of_the_time_that_the_line_above_its_text_tells(said, found):
    text = BULLETIN.format(said=said)
    told = [(each.rule, text[each.span.start : each.span.end]) for each in numbers.check(from_text(text))]
    assert told == ([("other-half", found)] if found else [])


def test_under_a_title_of_the_wrong_half_the_days_of_the_right_one_are_no_news():
    text = HALF.format(**GIVEN).replace("2026年上半年应急管理", "2026年下半年应急管理")
    told = [(each.rule, text[each.span.start : each.span.end]) for each in numbers.check(from_text(text))]
    assert told == [("other-half", "下半年")]


@pytest.mark.parametrize(
    ("said", "late"),
    [
        ("1月20日前，各单位报送参训名单。", True),
        ("9月20日前，各单位报送参训名单。", False),
        ("1月20日前报送的名单不再调整。", False),
    ],
)
def test_a_notice_asks_for_nothing_by_a_day_that_is_over(said, late):
    text = f"""云溪县应急管理局关于做好2026年下半年安全培训工作的通知
各有关单位：
为做好下半年培训工作，现将有关事项通知如下。
一、时间安排
（一）{said}
（二）10月举办第二期培训班。
云溪县应急管理局
2026年6月22日"""
    assert ("deadline-past" in [each.rule for each in numbers.check(from_text(text))]) == late


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("第四季度受理投诉26件，其中4月9件、5月11件、6月6件。", True),
        ("四季度重点做好三项工作：4月清沟，5月育苗，6月巡渠。", True),
        ("第二季度受理投诉26件，其中4月9件、5月11件、6月6件。", False),
        ("第四季度受理投诉26件，比4月至6月减少5件。", False),
    ],
)
def test_a_quarter_has_its_own_months(said, wrong):
    text = f"云溪县2026年受理投诉情况的通报\n各乡镇：\n{said}\n云溪县信访局\n2026年12月30日"
    assert ("other-half" in [each.rule for each in numbers.check(from_text(text))]) == wrong

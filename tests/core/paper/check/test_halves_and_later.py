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

"""How long something lasts beside its days, and what a summary may name of the time to come."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .test_numbers import told

TITLE = "桐溪镇2026年桥梁养护实施方案\n"
LASTS = [
    ("封闭期从4月2日开始至5月11日结束，共35天。", "35天"),
    ("封闭期从4月2日开始至5月11日结束，共40天。", None),
    ("主桥于4月10日开工，2026年6月20日完工，工期93天。", "93天"),
    ("主桥于4月10日开工，2026年6月20日完工，工期72天。", None),
    ("限载期自2026年6月1日起至2026年12月31日止，共9个月。", "2026年6月1日起至2026年12月31日"),
    ("限载期自2026年6月1日起至2026年12月31日止，共7个月。", None),
    ("巡护从10月1日至次年3月31日，共6个月。", None),
    ("检测在3月至5月、9月至11月进行，共6个月。", None),
    ("4月至6月每月2次，共6次。", None),
]


@pytest.mark.parametrize(("said", "words"), LASTS, ids=[said for said, _ in LASTS])
def test_a_length_that_its_own_days_do_not_have_is_told(said, words):
    found = [found for rule, found in told(numbers.check, TITLE + said) if rule == "number-unreal"]
    assert found == ([words] if words else [])


AGAIN = [
    ("大桥自11月3日0时至11月22日24时封闭。\n公交分段运营。20天封闭期满后恢复通行。", None),
    ("夜查自5月1日开始，至9月30日结束。\n五个月的行动结束后，各村通报。", None),
    ("施工自5月1日开始，至9月30日结束。\n养护期45天。45天的养护期满后通车。", None),
    ("服务队4月7日至4月20日下乡。\n两周的行程中，接诊430人次。", None),
    ("第一轮为3月1日至3月10日，第二轮为4月1日至4月20日。\n30天里共查12家。", None),
]


@pytest.mark.parametrize(("said", "words"), AGAIN, ids=[said for said, _ in AGAIN])
def test_a_length_told_again_is_that_of_the_period(said, words):
    found = [found for rule, found in told(numbers.check, TITLE + said) if rule == "number-unreal"]
    assert found == ([words] if words else [])


SUMMARY = "哈桥镇{title}\n一、主要做法\n{done}\n二、{head}\n{plan}\n哈桥镇人民政府\n{day}"
YET = [
    # A season that goes on beyond the signing, a heading of the next year, a plan's water, what follows a deadline.
    (
        "2026年上半年防汛工作总结",
        "共巡堤46次。",
        "下一步安排",
        "继续执行主汛期（6月15日至8月31日）带班制度。",
        "2026年7月3日",
    ),
    (
        "2026年下半年农牧业工作总结",
        "共防疫46次。",
        "2027年工作重点",
        "做好春季防疫，3月15日开始。",
        "2026年12月30日",
    ),
    (
        "2026年上半年灌溉工作小结",
        "1.抓计划供水。5月18日至6月12日实行轮灌，每5天调度一次。",
        "存在问题",
        "渠道老化。",
        "2026年7月2日",
    ),
    (
        "关于食堂检查情况的通报",
        "共检查12家。",
        "处理意见",
        "于9月30日前整改完毕，10月9日至10月12日由检查组复查。",
        "2026年9月23日",
    ),
    (
        "关于2026年“5·12”应急疏散演练的总结",
        "5月12日开展演练。",
        "不足",
        "引导标识不够醒目。",
        "2026年5月17日",
    ),
]


@pytest.mark.parametrize(("title", "done", "head", "plan", "day"), YET, ids=[each[0] for each in YET])
def test_what_lies_ahead_of_a_summary_is_no_fault(title, done, head, plan, day):
    assert told(numbers.check, SUMMARY.format(title=title, done=done, head=head, plan=plan, day=day)) == []


@pytest.mark.parametrize(
    "said",
    [
        "成立领导小组，组长由镇长担任，副组长2名，成员9名，共12人。",
        "三站权重分别为0.34、0.31、0.35，合计1.00。",
        "运送旅客41.6万人次（上年为40万人次）；铁路发送18.4万人次。两项合计60万人次。",
    ],
)
def test_a_head_without_a_number_weights_and_remarks_in_brackets_upset_no_sum(said):
    assert told(numbers.check, said) == []

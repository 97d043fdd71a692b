"""Years of what was held, last year with its number, sums that lack what was told before, and one sign set apart."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import form, left_open, noise, numbers

from .papers import told

HALF = "杏坪镇2026年上半年渡口管理工作总结\n现总结如下。\n{}\n杏坪镇人民政府\n2026年6月24日"
REPORT = "杏坪镇关于渡口隐患整改情况的报告\n县交通局：\n{}\n杏坪镇人民政府\n2026年6月24日"
REPLY = "杏坪镇关于渡口改造的批复\n各村：\n{}\n杏坪镇人民政府\n2026年6月24日"


@pytest.mark.parametrize(
    ("paper", "said", "rule", "words"),
    [
        # Last year, whatever stands between it and its number.
        (HALF, "去年即2023年检修的渡船有12艘。", "other-year", "2023"),
        (HALF, "要吸取去年冬季（2023年12月）缆绳断裂的教训。", "other-year", "2023"),
        (HALF, "前年（2021年）更换缆绳26根。", "other-year", "2021"),
        # What was held on a day of the paper's own year.
        (HALF, "3月27日召开的2023年渡运安全现场会提出了要求。", "other-year", "2023年"),
        (HALF, "4月17日，全县2023年水上救援技能竞赛在杏坪渡口举行。", "other-year", "2023年"),
        (HALF, "2023年安全生产月活动于6月1日启动。", "other-year", "2023年"),
        (HALF, "5月18日举行“清江—2023”水上救援综合演练。", "other-year", "2023"),
        (REPLY, "经县政府2022年第4次常务会议研究，同意改造渡口3处。", "other-year", "2022"),
        # Numbers that want a unit.
        (REPORT, "停航须提前3向各村书面通知。", "unit-missing", "3"),
        (REPORT, "投入86.4购置救生衣和缆绳。", "unit-missing", "86.4"),
        (REPORT, "检修补助按每艘不超过7000掌握，不足部分由船主自筹。", "unit-missing", "7000"),
        # A part of a whole that is more than it.
        (REPORT, "38艘渡船中有42艘尚未检修。", "part-exceeds-total", "42艘"),
    ],
)
def test_numbers_that_cannot_be_right(paper: str, said: str, rule: str, words: str) -> None:
    assert (rule, words) in told(numbers.check, paper.format(said))


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (HALF, "去年（2025年）检修的渡船有12艘。"),
        (HALF, "4月17日，全县2026年水上救援技能竞赛在杏坪渡口举行。"),
        (HALF, "1月12日召开的2025年渡运安全总结会通报了情况。"),
        (REPLY, "经县政府2026年第4次常务会议研究，同意改造渡口3处。"),
        # Counted under two heads, or once only.
        (REPORT, "收录事项64个，其中与企业有关的28个、与居民有关的41个，两者兼有的5个。"),
        (REPORT, "受伤人员235人，其中骨折172人、溺水84人，同时患两项的21人只计一次。"),
        # The part that is missing was told before.
        (
            REPORT,
            "今年投入395万元。五年累计投入1860万元，前四年分别为310万元、365万元、402万元和388万元。",
        ),
        # The rate of the two figures is told, and the other one is something else's.
        (REPORT, "计划检修280艘，实际检修295艘，完成计划的105.4%，合格率91%。"),
        (REPORT, "验收后付30%，半年后再付30%，一年后付35%，留5%待质保期满后付清。"),
        (REPORT, "4月45件，5月41件。其中一季度87件，二季度127件。"),
        # Of another time, or when something else was given out.
        (REPORT, "其余1.9公里护岸为2020年以前建成。"),
        (REPORT, "路灯节能改造240盏。"),
    ],
)
def test_what_holds_after_all(paper: str, said: str) -> None:
    assert told(numbers.check, paper.format(said)) == []


def test_what_is_reported_now_is_not_due() -> None:
    paper = "杏坪镇2026年5月渡口值守情况的报告\n县交通局：\n现将5月值守情况报告如下。\n{}\n杏坪镇人民政府\n2026年6月4日"
    assert told(numbers.check, paper.format("渡口每日两人值守。")) == []


@pytest.mark.parametrize(
    ("said", "sign"),
    [
        ("各渡口要逐船联系， ▲ 务必于当日18时前停航。", " ▲ "),
        ("夜间停航的通知发布不够及时。 ◆◇ ", " ◆◇ "),
    ],
)
def test_one_sign_between_spaces_was_put_in(said: str, sign: str) -> None:
    assert ("copy-protection", sign) in told(noise.check, REPORT.format(said))


@pytest.mark.parametrize(
    "said",
    [
        "▲ 停航标准：风力达到6级。\n▲ 复航标准：风力降到4级。",
        "请选择： ● 停航 ● 复航",
        "【主要做法】 一是逐船检查，二是逐人培训。",
        "一、不足之处\n分馆之间服务水平差距明显，7个分馆没有专职人员。",
    ],
)
def test_what_the_writer_set_so_stays(said: str) -> None:
    assert told(noise.check, REPORT.format(said)) == []


def test_spaces_torn_into_one_phrase_of_a_sentence_are_told() -> None:
    found = told(noise.check, REPORT.format("每处渡口观测1次，发   现   沉   降   及   时上报，并做好记录。"))
    assert [rule for rule, _ in found] == ["space-in-chinese"] * 5


def test_a_list_that_runs_on_in_one_line_skips_no_level() -> None:
    said = "一、检查内容\n（1）船员持证情况；（2）救生设备情况；（3）停航执行情况。\n二、要求\n各村抓好落实。"
    assert told(form.check, REPORT.format(said)) == []


def test_what_a_table_decides_is_nothing_to_fill_in() -> None:
    assert told(left_open.check, REPORT.format("如有变动，仍以附表为准另行补充。")) == []

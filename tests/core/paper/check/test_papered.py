"""Years that a plan's number and a paper's span rule out, tens of days, what is to come, lists and their marks."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules import noise, numbers

from .papers import told

WINTER = "松原县2026—2027年度候鸟保护工作方案\n各乡镇：\n{}\n松原县林业局\n2026年10月8日"
HALF = "松原县2026年上半年渡口管理工作总结\n现总结如下。\n{}\n松原县交通运输局\n2026年7月6日"


@pytest.mark.parametrize(
    ("paper", "said", "asked"),
    [
        # A plan is numbered before its year is over, and not years ahead of its first.
        (HALF, "按照《松原县2025年渡口整治方案》（松交〔2026〕7号）逐处检查。", [("other-year", "2025")]),
        (HALF, "按照《松原县2026年渡口整治方案》（松交〔2026〕7号）逐处检查。", []),
        (HALF, "按照《松原县2026年渡口整治方案》（松交〔2025〕91号）逐处检查。", []),
        (HALF, "按照《2025年度考核情况的通报》（松交〔2026〕7号）整改。", []),
        (
            WINTER,
            "根据《全县候鸟保护三年行动方案（2026—2028年）》（松林〔2016〕3号）部署。",
            [("other-year", "2016")],
        ),
        (WINTER, "根据《全县候鸟保护三年行动方案（2026—2028年）》（松林〔2026〕3号）部署。", []),
        # Spans of years are the title's.
        (WINTER, "成立2023—2024年度候鸟保护领导小组。", [("other-year", "2023—2024年度")]),
        (WINTER, "成立2026—2027年度候鸟保护领导小组。", []),
        (WINTER, "救护候鸟较2025—2026年度有所增加。", []),
        # Tens of days follow each other.
        (HALF, "4月下旬至4月中旬检修渡船。", [("period-backwards", "4月下旬至4月中旬")]),
        (HALF, "4月中旬至4月下旬检修渡船，3月下旬至4月上旬培训船工。", []),
        # What is to come lies outside of a half by right.
        (HALF, "下一步，我局将重点抓好两件事：一是8月底前更换缆绳；二是9月至10月开展渡口清查。", []),
        (HALF, "秋季打算：8月25日前完成检修；9月1日检查救生衣；10月再招聘船工2名。", []),
        (HALF, "渡运抽查将从7月起由每月1次增加到每月2次。", []),
        (HALF, "渡运安全讲座9月6日已经举办。", [("other-half", "9月6日")]),
        # What stands right under a list may count it.
        (
            HALF,
            "抽查渡口26处，表扬3处。\n1.沙湾渡口：缆绳磨损。\n2.石桥渡口：无救生衣。\n"
            "3.柳林渡口：船板开裂。\n4.白坡渡口：无人值守。\n上述4处渡口限期整改。",
            [],
        ),
        # The mark of a list is no part of a number.
        (HALF, "3.1280家商户安装报警装置，已安装1088家，安装率85.0%。", []),
    ],
)
def test_years_of_plans_spans_and_times_ahead(paper, said, asked):
    assert told(numbers.check, paper.format(said)) == asked


def test_a_total_of_the_year_is_the_sum_of_its_quarters_where_other_columns_are():
    rows = "季度\t检查（处）\t隐患（条）\n一季度\t46\t2\n二季度\t31\t1\n三季度\t62\t1\n四季度\t21\t0\n全年\t{}\t4"
    assert told(numbers.check, rows.format(160)) == []
    assert told(numbers.check, rows.format(150)) == [("table-total-wrong", "150")]
    # Means of a year are no sums.
    means = "月份\t气温\n一月\t3.2\n二月\t5.1\n三月\t9.8\n全年\t6.0"
    assert told(numbers.check, means) == []


@pytest.mark.parametrize(
    "text",
    [
        "全段管养公路346公里。\n管养路段发生水毁47处。",
        "灭火器72具中有8具须提前更换。",
        "四、整改成效\n至12月13日，9条问题已全部整改完毕。",
        "合计\t268\t63\n与上年的335条相比，接报数减少67条，均按时办结。",
        "起点高程H1=152.386米，终点高程H2=154.109米，中间设待定点。",
        "酶活性降至正常值的50%~70%为轻度，30%~50%为中度。",
        "附件：1.改造平面图（略）\n　　　2.设备购置清单（略）",
    ],
)
def test_what_offices_write_so_is_no_noise(text):
    assert list(noise.check(from_text("通报\n" + text))) == []

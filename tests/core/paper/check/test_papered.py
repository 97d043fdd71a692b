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


@pytest.mark.parametrize(
    "said",
    [
        # Counts of other things, of another time, or of two together.
        "局里下设6个码头站。\n新栈桥分布在4个码头站，全部验收。",
        "倒塌棚屋5间，严重损坏13间。\n倒塌和严重损坏的18间棚屋已经重建。",
        "批准渡口改造9个。\n原申报的11个项目中，两个不在范围。",
        "批准渡口改造9个，总投资372万元。\n2024年度实施的8个项目中，已验收7个。",
        "对北港、南港各派1个指导组，每组3人，共6人。",
        "16个渔村、2个社区，每个渔村选派3人、每个社区选派2人，共52人参训。",
        "更新渡船20条，三年内每年4条起步，每条补助40万元，共800万元。",
        "第一批50台、第二批80台，每台3万元，计390万元。",
        "5个专项组，每组3人，连同组长和2名副组长，共18人。",
        "险情主要集中在1月、2月和5月，北港9起、南港5起、西港2起，三个月合计17起。",
        # What a rate is of.
        "贷款余额248.60亿元，比年初增加18.60亿元，增长8.1%。",
        "绿翅鸭2318只和豆雁1764只，两种合计4082只，占总数的37.0%。",
        "pH值6.6～7.5的48个，大于7.5的12个。",
        # What is put off, and what is to come.
        "资金结余3.7万元结转下半年使用，其余隐患列入第三季度施工。",
        "下半年，主要做好以下工作：\n一、台风防御。\n7月15日前检查避护场所12个。\n二、收尾。\n9月底前修好栈桥。",
        "下半年渡船检定定于9月15日至11月14日进行。",
    ],
)
def test_figures_that_hold_as_a_reader_takes_them(said):
    assert told(numbers.check, HALF.format(said)) == []


@pytest.mark.parametrize(
    "text",
    [
        "年度\t永久\t定期\n2015\t58\t91\n2016\t63\t88",
        "如需调整时间，请于10月18日前告知。",
        "韵母ü按规定书写，不得以英文译写。",
    ],
)
def test_rows_of_figures_and_requests_are_no_site_s_lines(text):
    assert list(noise.check(from_text("简报\n" + text))) == []

"""Years told once and far behind a paper's own, papers issued on a day that is told, terms and stages."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .papers import told


def _paper(title: str, to: str, body: str, day: str = "2025年9月8日", below: str = "") -> str:
    return f"{title}\n{to}：\n现将有关情况说明如下。\n一、基本情况\n{body}\n松原县水利局\n{day}\n{below}"


def report(body: str) -> str:
    return _paper("松原县水利局关于2025年度汛准备情况的报告", "县人民政府", body)


def notice(body: str) -> str:
    return _paper("松原县水利局关于举办2025年灌区管水员培训班的通知", "各灌区管理所", body)


def request(body: str) -> str:
    return _paper("松原县水利局关于安排2025年水毁渠道修复资金的请示", "县人民政府", body)


WRONG = [
    (report, "5月6日，在东门水库举办2016年抢险队伍比武，9支队伍参加。", "2016年"),
    (report, "6月14日结合2019年全国节水宣传周，在县城设点3处。", "2019年"),
    (report, "会商室改造从2017年度水利发展资金中列支。", "2017年度"),
    (report, "据气象站2026年降水监测数据，库区来水偏少。", "2026年"),
    (report, "3月2日印发《松原县水库巡查办法》（松水〔2018〕9号），明确巡查频次。", "2018"),
    (report, "我局于2013年5月20日组织专家逐库会诊。", "2013年5月20日"),
    (report, "2014年汛前检查共发现隐患41处。", "2014年"),
    (report, "对照《松原县2017年度河道清淤任务清单》，已完成清淤6公里。", "2017年"),
    (report, "北门泵站落成于2014年，2012年6月投入运行。", "2014年，2012年6月"),
    (notice, "第一期：2024年10月13日至10月17日；第二期：2025年10月20日至10月24日。", "2024年10月13日"),
    (notice, "实施阶段自2016年10月8日至2025年11月30日，各所逐段排查。", "2016年10月8日"),
    (request, "建设期20个月，自2018年11月1日至2027年6月30日。", "2018年11月1日至2027年6月30日"),
    (request, "所需资金拟列入2019年县级水利专项。", "2019年"),
]


@pytest.mark.parametrize(("paper", "body", "found"), WRONG, ids=[each[1][:16] for each in WRONG])
def test_a_year_that_nothing_makes_history_is_found_where_it_stands(paper, body, found):
    assert found in [words for _, words in told(numbers.check, paper(body))]


RIGHT = [
    (report, "东门水库建成于1998年，2009年完成除险加固。"),
    (report, "北门泵站2016年投入运行，设计流量2.4立方米每秒。"),
    (report, "来水量比2019年少两成，仅高于2022年。"),
    (report, "2018年，我局启动智慧水利建设，目前已接入站点86处。"),
    (report, "2020年7月12日暴雨冲毁渠道1.2公里，教训深刻。"),
    (report, "县里2017年被列为全省节水示范县。"),
    (report, "3月2日，按照《水库大坝安全鉴定办法》（水建管〔2003〕271号）组织鉴定。"),
    (report, "继续参照2019年做法划分责任段。"),
    (request, "进库道路2016年由县里出资硬化。"),
    (request, "现有冲锋舟4艘，2015年由市局调拨。"),
    (request, "建设期20个月，自2025年11月1日至2027年6月30日。"),
    (request, "灌区2010年换届后由三个村共管。"),
    (notice, "第一期：2025年10月13日至10月17日；第二期：2025年10月20日至10月24日。"),
    (notice, "2019年以来参加过培训的不再重复报名。"),
    (notice, "每年二三月间、四五月份另行组织复训。"),
]


@pytest.mark.parametrize(("paper", "body"), RIGHT, ids=[each[1][:16] for each in RIGHT])
def test_a_year_with_its_history_is_left_alone(paper, body):
    assert told(numbers.check, paper(body)) == []


def test_an_attachment_of_another_year_is_found():
    below = "附件：松原县2018年7月渠道水毁统计表"
    text = _paper("松原县水利局关于安排2025年水毁渠道修复资金的请示", "县人民政府", "渠道水毁14处。").replace(
        "松原县水利局\n2025年9月8日", f"{below}\n松原县水利局\n2025年9月8日"
    )
    assert ("other-year", "2018年7月") in told(numbers.check, text)
    assert told(numbers.check, text.replace("2018年7月", "2025年7月")) == []


def test_an_imprint_and_an_issue_are_of_the_year_of_signing():
    text = _paper(
        "松原县水利局2025年汛情简报",
        "县人民政府",
        "水库蓄水平稳。",
        below="松原县水利局办公室2016年9月8日印发",
    )
    assert ("other-year", "2016") in told(numbers.check, text)
    assert told(numbers.check, text.replace("2016年9月8日印发", "2025年9月8日印发")) == []


def test_a_numbered_paragraph_may_open_with_a_month():
    text = _paper(
        "松原县水利局关于2025年上半年河湖管理情况的报告",
        "县人民政府",
        "3.11月开展清河行动，清理漂浮物30吨。",
        "2025年7月8日",
    )
    assert ("other-half", "11月") in told(numbers.check, text)


def test_quarters_of_one_half_do_not_make_the_other():
    said = "第三季度巡河310次，第四季度巡河342次，上半年共巡河652次。"
    assert ("number-unreal", "上半年") in told(
        numbers.check, _paper("松原县水利局情况小结", "县人民政府", said)
    )

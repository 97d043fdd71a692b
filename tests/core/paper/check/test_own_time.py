"""A paper's time against its opening, its signing, its plans, and what it names besides itself."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .papers import told

YEAR = "title-year"


def _paper(
    title: str, opening: str, body: str = "清理河道46公里。", day: str = "", ahead: str = "加强督促检查。"
) -> str:
    middle = f"一、主要工作\n{body}\n二、存在问题\n人手偏少。\n三、下一步打算\n{ahead}"
    return f"{title}\n{opening}\n{middle}\n松原县水利局\n{day}"


def summary(opening: str, day: str = "2025年12月24日", ahead: str = "加强督促检查。") -> str:
    return _paper("松原县水利局2025年工作总结", opening, day=day, ahead=ahead)


def done(body: str) -> str:
    return _paper("松原县水利局关于2025年防汛工作情况的报告", "现将有关情况报告如下。", body, "2025年9月8日")


def half(body: str, ahead: str = "加强督促检查。") -> str:
    return _paper(
        "松原县水利局2025年上半年工作总结和下半年工作打算", "上半年工作如下。", body, "2025年7月2日", ahead
    )


def ahead(text: str) -> str:
    return _paper(
        "松原县水利局关于2025年防汛工作情况的报告", "现将有关情况报告如下。", day="2025年9月8日", ahead=text
    )


def plan(opening: str, day: str = "2025年3月4日") -> str:
    return _paper("松原县2025年小型水库除险加固方案", opening, day=day)


def reply(body: str) -> str:
    head = "松原县水利局关于同意建设提水泵站的批复\n松水复〔2025〕14号\n河口镇人民政府："
    return f"{head}\n{body}\n松原县水利局\n2025年9月2日"


def minutes(opening: str) -> str:
    body = f"{opening}会议议定以下事项：\n一、加快施工。"
    return f"灌区改造工作推进会会议纪要\n（2025年第4期）\n{body}\n松原县水利局办公室\n2025年5月23日印发"


def monthly(day: str) -> str:
    return _paper("松原县2025年4月水情月报", "全县平均降雨量218毫米。", day=day)


WRONG = (
    # a review opens with its own year, or its title is another's
    (summary("2023年，我局围绕节水增效，扎实推进灌区改造。"), ("other-year", "2023年")),
    (summary("2024年，我局围绕节水增效，扎实推进灌区改造。", "2025年1月24日"), (YEAR, "2025年")),
    (summary("一年来，全局团结一心。", "2026年11月24日"), (YEAR, "2025年")),
    (summary("一年来，全局团结一心。", "2024年12月24日", "2025年工作计划：改造泵站。"), (YEAR, "2025年")),
    (monthly("2026年5月3日"), (YEAR, "2025年")),
    (monthly("2024年5月6日"), (YEAR, "2025年")),
    # one matter of two years
    (plan("为扎实做好2024年小型水库除险加固工作，制定本方案。"), ("other-year", "2024年")),
    (plan("为扎实做好2024年小型水库除险加固工作，制定本方案。", "2024年3月4日"), (YEAR, "2025年")),
    (plan("到2026年底，全县小型水库全部达标。", "2026年2月4日"), (YEAR, "2025年")),
    # sessions and minutes are of the year of their day
    (done("3月6日，组织召开县防指2024年第一次全体会议。"), ("other-year", "2024年")),
    (minutes("2024年5月19日下午，局长主持召开推进会。"), ("other-year", "2024年")),
    # received, cited, carried out
    (reply("你镇《关于建设提水泵站的请示》（河政请〔2015〕9号）收悉。"), ("other-year", "2015")),
    (done("印发《关于做好2023年汛前检查工作的通知》（松水〔2025〕8号）。"), ("other-year", "2023年")),
    (done("落实《松原县节水灌溉行动方案（2016—2018年）》，改造渠道9公里。"), ("other-year", "2016—2018")),
    (done("落实《安全生产治本攻坚三年行动方案（2014—2016年）》。"), ("event-year", "2014—2016")),
    (done("印发《节水攻坚三年行动方案（2024—2029年）》。"), ("number-unreal", "2024—2029")),
    # how long, and until when
    (done("排查为期17天（5月3日至9日），出动46人。"), ("number-unreal", "17天")),
    (done("5月3日至9日清淤，6月3日至6月5日巡查，历时12天。"), ("number-unreal", "12天")),
    (done("5月3日至9日，全县出现持续19天的强降雨。"), ("number-unreal", "19天")),
    (done("6月1日至6月30日，开展为期15天的清淤。"), ("number-unreal", "15天")),
    (done("7月至8月共65天，出动巡查人员46人。"), ("number-unreal", "65天")),
    (ahead("新建泵站1座，计划11月开工、4月竣工。"), ("period-backwards", "11月开工、4月竣工")),
    (ahead("新建泵站1座，2016年3月开工、11月完工。"), ("other-year", "2016年")),
    (ahead("整改台账于2025年6月底前全部销号。"), ("deadline-past", "2025年6月底前")),
    (ahead("2015年灌溉面积力争达到3万亩。"), ("other-year", "2015年")),
    # nothing to come has been
    (done("9月20日，在河口镇举行防汛演练，46人参加。"), ("other-half", "9月20日")),
    (done("受9月26日管道抢修影响，供水较上月减少3万吨。"), ("other-half", "9月26日")),
    (done("收回2031年至2033年结余资金46万元。"), ("other-year", "2031年")),
    (half("9月12日，在河口镇举行防汛演练，46人参加。"), ("other-half", "9月12日")),
)


@pytest.mark.parametrize(("text", "found"), WRONG, ids=[each[1][1] for each in WRONG])
def test_a_time_that_is_not_the_paper_s_is_found_where_it_stands(text, found):
    seen = told(numbers.check, text)
    assert found[0] in [rule for rule, _ in seen]
    assert any(rule == found[0] and words.startswith(found[1][:4]) for rule, words in seen)
    assert len(seen) == 1


RIGHT = (
    summary("2025年，我局围绕节水增效，扎实推进灌区改造。"),
    summary("2024年，我局被评为先进单位。2025年，我局再接再厉。"),
    summary("一年来，全局团结一心。", "2026年1月14日", "2026年工作计划：改造泵站。"),
    monthly("2025年5月6日"),
    monthly("2025年7月6日"),
    plan("为做好2025年小型水库除险加固工作，制定本方案。"),
    plan("在总结2024年小型水库除险加固工作的基础上，制定本方案。"),
    plan("到2026年底，全县小型水库全部达标。"),
    done("1月6日，组织召开县防指2024年第四次全体会议。"),
    done("3月6日，组织召开县防指2025年第一次全体会议。"),
    minutes("2025年5月19日下午，局长主持召开推进会。"),
    reply("你镇《关于建设提水泵站的请示》（河政请〔2024〕9号）收悉。"),
    reply("原《关于建设提水泵站的批复》（松水复〔2015〕9号）同时废止。"),
    done("印发《关于做好2025年汛前检查工作的通知》（松水〔2025〕8号）。"),
    done("印发《关于2023年度考核情况的通知》（松水〔2025〕8号）。"),
    done("落实《松原县节水灌溉行动方案（2023—2025年）》，改造渠道9公里。"),
    done("原《松原县节水灌溉行动方案（2016—2018年）》已期满。"),
    done("落实《安全生产治本攻坚三年行动方案（2024—2026年）》。"),
    done("印发《节水攻坚三年行动方案（2023—2026年）》。"),
    done("5月3日至9日，全县出现持续6天的强降雨。"),
    done("6月1日至6月30日，开展为期30天的清淤。"),
    done("6月1日至6月30日，强降雨累计15天。"),
    done("排查为期7天（5月3日至9日），出动46人。"),
    done("6月1日至6月30日，开展为期20个工作日的清淤。"),
    done("7月至8月共62天，出动巡查人员46人。"),
    ahead("新建泵站1座，计划11月开工、次年4月竣工。"),
    ahead("新建泵站1座，2026年3月开工、11月完工。"),
    ahead("2026年灌溉面积力争达到3万亩。"),
    ahead("整改台账于2025年10月底前全部销号。"),
    ahead("对2025年6月底前完成的项目组织验收。"),
    done("8月20日，在河口镇举行防汛演练，46人参加。"),
    done("受8月26日管道抢修影响，供水较上月减少3万吨。"),
    done("收回2021年至2023年结余资金46万元。"),
    half("3月12日，在河口镇举行防汛演练，46人参加。", "9月12日，在河口镇举行防汛演练。"),
    _paper("松原县2024年水利工作总结", "截至12月底，清理河道46公里。", day="2025年1月5日"),
    _paper(
        "松原县2025年第三季度水质情况的通报",
        "现通报如下。",
        ahead="（1）加强巡查；（2）10月20日前完成整改；（3）12月底前验收。",
        day="2025年10月9日",
    ),
    "关于2025年以来河湖管护工作的汇报\n根据县人大常委会2026年监督工作计划，现将2025年以来河湖管护工作情况汇报如下。\n清理河道46公里。\n松原县水利局\n2026年7月9日",
)


@pytest.mark.parametrize("text", RIGHT, ids=range(len(RIGHT)))
def test_a_paper_may_name_what_is_of_another_time(text):
    assert told(numbers.check, text) == []


CENSUS = (
    "松原县第五次全国经济普查公报\n松原县统计局\n"
    "根据统一部署，我县开展了第{}次全国经济普查。普查标准时点为{}年12月31日。现将主要结果公布如下。\n"
    "全县共有法人单位8642个，比第四次全国经济普查增加2522个。\n2025年5月20日"
)


def test_a_census_is_the_title_s_and_has_its_year():
    assert told(numbers.check, CENSUS.format("五", 2023)) == []
    assert told(numbers.check, CENSUS.format("四", 2023)) == [("counts-differ", "第四次全国经济普查")]
    assert told(numbers.check, CENSUS.format("五", 2018)) == [("event-year", "2018")]


def test_where_title_and_number_agree_the_date_is_the_one_that_differs():
    head = "松原县水利局关于2025年汛前检查情况的通报\n松水〔2025〕8号\n各乡镇人民政府："
    text = f"{head}\n现将情况通报如下。\n松原县水利局\n2052年4月8日"
    assert ("number-year", "2052") in told(numbers.check, text)

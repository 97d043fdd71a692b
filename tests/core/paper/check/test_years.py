"""A paper's own time: years, halves, quarters and terms that what a phrase says of them rules out."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .papers import told


def _paper(title: str, day: str, body: str, to: str = "县人民政府：\n", ahead: str = "加强督促检查。") -> str:
    return f"{title}\n{to}现将有关情况说明如下。\n一、主要情况\n{body}\n二、下一步打算\n{ahead}\n松原县水利局\n{day}"


def notice(body: str) -> str:
    return _paper("松原县水利局关于做好2026年河湖巡查工作的通知", "2026年3月9日", body, "各乡镇人民政府：\n")


def summary(body: str) -> str:
    return _paper("松原县水利局2025年工作总结", "2025年12月24日", body, "")


def half(body: str, ahead: str = "加强督促检查。") -> str:
    return _paper("松原县水利局关于2025年上半年河湖管理情况的报告", "2025年7月8日", body, ahead=ahead)


def second_half(body: str) -> str:
    return _paper("松原县水利局关于2025年下半年河湖管理情况的报告", "2026年1月12日", body)


def quarter(body: str) -> str:
    return _paper("松原县水利局关于2025年第二季度供水水质情况的通报", "2025年7月21日", body)


def term(body: str) -> str:
    return _paper("松原县教育局关于2025年春季学期校车安全检查情况的通报", "2025年5月20日", body)


def reply(body: str) -> str:
    return _paper("松原县水利局关于同意建设提水泵站的批复", "2025年9月2日", body, "河口镇人民政府：\n")


def plan(body: str) -> str:
    return _paper("松原县2025年灌区改造实施方案", "2025年1月20日", body, "")


def months(body: str, named: str = "1—9月", day: str = "2025年10月9日") -> str:
    return _paper(f"松原县水利局关于2025年{named}河湖管理情况的报告", day, body)


def nine_months(body: str) -> str:
    return months(body, "前三季度")


def five_months(body: str) -> str:
    return months(body, "前五个月", "2025年6月9日")


def school(body: str) -> str:
    return _paper("河口镇中学2024—2025学年第二学期工作总结", "2025年7月10日", body, "")


def speech(body: str) -> str:
    return _paper("在全县水利工作会议上的讲话", "2025年2月19日", body, "")


WRONG = (
    # windows of a title, terms of a school; what a count is compared with does not move its time
    (five_months, "9月18日，组织巡河3次。", "9月18日"),
    (months, "11月，组织巡河3次。", "11月"),
    (school, "11月20日，举行运动会。", "11月20日"),
    (school, "本学期自2015年2月16日开学。", "2015年2月16日"),
    (quarter, "1月至3月，共抽检水样48份，较去年同期增加6份。", "1月"),
    # a number older than its plan, a bare deadline, an edition held twice, winters that are none
    (notice, "落实《关于下达2026年河湖管护计划的通知》（松水〔2016〕8号）。", "2016"),
    (notice, "各乡镇于2016年4月30日前将巡查台账报县水利局。", "2016年4月30日"),
    (notice, "2025年第三届开河节参加4万人。2015年第三届开河节设6项活动。", "2015"),
    (plan, "施工自2025年11月1日起，至2025年3月1日止。", "2025年11月1日起，至2025年3月1日"),
    (plan, "施工为2025年9月30日至4月16日。", "2025年9月30日至4月16日"),
    (plan, "9月20日至5月10日为主汛期。", "9月20日至5月10日"),
    # a matter, a deadline, a plan, an act, a forecast, a start of a year long past
    (notice, "巡查成效计入2016年度绩效考评，作为工作考核依据。", "2016年"),
    (notice, "各乡镇须于2016年4月底前报送自查台账。", "2016年4月"),
    (notice, "2016年要重点抓好岸线清理。", "2016年"),
    (notice, "经2006年2月26日局党组会议审议，决定实行包河责任制。", "2006年2月26日"),
    (notice, "据预测，2016年汛期来水偏多。", "2016年"),
    (notice, "2016年4月1日起全面开展夜间巡河。", "2016年4月1日"),
    (notice, "集中整治阶段（2016年4月1日至5月30日）。", "2016年4月1日"),
    (notice, "将2015年省级水利发展资金拨付到各乡镇。", "2015年"),
    # what only the paper's own time can be: a term's end, a season, a row of years, a session
    (notice, "本通知公布的号码有效期至2016年10月31日。", "2016年10月31日"),
    (notice, "2016年禁渔期自5月1日开始。", "2016年"),
    (notice, "2016年改造6处，2026年改造8处，2027年改造9处。", "2016年"),
    (notice, "传达县安委会2015年第二次全体会议精神。", "2015年"),
    (summary, "护林员由2023年的38名增加到2015年的60名。", "2015年"),
    # a comparison, a count, a fact of the year as if it were this one's
    (summary, "新增灌溉面积1.2万亩，比2014年同期多0.3万亩。", "2014年"),
    (summary, "截至2015年11月底，全县现有水库35座。", "2015年11月"),
    (summary, "2015年，全县完成投资3亿元，同比增长8%。", "2015年"),
    (summary, "2016年将着力推进灌区改造。", "2016年"),
    (summary, "2022年是“十五五”开局之年。", "“十五五”开局之年"),
    (summary, "该项目属于“十二五”期间的重点工程，明年开工。", "“十二五”期间的重点工程，明年开工"),
    (reply, "2015年11月30日前完成施工图设计。", "2015年11月30日"),
    (plan, "到2023年底，灌溉水利用系数达到0.58。", "2023年"),
    # the other half, quarter, term, and days still to come
    (half, "9月3日，组织河长巡河培训，培训156人。", "9月3日"),
    (half, "截至9月20日，清理河道垃圾46吨。", "9月20日"),
    (half, "8月起推行“一河一警”，聘请民间河长38名。", "8月"),
    (half, "11月5日前将1260万元资金拨付到8个乡镇。", "11月5日"),
    (second_half, "4月12日起在饮用水源地实行封闭管理。", "4月12日"),
    (second_half, "截至3月20日，清理河道垃圾46吨。", "3月20日"),
    (quarter, "1月至2月采集水样120份，合格118份。", "1月"),
    (quarter, "10月，县疾控中心加测了铁、锰。", "10月"),
    (term, "2025年10月9日至23日，对全县校车进行了检查。", "2025年10月9日"),
    (term, "6月18日，检查组查处了超员车辆3台。", "6月18日"),
    # periods
    (plan, "项目于2026年10月8日动工，2026年5月31日前竣工。", "2026年10月8日动工，2026年5月31日"),
    (plan, "计划2025年9月15日开工，3月31日建成。", "2025年9月15日开工，3月31日"),
)


@pytest.mark.parametrize(("paper", "body", "words"), WRONG, ids=[each[1][:18] for each in WRONG])
def test_a_time_that_its_phrase_rules_out_is_found_where_it_stands(paper, body, words):
    assert [found for _, found in told(numbers.check, paper(body))] == [words]


RIGHT = (
    (nine_months, "3月18日培训护堤员，5月25日举行竞赛，8月完成验收。"),
    (months, "4月18日培训护堤员，9月20日完成验收。"),
    (quarter, "比1月至3月减少6份，去年1月至3月为52份。"),
    (half, "剩余1件为6月28日转办，未到7月5日办结时限。"),
    (school, "本学期自2025年2月17日开学，4月20日举行运动会。"),
    (speech, "让我们为2030年建成节水强县而努力奋斗！"),
    (summary, "完成1935年4月红军长征过境史料征集，实地走访9个村。"),
    (summary, "汛期内，县水利局落实《河道管理条例》（2008年修订）和各项要求。"),
    (notice, "2025年第三届开河节参加4万人。2022年第二届开河节设6项活动。"),
    (plan, "供暖自2025年11月15日起，至2026年3月15日止，冬灌为11月15日至3月15日。"),
    (notice, "2016年6月底前建成的堤防要逐处排查。"),
    (notice, "2016年以前参加工作的护堤员，按原办法执行。"),
    (notice, "2016年7月9日我县遭遇特大洪灾，要吸取教训。"),
    (notice, "征集时间：2015年1月1日至2020年12月31日形成的照片。"),
    (notice, "2016年、2019年、2021年均发生较大洪水。"),
    (summary, "隐性债务截至2018年8月31日为4.3亿元，目前已化解九成。"),
    (notice, "要补缴2016年度欠缴的水费。"),
    (notice, "2025年底前未完成的项目，4月底前补齐。"),
    (summary, "管护人员由2015年的118人增至203人。"),
    (summary, "较2020年同期增长35%，与2024年同期持平。"),
    (summary, "完成2015年度文书档案移交。"),
    (summary, "2016年，东湖泵站建成投用，2019年改建。"),
    (summary, "2026年是“十五五”开局之年。"),
    (reply, "镇敬老院2015年12月30日前的账册要归档。"),
    (reply, "将水厂（1996年建成）改建为泵站，2026年12月31日前完成决算。"),
    (plan, "到2024年底，全县灌溉面积已达到36万亩。"),
    (plan, "项目2025年10月开工，2026年4月完工。"),
    (plan, "10月8日开工，次年4月30日前完工。"),
    (half, "要求各镇9月底前完成自查，其余3处10月底前整改。"),
    (half, "防火期为10月1日至次年4月30日。"),
    (half, "截至7月5日，清理河道垃圾46吨。"),
    (second_half, "截至6月30日排查的问题全部整改，比上半年多8处。"),
    (second_half, "自3月起实行的禁渔措施继续执行。"),
    (quarter, "与第一季度相比，合格率提高1.2个百分点。"),
    (quarter, "7月9日，召开了水质分析会。"),
    (term, "将于2025年9月开学后再作检查。"),
)


@pytest.mark.parametrize(("paper", "body"), RIGHT, ids=[each[1][:18] for each in RIGHT])
def test_history_comparison_and_plans_may_name_other_times(paper, body):
    assert told(numbers.check, paper(body)) == []


def test_what_comes_next_may_name_the_other_half():
    assert told(numbers.check, half("清理河道垃圾46吨。", ahead="8月12日前将资金拨付到8个乡镇。")) == []


TITLES = (
    ("松原县2025年灌区改造实施方案", "松原县2024年灌区改造实施方案", plan("2025年3月1日至9月30日组织施工。")),
    (
        "松原县教育局关于2025年春季学期",
        "松原县教育局关于2024年春季学期",
        term("2025年4月9日至23日，对全县校车进行了检查。"),
    ),
    (
        "关于做好2026年河湖巡查",
        "关于做好2022—2023年度河湖巡查",
        notice("2026年4月1日至9月30日，每周巡查1次。"),
    ),
    (
        "松原县档案馆关于移交2015年度到期档案的函",
        "松原县档案馆关于移交2012年度到期档案的函",
        _paper(
            "松原县档案馆关于移交2015年度到期档案的函",
            "2026年3月9日",
            "你局2015年度到期档案共346件，请于4月底前移交。",
            "县水利局：\n",
        ),
    ),
)


@pytest.mark.parametrize(("title", "changed", "paper"), TITLES, ids=[each[0] for each in TITLES])
def test_a_title_of_another_year_than_date_and_text_is_found(title, changed, paper):
    assert told(numbers.check, paper) == []
    assert paper.startswith(title) or title in paper
    found = told(numbers.check, paper.replace(title, changed))
    assert [rule for rule, _ in found] == ["title-year"]


def test_a_school_year_is_told_by_the_day_its_term_opened():
    opened = "本学期自{}年9月1日开学，至{}年1月19日结束。"
    paper = _paper("河口镇中学{}学年第一学期工作总结", "2024年1月22日", opened.format(2023, 2024), "")
    assert told(numbers.check, paper.replace("{}", "2023—2024")) == []
    assert [rule for rule, _ in told(numbers.check, paper.replace("{}", "2021—2022"))] == ["title-year"]
    assert [rule for rule, _ in told(numbers.check, paper.replace("{}", "2022—2023"))] != []


def test_without_title_and_date_the_year_that_most_of_a_paper_names_is_its_own():
    body = "河口镇人民政府：\n你镇请示（河政〔2025〕31号）收悉。{}现批复如下。\n2025年9月30日前完成设计。\n此复。"
    assert ("other-year", "2005年8月20日") in told(
        numbers.check, body.format("经2005年8月20日局长办公会议研究，")
    )
    assert told(numbers.check, body.format("经2025年8月20日局长办公会议研究，")) == []


def test_the_first_sentence_of_a_summary_tells_of_its_own_year():
    text = (
        "松原县水利局2025年工作总结\n{}年，松原县水利局围绕节水增效，扎实推进灌区改造。\n"
        "一、主要工作\n清理河道46公里。\n松原县水利局\n2025年12月24日"
    )
    assert told(numbers.check, text.format(2025)) == []
    assert told(numbers.check, text.format(2015)) == [("other-year", "2015年")]

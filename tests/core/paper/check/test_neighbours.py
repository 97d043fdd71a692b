"""Times held against what stands beside them: years in any numerals, clocks, phases, rows, numbers of papers."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .papers import told

HALF = "杏坪镇2026年上半年渡口管理工作总结\n现总结如下。\n{}\n杏坪镇人民政府\n2026年6月24日"
REPORT = "杏坪镇关于渡口隐患整改情况的报告\n县交通局：\n{}\n杏坪镇人民政府\n2026年6月24日"
SCHEME = "杏坪镇渡船整治方案\n各村：\n{}\n杏坪镇人民政府\n2026年3月24日"
FLOODS = "杏坪镇2026年防汛值守方案\n各村：\n{}\n杏坪镇人民政府\n2026年3月24日"


@pytest.mark.parametrize(
    ("paper", "said", "rule", "words"),
    [
        # Times of a day, and what is told in one breath with its end.
        (REPORT, "船员撤离（16时21分至16时09分）。", "period-backwards", "16时21分至16时09分"),
        (REPORT, "6月3日下午4时至2时检修渡船。", "period-backwards", "6月3日下午4时至2时"),
        (REPORT, "6月3日21:00—17:30停航。", "period-backwards", "6月3日21:00—17:30"),
        (REPORT, "渡船5月26日开始刷漆，4月9日刷漆完毕。", "period-backwards", "5月26日开始刷漆，4月9日"),
        (REPORT, "培训自5月11日开课，至3月6日结业。", "period-backwards", "5月11日开课，至3月6日"),
        (FLOODS, "9月30日至4月15日每天两人值守。", "period-backwards", "9月30日至4月15日"),
        (
            SCHEME,
            "（一）摸底阶段（4月1日至4月20日）。\n（二）检修阶段（9月30日至4月21日）。\n（三）收尾阶段（10月1日至10月31日）。",
            "period-backwards",
            "9月30日至4月21日",
        ),
        # The other half.
        (HALF, "7—12月渡运旅客4600人次，比上年同期的4200人次增加400人次。", "other-half", "12月"),
        (HALF, "7至12月共支出奖补计划资金38万元。", "other-half", "12月"),
        (HALF, "救护溺水者17人，其中4月6人、11月11人。", "other-half", "11月"),
        (HALF, "5月10日至12月9日，检查渡船64艘。", "other-half", "12月9日"),
        # A paper's year and its number's.
        (HALF, "按照《杏坪镇2022年渡口管理办法》（杏政〔2026〕8号）检查。", "other-year", "2022"),
        (HALF, "按照《杏坪镇2026年渡口管理办法》（杏政〔2016〕8号）检查。", "other-year", "2016"),
        (HALF, "根据《关于报送2022年上半年工作情况的通知》（杏交〔2026〕9号）报告。", "other-year", "2022"),
        (HALF, "按照《关于开展2025年春季渡口检查的通知》（杏交〔2026〕9号）检查。", "other-year", "2025"),
        (HALF, "按照《渡口值班规定》（杏交〔2027〕9号）值班。", "other-year", "2027"),
        (HALF, "2026年1月印发《渡口值班规定》（杏交〔2020〕9号）。", "other-year", "2020"),
        (HALF, "渡口改造2025年10月经县发改局批准立项（杏发改〔2015〕12号）。", "other-year", "2015"),
        # Years beside other times.
        (HALF, "枯水期比上年（2015年）晚6天。", "other-year", "2015"),
        (HALF, "上一禁渔期（2012年3月1日至6月30日）查处4起。", "other-year", "2012"),
        (HALF, "三年新建渡口其中2023年2处、2025年3处、2026年4处。", "other-year", "2023"),
        (HALF, "新建渡口其中2024年2处、2028年3处、2026年4处。", "other-year", "2028"),
        (HALF, "3月30日，召开2012年渡运安全动员会。", "other-year", "2012年"),
        (HALF, "4月8日，开展2027年度船检检查，检查渡船45艘。", "other-year", "2027年"),
        (HALF, "受2011年第6号台风影响，5月23日停航。", "other-year", "2011"),
        (
            HALF,
            "2016年1月24日起渡口停航检修。2026年1月27日至2月3日，更换缆绳26根。",
            "other-year",
            "2016年1月24日",
        ),
        (HALF, "2014年7月至2015年6月，因大雾停航9次。", "other-year", "2014年7月"),
        (
            SCHEME,
            "准备阶段自2025年4月1日至4月20日。实施阶段自2026年4月21日至9月20日。",
            "other-year",
            "2025年4月1日",
        ),
        (HALF, "二、下一步打算\n（一）2026年3月底前更换缆绳。", "deadline-past", "2026年3月"),
    ],
)
def test_a_time_that_what_stands_beside_it_rules_out_is_found(paper, said, rule, words):
    assert (rule, words) in told(numbers.check, paper.format(said))


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (REPORT, "船员撤离（16时09分至16时21分）。"),
        (REPORT, "每日20时至8时值守。"),
        (REPORT, "值班时间为17:30至次日8:30。"),
        (REPORT, "6月3日下午2时至6时检修渡船。"),
        (REPORT, "6月3日20时至6时停航。"),
        (REPORT, "渡口中午12:00至1:30停航。"),
        (REPORT, "封渡自10月1日开始，至3月31日春汛前结束。"),
        (FLOODS, "非汛期10月1日至4月30日，冬季每天一人值守。"),
        (
            SCHEME,
            "（一）摸底阶段（9月10日至9月30日）。\n（二）检修阶段（10月1日至12月31日）。\n（三）收尾阶段（次年1月1日至3月31日）。",
        ),
        # What began in the half lasts beyond it.
        (HALF, "5月10日至9月30日为渡口检查期，截至6月20日已检查渡船64艘。"),
        (HALF, "渡运高峰期自5月1日至9月30日，目前加开船2艘。"),
        (HALF, "夏季停航时间为6月1日至8月31日，渡口已公示。"),
        # What opens a paper that looks back has been done.
        (REPORT, "一、高度重视，迅速部署\n3月19日上午，镇长主持召开会议。\n二、整改内容\n更换缆绳。"),
        (REPORT, "一、整改工作部署\n3月19日，镇里召开会议。\n二、长效机制\n每月检查。"),
        (HALF, "按照《杏坪镇2026年渡口整治方案》（杏政〔2025〕98号）检查。"),
        (HALF, "根据《关于2023年度审计发现问题整改的通知》（杏审〔2025〕3号）整改。"),
        (HALF, "根据《2030年前碳达峰行动方案》（国发〔2021〕23号）更换渡船。"),
        (HALF, "3月2日，召开2025年度表彰会议。"),
        (HALF, "2026年3月，按照县政府批准方案（杏政〔2024〕5号）改造渡口。"),
        (HALF, "枯水期比上年（2025年）晚6天，比前年（2024年）早2天。"),
        (HALF, "上一禁渔期（2025年3月1日至6月30日）查处4起。"),
        (HALF, "三年新建渡口其中2024年2处、2025年3处、2026年4处。"),
        (HALF, "新建渡口其中2023年2处、2025年3处、2026年4处。"),
        (HALF, "受2024年第6号台风影响，老渡口至今停用。"),
        (HALF, "2016年1月1日起施行的办法继续执行。2026年1月27日至2月3日，更换缆绳26根。"),
        (
            SCHEME,
            "准备阶段自2026年4月1日至4月20日。实施阶段自2026年4月21日至9月20日。",
        ),
    ],
)
def test_what_fits_beside_it_is_left_alone(paper, said):
    assert told(numbers.check, paper.format(said)) == []


@pytest.mark.parametrize("year", ["二〇二五", "二○一六", "二０二四", "二〇二〇"])
def test_a_title_s_year_may_stand_in_chinese_numerals(year):
    paper = HALF.replace("2026年上半年", "{}年上半年", 1)
    said = "2026年上半年，全镇渡运旅客4600人次。"
    assert told(numbers.check, paper.format(year, said))[0] == ("title-year", f"{year}年")
    assert told(numbers.check, paper.format("二〇二六", said)) == []


def test_a_half_s_first_sentence_tells_of_its_own_year_whatever_it_says_of_events():
    said = "2025年上半年，全镇围绕不发生沉船事故的目标加强检查。"
    assert told(numbers.check, HALF.format(said)) == [("other-year", "2025年")]
    assert told(numbers.check, HALF.format(said.replace("2025", "2026"))) == []


SEASON = "杏坪镇{}渡口检查情况的报告\n县交通局：\n{}\n杏坪镇人民政府\n{}年{}月24日"


@pytest.mark.parametrize(
    ("time", "said", "year", "month", "wrong"),
    [
        ("2025年秋季", "10月8日至10月20日，检查渡船64艘。", 2026, 10, True),
        ("2026年秋季", "10月8日至10月20日，检查渡船64艘。", 2026, 10, False),
        ("2025年清明节期间", "节日期间检查渡船64艘。", 2026, 4, True),
        # The winter after, and what names its year, may still be about it.
        ("2025年秋季", "10月8日至10月20日，检查渡船64艘。", 2026, 1, False),
        ("2025年秋季", "2025年10月8日至10月20日，检查渡船64艘。", 2026, 10, False),
        ("2025年秋季水毁", "修复码头3处。", 2026, 10, False),
    ],
)
def test_a_season_is_told_of_before_the_next_one_has_come(time, said, year, month, wrong):
    found = told(numbers.check, SEASON.format(time, said, year, month))
    assert found == ([("title-year", "2025年")] if wrong else [])

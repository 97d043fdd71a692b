"""Numbers and dates: what cannot be right is found at its place, what only looks odd is left alone."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.numerals import from_capitals, from_han
from fenghuo.core.paper.check.rules import numbers

from .papers import NOTICE, REPORT, RIGHT, SUMMARY, told, within

# One sentence each, with the rule and the words it points at.
WRONG = [
    ("活动定于2026年2月30日举行。", "date-unreal", "2026年2月30日"),
    ("截至6月31日，全镇共排查隐患57处。", "date-unreal", "6月31日"),
    ("2026年13月，召开会议。", "date-unreal", "2026年13月"),
    ("请于二月三十日前报送。", "date-unreal", "二月三十日"),
    ("2025年2月29日，召开会议。", "date-unreal", "2025年2月29日"),
    ("检查时间为2026-06-31。", "date-unreal", "2026-06-31"),
    ("４月３１日前完成。", "date-unreal", "４月３１日"),
    ("4月3日25时10分接报。", "date-unreal", "4月3日25时10分"),
    ("接报时间为14时61分。", "date-unreal", "14时61分"),
    ("值守时间为每日8:00至20:75。", "date-unreal", "20:75"),
    ("4月28日至31日为整治期。", "date-unreal", "31日"),
    ("2026年4月3日（星期四）召开会议。", "weekday-wrong", "2026年4月3日（星期四）"),
    ("会议定于2026年7月8日周五召开。", "weekday-wrong", "2026年7月8日周五"),
    ("4月10日至4月3日为高火险期。", "period-backwards", "4月10日至4月3日"),
    ("2026年5月1日至2026年4月3日集中整治。", "period-backwards", "2026年5月1日至2026年4月3日"),
    ("时间为2026年6月至2025年1月。", "period-backwards", "2026年6月至2025年1月"),
    ("4月20—15日开展督查。", "period-backwards", "4月20—15日"),
    ("6—3月为防火期。", "period-backwards", "6—3月"),
    ("实施《规划（2025—2021年）》。", "period-backwards", "2025—2021年"),
    ("4月3日14时至4月3日12时停电。", "period-backwards", "4月3日14时至4月3日12时"),
    ("共检查42处，其中企业20处、学校12处、林区8处。", "total-wrong", "42处"),
    ("共设卡20个，分别为上湾5个、石桥6个、云岭8个。", "total-wrong", "20个"),
    ("共检查场所42处（企业20处、学校12处、林区11处）。", "total-wrong", "42处"),
    ("检查企业20家、学校12家、商铺9家，共计42家。", "total-wrong", "42家"),
    ("排查隐患126处，其中一般隐患120处、重大隐患2处。", "total-wrong", "126处"),
    ("投入资金35.6万元，其中县级20万元、镇级10.6万元、村级6万元。", "total-wrong", "35.6万元"),
    ("扑火队由机关干部12人、民兵20人、护林员18人组成，共计52人。", "total-wrong", "52人"),
    ("全镇有林地12.6万亩，其中国有林3.2万亩、集体林8.4万亩。", "total-wrong", "12.6万亩"),
    ("共发现隐患一百二十处，其中消防六十处、用电三十处、道路二十处。", "total-wrong", "一百二十处"),
    ("共检查12家，其中学校15家。", "part-exceeds-total", "15家"),
    ("隐患整改完成率达120%。", "percent-over", "120%"),
    ("宣传覆盖率为１０２％。", "percent-over", "１０２％"),
    ("农业人口占全镇总人口的百分之一百二十。", "percent-over", "百分之一百二十"),
    ("企业占45%、学校占30%、其他占20%。", "shares-not-whole", "45%、学校占30%、其他占20%"),
    ("三类隐患分别占50%、35%、25%。", "shares-not-whole", "50%、35%、25%"),
    ("42户中有39户签订承诺书，占98.1%。", "rate-wrong", "98.1%"),
    ("排查隐患126处，已整改117处，整改率95.9%。", "rate-wrong", "95.9%"),
    ("应检尽检场所共85家，已检82家，检查率98.8%。", "rate-wrong", "98.8%"),
    ("15个行政村中，有14个村完成演练，覆盖率83.3%。", "rate-wrong", "83.3%"),
    ("接报火情28起，同比增加8起，增长50%。", "rate-wrong", "50%"),
    ("今年5月至3月集中整治。", "period-backwards", "今年5月至3月"),
    ("上午10时至9时召开会议。", "period-backwards", "上午10时至9时"),
    ("由公安8人、应急5人、林业6人组成20人的工作组。", "total-wrong", "20人"),
    ("隐患构成为：通道类37%、线路类25%、其他44%。", "shares-not-whole", "37%、线路类25%、其他44%"),
    ("应签收420人次，按时签收402人次，签收率100%。", "rate-wrong", "100%"),
    ("排查隐患57处，较上年同期的43处增长42.6%。", "rate-wrong", "42.6%"),
    ("排查隐患57处，较去年同期43处增加15处。", "rate-wrong", "15"),
    ("火情由2024年的31起下降到23起，下降35.8%。", "rate-wrong", "35.8%"),
    ("共检查42，发现隐患126处。", "unit-missing", "42"),
    ("共发放宣传单3,000。", "unit-missing", "3,000"),
    ("累计投入资金35.6万，完成整治。", "unit-missing", "35.6万"),
    ("出动巡护人员426，劝返31人。", "unit-missing", "426"),
    ("过火面积15亩（2公顷）。", "units-disagree", "2公顷"),
    ("清理可燃物2.5公里，合250米。", "units-disagree", "250米"),
    ("支付人民币壹万贰仟叁佰元整（¥12,800.00）。", "amounts-differ", "壹万贰仟叁佰元整"),
    ("合同价85,000元（大写：捌万元整）。", "amounts-differ", "捌万元整"),
    ("出动120人：消防队30人、民兵50人、干部50人。", "total-wrong", "120人"),
    ("东片12处、西片15处、北片10处，三片合计40处。", "total-wrong", "40处"),
    ("以上物资由镇里购置12套、企业捐赠15套，累计30套。", "total-wrong", "30套"),
    ("派发告知书1200，入户86户。", "unit-missing", "1200"),
    ("目前115%的农户签订协议。", "percent-over", "115%"),
    ("财政40%、自筹30%、捐赠20%，以上为全部来源。", "shares-not-whole", "40%、自筹30%、捐赠20%"),
]

SILENT = [
    "抽检540批次，不合格9批次，合格率为98.3%。",
    "6月开展检查3次：整改12处，处罚2家，约谈1家。",
    "一期12户、二期13户，累计56户。",
    "本次检测结果12，低于限值。",
    "客流达到去年同期的150%。",
    "农历二月三十日为传统节日。",
    "2024年2月29日，召开会议。",
    "防火期为11月1日至次年4月30日。",
    "防火期为12月1日至5月31日。",
    "值守时间为每日20时至次日8时，夜间22:00至6:00加密巡查。",
    "连续72小时值守，累计25小时作业，13个月完成。",
    "按1:100的比例配备，比分为3:75。",
    "云岭小区4月号楼改造完工，住5号楼31日租房。",
    "会议定于2026年4月3日（星期五）召开。",
    "共检查42处，其中企业20处、学校12处、林区10处。",
    "共检查42处，其中重点企业20处。",
    "共检查场所126处，其中消防45处、用电30处。",
    "共检查42处，包括企业20处、学校12处等。",
    "共30人参训，其中女性15人、本科以上学历20人。",
    "排查隐患126处，比去年同期增加20处，其中一般124处、重大2处。",
    "检查企业20处、学校3处，共排查隐患42处。",
    "约500人参加，其中干部200人、群众280余人。",
    "全镇有林地12.6万亩，其中国有林3.2万亩、集体林9.4万亩。",
    "投入35.6万元，其中县级20万元（含省级5万元）、镇级10.6万元、村级5万元。",
    "全年查处违规用火23起，其中批评教育19起，行政处罚4起，较2024年的31起减少8起，下降25.8%。",
    "发放宣传单同比增长120%，超额完成年度任务的120%。",
    "资产负债率120%，工业增加值增长135%。",
    "企业占45.3%、学校占30.2%、其他占24.4%。",
    "企业占45%，学校占30%。",
    "42户中有39户签订承诺书，占92.9%。",
    "排查隐患126处，已整改117处，整改率92.9%，另有9处限期整改。",
    "三率均达95%以上，签收率不低于98%。",
    "排查隐患57处，较上年同期43处增长32.6%。",
    "检查企业20、学校12、林区8处。",
    "火险指数达85，拨打12119、12345，执行GB/T 9704标准。",
    "依据《云南省森林防火条例》第42条，开展第3次检查。",
    "省道S306线K12处发生塌方，拨打热线12350，邮编650000。",
    "过火面积15亩（1公顷），林地15.6万亩（约1.04万公顷）。",
    "支付人民币壹万贰仟叁佰元整（¥12,300.00）。",
    "合同价8.5万元（大写：捌万伍仟元整）。",
    "上湾村共排查隐患12处，石桥村共排查隐患15处。",
    "4月共排查隐患20处，5月共排查隐患26处。",
    "去年11月至3月为防火期，去年5月至今年3月开展整治。",
    "下午2时至5时召开会议，晚上8时至次日6时值守。",
    "祭祀用火6起、农事用火5起、其他3起，分别占42.9%、35.7%、21.4%。",
    "全镇固定资产投资完成3.2亿元，占年度目标的106.7%。",
    "接报火情28起，同比增加8起，增长40%。",
    "资料8000份，其中手册5000份、明白纸3000份；手册每户1份。",
    "全镇12个村中，8个村完成整治，其余4个村正在整治。",
    "3—5人一组，每组负责1至2个村，2026—2028年分三年实施。",
    "进一步统一思想，一是抓落实，三级联动，万无一失。",
]


@pytest.mark.parametrize(
    ("sentence", "rule", "words"), WRONG, ids=[sentence[:18] for sentence, _, _ in WRONG]
)
def test_what_cannot_be_right_is_found_where_it_stands(sentence, rule, words):
    assert told(numbers.check, sentence) == [(rule, words)]


@pytest.mark.parametrize("sentence", SILENT, ids=[sentence[:18] for sentence in SILENT])
def test_what_is_right_is_left_alone(sentence):
    assert told(numbers.check, sentence) == []


@pytest.mark.parametrize("name", RIGHT)
def test_whole_papers_that_are_right_are_left_alone(name):
    assert told(numbers.check, RIGHT[name]) == []


CHANGED = [
    # (paper, right passage, wrong passage, rule, words)
    (REPORT, "关于2026年上半年安全", "关于2025年上半年安全", "title-year", "2025年"),
    (REPORT, "云政发〔2026〕17号", "云政发〔2025〕17号", "number-year", "2025"),
    (REPORT, "2026年上半年，在县委", "2023年上半年，在县委", "other-year", "2023年"),
    (REPORT, "2026年上半年，在县委", "2025年上半年，在县委", "other-year", "2025年"),
    (REPORT, "6月16日，开展“安全生产月”", "9月16日，开展了“安全生产月”", "other-half", "9月16日"),
    (REPORT, "一是部分企业", "2014年5月6日，镇里组织召开会议。一是部分企业", "other-year", "2014年5月6日"),
    (REPORT, "一是部分企业", "今年是“十三五”收官之年。一是部分企业", "event-year", "“十三五”收官之年"),
    (REPORT, "一是部分企业", "做好北京冬奥会期间安全保障。一是部分企业", "event-year", "北京冬奥会"),
    (REPORT, "一是部分企业", "迎接新中国成立70周年。一是部分企业", "event-year", "新中国成立70周年"),
    (REPORT, "一是部分企业", "按照《2013年春季森林防火工作方案》，一是部分企业", "other-year", "2013年"),
    (NOTICE, "关于做好2026年清明节", "关于做好2024年清明节", "title-year", "2024年"),
    (NOTICE, "省、市2026年春季", "省、市2016年春季", "other-year", "2016年"),
    (NOTICE, "请各乡镇于2026年4月12日前", "请各乡镇于2025年4月12日前", "deadline-past", "2025年4月12日"),
    (NOTICE, "请各乡镇于2026年4月12日前", "请各乡镇于3月12日前", "deadline-past", "3月12日"),
    (SUMMARY, "\n三、2026年工作打算", "\n三、2023年工作打算", "other-year", "2023年"),
    (SUMMARY, "2025年，全镇森林覆盖率", "2015年，全镇森林覆盖率", "other-year", "2015年"),
]


@pytest.mark.parametrize(
    ("paper", "right", "wrong", "rule", "words"),
    CHANGED,
    ids=[f"{each[3]} {each[2][:14]}" for each in CHANGED],
)
def test_what_was_left_from_another_paper_is_found_in_a_whole_one(paper, right, wrong, rule, words):
    assert (rule, words) in told(numbers.check, within(paper, right, wrong))


LEFT_ALONE = [
    "自2019年以来，全镇未发生森林火灾。",
    "较2023年同期下降12%，与2022年相比减少5起。",
    "按照《森林防火条例》（2008年修订）和GB/T 9704-2012执行。",
    "依据《云岭镇森林防火规划（2021—2025年）》，2030年前建成防火通道。",
    "根据《关于加强防火工作的通知》（云政发〔2019〕3号）要求开展工作。",
    "2018年建成的上湾水库大坝完成除险加固。",
    "2019年3月30日，木里县发生森林火灾，教训深刻。",
    "“十三五”期间累计造林1.2万亩。",
    "到2035年，基本实现现代化。",
    "全镇于2020年完成机构改革，沿用至今。",
    "下半年，将开展应急演练2次，10月底前完成。",
]


@pytest.mark.parametrize("sentence", LEFT_ALONE, ids=[sentence[:14] for sentence in LEFT_ALONE])
def test_other_years_with_a_reason_are_left_alone(sentence):
    assert told(numbers.check, within(REPORT, "一是部分企业", sentence + "一是部分企业")) == []


def test_one_count_told_in_two_ways_is_found_in_the_second_place_with_the_first_beside_it():
    text = "上半年，全镇共排查隐患126处。\n一、主要做法\n各村各单位认真自查，全镇共排查隐患162处。"
    finding = next(iter(numbers.check(from_text(text))))
    assert finding.rule == "counts-differ"
    assert text[finding.span.start : finding.span.end] == "162处"
    assert finding.elsewhere[0].text == "126处"


def test_a_place_s_villages_have_one_number():
    assert told(numbers.check, "全镇12个行政村全部设卡。\n宣传覆盖全镇13个行政村。") == [
        ("counts-differ", "13个")
    ]


REFERENCES = [
    ("目前储备编织袋49捆。\n45捆编织袋分放在两个库房。", [("counts-differ", "45捆")]),
    ("全乡有地质灾害隐患点52处。\n对全乡54处地质灾害隐患点实行包点到人。", [("counts-differ", "54处")]),
    ("共征集意见46条。\n对征集到的48条意见逐条答复。", [("counts-differ", "48条")]),
    ("全乡有地质灾害隐患点52处。\n对全乡52处地质灾害隐患点实行包点到人。", []),
    ("储备编织袋49捆。\n其中20捆编织袋分放在库房。", []),
    ("对全县17家储存单位开展检查，发现问题38项。县局将对上述47家单位逐一复查。", []),
    ("对全县17家储存单位开展检查，发现问题38项。县局将对上述18家单位逐一复查。", [("counts-differ", "18家")]),
    ("对全县17家储存单位开展检查，发现问题38项。县局将对上述17家单位逐一复查。", []),
    ("发现重大隐患5处。6处重大隐患中，4处已经复查。", [("counts-differ", "6处")]),
    ("发现重大隐患5处。5处重大隐患中，4处已经复查。", []),
    ("发现隐患391处。要对401处隐患逐条确定责任人。", [("counts-differ", "401处")]),
    ("抽查企业143家。抽查的153家单位中，问题较多。", [("counts-differ", "153家")]),
    ("抽查企业143家。抽查的143家单位中，问题较多。", []),
    ("目前在册网格员71名。要发挥好68名网格员的作用。", [("counts-differ", "68名")]),
    ("目前在册网格员71名。组织其中的68名网格员参加培训。", []),
    ("目前在册网格员71名。组织20名网格员参加培训。", []),
    ("在用电梯70台。\n对73台电梯逐台查验记录。", [("counts-differ", "73台")]),
    ("联户长共54名。\n给51名联户长各配手电筒1支。", [("counts-differ", "51名")]),
    ("现有渔船112艘，其中5艘停用。\n107艘渔船均已检验。", []),
    ("水毁路段31处，其中县道5处。\n26处乡村路段逐处建档。", []),
    ("在用电梯70台。\n本月对12台电梯逐台查验记录。", []),
]


@pytest.mark.parametrize(("text", "asked"), REFERENCES, ids=[each[0][:26] for each in REFERENCES])
def test_a_count_that_speaks_of_one_before_names_the_same_number(text, asked):
    assert told(numbers.check, text) == asked


REMAINDERS = [
    ("发现问题214处，完成整改203处，其余13处正在整改。", [("total-wrong", "214处")]),
    ("发现问题214处，完成整改203处，其余11处正在整改。", []),
    ("8座小型水库中，有5座低于汛限水位，4座接近汛限水位。", [("total-wrong", "8座")]),
    ("8座小型水库中，有9座低于汛限水位。", [("part-exceeds-total", "9座")]),
    ("8座小型水库中，有5座低于汛限水位，2座接近汛限水位。", []),
    ("发现隐患391处。按行业分，工贸121处、商贸158处、建设42处、道路69处。", [("total-wrong", "391处")]),
    ("发现隐患391处。按行业分，工贸121处、商贸158处、建设43处、道路69处。", []),
    ("1.指挥组5人。\n2.扑救组20人。\n3.保障组7人。\n以上三组共33人。", [("total-wrong", "33人")]),
    ("1.指挥组5人。\n2.扑救组20人。\n3.保障组7人。\n以上三组共32人。", []),
    ("采购报警器1200只。其中独居老人540只、集中场所340只。", []),
    ("采购报警器899只。其中独居老人540只、集中场所340只。", [("total-wrong", "899只")]),
    ("采购报警器860只。其中独居老人540只、集中场所340只。", [("total-wrong", "860只")]),
    ("队员47人，设4个小组，分别为4人、22人、14人、8人。", [("total-wrong", "47人")]),
]


@pytest.mark.parametrize(("text", "asked"), REMAINDERS, ids=[each[0][:26] for each in REMAINDERS])
def test_sums_run_over_clauses_and_paragraphs(text, asked):
    assert told(numbers.check, text) == asked


def test_work_of_the_other_half_is_right_in_the_part_about_what_comes():
    title = "云岭镇2026年上半年工作总结及下半年工作计划\n"
    done = "一、上半年工作\n4月3日，组织应急演练1次。\n"
    ahead = "二、下半年工作计划\n8月8日，组织应急演练1次。\n云岭镇人民政府\n2026年7月6日"
    assert told(numbers.check, title + done + ahead) == []
    wrong = title + done.replace("4月3日", "8月3日") + ahead
    assert told(numbers.check, wrong) == [("other-half", "8月3日")]


def test_a_sentence_without_an_end_is_still_read():
    assert told(numbers.check, "森林防火" * 2000 + "，于2026年2月30日召开") == [
        ("date-unreal", "2026年2月30日")
    ]


TABLE = (
    "村名\t检查（处）\t整改（处）\t整改率\n上湾村\t20\t18\t90%\n石桥村\t12\t12\t100%\n云岭村\t10\t9\t90%\n"
    "合计\t{0}\t{1}\t92.9%"
)


def test_a_table_s_total_is_the_sum_of_its_rows():
    assert told(numbers.check, TABLE.format(42, 39)) == []
    assert told(numbers.check, TABLE.format(42, 38)) == [("table-total-wrong", "38")]


def test_a_table_s_total_may_stand_first():
    rows = "村名\t检查（处）\t整改（处）\n合计\t42\t{0}\n上湾村\t20\t18\n石桥村\t12\t12\n云岭村\t10\t9"
    assert told(numbers.check, rows.format(39)) == []
    assert told(numbers.check, rows.format(36)) == [("table-total-wrong", "36")]


def test_a_rate_in_a_table_follows_from_its_figures():
    rows = "指标\t本期\t上年同期\t同比\n排查隐患（处）\t57\t43\t{0}\n整改销号（处）\t51\t40\t27.5%"
    assert told(numbers.check, rows.format("32.6%")) == []
    assert told(numbers.check, rows.format("23.6%")) == [("rate-wrong", "23.6%")]


def test_the_total_s_parts_are_shown_beside_it():
    text = "共检查42处，其中企业20处、学校12处、林区8处。"
    finding = next(iter(numbers.check(from_text(text))))
    assert [each.text for each in finding.elsewhere] == ["20处", "12处", "8处"]
    assert "40" in finding.message.zh and "40" in finding.message.en


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_day_of_the_calendar_is_left_alone(day):
    weekday = "一二三四五六日"[day.weekday()]
    text = (
        f"{day.year}年{day.month}月{day.day}日（星期{weekday}），{day:%Y-%m-%d}，{day.month}月{day.day}日。"
    )
    assert told(numbers.check, text) == []


@given(st.integers(1950, 2099), st.integers(1, 12), st.integers(1, 9))
def test_every_day_past_the_end_of_a_month_is_found(year, month, past):
    day = monthrange(year, month)[1] + past
    words = f"{year}年{month}月{day}日"
    assert told(numbers.check, f"定于{words}召开。") == [("date-unreal", words)]


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.integers(1, 6))
def test_every_wrong_weekday_is_found(day, off):
    weekday = "一二三四五六日"[(day.weekday() + off) % 7]
    words = f"{day.year}年{day.month}月{day.day}日（星期{weekday}）"
    assert told(numbers.check, f"定于{words}召开。") == [("weekday-wrong", words)]


@given(st.lists(st.integers(1, 400), min_size=2, max_size=5), st.integers(-30, 30))
@example([1, 1], -1)
@example([1, 2], -1)
@example([10, 93, 168, 116], -10)
def test_a_total_is_found_exactly_when_it_is_not_the_sum_of_all_its_parts(parts, off):
    labels = ("企业", "学校", "林区", "商铺", "工地")
    listed = "、".join(f"{label}{part}处" for label, part in zip(labels, parts, strict=False))
    total = sum(parts) + off
    if total < max(parts):
        return
    found = told(numbers.check, f"共检查{total}处，分别为{listed}。")
    assert found == ([] if not off else [("total-wrong", f"{total}处")])


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_a_right_percentage_is_left_alone_and_one_a_point_off_is_found(one, two):
    part, whole = sorted((one, two))
    rate = round(Decimal(part) / whole * 100, 1)
    assert told(numbers.check, f"排查隐患{whole}处，已整改{part}处，整改率{rate}%。") == []
    wrong = rate - 1 if rate > 1 else rate + 1
    assert told(numbers.check, f"排查隐患{whole}处，已整改{part}处，整改率{wrong}%。") == [
        ("rate-wrong", f"{wrong}%")
    ]


@given(st.integers(0, 99_999_999))
def test_chinese_numerals_say_what_they_count(number):
    assert from_han(_han(number)) == number


def _han(number: int) -> str:
    digits = "零一二三四五六七八九"
    if number >= 10_000:
        head, tail = divmod(number, 10_000)
        gap = "零" if tail and tail < 1000 else ""
        return _han(head) + "万" + (gap + _han(tail) if tail else "")
    text, zero = "", False
    for worth, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // worth % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + sign
            zero = False
        else:
            zero = True
    return text or "零"


def test_amounts_in_capitals_are_read_to_the_cent():
    assert from_capitals("壹佰贰拾叁元肆角伍分") == Decimal("123.45")
    assert from_capitals("贰亿零叁万元整") == Decimal("200030000")
    assert from_capitals("整改") is None


OVER = (
    "责任书送达率为103%",
    "器材完好率达142.2%",
    "值班人员在岗率158%",
    "群众知晓率达到101.5%",
    "设施在位率为110%",
)


@pytest.mark.parametrize("words", OVER)
def test_no_rate_of_a_part_in_its_whole_passes_100(words):
    assert [rule for rule, _ in told(numbers.check, f"全镇{words}。")] == ["percent-over"]


MAY_PASS = (
    "企业资产负债率为120%，产能利用率达115%，拨备覆盖率为180%。",
    "1—5月任务完成率达112%，固定资产投资增长率为130%。",
    "木材含水率120%，粮食自给率为135%。",
)


@pytest.mark.parametrize("sentence", MAY_PASS)
def test_rates_that_measure_one_thing_by_another_may_pass_100(sentence):
    assert told(numbers.check, sentence) == []


def of_2026(sentence: str) -> list[tuple[str, str]]:
    head = "云岭镇人民政府关于开展2026年森林防火整治的通知\n各村民委员会：\n"
    return told(numbers.check, f"{head}{sentence}\n云岭镇人民政府\n2026年3月8日")


OVERDUE = [
    ("上述工作须在2018年11月底前全部完成。", "other-year"),
    ("请各村于2017年4月30日前完成复查。", "deadline-past"),
    ("2013年3月15日至5月25日，分自查自改、集中检查两个阶段进行。", "other-year"),
    ("自2017年3月10日起至2026年8月31日止，通过集中整治消除隐患。", "other-year"),
    ("以上措施纳入“十一五”安全生产规划统筹推进。", "event-year"),
    ("2018年防火期即将开始，各村要备足物资。", "other-year"),
    ("各村要抢抓2018年下半年的施工期。", "other-year"),
    ("“十二五”末以前完成全部改造。", "event-year"),
]


@pytest.mark.parametrize(("sentence", "rule"), OVERDUE, ids=[each[0][:14] for each in OVERDUE])
def test_what_is_still_to_be_done_cannot_be_due_in_a_past_year(sentence, rule):
    assert rule in [name for name, _ in of_2026(sentence)]


HISTORY = (
    "承包期自2017年3月1日起至2026年8月31日止。",
    "原定2018年11月底前全部完成的整治任务因故推迟。",
    "要全面总结“十三五”期间的经验，编制好“十五五”规划。",
    "“十二五”规划确定的目标已如期完成。",
    "2015年11月底前建成的小区须补办消防验收手续。",
    "2019年12月底前整改完毕的隐患应当纳入复查范围。",
    "自2020年1月1日起至今，共发生火灾3起。",
    "要做好2019年汛期水毁工程的后续管护。",
    "“十三五”期末前建成的道路纳入养护。",
    "（一）道路条件不足。2021年和2023年两次提出拓宽方案，均暂缓。",
)


@pytest.mark.parametrize("sentence", HISTORY, ids=[each[:14] for each in HISTORY])
def test_past_years_that_are_history_are_left_alone(sentence):
    assert of_2026(sentence) == []


def test_parts_among_a_whole_cannot_be_more_than_it():
    assert told(numbers.check, "6起火灾中，电气原因6起、用火不慎2起、自燃1起。") == [("total-wrong", "6起")]
    assert told(numbers.check, "6起火灾中，电气原因3起、用火不慎2起、自燃1起。") == []


def test_bodies_that_send_one_each_are_no_parts_of_the_sum():
    assert told(numbers.check, "由县应急局、县林业局各派1人、我镇派2人组成，共4人。") == []


def test_what_numbered_items_cost_is_summed_in_the_line_under_them():
    items = (
        "一、经费\n（一）水泵3套，单价2000元，计6000元。\n（二）水带10盘，计3000元。\n"
        "以上合计{}元。\n所需经费{}元，由镇财政解决。"
    )
    assert told(numbers.check, items.format(9000, 9000)) == []
    assert told(numbers.check, items.format(8000, 8000)) == [("total-wrong", "8000元")]
    assert told(numbers.check, items.format(9000, 8500)) == [("counts-differ", "8500元")]


def test_a_number_that_pasted_signs_cut_in_two_is_no_date_and_no_part():
    assert told(numbers.check, "自查自改（1rR20月15日至10月31日）。") == []
    assert told(numbers.check, "转移群众268人，其中7月10躽2人、8月125人、9月41人。") == []


def test_a_half_year_paper_tells_of_the_other_half_whatever_came_of_it():
    text = "云岭镇2026年上半年消防工作总结\n{}\n云岭镇人民政府\n2026年7月2日"
    said = "其中10月3日组织的综合演练有21人参加，达到了预期效果。"
    assert ("other-half", "10月3日") in told(numbers.check, text.format(said))


UNLIKELY = [
    ("护林员中年龄最大的159岁、最小的23岁。", "number-unreal", "159岁"),
    ("对5至3家整改不力单位进行约谈。", "number-unreal", "5至3家"),
    ("可能出现3～2次强降雨过程。", "number-unreal", "3～2次"),
    ("“三公”经费压减205%。", "number-unreal", "205%"),
    ("下半年清明当天仍发现苗头性隐患。", "number-unreal", "下半年清明"),
    ("制定2026—2029年度冬春防灭火方案。", "number-unreal", "2026—2029"),
    ("“十五五”期间（2021—2025年）新建阻隔带。", "event-year", "“十五五”期间（2021—2025年"),
    ("其中160%以上已超过使用年限。", "percent-over", "160%"),
    ("三次产业结构为17.5∶38.4∶54.1。", "shares-not-whole", "17.5∶38.4∶54.1"),
    ("充电桩建成40个，为年度任务50个的六成。", "rate-wrong", "六成"),
    ("持证率由2024年的71%提高到94%，上升33个百分点。", "rate-wrong", "33个百分点"),
    ("消防水池由11座增至24座，增长218%。", "rate-wrong", "218%"),
    ("水位由88.3米涨至91.1米，上涨1.8米。", "rate-wrong", "1.8"),
    ("库存总值71.8万元，比上年末的52.4万元增加9.4万元。", "rate-wrong", "9.4万"),
    ("4家超市（惠民、佳乐、万家福）疏散通道堵塞。", "counts-differ", "4家"),
    ("先后五次专题研究（1月6日、2月13日、3月30日和4月24日）。", "counts-differ", "五次"),
    ("新建取水口五处，分别位于上湾村、下湾村和老街。", "counts-differ", "五处"),
    ("开展“五进”宣传（进企业、进农村、进社区、进学校）。", "counts-differ", "五进"),
    ("过期物资4类：方便食品、矿泉水、急救药品，共计27箱。", "counts-differ", "4类"),
    ("救援分四个批次进行：第一批救出3人，第二批救出2人，第三批救出2人。", "counts-differ", "四个批次"),
    ("重点做好四项工作：\n1. 排查隐患。\n2. 建好站点。\n3. 改造线路。", "counts-differ", "四项"),
    ("易涝点17处、工地8个、老旧房屋263栋，三类点位总计339处。", "total-wrong", "339处"),
    ("五项合计152400元。另需改造费47600元，两项总计25万元。", "total-wrong", "25万元"),
    ("救助资金86万元，分两批发放：第一批50万元，第二批46万元。", "total-wrong", "86万元"),
    (
        "发现隐患767处，第一至第四季度分别发现182处、214处、206处、195处。",
        "total-wrong",
        "767处",
    ),
    (
        "总值186.4亿元。其中，一产32.6亿元，增长3%；二产81.5亿元，增长6%；三产82.3亿元，增长4%。",
        "total-wrong",
        "186.4亿元",
    ),
    ("总产量17.12万吨，平均亩产400公斤。其中夏粮5.02万吨，秋粮13.10万吨。", "total-wrong", "17.12万吨"),
    ("风力灭火机20台，每台2800元，小计58000元。", "total-wrong", "58000元"),
    ("倒房重建补助每户2万元，14户共38万元。", "total-wrong", "38万元"),
    ("采购抽水泵6台（单价3500元，计3.1万元）。", "total-wrong", "3.1万元"),
    ("发放大米8.4吨、食用油620、棉被310床。", "unit-missing", "620"),
    ("警示牌平均600一块。", "unit-missing", "600"),
    ("林地面积8.4万（约合5600公顷）。", "unit-missing", "8.4万"),
    ("2月17日（正月十二）至4月31日为高火险期。", "date-unreal", "4月31日"),
    ("交接班时间为每日8时和28时。", "date-unreal", "28时"),
    ("11:30—08:30 信息报送", "period-backwards", "11:30—08:30"),
    ("工地8个；发现隐患58个，已销号49个，剩余19个。", "total-wrong", "58个"),
]


@pytest.mark.parametrize(("text", "rule", "words"), UNLIKELY, ids=[text[:18] for text, _, _ in UNLIKELY])
def test_figures_are_held_against_what_they_say_of_each_other(text, rule, words):
    assert (rule, words) in told(numbers.check, text)


LIKELY = (
    "古樟树龄约1200岁，三名老人年龄合计276岁，最大的102岁。",
    "对3至5家单位约谈，水位由8至6米回落，乘坐K3—2次列车，比分为3—2。",
    "利润下降120%，经费压减35%，上半年清明、下半年国庆期间加强巡护。",
    "“十五五”时期（2026—2030年）分两期实施，2026—2027年度冬春防火期照常。",
    "混凝土按1∶2∶3的比例配制，三次产业结构为17.5∶38.4∶44.1。",
    "充电桩建成40个，为年度任务50个的八成。",
    "持证率由71%提高到94%，上升23个百分点，由71.2%提高到94.1%，提高22.9个百分点。",
    "库存总值61.8万元，比上年末的52.4万元增加9.4万元，增长17.9%。",
    "林地35.6万亩，比上年的33.2万亩增加2.5万亩。",
    "3家超市（惠民、佳乐、万家福）和5家宾馆（天和、东方等）存在问题，“四不两直”检查2次。",
    "先后两次（3月、4月）研究，8个部门（应急、林业、气象、公安、水务、住建、交通、卫健）参加。",
    "4家单位（甲厂3处、乙厂2处）整改，五个村（含大湾、小湾）受灾。",
    "救援分三个批次进行：第一批3人，第二批2人，第三批2人；第一批队员先行返回。",
    "重点做好三项工作：\n1. 排查隐患。\n2. 建好站点。\n3. 改造线路。",
    "救助资金86万元，分两批发放：第一批50万元，第二批36万元。",
    "总值186.4亿元。其中，一产32.6亿元，增长3%；二产71.5亿元，增长6%；三产82.3亿元，增长4%。",
    "检查86家，其中，工贸企业查出问题12处；学校查出问题9处；医院查出问题3处。",
    "指挥中心6名，其中通信2名、调度4名；管理站5名，其中水工3名、机电2名；中队3名，其中队员3名。",
    "风力灭火机20台，每台2800元，小计56000元；水泵8台，每台4500元，小计36000元。",
    "补助每户2万元，14户共28万元；每村选派3人，16个村共48人。",
    "门票每人80元，30人共2100元（含团体优惠），两个片区（东片、西片、北片由镇里直管）分别包干。",
    "全县森林86.4万亩，平均每村3.2万亩，其中公益林51.2万亩、商品林35.2万亩。",
    "每人每天补助20元，90天共计1800元。",
    "值守时间为20:00—8:00，夜间22:00至次日6:00巡查，14:00—17:00 开会。",
    "一批、二批共36人，两项合计20万元，三类问题共计45处。",
    "7、8、9三个月开具文书2份，大米8.4吨、食用油620桶、棉被310床。",
)


@pytest.mark.parametrize("text", LIKELY, ids=[text[:18] for text in LIKELY])
def test_figures_that_agree_with_what_they_say_are_left_alone(text):
    assert told(numbers.check, text) == []


ERAS = (
    ("装备较2052年同期减少1艘。", "2052"),
    ("应急预案仍为2091年编制。", "2091"),
    ("依据《物资管理办法》（〔2052〕8号）组织实施。", "2052"),
    ("2024年至2062年先后遭遇暴雨、干旱。", "2062"),
    ("报告2023年预算执行情况和2026年预算草案。", "2023"),
    ("所需资金从2016年度应急经费列支。", "2016年度"),
)


@pytest.mark.parametrize(("text", "year"), ERAS)
def test_nothing_to_come_has_been_and_nothing_long_closed_is_spent(text, year):
    assert year in [words for _, words in of_2026(text)]


ERAS_RIGHT = (
    "到2035年基本建成，规划至2060年，比2025年增加一倍。",
    "应急预案为2024年编制，较2025年同期减少1艘。",
    "依据〔2025〕8号文件，资金列入2027年预算。",
    "2016年度应急经费结余已结转使用。",
)


@pytest.mark.parametrize("text", ERAS_RIGHT)
def test_other_years_that_may_stand_are_left_alone(text):
    assert of_2026(text) == []


def test_a_summary_of_a_whole_year_is_not_signed_in_its_first_half():
    text = (
        "永安乡2025年度安全生产工作总结\n2025年，我乡抓好安全生产，全年检查企业286家次。\n永安乡人民政府\n{}"
    )
    assert told(numbers.check, text.format("2025年1月8日")) == [("title-year", "2025年1月8日")]
    assert told(numbers.check, text.format("2026年1月8日")) == []
    assert told(numbers.check, text.format("2025年12月28日")) == []


OF_ONE_BODY = (
    ("桐溪镇工作方案\n全镇辖9个行政村。\n12个行政村要落实专人值守。", "12个"),
    ("桐溪镇工作方案\n我镇共有9个村。\n所有7个村都要签订责任书。", "7个"),
    ("青禾小学工作总结\n学校现有15个教学班，学生520人。\n下学期，优化18个教学班的班级管理。", "18个"),
    ("通报\n评议结果为优秀14个、良好30个。\n被评为优秀的17个单位要再接再厉。", "17个"),
    ("工作函\n活动设临时停车场6处。\n9处停车场均安排专人值守。", "9处"),
    ("方案\n采取实地查看、查阅资料、座谈走访五种方式开展考核。", "五种"),
    ("方案\n开展三项特色活动：读书分享、劳动实践，参与率达98%。", "三项"),
    ("通报\n主要存在四个方面的问题：\n一是制度不严；\n二是台账不清；\n三是巡查不够。", "四个"),
)


@pytest.mark.parametrize(("text", "words"), OF_ONE_BODY, ids=[words for _, words in OF_ONE_BODY])
def test_a_body_has_as_many_parts_here_as_there_and_a_list_as_many_as_announced(text, words):
    assert told(numbers.check, text) == [("counts-differ", words)]


OF_OTHERS = (
    "桐溪镇工作方案\n全镇辖9个行政村、3个社区。\n12个村要落实专人值守，排查30个村民小组。",
    "桐溪镇工作方案\n全镇8个村通了公交。\n走访11个村。",
    "桐溪镇工作方案\n我镇下辖9个村。\n全县共有12个村获此称号；组织到邻县11个村学习考察。",
    "教育局总结\n县一中现有54个教学班，县二中现有48个教学班。\n抽查60个教学班。",
    "小学总结\n学校现有15个教学班。\n下学期新增3个班，达到18个教学班。",
    "通报\n村级评议优秀14个、部门评议优秀17个。\n被评为优秀的17个单位要再接再厉。",
    "方案\n采取实地查看、查阅资料、座谈走访三种方式，落实水、电、路、讯、房五项工程。",
    "方案\n开展三项特色活动：读书分享、劳动实践、红歌传唱，参与率达98%。",
    "通报\n存在两个方面的问题：\n一是制度不严，主要表现为：一是无人，二是无账；\n二是巡查不够。",
    "报告\n收入5万元以下的41户、5万至10万元的63户、10万元以上的28户。",
)


@pytest.mark.parametrize("text", OF_OTHERS, ids=[text[-12:] for text in OF_OTHERS])
def test_other_bodies_classes_and_lists_are_left_alone(text):
    assert told(numbers.check, text) == []


WHOLES = (
    ("总投资960万元，中央财政补助500万元，省级财政补助300万元，县级财政安排200万元。", "960万元"),
    ("全年调解纠纷41起。婚姻纠纷17起，邻里纠纷22起，山林纠纷5起，全部调处到位。", "41起"),
    ("共抽查点位240个，合格216个。抽查点位中，主干道90个，市场40个，小区130个。", "240个"),
    ("建设内容：\n1.新建水厂，投资820万元；\n2.改造管网，投资560万元。\n工程总投资1480万元。", "1480万元"),
)


@pytest.mark.parametrize(("text", "whole"), WHOLES, ids=[whole for _, whole in WHOLES])
def test_parts_told_without_a_word_for_it_make_their_whole(text, whole):
    assert told(numbers.check, text) == [("total-wrong", whole)]


OTHER_WHOLES = (
    "总投资960万元，中央财政补助500万元，已到位资金300万元，拨付资金200万元。",
    "发展合作社18家。省级合作社2家，市级合作社5家，种植合作社12家。",
    "招聘教师118人，其中男41人、女77人；培训1030人；辞退12人。",
    "幼儿园77所，其中公办园46所，民办园31所，民办园中普惠性民办园27所。",
    "项目覆盖12个乡镇，其中甲镇9个、乙镇7个、其余10个乡镇31个。",
    "问题金额2.36亿元，其中违规金额1420万元、管理不规范金额2.22亿元。",
    "完成69.07万亩，超出任务0.65万亩。其中水田14.83万亩、水浇地2.16万亩、旱地52.08万亩。",
    "检查企业162家，发现问题36家，其中化工企业58家、发现问题21家。",
    "任务为公厕46座、户厕3150座。已完成公厕31座、户厕2268座，完成率分别为67.4%和72.0%。",
    "收集诉求217件；已办结204件，正在办理13件，办结率94.0%。",
    "参评单位60个。考核结果为优秀15个、良好36个、合格9个，优秀率25%。",
    "任务22公里，完成23.6公里，完成率107.3%。",
    "集体最高分96.4，最低分78.2。得分为：甲镇94.2，乙镇92.7，丙镇91.5，丁镇90.3，戊乡88.6，己乡87.4。",
)


@pytest.mark.parametrize("text", OTHER_WHOLES, ids=[text[:10] for text in OTHER_WHOLES])
def test_figures_that_are_parts_of_something_else_are_left_alone(text):
    assert told(numbers.check, text) == []

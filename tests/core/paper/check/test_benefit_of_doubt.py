"""Figures that seem to contradict each other and hold when read another way, and such as do not."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import form, noise, numbers, personal

from .papers import told


def _summary(body: str) -> str:
    return (
        "白石乡2025年上半年工作总结\n县政府：\n现将上半年工作总结如下。\n一、工作情况\n"
        f"{body}\n白石乡人民政府\n2025年7月2日\n"
    )


HOLDS = [
    # What came to a count stands beside it.
    "修通组道14条，长5公里。\n今冬再修余下的组道6条，届时20条组道全部修通。",
    # What is left is left of another whole, told beside it.
    "查出隐患24处，已整改19处，剩余5处明年处理。\n改造泵站11座，完成9座，在建1座，另有1座停工。",
    "建档对象剩余64人，9月底前补齐。\n体检安排在三季度，剩余812人。",
    # The whole of a rate stands far above it.
    "共登记问题160个，其中占道96个、漏水64个。\n第二轮整治12个，累计整治152个，整治率95.0%。",
    # The parts make another sum, or the sum closes a longer list.
    "第一轮走访42户次，第二轮走访98户次。两轮合计走访140户次，其中白天走访104户次、晚上走访36户次。",
    "误餐费：8人次是2400元；租车费1.46万元；布标0.4万元，饮水0.3万元，合计2.4万元。",
    # Two things are told of each in turn.
    "27个问题已销号14个，正在办理13个。按领域分，水利类9个，销号5个；道路类8个，销号4个；消防类6个，销号3个；校园类4个，销号2个。",
    "全区学龄儿童36810人。其中城区18430人，减少1240人；近郊11960人，增加310人；远郊6420人，增加240人。",
    "特困供养共计246户308人，其中集镇18户29人、乡村228户279人；本季新增5户8人，退出1户2人。",
    # Each grade of damage is a part of the one before.
    "玉米受灾4.53万亩，其中成灾3.06万亩、绝收0.47万亩。",
    # What each has is no sum, and more than the least may be sent.
    "办班3期，每期50人，来自25个村和12个单位，每单位4人。",
    "设卡口6处，每处不少于4人，共派值守人员28人。",
    # Not one is no part, and what is missing is missing of the need above.
    "住户213户，其中危险的65户。\n危险的65户一户不少，剩下148户逐户通知。",
    "需水量1930万立方米。水库可供1600万立方米，留出180万立方米备用；其余330万立方米由河道提引。",
    "8天里每天走访5家次，计40家次，已包含在本月120家次之内。",
    "已售18万吨，占总产的66.7%；入库6.84万吨，占25.3%；自存2.16万吨，占8.0%。其中网上卖出4.32万吨，占已售的24.0%。",
    # A rate of what is left, or of nothing that is told.
    "夜间点名120次，发现缺岗9次，到岗率92.5%。",
    "印发明白纸2600份，签订公约388份，签订率100%。",
    "得分85分以上的拨付80%，不足85分的拨付60%。",
    # What one costs is no part of what all cost.
    "购水泵3台，每台4000元，需12000元；购水带20盘，每盘150元，需3000元。两项合计15000元。",
    "清淤沟渠905米，预算5.43万元，每米60元，由村里承担3.43万元，申请补助2万元。",
    "每处卡点安排4人，共36人；每个巡查小组安排5人，共20人。两项合计56人。",
    # A list of parts goes on, counts two kinds together, or says who has them.
    "全乡应查场所共316家，其中：商铺205家，出租屋84家，仓库12家，学校、幼儿园5家，诊所及药店4家，其他6家。",
    "配备救生衣180件，其中乡本级120件、沿河4个村共60件。",
    "6月、7月停电分别为11次、9次，三季度前两月之前另计，二季度合计26次。",
    # Who has them and how many they are after others came.
    "新购割灌机16台、油锯5台，新购后全乡分别有88台和31台。",
    "付工程款14.0万元，3月付8.5万元；其中用奖补资金支付15.0万元，村集体支付7.5万元。",
    # The number stands in the other count's sentence, in a list of its own, or comes of a rate.
    "反馈共性问题5项、个性问题14项，合计19项。\n至6月底，19项问题完成整改17项。",
    "安排加固项目4个。\n上堰水库、黄土水库2个项目已完工。",
    "完成投资6.0亿元，同比增长12%。\n明年投资增长15%，达到6.9亿元。",
    # A mark is no decimal point.
    "问题如下。\n1．42个台站中有7个供电不稳。\n2．18个雨量站中有3个漏报。",
    # Shares that are each compared with its own.
    "三个年级合格率分别为94.5%、92.2%、89.4%，比上学期分别提高0.8、1.3和2.2个百分点。",
    # What is measured without a unit.
    "林分平均郁闭度由0.84降至0.66，胸径年均生长量由0.32厘米提高到0.41厘米。",
    "四县（区）各抽调7人，共28人，编为2组。",
    "设乡级路长14名、村级路长48名、组级路长126名，总人数188名。",
    "进度40分、质量30分、资金管理30分，满分100分，前三名表彰。",
    "黄牛7.1万头。\n冷配黄牛1.5万头，受胎率84%。",
    "拟建水池8口，其中100立方米的3口、60立方米的5口，总容积600立方米。\n"
    "经费98万元，见下表。\n项目　金额（万元）\n池体　70\n管道　28\n合计　98",
    "制止占道61起，发出通知43份，已整改40起，其余3起移交。",
    "第一片4个村、第二片5个村、第三片7个村、第四片2个村，覆盖全部18个村。",
    "4座水库依次蓄水0.24亿、0.18亿、0.12亿、0.02亿立方米。",
    "沉箱24个已安装15个，剩下9个在7月25日前安装完毕。",
    "另一半10月动工。",
    # What was put off.
    "查出隐患40处，已整改36处，其余4处最迟于9月15日整改完毕。",
    "1件（食堂改建）因施工期短，延至2026年5月。",
    "结余9.4万元，用于下半年支出。",
    "12个村各组建应急队1支，每支15人，共180人。",
    "共走访点位98处，其中工地6处、油站3处、学校4所、农家乐20处、商铺65处。",
    "上半年降水612.5毫米。其中4月120.5毫米，5月131.0毫米，6月160.2毫米，三个月合计411.7毫米。",
    "安排资金500万元。用途为：站点建设240万元（40个，每个6万元），储备130万元，培训60万元，平台70万元。",
    "全县20个监测点中，重旱6个、中旱7个、轻旱4个、适宜3个，受旱点占85.0%。",
    "种植3.5万亩，其中新植1.05万亩、宿根2.45万亩。\n良种2.6万亩，其中新植1.5万亩、宿根0.7万亩、其他0.4万亩。",
    "序号 乡镇 沙袋（条） 铁锹（把） 备注\n1 龙坪镇 8000 300 含村级\n2 青羊乡 6500 240\n3 石堡乡 5200 180\n"
    "4 双塘镇 7300 280\n合计 27000 1000",
    "根据《云岭县农村公路养护办法》（云交发〔2011〕9号），组织了检查。",
    "按照《云岭县2014年度高标准农田工程实施方案》，扫尾工程已验收。",
    "安排资金170万元，其中购置抽水泵、编织袋等物资65万元，设备维护45万元，乡镇补助60万元。",
    "投入资金95万元，实施项目3个，其中沟道治理40万元、排导渠28万元、护坡27万元，均已完工。",
    "完成投资1.2亿元，其中中央资金0.5亿元，省级资金0.7亿元，县级配套另计0.3亿元。",
    "涉及房屋征收18户，已签约14户，剩余3户，另有1户放弃。",
    "县级队伍1支45人，乡镇队伍14支360人，全县共有队伍15支405人。",
    "现有风力灭火机90台，其中可正常使用的72台，完好率80%，18台报废。",
    "更换水表1580块，其中远传水表1200块，收缴率为96.5%。",
    "种植水稻5.2万亩，其中优质稻3.1万亩，机收率92%。",
]
CONTRADICTS = [
    ("安排资金150万元，其中购置抽水泵、编织袋等物资65万元，设备维护45万元，乡镇补助60万元。", "total-wrong"),
    ("投入资金85万元，实施项目3个，其中沟道治理40万元、排导渠28万元、护坡27万元，均已完工。", "total-wrong"),
    ("涉及房屋征收18户，已签约16户，剩余3户，须于12月31日前签约。", "total-wrong"),
    ("县级队伍1支45人，乡镇队伍14支360人，全县共有队伍15支395人。", "total-wrong"),
    ("现有风力灭火机49台，其中可正常使用的35台，完好率74.1%，14台报废。", "rate-wrong"),
    ("根据《云岭县2011年农村公路养护工作方案》（云交发〔2011〕9号），组织了检查。", "other-year"),
    ("按照《关于做好2012年糖料蔗补贴工作的通知》，每亩补贴350元。", "other-year"),
    (
        "序号 乡镇 沙袋（条） 铁锹（把） 备注\n1 龙坪镇 8000 300 含村级\n2 青羊乡 6500 240\n3 石堡乡 5200 180\n"
        "4 双塘镇 7300 280\n合计 27000 1300",
        "table-total-wrong",
    ),
    ("登记问题160个，已整治152个，整治率92.0%。", "rate-wrong"),
    ("购水泵3台，每台4000元，需12000元；购水带20盘，每盘150元，需3000元。两项合计18000元。", "total-wrong"),
    ("全乡应查场所共336家，其中：商铺205家，出租屋84家，仓库12家，诊所及药店9家，其他6家。", "total-wrong"),
    ("设乡级路长14名、村级路长48名、组级路长126名，总人数208名。", "total-wrong"),
    ("进度40分、质量40分、资金管理30分，满分100分，前三名表彰。", "total-wrong"),
    ("四县各抽调7人，共38人，编为2组。", "total-wrong"),
    ("核定编制34人，实有27人，空编9人。", "total-wrong"),
    ("10月8日至10月20日，乡里检查学校9所，发现隐患12处，已整改12处。", "other-half"),
]


@pytest.mark.parametrize("body", HOLDS, ids=[each[:14] for each in HOLDS])
def test_what_holds_read_another_way_is_not_told(body):
    assert told(numbers.check, _summary(body)) == []


@pytest.mark.parametrize(("body", "rule"), CONTRADICTS, ids=[each[0][:14] for each in CONTRADICTS])
def test_what_does_not_hold_is_told(body, rule):
    assert [each[0] for each in told(numbers.check, _summary(body))] == [rule]


def test_a_plan_may_name_years_up_to_the_one_it_reaches():
    plan = (
        "城北医院发展规划\n到2031年，床位达到120张。\n2027年建成康复科，2028年建成透析室，{}年建成病房楼。\n"
        "城北医院\n2026年3月2日"
    )
    assert told(numbers.check, plan.format(2030)) == []


def test_an_audit_of_last_year_may_be_reported_at_the_end_of_this_one():
    report = (
        "关于2024年度乡级财政收支审计查出问题整改情况的报告\n县审计局：\n根据《关于{}年度乡级财政收支的审计报告》，现报告如下。\n"
        "至2025年10月底，12个问题已整改11个，另1个计划在2025年12月底前完成。\n白石乡人民政府\n2025年11月4日"
    )
    assert told(numbers.check, report.format(2024)) == []
    assert told(numbers.check, report.format(2022)) != []


def test_an_excerpt_leaves_chapters_out_and_a_whole_paper_does_not():
    text = (
        "白石乡防汛预案{}\n第二章 预警\n暴雨时发出预警。\n第五章 附则\n本预案自印发之日起施行。\n"
        "白石乡人民政府\n2025年5月6日"
    )
    assert told(form.check, text.format("（节选）")) == []
    assert [each[0] for each in told(form.check, text.format(""))] == ["number-skips"]


def test_a_figure_that_counts_what_follows_tears_no_word():
    cases = "报告传染病118例，其中流感76例、手足口病31例、水痘11例。"
    votes = "第一项同意39票，反对1票，弃权1票。第二项同意41票，反对0票，弃权0票。第三项同意36票，反对2票，弃权3票。"
    assert told(noise.check, cases) == told(noise.check, votes) == []


@pytest.mark.parametrize(
    ("seen", "clean"),
    [
        ("请县财政局拔付补助资金。", "请县财政局拨付补助资金。"),
        ("要历行节约，反对浪费。", "要厉行节约，反对浪费。"),
        ("加强林木菅护。", "印发方案（白卫函〔2026〕19号）。"),
    ],
)
def test_a_misread_character_is_told_and_the_right_one_is_not(seen, clean):
    assert [each[0] for each in told(noise.check, seen)] == ["recognition-error"]
    assert told(noise.check, clean) == []


def test_the_other_half_may_be_what_this_one_goes_on_from():
    text = (
        "县公路局2025年下半年工作总结\n下半年，我局在上半年实现“双过半”的基础上，抓紧施工。\n完成86公里，加上上半年的64公里，共150公里。\n"
        "县公路局\n2025年12月28日"
    )
    assert told(numbers.check, text) == []


def test_what_a_compound_is_called_tears_no_word():
    assert told(noise.check, "解毒药（盐酸戊乙奎醚）首剂1至2毫克。") == []


def test_a_villager_named_behind_a_house_lives_there():
    said = "制止焚烧秸秆3起，其中石板乡榆林村4组12号村民何大贵1起。"
    assert [each[0] for each in told(personal.check, said)] == ["home-address"]
    assert told(personal.check, "石板乡榆林村4组12号电杆倾斜。") == []


def test_how_many_households_live_in_a_township_is_nobodys_home():
    assert told(personal.check, "全乡辖7个村、19个组，常住1208户、4930人。") == []

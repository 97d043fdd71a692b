"""Figures that are right when read as they are meant: what each is of, what its number is only the name of."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .papers import told

RIGHT = [
    # Months of age are no months of the year.
    "麻腮风疫苗于8、18月龄各接种1剂，流脑疫苗于6、9月龄和3周岁接种。",
    # A dose is counted in units.
    "甘精胰岛素每支3毫升、300单位，即每毫升100单位，患者每晚14单位，30天用420单位。",
    "本次采血车共采血84人，其中200毫升的21人、400毫升的63人，血小板另计12单位，合并存放。",
    # What measures itself.
    "百岁老人王大爷1923年生，满101周岁，虚岁102。",
    "全年十万人口死亡率1.86（常住人口64.3万人），比上年下降0.12，目标是控制在1.75以内。",
    "水样菌落依次为40、62、118、35、77，1个超过100，其余合格。",
    "备用掘进面2207已于6月形成，3109于7月回采完毕。",
    "春节七天接待游客35万人次，日均5万。",
    # A weekday is that of the year that its own sentence tells, or of the paper's.
    "馆舍2009年10月启用。征文截止4月18日（星期五）。2025年共收稿214件。",
    # What each costs is no part of what all cost.
    "购甲型泵1台，预算148万元；乙型泵2台，单价62万元，计124万元；三台合计272万元。",
    # Shares of wholes of their own.
    "已改造31个小区、224栋、1.07万户，分别占67.4%、70.4%、70.3%。",
    # Two kinds under one amount.
    "货物类前三位依次为办公用品32件、图书27件和家具19件；服务类前三位依次为餐饮和住宿41件、物业38件、印刷22件。",
    # What is said not to be within, and of what a list is less.
    "续建的12项全部复工，其中完工9项，不含在上述31项内。",
    "实到26人（在册41人，当班9人、休假4人、出差2人未到）。",
    # Parts that overlap and stages that follow each other.
    "园区吸纳就业412人，其中本地人350人，返乡人员96人，女性227人。",
    "安排项目104个，开工91个，完工22个。",
    "全线桥梁148座，其中特大桥6座，拼宽利用117座，拆除新建31座。",
    # Those of the last time, and how fast something goes.
    "本届设9个大项、126个小项，上届为8个大项、112个小项。",
    "设计速度由每小时100公里提至120公里，其中山区段13公里维持100公里。",
    # A rate hides what its figures hide.
    "每公里造价1.23亿元，是老路每公里0.21亿元的5.7倍。",
    # A range is no figure.
    "预计平均降水量180至210毫米，较常年同期（176.5毫米）偏多2%至19%。",
    # What is not taken is no part of what is.
    "受理6584件，不予受理1589件，受理率80.6%。",
    "一级0.71万人、二级1.38万人、三级1.12万人、四级1.16万人，重度（一、二级）占47.8%。",
    "路基填方2860万立方米，挖方1940万立方米，利用率92%，其余借方。",
    # The whole that a rate names stands above.
    "一期投资4.1亿元，二期投资5.7亿元。\n截至6月底，一期4.1亿元全部完成，二期完成3.8亿元，占二期投资的66.7%。",
    "教育支出11.73亿元，增长4.0%（上年11.28亿元），占一般公共预算支出的20.8%。",
    "每批投料5000升，糖8.5%计425千克，酸0.15%，计7.5千克。",
    # Accounts: what is moved is there still, and loans grow by what is paid out.
    "立交原有11处，新增4处、移位2处，现有15处。",
    "支行年初贷款余额46.82亿元，年内投放21.35亿元，收回17.60亿元，核销0.27亿元，年末余额为50.30亿元。",
    # Each of two bodies, what the rest is, and a rest without a number.
    "参加人25名，其中消费者10名，经营者3名，人大代表、政协委员各2名，专家4名，其他4名。",
    "崩塌3105处；泥石流等1307处。按等级，特大型62处、大型217处、中型1953处，其余12054处为小型。",
    "民生类查档3518人次：婚姻1406人次，招工1038人次，林地611人次，其余为学籍、独生子女等。",
    "雕版46件，分装12箱：前十箱每箱四件，末两箱各三件。",
    # A class of households, and a ratio of a base.
    "三口之家月用水10立方米；6口之家基数为270立方米，5口之家为225立方米。",
    "研发费用加计扣除比例为100%，集成电路企业比例为120%。",
    # What has no unit on either side, or the one that its list shares.
    "进水28毫克每升，去除率92%；总磷由4.2降至0.21。",
    "粉丝由10月1日的2.31万涨到31日的2.86万，点赞1万以上的3条。",
    "三天接待8.6万人次，首日2.3万、次日3.5万、第三日2.8万。",
    "一季度用电2.36亿千瓦时，1月0.71亿、2月0.68亿、3月0.97亿千瓦时。",
    "2020年18.4万，2021年23.9万，2022年20.1万，2023年46.8万人次，四年累计109.2万人次。",
    "农村贫困人口减少30万，下降到76万。",
    "1205钻井队有40人，1202钻井队有38人。1205钻井队技师12人，1202钻井队技师9人。",
    "差错率甲公司万分之1.8、乙公司万分之3.1。",
    "性别比104.6（以女性为100），车位周转率1.8。",
    # Moves of an account, and those of which each sex has so many.
    "6月淘汰21头，转入26头，死亡1头，净增4头。",
    "运动会共36个班，每班报名男女各6人，共432人。",
    "纯利112万元，社员42户户均分红1.6万元，提留公积金44.8万元。",
    # A rate says what it counts, of what, and of which time.
    "应收1286户、386万元，已收1142户、351万元，户数收缴率88.8%，金额收缴率90.9%。",
    "签约项目9个，协议资金12.7亿元，超亿元项目5个、11.2亿元，占总额的88.2%。",
    "节前20天占48%，节后20天占52%。",
    "年加工能力500万吨，7月加工41.8万吨，负荷率98.4%。",
    "连演4场，前3场满座，第4场上座率78%。",
    "遥测站41个中有3个中断，数据到报率97.6%。",
    "检验合格8640只，报废312只，报废率3.5%。",
    "A级景区11家，4A级3家、3A级6家、2A级2家，4A级接待量占58%。",
    "投资105.5亿元，同比增长27%，实现增加值45.69亿元，同比增长7%。",
    "消费量从1980年的904万吨增加到1995年的5047万吨，年平均增长率19%。",
    # Shares of other years and of groups that overlap.
    "出口所占份额，2021年占10.2%，2022年占10.4%，2023年占10.6%，2024年占14.1%。",
    "收益由村和农户各占50%，改为村占20%，农户占80%。",
    # A numeral with a point, a bound and no 上述.
    "捐款六十八点七万元，其中个人捐款十万元。",
    "利润1.93亿元。应收账款5.4亿元，其中一年以上1.8亿元，占三分之一。",
    "1460名学生中，在校午餐1388人，占95.1%；清淡窗口供餐42人。",
    # A holiday of eight days and a share of what heads the paragraph.
    "假期全域接待游客48万人次。留宿的12万人次，每四人里就有一人过夜。红枫谷一家就接待9.6万人次，占两成。",
    # Years told in either order, and what lacks to a whole that only both make.
    "2025年日均发电4.2万千瓦时，2024年日均为4万千瓦时，增长5.0%。",
    "全区登记电动车1.5万辆，现有充电位9000个，缺口6000个，充电位缺口率四成。",
    "预算560万元，实际支出532万元，节约率5%。",
    # What has a share of its own is no whole of the next.
    "东湖公园接待22.4万人次，占全县四成；西山林场14万人次，占四分之一；古塔8.4万人次，占15%。",
    "全县接待游客56万人次。\n东湖22.4万人次，占四成；西山14万人次，占四分之一；古塔8.4万人次，占15%；其余11.2万人次，占20%。",
    "全年指标2400万立方米；其中春灌指标1560万立方米，占65%，冬灌指标840万立方米，占35%。",
    "问卷显示：本市的占30%，河南、山西、陕西三省占38%，国内其他地区占28%，境外占4%。",
    # Figures behind a rate that have a rate of their own.
    "一是凌晨巡查少，0时至5时查处案件仅占14%。二是群众举报60件，查实45件，查实率75%，个别回复超期。",
    # A share of one of two, a share that is no whole, a part counted as one, and a price of each.
    "审结破产案件147件。\n（三）行政。审结98件，负责人出庭91件，出庭率92.9%。",
    "参赛4180人，其中少年组1463人，占35%；青年组1881人，占45%；老年组836人，占20%。裁判员286人，志愿者520人。",
    "设队长一名、副队长三名，队员十五名，共十九人。",
    "支出合计95000元，具体是：管护38000元，工资32400元（6人，每人每月1800元，共3个月），路灯9400元，看台10200元，慰问5000元。",
    "支出合计95000元，具体是：管护38000元，工资32400元，路灯    元，看台10200元，慰问5000元。",
    # Which group, what a list comes to, from when one comes, and what makes a mark.
    "收到意见17条，已办结14条，尚有3条：二组水渠、四组路灯、六组垃圾池。",
    "前三名分别奖励1万元、8000元、5000元，合计2.3万元。",
    "今天是1月23日，我们从9月1日走到这里，整整过了145天。",
    "决策15分，得14分；过程25分，得22分；产出60分，得55分。总分100分，合计得91分，等级为“优”（90分以上为优）。",
    # An edition of another year, a sample that is told as made of two, and the task of another quarter.
    "第九届运动会2025年举行，设28个大项。\n第八届运动会于2021年举办，设24个大项，运动员3344人。",
    "监测47家规上工业企业，开工率92%。\n对60家工业企业问卷调查，反映订单不足的24家。问卷含规下企业13家，与47家规上企业口径不同。",
    "一季度产煤72万吨，完成季度计划70万吨的102.9%。\n6月底前完成产煤75万吨的季度任务。\n2025年4月6日",
]


@pytest.mark.parametrize("text", RIGHT, ids=lambda each: each[:16])
def test_what_is_right_in_its_own_reading_is_left_alone(text):
    assert told(numbers.check, text) == []


def test_a_year_of_a_time_told_before_and_a_title_that_its_weekdays_bear_out_are_left_alone():
    paper = (
        "关于印发《河东街道2025年老旧小区改造计划》的通知\n各社区：\n"
        "2020年至2024年已改造31个小区。2021年最多，完成9个。\n"
        "9个小区中，1980年以前建成的2个，1980年代的4个，1990年代的3个。\n河东街道办事处\n2025年3月3日\n"
    )
    assert told(numbers.check, paper) == []
    paper = (
        "县局2025年“3·15”投诉数据分析\n2024年，全县接收投诉8173件，比2023年多1253件。\n"
        "3月15日（星期六），县局开展现场活动。\n"
    )
    assert told(numbers.check, paper) == []


def test_what_is_to_come_or_has_just_come_is_told_in_a_paper_of_a_half():
    paper = (
        "云溪区水务局关于2025年上半年供水工作情况的报告\n区政府：\n"
        "年初计划改造86公里，上半年完成52公里，占60.5%；下半年完成剩余34公里。\n"
        "投诉217件，办结213件，4件7月上旬办结。\n区水务局\n2025年7月8日\n"
    )
    assert told(numbers.check, paper) == []
    paper = (
        "市城发公司2025年第三季度债务简报\n四季度到期3.94亿元，10月18日到期的1.2亿元已于9月29日落实资金。\n"
        "2025年10月12日\n"
    )
    assert told(numbers.check, paper) == []


PAPERS = [
    # What others are asked for is still to come.
    "青石海关关于2025年上半年查验工作情况的通报\n各科室：\n上半年查验集装箱3120个。\n"
    "请各科室于7月20日前提出下半年整改措施，报办公室。\n青石海关\n2025年7月9日\n",
    # What a tender asks of those who bid lies behind it.
    "白河县水利局水泵采购项目招标公告\n投标人须满足下列条件：\n"
    "2022年1月1日至2024年12月31日三年间有同类业绩不少于2项。\n白河县水利局\n2025年3月4日\n",
    # A term's holidays reach beyond it, and what was counted up to a day is of the year of the signing.
    "柳湾学院关于做好2025—2026学年第一学期期末工作的通知\n各系：\n学生寒假自2026年1月18日至2月28日。"
    "3月1日（星期日）学生返校注册，3月2日正式上课。\n截至12月10日，全院预算已执行900万元。\n"
    "柳湾学院\n2025年12月20日\n",
    "柳湾中学2025年秋季学期工作总结\n本学期开课32门。\n同学们，寒假从1月24日放到2月28日，3月1日返校，3月2日上课。\n"
    "柳湾中学\n2026年1月23日\n",
    # What is to be mended tells of what comes.
    "清水县人民医院2025年第二季度护理质量检查报告\n一、护理质量\n检查护理单元20个。\n二、整改要求\n"
    "① 7月15日前提交整改报告。\n② 7月22日（星期二）15时召开质量分析会，护士长参加。\n"
    "清水县人民医院\n2025年6月30日\n",
    # What has begun ends on a day to come, and a programme tells when it opens and closes.
    "云台区2025年国庆假期旅游情况\n第九届云台灯会从9月28日亮灯，10月12日落幕，每晚19时开灯。\n云台区文旅局\n2025年10月9日\n",
    "云台市总工会关于举办2025年职工运动会的通知\n各区总工会：\n9月22日（星期一）上午9时开幕，9月26日下午16时闭幕。\n"
    "云台市总工会\n2025年6月16日\n",
]


@pytest.mark.parametrize("text", PAPERS, ids=lambda each: each[:16])
def test_what_lies_beside_the_time_of_a_paper_is_left_alone_where_it_may(text):
    assert told(numbers.check, text) == []


WRONG = [
    ("走访对86单位进行了检查。", [("unit-missing", "86")]),
    ("2025年4月17日动员。报名截止4月18日（星期三）。", [("weekday-wrong", "4月18日（星期三）")]),
    (
        "调查问卷中，满意的、一般的、不满意的分别占67.4%、20.4%、18.2%。",
        [("shares-not-whole", "67.4%、20.4%、18.2%")],
    ),
    ("前四位依次为餐饮和住宿41件、物业38件、印刷22件。", [("counts-differ", "前四位")]),
    ("约谈14家，其中批发户3家、商超9家、餐饮户5家。", [("total-wrong", "14家")]),
    ("每亩收入1.24万元，是上年每亩0.21万元的7.5倍。", [("rate-wrong", "7.5倍")]),
    ("原有11处，新增4处、关闭2处，现有15处。", [("total-wrong", "15处")]),
    ("6月淘汰21头，转入26头，死亡1头，净增5头。", [("total-wrong", "5头")]),
    ("应收1286户，已收1142户，户数收缴率78.8%。", [("rate-wrong", "78.8%")]),
    ("对以上41人逐一走访；该村共有困难家庭46人。", []),
    ("7月22日（星期二）25时召开分析会。", [("date-unreal", "25时")]),
    ("物资由48吨增加到72。", [("unit-missing", "72")]),
    ("一组8台、二组6万、三组5台。", [("unit-missing", "6万")]),
    ("受理6584件，不予受理1589件，受理率86.0%。", [("rate-wrong", "86.0%")]),
    ("2025年日均客运量4.68万人次，2024年日均为4.5万人次，增长6.0%。", [("rate-wrong", "6.0%")]),
    ("第九届运动会设28个大项。场馆12处。\n24个大项均在市区举行。", [("counts-differ", "24个")]),
    ("设队长一名、副队长三名、队员十五名，共二十九人。", [("total-wrong", "二十九人")]),
    ("1.26亿元，合计12700万元。", [("counts-differ", "12700万元")]),
]


@pytest.mark.parametrize(("text", "asked"), WRONG, ids=lambda each: str(each)[:16])
def test_what_is_wrong_in_every_reading_is_found_still(text, asked):
    assert told(numbers.check, text) == asked

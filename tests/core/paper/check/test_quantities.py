"""Sums, counts, shares and units: every amount is held against those it belongs with, and against no other."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .papers import told

# What does not fit, with the rule and the words it points at; where the same words fit, nothing is said below.
PARTS = [
    # Steps of a series, levels, pairs and kinds of one noun fill their whole, however many of them are told.
    ("全县中小学教师1260人，其中小学580人、初中390人、高中240人。", "1260人"),
    ("桥梁126座，其中一类桥46座、二类桥52座、三类桥38座。", "126座"),
    ("项目总投资2600万元，其中中央资金1300万元、省级资金780万元、市县配套620万元。", "2600万元"),
    ("编制38名，在编35人，其中高级职称6人、中级15人、初级24人。", "35人"),
    ("水利工程32处，总投资1.2亿元，其中新建12处、改造10处。", "32处"),
    ("停车场备车20辆，其中大巴6辆、中巴12辆。", "20辆"),
    ("接种疫苗86420剂次，其中一类苗51300剂次、非一类苗31520剂次。", "86420剂次"),
    ("接报突发事件37起，其中火情5起、事故8起、溺水1起、其他3起。", "37起"),
    # A slip of one digit.
    ("全县高层建筑142栋，其中住宅108栋、公共建筑24栋。", "142栋"),
    ("监测到云地闪3924次，其中正闪287次、负闪2837次。", "3924次"),
    # A list whose whole stands in the sentence before, and one with the whole right before it.
    ("今年立案45件。按类型分：盗窃21件，诈骗14件，其他20件。", "45件"),
    ("参评单位50个。评定为优秀的12个、合格的31个、不合格的6个。", "50个"),
    ("概算820万元。资金来源：上级补助500万元，乡镇自筹220万元，群众投劳折资90万元。", "820万元"),
    ("加装电梯的单元有35个，已竣工12个、在建9个、前期12个。", "35个"),
    ("所需经费49.5万元，镇财政自筹16.5万元，申请县财政安排35万元。", "49.5万元"),
    ("所需资金1280万元。拟分两年安排，2025年安排500万元，2026年安排680万元。", "1280万元"),
    ("分两批改造9个市场，其中第一批改造东门、南门、新桥3个市场，第二批改造北关、渡口等4个市场。", "9个"),
    # Columns of a list, numbered items, and things counted in several units.
    (
        "养殖场62家、14600头，其中东片18家、5200头，西片24家、4800头，南片20家、4500头。",
        "14600头",
    ),
    ("全年造林4600亩。\n1.荒山造林2800亩，以松为主。\n2.退耕造林1700亩，以油茶为主。", "4600亩"),
    ("自动雨量站74个、水位站21个、预警广播305套，合计410台（套）。", "410台（套）"),
    # What was done and what is left.
    ("发现问题58项，多为用电。目前已整改41项，其余27项限期整改。", "58项"),
    ("核对结果为：隐患346处。其中保持良好219处，占89.0%；反弹16处，占6.5%；其他11处，占4.5%。", "346处"),
]

ANNOUNCED = [
    ("突出抓了四件事：（1）修路；（2）通水；（3）架桥。", "四件"),
    ("存在两方面问题：一是人手不够；二是经费紧张；三是设备老化。", "两方面"),
    ("下面，我讲两点意见。\n一、提高认识\n二、压实责任\n三、强化督查", "两点"),
    ("领导小组下设四个工作组：\n1.综合组，负责协调。\n2.宣传组，负责宣传。\n3.督导组，负责督查。", "四个"),
    ("拟购下列装备：\n1.水泵6台，计3万元。\n2.水带20盘，计1万元。\n以上三项从速采购。", "三项"),
    ("重点发展茶叶、烤烟、中药材四大产业。", "四大"),
    ("党政办、财政所、司法所、派出所、卫生院、水管站、文化站等8家单位参加。", "8家"),
    ("3月6日、4月17日、6月2日先后召开推进会4次。", "4次"),
    ("5月3日、5月9日和5月20日分别组织演练2场。", "2场"),
]

AGAIN = [
    ("项目缺口资金326万元。\n恳请县财政安排362万元予以支持。", "362万元"),
    ("全县共有乡村医生286名。\n268名乡村医生全部签约。", "268名"),
    ("全局现有在职干部48人。\n全局84名在职干部中，有30名参训。", "84名"),
    ("查处非法采砂案件7起。\n今年查处的9起案件均已结案。", "9起"),
    ("抽查的食堂有12家未建立台账。\n未建立台账的15家食堂已约谈。", "15家"),
    ("资金已拨付到6个乡镇。\n资金拨付到的8个乡镇要加快支出。", "8个"),
    ("仍有9栋供水设施瘫痪。\n对7栋供水设施瘫痪的楼房，要逐栋明确责任人。", "7栋"),
    ("划分网格1215个，其中县级1个、乡级13个、村级1201个。\n对1216个网格逐一销号。", "1216个"),
    ("不合格的食堂5个。\n8个不合格食堂须停业整顿。", "8个"),
]

SHARED = [
    ("省级补助450万元，占45%；市级补助300万元，占30%；县级配套250万元，占35%。", "rate-wrong", "35%"),
    ("监测断面20个。达标17个，占85%；超标3个，占25%。", "rate-wrong", "25%"),
    ("5月至10月客流占全年的78%，11月至次年4月只占32%。", "shares-not-whole", "78%，11月至次年4月只占32%"),
    ("线上办件占62%，线下办件占48%。", "shares-not-whole", "62%，线下办件占48%"),
    (
        "经费46%用于人工，21%用于材料，其余43%用于运费。",
        "shares-not-whole",
        "46%用于人工，21%用于材料，其余43%",
    ),
    ("库房相对湿度保持在145%左右。", "percent-over", "145%"),
    ("专项资金支出率172.4%。", "percent-over", "172.4%"),
    ("监测数据有效率为199.6%。", "percent-over", "199.6%"),
    ("建档率由76%提高到196%。", "percent-over", "196%"),
    ("35岁以下占比不低于140%。", "percent-over", "140%"),
]

BARE = [
    ("储备编织袋不少于5000，铁锹200把。", "5000"),
    ("疏散通道净宽不小于1.4；每季度演练1次。", "1.4"),
    ("留茬高度控制在15以内。", "15"),
    ("危险区群众须在2内全部转移。", "2"),
    ("镇值班室收到后30内报送书面材料。", "30"),
    ("留样不足125或不满48小时。", "125"),
    ("桥梁12座，全长436，多建于1986年。", "436"),
    ("储备编织袋12万条；冲锋舟18；照明灯260盏。", "18"),
    ("最大工作高度为32，购于2009年。", "32"),
    ("批发均价每千克4.86，环比上涨3.4%。", "4.86"),
    ("疏导点2处，提供摊位480，8月10日前投用。", "480"),
    ("护林员由64人增加到72，新增8人。", "72"),
    ("对186单位开展检查。", "186"),
    ("对17接送车辆逐车试乘。", "17"),
    ("严格执行24值班制度。", "24"),
    ("费用超过2000的，须报批准。", "2000"),
]

FITTING = (
    # Parts that overlap, or of a whole that stands elsewhere.
    "全县教师1260人，其中女教师580人、党员教师390人、骨干教师240人。",
    "全镇示范村10个，其中省级2个、市级3个。",
    "立案45件，破案35件。按类型分：盗窃21件，诈骗4件，其他10件。",
    "秸秆可收集量57.0万吨，利用45.6万吨以上。按方式分：肥料化24.0万吨，饲料化21.6万吨。",
    "林地18.6万亩，有林地15.2万亩。按权属分：国有4.1万亩，集体11.1万亩。",
    "五项共需1180万元。县里承担680万元，省里补助300万元，其余200万元自筹。",
    "床位160张，其中护理型112张、普通48张，护理型占70%。",
    "桥梁218座，其中一类86座、二类79座、三类41座、四类9座、五类3座。四、五类桥共12座。",
    "立案45件。按类型分：盗窃21件，诈骗4件，其他XX件。",
    # As many as are announced; lists that are open, or no lists of what is counted.
    "突出抓了三件事：（1）修路；（2）通水；（3）架桥。",
    "走访了5个村：一是看产业，二是看民生。",
    "下面，我讲三点意见。\n一、提高认识\n（一）要快。\n（二）要准。\n二、压实责任\n三、强化督查",
    "流动厨师队按设备、人员和记录分成甲、乙、丙三级，新建、改建、扩建4个园区。",
    "党政办、财政所、司法所、派出所等8家单位参加，市、县、乡三级财政投入120万元。",
    "3月6日、4月17日先后召开推进会2次；5月3日、5月9日各组织演练2场。",
    # Other things, other times, parts and plans.
    "缺口资金326万元。\n恳请县财政安排150万元予以支持。",
    "共有乡村医生286名，其中村卫生室168名。\n168名乡村医生全部签约。",
    "发现安全隐患163处。\n完成153处安全隐患整改。",
    "检查企业126家。\n6月检查的12家企业均已整改。",
    "查处案件7起。\n去年查处的9起案件均已结案。",
    # Shares of different wholes, and rates that may pass 100.
    "农业产值12.4亿元，占31%；工业产值18.6亿元，占全市的9%。",
    "线上办件占62%，线下办件占38%；经费46%用于人工，21%用于材料，其余33%用于运费。",
    "产能利用率125%，预算执行率103%，床位使用率108%。",
    # Numbers that want no unit.
    "参训人数120，得分在60以上的合格，排名前10的单位受表扬，安全系数不小于1.3。",
    "拨打12345、119，走国道318，第3小组，方案2，附件3，智慧应急3.0，平安建设2025。",
    "pH值控制在6.5至8.5，由7.2降至7.1，坡比不陡于1。",
    "企业20、学校12、林区8处，教育部等8部门印发通知，对16处重点路段预置防滑料230立方米。",
)


@pytest.mark.parametrize(("text", "words"), PARTS, ids=[text[:20] for text, _ in PARTS])
def test_parts_that_were_made_to_fill_a_whole_must(text, words):
    assert ("total-wrong", words) in told(numbers.check, text)


@pytest.mark.parametrize(("text", "words"), ANNOUNCED, ids=[text[:20] for text, _ in ANNOUNCED])
def test_as_many_follow_as_are_announced(text, words):
    assert told(numbers.check, text) == [("counts-differ", words)]


@pytest.mark.parametrize(("text", "words"), AGAIN, ids=[text[:20] for text, _ in AGAIN])
def test_a_thing_known_again_by_its_name_or_what_was_done_to_it_keeps_its_number(text, words):
    assert told(numbers.check, text) == [("counts-differ", words)]


@pytest.mark.parametrize(("text", "rule", "words"), SHARED, ids=[text[:20] for text, _, _ in SHARED])
def test_shares_come_from_their_amounts_and_leave_nothing_over(text, rule, words):
    assert [(each, said.removeprefix("，占")) for each, said in told(numbers.check, text)] == [(rule, words)]


@pytest.mark.parametrize(("text", "words"), BARE, ids=[text[:20] for text, _ in BARE])
def test_a_number_where_an_amount_is_wanted_has_a_unit(text, words):
    assert ("unit-missing", words) in [
        (rule, said.rstrip("，；。以内或")) for rule, said in told(numbers.check, text)
    ]


@pytest.mark.parametrize("text", FITTING, ids=[text[:20] for text in FITTING])
def test_what_fits_or_belongs_to_something_else_is_left_alone(text):
    assert told(numbers.check, text) == []

"""Personal data: numbers, homes and hardship of persons are found, offices and numbers of things left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules import personal

from .papers import RIGHT, told

# All numbers are made up: the identity numbers carry days on which nobody is registered, or samples of the standard.
WRONG = [
    ("安全矿长许志强，身份证号699918196509140716，已约谈。", "identity-card", "699918196509140716"),
    ("整改通过验收（投诉人手机13584071926）。", "mobile-number", "13584071926"),
    ("四是机务里6号楼2单元401室金万春等户长期拖欠。", "home-address", "机务里6号楼2单元401室"),
    ("现场负责人程国平，住大坪组12号，已到岗。", "home-address", "大坪组12号"),
    ("举报人谷秋生（住河口镇梨园村东头第三户）反映属实。", "home-address", "河口镇梨园村东头第三户"),
    (
        "居民裴小满（男，52岁，住松原区槐树里6号楼3单元402室）来访。",
        "home-address",
        "松原区槐树里6号楼3单元402室",
    ),
    ("管道绕过村民谷秋生住宅（北关村东街18号）。", "home-address", "北关村东街18号"),
    # whoever it is and whatever the office, in any order of name, age, brackets and state
    ("出纳程望秋因患甲状腺癌手术，请假两月。", "named-hardship", "程望秋"),
    ("水管员谢家福查出肝癌，已调岗。", "named-hardship", "谢家福"),
    ("副站长于得海因脑梗住院，由他人代岗。", "named-hardship", "于得海"),
    ("驾驶员王全贵（男，52岁）今年3月体检时确诊糖尿病。", "named-hardship", "王全贵"),
    ("其中邹少云患有抑郁症，暂不接访。", "named-hardship", "邹少云"),
    ("村医雷卫东有丙肝，已停诊。", "named-hardship", "雷卫东"),
    ("炊事员许大壮（二级肢体残疾）不参加转移。", "named-hardship", "许大壮"),
    ("彭小梅怀孕6个月，不排夜班。", "named-hardship", "彭小梅"),
    ("另有蒋文明双目失明，由网格员接送。", "named-hardship", "蒋文明"),
    ("下岗工人谷秋生（一家四口靠打零工度日）已登记。", "named-hardship", "谷秋生"),
    ("困难职工程望秋家庭人均月收入仅390元。", "named-hardship", "程望秋"),
    ("脱贫户郑国平欠医药费3.6万元。", "named-hardship", "郑国平"),
    ("看望了患尿毒症的司机裴小满。", "named-hardship", "裴小满"),
    (
        "毁房户田家明户（白水镇河湾社区沿江路12号2单元301室）未重建。",
        "home-address",
        "白水镇河湾社区沿江路12号2单元301室",
    ),
    ("值班员向小竹139 0000 0731。", "mobile-number", "139 0000 0731"),
    ("夜间由值班领导钱有根139-0000-0732带班。", "mobile-number", "139-0000-0732"),
    ("起火地点为粮站家属院3排12号毛喜来家。", "home-address", "粮站家属院3排12号"),
    (
        "走失老人龚老根的住址是云岭镇街道工人村91号楼东单元402。",
        "home-address",
        "云岭镇街道工人村91号楼东单元402",
    ),
    ("姚有福，脑出血，需定期送药。", "named-hardship", "姚有福"),
    ("陆立军同志因患胰腺癌请假两月。", "named-hardship", "陆立军"),
    ("临时救助邱有福300元。", "named-hardship", "邱有福"),
    ("身份证号11010519491231002X。", "identity-card", "11010519491231002X"),
    ("身份证11010519491231002x已登记", "identity-card", "11010519491231002x"),
    ("证件号码：110105 19491231 002X", "identity-card", "110105 19491231 002X"),
    (
        "身份证号１１０１０５１９４９１２３１００２Ｘ。".replace("Ｘ", "X"),
        "identity-card",
        "１１０１０５１９４９１２３１００２X",
    ),
    ("身份证号110105194912310021。", "identity-card-doubtful", "110105194912310021"),
    ("身份证号110105491231002。", "identity-card", "110105491231002"),
    ("联系人：李明，电话13812345678。", "mobile-number", "13812345678"),
    ("手机138 1234 5678，微信同号。", "mobile-number", "138 1234 5678"),
    ("联系方式：138-1234-5678。", "mobile-number", "138-1234-5678"),
    ("网格员电话+8613812345678。", "mobile-number", "+8613812345678"),
    ("家庭电话：0871-65123456。", "home-telephone", "0871-65123456"),
    ("银行卡号6222021234567890128。", "bank-card", "6222021234567890128"),
    ("打入6222 0212 3456 7890 128。", "bank-card", "6222 0212 3456 7890 128"),
    ("对车牌号云A12345的车辆进行劝返。", "number-plate", "云A12345"),
    ("查获车辆云A·D12345。", "number-plate", "云A·D12345"),
    ("家住上湾村3组12号。", "home-address", "上湾村3组12号"),
    ("家庭住址：云岭镇石桥村二组15号。", "home-address", "云岭镇石桥村二组15号"),
    ("现住云岭小区3栋2单元501室。", "home-address", "云岭小区3栋2单元501室"),
    ("村民赵小刚（云岭小区3栋2单元501室）。", "home-address", "云岭小区3栋2单元501室"),
    ("低保户王秀英得到及时救助。", "named-hardship", "王秀英"),
    ("走访慰问困难群众张大山。", "named-hardship", "张大山"),
    ("张建国患有糖尿病。", "named-hardship", "张建国"),
    ("村民李秀兰因病致贫。", "named-hardship", "李秀兰"),
    ("陈小红家庭困难，无力就医。", "named-hardship", "陈小红"),
    ("为刘桂芳发放临时救助2000元。", "named-hardship", "刘桂芳"),
    ("周德福，身患尿毒症，每周透析。", "named-hardship", "周德福"),
    ("欧阳文秀系低保户。", "named-hardship", "欧阳文秀"),
    ("看望特困人员吴老根等5人。", "named-hardship", "吴老根"),
    ("杨桂花因突发疾病住院。", "named-hardship", "杨桂花"),
    ("资助贫困大学生孙晓燕5000元。", "named-hardship", "孙晓燕"),
    ("帮助上湾村村民赵永贵解决住院费用。", "named-hardship", "赵永贵"),
    ("周军家庭人均年收入不足3000元。", "named-hardship", "周军"),
    ("家住石桥村委会大河边小组25号。", "home-address", "石桥村委会大河边小组25号"),
    ("为低保对象钱守业免费安装了报警器。", "named-hardship", "钱守业"),
    ("独居老人李桂花确诊肝硬化，已联系卫生院随访。", "named-hardship", "李桂花"),
    ("王桂芳（脱贫户）房屋漏雨。", "named-hardship", "王桂芳"),
    ("刘大军术后在家休养，转移时须抬送。", "named-hardship", "刘大军"),
    ("张春梅靠低保生活，全额资助参保。", "named-hardship", "张春梅"),
    ("起火户为杨秀兰，住址梨园村李家沟10号。", "home-address", "梨园村李家沟10号"),
    ("陈小明（梨园村李家沟10号）因线路老化起火。", "home-address", "梨园村李家沟10号"),
    ("村民赵有田家住青石镇建设路12号附3号。", "home-address", "青石镇建设路12号附3号"),
    ("刘长根住安岭县城关镇东风巷12号3单元201。", "home-address", "安岭县城关镇东风巷12号3单元201"),
    ("米面送到东风巷12号，由沈小满签收。", "home-address", "东风巷12号"),
    ("郑大军的电话是+86 138-1234-5678。", "mobile-number", "+86 138-1234-5678"),
    ("该户（008613812345678）已通知。", "mobile-number", "008613812345678"),
    ("联系沈彩霞，1381 2345 678。", "mobile-number", "1381 2345 678"),
    ("联系沈彩霞，138.1234.5678。", "mobile-number", "138.1234.5678"),
    ("孙玉梅的肝硬化加重，已送医。", "named-hardship", "孙玉梅"),
    ("经体检，周丽娟有胃溃疡。", "named-hardship", "周丽娟"),
    ("赵志强老人中风后须专人接送。", "named-hardship", "赵志强"),
    ("将褚小满列为救助对象。", "named-hardship", "褚小满"),
    ("陈小明没有稳定收入，水费减半。", "named-hardship", "陈小明"),
    ("周丽娟无力支付学费。", "named-hardship", "周丽娟"),
    # who is described before the name, whatever honours stand behind it, and nobody else in the sentence
    ("走访了身患肝癌的村民周有田等老党员、老战士。", "named-hardship", "周有田"),
    ("因脑梗住院半月的吴桂兰老人已出院。", "named-hardship", "吴桂兰"),
    ("为患自闭症的大三班幼儿谭子涵安排专人。", "named-hardship", "谭子涵"),
    ("家境贫寒的六（2）班学生李文静参加比赛。", "named-hardship", "李文静"),
    ("单亲低保家庭的小一班幼儿彭一诺免交保育费。", "named-hardship", "彭一诺"),
    ("因病致贫的二组农户祝长庚领养了鸡苗。", "named-hardship", "祝长庚"),
    ("视力残疾村民罗天明学会了按摩。", "named-hardship", "罗天明"),
    ("窗口干部唐晓燕、患有重度抑郁症的干部吴国梁受到表扬。", "named-hardship", "吴国梁"),
    ("首批对象为杨树村何大贵、龙泉村三组智力残疾二级的罗长顺。", "named-hardship", "罗长顺"),
    ("张塘村吴翠英家中无存款、欠外债3万元。", "named-hardship", "吴翠英"),
    ("为朱德才、文秀珍（72岁，偏瘫卧床）等送去棉被。", "named-hardship", "文秀珍"),
]

SILENT = [
    "辖区高层住宅76栋，老旧住房12座，常住户4200户。",
    "住户周家等46户已转移。",
    "7个社区共有居住出租房2146幢，租住人员18530人。",
    "照顾患病老人的护士李芳华被评为先进。",
    "家庭困难的学生由班主任李明华负责联系，困难家庭的帮扶责任人周大勇入户。",
    "帮助瘫痪老人的志愿者陈晓东受到表扬。",
    "为村民朱德才、邹小芳、文秀珍等送去慰问品。",
    "患重病的职工安心养病，患有慢性病的居民方便取药，为肢体残疾村民安装假肢12例。",
    "仓库地点为云岭镇政府街3号院，由养护站使用。",
    "高血压、糖尿病患者由卫生院随访，临时救助42人3万元。",
    "常年居住在石门村四社的住户38户。",
    "物资送到青石镇建设路32号仓库，由应急办签收。",
    "有心脏病、高血压的老人减少外出。",
    "黄山的松树患病率下降。",
    "李主任因病住院期间，由王副主任代行职责。",
    "无固定收入来源的困难群众可以申请临时救助。",
    "三年产量分别为1381 2345 678 9012吨。",
    "患者满意度调查表明，困难群众应保尽保，低保户应享尽享。",
    "特困供养人员应由村委会申报，困难学生于次月领取助学金。",
    "值班电话：0871-65123456，火情报警12119，政务热线12345。",
    "值班电话：13800001111。",
    "联系电话：0871-65123456（镇党政综合办公室）。",
    "24小时防火值班手机13800001111。",
    "办公地址：云岭镇人民路88号，经营场所：人民路12号商铺。",
    "检查云岭小区3栋2单元消防通道，整改隐患2处。",
    "上湾村3组12号卡点由护林员值守。",
    "统一社会信用代码91530100MA6K123456。",
    "合同编号530102199003071234，订单号110105194912310021。",
    "设备序列号6222021234567890128。",
    "对公账户：6222021234567890128，户名：云岭镇财政所。",
    "消防车云A12345赶赴现场，公务用车云A54321。",
    "帮扶-2026-0012家庭困难，发放慰问金500元。",
    "镇长李明走访慰问困难群众23户，发放慰问金1.15万元。",
    "李明同志带队看望低保户、五保老人，送去米面油。",
    "对高血压、糖尿病患者进行随访，患者满意度98%。",
    "困难群众基本生活得到保障，低保户应保尽保。",
    "为困难家庭发放临时救助金3.2万元。",
    "张某患有癌症，李某某系低保户。",
    "1101**********002X，138****5678。",
    "投入资金13812345678.5元。",
    "关于做好困难群众救助工作的通知，安全生产、方式方法、高度重视。",
    "贫困户和谐稳定，脱贫户常年务工，监测户管理规范。",
    "申请低保须经村民代表会议评议，享受低保待遇。",
    "松材线虫病、森林病虫害得到控制，苗木感染疫病及时清除。",
    "镇卫生院医生王芳为群众讲解高血压防治知识。",
    "联系人：王明，联系电话：0871-65123456。",
    "驻村干部赵强帮助12户监测户解决实际困难。",
    "召开困难职工帮扶会议，安排方案。",
    "全县通过排查，易返贫户明显减少。",
    "为低保户张贴提示12份，困难群众安全过冬。",
    "困难群众陈旧房屋改造12户，监测对象高风险户逐户走访。",
    "组织村民到建设路18号参加培训。",
    "值班人员住在单位2号楼，转移群众住在3号安置点。",
    "排查隐患有3处，患者家属已联系。",
    "贫困群众林下经济收入增加，救助对象马上办理。",
]


@pytest.mark.parametrize(("sentence", "rule", "words"), WRONG, ids=[each[0][:16] for each in WRONG])
def test_what_leads_to_a_person_is_found_where_it_stands(sentence, rule, words):
    assert told(personal.check, sentence) == [(rule, words)]


@pytest.mark.parametrize("sentence", SILENT, ids=[each[:16] for each in SILENT])
def test_offices_things_and_cases_without_names_are_left_alone(sentence):
    assert told(personal.check, sentence) == []


@pytest.mark.parametrize("name", RIGHT)
def test_whole_papers_without_personal_data_are_left_alone(name):
    assert told(personal.check, RIGHT[name]) == []


def test_every_finding_suggests_a_case_code_or_leaving_out_and_does_not_repeat_the_number():
    for sentence, _, words in WRONG:
        finding = next(iter(personal.check(from_text(sentence))))
        assert words not in finding.message.zh and words not in finding.message.en
        assert "帮扶-2026-0012" in finding.fix.zh or "删去" in finding.fix.zh or "改用" in finding.fix.zh
        assert finding.mend is None


def test_every_name_of_a_list_is_found():
    found = told(personal.check, "慰问了贫困学生陈小明、王丽丽、赵刚等人。")
    assert found == [("named-hardship", name) for name in ("陈小明", "王丽丽", "赵刚")]


def test_a_table_of_names_with_hardship_is_one_finding_at_its_first_name():
    text = "序号\t姓名\t致贫原因\t补助金额（元）\n1\t张大山\t因病\t500\n2\t李秀兰\t因灾\t300"
    assert told(personal.check, text) == [("named-list", "张大山")]


def test_a_table_of_officers_with_their_duty_days_is_left_alone():
    text = "日期\t带班领导\t值班员\t值班电话\n4月3日\t张强\t李明\t65123456\n4月4日\t王芳\t赵刚\t65123456"
    assert told(personal.check, text) == []


@given(st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_of_an_identity_number_is_no_sure_find(at, off):
    number = "11010519491231002X"
    wrong = number[:at] + str((int(number[at]) + off) % 10) + number[at + 1 :]
    assert "identity-card" not in [rule for rule, _ in told(personal.check, f"证件{wrong}。")]


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_every_mobile_number_of_a_contact_is_found(number):
    assert told(personal.check, f"联系人电话{number}。") == [("mobile-number", number)]


@given(st.integers(10**6, 10**10 - 1))
def test_counts_and_amounts_are_no_telephone_numbers(number):
    assert told(personal.check, f"累计投入{number}元。") == []


def test_a_duty_number_that_brackets_call_somebodys_own_is_found():
    assert told(personal.check, "24小时值班电话：13856312207（护林员汪长顺个人手机）。") == [
        ("mobile-number", "13856312207")
    ]
    assert told(personal.check, "24小时值班电话：13856312207（森林防火值班室）。") == []


def test_where_a_named_persons_home_is_stands_in_brackets_behind_it():
    found = told(personal.check, "来信请寄覃志强家中（永安乡老街社区幸福巷5栋2单元301室）。")
    assert [rule for rule, _ in found] == ["home-address"]
    assert told(personal.check, "来信请寄乡政府办公室（永安乡解放路6号）。") == []

"""Counts that are spoken of again, and lists that are surely whole."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules import numbers

from .test_numbers import told

AGAIN = (
    # What stood before its number stands behind it, or the other way round.
    ("全县登记船闸运营单位9家。\n二是11家船闸运营单位全部签订承诺书。", "11家"),
    ("构成较大危险源的仓库有6座。\n8座较大危险源仓库接入监测平台。", "8座"),
    # What was said of it names it.
    ("18个林场中还有5个未配备水泵。\n未配备水泵的7个林场要在月底前购齐。", "7个"),
    ("（二）回访流于形式。抽查回访记录300条，涉及12家单位。\n对15家回访流于形式单位发函提醒。", "15家"),
    ("（三）窨井盖破损。4个镇没有备用的复合材料井盖。\n9月底前补足6个镇的复合材料井盖缺口。", "6个"),
    ("目前正在修补13座。\n10月底前完成11座危旧泵房修补。\n31座危旧泵房已停用。", None),
    ("31座危旧泵房全部停用，其中已拆除18座、正在修补13座。\n10月底前完成11座危旧泵房修补。", "11座"),
    # What it is called by, whatever it counts.
    ("审验结果为合格31台、暂扣4台。\n被判定为暂扣的6台设备要重新送检。", "6台"),
    ("在建22个，竣工12个。\n在建的31个单体须挂牌施工。", "31个"),
    ("抽取60个组480户问卷。\n受访840户中，七成表示满意。", "840户"),
    ("全县地处山区，辖8个镇。\n汛前11个镇各组织演练1次。", "11个"),
    # All of them, and none can be more.
    ("街道下辖7个社区、3个渔业村。\n二是5个渔业村缺少码头灯。", "5个"),
    ("会前共走访8个村。\n涉及的十个村要同步申报。", "十个"),
    ("检查药房46家。\n49家药房接入了温度监测。", "49家"),
    ("专班分3组，先后到5个县（市），查看码头12处。\n7个县（市）专职船检员共40人。", "7个"),
    ("对4个标段通报批评，约谈项目部。\n对甲大道、乙大桥、丙隧道、丁支线、戊便道5个标段予以通报批评。", "5个"),
    ("上半年检出问题批次83批次。\n38批次问题批次均已下架。", "38批次"),
    ("边坡还有16处未加固。\n8月底前完成剩余19处边坡加固。", "19处"),
    # What is left, whatever it is called the second time.
    ("已办结证照补录231本，尚有17本缺材料。\n对未补录的27本逐户上门。", "27本"),
    # Two counts side by side, one of them as before.
    # Every word stands beside an earlier number, in whatever order.
    ("全区16个码头中有9个码头停用。\n派专人看管7个停用码头。", "7个"),
    ("安排护岸修复19处，概算820万元。\n汛前完成21处护岸修复并验收。", "21处"),
    ("3个渔政点没有夜视仪。\n为5个没有夜视仪的渔政点各配1台。", "5个"),
    ("对冷库和4个渔港冷藏点进行盘点。\n渔港冷藏点6处，共980平方米。", "6处"),
    # One that itself speaks of the first is no witness for another number.
    ("反馈问题28个。\n26个问题分解到9个站所。\n26个问题中，已整改20个。", "26个"),
    # Two digits exchanged, beside a word that no other figure stands beside.
    # Three digits exchanged need no word, a list's other figures are no company, and rare names have two signs.
    ("慰问2家敬老院、7家药店、53家茶馆。\n10月前实现35家茶馆全部登记。", "35家"),
    ("全镇21名村医中有6名临近退休。\n9月对全镇19名村医培训一遍。", "19名"),
    ("全镇现有秧歌队17支。\n9月底前完成15支秧歌队登记。", "15支"),
    ("管辖2个乡镇、16个行政村。\n8名民警要管14个行政村。", "14个"),
    # What is left, by whatever words.
    ("14个问题已整改到位11个，正在整改3个。\n对正在整改的5个问题每周调度。", "5个"),
    # What a table sums up.
    (
        "完成造林任务4700亩，情况见下表：\n分场　人工　抚育　合计\n东山　900　1200　2100\n合计　1900　2300　4200",
        "4700亩",
    ),
)


@pytest.mark.parametrize(("text", "words"), AGAIN, ids=[text[:16] for text, _ in AGAIN])
def test_what_is_spoken_of_again_has_the_number_it_was_told_with(text, words):
    asked = [("counts-differ", words)] if words else []
    assert told(numbers.check, "通报\n" + text) == asked


OTHERS = (
    # Introduced, not spoken of again.
    "全县登记船闸运营单位9家。\n11家船闸管理所没有值班记录。",
    "本次抽查工地46个，其中房建工地31个、道路工地15个。\n13个工地的塔吊超期，18个工地没有围挡。",
    "检查学校64所，其中初中12所、小学52所。\n14所学校未配灭火毯。",
    # Told with either number, or apart by time, place or what is denied.
    "检验批次412批次，合格406批次、不合格6批次。\n6批次不合格样品全部封存，406批次合格样品予以放行。",
    "完成避险搬迁17户。\n明年完成20户避险搬迁任务。",
    "新建机井5眼。\n现有机井全部登记，6眼机井已经报废。",
    "现有渡船112艘，其中5艘停用。\n107艘渡船均已检验。",
    "反映问题26个，已整改24个。\n反映问题38个，已整改35个。",
    "计划开工66个，实际开工51个。\n尚未开工的15个项目中，缺资金的9个。",
    "站里5名干部和8名志愿者全部会用担架。\n站里5名干部和8名志愿者全部会用担架。",
    "接收军人147人，其中符合政府安排条件15人、领取补助9人。\n15名符合条件军人完成选岗。",
    "全乡现有甲类渡口3处、乙类渡口4处。\n4处乙类渡口均设专人。",
    "审计反映问题94个，要求持续整改的9个已整改5个，尚未整改到位10个。\n10个问题中，历史遗留4个。",
    "检查单位45家，其中优秀12家。\n62家单位的74名档案员参加培训。",
    "7台清污船中有2台超过年限。\n计划购置清污船2台。",
    "完成避险搬迁17户，其中集中安置11户。\n完成20户避险搬迁任务，10月底前入住。",
    "线路涉及3个街道26个台区。\n每个街道26个台区，分两批换表。",
    "查出渗漏点44处，其余6处待开挖；管沟还有9处未清。\n剩余15处年内全部完成。",
    "能够当场整改的85个问题已整改。\n共发现问题128个，其余43个限期整改。",
    "委托检测院对8家生产、储存企业会诊。\n全县有生产企业5家、带储存设施企业3家。",
    "更换水泵8台，其中一级站5台、二级站3台。\n一级站5台水泵已装好。\n二级站3台水泵已到货。",
    "为643人办理了就业登记。\n为634名农民工讨回工资。",
    "完成造林任务4200亩，情况见下表：\n分场　人工　抚育　合计\n东山　900　1200　2100\n合计　1900　2300　4200",
    "14个问题已整改到位11个，正在整改3个。\n对正在整改的3个问题每周调度。",
    "全镇现有秧歌队17支。\n9月底前新建15支秧歌队。",
    "尚有62公里沟渠未衬砌。\n完成62公里沟渠中26公里的衬砌。",
    "农林水支出638万元，增长3.2%。\n争取农林水发展基金683万元。",
    "经过6个月的筹备，4月开馆。\n经费仅够5个月的开支。",
    "本季投放苗种，鳜鱼苗计364箱。\n去年同期，鳜鱼苗由渔政码头接收346箱。",
)


@pytest.mark.parametrize("text", OTHERS, ids=[text[:16] for text in OTHERS])
def test_counts_of_other_things_may_differ(text):
    assert told(numbers.check, "通报\n" + text) == []


def test_a_yearbook_in_one_line_is_read_without_taking_the_square():
    line = "检查船厂{}家，对{}家船厂逐家复查。"
    text = "年报\n" + "".join(line.format(at % 97 + 3, at % 97 + 3) for at in range(4000))
    assert "counts-differ" not in {each.rule for each in numbers.check(from_text(text))}


WHOLE = (
    ("共有渔排640口，分布在5个港区，其中北港区210口、中港区170口、南港区140口、外港区120口。", "5个"),
    ("全年采砂92万吨，来自四个河段，上河段31万吨、中河段42万吨、下河段19万吨。", "四个"),
    ("综合得分前四名为：甲山乡96.2分、丙水镇95.8分、丁桥镇94.9分。", "前四名"),
    ("得分后两位依次是城东所、城西所、城北所。", "后两位"),
)


@pytest.mark.parametrize(("text", "words"), WHOLE, ids=[words for _, words in WHOLE])
def test_a_whole_list_holds_as_many_as_it_is_said_to(text, words):
    assert told(numbers.check, "通报\n" + text) == [("counts-differ", words)]


PARTIAL = (
    "共有渔排640口，分布在4个港区，其中北港区210口、中港区170口、南港区140口、外港区120口。",
    "共有渔排640口，由5个合作社管理，其中北港区210口、中港区170口、南港区140口、外港区120口。",
    "综合得分前四名为：甲山乡、丙水镇、丁桥镇（并列第三）。",
    "综合得分前三名为：甲山乡96.2分、丙水镇95.8分、丁桥镇94.9分。",
)


@pytest.mark.parametrize("text", PARTIAL, ids=[text[-16:] for text in PARTIAL])
def test_a_list_that_may_leave_something_out_need_not(text):
    assert told(numbers.check, "通报\n" + text) == []


NAMES = (
    ("会议同意修建柳塘湾、黄石岗、瓦窑咀{}条机耕路。", "三", "二"),
    ("船检站在白沙渡、芦花渡、石矶渡{}处设卡。", "3", "2"),
    ("把渔政、海事、航道{}个窗口并成一个。", "三", "四"),
    ("暂停礁石垂钓、夜间漂流、洞穴探险共{}个项目。", "3", "4"),
)


@pytest.mark.parametrize(("text", "right", "wrong"), NAMES, ids=[text[:10] for text, *_ in NAMES])
def test_names_before_a_number_are_as_many_whatever_their_unit(text, right, wrong):
    assert told(numbers.check, "通报\n" + text.format(right)) == []
    assert [rule for rule, _ in told(numbers.check, "通报\n" + text.format(wrong))] == ["counts-differ"]


NO_NAMES = (
    "对堤防、闸门、泵房隐患2处限期整改。",
    "市中医院、市疾控中心、市血站及2个卫生院参加。",
    "抽查码头、浮桥、趸船4处设施。",
)


@pytest.mark.parametrize("text", NO_NAMES)
def test_kinds_of_things_are_no_names_of_each(text):
    assert told(numbers.check, "通报\n" + text) == []


def test_what_is_said_above_of_a_numbered_list_counts_its_items():
    items = "（一）第一批次：有船籍的；\n（二）第二批次：有证书的；\n（三）第三批次：其他人员。"
    text = f"办法\n{items}\n以上{{}}个批次依次办理。"
    assert told(numbers.check, text.format("四")) == [("counts-differ", "四个批次")]
    assert told(numbers.check, text.format("三")) == []


UNITS = (
    ("对举报属实的，给予800奖励。", ["800"]),
    ("对举报属实的，给予800元奖励。", []),
    ("全年出栏肉兔12.6万只，年末存栏4.8万。", ["4.8万"]),
    ("全年出栏肉兔12.6万只，年末存栏4.8万只。", []),
    ("观测时HDOP值小于4，水深小于4。", ["4"]),
    ("观测时HDOP值小于4，水深小于4米。", []),
    ("对52加油站逐站复查，更新泵站9。", ["9", "52"]),
    ("对52座加油站逐站复查，更新泵站9座。", []),
    ("申请人应年满18周岁，拨打12315投诉。", []),
    ("储备编织袋2.4万，另有沙袋3万条。", ["2.4万"]),
    ("发病率为97.6/10万，低于上年。", []),
    ("甲厂日供水2万、乙厂4万立方米。", ["2万"]),
    ("检查码头20、船厂12、渡口8处。", []),
)


@pytest.mark.parametrize(("text", "words"), UNITS, ids=[text[-10:] for text, _ in UNITS])
def test_what_is_given_or_told_beside_its_like_wants_its_unit(text, words):
    assert told(numbers.check, "通报\n" + text) == [("unit-missing", each) for each in words]

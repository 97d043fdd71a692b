"""Numbers that are those of all, of what a list or a table names, and of what is left; and clean papers beside them."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .test_numbers import told

ROWS = "分场 栏舍 存栏\n河坪村 6 210\n石坎村 5 190\n柳湾村 4 160\n竹坝村 3 120\n{}"
TWO_WAYS = (
    # All of one kind, because of what is said of them.
    ("8个山区村和6个河滩村共{}个村各备一台水泵。\n年底前对14个村的水泵逐台试机。", "14", "12"),
    ("{}个街道（镇）中，有5个换了水表。\n二是接口松动，8个街道（镇）仍用铸铁管。", "8", "6"),
    ("{}个村各订了一份公约。\n给9个村的公示栏都装上顶棚。", "9", "7"),
    # What it was divided into.
    ("牧道划分为{}个轮牧区：阳坡、阴坡、河滩、岗地、林缘。\n饲草按5个轮牧区备足。", "5", "7"),
    # Of two items of one list told again one has its number.
    # All of them, by the name that stands before the first.
    ("实行错峰供水的小区有46个。\n全部{}个小区换了阀门。", "46", "64"),
    # No more can be done than is left.
    ("摸排“飞线”问题31个，已拆25个，剩余6个下月拆除。\n剩余{}个“飞线”问题国庆前清零。", "6", "8"),
    # More than those of whom it was told, whoever goes to them.
    ("{}个乡镇不同程度缺草。\n派出5个小组分赴9个缺草乡镇察看。", "9", "7"),
    # Two digits exchanged: between a table and the text, and between clauses that share a word of their own.
    ("油菜籽产量{}吨。\n品种 产量\n小麦 5310\n油菜籽 2470\n合计 7780", "2470", "2740"),
    # A figure right behind the mark of a list is told of as any other.
    ("现有垃圾车{}台。\n五、不足\n1.47台垃圾车中12台超期。\n2.36座公厕中4座漏水。\n3.人手少。", "47", "42"),
    # Of all of them together something was found.
    ("本月共检查网吧{}家。\n48家网吧共查出问题75个。", "48", "44"),
)


@pytest.mark.parametrize(("text", "right", "wrong"), TWO_WAYS, ids=[text[:14] for text, *_ in TWO_WAYS])
def test_what_is_counted_twice_has_one_number(text, right, wrong):
    assert told(numbers.check, "通报\n" + text.format(right)) == []
    assert [rule for rule, _ in told(numbers.check, "通报\n" + text.format(wrong))] == ["counts-differ"]


LISTS = (
    ("领证时带户口簿、结婚证、疫苗本{}项材料。", "3", "4"),
    ("楼内设阅览室、书画室、棋牌室、排练厅{}个活动室。", "4", "5"),
    ("专班下设接访、调查、督办{}个小组。", "3", "4"),
    ("站里分别于3月8日、4月12日召开{}次碰头会。", "两", "三"),
    ("每日8时、12时、18时{}次上报水位。", "三", "四"),
    ("组织{}次夜查，分别为6月3日、6月17日、7月1日。", "3", "5"),
    ("全年拉练{}次：4月护林、7月防汛、10月消防各1次。", "3", "5"),
    ("本次比武共设{}个科目：\n1.结绳。\n2.抛投。\n3.驾艇。\n4.包扎。", "4", "5"),
    (
        "二、自查重点\n（一）有无台账；\n（二）有无警示；\n（三）有无预案。\n三、步骤\n各站对照上述{}项重点自查。",
        "3",
        "4",
    ),
    (
        "研究了汛前工作，议定事项如下：\n一、关于清淤。\n二、关于物资。\n三、关于值班。\n要对照{}项议定事项落实。",
        "三",
        "五",
    ),
)


@pytest.mark.parametrize(("text", "right", "wrong"), LISTS, ids=[text[:14] for text, *_ in LISTS])
def test_what_is_named_is_as_many_as_it_is_said_to_be(text, right, wrong):
    assert told(numbers.check, "通报\n" + text.format(right)) == []
    assert [rule for rule, _ in told(numbers.check, "通报\n" + text.format(wrong))] == ["counts-differ"]


CLEAN = (
    # Side by side, and together under a wider name.
    "全镇辖13个村、2个社区。\n7月，13个村均成立巡逻队。\n15个村（社区）负责人到会。",
    "街道管8个社区、5个行政村。\n13个社区（村）书记参加。",
    # The rest, and what is only a part.
    "木耳乡4起、石磨镇2起，其余7个乡镇未发生。\n11个乡镇中有3个没有水罐车。",
    "采样饮片12批、制剂5批，合格15批。\n一、饮片\n其中1批水分超标，判为不合格；其余11批合格。",
    "从行业看，石材厂17家86项，竹器厂15家61项，网吧11家32项。\n51家企业电线老化，占受检企业的68.0%。",
    "全市有书店75家。\n57家书店设了盲道，占76.0%。",
    # Deadlines count no things.
    "初审在3个工作日内办结。\n复审5个工作日内办结，公示7个工作日。",
    "每周一课讲防溺水，全校28个教学班。\n全学期18个教学周共讲18次。",
    # Some of them one by one, and all together.
    "对4个村开展巡察，对6个村开展回访。\n在9个村播放广播。",
    "6个村（社区）被评为优秀，8个村（社区）被评为良好。\n14个村（社区）的文书到会。",
    "全县开放码头5个。\n3个A级码头接待游客24万人次。",
    "查看渡槽16座、水窖13座。\n16座渡槽中2座渗水；11座土窖水质浑浊。",
    f"全镇11个村上报。\n{ROWS.format('合计 18 680')}\n其余7个村没有栏舍。",
    "塌方共26处，已清理19处，尚余7处。\n4月底前完成9处新增塌方的清理。",
    "危房36户，已改造28户，剩余8户。\n3月底前完成10户低保户住房改造。",
    # Kinds of things are no names of each.
    "实施道路、桥梁、水利4个项目。\n由公安、城管、交通5名队员值守。",
    "领证时带户口簿、结婚证等3项材料。",
    "共评出3个单位：\n1.一等奖：柳镇。\n2.二等奖：杨镇。\n3.三等奖：榆镇。",
    "一、问题\n1.值守不严。\n2.台账不清。\n二、要求\n对照上述5项职责抓好整改。",
)


@pytest.mark.parametrize("text", CLEAN, ids=[text[:14] for text in CLEAN])
def test_some_of_them_and_several_together_are_other_numbers(text):
    assert told(numbers.check, "通报\n" + text) == []

"""One sign sown over a few sentences, what scans misread in words of every office, and what is left alone."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import from_text


def told(text: str, *rules: str) -> list[str]:
    """What is told by some rules, with the text it stands in."""
    return [text[each.span.start : each.span.end] for each in check(from_text(text)) if each.rule in rules]


@pytest.mark.parametrize("sign", ["◇", "∴", "ǂ", "♣", "ʘ", "⊿"])
def test_one_sign_a_few_times_in_the_middle_of_sentences_was_put_in(sign):
    text = (
        f"全所{sign}上半年巡查水库42座次，查出渗漏3处，当场封{sign}堵2处，其余1处{sign}报县水利局。"
        f"汛前清理溢洪{sign}道5条，补充编织袋1{sign}200条。"
    )
    assert told(text, "copy-protection", "torn-word").count(sign) == 5


@pytest.mark.parametrize(
    "text",
    [
        "全年呈现四个特点：●产销同步增长●盈利向大户集中●亏损面缩小●在建规模扩大。",
        "混凝土按水泥∶砂∶石配制，今年甲队配比为1∶2∶4，乙队为1∶3∶5，丙队为1∶2∶3。",
        "春◆夏◆秋◆冬，四个季节各办一场书市，读者可凭借书证入场，每场限200人。",
        "答卷中标★的题目为必答题，未标★的为选答题，标★的题目共6道，每道10分。",
    ],
)
def test_signs_before_items_and_between_figures_are_the_paper_s_own(text):
    assert told(text, "copy-protection", "torn-word") == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("施工现场无人监沪，被责令停工。", "监沪"),
        ("逾期不予受埋，后果自负。", "受埋"),
        ("菌落总薮超过标准，判为不合格。", "总薮"),
        ("情节轻徽的，给予批评教育。", "轻徽"),
        ("数据已汇总分忻，附后。", "分忻"),
        ("安检机实行一机両人。", "両"),
        ("各点隐患均巳上报县局。", "巳"),
        ("遇6级以⊥大风停止吊装。", "⊥"),
        ("每周=上午集中学习。", "="),
        ("新设流动服务点3B个，配车2辆。", "3B"),
    ],
)
def test_what_a_scan_misread_in_words_of_every_office_is_pointed_out(text, seen):
    assert told(text, "recognition-error") == [seen]


@pytest.mark.parametrize(
    "text",
    [
        "展馆用冰量由8万立方米增至10万立方米。",
        "今年是乙巳年，巳时开祭，午时礼成。",
        "主队以0∶3败下阵来，观众涉水趟过洼地退场。",
        "园中檀树与松柏相间，游人不绝。",
    ],
)
def test_right_characters_stay_unmentioned(text):
    assert told(text, "recognition-error") == []


def test_a_figure_that_is_missing_before_its_unit_is_left_open_and_no_stray_space():
    text = "卫生院全年诊疗  万人次，漏报一次扣考核分  分。"
    assert told(text, "blank") == ["  ", "  "]
    assert told(text, "space-in-chinese") == []


def test_a_reporter_s_name_stands_apart_and_a_label_heads_its_paragraph():
    text = "（记者 周雯）5月6日，书市落下帷幕，读者称便。\n【数据】三天接待读者8600人次，借出图书1.2万册。"
    assert told(text, "space-in-chinese", "template-words") == []


def test_a_clause_of_purpose_that_a_line_end_cut_is_one_sentence():
    assert told("为丰富职工文化\n生活，经研究，定于9月举办运动会，请各单位报名。", "broken-line") == ["\n"]
    assert told("为民办实事\n今年，全镇修通村组道路12条，群众满意。", "broken-line") == []


def test_where_a_text_was_taken_from_is_told_inside_a_sentence_too():
    text = "监督检查18次本文来自公文范文网，查出问题54条。"
    assert told(text, "site-footer") == ["本文来自公文范文网"]


REPORT = """{title}
{to}
按照要求，我单位对上半年安全情况进行了自查，查出隐患3处，均已整改到位。
下一步，将对全部设备再查一遍，并于9月底前报送结果。
{name}
2025年7月4日
"""


@pytest.mark.parametrize("name", ["柳沟煤矿", "腾南海关", "第三采油厂输油大班", "项目评价小组"])
def test_whoever_stands_alone_above_the_day_has_signed(name):
    text = REPORT.format(title="关于上半年安全自查情况的报告", to="县应急管理局：", name=name)
    assert told(text, "signature-missing") == []
    assert len(told(text.replace(f"{name}\n", ""), "signature-missing")) == 1


def test_a_published_account_goes_to_nobody_and_minutes_may_be_dated_under_their_title():
    published = REPORT.format(title="县图书馆上半年读者服务情况通报", to="", name="县图书馆")
    assert told(published, "addressee-missing") == []
    formal = REPORT.format(title="关于上半年读者服务情况的通报", to="", name="县图书馆")
    assert len(told(formal, "addressee-missing")) == 1
    minutes = (
        "港务局第三季度生产调度会会议纪要\n（2025年10月11日印发）\n时间：2025年10月9日14时至16时\n"
        "会议听取了三个作业区的汇报，指出装卸效率仍有差距，要求各作业区月底前完成整改。\n港务局办公室\n"
    )
    assert told(minutes, "date-missing") == []

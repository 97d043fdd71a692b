"""Misread characters, codes strewn over a page and text read in another encoding, beside what only looks so."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules import noise

PAPER = """关于秋季渡口检查情况的报告
本周共检查渡口{0}12处，登记船只46艘，其中客船{1}19艘、货船27艘。
检查组{2}随身带了测深杆，逐个船舱看过，救生衣放在顺手的{3}地方，灭火器压力正常。
有两处候船棚漏雨，{4}已经请人修补；码头护栏松动，暂时用绳{5}子拉住。
下周继续查看夜{6}间照明，把结果贴在候船室门口，方便{7}乘客监督。
"""


def told(text: str, rule: str) -> list[str]:
    return [
        text[each.span.start : each.span.end] for each in noise.check(from_text(text)) if each.rule == rule
    ]


@pytest.mark.parametrize(
    ("line", "seen", "meant"),
    [
        ("夜班由两名护土轮流照看伤员。", "护土", "护士"),
        ("下午三时恢复通衍，请绕行司机放心。", "通衍", "通行"),
        ("库房里的货架要重新加囿，免得倒塌。", "加囿", "加固"),
        ("散场时按楼层蔬散，不要拥挤。", "蔬散", "疏散"),
        ("这次检查由志愿着和站长一起完成。", "着", "者"),
        ("停车棚里只停了3俩。", "俩", "辆"),
        ("遇到险情请拨11O。", "11O", "110"),
        ("测得接地值1oΩ。", "1o", "10"),
        ("清扫和管护是我站主要职贵，现将情况总结如下。", "职贵", "职责"),
        ("筛出高风险水井92眼，均落卖管护。", "落卖", "落实"),
        ("我乡原则同慧规划内容。", "同慧", "同意"),
        ("值班员3Z名中有6名请假。", "3Z", "32"),
        ("全镇压实护渔贵任，严格值守。", "贵任", "责任"),
        ("水费决算送市局复宙计后公布。", "宙计", "审计"),
        ("渡工须随身带好恃证上岗的牌子。", "恃证", "持证"),
        ("老泵房里跑冐滴漏不断。", "跑冐", "跑冒"),
        ("两个班组的口径不一至，要重新核对。", "一至", "一致"),
        ("抢险队伍24小时备勒，随叫随到。", "备勒", "备勤"),
        ("排名末位的单位，由县政府约淡。", "约淡", "约谈"),
        ("所提问题与实际不苻，要重新核实。", "不苻", "不符"),
        ("水位超过汛限，均己按调度令下泄。", "己", "已"),
        ("其余4个站点尚末启动。", "尚末", "尚未"),
    ],
)
def test_what_scans_take_for_each_other_is_told(line, seen, meant):
    (found,) = [each for each in noise.check(from_text(line)) if each.rule == "recognition-error"]
    assert line[found.span.start : found.span.end] == seen
    assert meant in found.message.zh


@pytest.mark.parametrize(
    "line",
    [
        "前台小姐说，高薪聘来的师傅头发都花白了，活儿太多，效益不佳。",
        "村里拨出五千元，乡贤捐出三万元，人群涌向戏台。",
        "记者查春明、村民刘夫生和队长段昆生都在场。",
        "他两口子俩都是志愿者，看着孩子写字。",
        "不能把公家的东西占为己有。",
        "稳字当头、干字为先，较好完成了各项任务。",
        "清淤采用干河施工与水力冲挖相结合的方式。",
        "确保三季度末完成投资1900亿元以上。",
        "新增了水利工程代表队（领队阮成业，手机见附表）。",
        "看房团选了2B户型，顺路去了5S店，车位在8B号。",
        "春到河湾，春来得早，经过一冬，苗圃里的花圃都活了。",
    ],
)
def test_everyday_words_and_names_are_no_misreadings(line):
    assert told(line, "recognition-error") == []


def test_a_paper_strewn_with_codes_shows_what_could_be_a_name_elsewhere():
    pieces = ["Wz", "#k", "x7~", "R", "*", "H3", "Wz", "9#"]
    assert set(told(PAPER.format(*pieces), "copy-protection")) == set(pieces)
    alone = PAPER.format("", "", "H3", "", "", "", "", "*")
    assert told(alone, "copy-protection") == []


def test_letters_of_quantities_places_and_series_stay_in_a_paper_strewn_with_codes():
    strewn = PAPER.format("Wz", "#k", "x7~", "", "", "#k", "x7~", "")
    own = "接地电阻R不大于4Ω，车停在停车场P2。流感分H5、H7两型，其中Q为流量，用A4纸打印，进ICU看望，还剩*处。"
    assert set(told(strewn + own, "copy-protection")) == {"Wz", "#k", "x7~"}


@pytest.mark.parametrize(
    "text",
    [
        "月份 起数 面积（公顷）\n1月 1 2.3\n2月 2 6.5\n3月 4 19.8",
        "编号  乡镇  类型  金额\nLJ-021  上坝镇  急难型  6000\nLJ-022（两人户，无住房）  石鼓乡  支出型  4800",
        "（联系人：镇水利站站长 于海波）",
        "承办单位：县水利局 联系人蒋海燕，电话0855-8223311",
        "报：县政府办公室，市水利局　送：各乡镇　（共印35份）",
        "附表 白河流域逐月降水统计，含测站两处。",
    ],
)
def test_spaces_that_set_columns_fields_and_names_apart_stay(text):
    assert told(text, "space-in-chinese") == []


@pytest.mark.parametrize("text", ["汛期共查出 1 2 处隐患，均已整改。", "下拨资金1 2.5万元，其余自筹。"])
def test_spaces_inside_a_figure_of_a_sentence_are_told(text):
    assert told(text, "space-in-chinese") != []


@pytest.mark.parametrize("piece", ["技师", "检验科冷库", "恢复时间另行"])
def test_text_read_in_the_other_chinese_encoding_is_told(piece):
    garbled = piece.encode("gbk").decode("cp950")
    (found,) = [
        each for each in noise.check(from_text(f"其中有{garbled}，已经登记。")) if each.rule == "mojibake"
    ]
    assert piece in found.message.zh


@pytest.mark.parametrize(
    "line",
    ["撮镇的渡口有两处。", "大廣場的噴水池與舊圖書館相鄰，遊客衆多。", "瑭、玟、珩三种玉料的编号见附表。"],
)
def test_rare_and_traditional_characters_are_no_other_encoding(line):
    assert told(line, "mojibake") == []


def test_stress_marks_behind_a_figure_and_quoted_mojibake_are_told():
    assert told("按每人每天15**升核算**，分三次送。", "markup-left") == ["**升核算**"]
    garbled = "听见雷声".encode("gbk").decode("cp1252")
    assert told(f"学校把“{garbled}、进屋关窗”讲给孩子听。", "mojibake") == [garbled]


def test_a_sentence_goes_on_behind_an_empty_line_and_a_heading_does_not():
    cut = "今年6月8日夜里下了暴雨，渡口的跳板\n\n被冲走，次日上午由船主修好。"
    assert told(cut, "broken-line") == ["\n\n"]
    heading = "一、压实责任，守住底线\n\n各渡口由船主负责，镇里每周查看。"
    assert told(heading, "broken-line") == []


@pytest.mark.parametrize(
    "text",
    [
        "生僻地名的读音：亳（bó）州、歙（shè）县、盱眙（xū yí）、溇（lóu）港、礐（què）石。",
        "山名：塝音bàng，田边土坡；浉河，浉音shī；峃口，“峃”读作xué。堿、鹼统一作“碱”，隄写作“堤”。",
        "发：各乡镇防汛指挥部，县防指成员单位\n编辑：孙立新　　审核：宋大江　　签发：何平",
        "浅Ⅱ度伤及真皮浅层；深Ⅱ度水疱较小。",
        "三、强化排查，深入整治隐患\n上半年，共组织检查62次，出动318人次，发现隐患329条。",
        "设计频率P=1%时降雨241毫米，流量按Q=aH^b推求，仪器精度3mm+1ppm。",
        "单位：万元\n年度\t接待\t用车\n2024年\t8.1\t27.5",
    ],
)
def test_readings_formulas_and_heads_of_tables_are_no_noise(text):
    assert list(noise.check(from_text(text))) == []


@pytest.mark.parametrize(
    ("line", "rule", "seen"),
    [
        ("护栏已经修好。◎现将花费公布如下。", "copy-protection", ["◎"]),
        ("渡船全部检修完毕。；明日复航。", "doubled-punctuation", ["。；"]),
        ("值班电话改为×××××，请转告。", "mojibake", []),
        ("河边的滑野冰场封闭了。", "torn-word", []),
        ("三里店镇、双塘镇各派一条船。", "recognition-error", []),
        ("特 此 公 告 。", "space-in-chinese", [" ", " ", " ", " "]),
    ],
)
def test_signs_behind_a_sentence_are_told_and_names_are_not(line, rule, seen):
    assert told(line, rule) == seen


def test_a_title_in_two_lines_is_no_broken_line():
    paper = "临河市水务局关于今年下半年\n内部审计工作情况的报告\n\n市审计局：\n\n现将有关情况报告如下。\n"
    assert told(paper, "broken-line") == []


@pytest.mark.parametrize(
    ("paper", "rule", "seen"),
    [
        (
            "县政府：\n【全文完】点击下载word版为做好合作，现商请如下。",
            "site-footer",
            ["【全文完】点击下载word版"],
        ),
        ("请于7月5日前[复制链接]报区局。", "site-footer", ["[复制链接]"]),
        ("请登录系统，点击【打印】按钮打印申报表。", "site-footer", []),
        ("总结如下。\n更多总结范文：www.zjfw-demo.cn", "site-footer", ["更多总结范文：www.zjfw-demo.cn"]),
        ("申报材料下载地址：www.zjt.gov.cn，请查收。", "site-footer", []),
        ("队员体能不足锛岃，装备操作生疏。", "mojibake", ["锛岃"]),
        ("32项任务全部完成??\n下一步抓好落实。", "mojibake", ["??"]),
        ("本季合计#NAME?元，已经入账。", "mojibake", ["#NAME?"]),
        ("督查为期21天．", "half-width-punctuation", ["．"]),
        ("有关事项函告如下：:\n请支持。", "doubled-punctuation", ["：:"]),
        ("附件：1.申报表\n2.绩效目标表\n（联系处室：投资处，电话见首页）", "broken-line", []),
        ("10月7日、8日 带班领导 兰少华（县水利局），请按时到岗。", "space-in-chinese", []),
    ],
)
def test_what_sites_leave_inside_paragraphs_is_told_and_rows_and_buttons_are_not(paper, rule, seen):
    assert told(paper, rule) == seen

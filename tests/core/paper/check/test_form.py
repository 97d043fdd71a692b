"""Form: numbers of headings, the parts a paper must have, and how they are written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import Document, Paragraph, from_text
from fenghuo.core.paper.check.outline import written
from fenghuo.core.paper.check.repair import repair
from fenghuo.core.paper.check.rules import form

from .papers import NOTICE, PLAN, REPORT, REQUEST, RIGHT, SUMMARY, told, within


def lines(*numbers: str) -> str:
    return "\n".join(f"{number}做好火源管控有关事项" for number in numbers)


NUMBERED = [
    # (numbers of the paragraphs, the rule, the number it points at)
    (("一、", "三、"), "number-skips", "三、"),
    (("一、", "二、", "二、"), "number-repeats", "二、"),
    (("二、", "三、"), "number-skips", "二、"),
    (("一、", "（一）", "（三）"), "number-skips", "（三）"),
    (("一、", "（一）", "（一）"), "number-repeats", "（一）"),
    (("一、", "（一）", "（二）", "二、", "（一）", "（三）"), "number-skips", "（三）"),
    (("一、", "1.", "3."), "number-skips", "3."),
    (("一、", "1.", "2.", "2."), "number-repeats", "2."),
    (("一、", "1.", "（1）", "（3）"), "number-skips", "（3）"),
    (("第一条 ", "第三条 "), "number-skips", "第三条"),
    (("第一章 ", "第二章 ", "第二章 "), "number-repeats", "第二章"),
    (("一、", "（一）", "二、", "（三）"), "number-skips", "（三）"),
    (("（一）", "（二）", "一、", "（一）"), "level-order", "（一）"),
    (("一、", "1.", "（一）"), "level-order", "（一）"),
    (("1.", "2.", "（一）", "（二）", "3."), "level-order", "（一）"),
    (("1.", "（一）", "（二）", "2.", "（一）"), "level-order", "（一）"),
    (("（1）", "（2）", "（一）", "（二）"), "level-order", "（一）"),
    (("一、", "（一）", "（1）", "（2）"), "level-order", "（1）"),
    (("一、", "1.", "（1）", "①", "②"), "level-unknown", "①"),
    (("一.",), "number-form", "一."),
    (("一，",), "number-form", "一，"),
    (("一、", "(一)"), "number-form", "(一)"),
    (("一、", "（一）、"), "number-form", "（一）、"),
    (("一、", "（一)"), "number-form", "（一)"),
    (("一、", "1、"), "number-comma", "1、"),
    (("一、", "1.", "(1)"), "number-form", "(1)"),
]


@pytest.mark.parametrize(("numbers", "rule", "words"), NUMBERED, ids=[" ".join(each[0]) for each in NUMBERED])
def test_a_wrong_number_is_found_where_it_stands(numbers, rule, words):
    assert told(form.check, lines(*numbers)) == [(rule, words)]


# All numbers of a paper are one tree: those of another sort than their list, whichever they are.
ODD = (
    # first, middle, last, several of a list
    (("一、", "1.", "①", "（2）", "（3）", "2."), ["①"]),
    (("一、", "1.", "（1）", "②", "（3）", "2."), ["②"]),
    (("一、", "1.", "（1）", "（2）", "③", "2."), ["③"]),
    (("一、", "1.", "（1）", "②", "③", "2."), ["②", "③"]),
    (("一、", "1.", "①", "②", "（3）", "2."), ["①", "②"]),
    # marks of an outer level as points of an inner list
    (("一、", "（一）", "一、", "二、", "（二）", "二、"), ["一、", "二、"]),
    (("一、", "二、", "（一）", "一、", "2.", "3.", "（二）", "三、"), ["一、"]),
    (("一、", "（一）", "1.", "二、", "3.", "（二）", "二、"), ["二、"]),
    (("一、", "（一）", "（二）", "3.", "（四）", "二、"), ["3."]),
    (("一、", "二、", "（三）", "四、"), ["（三）"]),
)


@pytest.mark.parametrize(("numbers", "odd"), ODD, ids=[" ".join(each[0]) for each in ODD])
def test_the_one_of_another_sort_among_its_siblings_is_told_and_none_behind_it(numbers, odd):
    assert [words for _, words in told(form.check, lines(*numbers))] == odd


EVEN = (
    ("一、", "1.", "（1）", "（2）", "2.", "（1）", "二、"),
    ("一、", "（一）", "（二）", "二、", "三、", "一、", "二、", "（一）", "（二）", "三、"),
    ("一、", "（（一）", "（二）", "（三））", "二、"),
)


@pytest.mark.parametrize("numbers", EVEN, ids=" ".join)
def test_lists_inside_lists_a_second_series_and_doubled_brackets_lose_no_count(numbers):
    assert told(form.check, lines(*numbers)) == []


INLINE = [
    ("要做到：（1）抓宣传；②抓巡护；（3）抓值守。", "level-unknown", "②"),
    ("要做到：①抓宣传；（2）抓巡护；（3）抓值守。", "level-unknown", "①"),
    ("要做到：（1）抓宣传；（2）抓巡护；③4月底前抓值守。", "level-unknown", "③"),
    ("要做到：（1）抓宣传；2）抓巡护；（3）抓值守。", "level-order", "2）"),
    ("要做到：一是抓宣传；三是抓巡护。", "number-skips", "三"),
    ("一是抓宣传；二是抓巡护；二是抓值守。", "number-repeats", "二"),
    ("第一，抓宣传。第三，抓巡护。", "number-skips", "三"),
    ("包括（1）宣传；（2）巡护；（4）值守。", "number-skips", "（4）"),
    ("包括①宣传；③巡护。", "number-skips", "③"),
]


@pytest.mark.parametrize(("sentence", "rule", "words"), INLINE, ids=[each[0] for each in INLINE])
def test_a_list_inside_a_paragraph_counts_as_well(sentence, rule, words):
    assert told(form.check, sentence) == [(rule, words)]


SILENT = [
    lines("一、", "二、", "（1）", "（2）", "三、"),  # whose only other level is （1）
    lines(
        "（一）", "1.", "2.", "（二）", "（三）"
    ),  # a paper that counts its own matters so, without any 一、
    "表中数据来自水文站。\n注：1.全年值非各月平均；\n2.蓄水量为时点数。",
    lines("一、", "二、", "三、"),
    "1.高血压患者管理。\n2.2型糖尿病患者管理。\n3.儿童健康管理。",
    lines("一、", "（一）", "（二）", "二、", "（一）", "（二）"),
    lines("一、", "1.", "2.", "二、", "1.", "2."),
    lines("一、", "（一）", "1.", "（1）", "（2）", "2.", "（二）", "二、"),
    lines("一、", "1.", "2.", "二、", "3.", "4."),
    lines("一、", "（一）", "二、", "（二）", "三、", "（三）"),
    lines("1.", "2.", "3."),
    lines("一、", "1．", "2．"),
    lines("第一章 ", "第一条 ", "第二条 ", "第二章 ", "第三条 "),
    lines("第一条 ", "（一）", "（二）", "第二条 ", "（一）", "（二）"),
    lines("一、", "二、", "十、")[: len(lines("一、", "二、"))],
    lines(*(written(1, number) for number in range(1, 24))),
    "1.队伍到位；\n2.42处避难场所配齐水电；\n3.每年演练2次。",
    "1.2026年改造6处；\n2.每处设开门人2名。",
    "一、抓好落实\n1.2万亩林区全部设卡。\n2.5公里防火通道完成清理。",
    "2026年4月3日，召开会议。\n12个村全部设卡。",
    "一是抓宣传，二是抓巡护，三是抓值守。一是定人，二是定岗。",
    "一是一、二是二，实事求是。",
    "第一，抓宣传。第二，抓巡护。",
    "一要抓宣传；二要抓巡护；三要抓值守。",
    "各组分别负责①号、③号、⑤号卡点。",
    "（1）号卡点由上湾村负责。",
    "参加会议的有镇长、副镇长，第三方机构，一二三产业代表。",
    "根据国务院令（第493号）和《条例》（2008年修订）执行。",
    "依据云政发〔2026〕3号、云森防办发〔2026〕12号文件。",
    "案号为（2026）云01民初12号。",
    "2026年4月3日至10月20日为整治期。",
    "附件：值班电话表",
    "附件：1.值班电话表\n2.各村火险等级表",
    "附件：1.值班电话表\n　　　2.各村火险等级表\n　　　3.检查站名单",
    "一九四九年以来，三三两两，七一前后。",
    "十九大以来，二十个村完成改造。",
]


@pytest.mark.parametrize("text", SILENT, ids=[text[:24].replace("\n", " ") for text in SILENT])
def test_what_is_right_is_left_alone(text):
    assert told(form.check, text) == []


@pytest.mark.parametrize("name", RIGHT)
def test_whole_papers_that_are_right_are_left_alone(name):
    assert told(form.check, RIGHT[name]) == []


CHANGED = [
    (REPORT, "云政发〔2026〕17号", "云政发[2026]17号", "paper-number-brackets", "[2026]"),
    (REPORT, "云政发〔2026〕17号", "云政发（2026）17号", "paper-number-brackets", "（2026）"),
    (REPORT, "云政发〔2026〕17号", "云政发【2026】17号", "paper-number-brackets", "【2026】"),
    (REPORT, "云政发〔2026〕17号", "云政发〔26〕17号", "paper-number-year", "26"),
    (REPORT, "云政发〔2026〕17号", "云政发〔2026〕第17号", "paper-number-serial", "第17号"),
    (REPORT, "云政发〔2026〕17号", "云政发〔2026〕017号", "paper-number-serial", "017号"),
    (REPORT, "\n2026年7月8日\n", "\n2026年07月08日\n", "date-zeros", "2026年07月08日"),
    (REPORT, "\n2026年7月8日\n", "\n二〇二六年七月八日\n", "date-form", "二〇二六年七月八日"),
    (REPORT, "\n2026年7月8日\n", "\n2026.7.8\n", "date-form", "2026.7.8"),
    (REPORT, "\n2026年7月8日\n", "\n2026年7月\n", "date-incomplete", "2026年7月"),
    (REPORT, "\n2026年7月8日\n", "\n", "date-missing", "云岭镇人民政府"),
    (REPORT, "特此报告。", "特此通知。", "closing-words", "特此通知"),
    (REPORT, "特此报告。", "妥否，请批示。", "request-in-report", "妥否，请批示"),
    (REPORT, "工作情况的报告\n", "工作情况的报告。\n", "title-punctuation", "。"),
    (REPORT, "情况统计表\n", "情况统计表。\n", "attachment-form", "。"),
    (REPORT, "附件：1.", "附件:1.", "attachment-form", ":"),
    (REPORT, "\n2.隐患整改台账", "\n3.隐患整改台账", "number-skips", "3."),
    (
        NOTICE,
        "\n石桥县森林草原防灭火指挥部办公室\n2026年3月20日",
        "\n2026年3月20日",
        "signature-missing",
        "2026年3月20日",
    ),
    (SUMMARY, "\n云岭镇人民政府\n2025年12月28日", "\n云岭镇人民政府", "date-missing", "云岭镇人民政府"),
    (PLAN, "第四条 ", "第五条 ", "number-skips", "第五条"),
]


@pytest.mark.parametrize(
    ("paper", "right", "wrong", "rule", "words"),
    CHANGED,
    ids=[f"{each[3]} {each[2][:14].strip()}" for each in CHANGED],
)
def test_a_fault_of_form_in_a_whole_paper_is_found_alone(paper, right, wrong, rule, words):
    assert told(form.check, within(paper, right, wrong)) == [(rule, words)]


def test_a_notice_and_a_request_need_an_addressee():
    without = within(NOTICE, "各乡镇人民政府，县指挥部各成员单位：\n", "")
    assert [rule for rule, _ in told(form.check, without)] == ["addressee-missing"]
    without = within(REQUEST, "\n县人民政府：", "")
    assert [rule for rule, _ in told(form.check, without)] == ["addressee-missing"]


def test_a_paper_with_a_number_needs_a_title():
    title = "云岭镇人民政府关于2026年上半年安全生产和森林防灭火工作情况的报告\n"
    assert ("title-missing", "云政发〔2026〕17号") in told(form.check, within(REPORT, title, ""))


def test_a_fragment_lacks_nothing():
    assert told(form.check, "各村要高度重视，压实责任。\n执行24小时值班制度。") == []


def test_numbers_that_word_counts_are_judged_and_not_mended():
    text = "做好宣传\n做好巡护"
    numbered = Document("", "docx", text, (Paragraph(0, 4, number="一、"), Paragraph(5, 9, number="三、")))
    found = list(form.check(numbered))
    assert [each.rule for each in found] == ["number-skips"]
    assert found[0].mend is None


def test_cells_of_a_table_are_no_headings():
    text = "1.\n3.\n一、"
    cells = tuple(Paragraph(at, at + 2, cell=True) for at in (0, 3, 6))
    assert list(form.check(Document("", "docx", text, cells))) == []


def mended(text: str) -> str:
    """The text with every mend of form applied until none is left, as repair does."""
    for _ in range(30):
        found = [each for each in form.check(from_text(text)) if each.mend is not None]
        if not found:
            break
        for each in sorted(found, key=lambda each: each.span.start, reverse=True):
            text = text[: each.span.start] + (each.mend or "") + text[each.span.end :]
    return text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (lines("一、", "三、", "四、"), lines("一、", "二、", "三、")),
        (lines("一、", "(一)", "(三)", "(四)"), lines("一、", "（一）", "（二）", "（三）")),
        (lines("一.", "二，"), lines("一、", "二、")),
        (lines("一、", "1、", "2、", "2、"), lines("一、", "1.", "2.", "3.")),
        ("云政发[2026]3号", "云政发〔2026〕3号"),
        ("附件:1.值班表。\n2.名单；", "附件：1.值班表\n2.名单"),
    ],
)
def test_mending_leaves_nothing_more_to_mend(wrong, right):
    assert mended(wrong) == right
    assert mended(right) == right


def test_a_paper_that_numbers_1_comma_throughout_is_told_once_and_mended_everywhere():
    text = lines("一、", "1、", "2、", "3、", "二、", "1、", "2、") + "\n特此报告。"
    commas = [each for each in check(from_text(text)) if each.rule == "number-comma"]
    assert [text[each.span.start : each.span.end] for each in commas] == ["1、"]
    assert [each.text for each in commas[0].elsewhere] == ["2、", "3、", "1、", "2、"]
    assert "5处" in commas[0].message.zh
    mends = repair(text.encode())
    assert mends.after == re.sub(r"(?m)^(\d)、", r"\1.", text)
    assert [each.rule for each in mends.changes] == ["number-comma"] * 5
    close = "1、高血压患者管理。\n2、2型糖尿病患者管理。\n3、儿童健康管理。"
    assert [rule for rule, _ in told(form.check, close)] == ["number-comma"] * 3


def counted(*numbers: str) -> str:
    return "\n".join(
        f"{number} 分级响应" if number.isdigit() else f"{number} 值守要求\n各村按职责分工落实，24小时值守。"
        for number in numbers
    )


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ("1 1.1 1.2 1.4 2 2.1 2.2 3 3.1", [("number-skips", "1.4")]),
        ("1 1.1 1.2 2 2.1 2.2 4 3.1 3.2", [("number-skips", "4")]),
        ("1 1.1 1.2 2 2.1 2.2 3 2.1 3.2 4", [("number-repeats", "2.1")]),
        ("1 1.1 1.2 2 2.1 2.1 2.3 3 3.1", [("number-repeats", "2.1")]),
        ("1.1 1.2 1.3 2.1 2.2 2.4", [("number-skips", "2.4")]),
        ("1 1.1 1.1.1 1.1.2 1.2 1.2.1 1.2.3 2", [("number-skips", "1.2.3")]),
        ("1 1.1 1.2 2 2.1 2.2 3 3.1", []),
        ("1 1.1 1.1.1 1.1.2 1.2 2 2.1 2.1.1", []),
        ("1.1 3.4 2.7 6.2 1.9", []),
    ],
)
def test_a_plan_that_counts_by_figures_and_points_is_followed_as_well(numbers, found):
    assert told(form.check, counted(*numbers.split())) == found


@given(st.integers(1, 4), st.integers(3, 12), st.data())
def test_wherever_one_number_is_left_out_it_is_found_and_mended(level, count, data):
    gone = data.draw(st.integers(2, count - 1))
    above = {1: "", 2: "一、总体要求\n", 3: "一、总体要求\n", 4: "一、总体要求\n1.组织领导\n"}[level]
    text = above + lines(*(written(level, number) for number in range(1, count + 1) if number != gone))
    assert told(form.check, text) == [("number-skips", written(level, gone + 1))]
    assert told(form.check, mended(text)) == []


@pytest.mark.parametrize("number", ["安火险预警〔2026〕第7号", "应急简报〔2026〕第3号"])
def test_issues_of_warnings_and_bulletins_are_counted_with_their_own_word(number):
    assert "paper-number-serial" not in [rule for rule, _ in told(form.check, f"现按{number}执行。")]


def test_a_report_with_a_number_needs_an_addressee_and_one_that_is_read_out_does_not():
    def rules_of(title: str) -> list[str]:
        text = f"云安办〔2026〕9号\n{title}\n全镇共检查企业42家，发现隐患57处，均已整改到位，现场逐一复查。\n"
        return [rule for rule, _ in told(form.check, text + "云岭镇安全生产委员会办公室\n2026年5月8日")]

    assert "addressee-missing" in rules_of("云岭镇安全生产检查情况报告")
    assert "addressee-missing" not in rules_of("云岭镇政府工作报告")
    signed = "平武县水利局\n2026年5月8日"
    found = "平武县水利局\n汛前专项检查报告\n共检查水库12座，发现隐患7处，均已整改到位并逐一复查。\n"
    assert told(form.check, found + signed) == []
    account = (
        "关于公路养护情况的汇报\n{}全年养护公路412公里，修补路面6处，资金已全部到位并通过验收。\n{}" + signed
    )
    assert told(form.check, account.format("", "")) == []
    assert [rule for rule, _ in told(form.check, account.format("", "专此汇报。\n"))] == ["addressee-missing"]
    assert told(form.check, account.format("县人民政府：\n", "专此汇报。\n")) == []
    said = "全镇收支平衡，安排应急资金120万元，逐项落实到站所，决算时一并报告，请予审议。"
    spoken = f"关于云岭镇2025年预算执行情况的报告\n——2026年1月22日在云岭镇人民代表大会上\n各位代表：\n{said}"
    assert told(form.check, spoken) == []


def test_minutes_are_dated_by_their_imprint_and_notices_are_not():
    said = "会议听取了汛前检查情况的汇报，研究了抢险队伍、物资采购和值班值守三件事，议定分头落实。"
    text = "梅岭街道{}\n{}\n梅岭街道办事处党政综合办公室\n2026年6月4日印发"
    assert told(form.check, text.format("防汛工作专题会议纪要", said)) == []
    assert "date-missing" in [rule for rule, _ in told(form.check, text.format("关于防汛工作的通知", said))]


def test_a_sentence_that_leads_to_a_list_is_no_addressee():
    said = "我镇物资老化，难以满足需要，已多次向上反映。\n为此，我镇拟补充以下物资：\n（1）水泵8台。\n（2）水带10盘。"
    text = f"黄坪镇人民政府关于解决应急物资资金的请示\n{{}}{said}\n妥否，请批示。\n黄坪镇人民政府\n2026年11月12日"
    assert "addressee-missing" in [rule for rule, _ in told(form.check, text.format(""))]
    assert told(form.check, text.format("县人民政府：\n")) == []


def test_each_part_that_lacks_is_told_whatever_else_lacks():
    """Of a report: its title, whom it goes to, its name and day, alone and together."""
    lines_ = REPORT.split("\n")
    at = {
        "title": next(at for at, line in enumerate(lines_) if line.endswith("报告")),
        "addressee": next(at for at, line in enumerate(lines_) if line.endswith("：")),
        "date": len(lines_) - 2,
        "signature": len(lines_) - 3,
    }
    for gone in (
        {"title", "signature"},
        {"title", "date"},
        {"title", "signature", "date"},
        {"addressee", "date"},
    ):
        text = "\n".join(
            line for index, line in enumerate(lines_) if index not in {at[part] for part in gone}
        )
        assert {rule.partition("-")[0] for rule, _ in told(form.check, text)} == gone, gone


def test_a_copy_that_begins_with_whom_it_goes_to_lacks_its_title():
    text = "各村民委员会：\n一、清明将至。请做好巡护。\n二、严格值守。确保24小时在岗。"
    assert "title-missing" in [rule for rule, _ in told(form.check, text)]
    assert told(form.check, text.replace("各村民委员会：", "同志们：")) == []


def test_numbers_beyond_ninety_nine_are_told_without_falling_over():
    assert told(form.check, lines(*["一、"] * 120))[0] == ("number-repeats", "一、")
    assert told(form.check, lines("第一百条 ", "第一百零二条 ")) == [("number-skips", "第一百零二条")]


def test_a_review_with_plans_in_its_title_and_a_group_that_signs_lack_nothing():
    text = (
        "松原县水利局2025年工作总结及2026年工作打算\n一年来，我局清理河道46公里，改造泵站3座。\n"
        "一、主要工作\n巡河96次。\n二、2026年工作打算\n改造渠道。\n{}2025年12月24日"
    )
    assert told(form.check, text.format("松原县水利局\n")) == []
    assert told(form.check, text.format("松原县人大常委会执法检查组\n")) == []
    assert told(form.check, text.format("评估组\n")) == []
    assert [rule for rule, _ in told(form.check, text.format(""))] == ["signature-missing"]

"""What was left open is found with what is missing; what only looks like it is left alone."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.rules import left_open


def found(text: str) -> list[tuple[str, str]]:
    document = from_text(text)
    return [(each.rule, text[each.span.start : each.span.end]) for each in left_open.check(document)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("总投资X.X亿元，完成率9X.X%。", [("placeholder", "X.X"), ("placeholder", "9X.X")]),
        ("2.××局：负责物资调拨。", [("placeholder", "××")]),
        ("请调直升机X架次。", [("placeholder", "X")]),
        (
            "值班电话：XXXX-XXXXXXXX，传真：0871-xxxxxxx。",
            [("placeholder", "XXXX-XXXXXXXX"), ("placeholder", "0871-xxxxxxx")],
        ),
        ("（联系人：县水利局办公室，电话：　　　　）", [("empty-label", "电话：　　　　")]),
        ("全文到此为止（以下为范文，请自行删减）。", [("template-words", "（以下为范文，请自行删减）")]),
        (
            "共（户数）户受灾（本模板适用于乡镇）。",
            [("template-words", "（户数）"), ("template-words", "（本模板适用于乡镇）")],
        ),
        ("请审议。（根据领导意见修改）", [("template-words", "（根据领导意见修改）")]),
        ("电话：请在此处填写联系电话。", [("template-words", "请在此处填写联系电话")]),
        ("接到某县气象台预警后，立即上岗。", [("placeholder", "某县")]),
        ("河口镇        744        36.2        ×", [("placeholder", "×")]),
        ("XX镇共排查xx处隐患", [("placeholder", "XX"), ("placeholder", "xx")]),
        ("××县人民政府出动××人次", [("placeholder", "××"), ("placeholder", "××")]),
        ("Ⅹ镇Ⅹ村", [("placeholder", "Ⅹ"), ("placeholder", "Ⅹ")]),
        ("全镇共有X个村，发放宣传资料X余份", [("placeholder", "X"), ("placeholder", "X")]),
        ("新增灭火器X具、被褥X床", [("placeholder", "X"), ("placeholder", "X")]),
        ("联系人：____", [("blank", "____")]),
        ("某某同志在某某镇调研", [("placeholder", "某某"), ("placeholder", "某某")]),
        ("根据《 》（ ）规定", [("empty-brackets", "《 》"), ("empty-brackets", "（ ）")]),
        ("见附件【】", [("empty-brackets", "【】")]),
        ("受灾数据待补充", [("fill-in-note", "待补充")]),
        ("时间：待定", [("fill-in-note", "待定")]),
        ("【待核实】", [("fill-in-note", "待核实")]),
        ("（此处填写单位名称）", [("template-words", "（此处填写单位名称）")]),
        ("{{单位}}关于${名称}的通知", [("template-words", "{{单位}}"), ("template-words", "${名称}")]),
        ("单击此处输入文字", [("template-words", "单击此处输入文字")]),
        ("森林防火工作总结范文", [("template-words", "范文")]),
        ("202X年×月×日", [("placeholder-date", "202X"), ("placeholder-date", "×月×日")]),
        ("20XX年工作总结", [("placeholder-date", "20XX")]),
        ("2026年　月　日", [("placeholder-date", "2026年　月　日")]),
        ("2026年4月 日印发", [("placeholder-date", "2026年4月 日")]),
        ("○○镇○○○同志", [("placeholder", "○○"), ("placeholder", "○○○")]),
        ("***镇人民政府", [("placeholder", "***")]),
        ("合计#REF!元", [("broken-field", "#REF!")]),
        ("见错误！未找到引用源。", [("broken-field", "错误！未找到引用源。")]),
        ("各村名单待汇总后填写。", [("fill-in-note", "待汇总后填写")]),
        ("附件：名单（后补）", [("fill-in-note", "（后补）")]),
        ("会议地点待定。", [("fill-in-note", "待定")]),
        ("共排查？？处", [("placeholder", "？？")]),
        ("截至　月　日，未发生火灾", [("placeholder-date", "月　日")]),
        ("{单位名称}人民政府", [("template-words", "{单位名称}")]),
        ("#单位名称#人民政府", [("template-words", "#单位名称#")]),
        ("（以下部分请各单位结合实际修改）", [("template-words", "（以下部分请各单位结合实际修改）")]),
        ("【示例：共检查12家】", [("template-words", "【示例：共检查12家】")]),
        ("（如无此项请删除）", [("template-words", "（如无此项请删除）")]),
        ("同比增长%，比上年多◯万元", [("blank", ""), ("placeholder", "◯")]),
        ("投诉量下降  %。", [("blank", "  ")]),
        ("截至月30日，培训00月00日结束", [("placeholder-date", "月30日"), ("placeholder-date", "00月00日")]),
        ("202 年  月  日", [("placeholder-date", "202 年  月  日")]),
        (
            "共排查{}处，查处^^起，补助. . . .元",
            [("placeholder", "{}"), ("placeholder", "^^"), ("placeholder", ". . . .")],
        ),
        (
            "经费（数据不准，再核）由财政所（具体数字问财政所）承担",
            [("fill-in-note", "（数据不准，再核）"), ("fill-in-note", "（具体数字问财政所）")],
        ),
        ("工作成效请输入内容，予以表扬", [("template-words", "请输入内容")]),
        ("正文（三号仿宋）", [("template-words", "正文（三号仿宋）")]),
        ("记录：张三", [("placeholder", "张三")]),
        ("某县人民政府关于做好防汛工作的通知", [("placeholder", "某县")]),
        ("某镇2025年度安全生产工作总结", [("placeholder", "某镇")]),
        ("某区应急管理局", [("placeholder", "某区")]),
        ("某政发〔2026〕7号", [("placeholder", "某")]),
        ("待核实县水利局", [("fill-in-note", "待核实县")]),
        ("每个村配备不少于   名保洁员，负责清运。", [("blank", "   ")]),
        ("历时两年，修复壁画   幅、器物    件，成效明显。", [("blank", "   "), ("blank", "    ")]),
        ("全年评选示范院落待统计户，发放奖品。", [("fill-in-note", "待统计")]),
        ("除险加固Ⅹ水库，由Ⅹ承担经费，下垅、Ⅹ三个村先行。", [("placeholder", "Ⅹ")] * 3),
        ("Ⅹ桥的水质达到Ⅱ类标准", [("placeholder", "Ⅹ")]),
        ("[年月日]前完成，〔月日〕验收", [("template-words", "[年月日]"), ("template-words", "〔月日〕")]),
        ("联系人：　　　联系电话：", [("empty-label", "联系人："), ("empty-label", "联系电话：")]),
    ],
)
def test_it_is_found_where_it_stands(text, told):
    assert found(text) == told


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("XX同志主持会议", "姓名"),
        ("联系人：____", "姓名"),
        ("电话：____", "电话号码"),
        ("共排查XX处", "数量"),
        ("投入资金XX万元", "金额"),
        ("同比下降XX%", "百分比"),
        ("XX村发生火情", "地名"),
        ("由XX局牵头", "单位名称"),
        ("云政〔2026〕XX号", "文号"),
        ("截至X月底", "日期"),
        ("地点：XXX", "地点"),
        ("根据《 》要求", "文件名称"),
    ],
)
def test_what_is_missing_is_told_from_the_words_around(text, missing):
    (finding,) = left_open.check(from_text(text))
    assert f"缺少{missing}" in finding.message.zh
    assert finding.fix.en


@pytest.mark.parametrize(
    "text",
    [
        "举报电话0871-123****，手机138XXXX1234，型号X-12，3×2.5米",
        "接到某县群众举报，某县政府被通报；（报送模板见附件）（根据2018年决定修改）",
        "河口镇        744        36.2        √",
        "联系电话：0871-65123456）；地址：河口镇。",
        "苗木规格3×4米，板材10×20cm，尺寸为30 × 40 毫米",
        "面积=长×宽，人数×天数×标准",
        "In the XX century; Article XXI; size XXL",
        "X光检查、X射线探伤、x轴、某些单位、某种情况",
        "型号SX-100、MXX-3、XX-Large",
        "第Ⅸ章、第Ⅹ章",
        "二〇〇八年、二○○六年",
        "电话138****5678，证件4501XXXXXXXX1234",
        "村民张某某违规用火",
        "HTTP 4xx和5xx错误",
        "**重点任务**要落实",
        "□是 □否 ☑已整改",
        "机制有待完善，物资亟待补充，情况有待核实",
        "待水退后补种，待审批后实施；等待统计部门答复，人员待遇落实到位，热情接待",
        "巡查路线（可根据天气调整）、值班人员（按工作需要增加）、装备（以下简称装备）",
        "家属在门外等待。群众优待，部分水井有待填埋，",
        '发送#县防汛办#话题，返回{"name": "张三"}',
        "待补贴到位后，待填平坑洞",
        "不得出现“XX镇”“某某”等字样",
        "性染色体为XX型和XY型",
        "main()函数",
        "增长12%，下降8‰，7月1日至8月3日，某年某地、某户人家",
        "全长10 %以上路段由张三丰故居至李四光纪念馆",
        "全县通报某县某局窗口人员作风问题，某镇卫生院违规收费一案已查处",
        "某县一农户用火不慎，某村委会未及时报告，被县纪委通报",
        "添加剂对叔丁基邻苯二酚（TBC）含量未按班分析，低于控制指标。",
        "荷塘   中   学   操   场，遇雨顺延，另行通知。",
        "有待统计部门核定，待核实户由村里复查，Ⅹ型钢、第Ⅹ卷，表Ⅹ列出各项。",
        "签字：________　签字日期：　　年　　月　　日",
    ],
)
def test_what_only_looks_left_open_is_left_alone(text):
    assert found(text) == []


def test_empty_brackets_of_a_quiz_are_for_the_answer():
    assert found("下列做法正确的是（　　）。\nA．带火种进山\nB．主动登记\nC．乱丢烟头") == []

"""Noise is found where it stands, and its mend is what was there before."""

from __future__ import annotations

import random

import pytest

from fenghuo.core.paper.check.checking import check
from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.repair import repair
from fenghuo.core.paper.check.rulebook import FAMILIES
from fenghuo.core.paper.check.rules import noise

OTHERS = [family for family in FAMILIES if family != "noise"]
PAPER = """云岭镇人民政府关于2026年上半年森林防灭火工作情况的报告

县人民政府：
今年以来，我镇认真贯彻落实上级关于森林防灭火工作的决策部署，坚持人民至上、生命至上，压实工作责任，强化源头管控，全镇未发生较大以上森林火灾。现将有关情况报告如下。
一、主要做法
（一）加强组织领导。成立由镇长任组长、各站所负责人为成员的工作领导小组，制定《云岭镇森林防灭火工作方案》，签订责任书126份，形成层层抓落实的工作格局。
（二）加强火源管理。在清明、五一等重点时段，在进山路口设置临时检查站18个，安排护林员136名，严格执行进山登记制度，收缴火种240余个，及时制止野外违规用火23起。
（三）加强隐患排查。组织开展安全生产大检查6次，检查企业、学校、商铺等场所214家，发现隐患57处，已整改51处，整改率89.5%，剩余6处正在按计划推进。
二、存在问题
部分群众防火意识不强，祭祀用火、农事用火管控难度较大；基层应急力量薄弱，装备更新不及时。
以上报告，请审阅。
云岭镇人民政府
2026年7月8日
"""


def rules_in(text: str) -> set[str]:
    return {each.rule for each in noise.check(from_text(text))}


def mended(text: str) -> str:
    return repair(text.encode(), without=OTHERS).data.decode()


def strewn(characters: str, form: str, seed: int) -> tuple[str, int]:
    """The paper with a character put in every twenty or so, as document sites do, and how many."""
    chance, out, wait, count = random.Random(seed), [], 15, 0
    for each in PAPER:
        out.append(each)
        wait -= each != "\n"
        if wait <= 0 and each != "\n":
            out.append(form.format(chance.choice(characters)))
            wait, count = chance.randint(14, 26), count + 1
    return "".join(out), count


@pytest.mark.parametrize(
    ("characters", "form"),
    [
        ("焋龘叕巭嫑烎槑囧", " {} "),
        ("焋龘叕巭嫑烎槑囧", "{}"),
        ("焋", " {} "),
        ("㐂㑇㒸㓥㔶㕕㖏㗌", " {} "),
        ("亟佥侉俎傺僦匏", " {} "),
        ("ЖЩЮぁのアㄅ갸", " {} "),
        ("焋龘叕巭嫑烎槑囧", "　{}　"),
        ("〆ↈ༺๓〠◬ᚠ", " {} "),
    ],
)
def test_copy_protection_is_found_everywhere_and_nothing_else_with_it(characters, form):
    for seed in range(3):
        text, count = strewn(characters, form, seed)
        told = [each for each in noise.check(from_text(text)) if each.rule == "copy-protection"]
        hits = [each for each in told if set(text[each.span.start : each.span.end]) & set(characters)]
        assert len(hits) == len(told)
        assert len(hits) >= 0.93 * count


@pytest.mark.parametrize("form", ["{}", " {} "])
def test_letters_and_signs_of_the_keyboard_are_found_as_well(form):
    for seed in range(3):
        text, count = strewn(["kQ", "~m", "7;x", "j3", "^r", "p&"], form, seed)
        told = [each for each in noise.check(from_text(text)) if each.rule == "copy-protection"]
        assert len(told) >= 0.9 * count


def test_units_classes_and_formats_are_no_junk():
    said = "容量不低于5000mAh，重2.5kg，功率30kW，A级B类，用mp3播放，选择%s个文件，R&D经费，#1机组，Q&A栏目，4G信号。"
    assert rules_in(f"{said}\n{said}") == set()


def test_repair_gives_the_paper_back():
    text, _ = strewn("焋龘叕巭嫑烎槑囧", " {} ", 1)
    assert mended(text) == PAPER


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("森 焋 林防火，排查20 龘 26处隐患。", "森林防火，排查2026处隐患。"),
        ("我镇\u200b认真贯彻落\ue123实上级部署。", "我镇认真贯彻落实上级部署。"),
        ("全镇平安。\n推荐访问：森林防火 工作总结", "全镇平安。"),
        ("全镇平安。\n（本文来自某某文库网）\n特此报告。", "全镇平安。\n特此报告。"),
        ("第一行\n点击下载Word文档\n第二行", "第一行\n第二行"),
        ("我镇认真贯彻落实 上级部署，狠抓落实。", "我镇认真贯彻落实上级部署，狠抓落实。"),
        ("四、经 济 损 失\n初步统计，损失9万元。", "四、经济损失\n初步统计，损失9万元。"),
        (
            "七、违反本通告的，由县林业局依照\n《森林防火条例》予以处罚。",
            "七、违反本通告的，由县林业局依照《森林防火条例》予以处罚。",
        ),
        ("森 林 防 火 工 作 取 得 成 效，未发生火灾。", "森林防火工作取得成效，未发生火灾。"),
        ("我镇认真贯彻落实，，上级部署。。", "我镇认真贯彻落实，上级部署。"),
        ("（（一））加强领导", "（一）加强领导"),
        ("狠抓落实。。。", "狠抓落实……"),
        ("一.加强领导", "一、加强领导"),
        ("（四)加强隐患排查", "（四）加强隐患排查"),
        ("我镇认真贯彻落实,狠抓落实.", "我镇认真贯彻落实，狠抓落实。"),
        ("地点:镇政府(三楼)", "地点：镇政府（三楼）"),
        ('开展"小手拉大手"活动', "开展“小手拉大手”活动"),
        ("共排查１２３处，ＡＢＣ级", "共排查123处，ABC级"),
        ("⼀是加强领导，⻅附件", "一是加强领导，见附件"),
        (
            "今年以来，我镇认真贯彻落实上级关于森林防\n火工作部署，狠抓责任落实，全年平安。",
            "今年以来，我镇认真贯彻落实上级关于森林防火工作部署，狠抓责任落实，全年平安。",
        ),
        (
            "今年以来，我镇认真贯彻落实上级关于森林防 \n\n　　火工作部署，狠抓责任落实，全年平安。",
            "今年以来，我镇认真贯彻落实上级关于森林防火工作部署，狠抓责任落实，全年平安。",
        ),
        ("会上强调**森林防火**不能松劲。", "会上强调森林防火不能松劲。"),
        ("### 一、加强领导\n全镇平安。", "一、加强领导\n全镇平安。"),
        ("全镇平安。\n好的，以下是为您撰写的通知：\n特此报告。", "全镇平安。\n特此报告。"),
        ("全镇平安。\n第 2 页 / 共 5 页\n特此报告。", "全镇平安。\n特此报告。"),
        ("全镇平安。\n— 3 —\n特此报告。", "全镇平安。\n特此报告。"),
        (
            "今年以来，我镇认真贯彻落实上级关于森林防\n2\n火工作部署，狠抓责任落实，全年平安。",
            "今年以来，我镇认真贯彻落实上级关于森林防火工作部署，狠抓责任落实，全年平安。",
        ),
        ("我镇认真贯彻落Ж实上级部署，森林防ø火见成效。", "我镇认真贯彻落实上级部署，森林防火见成效。"),
        (
            "我镇认真贯彻落 x6dg!z 实上级部署，狠抓责任落@6ea7#实。",
            "我镇认真贯彻落实上级部署，狠抓责任落实。",
        ),
        ("全镇共排查3 8.5公里，2025年1 1月前完成。", "全镇共排查38.5公里，2025年11月前完成。"),
        ("会上强调~~森林防火~~，`不能`松劲。", "会上强调森林防火，不能松劲。"),
        ("全镇平安。\n- 一、加强领导", "全镇平安。\n一、加强领导"),
        ("全镇平安。\n@所有人\n特此报告。", "全镇平安。\n特此报告。"),
        ("全镇平安。\n赞(0) 收藏(12)\n特此报告。", "全镇平安。\n特此报告。"),
    ],
)
def test_noise_is_mended_to_what_was_meant(dirty, clean):
    assert rules_in(dirty)
    assert mended(dirty) == clean
    assert rules_in(clean) == set()


@pytest.mark.parametrize(
    "text", ["我镇贯彻落实部署，组织领8导干部检4查。", "会上强调，[详见通知](http://a.cn/b)。"]
)
def test_a_figure_in_a_word_and_a_link_are_pointed_out_and_stay(text):
    assert rules_in(text)
    assert mended(text) == text


def test_text_read_in_the_wrong_encoding_is_got_back_where_the_bytes_allow_it():
    meant = "森林防火工作总结"
    assert mended(meant.encode("gb18030").decode("latin-1")) == meant
    garbled = "工作情况总结报告".encode().decode("gb18030", "replace")
    assert "mojibake" in rules_in(garbled)
    assert rules_in("锟斤拷锟斤拷工作总结") == {"mojibake"}
    assert mended("锟斤拷锟斤拷工作总结") == "锟斤拷锟斤拷工作总结"


@pytest.mark.parametrize(
    ("text", "seen"),
    [("2O26年共排查", "2O26"), ("共排查l5处", "l5"), ("压实工作责仼", "仼"),
     ("路灯亮化28O盏", "28O"), ("修渠2.6公理", "公理"), ("每月不少千22天", "千"),
     ("截至4月5曰", "曰"),
     ("己经完成整改", "己经"), ("末来三天", "末来"), ("关干做好工作", "干"), ("全乡衣村人口多", "衣村"), 
     ("到2023年未余额12万元", "年未"), ("截至年未已全面完成", "年未"),
     ("统—指挥", "统—"),
     ("确保夏粻丰收", "粻"),
     ("截至2025牟9月底", "牟"),
     ("整改率9S.5%", "9S.5"), ("火灾凤险上升", "凤险"), ("严禁末批先建", "末"), ("调拨|5个村的物资", "|5"),
     ("各木寸支部书记", "木寸"), ("检疫讠正书", "讠正"), ("全镇白勺工作", "白勺")],
)  # fmt: skip
def test_misread_signs_are_pointed_out_and_never_changed(text, seen):
    (finding,) = noise.check(from_text(text))
    assert finding.rule == "recognition-error"
    assert text[finding.span.start : finding.span.end] == seen
    assert mended(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "面积稳中略增，凤凰镇、牟定县、中牟县，周末批阅，5S管理，3B级企业",
        "    02     北闸社区     3     住宿   加固       施工中，5月底完工。",
        "四、重 点",
        "H2O、CO2含量，容积5l，量程30O",
        "子曰：“学而时习之。”",
        "自己动手，已经完成，巳时三刻",
        "未来、末端、土地、士兵、千里、干部",
        "来源：县气象局",
        "联系人： 王喆，电话： 12345678，地点： 镇政府。",
        "本月未按要求上报，全年未因火灾伤人，4月末完成整改，周末上报，年末发生的除外",
        "操作人员点击“下载文档”按钮即可保存，操作简便。",
        "（见附件（一））",
        "他说“好！”，就走了……——",
        "时间14:00，数量1,000，比例3:2，版本3.11",
        "机关干部用干粉灭火器，投加量为30毫克，长江—黄河流域。",
        "县水利局：卜　喆　刘　龑　璩美娟",
        "出席：昝立群　谷雨晴　禤国栋，各村书记。",
        "举报人电话138****5678。",
        "咨询电话：0000-0041207（县人力资源局）",
        "发布时间：2026年7月12日20时10分",
        "鹭街复〔2026〕8号\n码头社区居民委员会：\n你社区请示收悉。",
        "材料采用A4纸双面打印，出水pH控制在7.2以上，含铝（以Al计）和锰（Mn），检出H5、H7亚型。",
        "参会人员有王鑫 张伟 李娜，共3人。",
        "第三条 本办法自发布之日起施行，由县政府解释。",
        "老板娘说：“你哋来得啱时候，渠又塞咗。”当天就派人疏通。",
        "收缴黄颡鱼、鳑鲏、长吻鮠等，活体放流，䲟口村无人看守。",
        "最大24小时雨量150毫米，患者共1 207人，β受体阻滞剂断货8天。",
        "普及“党建+网格”，推行5G+智慧医疗，部署R&D投入，用C++和win10编写。",
        "宣传做到入耳入心、入脑入户，村口立着木寸高的牌子。",
        "由孛晓勤、郄海波负责，钭镇长任副指挥长，老芈同志通报。",
        "油路翻新|40|22|55%\n村道硬化|80|44|55%",
        "因灾致困97件，因学致困118件，因病致困46件。",
        "标尺常数K为4687毫米，实测i角为8.4″，闭合差fh为－17毫米，符合要求。",
        "暂无编码的地名用字形处理，如⿰土厷坑。",
        "一、压实责任\n各村要落实到人。\n二、抓好排查\n每周一次。\n三、严明纪律，坚持24小时值班\n今年汛期从4月1日起，各村要严格执行。",
        "参加：县发改局、县财政局，设计、施工、监理单位负责人\n会议听取了施工单位关于改建工程的汇报，研究了征拆问题。",
    ],
)
def test_what_only_looks_like_noise_is_left_alone(text):
    assert rules_in(text) == set()


@pytest.mark.parametrize(
    "line",
    [
        "文档来源为：从网络收集整理，word版本可编辑",
        "资料内容仅供学习参考，如有不当请联系删除",
        "感谢下载，欢迎收藏本站",
        "—— 全文完 ——",
        "部分内容来源于网络，侵删",
        "乡镇森林防火工作汇报（通用三篇）",
        "微信公众号：公文写作",
        "【打印】【关闭】",
        "WORD版本，可自由编辑打印",
    ],
)
def test_what_a_site_writes_around_its_texts_goes_and_nothing_else(line):
    title = "云岭镇森林防火工作总结"
    clean = f"{title}\n今年以来，全镇平安。\n下一步，继续做好各项工作。"
    head, middle, tail = clean.split("\n")
    assert mended(f"{clean}\n{line}") == clean
    assert mended(f"{head}\n{middle}\n{line}\n{tail}") == clean
    assert mended(f"{head}\n{middle}{line}\n{tail}") == clean


@pytest.mark.parametrize(
    "line",
    [
        "（三）资料收集整理和网络下载",
        "微信公众号建设情况",
        "附件：1.网络安全资料下载使用情况表",
        "请登录县政府网站下载表格，填写后报镇政府。",
        "县档案馆文档资料管理中心",
        "来源：县气象局",
    ],
)
def test_a_paper_s_own_words_about_files_and_sites_stay(line):
    assert "site-footer" not in rules_in(f"关于做好档案工作的通知\n各村：\n请抓紧落实。\n{line}\n特此通知。")


@pytest.mark.parametrize(
    "text",
    [
        "全县连续17年未发生火灾，近3年未发生事故，2023年未出现反弹。",
        "设备八年未更换，账户两年未动，多年未检修，去年未完成的结转今年。",
        "平安。\n一、突出重点，全力抓好2024年各项任务\n第一，守牢底线。全年粮食产量不低于13.2万吨。",
        "平安。\n一、压实责任，完成2025年目标\n一要强化组织领导，层层传导压力。",
    ],
)
def test_what_has_not_been_for_years_and_a_heading_of_points_are_left_alone(text):
    assert rules_in(text) == set()


def test_lines_of_verse_are_no_broken_sentence():
    assert rules_in("床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。") == set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("关于开展检查的通知\n云政发[2026]3号\n各村：", "paper-number-brackets"),
        ("一.总体要求\n抓紧落实。", "number-form"),
        ("各村( )要抓紧落实。", "empty-brackets"),
        ("各村（ ，）要抓紧落实《 》。", "empty-brackets"),
    ],
)
def test_of_two_findings_about_one_mark_the_more_telling_one_stays(text, rule):
    told = check(from_text(text))
    (telling,) = (each for each in told if each.rule == rule)
    marks = [each for each in told if each.rule in ("half-width-punctuation", "space-in-chinese")]
    assert not [each for each in marks if telling.span.start <= each.span.start < telling.span.end]


@pytest.mark.parametrize(
    ("line", "seen", "meant"),
    [
        ("冬春季火灾凤险持续偏高，各村要加密巡查。", "凤险", "风险"),
        ("全镇工作由应急领寻小组统一指挥。", "领寻", "领导"),
        ("专业机枃每年检测一次，费用由镇财政承担。", "机枃", "机构"),
        ("镇综合应急队携带灭火杌械赶到现场。", "杌械", "机械"),
        ("村级网恪员每日上报巡查情况。", "网恪员", "网格员"),
        ("把安全责仜落实到每个岗位。", "责仜", "责任"),
        ("饮水安全保障水乎稳步提升。", "水乎", "水平"),
        ("大桥需进行伸缩縫更换和桥面铺装。", "縫", "缝"),
        ("八月完成投资320萬元，占计划的四成。", "萬", "万"),
    ],
)
def test_a_character_that_looks_like_the_right_one_is_told_with_the_word_that_was_meant(line, seen, meant):
    (found,) = [each for each in noise.check(from_text(line)) if each.rule == "recognition-error"]
    assert line[found.span.start : found.span.end] == seen
    assert meant in found.message.zh


@pytest.mark.parametrize(
    "line",
    [
        "沙溪镇垴上村、鄠南县气象局和崾岘沟值班员参加演练。",
        "全年秋粮面积稳中略增，单产提高，出水发浑的水井已全部清洗。",
        "护林员郗堃、车同祥负责石坜片区，油锯每周检修一次。",
        "余氯由脱氯装置控制，硼氢化钠单独存放。",
        "改扩建星子、东陂2所中心卫生院，添置彩超。",
        "大桥全长96.4米，是汀北四个村进出的独路。",
        "同意水池选址。李家沟村池址距冲沟较近，施工前须补充勘察。",
        "当事人郑丽娟、联系人宋来福已经签字，人手少，却要应付60场活动。",
        "2024年未作追加，2025年未单独制定方案。靠的是“三预”工作法。",
        "柳河镇：晁昇、佘喆",
        "集中清理耕地边埂杂草，阁楼裸线全部穿管。",
    ],
)
def test_what_is_rare_but_right_is_not_taken_for_its_like(line):
    assert "recognition-error" not in rules_in(line)

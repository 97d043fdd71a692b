"""A piece inside a word is known by what the text gains without it, whatever character, sign, code or name it is."""

from __future__ import annotations

import random
import re

import pytest

from fenghuo.core.finding import Level
from fenghuo.core.paper.check.document import from_text
from fenghuo.core.paper.check.repair import repair
from fenghuo.core.paper.check.rulebook import FAMILIES
from fenghuo.core.paper.check.rules import noise
from fenghuo.core.paper.check.words import words

OTHERS = [family for family in FAMILIES if family != "noise"]
PAPER = """石桥乡2026年农村饮水安全工作总结

今年以来，石桥乡围绕水量充足、水质达标的目标，认真落实各级部署，农村饮水条件明显改善。现将有关情况总结如下。
一、主要做法
（一）加强组织领导。成立领导小组，明确工作责任，定期召开会议研究解决突出问题，形成各部门协调配合的工作机制。
（二）实施管网改造。投入资金46.8万元，更换老旧管道12公里，修复蓄水池9座，新增消毒设备7套，惠及群众1860人。
（三）严格监督管理。建立健全管理制度，组织技术人员开展水质检测24次，及时公布检测结果，接受群众监督。
二、存在问题
个别村组供水设施老化，维护经费不足；部分群众节约用水意识不强，管理水平有待提高。
三、下一步打算
继续争取项目资金支持，加快推进基础设施建设，完善长效管护机制，确保群众用上安全放心的自来水。
石桥乡人民政府
2026年12月6日
"""
EVERYDAY = "裤鹅钉琴梨"


def told(text: str) -> list:
    return list(noise.check(from_text(text)))


def mended(text: str) -> str:
    return repair(text.encode(), without=OTHERS).data.decode()


def strewn(pieces: list[str], form: str) -> tuple[str, list[int]]:
    """The paper with a piece between two Chinese characters every twenty or so, and where they stand."""
    chance, out, places, at = random.Random(5), "", [], 0
    for found in re.finditer("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", PAPER):
        if found.start() < at:
            continue
        out += PAPER[len(out) - sum(map(len, places)) : found.start()]
        places.append(form.format(chance.choice(pieces)))
        out += places[-1]
        at = found.start() + chance.randint(16, 28)
    return out + PAPER[len(out) - sum(map(len, places)) :], places


def test_the_paper_itself_is_clean():
    assert told(PAPER) == []


def test_a_torn_word_gains_and_what_stands_between_words_does_not():
    assert words().gain("人民政", "鹅", "府") > words().cost("鹅") + 10
    assert words().gain("组织", "", "领导") <= 0 < words().gain("组", "", "织领导")
    for left, piece, right in (("工作", "好", "情况"), ("乡", "镇", "政府"), ("大", "中", "小学")):
        assert words().gain(left, piece, right) < words().cost(piece) + 5


@pytest.mark.parametrize(
    "piece",
    [
        *("q", " w ", "K", "n4", "x7k", " wz ", "（k）", "[e]", "{q}"),
        *("♪", " ♂ ", "※", "§", "◢", "❀◆", "【☆】", "\n♠\n"),
        *("ゆ", " ヌ ", "Ж", "ɐ", "ש", "갸", "[れ]"),
        *("龖", " 灪 ", "（齾）", "\n鱻\n", " 爨龘 ", "\ue5aa"),
        *("范文之家", "【学优网】", " 好文站长 ", "www.wenku9.com", "fanwen77", " 文秘网 "),
        *(" 裤 ", " 鹅 "),
    ],
)
@pytest.mark.parametrize("place", ["工作责|任", "技术人|员", "管理制|度", "基础设|施"])
def test_one_piece_is_told_where_it_tears_a_word_and_goes_without_a_trace(piece, place):
    whole = place.replace("|", "")
    dirty = PAPER.replace(whole, place.replace("|", piece), 1)
    start = PAPER.index(whole) + place.index("|")
    (finding,) = told(dirty)
    assert finding.span.start <= start + len(piece) - 1
    assert finding.span.end > start
    assert finding.rule in ("copy-protection", "invisible-character", "site-footer")
    assert mended(dirty) == PAPER


def test_an_everyday_character_or_figure_may_be_a_slip_and_is_only_pointed_out():
    for piece, severity in (("鹅", Level.WARNING), (" 4 ", Level.ERROR)):
        dirty = PAPER.replace("人民政府", f"人民政{piece}府")
        (finding,) = told(dirty)
        assert dirty[finding.span.start : finding.span.end] == piece
        assert (finding.severity, finding.mend) == (severity, None)
        assert mended(dirty) == dirty


@pytest.mark.parametrize(
    ("pieces", "form"),
    [
        (["鹅"], "{}"),
        (["鹅"], " {} "),
        (list(EVERYDAY), " {} "),
        (["♀"], "{}"),
        (list("☆※∮◆㊣"), " {} "),
        (["wenku77"], "{}"),
        (["好文站长", "【学优网】"], "{}"),
        (["v8q", "Wx", "ゆけ"], " {} "),
    ],
)
def test_what_tears_words_again_and_again_is_foreign_wherever_it_stands(pieces, form):
    dirty, places = strewn(pieces, form)
    findings = told(dirty)
    assert len(findings) == len(places) > 12
    assert mended(dirty) == PAPER


@pytest.mark.parametrize("form", ["{}", " {} "])
def test_of_a_figure_put_in_everywhere_what_counts_nothing_is_told(form):
    dirty, places = strewn(["7"], form)
    findings = [each for each in told(dirty) if each.rule == "copy-protection"]
    assert len(findings) > 0.7 * len(places)
    assert {dirty[each.span.start : each.span.end].strip() for each in findings} == {"7"}


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("全年投入46.籲8万元，修复9座。", "全年投入46.8万元，修复9座。"),
        ("共有耕地12☆60亩，其中水田8亩。", "共有耕地1260亩，其中水田8亩。"),
        ("覆盖率达到93 鞋 .5%，比上年高。", "覆盖率达到93.5%，比上年高。"),
        ("浓度低于8 mg/梨kg，符合标准。", "浓度低于8 mg/kg，符合标准。"),
        ("里程为K ♂ 5+120，已经修复。", "里程为K5+120，已经修复。"),
    ],
)
def test_numbers_and_units_are_torn_as_well(dirty, clean):
    assert mended(dirty) == clean


@pytest.mark.parametrize(
    "text",
    [
        # Words that only look as if something stood in them.
        "全镇上下齐心协力，缺斤少两、以次充好的一律查处，做到奖优罚劣，村规民约家喻户晓。",
        "购置皮卡泵车2辆、四轮驱动摩托3辆，配齐水泵和油桶，泵车由专人保养。",
        "推行明厨亮灶，严格留样制度，每餐每样留样不少于125克。",
        "近5年来文218件，全年收文1342件，发文164件，办结率100%。",
        "上证指数日K线图、国家C级标准、200亿A股、卡拉OK厅、医用X光机、AA制、维生素B族。",
        "县（市、区）、乡（镇）长、村（居）民和中（小）学生均可参加，苯并[a]芘含量未检出。",
        "县篮球队3胜1负，获得2金1银，名列前茅。",
        # A road, machines, formulas, what files are called.
        "K3+200至K3+260段路基掏空，5#罐、6#罐和7#机柜的接地电阻不大于1 Ω。",
        "其中 Re 取等效地球半径，采用 Z = 300R^1.4 计算，Z 单位为分贝，数据以 bz2 压缩。",
        # Things that have rare names.
        "器类有鼎、鬲、甗、簋、簠、盨、敦、卣、斝、觯、觚、罍，其中有铭文者3件。同类族徽另见于卣、觯各1件。",
        "山地类。㟃岭、岽下、崀头、岜坡、崬背、墕口，水域类。浬浦、溇港、浰江、氹边、洣水等，不得以同音字代替。",
        "铭末有族徽，篇末有落款。",
        # Other scripts and old forms, quoted.
        "照片背面“圖書館”“廣場”等旧字照录，假名“ビル”“の”照录，“大廣場の噴水”译作大广场的喷水，ü误作u。",
        "带※号的为必填项，标★的条款不得偏离，含量记作 ρ 并取平均值。",
        "与己无关的事不推诿，求人不如求己，以己之长补人之短。",
    ],
)
def test_what_only_looks_torn_is_left_alone(text):
    assert [text[each.span.start : each.span.end] for each in told(text)] == []


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("会议听取å®‰全生产工作汇报，研究了意见。", "会议听取安全生产工作汇报，研究了意见。"),
        ("坚持â€œ预防为主”的方针，压实责任。", "坚持“预防为主”的方针，压实责任。"),
        ("各村要抓紧落实ï¼Œ确保按时完成。", "各村要抓紧落实，确保按时完成。"),
        ("一是组织培训。（未完，点击下一页继续阅读）二是开展演练。", "一是组织培训。二是开展演练。"),
        ("一是组织培训。更多公文范文请访问好范文网。二是开展演练。", "一是组织培训。二是开展演练。"),
        (
            "各村要抓紧落实。\n（本文由公文大全网整理，转载请注明出处）\n特此通知。",
            "各村要抓紧落实。\n特此通知。",
        ),
        ("各村要抓紧落实。\n相关热词：公文 总结 2025", "各村要抓紧落实。"),
        ("各村要抓紧落实。\n推荐访问 乡镇 工作总结 范文", "各村要抓紧落实。"),
        ("经研究，决定开展检查。现将\n有关事项通知如下：", "经研究，决定开展检查。现将有关事项通知如下："),
        ("全村改造厕所4 12座，新建1 44座。", "全村改造厕所412座，新建144座。"),
    ],
)
def test_short_damage_and_the_sites_sentences_go(dirty, clean):
    assert mended(dirty) == clean
    assert told(clean) == []


def test_a_misread_self_is_told_before_a_verb():
    (finding,) = told("各村己采取措施，己落实到人的。".replace("己落实", "已落实"))
    assert finding.rule == "recognition-error"

"""Years of titles weighed against where their matter is told again, and years their own sentence rules out."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .papers import told

OFFICE = "临水县农业农村局"


def paper(title: str, body: str, day: str = "2025年9月12日") -> str:
    return f"{OFFICE}{title}\n临农〔{day[:4]}〕21号\n\n县人民政府：\n{body}\n{OFFICE}\n{day}\n"


def report(body: str) -> str:
    return paper("关于2025年重点工作的报告", body)


BULLETIN = "农业简报\n第7期\n临水县农业农村局办公室　2025年7月8日\n{}年上半年农机作业情况\n截至6月30日，机收率96%。\n"
OPENING = "2025年秋粮播种面积36.2万亩。截至9月10日，已收获5.1万亩。"
ANSWER = "《关于报批{}年水产养殖示范场建设方案的请示》（临渔〔2025〕6号）收悉。经研究，原则同意。"
FORBIDS = "现将2025年水库禁渔期有关事项公告如下：自3月1日至6月30日禁渔。"
ASKED = "定于10月8日至10月20日开展农机检审，请贵局派员协助。"
REVIEW = "2024年，全县播种82万亩，比2023年增加1万亩。\n2025年农业农村工作将围绕稳产保供开展。"
MADE = "2025年农资打假专项行动查处案件12起。为做好新一年工作，制定本方案。\n时间为2026年1月至6月。"

TITLES = [
    (paper("关于2024年秋粮生产情况的报告", OPENING), "2024年"),
    (paper("关于2025年秋粮生产情况的报告", OPENING), ""),
    (paper("关于2024年水产养殖示范场建设方案的批复", ANSWER.format(2025)), "2024年"),
    (paper("关于2025年水产养殖示范场建设方案的批复", ANSWER.format(2025)), ""),
    (paper("关于2024年水库禁渔期的公告", FORBIDS, "2025年2月12日"), "2024年"),
    (paper("关于商请协助开展2024年秋季农机检审的函", ASKED), "2024年"),
    (paper("关于购置2024年冬季清雪车辆的请示", "拟购置车辆12台。", "2025年5月8日"), "2024年"),
    (paper("2025年工作总结和2025年工作打算", "播种82万亩。", "2025年12月24日"), "2025年"),
    # The line under the head of a bulletin is its title.
    (BULLETIN.format(2024), "2024年"),
    (BULLETIN.format(2025), ""),
    # What looks back tells of the next year as well, and a plan of the next year of what was done in this one.
    (paper("关于2024年农业农村工作情况的报告", REVIEW, "2025年1月8日"), ""),
    (paper("2026年农资打假专项行动方案", MADE, "2025年12月20日"), ""),
    (paper("关于做好2026年春耕备耕工作的通知", "2026年3月底前完成检修。", "2025年12月3日"), ""),
]


@pytest.mark.parametrize(("text", "year"), TITLES)
def test_the_year_of_a_title_is_that_of_its_matter(text: str, year: str) -> None:
    found = told(numbers.check, text)
    assert ("title-year", year) in found if year else found == []


EVENT, OTHER = "event-year", "other-year"
SAID = [
    # A plan that is over.
    ("认真做好“十三五”农田规划收尾，年底前提交评估报告。", (EVENT, "“十三五”")),
    ("渠道改造已列为“十二五”重点任务，10月动工。", (EVENT, "“十二五”")),
    ("“十三五”期间新建水库3座，灌溉面积比“十二五”多8万亩。", None),
    ("单产由“十三五”末的420公斤提高到460公斤。", None),
    # A low number is of the first months of its year; a paper on floods is not of the year before.
    ("按照《2025年农机安全检查方案》（临农机〔2024〕4号），检查农机320台。", (OTHER, "2024")),
    ("按照《关于开展2025年汛期排查的通知》（临防〔2024〕34号），排查水库12座。", (OTHER, "2024")),
    ("按照《关于编报2025年预算的通知》（临财〔2024〕9号）编报。", None),
    ("按照《2025年农机安全检查方案》（临农机〔2024〕64号），检查农机320台。", None),
    ("按照《临水县值守规范（2024年版）》（临办〔2021〕34号）值守。", (OTHER, "2021")),
    ("《临水县“十四五”水利发展规划》（临政〔2012〕15号）实施顺利。", (OTHER, "2012")),
    # What is compared with what came later, and what has been in a year to come.
    ("2020年培训农民640人，比2024年增加40人。", (OTHER, "2020年")),
    ("2024年培训农民640人，比2023年增加40人。", None),
    ("2028年春播曾出现种子短缺，今年提前备足。", (OTHER, "2028年")),
    ("到2030年建成高标准农田60万亩，2026年春播前备足种子。", None),
    ("2025年“10·6”暴雨曾造成农田受淹。", (OTHER, "2025")),
    ("2025年“8·6”暴雨曾造成农田受淹。", None),
    # What is put off to a year that is over.
    ("3座涵洞留待2016年改造。", (OTHER, "2016年")),
    ("渠道工程2016年春灌前投入使用。", (OTHER, "2016年")),
    ("该工程原定2023年汛前完工，推迟至2024年10月完成，现已通水。", None),
    # Those who leave school, stages and years that are counted.
    ("招募2022届高校毕业生，须在2026年7月31日前取得毕业证书。", (OTHER, "2022")),
    ("招募2025届毕业生和2023届离校未就业毕业生。", None),
    ("2025年是耕地保护三年行动（2024—2026年）的第三年。", (EVENT, "第三年")),
    ("2025年是耕地保护三年行动（2024—2026年）的第二年。", None),
    ("检验站2015年启用，今年是第9年。", (EVENT, "第9年")),
    ("检验站2015年启用，今年是第11年。", None),
    ("10月20日举办第七届农机大赛，大赛自2016年起每年评选一届。", (EVENT, "第七届")),
    ("10月20日举办第十届农机大赛，大赛自2016年起每年评选一届。", None),
    ("经2021年第4次局务会议研究，同意报废农机3台。", (OTHER, "2021")),
    ("执行国家公布的2021年稻谷最低收购价。", (OTHER, "2021")),
    ("上一届（2013年）成交320万元，本届增长12%。", (OTHER, "2013")),
    ("2014年放流400万尾，今年增长25%。", (OTHER, "2014年")),
    ("2024年至2025年修复滩地920亩，其中2021年410亩、2025年510亩。", (OTHER, "2021")),
]


@pytest.mark.parametrize(("said", "found"), SAID, ids=[each[0][:24] for each in SAID])
def test_a_year_that_its_sentence_rules_out_is_told(said: str, found: tuple[str, str] | None) -> None:
    seen = told(numbers.check, report(said))
    assert (found in seen and len(seen) == 1) if found else seen == []

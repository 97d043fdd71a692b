"""Rates told by where their figures stand: in a column, behind two figures, in fractions and tenths."""

from __future__ import annotations

import pytest

from fenghuo.core.paper.check.rules import numbers

from .papers import told

CASES = [
    # What remains stands behind the rate, or two parts fill the whole.
    ("排查堤段120处。截至月底已加固90处，加固率85%。剩余30处汛前完成。", [("rate-wrong", "85%")]),
    ("排查堤段120处。截至月底已加固90处，加固率75%。剩余30处汛前完成。", []),
    ("检查路灯50盏，其中完好40盏、损坏10盏，完好率70%。", [("rate-wrong", "70%")]),
    ("检查路灯50盏，其中完好40盏、损坏10盏，完好率80%。", []),
    ("林地80万亩，其中公益林50万亩、商品林30万亩，森林覆盖率61.2%。", []),
    # Two figures of one sentence, one of them of heads.
    ("应修渠道60公里，已修45公里，完成85%。", [("rate-wrong", "85%")]),
    ("应修渠道60公里，已修45公里，完成75%。", []),
    ("渠道60公里，其中衬砌45公里，通水率92%。", []),
    ("服务对象1250名，签约服务卡1000份，签约率85%。", [("rate-wrong", "85%")]),
    ("男生230人，占46%，女生270人，占54%。", []),
    # Fractions and tenths.
    ("全村有40个小组，通自来水的30个，占三分之二。", [("rate-wrong", "三分之二")]),
    ("全村有40个小组，通自来水的30个，占四分之三。", []),
    ("全村有40个小组，通自来水的29个，占近四分之三。", []),
    ("发放问卷400份。收回后统计，满意的180份，占八成。", [("rate-wrong", "八成")]),
    # The rate of what heads a list, and sizes that are no counts.
    ("查处违法行为31起，其中超员9起、超速12起、改道10起，同比下降26.2%（上年同期42起）。", []),
    ("粒径0.1至0.25毫米的占24.9%，大于0.25毫米的占6.7%。", []),
    # Growth in other words, and shares told one after the other.
    ("平均办理时间由20天缩短到15天，缩短35%。", [("rate-wrong", "35%")]),
    ("平均办理时间由20天缩短到15天，缩短25%。", []),
    ("接待游客60万人次，上年同期为50万人次，增长30%。", [("rate-wrong", "30%")]),
    ("接待游客60万人次，上年同期为50万人次，增长20%。", []),
    ("果园由300亩扩大到600亩，翻了两番。", [("rate-wrong", "翻了两番")]),
    ("果园由300亩扩大到600亩，翻了一番。", []),
    ("甲、乙、丙三类贡献依次为45%、35%、30%。", [("shares-not-whole", "45%、35%、30%")]),
    ("甲、乙、丙三镇完成率依次为45%、35%、30%。", []),
    ("签约预付20%，到货付50%，期满付20%。", [("shares-not-whole", "付20%，到货付50%，期满付20%")]),
    ("签约预付20%，到货付50%，期满付30%。", []),
    # The part behind its tenths, changes one after the other, more than a hundred of what is more.
    ("总投资800万元，县级补助占六成，计480万元；群众自筹占三成，计320万元。", [("rate-wrong", "三成")]),
    ("总投资800万元，县级补助占六成，计480万元；群众自筹占四成，计320万元。", []),
    ("事故12起、死亡6人，同比分别下降20%和25%（上年为15起、10人）。", [("rate-wrong", "25%")]),
    ("事故12起、死亡6人，同比分别下降20%和40%（上年为15起、10人）。", []),
    (
        "事故12起，受伤6人，与上年的15起、10人相比，分别下降20%、45%。",
        [("rate-wrong", "45%")],
    ),
    ("春播已完成3.6万亩，占计划4万亩的119%。", [("rate-wrong", "119%")]),
    # A column in which one row is of its own.
    (
        "村名\t任务\t完成\t比例\n甲村\t40\t30\t75%\n乙村\t50\t45\t80%\n丙村\t60\t51\t85%",
        [("rate-wrong", "80%")],
    ),
    ("村名\t任务\t完成\t比例\n甲村\t40\t30\t75%\n乙村\t50\t45\t90%\n丙村\t60\t51\t85%", []),
    (
        "项目\t本期\t上期\t变化\n甲\t66\t60\t+10%\n乙\t45\t50\t-10%\n丙\t30\t40\t-15%",
        [("rate-wrong", "-15%")],
    ),
    ("项目\t本期\t上期\t满意率\n甲\t66\t60\t91%\n乙\t45\t50\t88%\n丙\t30\t40\t95%", []),
]


@pytest.mark.parametrize(("said", "faults"), CASES)
def test_a_rate_is_told_where_its_figures_make_another(said: str, faults: list[tuple[str, str]]) -> None:
    assert told(numbers.check, said) == faults

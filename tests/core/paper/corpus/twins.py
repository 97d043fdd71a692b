"""Correct sentences that look like faults: put beside them, so that a rule which cries at looks is caught."""

from __future__ import annotations

from random import Random

from .fault import Edit, Planted
from .injectors import KEPT
from .paper import Paper

TWINS = (
    "支援期间调用机械{t}台班，其中挖掘机{a}台班、装载机{b}台班、推土机{c}台班。",
    "投入经费较上年增长1{a}%。",
    "详见县应急管理局网站（网址以公布的为准）。",
    "库房内净尺寸为{a}米×{b}米，货架间距不小于1.2米。",
    "《中华人民共和国突发事件应对法》（2024年修订）对信息报告作了明确规定。",
    "值班电话0000-765{a}0，24小时有人接听。",
    "救援物资包括 AED 1 台、LED 灯具 {a} 套。",
    "收到涉及用电安全的来信{a}件，其中反映线路老化的5件，均已转办。",
    "同类问题2019年、2022年曾两次出现，须引起重视。",
    "办理时携带本人居民身份证原件。",
    "有关人员患病不能到岗的，由备勤人员顶替。",
    "对家庭确有困难的住户，安装费用予以减免。",
    "宣传内容包括：①报警方法；②疏散路线；③灭火器使用。",
    "瓶装气体标识为 C₃H₈，仓库编号 A-{a}。",
    "占地面积约{a}.5亩，海拔8{b}米。",
    "第一季度占{x}%，第二季度占{y}%。",
)


def twins(paper: Paper, chance: Random, count: int = 3) -> list[Planted]:
    """Different correct sentences at the ends of paragraphs; their family is empty, for they are no faults."""
    ends = [line.end for line in paper.body if line.said.rstrip().endswith("。")]
    if not ends:
        return []
    found = []
    for wording in chance.sample(KEPT[paper.part].TWINS if paper.part in KEPT else TWINS, count):
        a, b, c = (chance.randint(12, 48) for _ in range(3))
        place = chance.choice(ends)
        said = wording.format(a=a, b=b, c=c, t=a + b + c, x=a, y=100 - a)
        found.append(Planted("", "twin", (Edit(place, place, said),)))
    return found

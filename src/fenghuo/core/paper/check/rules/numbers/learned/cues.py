"""The words around a time that tell whether it is past, to come, or another paper's: each found or not."""

from __future__ import annotations

import re

from .mentions import Mention

_BEFORE = tuple(
    re.compile(each)
    for each in (
        r"今年|本年",
        r"去年|上年|前年",
        r"明年|来年|下一?年",
        r"计划",
        r"将|拟|预计|力争|确保",
        r"已|了",
        r"自|从",
        r"[至到]$|截至|截止",
        r"以来|起",
        r"印发|下发|发布|公布|修订|修正",
        r"《[^》]*$",
        r"[〔\[]$",
        r"届|次",
        r"年度",
        r"同期|同比|环比",
        r"比|较|相比",
        r"增长|下降|上升|减少|提高|降低",
        r"总结|回顾|情况",
        r"方案|计划|安排|要点|意见|规划",
        r"通知|办法|条例|公告",
        r"考核|评定|验收",
        r"前$|之前|以前|底前",
        r"[,，]",
        r"现将|现就",
        r"为做好|为贯彻|为深入|根据|按照|依据",
        r"完成|实施|建成|开工|竣工|投入",
        r"召开|举办|举行|组织|开展",
        r"历史|曾|当时|原",
        r"连续|以来|第\d",
        r"目标|任务|预算",
        r"春|夏|秋|冬|汛期|防火期",
        r"截至|末|底",
        r"累计",
        r"有效期|期限|聘期|任期|合同|工期",
        r"[（(][^）)]*$",
        r"分别|依次",
        r"下一步|下阶段|打算|下半年",
        r"上半年|[一二]季度",
        r"三季度|四季度",
        r"其中",
        r"新增|出现|发生",
        r"每|各",
        r"建设|项目",
        r"会议|研究|审议",
        r"请|要|须|应",
        r"^$",
        r"由",
        r"[、和与及]$",
        r"在$|于$",
    )
)
_BEHIND = tuple(
    re.compile(each)
    for each in (
        r"^年",
        r"^年度",
        r"^年\d",
        r"^\s*[—\-–~～至到]",
        r"^[〕\]]",
        r"^年[上下]半年",
        r"^年第?[一二三四]季度",
        r"^年?(?:底|末|初)",
        r"^年[\u4e00-\u9fff]",
        r"同期|相比|增长|下降|基础",
        r"底前|前(?:完成|报|将)|之前|以前|前$",
        r"以来|起",
        r"将|拟|计划|力争|确保",
        r"已|了|完成",
        r"召开|举办|举行|组织|开展",
        r"总结|情况|报告",
        r"方案|计划|安排|要点|意见|规划",
        r"通知|办法|条例|公告|决定",
        r"号|》",
        r"春|夏|秋|冬|汛期|防火期",
        r"^年.{0,6}[届次]",
        r"截至|末|底",
        r"印发|下发|发布|公布|施行|实行|生效|执行",
        r"考核|评定|验收",
        r"^月",
        r"\d",
        r"^，",
        r"^的",
        r"^$",
        r"^[）)]",
        r"累计",
        r"建成|竣工|投入使用|开工",
        r"目标|任务|预算",
        r"发生|出现|造成|遭",
        r"第",
        r"会议|研究|审议",
        r"工作",
        r"期间",
    )
)


def cues(each: Mention) -> list[float]:
    found = [float(bool(cue.search(each.lead))) for cue in _BEFORE]
    found += [float(bool(cue.search(each.after))) for cue in _BEHIND]
    return found + [float(bool(cue.search(each.sentence))) for cue in (*_BEFORE[:6], *_BEFORE[29:33])]

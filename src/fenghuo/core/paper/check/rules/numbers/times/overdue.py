"""What is still to come by a month that was over when the paper was signed: 二月下旬，我行将…, signed in July.

Read are clauses that speak of what is to come (将, 拟, 须…前, 安排在), the bare entries of a plan, and times beside
others that are to come (9月10日截止，4月25日抽签). A month counts as over where it lies up to half a year behind the
signing; what lies farther back is of the next year, and so is what is told late in the year. Headings that plan a
quarter or a half are read as well: 二季度安排 in a bulletin on the third.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ....rulebook import rules
from ..text.dates import Moment, moments
from ..text.frame import Frame
from ..text.sections import headings, months_set
from ..text.sentences import Sentence, sentences
from .later import IMPRINT
from .spans import YEAR, headline, own

_BACK_AT_MOST, _LATEST = 6, 10
"""Months behind a signing that are over, and the last month of a signing from which they may be of the next year."""
_WILL = re.compile(
    r"(?:(?<!现)将(?!军|相|[^，。；]{2,40}?(?:到|至|给|为|入|完毕|完成|上报|报送|移交|下达))|拟(?!定|稿)|定于|计划(?=[^，。；]{0,6}(?:完|开|启|召|举|进|实|建|竣|动|在|于))|预计|力争|争取|确保|务必|必须|须|请(?!示|求|假)|(?<![主重需])要(?!求|点|素|闻)|应(?![急用对收检届参免当])|安排[在到于]|放[在到]|定[在为])"
)
_BEFORE = re.compile(r"^\s*(?:[底末]|[上中下]旬|\d{1,2}日)?(?:[^，。；\d]{0,2})(?:之?前|以前)")
_OTHER = re.compile(
    r"去年|上年|前年|明年|来年|次年|翌年|明春|今冬|跨年|每年|历年|往年|常年|同期|同比|环比|以来|起已|自$|截至|截止到?|会议|精神|按照?|根据|依据|《|印发|通报|下发|来函|通知|统计|发生|摸底|调研|排查出|发现|检查出|年度|学年|下一?[轮届期年]|已|了(?![解结])|曾|经[^，。；]{0,12}(?:研究|审议|讨论|同意|批准)|完成了|当[年时]|期[满限间至]|有效|合同|承包|租|至\d|[—\-～~]\s*$|比|较|公布的|确定的|的(?:[\u4e00-\u9fff]{2,10})$|公布|批复|报送了|召开的|举办的|形成|新[增建]|结余|余|剩"
)
_DONE_ONLY = re.compile(
    r"去年|上年|明年|来年|次年|翌年|每年|历年|同期|同比|以来|截至|会议|精神|《|印发|发生|发现|已|了(?![解结])|曾|当[年时]|至\d|比|较|的[\u4e00-\u9fff]{2,8}$"
)
_WAS = re.compile(r"上半年|去年|上年|今年以来|共[\u4e00-\u9fff]{2,4}\d|了(?!解)|累计")
"""What a paragraph of a plan opens with that tells of what was done."""
_WHO = re.compile("^[，我各本全局行镇县市区院校司中心们单位在底上中下旬日初末]*")
"""Who will do it, and when in the month, before the word that says so."""
_INTENDS = re.compile(r"计划(?=[\u4e00-\u9fff])|拟(?!定|稿)|准备(?=[\u4e00-\u9fff])|打算|(?<!现)将(?!军|相)")
_ENTRY = re.compile(
    r"^[各全]?[^，。；\d]{0,12}(?:组织|完成|开展|进行|举办|召开|启动|实施|举行|安排|报送|报齐|做|讲|办|抓|评|送|发放|收|检查|培训|演练|抽签|报到|验收)"
)
_PLAN = re.compile(r"计划|安排|打算|要点|方案|工作思路")
_LASTS = re.compile(r"^(?:[上中下]旬|份|[初])?(?:[至到—\-～~]{1,2}\d{1,2}月(?:\d{1,2}日|[上中下]旬)?)?")
"""What belongs to a month itself, and the end of its period."""
_YEARS = re.compile(r"(20\d\d)年")
_CLAUSE = re.compile(r"[，：:]")
_HEAD = re.compile(
    r"^[^，。；：\d]{0,6}?(?P<which>第?[一二三四]季度|[上下]半年)(?:的)?(?:主要|重点)?(?:工作)?(?:重点)?(?:的)?(?:任务|安排|打算|计划|思路|目标|展望|部署|重点|走势|建议|要求|措施|预[测期判])"
)
_SHORT, _BRIEF = 24, 8


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the paper has no day of its own, but for headings under a title that names its quarter or half."""
    yield from _headings(document, frame)
    signed = frame.signed
    if signed is None or signed.month > _LATEST:
        return
    title = headline(document, frame)
    plans = bool(_PLAN.search(title[-10:])) and not re.search("总结|报告|情况|纪要|批复", title[-10:])
    orders = frame.parts.kind in ("通知", "方案", "通告", "公告")
    time = own(document, frame)
    wraps = time is not None and {12, 1} <= time.months
    skipped = {*frame.parts.title, frame.parts.number, frame.parts.date, frame.parts.signature}
    heads = headings(document)
    index, other, was, last = -1, False, False, ""
    for sentence in sentences(document):
        was = sentence.index == index and (was or bool(_WAS.search(last)))
        last = sentence.plain
        if sentence.index != index:
            # A paragraph that names a year to come is of that.
            index = sentence.index
            years = _YEARS.findall(folded(document.said(document.paragraphs[index])))
            other = any(int(year) > signed.year for year in years)
        if sentence.cell or sentence.index in skipped or IMPRINT.fullmatch(sentence.plain.strip()):
            continue
        text = re.sub(
            r"《[^《》]*》|[（(][^（）()]*[)）]", lambda match: "　" * len(match[0]), sentence.plain
        )
        found = [each for each in moments(text) if each.month]
        if other or any(each.year for each in found):
            continue
        if months_set(heads[index], frame) == frozenset():
            continue
        for moment in found:
            month = moment.month or 0
            if moment.relative or moment.lunar or not 1 <= signed.month - month <= _BACK_AT_MOST:
                continue
            if wraps and time and month in time.months:
                continue
            if _due(text, moment, found, signed, plans=plans and not was, orders=orders):
                yield _late(sentence, moment, signed)
                break


def _due(text: str, moment: Moment, found: list[Moment], signed: date, *, plans: bool, orders: bool) -> bool:
    before, after = text[: moment.start], _LASTS.sub("", text[moment.end :])
    if any(
        (each.month or 0) > (moment.month or 0) and not re.search("[，：]", text[each.end : moment.start])
        for each in found
        if each.end <= moment.start
    ):
        return False  # 11月开工、4月竣工
    lead, clauses = _CLAUSE.split(before)[-1], _CLAUSE.split(after)
    clause = clauses[0] if clauses[0].strip() else "，".join(clauses[:2])
    if len(clause) <= _BRIEF and clause.rstrip().endswith(("前", "时")) and len(clauses) > 1:
        clause = f"{clause}，{clauses[1]}"  # 2月28日报到前，请自备
        if _WILL.match(clauses[1]) and not _OTHER.search(lead + clause):
            return True
    if re.search(r"[至到—\-~～年]\s*$", before):
        return False
    around = lead + "　" + clause
    if _WILL.search(lead) or _WILL.search(clause):
        if _OTHER.search(_without_rest(lead) + clause):
            return False
        return bool(_WILL.search(lead[-8:]) or _BEFORE.match(after) or _WILL.match(_WHO.sub("", clause)))
    if _DONE_ONLY.search(around):
        return False
    if _BEFORE.match(after) and not _DONE_ONLY.search(text):
        # 计划更换启闭机，2月底前完成
        said = _CLAUSE.split(before)[-2:-1]
        if said and _INTENDS.search(said[0]) and not _OTHER.search(said[0].replace("计划", "")):
            return True
    if orders and _BEFORE.match(after) and not _DONE_ONLY.search(text) and not _OTHER.search(lead + clause):
        return bool(_ENTRY.match(_WHO.sub("", clause.partition("前")[2].lstrip("，　"))))
    if plans and not _DONE_ONLY.search(text):
        return bool(
            _ENTRY.match(re.sub("^(?:[上中下]旬|[底末初]|份|、\\d{1,2}月)*[，,]?(?:之?前)?", "", after))
        )
    # 9月10日截止，4月25日抽签
    later = [each for each in found if each.day and (each.month or 0, each.day) > (signed.month, signed.day)]
    return (
        bool(later)
        and later[0].start < moment.start
        and bool(moment.day)
        and not re.search(r"已|了(?!解)|曾|共|[余多]?\d[人次个]", text)
    )


def _without_rest(lead: str) -> str:
    """剩余5栋安排在2月: what is left is still to come."""
    return re.sub("剩余|其余|余下", "", lead)


def _late(sentence: Sentence, moment: Moment, signed: date) -> Finding:
    return rules()["deadline-past"].finding(
        sentence.start + moment.start,
        sentence.start + moment.end,
        found=sentence.text[moment.start : moment.end],
        signed=signed.isoformat(),
    )


def _headings(document: Document, frame: Frame) -> Iterator[Finding]:
    """二季度安排 in a bulletin on the third quarter, 上半年打算 in a summary of the first half."""
    time = own(document, frame)
    if time is None or time.far > 1 or not time.back or len(time.months) not in (3, 6, 9):
        return
    first = min(time.months)
    for index, paragraph in enumerate(document.paragraphs):
        if index in frame.parts.title or paragraph.cell:
            continue
        said = folded(document.said(paragraph)).strip()
        bare = re.sub(r"^[【〔\[]|^[一二三四五六七八九十]{1,2}、|^[（(][一二三四五六七八九十][)）]", "", said)
        match = _HEAD.match(bare) if len(bare) <= _SHORT else None
        if not match:
            continue
        which = match["which"].removeprefix("第")
        if which[0] in "上下":
            starts, length = (1 if which[0] == "上" else 7), 6
        else:
            starts, length = 3 * "一二三四".index(which[0]) + 1, 3
        if length != (len(time.months) % 6 or 6):
            continue
        step = (starts - first) % YEAR
        if step != len(time.months) and not (
            frame.signed and starts <= frame.signed.month < starts + length and step
        ):
            start = paragraph.start + document.said(paragraph).find(match["which"])
            yield rules()["other-half"].finding(
                start,
                start + len(match["which"]),
                found=match["which"],
                own=Text(en=time.called, zh=f"{time.called}，接下来的不是{match['which']}"),
            )

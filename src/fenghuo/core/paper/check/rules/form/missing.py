"""The parts an official paper of a kind must have: title, addressees, signature and date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fenghuo.core.finding import Text

from ...document import Document
from ...finding import Finding
from ...outline import marks
from ...parts import Parts, parts, printed_on, signs
from ...rulebook import rules

# Kinds that go to somebody (条例 and GB/T 9704-2012, 7.3.2); announcements, schemes and summaries need not.
_ADDRESSED = {"通知", "请示", "报告", "函", "复函", "批复", "通报"}
_SIGNED = _ADDRESSED | {"预警单", "预警", "预警信息", "预警信号", "总结", "通报", "通告", "公告", "决定"}
_READ_OUT = re.compile(
    r"(?:绩效|政府工作|述职|述廉|述法|调研|调查|研究|考察|评估|可行性|可研|检测|监测|鉴定|审计|验收|勘查|实施|分析|试验|心得|学习|剖析|"
    r"总结|主题|开题|年度|责任|质量|财务|预算|决算|月度|季度|测试)(?:分析|研究|评价|情况)?报告$"
)
_FINDINGS = re.compile(r"(?:检查|督查|督导|巡查|核查|抽查|抽检|普查|排查)(?:情况)?报告$")
"""What a body found; without a number of its own it goes to nobody."""
_MEETING = re.compile(
    r"^[—－\-（(].{0,40}会议?上[)）]?$|^(?:各位|尊敬的)[^，。；]{2,24}[：:！]$|^(?:同志们|老师们|同学们|朋友们|乡亲们|代表们|委员们)[^。]{0,12}[：:！]$"
)
_BEGUN = re.compile(
    r"[（(]?\d{4}年\d{1,2}月\d{1,2}日[)）]?$|(?:发布|印发)?(?:时间|日期)[：:]|[〔\[（(]?(?:19|20)\d\d[〕\]）)]?年?\s*第?\s*\d+\s*期"
)
"""What stands under a title and never over it."""
_TO_BODIES = re.compile(
    r"(?:政府|委员会|委|办公室|办|指挥部|局|厅|部|站|所|中心|公司|学校|院|馆|单位|部门|成员|机构|企业|园|街道|镇|乡|村|社区|小组|协会|银行|大队|支队)"
    r"(?:[（(][^（）()]*[)）])?[：:]$"
)
_SPEAKER = re.compile(r"[\u4e00-\u9fff、]{2,24}(?:长|书记|主任|委员|主席|专员|同志)[\s　]+\S[^。；：\n]{1,9}")
_DAY_MISREAD = re.compile(
    r"[（(]?\s*[\dOoQIl〇]{4}\s*年\s*[\dOoQIl]{1,2}\s*月\s*[\dOoQIl]{1,2}\s*日\s*[)）]?"
)
_MINUTES = re.compile(
    r"^\s*会议(?:听取|指出|强调|议定|认为|研究|决定|要求)|^\s*(?:出席|参会|列席)[^。\n]{0,4}[：:]",
    re.MULTILINE,
)
_TELLS_KIND = re.compile(r"现(?:将|就|对)?[^。；：]{0,40}?(?:通知|通报|函告|函复|批复|请示|致函)如下[：。:]")
_CLOSES = re.compile(
    r"(?:特此|专此|谨此)?(?:通知|报告|通报|函[复达告]|批复|公告|通告|请示|致函|报[告请])[。！]?|此[复致函][。！]?|(?:以上|妥否|当否|可否|如无不妥|盼复|请予|特请|恳请)[^。]{0,24}(?:批示|批复|函复|复|批准|支持|审批|审议|指示)[。！]?"
)
_PRINTED = re.compile(r"[（(]\d{4}年\d{1,2}月\d{1,2}日(?:印发|发布|通过)[）)]")
_REPORTED = re.compile(r"(?:特此|专此|谨此)(?:汇报|报告)[。！]?")
_WHAT = {
    "title": Text(en="title", zh="标题"),
    "addressee": Text(en="addressee", zh="主送机关"),
    "signature": Text(en="signature", zh="发文机关署名"),
    "date": Text(en="date", zh="成文日期"),
}


def check(document: Document) -> Iterator[Finding]:
    """What a paper lacks; silent on a text that does not look like a whole paper."""
    found = parts(document)
    if found.kind == "令":
        yield from _order(document, found)
        return
    if not found.title:
        place = _untitled(document, found)
        if place is not None:
            yield _missing(document, "title-missing", place)
            if found.addressee is None and found.number is None and _told_to_some(document, found):
                yield _missing(document, "addressee-missing", place)
            yield from _unsigned(document, found)
        return
    if not _whole(document, found):
        return
    signed_below = found.signature is not None and found.date is not None and found.date > found.body.start
    official = "关于" in found.heading(document) or found.number is not None or signed_below
    if "摘要" in found.heading(document):
        official = False  # a report that is published in short
    if found.kind == "通报" and "关于" not in found.heading(document) and found.number is None:
        official = False  # 上半年读者服务情况通报: published, and to nobody
    addressed = found.kind in _ADDRESSED or (found.kind == "汇报" and _reports(document, found))
    if addressed and official and found.addressee is None and not _talk(document, found):
        yield _missing(document, "addressee-missing", found.title[-1], kind=found.kind)
    last = _last(document, found)
    signed = found.kind in _SIGNED and not _spoken(document, found)
    unsigned = found.kind in ("纪要", "会议纪要", "简报", "记录")  # minutes and their like carry none
    at_end = found.date is not None and found.date > found.body.start and not unsigned
    # Minutes are dated by their imprint, at the end or under the title.
    printed = unsigned and (printed_on(document) or _printed_above(document, found))
    spoken = _speaker(document, found)
    told = signed or found.signature is not None or spoken
    if found.date is None and not printed and told and not _misread(document, found):
        yield _missing(document, "date-missing", found.title[-1] if spoken else last, kind=found.kind)
    # A name under the title has signed as well; where a date stands at the end, a name stands above it.
    named = _named_above if at_end else _under_title
    if found.signature is None and (at_end or signed) and not named(document, found):
        yield _missing(
            document, "signature-missing", last if found.date is None else found.date, kind=found.kind
        )


def _order(document: Document, found: Parts) -> Iterator[Finding]:
    """An order has no addressees, and need not have a title; a signer's post and the date stand at its end."""
    last = max((at for at in found.body if document.said(document.paragraphs[at]).strip()), default=None)
    if last is None:
        return
    for rule, part in (("signature-missing", found.signature), ("date-missing", found.date)):
        if part is None:
            yield _missing(document, rule, last, kind=found.kind)


def _untitled(document: Document, found: Parts) -> int | None:
    """Where a title is missing: over a numbered or addressed paper, or one that begins with a sentence."""
    if found.number is not None:
        return found.number
    signed = found.date is not None and found.signature is not None
    if found.addressee is not None and (signed or _official(document, found)):
        return found.addressee
    filled = [
        at for at, each in enumerate(document.paragraphs) if document.said(each).strip() and not each.cell
    ]
    headings = [mark for mark in marks(document) if mark.level == 1]
    if len(filled) < 4 or document.text.count("。") < 3 or not (signed or len(headings) >= 2):
        return None
    first = document.said(document.paragraphs[filled[0]]).strip()
    begins = (
        bool(_BEGUN.match(first))
        or "。" in first
        or len(first) > 60
        or (headings and headings[0].index == filled[0])
    )
    return filled[0] if begins else None


def _official(document: Document, found: Parts) -> bool:
    """A paper that begins with the bodies it goes to and says something: its closing words or its day may lack too."""
    to = document.said(document.paragraphs[found.addressee or 0]).strip()
    body = "".join(document.said(document.paragraphs[at]) for at in found.body)
    return bool(_TO_BODIES.search(to)) and body.count("。") >= 3


def _unsigned(document: Document, found: Parts) -> Iterator[Finding]:
    """What a copy without its title lacks besides: a day needs a name above it, and a name a day below.

    Minutes carry no name, and what is read out neither.
    """
    to = document.said(document.paragraphs[found.addressee]).strip() if found.addressee is not None else ""
    if _MINUTES.search(document.text) or (to and not _TO_BODIES.search(to)):
        return
    at = next(
        (each for each in (found.date, found.signature) if each is not None and each >= found.body.start),
        None,
    )
    if at is not None and found.signature is None:
        yield _missing(document, "signature-missing", at)
    elif at is not None and found.date is None:
        yield _missing(document, "date-missing", at)
    elif at is None and (found.addressee is not None or _closed(document, found)):
        last = max(index for index in found.body if document.said(document.paragraphs[index]).strip())
        yield _missing(document, "signature-missing", last)
        yield _missing(document, "date-missing", last)


def _closed(document: Document, found: Parts) -> bool:
    """Whether the words that close a paper are its last."""
    filled = [at for at in found.body if document.said(document.paragraphs[at]).strip()]
    return bool(filled and _CLOSES.fullmatch(document.said(document.paragraphs[filled[-1]]).strip()))


def _reports(document: Document, found: Parts) -> bool:
    """Whether what is called 汇报 closes as a report to somebody does."""
    said = (document.said(document.paragraphs[at]).strip() for at in found.body)
    return any(_REPORTED.fullmatch(line) for line in said)


def _told_to_some(document: Document, found: Parts) -> bool:
    """Whether a paper without a title says itself that it is of a kind that goes to somebody."""
    said = (document.said(document.paragraphs[at]).strip() for at in found.body)
    return any(_TELLS_KIND.search(line) or _CLOSES.fullmatch(line) for line in said)


def _whole(document: Document, found: Parts) -> bool:
    """A paper with something under its title, not a title alone or a list of titles."""
    body = [at for at in found.body if document.said(document.paragraphs[at]).strip()]
    return sum(len(document.said(document.paragraphs[at])) for at in body) >= 30


def _last(document: Document, found: Parts) -> int:
    body = [at for at in found.body if document.said(document.paragraphs[at]).strip()]
    if found.signature is not None:
        return found.signature
    return body[-1] if body else found.title[-1]


def _talk(document: Document, found: Parts) -> bool:
    """政府工作报告 and 述职报告 are read to those who are called upon in their first line."""
    title = found.heading(document)
    read_out = _READ_OUT.search(title) or (found.number is None and _FINDINGS.search(title))
    return (found.kind == "报告" and bool(read_out)) or _spoken(document, found)


def _spoken(document: Document, found: Parts) -> bool:
    """Whether a paper is read out at a meeting, which the lines under its title say or its first words."""
    under = range(found.title[-1] + 1, min(found.title[-1] + 7, len(document.paragraphs)))
    return any(_MEETING.search(document.said(document.paragraphs[at]).strip()) for at in under)


def _misread(document: Document, found: Parts) -> bool:
    """Whether a line under the title or at the end is a day with a letter for a digit: 2O25年3月6日."""
    said = [document.said(each).strip() for each in document.paragraphs]
    near = said[found.title[-1] + 1 : found.title[-1] + 5] + [line for line in said if line][-4:]
    return any(_DAY_MISREAD.fullmatch(line) for line in near)


def _printed_above(document: Document, found: Parts) -> bool:
    under = range(found.title[-1] + 1, min(found.title[-1] + 4, len(document.paragraphs)))
    return any(_PRINTED.fullmatch(document.said(document.paragraphs[at]).strip()) for at in under)


def _speaker(document: Document, found: Parts) -> bool:
    """Whether a speech tells under its title who gave it, so that the day has its place there too."""
    under = range(found.title[-1] + 1, min(found.title[-1] + 4, len(document.paragraphs)))
    said = (document.said(document.paragraphs[at]).strip() for at in under)
    return found.kind in ("讲话", "讲话稿") and any(_SPEAKER.fullmatch(line) for line in said)


def _under_title(document: Document, found: Parts) -> bool:
    """Summaries name who wrote them, and often the day, in the lines under the title."""
    if found.kind not in {"总结", "报告"} or found.date is None:
        return False
    return found.date <= found.title[-1] + 3 or (found.date == found.signature)


def _named_above(document: Document, found: Parts) -> bool:
    """Whether the line right under the title is who issued the paper."""
    at = found.title[-1] + 1
    return (
        at <= found.body.start < len(document.paragraphs)
        and at not in (found.addressee, found.number)
        and signs(document.said(document.paragraphs[at]).strip())
    )


def _missing(document: Document, rule: str, at: int, kind: str = "") -> Finding:
    paragraph = document.paragraphs[at]
    return rules()[rule].finding(
        paragraph.start, paragraph.end, kind=kind or "公文", what=_WHAT[rule.partition("-")[0]]
    )

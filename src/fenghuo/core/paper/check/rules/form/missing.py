"""The parts an official paper of a kind must have: title, addressees, signature and date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fenghuo.core.finding import Text

from ...document import Document
from ...finding import Finding
from ...outline import marks
from ...parts import Parts, parts, printed_on
from ...rulebook import rules

# Kinds that go to somebody (条例 and GB/T 9704-2012, 7.3.2); announcements, schemes and summaries need not.
_ADDRESSED = {"通知", "请示", "报告", "函", "复函", "批复", "通报"}
_SIGNED = _ADDRESSED | {"预警单", "预警", "预警信息", "预警信号", "总结", "通报", "通告", "公告", "决定"}
_READ_OUT = re.compile(
    r"(?:政府工作|述职|述廉|述法|调研|调查|研究|考察|评估|可行性|可研|检测|监测|鉴定|审计|验收|勘查|实施|分析|试验|心得|学习|剖析|"
    r"总结|主题|开题|年度|责任|质量|财务|预算|决算|月度|季度|测试)(?:分析|研究|评价|情况)?报告$"
)
_MEETING = re.compile(
    r"^[—－\-（(].{0,40}会议?上[)）]?$|^(?:各位|尊敬的)[^，。；]{2,24}[：:！]$|^(?:同志们|老师们|同学们|朋友们|乡亲们|代表们|委员们)[^。]{0,12}[：:！]$"
)
_BEGUN = re.compile(
    r"[（(]?\d{4}年\d{1,2}月\d{1,2}日[)）]?$|(?:发布|印发)?(?:时间|日期)[：:]|[〔\[（(]?(?:19|20)\d\d[〕\]）)]?年?\s*第?\s*\d+\s*期"
)
"""What stands under a title and never over it."""
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
        return
    if not _whole(document, found):
        return
    signed_below = found.signature is not None and found.date is not None and found.date > found.body.start
    official = "关于" in found.heading(document) or found.number is not None or signed_below
    if found.kind in _ADDRESSED and official and found.addressee is None and not _talk(document, found):
        yield _missing(document, "addressee-missing", found.title[-1], kind=found.kind)
    last = _last(document, found)
    signed = found.kind in _SIGNED and not _spoken(document, found)
    unsigned = found.kind in ("纪要", "会议纪要", "简报", "记录")  # minutes and their like carry none
    at_end = found.date is not None and found.date > found.body.start and not unsigned
    printed = unsigned and printed_on(document)  # minutes are dated by their imprint
    if found.date is None and not printed and (signed or found.signature is not None):
        yield _missing(document, "date-missing", last, kind=found.kind)
    # A name under the title has signed as well; where a date stands at the end, a name stands above it.
    if found.signature is None and (at_end or (signed and not _under_title(document, found))):
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
    if found.addressee is not None and signed:
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
    read_out = found.kind == "报告" and bool(_READ_OUT.search(found.heading(document)))
    return read_out or _spoken(document, found)


def _spoken(document: Document, found: Parts) -> bool:
    """Whether a paper is read out at a meeting, which the lines under its title say or its first words."""
    under = range(found.title[-1] + 1, min(found.title[-1] + 7, len(document.paragraphs)))
    return any(_MEETING.search(document.said(document.paragraphs[at]).strip()) for at in under)


def _under_title(document: Document, found: Parts) -> bool:
    """Summaries name who wrote them, and often the day, in the lines under the title."""
    if found.kind not in {"总结", "报告"} or found.date is None:
        return False
    return found.date <= found.title[-1] + 3 or (found.date == found.signature)


def _missing(document: Document, rule: str, at: int, kind: str = "") -> Finding:
    paragraph = document.paragraphs[at]
    return rules()[rule].finding(
        paragraph.start, paragraph.end, kind=kind or "公文", what=_WHAT[rule.partition("-")[0]]
    )

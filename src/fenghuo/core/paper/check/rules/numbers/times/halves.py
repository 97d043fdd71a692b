"""The other half of the year, or another quarter, named where a paper of one half can only mean its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....rulebook import rules
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .planned import CARRIED, is_planned

_HALF = re.compile(r"(?P<which>[上下])半年")
_QUARTER = re.compile(r"(?<![前至到—\-下上])第?(?P<which>[一二三四])季度")
_BACK = re.compile(r"总结|报告|通报|情况|汇报|小结|分析|简报|快报|评价|公报|季报|统计|函$")
_PLANS = re.compile(r"计划|打算|安排|思路|谋划|部署|预算草案")
_NOT_OWN = re.compile(
    r"(?<![同环占对])比(?![例赛武])|超过|[高低多少]于|较(?![好大多强快高为低重少长短差早])|同期|去年|上年|前年|明年|次年|来年|(?:19|20)\d{2}年|打算|计划|安排|拟|定[于在]|将(?!军|相)|力争|争取|预[计测]|确保|目标|认为|预期|看好|年底|下一?步|全年|(?<![简主重需摘])要(?!求|点|素)|应(?!急)|须|待|每"
)
_DUE = re.compile(
    r"^[^，。；\d]{0,6}(?:工作)?(?:的)?(?:主要|重点)?(?:工作)?(?:打算|计划|安排|思路|谋划|措施)"
)
_FALLS = re.compile(r"(?:将)?(?:到期|期满|届满|应[付还]|待[付还])(?!了)")
_ASKED = re.compile(r"(?:^|[，。；：])[^，。；：\d]{0,4}(?:请(?![示求假])|要求|须|务必)")
"""Who is asked for something, in the clause or before it, is told what to do next."""
WHICH = re.compile(
    r"[\u4e00-\u9fff]{2,10}的|[^，。；：\d]{0,16}(?:总结|分析|通报|讲评|复盘|点评|考核|例)会|[^，。；\d]{0,4}(?:遗留|结转|剩余|未)"
)
"""What only says which things are meant, behind the time that they are of."""
_THAN = re.compile(r"(?:比|较|与|同|超过|高于|低于|和)(?:今年)?$")
_HEADING = 24
"""Characters that a heading has at the most."""
_DONE = re.compile(r"情况|总结|回顾|成[效绩]|做法|完成|开展|取得")
_WAS = re.compile(r"了|已|共(?!同|享|建|治)|累计|先后|完成|开展|召开|举[办行]|\d(?![\d.]*[月日年季])")
"""What tells of a time that has been, among what opens a paragraph with it."""
_THE_REST = re.compile(r"[，,]?(?:再|继续)?[\u4e00-\u9fff]{0,4}(?:剩余|余下|其余|剩下)(?:的)?\d")
_SETS_OUT = re.compile(r"[，,]?(?:重点|继续|着重|着力|主要|全力|进一步|加强|加大|加快|抓好|做好)")
"""How one begins to tell what comes next."""
_TURN, _EARLY = 3, 9
"""The months between which nobody reports on a second half of its own year; before them its year is wrong."""


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent unless the title names one half or one quarter and looks back."""
    if not frame.half or not _BACK.search(frame.title):
        return
    own = "上" if frame.half == 1 else "下"
    halves = set(_HALF.findall(frame.title))
    quarters = set(_QUARTER.findall(frame.title))
    both = len(halves) == 2
    halves &= {own}
    if halves and not both and (found := _title(document, frame, halves)):
        yield found
        return
    last = max(frame.parts.title, default=-1)
    opens = _first_of(document, frame)
    for sentence in sentences(document):
        if sentence.cell or sentence.index <= last or sentence.index == frame.parts.date:
            continue
        if is_planned(document, sentence):
            continue
        if halves and "半年" in sentence.text:
            yield from _other(sentence, _HALF, halves, frame, own + "半年", opens)
        elif len(quarters) == 1 and not halves and "季度" in sentence.text:
            yield from _other(sentence, _QUARTER, quarters, frame, f"第{min(quarters)}季度", opens)


def _other(
    sentence: Sentence, form: re.Pattern[str], own: set[str], frame: Frame, called: str, opens: int
) -> Iterator[Finding]:
    text = re.sub(r"《[^《》]*》", lambda match: "　" * len(match[0]), sentence.plain)
    found = [each for each in form.finditer(text) if not _THAN.search(text[: each.start()])]
    ahead = sentence.index in frame.ahead
    if ahead:
        # 四、上半年打算 below the summary of that half.
        match = found[0] if found else None
        due = match and sentence.first and match.start() <= 6 and _DUE.match(text[match.end() :])
        if (
            due
            and match
            and len(text) < _HEADING
            and match["which"] in own
            and len(found) == 1
            and form is _HALF
        ):
            yield _told(sentence, match, "下半年" if frame.half == 1 else "次年")
        return
    if len({match["which"] for match in found}) != 1 or found[0]["which"] in own:
        return
    rest = text[found[-1].end() :]
    if _before(found[0]["which"], own) and text.rfind("（", 0, found[0].start()) > text.rfind(
        "）", 0, found[0].start()
    ):
        return  # 截至6月底累计133场（一季度47场）
    if re.match("[^【】]{0,8}】", rest):
        return  # 【一季度回顾】: a heading sets its own time
    if WHICH.match(rest) and _before(found[0]["which"], own):
        return  # 上半年检出的3批次, 上半年遗留问题 in a paper of the second half
    later = not _before(found[0]["which"], own)
    if (
        later
        and sentence.first
        and not text[: found[0].start()].strip()
        and sentence.index != opens
        and not _WAS.search("，".join(rest.split("，")[:2]))
    ):
        return  # 下半年，重点抓好9月份的参展
    if later and (_ASKED.search(text[: found[0].start()]) or _DUE.match(rest) or _FALLS.match(rest)):
        return  # 请各单位于7月25日前提出下半年改进措施, 四季度到期3.94亿元
    if later and _THE_REST.match(rest):
        return  # 上半年完成52公里，下半年完成剩余34公里
    if later and (rest.startswith("到期") or re.search("[为给](?:全年和?|今年)?$", text[: found[0].start()])):
        return  # 四季度到期3.94亿元, 为下半年打下基础
    if later and _SETS_OUT.match(rest) and not re.search("了|已|共(?!同|享|建)|累计", rest):
        return  # 三季度重点整改交接班
    if sentence.first and len(text) < _HEADING and not (_DONE.search(rest) or re.search(r"\d", rest)):
        return  # 三、下半年重点: what is to come is told under it
    own_years = set(frame.title_years) or frame.years
    year = rf"(?:{'|'.join(map(str, sorted(own_years)))})年|" if own_years else ""
    bare = re.sub(rf"(?:现将|{year}今年)(?=[^，。；]{{0,14}}$)", "", text[: found[0].start()])
    # What stands in the clauses about it says which time is meant, not all that the sentence goes on to tell.
    about = ("，".join(bare.split("，")[-2:]), text[found[-1].end() :].lstrip("，").partition("，")[0])
    if not _NOT_OWN.search("，".join(about)) and not CARRIED.search(text[: found[0].start()]):
        yield _told(sentence, found[0], called)


def _first_of(document: Document, frame: Frame) -> int:
    """The paragraph that opens a review, which does so with its own time."""
    body = (at for at in frame.parts.body if len(document.said(document.paragraphs[at])) >= _HEADING)
    return next(body, -1)


def _before(which: str, own: set[str]) -> bool:
    """Whether a half or quarter comes before the paper's own."""
    return all("上下一二三四".index(which) < "上下一二三四".index(each) for each in own)


def _told(sentence: Sentence, match: re.Match[str], called: str) -> Finding:
    return rules()["other-half"].finding(
        sentence.start + match.start(),
        sentence.start + match.end(),
        found=match[0],
        own=Text(en=called, zh=called),
    )


def turned(document: Document, frame: Frame) -> Frame:
    """The frame of the first half where a title names the second and is signed when this has hardly begun."""
    halves = set(_HALF.findall(frame.title))
    if frame.half != 2 or not _BACK.search(frame.title) or not _title(document, frame, halves):
        return frame
    return replace(frame, half=1, title=frame.title.replace("下半年", "上半年"))


def _title(document: Document, frame: Frame, halves: set[str]) -> Finding | None:
    """A report on the second half that is signed when this has hardly begun."""
    signed = frame.signed
    if halves != {"下"} or not signed or not _TURN < signed.month <= _EARLY or _PLANS.search(frame.title):
        return None
    if signed.year not in frame.title_years:
        return None
    for index in frame.parts.title:
        paragraph = document.paragraphs[index]
        at = document.said(paragraph).find("下半年")
        if at >= 0:
            start = paragraph.start + at
            day = f"{signed.year}年{signed.month}月{signed.day}日以前"
            return rules()["other-half"].finding(
                start, start + 3, found="下半年", own=Text(en=f"the time up to {signed.isoformat()}", zh=day)
            )
    return None

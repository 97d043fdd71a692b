"""Years that cannot be told as they are: what is past in a year to come, plans and winters with wrong years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....numerals import folded, from_han
from ....rulebook import rules
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .occasions import listed, plan_years

_YEAR = r"(?P<year>(?:19|20)\d{2})年?"
# What can only have been: a comparison, a start, a law made, a number given.
_PAST = (
    re.compile(
        rf"{_YEAR}(?:度)?(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?(?:以来|至今|(?:修订|修正|编制|制定|印发|发布|颁布|建成|投用|购置|竣工|成立|遗留|原有))"
    ),
    re.compile(
        rf"(?:较|比|与)[^，。；\d]{{0,4}}{_YEAR}(?:度)?(?:同期|末|底|年初|全年)?[^，。；\d]{{0,4}}(?:增|减|少|多|上升|下降|提高|降低|相比|持平)"
    ),
    re.compile(
        rf"[—\-～至到]\s*{_YEAR}(?:度)?[，,]?[^，。；\d]{{0,6}}(?:先后|曾|共(?:发生|查处|接报|完成|投入)|累计|连续遭)"
    ),
    re.compile(
        rf"{_YEAR}(?:\s*(?:至|—|-|～|~)+\s*20\d{{2}}年)?(?:年?度)?(?:的)?[^，。；\d]{{0,4}}(?:结余|结转|欠[缴付发薪税]|拖欠|遗留|滞留|沉淀|积压|存量)"
    ),
    re.compile(rf"(?:已经?|曾|先后)(?:于|在)?{_YEAR}\d{{1,2}}月"),
    re.compile(r"[〔\[](?P<year>(?:19|20)\d{2})[〕\]]\s*第?\d+号"),
)
_TO_COME = re.compile(
    r"将|拟|计划|规划|目标|到时|届时|预计|力争|预测|愿景|展望|奋斗|奋进|迈进|(?:^|[，。；\s])到20\d{2}年|[向朝][着了]?(?:20\d{2})年"
)
_BY_THEN = re.compile(r"(?:到|至)(20\d{2})年(?:[底末]|[，,])")
_FAR = 10
"""Years for which an office plans at the most."""
_PLAN_SPAN = re.compile(
    r"[“\"]?(?P<which>十[一二三四五六]?)五[”\"]?(?:[^（(，。；“”\d]{0,10}规划)?(?:时期|期间)?(?:指|是指|即|为)?[（(，,]?(?P<first>20\d{2})年?\s*(?:[—\-～~至]|——)\s*(?P<last>20\d{2})年?"
)
_WINTER = re.compile(
    r"(?P<first>20\d{2})年?\s*(?:[—\-～~至]|——)\s*(?P<last>20\d{2})年?(?:年?度)?(?:的)?(?:今)?(?:冬明春|冬春|秋冬春|冬季|冬季?至次?年?春季?|采暖|供暖|森林防火|防火期|森林防灭火)"
)
_YEARLY = re.compile(
    r"年度?(?![^，。]{0,12}(?:[上下]半年|季度|月|春|夏|秋|冬|阶段|汛|行动|节|活动|专项|演练|培训|赛|会议|周|检查|调查|考试|招生|换届|植树|“))[^，。]{0,30}总结$"
)
_DONE_AND_DUE = re.compile(
    r"(?:报告|将|关于|听取|审议)[^，。；\d]{0,12}(?P<done>20\d{2})年度?[^，。\d]{0,16}(?:执行|完成|落实)(?:情况)?[和及与暨、][^，。\d]{0,4}(?P<due>20\d{2})年度?[^，。\d]{0,16}(?:草案|计划|安排)"
)
_NOW_DUE = re.compile(
    r"(?:从|在|由|列入|纳入|使用|动用)\s*(?P<found>(?P<year>20\d{2})年(?:度)?)[^，。；\d]{0,10}(?:预算|经费|资金|专项|专户|盘子)(?:之?[中内]|里)?(?:列支|安排|解决|支出|统筹|调剂|支付|开支|拨付|$|[，。；])"
)
_EDITION = re.compile(
    r"(?P<year>(?:19|20)\d{2})年[^，。；第\d]{0,8}?第(?P<which>[一二三四五六七八九十\d]+)届(?P<of>[^，。；\n]{0,12})"
)
_EDITION_OF = re.compile(r"第[一二三四五六七八九十\d]+届(?P<of>[\u4e00-\u9fff]{2,12}?[节会赛周展])")
_TERM_OF_OFFICE = re.compile(r"人大|人民代表|政协|党代|委员|全会|中央|任期|村|社区|董事|理事|班子|毕业|学生")
_TOLD = re.compile(r"已|曾|当年|了|原|结余|结转|审计")


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the paper tells no time of its own, but for a plan's years, which are fixed."""
    skipped = {frame.parts.date, frame.parts.signature, frame.parts.number}
    horizon = _horizon(document, frame)
    for sentence in sentences(document):
        if sentence.cell or not sentence.figures or sentence.index in skipped:
            continue
        yield from _plans(sentence)
        yield from _winters(sentence)
        if not frame.years:
            yield from plan_years(sentence, frame)
            continue
        yield from _not_yet(sentence, max(*frame.years, horizon), _numbered_by(frame))
        yield from _done_and_due(sentence)
        yield from _spent(sentence, frame)
    yield from _too_soon(document, frame)
    yield from _editions(document, frame)


def _other(start: int, end: int, found: str, own: Text) -> Finding:
    return rules()["other-year"].finding(start, end, found=found, own=own)


def _horizon(document: Document, frame: Frame) -> int:
    """The year that the paper's plans reach: 到2030年."""
    own = max(frame.years, default=0)
    years = (int(match[1]) for match in _BY_THEN.finditer(folded(document.text)))
    return max((each for each in years if own < each <= own + _FAR), default=0)


def _numbered_by(frame: Frame) -> int:
    """The last year of which a number can be that the paper names."""
    signed = frame.signed
    if (
        signed is None
        or (frame.number_year or 0) > signed.year
        or max(frame.title_years, default=0) > signed.year
    ):
        return max(frame.years) + 1
    return signed.year


def _not_yet(sentence: Sentence, own: int, last: int) -> Iterator[Finding]:
    """较2052年同期减少 in a paper of 2026: nothing to come has been."""
    told: set[int] = set()
    coming = bool(_TO_COME.search(sentence.text))
    for form in _PAST:
        if coming and form is not _PAST[-1]:
            continue  # of what is planned; the number of a paper is given when it is signed
        for match in form.finditer(sentence.plain):
            start, end = match.span("year")
            # A paper of the year's turn may name the next one.
            if int(match["year"]) > (last if form is _PAST[-1] else own + 1) and start not in told:
                told.add(start)
                yield _other(
                    sentence.start + start,
                    sentence.start + end,
                    match["year"],
                    Text(en=str(own), zh=f"{own}年"),
                )


def _plans(sentence: Sentence) -> Iterator[Finding]:
    """“十五五”时期（2026—2030年）."""
    for match in _PLAN_SPAN.finditer(sentence.plain):
        which = from_han(match["which"])
        if not which or not 10 <= which <= 16:
            continue
        first = 2001 + (which - 10) * 5
        own = set(range(first, first + 5))
        if not {int(match["first"]), int(match["last"])} <= own:
            yield rules()["event-year"].finding(
                sentence.start + match.start(),
                sentence.start + match.end(),
                found=sentence.text[match.start() : match.end()],
                own=listed(sorted({int(match["first"]), int(match["last"])})),
                when=Text(en=f"{first}–{first + 4}", zh=f"{first}—{first + 4}年"),
            )


def _winters(sentence: Sentence) -> Iterator[Finding]:
    """2026—2027年度冬春: a winter lies in two years that follow each other."""
    for match in _WINTER.finditer(sentence.plain):
        several = re.search(r"年[至到].*年(?!度)", match[0])  # 2019年至2023年冬春季: one after the other
        if int(match["last"]) - int(match["first"]) > 1 and not several:
            yield rules()["number-unreal"].finding(
                sentence.start + match.start("first"),
                sentence.start + match.end("last"),
                found=sentence.text[match.start("first") : match.end("last")],
                why_not=Text(
                    en="one winter lies in two years that follow each other",
                    zh="一个冬春（防火期）只跨相邻两年",
                ),
            )


def _editions(document: Document, frame: Frame) -> Iterator[Finding]:
    """2024年第五届 and 2014年第五届 of one festival: an edition is held once."""
    held: dict[str, list[tuple[int, int]]] = {}
    for match in _EDITION.finditer(folded(document.text)):
        if not _TERM_OF_OFFICE.search(match["of"]):
            held.setdefault(match["which"], []).append((int(match["year"]), match.start("year")))
    nouns = {each["of"][:2] for each in _EDITION_OF.finditer(document.text)}
    for which, told in held.items():
        years = {year for year, _ in told}
        if len(years) != 2 or max(years) - min(years) < 3 or len(nouns) > 1 or not frame.years:
            continue
        near = {year for year in years if any(abs(year - own) <= 1 for own in frame.years)}
        if len(near) != 1:
            continue
        year, start = next(each for each in told if each[0] not in near)
        yield _other(
            start,
            start + 4,
            str(year),
            Text(
                en=f"edition {which}: {min(near)}", zh=f"第{which}届为{min(near)}年，本文{max(frame.years)}年"
            ),
        )


def _done_and_due(sentence: Sentence) -> Iterator[Finding]:
    match = _DONE_AND_DUE.search(sentence.plain)
    if match and int(match["due"]) - int(match["done"]) != 1:
        start, end = match.span("done")
        due = int(match["due"])
        yield _other(
            sentence.start + start, sentence.start + end, match["done"], Text(en=str(due), zh=f"{due}年")
        )


def _spent(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """从2016年度经费列支: what is spent now is not taken from a budget long closed."""
    for match in _NOW_DUE.finditer(sentence.plain):
        if int(match["year"]) <= min(frame.years) - 2 and not _TOLD.search(sentence.text):
            yield _other(
                sentence.start + match.start("found"),
                sentence.start + match.end("found"),
                match["found"],
                listed(sorted(frame.years)),
            )


def _too_soon(document: Document, frame: Frame) -> Iterator[Finding]:
    """A summary of a whole year that was signed in that year's first half."""
    signed, at = frame.signed, frame.parts.date
    if not signed or at is None or len(frame.title_years) != 1 or frame.half or signed.month > 6:
        return
    if signed.year == frame.title_years[0] and _YEARLY.search(folded(frame.title)):
        paragraph = document.paragraphs[at]
        year = frame.title_years[0]
        yield rules()["title-year"].finding(
            paragraph.start,
            paragraph.end,
            found=Text(en=str(year), zh=f"{year}年全年"),
            against=Text(en=signed.isoformat(), zh=f"{signed.year}年{signed.month}月"),
        )

"""Years that contradict what is said of them in their sentence: growth over a later year, graduates of the past.

2015年培训682人，比2024年增长10%; 限2022届毕业生，2025年8月前取得学历; 三年行动（2024—2026年）的第三年, said of
2025; 2014年启用，今年是第10年; 2027年秋播曾出现, in a paper of 2025; 留待2017年解决, in one of 2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ....document import Document
from ....finding import Finding
from ....numerals import folded, how_many
from ....rulebook import rules
from ..text.dates import moments
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .matters import is_aside
from .occasions import listed, other_year

_BASE = re.compile(
    r"(?:比|较|高于|低于|多于|少于|超过?|同比)(?P<base>20\d{2})年(?!计划|目标)[^，。；\d]{0,6}(?:的\d|增|减|下降|上升|多|少|提高|降低|\d)"
)
_OPENS = r"^\s*(?:[（(]?[\d一二三四五六七八九十]+[)）.、．])?"
"""What a sentence opens with before its first word."""
_STARTS = re.compile(
    rf"{_OPENS}\s*(?:[\u4e00-\u9fff]{{2,8}}(?<![为于在自由从到至])[，：]?)?(?P<year>20\d{{2}})年(?![—\-–~～至到])"
)
_PARTS = re.compile(
    r"(?P<first>20\d{2})年?\s*[至到—\-–~～]+\s*(?P<last>20\d{2})年[^。；]*?其中(?P<year>20\d{2})年(?=[^，。；、\d]{0,6}\d)"
)
_AIMED = re.compile(r"目标|力争|预计|计划|将|拟|到20\d{2}年|规划|确保|争取")
_CLASS = re.compile(r"(?P<year>20\d{2})(?:届|年应届)[^，。；《》]{0,8}?毕业生")
_TAKES = re.compile(
    r"(?P<year>20\d{2})年\d{1,2}月(?:\d{1,2}日|底)?(?:之?前|以前)[^，。；]{0,6}?(?:取得|获得|毕业)"
)
_TOLD_BACK = re.compile(r"[比较]|以来|[及和至、]\s*20\d{2}届|以前|往届|历届|未就业|离校")
_STAGE = re.compile(
    r"(?P<year>20\d{2})年[，,]?(?:也|正)?(?:是|为)[^，。；（(]{2,24}(?:行动|计划|规划|方案|工程|攻坚战?|整治)[^，。；（(]{0,8}[（(](?P<first>20\d{2})年?\s*[—\-–~～至]+\s*(?P<last>20\d{2})年?[)）]"
    r"的?(?P<found>第(?P<which>[一二三四五六])年|(?P<begins>开局|起步|启动)之?年|(?P<ends>收官|决胜|最后一|收尾)之?年)"
)
_SINCE = re.compile(
    r"(?P<year>(?:19|20)\d{2})年(?:\d{1,2}月)?(?:启用|设立|成立|创办|开办|建成|投用|投入使用|开始|启动|挂牌|运行)[^。；\d]{0,12}?(?:今年|本年度?|到今年)(?:已)?(?:是|为|进入)(?P<found>第(?P<count>\d{1,2}|[一二三四五六七八九十]{1,3})个?年)"
)
_WAS = re.compile(
    r"^度?[^，。；\d]{0,12}?(?:曾|用去|有\d[^，。；]{0,6}被|至今|以来|期间贵|(?:出现|发生|遭受|遭遇|查处|受灾|受淹|损毁)[^，。；\d]{0,8}(?:的|过|了))|^[^，。；\d]{0,12}?[达共]\d"
)
_DAY_NAMED = re.compile(
    r"(?P<year>20\d{2})年“(?P<month>\d{1,2})[·.](?P<day>\d{1,2})”[^，。；]{0,10}?(?:曾|造成|中|教训|发生|致|灾|事故)"
)
_PUT_OFF = re.compile(
    r"(?:留待|考虑(?:到)?|[次间]定在|谋划|备战|迎接|执行至|延续至|[顺延]延至|延长至|推迟[到至]|即至|定于|拟于|将于|保留[到至])$"
)
_DUE = re.compile(
    r"(?:[春夏秋冬][\u4e00-\u9fff]{0,4}|汛期?|国庆|春节|元旦|麦收|双抢|三夏|入冬|入汛)(?:之?前|以前)(?P<what>[^，。；]*)|(?:春节|汛|国庆|元旦)前(?P<then>[^，。；]*)|[^，。；\d]{2,20}(?:定于|拟于|将于)\d"
)
_OVER = re.compile(r"已|曾|了(?!解)|原|失效|废止|到期|期满|届满|的|有效期|当时|合同(?!期\d年，即)|印发")
_GREW = re.compile(
    rf"{_OPENS}(?P<year>20\d{{2}})年(?!以来|[底末初]|[—\-–~～至到])[^。；]{{2,24}}\d[^。；，年]{{0,8}}，"
    r"(?:今年|本年度?)[^，。；]{0,6}(?:增|减|多|少|提高|扩大|安排|\d)"
)
_MET = re.compile(
    r"(?:^|[，。\s])经(?P<year>20\d{2})年第[一二三四五六七八九十\d]+次[^，。；]{2,16}?会议?(?:研究|审议|讨论|同意|通过)"
)
_LAST_TIME = re.compile(r"上一?届[^，。；（(]{0,8}[（(](?P<year>20\d{2})年?[)）]")
_ISSUE = re.compile(r"》\s*[（(](?P<year>20\d{2})年第\d+号[)）]")
_PRICE = re.compile(
    r"(?:执行|落实|按照?)(?:国家|省|市|县|上级)?[^，。；《》]{0,4}(?:公布|确定|下达|核定)的(?P<year>20\d{2})年"
)
_FORMS = ((_GREW, 3), (_MET, 2), (_LAST_TIME, 7), (_ISSUE, 100), (_PRICE, 2))
"""What is of the paper's own time or a few years before it at the most, and how many."""
_FAR, _SAME = 2, 5


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent of what only the paper's own years can tell where it has none."""
    skipped = {*frame.parts.title, frame.parts.number, frame.parts.date, frame.parts.signature}
    for sentence in sentences(document):
        if sentence.cell or not sentence.figures or sentence.index in skipped:
            continue
        if "年" in sentence.text or "届" in sentence.text:
            yield from _in_itself(sentence, frame)
        if frame.years and "20" in sentence.plain:
            yield from _against_own(sentence, frame)
            yield from _of_title(sentence, frame)


def _in_itself(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    plain, own = sentence.plain, max(frame.years, default=0)
    starts = _STARTS.match(plain)
    base = _BASE.search(plain, starts.end()) if starts else None
    since = int(base["base"]) - int(starts["year"]) if starts and base else -1
    self_told = since == 0 and "年的" in (base[0] if base else "")
    if starts and base and (since > 0 or self_told) and not _AIMED.search(plain[: base.end()]):
        later = int(base["base"]) > own - 1 and own and int(starts["year"]) in (own, own - 1)
        wrong = base.span("base") if later else starts.span("year")
        right = int(starts["year"]) - 1 if later else int(base["base"]) + 1
        yield other_year(sentence, *wrong, [right])
    for match in _PARTS.finditer(plain):
        if not int(match["first"]) <= int(match["year"]) <= int(match["last"]):
            yield other_year(
                sentence, *match.span("year"), range(int(match["first"]), int(match["last"]) + 1)
            )
    for match in _CLASS.finditer(plain):
        takes = _TAKES.search(plain, match.end())
        right = int(takes["year"]) if takes else own
        near = takes is None and not own - int(match["year"]) - 1 > 0
        if (
            right
            and int(match["year"]) != right
            and not near
            and not _TOLD_BACK.search(plain[: match.end() + _FAR])
        ):
            yield other_year(sentence, *match.span("year"), [right])
    for match in _STAGE.finditer(plain):
        first, last = int(match["first"]), int(match["last"])
        which = how_many(match["which"]) if match["which"] else 1 if match["begins"] else last - first + 1
        if first + which - 1 != int(match["year"]):
            yield _event(sentence, match.span("found"), int(match["year"]), first + which - 1)
    for match in _SINCE.finditer(plain) if own else ():
        count, begun = how_many(match["count"]), int(match["year"])
        if count not in {year - begun + more for year in frame.years for more in (0, 1)}:
            yield _event(sentence, match.span("found"), own, begun + count)


def _event(sentence: Sentence, span: tuple[int, int], own: int, when: int) -> Finding:
    start, end = sentence.start + span[0], sentence.start + span[1]
    told = sentence.text[span[0] : span[1]]
    return rules()["event-year"].finding(start, end, found=told, own=listed([own]), when=listed([when]))


def _against_own(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    last = max(frame.years)
    signed = frame.signed
    for moment in moments(sentence.plain):
        year = moment.year or 0
        if not year or moment.relative:
            continue
        before, after = sentence.plain[: moment.start], sentence.plain[moment.end :]
        clause = re.split("[，。；：]", before)[-1]
        future = year > last and not _AIMED.search(clause + re.split("[，。；]", after)[0])
        if future and not re.search(r"[至到—\-]$", before) and _WAS.match(after):
            yield other_year(sentence, moment.start, moment.end, frame.years)
        elif signed and year < min(frame.title_years, default=signed.year):
            due = _DUE.match(after)
            put_off = _PUT_OFF.search(before) or (
                moment.month is None and due and re.search("[至到]$", before)
            )
            rest = "，".join(
                re.split("[，。；]", after)[: 3 if put_off else 2 if due and due["what"] == "" else 1]
            )
            if (put_off or due) and not _OVER.search(clause + rest):
                yield other_year(sentence, moment.start, moment.end, frame.years)
    low = min(frame.years)
    for form, least in _FORMS:
        for match in form.finditer(sentence.plain):
            if int(match["year"]) <= low - least or (form is _ISSUE and int(match["year"]) > last):
                yield other_year(sentence, *match.span("year"), frame.years)
    for match in _DAY_NAMED.finditer(sentence.plain) if signed else ():
        if _later(match, signed):
            yield other_year(sentence, *match.span("year"), frame.years)


def _of_title(sentence: Sentence, frame: Frame) -> Iterator[Finding]:
    """联席会议2022年第三次全体会议 below a title of 2025年第三次全体会议: what the title is about, of another year."""
    year = frame.title_years[0] if len(frame.title_years) == 1 else 0
    tail = folded(frame.title).partition(f"{year}年")[2][:_SAME]
    if len(tail) < _SAME or tail not in sentence.plain or sentence.index in frame.ahead:
        return
    for match in re.finditer(rf"(?<!\d)(?P<year>20\d{{2}})年{re.escape(tail)}", sentence.plain):
        far = not year - _FAR < int(match["year"]) <= year + 1
        if far and not is_aside(sentence.plain, match.start(), match.end("year") + 1):
            yield other_year(sentence, *match.span("year"), [year])


def _later(match: re.Match[str], signed: date | None) -> bool:
    """Whether a day that something is called by lies behind the day of signing."""
    told = int(match["year"]), int(match["month"]), int(match["day"])
    return signed is not None and told > (signed.year, signed.month, signed.day)

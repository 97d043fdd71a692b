"""What cannot be yet, or can no longer come: days after the signing told as done, plans for months that are over.

A sentence counts as told where nothing in it speaks of what is to come; the words of what was done do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....rulebook import rules
from ..text.dates import Moment, moments
from ..text.frame import Frame
from ..text.sections import headings, months_set
from ..text.sentences import Sentence, sentences
from .occasions import listed
from .planned import goes_on, is_plan, is_planned

_TELLS = ("报告", "总结", "小结", "通报", "汇报", "情况", "简报", "公报")
"""Kinds that tell of what has been."""
_OPENS = ("请示", "纪要", "会议纪要")
"""Kinds of which only the first sentence does."""
_TO_COME = re.compile(
    r"将(?!军|相)|拟|计划|预[计测报]|确保|[争力]争|责令|须|要(?!求|点|素)|请|建议|应(?![急用对收检届参免种缴发]|[^，。；]{0,2}响应)|定于|期限|有效|每年|暂停|开学|未到|[期限][自至为（(]|承包|租|管护|延期|顺延|约定|即将|议定|商定|不少于|会议(?:决定|确定|明确|同意)"
)
_NOT_YET = re.compile(
    r"\s*[^，。；\d]{0,4}(?:之?前|以前)(?!期)|\s*(?:[底末]|[上中下]旬|份)*(?:之?前|以前|起|开始|后|之后)"
)
_WHICH = re.compile(
    r"[底末]?(?:之?前|以前)[^，。；\d]{0,6}(?:到期|过期|期满|形成|出生|登记|参保|入库|购置|签订|办理|发生|检定|立案|摸排|建成|未)[^，。；\d]{0,6}的|[底末]?(?:之?前|以前)[^，。；\d]{1,8}的(?=[\u4e00-\u9fff])"
)
"""6月30日前检定过期的水表: the time only says which."""
_FALLS_DUE = re.compile(
    r"[^，。；\d]{0,3}(?:到期|期满|届满|应[付还缴交支]|待[付还缴交支]|兑付)[^，。；\d]{0,3}的"
)
"""10月18日到期的1.2亿元已落实资金: what was made ready for it is done, and the day is to come."""
_COMES = re.compile(
    r"(?:[上中下]旬|份|[底末])?(?:全[部面线])?(?:投用|投产|完工|竣工|建成|通车|交付|到期|期满|用完)(?!了)"
)
_NEXT_YEAR = re.compile(
    r"明年|来年|次年|翌年|明春|跨年|每年|(?:19|20)\d{2}年|以来|截至|截止|同期|去年|听取|已|了(?!解)|春季|常年"
)
_OF_LONG = re.compile(r"期|承包|租|合同|使用权|寿命|规划|远景|愿景|—|至$|到$")
_LASTS = re.compile(
    r"期[限至满末]|[租聘任届权效保限贷债押务]期|到期|承包|租|合同|使用权|寿命|规划|远景|愿景|目标|证|—|[至到]$"
)
_TIME = re.compile(r"\d{1,2}月|度|[上下]半年|第?[一二三四]季度")
IMPRINT = re.compile(
    r"[^，。；\d]{0,24}\s*[（(]?\s*(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s*(?:印发?|发布|编发|编印|制|核发)\s*[)）]?\s*(?:[（(][^（）()]*[)）])?\s*"
)
"""The line that says when a paper was printed or issued."""
_LED = re.compile(r"拟|将(?!军|相)|定于|计划")
_OF_QUARTER = re.compile("第?([一二三四])季度")
_SAID = re.compile(r"已|了(?!解)|截至|截止|累计|先后|同比|以来")
_FAR = 6
"""Years ahead beyond which no month is told but as the end of what lasts."""
_FARTHEST = 12
"""Years ahead beyond which a paper of the day names only round ones (到2035年)."""
_YEAR = re.compile(r"(?<![\d—\-])(?P<year>20\d{2})年")
TURN, LATE = 2, 9
"""The last month of a signing, and the first one told, between which the turn of the year lies."""
_WINTER = re.compile("冬|雪|冰|寒|供暖|采暖|供热|春运|学年|学期|榨季|防火|跨年")
_SPRING = 6
"""What a title says of a winter, and the last month in which one is told of that is over."""
_ORDERS = ("通知", "方案", "计划", "要点", "工作要点", "预案", "意见", "通告", "公告", "预警单", "")
"""Kinds all of whose measures are to come, and papers of no kind; others tell of those taken as well."""
_SURELY = re.compile(
    r"下半年|下季度|下学期|下一|下步|下阶段|今后|打算|计划(?=$|[，。：（(和与及])|思路|规划|展望|明年|来年|安排"
)
_LASTING = re.compile(r"\s*[至到—\-－~～]+")
_LATEST = 10
"""From the month after this on, a bare month of a plan is of the next year."""


def over_the_turn(title: str, month: int, signed: date) -> bool:
    """Whether a month late in the year is of the winter that a title names, and of the year before."""
    return month >= LATE and signed.month <= _SPRING and bool(_WINTER.search(title))


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the paper has no day of its own."""
    parts, signed = frame.parts, frame.signed
    skipped = {*parts.title, parts.number, parts.date, parts.signature}
    far = max(frame.years, default=0) + _FARTHEST
    ahead = tuple(sorted(frame.ahead))
    limit = _months_over(document, frame, ahead)
    heads = headings(document) if limit else []
    plans = bool(frame.half and limit) and is_plan(frame.title)
    first, index, led, last = -1, -1, False, ""
    for sentence in sentences(document):
        if sentence.cell or sentence.index in skipped or IMPRINT.fullmatch(sentence.plain):
            continue
        if frame.years and "年" in sentence.text:
            yield from _too_far(sentence, far, frame)
        if sentence.index not in parts.body or is_planned(document, sentence):
            continue
        # What stands behind 拟于10月18日举办 in its paragraph is to come as well.
        led = sentence.index == index and (led or bool(_LED.search(last)))
        index, last = sentence.index, sentence.plain
        opens = first in (-1, sentence.index)
        first = sentence.index if first < 0 and len(sentence.text) >= 8 else first
        if "月" not in sentence.text:
            continue
        own = plans and not months_set(heads[sentence.index], frame)
        if sentence.index in frame.ahead or own:
            # （三）第二学期（2026年3月2日至7月10日）。3月通报…: months of the year that its paragraph names
            named = _YEAR.finditer(document.said(document.paragraphs[sentence.index]))
            if not signed or all(int(each["year"]) <= signed.year for each in named):
                above = heads[sentence.index] if limit else ()
                sure = not own and (parts.kind in _ORDERS or any(map(_SURELY.search, above)))
                yield from _over(sentence, limit, signed, sure=sure)
        elif signed and (parts.kind.startswith(_TELLS) or (parts.kind in _OPENS and opens and not led)):
            yield from _after(sentence, frame, signed)


def _too_far(sentence: Sentence, far: int, frame: Frame) -> Iterator[Finding]:
    """2042年10月底前 in a paper of 2024; a month, a half or a year's matter is not told so far ahead as a year."""
    for match in _YEAR.finditer(sentence.plain):
        year = int(match["year"])
        around = sentence.plain[max(match.start() - 12, 0) : match.start()]
        near = far - _FARTHEST + _FAR <= year and _TIME.match(sentence.plain, match.end())
        lasts = _LASTS.search(around) or re.match(r"\D{0,8}(?:到期|期满|止)", sentence.plain[match.end() :])
        if (year >= far and year % 5 and not _OF_LONG.search(around)) or (near and not lasts):
            start = sentence.start + match.start()
            yield rules()["other-year"].finding(
                start, start + 5, found=f"{year}年", own=listed(sorted(frame.years))
            )


def _after(sentence: Sentence, frame: Frame, signed: date) -> Iterator[Finding]:
    """10月17日15时，乡政府召开防汛会商会, in a report of 20 June."""
    coming = _TO_COME.search(sentence.plain)
    if coming and "已" not in sentence.plain:
        return
    year: int | None = None
    for moment in moments(sentence.text):
        year = moment.year or year
        if not moment.month or moment.relative or moment.lunar:
            continue
        if not moment.day and not moment.year:
            continue
        if coming and (moment.year or 0) <= signed.year + 1:
            continue
        if (
            moment.year == signed.year + 1
            and moment.year not in frame.title_years
            and not _SAID.search(sentence.plain)
        ):
            continue  # 新馆2025年1月6日对外开放: who names the next year means it
        if moment.year == signed.year + 1 and not moment.day and _COMES.match(sentence.plain, moment.end):
            continue  # 2023年10月开工，2025年3月投用
        own = year or frame.year or signed.year
        if not year and not frame.title_years and moment.month - signed.month > 5:
            continue  # of the year before, told without it
        if not moment.year and (abs(own - signed.year) > 1 or own > signed.year):
            continue
        # At the turn of the year the months told without one are of the year that is over.
        if not year and len(frame.title_years) > 1 and moment.month > signed.month:
            continue
        if not year and signed.month <= TURN and moment.month >= LATE:
            continue
        if not year and over_the_turn(frame.title, moment.month, signed):
            continue
        told = (own, moment.month, moment.day or 0)
        if told <= (signed.year, signed.month, signed.day):
            continue
        if _FALLS_DUE.match(sentence.plain, moment.end):
            continue
        if _NOT_YET.match(sentence.plain, moment.end):
            return  # 9月30日前整改完毕，10月9日复查: what follows is to come as well
        if not goes_on(sentence.text, moment):
            yield _outside(sentence, moment, signed)
            return


def _outside(sentence: Sentence, moment: Moment, signed: date) -> Finding:
    return rules()["other-half"].finding(
        sentence.start + moment.start,
        sentence.start + moment.end,
        found=sentence.text[moment.start : moment.end],
        own=Text(
            en=f"the time up to {signed.isoformat()}",
            zh=f"{signed.year}年{signed.month}月{signed.day}日以前",
        ),
    )


def _months_over(document: Document, frame: Frame, ahead: tuple[int, ...]) -> int:
    """The first month that a plan of the paper can still name without a year."""
    body = range(frame.parts.body.start, frame.parts.date or frame.parts.body.stop)
    said = [document.said(document.paragraphs[at]) for at in ahead if at in body]
    if any(re.search(r"明年|来年|次年|翌年|20\d{2}年", each) for each in said if len(each) < 30):
        return 0
    if not frame.parts.title:
        return 0  # whether it looks back is not known, nor what its sections are about
    if frame.signed:
        # A title whose year is far off is wrong itself.
        own = (
            frame.signed.year - max(frame.title_years, default=0) in (0, *range(2, 30))
            or not frame.title_years
        )
        return frame.signed.month if own and frame.signed.month <= _LATEST else 0
    if quarter := _OF_QUARTER.search(frame.title):
        return 3 * "一二三四".index(quarter[1]) + 4 if frame.half == 1 else 0
    return 7 if frame.half == 1 or (frame.half == 2 and is_plan(frame.title)) else 0


def _over(sentence: Sentence, limit: int, signed: date | None, *, sure: bool) -> Iterator[Finding]:
    """3月底前完成调查建档, among the plans of a paper of July; `sure` where its section tells of nothing else."""
    if not limit or _NEXT_YEAR.search(sentence.plain):
        return
    found = [each for each in moments(sentence.text) if each.month]
    last = 0
    for at, moment in enumerate(found):
        # The end of a period may lie in the next year, and so may all that is told after it.
        month = moment.month or 0
        if month < last and not re.search(r"[。；]", sentence.text[: moment.start]):
            before = sentence.plain[: moment.start]
            if re.search(r"[至到—\-－~～、]\s*$", before):
                return
        last = month
        if re.search(r"[至到年自从—\-]\s*$", sentence.plain[: moment.start]) or _WHICH.match(
            sentence.plain, moment.end
        ):
            continue
        if moment.relative or moment.lunar or moment.year or not 1 <= month < limit:
            continue
        if _LASTING.match(sentence.plain, moment.end) and any(
            each.start > moment.end and (each.month or 0) >= limit for each in found[at + 1 : at + 2]
        ):
            continue  # 主汛期（6月15日至8月31日）: it goes on beyond the signing
        if re.search("实际|完成率", sentence.plain):
            continue  # 完成6月检修计划38项，实际完成37项
        if not (sure or _NOT_YET.match(sentence.plain, moment.end) or _TO_COME.search(sentence.plain)):
            continue  # （一）6月12日召开会议: a measure that was taken
        yield rules()["deadline-past"].finding(
            sentence.start + moment.start,
            sentence.start + moment.end,
            found=sentence.text[moment.start : moment.end],
            signed=signed.isoformat() if signed else "",
        )
        return

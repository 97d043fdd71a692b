"""What is told as done on a day that had not come when the paper was signed, in whatever kind of paper it stands.

已于9月4日到货 in a notice of May, 8月以来连续两个月下降 in a summary of July, 10月5日夜查渣土车2辆 in a weekly
report of May. A clause tells of what was done by a word that says so (已, 了, 截至, 以来, 合计), or, in a paper that
looks back, by a figure behind its verb. Silent where the clause or what leads to it speaks of what is to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Finding
from ....numerals import folded
from ....rulebook import rules
from ..text.dates import Moment, moments, ranges
from ..text.frame import Frame
from ..text.sentences import Sentence, sentences
from .feasts import feasts
from .later import IMPRINT, LATE, TURN, over_the_turn
from .planned import BACK, ends_then, is_planned
from .spans import TELLS, headline

_SURE = re.compile(
    r"已(?!列|纳|批复)|(?<!为)了(?![解结])|曾|累计|先后|圆满|告一段落|胜利|出现在|发生了|遭受|遭遇|受灾(?![点户地区群人面乡村])|荣?获(?!取|得批)|[增下][长降]\d|[升降]\d|同比|合计\d|突破(?!口)"
)
"""What tells that something has been."""
_ENDED = re.compile("闭幕|落幕|收官")
"""What a paper that looks back tells so, and one that announces tells of its programme."""
_SINCE = re.compile(r"\s*(?:[上中下]旬|份|[底末初])?以来")
_UP_TO = re.compile(r"(?:^|[，。；：、\s])(?:截至|截止到?|至)$")
_HAVE = re.compile(r"已|剩余|尚有|现有|共|完成|达到?\d|销号|余\d|仍有")
_TO_COME = re.compile(
    r"将(?!军|相)|拟|计划|预[计测报约]|确保|[争力]争|责令|须|(?<![主重需])要(?!求|点|素|数|闻)|请|建议|应(?![急用对收检届参免]|[^，。；]{0,2}响应)|定于|定在|期限|有效|每[年月]|暂停|未到|承包|租|延期|顺延|约定|即将|待|最[迟晚]|其余|安排|打算|初定|原定|限|届时|报名|届满|到期|不少于|可[凭在到申]|目标|任务|重点(?=抓|做|推|围|是)|抓好|才[能会]|前[，]?"
)
_PLANNED = re.compile(r"将(?!军|相)|拟|预计|力争|争取|确保|须|请|报名|有效|期限|计划(?!投资|任务)")
_CLAUSE = re.compile(r"[，：:、]")
_NOT_YET = re.compile(
    r"\s*(?:[至到—\-－~～]{1,2}[^，。；]{0,12})?(?:[^，。；\d]{0,2})(?:之?前|以前|起(?!来|步|火|降|吊)|开始|后|之后|为止)"
)
_PREPARED = re.compile(r"[做作]了[^，。；]{0,6}准备|做了?[^，。；]{0,4}准备[：:]")
_DECIDES = re.compile("纪要|讲话|动员|计划|打算|安排|方案|部署|请示")
"""Of papers that look back those which tell of what is to come as well, and without saying so."""
_EVE = timedelta(days=10)
"""How long before a feast what is done for it may be told as its own."""
_LEAST = 2
_AHEAD_HEAD = re.compile(r"不足|问题|困难|情况")
_QUARTER = re.compile(r"(?<![前至到—\-下上年第])第?(?P<which>[一二三四])季度(?!末|前|起|以?后)")
_DECIDED = re.compile("研究|部署|讨论|审议|审定|明确|谋划|布置|强调|要求")
_IS_PLAN = re.compile(r"[，,][一1]是|占|[^，。；]{0,12}(?:重点|工作|部署|措施|思路|形势|研判|预判|趋势)")
"""What a meeting does with a time to come."""
_LINE = re.compile(r"^\s*(?:[（(]?\d{1,2}[)）.．、])?\s*$")
_RUNS = re.compile(r"[日月](?:起)?\s*(?:至|到|[—\-－~～]{1,2})\s*$")
"""5月10日至9月30日: what began may last beyond."""
_FIGURE = re.compile(r"[\u4e00-\u9fff]\d(?![\d.]*[月日年时])")


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the paper has no day of its own."""
    signed = frame.signed
    if signed is None:
        return
    title = headline(document, frame)
    back = bool(BACK.search(title[-10:]) or TELLS.search(title[-10:]) or _is_news(document))
    weak = back and not _DECIDES.search(title)
    skipped = {*frame.parts.title, frame.parts.number, frame.parts.date, frame.parts.signature}
    both = _mixed(document, frame)
    index, year, led = -1, 0, False
    for sentence in sentences(document):
        if sentence.index != index:
            index, year, led = sentence.index, 0, False
        if sentence.cell or sentence.index in skipped or IMPRINT.fullmatch(sentence.plain.strip()):
            continue
        text = re.sub(r"《[^《》]*》", lambda match: "　" * len(match[0]), sentence.plain)
        if not led and not is_planned(document, sentence):
            mixed = sentence.index not in frame.ahead or sentence.index in both
            told = _first(text, frame, signed, year, weak=weak and mixed)
            if told:
                yield _told(sentence, *told, signed)
        years = [each.year for each in moments(text) if each.year]
        year = (years[-1] or 0) if years else year
        year = year if year <= signed.year else 0  # 2027年交付2艘。首艘已于5月8日下水
        led = led or bool(re.search("下一?步|接下来|下半年(?:将|要|打算)|今后", text))


def _is_news(document: Document) -> bool:
    return any(
        re.search("本报讯|记者|通讯员|本刊讯|本台讯", folded(document.said(each))[:40])
        for each in document.paragraphs[: _LEAST + 2]
    )


def _mixed(document: Document, frame: Frame) -> set[int]:
    """Paragraphs under a heading such as 不足和打算, which may as well tell of what was."""
    found: set[int] = set()
    last, mixed = -2, False
    for at in sorted(frame.ahead):
        if at != last + 1:
            mixed = bool(_AHEAD_HEAD.search(document.said(document.paragraphs[at])[:30]))
        last = at
        if mixed:
            found.add(at)
    return found


def _first(text: str, frame: Frame, signed: date, carried: int, *, weak: bool) -> tuple[int, int] | None:
    """The first time of a sentence that lies after the signing and is told as done."""
    found = [each for each in moments(text) if each.month and 1 <= each.month <= 12 and not each.lunar]
    until = {first.start: second for first, second in ranges(text, moments(text))}
    year = carried
    for moment in found:
        year = moment.year or year
        if moment.relative not in ("", "今年", "本年"):
            continue
        own = _year_of(moment, year, frame, signed)
        if not own:
            continue
        end = until.get(moment.start, moment)
        # What is told of a whole period has seen its end.
        if not _after(moment, own, signed) and not (
            end is not moment and not moment.day and not end.day and _after(end, own, signed, whole=True)
        ):
            continue
        if _was(text, moment, end, weak=weak) and not ends_then(text, moment):
            return moment.start, moment.end
    base = carried or (frame.year or signed.year)
    if base == signed.year:
        for each in feasts(text, signed.year):
            bare = Moment(each.start, each.end)
            if signed.month <= TURN or each.first <= signed + _EVE:
                continue
            if _was(text, bare, bare, weak=weak) and not re.search(r"去年|上年|\d年$", text[: each.start]):
                return each.start, each.end
        for match in _QUARTER.finditer(text):
            last = 3 * "一二三四".index(match["which"]) + 3
            bare = Moment(match.start(), match.end("which") + 2)
            if _DECIDED.search(text[: match.start()]) or _IS_PLAN.match(text, match.end()):
                continue
            if last > signed.month and last - signed.month < 6 and _was(text, bare, bare, weak=weak):
                return bare.start, bare.end
    return None


def _year_of(moment: Moment, carried: int, frame: Frame, signed: date) -> int:
    """The year of a time, 0 where it is not sure."""
    if moment.year:
        return moment.year if moment.year <= signed.year + 1 else 0
    if moment.relative:
        return signed.year
    years = set(frame.title_years)
    month = moment.month or 0
    if month > signed.month and (len(years) > 1 or over_the_turn(frame.title, month, signed)):
        return 0
    if carried:
        return carried
    if len(years) > 1 and signed.year in years:
        return signed.year
    if len(years) > 1 or (years and signed.year not in years):
        return 0 if month > signed.month and (len(years) > 1 or signed.month <= 6) else max(years)
    if signed.month <= TURN and month >= LATE:
        return 0
    if not years and month - signed.month > 5:
        return 0
    return signed.year


def _after(moment: Moment, year: int, signed: date, *, whole: bool = False) -> bool:
    if whole and year == signed.year and moment.month == signed.month:
        return False
    return (year, moment.month or 0, moment.day or 0) > (
        signed.year,
        signed.month,
        signed.day if moment.day else 0,
    ) and (bool(moment.day) or (year, moment.month or 0) > (signed.year, signed.month))


def _was(text: str, moment: Moment, end: Moment, *, weak: bool) -> bool:
    """Whether what a time belongs to is told as done."""
    before, after = text[: moment.start], text[max(moment.end, end.end) :]
    if _SINCE.match(after):
        return True
    if re.match(r"电|讯", after) or _RUNS.search(before):
        return False
    after = re.sub(
        r"^(?:[（(]星期.[)）]|[上下]午|晚上?|凌晨|清晨|当[天日]|\d{1,2}[时点]半?)+(?=[，,])", "", after
    )
    lead, clauses = _CLAUSE.split(before)[-1], _CLAUSE.split(after)
    clause = clauses[0] if clauses[0].strip() else "，".join(clauses[: 2 if lead.strip() else 3])
    if (up := _UP_TO.search(before)) and (up[0].strip("，。；：、 ") != "至" or not moments(before)):
        # 截至1月31日，剩余19件已落到人头，力争全部清零: what follows does not move it.
        said = next((at for at, each in enumerate(clauses[:3], 1) if _HAVE.search(each)), 0)
        return bool(said) and not _PLANNED.search(lead + "，".join(clauses[:said]))
    if _PREPARED.search(before) and not _TO_COME.search(clause.partition("前")[2]):
        return True
    if _NOT_YET.match(after) or _TO_COME.search(lead) or _TO_COME.search(clause):
        return False
    if _SURE.search(lead[-6:]) or _SURE.search(clause):
        return not _TO_COME.search(before) or bool(re.search("已", lead + clause))
    if weak and (_ENDED.search(lead[-6:]) or _ENDED.search(clause)) and not _TO_COME.search(before):
        return True
    next_ = "，".join(clauses[:2])
    if not weak or moment.year or _TO_COME.search(text):
        return False
    return bool(_FIGURE.search(next_) or _LINE.match(before)) and not re.search("[至到—-]$", before)


def _told(sentence: Sentence, start: int, end: int, signed: date) -> Finding:
    return rules()["other-half"].finding(
        sentence.start + start,
        sentence.start + end,
        found=sentence.text[start:end],
        own=Text(
            en=f"the time up to {signed.isoformat()}",
            zh=f"{signed.year}年{signed.month}月{signed.day}日以前",
        ),
    )

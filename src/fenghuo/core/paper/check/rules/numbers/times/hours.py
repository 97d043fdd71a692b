"""How many hours something takes beside the times of day that it begins and ends at: 9时开庭，11时20分审结，用时3小时.

The two times may stand in a range, in 从9时开到16时, or each with what happens then. The length stands behind them,
before their brackets, or far below where minutes tell their hours at the head (时间：14时至16时, and 会期3小时). Work
that pauses over noon is only doubted where it is longer than the times; several times of one day may be summed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from fenghuo.core.finding import Text

from ....document import Document
from ....finding import Elsewhere, Finding, Span
from ....numerals import how_many
from ....rulebook import rules
from ..text.dates import Moment, moments
from ..text.sentences import Sentence, sentences

_HAN = "一二两三四五六七八九十"
_LENGTH = re.compile(
    rf"(?P<found>(?P<hours>\d{{1,3}}(?:\.5)?|[{_HAN}]{{1,3}})(?P<half>个半|个|)(?:钟头|小时)(?P<over>半)?"
    rf"(?:[零又]?(?P<minutes>\d{{1,2}}|[{_HAN}]{{1,3}})分钟?)?"
    rf"|(?P<bare>半)个?(?:小时|钟头)|(?P<only>(?<![\d.])\d{{1,3}}|[{_HAN}]{{1,3}})分钟)"
)
_STRICT = re.compile(
    r"(?:[历用耗费]时|历经|持续|为时|前后|整整|足足|全程|连续|路上|途中|长达|会期|总时长|时长|停[水电气机运工产航业]?|封闭|中断|一共|总共|共计?|合计)(?:了|为|仅|只|时间)*(?:约定)?$"
)
_LOOSE = re.compile(
    r"(?:工作|作业|营业|开放|接线|开馆|服务|培训|授课|学习|值守|值班|运[行营]|供[水电暖气])(?:时间)?(?:了|为)?$"
)
_EACH_DAY = re.compile(r"^每[天日次场班](?:共)?")
_NO_LENGTH = re.compile(
    r"[每约近超]$|不[超少低]|以[内上]|至少|最[长短多少]|平均|提前|推迟|延|间隔|相隔|休|[迟早]到|其中|另|多$|不[到足]"
)
_NO_MORE = re.compile(
    r"以?内|以[上下]|左右|之?前|以?后|多|一[次班轮趟]|[一两三]班|工?作?制|余|报|/|、|的?响应"
)
_TO = re.compile(r"[^，。；：:\d]{0,10}?(?:至|到|—{1,2}|–|－|-|~|～)(?:次日|翌日|第二天|当[日天])?\s*")
_THEN = re.compile(r"[^，。；：:\d]{1,12}[，,](?:当[日天]|直到|至|到|于|约)?\s*")
_PARTED = re.compile(r"[。；]")
_NEXT = re.compile(r"次日|翌日|第二天|凌晨|零时|跨夜|通宵")
_EARLY, _LATE = re.compile("上午|早|凌晨"), re.compile("下午|晚|中午|午后")
_SAME = re.compile(r"当[日天]|同[日天]")
_NIGHT = re.compile(r"夜|值|班|晚|昼|轮|凌晨")
_MANY = re.compile(r"每[天日晚]|[\d一二两三四五六七八九十][天日场期班次个]|分别|各")
_WHEN = re.compile(r"^\s*(?:会议)?时\s*间\s*[：:]")
_SITTING = re.compile(r"(?:会期|会议(?:历时|持续|用时|共|开了|进行了|共开了))$")
_DAY, _HALF, _NOON = 24 * 60, 12 * 60, 12 * 60
_BEHIND, _LEAD, _AFTER, _BREAK = 30, 12, 5, 180
"""Signs from the times to the length, before a length and behind it, and the minutes of the longest pause."""
_ROUGH = 15
"""Minutes that a length told in whole hours may leave out."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two times of day and the minutes that may lie between them, none where the second comes first."""

    first: Moment
    second: Moment
    lasts: tuple[int, ...]
    backwards: bool
    whole: bool
    sure: bool


def check(document: Document) -> Iterator[Finding]:
    """Silent in tables, and where several lengths stand behind the times."""
    head: tuple[Sentence, _Pair] | None = None
    for sentence in sentences(document):
        if sentence.cell or not sentence.figures:
            continue
        pairs = list(_pairs(sentence)) if re.search("[时点:：]", sentence.text) else []
        if len(pairs) == 1 and _WHEN.match(sentence.plain) and head is None:
            head = sentence, pairs[0]
        lengths = [each for each in _LENGTH.finditer(sentence.plain) if _told(sentence.plain, each)]
        if not lengths:
            yield from _backwards_alone(sentence, pairs)
            continue
        for match in lengths:
            if pairs:
                yield from _judged(sentence, match, pairs, len(lengths))
            elif head and _SITTING.search(sentence.plain[: match.start()]):
                there, pair = head
                if pair.lasts and not _fits(match, pair.lasts, pair.whole):
                    yield _wrong(sentence, match, there, pair)


def _told(plain: str, match: re.Match[str]) -> bool:
    """Whether a length may be that of a whole time: not each two hours, within an hour, an hour ahead."""
    before = re.split(r"[，。；：（(]", plain[max(match.start() - _LEAD, 0) : match.start()])[-1]
    return not (_NO_LENGTH.search(before) or _NO_MORE.match(plain[match.end() : match.end() + _AFTER]))


def _minutes(match: re.Match[str]) -> int:
    if match["bare"]:
        return 30
    if match["only"]:
        return how_many(match["only"])
    told = match["hours"]
    hours = float(told) if "." in told else how_many(told)
    half = 30 if match["half"] == "个半" or match["over"] else 0
    return int(hours * 60) + half + (how_many(match["minutes"]) if match["minutes"] else 0)


def _pairs(sentence: Sentence) -> Iterator[_Pair]:
    """The first and the last time of each stretch of hours, in their order."""
    clocks = [each for each in moments(sentence.text) if each.hour is not None and each.hour <= 24]
    taken = -1
    for first, second in pairwise(clocks):
        if first.start <= taken:
            continue
        between = sentence.plain[first.end : second.start]
        sure = bool(_TO.fullmatch(between))
        if not sure and not _THEN.fullmatch(between):
            continue
        taken = second.start
        yield _pair(sentence, first, second, between, sure)


def _pair(sentence: Sentence, first: Moment, second: Moment, between: str, sure: bool) -> _Pair:
    one, two = (sentence.text[each.start : each.end] for each in (first, second))
    begins = (first.hour or 0) * 60 + (first.minute or 0)
    ends = (second.hour or 0) * 60 + (second.minute or 0)
    whole = not (first.minute or second.minute)
    apart = _days_apart(first, second)
    if apart is not None:
        lasts = ends + apart * _DAY - begins
        return _Pair(first, second, (lasts,) if lasts > 0 else (), lasts <= 0, whole, sure)
    labelled = bool(_EARLY.search(two) or _LATE.search(two))
    found = {ends} if ends > begins else set()
    if not labelled and ends < _HALF and (_LATE.search(one) or ends <= begins):
        found.add(ends + _HALF)  # 下午2时至5时, 9时开到4时
    if ends == _DAY or _NEXT.search(between + two) or (begins >= _NOON and not _SAME.search(between)):
        found.add(ends % _DAY + _DAY)
    lasts = tuple(sorted(each - begins for each in found if each > begins))
    return _Pair(first, second, lasts, ends <= begins and begins < _NOON, whole, sure)


def _days_apart(first: Moment, second: Moment) -> int | None:
    """The days from one dated time to another of the same year; None where the second tells no day."""
    if not (second.day and first.day and first.month):
        return None
    year = first.year or second.year or 2025
    begin, end = first.day_in(year), second.day_in(second.year or year)
    if second.month is None and begin:
        end = begin.replace(day=second.day) if second.day >= begin.day else None
    return (end - begin).days if begin and end else None


def _fits(match: re.Match[str], lasts: Sequence[int], whole: bool) -> bool:
    told = _minutes(match)
    exact = bool(match["minutes"] or match["only"]) or whole
    return any(abs(each - told) <= (0 if exact else _ROUGH) for each in lasts)


def _judged(
    sentence: Sentence, match: re.Match[str], pairs: Sequence[_Pair], lengths: int
) -> Iterator[Finding]:
    before = [each for each in pairs if each.second.end <= match.start()]
    behind = [
        each
        for each in pairs
        if each.first.start >= match.end()
        and re.fullmatch(r"[，,]?[（(](?:每[日天])?", sentence.plain[match.end() : each.first.start])
    ]
    pair = before[-1] if before else behind[0] if behind else None
    if pair is None:
        return
    between = sentence.plain[pair.second.end : match.start()] if before else ""
    if len(between) > _BEHIND or _PARTED.search(between) or re.search(r"\d", between):
        return
    told, clause = _minutes(match), re.split(r"[，、：:（(）)]", sentence.plain[: match.start()])[-1]
    clause = _EACH_DAY.sub("", clause)
    strict = bool(_STRICT.search(clause))
    known = strict or not clause or bool(_LOOSE.search(clause)) or bool(behind)
    if not known or (not pair.sure and not (strict or not clause)):
        return
    if not told or _fits(match, pair.lasts, pair.whole):
        return
    if _summed(match, before, told) or _repeated(sentence, pair, told):
        return
    if pair.backwards and (not pair.lasts or not pair.sure or min(pair.lasts) > told):
        yield _ends_first(sentence, pair)
    elif pair.lasts and (told > max(pair.lasts) or _too_short(pair, told, strict, clause, lengths)):
        yield _wrong(sentence, match, sentence, pair)


def _too_short(pair: _Pair, told: int, strict: bool, clause: str, lengths: int) -> bool:
    """Whether a length leaves out more than a pause over noon would, and is not one of several."""
    if lengths > 1:
        return False
    begins = (pair.first.hour or 0) * 60
    over_noon = begins < _NOON < begins + min(pair.lasts)
    paused = over_noon and min(pair.lasts) - told <= _BREAK and bool(_LOOSE.search(clause))
    return not paused and not (clause and not strict and not _LOOSE.search(clause))


def _summed(match: re.Match[str], pairs: Sequence[_Pair], told: int) -> bool:
    """8时至12时、14时至18时，共8小时, or from the first to the last."""
    for way in (min, max):
        sums = accumulate(way(each.lasts, default=0) for each in reversed(pairs))
        if any(abs(each - told) <= (0 if match["minutes"] else _ROUGH) for each in sums):
            return True
    first, last = pairs[0] if pairs else None, pairs[-1] if pairs else None
    if first is None or last is None or first is last or first.first.hour is None:
        return False
    return ((last.second.hour or 0) - first.first.hour) * 60 - told in range(-59, 60)


def _repeated(sentence: Sentence, pair: _Pair, told: int) -> bool:
    """每天9时至11时，三天共6小时."""
    many = _MANY.search(sentence.plain)
    return bool(many) and any(told > each and told % each == 0 for each in pair.lasts)


def _backwards_alone(sentence: Sentence, pairs: Sequence[_Pair]) -> Iterator[Finding]:
    """从8时30分查到7时45分, 上午9时开到当日上午4时: no night lies between."""
    for pair in pairs:
        between = sentence.plain[pair.first.end : pair.second.start]
        if not pair.backwards or not pair.sure or len(between.strip()) < 2 or _NEXT.search(between):
            continue
        one, two = (sentence.text[each.start : each.end] for each in (pair.first, pair.second))
        surely = (_EARLY.search(one) and _EARLY.search(two)) or _SAME.search(between)
        from_on = re.search(r"[从自]\s*$", sentence.plain[: pair.first.start])
        near = (pair.first.hour or 0) - (pair.second.hour or 0) <= 3
        if (surely or (from_on and near)) and not _NIGHT.search(sentence.plain[: pair.first.start][-8:]):
            yield _ends_first(sentence, pair)


def _ends_first(sentence: Sentence, pair: _Pair) -> Finding:
    start, end = sentence.start + pair.first.start, sentence.start + pair.second.end
    first = sentence.text[pair.first.start : pair.first.end]
    return rules()["period-backwards"].finding(
        start,
        end,
        elsewhere=(Elsewhere(Span(start, sentence.start + pair.first.end), first),),
        found=sentence.text[pair.first.start : pair.second.end],
        first=first,
        last=sentence.text[pair.second.start : pair.second.end],
    )


def _wrong(sentence: Sentence, match: re.Match[str], there: Sentence, pair: _Pair) -> Finding:
    lasts = min(pair.lasts)
    hours, minutes = divmod(lasts, 60)
    place = Span(there.start + pair.first.start, there.start + pair.second.end)
    period = there.text[pair.first.start : pair.second.end]
    zh = (f"{hours}小时" if hours else "") + (f"{minutes}分钟" if minutes else "")
    return rules()["number-unreal"].finding(
        sentence.start + match.start("found"),
        sentence.start + match.end("found"),
        elsewhere=(Elsewhere(place, period),),
        found=match["found"],
        why_not=Text(en=f"the times told are {hours}:{minutes:02} apart", zh=f"{period}为{zh}"),
    )

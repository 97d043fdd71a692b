"""Sentences that a web page's or PDF's line ends cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ...characters import CHINESE, SPACES
from ...document import Document, Paragraph
from ...finding import Finding
from ...parts import parts
from ...rulebook import rules
from ...words import words

_NUMBERED = re.compile(
    rf"[{SPACES}]*(?:[一二三四五六七八九十百]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|\d+[、.．)）]|[①-⑳]|第[一二三四五六七八九十百\d]+[章节条款部分]"
    r"|[-•●◆■□*—]|附件|附[：:]|抄送|主送|注[：:]|[图表]\s?\d)"
)
_ENDED = re.compile(r"[。！？；：…!?;:.]”?[）)]?$|[》”】]$")
_BRACKETED = re.compile("（[^（）]*：[^（）]*）")
"""（联系处室：投资处）: a line of its own under the last of the enclosures."""
_OPEN_END = re.compile(r"[，、]$")
_SHORTEST = 15
"""Characters of a line that may be one half of a sentence; shorter ones are headings, names, verse."""
_LONG = 50
"""Characters of a line that is no heading."""
_WIDEST_VERSE = 35
_LONGEST_HEADING = 30
_BARE = 9
"""Characters of a numbered line that is a heading, whatever the next begins with."""
_FEWEST_HEADINGS = 2
_WORD, _STRONG_WORD, _COMMON_WORD = 6, 7, 9
"""Powers of two of a word's frequency from which its being cut counts, the more the less else speaks for it."""
_LABELLED = re.compile(rf"[{CHINESE}][{CHINESE}{SPACES}]{{1,8}}[：:]")
_LISTED = re.compile(
    rf"[{SPACES}]*(?:出席|列席|参加|参会|缺席|请假|主持|记录|地点|与会|抄送|主送|分送)[{CHINESE}]{{0,6}}[：:]"
)
_KIND = re.compile(
    "(?:报告|通知|通报|请示|批复|函|意见|方案|决定|公告|通告|纪要|办法|规定|总结|计划|要点|预案|简报|讲话|公报|细则|情况)$"
)
"""What a title ends with."""
_LEADING = re.compile(rf"^[{SPACES}]{{2,}}")
_FIRST_OF = re.compile(
    r"(?:第[一二三四五六七八九十]|首先|其一|其[二三四])[，,、]|[一二三四五六七八九十][是要]"
)
"""What opens one of several points: the line above it is their heading."""
_DATE = re.compile(r"\s*(?:\d{4}|二[〇○零]\S{2})年\d*\S*月\S*日\s*$")
_OFFICE_NUMBER = re.compile(r"[〔\[（(](?:19|20)\d\d[〕\]）)]\s?第?\s?\d+\s?[号期]$")
_BODY = re.compile(
    rf"[{CHINESE}{SPACES}]{{2,24}}(?:局|委员会|办公室|政府|大队|支队|中心|公司|指挥部|领导小组|医院|学校|站|所)\s*"
)
"""A body that signs, each on a line of its own."""
_PURPOSE = re.compile(
    "(?:为了|为(?:切实|进一步|认真|做好|丰富|全面|贯彻|确保|加强|提高|推动|深入|落实|有效|规范|保障|防范|营造)|根据|按照|依据|随着|针对|鉴于|由于|截至)"
    rf"[{CHINESE}\d]{{1,12}}$"
)
"""How a sentence begins that says why: no heading, so that it goes on in the next line."""
_BEGUN = re.compile(rf"[，；][{CHINESE}]{{1,2}}$")
"""A clause of one or two characters: more must follow."""
_CUT_BEFORE = re.compile(r"[，。；、：）》”]|的(?!士)|和(?![谐平])|及(?!时)|与(?![此会])|[至为](?=\d)")
_CUT_AFTER = re.compile(
    rf"[{CHINESE}](?:的|和|与|及|对|在|把|将|为|由|向|从|以|并|或|等|于|到|至|被|使|让|给|按|每|各|其)$"
)

_NAMES_NEXT = re.compile(
    r"(?:依照|依据|按照|根据|参照|遵照|对照|违反|贯彻|落实|执行|印发|制定|出台|下发|宣传|学习|修订|》[和及与、])$"
)
"""What a paper's name follows."""


def check(document: Document) -> Iterator[Finding]:
    """The line breaks inside sentences."""
    paragraphs = document.paragraphs
    width, bare = _set_width(document), _bare_headings(document)
    # A title ends where it ends, whatever the first paragraph goes on with.
    title = [paragraphs[at].start for at in parts(document).title]
    first = next((each.start for each in paragraphs if document.said(each).strip()), 0)
    apart = _verses(document) | set(title[-1:])
    for above, below in pairwise(each for each in paragraphs if document.said(each).strip()):
        head, tail = document.said(above), document.said(below)
        # What a page leaves between the halves, an empty line or an indent, makes it look like a new paragraph.
        parted = below.start > above.end + 1 or bool(_LEADING.match(tail))
        head, tail = head.rstrip(), tail.lstrip() if parted else tail
        if (
            above.start in apart
            or (above.start in (*title, first) and _titled(head, tail))
            or head.startswith("——")
            or not _cut(document, above, below, (head, tail), width, bare)
        ):
            continue
        row = bool(_LABELLED.match(head)) and not re.search("[。；]", head)
        if parted and (row or not _goes_on(head, tail)):
            continue
        yield rules()["broken-line"].finding(above.start + len(head), below.end - len(tail), mend="")


def _titled(head: str, tail: str) -> bool:
    """Whether two lines are a title set in two, whose break tears no word."""
    return (
        not re.search("[，。；]", head + tail)
        and bool(_KIND.search(tail))
        and words().gain(_end(head), "", _start(tail)) <= 0
    )


def _goes_on(head: str, tail: str) -> bool:
    """Whether a line is half of a sentence, so surely that no blank between the halves speaks against it."""
    number = _NUMBERED.match(head)
    clauses = re.search("[，。；、]", head[number.end() :] if number else head)
    if not clauses or len(head) < _SHORTEST or not re.search("[，。；：,]", tail):
        return False
    torn = words().across(_end(head), _start(tail)) >= _WORD
    return (
        _unclosed(head, tail)
        or torn
        or bool(_CUT_AFTER.search(head) or _OPEN_END.search(head) or _CUT_BEFORE.match(tail))
        or (
            (len(head) >= _LONG or bool(re.search("[。；]", head)) or _told(head, number))
            and bool(re.match("[^。；：]{1,40}[，。；]", tail))
        )
    )


def _cut(
    document: Document,
    above: Paragraph,
    below: Paragraph,
    said: tuple[str, str],
    width: int,
    bare: frozenset[str],
) -> bool:
    head, tail = said
    if (
        above.cell
        or below.cell
        or below.number
        or "\t" in head + tail
        or not head.strip()
        or not tail.strip()
    ):
        return False
    if above.style and above.style != below.style:
        return False
    if re.match(r"(?i)title|heading|标题|signature|date|发文|主送|附件", above.style):
        return False
    if (
        _DATE.fullmatch(head)
        or _OFFICE_NUMBER.search(head)
        or _ENDED.search(head)
        or _NUMBERED.match(tail)
        or _DATE.match(tail)
        or _BRACKETED.fullmatch(tail)
        or (_BODY.fullmatch(head) and _BODY.fullmatch(tail))
    ):
        return False
    if not re.search(rf"[{CHINESE}，、\d]$", head):
        return False
    number = _NUMBERED.match(head)
    # 四、整改成效 / 至12月13日，…: behind a bare heading only a sign shows a cut.
    headed = number and not re.search("[，。；：]", head[number.end() :]) and len(head) <= _LONGEST_HEADING
    if (_CUT_BEFORE.match(tail) and not (headed and re.match(f"[{CHINESE}]", tail))) or _unclosed(head, tail):
        return True
    if _goes_on_with_name(head, tail):
        return True
    if not re.match(rf"[{CHINESE}\d（《“]", tail) or _verse(head, tail):
        return False
    # 加强领导，压实责任: a heading may have a comma; a clause after a full stop is none.
    if number and "。" not in head and _FIRST_OF.match(tail):
        return False
    among = bool(number) and len(document.said(above)) <= _LONGEST_HEADING and _counts_by(number[0]) in bare
    if not number and _PURPOSE.match(head) and "，" in tail[:60]:
        return True
    told = _told(head, number) and not among
    # 参加：各局，各镇负责人: a list behind its label ends with the line.
    listed = bool(_LISTED.match(head)) and "。" not in head
    heading = (bool(number) and "。" not in head and not told) or listed
    clause = "，" in head and (told or len(head) > _LONGEST_HEADING) and not heading
    inner = "。" in head or "；" in head or clause
    if len(head) >= _SHORTEST and _BEGUN.search(head) and (inner or re.search("[，。；]", tail)):
        return True
    torn = words().across(_end(head), _start(tail))
    gain = 1 if number and len(head) <= _BARE else 0  # 五、不足之处 / 分馆: so short a line is a heading
    if heading and len(head) <= _LONGEST_HEADING and words().gain(_end(head), "", _start(tail)) <= gain:
        torn = 0  # 职责 / 成立: 责成 is a word, but the two around it are whole without it.
    if _LABELLED.match(tail) and torn < _COMMON_WORD and not (inner and _CUT_AFTER.search(head)):
        return False
    if len(head.strip()) < _SHORTEST and not inner:
        if _OPEN_END.search(head):
            return len(head) >= _SHORTEST - 5 and len(tail) >= 22
        return torn >= (_STRONG_WORD if re.search("[，。；：]", tail) else _COMMON_WORD)
    if _OPEN_END.search(head):
        return len(head) >= _SHORTEST or len(tail) >= 22
    if torn >= (_STRONG_WORD if heading else _WORD) or _CUT_AFTER.search(head):
        return inner or bool(re.search("[，。；]", tail)) or torn >= _COMMON_WORD
    if inner and re.search("[，。；]", tail):
        # A clause without an end, and another that has one.
        return True
    # In a text whose lines all end at one width, a full line goes on in the next.
    return bool(width) and abs(len(head) - width) <= 2 and (inner or bool(re.search("[，。；]", tail)))


def _told(head: str, number: re.Match[str] | None) -> bool:
    """Whether a line is no heading: it has a clause and a figure besides its number."""
    return "，" in head and bool(re.search(r"\d", head[number.end() :] if number else head))


def _bare_headings(document: Document) -> frozenset[str]:
    """How those lines count of which all are bare headings, so that 五、严明纪律，坚持24小时值班 is one as well."""
    said: dict[str, list[str]] = {}
    for each in document.paragraphs:
        line = "" if each.cell else document.said(each).strip()
        if begun := _NUMBERED.match(line):
            said.setdefault(_counts_by(begun[0]), []).append(line)
    return frozenset(
        kind
        for kind, lines in said.items()
        if len(lines) > _FEWEST_HEADINGS
        and not any(len(each) > _LONGEST_HEADING or _ENDED.search(each) for each in lines)
    )


def _counts_by(number: str) -> str:
    """How a number is written, whatever it says: （一） and （三） alike."""
    return re.sub(r"[一二三四五六七八九十百\d]+", "一", number.strip())


def _goes_on_with_name(head: str, tail: str) -> bool:
    """由县林业局依照 / 《森林防火条例》: what asks for a name, at the end of a line that is no heading."""
    clause = re.search("[，。；]", head)
    return bool(clause) and tail[0] == "《" and bool(_NAMES_NEXT.search(head))


def _unclosed(head: str, tail: str) -> bool:
    """Whether a title or a bracket begins above and ends below."""
    return any(
        head.rfind(opening) > head.rfind(closing)
        and 0 <= tail.find(closing) < 40
        and tail.find(closing) < (tail.find(opening) if opening in tail else len(tail))
        for opening, closing in ("《》", "（）", "“”")
    )


def _end(text: str) -> str:
    found = re.search(rf"[{CHINESE}]{{1,3}}$", text[-3:])
    return found[0] if found else ""


def _start(text: str) -> str:
    found = re.match(rf"[{CHINESE}]{{1,3}}", text)
    return found[0] if found else ""


def _verse(head: str, tail: str) -> bool:
    return 4 <= len(head) <= 20 and len(head) == len(tail)


def _verses(document: Document) -> set[int]:
    """Where the lines of poems start: several short lines together, each with its mark at the end."""
    found: set[int] = set()
    block: list[Paragraph] = []
    for each in (*document.paragraphs, None):
        text = document.said(each).strip() if each is not None else ""
        if text:
            block.append(each)
            continue
        lines = [document.said(line).strip() for line in block]
        marked = sum(bool(re.search("[，。；：！？、…”》）]$", line)) for line in lines)
        if (
            len(lines) >= 4
            and not any(map(_NUMBERED.match, lines))
            and max(map(len, lines)) <= _WIDEST_VERSE
            and marked * 10 >= len(lines) * 7
        ):
            found.update(line.start for line in block)
        block = []
    return found


def _set_width(document: Document) -> int:
    """The width that the lines of the text are cut at; 0 where they are paragraphs."""
    lengths = [each.end - each.start for each in document.paragraphs if each.end - each.start >= _SHORTEST]
    if document.form != "txt" or len(lengths) < 6:
        return 0
    longest = max(lengths)
    full = sum(longest - 2 <= each <= longest for each in lengths)
    return longest if longest <= 80 and full * 2 >= len(lengths) else 0

"""Spaces inside Chinese sentences; those that set names, headings and slogans apart stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...characters import CHINESE, CLOSING, OPENING, SPACES
from ...document import Document, Paragraph
from ...finding import Finding
from ...rulebook import rules
from ...surnames import SURNAMES
from ...tabular import spaced_rows
from ...words import words

_SIGNS = "，。；：、！？"
_GAP = re.compile(
    rf"(?<=[{CHINESE}{_SIGNS}）》〉】〕」』”’])[{SPACES}]+(?=[{CHINESE}（《〈【〔「『“‘])|(?<=[{CHINESE}\d）》”])[{SPACES}]+(?=[{CLOSING}])"
    rf"|(?<=[{OPENING}])[{SPACES}]+(?=\S)"
)
_NUMBER = re.compile(
    rf"(?<![\d.A-Za-z])(?:\d{{1,3}}[ \u00a0]\d{{1,3}}|\d{{4,}}[ \u00a0]\d{{1,2}})(?=[年月日]|\.\d"
    rf"|[ \u00a0]?[个家户人亩元名台处次](?![{CHINESE}]月))"
    rf"|(?<=[{CHINESE}])(?<![表图件第号款条项节章页级班组幢栋])\d{{1,3}}[ \u00a0]\d{{1,3}}"
    r"(?=[座项件条起场期份辆套米吨万亿张棵株公只头％%])"
)
_GROUPED = re.compile(r"\d{1,3}[ \u00a0]\d{3}(?=\D|$)")
"""Digits in groups of three, as science writes them."""
_SENTENCE = re.compile(r"[，。；]")
_HEADING = re.compile(
    rf"^[{SPACES}]*(?:第[〇零一二三四五六七八九十百\d]+[章节条款编部分项期批次]+|[（(]?[一二三四五六七八九十\d]+[）)、.．]|[①-⑳]"
    rf"|附[件表图录]\d*[：:]?|[图表]\s?\d+(?:[-.．]\d+)*)[{SPACES}]*$"
)
_MARKED = re.compile(
    rf"^[{SPACES}]*(?:[一二三四五六七八九十]{{1,3}}、|[（(][一二三四五六七八九十\d]{{1,3}}[）)]|\d{{1,2}}[.．、])"
)
_ONE_BY_ONE = re.compile(rf"[{CHINESE}](?: [{CHINESE}]){{3,}}(?![{CHINESE}])")
"""Characters of a numbered heading that stand apart one by one: only titles and short words are set so."""
_COLUMN = re.compile(r"[ \u3000]{2,}|\t")
_FIGURE = re.compile(r"[\d.,%％\-—]+")
_COUNTS = re.compile(
    "(?:[万亿]?人次|万[元人户亩吨份]|亿元|公里|公顷|平方米|公斤|个百分点)|[元户人亩家次台个吨场名分件起][，。；、（]"
)
"""What a figure that is missing would count."""
_TAKES_LEAVE = re.compile(
    rf"[{SPACES}]*[特专现谨][{SPACES}]*此[{SPACES}]*(?:[通公函报批说证布奉][{SPACES}]*[知告报达示复明] ?"
    rf"|[{SPACES}]*复)[{SPACES}]*。?[{SPACES}]*"
)
"""特 此 公 告: how a paper ends, which nobody sets wide."""
_CITED = re.compile(rf"第[{SPACES}\d.〇一二三四五六七八九十]+[章节条款项页]$")
_LABEL = re.compile(rf"(?:^|[，；。{SPACES}])[{CHINESE}]{{2,6}}：$")
_CONTACT = re.compile(rf"联系人[：:][{CHINESE}{SPACES}、]{{1,20}}$")
"""A contact's office and name are set apart."""
_FIELD = re.compile(
    rf"联系人|(?:联系|值班|办公|手机|移动|固定)?电话|手机|传真|邮箱|邮编|地址|[（(]共?印|[{CHINESE}]{{1,6}}[：:]"
)
_DATED_ROW = re.compile(r"[\d年月日时、至~—\-（）()周星期一二三四五六日天上下午夜:：]+日?")
"""10月7日、8日 带班领导: a row of a roster begins with its days."""
_FIELDS = re.compile(rf"[{SPACES}]*[{CHINESE}]{{1,8}}[：:]")
"""报：县政府办　送：各乡镇　（共印35份）: a line that begins with a label holds other fields too."""
_POST = re.compile(
    r"(?:领导|负责人|值班员|值班人员|书记|主任|委员|主席|[镇乡县区市局站所处科股校院馆队班组厂村社会部]长|经理|干事|科员|会计|出纳|专员|助理|秘书|工程师|农艺师|技术员|记者|通讯员|编辑|摄影|校对|审核|责编)$"
)
"""镇水利站站长 于海波: a name set apart from its post."""
_ROLL = re.compile(
    rf"(?:出席|列席|参加|参会|缺席|请假|主持|记录|名单|人员|成员|组长|组员|领导)[^：，。]{{0,8}}：(?:[{CHINESE}]{{2,4}}[{SPACES}、]+)*[{CHINESE}]{{2,4}}$"
)
_SPREAD = re.compile(
    rf"(?<![{CHINESE}])(?:[{CHINESE}][{SPACES}]{{2,}}){{3,}}[{CHINESE}]|(?<=[{CHINESE}])(?:[{SPACES}]{{2,}}[{CHINESE}]){{3,}}(?![{CHINESE}])"
)
_QUOTES = re.compile(r"“[^”\n]{0,60}”|‘[^’\n]{0,60}’|《[^》\n]{0,60}》|【[^】\n]{0,40}】|「[^」\n]{0,60}」")
_TOKEN = re.compile(rf"[{CHINESE}]+")
_CHINESE_END = re.compile(rf"[{CHINESE}]{{1,3}}$")
_NEAR = 60
_LINE = 40
"""Characters of a line that is a sentence and no row of a form."""
_ON_AND_ON = re.compile(rf"[{CHINESE}](?: [{CHINESE}]){{2}}")
"""规 范 建 筑 市 场: more characters than a name has."""
_NEXT_LABEL = re.compile(rf"[{CHINESE}]{{1,8}}[：:]")
_FIGURE_BEFORE = re.compile(r"[为是共约达计有第：近超于了到增降]$")
_PIECE = 8
"""Characters that a piece of a line has at most that is set wide as a whole."""
_SHORTEST = 6
_STRONG_WORD = 7
_WORD = 5
"""Power of two of a word's frequency from which a space inside it is no accident."""


def check(document: Document) -> Iterator[Finding]:
    """Spaces that stand inside a sentence or a word."""
    rows = spaced_rows(document)
    for index, paragraph in enumerate(document.paragraphs):
        if index in rows:
            continue
        for offset, text in document.stretches(paragraph):
            for found in () if paragraph.cell else _NUMBER.finditer(text):
                dated = text[found.end() : found.end() + 1] in "年月日"
                if dated or not _GROUPED.match(text, found.start()):
                    gap = offset + found.start() + len(found[0]) - len(found[0].lstrip("0123456789"))
                    yield rules()["space-in-chinese"].finding(gap, gap + 1, mend="")
            for start, end in _inside(text, paragraph):
                yield rules()["space-in-chinese"].finding(offset + start, offset + end, mend="")


def _inside(text: str, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    gaps = list(_GAP.finditer(text))
    if not gaps or paragraph.cell or _is_row(text):
        return
    quoted = [found.span() for found in _QUOTES.finditer(text)]
    sentence, spelled = _is_sentence(text), _spelled(text)
    spread, fields = _spread(text), bool(_FIELDS.match(text))
    if not sentence and _MARKED.match(text):
        spread = [found.span() for found in _ONE_BY_ONE.finditer(text)]
    if _TAKES_LEAVE.fullmatch(text):
        yield from (gap.span() for gap in gaps)
        return
    for gap in gaps:
        left, right = text[max(gap.start() - _NEAR, 0) : gap.start()], text[gap.end() : gap.end() + _NEAR]
        if (gap.start() < _NEAR and _HEADING.match(left)) or _CITED.search(left):
            continue
        if gap.start() < _NEAR and left[-1] == "日" and _DATED_ROW.fullmatch(left):
            continue
        if _left_open(left, right, len(gap[0]) > 1) or (right[0] in "%％‰" and not left[-1].isdecimal()):
            continue
        if (right[0] in OPENING and right[1:2].isascii()) or (left[-1] in CLOSING and left[-2:-1].isascii()):
            # Writers of Latin words set them apart, quoted or not.
            continue
        if left[-1] == "】" and right[0] not in CLOSING:
            continue  # 【主要做法】 一是…: a heading in the line
        if _after_post(left, right) or (fields and _FIELD.match(right)):
            continue
        torn = words().across(_end(left), _start(right))
        if any(begun < gap.start() < stop for begun, stop in quoted):
            # Slogans in quotation marks are set apart by spaces; only a word torn in two shows damage.
            inside = torn >= _STRONG_WORD
        elif not sentence and any(begun <= gap.start() < stop for begun, stop in spread):
            inside = bool(_MARKED.match(text))
        elif not sentence:
            # So are headings and signatures.
            inside = len(gaps) == 1 and torn >= _WORD and len(text) >= _SHORTEST and gap[0] in " \u00a0"
        elif (torn < _STRONG_WORD and (_LABEL.search(left) or _ROLL.search(left))) or _CONTACT.search(
            text[: gap.start()]
        ):
            inside = False
        elif any(begun <= gap.start() < stop for begun, stop in spread):
            inside = True
        elif left[-1] in _SIGNS or right[0] in CLOSING or left[-1] in OPENING:
            inside = bool(_TOKEN.match(right)) or right[0] in CLOSING or left[-1] in OPENING
        else:
            named = _between_names(left, right) and not spelled and torn < _WORD
            wide = len(gap[0]) >= 3 and (spelled or (torn < _WORD and _apart(text, left, right)))
            inside = not named and not wide and "\t" not in gap[0]
        if inside:
            yield gap.span()


def _is_row(text: str) -> bool:
    """A row of a table set with spaces: four columns or more, two of them figures."""
    columns = _COLUMN.split(text.strip())
    return len(columns) >= 4 and sum(bool(_FIGURE.fullmatch(each)) for each in columns) >= 2


def _left_open(left: str, right: str, wide: bool) -> bool:
    """Whether the gap is a place to be filled in: empty brackets, or a date without its figures."""
    return (left[-1] in OPENING and right[0] in CLOSING) or bool(
        (wide and _COUNTS.match(right))
        or (re.search(r"(?:^|[年月\s（])$", left) and re.match("[年月日号人元名个户]", right))
        or re.match(rf"月[{SPACES}]*日", right)
    )


def _end(text: str) -> str:
    found = _CHINESE_END.search(text)
    return found[0] if found else ""


def _start(text: str) -> str:
    found = _TOKEN.match(text)
    return found[0][:3] if found else ""


def _is_sentence(text: str) -> bool:
    """Headings and signatures are laid out with spaces; sentences are not."""
    return bool(_SENTENCE.search(text)) and len(text) >= 10


def _spelled(text: str) -> bool:
    """Whether the line is set wide, character by character, and no sentence stands in it that is not."""
    tokens = re.split(rf"[{SPACES}]+", text.strip())
    single = sum(len(each) == 1 for each in tokens)
    return len(tokens) >= 6 and single * 2 > len(tokens) and max(map(len, tokens)) <= _PIECE


def _apart(text: str, left: str, right: str) -> bool:
    """Whether a wide gap has its reason: a short line, a label after it, a figure to be filled in."""
    return len(text) < _LINE or bool(_NEXT_LABEL.match(right) or _FIGURE_BEFORE.search(left))


def _spread(text: str) -> list[tuple[int, int]]:
    """Stretches of a sentence whose characters stand far apart, one by one."""
    return [] if _spelled(text) else [found.span() for found in _SPREAD.finditer(text)]


def _after_post(left: str, right: str) -> bool:
    name = _TOKEN.match(right)
    return bool(name and _POST.search(left)) and 2 <= len(name[0]) <= 3 and name[0][0] in SURNAMES


def _between_names(left: str, right: str) -> bool:
    before = re.search(rf"[{CHINESE}]+$", left)
    after = _TOKEN.match(right)
    if not before or not after:
        return False
    if len(before[0]) == 1 and before[0] in SURNAMES and len(after[0]) == 1:
        return not _ON_AND_ON.match(right)
    ends_in_name = len(before[0]) > 1 and any(each in SURNAMES for each in before[0][-3:-1])
    return ends_in_name and 2 <= len(after[0]) <= 4 and after[0][0] in SURNAMES

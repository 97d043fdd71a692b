"""The parts of an official paper found in its text: number, title, addressees, signature, date, attachments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .document import Document, Paragraph
from .numerals import folded

KINDS = (
    *(
        "通知",
        "报告",
        "请示",
        "批复",
        "答复",
        "复函",
        "函",
        "会议纪要",
        "纪要",
        "总结",
        "预警单",
        "预警",
        "预警信息",
        "预警信号",
        "通报",
        "通告",
    ),
    *(
        "公告",
        "决定",
        "决议",
        "命令",
        "公报",
        "议案",
        "意见",
        "工作要点",
        "要点",
        "方案",
        "预案",
        "规划",
        "计划",
    ),
    *(
        "汇报",
        "小结",
        "月报",
        "季报",
        "讲话",
        "讲话稿",
        "办法",
        "细则",
        "规定",
        "制度",
        "清单",
        "简报",
        "倡议书",
        "承诺书",
        "责任书",
    ),
    *(
        "工作情况",
        "情况说明",
        "情况",
        "自查报告",
        "调研报告",
        "台账",
        "记录",
        "规则",
        "指南",
        "标准",
        "公约",
        "一览表",
        "工作安排",
        "工作部署",
        "公示",
        "章程",
        "规程",
        "守则",
    ),
)
"""What titles end with, so that a line can be known for one."""

BRACKETS = r"[〔\[［(（【〖﹝]\s*\d{2,4}\s*[〕\]］)）】〗﹞]"
_NUMBER = re.compile(rf"^\s*[\u4e00-\u9fffA-Za-z]{{0,16}}\s*{BRACKETS}\s*第?\s*\d+\s*号\s*(?:签发人.*)?$")
_AND_NEXT = r"(?:[和及与暨、][^，。；：:和及与暨]{2,18}(?:打算|安排|思路|谋划|设想|计划))?"
"""What a summary's title adds of the time to come: 及下半年工作打算."""
_TITLE_END = re.compile(
    rf"(?:(?:{'|'.join(KINDS)})|(?:总结|小结|汇报|报告|情况){_AND_NEXT})\s*(?:[（(][^（）()]{{1,16}}[)）])?\s*[。，；！.]?$"
)
_SUMMARY_AND = re.compile(rf"(?P<kind>总结|小结|汇报|报告|情况){_AND_NEXT}$")
_MARK = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+[、.．，]|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、](?!\d)|[①-⑳])"
)
_DAY = re.compile(
    r"^\s*[（(]?\s*(?:\d{4}年[ 　]*月[ 　]*日|"
    r"[\dXx×〇○零一二三四五六七八九＿_]{2,4}\s*年\s*[\dXx×一二三四五六七八九十＿_]{1,3}\s*月"
    r"(?:\s*[\dXx×一二三四五六七八九十＿_]{1,3}\s*[日号])?|\d{4}[-./]\d{1,2}[-./]\d{1,2})\s*[)）]?\s*$"
)
_BYLINE = re.compile(
    r"[—－\-]{1,2}.{4,60}上?$|[（(].{4,40}[)）]$|(?:发布|印发|签发|预警)?(?:时间|日期)[：:].{6,24}$|[\u4e00-\u9fff、]{2,24}\s+[\u4e00-\u9fff\s]{2,6}$"
)
"""What stands under the title of a speech or a warning: the meeting, the day, who speaks."""
_DAY_AT_END = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日\s*$")
_BODIES = (
    r"(?:政府|委员会|委|办公室|办|指挥部|局|站|所|中心|公司|党委|领导小组|工作组|专班|厅|部|院|馆|园|场|库|社|署|段|基地|联盟|队|村|社区|厂|学校|"
    r"中学|小学|(?:检查|督查|督导|督察|巡察|考核|调查|调研|验收|专家|评审|评估|勘查|审核|核查|普查|领导|攻坚)组|常委会|组委会|筹委会|妇联|团委|工会|商会|学会|理事会|人大|政协|法院|检察院|分行|支行|联合会|协会|科|处|室)"
)
_SIGNS_AS = re.compile(
    r"^(?:采购|招标|发包|建设|报送|填报|编制|报告|发布|公告|主办)(?:人|单位|部门|机关)[：:]"
)
"""As what a body signs: 采购人：巴彦旗环境卫生服务中心."""
_BODY_NAME = re.compile(rf"^[^。；，：:]{{2,39}}{_BODIES}(?:[（(].*[)）])?$")
_POST = re.compile(
    r"^[^。；，：:]{2,39}(?:[省州市盟县旗区乡镇村]长|主任|局长|书记|站长|所长|指挥长|总指挥|厅长|部长|主席|院长|校长|专员)$"
)
"""A post in full, as it stands beside a signer's stamp (7.3.5.3)."""
_FOR_ANOTHER = re.compile(r"[（(][^（()）]{3,30}代[章印][)）]")
"""Who seals for an office that has no seal."""
_NAMED = re.compile(r"[\u4e00-\u9fffA-Za-z（）()·]{3,24}")
_NO_NAME = re.compile(
    r"(?:特此|专此|谨此|此致|敬礼|此复|此函|以上|妥否|当否|可否|顺致|请予|附件|附表|抄送|联系)"
)
"""What a line at the end says that is no name."""
_ORDER_MARK, _ORDER_NUMBER = re.compile(r"^[^。；，：:]{2,60}令$"), re.compile(r"^\s*第\s*\d+\s*号\s*$")
_ATTACHMENTS = re.compile(r"^\s*附\s*件\s*[:：]|^\s*附\s*件\s*[：:]?\s*\d+\s*[.．、]")
_ATTACHED = re.compile(r"^\s*附\s*件\s*\d{0,2}\s*[:：]?\s*$")
_IMPRINT = re.compile(r"^\s*(?:抄送|抄报|主题词|印发|.{2,30}\d{4}年\d{1,2}月\d{1,2}日\s*印发)")
_PRINTED = re.compile(r"(?P<day>\d{4}年\d{1,2}月\d{1,2}日)\s*印发\s*$")
_CLOSING = 6
"""Lines at the end that an imprint is looked for in."""
_HEAD_LINES = 14
_LOOKED_AT = 300


@dataclass(frozen=True)
class Parts:
    """Indexes of paragraphs in `Document.paragraphs`; None or empty where the paper lacks the part.

    `kind` is the word that the title ends with, such as 通知. `body` is the range from after title and
    addressees to before the closing parts; `end` is where attachments of the paper's own begin.
    """

    number: int | None
    title: tuple[int, ...]
    kind: str
    addressee: int | None
    signature: int | None
    date: int | None
    attachments: int | None
    body: range

    def heading(self, document: Document) -> str:
        """The title as one line, without spaces."""
        return "".join("".join(document.said(document.paragraphs[index]).split()) for index in self.title)


def parts(document: Document) -> Parts:
    """The parts of a paper; found once for a document however often it is asked."""
    return _parts(document.text, document.paragraphs)


@lru_cache(maxsize=8)
def _parts(text: str, paragraphs: tuple[Paragraph, ...]) -> Parts:
    # No part but the body runs over many lines, and a part is known by its first signs.
    lines = [folded(text[each.start : each.end].strip()[:_LOOKED_AT]) for each in paragraphs]
    plain = [at for at, line in enumerate(lines) if line.strip() and not paragraphs[at].cell]
    head = plain[:_HEAD_LINES]
    number = next((at for at in head if len(lines[at].strip()) < 50 and _NUMBER.match(lines[at])), None)
    order = _order(lines, head)
    if order is not None:
        number, title, kind = order, (), "令"
    else:
        title = _title(lines, paragraphs, head, number)
        kind = _kind("".join("".join(lines[at].split()) for at in title))
    after = max([*title, number if number is not None else -1], default=-1)
    addressee = (
        next(
            (at for at in plain if at > after and _addresses(lines[at])),
            None,
        )
        if title or number is not None
        else None
    )
    following = [at for at in plain if at > after]
    between = 0
    while between < min(4, len(following)) and _BYLINE.match(lines[following[between]].strip()):
        between += 1
    following = following[between:]
    if addressee is not None and addressee not in following[:2]:
        addressee = None
    if order is not None:
        addressee = None
    if addressee is None and not title and number is None:
        addressee = next((at for at in plain[: 1 + between] if _addresses(lines[at])), None)
    start = (addressee if addressee is not None else after) + 1
    attached = next((at for at in plain if at > start and _ATTACHED.match(lines[at])), len(lines))
    attachments = next((at for at in plain if start <= at < attached and _ATTACHMENTS.match(lines[at])), None)
    date = _date(lines, [at for at in plain if at < attached], after)
    signature = _signature(lines, plain, date, start)
    if date is None or date < start or signature is None:
        # Several bodies sign side by side in a table without lines.
        tabled = _signed_in_table(lines, paragraphs, range(start, attached))
        signature, date = tabled or (signature, date)
    ends = [at for at in (attachments, signature, date) if at is not None and at >= start]
    return Parts(
        number,
        title,
        kind,
        addressee,
        signature,
        date,
        attachments,
        range(start, min(ends, default=attached)),
    )


def printed_on(document: Document) -> str:
    """The day in the imprint at the end, 2026年6月4日印发; empty where there is none."""
    for paragraph in document.paragraphs[: -_CLOSING - 1 : -1]:
        match = _PRINTED.search(folded(document.text[paragraph.start : paragraph.end]))
        if match:
            return match["day"]
    return ""


def _order(lines: list[str], head: list[int]) -> int | None:
    """The number of an order, which stands under its mark: 县人民政府令, 第3号 (10.2)."""
    return next(
        (
            below
            for above, below in pairwise(head)
            if _ORDER_NUMBER.match(lines[below]) and _ORDER_MARK.match("".join(lines[above].split()))
        ),
        None,
    )


def _title(
    lines: list[str], paragraphs: tuple[Paragraph, ...], head: list[int], number: int | None
) -> tuple[int, ...]:
    styled = [at for at in head if paragraphs[at].style.lower() in ("title", "标题")]
    if styled:
        return tuple(at for at in styled if at - styled[0] <= 4)
    if number is not None:
        # Copies of papers often have the number below the title.
        above = [at for at in head if at < number and not re.search(r"文件$", lines[at].strip())]
        for at in above:
            line = lines[at].strip()
            if _TITLE_END.search(line) and not _MARK.match(line) and len(line) <= 70:
                if "关于" in line or len(above) == 1:
                    return (at,)
                started = next((before for before in above if before < at and "关于" in lines[before]), None)
                return tuple(each for each in above if started is not None and started <= each <= at) or (at,)
    candidates = [at for at in head if number is None or at > number]
    taken: list[int] = []
    for at in candidates:
        line = lines[at].strip()
        if _MARK.match(line) or len(line) > 70 or line.endswith(("：", ":")) or _DAY.match(line):
            break
        if re.search(r"[。；！？]", line[:-1]) or (len(line) > 40 and line.endswith("。")):
            break
        about = "关于" in line or any("关于" in lines[each] for each in taken)
        if line.endswith(("。", "；", "，", "！")) and not about and number is None:
            break
        if "签发人" in line or re.fullmatch(
            r"\d{6}|(?:绝密|机密|秘密|特急|加急|平急|内部)(?:[★☆\s\d].*)?|.*文件", line
        ):
            continue
        taken.append(at)
        if _TITLE_END.search(line):
            return tuple(taken if number is not None or len(taken) < 3 else _from_about(lines, taken))
        if len(taken) == 4:
            break
    # After a number, the next line is the title whatever it ends with.
    return tuple(taken[:1]) if number is not None and taken and len(lines[taken[0]].strip()) >= 6 else ()


def _from_about(lines: list[str], taken: list[int]) -> list[int]:
    return next((taken[at:] for at in range(len(taken)) if "关于" in lines[taken[at]]), taken[-2:])


def _kind(title: str) -> str:
    bare = re.sub(r"[（(][^（）()]*[)）]$", "", title).rstrip("。，；！. ")
    summary = _SUMMARY_AND.search(bare)
    return (
        summary["kind"]
        if summary
        else max((kind for kind in KINDS if bare.endswith(kind)), key=len, default="")
    )


def _addresses(line: str) -> bool:
    bare = line.strip()
    return (
        2 < len(bare) <= 160
        and bare.endswith(("：", ":"))
        and not re.search(
            r"[。；！？]|[如以]下|下列|为此|我[镇乡县局]|通知|汇报|报告|附件|总结|要求|\d{3,}", bare
        )
        and not _MARK.match(bare)
    )


def _date(lines: list[str], plain: list[int], after: int) -> int | None:
    for at in reversed(plain):
        if at > after and (_DAY.match(lines[at]) or (len(lines[at]) < 50 and _signed_day(lines[at]))):
            return at
    # Under the title, as summaries and minutes have it.
    return next((at for at in plain[:_HEAD_LINES] if _DAY.match(lines[at])), None)


def _signed_in_table(
    lines: list[str], paragraphs: tuple[Paragraph, ...], within: range
) -> tuple[int, int] | None:
    """First name and day of a table that, up to its day, holds nothing but names of bodies and days."""
    for at in reversed(within):
        tabled = paragraphs[at].cell or paragraphs[max(at - 1, 0)].cell
        if not tabled or not _DAY.match(lines[at]):
            continue
        low = at
        while low > within.start and paragraphs[low - 1].cell:
            low -= 1
        names = [each for each in range(low, at) if lines[each].strip() and not _DAY.match(lines[each])]
        if names and all(signs("".join(lines[each].split())) for each in names):
            return names[0], at
    return None


def signs(line: str) -> bool:
    """Whether a line is the name of an office or a post, as stands at the end of a paper or under its title."""
    return bool(_BODY_NAME.search(line) or _POST.search(line))


def _signed_day(line: str) -> bool:
    return bool(_DAY_AT_END.search(line) and re.match(rf"^\s*\S{{2,30}}{_BODIES}\s*\d{{4}}年", line))


def _signature(lines: list[str], plain: list[int], date: int | None, start: int) -> int | None:
    if date is not None and _signed_day(lines[date]):
        return date
    near = []
    if date is not None and date in plain:
        place = plain.index(date)
        near = [plain[place - 1]] if place else []
        near += plain[place + 1 : place + 2]
    else:
        near = [at for at in plain[-4:] if at >= start]
    if near and date is not None and near[0] < date and near[0] >= start and _names_itself(lines, near[0]):
        return near[0]
    for at in near:
        line = _SIGNS_AS.sub("", "".join(lines[at].split()))
        if _FOR_ANOTHER.fullmatch(line) or (
            2 < len(line) <= 40
            and (re.search(rf"{_BODIES}(?:[（(].*[)）])?$", line) or _POST.search(line))
            and not re.search(r"[。；，：:]", line)
            and not _MARK.match(line)
            and not _IMPRINT.match(line)
            and not _ATTACHMENTS.match(line)
        ):
            return at
    return None


def _names_itself(lines: list[str], at: int) -> bool:
    """Whether a line right above the day is a name, whatever it ends with: no mark, behind a sentence that ended."""
    line = "".join(lines[at].split())
    above = next((each.strip() for each in reversed(lines[:at]) if each.strip()), "")
    return bool(
        _NAMED.fullmatch(line)
        and not _NO_NAME.match(line)
        and not _MARK.match(line)
        and re.search("[。！）)]$", above)
    )

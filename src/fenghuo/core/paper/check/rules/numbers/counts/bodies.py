"""How many villages, classes or branches a body has, and a later number above it: 全镇11个村, 13个村要明确专人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....document import Document
from ....finding import Finding
from ..faults import counts_differ
from ..text.frame import Frame
from ..text.quantities import Quantity, quantities
from ..text.sentences import Sentence, sentences

_LEVELS = "组村乡镇街区县市省"
"""Areas from the small to the large; towns of each kind are of one level."""
_KINDS = (
    r"行政村|自然村|村民小组|居民小组|村小组|乡镇街道|街道乡镇|镇街|乡镇|村居|村社区|社区|街道|教学班|班级|班(?![子次组长])|教研组|年级|"
    r"党支部|支部(?!书记)|党小组|党总支|网格(?!员)|科室|股室|股(?![东份])|内设机构|直属单位|居委会|村委会|"
    r"村(?![民级干委两医支组庄务])|镇(?![长区直级])|乡(?![长村道亲])|县区|区县|市县|县市区"
)
KIND = re.compile(
    rf"(?P<kind>{_KINDS})(?P<wide>[（(][^（）()]{{1,8}}[)）]|[、和及与](?!\d)[^，。；\d]|[/／])?"
)
_SAME_KIND = {
    "街道乡镇": "乡镇街道",
    "镇街": "乡镇街道",
    "班级": "班",
    "教学班": "班",
    "党支部": "支部",
    "村居": "村社区",
    "村小组": "村民小组",
    "行政村": "村",
    "区县": "县区",
}
_AREA = r"[镇县区市乡村园校街旗州办]"
# 全镇14个, 我县共辖12个, 现有9个, 下辖3个社区、11个
_HAS = re.compile(
    rf"(?:(?:全|我|本)(?P<area>{_AREA})(?:道|处|域|辖区?)?(?:范围内|境内)?(?P<has>(?:目前|现|共|总共|一共)?(?:下?辖有?|有|设有?))?(?:的)?"
    r"|(?P<holds>(?:现|共|下|管|所)辖有?|(?:^|[，。、；\u4e00-\u9fff])辖(?!区)|现有|共有|现设|下设|共设))"
    rf"(?:\d+[个名户人][^，。；、\d]{{1,8}}[、和及与])*(?:{_KINDS})?$"
)
_OWN_AREA = re.compile(rf"[全我]({_AREA})")
_ENDS = re.compile(r"$|[，。；、：（(和及与]|组成|构成|\d|[\u4e00-\u9fff]{0,3}\d")
# All of them, not those to which something happened.
_ALL_OF = re.compile(
    r"$|[，。；、：（(和及与的]|全部|都|均|各|逐|全覆盖|分(?:别|成|为)|按|计划|要|应|须|必须|拟|将|中(?![心学小])|纳入|主要|负责|干部|书记"
)
_NAMED = re.compile(
    r"(?P<name>(?:(?![全我本各该每有到在由对某个名其何基农])[\u4e00-\u9fff]){2})(?:镇|乡|县|区|市|街道|村|社区|中学|小学|幼儿园|公司|学校|农场|林场)(?!级)"
)
OTHERS = re.compile(
    r"去年|上年|往年|(?<![平高草])原|全[市省国](?!\d)|兄弟|周边|周围|邻|外[县市镇省乡村地]|其[他它]|合并|撤|调整|划分|规划|达到|新增|新[建设成]|增[加设至]|扩|力争|"
    r"到20\d\d|累计|历年|共计|(?<!\d)次|比(?!例)|较|至少|不少于|超过|以上|[县市省](?:委|政府|[\u4e00-\u9fff]{1,4}[局部办厅])|学习考察|考察|观摩|结对|对口|帮扶|跨"
)
_PASSED = re.compile(
    r"去年|上年|往年|原|兄弟|周边|周围|邻|外[县市镇省乡村地]|其[他它]|合并|撤|规划|达到|新增|力争|到20\d\d|累计|历年"
)
_BEFORE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年")
_WHOLE = re.compile(r"(?:所有|全部|全体)(?:的)?$")
_MOST = 400
"""No body of a township paper has more; and a number far above the body's own counts those of another."""


@dataclass(frozen=True, slots=True)
class _Count:
    quantity: Quantity
    start: int
    kind: str
    area: str
    sentence: Sentence
    body: bool

    @property
    def end(self) -> int:
        return self.start + self.quantity.end - self.quantity.start


def check(document: Document, frame: Frame) -> Iterator[Finding]:
    """Silent where the number may be that of a larger area, another year or another kind of unit."""
    counts = list(_counts(document, frame))
    if not any(each.body for each in counts):
        return
    for kind in dict.fromkeys(each.kind for each in counts):
        alike = [each for each in counts if each.kind == kind]
        bodies = [each for each in alike if each.body and _is_own(each, frame.title, document)]
        if not bodies or len({each.quantity.value for each in alike if each.body}) > 1:
            continue  # of none, or of several
        largest = max(bodies, key=lambda each: each.quantity.value)
        for later in alike:
            if _contradicts(later, largest, counts, frame):
                yield _fault(document, later, largest)


def _counts(document: Document, frame: Frame) -> Iterator[_Count]:
    for sentence in sentences(document):
        text = sentence.plain
        if sentence.cell or "个" not in text or sentence.index in frame.parts.title:
            continue
        for each in quantities(text):
            if each.unit != "个" or each.about or not 2 <= each.value <= _MOST:
                continue
            after = text[each.end :]
            kind = KIND.match(after) or re.search(rf"(?P<kind>{_KINDS})(?P<wide>)$", text[: each.start])
            if not kind:
                continue
            name = kind_of(kind)
            has = _HAS.search(text[max(each.start - 40, 0) : each.start])
            rest = after[kind.end() :] if kind.string is after else after
            body = bool(has) and not _PASSED.search(text[: each.start]) and _is_body(has, rest)
            yield _Count(
                each,
                sentence.start + each.start,
                name,
                _area(has, text[: each.start]) if has else "",
                sentence,
                body,
            )


def _area(has: re.Match[str], before: str) -> str:
    """Whose they are: 全县总面积1503平方公里，辖8个镇 tells it before."""
    told = _OWN_AREA.findall(before)
    return has["area"] or (told[-1] if told else "")


def kind_of(match: re.Match[str]) -> str:
    """What is counted, by one name; 村（社区） is another kind than 村."""
    return _SAME_KIND.get(match["kind"], match["kind"]) + ("等" if match["wide"] else "")


def _is_body(has: re.Match[str] | None, rest: str) -> bool:
    """Whether it is said that these are all: 全县有3个乡镇受灾 and 共有8个村报名 are not."""
    if has is None:
        return False
    held = has["holds"] or has["has"] or ""
    if held.endswith("有") and "辖" not in held:
        return bool(re.match(r"$|[，。；、：（(]", rest))
    return bool(_ENDS.match(rest)) if "设" in held else bool(_ALL_OF.match(rest)) or "辖" in held


def _level(area: str) -> int:
    return _LEVELS.find({"乡": "镇", "街": "镇", "办": "镇"}.get(area, area))


def _is_own(count: _Count, title: str, document: Document) -> bool:
    """Not a place that a paper of a larger area tells of: its name, or its kind of area, would stand in the title."""
    lead = re.split(r"[，；：]", count.sentence.plain[: count.quantity.start])[-1]
    signed = title + document.text.rstrip()[-60:]
    if any(each["name"] not in signed for each in _NAMED.finditer(lead)):
        return False
    level = _level(count.area) if count.area else -1
    larger = [sign for sign in "镇县区市" if level < _level(sign) and f"全{sign}" in document.text]
    return not larger or (level >= 0 and count.area in title)


def _contradicts(later: _Count, body: _Count, counts: Sequence[_Count], frame: Frame) -> bool:
    text = later.sentence.plain
    told, all_ = later.quantity.value, body.quantity.value
    before = re.split(r"[，,；：]", text[: later.quantity.start])[-1]
    clause = before + re.split(r"[，,；：]", text[later.quantity.start :])[0]
    whole = bool(_WHOLE.search(before))
    if (
        later.start == body.start
        or later.sentence is body.sentence
        or (told <= all_ and not whole)
        or told == all_
    ):
        return False
    if told > all_ * 3 / 2 + 3 or told * 2 < all_ or OTHERS.search(clause):
        return False
    if later.area and body.area and _level(later.area) != _level(body.area):
        return False
    if any(int(each["year"]) < (frame.year or 0) for each in _BEFORE.finditer(text)):
        return False
    # 11个村、2个社区 make 13 together.
    beside = [each.quantity.value for each in counts if each.sentence is body.sentence and each is not body]
    return all_ + sum(beside) != told and not any(all_ + each == told for each in beside)


def _fault(document: Document, later: _Count, body: _Count) -> Finding:
    return counts_differ(document.text, 0, later, body)

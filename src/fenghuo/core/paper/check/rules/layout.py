"""Where a .docx departs from the measures of GB/T 9704-2012: one finding a departure, however often it occurs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fenghuo.core.finding import Text

from ... import fonts, measures
from ..document import Document, Paragraph
from ..finding import Finding
from ..layout import Layout, Measured, Page
from ..outline import Mark, marks
from ..parts import Parts, parts
from ..rulebook import rules

_TOLERANCE_MM = 1.05  # the standard's own ±1 mm (5.2.1), and what rounding to twips adds
_SIZE_SLACK_PT = 0.1
_PITCH_PT = (27.9, 29.1)  # 22 lines in 225 mm make 28.99 pt; offices set 28 to 29
_FITTED_PITCH_PT = (26.5, 32.0)
"""Pitches that fit a signature onto the page of its text (7.3.5.5): 24 to 20 lines a page."""
_INDENT_SLACK = 0.25
_SERIES = re.compile(r"[\u4e00-\u9fff]{0,6}(?:情报|简报|动态|快报|专报|要情|信息|通讯)")
_CAPTION = re.compile(
    r"^\s*[图表]\s*[\d一二三四五六七八九十]{1,3}(?:[-.－—]\d{1,2})?(?=[\s　:：\u4e00-\u9fff]|$)"
)
_SIZES = {42: "初号", 36: "小初", 26: "一号", 24: "小一", 22: "二号", 18: "小二", 16: "三号", 15: "小三"}
_SIZES |= {14: "四号", 12: "小四", 10.5: "五号", 9: "小五"}
_ALSO = {
    "仿宋": ("方正仿宋", "仿宋_", "仿宋-", "FZFangSong", "汉仪仿宋", "文星仿宋"),
    "楷体": ("方正楷体", "楷体_", "FZKai", "汉仪楷体", "文星楷体"),
    "黑体": ("方正黑体", "FZHei", "汉仪黑体"),
    "方正小标宋简体": ("小标宋", "XiaoBiaoSong"),
}


def check(document: Document) -> Iterator[Finding]:
    """Silent without a layout, and on papers that are not in Chinese."""
    layout = document.layout
    if layout is None or not document.paragraphs or not _chinese(document.text):
        return
    yield from _pages(document, layout)
    yield from _page_numbers(document, layout)
    yield from _Paragraphs(document, layout).check()


def _chinese(text: str) -> bool:
    letters = sum(sign.isalpha() for sign in text)
    return letters > 0 and sum("\u4e00" <= sign <= "\u9fff" for sign in text) / letters > 0.5


def _start(document: Document) -> Paragraph:
    """The first paragraph with text: where a finding about the whole file is shown."""
    return next((each for each in document.paragraphs if document.said(each).strip()), document.paragraphs[0])


def _pages(document: Document, layout: Layout) -> Iterator[Finding]:
    place = _start(document)
    seen: set[str] = set()
    for page in layout.pages:
        sides = sorted((page.width, page.height))
        if (
            any(
                abs(side - asked) > _TOLERANCE_MM for side, asked in zip(sides, measures.PAGE_MM, strict=True)
            )
            and "size" not in seen
        ):
            seen.add("size")
            yield rules()["page-size"].finding(
                place.start,
                place.end,
                found=f"{page.width:.0f} × {page.height:.0f} mm",
                asked="210 × 297 mm",
            )
        if page.width > page.height:
            continue  # a table laid across: the standard leaves its margins open
        for side, found, asked in _margins(page):
            if abs(found - asked) > _TOLERANCE_MM and side.en not in seen:
                seen.add(side.en)
                yield rules()["page-margin"].finding(
                    place.start, place.end, side=side, found=f"{found:.1f} mm", asked=f"{asked} mm"
                )


def _margins(page: Page) -> tuple[tuple[Text, float, int], ...]:
    # A letter's first page reaches further down (10.1); on the others a high footer keeps the text above.
    kept = abs(page.footer - measures.BOTTOM_MM) <= _TOLERANCE_MM and page.bottom < measures.BOTTOM_MM
    return (
        (Text(en="top", zh="上"), page.top, measures.TOP_MM),
        (Text(en="bottom", zh="下"), page.footer if kept else page.bottom, measures.BOTTOM_MM),
        (Text(en="left (binding)", zh="左（订口）"), page.left + page.gutter, measures.LEFT_MM),
        (Text(en="right", zh="右"), page.right, measures.RIGHT_MM),
    )


def _page_numbers(document: Document, layout: Layout) -> Iterator[Finding]:
    place = _start(document)
    counting = [footer for footer in layout.footers if footer.counts and footer.kind != "first"]
    if not counting:
        yield rules()["page-number-missing"].finding(place.start, place.end)
        return
    faults: list[tuple[str | Text, str | Text]] = []
    for footer in counting:
        if footer.size and abs(footer.size - measures.FOOT_PT) > _SIZE_SLACK_PT:
            faults.append((_size(footer.size), _size(measures.FOOT_PT)))
        if not re.match(r"^[—–－-]+\s*.*\s*[—–－-]+$", footer.text):
            faults.append((footer.text or "1", "— 1 —"))
    if faults:
        found, asked = faults[0]
        yield rules()["page-number-form"].finding(place.start, place.end, found=found, asked=asked)
    default = next((footer for footer in counting if footer.kind == "default"), None)
    even = next((footer for footer in counting if footer.kind == "even"), None)
    right = default is not None and default.align in ("right", "end", "outside")
    left = even is not None and even.align in ("left", "start", "both", "outside")
    sides = layout.odd_and_even and right and left
    if not sides and not (default is not None and default.align == "outside"):
        yield rules()["page-number-sides"].finding(
            place.start, place.end, found=_sides(layout, default.align if default else "", bool(even))
        )


def _sides(layout: Layout, align: str, even: bool) -> Text:
    names = {
        "center": ("in the middle", "居中"),
        "right": ("on the right", "居右"),
        "left": ("on the left", "居左"),
    }
    en, zh = names.get(align, ("elsewhere", "在其他位置"))
    if layout.odd_and_even and even:
        return Text(en=f"odd pages {en}, or even ones not on the left", zh=f"单页码{zh}，或双页码未居左")
    return Text(en=f"all pages {en}", zh=f"单双页均{zh}")


def _size(points: float) -> Text:
    name = _SIZES.get(points)
    return Text(en=f"{points:g} pt", zh=f"{name}（{points:g} pt）" if name else f"{points:g} pt")


def _is(face: str, asked: fonts.Face) -> bool:
    names = {asked.name, *asked.alternates.split(",")}
    bare = face.strip()
    return bare in names or any(sign in bare for sign in _ALSO.get(asked.name, ()))


@dataclass
class _Departure:
    """One kind of departure: where it occurs first, how often, and what was found and asked there."""

    rule: str
    paragraph: Paragraph
    values: dict[str, object]
    count: int = 1


@dataclass
class _Paragraphs:
    """The parts of a paper, each held against its own measures."""

    document: Document
    layout: Layout
    found: dict[tuple[str, str, str], _Departure] = field(default_factory=dict)

    def check(self) -> Iterator[Finding]:
        part = parts(self.document)
        levels = {mark.index: mark for mark in marks(self.document)}
        places = self.layout.places(self.document)
        for index, measured in enumerate(self.layout.paragraphs):
            place = places.get(index)
            if place is None or not measured.text.strip() or measured.cell:
                continue
            self._paragraph(measured, place, part, levels.get(place), places)
        for departure in self.found.values():
            yield rules()[departure.rule].finding(
                departure.paragraph.start, departure.paragraph.end, count=departure.count, **departure.values
            )

    def _note(self, rule: str, place: int, what: Text, found: str | Text, asked: str | Text) -> None:
        key = (rule, what.en, found if isinstance(found, str) else found.en)
        if key in self.found:
            self.found[key].count += 1
            return
        values: dict[str, object] = {"what": what, "found": found, "asked": asked}
        self.found[key] = _Departure(rule, self.document.paragraphs[place], values)

    def _signed(self, signature: int, places: Mapping[int, int]) -> Measured | None:
        """The measured line of the name that stands over the date."""
        return next((self.layout.paragraphs[at] for at, place in places.items() if place == signature), None)

    def _paragraph(
        self, measured: Measured, place: int, part: Parts, mark: Mark | None, places: Mapping[int, int]
    ) -> None:
        title = Text(en="title", zh="标题")
        body = Text(en="body", zh="正文")
        if len(part.title) > 1 and place == part.title[0] and _SERIES.fullmatch(measured.text.strip()):
            return  # the head of a series of papers, which has a look of its own
        if place in part.title:
            self._letters(measured, place, title, fonts.TITLE, measures.TITLE_PT)
            if measured.align not in ("center", "distribute"):
                self._note("title-not-centred", place, title, _alignment(measured.align), "center")
            return
        if _CAPTION.match(measured.text) and measured.align == "center":
            return  # the standard leaves open how pictures and tables are named
        inside = place in part.body or place in (part.addressee, part.attachments, part.signature, part.date)
        if not inside:
            return
        if mark and mark.level in (1, 2) and place in part.body:
            face = fonts.HEI if mark.level == 1 else fonts.KAI
            what = Text(en=f"heading of level {mark.level}", zh=f"{'一二'[mark.level - 1]}级标题")
            if _alone(measured.text):
                self._letters(measured, place, what, face, measures.BODY_PT)
            else:
                self._run_in(measured, place, what, face)
        else:
            self._letters(measured, place, body, fonts.BODY, measures.BODY_PT)
        self._pitch(measured, place, body)
        if place in part.body:
            self._indent(measured, place, body)
        if place == part.date and part.signature is not None:
            self._date(measured, place, self._signed(part.signature, places))

    def _letters(
        self,
        measured: Measured,
        place: int,
        what: Text,
        face: fonts.Face,
        size: float,
        until: int | None = None,
    ) -> None:
        stretch = measured.stretch(until)
        if stretch is None:
            return
        if not _is(stretch.face, face):
            found = Text(en=stretch.face or "no named face", zh=stretch.face or "未指定")
            if stretch.themed:
                found = Text(en=f"{found.en} (a theme font)", zh=f"{found.zh}（主题字体）")
            self._note(_face_rule(what), place, what, found, face.name)
        if abs(stretch.size - size) > _SIZE_SLACK_PT:
            rule = "title-size" if what.en == "title" else "body-size"
            self._note(rule, place, what, _size(stretch.size), _size(size))

    def _run_in(self, measured: Measured, place: int, what: Text, face: fonts.Face) -> None:
        """A numbered sentence: offices set it as a heading or as what it is, text of the body."""
        stretch = measured.stretch(measured.text.find("。") + 1)
        if stretch is None:
            return
        if not _is(stretch.face, face) and not _is(stretch.face, fonts.BODY):
            found = Text(en=stretch.face or "no named face", zh=stretch.face or "未指定")
            self._note(_face_rule(what), place, what, found, face.name)
        if abs(stretch.size - measures.BODY_PT) > _SIZE_SLACK_PT:
            self._note("body-size", place, what, _size(stretch.size), _size(measures.BODY_PT))

    def _pitch(self, measured: Measured, place: int, what: Text) -> None:
        if not self.layout.pages:
            return
        page = self.layout.pages[min(measured.section, len(self.layout.pages) - 1)]
        low, high = _PITCH_PT
        if measured.rule != "auto":
            if not low <= measured.pitch <= high and not _fitted(measured, page):
                self._note("line-pitch", place, what, f"{measured.pitch:g} pt", "28–28.95 pt")
            return
        gridded = page.grid in ("lines", "linesAndChars", "snapToChars") and measured.snaps
        if gridded and abs(measured.pitch - 1) < 0.01 and low <= page.grid_pt <= high:
            return
        found = Text(
            en=f"{measured.pitch:g} lines" + (f" (grid {page.grid_pt:g} pt)" if gridded else ""),
            zh=f"{measured.pitch:g} 倍行距" + (f"（网格 {page.grid_pt:g} pt）" if gridded else ""),
        )
        self._note("line-pitch", place, what, found, "28–28.95 pt")

    def _indent(self, measured: Measured, place: int, what: Text) -> None:
        if measured.numbered or measured.align in ("center", "right", "distribute"):
            return
        spaces = len(measured.text) - len(measured.text.lstrip("　 \t\xa0"))
        lead = measured.text[:spaces]
        written = lead.count("　") + 0.5 * (lead.count(" ") + lead.count("\xa0")) + 2 * lead.count("\t")
        signs = measured.first + written + (measured.left if measured.first + written < 1.5 else 0)
        if abs(signs - 2) > _INDENT_SLACK:
            self._note("first-indent", place, what, f"{signs:.1f}".removesuffix(".0"), "2")

    def _date(self, measured: Measured, place: int, signed: Measured | None) -> None:
        if measured.align not in ("right", "end"):
            return  # set by spaces or tabs: where it ends up, only a rendering shows
        trailing = measured.text[len(measured.text.rstrip("　 ")) :]
        signs = measured.right + trailing.count("　") + 0.5 * trailing.count(" ")
        if signed is not None and signed.align in ("right", "end") and _unsealed(measured, signed, signs):
            return
        if abs(signs - measures.DATE_INDENT_SIGNS) > 0.6:
            found = f"{signs:.1f}".removesuffix(".0")
            self._note(
                "date-indent", place, Text(en="date", zh="成文日期"), found, str(measures.DATE_INDENT_SIGNS)
            )


def _fitted(measured: Measured, page: Page) -> bool:
    """Whether the pitch is that of the page's own grid and so was set for the whole paper, as the standard allows
    where a signature would stand alone (7.3.5.5)."""
    least, most = _FITTED_PITCH_PT
    return least <= measured.pitch <= most and abs(measured.pitch - page.grid_pt) < 0.05


def _unsealed(date: Measured, signed: Measured, right: float) -> bool:
    """Whether a date stands as under a name without a seal (7.3.5.2): two signs in from where the name begins.

    Where the date is the longer line it is the one that keeps two signs to the right.
    """
    begins = signed.right + _width(signed.text)
    return abs(right + _width(date.text) - (begins - 2)) <= 0.6 or abs(right - 2) <= 0.3


def _width(text: str) -> float:
    """The width of a line in signs, two half-width ones to a sign."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in text.strip())


def _alignment(align: str) -> Text:
    names = {"left": "居左", "start": "居左", "right": "居右", "end": "居右", "both": "两端对齐"}
    return Text(en=align, zh=names.get(align, align))


def _alone(text: str) -> bool:
    """A heading that is a paragraph of its own: no sentence, nor the first of several."""
    stripped = text.strip()
    return "。" not in stripped and not stripped.endswith(("；", "：", "，"))


def _face_rule(what: Text) -> str:
    if what.en == "title":
        return "title-face"
    return "heading-face" if what.en.startswith("heading") else "body-face"

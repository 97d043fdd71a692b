"""Measures a .docx: follows its styles to the faces, sizes, pitches and indents that Word would take.

Styles are followed through what they are based on; theme fonts win over named ones of the same level and lose
to names given nearer to the text. Measured is what the XML asks for: a renderer may have substituted a face.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from lxml import etree

from .measured import Footer, Layout, Measured, Page, Row, Stretch
from .properties import (
    A,
    R,
    W,
    indent_in_signs,
    is_on,
    last,
    merged,
    nearer,
    number,
    runs,
    signs_of,
    typeface,
    value,
)

_STRICT = "http://purl.oclc.org/ooxml/"
_LARGEST_PART = 64 * 2**20
_MM_A_TWIP = 25.4 / 1440


def measure(data: bytes) -> Layout:
    """Measure the bytes of a .docx file; a ValueError says why where it is none.

    Parts beside the text that are missing or damaged are passed over: what they would say counts as unsaid.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _File(package).layout()
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, ValueError, RecursionError) as error:
        raise ValueError(f"not a .docx file that can be measured: {error}") from error


class _File:
    """The parts of one package, and the properties of its styles."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.package = package
        self.names = set(package.namelist())
        self.main = self._main()
        self.folder = self.main.rpartition("/")[0]
        self.body = self._part(self.main).find(f"{W}body")
        if self.body is None:
            raise ValueError("it has no body")
        styles = self._beside("styles.xml")
        self.styles = {
            str(style.get(f"{W}styleId")): style
            for style in (styles.findall(f"{W}style") if styles is not None else ())
        }
        defaults = styles.find(f"{W}docDefaults") if styles is not None else None
        self.default_run = defaults.find(f"{W}rPrDefault/{W}rPr") if defaults is not None else None
        self.default_paragraph = defaults.find(f"{W}pPrDefault/{W}pPr") if defaults is not None else None
        self.settings = self._beside("settings.xml")
        self._chains: dict[str, list[Any]] = {}
        self.default_style = next(
            (
                name
                for name, style in self.styles.items()
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
            ),
            "",
        )

    def _main(self) -> str:
        """The part that holds the text, almost always word/document.xml."""
        if "word/document.xml" in self.names:
            return "word/document.xml"
        for each in self._part("_rels/.rels"):
            if each.get("Type", "").endswith("/officeDocument"):
                return each.get("Target", "").lstrip("/")
        raise ValueError("it has no text")

    def _beside(self, name: str) -> Any:
        """A part beside the text, None where it is missing or damaged."""
        path = name if name in self.names else f"{self.folder}/{name}"
        if path not in self.names:
            return None
        try:
            return self._part(path)
        except (etree.XMLSyntaxError, ValueError):
            return None

    def _part(self, name: str) -> Any:
        if self.package.getinfo(name).file_size > _LARGEST_PART:
            raise ValueError(f"{name} is larger than a paper can be")
        content = self.package.read(name)
        if _STRICT.encode() in content[:4000]:
            for strict, transitional in (
                (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
                (b"http://purl.oclc.org/ooxml/drawingml/main", A[1:-1].encode()),
                (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
            ):
                content = content.replace(strict, transitional)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(content, parser)

    @cached_property
    def theme(self) -> dict[str, str]:
        """Face by the theme's name for it, such as minorEastAsia."""
        name = next((name for name in sorted(self.names) if "/theme/theme" in name), None)
        root = self._beside(name) if name else None
        if root is None:
            return {}
        faces: dict[str, str] = {}
        for kind in ("major", "minor"):
            scheme = root.find(f".//{A}{kind}Font")
            if scheme is None:
                continue
            latin, east = (typeface(scheme.find(f"{A}{tag}")) for tag in ("latin", "ea"))
            hans = next(
                (typeface(each) for each in scheme.findall(f"{A}font") if each.get("script") == "Hans"), ""
            )
            faces[f"{kind}EastAsia"] = east or hans
            faces[f"{kind}Ascii"] = faces[f"{kind}HAnsi"] = latin
        return faces

    def chain(self, style: str) -> list[Any]:
        """A style and what it is based on, the farthest first."""
        if style not in self._chains:
            found: list[Any] = []
            at, seen = style, set()
            while at in self.styles and at not in seen:
                seen.add(at)
                found.insert(0, self.styles[at])
                based = self.styles[at].find(f"{W}basedOn")
                at = based.get(f"{W}val") if based is not None else ""
            self._chains[style] = found
        return self._chains[style]

    def layout(self) -> Layout:
        paragraphs: list[Measured] = []
        tables: list[tuple[Row, ...]] = []
        pages: list[Page] = []
        footers: list[Footer] = []
        self._walk(self.body, paragraphs, tables, pages, footers, "")
        last = self.body.find(f"{W}sectPr")
        self._section(last, pages, footers)
        even = self.settings is not None and is_on(self.settings.find(f"{W}evenAndOddHeaders"))
        return Layout(tuple(pages), tuple(paragraphs), tuple(tables), tuple(footers), even)

    def _walk(
        self,
        parent: Any,
        paragraphs: list[Measured],
        tables: list[tuple[Row, ...]],
        pages: list[Page],
        footers: list[Footer],
        table_style: str,
        cell: bool = False,
    ) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                paragraphs.append(self._paragraph(child, cell, table_style, len(pages)))
                self._section(child.find(f"{W}pPr/{W}sectPr"), pages, footers)
            elif child.tag == f"{W}tbl":
                style = child.find(f"{W}tblPr/{W}tblStyle")
                name = style.get(f"{W}val") if style is not None else ""
                rows: list[Row] = []
                for row in child.iter(f"{W}tr"):
                    if next(row.iterancestors(f"{W}tbl")) is not child:
                        continue
                    cells = []
                    for each in row.findall(f"{W}tc") + row.findall(f"{W}sdt/{W}sdtContent/{W}tc"):
                        before = len(paragraphs)
                        self._walk(each, paragraphs, tables, pages, footers, name, True)
                        span = each.find(f"{W}tcPr/{W}gridSpan")
                        told = span.get(f"{W}val", "1") if span is not None else "1"
                        columns = int(told) if told.isdecimal() and 1 <= int(told) <= 63 else 1
                        cells.append((tuple(range(before, len(paragraphs))), columns))
                    rows.append(tuple(cells))
                tables.append(tuple(rows))
            elif child.tag in (
                f"{W}sdt",
                f"{W}sdtContent",
                f"{W}customXml",
                f"{W}smartTag",
                f"{W}ins",
                f"{W}moveTo",
            ):
                self._walk(child, paragraphs, tables, pages, footers, table_style, cell)

    def _properties(self, paragraph: Any, table_style: str) -> tuple[list[Any], list[Any], str]:
        """Paragraph and run properties that bear on a paragraph, the farthest first, and its style's name."""
        own = paragraph.find(f"{W}pPr")
        named = own.find(f"{W}pStyle") if own is not None else None
        style = named.get(f"{W}val") if named is not None else self.default_style
        chain = self.chain(table_style) + self.chain(style if style in self.styles else self.default_style)
        blocks = [self.default_paragraph, *(each.find(f"{W}pPr") for each in chain), own]
        runs = [self.default_run, *(each.find(f"{W}rPr") for each in chain)]
        name = self.styles[style].find(f"{W}name") if style in self.styles else None
        return (
            [each for each in blocks if each is not None],
            [each for each in runs if each is not None],
            name.get(f"{W}val", "") if name is not None else "",
        )

    def _paragraph(self, paragraph: Any, cell: bool, table_style: str, section: int) -> Measured:
        blocks, inherited, style = self._properties(paragraph, table_style)
        stretches = tuple(self._stretches(paragraph, inherited))
        _, size, _ = self._face(inherited)
        spacing = merged(blocks, "spacing")
        indent = merged(blocks, "ind")
        align = value(blocks, "jc") or "left"
        rule = spacing.get("lineRule", "auto")
        line = number(spacing.get("line")) or 240.0
        pitch = line / 240 if rule == "auto" else line / 20
        sizes = [each.size for each in stretches if each.text.strip()] or [size]
        first = indent_in_signs(indent, "firstLine", sizes[0])
        if "hanging" in indent or number(indent.get("hangingChars")):
            hanging = indent_in_signs(indent, "hanging", sizes[0])
            first = -hanging if hanging and not nearer(blocks, "firstLine") else first
        return Measured(
            "".join(each.text for each in stretches),
            stretches,
            cell,
            style,
            align,
            rule,
            pitch,
            first,
            indent_in_signs(indent, "left", sizes[0]) or indent_in_signs(indent, "start", sizes[0]),
            indent_in_signs(indent, "right", sizes[0]) or indent_in_signs(indent, "end", sizes[0]),
            is_on(last(blocks, "snapToGrid"), missing=True),
            any(each.find(f"{W}numPr") is not None for each in blocks),
            section,
        )

    def _stretches(self, paragraph: Any, inherited: list[Any]) -> Iterator[Stretch]:
        for run in runs(paragraph):
            own = run.find(f"{W}rPr")
            levels = list(inherited)
            if own is not None:
                named = own.find(f"{W}rStyle")
                if named is not None:
                    levels += [
                        each.find(f"{W}rPr")
                        for each in self.chain(named.get(f"{W}val", ""))
                        if each.find(f"{W}rPr") is not None
                    ]
                levels.append(own)
            text = "".join(signs_of(run))
            if text:
                face, size, themed = self._face(levels)
                yield Stretch(text, face, size, themed)

    def _face(self, levels: list[Any]) -> tuple[str, float, bool]:
        """The face of Chinese signs, the size in pt, and whether a theme chose the face."""
        face, themed, size = "", False, 10.0
        for level in levels:
            fonts = level.find(f"{W}rFonts")
            if fonts is not None:
                theme = fonts.get(f"{W}eastAsiaTheme")
                chosen = self.theme.get(theme or "", "")
                if theme and chosen:
                    face, themed = chosen, True
                elif fonts.get(f"{W}eastAsia"):
                    face, themed = fonts.get(f"{W}eastAsia"), False
            half = level.find(f"{W}sz")
            if half is not None:
                size = (number(half.get(f"{W}val")) or 20.0) / 2
        return face, size, themed

    def _section(self, section: Any, pages: list[Page], footers: list[Footer]) -> None:
        if section is None:
            return
        size, margins, grid = (section.find(f"{W}{tag}") for tag in ("pgSz", "pgMar", "docGrid"))

        def mm(element: Any, name: str, missing: float) -> float:
            value = number(element.get(f"{W}{name}")) if element is not None else None
            return missing if value is None else abs(value) * _MM_A_TWIP

        targets = self._relationships
        references = {
            reference.get(f"{W}type", "default"): targets.get(reference.get(f"{R}id", ""), "")
            for reference in section.findall(f"{W}footerReference")
        }
        # A footer higher than the margin keeps the text above it, but for that of a first page.
        pushed = [
            mm(margins, "footer", 12.7) + self._footer_height(name)
            for kind, name in references.items()
            if kind != "first" and self._footer_height(name)
        ]
        pages.append(
            Page(
                mm(size, "w", 215.9),
                mm(size, "h", 279.4),
                mm(margins, "top", 25.4),
                mm(margins, "bottom", 25.4),
                mm(margins, "left", 31.7),
                mm(margins, "right", 31.7),
                mm(margins, "gutter", 0.0),
                (grid.get(f"{W}type") or "") if grid is not None else "",
                ((number(grid.get(f"{W}linePitch")) or 0.0) / 20) if grid is not None else 0.0,
                max(pushed, default=0.0),
            )
        )
        for kind, name in references.items():
            if name in self.names and self._beside(name) is not None:
                footers.append(self._footer(name, kind, len(pages) - 1))

    @cached_property
    def _relationships(self) -> dict[str, str]:
        root = self._beside(f"_rels/{self.main.rpartition('/')[2]}.rels")
        found = {}
        for each in root if root is not None else ():
            target = each.get("Target", "")
            within = target.lstrip("/") if target.startswith("/") else f"{self.folder}/{target}"
            found[each.get("Id", "")] = within
        return found

    def _footer_height(self, name: str) -> float:
        """The height in mm of a footer whose lines all have an exact pitch; 0 for others."""
        root = self._beside(name) if name in self.names else None
        height = 0.0
        for paragraph in root if root is not None else ():
            measured = self._paragraph(paragraph, False, "", 0) if paragraph.tag == f"{W}p" else None
            if measured is None or measured.rule != "exact":
                return 0.0
            if paragraph.find(f"{W}pPr/{W}framePr") is None:
                height += measured.pitch * 20 * _MM_A_TWIP
        return height

    def _footer(self, name: str, kind: str, section: int) -> Footer:
        root = self._part(name)
        chosen, counts = None, False
        for paragraph in root.iter(f"{W}p"):
            fields = [element.text or "" for element in paragraph.iter(f"{W}instrText")]
            fields += [element.get(f"{W}instr", "") for element in paragraph.iter(f"{W}fldSimple")]
            page = any(field.split()[:1] == ["PAGE"] for field in fields)
            if page or chosen is None:
                chosen, counts = paragraph, counts or page
            if page:
                break
        if chosen is None:
            return Footer(kind, "", False, "left", 0.0, section)
        blocks, inherited, _ = self._properties(chosen, "")
        text, sizes = "", []
        for run in chosen.iter(f"{W}r"):
            own = run.find(f"{W}rPr")
            said = "".join(signs_of(run))
            if said.strip():
                sizes.append(self._face([*inherited, *([own] if own is not None else [])])[1])
            text += said
        frame = merged(blocks, "framePr")
        align = frame.get("xAlign") or value(blocks, "jc") or "left"
        return Footer(kind, text.strip(), counts, align, sizes[0] if sizes else 0.0, section)

"""The .docx package: emptied of its template before, the same bytes for the same paper after."""

import io
import zipfile
from datetime import datetime, time

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ..description import Paper
from ..parts import heading
from ..wording import printable
from .numbering import numbering_xml
from .styles import font_table_xml, styles_xml

_KEPT = {RT.STYLES, RT.SETTINGS}
_SETTINGS = (
    f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    "<w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    "<w:doNotExpandShiftReturn/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat></w:settings>"
)
_FONT_TABLE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip entry can have


def blank(paper: Paper, line: int) -> Document:
    """A document with our styles, numbering, settings and font table, and no remains of a template.

    `line` is the pitch of its lines in twips.
    """
    document = docx.Document()
    part = document.part
    for rid, relationship in list(part.rels.items()):
        if relationship.reltype not in _KEPT:
            del part.rels[rid]
    for rid, relationship in list(part.package.rels.items()):
        if relationship.reltype.endswith("/thumbnail"):
            del part.package.rels[rid]
    part._styles_part._element = parse_xml(styles_xml(paper.language, line))
    part._settings_part._element = parse_xml(_SETTINGS)
    fonts = Part(
        PackURI("/word/fontTable.xml"), _FONT_TABLE_TYPE, font_table_xml().encode("utf-8"), part.package
    )
    part.relate_to(fonts, RT.FONT_TABLE)
    numbers = Part(
        PackURI("/word/numbering.xml"), _NUMBERING_TYPE, numbering_xml(paper).encode("utf-8"), part.package
    )
    part.relate_to(numbers, RT.NUMBERING)
    _properties(document, paper)
    return document


def _properties(document: Document, paper: Paper) -> None:
    properties = document.core_properties
    at = datetime.combine(paper.date, time(0))
    properties.title = _short(heading(paper))
    properties.author = properties.last_modified_by = _short("、".join(paper.signatures))
    properties.subject = _short(paper.number)
    properties.category = paper.kind.value
    properties.language = "zh-CN" if paper.language == "zh" else "en-GB"
    properties.created = properties.modified = at
    properties.comments = properties.keywords = ""
    properties.revision = 1


def _short(text: str) -> str:
    return printable(text)[:255]  # as long as a property may be


def packed(document: Document) -> bytes:
    """The document's bytes, with entries in a fixed order and at a fixed time."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w") as target:
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))
    return fixed.getvalue()

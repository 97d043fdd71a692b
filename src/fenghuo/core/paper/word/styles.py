"""The named styles of a paper and its font table, written whole so that nothing of a template remains.

Word's theme fonts win over named ones wherever they are mentioned; here they are mentioned nowhere.
"""

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from docx.oxml.ns import nsdecls

from .. import fonts, measures
from ..description import Language
from ..fonts import Face

PAGE_NUMBER = "PageNumber"
PAGE_NUMBER_TWIPS = 320
"""The height of a page number's line."""
COPY_NUMBER = "CopyNumber"
CORNER = "SecrecyUrgency"
ISSUER = "Issuer"
NUMBER = "PaperNumber"
TITLE = "Title"
ADDRESSEES = "Addressees"
BODY = "BodyText"
HEADINGS = ("Heading1", "Heading2", "Heading3", "Heading4")
ATTACHMENTS = "Attachments"
SIGNATURE = "Signature"
DATE = "Date"
NOTES = "Notes"
ATTENDANCE = "Attendance"
ATTACHMENT_MARK = "AttachmentMark"
IMPRINT = "Imprint"
CELL = "TableCell"
CELL_HEAD = "TableHead"
CAPTION = "Caption"
PICTURE = "Picture"
LETTER_RULE = "LetterRule"
HEADING_NUMBERS = 1
"""The list that the headings of the text count in."""
SIGNER = "Signer"
HEI = "Hei"


@dataclass(frozen=True)
class _Style:
    id: str
    name: str
    face: Face
    size: float
    align: str = "left"
    indent: bool = False
    line: int | None = measures.LINE_TWIPS  # None: as high as the text needs
    keep_next: bool = False
    level: int | None = None
    color: str | None = None
    bold_en: bool = False
    new_page: bool = False


_BODY, _FOOT = measures.BODY_PT, measures.FOOT_PT
_HEADING = {"align": "both", "indent": True, "keep_next": True}
_STYLES = (
    _Style(BODY, "Body Text", fonts.BODY, _BODY, "both", indent=True),
    _Style(COPY_NUMBER, "份号", fonts.BODY, _BODY),
    _Style(CORNER, "密级和紧急程度", fonts.HEI, _BODY, bold_en=True),
    _Style(
        ISSUER, "发文机关标志", fonts.TITLE, measures.HEAD_LARGEST_PT, "center", line=None, color=measures.RED,
        bold_en=True,
    ),
    _Style(NUMBER, "发文字号", fonts.BODY, _BODY, "center"),
    _Style(
        TITLE, "Title", fonts.TITLE, measures.TITLE_PT, "center", line=measures.TITLE_LINE_TWIPS, keep_next=True,
        bold_en=True,
    ),
    _Style(ADDRESSEES, "主送机关", fonts.BODY, _BODY, "both"),
    _Style(HEADINGS[0], "heading 1", fonts.HEI, _BODY, level=0, bold_en=True, **_HEADING),
    _Style(HEADINGS[1], "heading 2", fonts.KAI, _BODY, level=1, bold_en=True, **_HEADING),
    _Style(HEADINGS[2], "heading 3", fonts.BODY, _BODY, level=2, **_HEADING),
    _Style(HEADINGS[3], "heading 4", fonts.BODY, _BODY, level=3, **_HEADING),
    _Style(ATTACHMENTS, "附件说明", fonts.BODY, _BODY, "both", keep_next=True),
    _Style(ATTENDANCE, "出席人员", fonts.BODY, _BODY, "both"),
    _Style(SIGNATURE, "Signature", fonts.BODY, _BODY, "right", keep_next=True),
    _Style(DATE, "Date", fonts.BODY, _BODY, "right"),
    _Style(NOTES, "附注", fonts.BODY, _BODY, "both", indent=True),
    _Style(ATTACHMENT_MARK, "附件标记", fonts.HEI, _BODY, keep_next=True, new_page=True, bold_en=True),
    _Style(IMPRINT, "版记", fonts.BODY, _FOOT),
    _Style(CELL, "表格文字", fonts.BODY, measures.TABLE_PT, line=None),
    _Style(CELL_HEAD, "表头", fonts.HEI, measures.TABLE_PT, "center", line=None, bold_en=True),
    _Style(CAPTION, "caption", fonts.HEI, _FOOT, "center", line=None),
    _Style(PICTURE, "图片", fonts.BODY, _BODY, "center", line=None, keep_next=True),
    _Style(LETTER_RULE, "函件红线", fonts.BODY, 2, line=40),
    _Style(PAGE_NUMBER, "footer", fonts.SONG, _FOOT, line=PAGE_NUMBER_TWIPS),
)  # fmt: skip
_BUILT_IN = {BODY, TITLE, *HEADINGS, SIGNATURE, DATE, CAPTION, PAGE_NUMBER}
_CHARACTER = ((SIGNER, "签发人姓名", fonts.KAI), (HEI, "黑体字", fonts.HEI))


# Pages fill to their last line, and lines to their last sign but not beyond: no line is carried over with
# another, no sign hangs outside the type area, no gap opens between Chinese and figures. LibreOffice wants to
# be told in every style.
_FULL = '<w:widowControl w:val="0"/>'
_STRICT = '<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'


def styles_xml(language: Language, line: int) -> str:
    """word/styles.xml for a paper in zh or en, with its pitch of lines in twips.

    English takes one Latin face, and bold where Chinese changes to Hei or Kai.
    """
    body = _fonts(fonts.BODY, language)
    size = measures.BODY_PT * 2
    main, other = ("zh-CN", "en-US") if language == "zh" else ("en-GB", "zh-CN")
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{body}<w:kern w:val="0"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{other if language == "zh" else main}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{_FULL}{_STRICT}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    built_in = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/>'
        f'<w:autoSpaceDN w:val="0"/>{_spacing(line)}</w:pPr><w:rPr>{body}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        "</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{_grid()}</w:tblBorders><w:tblCellMar>"
        '<w:top w:w="60" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    named = "".join(_paragraph_style(style, language, line) for style in _STYLES)
    named += "".join(_character_style(*style, language) for style in _CHARACTER)
    return f"<w:styles {nsdecls('w')}>{defaults}{built_in}{named}</w:styles>"


def font_table_xml() -> str:
    """word/fontTable.xml: each face named, with its alternates."""
    entries = "".join(
        f"<w:font w:name={quoteattr(face.name)}><w:altName w:val={quoteattr(face.alternates)}/>"
        f'<w:charset w:val="{face.charset}"/><w:family w:val="{face.family}"/>'
        f'<w:pitch w:val="{"variable" if face is fonts.LATIN else "fixed"}"/></w:font>'
        for face in fonts.ALL
    )
    return f"<w:fonts {nsdecls('w')}>{entries}</w:fonts>"


def _fonts(face: Face, language: Language) -> str:
    latin = fonts.LATIN.name if language == "en" else face.name
    return (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{face.name}" w:cs="{fonts.LATIN.name}"/>'
    )


def _spacing(line: int | None) -> str:
    pitch = f'w:line="{line}" w:lineRule="exact"' if line else 'w:line="240" w:lineRule="auto"'
    return f'<w:spacing w:before="0" w:after="0" {pitch}/>'


def _grid() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)


def _character_style(id: str, name: str, face: Face, language: Language) -> str:
    bold = "<w:b/><w:bCs/>" if language == "en" and face is fonts.HEI else ""
    return (
        f'<w:style w:type="character" w:styleId="{id}" w:customStyle="1"><w:name w:val={quoteattr(name)}/>'
        f"<w:qFormat/><w:rPr>{_fonts(face, language)}{bold}</w:rPr></w:style>"
    )


def _paragraph_style(style: _Style, language: Language, line: int) -> str:
    custom = "" if style.id in _BUILT_IN else ' w:customStyle="1"'
    keep = ("<w:keepNext/>" if style.keep_next else "") + ("<w:pageBreakBefore/>" if style.new_page else "")
    numbered = (
        f'<w:numPr><w:ilvl w:val="{style.level}"/><w:numId w:val="{HEADING_NUMBERS}"/></w:numPr>'
        if style.level is not None
        else ""
    )
    pitch = line if style.line == measures.LINE_TWIPS else style.line
    # A line of another height must also leave the page's grid, or the grid swells it again.
    off_grid = "" if style.line == measures.LINE_TWIPS else '<w:snapToGrid w:val="0"/>'
    indent = f'<w:ind w:firstLineChars="200" w:firstLine="{style.size * 40:.0f}"/>' if style.indent else ""
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>'
    bold = "<w:b/><w:bCs/>" if style.bold_en and language == "en" else ""
    closer = style.size == measures.BODY_PT and language == "zh"
    after = f'<w:next w:val="{BODY}"/>' if style.level is not None else ""
    spacing = f'<w:spacing w:val="{measures.CLOSER_TWIPS}"/>' if closer else ""
    color = f'<w:color w:val="{style.color}"/>' if style.color else ""
    size = f'<w:sz w:val="{style.size * 2:.0f}"/><w:szCs w:val="{style.size * 2:.0f}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"{custom}><w:name w:val={quoteattr(style.name)}/>'
        f'<w:basedOn w:val="Normal"/>{after}<w:qFormat/><w:pPr>{keep}{_FULL}{numbered}'
        f'{_STRICT}{off_grid}{_spacing(pitch)}{indent}<w:jc w:val="{style.align}"/>{level}</w:pPr>'
        f"<w:rPr>{_fonts(style.face, language)}{bold}{color}{spacing}{size}</w:rPr></w:style>"
    )

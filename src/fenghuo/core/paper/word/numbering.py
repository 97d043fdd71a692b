"""The lists of a paper: four levels of headings, counted by the word processor and tied to their styles."""

from docx.oxml.ns import nsdecls

from .. import measures
from ..description import Heading, Paper
from . import styles

_ABSTRACT = 1
_CHINESE = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)
_ENGLISH = (("decimal", "%1."), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"), ("decimal", "%1.%2.%3.%4"))


def list_of(attachment: int) -> int:
    """The list that the headings of an attachment, counted from 1, count in: each begins anew."""
    return styles.HEADING_NUMBERS + attachment


def numbering_xml(paper: Paper) -> str:
    """word/numbering.xml: one pattern of four levels, one list for the text, one for each attachment."""
    chinese = paper.language == "zh"
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>' if chinese else ""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:pStyle w:val="{styles.HEADINGS[at]}"/><w:suff w:val="{"nothing" if chinese else "space"}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLineChars="200" w:firstLine="{measures.BODY_PT * 40}"/></w:pPr>{hint}</w:lvl>'
        for at, (form, text) in enumerate(_CHINESE if chinese else _ENGLISH)
    )
    lists = [f'<w:num w:numId="{styles.HEADING_NUMBERS}"><w:abstractNumId w:val="{_ABSTRACT}"/></w:num>']
    anew = "".join(
        f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="1"/></w:lvlOverride>' for at in range(4)
    )
    for count, attachment in enumerate(paper.enclosed, 1):
        if any(isinstance(block, Heading) for block in attachment.blocks):
            lists.append(
                f'<w:num w:numId="{list_of(count)}"><w:abstractNumId w:val="{_ABSTRACT}"/>{anew}</w:num>'
            )
    return (
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="{_ABSTRACT}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>{"".join(lists)}</w:numbering>'
    )

"""Reads the bytes of an XML document that a stranger sent, refusing what could harm before it is looked at.

No document type, so no entity of any kind; no network, no file; a limit on size, on elements and on depth.
"""

from __future__ import annotations

import re

from lxml import etree

from fenghuo.core.cap.findings import CapError
from fenghuo.core.cap.packs import fault
from fenghuo.core.cap.source import LARGEST, Source, made_plain, read_source, refusal

__all__ = ["DEEPEST", "LARGEST", "deepest", "parse_source", "read_document"]

DEEPEST = 32
"""Levels of elements a document may have; CAP needs 4, an XML signature with certificates about 8."""

# What libxml2 calls a name nobody declared, one without its semicolon, and an ampersand without a name.
_AMPERSANDS = (26, 23, 68)
_PARSER = etree.XMLParser(
    encoding="utf-8",
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    dtd_validation=False,
    attribute_defaults=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)
# What libxml2 most often says, in Chinese.
_REASONS = (
    (r"Opening and ending tag mismatch.*", "起止标签不配对"),
    (r"Premature end of data.*", "文档在结尾处不完整"),
    (r"Start tag expected.*", "此处应是起始标签"),
    (r"Document is empty.*|no element found.*", "文档为空"),
    (r"Extra content at the end of the document.*", "文档结束之后还有内容"),
    (r"Entity '.*' not defined.*", "使用了未定义的实体"),
    (r".*EntityRef.*|xmlParseEntityRef.*", "“&”没有写成 &amp;"),
    (r"Namespace prefix .* not defined.*", "命名空间前缀没有声明"),
    (r"Attribute .* redefined.*", "属性重复"),
    (r".*(invalid xmlChar|PCDATA invalid Char|Char 0x).*", "含有 XML 不允许的字符"),
    (r"Excessive depth.*", "元素嵌套过深"),
)


def read_document(data: bytes) -> etree._Element:
    """The root element of a document; raises CapError naming line and reason when it is refused."""
    root = parse_source(read_source(data))
    if deepest(root) > DEEPEST:
        raise refusal(fault("xml-depth", most=DEEPEST))
    return root


def parse_source(source: Source) -> etree._Element:
    """The root element of a text; HTML's names of characters are understood and reported in the source."""
    try:
        return _parsed(source.xml)
    except etree.XMLSyntaxError as error:
        told = error
    if told.code in _AMPERSANDS and made_plain(source):
        try:
            return _parsed(source.xml)
        except etree.XMLSyntaxError as error:
            told = error
    raise _malformed(told)


def _parsed(xml: bytes) -> etree._Element:
    root = etree.fromstring(xml, _PARSER)
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise refusal(fault("xml-doctype"))
    return root


def deepest(element: etree._Element) -> int:
    """Levels of elements at and below an element, counted no further than is allowed plus one."""
    depth = level = 0
    for event, _ in etree.iterwalk(element, events=("start", "end")):
        level += 1 if event == "start" else -1
        depth = max(depth, level)
        if depth > DEEPEST:
            break
    return depth


def _malformed(error: etree.XMLSyntaxError) -> CapError:
    reason = " ".join((error.msg or "no element found").split())
    reason = re.sub(r", line \d+, column \d+$", "", reason)
    chinese = next((zh for pattern, zh in _REASONS if re.fullmatch(pattern, reason)), reason)
    line, column = error.position
    return refusal(fault("xml-malformed", reason=reason, reason_zh=chinese), max(line, 1), max(column, 1))

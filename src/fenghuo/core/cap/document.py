"""Reads the bytes of an XML document that a stranger sent, refusing what could harm before it is looked at.

No document type, so no entity of any kind; no network, no file; a limit on size, on elements and on depth.
"""

from __future__ import annotations

import re

from lxml import etree

from fenghuo.core.cap.findings import CapError
from fenghuo.core.cap.packs import fault
from fenghuo.core.cap.signs import visible
from fenghuo.core.cap.source import LARGEST, Source, made_plain, read_source, refusal
from fenghuo.core.cap.stranger import told_by_text

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
# What libxml2 says, in Chinese; the first that fits counts.
_REASONS = (
    (r"Opening and ending tag mismatch.*", "起止标签不配对"),
    (r"Premature end of data.*", "文档在结尾处不完整"),
    (r"Start tag expected.*", "此处应是起始标签"),
    (r"Document is empty.*|no element found.*", "文档为空"),
    (r"Extra content at the end of the document.*", "文档结束之后还有内容"),
    (r"Entity '.*' not defined.*", "使用了未定义的实体"),
    (r".*EntityRef.*", "“&”没有写成 &amp;"),
    (r"Attribute .* redefined.*", "属性重复"),
    (r".*CharRef.*", "字符编号写法不对，或不是 XML 允许的字符"),
    (r".*(invalid xmlChar|PCDATA invalid Char|Char 0x|invalid character).*", "含有 XML 不允许的字符"),
    (r"Namespace prefix .* not defined.*", "命名空间前缀没有声明"),
    (r"Failed to parse QName.*", "名称中冒号的写法不对"),
    (r"xmlns.*", "命名空间的写法不对"),
    (r"XML declaration allowed only at the start.*", "XML 声明只能在文档最前面"),
    (r".*declaration.*|String not (closed|started).*|Invalid XML encoding name.*", "XML 声明的写法不对"),
    (r".*PI.*", "处理指令“<?…?>”的写法不对"),
    (r"StartTag: invalid element name.*", "“<”之后不是元素名称；文字中的“<”要写成 &lt;"),
    (r"expected '>'.*|.*find end of Start Tag.*", "标签没有以“>”结束"),
    (r"Unescaped '<' not allowed in attributes.*", "属性值中的“<”要写成 &lt;"),
    (r"AttValue: .*|.*attribute.*|expected '='.*", "属性的写法不对"),
    (r"CData section not finished.*", "CDATA 段没有结束"),
    (r".*[Cc]omment.*", "注释没有结束或写法不对"),
    (r"Sequence ']]>' not allowed.*", "文字中出现了“]]>”"),
    (r".*[Bb]lank needed.*", "此处缺少空格"),
    (r"Unsupported version.*", "不支持的 XML 版本"),
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
    raise _malformed(told, source.text)


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


def _malformed(error: etree.XMLSyntaxError, text: str) -> CapError:
    other = told_by_text(text)
    if other is not None:
        return refusal(other)
    line, column = (max(each, 1) for each in error.position)
    reason = visible(" ".join((error.msg or "no element found").split()))
    reason = re.sub(r", line \d+, column \d+$", "", reason)
    if reason.startswith("Excessive depth"):
        return refusal(fault("xml-depth", most=DEEPEST), line, column)
    chinese = next((zh for pattern, zh in _REASONS if re.fullmatch(pattern, reason)), None)
    chinese = chinese or f"解析到此处无法继续（{reason}）"
    return refusal(fault("xml-malformed", reason=reason, reason_zh=chinese), line, column)

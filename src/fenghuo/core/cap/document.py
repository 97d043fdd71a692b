"""Reads the bytes of an XML document that a stranger sent, refusing what could harm before it is looked at.

No document type, so no entity of any kind; no network, no file; a limit on size and on depth.
"""

from __future__ import annotations

from xml.parsers import expat

from lxml import etree

from fenghuo.core.cap.findings import CapError, Fault, Place

LARGEST = 8 * 1024 * 1024
"""Bytes a document may have; a resource carried in `derefUri` is the only part that grows."""
DEEPEST = 32
"""Levels of elements a document may have; CAP needs 4, an XML signature with certificates about 8."""


class _Done(Exception):
    """The part before the first element has been seen."""


def read_document(data: bytes) -> etree._Element:
    """The root element of a document; raises CapError naming line and reason when it is refused."""
    if len(data) > LARGEST:
        raise _refusal(
            1,
            Fault(
                "xml-size",
                f"The document has {len(data)} bytes; at most {LARGEST} are read.",
                f"文档有 {len(data)} 字节，最多读取 {LARGEST} 字节。",
                "Refer to large resources by uri instead of carrying them in derefUri.",
                "较大的附件请用 uri 引用，不要写入 derefUri。",
            ),
        )
    _refuse_document_type(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _malformed(error.lineno or 1, error.msg or "no element found") from None
    except (ValueError, LookupError) as error:
        raise _malformed(1, str(error)) from None
    # What expat could not decode it could not scan either: look again at what libxml2 made of it.
    if root.getroottree().docinfo.internalDTD is not None:
        raise _document_type(1)
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise _refusal(
                element.sourceline or 1,
                Fault(
                    "xml-depth",
                    f"Elements are nested more than {DEEPEST} deep.",
                    f"元素嵌套超过 {DEEPEST} 层。",
                    "Send the alert without foreign structures around or inside it.",
                    "去掉预警外层或内部的其他结构后再发送。",
                ),
            )
    return root


def _refuse_document_type(data: bytes) -> None:
    """Stops at a document type before any entity in it is read."""
    scanner = expat.ParserCreate()

    def document_type(*_: object) -> None:
        raise _document_type(scanner.CurrentLineNumber)

    def first_element(*_: object) -> None:
        raise _Done

    scanner.StartDoctypeDeclHandler = document_type
    scanner.StartElementHandler = first_element
    try:
        scanner.Parse(data, True)
    except CapError:
        raise
    except (_Done, expat.ExpatError, ValueError, LookupError):
        # Malformed, or in an encoding only libxml2 knows (GB 18030): its parser says so next.
        return


def _refusal(line: int, fault: Fault) -> CapError:
    return CapError([fault.at(Place("/", line))])


def _document_type(line: int) -> CapError:
    return _refusal(
        line,
        Fault(
            "xml-doctype",
            "The document declares a document type; these can hide entities, and CAP has none.",
            "文档带有 DOCTYPE 声明，其中可能藏有实体，CAP 不使用这种声明。",
            "Remove the DOCTYPE declaration.",
            "删去 DOCTYPE 声明。",
        ),
    )


def _malformed(line: int, reason: str) -> CapError:
    return _refusal(
        line,
        Fault(
            "xml-malformed",
            f"This is not well-formed XML: {reason}.",
            f"不是格式正确的 XML：{reason}。",
            "Correct the document at this line.",
            "改正这一行的写法。",
        ),
    )

"""The parts of a .docx, taken out of its archive without trusting a size, a name or an entity in it."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from ..unreadable import Unreadable

LARGEST_PART = 48 * 1024 * 1024
"""Bytes one part may unpack to; the text of a thousand pages takes a fifth of it."""
_LARGEST_COPY = 400 * 1024 * 1024
_MOST_ENTRIES = 20_000
_MAIN = ("/officeDocument",)
_PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}


class Package:
    """A .docx as its parts. Raises Unreadable where it is damaged, locked, or no .docx."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self.names = self._archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise damaged("it is no complete archive", "压缩包不完整") from None
        if len(self.names) > _MOST_ENTRIES:
            raise Unreadable("file-unpacks-too-large", limit=LARGEST_PART // 1024 // 1024)
        self.main = self._main_name()

    def part(self, name: str) -> bytes | None:
        """A part's bytes; None where there is none of that name."""
        try:
            information = self._archive.getinfo(name)
        except KeyError:
            return None
        if information.flag_bits & 1:
            raise Unreadable("file-locked")
        try:
            with self._archive.open(information) as file:
                # What the directory says of the size may be a lie, so the bytes themselves are counted.
                content = file.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
            raise damaged(f"{name} cannot be unpacked", f"{name} 无法解压") from None
        if len(content) > LARGEST_PART:
            raise Unreadable("file-unpacks-too-large", limit=LARGEST_PART // 1024 // 1024)
        return content

    def tree(self, name: str) -> etree._Element | None:
        """A part parsed; None where there is none of that name."""
        content = self.part(name)
        if content is None:
            return None
        try:
            root = etree.fromstring(content, etree.XMLParser(**_PARSER))
        except (etree.XMLSyntaxError, ValueError):
            raise damaged(f"{name} is no well-formed XML", f"{name} 不是合格的 XML") from None
        if root is None:
            raise damaged(f"{name} is empty", f"{name} 是空的")
        if root.getroottree().docinfo.doctype:
            raise damaged(
                f"{name} declares entities, which a .docx never does", f"{name} 含有不该有的实体声明"
            )
        return root

    def beside(self, kind: str) -> etree._Element | None:
        """The part that the main part relates to as `kind`, such as `numbering` or `styles`."""
        folder, name = posixpath.split(self.main)
        relations = self.tree(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
        for relation in relations if relations is not None else ():
            if (
                str(relation.get("Type", "")).endswith(f"/{kind}")
                and relation.get("TargetMode") != "External"
            ):
                return self.tree(_inside(folder, relation.get("Target", "")))
        return None

    def with_part(self, name: str, content: bytes) -> bytes:
        """The package with one part exchanged and every other as it was. Raises Unreadable."""
        out, total = io.BytesIO(), 0
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for information in self._archive.infolist():
                held = content if information.filename == name else self.part(information.filename)
                total += len(held or b"")
                if total > _LARGEST_COPY:
                    raise Unreadable("file-unpacks-too-large", limit=_LARGEST_COPY // 1024 // 1024)
                target.writestr(information, held or b"", compress_type=zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _main_name(self) -> str:
        relations = self.tree("_rels/.rels")
        for relation in relations if relations is not None else ():
            if str(relation.get("Type", "")).endswith(_MAIN):
                name = _inside("", relation.get("Target", ""))
                if name in self.names:
                    return name
        if "word/document.xml" in self.names:
            return "word/document.xml"
        if any(name.startswith(("xl/", "ppt/")) or name == "content.xml" for name in self.names):
            raise Unreadable(
                "file-kind",
                kind="a spreadsheet, a presentation or an .odt",
                kind_zh="表格、演示文稿或 .odt 文件",
            )
        raise damaged("the text part is missing", "缺少正文部分")


def damaged(reason: str, reason_zh: str) -> Unreadable:
    """The refusal of a damaged .docx."""
    return Unreadable("docx-damaged", reason=reason, reason_zh=reason_zh)


def _inside(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")

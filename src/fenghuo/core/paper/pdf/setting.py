"""Set a paper with Typst: its description as JSON into `paper.typ`, the typefaces that ship beside it, a PDF out."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from .. import letter, measures, parts
from ..description import Block, Heading, Kind, Paper, Picture, Stamp, Table, picture_form
from ..titles import title_lines
from ..wording import printable
from .lowering import lowered

STANDARDS = ["a-2a", "ua-1"]
"""PDF/A-2a keeps for the archive, PDF/UA-1 reads aloud; both hold the text as it was written."""

_HIGHEST_MM = measures.TYPE_AREA_MM[1] - 20


def typeset(paper: Paper, line: int, *, even: bool = False, numbered: int = 0) -> bytes:
    """The paper's PDF with a pitch of lines in twips.

    `even` puts the imprint on the next even page; `numbered` is the last page that bears a number, 0 for all.
    """
    at = datetime(paper.date.year, paper.date.month, paper.date.day, tzinfo=UTC)
    with _compiler(paper, line, even=even, numbered=numbered) as compiler:
        try:
            made = compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=at)
        except typst.TypstError:
            # A sign that no face of ours holds, a pictograph say, is nothing that an archive takes. The paper
            # is still printed and tagged and still says the sign, with an empty box in its place.
            made = compiler.compile(format="pdf", timestamp=at)
    return lowered(made, letter.below_type_area(line)) if paper.kind is Kind.LETTER else made


@dataclass(frozen=True)
class Ending:
    """The pages on which a paper's text ends, its signature begins, and its imprint stands.

    Without text, or without an imprint that shares the signature's pages, the signature's page is given.
    `last` is the last page with anything but the imprint, `foot` the imprint's, the same where it has none.
    """

    text: int
    signature: int
    imprint: int
    last: int
    foot: int


def ending(paper: Paper, line: int) -> Ending:
    """Where a paper ends, with a pitch of lines in twips.

    Half a line stays free, for a word processor's lines do not end to the hair where ours do.
    """
    with _compiler(paper, line, spare=line / 40) as compiler:
        marks = [tuple(mark) for mark in json.loads(compiler.query("metadata", field="value"))]
    last = max((page for kind, page in marks if kind != "imprint"), default=1)
    at = next((at for at, (kind, _page) in enumerate(marks) if kind == "signature"), len(marks))
    signature = marks[at][1] if at < len(marks) else last
    text = max((page for _kind, page in marks[:at]), default=signature)
    foot = next((page for kind, page in marks if kind == "imprint"), last)
    # After attachments the imprint stands on their last page, whatever the signature does.
    imprint = signature if any(each.blocks for each in paper.enclosed) else foot
    return Ending(text, signature, imprint, last, foot)


@contextmanager
def _compiler(
    paper: Paper, line: int, *, spare: float = 0, even: bool = False, numbered: int = 0
) -> Iterator[typst.Compiler]:
    with tempfile.TemporaryDirectory() as folder:
        # From a file: a compiler that was given bytes answers no queries.
        template = Path(folder) / "paper.typ"
        template.write_bytes(_template())
        told = described(paper, line, Path(folder), spare) | {"even": even, "numbered": numbered}
        yield typst.Compiler(
            template,
            root=folder,
            font_paths=_fonts(),
            sys_inputs={"paper": json.dumps(_printable(told), ensure_ascii=False)},
        )


@cache
def _template() -> bytes:
    return files(__package__).joinpath("paper.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    # The program is installed as files, never run from an archive, so the folder outlives the context.
    with as_file(files("fenghuo.core.paper").joinpath("faces")) as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def described(paper: Paper, line: int, folder: Path, spare: float = 0) -> dict[str, Any]:
    """What `paper.typ` reads; pictures are written into the folder; `spare` points stay free at the end."""
    pictures: list[Path] = []
    told: dict[str, Any] = {
        "measures": _measures(paper),
        "line": line / 20,
        "spare": spare,
        "language": paper.language,
        "letter": paper.kind is Kind.LETTER,
        "ordered": paper.kind is Kind.ORDER,
        "heading": parts.heading(paper),
        "title": parts.title(paper),
        "below-title": line / 20 + (letter.left_over(paper, line) if paper.kind is Kind.LETTER else 0),
        "lowered": letter.below_type_area(line) if paper.kind is Kind.LETTER else 0,
        "author": list(paper.signatures),
        "date": [paper.date.year, paper.date.month, paper.date.day],
        "corner": parts.corner(paper),
        "mark": _mark(paper),
        "number": parts.number(paper),
        "ends": [paper.signatures[0], parts.day(paper)] if paper.kind is Kind.MINUTES else None,
        "signer-label": parts.signer_label(paper),
        "signers": parts.signer_rows(paper),
        "addressed": "" if parts.addressees_move(paper) else parts.addressed(paper),
        "blocks": _blocks(paper, paper.blocks, folder, pictures),
        "attachment-label": parts.attachment_label(paper),
        "attachments": parts.attachment_names(paper) if paper.attachments else [],
        "attendance": parts.attendance(paper),
        "signature": _signature(paper) if parts.has_signature(paper) else None,
        "stamps": [_stamp(paper, stamp, folder, pictures) for stamp in paper.stamps],
        "notes": parts.notes(paper),
        "enclosed": [
            {
                "mark": parts.attachment_mark(paper, count),
                "title": title_lines(each.name, paper.language),
                "blocks": _blocks(paper, each.blocks, folder, pictures, under=1),
            }
            for count, each in enumerate(paper.enclosed, 1)
            if each.blocks
        ],
        "imprint": [
            [{"label": entry.label, "text": entry.text, "right": entry.right} for entry in group]
            for group in parts.imprint(paper)
        ],
        "ruled": paper.kind is not Kind.LETTER,
    }
    if told["blocks"] and not paper.attachments and not told["attendance"]:
        last = told["blocks"][-1]
        last["last"] = last["type"] == "text" and parts.kept_whole(last["text"])
    return told


def _printable(told: Any) -> Any:
    """The same data with every text in it cleaned."""
    if isinstance(told, str):
        return printable(told)
    if isinstance(told, dict):
        return {key: _printable(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [_printable(value) for value in told]
    return told


def _measures(paper: Paper) -> dict[str, Any]:
    return {
        "page": measures.PAGE_MM,
        "top": measures.TOP_MM,
        "bottom": measures.BOTTOM_MM,
        "left": measures.LEFT_MM,
        "right": measures.RIGHT_MM,
        "body": measures.BODY_PT,
        "foot": measures.FOOT_PT,
        "table": measures.TABLE_PT,
        "title": measures.TITLE_PT,
        "title-line": measures.TITLE_LINE_TWIPS / 20,
        "closer": measures.CLOSER_TWIPS / 20,
        "head": parts.mark_below_type_area_top(paper),
        "stamp": {
            "above": measures.STAMP_LINES_ABOVE,
            "below": measures.STAMP_LINES_BELOW,
            "right": measures.STAMP_INDENT_SIGNS,
            "gap": measures.STAMP_GAP_SIGNS,
            "between": measures.STAMP_ROW_GAP_MM,
        },
        "rule-below": measures.RULE_BELOW_NUMBER_MM,
        "rule": measures.RULE_PT,
        "footer": measures.FOOTER_BELOW_TYPE_AREA_MM,
        "seal": measures.SEAL_ROW_MM,
        "thick": measures.THICK_RULE_PT,
        "thin": measures.THIN_RULE_PT,
        "red": f"#{measures.RED}",
        "letter": {
            "mark": measures.LETTER_MARK_BELOW_EDGE_MM,
            "gap": measures.LETTER_RULE_BELOW_MARK_MM,
            "rule": measures.LETTER_RULE_MM,
            "below": measures.LETTER_RULE_ABOVE_EDGE_MM,
            "text": measures.LETTER_GAP_PT,
        },
    }


def _mark(paper: Paper) -> dict[str, Any]:
    mark = parts.mark(paper)
    return {"names": mark.names, "beside": mark.beside, "size": mark.size, "rows": mark.rows}


def _signature(paper: Paper) -> dict[str, Any]:
    single = len(paper.signatures) == 1
    return {
        "names": paper.signatures,
        "day": parts.day(paper),
        "indents": parts.signature_indents(paper),
        "blank": 2 if paper.sealed and single else 1,
        "rows": parts.signature_rows(paper) if paper.sealed and not single else [],
        "centred": paper.sealed and single,
    }


def _blocks(
    paper: Paper, blocks: tuple[Block, ...], folder: Path, pictures: list[Path], under: int = 0
) -> list[dict[str, Any]]:
    """The blocks as data; headings are tagged at most one level below the one before, as PDF/UA asks."""
    told: list[dict[str, Any]] = []
    tag = under
    for block, number in parts.counted(blocks, paper.language):
        if isinstance(block, Heading):
            tag = min(block.level + under, tag + 1)
            told.append(
                {"type": "heading", "level": block.level, "tag": tag, "number": number, "text": block.text}
            )
        elif isinstance(block, Table):
            told.append(
                {
                    "type": "table",
                    "headers": block.headers,
                    "rows": block.rows,
                    "widths": block.widths or (1,) * len(block.headers),
                    "figures": parts.figure_columns(block),
                    "whole": parts.table_kept_whole(block),
                    "splits": [parts.row_splits(row) for row in block.rows],
                    "caption": block.caption,
                    "across": block.landscape,
                }
            )
        elif isinstance(block, Picture):
            told.append(_picture(block, folder, pictures))
        else:
            told.append({"type": "text", "text": block.text})
    return told


def _drawn(content: bytes, folder: Path, pictures: list[Path]) -> str:
    """A picture's path as `paper.typ` finds it, written beside it."""
    path = folder / f"{len(pictures) + 1}.{picture_form(content)}"
    path.write_bytes(content)
    pictures.append(path)
    return f"/{path.name}"


def _stamp(paper: Paper, stamp: Stamp, folder: Path, pictures: list[Path]) -> dict[str, Any]:
    width, height = parts.stamp_size(stamp)
    return {
        "post": stamp.post,
        "path": _drawn(stamp.picture, folder, pictures) if stamp.picture else "",
        "told": parts.stamp_told(stamp, paper.language),
        "width": width,
        "height": height,
    }


def _picture(picture: Picture, folder: Path, pictures: list[Path]) -> dict[str, Any]:
    with Image.open(io.BytesIO(picture.content)) as opened:
        ratio = opened.height / opened.width
    width = min(picture.width_mm, _HIGHEST_MM / ratio)
    return {
        "type": "picture",
        "path": _drawn(picture.content, folder, pictures),
        "told": picture.told,
        "caption": picture.caption,
        "width": width,
        "height": width * ratio,
    }

"""Files for the checker's tests, made from nothing: .docx from body XML, PDF from lines, and hostile ones."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def docx(body: str, numbering: str = "", **parts: bytes) -> bytes:
    """A .docx whose body is this XML, with the prefix `w` bound; `numbering` is the content of that part."""
    space = (
        f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    held = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r2" '
        f'Type="{_OFFICE}/numbering" Target="numbering.xml"/></Relationships>',
        "word/numbering.xml": f"<w:numbering {space}>{numbering}</w:numbering>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*held.items(), *parts.items()):
            archive.writestr(name, content)
    return out.getvalue()


def runs(*texts: str, properties: str = "") -> str:
    """A paragraph of runs."""
    inner = "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def pdf(*pages: list[tuple[float, float, str]]) -> bytes:
    """A PDF whose pages hold lines of 16 pt at (left, height) in points, in a font that every reader has."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "\n".join(
            f"BT /F1 16 Tf 1 0 0 1 {left} {height} Tm <{text.encode('utf-16-be').hex()}> Tj ET"
            for left, height, text in lines
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    return _written(objects)


def tagged_pdf(lines: list[tuple[float, float, str]], structure: str) -> bytes:
    """A PDF of one page whose lines are marked 0, 1, 2…, and whose structure is written out: `structure` is what
    stands as the kids of its root, with the page as `3 0 R` and the root itself as `4 0 R`. A line that begins
    with `~` is marked as decoration."""
    drawn = "\n".join(
        ("/Artifact BMC" if text.startswith("~") else f"/Span <</MCID {number}>> BDC")
        + f" BT /F1 16 Tf 1 0 0 1 {left} {height} Tm <{text.lstrip('~').encode('utf-16-be').hex()}> Tj ET EMC"
        for number, (left, height, text) in enumerate(lines)
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 4 0 R /MarkInfo << /Marked true >> >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Type /StructTreeRoot /K [{structure}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
    ]
    return _written(objects)


def _written(objects: list[str]) -> bytes:
    out = "%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return f"{out}{tail}startxref\n{len(out)}\n%%EOF\n".encode("ascii")

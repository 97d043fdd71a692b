"""A first page whose type area reaches further down than that of the others, as a letter's does (10.1).

The typesetter knows one area for all pages. It sets the first page higher by what that page has more, and here
that page is told to draw everything lower by as much. It writes plain tables of plain objects, so two of them are
changed and the offsets of the others counted again.
"""

import re

_KIDS = re.compile(rb"/Type/Pages/[^>]*?Kids\[(\d+) 0 R")
_CONTENTS = re.compile(rb"/Contents (\d+ 0 R)")
_TABLE = re.compile(rb"xref\n0 (\d+)\n((?:\d{10} \d{5} [nf][ \r]\n?)+)trailer\n", re.S)


def lowered(content: bytes, points: float) -> bytes:
    """A PDF of the typesetter's with what its first page shows standing so many points lower."""
    kids, table = _KIDS.search(content), _TABLE.search(content)
    if not kids or not table:
        raise RuntimeError("the typesetter writes its files in another form: see lowering.py")
    size = int(table[1])
    offsets = [int(entry[:10]) for entry in table[2].splitlines()]
    page = offsets[int(kids[1])]
    drawn = _CONTENTS.search(content, page, content.index(b"endobj", page))
    if not drawn:
        raise RuntimeError("the typesetter writes its pages in another form: see lowering.py")
    both = b"[%d 0 R %s]" % (size, drawn[1])
    grown = len(both) - len(drawn[1])
    body = content[: drawn.start(1)] + both + content[drawn.end(1) : table.start()]
    move = f"1 0 0 1 0 {-points:.3f} cm".encode("ascii")
    added = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n\n" % (size, len(move), move)
    entries = [offset + grown if offset > page else offset for offset in offsets] + [len(body)]
    kinds = [entry[10:18] for entry in table[2].splitlines()] + [b" 00000 n"]
    rows = b"".join(b"%010d%s \n" % row for row in zip(entries, kinds, strict=True))
    tail = content[table.end() :].replace(b"/Size %d" % size, b"/Size %d" % (size + 1), 1)
    tail = re.sub(rb"startxref\n\d+", b"startxref\n%d" % (len(body) + len(added)), tail)
    return body + added + b"xref\n0 %d\n" % (size + 1) + rows + b"trailer\n" + tail

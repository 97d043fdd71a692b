"""What an official paper says, apart from how it looks."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from PIL import Image

Language = Literal["zh", "en"]


class Kind(StrEnum):
    """The kinds of paper; the value is stable and stands in the file's properties."""

    NOTICE = "notice"  # 通知
    REPORT = "report"  # 报告
    REQUEST = "request"  # 请示
    REPLY = "reply"  # 批复
    LETTER = "letter"  # 函, laid out by clause 10.1
    MINUTES = "minutes"  # 纪要, laid out by clause 10.3
    WARNING_NOTICE = "warning_notice"  # 预警单
    SUMMARY = "summary"  # 总结
    ORDER = "order"  # 命令（令）, laid out by clause 10.2


class Urgency(StrEnum):
    """How fast a paper travels (7.2.3)."""

    MOST_URGENT = "most_urgent"  # 特急
    URGENT = "urgent"  # 加急


class Grade(StrEnum):
    """The grades of state secrets (7.2.2)."""

    TOP_SECRET = "top_secret"  # 绝密
    SECRET = "secret"  # 机密
    CONFIDENTIAL = "confidential"  # 秘密


@dataclass(frozen=True)
class Secrecy:
    """A grade, and for how many years or months it holds; no term leaves the star out."""

    grade: Grade
    years: int = 0
    months: int = 0

    def __post_init__(self) -> None:
        if self.years < 0 or self.months < 0 or (self.years and self.months):
            raise ValueError(
                "a term of secrecy is a number of years or of months: give one of them, above zero"
            )


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4, without its number: the rendering counts (一、（一）1.（1）)."""

    level: int
    text: str

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"a heading has level 1, 2, 3 or 4, not {self.level}: give one of these")


@dataclass(frozen=True)
class Paragraph:
    """Running text, indented by two signs."""

    text: str


@dataclass(frozen=True)
class Table:
    """Figures in rows; `widths` are shares of the line, of any unit, equal when left out.

    `landscape` lays a wide table across pages of its own (8).
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    caption: str = ""
    landscape: bool = False

    def __post_init__(self) -> None:
        columns = len(self.headers)
        if not columns:
            raise ValueError("a table has at least one column: give its headers")
        for number, row in enumerate(self.rows, 1):
            if len(row) != columns:
                raise ValueError(
                    f"row {number} has {len(row)} cells where the table has {columns} columns: "
                    "fill it up with empty cells or leave the surplus out"
                )
        if self.widths and (len(self.widths) != columns or min(self.widths) <= 0):
            raise ValueError(f"widths are {columns} numbers above zero, one a column, or none")


_PICTURES = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}


def picture_form(content: bytes) -> str:
    """`png` or `jpg`; a ValueError says what to do about a file that is neither or cannot be opened."""
    form = next((form for form, start in _PICTURES.items() if content.startswith(start)), "")
    if not form:
        raise ValueError("a picture is a PNG or JPEG file: convert it to one of these")
    try:
        with Image.open(io.BytesIO(content)) as opened:
            opened.verify()
    except Exception as error:
        raise ValueError("the picture cannot be opened: export it again as PNG or JPEG") from error
    return form


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG in a line of its own.

    `told` is what a person hears who cannot see it. `width_mm` is at most 156, the width of a line; the
    height follows, and a picture higher than a page is made smaller.
    """

    content: bytes
    told: str
    width_mm: float = 120
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.told.strip():
            raise ValueError("a picture is told in words for those who cannot see it: fill in `told`")
        picture_form(self.content)
        if not 0 < self.width_mm <= 156:
            raise ValueError(f"a picture is 1 to 156 mm wide, as wide as a line at most, not {self.width_mm}")

    @property
    def form(self) -> str:
        """`png` or `jpg`."""
        return picture_form(self.content)


@dataclass(frozen=True)
class Stamp:
    """The signature stamp 签名章 of a body's signer, and the post that stands left of it in full (7.3.5.3).

    `picture` is a PNG or JPEG of the stamp; without one its place of `width_mm` × `height_mm` stays free. A
    picture keeps its shape inside that place. `name` is what a person hears who cannot see the stamp.
    """

    post: str
    name: str
    picture: bytes = b""
    width_mm: float = 40
    height_mm: float = 20

    def __post_init__(self) -> None:
        if not self.post.strip() or not self.name.strip():
            raise ValueError("a signature stamp has a signer: write the post in full and the name")
        if not (10 <= self.width_mm <= 70 and 5 <= self.height_mm <= 50):
            raise ValueError("a signature stamp is 10 to 70 mm wide and 5 to 50 mm high: give such measures")
        if self.picture:
            picture_form(self.picture)


Block = Heading | Paragraph | Table | Picture


@dataclass(frozen=True)
class Attachment:
    """One attachment: its name as the list has it, and its content, which begins on a new page.

    Without content it is only listed: it goes out as a file of its own.
    """

    name: str
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("an attachment has a name: write what the list is to say")


@dataclass(frozen=True)
class Attendance:
    """Who was at a meeting, for minutes (10.3); each entry is an office, or an office and a post."""

    present: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    observing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """One official paper.

    `issuer` stands in red at the head: one body or several, the one that leads first. `file_mark` adds 文件
    after it. `number` is written with any brackets and comes out with 〔〕; empty leaves it out. A "\n" in the
    title breaks its line. `signature` stands at the end over `date`: one body or several, those of the head
    when empty; minutes have none. `sealed` leaves the place for seals (7.3.5.1), else the names stand closer
    (7.3.5.2); `stamps`, one a body, stand in their stead where the signers' own stamps are used (7.3.5.3).
    `signer` (签发人) belongs to papers that go up: one name, or one a body. `notes` (附注) are written without
    brackets. `printed_on` is the date when left out. `both_sides` is for paper printed on both sides: the
    imprint then goes to the foot of the last even page, the back of the last sheet.

    An order has no addressees, needs its signers' stamps, and may do without a title (10.2).

    Raises ValueError, saying what to fill in, where a part is missing or does not belong to the kind.
    """

    kind: Kind
    issuer: str | tuple[str, ...]
    number: str
    title: str
    addressees: tuple[str, ...]
    blocks: tuple[Block, ...]
    signature: str | tuple[str, ...]
    date: date
    signer: str | tuple[str, ...] | None = None
    copy_to: tuple[str, ...] = ()
    printed_by: str | None = None
    attachments: tuple[str | Attachment, ...] = ()
    language: Language = "zh"
    copy_number: int | None = None
    secrecy: Secrecy | None = None
    urgency: Urgency | None = None
    file_mark: bool = False
    sealed: bool = True
    notes: str = ""
    attendance: Attendance | None = None
    printed_on: date | None = None
    stamps: tuple[Stamp, ...] = ()
    both_sides: bool = False

    def __post_init__(self) -> None:
        if not self.issuers:
            raise ValueError("a paper has an issuer: name the body that issues it")
        if not self.title.strip() and self.kind is not Kind.ORDER:
            raise ValueError("a paper has a title: write what it is about and its kind")
        if any(
            not name.strip() for name in (*self.issuers, *self.signatures, *self.addressees, *self.copy_to)
        ):
            raise ValueError("the name of a body is empty: write it or leave the body out")
        if self.language not in ("zh", "en"):
            raise ValueError(f"papers are rendered in zh or en, not {self.language}")
        if self.copy_number is not None and not 1 <= self.copy_number <= 999999:
            raise ValueError("a copy number is 1 to 999999: the standard prints six digits")
        if self.attendance is not None and self.kind is not Kind.MINUTES:
            raise ValueError("only minutes list who attended: write it into the text, or choose minutes")
        if self.signers and self.kind in (Kind.LETTER, Kind.MINUTES, Kind.ORDER):
            raise ValueError("letters, minutes and orders name no signer at the head: leave `signer` out")
        self._check_stamps()
        if self.blocks and isinstance(self.blocks[0], Table) and self.blocks[0].landscape:
            raise ValueError("the first page shows text: begin with a paragraph before a table across a page")
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Table) and last.landscape and self.kind is not Kind.MINUTES:
            raise ValueError(
                "a table on a page of its own would leave the signature without text: let text follow, or put "
                "the table into an attachment"
            )

    def _check_stamps(self) -> None:
        if self.kind is Kind.ORDER and self.addressees:
            raise ValueError("an order names no addressees: leave `addressees` out")
        if self.kind is Kind.ORDER and not self.stamps:
            raise ValueError("an order bears its signer's post and stamp: give `stamps`")
        if self.kind is Kind.MINUTES and self.stamps:
            raise ValueError("minutes bear no signature: leave `stamps` out")
        if self.stamps and len(self.stamps) != len(self.signatures):
            raise ValueError(
                f"{len(self.signatures)} bodies sign with {len(self.stamps)} stamps: give one stamp a body"
            )

    @property
    def issuers(self) -> tuple[str, ...]:
        """The bodies at the head."""
        return _listed(self.issuer)

    @property
    def signatures(self) -> tuple[str, ...]:
        """The bodies that sign at the end."""
        return _listed(self.signature) or self.issuers

    @property
    def signers(self) -> tuple[str, ...]:
        """Those who signed the paper off, in the order of their bodies."""
        return _listed(self.signer or ())

    @property
    def enclosed(self) -> tuple[Attachment, ...]:
        """The attachments, each with its content if it has one here."""
        return tuple(each if isinstance(each, Attachment) else Attachment(each) for each in self.attachments)


def _listed(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return ((names,) if names.strip() else ()) if isinstance(names, str) else tuple(names)

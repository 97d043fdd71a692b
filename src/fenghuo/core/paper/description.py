"""What an official paper says, apart from how it looks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    WARNING_NOTICE = "warning_notice"  # 预警单
    SUMMARY = "summary"  # 总结
    REPORT = "report"  # 报告
    NOTICE = "notice"  # 通知


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4, without its number: the rendering counts (一、（一）1.（1）)."""

    level: int
    text: str

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"a heading has level 1, 2, 3 or 4, not {self.level}")


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Table:
    """Figures in rows; `widths` are shares of the line, of any unit, equal when left out."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        columns = len(self.headers)
        if not columns:
            raise ValueError("a table has at least one column")
        for number, row in enumerate(self.rows, 1):
            if len(row) != columns:
                raise ValueError(f"row {number} has {len(row)} cells where the table has {columns} columns")
        if self.widths and (len(self.widths) != columns or min(self.widths) <= 0):
            raise ValueError(f"widths are {columns} numbers above zero, one a column, or none")


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Paper:
    """One official paper.

    `issuer` stands in red at the head, `signature` at the end, over `date`. `number` is written with any
    brackets and comes out with 〔〕; empty leaves it out. `signer` (签发人) belongs to papers that go up.
    A "\n" in the title breaks its line.
    """

    kind: Kind
    issuer: str
    number: str
    title: str
    addressees: tuple[str, ...]
    blocks: tuple[Block, ...]
    signature: str
    date: date
    signer: str | None = None
    copy_to: tuple[str, ...] = ()
    printed_by: str | None = None
    attachments: tuple[str, ...] = ()
    language: Literal["zh", "en"] = "zh"

    def __post_init__(self) -> None:
        for name in ("issuer", "title", "signature"):
            if not getattr(self, name).strip():
                raise ValueError(f"a paper has a {name}")
        if self.language not in ("zh", "en"):
            raise ValueError(f"papers are rendered in zh or en, not {self.language}")

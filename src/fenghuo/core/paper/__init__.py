"""Official papers laid out by GB/T 9704-2012: described as data, rendered as .docx."""

from .description import Block, Heading, Kind, Paper, Paragraph, Table
from .render import render_docx
from .wording import chinese_date, english_date, paper_number

__all__ = [
    "Block",
    "Heading",
    "Kind",
    "Paper",
    "Paragraph",
    "Table",
    "chinese_date",
    "english_date",
    "paper_number",
    "render_docx",
]

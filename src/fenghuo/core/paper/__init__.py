"""Official papers laid out by GB/T 9704-2012: described as data, rendered as .docx and as PDF."""

from .description import (
    Attachment,
    Attendance,
    Block,
    Grade,
    Heading,
    Kind,
    Language,
    Paper,
    Paragraph,
    Picture,
    Secrecy,
    Stamp,
    Table,
    Urgency,
)
from .pdf import render_pdf
from .rendering import Form, media_type, render
from .word import render_docx
from .wording import chinese_date, english_date, order_number, paper_number

__all__ = [
    "Attachment",
    "Attendance",
    "Block",
    "Form",
    "Grade",
    "Heading",
    "Kind",
    "Language",
    "Paper",
    "Paragraph",
    "Picture",
    "Secrecy",
    "Stamp",
    "Table",
    "Urgency",
    "chinese_date",
    "english_date",
    "media_type",
    "order_number",
    "paper_number",
    "render",
    "render_docx",
    "render_pdf",
]

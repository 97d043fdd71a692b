"""The forms that a paper is handed out in."""

from enum import StrEnum

from .description import Paper
from .pdf import render_pdf
from .word import render_docx


class Form(StrEnum):
    """A form; the value is also the ending of a file's name."""

    DOCX = "docx"
    PDF = "pdf"


_MEDIA_TYPES = {
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.PDF: "application/pdf",
}
_RENDERERS = {Form.DOCX: render_docx, Form.PDF: render_pdf}


def media_type(form: Form) -> str:
    """What a browser is told that a file of this form is."""
    return _MEDIA_TYPES[form]


def render(paper: Paper, form: Form) -> bytes:
    """The paper as the bytes of a file."""
    return _RENDERERS[form](paper)

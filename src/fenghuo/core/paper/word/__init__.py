"""Papers as .docx files, for Word, WPS and LibreOffice."""

from .document import render_docx

__all__ = ["render_docx"]

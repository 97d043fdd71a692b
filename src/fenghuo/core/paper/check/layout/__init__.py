"""What a .docx says of its page, faces, sizes, line pitch and indents, resolved as Word resolves it."""

from .measured import Footer, Layout, Measured, Page, Row, Stretch
from .reading import measure

__all__ = ["Footer", "Layout", "Measured", "Page", "Row", "Stretch", "measure"]

"""Copies of finished files that say on each page and slide which version they are and, if numbered, whose.

For one copy, a function; for many, the stamper of a document does once what all its copies share.
"""

from __future__ import annotations

from reportgen.brand import Brand
from reportgen.distribute.edition import Document
from reportgen.distribute.pdfstamp import PdfStamper
from reportgen.distribute.pptxstamp import PptxStamper
from reportgen.stamps import Stamp, read_stamp

__all__ = ["PdfStamper", "PptxStamper", "Stamp", "read_stamp", "stamp_pdf", "stamp_pptx", "stamper_of"]


def stamper_of(document: Document, brand: Brand) -> PdfStamper | PptxStamper:
    """What stamps the copies of a document, by its file's ending."""
    pdf = document.file_name.endswith(".pdf")
    return PdfStamper(document.data, brand) if pdf else PptxStamper(document.data)


def stamp_pdf(data: bytes, text: str, brand: Brand) -> bytes:
    """One copy of a PDF. See `PdfStamper`."""
    return PdfStamper(data, brand).copy(text)


def stamp_pptx(data: bytes, text: str) -> bytes:
    """One copy of a deck. See `PptxStamper`."""
    return PptxStamper(data).copy(text)

"""Stamp copies of finished files: each page and slide says the version and, if copies are numbered, the recipient.

`stamp_pdf` and `stamp_pptx` make one copy. For many, keep the stamper of a document, which shares work among its copies.
"""

from __future__ import annotations

from reportgen.brand import Brand
from reportgen.distribution.edition import Edition
from reportgen.distribution.stamping.pdf_stamp import PdfStamper
from reportgen.distribution.stamping.pieces import Content
from reportgen.distribution.stamping.pptx_stamp import PptxStamper
from reportgen.text.stamp_text import Stamp, read_stamp

__all__ = ["PdfStamper", "PptxStamper", "Stamp", "Stampers", "read_stamp", "stamp_pdf", "stamp_pptx"]


class Stampers:
    """The stampers of an edition's documents by kind. Each is built on first use, in each process for itself."""

    def __init__(self, edition: Edition, brand: Brand) -> None:
        self._edition, self._brand = edition, brand
        self._stampers: dict[str, PdfStamper | PptxStamper] = {}
        self._last: dict[str, tuple[str, Content]] = {}

    def __getitem__(self, kind: str) -> PdfStamper | PptxStamper:
        if kind not in self._stampers:
            document = self._edition.documents[kind]
            pdf = document.file_name.endswith(".pdf")
            self._stampers[kind] = PdfStamper(document.data, self._brand) if pdf else PptxStamper(document.data)
        return self._stampers[kind]

    def copy(self, kind: str, text: str) -> Content:
        """Return a copy with this line. The last one is kept, because copies without numbers are all the same."""
        if kind not in self._last or self._last[kind][0] != text:
            self._last[kind] = text, self[kind].copy(text)
        return self._last[kind][1]

    def __reduce__(self) -> tuple[type[Stampers], tuple[Edition, Brand]]:
        """Pickle without the stampers, which hold hashes that cannot be pickled."""
        return Stampers, (self._edition, self._brand)


def stamp_pdf(data: bytes, text: str, brand: Brand) -> bytes:
    """Return one stamped copy of a PDF. See `PdfStamper`."""
    return PdfStamper(data, brand).copy(text).data


def stamp_pptx(data: bytes, text: str) -> bytes:
    """Return one stamped copy of a deck. See `PptxStamper`."""
    return PptxStamper(data).copy(text).data

"""Copies of finished files that say on each page and slide which version they are and, if numbered, whose.

For one copy, a function; for many, the stamper of a document does once what all its copies share.
"""

from __future__ import annotations

from reportgen.brand import Brand
from reportgen.distribution.edition import Edition
from reportgen.distribution.stamping.pdf_stamp import PdfStamper
from reportgen.distribution.stamping.pieces import Copied
from reportgen.distribution.stamping.pptx_stamp import PptxStamper
from reportgen.text.stamp_text import Stamp, read_stamp

__all__ = ["PdfStamper", "PptxStamper", "Stamp", "Stampers", "read_stamp", "stamp_pdf", "stamp_pptx"]


class Stampers:
    """What stamps the copies of each document, by its kind: made when it is first asked for, in each process anew."""

    def __init__(self, edition: Edition, brand: Brand) -> None:
        self._edition, self._brand = edition, brand
        self._made: dict[str, PdfStamper | PptxStamper] = {}
        self._last: dict[str, tuple[str, Copied]] = {}

    def __getitem__(self, kind: str) -> PdfStamper | PptxStamper:
        if kind not in self._made:
            document = self._edition.documents[kind]
            pdf = document.file_name.endswith(".pdf")
            self._made[kind] = PdfStamper(document.data, self._brand) if pdf else PptxStamper(document.data)
        return self._made[kind]

    def copy(self, kind: str, text: str) -> Copied:
        """A copy with this line: the last one again where it says the same, as all do that bear no number."""
        if kind not in self._last or self._last[kind][0] != text:
            self._last[kind] = text, self[kind].copy(text)
        return self._last[kind][1]

    def __reduce__(self) -> tuple[type[Stampers], tuple[Edition, Brand]]:
        """For another process: what holds a packer cannot go there."""
        return Stampers, (self._edition, self._brand)


def stamp_pdf(data: bytes, text: str, brand: Brand) -> bytes:
    """One copy of a PDF. See `PdfStamper`."""
    return PdfStamper(data, brand).copy(text).data


def stamp_pptx(data: bytes, text: str) -> bytes:
    """One copy of a deck. See `PptxStamper`."""
    return PptxStamper(data).copy(text).data

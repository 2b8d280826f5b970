"""Stamp copies of finished files: each page and slide says the version and, if copies are numbered, the recipient."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reportgen.brand import Brand
from reportgen.distribution.editions.edition import Document, Edition
from reportgen.distribution.stamping.pdf_stamp import PdfStamper
from reportgen.distribution.stamping.pieces import Content
from reportgen.distribution.stamping.pptx_stamp import PptxStamper


class Stampers:
    """The stampers of an edition's documents by kind. Each is built on first use, in each process for itself."""

    def __init__(self, edition: Edition, brand: Brand, pages: Mapping[str, Document] = MappingProxyType({})) -> None:
        """Take an edition's documents, and by their names the pages that some of its packets have besides."""
        self._edition, self._brand, self._pages = edition, brand, pages
        self._stampers: dict[str, PdfStamper | PptxStamper] = {}
        self._last: dict[str, tuple[str, Content]] = {}

    def __getitem__(self, kind: str) -> PdfStamper | PptxStamper:
        if kind not in self._stampers:
            document = self._pages[kind] if kind in self._pages else self._edition.documents[kind]
            pdf = document.file_name.endswith(".pdf")
            self._stampers[kind] = PdfStamper(document.data, self._brand) if pdf else PptxStamper(document.data)
        return self._stampers[kind]

    def copy(self, kind: str, text: str) -> Content:
        """Return a copy with this line. The last one is kept, because copies without numbers are all the same."""
        if kind not in self._last or self._last[kind][0] != text:
            self._last[kind] = text, self[kind].copy(text)
        return self._last[kind][1]

    def __reduce__(self) -> tuple[type[Stampers], tuple[Edition, Brand, dict[str, Document]]]:
        """Pickle without the stampers, which hold hashes that cannot be pickled."""
        return Stampers, (self._edition, self._brand, dict(self._pages))

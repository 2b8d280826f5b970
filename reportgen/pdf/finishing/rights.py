"""The words of a marking in a PDF's metadata, as dc:rights: who may do what with the file, says Dublin Core.

PDF/A allows it without a schema of its own, and every asset manager reads it; the file's keywords begin with the banner
besides, for Acrobat and file browsers show those and not this.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

import pydyf  # type: ignore[import-untyped,unused-ignore]

RIGHTS = """
<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt>
</dc:rights></rdf:Description>
"""
END = b"</rdf:RDF>"


def declare_rights(pdf: pydyf.PDF, words: str) -> None:
    """Adds the words to the XMP metadata; nothing where there are none."""
    if words:
        metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
        said = RIGHTS.format(words=escape(words)).encode()
        metadata.stream = [b"".join(metadata.stream).replace(END, said + END)]

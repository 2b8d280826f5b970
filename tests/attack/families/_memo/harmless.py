"""Alterations that leave what is read, seen and done as it is."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Name, Pdf, String

from tests.attack.families._memo.alterations import ALTERATIONS, alters
from tests.attack.families._memo.pdf_edits import saved


def resaves(name: str, **options: Any) -> None:
    def altered(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            return saved(pdf, **options)

    ALTERATIONS[f"harmless: {name}"] = altered, True


resaves("saved again")
resaves("linearized", linearize=True)
resaves("with object streams", object_stream_mode=pikepdf.ObjectStreamMode.generate)
resaves("in QDF mode", qdf=True)
resaves("decompressed", stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)


@alters("harmless: another producer and date", harmless=True)
def change_producer(pdf: Pdf) -> None:
    pdf.docinfo["/Producer"], pdf.docinfo["/ModDate"] = String("Editor 9"), String("D:20260101000000Z")


@alters("harmless: the content in two streams", harmless=True)
def split_content(pdf: Pdf) -> None:
    pdf.pages[0].contents_coalesce()
    pdf.pages[0].contents_add(pdf.make_stream(b"% nothing"), prepend=True)


@alters("harmless: it opens at the first page, with its bookmarks", harmless=True)
def open_at_first_page(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.PageMode, pdf.Root.PageLayout = Name.UseOutlines, Name.SinglePage

"""Words that are changed, added or deleted."""

from __future__ import annotations

from pikepdf import Pdf

from tests.attack.families._memo.alterations import alters, retypes
from tests.attack.families._memo.pdf_edits import add_font, find_text, paint, rewrite

retypes("a typing mistake in the body", "demographic", "demograhpic")
retypes("an organization", "USAID can", "NASA can")
retypes("a name", "Troy", "Tony")
retypes("a place", "Seoul will look", "Tokyo will look")
retypes("a word of the subject", "deals", "deeds")
retypes("a lead in the table", "USAID, State", "State, USAID")
retypes("a word of a table's head", "Lead", "Load")
retypes("a verb in a table", "Finance Samsung", "Finish Samsung")
retypes("a word of a note", "conclusion", "confusion")
retypes("a hedge", "will likely", "will")
retypes("a number", "8.2", "9.2")
retypes("a word of the caption", "period not", "period now")
retypes("the running foot", "from old deals", "from cold deals", 1)
retypes("the sender", "Policy analysis", "Policy analyst")


@alters("a sentence is added by FreeText turned into content")
def add_sentence(pdf: Pdf) -> None:
    font = add_font(pdf, 0)
    paint(pdf, 0, b"BT %s 9 Tf 70 60 Td (Approved by the Secretary.) Tj ET" % font)


@alters("a sentence is added as an artifact")
def add_artifact_sentence(pdf: Pdf) -> None:
    font = add_font(pdf, 0)
    paint(pdf, 0, b"/Artifact BMC BT %s 9 Tf 300 770 Td (Approved by the Secretary.) Tj ET EMC" % font)


@alters("a watermark is painted across the page as an artifact")
def add_watermark(pdf: Pdf) -> None:
    font = add_font(pdf, 1)
    content = b"/Artifact <</Subtype /Watermark>> BDC .9 g BT %s 70 Tf .7 .7 -.7 .7 150 200 Tm (OBSOLETE) Tj ET EMC"
    paint(pdf, 1, content % font, under=True)


@alters("a paragraph's text is deleted")
def delete_text(pdf: Pdf) -> None:
    at, _ = find_text(pdf, 0, "reported U.S. initial demands")
    rewrite(pdf, 0, lambda found: [*found[:at], *found[at + 1 :]])


@alters("a marking is painted on a page")
def add_marking(pdf: Pdf) -> None:
    font = add_font(pdf, 0)
    paint(pdf, 0, b"/Artifact <</Type /Pagination>> BDC BT %s 8 Tf 250 775 Td (FOUO) Tj ET EMC" % font)


@alters("the page number is deleted")
def delete_page_number(pdf: Pdf) -> None:
    at, _ = find_text(pdf, 0, "page 1")
    rewrite(pdf, 0, lambda found: [*found[:at], *found[at + 1 :]])

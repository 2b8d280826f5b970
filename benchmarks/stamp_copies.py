"""Stamp copies of the memo and the deck with a name and a number: stamp_copies.py BUILT FOLDER COUNT.

Like the peers' scripts, which lay out the memo again for each copy, it makes no letter, no ledger and no check.
"""

import sys
from datetime import date
from pathlib import Path

from reportgen import brand
from reportgen.distribution.stamping.pdf_stamp import PdfStamper
from reportgen.distribution.stamping.pptx_stamp import PptxStamper
from reportgen.text.stamp_text import Stamp

built, folder, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
folder.mkdir(exist_ok=True)
memo = PdfStamper(next(built.glob("*.pdf")).read_bytes(), brand.load())
deck = PptxStamper(next(built.glob("*.pptx")).read_bytes())
for number in range(1, count + 1):
    text = Stamp.of(date(2020, 12, 1), "en", 1, f"Reader {number}", number).text
    (folder / f"{number}.pdf").write_bytes(memo.copy(text).data)
    (folder / f"{number}.pptx").write_bytes(deck.copy(text).data)

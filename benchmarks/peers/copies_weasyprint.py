"""Make copies of a memo, each laid out again by WeasyPrint in one process: copies_weasyprint.py MEMO.html FOLDER COUNT."""

import sys
from pathlib import Path

from weasyprint import HTML

source, folder, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
folder.mkdir(exist_ok=True)
page = source.read_text("utf-8")
for number in range(1, count + 1):
    who = f"Prepared for recipient {number} - copy {number} of {count}"
    HTML(string=page.replace("@WHO@", who), base_url=f"{source.parent}/").write_pdf(folder / f"{number}.pdf")

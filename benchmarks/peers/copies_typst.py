"""Make copies of a memo, each laid out again by one warm Typst compiler: copies_typst.py MEMO.typ FOLDER COUNT."""

import sys
from pathlib import Path

import typst

source, folder, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
folder.mkdir(exist_ok=True)
compiler = typst.Compiler(source)
for number in range(1, count + 1):
    who = f"Prepared for recipient {number} - copy {number} of {count}"
    compiler.compile(output=folder / f"{number}.pdf", sys_inputs={"who": who})

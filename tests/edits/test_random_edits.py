"""Random edits of twelve kinds: at least 98 of 100 are listed at the key and line of the text that they touch, and nothing else.

A small sample runs in the suite. REPORTGEN_EDITS=300 draws so many, REPORTGEN_SEED others; with REPORTGEN_RESAVE=1 LibreOffice
saves half of the copies again before they are read.
"""

import os
import random
import shutil
import subprocess

import pytest

from tests.audit.key_places import KeyPlaces
from tests.edits.judging import judge
from tests.edits.random_edits import KINDS, edit_randomly

COUNT = int(os.environ.get("REPORTGEN_EDITS", "24"))
SEED = int(os.environ.get("REPORTGEN_SEED", "20210120"))
RESAVE = bool(os.environ.get("REPORTGEN_RESAVE"))
ENOUGH = 0.98


def test_nearly_every_edit_is_listed_in_its_place(bundled, tmp_path, capsys):
    draw, places = random.Random(SEED), KeyPlaces(bundled.brief)
    copies = []
    for number in range(COUNT):
        file = bundled.open("deck" if number // len(KINDS) % 2 == 0 else "memo")
        made = edit_randomly(file, KINDS[number % len(KINDS)], draw, is_tracked=number // len(KINDS) % 4 == 1)
        if made:
            copies.append((made, file.data))
    if RESAVE:
        resaved = dict(zip(range(0, len(copies), 2), _resave([data for _, data in copies[::2]], tmp_path), strict=True))
        copies = [(made, resaved.get(at, data)) for at, (made, data) in enumerate(copies)]
    wrong, more = [], []
    for made, data in copies:
        edits = bundled.read(data)
        if fault := judge(places, made, edits):
            listed = "; ".join(f"{edit.kind} {edit.path}: {edit.before} → {edit.after}" for edit in edits)
            wrong.append(f"{made.kind}: {made.alteration.describe()}: {fault} ({listed})")
        elif len(edits) > 1:
            more.append(f"{made.kind}: {made.alteration.describe()}: {len(edits)} edits")
    score = f"{len(copies) - len(wrong)} of {len(copies)} edits listed in their places; {len(more)} with others; seed {SEED}"
    if COUNT > 24:
        with capsys.disabled():
            print("\n" + "\n".join([score, *wrong, *more]))
    assert len(copies) >= 0.95 * COUNT
    assert len(wrong) <= (1 - ENOUGH) * len(copies), "\n".join([score, *wrong])
    assert len(more) <= (1 - ENOUGH) * len(copies), "\n".join([score, *more])


def _resave(copies: list[bytes], folder) -> list[bytes]:
    """Let LibreOffice open and save some copies."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice saves the copies again")
    names = []
    for number, data in enumerate(copies):
        ending = "docx" if b"word/document.xml" in data else "pptx"
        names.append(f"{number}.{ending}")
        (folder / names[-1]).write_bytes(data)
    for ending in ("docx", "pptx"):
        files = [folder / name for name in names if name.endswith(ending)]
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", ending, "--outdir", folder / "saved", *files]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
    return [(folder / "saved" / name).read_bytes() for name in names]

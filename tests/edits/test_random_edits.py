"""Random edits of twelve kinds: at least 98 of 100 are listed at the key and line of the text that they touch, and nothing else.

Those that can be applied change the characters of their own text, and a memo or deck that is built then says what they said.

A small sample runs in the suite. REPORTGEN_EDITS=300 draws so many, REPORTGEN_SEED others; with REPORTGEN_RESAVE=1 LibreOffice
saves half of the copies again before they are read.
"""

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from reportgen.brief.loader import build_brief
from reportgen.edits import apply_edits
from reportgen.edits.returned_file import read_returned
from reportgen.edits.several_copies import join_copies
from reportgen.input.yamlfile import parse_yaml
from reportgen.system.errors import ReportgenError
from tests.audit.key_places import KeyPlaces
from tests.edits.judging import judge
from tests.edits.random_edits import KINDS, edit_randomly

COUNT = int(os.environ.get("REPORTGEN_EDITS", "12"))
SEED = int(os.environ.get("REPORTGEN_SEED", "20210120"))
RESAVE = bool(os.environ.get("REPORTGEN_RESAVE"))
ENOUGH = 0.98


@pytest.fixture(scope="module")
def edited(bundled, tmp_path_factory):
    """The edits that were made, each with its copy and with what is listed for it."""
    draw = random.Random(SEED)
    copies = []
    for number in range(COUNT):
        file = bundled.open("deck" if (number + number // len(KINDS)) % 2 else "memo")
        made = edit_randomly(file, KINDS[number % len(KINDS)], draw, is_tracked=number // 2 % 2 == 0)
        if made:
            copies.append((made, file.data))
    if RESAVE:
        saved = _resave([data for _, data in copies[::2]], tmp_path_factory.mktemp("resaved"))
        resaved = dict(zip(range(0, len(edited), 2), saved, strict=True))
        copies = [(made, resaved.get(at, data)) for at, (made, data) in enumerate(copies)]
    return [(made, data, join_copies(read_returned(bundled.brief, data, "copy")[1])) for made, data in copies]


def test_nearly_every_edit_is_listed_in_its_place(bundled, edited, capsys):
    places = KeyPlaces(bundled.brief)
    wrong, more = [], []
    for made, _, edits in edited:
        if fault := judge(places, made, edits):
            listed = "; ".join(f"{edit.kind} {edit.path}: {edit.before} → {edit.after}" for edit in edits)
            wrong.append(f"{made.kind}: {made.alteration.describe()}: {fault} ({listed})")
        elif len(edits) > 1:
            more.append(f"{made.kind}: {made.alteration.describe()}: {len(edits)} edits")
    score = f"{len(edited) - len(wrong)} of {len(edited)} edits listed in their places; {len(more)} with others; seed {SEED}"
    if COUNT > 12:
        with capsys.disabled():
            print("\n" + "\n".join([score, *wrong, *more]))
    assert len(edited) >= 0.95 * COUNT
    assert len(wrong) <= (1 - ENOUGH) * len(edited), "\n".join([score, *wrong])
    assert len(more) <= (1 - ENOUGH) * len(edited), "\n".join([score, *more])


def test_what_is_applied_changes_its_own_words_and_nothing_else(bundled, edited, capsys):
    document = bundled.brief.document
    old = Path(document.file).read_bytes().decode()
    applied, unsaid = 0, []
    for made, data, edits in edited:
        chosen = [edit for edit in edits if edit.change and not edit.conflicts]
        if not chosen or len(chosen) < len(edits):
            continue
        new = apply_edits(bundled.brief, chosen).decode()
        spans = [document.offsets[edit.change.path] for edit in chosen]
        begin, end = min(span[0] for span in spans), max(span[1] for span in spans)
        assert new[:begin] == old[:begin]
        assert new.endswith(old[end:])
        applied += 1
        try:
            brief = build_brief(parse_yaml(new, document.file))
            left = read_returned(brief, data, "copy")[1]
        except ReportgenError as error:  # it no longer fits its form
            unsaid.append(f"{made.alteration.describe()}: {error}")
            continue
        places = {copy.place for edit in chosen for copy in edit.copies}
        left = [
            each for each in left if each.copies[0].place in places
        ]  # where a text is printed twice, one was edited
        if left:
            unsaid.append(f"{made.alteration.describe()}: {left[0].path} {left[0].before} → {left[0].after}")
    score = (
        f"{applied} edits applied, the bytes elsewhere identical in all; {len(unsaid)} of them are printed otherwise"
    )
    if COUNT > 12:
        with capsys.disabled():
            print("\n" + "\n".join([score, *unsaid]))
    assert applied > COUNT / 3
    assert len(unsaid) <= (1 - ENOUGH) * applied, "\n".join([score, *unsaid])


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

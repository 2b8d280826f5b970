"""A finished file that somebody has changed is not replaced, and its changes are shown."""

import io
import os
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pptx
import pytest
from hypothesis import given, strategies as st

import reportgen
from reportgen.cli import main
from reportgen.system.seals import is_sealed, seal_archive, seal_pdf
from tests.conftest import INIT


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with a brief and its documents in `out`."""
    folder = tmp_path_factory.mktemp("built") / "brief"
    shutil.copytree(INIT.parent, folder)
    assert main(["build", str(folder / "brief.yaml"), "--output-dir", str(folder / "out"), "-q"]) == 0
    return folder


@pytest.fixture
def folder(built, tmp_path):
    return Path(shutil.copytree(built, tmp_path / "brief"))


def edit_title(path: Path) -> bytes:
    """Change the last word of a deck's first title, as a colleague would; return the file's bytes."""
    deck = pptx.Presentation(path)
    run = deck.slides[0].shapes.title.text_frame.paragraphs[0].runs[-1]
    run.text = f"{run.text} tomorrow"
    deck.save(path)
    return path.read_bytes()


def test_a_build_replaces_its_own_files(folder):
    brief = folder / "brief.yaml"
    before = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
    assert main(["build", str(brief), "--output-dir", str(folder / "out"), "-q"]) == 0
    assert {path.name: path.read_bytes() for path in (folder / "out").iterdir()} == before


def test_an_edited_deck_stays_and_its_change_is_shown(folder, capsys):
    deck, memo = folder / "out/harbor-deck.pptx", folder / "out/harbor-memo.pdf"
    edited, before = edit_title(deck), memo.read_bytes()
    assert main(["build", str(folder / "brief.yaml"), "--output-dir", str(folder / "out")]) == 7
    shown = capsys.readouterr().err
    assert f"{deck}: error: the file was changed after it was built" in shown
    assert "tomorrow" in shown
    assert "--overwrite" in shown
    assert (deck.read_bytes(), memo.read_bytes()) == (edited, before)
    assert main(["build", str(folder / "brief.yaml"), "--output-dir", str(folder / "out"), "--overwrite", "-q"]) == 0
    assert is_sealed(deck.read_bytes())


@pytest.mark.parametrize(
    "arguments",
    [["memo", "-o", "out/harbor-memo.pdf"], ["deck", "-o", "out/harbor-deck.pptx"], ["deck", "-o", "d.pptx", "--handout", "notes.pdf"]],
)  # fmt: skip
def test_each_command_refuses_and_overwrites_when_asked(folder, arguments, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    target = folder / arguments[-1]
    target.write_bytes(b"%PDF-1.4 a colleague's own file")
    assert main([arguments[0], "brief.yaml", *arguments[1:], "-q"]) == 7
    assert target.read_bytes() == b"%PDF-1.4 a colleague's own file"
    assert (
        f"{arguments[-1]}: error: the file was changed after it was built, or is no file of ours"
        in capsys.readouterr().err
    )
    assert main([arguments[0], "brief.yaml", *arguments[1:], "-q", "--overwrite"]) == 0
    assert is_sealed(target.read_bytes())


def test_an_annotated_memo_stays(folder):
    memo = folder / "out/harbor-memo.pdf"
    with pikepdf.open(memo, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Title"] = "Another title"
        pdf.save(memo)
    with pytest.raises(reportgen.FileError, match="changed after it was built"):
        reportgen.build(folder / "brief.yaml", folder / "out")
    assert reportgen.build(folder / "brief.yaml", folder / "out", overwrite=True).files


def test_an_empty_file_and_a_device_may_be_written(folder):
    (folder / "out/harbor-memo.pdf").write_bytes(b"")
    assert main(["memo", str(folder / "brief.yaml"), "-o", str(folder / "out/harbor-memo.pdf"), "-q"]) == 0
    os.symlink(os.devnull, folder / "null.pdf")
    assert main(["memo", str(folder / "brief.yaml"), "-o", str(folder / "null.pdf"), "-q"]) == 0


def test_a_changed_brief_is_built_over_what_we_wrote(folder):
    brief = folder / "brief.yaml"
    brief.write_text(brief.read_text().replace("title: ", "title: Now, ", 1))
    assert main(["build", str(brief), "--output-dir", str(folder / "out"), "--no-check", "-q"]) == 0


def make_archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("part.xml", "<part/>")
    return target.getvalue()


PDF = b"%PDF-1.7\n1 0 obj<</ID [(" + b"0" * 32 + b") (" + b"1" * 32 + b")]>>\n%%EOF\n"


@pytest.mark.parametrize("sealed", [seal_pdf(PDF), seal_archive(make_archive())], ids=["pdf", "archive"])
@given(data=st.data())
def test_any_changed_byte_breaks_the_seal(sealed, data):
    assert is_sealed(sealed)
    place = data.draw(st.integers(0, len(sealed) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != sealed[place]))
    assert not is_sealed(sealed[:place] + bytes([byte]) + sealed[place + 1 :])
    assert not is_sealed(sealed[:place])
    assert not is_sealed(sealed + bytes([byte]))


@given(st.binary(max_size=200))
def test_other_bytes_have_no_seal(data):
    assert not is_sealed(data)
    assert not is_sealed(b"%PDF" + data)


def test_a_sealed_archive_is_read_as_before():
    with zipfile.ZipFile(io.BytesIO(seal_archive(make_archive()))) as archive:
        assert archive.read("part.xml") == b"<part/>"

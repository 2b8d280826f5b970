"""Files that cannot be audited: one diagnostic each, with a hint."""

import io
import sys
import zipfile

import pikepdf
import pytest

import reportgen
from reportgen.cli import main
from reportgen.system.errors import ExitCode, FileError
from tests.attack.crafted_files import PDFS
from tests.conftest import INIT


def docx() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return target.getvalue()


def encrypted(memo: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(memo)) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    return target.getvalue()


def without_text() -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda files: b"", "the file is empty"),
        (lambda files: b"Dear all", "neither a PDF, a Word file nor a PowerPoint deck"),
        (lambda files: docx(), "a damaged Word file: its document has no body"),
        (lambda files: files.deck[:-2000], "a damaged deck: it is cut off, or no ZIP archive"),
        (lambda files: b"\xd0\xcf\x11\xe0" + bytes(600), "an encrypted deck, or one of PowerPoint 97–2003"),
        (lambda files: encrypted(files.memo), "an encrypted PDF"),
        (lambda files: files.memo[:9000], "a damaged PDF: it is cut off"),
        (lambda files: without_text(), "a PDF of 1 page without a text layer: pictures of text"),
    ],
)  # fmt: skip
def test_one_clear_diagnostic(small, data, message):
    with pytest.raises(FileError) as caught:
        small.audited(data(small), "report.bin")
    (found,) = caught.value.diagnostics
    assert (found.message, str(found.where), caught.value.code) == (message, "report.bin", ExitCode.FILE)
    assert found.hint


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
def test_command_and_library_read_a_file_within_limits(small, tmp_path, capsys):
    path = tmp_path / "report.pdf"
    path.write_bytes(PDFS["widths of 2^31 letters"]())
    assert main(["audit", str(INIT), str(path)]) == ExitCode.FILE
    assert "report.pdf: error: takes more than 900 MB of memory to read" in capsys.readouterr().err
    with pytest.raises(FileError, match="takes more than 900 MB of memory to read"):
        reportgen.audit_file(small.brief, path)

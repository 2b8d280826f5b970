"""Copies that open with a password, as readers of PDF and Office files and our own commands see them."""

import json
import shutil
import subprocess
from io import BytesIO

import msoffcrypto
import pikepdf
import pytest

from reportgen.cli import main
from reportgen.distribution.encryption import VARIABLE, encrypt
from tests.distribute.test_run import packets

WORD = "harbor-lights-at-6"


@pytest.fixture
def locked(place, monkeypatch):
    """A packet's folder: memo and deck, encrypted and numbered."""
    monkeypatch.setenv(VARIABLE, WORD)
    place.people.write_text("name,email,documents\nAda Example,ada@example.org,memo deck\n")
    assert place("--encrypt", "--numbered", "--quiet") == 0
    return packets(place.out)["001"]


def test_the_memo_opens_with_the_password_alone_and_screen_readers_may_read_it(locked, verapdf, tmp_path):
    data = (locked / "harbor-memo.pdf").read_bytes()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(data))
    with pikepdf.open(BytesIO(data), password=WORD) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert pdf.allow.accessibility
        assert pdf.allow.modify_form
        assert not pdf.allow.modify_other
        pdf.save(tmp_path / "plain.pdf")
    for standard in ("PDF/UA-1", "PDF/A-3a"):
        assert verapdf.check(tmp_path / "plain.pdf", standard).failures == ()


def test_qpdf_finds_nothing_wrong(locked):
    done = subprocess.run(
        ["qpdf", f"--password={WORD}", "--check", locked / "harbor-memo.pdf"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_deck_opens_with_the_password_alone(locked):
    file = msoffcrypto.OfficeFile((locked / "harbor-deck.pptx").open("rb"))
    assert file.is_encrypted()
    file.load_key(password=WORD, verify_password=True)
    target = BytesIO()
    file.decrypt(target, verify_integrity=True)
    assert target.getvalue().startswith(b"PK")
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        file.load_key(password="another password", verify_password=True)


def test_manifest_and_letter_mention_it_and_nothing_holds_the_password(locked, place, capsys):
    manifest = json.loads((place.out / "manifest.json").read_text())
    assert "not PDF/A" in manifest["encryption"]
    assert "by another way" in (locked / "letter.eml").read_text()
    everything = b"".join(path.read_bytes() for path in place.out.rglob("*") if path.is_file())
    assert WORD.encode() not in everything
    output = capsys.readouterr()
    assert WORD not in output.out + output.err
    assert main(["verify", str(place.out)]) == 0


def test_the_owner_of_an_encrypted_copy(locked, place, capsys, monkeypatch):
    for name in ("harbor-memo.pdf", "harbor-deck.pptx"):
        assert main(["whose", str(locked / name), "--in", str(place.out)]) == 0
        assert "copy 1, version 1, February 10, 2026: Ada Example" in capsys.readouterr().out
        monkeypatch.setenv(VARIABLE, "another password")
        assert main(["whose", str(locked / name), "--in", str(place.out)]) == 4
        assert f"the password in {VARIABLE} does not open it" in capsys.readouterr().err
        monkeypatch.delenv(VARIABLE)
        assert main(["whose", str(locked / name), "--in", str(place.out)]) == 7
        assert "encrypted" in capsys.readouterr().err
        monkeypatch.setenv(VARIABLE, WORD)


def test_a_second_run_leaves_encrypted_copies_as_they_are(locked, place):
    before = (locked / "harbor-memo.pdf").read_bytes()
    assert place("--encrypt", "--numbered", "--quiet") == 0
    assert (locked / "harbor-memo.pdf").read_bytes() == before


@pytest.mark.parametrize("options", [[], ["--zip"]])
def test_another_password_is_refused_where_copies_exist(locked, place, capsys, monkeypatch, options):
    assert place("--encrypt", "--numbered", "--quiet", *options) == 0
    before = {path: path.read_bytes() for path in place.out.rglob("*") if "packets" in path.parts and path.is_file()}
    monkeypatch.setenv(VARIABLE, "another password")
    assert place("--encrypt", "--numbered", *options) == 2
    assert "open with another password" in capsys.readouterr().err
    assert all(path.read_bytes() == data for path, data in before.items())
    shutil.rmtree(place.out / "packets")
    assert place("--encrypt", "--numbered", *options) == 0


def test_plain_copies_are_another_edition_than_encrypted_ones(locked, place, capsys):
    assert place("--numbered", "--quiet") == 2
    output = capsys.readouterr().err
    assert "with --numbered and --encrypt" in output
    assert "--new-edition" in output


@pytest.mark.parametrize("word", ["", "short", "a password\nof two lines", "пароль-пароль-пароль", "x" * 101])
def test_a_weak_password_is_refused_before_anything_is_made(place, monkeypatch, capsys, word):
    monkeypatch.setenv(VARIABLE, word)
    assert place("--encrypt") == 2
    output = capsys.readouterr().err
    assert VARIABLE in output
    assert not word or word not in output
    assert not place.out.exists()


def test_encrypted_bytes_differ_each_time():
    pdf = BytesIO()
    with pikepdf.new() as empty:
        empty.add_blank_page()
        empty.save(pdf)
    assert encrypt(pdf.getvalue(), WORD) != encrypt(pdf.getvalue(), WORD)

"""`distribute` for its user: packets, letters, manifest, ledger, a second run, and bad surroundings."""

import email
import email.policy
import json
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reportgen.audit import audit
from reportgen.brief import load_brief
from reportgen.cli import main
from reportgen.distribution.ledger.ledger import Ledger
from reportgen.distribution.run import LEDGER
from tests.conftest import ROOT


def packets(out: Path, version: int = 1) -> dict[str, Path]:
    """Return the packets of a version by the numbers that their names begin with."""
    return {path.name[:3]: path for path in sorted((out / "packets" / f"version-{version}").iterdir())}


def test_everybody_gets_the_documents_of_their_row(place, capsys):
    assert place("--numbered") == 0
    found = {number: sorted(path.name for path in folder.iterdir()) for number, folder in packets(place.out).items()}
    assert found == {
        "001": ["harbor-deck.pptx", "harbor-handout.pdf", "harbor-memo.pdf", "letter.eml"],
        "002": ["harbor-deck.pptx", "harbor-memo.pdf", "letter.eml"],
        "007": ["harbor-memo.pdf", "letter.eml"],
    }
    output = capsys.readouterr()
    assert "3 packets made; version 1" in output.err
    assert "harbor-handout.pdf" in output.out


def test_each_copy_is_stamped_and_passes_its_audit_and_names_its_owner(place, capsys, verapdf):
    assert place("--numbered", "--quiet") == 0
    brief = load_brief(place.brief)
    for number, name in (("001", "Ada Example"), ("007", "Bo Example")):
        folder = packets(place.out)[number]
        for file in folder.glob("harbor-[md]*"):
            assert audit(brief, file.read_bytes(), file.name).findings == ()
            assert main(["whose", str(file), "--in", str(place.out)]) == 0
            assert f"copy {int(number)}, version 1, February 10, 2026: {name}" in capsys.readouterr().out
        for standard in ("PDF/A-3a", "PDF/UA-1"):
            assert verapdf.check(folder / "harbor-memo.pdf", standard).failures == ()


def test_the_owner_is_found_by_the_words_alone(place, tmp_path, capsys):
    assert place("--numbered", "--quiet") == 0
    words = subprocess.run(
        ["pdftotext", packets(place.out)["007"] / "harbor-memo.pdf", "-"], capture_output=True, check=True
    ).stdout
    (tmp_path / "found.txt").write_bytes(words)
    capsys.readouterr()
    assert main(["whose", str(tmp_path / "found.txt"), "--in", str(place.out)]) == 0
    assert "Bo Example, Treasury, bo@example.org" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Just words.", "has no stamp of ours"),
        ("Version 1 · February 10, 2026", "without a copy number"),
        ("Prepared for Nobody · Copy 99 · Version 1 · February 10, 2026", "matches its copy number 99"),
        (f"Prepared for Nobody · Copy {2**64} · Version 1 · February 10, 2026", "without a copy number"),
        (f"Prepared for Nobody · Copy 9 · Version {'1' * 5000} · February 10, 2026", "matches its copy number 9"),
    ],
)
def test_a_file_that_matches_no_recipient(place, tmp_path, capsys, text, expected):
    assert place("--numbered", "--quiet") == 0
    (tmp_path / "found.txt").write_text(text)
    assert main(["whose", str(tmp_path / "found.txt"), "--in", str(place.out)]) == 4
    assert expected in capsys.readouterr().err


def test_without_numbers_no_copy_has_a_name(place):
    assert place("--quiet") == 0
    words = subprocess.run(
        ["pdftotext", packets(place.out)["001"] / "harbor-memo.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Version 1 · February 10, 2026" in words
    assert "Ada" not in words


# The letter


def letter(folder: Path) -> email.message.EmailMessage:
    return email.message_from_bytes((folder / "letter.eml").read_bytes(), policy=email.policy.default)


def text_of(mail: email.message.EmailMessage) -> str:
    return mail.get_body().get_content().replace("\r\n", "\n")


def test_the_letter_is_a_draft_with_the_documents_enclosed(place):
    assert place("--numbered", "--quiet") == 0
    mail = letter(packets(place.out)["001"])
    assert (mail["To"], mail["X-Unsent"]) == ("Ada Example <ada@example.org>", "1")
    assert mail["Subject"] == "The harbor should plan for longer ships"
    text = text_of(mail)
    assert text.startswith("Dear Ada\n")
    assert "Decide on the turning basin before April" in text
    assert "This is copy 1 of version 1." in text
    enclosed = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert enclosed == {
        path.name: path.read_bytes() for path in packets(place.out)["001"].iterdir() if path.suffix != ".eml"
    }
    assert "To" not in letter(packets(place.out)["002"])  # an office that gave no address


def test_markings_stand_in_subject_and_text(place):
    place.brief.write_text(place.brief.read_text() + "\nmarking: PRE-DECISIONAL/DELIBERATIVE\n")
    assert place("--quiet") == 0
    mail = letter(packets(place.out)["007"])
    assert mail["Subject"] == "[PRE-DECISIONAL/DELIBERATIVE] Documents, version 1 of February 10, 2026"
    assert "PRE-DECISIONAL/DELIBERATIVE" in text_of(mail)


def test_a_letter_template_beside_the_brief_may_use_extra_columns(place):
    folder = place.brief.parent / "templates" / "distribute"
    folder.mkdir(parents=True)
    (folder / "letter.txt").write_text("{{ recipient.name }} & {{ recipient.extra.room }}\n")
    place.people.write_text("name,room\nAda,12\n")
    assert place("--quiet") == 0
    assert text_of(letter(packets(place.out)["001"])) == "Ada & 12\n"


def own_letter(place, text: str) -> None:
    folder = place.brief.parent / "templates" / "distribute"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "letter.txt").write_text(text)


TITLE, BOTTOM_LINE = "The harbor should plan for longer ships", "Decide on the turning basin before April"


@pytest.mark.parametrize("slug", ["harbor", "harbor-should-plan-for-longer-ships"])
@pytest.mark.parametrize(
    "marking", ["", "PRE-DECISIONAL", "UNCLASSIFIED", "{distribution: A}", "{embargoed_until: 2031-01-20}"]
)
def test_no_letter_of_an_encrypted_or_marked_packet_says_what_the_brief_says(place, monkeypatch, marking, slug):
    text = place.brief.read_text().replace("slug: harbor", f"slug: {slug}")
    place.brief.write_text(text + (f"\nmarking: {marking}\n" if marking else ""))
    monkeypatch.setenv("REPORTGEN_COPY_PASSWORD", "harbor-lights-at-6")
    place.people.write_text("name,email,documents\nAda Example,ada@example.org,memo\n")
    assert place("--quiet", *([] if marking else ["--encrypt"])) == 0
    mail = letter(packets(place.out)["001"])
    enclosed = "harbor-memo.pdf" if slug == "harbor" else "memo.pdf"
    assert [part.get_filename() for part in mail.iter_attachments()] == [enclosed]
    assert f"- {enclosed}: the policy memo" in text_of(mail)
    assert "version 1 of February 10, 2026" in text_of(mail)
    head = "\n".join(f"{key}: {value}" for key, value in mail.items())
    for part in (head, text_of(mail)):
        assert "longer" not in part
        assert "turning basin" not in part


@pytest.mark.parametrize(
    ("template", "place_of_it", "part"),
    [
        ("Hello\n{{ edition.title }}\n", "line 2 of the letter to Ada Example", "the brief's title"),
        ("Hello\n\nPlease read: {{ bottom_line | upper }}\n", "line 3 of the letter", "the brief's bottom line"),
        ("We find: decide on the turning basin\nbefore April, and buy.\n", "the letter to Ada", "6 words of the brief"),
    ],
)
def test_a_letter_template_that_says_it_is_refused(place, capsys, template, place_of_it, part):
    own_letter(place, template)
    assert place("--quiet", out="plain") == 0
    place.brief.write_text(place.brief.read_text() + "\nmarking: PRE-DECISIONAL\n")
    capsys.readouterr()
    assert place() == 6
    output = capsys.readouterr().err
    assert f"letter.txt: error: {place_of_it}" in output
    assert f"has {part} in clear, beside a marked packet" in output
    assert "hint: mail is read on its way" in output
    assert not list(place.out.rglob("letter.eml"))


def test_names_may_stand_in_the_letter_of_a_marked_packet(place):
    own_letter(
        place, "Dear {{ recipient.name }} of the {{ recipient.organization }},\nharbor, ships.\n{{ sender | join }}\n"
    )
    place.brief.write_text(place.brief.read_text() + "\nmarking: PRE-DECISIONAL\n")
    place.people.write_text(f"name,organization\nHarbor commission,{TITLE} Foundation\n")
    assert place("--quiet") == 0
    assert f"{TITLE} Foundation" in text_of(letter(packets(place.out)["001"]))


# Manifest


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{# to be written #}\n", "the letter to Ada Example contains nothing"),
        (r"Dear {{ '\ud83d' }}", "half a character"),
    ],
)
def test_a_letter_that_cannot_be_sent_is_refused(place, capsys, template, expected):
    own = place.brief.parent / "templates" / "distribute"
    own.mkdir(parents=True)
    (own / "letter.txt").write_text(template)
    assert place() == 6
    assert expected in capsys.readouterr().err


def test_the_manifest_names_every_file_and_sha256sum_agrees(place):
    assert place("--numbered", "--quiet") == 0
    manifest = json.loads((place.out / "manifest.json").read_text())
    assert (manifest["version"], [packet["number"] for packet in manifest["packets"]]) == (1, [1, 2, 7])
    listed = {file["path"] for packet in manifest["packets"] for file in packet["files"]}
    assert listed == {
        path.relative_to(place.out).as_posix() for path in (place.out / "packets").rglob("*") if path.is_file()
    }
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=place.out, check=False)
    assert done.returncode == 0


def rewritten(out: Path, old: str, new: str) -> None:
    manifest = (out / "manifest.json").read_text()
    assert old in manifest
    (out / "manifest.json").write_text(manifest.replace(old, new))


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (lambda out: next(out.rglob("*memo.pdf")).write_bytes(b"%PDF-x"), "Example was given"),
        (lambda out: next(out.rglob("*deck.pptx")).unlink(), "is missing from the packet of"),
        (lambda out: (out / "SHA256SUMS").write_text(""), "does not agree with the manifest"),
        (lambda out: (out / "SHA256SUMS").unlink(), "is missing"),
        (lambda out: rewritten(out, "packets/version-1/001", "../../001"), "names a file outside the folder"),
        (
            lambda out: (out / "manifest.json").write_text("{}"),
            "is not a manifest of reportgen: Object missing required field `format`",
        ),
        (lambda out: (out / "manifest.json").write_text("[" * 100_000), "is not a manifest of reportgen"),
        (
            lambda out: rewritten(out, '"version": 1,', '"version": "1/../../..",'),
            "reportgen: Expected `int`, got `str` - at `$.version`",
        ),
        (lambda out: rewritten(out, '"path": "', '"path": "\\u0000'), "names a file outside the folder"),
        (lambda out: rewritten(out, '"format": 1', '"format": 2'), "its format is 2, and this version reads 1"),
        (lambda out: (out / "manifest.json").unlink(), "there is no such file"),
    ],
)
def test_altered_packets_are_reported(place, capsys, harm, expected):
    assert place("--quiet") == 0
    assert main(["verify", str(place.out)]) == 0
    assert "all as they were made" in capsys.readouterr().out
    harm(place.out)
    assert main(["verify", str(place.out)]) in (4, 7)
    assert expected in capsys.readouterr().err


# Again


def state(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes() for path in (out / "packets").rglob("*") if path.is_file()
    }


def test_a_second_run_makes_only_what_is_missing(place, capsys):
    assert place("--quiet") == 0
    before = state(place.out)
    gone = next((place.out / "packets").rglob("*deck.pptx"))
    gone.unlink()
    assert place() == 0
    assert "1 packet made, 2 kept from earlier runs" in capsys.readouterr().err
    assert state(place.out) == before


def test_an_added_recipient_changes_nobody_elses_copy(place):
    assert place("--numbered", "--quiet") == 0
    before = state(place.out)
    place.people.write_text(
        place.people.read_text().replace("Ada Example", "Zoe First,Board,zoe@example.org,memo,,\nAda Example")
    )
    assert place("--numbered", "--quiet") == 0
    after = state(place.out)
    assert {name: after[name] for name in before} == before
    assert {name.split("/")[2][:3] for name in set(after) - set(before)} == {"003"}


@pytest.mark.parametrize("options", [[], ["--zip"]])
def test_corrections_of_list_or_letter_are_rebuilt(place, capsys, options):
    place.people.write_text("name,salutation\nAda Muller,Dear Adda\nBo,\n", encoding="utf-8")
    assert place("--numbered", "--quiet", *options) == 0
    capsys.readouterr()
    place.people.write_text("name,salutation\nAda Muller,Dear Ada\nBo,\n", encoding="utf-8")
    assert place("--numbered", *options) == 0
    assert "1 packet made, 1 kept from earlier runs" in capsys.readouterr().err
    assert place("--numbered", *options) == 0
    assert "0 packets made, 2 kept from earlier runs" in capsys.readouterr().err
    own = place.brief.parent / "templates" / "distribute"
    own.mkdir(parents=True)
    (own / "letter.txt").write_text("{{ recipient.salutation or 'Hello' }}\n--\n")
    assert place("--numbered", *options) == 0
    assert "2 packets made" in capsys.readouterr().err
    assert main(["verify", str(place.out)]) == 0


def test_a_corrected_name_is_printed(place, capsys):
    place.people.write_text("name,email,documents,salutation\nAda Muller,a@example.org,memo,Hello\n")
    assert place("--numbered", "--quiet") == 0
    place.people.write_text("name,email,documents,salutation\nAda Müller,a@example.org,memo,Hello\n", encoding="utf-8")
    assert place("--numbered", "--quiet") == 0
    words = subprocess.run(
        ["pdftotext", packets(place.out)["001"] / "harbor-memo.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Prepared for Ada Müller" in words


def test_an_edited_draft_is_left_alone(place, capsys):
    assert place("--quiet") == 0
    draft = packets(place.out)["001"] / "letter.eml"
    draft.write_bytes(draft.read_bytes().replace(b"Dear Ada", b"My dear Ada"))
    assert place() == 0
    assert "0 packets made" in capsys.readouterr().err
    assert b"My dear Ada" in draft.read_bytes()


def test_an_option_that_was_forgotten_is_named(place, capsys):
    assert place("--numbered", "--quiet") == 0
    before = state(place.out)
    assert place() == 2
    assert "edition 1 was started here" in (output := capsys.readouterr().err)
    assert "with --numbered\n" in output
    assert state(place.out) == before


def test_a_changed_brief_needs_a_new_edition_in_which_numbers_stay(place, capsys):
    assert place("--numbered", "--quiet") == 0
    before = state(place.out)
    place.brief.write_text(place.brief.read_text().replace("Commission the survey", "Commission a survey"))
    assert place("--numbered") == 2
    assert "--new-edition" in capsys.readouterr().err
    assert state(place.out) == before
    assert place("--numbered", "--new-edition", "--quiet") == 0
    assert set(packets(place.out, 2)) == {"001", "002", "007"}
    assert {name: data for name, data in state(place.out).items() if "version-1" in name} == before
    assert main(["verify", str(place.out)]) == 0


def test_withdrawn_and_expired_recipients_are_reported(place, capsys):
    place.people.write_text(
        "name,email,expires\nAda,a@example.org,2026-02-09\nBo,b@example.org,2026-02-10\nCy,c@example.org,\n"
    )
    assert place("--quiet") == 0
    assert '"Ada" gets nothing: expired on 2026-02-09' in capsys.readouterr().err
    assert len(packets(place.out)) == 2
    place.people.write_text("name,email\nBo,b@example.org\n")
    assert place("--quiet") == 0
    assert '"Cy" is no longer on the list' in capsys.readouterr().err


def test_workers_and_zip_files_give_the_same_copies(place, tmp_path):
    assert place("--numbered", "--quiet") == 0
    folders = {
        number: {file.name: file.read_bytes() for file in path.iterdir()} for number, path in packets(place.out).items()
    }
    assert place("--numbered", "--quiet", "--zip", "--jobs", "2") == 0
    for number, path in packets(place.out).items():
        assert path.suffix == ".zip"
        with zipfile.ZipFile(path) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == folders[number]


def test_the_ledger_says_who_was_given_what(place):
    assert place("--numbered", "--quiet") == 0
    with Ledger.read(place.out / LEDGER) as ledger:
        found = {record.number: (record.holder.name, record.state, record.documents) for record in ledger.records(1)}
    assert found[7] == ("Bo Example", "built", ("memo",))
    assert set(found) == {1, 2, 7}


# Bad surroundings


def test_a_bad_list_is_refused_before_anything_is_written(place, capsys):
    place.people.write_text("name,email,documents\nAda,not an address,memo\nBo,b@example.org,memmo\n")
    assert place() == 3
    output = capsys.readouterr().err
    assert "recipients.csv:2:" in output
    assert 'did you mean "memo"?' in output
    assert not place.out.exists()


def test_all_unprintable_names_are_reported_before_anything_is_made(place, capsys):
    place.people.write_text(f"name,documents\nAda,memo\nעדה,memo\n{'Wu ' * 99},all\nעדה ב,deck\n", encoding="utf-8")
    assert place("--numbered") == 3
    output = capsys.readouterr().err
    assert f'{place.people}:3: error: no font of this document has the character "ע"' in output
    assert 'in "…עדה…"' in output
    assert f"{place.people}:4: error: the stamp" in output
    assert "shorten the name" in output
    assert ":5: " not in output  # on slides, the reader's program finds a font
    assert not place.out.exists()
    assert place("--quiet") == 0  # without numbers nobody's name is printed


@pytest.mark.parametrize("name", ["W" * 24, "@%" * 11 + "Om"])
def test_the_widest_names_that_are_not_tried_fit(place, name):
    place.people.write_text(f"name,documents,copy number\n{name},all,999999\n")
    assert place("--numbered", "--quiet") == 0


def test_a_brief_without_evidence_is_not_distributed(place, capsys):
    place.brief.write_text(place.brief.read_text().replace("42 percent of all calls", "43 percent of all calls"))
    assert place() == 4
    assert not place.out.exists()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["distribute", "--to", "x.csv", "--output-dir", "o", "--jobs", "0"], "at least one worker"),
        (["distribute", "--to", "x.csv", "--output-dir", "o", "--limit", "0"], "--limit needs --send"),
    ],
)
def test_options_that_do_not_go_together_are_refused(capsys, options, expected):
    assert main(options) == 2
    assert expected in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["distribute"], "the following arguments are required: --to, --output-dir"),
        (["distribute", "--to", "x.csv"], "the following arguments are required: --output-dir"),
        (["distribute", "--to", "x.csv", "--output-dir", "o", "--verify", "o"], "unrecognized arguments: --verify"),
        (["whose", "x.pdf"], "the following arguments are required: --in"),
        (["verify"], "the following arguments are required: DIR"),
    ],
)
def test_a_missing_or_unknown_option_is_named(capsys, options, expected):
    with pytest.raises(SystemExit) as ended:
        main(options)
    assert ended.value.code == 2
    assert expected in capsys.readouterr().err


def test_an_output_folder_that_is_a_file(place, capsys):
    place.out.write_text("mine")
    assert place() == 2
    assert "--output-dir is not a folder" in capsys.readouterr().err
    assert place.out.read_text() == "mine"


def test_a_full_disk_leaves_whole_packets_and_the_next_run_continues(place, capsys):
    """The kernel's file-size limit stands for the full disk: the letter with the deck in it is above it."""
    place.people.write_text("name,documents\nAda,memo\nBo,memo deck\nCy,memo\n")
    assert place("--quiet", out="elsewhere") == 0  # the documents are made already: only packets are written
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    too_large = (packets(place.out.parent / "elsewhere")["002"] / "letter.eml").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (too_large - 1, before[1]))
    try:
        assert place("--quiet") == 7
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "002-bo: error: cannot be written: File too large" in capsys.readouterr().err
    assert [path.name for path in packets(place.out).values()] == ["001-ada"]
    assert place("--quiet") == 0
    assert set(packets(place.out)) == {"001", "002", "003"}
    assert main(["verify", str(place.out)]) == 0


def test_a_killed_run_continues_where_it_stopped(place):
    place.people.write_text("name,email\n" + "".join(f"Person {n},p{n}@example.org\n" for n in range(40)))
    command = [
        sys.executable,
        "-m",
        "reportgen",
        "distribute",
        place.brief,
        "--to",
        place.people,
        "--output-dir",
        place.out,
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and len(list(place.out.glob("packets/version-1/0*"))) < 5:
        pass
    process.kill()
    process.wait()
    left = packets(place.out)
    with Ledger.read(place.out / "ledger.sqlite") as ledger:
        known = {f"{record.number:03}" for record in ledger.records() if record.state == "built"}
    assert known <= set(left)
    assert len(left) - len(known) <= 1, "at most the one that was moved into place last is not written down"
    made = {number: folder.stat().st_mtime_ns for number, folder in left.items() if number in known}
    begun = (
        place.out / "packets" / "version-1" / ".007-person-6.abcd_123.reportgen-tmp"
    )  # as a kill in the midst of a packet leaves it
    begun.mkdir()
    (begun / "harbor-memo.pdf").write_bytes(b"half")
    assert place("--quiet") == 0
    assert not begun.exists()
    assert len(packets(place.out)) == 40
    assert made == {number: packets(place.out)[number].stat().st_mtime_ns for number in made}, "made once"
    assert main(["verify", str(place.out)]) == 0

"""A new edition: each packet says what has changed since the version that its recipient has, and which one it replaces."""

import json
import sqlite3
import subprocess

import pytest

from reportgen.cli import main
from reportgen.distribution import encryption
from reportgen.distribution.editions import edition
from reportgen.distribution.editions.sealed_snapshot import unseal
from reportgen.distribution.ledger.ledger import LEDGER, Ledger
from reportgen.distribution.recipients.recipient_list import read_list
from tests.conftest import INIT
from tests.distribute.conftest import LIST, make_once
from tests.distribute.test_run import letter, packets, text_of

PASSWORD = "harbor-lights-at-6"
NOTES = "Say that the pilots expect the share to rise"


def edit(place, *replacements):
    text = place.brief.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    place.brief.write_text(text, encoding="utf-8")


def second(place):
    """Make the brief its second edition: a title and a speaker's note have other words, and the date is a later one."""
    edit(
        place,
        ("Commission the survey", "Publish the survey"),
        (NOTES, "Add that the pilots expect the share to rise"),
        ("2026-02-10", "2026-03-02"),
    )


def page_of(packet):
    """Return the words of a packet's page with what changed, in one line; None where it has none."""
    path = packet / "harbor-changes.pdf"
    if not path.exists():
        return None
    found = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(found.split())


class Desk:
    """A brief with its article and list, and the folder that it is distributed into."""

    def __init__(self, folder, text):
        self.brief, self.people, self.out = folder / "brief.yaml", folder / "recipients.csv", folder / "out"
        self.brief.write_text(text, encoding="utf-8")
        self.people.write_text(LIST, encoding="utf-8")
        (folder / "article.txt").write_bytes((INIT.parent / "article.txt").read_bytes())

    def __call__(self, *options):
        arguments = [str(self.brief), "--to", str(self.people), "--output-dir", str(self.out), "--numbered", *options]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(edition, "make_documents", make_once)
            return main(["distribute", *arguments])


def make_two(folder):
    """Distribute the small brief, numbered, and its second edition."""
    desk = Desk(folder, INIT.read_text(encoding="utf-8"))
    assert desk("--quiet") == 0
    second(desk)
    assert desk("--new-edition", "--quiet") == 0
    return desk


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    """Two editions, numbered; no test changes them."""
    return make_two(tmp_path_factory.mktemp("editions"))


def test_a_packet_says_what_changed_and_its_letter_names_what_it_replaces(editions, capsys, verapdf):
    for number, name in (("001", "Ada Example"), ("007", "Bo Example")):
        packet = packets(editions.out, 2)[number]
        page = page_of(packet)
        assert "This replaces version 1 of February 10, 2026." in page
        assert "Was: Commission the survey Now: Publish the survey" in page
        assert f"Prepared for {name} · Copy {int(number)} · Version 2 · March 2, 2026" in page
        words = text_of(letter(packet))
        assert "This replaces version 1, which you have. What has changed since is in harbor-changes.pdf." in words
        assert "- harbor-changes.pdf: what has changed since your last version" in words
        assert "harbor-changes.pdf" in [part.get_filename() for part in letter(packet).iter_attachments()]
        capsys.readouterr()
        assert main(["whose", str(packet / "harbor-changes.pdf"), "--in", str(editions.out)]) == 0
        assert name in capsys.readouterr().out
    assert main(["verify", str(editions.out)]) == 0
    manifest = json.loads((editions.out / "manifest.json").read_text())
    kinds = {file["document"] for packet in manifest["packets"] for file in packet["files"]}
    assert kinds == {"memo", "deck", "handout", "changes", "letter"}
    for standard in ("PDF/A-3a", "PDF/UA-1"):
        assert verapdf.check(packets(editions.out, 2)["007"] / "harbor-changes.pdf", standard).failures == ()


def test_a_page_says_no_more_than_its_readers_documents(editions):
    everything, memo_alone = (page_of(packets(editions.out, 2)[number]) for number in ("001", "007"))
    assert "that the pilots expect the share to rise" in everything
    assert "pilots" not in memo_alone


def test_the_first_edition_and_a_new_recipient_have_no_page(place):
    assert place("--quiet") == 0
    assert page_of(packets(place.out)["001"]) is None
    assert "replaces" not in text_of(letter(packets(place.out)["001"]))
    second(place)
    place.people.write_text(place.people.read_text() + "Dee Newcomer,,dee@example.org,memo,,\n", encoding="utf-8")
    assert place("--new-edition", "--quiet") == 0
    found = packets(place.out, 2)
    newcomer = next(path for path in found.values() if "dee" in path.name)
    assert page_of(newcomer) is None
    assert "replaces" not in text_of(letter(newcomer))
    assert page_of(found["001"])


def test_somebody_who_skipped_an_edition_reads_what_changed_since_theirs(place):
    everybody = place.people.read_text()
    assert place("--quiet") == 0
    second(place)
    place.people.write_text("".join(line for line in everybody.splitlines(True) if "Bo Example" not in line))
    assert place("--new-edition", "--quiet") == 0
    edit(place, ("Who pays for it", "Who pays for the survey"), ("2026-03-02", "2026-03-09"))
    place.people.write_text(everybody)
    assert place("--new-edition", "--quiet") == 0
    found = packets(place.out, 3)
    assert "This replaces version 1 of February 10, 2026." in page_of(found["007"])
    assert "Publish the survey" in page_of(found["007"])
    assert "which you have" in text_of(letter(found["007"]))
    assert "This replaces version 2 of March 2, 2026." in page_of(found["001"])
    assert "Publish the survey" not in page_of(found["001"])
    assert "Was: Who pays for it Now: Who pays for the survey" in page_of(found["001"])


def read_packets(desk):
    return {path: path.read_bytes() for path in desk.out.rglob("*") if path.is_file() and "ledger" not in path.name}


def test_the_same_edition_again_rebuilds_nothing(editions, capsys):
    before = read_packets(editions)
    assert editions() == 0
    assert "0 packets made, 3 kept" in capsys.readouterr().err
    assert read_packets(editions) == before


def test_pages_are_the_same_bytes_in_every_folder(editions, tmp_path):
    again = make_two(tmp_path)
    one, other = (packets(desk.out, 2)["001"] / "harbor-changes.pdf" for desk in (editions, again))
    assert one.read_bytes() == other.read_bytes()


def test_a_brief_that_only_looks_otherwise(place):
    assert place("--quiet") == 0
    edit(place, ("2026-02-10", "2026-02-11"))
    assert place("--new-edition", "--quiet") == 0
    assert "No words and no numbers have changed." in page_of(packets(place.out, 2)["001"])


def test_encrypted_copies_and_their_ledger_keep_what_changed_to_themselves(place, monkeypatch, capsys):
    pytest.importorskip("msoffcrypto")
    monkeypatch.setenv(encryption.VARIABLE, PASSWORD)
    place.people.write_text("name,email,documents\nAda Example,ada@example.org,memo\n")
    assert place("--encrypt", "--quiet") == 0
    second(place)
    assert place("--encrypt", "--new-edition", "--quiet") == 0
    packet = packets(place.out, 2)["001"]
    words = text_of(letter(packet))
    assert "This replaces version 1, which you have. What has changed since is in harbor-changes.pdf." in words
    assert "survey" not in words
    data = (packet / "harbor-changes.pdf").read_bytes()
    assert b"/Encrypt" in data
    assert encryption.decrypt(data, {encryption.VARIABLE: PASSWORD}) != data
    with sqlite3.connect(place.out / LEDGER) as connection:
        stored = [row[0] for row in connection.execute("SELECT content FROM snapshot ORDER BY version")]
    assert len(stored) == 2
    assert all(content.startswith(b"%PDF-") and unseal(content, "another password") is None for content in stored)
    assert unseal(stored[0], PASSWORD).title == "The harbor should plan for longer ships"

    monkeypatch.setenv(encryption.VARIABLE, "another-password-1")
    edit(place, ("Who pays for it", "Who pays for the survey"), ("2026-03-02", "2026-03-09"))
    capsys.readouterr()
    assert place("--encrypt", "--new-edition", "--quiet") == 0
    assert "since version 2: it was encrypted with another password" in capsys.readouterr().err
    words = text_of(letter(packets(place.out, 3)["001"]))
    assert "This replaces version 2, which you have." in words
    assert "harbor-changes.pdf" not in words


def test_a_marked_page_has_the_markings_of_both_editions_and_its_letter_no_text(place):
    place.people.write_text("name,email,documents\nAda Example,ada@example.org,memo\n")
    edit(place, ("language: en-US", "language: en-US\nmarking: PRE-DECISIONAL"))
    assert place("--quiet") == 0
    second(place)
    edit(place, ("marking: PRE-DECISIONAL", "marking: DELIBERATIVE"))
    assert place("--new-edition", "--quiet") == 0
    packet = packets(place.out, 2)["001"]
    assert page_of(packet).startswith("DELIBERATIVE PRE-DECISIONAL")
    assert "survey" not in text_of(letter(packet))


def test_an_edition_of_an_earlier_program_is_replaced_without_a_page(place, capsys):
    assert place("--quiet") == 0
    with sqlite3.connect(place.out / LEDGER) as connection:
        connection.execute("DROP TABLE snapshot")
    second(place)
    capsys.readouterr()
    assert place("--new-edition", "--quiet") == 0
    assert "what has changed since version 1: an earlier reportgen made it" in capsys.readouterr().err
    packet = packets(place.out, 2)["001"]
    assert page_of(packet) is None
    assert "This replaces version 1, which you have." in text_of(letter(packet))
    assert main(["verify", str(place.out)]) == 0


def test_editions_are_compared_by_the_command(editions, capsys):
    capsys.readouterr()
    assert main(["changes", str(editions.out)]) == 0
    assert "[-Commission-]{+Publish+} the survey" in capsys.readouterr().out
    versions = editions.out / "packets"
    assert main(["changes", str(versions / "version-1"), str(editions.brief), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["old"]["version"] == 1
    assert main(["changes", str(versions / "version-2"), str(versions / "version-1")]) == 0
    assert "OLD is dated 2026-03-02, after NEW" in capsys.readouterr().err


def test_a_folder_without_two_editions(place, capsys, tmp_path):
    assert place("--quiet") == 0
    for arguments, expected in (
        ([str(place.out)], "has only one edition"),
        ([str(tmp_path)], "is no packets folder"),
        ([str(place.out / "packets"), str(place.brief)], "a folder without a brief or editions"),
    ):
        assert main(["changes", *arguments]) != 0
        assert expected in capsys.readouterr().err


DIGESTS = ("1" * 64, "2" * 64, "3" * 64)
PEOPLE = "name,email,documents\nAda,ada@example.org,memo\nBo,bo@example.org,memo deck\nCy,cy@example.org,memo\n"


def run_edition(ledger, digest, people, *, sent=(), failed=(), started=()):
    """Plan and build an edition, and mail it to some; returns what everybody had before it."""
    with ledger.open_edition(digest, new_edition=True) as run:
        plan = run.plan(people)
        for number in plan.numbers.values():
            run.record_files(number, {f"packets/{number}": "0" * 64})
        for number in (*sent, *failed, *started):
            run.begin_attempt(number, "example.org")
        for number in sent:
            run.record_sent(number, "250 OK")
        for number in failed:
            run.record_failed(number, "550 no")
        return {number: (held.version, held.documents) for number, held in run.held_copies().items()}


def test_who_has_which_version(tmp_path):
    (tmp_path / "list.csv").write_text(PEOPLE, encoding="utf-8")
    people = read_list(tmp_path / "list.csv")
    with Ledger.open(tmp_path / LEDGER) as ledger:
        assert run_edition(ledger, DIGESTS[0], people) == {}
        # handed over without mail: everybody has version 1
        had = run_edition(ledger, DIGESTS[1], people, sent=[1], failed=[2], started=[3])
        assert had == {1: (1, ("memo",)), 2: (1, ("memo", "deck")), 3: (1, ("memo",))}
        # version 2 was mailed: it reached the first, never the second, and perhaps the third
        had = run_edition(ledger, DIGESTS[2], people)
        assert {number: version for number, (version, _) in had.items()} == {1: 2, 2: 1, 3: 2}


def test_a_copy_that_was_withdrawn_unsent_never_reached_anybody(tmp_path):
    (tmp_path / "list.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "fewer.csv").write_text(PEOPLE.replace("Cy,cy@example.org,memo\n", ""), encoding="utf-8")
    with Ledger.open(tmp_path / LEDGER) as ledger:
        run_edition(ledger, DIGESTS[0], read_list(tmp_path / "list.csv"))
        run_edition(ledger, DIGESTS[0], read_list(tmp_path / "fewer.csv"))
        assert set(run_edition(ledger, DIGESTS[1], read_list(tmp_path / "list.csv"))) == {1, 2}

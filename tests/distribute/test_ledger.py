"""The ledger tells the truth about each copy, whatever happens to the process, the disk or the list."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings, strategies as st

from reportgen.distribution.ledger.ledger import Ledger
from reportgen.distribution.recipients.recipient_list import parse
from reportgen.system.errors import EditionError, ExitCode, RecipientsError
from tests.distribute.ledger_run import DIGEST

OTHER = "c" * 64
FILES = {"memo.pdf": "b" * 64}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "out" / "ledger.sqlite"


def listed(*rows):
    return parse("name,organization,email,documents,copy number\n" + "\n".join(rows) + "\n", "r.csv")


JANE, BOB, KIM = "Jane,State,jane@example.org,,", "Bob,State,bob@example.org,memo,", "Kim,MOFA,,,"


def planned(path, *rows, digest=DIGEST, new=False):
    """Return the copy numbers that a list gets, by name."""
    with Ledger.open(path) as ledger, ledger.open_edition(digest, new) as edition:
        return {row.name: number for row, number in edition.plan(listed(*rows)).numbers.items()}


def states(ledger):
    return [record.state for record in ledger.records()]


def editions(path):
    """Return the SHA-256 of each edition in the ledger, by version."""
    with closing(sqlite3.connect(path)) as rows:
        return dict(rows.execute("SELECT version, hash FROM edition"))


def test_a_copy_from_plan_to_sent(path):
    with Ledger.open(path) as ledger:
        with ledger.open_edition(DIGEST) as edition:
            plan = edition.plan(listed(JANE, BOB, KIM))
            assert [(row.name, number) for row, number in plan.numbers.items()] == [("Jane", 1), ("Bob", 2), ("Kim", 3)]
            assert states(ledger) == ["planned"] * 3
            edition.record_files(1, FILES)
            assert edition.files(1) == FILES
            message_id = edition.begin_attempt(1, "example.org")
            assert states(ledger) == ["uncertain", "planned", "planned"]
            edition.record_failed(1, "451 try later")
            (jane, bob, _) = edition.pending()
            assert (jane.state, jane.words, jane.attempts) == ("failed", "451 try later", 1)
            assert (bob.state, bob.documents, bob.holder.email) == ("planned", ("memo",), "bob@example.org")
            assert edition.begin_attempt(1, "example.com") == message_id == edition.message_id(1, "example.net")
            edition.record_sent(1, "250 OK \udcff")
            assert states(ledger) == ["sent", "planned", "planned"]
            assert [record.number for record in edition.pending()] == [2, 3]
            assert [record.attempts for record in ledger.records()] == [2, 0, 0]
        assert editions(path) == {1: DIGEST}
        assert ledger.lookup().holders[3].name == "Kim"
        assert 4 not in ledger.lookup().holders
        assert states(ledger) == ["sent", "planned", "planned"]
    with Ledger.read(path) as ledger:
        assert [record.number for record in ledger.records(1)] == [1, 2, 3]


def test_impossible_transitions_are_refused(path):
    with Ledger.open(path) as ledger, ledger.open_edition(DIGEST) as edition:
        edition.plan(listed(JANE, BOB))
        with pytest.raises(ValueError, match="without a recorded attempt"):
            edition.record_sent(1, "250")
        edition.begin_attempt(1, "example.org")
        edition.record_sent(1, "250")
        with pytest.raises(ValueError, match="must not be sent"):
            edition.begin_attempt(1, "example.org")
        with pytest.raises(ValueError, match="must not be sent"):
            edition.begin_attempt(9, "example.org")
        with pytest.raises(ValueError, match="not a domain"):
            edition.begin_attempt(2, "x>\r\nBcc: y@example.org")
        edition.plan(listed(JANE))
        with pytest.raises(ValueError, match="must not be sent"):
            edition.begin_attempt(2, "example.org")
    with Ledger.open(path) as ledger, pytest.raises(ValueError, match="SHA-256"), ledger.open_edition("x"):
        pass


def test_a_copy_that_failed_before_it_was_sent_and_is_built_later(path):
    with Ledger.open(path) as ledger, ledger.open_edition(DIGEST) as edition:
        edition.plan(listed(JANE))
        edition.record_failed(1, "the disk was full")
        assert edition.pending()[0].state == "failed"
        edition.record_files(1, FILES)
        assert edition.pending()[0].state == "built"


def test_a_message_id_is_another_for_each_copy_edition_and_ledger(path, tmp_path):
    seen = []
    for folder, digest in ((path, DIGEST), (path, OTHER), (tmp_path / "b.sqlite", DIGEST)):
        with Ledger.open(folder) as ledger, ledger.open_edition(digest, new_edition=True) as edition:
            seen += [edition.message_id(number, "example.org") for number in (1, 2)]
    assert len(set(seen)) == 6


def test_numbers_stay_when_the_list_changes(path):
    assert planned(path, JANE, BOB) == {"Jane": 1, "Bob": 2}
    assert planned(path, KIM, BOB, JANE) == {"Kim": 3, "Bob": 2, "Jane": 1}
    assert planned(path, KIM) == {"Kim": 3}
    assert planned(path, "New,,new@example.org,,", JANE, digest=OTHER, new=True) == {"New": 4, "Jane": 1}


def test_numbers_that_are_asked_for(path):
    asked = "Ann,,ann@example.org,,2"
    assert planned(path, JANE, BOB, asked) == {"Jane": 1, "Bob": 3, "Ann": 2}
    assert planned(path, "Late,,late@example.org,,7", "Later,,later@example.org,,") == {"Late": 7, "Later": 4}
    for row, expected in (
        ("Eve,,eve@example.org,,1", "r.csv:2: error: copy 1 belongs to somebody else"),
        ("Jane,State,jane@example.org,,9", 'r.csv:2: error: "Jane" has copy 1 for good, and the list asks for 9'),
    ):
        with pytest.raises(RecipientsError) as caught:
            planned(path, row)
        assert expected in str(caught.value)
        assert caught.value.code == ExitCode.BRIEF


def test_an_offices_mailbox_takes_copies_for_several(path):
    assert planned(path, "Jane,,office@example.org,,") == {"Jane": 1}
    both = ("Bob,,office@example.org,,", "Jane,,office@example.org,,")
    assert planned(path, *both) == {"Bob": 2, "Jane": 1}
    assert planned(path, "Bob,,office@example.org,,") == {"Bob": 2}


def test_another_name_at_an_address_keeps_the_number_with_a_warning(path):
    planned(path, JANE)
    with Ledger.open(path) as ledger, ledger.open_edition(DIGEST) as edition:
        plan = edition.plan(listed("Dr. Jane Doe,State,jane@example.org,,"))
        assert list(plan.numbers.values()) == [1]
        assert 'copy 1 belonged to "Jane" at the same address' in str(plan.warnings[0])
        assert list(edition.plan(listed("Successor,State,jane@example.org,,5")).numbers.values()) == [5]


def test_people_no_longer_on_the_list_get_nothing(path):
    with Ledger.open(path) as ledger, ledger.open_edition(DIGEST) as edition:
        edition.plan(listed(JANE, BOB, KIM))
        edition.begin_attempt(1, "example.org")
        edition.record_sent(1, "250")
        plan = edition.plan(listed(BOB))
        assert [holder.name for holder in plan.withdrawn] == ["Kim"]
        assert [record.holder.name for record in edition.pending()] == ["Bob"]
        assert states(ledger) == ["sent", "planned", "planned"]
        assert [record.withdrawn for record in ledger.records()] == [True, False, True]
        edition.plan(listed(JANE, BOB, KIM))
        assert [record.holder.name for record in edition.pending()] == ["Bob", "Kim"]


def test_other_documents_are_built_again_and_never_sent_again(path):
    with Ledger.open(path) as ledger, ledger.open_edition(DIGEST) as edition:
        edition.plan(listed(JANE, BOB))
        for number in (1, 2):
            edition.record_files(number, FILES)
        edition.begin_attempt(1, "example.org")
        edition.record_sent(1, "250")
        plan = edition.plan(listed(JANE.replace(",,", ",all,", 1), BOB.replace("memo", "deck")))
        assert '"Jane" was already sent memo and deck' in str(plan.warnings[0])
        (bob,) = edition.pending()
        assert (bob.state, bob.documents, edition.files(2)) == ("planned", ("deck",), {})


def test_a_changed_brief_needs_a_new_edition(path):
    planned(path, JANE)
    with pytest.raises(EditionError, match="--new-edition starts edition 2") as caught:
        planned(path, JANE, digest=OTHER)
    assert caught.value.code == ExitCode.USAGE
    assert planned(path, JANE, digest=OTHER, new=True) == {"Jane": 1}
    assert planned(path, JANE, digest=OTHER, new=True) == {"Jane": 1}  # the same command after a crash
    assert editions(path) == {1: DIGEST, 2: OTHER}


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(0, 8), unique=True, min_size=1, max_size=6), min_size=1, max_size=6))
def test_a_number_means_one_person_for_ever(tmp_path_factory, lists):
    path = tmp_path_factory.mktemp("ledger") / "l.sqlite"
    seen = {}
    for persons in lists:
        numbers = planned(path, *(f"P{n},,{f'p{n}@example.org' if n % 3 else ''},," for n in persons))
        for name, number in numbers.items():
            assert seen.setdefault(name, number) == number
    assert len(set(seen.values())) == len(seen)

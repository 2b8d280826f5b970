"""A list of recipients is read as spreadsheets write it, and each of its faults is reported in its place."""

import csv
import io
import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, strategies as st

from reportgen.distribution.recipients.cells import DOCUMENTS
from reportgen.distribution.recipients.recipient import Recipient
from reportgen.distribution.recipients.recipient_list import parse, read_list
from reportgen.system.errors import ExitCode, FileError, RecipientsError
from tests.conftest import BUNDLED

HEADER = "name,organization,email,documents,salutation,language,copy number,expires"


def parse_errors(text):
    with pytest.raises(RecipientsError) as caught:
        parse(text, "r.csv")
    assert caught.value.code == ExitCode.BRIEF == 3
    return str(caught.value)


def test_all_columns():
    (row,) = parse(
        HEADER + ",Before Embargo,Room No.\n"
        "Jane Doe,State,jane@Example.ORG,memo+handout,Dear Jane,en-US,012,2021-01-20,Yes,4\n",
        "r.csv",
    )
    assert row == Recipient(
        "Jane Doe",
        "State",
        "jane@example.org",
        ("memo", "handout"),
        "Dear Jane",
        "en-US",
        12,
        date(2021, 1, 20),
        True,
        {"room_no": "4"},
        2,
    )


def test_the_bundled_list():
    found = read_list(BUNDLED.parent / "recipients.csv")
    assert [row.documents for row in found] == [DOCUMENTS, ("memo",), ("memo", "deck")]
    assert not found.warnings


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_as_spreadsheets_write_it(tmp_path, delimiter, ending, mark):
    lines = ["COPY_Number|Name|Email|Notes", '7|"Kim, 김; ""Z""|x"|kim@example.org|"a||b"', "", "|||"]
    lines[1] = lines[1].replace("|x", "").replace("||", ending)
    path = tmp_path / "r.csv"
    path.write_bytes(mark + ending.join(lines).replace("|", delimiter).encode())
    (row,) = read_list(path)
    assert (row.name, row.number, row.extra, row.line) == ('Kim, 김; "Z"', 7, {"notes": "a\nb"}, 2)
    assert row.documents == ("memo", "deck")


def test_a_declared_delimiter_is_used():
    assert [row.name for row in parse("sep=;\nname;email\nDoe, Jane;\n", "r.csv")] == ["Doe, Jane"]


@pytest.mark.parametrize(
    ("written", "documents"),
    [
        ("", ("memo", "deck")),
        ("ALL", DOCUMENTS),
        ("deck", ("deck",)),
        ('"deck;memo"', ("memo", "deck")),
        ('"memo, deck"', ("memo", "deck")),
        ("memo handout", ("memo", "handout")),
    ],
)
def test_documents(written, documents):
    assert parse(f"name,documents\nJane,{written}\n", "r.csv").rows[0].documents == documents


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 'r.csv:1:1: error: the list is empty'),
        ("\n,,\n", "r.csv:1:1: error: the list is empty"),
        ("name,email\n", "r.csv:2: error: the list has a header and no rows"),
        ("Jane,jane@example.org\n", "r.csv:1:1: error: there is no header"),
        ("nane,email\nJane,j@example.org\n", 'hint: is it "nane"? rename it'),
        ("name,Name\nJane,J\n", 'r.csv:1:6: error: there are two columns "name"'),
        ("name,documents\nJane,memmo\n", 'r.csv:2:6: error: documents: there is no document "memmo"\n  hint: did you mean "memo"?'),
        ("name,email\nJane\n", "r.csv:2:1: error: this row has 1 cells, and there are 2 columns"),
        ("name,email\nDoe, Jane,j@example.org\n", "r.csv:2:11: error: this row has 3 cells, and there are 2 columns"),
        ("name,email,\nJane,j@example.org,x\n", "r.csv:2:20: error: this column has no name"),
        ("name,email\n,j@example.org\n", "r.csv:2:1: error: this row has no name"),
        ("name\n?\n", 'r.csv:2:1: error: the name "?" has no letter'),
        ('name\n"Jane\nDoe"\n', "r.csv:2:1: error: name: the cell contains a line break"),
        ('name,email\nJane,"j@example.org\r\nBcc: x@example.org"\n', "r.csv:2:6: error: email: the cell contains a line break"),
        ("name\nJane\x0b\x00Doe\n", "r.csv:2:1: error: name: the character U+000B cannot be printed"),
        ("name\nJane\u2028Doe\n", "r.csv:2:1: error: name: the character U+2028 cannot be printed"),
        ("name\nJane \u202eeoD\n", "r.csv:2:1: error: name: the invisible character U+202E turns the direction"),
        ('name,x\nJane,"a\u2067b"\n', "r.csv:2:6: error: x: the invisible character U+2067 turns the direction"),
        ('name,email\n"Jane,j@example.org\n', "r.csv:2:1: error: this quote is never closed"),
        ('name,email\n"Jane" Doe,j@example.org\n', "r.csv:2:8: error: there is text after the closing quote"),
        ("name,copy number\nJane,0\n", 'r.csv:2:6: error: copy number: "0" is not a whole number from 1'),
        ("name,copy number\nJane,1.0\n", 'error: copy number: "1.0" is not'),
        ("name,copy number\nJane,٣\n", 'error: copy number: "٣" is not'),
        ("name,copy number\nJane,3\nBob,03\n", "r.csv:3: error: two rows ask for copy number 3\n  hint: line 2 has it"),
        ("name,language\nJane,EN_us\n", 'r.csv:2:6: error: language: "EN_us" is not a language tag\n  hint: did you mean "en-us"?'),
        ("name,language\nJane,Korean\n", 'error: language: "Korean" is not a language tag'),
        ("name,before embargo\nJane,maybe\n", 'r.csv:2:6: error: before embargo: "maybe" is neither yes nor no'),
        ("name,expires\nJane,2021-02-30\n", "r.csv:2:6: error: expires: 2021-02-30 is not in the calendar"),
        ("name,expires\nJane,1/20/2021\n", "hint: did you mean 2021-01-20?"),
        ("name,expires\nJane,5.6.2021\n", "hint: did you mean 2021-05-06 or 2021-06-05?"),
        ("name,expires\nJane,44216\n", 'error: expires: "44216" is not a date'),
        ("name,email,documents\nJane,j@example.org,memo\nJane,J@example.org,deck\n", "r.csv:3: error: the address"),
    ],
)  # fmt: skip
def test_each_fault_in_its_place(text, expected):
    assert expected in parse_errors(text)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("jane", "the @ is missing"),
        ("Jane <jane@example.org>", "hint: write jane@example.org"),
        ("mailto:jane@example.org", "hint: write jane@example.org"),
        ('"a@example.org; b@example.org"', "this is more than one address"),
        ("jane@localhost", "has no dot"),
        ("jane@example.org.", "is not a valid domain"),
        ("jane@[127.0.0.1]", "is not a valid domain"),
        ("jane@127.0.0.1", "is not a valid domain"),
        ("jane@-x.org", "is not a valid domain"),
        ("ja..ne@example.org", "is not valid before the @"),
        ("@example.org", "is not valid before the @"),
        ("jäne@example.org", "reject letters outside ASCII before the @"),
        ("jane@straße.de", "mail programs disagree about the domain"),
        ("jane@exаmple.org", "mixes Cyrillic and Latin letters"),
        ("j" * 65 + "@example.org", "is not valid before the @"),
        (f"jane@{'a' * 64}.org", "is not a valid domain"),
    ],
)
def test_invalid_addresses(address, expected):
    assert expected in parse_errors(f"name,email\nJane,{address}\n")


@pytest.mark.parametrize(
    ("written", "sent_to"),
    [
        ("Jane.O'Hara+memo@Mail.Example.ORG", "Jane.O'Hara+memo@mail.example.org"),
        ("jane@한국.kr", "jane@xn--3e0b707e.kr"),
        ("jane@münchen.example", "jane@xn--mnchen-3ya.example"),
        ("jane@xn--3e0b707e.kr", "jane@xn--3e0b707e.kr"),
    ],
)
def test_valid_addresses(written, sent_to):
    assert parse(f"name,email\nJane,{written}\n", "r.csv").rows[0].email == sent_to


def test_every_fault_at_once_in_the_order_of_the_file():
    lines = [
        line for line in parse_errors("name,email,expires\nA,x,y\nB,x,2021-01-01\nC\n").splitlines() if "error" in line
    ]
    assert [line.split(": ")[0] for line in lines] == ["r.csv:2:3", "r.csv:2:5", "r.csv:3:3", "r.csv:4:1"]


def test_a_fault_in_every_row_is_reported_200_times():
    assert parse_errors("name,email\n" + "Jane,x\n" * 1000).count("error") == 201


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("name\nJané\n".encode("cp1252"), 'r.csv:2:4: error: byte 0xe9 is not UTF-8: in Windows-1252 it is "é"'),
        ("name\nJane\n".encode("utf-16"), "this is UTF-16 text"),
        ("name,email\nJane,\n".encode("utf-16-le"), "this is UTF-16 text"),
        (b"PK\x03\x04...", "this is an Excel workbook"),
    ],
)
def test_files_that_are_something_else(tmp_path, raw, expected):
    (tmp_path / "r.csv").write_bytes(raw)
    with pytest.raises(RecipientsError, match="CSV UTF-8") as caught:
        read_list(tmp_path / "r.csv")
    assert expected in str(caught.value)


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_files_that_cannot_be_read(tmp_path, name):
    with pytest.raises(FileError):
        read_list(tmp_path / name)


def test_mail_needs_addresses():
    found = parse("name,email\nJane,\nBob,b@example.org\nKim,\n", "r.csv")
    with pytest.raises(RecipientsError) as caught:
        found.require_addresses()
    assert [str(problem.where) for problem in caught.value.diagnostics] == ["r.csv:2", "r.csv:4"]


@pytest.mark.parametrize(
    ("rows", "kept", "warning"),
    [
        ("Jane,State,j@example.org\njane,STATE,J@EXAMPLE.org", 1, "r.csv:3: warning: the address"),
        ("Jane,State,\nJane,State,", 1, "left out"),
        ("Jane,State,j@example.org\nBob,State,j@example.org", 2, 'is also that of "Jane" in line 2'),
        ("Jane,State,j@example.org\nJane,State,k@example.org", 2, "in line 2 with another address"),
        ("=1+1,State,j@example.org", 1, 'r.csv:2:1: warning: name: a spreadsheet would read "=1+1" as a formula'),
        ("Jane,@State,j@example.org", 1, "organization: a spreadsheet"),
        ("JosÃ©,State,j@example.org", 1, "looks like UTF-8 that was once read as Windows-1252"),
    ],
)
def test_suspicious_rows_give_a_warning(rows, kept, warning):
    found = parse(f"name,organization,email\n{rows}\n", "r.csv")
    assert len(found.rows) == kept
    (only,) = found.warnings
    assert warning in str(only)


def test_a_column_that_may_be_misspelled():
    found = parse("name,emial\nJane,j@example.org\n", "r.csv")
    assert 'did you mean "email"?' in str(found.warnings[0])
    assert found.rows[0].extra == {"emial": "j@example.org"}


def test_ten_thousand_rows():
    rows = "".join(f'"Jane {n}","State, Dept",j{n}@example.org,all,,en,{n + 1},2021-01-20\n' for n in range(10_000))
    start = time.process_time()
    assert len(parse(f"{HEADER}\n{rows}", "r.csv").rows) == 10_000
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    "row",
    [
        "<" * 200_000 + "a@b" * 100_000,
        "a." * 400_000,
        " " * 900_000 + 'x"',
        '"a" b,' * 50_000,
        '"' * 900_001,
        '"' + "\n" * 900_000,
    ],
    ids=["angles", "dots", "blanks", "after", "quotes", "breaks"],
)
def test_no_cell_takes_long(row):
    start = time.process_time()
    for text in (f"name,email\nJane,{row}\n", f"name,email\n{row}\n"):
        parse_errors(text)
    assert time.process_time() - start < 10


CELLS = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="\ufffd") | st.sampled_from(' ",;'), max_size=20
).map(str.strip)


@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1),
    st.sampled_from(",;\t"),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_the_csv_module_writes_is_read(cells, delimiter, quoted, ending):
    target = io.StringIO()
    writer = csv.writer(
        target, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    )
    writer.writerow(["name", "copy number", "x", "y"])
    writer.writerows((f"a{row}", row + 1, x, y) for row, (x, y) in enumerate(cells))
    found = parse(target.getvalue(), "r.csv")
    expected = [(unicodedata.normalize("NFC", x), unicodedata.normalize("NFC", y)) for x, y in cells]
    assert [(row.extra["x"], row.extra["y"]) for row in found] == expected
    assert [row.line for row in found] == list(range(2, len(cells) + 2))


@given(st.text())
def test_any_text_is_read_or_refused(text):
    for whole in (text, f"name,email,expires\n{text}"):
        try:
            found = parse(whole, "r.csv")
        except RecipientsError as error:
            places = [problem.where for problem in error.diagnostics]
        else:
            places = [found.location_of(row) for row in found]
            assert not any(ord(letter) < 32 for row in found for letter in row.name + row.email + row.organization)
        assert places
        assert all(place and place.line for place in places)

"""CSV and TSV files as they come: encodings, separators, decimal signs, quoted newlines."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from reportgen.input.tables.cell_numbers import Style, infer_decimal_sign, read_number
from reportgen.input.tables.csv_file import SEPARATORS, read_csv
from reportgen.input.tables.sheet_numbers import NumberReader
from reportgen.input.tables.sheets import Cell, CellError, format_place, parse_place
from reportgen.system.errors import FileError

TEXT = "Länder;Wert\nBaden;10,5\nHessen;11,25\n"


def read(content, cell, style=None, **options):
    book = read_csv(content.encode() if isinstance(content, str) else content, "table.csv", **options)
    return NumberReader("table.csv", book.sheets[""], style or Style()).read(parse_place(cell)).value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_needs_no_key(encoding):
    book = read_csv(TEXT.encode(encoding), "table.csv")
    assert book.sheets[""].cells[1, 1].value == "Länder"
    assert not book.encoding_note
    assert read(TEXT.encode(encoding), "B3") == 11.25


def test_another_encoding_is_named_once_a_cell_needs_it(drawn, problem_of):
    content = TEXT.encode("cp1252")
    assert read(content, "B3") == 11.25
    message, hint = problem_of(content, exhibit={"kind": "bar", "x": "Länder", "y": "Wert"})
    assert message == 'exhibits.chart.x: trade.csv has no column "Länder" in row 1'
    assert (
        hint
        == "line 1 has the byte 0xe4, which is not UTF-8: if “Länder;Wert” is right, give its source encoding: windows-1252"
    )
    rows = drawn(content, {"kind": "bar", "x": "Länder", "y": "Wert"}, encoding="windows-1252")
    assert [printed for *_, printed in rows] == ["10.50", "11.25"]


@pytest.mark.parametrize(("name", "sign"), SEPARATORS.items())
def test_the_separator_is_the_one_that_splits_evenly(name, sign):
    rows = [["Title of the table"], [], ["Place, of any kind", "Value"], ["A; b", "1.5"], ["C", "2.5"]]
    stream = io.StringIO()
    csv.writer(stream, delimiter=sign).writerows(rows)
    assert read(stream.getvalue(), "B5") == 2.5
    assert read(stream.getvalue(), "B5", separator=name) == 2.5


def test_what_excel_writes_first_is_no_row():
    assert read("sep=;\nA;B\n1;2\n", "B2") == 2


def test_a_newline_in_quotes_is_in_one_cell():
    assert read('"Exports\n(US$ bn)",Year\n"1,5",2019\n', "B2") == 2019


def test_a_tsv_has_tabs(value_of):
    assert value_of("a\tb, c\n1\t2\n", "B2", "trade.tsv", {"unit": "tons"}) == "2 tons"


@pytest.mark.parametrize(
    ("content", "cell", "value"),
    [
        ("a;b\nx;1.234,5\ny;1.234\n", "B3", 1234),
        ("a;b\nx;12,5\ny;1,234\n", "B3", 1.234),
        ("a;b\nx;1.234.567\ny;1.234\n", "B3", 1234),
        ('a,b\nx,"1,234,567"\ny,"1,234"\n', "B3", 1234),
        ('a,b\nx,"1,234"\n', "B2", 1234),  # a comma between the fields is no decimal sign
        ("a,b\nx,1.234\n", "B2", 1.234),
        ('a,b\nx,"-0,82 %"\ny,25.152.920\n', "B3", 25152920),
        ("a;b\nx;1 234,5\n", "B2", 1234.5),
        ("a;b\nx;1\u00a0234\n", "B2", 1234),
        ("a;b\nx;1'234.50\n", "B2", 1234.5),
        ("a;b\nx;12,34,567\n", "B2", 1234567),
        ("a;b\nx;−12.5\n", "B2", -12.5),
        ("a;b\nx;$ -5\n", "B2", -5),
        ("a;b\nx;1.5e3\n", "B2", 1500),
        ("a;b\nx;EUR 5\n", "B2", 5),
        ("a;b\nx;0,125\n", "B2", 0.125),
    ],
)
def test_the_decimal_sign_is_the_one_that_the_numbers_prove(content, cell, value):
    assert read(content, cell) == value


@pytest.mark.parametrize(
    ("content", "cell", "message"),
    [
        ("a;b\nx;1,234\n", "B2", 'is "1,234": 1234, or 1.234?'),
        ("a;b\nx;1.234\n", "B2", 'is "1.234": 1234, or 1.234?'),
        ("a;b\nx;12.5\ny;12,5\nz;1,234\n", "B4", "1234, or 1.234?"),
        ("a;b\nx;(5)\n", "B2", "negative, or in brackets"),
        ("a;b\nx;1,2,3\n", "B2", "not grouped by thousands"),
        ("a;b\nx;5 r\n", "B2", "is the text"),
        ("a;b\nx;12.05.2020\n", "B2", "not grouped by thousands"),
        ("a;b\nx;5-\n", "B2", "is the text"),
    ],
)
def test_what_could_be_two_numbers_is_asked(content, cell, message):
    with pytest.raises(CellError, match=message.replace("?", r"\?").replace("(", r"\(")):
        read(content, cell)


def test_the_source_says_what_its_numbers_do_not(value_of):
    for decimal, printed in (("comma", "1.234 tons"), ("point", "1,234 tons")):
        assert value_of("a;b\nx;1,234\n", "B2", fact={"unit": "tons"}, decimal=decimal) == printed
    assert value_of("a;b\nx;(12.5)\n", "B2", fact={"unit": "tons"}, negative="parentheses") == "−12.5 tons"


FAULTS = [
    (b"", "the file is empty", None),
    (b"\n\n ,,\n", "the table is empty", None),
    (b'a,b\n1,"2\n3,4\n', "trade.csv, line 2: a quotation mark is not closed", "close each"),
    (b"a,b\n1,\x00\n", "trade.csv, line 2: a binary file", ".xlsx"),
    (b"PK\x03\x04rest", "a spreadsheet under the name of a text file", ".xlsx"),
    ("a;b,c\nd;e,f\n", "its separator is not plain", "separator: comma or semicolon"),
]


@pytest.mark.parametrize(("content", "message", "hint"), FAULTS)
def test_a_file_that_cannot_be_read_is_one_error_at_its_source(problem_of, content, message, hint):
    facts = {"one": {"cell": "B2", "unit": "tons"}, "two": {"cell": "A2", "unit": "tons"}}
    found, advice = problem_of(content, facts=facts)
    assert found.startswith("sources.trade.file: trade.csv")
    assert message in found
    assert (hint or "") in (advice or "")


def test_another_encoding_than_the_one_that_is_stated(problem_of):
    message, _ = problem_of("a,b\n1,ä\n".encode("cp1252"), facts={"one": {"cell": "A2"}}, encoding="utf-8")
    assert "line 2: byte 0xe4 is not utf-8" in message


def test_keys_of_a_data_file_are_checked(problem_of):
    assert 'there is no encoding "utf-9"' in problem_of(facts={}, encoding="utf-9")[0]
    assert "`decimal` is for data files" in problem_of("Words.", "article.txt", facts={}, decimal="comma")[0]


NUMBERS = st.tuples(st.integers(-(10**11), 10**11), st.integers(0, 4)).map(
    lambda pair: round(pair[0] / 10 ** pair[1], pair[1])
)


@given(NUMBERS, st.integers(0, 4), st.sampled_from(["", ",", ".", " ", "'", "\u202f"]), st.sampled_from([".", ","]))
def test_any_number_is_read_back_or_asked_for(number, decimals, group, sign):
    """What is written with its signs is read as the same number, or refused: never as another one."""
    if group == sign:
        group = ""
    plain = f"{abs(number):,.{decimals}f}"
    written = plain.replace(",", "\0").replace(".", sign).replace("\0", group)
    written = ("-" if number < 0 else "") + written
    expected = float(f"{number:.{decimals}f}")
    try:
        value = read_number(Cell("text", written), Style()).value
    except CellError:
        value = expected  # it was asked for
    assert value == expected
    style = Style("point" if sign == "." else "comma")
    found = read_number(Cell("text", written), style)
    assert (found.value, found.decimals) == (expected, decimals)


@given(st.lists(NUMBERS, min_size=1, max_size=8), st.sampled_from([".", ","]))
def test_numbers_of_one_kind_never_prove_the_other_sign(numbers, sign):
    texts = [
        f"{number:,.2f}".replace(",", "\0").replace(".", sign).replace("\0", "," if sign == "." else ".")
        for number in numbers
    ]
    assert infer_decimal_sign(texts) == ("point" if sign == "." else "comma")


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_addresses_are_read_as_they_are_written(row, column):
    assert parse_place(format_place((row, column))) == (row, column)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data):
    with suppress(FileError):
        assert read_csv(data, "table.csv").sheets[""].cells

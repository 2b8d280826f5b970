"""Exhibits in the memo: each family of them, and where they stand."""

import io

import pikepdf
import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LAParams, LTTextLine

from reportgen.audit import audit
from reportgen.brief import load_brief
from tests.memo.conftest import chars, memo_of, outside, words_of

CHART = "    kind: share\n    title: Long ships are ${long-ships} of all calls\n"

MATRIX = """    kind: matrix
    title: What speaks for either basin
    columns: [For, Against]
    rows:
      - title: Small
        cells: [{text: "Costs ${dredging}", mark: opening}, {text: Some ships stay out, mark: obstacle}]
      - title: Large
        cells: [{text: All ships come in, mark: "yes"}, {text: Costs more, mark: "no"}]
"""

NUMBER = """    kind: number
    title: Fees would come to ${fees} a year
    figures:
      - {value: fees, label: in fees a year, meaning: The harbor master expects it.}
"""


def lines_of(item):
    if isinstance(item, LTTextLine):
        yield item
    elif hasattr(item, "__iter__"):
        for part in item:
            yield from lines_of(part)


def exhibit(text, width="full"):
    """The small brief with another exhibit in place of its chart."""
    lines = "    subtitle: Calls last year, percent\n    parts:\n"
    parts = "      - {label: More than 220 meters, value: long-ships, highlight: true}\n      - {label: Shorter, value: rest}\n"
    return (CHART + lines + parts, f"{text}    width: {width}\n")


@pytest.mark.parametrize("width", ["full", "side"])
def test_a_matrix_is_a_table_with_headers(write_brief, width):
    pdf = memo_of(write_brief(exhibit(MATRIX, width)))
    words = words_of(pdf)
    assert "What speaks for either basin" in words
    assert "a little less than" in words
    assert "Source: Author, ¶2" in words
    with pikepdf.open(io.BytesIO(pdf)) as document:
        cells = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"]
        assert [str(cell.A.Scope) for cell in cells].count("/Column") >= 2
        assert not any(item.get("/S") == "/Figure" for item in document.objects if isinstance(item, pikepdf.Dictionary))


@pytest.mark.parametrize("width", ["full", "side"])
def test_a_big_number_is_text(write_brief, width):
    words = words_of(memo_of(write_brief(exhibit(NUMBER, width)))).replace("\xa0", " ")
    for part in ("Fees would come to", "about $9 million", "in fees a year", "The harbor master expects it."):
        assert part in words


def test_the_numbers_of_a_table_are_as_large_as_its_words(write_brief):
    table = (
        "    kind: table\n    title: What it costs\n    header: [Item, Cost]\n"
        '    rows: [[Zone, "${dredging:short}"]]\n    numeric: [Cost]\n'
    )
    pdf = memo_of(write_brief(exhibit(table)))
    sizes = {char.get_text(): char.size for page in extract_pages(io.BytesIO(pdf)) for char in chars(page)}
    assert sizes["<"] == pytest.approx(sizes["Z"], abs=0.1)  # each of them is there once


def test_the_head_of_a_column_of_numbers_ends_where_they_end(write_brief):
    table = (
        "    kind: table\n    title: What it costs\n    header: [Item, Xx, Kind]\n"
        '    rows: [[Zone, "99999", q], [Yard, "7", q]]\n    numeric: [Xx]\n'
    )
    pdf = memo_of(write_brief(exhibit(table)))
    pages = extract_pages(io.BytesIO(pdf), laparams=LAParams(char_margin=0.5))
    lines = {line.get_text().strip(): line.x1 for page in pages for line in lines_of(page)}
    assert lines["Xx"] == pytest.approx(lines["99999"], abs=0.3)
    assert lines["Xx"] == pytest.approx(lines["7"], abs=0.3)


@pytest.mark.parametrize("text", [MATRIX, NUMBER])
@pytest.mark.parametrize("standard", ["PDF/A-3a", "PDF/UA-1"])
def test_tables_and_numbers_pass_too(write_brief, verapdf, tmp_path, text, standard):
    path = tmp_path / "memo.pdf"
    path.write_bytes(memo_of(write_brief(exhibit(text, "side"))))
    assert verapdf.check(path, standard).failures == ()


def test_an_exhibit_for_the_deck_alone_is_not_in_the_memo(write_brief):
    words = words_of(memo_of(write_brief(("    kind: share\n", "    kind: share\n    only: deck\n"))))
    assert "Calls last year, percent" not in words


def test_an_exhibit_does_not_repeat_the_heading_above_it(write_brief):
    assert words_of(memo_of(write_brief())).count("Long ships are 42 percent of all calls") == 1


@pytest.mark.parametrize("lines", [20, 24, 27, 30, 33, 36])
def test_an_exhibit_beside_the_text_is_never_split(write_brief, lines):
    """Title, drawing, source and heading stay on one page, however full it is."""
    filler = "".join(f"    - Filler number {number}, which takes a line.\n" for number in range(lines))
    path = write_brief(
        (
            "    kind: share\n    title: Long ships are ${long-ships} of all calls",
            "    kind: share\n    width: side\n    title: Beside",
        ),
        ("    - The dredging season begins", filler + "    - The dredging season begins"),
    )
    pages = extract_text(io.BytesIO(memo_of(path))).split("\f")
    page = next(page for page in pages if "Beside" in page)
    assert "Calls last year, percent" in page
    assert "Source: Author" in page
    assert "Long ships are" in page


WIDE = """    kind: table
    title: What each basin needs
    header: [Basin, Environmental considerations, Interoperability, Telecommunications]
    rows: [[Small, Nothing, Nothing, Nothing]]
"""


def test_a_table_that_is_too_wide_for_the_side_has_the_whole_measure(write_brief):
    """No table leaves the page: one with words wider than its columns breaks them."""
    path = write_brief(exhibit(WIDE, "side"))
    pdf = memo_of(path)
    assert outside(pdf, "info") == ""
    words = words_of(pdf)
    assert "Telecommunications" in words
    path.write_text(path.read_text().replace("Interoperability", "Interoperability" * 8))
    pdf = memo_of(path)
    assert outside(pdf, "info") == ""
    assert audit(load_brief(path), pdf, "memo.pdf").findings == ()


def test_a_table_that_is_too_tall_for_the_side_runs_over_the_page(write_brief):
    """Beside the text it would run off the page's foot."""
    rows = ", ".join(
        f"[Row {number}, A few words that take some lines in a narrow column of a table]" for number in range(40)
    )
    table = f"    kind: table\n    title: Forty rows\n    header: [Row, Said]\n    rows: [{rows}]\n"
    pdf = memo_of(write_brief(exhibit(table, "side")))
    low = min(char.y0 for page in extract_pages(io.BytesIO(pdf)) for char in chars(page))
    assert low > 20
    assert "Row 39" in words_of(pdf)

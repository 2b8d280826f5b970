"""Facts that are cells of a workbook or a CSV file."""

from datetime import date

import pytest

from reportgen.api import check, load_brief
from reportgen.system.errors import BriefError
from tests.data_files import workbooks


@pytest.fixture
def read_xlsx(value_of):
    return lambda content, cell, **fact: value_of(content, cell, "trade.xlsx", fact)


@pytest.mark.parametrize(
    ("cell", "fact", "printed"),
    [
        ("Sheet1!B4", {"unit": "US$ billion"}, "$10.5 bn"),
        ("sheet1!$B$4", {"unit": "US$ billion", "bound": "about"}, "≈$10.5 bn"),
        ("B5", {"unit": "US$ billion", "precision": 1}, "$11.3 bn"),  # half away from zero, as everywhere
        ("B5", {"unit": "US$ billion", "value": 11.3}, "$11.3 bn"),
        ("B4", {"unit": "US$ trillion", "scale": 0.001, "precision": 3}, "$0.011 tn"),
        ("C4", {"unit": "%"}, "18.2%"),
        ("C5", {"unit": "% of GDP"}, "19.0% of GDP"),
        ("A4", {"unit": "date"}, "2019"),
        ("D4", {}, "March 2020"),
        ("D5", {}, "March 15, 2021"),
    ],
)
def test_a_cell_is_read_as_its_sheet_shows_it(read_xlsx, cell, fact, printed):
    assert read_xlsx(workbooks.TRADE, cell, **fact) == printed


@pytest.mark.parametrize(
    ("value", "code", "unit", "printed"),
    [
        (12.299999999999999, "General", "tons", "12.3 tons"),
        (13.456, "#,##0.0", "tons", "13.5 tons"),
        (1234567, "#,##0", "tons", "1,234,567 tons"),
        (12.5, '_("$"* #,##0.00_)', "US$", "$12.50"),
        (-0.125, "0.0%;[Red]-0.0%", "%", "−12.5%"),
        (0.5, '0" %"', "tons", "0.5 tons"),
        ("1234.5", "@", "tons", "1,234.5 tons"),
        ("$1,234.50", "General", "US$", "$1,234.50"),
        ("12,5 %", "General", "%", "12.5%"),
    ],
)
def test_number_formats_and_numbers_stored_as_text(read_xlsx, value, code, unit, printed):
    if printed == "0.5 tons":  # a percent sign that is only words makes no percentage
        code = '0.0" %"'
    assert read_xlsx(workbooks.build(Sheet1={"B7": (value, code)}), "B7", unit=unit) == printed


def test_a_cell_works_in_formulas_and_keeps_bound_status_and_date(write):
    facts = {
        "exports": {"cell": "B4", "unit": "US$ billion", "bound": "about", "as_of": "2021", "status": "forecast"},
        "imports": {"cell": "C4", "unit": "US$ billion"},
        "gap": {"formula": "imports - exports"},
    }
    text = "We expect exports of ${exports} in 2021, imports of ${imports}, and a gap of ${gap}."
    brief = load_brief(write(facts=facts, text=text))
    assert brief.quantities["gap"].short == "≈$1.5\u00a0bn"
    assert brief.facts["exports"].status == "forecast"
    assert [str(finding.diagnostic) for finding in check(brief).findings] == []


def test_the_headings_and_labels_of_a_table_are_its_evidence(write):
    fact = {"exports": {"cell": "B4", "unit": "US$ billion", "as_of": "2020"}}
    found = check(load_brief(write(facts=fact, text="Exports were ${exports}."))).findings
    assert [finding.message for finding in found] == ['nothing in the quote of the fact "exports" says 2020']
    found = check(
        load_brief(write(facts=fact | {"exports": {"cell": "B4"}}, text="Exports were ${exports} in 2018."))
    ).findings
    assert [finding.rule for finding in found] == ["paired-number", "raw-number"]


def test_a_cell_is_cited_with_its_address(write):
    facts = {"exports": {"cell": "Sheet1!B4", "unit": "US$ billion"}, "share": {"cell": "C4", "unit": "%"}}
    brief = load_brief(write(workbooks.TRADE, "trade.xlsx", facts))
    assert brief.locators(brief.citations(brief.bottom_line)) == "Customs (2022), trade.xlsx, Sheet1, B4, C4"


FAULTS = [
    ({"B7": None}, "B7", {}, "trade.xlsx, Sheet1!B7 is empty", None),
    ({"B7": "n/a"}, "B7", {}, 'is the text "n/a", not a number', "leave it out"),
    ({"B7": "#DIV/0!"}, "B7", {}, "has the error #DIV/0!", "mend the formula"),
    ({"B7": "#REF!"}, "Sheet1!B7", {}, "has the error #REF!", "mend the formula"),
    ({"B7": "=1+1"}, "B7", {}, "has a formula without a stored value", "save it"),
    ({"B7": True}, "B7", {}, "is TRUE, not a number", None),
    ({"B7": "1,234"}, "B7", {}, 'is "1,234": 1234, or 1.234?', "decimal: comma"),
    ({"B7": "(12)"}, "B7", {}, "negative, or in brackets for another reason?", "negative: parentheses"),
    ({"B7": (0.182, "0.0%")}, "B7", {"unit": "US$"}, "is a percentage, 18.2%", 'unit: "%"'),
    ({"B7": "€5"}, "B7", {"unit": "US$"}, "is in €", "give its unit: €"),
    ({"B7": 0.182, "B8": 0.4}, "B7", {"unit": "%"}, "0.182 percent, or 18.2 percent?", "scale: 100"),
    ({"B7": 1 / 3}, "B7", {}, "has 15 decimals", "precision: 1"),
    ({"B7": (0.4, "0")}, "B7", {}, "its number format shows 0", "precision: 2"),
    ({"B5": 5, "merged": ["B5:B7"]}, "B7", {}, "Sheet1!B7 is empty", "its value is in B5: the cells B5:B7 are merged"),
    ({"B7": 5}, "B7:B9", {}, '"B7:B9" is not the address of a cell: a fact is one cell', "Sheet1!B7"),
    ({"B7": 5}, "Sheet2!B7", {}, 'has no sheet "Sheet2"', 'did you mean "Sheet1"?'),
    ({"B7": date(2020, 3, 1)}, "B7", {}, "is the date 2020-03-01, not a number", None),
    ({"B7": "soon"}, "B7", {"unit": "date"}, 'is "soon", not a date', "2021-01-20"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "cell", "fact", "message", "hint"), FAULTS, ids=[f[3][:30] for f in FAULTS])
def test_a_cell_that_cannot_be_used_is_one_error_with_its_place(problem_of, cells, cell, fact, message, hint):
    content = workbooks.build(
        Sheet1={"A1": "Table", **{key: value for key, value in cells.items() if value is not None}}
    )
    found, advice = problem_of(content, "trade.xlsx", {"it": {"cell": cell, "unit": "tons", **fact}})
    assert found.startswith("facts.it.cell: ")
    assert message in found
    assert (hint or "") in (advice or "")


def test_several_sheets_need_a_name(problem_of, value_of):
    content = workbooks.build(Notes={"A1": "About"}, Data={"B7": 5})
    assert (
        problem_of(content, "trade.xlsx", {"it": {"cell": "B7", "unit": "tons"}})[1]
        == 'give the source sheet: one of "Notes", "Data"'
    )
    assert value_of(content, "B7", "trade.xlsx", {"unit": "tons"}, sheet="Data") == "5 tons"
    hidden = workbooks.build(Notes={"A1": "About", "state": "hidden"}, Data={"B7": 5})
    assert value_of(hidden, "B7", "trade.xlsx", {"unit": "tons"}) == "5 tons"
    assert (
        value_of(workbooks.build(**{"My data": {"B7": 5}, "x": {}}), "'My data'!B7", "trade.xlsx", {"unit": "tons"})
        == "5 tons"
    )


def test_a_stated_value_is_compared_with_its_cell(write):
    for value, agrees in ((11.25, True), (11.3, True), (11.1, False), (11, True), (12, False)):
        path = write(workbooks.TRADE, "trade.xlsx", {"exports": {"cell": "B5", "unit": "US$ billion", "value": value}})
        messages = [finding.diagnostic for finding in check(load_brief(path)).findings]
        assert (not messages) == agrees, value
        if not agrees:
            assert f'the fact "exports" has the value {value}, its cell 11.25 [data-cell]' == messages[0].message
            assert "trade.xlsx, Sheet1!B5 has 11.25" in messages[0].hint


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ({"cell": "B4"}, "a cell needs the data file that it is in"),
        ({"cell": "B4", "source": "trad"}, 'no source "trad"'),
        ({"value": 3, "source": "trade"}, "`source` belongs to a cell"),
        ({"cell": "B4", "source": "trade", "formula": "1 + 1"}, "either a cell or a formula"),
        ({"cell": "B4", "source": "trade", "low": 1, "high": 2}, "a cell is one number"),
    ],
)
def test_the_keys_of_a_cell_belong_together(write, fact, message):
    path = write()
    text = path.read_text(encoding="utf-8").replace(
        '"facts": {}', f'"facts": {{"it": {str(fact).replace(chr(39), chr(34))}}}'
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BriefError, match=message):
        load_brief(path)


def test_a_cell_of_a_text_is_refused(problem_of):
    message, hint = problem_of("Exports rose.", "article.txt", {"it": {"cell": "B7"}})
    assert message == 'facts.it.cell: the source "trade" is not a data file'
    assert ".xlsx, .csv or .tsv" in hint


def test_words_of_a_data_file_are_no_quote(write):
    path = write(facts={"it": {"cell": "B2", "unit": "tons"}})
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('"facts"', '"quotes": {"head": {"source": "trade", "text": "Exports"}}, "facts"'), "utf-8"
    )
    messages = [finding.message for finding in check(load_brief(path)).findings if finding.rule == "quote"]
    assert messages == ['the quote "head" is of a data file, which has no words']


def test_dates_keep_what_their_format_shows(value_of):
    for code, printed in (
        ("yyyy", "2020"),
        ("mmm-yy", "March 2020"),
        ("yyyy-mm-dd", "March 1, 2020"),
        ("[$-409]d mmmm yyyy", "March 1, 2020"),
    ):
        content = workbooks.build(Sheet1={"B7": (date(2020, 3, 1), code)})
        assert value_of(content, "B7", "trade.xlsx") == printed

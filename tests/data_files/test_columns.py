"""Charts whose numbers are columns of a data file."""

import pytest

from reportgen.api import audit_file, check, load_brief, render_deck, render_memo
from reportgen.system.errors import BriefError
from tests.data_files import workbooks

CASES = [
    ({"kind": "column", "x": "Year", "y": "Exports"}, [("2019", "10.5"), ("2020", "11.0"), ("2021", "12.5")]),
    ({"kind": "bar", "x": "year", "y": " exports ", "order": "descending"}, [("2021", "12.5"), ("2020", "11.0"), ("2019", "10.5")]),
    ({"kind": "line", "x": "A", "y": "C", "rows": "2-3"}, [("2019", "12.00"), ("2020", "13.25")]),
    ({"kind": "line", "x": "A2:A4", "y": "B2:B4"}, [("2019", "10.5"), ("2020", "11.0"), ("2021", "12.5")]),
    ({"kind": "column", "x": "B1:C1", "y": "B4:C4"}, [("Exports", "12.5"), ("Imports", "14.0")]),
    ({"kind": "column", "x": "Year", "y": "Exports", "scale": 1000, "precision": 0}, [("2019", "10,500"), ("2020", "11,000"), ("2021", "12,500")]),
    ({"kind": "share", "x": "Year", "y": "Exports"}, [("2019", "10.5"), ("2020", "11.0"), ("2021", "12.5")]),
    ({"kind": "column", "x": "Year", "y": "Exports", "rows": "3-4"}, [("2020", "11.0"), ("2021", "12.5")]),
]  # fmt: skip


@pytest.mark.parametrize(("exhibit", "rows"), CASES)
def test_a_column_is_drawn_in_the_order_of_the_file(drawn, exhibit, rows):
    assert [
        (item, printed)
        for item, _, printed in drawn("Year,Exports,Imports\n2019,10.5,12\n2020,11,13.25\n2021,12.5,14\n", exhibit)
    ] == rows


def test_several_columns_are_series(drawn, write):
    exhibit = {
        "kind": "column",
        "arrangement": "stacked",
        "x": "Year",
        "y": ["Exports", "Imports"],
        "unit": "US$ billion",
    }
    content = "Year,Exports,Imports\n2019,10.5,12\n2020,11,13.5\n"
    assert set(drawn(content, exhibit)) == {
        ("2019", "Exports", "$10.5 bn"), ("2019", "Imports", "$12.0 bn"),
        ("2020", "Exports", "$11.0 bn"), ("2020", "Imports", "$13.5 bn"),
    }  # fmt: skip
    named = exhibit | {"y": {"Sold": "Exports", "Bought": "C"}, "highlight": "Sold"}
    assert {series for _, series, _ in drawn(content, named)} == {"Sold", "Bought"}
    brief = load_brief(write(content, exhibit=exhibit))
    assert brief.source_line(brief.exhibits["chart"]) == "Customs (2022), trade.csv, A2:C3"


def test_a_table_takes_columns(write):
    exhibit = {"kind": "table", "x": "Year", "y": ["Exports", "Imports"], "rows": "2-3"}
    table = load_brief(write(exhibit=exhibit)).exhibits["chart"].table()
    assert table.header == ("Year", "Exports", "Imports")
    assert [[cell.text for cell in row] for row in table.rows] == [["2019", "10.5", "12.00"], ["2020", "11.0", "13.25"]]


def test_percentages_of_a_workbook(drawn):
    exhibit = {"kind": "line", "x": "Year", "y": "Share"}
    assert [printed for *_, printed in drawn(workbooks.TRADE, exhibit, "trade.xlsx")] == ["18.2%", "19.0%"]


def test_titles_blank_rows_and_notes_are_not_drawn(drawn):
    content = "Trade of Freedonia,,\n\nYear,Exports,Remark\n,,\n2019,10.5,\n\n2020,11,\n\nSource: customs office,,\n1) Revised.,,\n"
    exhibit = {"kind": "column", "x": "Year", "y": "Exports"}
    assert [item for item, *_ in drawn(content, exhibit)] == ["2019", "2020"]


def test_gaps_where_they_are_asked_for(drawn):
    content = "Year,Exports\n2018,9\n2019,10\n2020,..\n2021,\n2022,12\n2023,13\n"
    exhibit = {"kind": "line", "x": "Year", "y": "Exports", "empty": "gap"}
    assert [printed for *_, printed in drawn(content, exhibit)] == ["9", "10", "", "", "12", "13"]


def test_words_of_a_file_are_no_markup(write):
    content = 'Port,Calls\n"*Old* ${port} [@x]",10\n"A ""new"" one -- 5_6",12\n'
    for exhibit in ({"kind": "bar"}, {"kind": "table"}):
        path = write(content, exhibit={"x": "Port", "y": "Calls", **exhibit})
        brief = load_brief(path)
        chart = brief.exhibits["chart"]
        labels = (
            [datum.item for datum in chart.data()]
            if exhibit["kind"] == "bar"
            else [brief.plain(row[0].text) for row in chart.table().rows]
        )
        assert labels[0] == "*Old* ${port} [@x]"


def test_the_documents_show_the_numbers_and_their_place(write):
    """The audit of fresh files finds nothing, and knows where each number comes from, addresses of cells included."""
    exhibit = {"kind": "column", "x": "Year", "y": ["Imports"], "unit": "US$ billion", "takeaway": ["It grows."]}
    path = write(exhibit=exhibit, facts={"last": {"cell": "B4", "unit": "US$ billion"}})
    brief = load_brief(path)
    assert [str(finding.diagnostic) for finding in check(brief).findings] == []
    for name, data in (("trade.pdf", render_memo(brief)), ("trade.pptx", render_deck(brief))):
        report = audit_file(brief, path.parent / name, data=data)
        assert report.findings == ()
        assert [number.text for number in report.numbers if number.origin == "unknown"] == []
        assert "C4" in {number.text for number in report.numbers}


FAULTS = [
    ("Year,Exports\n2019,10\n", {"y": "Export"}, 'has no column "Export" in row 1', 'did you mean "Exports"?'),
    ("Year,Exports\n2019,10\n", {"y": "Tons"}, 'has no column "Tons" in row 1', 'the headings are "Year", "Exports"'),
    ("Year,Value,Value\n2019,10,11\n", {"y": "Value"}, 'has 2 columns called "Value" in row 1: B, C', "y: B"),
    ("Year,Exports\n2019,\n2020,11\n", {}, 'B2 is empty, beside "2019"', "empty: gap"),
    ("Year,Exports\n2019,10\n,11\n", {}, "A3 is empty: its row has no label", "name the rows"),
    ("Year,Exports\n2019,10\n2020,soon\n", {}, 'B3 is the text "soon", not a number', None),
    ("Year,Exports\nEurope,\n2019,10\n2020,11\n", {}, 'B2 is empty, beside "Europe"', "rows: 3-4"),
    ("Year,Exports\n2019,10\n2020,11\n2021,\n", {}, 'B4 is empty, beside "2021"', "rows: 2-3"),
    ("Year,Exports\n2019,1,234\n2020,11\n", {}, "row 2 has 3 fields, the headings in row 1 2", "double quotes"),
    ("Year;Exports\n2019;1,234\n2020;1,235\n", {}, 'B2 is "1,234": 1234, or 1.234?', "decimal: comma"),
    ("Year,Exports\n2019,10\n2020,5%\n", {}, "some of the numbers are percentages", None),
    ("Year,Exports\n2019,0.1\n2020,0.2\n", {"unit": "%"}, "0.1 percent, or 10 percent?", "scale: 100"),
    ("Year,Exports\n2019,0.12345\n2020,2\n", {}, "has 5 decimals", "precision: 1"),
    ("Year,Exports\n2019,10\n\nYear,Exports\n2020,11\n", {}, "has these headings in rows 1 and 4", "header: 1"),
    ("Year,Exports\n" + "".join(f"{i},1\n" for i in range(10_000)), {}, "has 10,000 rows for one exhibit; a column shows at most 60", "rows: 2-21"),
    ("Year,Exports\n2019,10\n", {"rows": "1 to"}, '"1 to" is no range of rows', "rows: 6-20"),
    ("Year,Exports\n2019,10\n", {"rows": "7-9"}, "has no numbers rows 7-9", "rows: 6-20"),
    ("Year,Exports\n2019,10\n", {"x": "A2:A2", "y": "Exports"}, "x and y are all ranges of cells, or all columns", None),
    ("Year,Exports\n2019,10\n", {"x": "A2:A3", "y": "B2:B4"}, "B2:B4 has 3 cells, the labels in A2:A3 2", "one length"),
    ("Year,Exports\n2019,10\n", {"y": None}, "`y` is missing", None),
    ("Year,Exports\n2019,10\n", {"bars": [{"label": "a", "value": 1}]}, "this one has `bars` too", None),
    ("Age,GDP\n2019,10\n", {"x": "AGE", "y": "GNP"}, 'has no column "GNP" in row 1', 'did you mean "GDP"?'),
    ("Year,Exports\n2019,10\n", {"sheet": "Data"}, 'has no sheets, so none is called "Data"', None),
]  # fmt: skip


@pytest.mark.parametrize(("content", "exhibit", "message", "hint"), FAULTS, ids=[fault[2][:40] for fault in FAULTS])
def test_a_column_that_cannot_be_drawn_is_one_error_with_its_place(problem_of, content, exhibit, message, hint):
    keys = {"kind": "column", "x": "Year", "y": "Exports", **exhibit}
    found, advice = problem_of(content, exhibit={key: value for key, value in keys.items() if value is not None})
    assert found.startswith("exhibits.chart")
    assert message in found
    assert (hint or "") in (advice or "")


def test_what_is_no_data_file_and_no_sheet(problem_of):
    exhibit = {"kind": "column", "x": "Year", "y": "Exports"}
    assert (
        problem_of("Words.", "article.txt", exhibit=exhibit)[0]
        == 'exhibits.chart.data: the source "trade" is not a data file'
    )
    message, hint = problem_of(workbooks.TRADE, "trade.xlsx", exhibit=exhibit | {"sheet": "Sheet"})
    assert (message, hint) == ('exhibits.chart.sheet: trade.xlsx has no sheet "Sheet"', 'did you mean "Sheet1"?')


def test_every_fault_of_a_brief_is_reported_at_once(write):
    facts = {"one": {"cell": "B9", "unit": "tons"}, "two": {"cell": "Z1", "unit": "tons"}}
    path = write(
        facts=facts, exhibit={"kind": "line", "x": "Year", "y": "Tons", "highlight": "Tons"}, text="Trade grows."
    )
    with pytest.raises(BriefError) as caught:
        load_brief(path)
    assert [found.message.partition(":")[0] for found in caught.value.diagnostics] == [
        "facts.one.cell", "facts.two.cell", "exhibits.chart.y",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["y", "rows", "scale", "empty"])
def test_keys_for_a_data_file_need_one(write, key):
    path = write(
        exhibit={
            "kind": "column",
            "bars": [{"label": "a", "value": 1}],
            key: {"scale": 2, "empty": "gap"}.get(key, "B"),
        }
    )
    path.write_text(path.read_text(encoding="utf-8").replace('"data": "trade",', ""), encoding="utf-8")
    with pytest.raises(BriefError, match=f"`{key}` is for numbers from a data file"):
        load_brief(path)


def test_merged_cells_in_a_column(problem_of):
    content = workbooks.build(Sheet1={"A1": "Port", "B1": "Calls", "A2": "Old", "B2": 3, "B3": 4, "merged": ["A2:A3"]})
    message, _ = problem_of(content, "trade.xlsx", exhibit={"kind": "bar", "x": "Port", "y": "Calls"})
    assert "Sheet1!A3 is empty (merged with A2): its row has no label" in message

"""`source` lists the cells of a data file."""

import json

from tests.data_files import workbooks


def test_the_cells_of_a_workbook_are_listed(tmp_path, run):
    file = tmp_path / "trade.xlsx"
    file.write_bytes(
        workbooks.build(
            Data={"A1": "Year", "B1": "Share", "A2": 2019, "B2": (0.182, "0.0%")}, Notes={"A3": "x", "state": "hidden"}
        )
    )
    listed = run("source", file)
    assert listed.stdout.splitlines() == [
        'sheet "Data"',
        "1  A Year | B Share",
        "2  A 2019 | B 18.2%",
        'sheet "Notes" (hidden)',
        "3  A x",
    ]
    found = json.loads(run("source", file, "--format", "json").stdout)
    assert [sheet["name"] for sheet in found["sheets"]] == ["Data", "Notes"]
    assert found["sheets"][0]["cells"]["B2"] == {"kind": "number", "value": 0.182, "decimals": 1, "percent": True}


def test_a_long_table_is_cut_and_another_encoding_named(tmp_path, run):
    file = tmp_path / "trade.csv"
    file.write_bytes("Länder;Wert\n".encode("cp1252") + b"x;1\n" * 300)
    listed = run("source", file)
    assert listed.stdout.splitlines()[-1] == "… 101 more rows"
    assert "windows-1252" in listed.stderr
    assert run("source", tmp_path / "gone.xlsx").returncode == 7

"""Tables of many fields: what a brief says of their cells, and what `check` says of that."""

import csv
import io
import os
from pathlib import Path

import pytest
import yaml

from reportgen.brief import load_brief
from reportgen.evidence import LOCK_NAME, check
from reportgen.input.tables.sheets import parse_place
from reportgen.system.errors import BriefError
from reportgen.text.numbers import NBSP

FILE = Path(os.environ.get("REPORTGEN_DATA_CASES", Path(__file__).with_name("data_cases.yaml")))
CASES = [case for cases in yaml.load(FILE.read_text("utf-8"), yaml.SafeLoader).values() for case in cases]
ACCEPTED = ("acronym", "unused")  # rules on the whole brief, of which a case shows one sentence


def format_csv(rows):
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


def change_rows(rows, cells):
    """Return the rows with some cells changed; the table grows for those outside it."""
    rows = [list(row) for row in rows]
    for address, value in cells.items():
        row, column = parse_place(address)
        rows += [[] for _ in range(row - len(rows))]
        rows[row - 1] += [""] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = value
    return rows


@pytest.mark.parametrize("case", CASES, ids=[f"{number}-{case['text'][:30]}" for number, case in enumerate(CASES)])
def test_what_is_said_of_a_table(case, write):
    path = write(format_csv(case["table"]), facts=case.get("facts"), exhibit=case.get("chart"), text=case["text"])
    if "refuses" in case:
        with pytest.raises(BriefError) as caught:
            load_brief(path)
        assert case["refuses"] in str(caught.value)
        return
    if "then" in case:
        report = check(load_brief(path))
        assert report.passed
        (path.parent / LOCK_NAME).write_bytes(report.lock)
        (path.parent / "trade.csv").write_text(format_csv(change_rows(case["table"], case["then"])), encoding="utf-8")
    brief = load_brief(path)
    found = [item for item in check(brief).findings if item.rule not in ACCEPTED or item.severity == "error"]
    said = [f"{item.message} [{item.rule}]" for item in found]
    if case["expect"] == "clean":
        assert said == []
    else:
        assert case["expect"] in [item.rule for item in found if item.severity == "error"], said
    assert case.get("prints", "") in brief.plain(case["text"]).replace(NBSP, " ")

"""Numbers, matrices and tables: exhibits made of words."""

from __future__ import annotations

import pytest

from tests.charts.samples import make, refused

MATRIX = {
    "kind": "matrix",
    "columns": ["Opening", "Obstacle"],
    "rows": [
        {"title": "Leaders", "cells": [{"text": "A *new* path", "mark": "opening"}, "A growing arsenal"]},
        {"title": "Officials", "cells": [None, {"text": "Talks stalled", "mark": "obstacle"}]},
    ],
}
TABLE = {
    "kind": "table",
    "header": ["Vendor", "Share"],
    "rows": [["Samsung", "<15%"], ["Others", ">85%"]],
    "numeric": ["Share"],
}


def test_a_big_number_prints_in_the_words_of_the_evidence() -> None:
    exhibit = make(
        {
            "kind": "number",
            "figures": [{"value": "exports", "label": "in goods exported to China", "meaning": "By *far*"}],
        }
    )
    (figure,) = exhibit.figures()
    assert (figure.number, figure.label, figure.meaning) == (
        "$136\u00a0billion",
        "in goods exported to China",
        "By *far*",
    )
    assert exhibit.describe() == "$136 billion in goods exported to China."
    assert [quantity.fact for quantity in exhibit.quantities] == ["exports"]


def test_more_than_three_big_numbers_are_too_many() -> None:
    assert "at most 3 items" in refused({"kind": "number", "figures": [{"value": n, "label": "x"} for n in range(4)]})


def test_a_matrix_is_a_table_with_row_heads_and_marks_that_have_words() -> None:
    table = make(MATRIX).table()
    assert table.header == ("", "Opening", "Obstacle")
    assert [[(cell.text, cell.mark, cell.header) for cell in row] for row in table.rows] == [
        [("Leaders", "", True), ("A *new* path", "opening", False), ("A growing arsenal", "", False)],
        [("Officials", "", True), ("", "", False), ("Talks stalled", "obstacle", False)],
    ]
    assert sum(table.widths) == pytest.approx(1, abs=0.001)


def test_numeric_columns_of_a_table_are_marked() -> None:
    table = make(TABLE).table()
    assert [[cell.number for cell in row] for row in table.rows] == [[False, True], [False, True]]
    assert make(TABLE, widths=[3, 1]).table().widths == (0.75, 0.25)


def test_columns_get_room_by_what_is_written_in_them_and_none_is_too_narrow() -> None:
    rows = [["A", "x" * 200, "1"], ["B", "y" * 150, "2"]]
    widths = make({"kind": "table", "header": ["a", "b", "c"], "rows": rows}).table().widths
    assert sum(widths) == pytest.approx(1, abs=0.001)
    assert widths[1] == max(widths)
    assert min(widths) >= 0.119


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            {**MATRIX, "columns": ["Opening"]},
            'the row "Leaders" has 2 cells for 1 columns (write null for an empty cell)',
        ),
        ({**MATRIX, "rows": [{"title": "A", "cells": [None, None]}]}, "there is nothing in the matrix"),
        ({**MATRIX, "rows": []}, "at least 1 item"),
        ({**TABLE, "rows": [["only one"]]}, "row 1 has 1 cells for 2 columns"),
        ({**TABLE, "widths": [1]}, "1 widths for 2 columns"),
        ({**TABLE, "widths": [1, -1]}, "more than zero"),
        ({**TABLE, "numeric": ["Shares"]}, 'did you mean "Share"?'),
        ({"kind": "number", "figures": []}, "at least 1 item"),
    ],
)
def test_what_cannot_be_shown_is_refused(keys: dict, message: str) -> None:
    assert message in refused(keys)

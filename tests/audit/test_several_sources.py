"""Our own fresh files of a brief on several sources have no finding: two sources of one author, and values that differ."""

import pytest

from tests.audit.conftest import finished_of

BRIEF = """\
title: The pier carries less than we thought
slug: pier
date: 2024-03-01
to: Harbor council
from: Staff
sources:
  early: {author: Ada Example, title: The Pier, published: 2023-03-04}
  late: {author: "Example, Ada", title: The Pier Again, published: May 2023}
quotes:
  e: {source: early, paragraph: 1, text: The pier can carry 580 tons a day.}
  l: {source: late, paragraph: 2, text: The pier can carry 500 tons a day.}
facts:
  load:
    unit: tons
    values: [{value: 580, quote: e}, {value: 500, quote: l, name: new survey}]
    why: the new survey counts *lighter* cranes than that of March 2023
bottom_line: The pier can carry ${load} a day.
topics:
  - kind: immediate
    title: Plan for ${load.late}
    points: ["${load.late} is safe; ${load.early} was the first count."]
    exhibits: [loads, table]
exhibits:
  loads: {kind: range, title: The surveys differ, ranges: [{label: Load, value: load}]}
  table: {kind: table, title: The loads, header: [What, How much], rows: [[Load, "${load}"]]}
"""


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    path = tmp_path_factory.mktemp("several") / "brief.yaml"
    path.write_text(BRIEF, encoding="utf-8")
    return finished_of(path)


@pytest.mark.parametrize("kind", ["memo", "deck"])
def test_files_on_several_sources_are_known(several, kind):
    report = several.audited(getattr(several, kind))
    assert (report.findings, report.counts["unknown"]) == ((), 0)
    texts = {item.text.replace("\u00a0", " ") for item in report.numbers if item.origin == "fact"}
    assert {"580 tons", "500 tons"} <= texts


def test_a_letter_that_is_changed_in_the_file_is_found(several):
    def change(file):
        for shape in (shape for slide in file.slides for shape in slide.shapes if shape.has_text_frame):
            for run in (run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs):
                run.text = run.text.replace("2023b", "2023a")

    found = several.audited(several.changed_deck(change)).findings
    assert {finding.severity for finding in found} == {"error"}
    assert {(finding.before, finding.after) for finding in found} == {("b", "a")}

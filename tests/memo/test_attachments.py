"""The memo's attachments: its evidence and its charts' data, and nothing that is not meant for the reader."""

import csv
import io
import json

import pikepdf
import pytest

from reportgen import render_memo
from reportgen.audit import audit
from reportgen.brief import load_brief
from reportgen.cli import main
from reportgen.memo import attachments
from tests.charts.samples import EVERY_CHART, make
from tests.conftest import BUNDLED
from tests.memo.conftest import memo_of


@pytest.fixture(scope="module")
def attached(bundled_memo):
    with pikepdf.open(io.BytesIO(bundled_memo)) as pdf:
        return {
            name: (each.obj.AFRelationship, each.get_file().read_bytes(), str(each.description))
            for name, each in pdf.attachments.items()
        }


def rows(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_evidence_is_the_source_and_each_charts_data_is_data(attached):
    assert {name: str(relation) for name, (relation, *_) in attached.items()} == {
        "sources.json": "/Source",
        "sma.csv": "/Data",
        "samsung.csv": "/Data",
        "window.csv": "/Data",
    }
    assert attached["sma.csv"][2].startswith("The data of the chart: Reported initial U.S. demands")


def test_every_quote_and_fact_is_in_the_evidence(attached):
    brief, found = load_brief(BUNDLED), json.loads(attached["sources.json"][1])
    assert {name: quote["text"] for name, quote in found["quotes"].items()} == {
        name: quote.text for name, quote in brief.quotes.items()
    }
    assert set(found["facts"]) == set(brief.facts)
    assert found["facts"]["sma-ratio"] == {
        "printed": "more than five\xa0times",
        "value": 5.0,
        "unit": "times",
        "formula": "sma-ask / sma-now",
        "bound": "more than",
        "status": "inferred",
        "quotes": ["sma-ask"],
    }
    assert found["facts"]["inauguration"]["value"] == "2021-01-20"


def test_what_is_not_for_the_reader_stays_out(attached):
    """Comments, caveats for the analyst, talking points, speaker's notes and the reasons of silences."""
    brief = load_brief(BUNDLED)
    everything = b"".join(data for _, data, _ in attached.values()).decode()
    private = [
        *(fact.note for fact in brief.facts.values()),
        *brief.talking_points,
        *(item.answer for item in brief.questions),
        *(exhibit.notes for exhibit in brief.exhibits.values()),
        *(silence.reason for silence in brief.silence),
        "Every number is a fact with its quote",  # the file's own comment
        *(source.file for source in brief.sources.values()),
    ]
    for text in filter(None, private):
        assert text[:40] not in everything


def test_a_charts_data_can_be_calculated_with(attached):
    header, *values = rows(attached["sma.csv"][1])
    assert header == ["item", "series", "value", "unit", "bound", "status", "printed", "fact"]
    assert values[1] == [
        "South Korea’s contribution", "US$ billion", "1", "US$ billion", "a little less than", "stated", "<$1\xa0bn", "sma-now",
    ]  # fmt: skip
    assert rows(attached["window.csv"][1])[2][:3] == ["Next president sworn in", "When", "2021-01-20"]


@pytest.mark.parametrize("keys", EVERY_CHART.values(), ids=list(EVERY_CHART))
def test_every_kind_of_chart_gives_its_data(keys):
    chart = make(keys)
    header, *values = rows(attachments.format_chart_csv(chart))
    assert len(header) == len(attachments.COLUMNS)
    drawn = [quantity for quantity in chart.quantities if quantity.label or not quantity.fact]
    assert len(values) >= min(1, len(drawn))
    assert all(len(row) == len(header) and row[0] for row in values)
    printed = {row[6] for row in values}
    assert all(quantity.short in printed or any(quantity.short in text for text in printed) for quantity in drawn[:1])


@pytest.mark.parametrize("label", ["=1+1", "@SUM(A1)", "+1", "-1", "\u2066=1"])
def test_no_label_is_a_formula_to_a_spreadsheet(label):
    bars = [{"label": label, "value": 1}, {"label": "b", "value": 2}]
    cells = [row[0] for row in rows(attachments.format_chart_csv(make({"kind": "bar", "title": "T", "bars": bars})))]
    assert all(not cell.startswith(attachments.FORMULA_STARTS) for cell in cells)
    assert any(label in cell for cell in cells)


def test_the_brief_itself_only_where_it_is_asked_for(write_brief, tmp_path):
    path = write_brief()
    for options, expected in (([], False), (["--attach-brief"], True)):
        assert main(["memo", str(path), "-o", str(tmp_path / "memo.pdf"), "--quiet", *options]) == 0
        with pikepdf.open(tmp_path / "memo.pdf") as pdf:
            assert ("brief.yaml" in pdf.attachments) is expected
            if expected:
                assert pdf.attachments["brief.yaml"].get_file().read_bytes() == path.read_bytes()
    report = audit(load_brief(path), (tmp_path / "memo.pdf").read_bytes(), "memo.pdf")
    assert (report.findings, report.unread) == ((), ())


def test_an_altered_or_missing_attachment_is_found_and_an_added_one_is_reported(bundled_memo):
    def audited(change):
        with pikepdf.open(io.BytesIO(bundled_memo)) as pdf:
            change(pdf)
            target = io.BytesIO()
            pdf.save(target)
        return audit(load_brief(BUNDLED), target.getvalue(), "memo.pdf")

    def alter(pdf):
        data = pdf.attachments["sma.csv"].get_file().read_bytes().replace(b",5,", b",6,")
        del pdf.attachments["sma.csv"]
        pdf.attachments["sma.csv"] = data

    (found,) = audited(alter).findings
    assert found.message == "the attachment sma.csv differs from what the brief says"
    (found,) = audited(lambda pdf: pdf.attachments.__delitem__("sources.json")).findings
    assert found.message == "the attachment sources.json is missing"
    added = audited(lambda pdf: pdf.attachments.__setitem__("more.txt", b"more"))
    assert [finding.message for finding in added.findings] == ["the brief has no attachment more.txt"]


def test_the_same_brief_attaches_the_same_bytes_whatever_the_clock(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    memo = memo_of(BUNDLED)
    assert memo == render_memo(load_brief(BUNDLED), cache=False)
    with pikepdf.open(io.BytesIO(memo)) as pdf:
        assert str(pdf.attachments["sources.json"].obj.EF.F.Params.CreationDate).startswith("D:20200913")


def test_a_range_is_attached_with_its_ends(tmp_path):
    text = BUNDLED.read_text(encoding="utf-8").replace(
        "facts:\n", "facts:\n  span: {low: 10, high: 12, unit: months, quote: unresolved}\n", 1
    )
    (tmp_path / "brief.yaml").write_text(text, encoding="utf-8")
    found = json.loads(attachments.format_evidence(load_brief(tmp_path / "brief.yaml")))["facts"]["span"]
    assert {key: found.get(key) for key in ("value", "low", "high")} == {"value": None, "low": 10, "high": 12}

"""Changes to a finished file are reported with their place, their words and what they touch."""

import io
import re

import pikepdf
import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.util import Inches, Pt

from reportgen.audit import audit, differences
from reportgen.pipeline.kinds import KINDS, Options
from tests.audit.alterations import Pdf
from tests.audit.conftest import content, replace, saved, shape
from tests.deck import sample_themes


def one(report):
    assert len(content(report)) == 1, [str(finding.diagnostic) for finding in report.findings]
    return content(report)[0]


def edited(bundled, slide, name, old, new):
    return bundled.audited(
        bundled.changed_deck(lambda file: replace(shape(file, slide, name).text_frame, old, new)), "deck.pptx"
    )


def test_another_facts_number_is_found_by_its_place(bundled):
    """$5 billion to $136 billion: both are facts."""

    def change(file):
        replace(file.slides[8].notes_slide.notes_text_frame, "$5\u00a0billion", "$136\u00a0billion")

    found = one(bundled.audited(bundled.changed_deck(change), "deck.pptx"))
    assert (found.kind, found.place.slide, found.place.shape, found.before, found.after) == (
        "number",
        9,
        "notes",
        "5",
        "136",
    )
    assert re.fullmatch(
        r"deck\.pptx, slide 9, notes: error: “5” has become “136” in “….*\$136.*…” \[number\] \(.*brief\.yaml:\d+:12: "
        r"exhibits\.sma\.notes\)",
        str(found.diagnostic),
    )


@pytest.mark.parametrize(
    ("slide", "name", "old", "new", "kind"),
    [
        (9, "title", "Reported initial", "Initial", "qualifier"),
        (9, "title", "more", "less", "quantifier"),
        (9, "title", "five", "nine", "number"),
        (3, "title", "months", "years", "unit"),
        (3, "title", "January", "June", "number"),
        (3, "source", "little less", "little more", "quotation"),
        (14, "number-1", "billion", "million", "unit"),
        (14, "number-1", "$136", "€136", "unit"),
        (9, "title", "demands", "wishes", "text"),
        (3, "slide-number", "3", "13", "number"),
        (3, "date", "2020", "2021", "number"),
        (9, "source", "¶5", "¶9", "number"),
    ],
)  # fmt: skip
def test_a_change_is_of_the_most_serious_kind_that_it_touches(bundled, slide, name, old, new, kind):
    if name == "slide-number":

        def change(file):
            field = next(iter(shape(file, slide, name)._element.iter("{*}fld")))
            field.find("{*}t").text = new

        report = bundled.audited(bundled.changed_deck(change))
    else:
        report = edited(bundled, slide, name, old, new)
    found = one(report)
    assert (found.kind, found.place.slide) == (kind, slide)
    assert name in found.place.shape
    assert not report.passed


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [("demands", "wishes", "warning"), ("Reported initial", "Initial", "error"), ("five", "nine", "error")],
)
def test_words_are_tolerated_and_nothing_else(bundled, old, new, severity):
    data = bundled.changed_deck(lambda file: replace(shape(file, 9, "title").text_frame, old, new))
    report = audit(bundled.brief, data, "deck.pptx", tolerate="words")
    assert (one(report).severity, report.passed) == (severity, severity == "warning")


def test_a_whole_text_box_is_not_tolerated(bundled):
    def change(file):
        box = file.slides[9].shapes.add_textbox(Inches(1), Inches(6), Inches(4), Inches(0.5))
        box.name, box.text_frame.text = "sticker", "Agreed with Seoul"

    report = audit(bundled.brief, bundled.changed_deck(change), "deck.pptx", tolerate="words")
    assert [(each.severity, each.message) for each in report.findings if each.severity == "error"] == [
        ("error", "the brief has no such shape")
    ]


def test_masters_are_compared_with_the_theme_that_is_named(small, tmp_path):
    """Without its name the theme is taken from the deck: words on its master may be the house's own, which is a warning."""
    house = tmp_path / "house.pptx"
    house.write_bytes(sample_themes.plain())
    file = pptx.Presentation(io.BytesIO(KINDS["deck"].render(small.brief, Options(theme=house))))
    box = file.slide_masters[0].shapes._spTree
    box.append(parse_xml(BOX))
    data = saved(file)
    named, own = (audit(small.brief, data, "deck.pptx", theme=theme) for theme in (house, None))
    for report, severity in ((named, "error"), (own, "warning")):
        assert {each.severity for each in content(report) if "Rejected" in each.message} == {severity}
    assert not any("the theme" in text for text in named.unread)
    assert any("--theme" in text for text in own.unread)


BOX = """<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr><p:cNvPr id="99" name="box"/><p:cNvSpPr/><p:nvPr/>
  </p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="300000"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/>
  <a:p><a:r><a:t>Rejected by the ministry</a:t></a:r></a:p></p:txBody></p:sp>"""


def test_an_unknown_number_in_an_added_box(bundled):
    def change(file):
        box = file.slides[9].shapes.add_textbox(Inches(1), Inches(6), Inches(4), Inches(0.5))
        box.name, box.text_frame.text = "sticker", "Costs: $7 billion"

    report = bundled.audited(bundled.changed_deck(change))
    found = one(report)
    assert (found.kind, found.severity, found.place.shape) == ("number", "error", "“sticker”")
    assert [item.text for item in report.numbers if item.origin == "unknown"] == ["$7 billion"]


def test_a_known_number_in_an_added_box_is_listed_with_its_fact(bundled):
    def change(file):
        box = file.slides[9].shapes.add_textbox(Inches(1), Inches(6), Inches(4), Inches(0.5))
        box.name, box.text_frame.text = "sticker", "Exports: $136 billion"

    report = bundled.audited(bundled.changed_deck(change))
    assert str(one(report).diagnostic).endswith("error: the brief does not have “Exports: $136 billion” here [added]")
    assert [item.id for item in report.numbers if item.place.shape == "“sticker”"] == ["exports"]


def test_exchanged_texts_are_reported_at_both_places(bundled):
    def change(file):
        one_, other = shape(file, 3, "subtitle").text_frame, shape(file, 3, "source").text_frame
        texts = one_.text, other.text
        one_.text, other.text = texts[1], texts[0]

    assert {finding.place.shape for finding in bundled.audited(bundled.changed_deck(change)).findings} >= {
        "“subtitle”",
        "“source”",
    }


def test_labels_moved_to_each_others_place(bundled):
    def change(file):
        labels = {
            each.text_frame.text: each for each in shape(file, 3, "timeline: window").shapes if each.has_text_frame
        }
        first, second = labels["November\u00a03"], labels["Before May\u00a020, 2022"]
        first.left, second.left, first.top, second.top = second.left, first.left, second.top, first.top

    found = bundled.audited(bundled.changed_deck(change)).findings
    assert {finding.kind for finding in found} == {"order"}
    assert "have changed places" in found[-1].message


def test_slides_moved_added_and_deleted(bundled):
    def moved(file):
        slides = file.slides._sldIdLst
        slides.insert(2, slides[13])

    report = bundled.audited(bundled.changed_deck(moved))
    assert [finding.kind for finding in report.findings] == ["order"]

    def added(file):
        slide = file.slides.add_slide(file.slide_layouts.get_by_name("bullets"))
        slide.placeholders[0].text = "What we left out: 77 tanks"

    found = [finding.kind for finding in content(bundled.audited(bundled.changed_deck(added)))]
    assert found == ["added", "number"]

    def deleted(file):
        slides = file.slides._sldIdLst
        file.part.drop_rel(slides[13].rId)
        slides.remove(slides[13])

    found = one(bundled.audited(bundled.changed_deck(deleted)))
    assert found.kind == "missing"
    assert "Do not make Seoul choose" in found.message


def test_a_table_with_another_row(bundled):
    def change(file):
        table = next(each for each in file.slides[5].shapes if each.has_table).table
        row = table._tbl.tr_lst[-1]
        row.addnext(row.__deepcopy__({}))

    found = content(bundled.audited(bundled.changed_deck(change)))
    assert found
    assert all("row 9" in finding.place.shape for finding in found)


def test_a_workbook_that_differs_from_its_chart(bundled):
    def change(file):
        part = shape(file, 9, "chart: sma").chart.part
        data = CategoryChartData()
        data.categories = ["Reported initial U.S. demand", "South Korea’s contribution"]
        data.add_series("US$ billion", (6, 1))
        part.chart_workbook.update_from_xlsx_blob(workbook(data))

    found = one(bundled.audited(bundled.changed_deck(change)))
    assert (found.kind, found.message) == (
        "disagreement",
        "cell B2 of the workbook has “6” where the chart shows “5.0”",
    )


def workbook(data) -> bytes:
    from pptx.chart.xlsx import CategoryWorkbookWriter

    return CategoryWorkbookWriter(data).xlsx_blob


def test_pictures_are_unread_and_everything_else_is_read(bundled):
    picture = io.BytesIO()
    from matplotlib.figure import Figure

    Figure((1, 1)).savefig(picture, format="png")

    def change(file):
        shapes = file.slides[9].shapes
        picture.seek(0)
        shapes.add_picture(picture, 0, 0, Inches(1)).name = "snapshot"
        data = CategoryChartData()
        data.categories = ["2030"]
        data.add_series("Forecast", (99,))
        shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, Inches(2), Inches(2), data).name = "pie"
        group = shapes.add_group_shape()
        group.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "in a group: 88 tanks"

    report = bundled.audited(bundled.changed_deck(change))
    assert report.unread[0] == "slide 10: the picture “snapshot”"
    assert "the contrast of words on a picture" in report.unread[1]  # those of the group lie on it
    assert any(finding.after == "99" and "pie" in finding.place.shape for finding in report.findings)
    assert any("88 tanks" in finding.around for finding in report.findings)


def test_smartart_is_read(bundled):
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI
    from pptx.oxml import parse_xml

    model = b"""<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"
      xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst><dgm:pt modelId="1"><dgm:t><a:p><a:r>
      <a:t>Spend 61 percent</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"""

    def change(file):
        slide = file.slides[9]
        part = Part(
            PackURI("/ppt/diagrams/data1.xml"),
            "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
            slide.part.package,
            model,
        )
        relation = slide.part.relate_to(
            part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
        )
        slide.shapes._spTree.append(parse_xml(FRAME.format(relation=relation)))

    assert "61 percent" in one(bundled.audited(bundled.changed_deck(change))).message


FRAME = """<p:graphicFrame xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
  <p:nvGraphicFramePr><p:cNvPr id="990" name="diagram"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>
  <p:xfrm><a:off x="0" y="0"/><a:ext cx="100" cy="100"/></p:xfrm><a:graphic>
  <a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"><dgm:relIds r:dm="{relation}"
  xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"/></a:graphicData></a:graphic></p:graphicFrame>"""


def altered(bundled, old: str, new: str):
    """Return the audit of the memo with some painted words changed where they first stand in one line."""
    pdf = Pdf(bundled.memo)
    from tests.audit.alterations import Alteration

    index, text = next(
        (index, shown.text)
        for index, shown in enumerate(pdf.shown)
        if old in shown.text and not set("“”") & set(shown.text)
    )
    start = text.index(old)
    return bundled.audited(
        pdf.altered(Alteration("", ("stream", 0, index), start, start + len(old), old, new, text)), "memo.pdf"
    )


def test_a_changed_memo_is_reported_with_its_page(bundled):
    report = altered(bundled, "a little less than", "a little more than")
    found = one(report)
    assert (found.kind, found.place.page, found.before, found.after) == ("quantifier", 1, "less", "more")


def test_which_facts_differ_between_memo_and_deck(bundled):
    memo, deck = altered(bundled, "8.2", "9.2"), bundled.audited(bundled.deck, "deck.pptx")
    found = differences([memo, deck])
    assert [difference.fact for difference in found] == ["sma-rise"]
    assert (
        str(found[0])
        == "sma-rise: memo.pdf, page 1, paragraph: “9.2 percent” for “8.2 percent”; as the brief has it in deck.pptx"
    )
    assert differences([bundled.audited(bundled.memo, "memo.pdf"), deck]) == ()


def test_a_chart_of_the_deck_that_differs_from_the_memo(bundled):
    def change(file):
        chart = shape(file, 9, "chart: sma").chart
        chart._chartSpace.xpath("//c:val//c:v")[0].text = "6.0"

    memo, deck = bundled.audited(bundled.memo, "memo.pdf"), bundled.audited(bundled.changed_deck(change), "deck.pptx")
    assert [difference.fact for difference in differences([memo, deck])] == ["sma-ask"]


def test_a_comment_on_a_page_is_read(bundled):
    with pikepdf.open(io.BytesIO(bundled.memo)) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[0, 0, 50, 50],
            Contents=pikepdf.String("really 6 percent?"),
        )
        pdf.pages[1].Annots = pikepdf.Array([*pdf.pages[1].get("/Annots", []), pdf.make_indirect(note)])
        data = io.BytesIO()
        pdf.save(data)
    found = one(bundled.audited(data.getvalue()))
    assert (found.kind, found.place.page, found.place.shape) == ("number", 2, "comment")


def test_a_number_of_a_template_is_not_in_the_brief(write_brief, tmp_path):
    """It aligns with what the brief compiles to, but has no source in the brief."""
    from reportgen.audit import audit
    from reportgen.brief import load_brief
    from reportgen.pipeline.kinds import KINDS
    from tests.conftest import ROOT

    templates = tmp_path / "templates" / "memo"
    templates.mkdir(parents=True)
    base = (ROOT / "templates" / "memo" / "base.html").read_text(encoding="utf-8")
    (templates / "base.html").write_text(base.replace("{{ form }}", "{{ form }} to 4711 readers"), encoding="utf-8")
    brief = load_brief(write_brief())
    found = one(audit(brief, KINDS["memo"].render(brief), "memo.pdf"))
    assert found.message == "“4711” is not in the brief: its template, not the brief, says so"


def test_the_marking_must_stand_on_every_page(write_brief):
    from reportgen.audit import audit
    from reportgen.brief import load_brief
    from reportgen.pipeline.kinds import KINDS

    plain = load_brief(write_brief())
    marked = load_brief(write_brief(add="\nmarking: UNCLASSIFIED\n"))
    assert audit(marked, KINDS["memo"].render(marked), "memo.pdf").findings == ()
    found = audit(marked, KINDS["memo"].render(plain), "memo.pdf").findings
    assert any(finding.before == "UNCLASSIFIED" for finding in found)
    deck = audit(marked, KINDS["deck"].render(plain), "deck.pptx").findings
    assert any("UNCLASSIFIED" in finding.before for finding in deck)


def test_pptx_comments_are_read(bundled):
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI

    xml = b"""<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cm authorId="0" idx="1">
    <p:pos x="1" y="1"/><p:text>make it 55 percent</p:text></p:cm></p:cmLst>"""

    def change(file):
        slide = file.slides[7]
        part = Part(
            PackURI("/ppt/comments/comment1.xml"),
            "application/vnd.openxmlformats-officedocument.presentationml.comments+xml",
            slide.part.package,
            xml,
        )
        slide.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments")

    found = one(bundled.audited(bundled.changed_deck(change)))
    assert (found.place.slide, found.place.shape) == (8, "comment")


def test_a_lint_finding_has_the_rules_name_and_a_hint(bundled):
    """A fault of the file itself is reported with those of its words, and fails the audit as they do."""

    def change(file):
        for run in shape(file, 9, "takeaway").text_frame.paragraphs[0].runs:
            run.font.size = Pt(9)

    report = bundled.audited(bundled.changed_deck(change), "deck.pptx")
    (found,) = (finding for finding in report.findings if finding.rule)
    assert found.brief.key == "exhibits.sma.takeaway"
    assert str(found.diagnostic) == (
        "deck.pptx, slide 9, “takeaway”: error: 9 pt type; the minimum for text is 12 pt [type-size] "
        f"({bundled.brief.document.file}:{found.brief.line}:{found.brief.column}: exhibits.sma.takeaway)\n"
        "  hint: cut words, or split the slide, and make the type larger"
    )
    item = next(each for each in report.as_dict()["findings"] if each["rule"])
    assert (item["kind"], item["rule"], item["slide"], item["severity"]) == ("lint", "type-size", 9, "error")
    assert not report.passed


def test_a_warning_of_lint_lets_the_audit_pass(bundled):
    def change(file):
        for run in shape(file, 9, "takeaway").text_frame.paragraphs[0].runs:
            run.font.size = Pt(14)

    report = bundled.audited(bundled.changed_deck(change))
    assert [(finding.rule, finding.severity) for finding in report.findings] == [("", "note"), ("body-size", "warning")]
    assert report.passed

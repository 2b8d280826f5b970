"""What colleagues change in a deck is listed by the brief's key; what programs change by saving is not."""

import io

import pptx
import pytest
from pptx.chart.data import CategoryChartData

from reportgen.edits.returned_file import read_returned
from tests.edits.office_copies import A, P


def find(file, words: str, room: str = "text"):
    return next(each for each in file.passages() if words in each.text and each.room == room)


def replace(file, old: str, new: str, room: str = "text") -> None:
    passage = find(file, old, room)
    start = passage.text.index(old)
    file.replace(passage, start, start + len(old), new)


def listed(edits) -> list[tuple[str, str, str, str]]:
    return [(each.kind, each.path, each.before, each.after) for each in edits]


@pytest.mark.parametrize("sent", ["bundled", "small"])
def test_a_deck_that_nobody_changed_has_no_edits(request, sent):
    sent = request.getfixturevalue(sent)
    opened = io.BytesIO()
    pptx.Presentation(io.BytesIO(sent.deck)).save(opened)
    assert sent.read(sent.deck, opened.getvalue()) == []


def test_a_reworded_text_is_listed_with_key_line_and_the_brief_s_own_words(small):
    file = small.open("deck")
    replace(file, "ships that now go elsewhere", "ships that sail on")
    file.save_as("Bo Park", "2026-03-01T09:30:00Z")
    (edit,) = small.read(file.data)
    assert (edit.kind, edit.path, edit.before, edit.after) == (
        "rewording",
        "bottom_line",
        "now go elsewhere",
        "sail on",
    )
    assert edit.where.line == small.brief.where("bottom_line").line
    assert "${dredging}, and the ships that sail on would bring ${fees} a year" in edit.new
    assert (edit.copies[0].author, edit.copies[0].time) == ("Bo Park", "2026-03-01T09:30:00Z")
    assert edit.is_clean


def test_a_changed_fact_is_a_question_and_never_a_literal(small):
    file = small.open("deck")
    replace(file, "$30\xa0million", "$35 million")
    (edit,) = small.read(file.data)
    assert edit.change is None
    assert edit.question == (
        "the fact dredging is a little less than $30 million in the source; the edit says “a little less than $35 million”"
    )
    assert any("$35 million" in " ".join(each.message.split()) for each in edit.findings)


def test_a_lost_bound_and_a_number_without_source_are_findings(small):
    file = small.open("deck")
    replace(file, "Last year", "In 2019", "notes")
    (edit,) = small.read(file.data)
    assert edit.path == "topics[0].points[0]"
    assert any("raw-number" in each.message for each in edit.findings)
    assert not edit.is_clean


def test_cells_notes_and_labels(bundled):
    file = bundled.open("deck")
    replace(file, "Talks stalled", "Talks paused", "cell")
    replace(file, "Every word counts here.", "Every word counts.", "notes")
    assert listed(bundled.read(file.data)) == [
        ("speaker note", "exhibits.sma.notes", "here", ""),
        ("rewording", "exhibits.north-korea.rows[1].cells[1].text", "stalled", "paused"),
    ]


def test_chart_values_and_names(small):
    deck = pptx.Presentation(io.BytesIO(small.deck))
    chart = next(shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart)
    data = CategoryChartData()
    data.categories = list(chart.plots[0].categories)
    for series in chart.plots[0].series:
        data.add_series(series.name, [value + 3 for value in series.values])
    chart.replace_data(data)
    target = io.BytesIO()
    deck.save(target)
    edits = small.read(target.getvalue())
    assert listed(edits) == [
        ("chart value", "exhibits.calls.parts[0].value", "42", "45"),
        ("chart value", "exhibits.calls.parts[1].value", "58", "61"),
    ]
    assert edits[0].question == "the fact long-ships is 42 percent in the source; the edit says 45"


def test_slides_that_were_deleted_moved_added_or_merged(bundled):
    file = bundled.open("deck")
    title = next(each for each in file.passages() if each.part == file.slides()[9])
    file.remove_slide(8)
    file.move_slide(3, 5)
    edits = bundled.read(file.data)
    assert sorted(each.kind for each in edits if "slide" in each.question) == ["deletion", "move"]
    gone = next(each for each in edits if each.kind == "deletion")
    assert "Cost-sharing talks were still unresolved" in gone.old
    assert gone.path == "topics[0].title"
    assert title.text


def test_text_that_moved_to_another_slide_is_a_move_and_not_lost(bundled):
    file = bundled.open("deck")
    source = find(file, "Read this table from left to right", "notes")
    target = find(file, "This is the slow force", "notes")
    file.elements(target.part)[target.index].addnext(file.elements(source.part)[source.index])
    (edit,) = bundled.read(file.data)
    assert (edit.kind, edit.path) == ("move", "exhibits.north-korea.notes")
    assert edit.question.startswith("from slide 10, notes to slide 11, notes")


def test_slides_that_were_merged_lose_nothing(small):
    file = small.open("deck")
    kept, gone = file.slides()[5], file.slides()[6]
    tree = file.root(kept).find(f".//{P}spTree")
    for shape in list(file.root(gone).find(f".//{P}spTree").iterchildren(f"{P}sp")):
        if "cooperative fears" in "".join(shape.itertext()):
            tree.append(shape)
    file.remove_slide(7)
    edits = small.read(file.data)
    moved = {each.path for each in edits if each.kind == "move"}
    (slide,) = [each for each in edits if each.kind == "deletion"]
    assert {"topics[1].points[0]"} <= moved
    assert "The fishing cooperative wants a survey first" in slide.old
    assert "The cooperative fears" not in slide.old


def test_modern_comments_and_their_replies(bundled):
    file = bundled.open("deck")
    slide = file.slides()[8]
    shape = next(each for each in file.root(slide).iter(f"{P}cNvPr") if each.get("name") == "title")
    space = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
    body = "<p188:txBody><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p></p188:txBody>"
    file.parts["ppt/authors.xml"] = (
        f'<p188:authorLst xmlns:p188="{space}"><p188:author id="A" name="Ann Lee" initials="A"/></p188:authorLst>'
    ).encode()
    file.parts["ppt/comments/modernComment_1.xml"] = (
        f'<p188:cmLst xmlns:p188="{space}" xmlns:a="{A.strip("{}")}" '
        'xmlns:ac="http://schemas.microsoft.com/office/drawing/2013/main/command">'
        f'<p188:cm id="1" authorId="A" created="2026-11-30T14:05:00.123"><ac:spMk id="{shape.get("id")}"/>'
        f'<p188:replyLst><p188:reply id="3" authorId="A" created="2026-11-30T15:00:00.5">{body.format("Yes.")}</p188:reply>'
        f"</p188:replyLst>{body.format('Is this fair?')}</p188:cm></p188:cmLst>"
    ).encode()
    file.relate("ppt/_rels/presentation.xml.rels", "authors", "authors.xml")
    name = slide.rpartition("/")[2]
    file.relate(f"ppt/slides/_rels/{name}.rels", "comments", "../comments/modernComment_1.xml")
    edits = bundled.read(file.data)
    assert [(each.path, each.after, each.copies[0].author) for each in edits] == [
        ("exhibits.sma.title", "Is this fair?", "Ann Lee"), ("exhibits.sma.title", "Yes.", "Ann Lee"),
    ]  # fmt: skip
    assert str(edits[0].copies[0]) == "copy1, slide 9, “title”, Ann Lee, 2026-11-30 14:05:00"


def test_comments_have_the_key_of_the_text_that_they_are_on(bundled):
    file = bundled.open("deck")
    deck = pptx.Presentation(io.BytesIO(bundled.deck))
    shape = next(each for each in deck.slides[8].shapes if each.name == "title")
    unit = 914_400 // 576
    file.comment(9, "Whose demand?", shape.left // unit + 5, shape.top // unit + 5)
    (edit,) = bundled.read(file.data)
    assert (edit.kind, edit.path, edit.after) == ("comment", "exhibits.sma.title", "Whose demand?")
    assert (edit.copies[0].author, edit.copies[0].time) == ("Ann Lee", "2026-11-30T14:05:00")


def test_a_copy_of_another_brief_is_told_apart(small, bundled):
    file, _ = read_returned(small.brief, bundled.deck, "copy")
    assert any("is it a copy of another brief?" in note for note in file.notes)


def test_several_copies_agree_once_and_conflict_side_by_side(small):
    copies = []
    for words in ("sail on", "sail on", "go on"):
        file = small.open("deck")
        replace(file, "now go elsewhere", words)
        copies.append(file.data)
    one, other = small.read(*copies)
    assert [each.file for each in one.copies] == ["copy1", "copy2"]
    assert (one.conflicts, other.conflicts) == ((2,), (1,))
    assert not one.is_clean

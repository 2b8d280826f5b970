"""Lists, paragraphs and block quotes in texts, from the brief to memo, slides, notes and audit."""

import io

import pikepdf
import pptx
import pytest
from hypothesis import given, strategies as st

import reportgen
from reportgen.system.errors import BriefError
from reportgen.text.blocks import BlockError, has_blocks, list_paragraphs, split_blocks
from tests.conftest import INIT

POINT = "      - Last year ${long-ships} of all calls were by ships of more than 220 meters. [@share]\n"
STRUCTURED = """\
      - |
        Last year ${long-ships} of all calls were by ships of more than 220 meters. [@share] Two things follow:

        - the work has a season:
          1. the survey comes first,
          2. dredging begins on ${season}; [@season]
        - the price is known, at ${dredging}.

        > A survey begun now “could save a year.” [@season]

        The cooperative “has asked for a survey first.” [@survey]
"""


@pytest.mark.parametrize(
    ("text", "outline"),
    [
        ("One line", "p"),
        ("one paragraph\nin two lines", "p"),
        ("one\n\ntwo", "p p"),
        ("Intro:\n- x\n- y\n  goes on\n  - below\n\nEnd", "p list(p, p list(p)) p"),
        ("1. one\n2. two", "numbered(p, p)"),
        ("* x\n* y\n    1. z\n    2. w", "list(p, p numbered(p, p))"),
        ("> words\n> more\n\nafter", "quote(p) p"),
        ("- 5 percent fell", "p"),
        ("+ 5 percent\n+ 6 percent", "p"),
        ("2020. A year\nof talks", "p"),
        ("It ended on\n1. May was late", "p"),
        ("In\n2020. The year", "p"),
        ("Talks -- all\n– of them", "p"),
    ],
)
def test_what_is_structure_and_what_is_words(text, outline):
    def describe(blocks):
        return " ".join(
            "p" if each.kind == "paragraph" else f"{each.kind}({', '.join(map(describe, each.items))})"
            for each in blocks
        )

    assert describe(split_blocks(text)) == outline
    assert has_blocks(text) == (outline != "p")


@pytest.mark.parametrize(
    ("text", "message", "words"),
    [
        ("- a\n  - b\n    - c", "a list is nested 3 deep", "- c"),
        ("Text\n# Heading", "a heading cannot stand inside a text", "# Heading"),
        ("a\n| b | c |\n|---|---|", "a table cannot stand", "| b | c |"),
        ("a\n```\ncode", "a block of code cannot stand", "```"),
    ],
)
def test_what_no_text_may_have(text, message, words):
    with pytest.raises(BlockError, match=message) as error:
        split_blocks(text)
    assert error.value.words == words


@given(
    st.lists(st.sampled_from(["word", "5", "- a", "1. b", "2. c", "> d", "", "  - e", "2020. f", "* g", "+ h", "-i"]))
)
def test_no_word_is_lost(lines):
    text = "\n".join(lines).strip() or "x"
    words = "".join(list_paragraphs(split_blocks(text))).replace("\n", "").replace(" ", "")
    for letter in "abcdefghi":
        assert words.count(letter) >= text.count(letter)


@pytest.fixture(scope="module")
def structured(tmp_path_factory):
    """The brief of `init`, of which one point has lists, a block quote and two paragraphs, without its chart."""
    folder = tmp_path_factory.mktemp("structured")
    (folder / "article.txt").write_bytes(INIT.with_name("article.txt").read_bytes())
    text = INIT.read_text().replace(POINT, STRUCTURED).replace("    exhibits: [calls]\n", "", 1)
    assert STRUCTURED in text
    text = text.replace(
        "    title: Long ships are ${long-ships} of all calls\n    subtitle", "    title: Calls by length\n    subtitle"
    )
    (folder / "brief.yaml").write_text(text.replace("why_now:\n", "why_now:\n  exhibits: [calls]\n", 1))
    return reportgen.load_brief(folder / "brief.yaml")


def test_the_check_reads_items_as_sentences_and_counts_them(structured):
    assert [str(finding.diagnostic) for finding in reportgen.check(structured).findings] == []


def test_the_memo_has_lists_and_a_block_quote_as_tags(structured):
    data = reportgen.render_memo(structured)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tags = [str(each.S) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
    assert tags.count("/BlockQuote") == 1
    assert tags.count("/LI") >= 4
    assert reportgen.audit_file(structured, "memo.pdf", data=data).findings == ()


def test_the_slide_has_lists_of_two_levels(structured):
    data = reportgen.render_deck(structured)
    paragraphs = [
        (paragraph.level, paragraph.text)
        for slide in pptx.Presentation(io.BytesIO(data)).slides
        for shape in slide.placeholders
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
    ]
    assert (1, "the work has a season:") in paragraphs
    assert (2, "the survey comes first,") in paragraphs
    assert (0, "A survey begun now “could save a year.”\vThe cooperative “has asked for a survey first.”") in paragraphs
    assert reportgen.audit_file(structured, "deck.pptx", data=data).findings == ()


@pytest.mark.parametrize("profile", ["action", "onepage"])
def test_other_forms_print_every_item(structured, tmp_path, profile):
    from reportgen.pdf.reading.pdf_reader import read_pdf

    text = (
        (structured.folder / "brief.yaml").read_text().replace("language: en-US", "language: en-US\ndecider: The chair")
    )
    (tmp_path / "article.txt").write_bytes((structured.folder / "article.txt").read_bytes())
    (tmp_path / "brief.yaml").write_text(text)
    data = reportgen.render_memo(reportgen.load_brief(tmp_path / "brief.yaml"), profile=profile)
    words = " ".join(span.text for span in read_pdf(data, "memo.pdf").spans)
    assert "the survey comes first" in words


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        (POINT, "      - >-\n        Two things:\n        - a basin\n        - a survey\n", ":52:9", "YAML joins the lines of this text"),
        (POINT, "      - |\n        Two:\n        - a\n          - b\n            - c\n", ":54:13", "a list is nested 3 deep"),
        (POINT, "      - |\n        Words\n        # Heading\n", ":52:9", "a heading cannot stand inside a text"),
        ("title: The harbor should plan for longer ships", "title: |\n  The harbor\n\n  should plan", ":6:8", "an empty line cannot stand here"),
        ("    decide: Who pays for it", "    decide: |\n      - who\n      - when", ":65:13", "a list cannot stand here"),
    ],
)  # fmt: skip
def test_a_structure_that_a_place_cannot_hold_is_an_error_with_its_line(write_brief, old, new, place, message):
    with pytest.raises(BriefError) as error:
        reportgen.load_brief(write_brief((old, new)))
    shown = str(error.value)
    assert message in shown
    assert f"brief.yaml{place}" in shown


def test_a_template_that_prints_a_list_in_one_line_is_refused(structured, tmp_path):
    folder = tmp_path / "brief"
    (folder / "templates/macros").mkdir(parents=True)
    for name in ("brief.yaml", "article.txt"):
        (folder / name).write_bytes((structured.folder / name).read_bytes())
    ours = INIT.parent.parent / "macros/memo.html"
    (folder / "templates/macros/memo.html").write_text(
        ours.read_text().replace("{{ point | prose }}", "<p>{{ point | cited }}</p>")
    )
    with pytest.raises(
        reportgen.TemplateError, match="has lists or paragraphs, but is printed here as one paragraph"
    ) as error:
        reportgen.render_memo(reportgen.load_brief(folder / "brief.yaml"))
    assert "memo.html" in str(error.value)

"""Markup and sheets are parsed as WeasyPrint parses them itself, only faster."""

import io
import re
from pathlib import Path

import pikepdf
import pytest
import tinyhtml5

from reportgen import brand, deck
from reportgen.brief import load_brief
from reportgen.handout.handout_html import compose as compose_handout
from reportgen.markup.templates import template_folders
from reportgen.memo.memo_html import compose
from reportgen.memo.profiles import PROFILES
from reportgen.pdf.engine import BASE
from reportgen.pdf.paper import PAPERS
from reportgen.pdf.reading.pdf_reader import read_pdf
from reportgen.pdf.stylesheets import StrictDocument
from reportgen.system.errors import TemplateError
from tests.conftest import BUNDLED, ROOT
from tests.pdf.conftest import render

BRIEFS = [BUNDLED, *sorted((ROOT / "tests" / "briefs").rglob("brief.yaml"))]


def plain(element):
    """Return an element as a value, without white space between tags."""
    texts = [text if text and text.strip() else "" for text in (element.text, element.tail)]
    return element.tag, dict(element.attrib), texts, [plain(child) for child in element]


def htmls(path):
    brief, looks, folders = load_brief(path), brand.load(path.parent), template_folders(path.parent)
    for profile in PROFILES.values():
        if not profile.missing(brief):
            yield compose(brief, looks, folders, PAPERS["letter"], profile).html
    compiled = deck.compile_brief(brief, looks, folders, deck.load_theme(looks))
    yield compose_handout(compiled, brief, looks, folders, PAPERS["letter"], {}).html


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.parent.name)
def test_our_markup_gives_the_tree_of_an_html_parser(path):
    for html in htmls(path):
        theirs = tinyhtml5.parse(html, namespace_html_elements=False)
        for head in theirs.iter("head"):
            for link in head.findall("link"):
                head.remove(link)
        assert plain(StrictDocument(html, BASE, None).etree_element) == plain(theirs)


def link_sheets(job, body, **sheets):
    """Return a job whose document links these sheets, in this order."""
    links = "".join(f'<link rel="stylesheet" href="css/{name}.css"/>' for name in sheets)
    document = job(body, resources={f"css/{name}.css": text.encode() for name, text in sheets.items()})
    return type(document)(
        document.html.replace("</head>", f"{links}</head>"), document.fonts, (), document.resources, document.stylesheet
    )


def words(document):
    """Return the printed words, without those of the page's foot."""
    return [span.text for span in read_pdf(render(document), "a.pdf").spans][:-1]


def test_of_two_linked_sheets_the_later_wins_and_both_win_over_the_jobs_own(job):
    document = link_sheets(
        job, '<p id="a">Words.</p>', a="p::before { content: 'first' }", b="p::before { content: 'second' }"
    )
    own = f"{document.stylesheet} #a::before {{ content: 'own' }}"
    assert words(type(document)(document.html, document.fonts, (), document.resources, own)) == ["secondWords."]


def test_a_linked_sheet_may_import_another(job):
    document = link_sheets(job, "<p>Words.</p>", a="@import 'b.css';")
    more = {"css/b.css": b"p::after { content: counter(page, upper-roman) }"}
    assert words(
        type(document)(document.html, document.fonts, (), {**document.resources, **more}, document.stylesheet)
    ) == ["Words.I"]


def test_a_counter_style_of_one_document_is_unknown_to_the_next(job):
    tells = "@counter-style plus { system: cyclic; symbols: '+' } ol { list-style: plus }"
    assert "+" in "".join(words(link_sheets(job, "<ol><li>One.</li></ol>", a=tells)))
    assert "+" not in "".join(words(link_sheets(job, "<ol><li>One.</li></ol>", a="ol { list-style: plus }")))


@pytest.mark.parametrize("address", ["css/none.css", "https://example.com/a.css", "/etc/passwd"])
def test_a_linked_sheet_that_is_not_served_is_reported(job, address):
    document = job()
    html = document.html.replace("</head>", f'<link rel="stylesheet" href="{address}"/></head>')
    with pytest.raises(TemplateError, match=r"is not served|does not exist"):
        render(type(document)(html, document.fonts, (), {}, document.stylesheet))


def test_a_sheets_fault_is_reported_for_each_document_that_links_it(job):
    for _ in range(2):
        with pytest.raises(TemplateError, match="colour"):
            render(link_sheets(job, "<p>Words.</p>", a="p { colour: red }"))


def test_a_sheet_with_the_name_of_ours_is_used(job):
    """A brief may have its own memo.css beside it."""
    assert words(link_sheets(job, "<p>Words.</p>", memo="p::after { content: '!' }")) == ["Words.!"]


def test_two_documents_may_have_different_sheets_of_one_name(job):
    for color in ("1 0 0", "0 0 1"):
        red, _, blue = color.split()
        sheet = f"p {{ color: rgb({255 * int(red)}, 0, {255 * int(blue)}) }}"
        with pikepdf.open(io.BytesIO(render(link_sheets(job, "<p>Words.</p>", a=sheet)))) as pdf:
            assert f"{color} rg".encode() in pdf.pages[0].Contents.read_bytes()


def test_our_sheets_register_nothing_so_that_documents_can_share_them():
    sheets = sorted((ROOT / "assets" / "css").glob("*.css"))
    assert sheets
    assert not re.findall(r"@(?:import|font-face|counter-style|color-profile)", "".join(map(Path.read_text, sheets)))

"""The closed subset: one run reports everything that a grammar does not name, with its place."""

import pytest

from reportgen.markup.subset import Element, Grammar, names, parse
from reportgen.system.errors import TemplateError

GRAMMAR = Grammar(
    "letter",
    "main",
    {
        "main": Element(names("p ul")),
        "p": Element(names("em"), names("id"), classes=names("lead"), text=True),
        "ul": Element(names("li"), names("data-kind"), names("data-kind")),
        "li": Element(text=True),
        "em": Element(text=True),
    },
)
CASES = {
    "element": (
        "<main><div/></main>",
        ["letter.html:1:7: error: <div> does not exist in a letter\n  hint: known: em, li, main, p, ul"],
    ),
    "nesting": (
        "<main>\n <em>x</em></main>",
        ["letter.html:2:2: error: <em> cannot stand in <main>\n  hint: known: p, ul"],
    ),
    "attribute": (
        '<main><p idd="x">y</p></main>',
        ['letter.html:1:7: error: <p> has no attribute "idd"\n  hint: did you mean "id"?'],
    ),
    "style": (
        '<main><p style="x">y</p></main>',
        ['letter.html:1:7: error: <p> has no attribute "style"\n  hint: looks belong in the theme or stylesheet'],
    ),
    "class": (
        '<main><p class="lead leed">y</p></main>',
        ['letter.html:1:7: error: <p> has no class "leed"\n  hint: did you mean "lead"?'],
    ),
    "no class here": (
        '<main><ul data-kind="a" class="lead"/></main>',
        ['letter.html:1:7: error: <ul> has no attribute "class"\n  hint: known: data-kind'],
    ),
    "required": ("<main><ul/></main>", ['letter.html:1:7: error: <ul> needs the attribute "data-kind"']),
    "stray text": (
        "<main>Hello <p>you</p> out there, whoever you may be, reader</main>",
        [
            'letter.html:1:1: error: text is not allowed directly in <main>: "Hello"\n  hint: put it into a paragraph',
            'letter.html:1:1: error: text is not allowed directly in <main>: "out there, whoever you may be, r…"\n  hint: put it into a paragraph',
        ],
    ),
    "root": (
        "<p>x</p>",
        ["letter.html:1:1: error: the letter begins with <p>\n  hint: its outermost element must be <main>"],
    ),
    "many": (
        '<main>\n<p style="a">x</p>\n<b/>\n<ul/></main>',
        [
            'letter.html:2:1: error: <p> has no attribute "style"\n  hint: looks belong in the theme or stylesheet',
            "letter.html:3:1: error: <b> does not exist in a letter\n  hint: known: em, li, main, p, ul",
            'letter.html:4:1: error: <ul> needs the attribute "data-kind"',
        ],
    ),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES.keys())
def test_everything_that_the_grammar_forbids_is_reported(source, expected):
    with pytest.raises(TemplateError) as caught:
        parse(source, "letter.html", GRAMMAR)
    assert [str(diagnostic) for diagnostic in caught.value.diagnostics] == expected


def test_allowed_markup_becomes_a_tree():
    root = parse(
        '<main><!-- said --><p id="a" class="lead">x <em>y</em></p><ul data-kind="z"><li>é</li></ul></main>',
        "l",
        GRAMMAR,
    )
    assert "".join(root.itertext()) == "x yé"


@pytest.mark.parametrize(
    "source",
    ["<main><p>x</main>", "<main><p>a & b</p></main>", "<main><p>&nbsp;</p></main>", "", "plain",
     '<!DOCTYPE main [<!ENTITY a "b">]><main><p>&a;</p></main>', '<!DOCTYPE main SYSTEM "/etc/passwd"><main/>'],
)  # fmt: skip
def test_malformed_xml_is_reported_with_its_place(source):
    with pytest.raises(TemplateError) as caught:
        parse(source, "letter.html", GRAMMAR)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.where
    assert diagnostic.where.line

"""Bad and hostile input: each is reported once, in its place, with the right exit code, or comes through whole and harmless."""

import json
import re
import time
import zipfile
from io import BytesIO

import pptx
import pytest
from lxml import etree

from reportgen import cli
from reportgen.brief import load_brief
from reportgen.input.yamlfile import read_yaml
from reportgen.system.errors import BriefError, Diagnostic
from tests.conftest import INIT, ROOT

ONE_LINE = re.compile(r"(\S*brief\.yaml|\S*_brand\.yml|\S*\.html( as filled in)?)(:\d+)?(:\d+)?: error: \S")


@pytest.fixture
def small():
    """The small brief as plain values, for a test to spoil."""
    return read_yaml(INIT).data


@pytest.fixture
def make(tmp_path, capsys):
    """Run a command on a brief of plain values, with files beside it; return exit code, diagnostics and output."""

    def run(brief, command="deck", **beside):
        (tmp_path / "brief.yaml").write_text(json.dumps(brief, ensure_ascii=False), encoding="utf-8")
        for name, content in beside.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        target = tmp_path / "out" / ("file.pptx" if command == "deck" else "file.pdf")
        target.unlink(missing_ok=True)
        code = cli.main([command, str(tmp_path / "brief.yaml"), "-o", str(target)])
        stderr = capsys.readouterr().err.replace(f"{tmp_path}/", "")
        assert "internal error" not in stderr
        assert target.exists() == (code == 0)
        return code, stderr, target.read_bytes() if code == 0 else b""

    return run


def paths(value, path=()):
    yield path
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from paths(item, (*path, key))


def faults(path):
    """What is wrong with a brief; anything but a brief's own fault is raised."""
    try:
        load_brief(path)
    except BriefError as error:
        return error.diagnostics
    return ()


WRONG = [None, True, -1, 10**30, float("nan"), 1e-300, "", "\u200b", "a\nb", "x" * 20_000, [], {}, [[None]], {"a": 1}]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda value: repr(value)[:12])
def test_a_wrong_value_anywhere_is_accepted_or_reported_in_one_line_with_its_place(tmp_path, small, wrong):
    path = tmp_path / "brief.yaml"
    text = json.dumps(wrong).replace("NaN", ".nan")
    for place in list(paths(small))[1:]:
        spoilt = json.loads(json.dumps(small))
        parent = spoilt
        for key in place[:-1]:
            parent = parent[key]
        parent[place[-1]] = "HERE"
        path.write_text(json.dumps(spoilt).replace('"HERE"', text, 1))
        for found in faults(path):
            lines = str(found).replace(f"{tmp_path}/", "").split("\n")
            assert ONE_LINE.match(lines[0]), lines
            assert len(lines) <= 2
            assert len(lines[0]) < 400
            assert not re.search(r"Input should|pydantic|object at 0x|NoneType", lines[0])


def spoil(brief, path, value):
    *above, last = path.split(".")
    for key in above:
        brief = brief[int(key) if key.isdigit() else key]
    brief[int(last) if last.isdigit() else last] = value


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("topics.1.title", "[@share]", "topics[1].title: the text prints nothing\n  hint: a citation follows"),
        ("topics.1.points.0", "\u00ad\u200b", "the text prints nothing"),
        ("topics.1.points.0", "word " * 20_000, "the text has 100,000 characters; the limit is 10,000"),
        ("topics.1.points.0", "8.2 \u202epercent", "the character U+202E cannot be printed"),
        ("topics.1.points.0", "hidden \U000e0041\U000e0042", "the character U+E0041 cannot be printed"),
        ("topics.1.points.0", "${" + "x" * 5000, 'topics[1].points[0]: "${xxxxxxxxxx'),
        ("facts.fees.value", 1e300, "1e+300 is too large a number to print\n  hint: choose a unit"),
        ("facts.fees.value", 1e-9, "1e-09 is too small a number to print"),
        ("facts.rest.formula", "(" * 500 + "1" + ")" * 500, "the formula has 1001 parts; at most 100 are allowed"),
        ("facts.rest.formula", "100000000 * 100000000", "the result cannot be printed: 1e+16 is too large a number to print"),
        ("quotes.share.paragraph", 0, "the number 0 is too small: the limit is 1"),
        ("sources.author.url", "ftp://x", "url: \"ftp://x\" has the wrong form\n  hint: The full address, beginning with `https://`"),
        ("sources.author.author", "\u00a0", "sources.author.author: is empty"),
        ("exhibits.calls.parts.0.value", -1, 'the part "More than 220 meters" is negative'),
        ("exhibits.calls.parts", [], "exhibits.calls.parts: is empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_refused_at_load(make, small, path, value, says):
    spoil(small, path, value)
    code, stderr, _ = make(small)
    assert code == 3
    assert says in stderr


def test_a_part_of_the_wrong_kind_is_reported_once_and_not_at_each_of_its_uses(make, small):
    for part in ("facts", "quotes", "sources", "exhibits"):
        code, stderr, _ = make(small | {part: "none"})
        assert (code, stderr.count("error: ")) == (3, 1), stderr


def test_long_chains_of_formulas_neither_overflow_nor_take_forever(make, small):
    chain = {f"c{at}": {"formula": f"c{at + 1} + c{at + 1}"} for at in range(30)} | {"c30": {"value": 1}}
    begun = time.monotonic()
    assert make(small | {"facts": small["facts"] | chain})[0] == 0
    assert time.monotonic() - begun < 10
    chain = {f"c{at}": {"formula": f"c{at + 1} + 1"} for at in range(1500)} | {"c1500": {"value": 1}}
    assert "more than 40 formulas rest on one another" in make(small | {"facts": small["facts"] | chain})[1]


HOSTILE = {
    "markup": "<b>&amp;\"'</b> ]]> <!-- --> <script>alert(1)</script>",
    "jinja": "{{ brief.title }} {% for x in y %} {# remark #}",
    "css": 'x"; } body { display:none } @import url(http://example.org/a.css); /* \\',
    "formula": "=cmd|'/C calc'!A0",
    "path": "../../etc/passwd %s %(name)s {0} $HOME `id`",
    "scripts": "한국어 العربية हिन्दी ไทย עברית Ω e\u0301 co\u00adoperate \u2028 👩‍👩‍👧",
}


def filled(brief, text):
    """The brief with a hostile text in every field that is printed as it stands."""
    brief |= dict.fromkeys(("title", "subtitle", "organization", "marking", "subject"), text)
    brief |= {"to": [text], "from": text, "basis": [text], "talking_points": [text]}
    brief["questions"] = [{"question": text, "answer": text}]
    brief["sources"]["author"] |= {"author": text, "title": text, "publisher": text, "short": text, "note": text}
    brief["quotes"]["share"] |= {"text": text, "speaker": text}
    brief["facts"]["long-ships"] |= {"attributed_to": text}
    brief["topics"][1] |= {"title": text, "points": [text]}
    brief["recommendations"][0] |= {"title": text, "lead": text, "decide": text}
    brief["exhibits"]["calls"] |= {"title": text, "subtitle": text, "note": text, "takeaway": [text], "notes": text}
    brief["exhibits"]["calls"]["parts"][0]["label"] = text[:32]  # more than the part of a bar holds is refused
    return brief


def words_of(data):
    """All text of a .pptx, part by part."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    return ["".join(str(text) for text in etree.fromstring(part).itertext()) for part in parts]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_in_every_field_is_printed_letter_by_letter_and_does_nothing(make, small, text):
    code, stderr, data = make(filled(small, text))
    assert code == 0, stderr
    pptx.Presentation(BytesIO(data))
    printed = sum(re.sub(r"\s", "", text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"'}))[:12]
                  in re.sub(r"\s", "", part.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"'}))
                  for part in words_of(data))  # fmt: skip
    assert printed > 8, "the text stands on every slide and in its notes"


def test_a_label_that_looks_like_a_formula_stays_a_text_in_the_workbook(make, small):
    data = make(filled(small, HOSTILE["formula"]))[2]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        book = archive.read(next(name for name in archive.namelist() if name.endswith(".xlsx")))
    with zipfile.ZipFile(BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


@pytest.mark.parametrize("text", [HOSTILE["markup"], HOSTILE["css"]], ids=["markup", "css"])
def test_the_memo_takes_hostile_texts_too(make, small, text):
    code, stderr, data = make(filled(small, text), "memo")
    assert code == 0, stderr
    assert data.startswith(b"%PDF-")


def test_a_brief_of_the_bare_minimum_makes_both(make, small):
    bare = {key: small[key] for key in ("title", "slug", "date", "to", "from", "sources")} | {"bottom_line": "This."}
    assert [make(bare, command)[0] for command in ("memo", "deck")] == [0, 0]


def test_talking_points_are_reported_without_recommendations_too(make, small):
    data = make(small | {"recommendations": [], "talking_points": ["Say just this."]})[2]
    assert any("Say just this." in part for part in words_of(data))


def bars(labels, **more):
    return {"kind": "bar", "title": "T", "bars": [{"label": label, "value": 1} for label in labels], **more}


@pytest.mark.parametrize(
    ("exhibit", "says"),
    [
        (bars(f"bar {number}" for number in range(100)), 'the name "bar 0" needs 15 pt and has 3'),
        (bars(f"bar {number}" for number in range(100)) | {"kind": "column"}, 'the name "bar 0" needs'),
        (bars(["word " * 400, "b"]), "needs 769 pt and has 149"),
        (bars(["W" * 2000, "b"]), "hint: cut about 1975 letters"),
        (bars(["a", "b"], annotations=[{"at": "a", "text": "word " * 400}]), "leave no room for the chart"),
        ({"kind": "line", "title": "T", "x": ["a", "b"], "series": [{"name": "n " * 500, "values": [1, 2]}]}, "leave no room"),
        ({"kind": "share", "title": "T", "parts": [{"label": "long " * 400, "value": 1}]}, "hint: cut about 1847 letters"),
        ({"kind": "table", "title": "T", "header": ["a"], "rows": [["word " * 2000]]}, "its row 1 alone is"),
    ],
)  # fmt: skip
def test_an_exhibit_that_a_slide_cannot_hold_is_refused(make, small, exhibit, says):
    code, stderr, _ = make(small | {"exhibits": {"calls": exhibit}})
    assert code == 5
    assert says in stderr
    assert ONE_LINE.match(stderr)


def test_a_range_of_one_row_still_names_it(make, small):
    row = {"label": "Only row", "low": 1, "high": 2}
    data = make(small | {"exhibits": {"calls": {"kind": "range", "title": "T", "ranges": [row]}}})[2]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        chart = archive.read("ppt/charts/chart1.xml").decode()
    assert "Only row" in chart
    assert '<c:delete val="0"/>' in chart.split("<c:catAx>")[1].split("</c:catAx>")[0]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"marking": "EMBARGOED " * 40}, "marking"),
        ({"title": "Word " * 100}, "title"),
        ({"recommendations": [{"title": f"Do {at}", "lead": "X"} for at in range(600)]}, "recommendations"),
        ({"sources": {f"s{at}": {"author": f"A {at}", "title": "T"} for at in range(1600)} | {"author": {"author": "A", "title": "T"}}}, "sources"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_too_much_for_a_slide_points_at_the_lines_to_shorten(make, small, tmp_path, change, place):
    code, stderr, _ = make(small | change)
    assert code == 5
    where = read_yaml(tmp_path / "brief.yaml").where((place,))
    assert f"brief.yaml:{where.line}:{where.column}: error: slide" in stderr


DECK = '<main><section id="a" data-layout="bullets"><h2>T</h2><div data-slot="body"><p>{}</p></div></section></main>'


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("{{ brief.folder.joinpath('/etc/passwd').read_text() }}", "not allowed in a template"),
        ("{{ brief.folder.joinpath('brief.yaml').unlink() }}", "not allowed in a template"),
        ("{{ ''.__class__.__mro__ }}", "not allowed in a template"),
        ("{{ brief._document.text }}", "not allowed in a template"),
        ("{{ '{0.__class__}'.format(brief) }}", "not allowed in a template"),
        ("{{ brief.topics.append(1) }}", "not allowed in a template"),
        ("{{ 9**9**9 }}", "not allowed in a template: ** is not available"),
        ("{{ 'x' * 10000000000 }}", "repeated to more than 10,000"),
        ("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", "more than 200,000 steps"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "calls itself without end"),
        ("{% include 'deck/briefing.html' %}", "calls itself without end"),
        ("{% include '../../etc/passwd' %}", "there is no template"),
        ("{{ nothing }}", "briefing.html:1: error: 'nothing' is undefined"),
        ("{{ brief.subtitel }}", "has no attribute 'subtitel'"),
        ("{{ '<script/>' | safe }}", "<script> does not exist in a deck"),
        ("<img src='http://example.org/x.png'/>", "<img> does not exist in a deck"),
        ("<a href='javascript:alert(1)'>x</a>", '"javascript:alert(1)" is not an address that a link may have'),
        ("<a href='file:///etc/passwd'>x</a>", "is not an address that a link may have"),
        ("{{ '\\ud800' }}", "half of a surrogate pair"),
        ("{{ '\\x01' }}", "invalid Char"),
    ],
)
def test_a_template_beside_the_brief_prints_and_nothing_else(make, small, tmp_path, inside, says):
    code, stderr, _ = make(small, **{"templates/deck/briefing.html": DECK.format("{}").replace("{}", inside)})
    assert code == 6
    assert says in stderr
    assert (tmp_path / "brief.yaml").exists()


@pytest.mark.parametrize(
    ("template", "code", "says"),
    [
        (b"<main>\xff</main>", 6, "briefing.html: error: the template is not UTF-8"),
        ('<!DOCTYPE m [<!ENTITY e SYSTEM "file:///etc/passwd">]><main>&e;</main>', 6, "a document type is not allowed"),
        (DECK.replace('id="a"', 'id="_topic-x"').format("word " * 900), 5, "too high"),
        (DECK.replace('id="a"', 'id="_topic-99"').format("word " * 900), 5, "too high"),
    ],
)
def test_a_template_of_another_kind_is_refused(make, small, template, code, says):
    found, stderr, _ = make(small, **{"templates/deck/briefing.html": template})
    assert found == code
    assert says in stderr


FONT = (ROOT / "assets" / "fonts" / "PublicSans_400Regular.ttf").read_bytes()


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("typography: {fonts: [{family: X, files: [x.ttf]}]}", "1:42", "is damaged, or not a TrueType"),
        ("typography: {fonts: [{family: X, files: [cut.ttf]}]}", "1:42", "is damaged, or not a TrueType"),
        ("typography: {fonts: [{family: X, files: [../../../../etc/passwd]}]}", "1:42", "must be in the folder of"),
        ("logo: /etc/passwd", "1:7", "must be in the folder of"),
        (
            "typography: {fonts: [{family: X, files: [{path: x.ttf, weight: heavy}]}]}",
            "1:64",
            "expected a whole number",
        ),
        ("typography: {fonts: [{family: X, files: [5]}]}", "1:42", "expected keys and values"),
        ("typography: {fonts: abc}", "1:21", "expected a list"),
        ("typography: {base: 'X\";} body{display:none'}", "1:20", "has the wrong form"),
        ("color: {palette: [1]}", "1:18", "expected keys and values"),
        ("meta: 5", "1:7", "expected keys and values"),
        ("defaults: []", "1:11", "expected keys and values"),
        ("defaults: {reportgen: {metrics: [a]}}", "1:33", "expected keys and values"),
        ("defaults: {reportgen: {deck: {headings: Nonesuch}}}", "1:41", "no font file for"),
        ("defaults: {reportgen: {metrics: {Georgia: Nonesuch}}}", "", 'no font file for "Nonesuch"'),
    ],
)
def test_a_brand_file_is_checked_key_by_key(make, small, text, place, says):
    code, stderr, _ = make(small, **{"_brand.yml": text, "x.ttf": b"not a font", "cut.ttf": FONT[:-20_000]})
    assert code == 6
    assert f"_brand.yml:{place}" in stderr
    assert says in stderr


def test_a_diagnostic_is_one_line_whatever_it_quotes():
    stderr = str(Diagnostic('no fact "a\nb\x1b[31m' + "x" * 500 + '"'))
    assert stderr == 'error: no fact "a\\nb\\x1b[31m' + "x" * 52 + '…"'

"""Text fields: Markdown, facts and citations become safe markup, and nothing else does."""

import pytest
from hypothesis import given, strategies as st
from lxml import etree

from reportgen.text import inline
from reportgen.text.numbers import NBSP, Quantity, Spread, Unit

FACTS = {
    "now": Quantity(1, Unit("US$ billion"), "a little less than", fact="now"),
    "span": Quantity(4, Unit("years"), fact="span", spread=Spread(3, 5, has_centre=False)),
    "rise": Quantity(8.2, Unit("%"), decimals=1, fact="rise"),
}


def plain(text):
    return inline.render_plain(text, FACTS).replace(NBSP, " ")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Seoul pays ${now}.", "Seoul pays a little less than $1 billion."),
        ("${now} is what Seoul pays.", "A little less than $1 billion is what Seoul pays."),
        ("Paid. ${now} so far.", "Paid. A little less than $1 billion so far."),
        ("(${now:short})", "(<$1 bn)"),
        ("It rose ${rise} [@a].", "It rose 8.2 percent."),
        ("It rose. [@a; @b] Then it fell.", "It rose. Then it fell."),
        ('"Quoted" it\'s', "“Quoted” it’s"),
        ("a -- b --- c...", "a – b — c…"),
        ("*not* **plain** [link](https://example.org)", "not plain link"),
        (r"\${now} and \[@a]", "${now} and [@a]"),
        ("CO~2~ and 10^6^", "CO2 and 106"),
        ("in 16 months", "in 16 months"),
        ("print LG Plus [sic]", "print LG Plus [sic]"),
    ],
)
def test_plain_text(text, printed):
    assert plain(text) == printed


def test_markup_marks_facts_emphasis_and_links():
    made = inline.render_markup("*a* **b** ${rise} [c](https://example.org?x=1&y=2) H~2~O", FACTS)
    assert made == (
        '<em>a</em> <strong>b</strong> <span class="fact" data-fact="rise">8.2\u00a0percent</span> '
        '<a href="https://example.org?x=1&amp;y=2">c</a> H<sub>2</sub>O'
    )


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("It took ${span}.", "It took 3–5 years."),
        ("It took between ${span} to build.", "It took between three and five years to build."),
        ("Between **${span}** passed.", "Between three and five years passed."),
        ("It went from ${span} in 2010.", "It went from three to five years in 2010."),
        ("It went from ${span} to ${span:short}.", "It went from 3–5 years to 3–5 years."),
        ("It is between ${span} and ${rise}.", "It is between 3–5 years and 8.2 percent."),
        ("It is between ${rise} and more.", "It is between 8.2 percent and more."),
    ],
)
def test_a_range_follows_between_and_from(text, printed):
    assert plain(text) == printed
    short = inline.render_markup(text, FACTS).striptags().replace(NBSP, " ")
    assert short == printed


def test_typed_numbers_keep_their_unit():
    assert NBSP in inline.render_plain("after 16 months", FACTS)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<b>x</b>", "&nbsp;", "[x](javascript:alert(1))", "[x](data:text/html,x)"]
)
def test_nothing_typed_becomes_markup(text):
    assert "<" not in inline.render_markup(text, FACTS)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("${a} [@b] ${c:short}", [("fact", "a"), ("quote", "b"), ("fact", "c")]),
        ("[@a; @b]", [("quote", "a"), ("quote", "b")]),
        ("${a b}", [("malformed", "${a b}")]),
        ("${a", [("malformed", "${a")]),
        ("[@]", [("malformed", "[@]")]),
        ("[x](file:///etc/passwd)", [("link", "file:///etc/passwd")]),
        (r"\${a}", []),
        ("[x](https://example.org)", []),
    ],
)
def test_references_are_found_and_faulty_ones_named(text, kinds):
    assert [(found.kind, found.id) for found in inline.find_references(text)] == kinds


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80))
def test_markup_is_always_well_formed_and_keeps_the_words(text):
    if any(found.kind in ("fact", "malformed") for found in inline.find_references(text)):
        return
    tree = etree.fromstring(f"<p>{inline.render_markup(text, FACTS)}</p>")
    assert "".join(tree.itertext()) == "".join(
        etree.fromstring(f"<p>{inline.render_markup(text, FACTS)}</p>").itertext()
    )
    letters = [letter for letter in "".join(tree.itertext()) if letter.isalnum()]
    written = "".join(letter for letter in text if letter.isalnum())
    assert all(letter in written for letter in letters)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[집현전]{ko} stands", '<span lang="ko">집현전</span> stands'),
        ("[a *b* ${sma}]{ko-KR}", '<span lang="ko-KR">a <em>b</em> '),
        ("[a [b]{la} c]{de}", '<span lang="de">a <span lang="la">b</span> c</span>'),
        ("[link](https://example.org){ko}", '<a href="https://example.org">link</a>{ko}'),
        ("[not a tag]{KO!}", "[not a tag]{KO!}"),
        ("\\[plain]{ko}", "[plain]{ko}"),
    ],
)
def test_words_in_another_language_carry_its_tag(text, expected):
    facts = {"sma": Quantity(1, Unit("US$ billion"))}
    assert inline.render_markup(text, facts).startswith(expected)
    assert "]{" not in inline.render_plain("[집현전]{ko} stands", facts)


@pytest.mark.parametrize("after", ["이며", "s", ", so"])
def test_emphasis_may_end_with_a_fact_whatever_follows(after):
    facts = {"sma": Quantity(1, Unit("US$ billion"))}
    assert f"</span></strong>{after}" in inline.render_markup(f"about **${{sma}}**{after}", facts)


UNMARKED = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="[]\\$*_~^'\"\ue001"), max_size=12)
    | st.sampled_from(["${now}", "${rise:short}", ". ", "... ", "--", "8 years", "\t"]),
    max_size=8,
).map("".join)


@given(UNMARKED)
def test_a_text_without_marks_is_read_as_the_parser_reads_it(text):
    """An emphasis behind it sends it through the Markdown parser, which must make the same of what stands before."""
    assert inline.render_markup(text + " *x*", FACTS) == inline.render_markup(text + " ", FACTS) + inline.render_markup(
        "*x*", FACTS
    )
    assert inline.render_plain(text + " *x*", FACTS) == inline.render_plain(text + " ", FACTS) + "x"


@pytest.mark.parametrize(
    ("plain", "printed"),
    [
        ("O'Neill", "O’Neill"), ("the '90s", "the ’90s"), ("'tis so", "’tis so"), ("the '68 campaign", "the ’68 campaign"),
        ("\"Q\" and 'q'", "“Q” and ‘q’"), ("(\"a\")", "(“a”)"), ("'68 reasons' for it", "‘68 reasons’ for it"),
        ("the boys' club", "the boys’ club"), ("Director, \"Policy\"", "Director, “Policy”"),
    ],
)  # fmt: skip
def test_quotes_and_apostrophes_are_typographic_in_names_and_in_texts(plain, printed):
    assert inline.set_quotes(plain) == printed
    assert inline.render_plain(plain, {}) == printed


def test_a_minus_stays_with_its_number():
    loss = {"loss": Quantity(-6, Unit("US$ billion"))}
    assert inline.render_plain("It lost ${loss}.", loss) == "It lost −\u2060$6\u00a0billion."
    assert (
        inline.render_plain("It was −€4 or –3.2 or minus 5.", {}) == "It was −\u2060€4 or –\u20603.2 or minus\u00a05."
    )
    assert (
        inline.render_plain("It took 3–5 years, a well–known 2019–2020 span.", {})
        == "It took 3–5\u00a0years, a well–known 2019–2020 span."
    )

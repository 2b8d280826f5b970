"""Lines end where they should, and nothing leaves its column: long words, many citations, two-figure numbers."""

import pytest
from markupsafe import Markup

from reportgen import brand
from reportgen.audit import audit
from reportgen.brief import load_brief
from reportgen.memo.line_breaks import tie_citation
from reportgen.memo.profiles import PROFILES
from reportgen.pdf.paper import shorten_running_title
from tests.memo.conftest import DECIDED, memo_of, outside

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
URL = "https://www.example.org/a/long/path/that/goes/on/" + "and/on/" * 12
PLACES = ' <span class="places">{}</span>'


def test_a_citation_stays_with_the_last_word():
    assert tie_citation(Markup("in a cup"), Markup(PLACES.format("¶5, ¶6"))).startswith(
        'in <span class="tied">a cup <span'
    )


def test_of_a_long_citation_the_first_place_stays_and_the_others_may_break():
    places = ", ".join(f"¶{number}" for number in range(10, 30))
    found = tie_citation(Markup("in a cup"), Markup(PLACES.format(places)), letters=24)
    assert found.startswith(
        'in <span class="tied">a cup <span class="places">¶10,</span></span> <span class="places">¶11, ¶12'
    )
    assert found.striptags() == f"in a cup {places}"


def test_a_word_that_fills_a_line_is_not_tied():
    assert "tied" not in tie_citation(Markup(f"the {WORD}"), Markup(PLACES.format("¶5")))
    assert "tied" not in tie_citation(Markup("바람은 " + "송" * 22), Markup(PLACES.format("¶5")))


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_leaves_its_column_and_the_audit_knows_a_broken_word(write_brief, profile):
    more = "".join(
        f"  - {{title: Count the ships again, lead: Planning staff, decide: Question {number}, act: That you count {WORD}}}\n"
        for number in range(9)
    )
    quotes = "".join(
        f'  more-{number}: {{source: author, paragraph: {number}, text: "a survey"}}\n' for number in range(10, 30)
    )
    cited = "; ".join(f"@more-{number}" for number in range(10, 30))
    path = write_brief(
        ("\nfacts:", f"\n{quotes}\nfacts:"),
        ("could save a year. [@season]", f"could save a year. [{cited}]"),
        ("The cooperative fears for its spawning grounds", f"See [the page]({URL}) and {URL}; they say {WORD}, and the cooperative fears"),
        ("\n# Charts", f"{more}\n# Charts"),
        ("  - title: Commission the survey\n", f"  - title: Commission the {WORD}\n"),
        add=f"{DECIDED}\nobjective: To agree who pays for the {WORD}\ntalking_points: ['{WORD} and {URL}']\n",
    )  # fmt: skip
    pdf = memo_of(path, profile=profile)
    assert outside(pdf, profile) == ""
    assert audit(load_brief(path), pdf, "memo.pdf").findings == ()


def test_a_running_title_keeps_to_one_line():
    house = brand.load()
    assert shorten_running_title("A short title", house, 468) == "A short title"
    short = shorten_running_title("A title, which goes on, " * 9, house, 468)
    assert short.endswith(("title…", "which…", "goes…", "on…", "A…"))
    assert 40 < len(short) < 90
    assert shorten_running_title("W" * 90, house, 468).rstrip("…") == "W" * (
        len(shorten_running_title("W" * 90, house, 468)) - 1
    )

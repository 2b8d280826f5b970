"""Each claim gets the verdict that its source gives it, with the respect in which it differs."""

import re

import pytest
from hypothesis import given, strategies as st

from reportgen.factcheck import check_facts
from tests.factcheck.conftest import SOURCE, Desk

FOUND = [
    ("The port handled 8.24 million tons of cargo in 2021.", "8.24 million tons"),
    ("The port handled about 8.2 million tons of cargo in 2021.", "about 8.2 million tons"),
    ("The port handled 8.2 million tons of cargo.", "8.2 million tons"),
    ("Container traffic rose by 5.2%.", "5.2%"),
    ("Container traffic rose by 5.2 percent, reaching 412,000 containers.", "412,000"),
    ("Bulk cargo was down 3.1 percent.", "3.1 percent"),
    ("More than 1,200 ships called at the port.", "More than 1,200"),
    ("The repairs to the breakwater cost $46.5 million.", "$46.5 million"),
    ("The repairs to the outer breakwater cost $47 million.", "$47 million"),
    ("The authority employs 640 people.", "640"),
    ("Between 12 and 15 pilots retire each year.", "12 and 15"),
    ("About 67 percent of the authority’s revenue comes from port dues.", "About 67 percent"),
    ("Traffic is expected to reach 9.5 million tons by 2026 if the northern channel is dredged.", "9.5 million tons"),
    ("The breakwater was damaged in the storm of March 2018.", "March 2018"),
    ("Before the storm of March 2018, nobody had seen the outer breakwater damaged.", "March 2018"),
    ("Of the ships that called at the port, two in five (40 percent) were not longer than 200 meters.", "200 meters"),
    ("“We cannot train pilots fast enough to replace the ones who leave,” said Lindqvist.", "We cannot train pilots fast enough to replace the ones who leave"),
]  # fmt: skip

DIFFERENT = [
    ("The port handled 8.42 million tons of cargo in 2021.", "8.42 million tons", "value"),
    ("The repairs to the outer breakwater took 16 months.", "16 months", "value"),
    ("The authority employs 460 people.", "460", "value"),
    ("The port handled 8.24 billion tons of cargo in 2021.", "8.24 billion tons", "unit"),
    ("Container traffic rose by 5.2 percentage points, to 412,000 containers.", "5.2 percentage points", "unit"),
    ("Container traffic fell by 5.2 percent, to 412,000 containers.", "5.2 percent", "sign"),
    ("The unemployment rate in the district was 6.4 percent, 1.1 percentage points higher than in the previous year.", "1.1 percentage points", "sign"),
    ("1,200 ships called at the port.", "1,200", "bound"),
    ("Fewer than 1,200 ships called at the port.", "Fewer than 1,200", "bound"),
    ("Between 12 and 18 pilots retire each year.", "12 and 18", "range"),
    ("Each year, 15 pilots retire.", "15", "range"),
    ("The breakwater was damaged in the storm of March 2016.", "March 2016", "year"),
    ("The port handled 8.24 million tons of cargo in 2020, up from 7.6 million tons in 2019.", "2020", "year"),
    ("The port handled 8.24 million tons of cargo in 2019, up from 7.6 million tons in 2019.", "2019", "year"),
    ("Traffic is to reach 9.5 million tons.", "9.5 million tons", "condition"),
    ("“We cannot train pilots quickly enough to replace the ones who leave,” said Lindqvist.", "We cannot train pilots quickly enough to replace the ones who leave", "words"),
    ("“We cannot train pilots fast enough to replace the ones who leave,” said Tomas Bright.", "We cannot train pilots fast enough to replace the ones who leave", "speaker"),
]  # fmt: skip

UNKNOWN = [
    ("The ferry company carried 310,000 passengers.", "310,000", "not found"),
    ("The town library lends 640 books a day.", "640", "elsewhere"),
    ("The port’s revenue exceeded its spending by $13 million in 2021.", "$13 million", "computed?"),
    ("“The mayor has never set foot in the harbor,” said a fisherman.", "The mayor has never set foot in the harbor", "not found"),
]  # fmt: skip


def find(sheet, words):
    return next(each for each in sheet.claims if each.claim.words == words)


@pytest.mark.parametrize(("sentence", "words"), FOUND)
def test_what_the_source_says_is_found_with_its_passage(desk, sentence, words):
    sheet = desk.check(sentence)
    checked = find(sheet, words)
    assert (checked.verdict, checked.differences) == ("found", ())
    assert checked.evidence.passage in " ".join(SOURCE.split())
    assert checked.evidence.words in checked.evidence.passage
    assert re.match(r"¶\d+$", str(checked.evidence.place))
    assert sheet.passed


@pytest.mark.parametrize(("sentence", "words", "aspect"), DIFFERENT)
def test_what_differs_is_told_with_the_respect_in_which(desk, sentence, words, aspect):
    sheet = desk.check(sentence)
    checked = find(sheet, words)
    assert checked.verdict == "differs"
    assert aspect in {each.aspect for each in checked.differences}
    assert not sheet.passed


@pytest.mark.parametrize(("sentence", "words", "verdict"), UNKNOWN)
def test_what_no_passage_says_is_no_error(desk, sentence, words, verdict):
    sheet = desk.check(sentence)
    assert find(sheet, words).verdict == verdict
    assert sheet.passed


@pytest.mark.parametrize(
    "text",
    [
        "Call 555-123-4567 or write to 12@example.org.",
        "See https://example.org/2021/report-8.24.html for more.",
        "Table 4 and section 3.2 have the details (see chapter 7).",
        "The COP26 summit used a 5G network.",
        "Public Law 109-58 amends 42 U.S.C. 7545.",
        "Published: March 4, 2022\n\nThe harbor is calm.",
        "The committee (1) met, (2) talked, and (3) went home.",
        "© 2022 The harbor authority",
        "The authority follows the Ports Act of 1998.",
    ],
)
def test_what_only_looks_like_a_claim_is_none(desk, text):
    assert [each.claim.words for each in desk.check(text).claims] == []


def test_a_number_that_was_not_found_is_shown_beside_the_nearest_passage(desk):
    sheet = desk.check("Oil traffic rose last winter at the inland refinery, by 7.7 percent.")
    (checked,) = sheet.claims
    assert (checked.verdict, checked.note) == ("not found", "the nearest passage has “5.2 percent”")
    assert checked.evidence.words == "5.2 percent"
    assert sheet.passed


def test_a_quotation_runs_over_what_interrupts_it_in_the_source(desk):
    desk.write(
        "“The channel is too shallow,” the pilots wrote in May. “It must be dredged before the winter.”", "report.txt"
    )
    sheet = desk.check("The pilots say: “The channel is too shallow. It must be dredged before the winter.”")
    assert [each.verdict for each in sheet.claims] == ["found"]


def test_words_that_the_source_has_beside_the_passage_are_no_difference(desk):
    sheet = desk.check("“The school has plenty of room for nine students a year,” said Okafor.")
    assert "The school has room" in sheet.claims[0].evidence.words
    (quotation, number) = sorted(sheet.claims, key=lambda each: each.claim.kind, reverse=True)
    assert [str(each) for each in quotation.differences] == ["words: “plenty of”; the source has nothing"]
    assert number.verdict == "found"


def test_an_apposition_shares_no_unit(desk):
    desk.write(
        "About 473 million people lack a job, which is 12.3 percent, and 148 million children under five go hungry.",
        "report.txt",
    )
    sheet = desk.check(
        "Some 473 million people, or 12.3 percent, lack a job. Of children under five, or 148 million, all go hungry."
    )
    assert [each.claim.words for each in sheet.claims if each.verdict == "differs"] == []


def test_two_places_that_disagree_are_reported_once(desk):
    text = "The new terminal will cost $410 million to build.\n\nNobody objects.\n\nThe new terminal will cost $450 million to build."
    sheet = desk.check(text)
    (contradiction,) = sheet.contradictions
    assert {contradiction.first.words, contradiction.second.words} == {"$410 million", "$450 million"}
    assert [str(claim.place) for claim in (contradiction.first, contradiction.second)] == ["¶1", "¶3"]
    assert not sheet.passed


def test_two_years_or_two_things_are_no_contradiction(desk):
    lines = (
        "Traffic was 5.1 million tons in 2014.",
        "Traffic was 5.6 million tons in 2015.",
        "Men in the district earned $412 a week.",
        "Women in the district earned $390 a week.",
        "The median time to confirm a circuit judge was 63 days.",
        "The median time to confirm a district judge was 57 days.",
        "The quay was not paid for by the $40 million of the region.",
        "The quay was paid for by the $45 million of the region.",
    )
    assert desk.check("\n\n".join(lines)).contradictions == ()


FIGURES = [(match[0], match.start()) for match in re.finditer(r"\d[\d.,]*\d", SOURCE) if len(match[0]) > 2]


@given(st.sampled_from(FIGURES), st.data())
def test_a_sentence_of_the_source_with_one_digit_changed_never_passes(tmp_path_factory, figure, data):
    """Whichever digit of whichever number is another, the verdict on that number is not "found"."""
    words, at = figure
    place = data.draw(st.sampled_from([index for index, char in enumerate(words) if char.isdigit()]))
    digit = data.draw(st.sampled_from([char for char in "123456789" if char != words[place]]))
    changed = words[:place] + digit + words[place + 1 :]
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.write(SOURCE, "report.txt")
    sheet = check_facts(desk.write(SOURCE[:at] + changed + SOURCE[at + len(words) :]), [desk.source])
    wrong = [each for each in sheet.claims if each.verdict != "found"]
    assert any(changed in each.claim.words for each in wrong)


def test_a_true_copy_is_found_throughout(desk):
    sheet = desk.check(SOURCE)
    assert {each.verdict for each in sheet.claims} == {"found"}
    assert len(sheet.claims) > 25

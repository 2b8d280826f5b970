"""The memo's forms: the parts that each needs, the pages that it gives, and its conformance to the standards."""

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest

from reportgen.audit import audit
from reportgen.brief import load_brief
from reportgen.memo import page_budget
from reportgen.memo.profiles import PROFILES
from reportgen.system.errors import BriefError, FitError
from tests.conftest import BUNDLED, ROOT
from tests.documents import documents_of
from tests.memo.conftest import DECIDED, memo_of, words_of

FORMS = tuple(PROFILES)
BRIEFS = ROOT / "tests" / "briefs"


@pytest.fixture(scope="module")
def bundled():
    """The bundled brief in each form."""
    return documents_of(BUNDLED).memo


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("profile", FORMS)
@pytest.mark.parametrize(
    "brief",
    [BUNDLED, BRIEFS / "korean" / "brief.yaml", BRIEFS / "arabic" / "brief.yaml"],
    ids=["bundled", "korean", "arabic"],
)
def test_every_form_of_every_brief_is_a_document_of_record(verapdf, tmp_path, brief, profile, paper):
    path = tmp_path / "memo.pdf"
    documents = documents_of(brief)
    path.write_bytes(documents.memo(profile, paper))
    for standard in ("PDF/A-3a", "PDF/UA-1"):
        assert verapdf.check(path, standard).failures == ()
    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0
    assert documents.audit(path.read_bytes()).findings == ()


def test_qpdf_sees_a_damaged_file(tmp_path, bundled):
    path = tmp_path / "memo.pdf"
    path.write_bytes(bundled("info")[:-200])
    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode != 0


@pytest.mark.parametrize("profile", FORMS)
def test_every_form_audits_against_its_brief(bundled, profile):
    report = documents_of(BUNDLED).audit(bundled(profile))
    assert (report.findings, report.unread) == ((), ())


def test_pages_of_the_bundled_forms(bundled):
    counts = {}
    for profile in FORMS:
        with opened(bundled(profile)) as pdf:
            counts[profile] = len(pdf.pages)
    assert counts == {
        "info": 2,
        "action": 4,
        "decision": 5,
        "meeting": 2,
        "onepage": 1,
    }  # with the last page, where offices clear


@pytest.mark.parametrize(
    ("profile", "parts"),
    [
        ("info", "dissent basis"),
        ("action", "options dissent risks basis"),
        ("decision", "options dissent risks basis"),
        ("onepage", "dissent caveat"),
    ],
)
def test_each_form_prints_what_its_genre_has(bundled, profile, parts):
    brief, words = documents_of(BUNDLED).brief, words_of(bundled(profile))
    texts = {
        "options": [text for option in brief.options for text in (option.title, *option.implications)],
        "dissent": [view.text for view in brief.dissent],
        "risks": [item.risk for item in brief.recommendations],
        "basis": brief.basis,
        "caveat": [brief.topics[3].points[1]],
    }
    for part in parts.split():
        for text in texts[part]:
            assert " ".join(brief.plain(text).split()[:6]) in words


def test_a_form_with_room_for_one_point_keeps_what_qualifies_it(write_brief):
    text = "      - The cooperative fears"
    caveat = "      - The survey is public. [@survey]\n      - But it is old. [@survey]\n" + text
    brief = load_brief(
        write_brief((text, "      - Pilots agree. [@survey]\n      - However, few were asked. [@survey]\n" + caveat))
    )
    assert [point.split()[0] for point in brief.topics[1].leading_points] == ["Pilots", "However,"]
    words = words_of(memo_of(Path(brief.document.file), profile="onepage"))
    assert "However, few were asked" in words
    assert "But it is old" not in words


MEETING = """
meeting: Harbor commission, Hall 2
objective: Agree who pays for the survey.
participants: [Chair of the harbor commission, Spokesman of the cooperative]
talking_points: ["Begin with the season: it sets the date.", "Two things:\\n\\n- pilots\\n- ships"]
watch_out: [The cooperative may ask for a promise.]
questions: [{question: Who was asked?, answer: "The pilots. [@survey]"}]
"""


def test_a_meeting_brief_prints_what_is_said_and_asked_there(write_brief):
    path = write_brief(add=MEETING)
    brief = load_brief(path)
    pdf = memo_of(path, profile="meeting")
    words = words_of(pdf)
    labels = (
        "MEETING Harbor",
        "PARTICIPANTS",
        "Objective",
        "Points to make",
        "If asked",
        "Watch out for",
        "Background",
        "Next steps",
    )
    places = [words.index(label) for label in labels]
    assert places == sorted(places)
    for text in (
        "Spokesman of the cooperative",
        "Begin with the season",
        "Who was asked?",
        "promise",
        "Long ships are 42 percent",
    ):
        assert text in words
    assert brief.exhibits
    assert all(f"exhibits.{name}" not in words for name in brief.exhibits)
    assert audit(brief, pdf, "memo.pdf").findings == ()


@pytest.mark.parametrize("key", ["objective", "talking_points"])
def test_a_meeting_brief_needs_its_objective_and_points(write_brief, key):
    path = write_brief(add="".join(line for line in MEETING.splitlines(keepends=True) if not line.startswith(key)))
    with pytest.raises(BriefError, match=f'{key} is missing, and the profile "meeting"'):
        memo_of(path, profile="meeting")


def test_a_few_lines_never_make_a_page_of_their_own(write_brief, monkeypatch):
    point = "      - Last year ${long-ships} of all calls were by ships of more than 220 meters. [@share]\n"

    def count_pages(points):
        with opened(memo_of(write_brief((point, point * points)))) as pdf:
            return len(pdf.pages)

    counts = (37, 38)
    with_rule = [count_pages(points) for points in counts]
    monkeypatch.setattr(page_budget, "SHORT_TAIL", 0)
    without = [count_pages(points) for points in counts]
    saved = [before - after for before, after in zip(without, with_rule, strict=True)]
    assert saved == [0, 1]
    assert with_rule == [2, 2]


@pytest.mark.parametrize(
    ("profile", "gone", "told"),
    [
        ("action", "decider", "asks for a decision"),
        ("decision", "decider", "asks for a decision"),
        ("decision", "purpose", "begins with it"),
        ("decision", "options", "presents them to the reader"),
        ("decision", "dissent", "prints the case against"),
    ],
)
def test_a_missing_part_is_reported_with_the_place_to_add_it(write_brief, profile, gone, told):
    kept = [part for part in DECIDED.split("\n\n") if not part.strip().startswith(gone)]
    path = write_brief(add="\n\n".join(kept))
    with pytest.raises(BriefError) as caught:
        memo_of(path, profile=profile)
    (found,) = caught.value.diagnostics
    assert found.message.startswith(f'{gone} is missing, and the profile "{profile}"')
    assert told in found.message
    assert found.where.line
    assert "add after" in found.hint
    assert f"{gone}: " in found.hint


def test_all_missing_parts_are_reported_at_once(write_brief):
    with pytest.raises(BriefError) as caught:
        memo_of(write_brief(), profile="decision")
    assert [found.message.split()[0] for found in caught.value.diagnostics] == [
        "purpose",
        "decider",
        "options",
        "dissent",
    ]


# Boxes


def groups(pdf):
    return {str(field.T): field for field in pdf.Root.AcroForm.Fields}


def test_each_recommendation_has_one_group_of_four_boxes(bundled):
    brief = documents_of(BUNDLED).brief
    with opened(bundled("action")) as pdf:
        found = groups(pdf)
        names = [f"recommendation-{number}" for number in range(1, len(brief.recommendations) + 1)]
        assert set(found) == {
            *(name + part for name in names for part in ("", "-initials", "-date")), "comments", "signature", "signed-date",
        }  # fmt: skip
        choices = ["Approve", "Approve as amended", "Disapprove", "Discuss"]
        for number, (name, item) in enumerate(zip(names, brief.recommendations, strict=True), 1):
            group = found[name]
            assert str(group.TU) == f"{number}. {brief.plain(item.title)}"
            assert [str(each) for each in group.Opt] == choices
            assert all("/T" not in button and button.Parent == group for button in group.Kids)
            assert [str(button.TU).rpartition(": ")[2] for button in group.Kids] == choices
            assert int(group.Ff) & 1 << 15  # radio


def test_a_ticked_box_keeps_both_standards_and_the_audit_reports_it(bundled, verapdf, tmp_path):
    path = tmp_path / "ticked.pdf"
    with opened(bundled("action")) as pdf:
        group = groups(pdf)["recommendation-2"]
        group.V = pikepdf.Name("/1")
        group.Kids[1].AS = pikepdf.Name("/1")
        pdf.save(path)
    for standard in ("PDF/A-3a", "PDF/UA-1"):
        assert verapdf.check(path, standard).failures == ()
    report = audit(documents_of(BUNDLED).brief, path.read_bytes(), "memo.pdf")
    (found,) = report.findings
    assert (found.severity, found.message) == (
        "error",
        "a box is ticked: 2. Agree a joint North Korea plan: Approve as amended",
    )


def test_without_its_name_a_box_fails(bundled, verapdf, tmp_path):
    """Prove the check that the boxes pass."""
    path = tmp_path / "nameless.pdf"
    with opened(bundled("action")) as pdf:
        group = groups(pdf)["recommendation-1"]
        for field in (group, *group.Kids):
            del field.TU
        pdf.save(path)
    assert any("7.18" in failure for failure in verapdf.check(path, "PDF/UA-1").failures)


@pytest.mark.parametrize("profile", ["action", "decision"])
def test_a_recommendation_without_its_act_is_refused_where_it_stands(write_brief, profile):
    path = write_brief(
        ("    act: That you authorize the planning staff", "    action: That you authorize the planning staff"),
        add=DECIDED,
    )
    with pytest.raises(
        BriefError, match=rf'recommendations\[0\].act is missing, and the profile "{profile}"'
    ) as caught:
        memo_of(path, profile=profile)
    (found,) = caught.value.diagnostics
    assert "title: Commission the survey" in path.read_text().splitlines()[found.where.line - 1]
    memo_of(path)  # which asks for no decision


def test_supporters_and_objections_stand_below_the_act(write_brief):
    text = "    lead: Planning staff\n"
    path = write_brief(
        (text, text + "    supports: [The harbor master]\n    objection: The cooperative, for its grounds\n"),
        add=DECIDED,
    )
    words = words_of(memo_of(path, profile="action"))
    for text in ("Support:", "The harbor master", "Who objects:", "for its grounds"):
        assert text in words


def test_many_acts_and_options_are_numbered_and_the_audit_knows_the_numbers(write_brief):
    option = "  - {title: Wait for the pilots, implications: [It takes a season.]}\n"
    act = "  - {title: Count the ships, lead: Planning staff, act: That you have the ships counted.}\n"
    path = write_brief(
        ("recommendations:\n", "recommendations:\n" + act * 10),
        add=DECIDED.replace("\ndissent:", option * 4 + "\ndissent:"),
    )
    pdf = memo_of(path, profile="decision")
    with opened(pdf) as form:
        assert len(groups(form)["decision"].Kids) == 8
        assert "recommendation-12" in groups(form)
    assert audit(load_brief(path), pdf, "memo.pdf").findings == ()


# Action


def test_a_bottom_line_of_more_than_four_lines_is_refused_in_an_action_memo(write_brief):
    long = "bottom_line: >-\n  " + "The commission should decide soon and decide well. " * 9
    path = write_brief(("bottom_line: >-\n  Decide", long + "\n  Decide"), add=DECIDED)
    with pytest.raises(FitError, match=r"the bottom line has \d lines.* allows 4: cut about \d+ words") as caught:
        memo_of(path, profile="action")
    assert caught.value.diagnostics[0].where.line
    memo_of(path)  # which other forms allow


def test_the_clearance_lists_its_offices_and_is_left_out_without_any(write_brief):
    assert "Clearance" not in words_of(memo_of(write_brief(add=DECIDED), profile="action")).replace(
        "CLEARANCE", "Clearance"
    )
    words = words_of(memo_of(write_brief(add=DECIDED + "\nclearance: [Harbor master, Treasury]\n"), profile="action"))
    assert "CLEARED BY" in words
    assert "Treasury" in words


# Decision


def test_the_signature_has_a_page_of_its_own(bundled):
    from reportgen.pdf.reading.pdf_reader import read_pdf

    brief = documents_of(BUNDLED).brief
    pdf = read_pdf(bundled("decision"), "memo.pdf")
    signed = pdf.pages - 1  # the last page is detached before
    last = " ".join(span.text for span in pdf.spans if span.page == signed)
    assert brief.decider in last
    for option in brief.options:
        assert brief.plain(option.title) in last
    before = " ".join(span.text for span in pdf.spans if span.page < signed)
    assert "Mark one option" not in before
    assert "Notes" in before or "NOTES" in before


def test_options_their_implications_and_dissent_are_printed(bundled):
    brief, words = documents_of(BUNDLED).brief, words_of(bundled("decision")).replace("\xa0", " ")
    texts = [text for option in brief.options for text in (option.title, *option.implications)]
    for text in (*texts, brief.purpose, *(view.text for view in brief.dissent)):
        assert " ".join(brief.plain(text).split()).replace("\xa0", " ") in words


# One page


def test_the_one_page_form_says_why_what_and_what_to_do(bundled):
    brief, words = documents_of(BUNDLED).brief, words_of(bundled("onepage"))
    for heading in ("Why this matters", "What we found", "What we recommend"):
        assert heading in words
    for topic in brief.topics:
        assert brief.plain(topic.title) in words
    for item in brief.recommendations:
        assert brief.plain(item.title) in words


def test_the_one_page_form_shows_two_exhibits_the_chosen_or_the_first(bundled, write_brief):
    with opened(bundled("onepage")) as pdf:
        assert sorted(pdf.attachments) == ["samsung.csv", "sma.csv", "sources.json"]
    with opened(memo_of(write_brief(add=DECIDED), profile="onepage")) as pdf:
        assert sorted(pdf.attachments) == ["calls.csv", "sources.json"]


def test_evidence_stands_beside_the_words_where_there_are_no_notes(bundled):
    words = words_of(bundled("onepage"))
    assert "¶5, ¶10" in words
    assert "Stangarone (2020) is Troy Stangarone" in words


@pytest.mark.parametrize(
    ("change", "listed", "told"),
    [
        (
            ("    kind: share\n", "    kind: share\n    only: deck\n"),
            "[calls]",
            'the exhibit "calls" is only for the deck',
        ),
        (("slug: harbor", "slug: harbor"), "[calls, calls]", '"calls" is listed twice'),
        (("slug: harbor", "slug: harbor"), "[cals]", 'no exhibit "cals"'),
        (("slug: harbor", "slug: harbor"), "[calls, calls, calls]", "at most 2"),
    ],
)
def test_highlights_that_cannot_be_shown_are_reported_at_their_place(write_brief, change, listed, told):
    path = write_brief(change, add=f"\nhighlights: {listed}\n")
    with pytest.raises(BriefError) as caught:
        load_brief(path)
    (found,) = caught.value.diagnostics
    assert told in found.message
    assert found.where.line == len(path.read_text().splitlines())


def test_an_essential_point_is_in_every_form(write_brief):
    old = "      - The cooperative fears"
    new = (
        "      - Pilots agree. [@survey]\n      - The survey is old. [@survey]\n      - {text: 'Nobody asked ${long-ships}. [@share]', essential: true}\n      - But few will be. [@survey]\n"
        + old
    )
    brief = load_brief(write_brief((old, new)))
    assert [point.split()[0] for point in brief.topics[1].leading_points] == ["Pilots", "Nobody", "But"]
    words = words_of(memo_of(Path(brief.document.file), profile="onepage"))
    assert "Nobody asked 42 percent." in words
    assert "The survey is old" not in words


@pytest.mark.parametrize(
    ("point", "message"),
    [
        ("{text: Nobody asked., esential: true}", 'unknown key "esential"'),
        ("{essential: true}", "text is missing"),
        ("{text: Nobody asked., essential: maybe}", "essential is true or false"),
        ("{text: 'It cost ${dredgin}.', essential: true}", 'no fact "dredgin"'),
    ],
)
def test_a_marked_point_that_cannot_be_read(write_brief, point, message):
    old = "      - The cooperative fears"
    with pytest.raises(BriefError) as caught:
        load_brief(write_brief((old, f"      - {point}\n{old}")))
    (found,) = caught.value.diagnostics
    assert message in found.message
    assert found.where.line == 55

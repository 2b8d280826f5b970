"""The memo's head: through whom it goes, who gets a copy, what it refers to, and by when an answer is asked for."""

import pytest

from reportgen import brand as brands
from reportgen.audit import audit
from reportgen.brief import load_brief
from reportgen.deck import compose_html
from reportgen.markup.templates import template_folders
from reportgen.memo.memo_html import compose
from reportgen.memo.profiles import PROFILES
from reportgen.pdf.paper import PAPERS
from reportgen.system.errors import BriefError
from tests.memo.conftest import DECIDED, memo_of, words_of

HEAD = (
    "to: Harbor commission\nfrom: Planning staff",
    "to: [Chair of the commission, Members of the commission]\nthrough: Harbor master\nfrom: [Planning staff, Pilots' office]\n"
    "cc: [Finance, Fishing cooperative]\nreference: [Minutes of the commission]\nreply_by: 2026-03-01\ntracking: HC-2026-014",
)
ROWS = (
    ("To", "Chair of the commission<br/>Members of the commission"),
    ("Through", "Harbor master"),
    ("From", "Planning staff<br/>Pilots’ office"),
    ("Cc", "Finance<br/>Fishing cooperative"),
    ("Reply by", "March 1, 2026"),
    ("Number", "HC-2026-014"),
    ("Ref", "Minutes of the commission"),
)


def html_of(path, profile="info"):
    brief = load_brief(path)
    return compose(
        brief, brands.load(path.parent), template_folders(path.parent), PAPERS["letter"], PROFILES[profile]
    ).html


@pytest.mark.parametrize("profile", ["info", "action", "decision"])
def test_each_name_has_a_line_of_its_own(write_brief, profile):
    html = html_of(write_brief(HEAD, add=DECIDED), profile).replace("\u00a0", " ")
    for label, words in ROWS:
        assert f'<th scope="row">{label}</th><td>{words}</td>' in html
    order = [
        html.index(f">{label}</th>")
        for label in ("To", "Through", "From", "Cc", "Date", "Reply by", "Number", "Subject", "Ref")
    ]
    assert order == sorted(order)


def test_a_memo_without_them_has_no_empty_row(write_brief):
    html = html_of(write_brief())
    assert "<td>Harbor commission</td>" in html
    for label in ("Through", "Cc", "Reply by", "Number", "Ref"):
        assert f">{label}</th>" not in html


def test_they_are_the_memo_s_alone(write_brief):
    path = write_brief(HEAD)
    assert "HC-2026-014" not in html_of(path, "onepage")
    assert "HC-2026-014" not in compose_html(load_brief(path), template_folders(path.parent))


def test_the_finished_memo_has_them_and_passes_its_audit(write_brief):
    path = write_brief(HEAD)
    pdf = memo_of(path)
    assert "Harbor master" in words_of(pdf)
    assert "HC-2026-014" in words_of(pdf)
    report = audit(load_brief(path), pdf, "memo.pdf")
    assert report.findings == ()
    assert {"through[0]", "cc[1]", "reference[0]", "reply_by", "tracking"} <= report.printed


def test_an_answer_is_not_asked_for_before_the_memo_is_written(write_brief):
    with pytest.raises(BriefError) as caught:
        load_brief(write_brief((HEAD[0], HEAD[1].replace("2026-03-01", "2026-02-01"))))
    (found,) = caught.value.diagnostics
    assert "reply_by is 2026-02-01, before the memo's date, 2026-02-10" in found.message
    assert found.where.line

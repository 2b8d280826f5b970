"""Files as they were built, or saved by another program, give no finding."""

import io
import json
import shutil
import subprocess

import pikepdf
import pptx
import pytest

from reportgen import brand, deck
from reportgen.audit import audit
from reportgen.audit.align import Region, align
from reportgen.brief import load_brief
from reportgen.deck import theme
from reportgen.markup.templates import template_folders
from reportgen.system.errors import FitError
from tests.audit.conftest import content, saved
from tests.conftest import INIT
from tests.deck import sample_themes
from tests.memo.conftest import memo_of

NOTHING = ()


def test_the_memo_and_every_number_in_it_has_an_origin(finished):
    report = finished.audited(finished.memo)
    assert (report.findings, report.unread, report.counts["unknown"]) == (NOTHING, NOTHING, 0)
    assert report.passed


def test_the_deck_and_every_number_in_it_has_an_origin(finished):
    report = finished.audited(finished.deck)
    assert (report.findings, report.unread, report.counts["unknown"]) == (NOTHING, NOTHING, 0)


def test_numbers_are_listed_with_place_and_origin(bundled):
    numbers = {(item.text, str(item.place)): (item.origin, item.id) for item in bundled.audited(bundled.deck).numbers}
    assert numbers["five times", "slide 9, “title”"] == ("fact", "sma-ratio")
    assert numbers["9", "slide 9, “slide-number”"] == ("structural", "slide number")
    assert numbers["5", "slide 9, “source”"] == ("structural", "paragraph")
    assert numbers["1995", "slide 11, “label: 1995”"] == ("structural", "drawing")


def test_quotations_are_listed_with_their_quote(bundled):
    for data in (bundled.memo, bundled.deck):
        quoted = {item.words: item.quote for item in bundled.audited(data).quotations}
        assert quoted["a relatively short window"] == "short-window"


def test_a_report_is_json(finished):
    report = json.loads(json.dumps(finished.audited(finished.deck, "deck.pptx").as_dict()))
    assert report["file"] == "deck.pptx"
    assert report["passed"] is True
    assert sum(report["counts"].values()) == len(report["numbers"])


def test_a_deck_saved_again_by_python_pptx(finished):
    report = finished.audited(saved(pptx.Presentation(io.BytesIO(finished.deck))))
    assert (report.findings, report.unread) == (NOTHING, NOTHING)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice opens and saves the deck")
def test_a_deck_saved_again_by_libreoffice(finished, tmp_path):
    """It renames placeholders, rewrites charts, and loses alternative texts, header rows and workbooks: that is no error.

    The words are the same, so nothing else is reported but notes.
    """
    source = tmp_path / "deck.pptx"
    source.write_bytes(finished.deck)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pptx", "--outdir", str(tmp_path / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    report = finished.audited((tmp_path / "out" / "deck.pptx").read_bytes())
    assert {finding.severity for finding in content(report)} == {"note"}
    assert {finding.rule for finding in report.findings} == {"", "alt-text", "table-header"}
    assert report.passed
    assert any("no workbook" in text for text in report.unread)
    assert any("no alternative text" in text for text in report.unread)


def longer(write_brief):
    """The small brief with recommendations for several slides, and dates for a table."""
    each = "  - title: Commission part {0} of the survey\n    lead: Planning staff\n    deadline: 2026-02-2{0}\n"
    dates = "\ntimeline:\n  - {date: 2026-04-01, title: The season begins}\n  - {date: 1980s, title: The last survey}\n"
    many = "recommendations:\n" + "".join(each.format(number % 9) for number in range(22))
    path = write_brief(("recommendations:\n", many), add=dates)
    shutil.copy(INIT.parent / "article.txt", path.parent)
    return load_brief(path)


@pytest.mark.parametrize("house", [None, sample_themes.plain, sample_themes.wide], ids=["ours", "4:3", "a house's"])
def test_a_deck_with_continuation_slides(write_brief, house):
    """It is compared with what fits the file's own theme, whose own faults are no errors."""
    brief = longer(write_brief)
    looks = brand.load(brief.folder)
    chosen = theme.parse_theme(house(), "house.pptx") if house else theme.build_default(looks)
    data = deck.render_deck(brief, looks, template_folders(brief.folder), chosen)
    titles = [slide.shapes.title.text for slide in pptx.Presentation(io.BytesIO(data)).slides]
    assert any("(2 of" in title.replace("\xa0", " ") for title in titles)
    report = audit(brief, data, "deck.pptx")
    assert (content(report), report.counts["unknown"], report.passed) == ([], 0, True)


def test_a_brief_that_no_longer_fits_is_compared_as_it_is(small, write_brief):
    """Its deck can be audited, though it could not be built any more."""
    title = "The harbor should plan for longer ships"
    path = write_brief((f"title: {title}\nslug", f"title: {title}{' and for even longer ones' * 20}\nslug"))
    shutil.copy(INIT.parent / "article.txt", path.parent)
    brief = load_brief(path)
    with pytest.raises(FitError):
        deck.render_deck(brief, brand.load(brief.folder), template_folders(brief.folder))
    assert any("longer ones” is missing" in finding.message for finding in audit(brief, small.deck, "deck").findings)


def test_a_memo_on_other_paper(bundled):
    from reportgen.pipeline.kinds import KINDS, Options

    assert bundled.audited(KINDS["memo"].render(bundled.brief, Options(paper="a4"))).findings == NOTHING


def test_a_memo_saved_again(finished):
    with pikepdf.open(io.BytesIO(finished.memo)) as pdf:
        again = io.BytesIO()
        pdf.save(again, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert finished.audited(again.getvalue()).findings == NOTHING


@pytest.mark.skipif(not shutil.which("pdftocairo"), reason="poppler prints the memo anew")
def test_a_memo_printed_anew_says_the_same_and_tells_programs_nothing(finished, tmp_path):
    """Its words come in another order; its tags, properties, bookmarks and attachments are gone, and each is reported."""
    (tmp_path / "memo.pdf").write_bytes(finished.memo)
    subprocess.run(["pdftocairo", "-pdf", tmp_path / "memo.pdf", tmp_path / "again.pdf"], check=True)
    report = finished.audited((tmp_path / "again.pdf").read_bytes())
    assert not [finding for finding in report.findings if finding.place.page and finding.severity == "error"]
    lost = " ".join(finding.message for finding in report.findings)
    assert all(word in lost for word in ("tags", "language", "output intent", "attachment", "property"))
    assert any("no structure tags" in text for text in report.unread)


def test_a_long_word_may_stand_in_pieces_but_no_number():
    long = "interoperabilityconsiderations"
    pieces = align([Region(f"all {long} count")], [Region("all interoperability considerations count")])
    assert pieces.changes == ()
    assert align([Region("nowhere")], [Region("now here")]).changes
    assert align([Region("100")], [Region("1 00")]).changes


def test_a_memo_from_several_and_of_broken_labels(write_brief):
    """Authors are items in the metadata; a label's word that is wider than its room is drawn in pieces."""
    word = "Telecommunications" * 3
    path = write_brief(
        ("from: Planning staff", "from: [Fewer harbors, More ships]"), ("label: Shorter", f"label: {word}")
    )
    pdf = memo_of(path, profile="onepage")
    assert audit(load_brief(path), pdf, "memo.pdf").findings == ()

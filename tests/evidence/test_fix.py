"""`check --fix` writes what it knows at its places, leaves every other byte, and what it mended is found no more."""

import json

import pytest

from reportgen.cli import main
from reportgen.evidence import LOCK_NAME

from .conftest import BRIEF
from .test_places import PAGES
from .test_sources import pdf_bytes


@pytest.fixture
def fix(folder, capfd):
    """Return a function that writes a brief, runs `check --fix`, and returns exit code, the new bytes and the output."""

    def run(text: str | bytes, *options: str):
        data = text if isinstance(text, bytes) else text.encode()
        (folder / "brief.yaml").write_bytes(data)
        capfd.readouterr()
        code = main(["check", str(folder / "brief.yaml"), "--fix", *options])
        output = capfd.readouterr()
        return code, (folder / "brief.yaml").read_bytes(), output.out.replace(f"{folder}/", ""), output.err

    return run


UNUSED = '  spare: {source: example, paragraph: 2, text: "Talks with it have been stalled for 14 months"}\n'
EXTRA = "  months: {value: 14, unit: months, quote: spare}   # nobody prints it\n"


def test_places_are_written_and_unused_entries_removed(fix, folder):
    text = (
        BRIEF.replace("paragraph: 1, text", "paragraph: 3, text")  # wrong
        .replace("cost: {source: example, paragraph: 2, text", "cost: {source: example, text")  # missing
        .replace("facts:\n", f"{UNUSED}facts:\n{EXTRA}")
    )
    code, data, out, _ = fix(text)
    assert code == 0
    assert data.decode() == BRIEF
    assert out.splitlines()[:4] == [
        "brief.yaml:9:40: quotes.riders.paragraph: 3 becomes 1",
        "brief.yaml:10:10: quotes.cost.paragraph: 2 added",
        "brief.yaml:14:3: quotes.spare removed",
        "brief.yaml:16:3: facts.months removed",
    ]
    assert "5 quotes found in their source; no findings" in out
    assert (folder / LOCK_NAME).exists()


BLOCK = BRIEF.replace(
    '  riders: {source: example, paragraph: 1, text: "carried',
    '  # the first\n  riders:   # kept\n    source: example  # and this\n    text: "carried',
).replace('than a year before"}', 'than a year before"')


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "", "\n\n# the end"])
def test_every_other_byte_stays(fix, newline, mark, end):
    text = BLOCK.removesuffix("\n") + end
    code, data, out, _ = fix(mark + text.replace("\n", newline).encode())
    wanted = text.replace("# and this\n", "# and this\n    paragraph: 1\n")
    assert code == 0
    assert data == mark + wanted.replace("\n", newline).encode()
    assert "brief.yaml:11:5: quotes.riders.paragraph: 1 added" in out


def test_nothing_to_fix_changes_nothing(fix, folder):
    code, data, out, err = fix(BRIEF)
    assert (code, data.decode()) == (0, BRIEF)
    assert out == "5 quotes found in their source; no findings\n"
    assert f"wrote {folder / LOCK_NAME}" in err


def test_what_it_does_not_know_stays_an_error(fix):
    text = BRIEF.replace(
        "412,000 passengers in 2023, 7.5 percent more than", "412,000 passengers in 2023, 7.6 percent more than"
    )
    code, data, _, err = fix(text.replace('paragraph: 2, text: "A second', 'paragraph: 1, text: "A second'))
    assert code == 4
    assert data.decode() == text
    assert 'the quote "riders" is not in its source' in err
    assert "is in ¶2" not in err


def test_a_quote_of_a_pdf_is_given_its_page(fix, folder):
    (folder / "article.pdf").write_bytes(pdf_bytes(PAGES))
    text = (
        BRIEF.replace("article.txt", "article.pdf")
        .replace("paragraph: 2, ", "")
        .replace("paragraph: 3, speaker", "page: 9, speaker")
    )
    code, data, _, _ = fix(text)
    assert code == 0
    written = data.decode()
    assert written.count("source: example, page: 2, text") == 2
    assert "source: example, page: 3, speaker" in written


def test_a_shared_place_is_refused_and_nothing_is_written(fix, folder):
    text = BRIEF.replace(
        "  riders: {source: example, paragraph: 1,", "  riders: &r {source: example, paragraph: 2,"
    ).replace("facts:\n", "  again: *r\nfacts:\n")
    code, data, _, err = fix(
        text.replace("cost: {source: example, paragraph: 2", "cost: {source: example, paragraph: 3")
    )
    assert code == 3
    assert data.decode() == text.replace("cost: {source: example, paragraph: 2", "cost: {source: example, paragraph: 3")
    assert "brief.yaml:14:3: error: quotes.again cannot be changed here: it has an anchor (&) or an alias (*)" in err
    assert not (folder / LOCK_NAME).exists()


def test_a_change_that_would_break_the_brief_is_refused(fix):
    text = (
        BRIEF[: BRIEF.index("facts:")]
        + "bottom_line: Lease a boat.\ntopics: [{kind: immediate, title: Lease, points: [We should act.]}]\n"
    )
    code, data, _, err = fix(text)
    assert code == 3
    assert data.decode() == text
    assert "nothing was changed: the brief would be invalid afterwards" in err


def test_paragraphs_that_a_new_reader_counts_otherwise_are_moved(fix, folder):
    assert fix(BRIEF)[0] == 0
    lock = json.loads((folder / LOCK_NAME).read_text())
    del lock["sources"]["example"]["reader"]
    for quote in lock["quotes"].values():
        quote["paragraph"] += 10
    (folder / LOCK_NAME).write_text(json.dumps(lock))
    old = BRIEF
    for number in (1, 2, 3):
        old = old.replace(f"paragraph: {number},", f"paragraph: {number + 10},")
    code, data, out, _ = fix(old)
    assert (code, data.decode()) == (0, BRIEF)
    assert out.count("becomes") == 5


def test_changes_as_json(fix):
    _, _, out, _ = fix(BRIEF.replace("paragraph: 1, text", "text"), "--format", "json")
    report = json.loads(out)
    assert report["passed"]
    assert len(report["changes"]) == 1
    assert report["changes"][0].endswith("quotes.riders.paragraph: 1 added")

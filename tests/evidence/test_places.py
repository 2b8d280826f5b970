"""A quote's place in the publication is compared with the file's own pages, sections and tables, and printed as such."""

import json
from datetime import date

import pytest

from reportgen.brief import load_brief
from reportgen.evidence import LOCK_NAME, check
from reportgen.evidence.evidence_lock import LockedSource
from reportgen.evidence.sources.source_text import READER, read_source
from reportgen.system.errors import BriefError

from .conftest import ARTICLE, BRIEF
from .test_sources import page, pdf_bytes

PAGES = [
    page(
        1,
        "The island's only ferry carried 412,000 passengers in 2023, 7.5 percent more than a year before. It is",
        "31 years old, and the yard that built it closed in the late 1990s.",
    ),
    page(
        2,
        "A second boat would cost a little less than $18 million, according to the harbor office. The reported initial",
        "bid of a foreign yard, $25 million, was never published. Talks with it have been stalled for 14 months.",
    ),
    page(
        3,
        "The council could lease a boat, which is expected to take two years, or it might re-open the old cable",
        "crossing. Mayor Lin said that we do not rule out the multi-year lease. Ridership will not fall before 2030.",
    ),
]
BY_PAGE = (
    BRIEF.replace("paragraph: 1,", "page: 1,")
    .replace("paragraph: 2,", "page: 2,")
    .replace("paragraph: 3,", "page: 3,")
    .replace("file: article.txt", "file: article.pdf")
)
HTML = (
    "<html><body><article><h1>Ferries</h1><h2>1 The boat</h2><p>{}</p><h2>2 Options</h2><h3>2.1 To buy</h3><p>{}</p>"
    "<h3>2.2 To lease</h3><p>{}</p></article></body></html>"
)


@pytest.fixture
def check_pages(folder):
    """Return a function that checks the brief with pages against the PDF, with some words replaced."""
    (folder / "article.pdf").write_bytes(pdf_bytes(PAGES))

    def run(*replacements: tuple[str, str]):
        text = BY_PAGE
        for old, new in replacements:
            assert old in text, old
            text = text.replace(old, new)
        (folder / "brief.yaml").write_text(text, encoding="utf-8")
        report = check(load_brief(folder / "brief.yaml"), today=date(2024, 3, 1))
        if report.lock:
            (folder / LOCK_NAME).write_bytes(report.lock)
        return [(finding.severity, finding.message, finding.hint) for finding in report.findings]

    return run


def test_pages_are_compared_with_the_file_s(check_pages):
    assert check_pages() == []
    assert check_pages(('source: example, page: 2, text: "A second', 'source: example, page: 3, text: "A second')) == [
        ("error", 'the quote "cost" is on p. 2, not on p. 3', "write page: 2")
    ]
    assert check_pages(("page: 1, text", "page: 1-2, text")) == []
    assert check_pages(("page: 1, text", "page: xiv, text")) == [], "no number that the file could contradict"


def test_a_quote_without_a_place_is_given_its_page(check_pages):
    assert check_pages(("source: example, page: 1, text", "source: example, text")) == [
        ("warning", 'the quote "riders" has no page', "it is on p. 1: add page: 1")
    ]


def test_the_printed_number_of_a_page_counts(check_pages, folder):
    pages = [[*lines[:-1], (9, 300, 30, f"- {number} -")] for number, lines in enumerate(PAGES, 31)]
    (folder / "article.pdf").write_bytes(pdf_bytes(pages))
    assert [paragraph.page for paragraph in read_source(folder / "article.pdf").paragraphs] == [31, 32, 33]
    messages = [message for _, message, _ in check_pages()]
    assert 'the quote "riders" is on p. 31, not on p. 1' in messages


def test_a_quote_over_a_page_s_end_is_on_both(folder):
    pages = [
        page(1, "The council has asked for a survey of the boat, which would", "cost the island a third of the"),
        page(2, "yearly budget."),
    ]
    (folder / "a.pdf").write_bytes(pdf_bytes(pages))
    (paragraph,) = read_source(folder / "a.pdf").paragraphs
    assert (paragraph.page, [paragraph.text[at:] for at, _ in paragraph.turns]) == (1, ["yearly budget."])


def test_what_was_verified_counts_without_the_file(check_pages, folder):
    assert check_pages() == []
    (folder / "article.pdf").unlink()
    assert check_pages() == []
    assert check_pages(('source: example, page: 2, text: "A second', 'source: example, page: 3, text: "A second'))[0][
        1
    ] == ('the page of the quote "cost" was never verified')
    assert json.loads((folder / LOCK_NAME).read_bytes())["quotes"]["cost"]["places"] == {"page": "2"}


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ('section: "2.1"', None),
        ('section: "2"', None),
        ("section: To buy", None),
        ('section: "2.2"', 'the quote "cost" is in “2.1 To buy”, not in section 2.2'),
        ('section: "7"', 'the quote "cost" is in “2.1 To buy”, not in section 7'),
        ("section: The boat", 'the quote "cost" is in “2.1 To buy”, not in section The boat'),
        ("page: 14", None),
        ('timestamp: "12:04"', None),
        ("paragraph: 3", 'the quote "cost" is in ¶2, not in ¶3'),
    ],
)
def test_sections_are_compared_with_a_page_s_headings(folder, place, message):
    parts = (
        ARTICLE.replace("pub\nlished", "published")
        .replace("re\nopen", "re-open")
        .replace("cable\n\n", "cable ")
        .split("\n\n")
    )
    html = HTML.format(parts[2], parts[3], parts[5])
    (folder / "article.html").write_text(html.replace("multi-\nyear", "multiyear"), encoding="utf-8")
    text = BRIEF.replace('paragraph: 2, text: "A second', f'{place}, text: "A second').replace(
        "article.txt", "article.html"
    )
    (folder / "brief.yaml").write_text(text, encoding="utf-8")
    report = check(load_brief(folder / "brief.yaml"))
    assert [finding.message for finding in report.findings] == ([message] if message else [])


def test_the_number_of_a_table_is_compared(folder):
    table = "<table><caption>Table 4: Costs</caption><tr><td>Boat</td><td>18</td></tr><tr><td>Crew</td><td>2</td></tr></table>"
    (folder / "article.html").write_text(
        f"<html><body><article><p>Costs rose.</p>{table}</article></body></html>", encoding="utf-8"
    )
    rows = [
        (paragraph.text, paragraph.table)
        for paragraph in read_source(folder / "article.html").paragraphs
        if paragraph.is_row
    ]
    assert rows == [("Boat | 18", "4"), ("Crew | 2", "4")]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("section: 3.1", "expected text"),
        ("page: 0.5", "page"),
        ("page: fourteen", "has the wrong form"),
        ("timestamp: noon", "has the wrong form"),
        ("table: first", "has the wrong form"),
    ],
)
def test_places_of_another_form_are_refused(folder, place, says):
    (folder / "brief.yaml").write_text(BRIEF.replace("paragraph: 1,", f"{place},"), encoding="utf-8")
    with pytest.raises(BriefError, match=says):
        load_brief(folder / "brief.yaml")


def test_documents_print_the_published_place(folder):
    text = (
        BRIEF.replace('paragraph: 2, text: "A second', 'page: 14, section: "3.2", paragraph: 2, text: "A second')
        .replace('paragraph: 2, text: "The reported', 'page: 15-16, table: 4, text: "The reported')
        .replace("paragraph: 3, speaker", 'timestamp: "12:04", speaker')
    )
    (folder / "brief.yaml").write_text(text, encoding="utf-8")
    brief = load_brief(folder / "brief.yaml")
    assert [brief.places(name) for name in ("riders", "cost", "bid", "mayor")] == [
        ("¶1",), ("sec. 3.2", "p. 14"), ("pp. 15–16", "table 4"), ("at 12:04",),
    ]  # fmt: skip
    assert brief.locators(("riders", "mayor")) == "Example (2024), ¶1, at 12:04"
    assert brief.counts_paragraphs


def _lock(folder) -> dict:
    report = check(load_brief(folder / "brief.yaml"), today=date(2024, 3, 1))
    (folder / LOCK_NAME).write_bytes(report.lock)
    return json.loads(report.lock)


def test_a_changed_reader_never_renumbers_silently(folder):
    lock = _lock(folder)
    assert lock["sources"]["example"]["reader"] == READER
    del lock["sources"]["example"]["reader"]  # as an older version wrote it, which counted one paragraph less
    text = BRIEF
    for number in (1, 2, 3):
        text = text.replace(f"paragraph: {number},", f"paragraph: {number + 10},")
    for quote in lock["quotes"].values():
        quote["paragraph"] += 10
    (folder / LOCK_NAME).write_text(json.dumps(lock))
    (folder / "brief.yaml").write_text(text, encoding="utf-8")
    report = check(load_brief(folder / "brief.yaml"))
    (finding,) = report.findings
    assert finding.message == (
        'the paragraphs of "example" are counted in another way than when they were verified: 5 quotes moved, '
        "such as riders: ¶11 is now ¶1"
    )
    assert finding.hint == "check --fix writes the new numbers"
    assert report.lock is None


def test_an_older_lock_is_read_and_brought_up_to_date(folder):
    lock = _lock(folder)
    del lock["sources"]["example"]["reader"]
    (folder / LOCK_NAME).write_text(json.dumps(lock))
    report = check(load_brief(folder / "brief.yaml"))
    assert report.findings == ()
    assert json.loads(report.lock)["sources"]["example"]["reader"] == READER
    assert LockedSource("", "").reader == 1


def test_another_document_is_one_error(folder):
    _lock(folder)
    (folder / "article.txt").write_text(
        "Our bridge is closed.\n\nIt will be mended in May, the county says.\n", encoding="utf-8"
    )
    report = check(load_brief(folder / "brief.yaml"))
    (finding,) = [finding for finding in report.findings if finding.rule == "quote"]
    assert finding.message == "article.txt is another document than the one that was verified on 2024-03-01"
    assert finding.hint == "no quote of the brief is in it: is it the right file?"
    assert str(finding.where).endswith("brief.yaml:7:97")


def test_a_scan_is_one_error_with_its_place(check_pages, folder):
    from reportgen.system.errors import FileError

    (folder / "article.pdf").write_bytes(pdf_bytes([[], []]))
    with pytest.raises(FileError, match=r"article.pdf: error: a PDF of 2 pages without a text layer"):
        check_pages()


SPEECHES = (
    ("5", "Chair: The hearing is open, and the witness may begin."),
    ("4:10", "Doe: We lost two years, and the boat was never built."),
    ("12:31", "Chair: Who paid for the survey of the harbor?"),
    ("1:02:00", "Doe: The council paid for it."),
)
TIMED = {
    "brackets": "\n\n".join(f"[{'0:' if ':' not in time else ''}{time.zfill(2)}] {words}" for time, words in SPEECHES),
    "lines": "\n\n".join(f"{'0:' if ':' not in time else ''}{time.zfill(2)}\n{words}" for time, words in SPEECHES),
    "speakers": "\n\n".join(f"Speaker ({'0:' if ':' not in time else ''}{time.zfill(2)}): {words}" for time, words in SPEECHES),
    "subtitles": "WEBVTT\n\n00:05.000 --> 00:09.000\nThe hearing is open.\n\n04:10.000 --> 04:19.000\nWe lost two years, and the boat was never built.\n\n12:31.000 --> 12:40.000\nWho paid?\n",
}  # fmt: skip
TIMED_BRIEF = """
title: A hearing
slug: hearing
date: 2026-01-15
to: Readers
from: Writers
sources: {h: {author: A. Clerk, title: A Hearing, published: "2025", file: hearing.txt}}
quotes: {q: {source: h, timestamp: "TIME", text: "We lost two years, and the boat was never built"}}
bottom_line: It took long. [@q]
topics: [{kind: immediate, title: A delay, points: ["It took long. [@q]"]}]
"""


def check_time(folder, text: str, time: str):
    (folder / "hearing.txt").write_text(text, encoding="utf-8")
    (folder / "brief.yaml").write_text(TIMED_BRIEF.replace("TIME", time), encoding="utf-8")
    found = check(load_brief(folder / "brief.yaml")).findings
    return [(item.message, item.hint) for item in found if item.rule == "quote"]


@pytest.mark.parametrize("kind", TIMED)
@pytest.mark.parametrize(("time", "is_right"), [("4:10", True), ("04:14", True), ("12:31", False), ("3:59", False), ("1:04:10", False)])  # fmt: skip
def test_a_timestamp_is_compared_with_the_times_of_a_transcript(kind, time, is_right, tmp_path):
    found = check_time(tmp_path, TIMED[kind], time)
    wrong = (f'the quote "q" is at 04:10, not at {time}', "write timestamp: 04:10")
    assert found == ([] if is_right else [wrong])


def test_a_time_inside_a_quote_is_no_word_of_it(tmp_path):
    text = TIMED["brackets"].replace("years, and", "years, [04:12] and")
    assert check_time(tmp_path, text, "4:10") == []
    assert check_time(tmp_path, text, "5:00") == []
    assert check_time(tmp_path, text, "13:00") != []


@pytest.mark.parametrize(
    "text",
    [
        "The hearing began at 10:30. We lost two years, and the boat was never built.",
        "[9:00] Open.\n\n[8:00] We lost two years, and the boat was never built.\n\n[7:00] Closed.",
    ],
    ids=["clock", "no order"],
)
def test_a_text_without_running_times_contradicts_no_timestamp(text, tmp_path):
    assert check_time(tmp_path, text, "3:00") == []

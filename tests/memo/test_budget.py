"""The page budget: kept by steps, refused with the words to cut, and never at the price of a bad page."""

import io
import re
from itertools import pairwise
from random import Random

import pikepdf
import pytest
from msgspec.structs import replace

from reportgen import brand
from reportgen.audit import audit
from reportgen.brief import load_brief
from reportgen.markup.templates import template_folders
from reportgen.memo import _plan_layout, page_budget
from reportgen.memo.memo_html import compose
from reportgen.memo.page_budget import Budget
from reportgen.memo.profiles import PROFILES
from reportgen.pdf.engine import Press
from reportgen.pdf.paper import PAPERS
from reportgen.system.errors import FitError
from tests.conftest import BUNDLED
from tests.memo.conftest import DECIDED, memo_of

SENTENCES = (
    "The pilots ask for a longer basin before the season begins.",
    "Nobody has counted the calls that were lost to the north.",
    "A survey would tell how deep the sand lies.",
    "The cooperative has not been asked, and says so loudly whenever it is.",
    "What is built now will be paid for by those who come later, as was the last basin, and the one before it.",
)


def press_of(path, profile="info", paper="letter"):
    """Return a memo ready for layout, and its brief."""
    brief, looks, folders = load_brief(path), brand.load(path.parent), template_folders(path.parent)
    composed = compose(brief, looks, folders, PAPERS[paper], PROFILES[profile])
    return Press(_plan_layout(composed, brief, looks, folders)), brief


ANCHORS = ("      - Last year ${long-ships} of all calls", "      - The cooperative fears for its spawning grounds")


def longer(write_brief, points, seed=1, add="", topic=1):
    """Write the small brief with more points in a topic, of one to six sentences each.

    The first topic's exhibit comes after its points.
    """
    random = Random(seed)
    lines = "".join(f"      - {' '.join(random.choices(SENTENCES, k=random.randint(1, 6)))}\n" for _ in range(points))
    apart = (
        "title: Long ships are ${long-ships} of all calls\n    subtitle",
        "title: Most calls are shorter\n    subtitle",
    )
    return write_brief((ANCHORS[topic], lines + ANCHORS[topic]), apart, add=add)


def pages(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


@pytest.mark.parametrize("points", [10, 20, 23, 26, 30])
def test_a_budget_is_kept_or_refused_and_no_word_is_lost(write_brief, points):
    path = longer(write_brief, points, add="pages: 2\n")
    try:
        pdf = memo_of(path)
    except FitError as error:
        (told,) = error.diagnostics
        assert re.match(r"2\.\d pages, and the budget is 2: cut about \d+0 words$", told.message)
        assert told.where.line
        assert "topics[1] (" in told.hint
        return
    assert pages(pdf) <= 2
    assert audit(load_brief(path), pdf, "memo.pdf").findings == ()


def test_a_refusal_says_what_each_part_takes_and_what_would_save_room(write_brief):
    path = longer(write_brief, 30, add="pages: 2\nnotes: quotes\n")
    with pytest.raises(FitError) as caught:
        memo_of(path)
    lines, saved, longest = caught.value.diagnostics[0].hint.split("; ")
    parts = dict(part.rsplit(" ", 1) for part in lines.removeprefix("lines: ").split(", "))
    assert int(parts["the case"]) > int(parts["notes"]) > 0
    assert re.search(r"`notes: short` saves about \d+ lines", saved)
    assert longest.startswith("longest: topics[1] (")


def test_a_refusal_never_names_words_that_the_form_does_not_print(write_brief):
    question = "questions: [{question: Why?, answer: " + "Because of words. " * 100 + "}]\n"
    path = longer(write_brief, 30, add="pages: 2\n" + question)
    with pytest.raises(FitError) as caught:
        memo_of(path)
    assert "questions" not in caught.value.diagnostics[0].hint


def test_cutting_the_words_that_are_asked_for_makes_it_fit(write_brief):
    """Without the words the memo keeps its budget, and with a third of them it does not: their number is no guess."""
    path = longer(write_brief, 32, add="pages: 2\n")
    with pytest.raises(FitError) as caught:
        memo_of(path)
    asked = int(re.search(r"cut about (\d+) words", str(caught.value))[1])
    text = path.read_text()
    start = text.index("      - ", text.index("survey first\n    points:"))

    def without(count):
        kept, gone = [], 0
        for line in text[start:].split("\n"):
            if gone < count and line.startswith("      - ") and "cooperative fears" not in line:
                sentences = re.split(r"(?<=\.) ", line[8:])
                while sentences and gone < count:
                    gone += len(sentences.pop().split())
                if not sentences:
                    continue
                line = "      - " + " ".join(sentences)
            kept.append(line)
        assert gone >= count
        return text[:start] + "\n".join(kept)

    path.write_text(without(asked))
    assert pages(memo_of(path)) <= 2
    path.write_text(without(asked // 3))
    with pytest.raises(FitError):
        memo_of(path)


def test_without_a_budget_a_memo_is_as_long_as_it_is(write_brief):
    assert pages(memo_of(longer(write_brief, 40))) >= 4


def test_a_budget_counts_for_the_briefs_own_form_alone(write_brief):
    path = longer(write_brief, 14, add=DECIDED + "pages: 1\n")
    with pytest.raises(FitError, match="the budget is 1"):
        memo_of(path)
    assert pages(memo_of(path, profile="decision")) > 2


def test_a_form_has_a_limit_of_its_own(write_brief):
    path = longer(write_brief, 30, add=DECIDED)
    with pytest.raises(FitError, match=r'pages, and the profile "action" allows 2: cut about') as caught:
        memo_of(path, profile="action")
    assert caught.value.diagnostics[0].where == load_brief(path).where("topics", 1)


def test_a_roomier_budget_sets_the_memo_more_openly(write_brief):
    sizes = []
    for allowed in (2, 3):
        path = longer(write_brief, 19, add=f"pages: {allowed}\n")
        press, brief = press_of(path)
        sheets = page_budget.lay_out_within(press, Budget.of(brief, PROFILES["info"]))
        body = [
            block
            for block in sheets.extent.blocks
            if block.tag == "p" and "finding" in block.within and block.lines > 2
        ]
        sizes.append((body[0].bottom - body[0].top) / body[0].lines)
    assert sizes[0] < sizes[1]


def test_steps_only_close_and_keep_what_is_comfortable_to_read():
    for before, after in pairwise(page_budget.STEPS):
        assert before.space >= after.space
        assert (before.size, before.leading, before.note) >= (after.size, after.leading, after.note)
        assert before.length > after.length
    last = page_budget.STEPS[-1]
    assert last.size >= 9.5
    assert last.leading / last.size >= 1.25
    assert last.note >= 7


# What a page must not look like, over memos of every length and in every step


def faults(extent):
    """Return headings at a page's foot, single lines of a paragraph on a page, and exhibits separated from their source."""
    found = []
    for page in range(extent.pages):
        blocks = [block for block in extent.blocks if block.page == page and "notes" not in block.within]
        if blocks and page + 1 < extent.pages:
            last = max(blocks, key=lambda block: block.bottom)
            if last.tag in ("h1", "h2", "h3") or "rule" in last.classes or last.tag == "caption":
                found.append(f"page {page + 1} ends with {last.tag}")
    for before, after in pairwise(extent.blocks):
        if before.source is after.source and before.page != after.page and before.tag in ("p", "li"):
            alone = min(before.lines, after.lines)
            if alone < 2:
                found.append(f"a paragraph has {alone} line alone across pages {before.page + 1} and {after.page + 1}")
        whole = "whole" in before.within & after.within and after.tag not in ("figcaption", "caption")
        if whole and before.page != after.page:
            found.append(f"an exhibit is torn across pages {before.page + 1} and {after.page + 1}")
    for block in extent.blocks:
        top, bottom = extent.rooms[block.page]
        if block.bottom > bottom + 0.5 or block.top < top - 6:
            found.append(f"{block.tag} leaves page {block.page + 1}")
    return found


@pytest.mark.parametrize("profile", ["info", "decision"])
@pytest.mark.parametrize("seed", range(6))
def test_no_page_reads_badly(write_brief, profile, seed):
    """Try lengths from one page to five, with two steps each, and all page breaks that they cause."""
    random = Random(f"{profile}-{seed}")
    path = longer(write_brief, random.randint(2, 40), seed, DECIDED + more_dates(random), random.choice([0, 1]))
    press, _ = press_of(path, profile, random.choice(["letter", "a4"]))
    for step in random.sample(page_budget.STEPS, 2):
        assert faults(press.lay_out(step.stylesheet).extent) == [], step


def more_dates(random):
    """Dates enough for a table that may have to break."""
    dates = "".join(
        f"  - {{date: 2026-03-{day:02}, title: Day {day} of the survey}}\n" for day in range(1, random.randint(2, 28))
    )
    return f"timeline:\n{dates}"


def test_the_faults_are_seen(write_brief):
    """Prove the check above with a stylesheet that lets pages break anywhere."""
    loose = "p, li { orphans: 1 !important; widows: 1 !important } * { break-after: auto !important; break-inside: auto !important }"
    seen = set()
    for points, leadings in ((7, (12.6, 14.7)), (14, (12.3, 14.4))):
        job = press_of(longer(write_brief, points, 3, DECIDED, topic=0), "decision")[0].job
        html = job.html.replace("</head>", '<link rel="stylesheet" href="loose.css"/></head>')
        press = Press(replace(job, html=html, resources={**job.resources, "loose.css": loose.encode()}))
        for leading in leadings:
            step = replace(page_budget.STEPS[0], leading=leading)
            seen.update(re.sub(r"\d+", "N", fault) for fault in faults(press.lay_out(step.stylesheet).extent))
    assert any("ends with" in fault for fault in seen)
    assert any("alone" in fault for fault in seen)
    assert any("torn" in fault for fault in seen)


def test_the_bundled_memo_fills_its_two_pages_without_a_fault():
    for profile in PROFILES:
        for paper in PAPERS:
            press, brief = press_of(BUNDLED, profile, paper)
            assert faults(page_budget.lay_out_within(press, Budget.of(brief, PROFILES[profile])).extent) == []


def test_a_few_lines_are_no_page_of_their_own_where_a_closer_setting_saves_it(write_brief):
    kept = []
    for points in range(8, 17):
        path = longer(write_brief, points, add="pages: 4\n")
        press, brief = press_of(path)
        budget = Budget.of(brief, PROFILES["info"])
        length = budget.length(page_budget.lay_out_within(press, budget).extent)
        tightest = budget.length(press.lay_out(page_budget.STEPS[-1].stylesheet).extent)
        kept.append(length)
        assert not (0 < length % 1 < page_budget.SHORT_TAIL and tightest <= int(length)), (points, length)
    assert max(kept) > 1.5

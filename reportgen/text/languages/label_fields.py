"""The words that documents print of themselves: what a language must have, field by field, so that none is forgotten.

A template is filled by `str.format`; what is in braces is named. Mappings are keyed by the brief's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from msgspec import Struct

NBSP = "\u00a0"
RANGE = "–"  # between the numbers of a slide's first part and its last


class JudgmentTerms(Protocol):
    """What is known of a judgment besides its text."""

    @property
    def confidence(self) -> str | None: ...

    @property
    def likelihood(self) -> str | None: ...


class Marks(Struct, frozen=True):
    """Punctuation: what stands between the parts of a list, and around the words of others."""

    comma: str
    semicolon: str
    colon: str
    opening: str
    closing: str
    stop_inside: bool
    """Whether a full stop stands before the closing mark, as American usage has it."""

    def quote(self, text: str) -> str:
        return f"{self.opening}{text}{self.closing}"

    def end_sentence(self, text: str) -> str:
        """The text with a full stop, unless it ends with a mark that does its work."""
        closing = self.closing
        if text.endswith(closing) and self.stop_inside:
            return text if text[: -len(closing)].endswith((".", "?", "!")) else f"{text[: -len(closing)]}.{closing}"
        return text if text.endswith((".", "?", "!", "؟")) else f"{text}."


class DeckLabels(Struct, frozen=True):
    """What the slides and their notes say around the brief's words.

    Mappings of `decisions`, `first_by`, `from_sources`, `kept_in_view` and `sources` are keyed by the forms of `plural`.
    """

    opening: str
    decide: str
    sources_section: str
    sections: Mapping[str, str]
    bottom_line: str
    risk: str
    asked: str
    evidence: str
    decisions: Mapping[str, str]
    first_by: Mapping[str, str]
    number: str
    to_be_decided: str
    recommended: str
    kept_in_view: Mapping[str, str]
    date: str
    event: str
    from_sources: Mapping[str, str]
    leads_are_ours: str
    sources: Mapping[str, str]
    open_marks: str
    continued: str
    part: str
    part_alt: str
    table_alt: str


class HandoutLabels(Struct, frozen=True):
    """What the handout prints of itself."""

    kind: str
    slide: str
    slides: str
    table: Mapping[str, str]
    """What a table is, for whoever meets it without the page, by the forms of `plural`, with {rows}."""

    def name_slide(self, number: str) -> str:
        """ "Slide 4"; "Slides 5–7" for one that the deck continues."""
        return (self.slides if RANGE in number else self.slide).format(number=number)


class DistributeLabels(Struct, frozen=True):
    """What a copy is stamped with: for whom, with {name}; which copy and which version, with {number}."""

    prepared_for: str
    copy: str
    version: str
    written: str
    """The parts of a whole date as it is written, by which one is known again in a text: {day}, {month} and {year}."""


class ChartLabels(Struct, frozen=True):
    """What drawings say besides their data, and the alternative texts that are written from it."""

    percent: str
    times: str
    value: str
    no_figure: str
    forecast: str
    expected: str
    marks: Mapping[str, str]
    charts: Mapping[str, str]
    """By kind, for bars with their arrangement before it: "stacked bar"."""
    forecasts_from: str
    low: str
    high: str
    range: str
    below_zero: str
    low_to_high: str
    from_to: str
    rest: str
    when: str
    what: str
    unfinished: str
    in_order: str
    matrix: str
    table: str
    decade_parts: Mapping[str, str]
    """How the early, mid and late years of a decade are recognised in a fact's own words."""


class LetterLabels(Struct, frozen=True):
    """What the cover letter of a packet says around the brief's words."""

    subject: str
    """With {title}, and {markings}, which is empty or ends with a space."""
    salutation: str
    enclosed: str
    documents: Mapping[str, str]
    bottom_line: str
    marked: str
    numbered: str
    encrypted: str


class FormLabels(Struct, frozen=True):
    """What the memo's forms print besides what all of them do; `names` are the forms' own, by profile."""

    names: Mapping[str, str]
    bottom_line_up_front: str
    asked: str
    asked_caption: str
    background: str
    your_decision: str
    choices: tuple[str, str, str]
    choice_of: str
    """What a box is called where only it is heard, with {number}, {title} and {choice}."""
    ballot: str
    purpose: str
    options: str
    options_caption: str
    option: str
    implications: str
    recommended: str
    dissent: str
    dissent_by: str
    dissent_ours: str
    clearance: str
    office: str
    name: str
    initials: str
    signature_page: str
    signature_caption: str
    discuss: str
    comments: str
    why_this_matters: str
    we_found: str
    read_more: str
    """Where the words of the quotes are, in {file}, for a form without notes."""


class Labels(Struct, frozen=True):
    """The labels of one language."""

    marks: Marks
    forms: FormLabels
    letter: LetterLabels
    to: str
    sender: str
    date: str
    subject: str
    bottom_line: str
    why_now: str
    kinds: Mapping[str, str]
    judged_as: str
    """What stands before a judgment, with {confidence} and {likelihood}, which are empty where none is given."""
    with_confidence: Mapping[str, str]
    with_likelihood: Mapping[str, str]
    source: str
    note: str
    citing: str
    reference: str
    """A source in full: {author}, {title} and {more}, which is ", publisher, date" or nothing."""
    recommendations: str
    recommendations_caption: str
    number: str
    action: str
    lead: str
    deadline: str
    deadline_in: str
    decide: str
    dates: str
    basis: str
    notes: str
    stands_for: str
    said_by: str
    as_in: str
    page: str
    """The running page number, with {page} and {pages}."""
    numerals: tuple[str, ...]
    """Small numbers as words, from 0 on."""
    plural: Callable[[int], str]
    """The form of a noun that a number asks for, by the names that Unicode gives them: one, two, few, many, other."""
    deck: DeckLabels
    handout: HandoutLabels
    distribute: DistributeLabels
    charts: ChartLabels

    def introduce(self, judgment: JudgmentTerms) -> str:
        """How a judgment begins: "We judge, with moderate confidence, that it is likely that"."""
        return self.judged_as.format(
            confidence=self.with_confidence[judgment.confidence] if judgment.confidence else "",
            likelihood=self.with_likelihood[judgment.likelihood] if judgment.likelihood else "",
        )

    def format_page(self, page: int | str, pages: int | str) -> str:
        return self.page.format(page=page, pages=pages)

    def format_count(self, forms: Mapping[str, str], count: int, **more: str) -> str:
        """The form of a text that a number asks for, with it as {number} in words where it is small."""
        number = self.numerals[count] if count < len(self.numerals) else str(count)
        return forms[self.plural(count)].format(number=number, **more)

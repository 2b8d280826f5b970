"""The fields of a language's labels: the words that documents print around the brief's. None can be left out.

Templates are filled by `str.format`; docstrings name what is in braces. Mappings are keyed by the brief's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Protocol

from msgspec import Struct

NBSP = "\u00a0"
RANGE = "–"  # between the numbers of a slide's first part and its last


class JudgmentTerms(Protocol):
    """A judgment's confidence and likelihood."""

    @property
    def confidence(self) -> str | None: ...
    @property
    def likelihood(self) -> str | None: ...


class LabelGroup(Struct, frozen=True):
    """Labels that templates read by name."""

    template_extras: ClassVar[tuple[str, ...]] = ()
    """The functions that they may call."""


class Marks(LabelGroup, frozen=True):
    """Punctuation between the parts of a list and around quotations."""

    comma: str
    semicolon: str
    colon: str
    opening: str
    closing: str
    stop_inside: bool
    """True if a full stop stands before the closing mark, as in American usage."""

    def quote(self, text: str) -> str:
        return f"{self.opening}{text}{self.closing}"

    def end_sentence(self, text: str) -> str:
        """Add a full stop, unless the text ends with a mark that serves as one."""
        closing = self.closing
        if text.endswith(closing) and self.stop_inside:
            return text if text[: -len(closing)].endswith((".", "?", "!")) else f"{text[: -len(closing)]}.{closing}"
        return text if text.endswith((".", "?", "!", "؟")) else f"{text}."


class DeckLabels(LabelGroup, frozen=True):
    """Labels of the slides and their notes.

    Mappings of `decisions`, `first_by`, `from_sources`, `kept_in_view`, `sources` and those with {number} are keyed by the
    forms of `plural`.
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
    sources: Mapping[str, str]
    backup: str
    evidence_section: str
    exhibits_carry: Mapping[str, str]
    options_open: Mapping[str, str]
    recommend_option: str
    """Begins the title of the slide of options, before the title of the recommended one."""
    cost: str
    objection: str
    asked_today: str
    purpose_column: str
    """The head of the column that says whether a decision is for today."""
    today: str
    information: str
    decisions_today: Mapping[str, str]
    more_information: Mapping[str, str]
    """Follows `decisions_today` in a title."""
    continued: str
    part: str
    part_alt: str
    table_alt: str


class HandoutLabels(LabelGroup, frozen=True):
    """Labels of the handout."""

    template_extras = ("name_slide",)

    kind: str
    slide: str
    slides: str
    table: Mapping[str, str]
    """A table's alternative text, by the forms of `plural`, with {rows}."""

    def name_slide(self, number: str) -> str:
        """Return "Slide 4", or "Slides 5–7" for one that the deck continues."""
        return (self.slides if RANGE in number else self.slide).format(number=number)


class DistributeLabels(LabelGroup, frozen=True):
    """The words of a copy's stamp: recipient, with {name}; copy and version, with {number}."""

    prepared_for: str
    copy: str
    version: str
    date_patterns: tuple[str, ...]
    """The orders of a whole date's {day}, {month} and {year}, by which dates are recognized in a text."""


class ChartLabels(LabelGroup, frozen=True):
    """Labels of drawings, and the alternative texts written from their data."""

    percent: str
    times: str
    value: str
    no_figure: str
    forecast: str
    expected: str
    marks: Mapping[str, str]
    charts: Mapping[str, str]
    """By kind, for bars with their arrangement before it: "stacked bar"."""
    open_marks: str
    """The meaning of a chart's open marks: {kinds}, joined by `or_between`."""
    dashed_lines: str
    """The same of lines, which are dashed."""
    open_kinds: Mapping[str, str]
    or_between: str
    sign_reads: str
    """The reading of "<", printed where a chart's labels have it."""
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
    """The words for early, mid and late, by which parts of a decade are recognized in a fact's words."""


class LetterLabels(LabelGroup, frozen=True):
    """Labels of a packet's cover letter."""

    subject: str
    """With {title}, and {markings}, which is empty or ends with a space."""
    protected_subject: str
    """With {version}, {date} and {markings}: of a mail that must not say what its documents say."""
    salutation: str
    enclosed: str
    protected_enclosed: str
    documents: Mapping[str, str]
    bottom_line: str
    marked: str
    numbered: str
    encrypted: str
    replaces: str
    """With {version}, which the recipient has."""
    see_changes: str
    """The file that says what changed since, with {file}."""


class ChangesLabels(LabelGroup, frozen=True):
    """Labels of the page with what changed."""

    kind: str
    was: str
    now: str
    edition: str
    """A version with its date: {version} and {date}."""
    replaces: str
    """With {version} and {date}."""
    headings: Mapping[str, str]
    """By what happened to numbers or texts."""
    where: str
    unchanged: str
    known_otherwise: str
    parts: Mapping[str, str]
    """The nouns for items, by their keys without numbers; "text" for any other."""
    fields: Mapping[str, str]
    """The nouns for the texts of an item, by their keys."""
    traits: Mapping[str, str]
    """The nouns for what an item or a number says of itself, by their keys."""
    values: Mapping[str, str]
    """The words of these traits, by those of the brief."""
    numbered: str
    """An item of a list, with {part} and {number}."""
    more: str
    """The number of further places, with {count}."""


class RecordLabels(LabelGroup, frozen=True):
    """Labels of the decision record."""

    kind: str
    memo: str
    by: str
    acts: str
    act: str
    who: str
    not_marked: str
    no_date: str
    beside: str
    """What was written beside the form on {page}."""
    read_from: str
    """The form that was read, with {file} and {hash}."""


class ClearanceLabels(LabelGroup, frozen=True):
    """Labels of a paper's status, and of the page with who drafted, approved and cleared it."""

    states: Mapping[str, str]
    """The stamps of states, by the brief's words for them."""
    draft: str
    """The stamp of a draft with its {number}."""
    of_draft: str
    """Another {state} with the {number} of the draft."""
    heading_page: str
    drafted_by: str
    approved_by: str
    cleared_by: str
    answer: str
    answers: Mapping[str, str]
    """The answers of offices, by the brief's words for them."""
    open: str
    untied: str
    """An answer without a hash of what it clears."""
    cleared: str
    cleared_draft: str
    """With the {number} of the draft."""
    since: Mapping[str, str]
    """The changes of {parts} since then, by their kind."""
    text_changed: str
    """The same where nobody knows which part it is."""
    both: str
    """A list of names: {first}, joined by commas, and the {last}."""
    more: str
    """The {count} of further parts."""
    parts: Mapping[str, str]
    """The nouns for parts of the brief, by their keys."""
    heading: str
    """The heading of a section."""
    numbered: str
    """A {part} with its {number}."""
    inside: str
    """A {part} of a {section}."""
    titled: str
    """A {part} with its {title} in quotation marks."""


class FormLabels(LabelGroup, frozen=True):
    """Labels of the memo's forms, besides those of all memos; `names` are the forms' own, by profile."""

    names: Mapping[str, str]
    meeting: str
    participants: str
    objective: str
    points_to_make: str
    if_asked: str
    watch_out: str
    next_steps: str
    bottom_line_up_front: str
    asked: str
    asked_caption: str
    background: str
    your_decision: str
    choices: tuple[str, str, str, str]
    """Approve, approve as amended, disapprove, discuss."""
    choice_of: str
    """A box's name for a screen reader, with {number}, {title} and {choice}."""
    ballot: str
    none_of_these: str
    go_with: str
    """The heading of recommendations that go with the option {number}."""
    supports: str
    purpose: str
    options: str
    options_caption: str
    option: str
    implications: str
    recommended: str
    dissent: str
    dissent_by: str
    dissent_ours: str
    risk: str
    risks: str
    at_number: str
    """The number of a recommendation before its risk: {number}."""
    clearance: str
    office: str
    name: str
    initials: str
    signature_page: str
    signature: str
    signature_caption: str
    discuss: str
    comments: str
    why_this_matters: str
    we_found: str
    read_more: str
    """The place of the quotes' words, in {file}, for a form without notes that prints numbers of paragraphs."""
    read_words: str
    """The same for a form that prints pages and sections alone."""


class Labels(LabelGroup, frozen=True):
    """The labels of one language."""

    template_extras = ("introduce", "format_page", "format_count")

    marks: Marks
    forms: FormLabels
    letter: LetterLabels
    changes: ChangesLabels
    record: RecordLabels
    clearances: ClearanceLabels
    to: str
    through: str
    sender: str
    cc: str
    reply_by: str
    tracking: str
    refers_to: str
    """The head of the papers that a memo refers to."""
    date: str
    subject: str
    draft: str
    """The stamp of every page and slide of a draft."""
    bottom_line: str
    why_now: str
    kinds: Mapping[str, str]
    judged_as: str
    """The opening of a judgment, with {confidence} and {likelihood}, each empty if the brief gives none."""
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
    attachments: str
    tab: str
    """The name of an attachment, by its {mark}."""
    tab_marks: str
    """The letters or figures that mark the first of them; what comes after these is numbered."""
    tabs: str
    """The head's line that names them."""
    basis: str
    notes: str
    stands_for: str
    two_authors: str
    more_authors: str
    in_brackets: str
    """A value with the source that gives it, with {value} and {source}."""
    either: str
    """The word between the values of sources that disagree."""
    differing: str
    """The reason for which sources disagree, with {why}."""
    said_by: str
    places: Mapping[str, str]
    """A place of a source, with {}: page, pages, section, table, timestamp, paragraph."""
    as_in: str
    to_note: str
    """The spoken name of the link to a note, with {number}."""
    back_to_text: str
    """The spoken name of the link back from a note."""
    page: str
    """The running page number, with {page} and {pages}."""
    numerals: tuple[str, ...]
    """Small numbers as words, from 0 on."""
    plural: Callable[[int], str]
    """Return the form of a noun that a number requires, by Unicode's names: one, two, few, many, other."""
    deck: DeckLabels
    handout: HandoutLabels
    distribute: DistributeLabels
    charts: ChartLabels

    def introduce(self, judgment: JudgmentTerms) -> str:
        """Return a judgment's opening: "We judge, with moderate confidence, that it is likely that"."""
        return self.judged_as.format(
            confidence=self.with_confidence[judgment.confidence] if judgment.confidence else "",
            likelihood=self.with_likelihood[judgment.likelihood] if judgment.likelihood else "",
        )

    def format_page(self, page: int | str, pages: int | str) -> str:
        return self.page.format(page=page, pages=pages)

    def format_count(self, forms: Mapping[str, str], count: int, **more: str) -> str:
        """Return the form of a text that a number requires; small numbers stand in it as words."""
        number = self.numerals[count] if count < len(self.numerals) else str(count)
        return forms[self.plural(count)].format(number=number, **more)

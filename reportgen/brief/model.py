"""The model of a brief. Its descriptions are also what editors show: assets/brief.schema.json is made from them."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from markupsafe import Markup
from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, ValidationInfo

from reportgen.brief import marking as markings
from reportgen.brief.argument import (
    Attachment,
    Dissent,
    Event,
    KeyNumberEntry,
    Option,
    Question,
    Recommendation,
    Section,
    Topic,
)
from reportgen.brief.citing.locators import list_places
from reportgen.brief.citing.source_lines import write_locators, write_source_line
from reportgen.brief.clearing.clearance import Clearance, PartHashes, WordsHash, check_offices
from reportgen.brief.clearing.status import Status, read_status
from reportgen.brief.evidence_models import CellQuote, LanguageTag, Quote, Source
from reportgen.brief.facts.fact_models import Fact
from reportgen.brief.facts.fact_quotes import collect_fact_quotes, find_owners
from reportgen.brief.marking import Marking
from reportgen.brief.marks import Marks
from reportgen.brief.open_gaps import Gap
from reportgen.charts import AnyExhibit
from reportgen.charts.kinds.number import Numbers
from reportgen.charts.scene import Figure
from reportgen.input.field_types import Day, ExhibitId, Id, Model, Names, Plain, Prose, Text, Typographic, problem
from reportgen.input.yamlfile import Document, KeyPath
from reportgen.system.errors import Location
from reportgen.text import inline
from reportgen.text.languages import load_labels
from reportgen.text.numbers import GapDay, Quantity
from reportgen.text.trace import find_origin, trace

if TYPE_CHECKING:
    from reportgen.brief.data.data_use import UsedFile

MOST_KEY_NUMBERS = 4
SHORT_QUOTE = 80  # letters: three lines under a number


class Silence(Model):
    """A finding of `check` that we know of and accept."""

    rule: Annotated[Plain, Field(description="The rule's name, as a finding prints it: raw-number.")]
    reason: Annotated[Plain, Field(description="Why you accept the finding. `check` prints it.")]
    where: Annotated[
        Plain | None,
        Field(
            description="The words at fault, or a path such as `topics[3].points[1]`. Without it, the rule is silent for the whole brief."
        ),
    ] = None


def _check_highlights(names: list[str], info: ValidationInfo) -> list[str]:
    """Refuse an exhibit that only the deck shows, and one that is listed twice."""
    for name in names:
        if name in (exhibits := info.data.get("exhibits", {})) and exhibits[name].only == "deck":
            raise problem(f'the exhibit "{name}" is only for the deck', "leave out `only`, or choose another", name)
        if names.count(name) > 1:
            raise problem(f'"{name}" is listed twice', "name two, or one", name)
    return names


def _check_reply(day: date | None, info: ValidationInfo) -> date | None:
    """Refuse a day of reply before the memo's own."""
    if day and (own := info.data.get("date")) and day < own and not isinstance(own, GapDay):
        raise problem(f"reply_by is {day}, before the memo's date, {own}", "correct one of the two", str(day))
    return day


def _check_slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 80:
        raise ValueError("a slug names files: small letters, digits and single hyphens, at most 80")
    return value


class Brief(Model):
    """A structured summary of an article."""

    template_extras = (
        "key_figures", "sections", "marks", "citations", "locators", "places", "counts_paragraphs", "foreign",
        "explain_differences",
    )  # fmt: skip

    title: Annotated[
        Text,
        Field(
            description="The title: on the deck's cover, at the foot of every page and slide, and as the memo's subject by default."
        ),
    ]
    subtitle: Annotated[Text | None, Field(description="A second line on the deck's cover.")] = None
    slug: Annotated[
        str,
        AfterValidator(_check_slug),
        Field(
            description="The stem of the file names: `harbor-memo.pdf`, `harbor-deck.pptx`. At most 80 lowercase letters, digits and single hyphens."
        ),
    ]
    date: Annotated[Day, Field(description="The date of the memo and the deck: 2026-02-10.")]
    organization: Annotated[Typographic | None, Field(description="The organization that issues the memo.")] = None
    to: Annotated[Names, Field(description="Who receives the memo.")]
    meeting: Annotated[Text | None, Field(description="The meeting that the deck is for, printed on its cover.")] = None
    sender: Annotated[Names, Field(alias="from", description="Who sends the memo.")]
    through: Annotated[
        Names | None, Field(description="Who passes the memo on to its recipients, printed in its head as THROUGH.")
    ] = None
    cc: Annotated[Names | None, Field(description="Who gets a copy of the memo, printed in its head as CC.")] = None
    reference: Annotated[
        Names | None,
        Field(description="The papers that the memo refers to or answers, one line each, printed in its head as REF."),
    ] = None
    reply_by: Annotated[
        Day | None,
        Field(description="The day by which an answer is asked for, printed in the memo's head."),
        AfterValidator(_check_reply),
    ] = None
    tracking: Annotated[
        Typographic | None, Field(description="The number under which the memo is filed, printed in its head.")
    ] = None
    subject: Annotated[Text | None, Field(description="The memo's subject line. Default: the title.")] = None
    marking: Annotated[
        Marking | None,
        BeforeValidator(markings.read, json_schema_input_type=str | Marking | None),
        Field(
            description="The banner of every page and slide, or a mapping with all that the marking's standard requires."
        ),
    ] = None
    status: Annotated[
        Status | None,
        BeforeValidator(read_status, json_schema_input_type=str | Status | None),
        Field(
            description="How far the paper has come: `draft 3`, `for clearance`, `cleared` or `final`, or a mapping with the time. "
            "Stamped on each page, slide and notes page; a `final` paper with an open clearance or a `TODO` is refused."
        ),
    ] = None
    language: Annotated[
        LanguageTag,
        Field(
            description="The language of the brief. Labels, numbers and dates are printed in English, Korean or Arabic; "
            "in English for any other language."
        ),
    ] = "en-US"
    profile: Annotated[
        str, Field(description="The memo's form: `info`, `action`, `decision`, `meeting` or `onepage`.")
    ] = "info"
    pages: Annotated[
        int | None,
        Field(
            ge=1,
            le=100,
            description="The page budget of the memo in its own `profile`. A memo that does not fit is refused.",
        ),
    ] = None
    notes: Annotated[
        Literal["short", "quotes"],
        Field(
            description="What the memo's notes print: `short`, the source and the place in it; `quotes`, the quoted words too. "
            "The words are attached to the memo in both."
        ),
    ] = "short"
    deck: Annotated[
        Literal["front", "full"],
        Field(
            description="The order of the deck: `front` puts what decides on the first slides and the rest behind a divider; "
            "`full` keeps one sequence."
        ),
    ] = "front"
    slides: Annotated[
        int | None,
        Field(ge=1, le=400, description="The slide budget of the deck. A deck that does not fit is refused."),
    ] = None
    decider: Annotated[
        Typographic | None,
        Field(
            description="Who decides. The profiles `action` and `decision` print boxes and a signature for this person."
        ),
    ] = None
    clearance: Annotated[
        list[Typographic],
        Field(
            description="The offices that clear the memo. The profiles `action` and `decision` print a ruled line for each "
            "on their last page."
        ),
    ] = []
    clearances: Annotated[
        list[Clearance],
        AfterValidator(check_offices),
        Field(
            description="What these offices, or others, answered. `reportgen clear OFFICE` writes an answer with a hash of the words "
            "that were cleared; every form prints it on a last page."
        ),
    ] = []
    drafted_by: Annotated[
        Names | None,
        Field(description="Who drafted the memo, one line each, with a number to call. Printed on its last page."),
    ] = None
    approved_by: Annotated[
        Names | None,
        Field(description="Who approved the memo in its own office, one line each. Printed on its last page."),
    ] = None
    cleared_words: Annotated[
        dict[WordsHash, PartHashes],
        Field(description="Hashes of what was cleared, part by part. Written by `reportgen clear`, never by hand."),
    ] = {}
    sources: Annotated[dict[Id, Source], Field(min_length=1, description="The texts that the brief draws on, by id.")]
    quotes: Annotated[dict[Id, Quote], Field(description="Verbatim words of the sources, by id.")] = {}
    facts: Annotated[
        dict[Id, Fact],
        Field(
            description="Numbers and dates with their unit, bound and quote, by id. Text prints a fact with `${id}`; a chart uses the id."
        ),
    ] = {}
    bottom_line: Annotated[
        Text, Field(description="What the reader must know, if nothing else. Aim for at most 60 words.")
    ]
    key_numbers: Annotated[
        list[KeyNumberEntry],
        Field(
            max_length=4,
            description="Up to four facts that stand large under the bottom line in the deck. Default: the facts of the bottom line "
            "that have a label.",
        ),
    ] = []
    purpose: Annotated[
        Text | None, Field(description="What the profile `decision` asks the reader to do, in one sentence.")
    ] = None
    participants: Annotated[
        list[Typographic],
        Field(description="Who takes part in the meeting, one line each. The profile `meeting` prints them."),
    ] = []
    objective: Annotated[
        Text | None, Field(description="What the meeting shall bring. The profile `meeting` begins with it.")
    ] = None
    watch_out: Annotated[
        list[Prose],
        Field(description="What may be raised or go wrong in the meeting. The profile `meeting` prints it."),
    ] = []
    why_now: Annotated[
        Section | None, Field(description="The first section of the argument: why the reader must act now.")
    ] = None
    topics: Annotated[list[Topic], Field(description="The rest of the argument: one section for each finding.")] = []
    options: Annotated[
        list[Option], Field(max_length=6, description="The choices open to the decider, at most six.")
    ] = []
    dissent: Annotated[list[Dissent], Field(description="Views against the recommendation.")] = []
    recommendations: Annotated[
        list[Recommendation], Field(description="What we recommend, printed as our judgment.")
    ] = []
    timeline: Annotated[list[Event], Field(description="Key dates, in order, printed as a table.")] = []
    exhibits: Annotated[
        dict[Id, AnyExhibit],
        Field(
            description="Charts, tables, timelines and big numbers, by id. `why_now` or one of the `topics` must list each of them once."
        ),
    ] = {}
    highlights: Annotated[
        list[ExhibitId],
        Field(
            max_length=2,
            description="The one or two exhibits that carry the case: the deck's front shows them, side by side where there is room, "
            "and so do the profiles `action` and `onepage`, whose default are the first two of the argument.",
        ),
        AfterValidator(_check_highlights),
    ] = []
    talking_points: Annotated[
        list[Prose],
        Field(
            description="Points for the briefer, printed in the deck's speaker notes and, of the memo's profiles, by `meeting` only."
        ),
    ] = []
    questions: Annotated[
        list[Question],
        Field(
            description="Questions to expect, with answers, printed in the deck's speaker notes and, of the memo's profiles, by `meeting` only."
        ),
    ] = []
    basis: Annotated[
        list[Prose],
        Field(
            description="What the brief rests on, and its limits. The deck prints it, and so does every profile but `onepage`."
        ),
    ] = []
    attachments: Annotated[
        list[Attachment],
        Field(max_length=26, description="The papers that go with the memo, listed as Tab A, Tab B and so on."),
    ] = []
    standard: Annotated[
        Literal["icd203"] | None,
        Field(description="A standard that judgments must follow: `icd203` (its terms for likelihood and confidence)."),
    ] = None
    silence: Annotated[
        list[Silence], Field(description="Findings of `check` that you accept, each with a reason.")
    ] = []

    _quantities: dict[str, Quantity] = PrivateAttr(default_factory=dict)
    _data_files: Mapping[str, Any] = PrivateAttr(default_factory=dict)
    _document: Document | None = PrivateAttr(default=None)
    _value_paths: dict[str, KeyPath] = PrivateAttr(default_factory=dict)
    _writing: str = PrivateAttr(default="")
    _is_draft: bool = PrivateAttr(default=False)
    _gaps: tuple[Gap, ...] = PrivateAttr(default=())
    _written: Any = PrivateAttr(default=None)
    _open_parts: frozenset[KeyPath] = PrivateAttr(default=frozenset())

    @property
    def quantities(self) -> dict[str, Quantity]:
        """Every fact as it prints, with formulas evaluated."""
        return self._quantities

    @property
    def data_files(self) -> "Mapping[str, UsedFile]":
        """The data files that facts and charts take cells from, by source."""
        return self._data_files

    @property
    def word_quotes(self) -> dict[str, Quote]:
        """The quotes of words, without the citations of cells."""
        return {name: quote for name, quote in self.quotes.items() if not isinstance(quote, CellQuote)}

    @property
    def document(self) -> Document:
        """The file that the brief was read from, with the place of every value."""
        assert self._document, "a brief comes from load_brief"
        return self._document

    @property
    def folder(self) -> Path:
        """The brief's folder. Files that it names are looked for there, and nowhere above."""
        return Path(self._document.file if self._document else ".").resolve().parent

    @property
    def is_draft(self) -> bool:
        """Return whether it was loaded as a draft: its documents print its gaps, and say that they are a draft."""
        return self._is_draft

    def as_draft(self) -> "Brief":
        """Return the same brief as a draft."""
        brief = self.model_copy()
        brief._is_draft = True
        return brief

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The texts that nobody has written yet, with their places."""
        return self._gaps

    @property
    def written(self) -> Any:
        """The values of its file as they are written there; those of `document` have something to print for each gap."""
        return self._written if self._gaps else self.document.data

    @property
    def open_parts(self) -> frozenset[KeyPath]:
        """The facts, quotes, sources and exhibits with a gap without which no rule can judge them."""
        return self._open_parts

    @property
    def marks(self) -> Marks:
        """The words that its marking and its status print, and that it is a draft with gaps; empty without these."""
        drafts = load_labels(self.writing).draft if self.is_draft else ""
        is_other = self.status is not None and self.status.state != "draft"
        status = drafts if self.gaps and (is_other or not self.status) else self.status.words if self.status else drafts
        stamp = (status,) if status else ()
        if not self.marking:
            return Marks(stamp, status=status)
        marks, own = self.marking.marks, self.marking.trace
        lines, block, statement = (tuple(map(own, words)) for words in (marks.lines, marks.block, marks.statement))
        return Marks((*lines, *stamp), block, statement, status)

    @property
    def sections(self) -> list[Section]:
        """The sections of the argument in reading order."""
        return [*([self.why_now] if self.why_now else []), *self.topics]

    @property
    def key_figures(self) -> tuple[Figure, ...]:
        """The key numbers as they print, with their labels: those of the brief, else the bottom line's facts with a label."""
        if self.key_numbers:
            return tuple(self._set_figure(each.fact, each.label) for each in self.key_numbers)
        facts = (found.id for found in inline.find_references(self.bottom_line) if found.kind == "fact")
        figures = (self._set_figure(fact) for fact in dict.fromkeys(facts))
        return tuple(figure for figure in figures if figure.label)[:MOST_KEY_NUMBERS]

    def _set_figure(self, fact: str, label: str | None = None) -> Figure:
        """Return a fact with its label: one in an exhibit of big numbers, else its quote if that is short."""
        if not label:
            numbers = [
                number for each in self.exhibits.values() if isinstance(each, Numbers) for number in each.numbers
            ]
            label = next((number.label for number in numbers if number.value.fact == fact), "")
        quotes = [self.quotes[quote].text for quote in self.facts[fact].quote if not self.foreign(quote)]
        if not label and quotes and len(quotes[0]) <= SHORT_QUOTE:
            label = load_labels(self.writing).marks.quote(quotes[0])
        number = self._quantities[fact].short
        return Figure(trace(number, f"facts.{fact}") if find_origin(self.title) else number, label, "", "accent")

    def language_of(self, quote: str) -> str:
        """Return the language of a quote: its own, else its source's, else the brief's."""
        model = self.quotes[quote]
        return model.language or self.sources[model.source].language or self.language

    @property
    def writing(self) -> str:
        """The writing tag (text/languages/writing_tag.py) of its labels, numbers and dates: its language, as the house writes it."""
        return self._writing or self.language

    def foreign(self, quote: str) -> str | None:
        """Return the language of a quote if it is not the brief's."""
        language = self.language_of(quote)
        return language if language != self.language else None

    def values_of(self, fact: str) -> list[str]:
        """Return the ids of the values of a fact on which sources differ: budget.report; none of any other fact."""
        return [name for name, path in self._value_paths.items() if path[1] == fact]

    def explain_differences(self, quotes: Collection[str]) -> tuple[Markup, ...]:
        """Return why sources differ on facts, for those of which each value rests on one of these quotes."""
        labels, found = load_labels(self.writing), list[Markup]()
        for name, fact in self.facts.items():
            if fact.why and set(self.fact_quotes(name)) <= set(quotes):
                why = labels.marks.end_sentence(self.markup(fact.why))
                found.append(Markup(labels.differing).format(why=Markup(why)))  # noqa: S704  # a full stop is added
        return tuple(found)

    def fact_path(self, path: KeyPath) -> KeyPath:
        """Return where the file has what belongs to a fact: a single value of several is in its fact's `values`."""
        own = self._value_paths.get(str(path[1])) if len(path) > 1 and path[0] == "facts" else None
        return (*own, *path[2:]) if own else path

    def where(self, *path: str | int) -> Location | None:
        """Return the place of a value in the brief's file, such as where("topics", 2, "title")."""
        return self._document.where(path) if self._document else None

    def markup(self, text: str) -> Markup:
        """Return a text field as safe inline markup."""
        return inline.render_markup(text, self._quantities)

    def plain(self, text: str) -> str:
        """Return a text field as plain text."""
        return inline.render_plain(text, self._quantities)

    @cached_property
    def _quotes_of_facts(self) -> dict[str, tuple[str, ...]]:
        values = {name: self.values_of(name) for name, fact in self.facts.items() if fact.values}
        return collect_fact_quotes(self.facts, values)

    def fact_quotes(self, fact: str) -> tuple[str, ...]:
        """Return the ids of the quotes that a fact rests on, those of its formula's facts included."""
        return self._quotes_of_facts[fact]

    def citations(self, *texts: str | None) -> tuple[str, ...]:
        """Return the ids of the quotes that texts rest on, each once: those of their facts and those they cite."""
        found: dict[str, None] = {}
        for text in texts:
            for reference in inline.find_references(text or ""):
                if reference.kind == "fact":
                    found |= dict.fromkeys(self.fact_quotes(reference.id))
                elif reference.kind == "quote":
                    found[reference.id] = None
        return tuple(found)

    def exhibit_quotes(self, exhibit: AnyExhibit, takeaway: bool = True) -> tuple[str, ...]:
        """Return the ids of the quotes that an exhibit rests on: its facts', its texts' and those it lists.

        `takeaway` is True where the exhibit's takeaway is beside it, as in the deck. Speaker's notes never count.
        """
        facts = [quantity.fact for quantity in exhibit.quantities if quantity.fact]
        drawn = [quote for fact in facts for quote in self.fact_quotes(fact)]
        excluded = {exhibit.notes, *([] if takeaway else exhibit.takeaway)}
        cited = self.citations(*(text for text in exhibit.inline_texts if text not in excluded))
        return tuple(dict.fromkeys([*drawn, *cited, *exhibit.quotes]))

    def source_line(self, exhibit: AnyExhibit, takeaway: bool = True) -> str:
        """Return the places of an exhibit's quotes and the owners of its numbers: "Lee (2020), ¶5; citing Dell’Oro Group"."""
        names = [quantity.fact for quantity in exhibit.quantities if quantity.fact]
        owners = [(owner, f"facts.{name}") for name in names for owner in find_owners(self.facts[name])]
        return write_source_line(self.locators(self.exhibit_quotes(exhibit, takeaway)), owners, self.writing)

    def locators(self, quotes: tuple[str, ...]) -> str:
        """Return the places of quotes, source by source: "Stangarone (2020), ¶5, ¶16; Lee (2020), p. 14"."""
        places: dict[str, dict[str, tuple[str, ...]]] = {}
        for quote in quotes:
            places.setdefault(self.quotes[quote].source, {})[quote] = self.places(quote)
        return write_locators([(self.sources[name].cited_as, own) for name, own in places.items()], self.writing)

    def places(self, quote: str) -> tuple[str, ...]:
        """Return where a quote stands in its source, as documents print it: ("p. 14",), or ("¶5",) of our own count."""
        model = self.quotes[quote]
        if isinstance(model, CellQuote):
            return model.place
        return list_places(model.published_places, model.paragraph, load_labels(self.writing))

    @property
    def counts_paragraphs(self) -> bool:
        """Say whether documents print numbers of our own count of paragraphs."""
        return any(place.startswith("¶") for quote in self.quotes for place in self.places(quote))

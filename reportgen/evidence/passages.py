"""Passages: the brief's texts as they print, each with its evidence and its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from msgspec import Struct

from reportgen.brief.open_gaps import is_gap
from reportgen.input.field_types import Model
from reportgen.input.yamlfile import KeyPath
from reportgen.text.blocks import MARKER, has_blocks
from reportgen.text.inline import FACT_ID
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate, Quantity, find_link
from reportgen.text.sentence_ends import split_sentences

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

Role = Literal[
    "finding", "summary", "point", "judgment", "recommendation", "exhibit", "speech", "answer", "basis", "note", "event"
]

_FACT = re.compile(rf"\$\{{({FACT_ID})(:short)?\}}")
_CITE = re.compile(r"[ \n]*\[@[^\]]*\]")
_SCRIPT = compile_late(r"\^[^\s^]+\^|~[^\s~]+~")
_SETTING = r"\\([\\$\[*_~^`])|(\*{1,3})|\]\((?:https?://|mailto:)[^)\s]*\)|[~^](?=\S)|(?<=\S)[~^]"
_PIECE = re.compile(
    rf"(?P<fact>{_FACT.pattern})|(?P<cite>{_CITE.pattern})|(?P<setting>{_SETTING})|(?P<link>\[(?=[^\]]*\]\())"
)


class FactSpan(Struct, frozen=True):
    """The characters with which a passage prints a fact."""

    start: int
    end: int
    id: str


class Sentence(Struct, frozen=True):
    """A sentence of a passage, and its place in the passage's text."""

    start: int
    end: int
    text: str


class Passage(Struct, frozen=True, dict=True):
    """One text of the brief. `text` is as it prints; `origin` has the place in `raw` of each of its characters."""

    path: KeyPath
    role: Role
    raw: str
    text: str
    origin: tuple[int, ...]
    facts: tuple[FactSpan, ...]
    cites: tuple[int, ...]
    """The places in `text` at which quotes are cited."""
    quotes: tuple[str, ...]
    """The quotes that may back it: its own, its facts', its section's or its exhibit's."""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        spans = split_sentences(self.text)
        return tuple(Sentence(start, end, self.text[start:end]) for start, end in spans)

    def facts_in(self, sentence: Sentence) -> Iterator[FactSpan]:
        """Yield the facts that a sentence prints."""
        return (span for span in self.facts if sentence.start <= span.start < sentence.end)

    def is_printed(self, start: int, end: int) -> bool:
        """Return whether a fact prints all of these characters."""
        return any(span.start <= start and end <= span.end for span in self.facts)

    def touches_fact(self, start: int, end: int) -> bool:
        return any(span.start < end and start < span.end for span in self.facts)


def render(
    raw: str, quantities: Mapping[str, Quantity], short: bool
) -> tuple[str, tuple[int, ...], tuple[FactSpan, ...], tuple[int, ...]]:
    """Return a text as it prints, the origin of its characters, its facts and the places of its citations."""
    out: list[str] = []
    origin: list[int] = []
    facts: list[FactSpan] = []
    cites: list[int] = []
    at = 0

    def put(text: str, places: range | list[int]) -> None:
        out.append(text)
        origin.extend(places)

    scripts = (
        {at for match in _SCRIPT.finditer(raw) for at in (match.start(), match.end() - 1)}
        if "~" in raw or "^" in raw
        else ()
    )
    for match in (_load_block_piece() if has_blocks(raw) else _PIECE).finditer(raw):
        put(raw[at : match.start()], range(at, match.start()))
        at = match.end()
        if match["fact"]:
            fact = _FACT.fullmatch(match["fact"])
            assert fact is not None
            quantity = quantities[fact[1]]
            link = find_link("".join(out[-2:]), partial(_follow, raw, at))
            is_short = bool(short or fact[2])
            words = quantity.short if is_short else quantity.prose_after(link)
            for piece, name in quantity.split_sourced(not is_short) if quantity.sourced else [(words, fact[1])]:
                if name:
                    facts.append(FactSpan(len(origin), len(origin) + len(piece), name))
                put(piece, [match.start()] * len(piece))
        elif match["cite"]:
            cites.append(len(origin))
        elif match.groupdict().get("marker"):
            put("\n" if out else "", [match.start()] if out else [])  # with the line's own end, a sentence ends here
        elif match["setting"] and match["setting"].startswith("\\"):
            put(match["setting"][1], [match.start()])
        elif match["setting"] in ("~", "^") and match.start() not in scripts:
            put(match["setting"], [match.start()])  # alone, it prints as it stands
    put(raw[at:], range(at, len(raw)))
    return "".join(out), tuple(origin), tuple(facts), tuple(cites)


@cache
def _load_block_piece() -> re.Pattern[str]:
    """Return `_PIECE` for a text with lists or block quotes, with what begins an item or a line of theirs."""
    return re.compile(rf"(?P<marker>^{MARKER})|{_PIECE.pattern}", re.MULTILINE)


def _follow(raw: str, at: int) -> str:
    return _CITE.sub("", _FACT.sub("fact", raw[at:]))


def collect_passages(brief: Brief) -> tuple[Passage, ...]:
    """Return every text of the brief that states something, in the order in which a reader meets it."""
    return tuple(_Walker(brief).walk())


class _Walker:
    """A walk over the brief's models and the file's values: the models know the kinds of texts, the file the words."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.data: dict[str, Any] = brief.document.data
        self.all_quotes = tuple(brief.quotes)

    def walk(self) -> Iterator[Passage]:
        brief = self.brief
        for key in ("title", "subtitle", "subject"):
            yield from self._passage((key,), "finding", self.all_quotes)
        yield from self._passage(("bottom_line",), "summary", self.all_quotes)
        if brief.why_now:
            yield from self._section(("why_now",), self.data["why_now"])
        for index, topic in enumerate(self.data.get("topics", [])):
            yield from self._section(("topics", index), topic)
        yield from self._decision()
        for index, _ in enumerate(brief.recommendations):
            for key in ("title", "act", "action", "deadline_note", "decide", "risk", "objection"):
                yield from self._cited_passage(("recommendations", index, key), "recommendation")
        for index, _ in enumerate(brief.timeline):
            yield from self._passage(("timeline", index, "title"), "event", self.all_quotes)
        for index, question in enumerate(self.data.get("questions", [])):
            quotes = self._citations(*question.values()) or self.all_quotes
            yield from self._passage(("questions", index, "question"), "answer", quotes)
            yield from self._passage(("questions", index, "answer"), "answer", quotes)
        for index, _ in enumerate(brief.talking_points):
            yield from self._cited_passage(("talking_points", index), "speech")
        for index, _ in enumerate(brief.watch_out):
            yield from self._cited_passage(("watch_out", index), "speech")
        for index, _ in enumerate(brief.basis):
            yield from self._cited_passage(("basis", index), "basis")
        for index, _ in enumerate(brief.attachments):
            for key in ("title", "description"):
                yield from self._cited_passage(("attachments", index, key), "note")
        yield from self._notes()

    def _decision(self) -> Iterator[Passage]:
        """Yield the texts of a decision memo beyond the case: all of them are ours."""
        for key in ("purpose", "objective"):
            yield from self._cited_passage((key,), "recommendation")
        for index, option in enumerate(self.brief.options):
            for key in ("title", "cost", "objection"):
                yield from self._cited_passage(("options", index, key), "recommendation")
            for at, _ in enumerate(option.implications):
                yield from self._cited_passage(("options", index, "implications", at), "recommendation")
        for index, _ in enumerate(self.brief.dissent):
            yield from self._cited_passage(("dissent", index, "text"), "recommendation")

    def _value(self, path: KeyPath) -> Any:
        value: Any = self.data
        for part in path:
            if isinstance(value, dict):
                value = value.get(part)
            else:
                value = value[int(part)] if isinstance(value, list) else None
        return value

    def _citations(self, *texts: Any) -> tuple[str, ...]:
        return self.brief.citations(*(text for text in texts if isinstance(text, str)))

    def _cited_passage(self, path: KeyPath, role: Role) -> Iterator[Passage]:
        """Yield a text that rests on the quotes it cites, or on any if it cites none."""
        return self._passage(path, role, self._citations(self._value(path)) or self.all_quotes)

    def _passage(self, path: KeyPath, role: Role, quotes: tuple[str, ...], short: bool = False) -> Iterator[Passage]:
        raw = self._value(path)
        if isinstance(raw, str) and not is_gap(raw):
            raw = raw.strip()
            quotes = tuple(dict.fromkeys([*self._citations(raw), *quotes]))
            passage = Passage(path, role, raw, *render(raw, self.brief.quantities, short), quotes)
            if not any(is_gap(passage.text[span.start : span.end]) for span in passage.facts):
                yield passage

    def _section(self, path: KeyPath, data: dict[str, Any]) -> Iterator[Passage]:
        points = list(_read_points((*path, "points"), data.get("points", [])))
        judgments = [judgment.get("text") for judgment in data.get("judgments", [])]
        exhibits = {name: self._exhibit_quotes(name) for name in data.get("exhibits", [])}
        drawn = [quote for quotes in exhibits.values() for quote in quotes]
        quotes = tuple(dict.fromkeys([*self._citations(*(text for _, text in points), *judgments), *drawn]))
        yield from self._passage((*path, "title"), "finding", quotes)
        for place, point in points:
            yield from self._passage(place, "point", self._citations(point) or quotes)
        for index, _ in enumerate(judgments):
            yield from self._passage((*path, "judgments", index, "text"), "judgment", quotes)
        for name, drawn_quotes in exhibits.items():
            yield from self._nested(
                ("exhibits", name), self.brief.exhibits[name], self.data["exhibits"][name], drawn_quotes
            )

    def _exhibit_quotes(self, name: str) -> tuple[str, ...]:
        exhibit = self.brief.exhibits[name]
        return tuple(dict.fromkeys([*self.brief.exhibit_quotes(exhibit), *self._citations(exhibit.notes)]))

    def _nested(self, path: KeyPath, value: Any, data: Any, quotes: tuple[str, ...]) -> Iterator[Passage]:
        """Yield the texts of an exhibit, whatever its kind."""
        if isinstance(value, Model) and isinstance(data, dict):
            for name, info in type(value).model_fields.items():
                key = info.alias or name
                if key in data and not _is_choice(info.annotation) and not _is_name(key, data):
                    yield from self._nested((*path, key), getattr(value, name), data[key], quotes)
        elif isinstance(value, list | tuple) and isinstance(data, list):
            for index, (item, raw) in enumerate(zip(value, data, strict=False)):
                yield from self._nested((*path, index), item, raw, quotes)
        elif isinstance(data, str) and not isinstance(value, Quantity | PartialDate):
            short = isinstance(value, str) and value != data.strip() and "${" in data
            yield from self._passage(path, "speech" if path[-1] == "notes" else "exhibit", quotes, short)

    def _notes(self) -> Iterator[Passage]:
        for name in self.brief.facts:
            yield from self._passage(("facts", name, "note"), "note", self.brief.fact_quotes(name))
            yield from self._passage(("facts", name, "why"), "basis", self.brief.fact_quotes(name))
        for name in self.brief.sources:
            own = tuple(quote for quote, model in self.brief.quotes.items() if model.source == name)
            yield from self._passage(("sources", name, "note"), "note", own)


def _is_name(key: str, data: dict[str, Any]) -> bool:
    """Return whether a key of an exhibit names quotes, a kind, or what a data file has."""
    return key in ("quotes", "kind") or (
        "data" in data and key in ("data", "x", "y", "sheet", "rows", "header", "empty")
    )


def _read_points(path: KeyPath, data: list[Any]) -> Iterator[tuple[KeyPath, str]]:
    """Yield each point with the place of its text: a point is a text, or keys of which one is `text`."""
    for index, point in enumerate(data):
        if isinstance(point, dict):
            yield (*path, index, "text"), str(point.get("text", ""))
        elif isinstance(point, str):
            yield (*path, index), point


def _is_choice(annotation: Any) -> bool:
    """Return whether a field has our own words as values (kind, scale, mark), not the writer's."""
    if get_origin(annotation) is Literal:
        return True
    return any(_is_choice(member) for member in get_args(annotation) if get_origin(member) is Literal)

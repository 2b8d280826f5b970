"""The brief's texts as they print, each with the evidence that it stands on and the way back to its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from msgspec import Struct

from reportgen.input.field_types import Model
from reportgen.input.yamlfile import KeyPath
from reportgen.text import inline
from reportgen.text.numbers import PartialDate, Quantity

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

Role = Literal[
    "finding", "summary", "point", "judgment", "recommendation", "exhibit", "speech", "answer", "basis", "note", "event"
]

_FACT = re.compile(r"\$\{([A-Za-z][\w-]*)(:short)?\}")
_CITE = re.compile(r"[ \n]*\[@[^\]]*\]")
_SETTING = re.compile(r"\\([\\$\[*_~^`])|(\*{1,3})|\]\((?:https?://|mailto:)[^)\s]*\)|[~^](?=\S)|(?<=\S)[~^]")
_PIECE = re.compile(
    rf"(?P<fact>{_FACT.pattern})|(?P<cite>{_CITE.pattern})|(?P<setting>{_SETTING.pattern})|(?P<link>\[(?=[^\]]*\]\())"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Prof|vs|No|Inc|Ltd|Co|Corp|cf|ca|approx|e\.g|i\.e|etc|al)|\b[A-Za-z])\.$"
)
_STARTERS = re.compile(
    r"(?:The|This|That|These|Those|It|But|And|In|On|At|We|They|He|She|If|As|So|When|While|Both|For|A|An|No|Not|There)\b"
)
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*\s+(?=[A-Z“\"‘'(\[$€£\d])")


class FactSpan(Struct, frozen=True):
    """Where a passage prints a fact."""

    start: int
    end: int
    id: str


class Sentence(Struct, frozen=True):
    """A sentence of a passage: its place in the passage's text."""

    start: int
    end: int
    text: str


class Passage(Struct, frozen=True, dict=True):
    """One text of the brief. `text` is what it prints; `origin` gives for each of its characters the place in `raw`."""

    path: KeyPath
    role: Role
    raw: str
    text: str
    origin: tuple[int, ...]
    facts: tuple[FactSpan, ...]
    cites: tuple[int, ...]
    """Where in `text` quotes are cited."""
    quotes: tuple[str, ...]
    """The quotes that it may rest on: its own, its facts', its section's or its exhibit's."""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[Sentence]:
        start = 0
        for match in _SENTENCE_END.finditer(self.text):
            if self._ends_here(match):
                yield from self._sentence(start, match.end())
                start = match.end()
        yield from self._sentence(start, len(self.text))

    def _ends_here(self, match: re.Match[str]) -> bool:
        before = self.text[: match.start() + 1]
        return not _ABBREVIATION.search(before) or bool(
            before[-3:-2] == "." and _STARTERS.match(self.text, match.end())
        )

    def _sentence(self, start: int, end: int) -> Iterator[Sentence]:
        text = self.text[start:end].rstrip()
        if text:
            yield Sentence(start, start + len(text), text)

    def printed(self, start: int, end: int) -> bool:
        """Whether a span is, in whole, what a fact prints."""
        return any(span.start <= start and end <= span.end for span in self.facts)

    def touches_fact(self, start: int, end: int) -> bool:
        return any(span.start < end and start < span.end for span in self.facts)


def render(
    raw: str, quantities: Mapping[str, Quantity], short: bool
) -> tuple[str, tuple[int, ...], tuple[FactSpan, ...], tuple[int, ...]]:
    """A text as it prints, with the origin of its characters, its facts and the places of its citations."""
    out: list[str] = []
    origin: list[int] = []
    facts: list[FactSpan] = []
    cites: list[int] = []
    at = 0

    def put(text: str, places: range | list[int]) -> None:
        out.append(text)
        origin.extend(places)

    for match in _PIECE.finditer(raw):
        put(raw[at : match.start()], range(at, match.start()))
        at = match.end()
        if match["fact"]:
            fact = _FACT.fullmatch(match["fact"])
            assert fact is not None
            quantity = quantities[fact[1]]
            words = quantity.short if short or fact[2] else quantity.prose
            facts.append(FactSpan(len(origin), len(origin) + len(words), fact[1]))
            put(words, [match.start()] * len(words))
        elif match["cite"]:
            cites.append(len(origin))
        elif match["setting"] and match["setting"].startswith("\\"):
            put(match["setting"][1], [match.start()])
    put(raw[at:], range(at, len(raw)))
    return "".join(out), tuple(origin), tuple(facts), tuple(cites)


def passages(brief: Brief) -> tuple[Passage, ...]:
    """Every text of the brief that says something, in the order in which a reader meets it."""
    return tuple(_Walker(brief).all())


class _Walker:
    """Walks the brief's models and the file's values side by side: the models know the kinds, the file the words."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.data: dict[str, Any] = brief.document.data
        self.every = tuple(brief.quotes)

    def all(self) -> Iterator[Passage]:
        brief = self.brief
        for key in ("title", "subtitle", "subject"):
            yield from self._one((key,), "finding", self.every)
        yield from self._one(("bottom_line",), "summary", self.every)
        if brief.why_now:
            yield from self._section(("why_now",), self.data["why_now"])
        for index, _ in enumerate(brief.topics):
            yield from self._section(("topics", index), self.data["topics"][index])
        yield from self._decided()
        for index, recommendation in enumerate(self.data.get("recommendations", [])):
            for key in ("title", "action", "deadline_note", "decide", "risk"):
                yield from self._one(
                    ("recommendations", index, key),
                    "recommendation",
                    self._cited(recommendation.get(key)) or self.every,
                )
        for index, _ in enumerate(brief.timeline):
            yield from self._one(("timeline", index, "title"), "event", self.every)
        for index, _ in enumerate(brief.questions):
            yield from self._one(
                ("questions", index, "question"),
                "answer",
                self._cited(*self.data["questions"][index].values()) or self.every,
            )
            yield from self._one(
                ("questions", index, "answer"),
                "answer",
                self._cited(*self.data["questions"][index].values()) or self.every,
            )
        for key, role in (("talking_points", "speech"), ("basis", "basis")):
            for index, _ in enumerate(self.data.get(key, [])):
                text = self._value((key, index))
                yield from self._one((key, index), role, self._cited(text) or self.every)  # type: ignore[arg-type]
        yield from self._notes()

    def _decided(self) -> Iterator[Passage]:
        """What a decision memo says besides the case: all of it ours."""
        paths: list[KeyPath] = [("purpose",)]
        for index, option in enumerate(self.brief.options):
            paths.append(("options", index, "title"))
            paths += [("options", index, "implications", at) for at, _ in enumerate(option.implications)]
        paths += [("dissent", index, "text") for index, _ in enumerate(self.brief.dissent)]
        for path in paths:
            yield from self._one(path, "recommendation", self._cited(self._value(path)) or self.every)

    def _value(self, path: KeyPath) -> Any:
        value: Any = self.data
        for part in path:
            if isinstance(value, dict):
                value = value.get(part)
            else:
                value = value[int(part)] if isinstance(value, list) else None
        return value

    def _cited(self, *texts: Any) -> tuple[str, ...]:
        return self.brief.citations(*(text for text in texts if isinstance(text, str)))

    def _one(self, path: KeyPath, role: Role, quotes: tuple[str, ...], short: bool = False) -> Iterator[Passage]:
        raw = self._value(path)
        if isinstance(raw, str):
            raw = raw.strip()
            own = self._cited(raw)
            yield Passage(
                path, role, raw, *render(raw, self.brief.quantities, short), tuple(dict.fromkeys([*own, *quotes]))
            )

    def _section(self, path: KeyPath, data: dict[str, Any]) -> Iterator[Passage]:
        points = [text for text in data.get("points", []) if isinstance(text, str)]
        judgments = [judgment.get("text") for judgment in data.get("judgments", [])]
        shown = [quote for name in data.get("exhibits", []) for quote in self._exhibit_quotes(name)]
        below = tuple(dict.fromkeys([*self._cited(*points, *judgments), *shown]))
        yield from self._one((*path, "title"), "finding", below)
        for index, _ in enumerate(points):
            yield from self._one((*path, "points", index), "point", self._cited(points[index]) or below)
        for index, _ in enumerate(judgments):
            yield from self._one((*path, "judgments", index, "text"), "judgment", below)
        for name in data.get("exhibits", []):
            yield from self._exhibit(name)

    def _exhibit_quotes(self, name: str) -> tuple[str, ...]:
        exhibit = self.brief.exhibits[name]
        return tuple(dict.fromkeys([*self.brief.exhibit_quotes(exhibit), *self._cited(exhibit.notes)]))

    def _exhibit(self, name: str) -> Iterator[Passage]:
        exhibit = self.brief.exhibits[name]
        yield from self._inside(("exhibits", name), exhibit, self.data["exhibits"][name], self._exhibit_quotes(name))

    def _inside(self, path: KeyPath, value: Any, data: Any, quotes: tuple[str, ...]) -> Iterator[Passage]:
        """The texts of an exhibit, whatever its kind."""
        if isinstance(value, Model) and isinstance(data, dict):
            for name, info in type(value).model_fields.items():
                key = info.alias or name
                if key in data and not _is_choice(info.annotation) and key not in ("quotes", "kind"):
                    yield from self._inside((*path, key), getattr(value, name), data[key], quotes)
        elif isinstance(value, list | tuple) and isinstance(data, list):
            for index, (item, raw) in enumerate(zip(value, data, strict=False)):
                yield from self._inside((*path, index), item, raw, quotes)
        elif isinstance(data, str) and not isinstance(value, Quantity | PartialDate):
            short = isinstance(value, str) and value != data.strip() and "${" in data
            yield from self._one(path, "speech" if path[-1] == "notes" else "exhibit", quotes, short)

    def _notes(self) -> Iterator[Passage]:
        for name in self.brief.facts:
            yield from self._one(("facts", name, "note"), "note", self.brief.fact_quotes(name))
        for name in self.brief.sources:
            own = tuple(quote for quote, model in self.brief.quotes.items() if model.source == name)
            yield from self._one(("sources", name, "note"), "note", own)


def _is_choice(annotation: Any) -> bool:
    """Whether a field's values are words of ours (kind, scale, mark), not of the writer."""
    if get_origin(annotation) is Literal:
        return True
    return any(_is_choice(member) for member in get_args(annotation) if get_origin(member) is Literal)


def references(passage: Passage) -> Iterator[str]:
    """The ids of the facts that a passage prints."""
    for reference in inline.find_references(passage.raw):
        if reference.kind == "fact":
            yield reference.id

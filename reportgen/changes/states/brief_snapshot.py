"""A brief as a snapshot: every text that a document may print, as it prints, and every fact with its evidence."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from reportgen.audit.brief_places import find_quantities
from reportgen.brief.argument import Judgment, Option, Recommendation, Topic
from reportgen.brief.marks import Marks
from reportgen.brief.model import Brief
from reportgen.brief.omissions import generalize_path
from reportgen.brief.traced_brief import list_texts
from reportgen.changes.states.snapshot import QUOTE, VALUE, FactState, FactUse, Item, Passage, Snapshot, Text
from reportgen.charts.base import Chart, Exhibit
from reportgen.input.model_validation import parse_path
from reportgen.text import inline
from reportgen.text.blocks import list_paragraphs, split_blocks
from reportgen.text.numbers import NBSP, PartialDate, Quantity, format_long_date

SILENT = re.compile(r"date$|slug$|sources\.[^.]+\.(file|sheet|encoding)$|marking\.recipients\[|silence\[")
"""Texts that are no content: the date is in the heading of what changed, and files and settings are printed nowhere."""
ITEM = re.compile(
    r"(?P<parent>why_now|topics\[\d+\])(?:\.(?:points|judgments)\[\d+\])?"
    r"|(?:exhibits|sources|quotes)\.[^.\[]+|marking|[a-z_]+(?:\[\d+\])?"
)
"""The item that a path is in: a section, one of its points or judgments, an exhibit, an entry of a list, a text of its own."""
APART = ("notes", "takeaway")
"""The texts of an exhibit that documents print without it."""
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
FACT_PARTS = (
    "unit",
    "bound",
    "status",
    "attributed_to",
    "condition",
    "base",
    "interval",
    "as_of",
    "low",
    "high",
    "margin",
)
_SPAN = re.compile(r'<span class="fact" data-fact="([^"]+)">(.*?)</span>|<a href="([^"]*)">|<[^>]+>', re.DOTALL)


def take_snapshot(brief: Brief, printed: Mapping[str, Iterable[str]] | None = None) -> Snapshot:
    """Return the state of a brief.

    Parameters
    ----------
    brief
        A brief from `load_brief`.
    printed
        The paths that each document prints, by the document's kind (memo, deck); they become `Text.documents`.
    """
    return _Reader(brief, {kind: frozenset(paths) for kind, paths in (printed or {}).items()}).read()


class _Reader:
    def __init__(self, brief: Brief, printed: Mapping[str, frozenset[str]]) -> None:
        self.brief = brief
        self.printed = {kind: frozenset(_list_ancestors(paths)) for kind, paths in printed.items()}

    def read(self) -> Snapshot:
        brief = self.brief
        texts: dict[str, dict[str, Text]] = {}
        for path, raw in list_texts(brief):
            if not SILENT.match(path):
                found = ITEM.match(path)
                item = found[0] if found else path
                texts.setdefault(item, {})[path[len(item) :].lstrip(".")] = self._read_text(path, raw)
        for name, exhibit in brief.exhibits.items():
            values = texts.setdefault(f"exhibits.{name}", {})
            values.update(self._read_values(exhibit, f"exhibits.{name}", values))
        for index, key_number in enumerate(brief.key_numbers):
            path = f"key_numbers[{index}]"
            quantity = brief.quantities[key_number.fact]
            texts.setdefault(path, {})["fact"] = self._value(path, quantity, self._list_documents("key_numbers"))
        marks = brief.marks.marking
        return Snapshot(
            brief.document.file, brief.plain(brief.title), brief.date.isoformat(), brief.slug, brief.writing, "brief",
            tuple(self._build_item(path, parts) for path, parts in texts.items() if parts),
            {name: self._read_fact(name) for name in brief.facts},
            {name: self._read_passage(name) for name in brief.quotes},
            Marks(_copy(marks.lines), _copy(marks.block), _copy(marks.statement)),
        )  # fmt: skip

    def _build_item(self, path: str, texts: Mapping[str, Text]) -> Item:
        kind, found = generalize_path(path), ITEM.match(path)
        parent = found["parent"] if found and found["parent"] and found["parent"] != path else ""
        if kind == "exhibits.*":
            parent = self._find_section(path.removeprefix("exhibits."))
        return Item(kind, path, texts, parent, self._read_traits(path))

    def _find_section(self, exhibit: str) -> str:
        """Return the path of the section that shows an exhibit."""
        sections = {"why_now": self.brief.why_now} if self.brief.why_now else {}
        paths = {**sections, **{f"topics[{index}]": topic for index, topic in enumerate(self.brief.topics)}}
        return next((path for path, section in paths.items() if section and exhibit in section.exhibits), "")

    def _read_traits(self, path: str) -> dict[str, str]:
        """Return what an item says besides its texts, where it is not the usual."""
        value: object = self.brief
        for step in parse_path(path):
            if isinstance(step, int) and isinstance(value, list | tuple):
                value = value[step]
            elif isinstance(value, dict):
                value = value.get(step)
            else:
                value = getattr(value, str(step), None)
        match value:
            case Topic():
                return {"kind": value.kind}
            case Judgment():
                return _drop_empty(confidence=value.confidence, likelihood=value.likelihood)
            case Option():
                return _drop_empty(recommended="yes" if value.recommended else "")
            case Recommendation():
                return _drop_empty(today="yes" if value.today else "")
            case Exhibit():
                return _drop_empty(kind=getattr(value, "kind", ""), only=value.only or "")
        if path.startswith("sources."):
            return _drop_empty(url=self.brief.sources[path.removeprefix("sources.")].url)
        return {}

    def _read_text(self, path: str, raw: str) -> Text:
        written = self._find_written(path)
        if written != raw and "${" in written:  # a label, whose facts were filled in when the brief was read
            words = _tidy(raw)
            found = self._find_uses(words, written)
            return Text(words, found, line=self._find_line(path), documents=self._list_documents(path))
        words = ""
        uses, links = list[FactUse](), list[str]()
        is_plain = generalize_path(path).rpartition(".")[0] == QUOTE
        paragraphs = (raw,) if is_plain else list_paragraphs(split_blocks(raw))
        for paragraph in paragraphs:
            words += " " if words else ""
            if is_plain or not self._has_known_facts(paragraph):
                words += paragraph
                continue
            marked, at = str(inline.render_markup(paragraph, self.brief.quantities)), 0
            for span in _SPAN.finditer(marked):
                words += _tidy(html.unescape(marked[at : span.start()]))
                if span[1]:
                    printed = _tidy(html.unescape(re.sub(r"<[^>]+>", "", span[2])))
                    uses.append(FactUse(len(words), len(words) + len(printed), span[1]))
                    words += printed
                elif span[3]:
                    links.append(html.unescape(span[3]))
                at = span.end()
            words += _tidy(html.unescape(marked[at:]))
        if day := DAY.fullmatch(words):
            words = _tidy(format_long_date(date(*map(int, day.groups())), self.brief.writing))
        quotes = () if is_plain else tuple(each.id for each in inline.find_references(raw) if each.kind == "quote")
        return Text(words, tuple(uses), quotes, tuple(links), self._find_line(path), self._list_documents(path))

    def _find_written(self, path: str) -> str:
        """Return a text as the file has it; "" where the file has something else at its path."""
        value: object = self.brief.document.data
        for step in parse_path(path):
            try:
                value = value[step]  # type: ignore[index]
            except (LookupError, TypeError):
                return ""
        return value if isinstance(value, str) else ""

    def _find_uses(self, words: str, written: str) -> tuple[FactUse, ...]:
        """Return where a label prints its facts, each in one of the forms that it has."""
        uses, at = list[FactUse](), 0
        for reference in inline.find_references(written):
            quantity = self.brief.quantities.get(reference.id) if reference.kind == "fact" else None
            forms = (
                [_tidy(form) for form in (quantity.short, quantity.prose, self.brief.plain(reference.raw))]
                if quantity
                else []
            )
            starts = {form: start for form in forms if (start := words.find(form, at)) >= 0}
            if starts:
                form = min(starts, key=lambda each: (starts[each], -len(each)))
                at = starts[form] + len(form)
                uses.append(FactUse(starts[form], at, reference.id))
        return tuple(uses)

    def _read_values(self, exhibit: Exhibit, path: str, texts: Mapping[str, Text]) -> Iterator[tuple[str, Text]]:
        """Yield the numbers of an exhibit by their labels in a chart, by their keys elsewhere."""
        around = [text.documents for key, text in texts.items() if not key.startswith(APART)]
        shown = tuple(kind for kind in self.printed if any(kind in kinds for kinds in around))
        if isinstance(exhibit, Chart):
            for datum in exhibit.data():
                if datum.quantity:
                    label = " · ".join(dict.fromkeys(part for part in (datum.item, datum.series) if part))
                    yield (
                        VALUE + _tidy(self.brief.plain(label)),
                        self._value(path, datum.quantity, shown, datum.printed),
                    )
            return
        for key, quantity in find_quantities(exhibit, path):
            yield key[len(path) + 1 :], self._value(key, quantity, shown)

    def _value(self, path: str, quantity: Quantity, documents: tuple[str, ...], printed: str = "") -> Text:
        words = _tidy(printed or quantity.short)
        uses = (FactUse(0, len(words), quantity.fact),) if quantity.fact else ()
        return Text(words, uses, line=self._find_line(path), documents=documents)

    def _read_fact(self, name: str) -> FactState:
        fact, quantity = self.brief.facts[name], self.brief.quantities[name]
        parts = {
            key: str(getattr(value, "iso", value))
            for key in FACT_PARTS
            if (value := getattr(fact, key, None)) is not None
        }
        if not quantity.spread or quantity.spread.has_centre:
            parts["value"] = quantity.value.iso if isinstance(quantity.value, PartialDate) else f"{quantity.value:.12g}"
        quotes = self.brief.fact_quotes(name)
        evidence = tuple(map(self._read_passage, quotes))
        return FactState(
            _tidy(quantity.prose), parts, evidence, quotes, fact.formula or "", self._find_line(f"facts.{name}")
        )

    def _read_passage(self, quote: str) -> Passage:
        return Passage(self.brief.quotes[quote].text, str(self.brief.locators((quote,))))

    def _has_known_facts(self, text: str) -> bool:
        """Say whether a text can be rendered; one that is no inline text may have anything that looks like a fact."""
        references = inline.find_references(text)
        return all(each.id in self.brief.quantities for each in references if each.kind in ("fact", "malformed"))

    def _find_line(self, path: str) -> int | None:
        where = self.brief.where(*parse_path(path))
        return where.line if where else None

    def _list_documents(self, path: str) -> tuple[str, ...]:
        """Return the documents that print a path, or a part of it."""
        whole = "marking" if path.startswith("marking") else path
        return tuple(kind for kind, paths in self.printed.items() if whole in paths)


def _list_ancestors(paths: Iterable[str]) -> Iterator[str]:
    """Yield each path with the paths of the parts that it is in."""
    for path in paths:
        yield path
        yield from (path[: match.start()] for match in re.finditer(r"[.\[]", path))


def _copy(lines: Iterable[str]) -> tuple[str, ...]:
    """Return lines without their trace."""
    return tuple(map(str, lines))


def _tidy(words: str) -> str:
    """Return words without what only keeps lines from ending in them."""
    return words.replace(NBSP, " ").replace(inline.WORD_JOINER, "")


def _drop_empty(**values: str | None) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}

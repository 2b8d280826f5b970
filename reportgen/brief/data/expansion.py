"""Replace the cells and columns that a brief names by their numbers, and report every one that cannot be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from reportgen.brief.data.cell_facts import FactCell, find_cell
from reportgen.brief.data.chart_columns import ChartColumns, find_columns, is_of_data
from reportgen.brief.data.data_sources import DataSources, UnreadError
from reportgen.brief.data.data_use import UsedFile
from reportgen.brief.data.requests import list_requests
from reportgen.brief.evidence_models import CellQuote
from reportgen.input.tables.cell_numbers import Number
from reportgen.input.tables.sheets import CellError, format_address
from reportgen.input.yamlfile import Document, KeyPath
from reportgen.system.errors import Diagnostic
from reportgen.text.numbers import PartialDate, Quantity, Unit, count_decimals


class Expansion(Struct):
    """A brief's document with numbers in the place of cells, and what is known of these."""

    document: Document
    problems: list[Diagnostic]
    quotes: dict[str, CellQuote]
    """The citations of cells, by ids that no quote of the brief can have."""
    failed: frozenset[str]
    """The facts whose cell could not be used."""
    used: Mapping[str, UsedFile]


def expand_data(document: Document, language: str) -> Expansion:
    """Return a brief's document with its cells and columns read."""
    return _Expander(document, language).expand()


class _Expander:
    def __init__(self, document: Document, language: str) -> None:
        self.document, self.language = document, language
        wanted, optional = list_requests(document.data)
        self.sources = DataSources(document, wanted, optional)
        self.problems: list[Diagnostic] = []
        self.quotes: dict[str, CellQuote] = {}
        self.failed: set[str] = set()

    def expand(self) -> Expansion:
        data = dict(self.document.data)
        for key, change in (("facts", self._expand_fact), ("exhibits", self._expand_exhibit)):
            if isinstance(part := data.get(key), dict):
                data[key] = {name: change(name, raw) for name, raw in part.items()}
        problems = [*self.sources.problems, *self.problems]
        used = self.sources.used
        return Expansion(replace(self.document, data=data), problems, self.quotes, frozenset(self.failed), used)

    def _expand_fact(self, name: str, raw: Any) -> Any:
        """Return a fact with the value of its cell. One that cannot be read gets any value, so that nothing else is said of it."""
        if (
            not isinstance(raw, dict)
            or not isinstance(raw.get("cell"), str)
            or not self.sources.is_known(raw.get("source"))
        ):
            return raw
        path: KeyPath = ("facts", name)
        try:
            found = find_cell(raw, self.sources)
        except (CellError, UnreadError) as problem:
            if isinstance(problem, CellError):
                self._report((*path, "cell"), problem)
            elif raw.get("value") is not None:  # stated, and the file is not here
                return self._cite_stated(raw)
            self.failed.add(name)
            return {**raw, "value": raw.get("value", 1)}
        self._use(path, raw["source"], found.reader.sheet.name, found.cells)
        address = format_address(found.reader.sheet.name, found.place)
        quote = self._cite(
            raw["source"], address, self._print(found), tuple(found.labels.values()), self._say(found, raw)
        )
        known = (
            {"value": found.value.iso, "unit": ""} if isinstance(found.value, PartialDate) else self._value(found, raw)
        )
        if raw.get("value") is not None:
            known.pop("value")
            known.pop("precision", None)
        return {**raw, **known, "quote": _add(raw.get("quote"), quote)}

    def _cite_stated(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        return {**raw, "quote": _add(raw.get("quote"), self._cite(str(raw["source"]), str(raw["cell"])))}

    @staticmethod
    def _value(found: FactCell, raw: Mapping[str, Any]) -> dict[str, Any]:
        number = found.value
        assert not isinstance(number, PartialDate)
        known: dict[str, Any] = {"value": number.value}
        if raw.get("precision") is None and number.decimals != count_decimals(number.value):
            known["precision"] = number.decimals
        return known

    def _print(self, found: FactCell) -> str:
        """Return the cell's content for the note that cites it."""
        if isinstance(found.value, PartialDate):
            return found.value.format(self.language)
        number = found.read
        assert isinstance(number, Number)
        unit = Unit("%" if number.percent else "")
        decimals = min(number.decimals, 15)
        return Quantity(number.value, unit, decimals=decimals, language=self.language).short

    def _expand_exhibit(self, name: str, raw: Any) -> Any:
        if not is_of_data(raw):
            return raw
        path: KeyPath = ("exhibits", name)
        if not self.sources.is_known(raw["data"]):
            return ChartColumns.fill(raw)
        try:
            found = find_columns(raw, self.sources, self.language)
        except CellError as problem:
            self._report((*path, problem.key) if problem.key else path, problem)
            return ChartColumns.fill(raw)
        except UnreadError:
            return ChartColumns.fill(raw)
        self._use(path, raw["data"], found.sheet, found.cells)
        quote = self._cite(raw["data"], found.address, labels=found.words)
        return {**raw, **found.build(raw), "quotes": _add(raw.get("quotes"), quote)}

    def _use(self, path: KeyPath, source: str, sheet: str, cells: Mapping[Any, Any]) -> None:
        used = self.sources.used[source]
        used.cells.update({(sheet, place): cell for place, cell in cells.items()})
        used.owners[path] = [(sheet, place) for place in cells]

    @staticmethod
    def _say(found: FactCell, raw: Mapping[str, Any]) -> str:
        """Return a fact's number as a sentence of the source would have it."""
        if isinstance(found.value, PartialDate):
            return found.value.format()
        unit = Unit(str(raw.get("unit") or ""))
        return Quantity(found.value.value, unit, decimals=min(found.value.decimals, 15)).prose

    def _cite(self, source: str, address: str, text: str = "", labels: tuple[str, ...] = (), number: str = "") -> str:
        """Return the id of the citation of some cells."""
        name = f"{source}!{address}"
        file = self.sources.used[source].file if source in self.sources.used else ""
        self.quotes[name] = CellQuote.model_construct(
            source=source, text=text, address=address, file=file, labels=labels, number=number
        )
        return name

    def _report(self, path: KeyPath, problem: CellError) -> None:
        key = ".".join(str(part) for part in path)
        self.problems.append(Diagnostic(f"{key}: {problem}", self.document.where(path), problem.hint))


def _add(quotes: Any, name: str) -> list[Any]:
    """Return the quotes of a fact or an exhibit with one more."""
    listed: Iterator[Any] = iter(quotes if isinstance(quotes, list) else [quotes] if quotes else [])
    return [*listed, name]

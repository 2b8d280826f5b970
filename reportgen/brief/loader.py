"""Loading brief.yaml as a Brief, or reporting every problem of the file at once, each with its place and a hint."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from pydantic import ValidationError

from reportgen.brief.citing.citations import Citation, SourceParts, cite_sources
from reportgen.brief.facts.fact_models import Fact
from reportgen.brief.facts.formula import FormulaError, evaluate, find_operands
from reportgen.brief.model import Brief
from reportgen.brief.open_gaps import GAP, Gap, is_gap
from reportgen.input.field_types import ID_PATTERN
from reportgen.input.model_validation import sort_diagnostics, validate
from reportgen.input.yamlfile import Document, KeyPath, read_yaml
from reportgen.system.errors import BriefError, Diagnostic, Location, did_you_mean
from reportgen.text.languages.writing_tag import strip_tag
from reportgen.text.numbers import PartialDate, Quantity, Spread, Unit, count_decimals

if TYPE_CHECKING:
    from reportgen.brief.data.expansion import Expansion
    from reportgen.brief.gap_filling.filling import Filling

DEFAULT_LANGUAGE = "en-US"
MAX_STEPS = 40  # from one formula to another
_UNKNOWN = Quantity(1)  # replaces an invalid fact, so that those who refer to it are not reported too


class _AnyName(dict[str, Any]):
    """A substitute for an invalid part of the brief: it has every id, so that references into it are not reported too."""

    def __contains__(self, name: object) -> bool:
        return bool(re.fullmatch(ID_PATTERN, str(name).partition("!")[0]))  # what follows it is a cell

    def __missing__(self, _: str) -> Quantity:
        return _UNKNOWN


def load_brief(path: str | Path, draft: bool = False) -> Brief:
    """Read and validate a brief.

    Parameters
    ----------
    path
        The brief's YAML file.
    draft
        Whether documents may print its gaps; they say then that they are a draft.

    Returns
    -------
    Brief
        The brief with its formulas evaluated.

    Raises
    ------
    FileError
        When the file cannot be read.
    BriefError
        When the brief is invalid, with a diagnostic for every problem.
    """
    return build_brief(read_yaml(Path(path), str(path)), draft)


def build_brief(document: Document, draft: bool = False) -> Brief:
    """Return a file's values as a brief, with its formulas evaluated. Raises BriefError with all problems."""
    language, written = _find_writing(document), document.data
    filling = _fill_gaps(document)
    document = original = filling.document if filling else document
    expansion = _expand_data(document, language)
    document = expansion.document if expansion else document
    evaluation = _evaluate_facts(document, language, expansion.failed if expansion else frozenset())
    facts, problems = evaluation.quantities, evaluation.problems
    if filling:
        _print_fact_gaps(facts, filling, language)
    names = _known_names(document)
    if expansion:
        problems += expansion.problems
        names["quote"] = _add_names(names["quote"], expansion.quotes)
    try:
        brief = validate(Brief, document, {"fact": facts, "language": language, **names})
    except BriefError as error:
        raise BriefError(sort_diagnostics([*error.diagnostics, *problems])) from None
    brief = brief.model_copy(update={"language": strip_tag(language)})
    brief._writing = language
    if filling:
        brief._gaps, brief._open_parts, brief._written = filling.gaps, filling.open_parts, written
    problems += _check_exhibits(brief, document)
    problems += _tell_sources_apart(brief, document)
    if problems:
        raise BriefError(sort_diagnostics(problems))
    brief._is_draft = draft
    brief._quantities.update(facts)
    brief._document = original
    for name, place in evaluation.paths.items():
        brief.facts[name] = evaluation.model(name)
        brief._value_paths[name] = place
    if expansion:
        brief.quotes.update(expansion.quotes)
        brief._data_files = expansion.used
    return brief


def _fill_gaps(document: Document) -> Filling | None:
    """Return the file with a value for each of its gaps; None where it has none."""
    if "TODO" not in document.text:
        return None
    from reportgen.brief.gap_filling.filling import fill_gaps

    return fill_gaps(document, Brief)


def _print_fact_gaps(facts: dict[str, Quantity], filling: Filling, language: str) -> None:
    """Let each fact with a gap print it: in the place of its number, or behind it."""
    for name, words in (filling.valueless | filling.split).items():
        facts[name] = Quantity(1.0, fact=name, words=words, label=words, language=language)
    for name, words in filling.incomplete.items():
        if name in facts:
            known = facts[name]
            facts[name] = replace(known, words=f"{known.prose} ({words})", label=f"{known.short} ({GAP.rstrip(':')})")


def _expand_data(document: Document, language: str) -> Expansion | None:
    """Return the brief with the cells of its data files read; None where it uses none."""
    cells = (raw.get("cell") for raw in _part(document, "facts").values() if isinstance(raw, dict))
    columns = (raw.get("data") for raw in _part(document, "exhibits").values() if isinstance(raw, dict))
    if not any(cells) and not any(columns):
        return None
    from reportgen.brief.data.expansion import expand_data

    return expand_data(document, language)


def _add_names(known: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return the known names with more of them; a part that is invalid knows every name already."""
    return known if isinstance(known, _AnyName) else {**known, **more}


def _find_writing(document: Document) -> str:
    """Return the brief's writing tag before the models are validated: numbers carry it from the start.

    Its language is the brief's, else the house's, else ours.
    """
    own = document.data.get("language") if isinstance(document.data, dict) else None
    language = own if isinstance(own, str) else DEFAULT_LANGUAGE
    folder = os.path.dirname(document.file)
    if not os.path.lexists(os.path.join(folder, "_brand.yml")):
        return language
    from reportgen.brand.house_style import read_house_style

    return read_house_style(Path(folder)).apply(own if isinstance(own, str) else None, DEFAULT_LANGUAGE)


def _part(document: Document, key: str) -> dict[str, Any]:
    part = document.data.get(key, {}) if isinstance(document.data, dict) else {}
    return part if isinstance(part, dict) else _AnyName()


def _known_names(document: Document) -> dict[str, dict[str, Any]]:
    """Return the ids that texts may refer to before the models are validated, so that one run reports all problems."""
    return {kind: _part(document, f"{kind}s") for kind in ("quote", "source", "exhibit")}


def _evaluate_facts(document: Document, language: str, failed: frozenset[str]) -> _Evaluation:
    """Evaluate every fact. `failed` have no value, as is said elsewhere."""
    evaluation = _Evaluation(document, language)
    part = _part(document, "facts")
    if isinstance(part, _AnyName):
        evaluation.quantities = part
        return evaluation
    for name, raw in part.items():
        try:
            evaluation.models[name] = None if name in failed else Fact.model_validate(raw)
        except ValidationError:
            evaluation.models[name] = None  # the validation of the whole brief reports it with its place
    evaluation.split_values(part)
    for name in list(evaluation.models):
        evaluation.quantities[name] = replace(evaluation.evaluate(name), language=language)
    return evaluation


class _Evaluation:
    """The evaluation of facts that formulas connect, each once."""

    def __init__(self, document: Document, language: str) -> None:
        self.document, self.language = document, language
        self.models: dict[str, Fact | None] = {}
        self.quantities: dict[str, Quantity] = {}
        self.values: dict[str, Quantity] = {}
        self.paths: dict[str, KeyPath] = {}
        """The places of single values of facts on which sources differ, by their ids."""
        self.problems: list[Diagnostic] = []

    def model(self, name: str) -> Fact:
        """Return a fact that is valid."""
        model = self.models[name]
        assert model
        return model

    def split_values(self, facts: Mapping[str, Any]) -> None:
        """Make a fact of each value of those on which sources differ."""
        for name, model in list(self.models.items()):
            if model and model.values:
                from reportgen.brief.facts.source_values import name_values, split_values

                raw = facts[name]
                names = name_values(name, raw["values"], _part(self.document, "quotes"))
                for index, (each, value) in enumerate(zip(names, split_values(raw), strict=True)):
                    self.models[each] = Fact.model_validate(value)
                    self.paths[each] = ("facts", name, "values", index)

    def _join_values(self, name: str, fact: Fact) -> Quantity:
        from reportgen.brief.facts.source_values import join_values

        values = [
            replace(self.evaluate(each), language=self.language) for each, path in self.paths.items() if path[1] == name
        ]
        cited = _cite_sources(self.document, self.language)
        return join_values(name, fact, values, _part(self.document, "quotes"), cited, self.language)

    def evaluate(self, name: str, above: tuple[str, ...] = ()) -> Quantity:
        """Return a fact's value. `above` are the facts whose formulas led to it."""
        if name not in self.values:
            fact = self.models[name]
            if fact is None:
                self.values[name] = _UNKNOWN
            elif fact.values:
                self.values[name] = self._join_values(name, fact)
            elif fact.formula is None:
                self.values[name] = to_quantity(name, fact)
            else:
                self.values[name] = self._evaluate_formula(name, fact, fact.formula, above)
        return self.values[name]

    def _evaluate_formula(self, name: str, fact: Fact, formula: str, above: tuple[str, ...]) -> Quantity:
        try:
            operands = {operand: self._operand(operand, (*above, name)) for operand in find_operands(formula)}
            if any(quantity is _UNKNOWN for quantity in operands.values()):
                return _UNKNOWN
            result = evaluate(formula, operands, fact.unit, fact.precision)
        except FormulaError as error:
            where = self.document.where(("facts", name, "formula"))
            self.problems.append(Diagnostic(f"facts.{name}.formula: {error}", where, error.hint))
            return _UNKNOWN
        return replace(result, fact=name, words=fact.words, label=fact.label)

    def _operand(self, name: str, above: tuple[str, ...]) -> Quantity:
        if name not in self.models:
            raise FormulaError(f'no fact "{name}"', did_you_mean(name, self.models))
        if len(above) > MAX_STEPS + 1:
            raise FormulaError(f"more than {MAX_STEPS} formulas rest on one another", "calculate in fewer steps")
        if name in above:
            raise FormulaError(f'"{name}" is defined by itself: {" → ".join((*above, name))}')
        return self.evaluate(name, above)


def to_quantity(name: str, fact: Fact) -> Quantity:
    """Return a fact without a formula as it prints."""
    value, spread = fact.value, find_spread(fact)
    if isinstance(value, PartialDate):
        unit, decimals = Unit("date"), 0
    else:
        numbers = [number for number in (value, fact.low, fact.high, fact.margin) if number is not None]
        unit, most = Unit(fact.unit), max(map(count_decimals, numbers))
        decimals = most if fact.precision is None else fact.precision
    if value is None:
        assert spread is not None
        value = (spread.low + spread.high) / 2
    return Quantity(value, unit, fact.bound, decimals, name, fact.words, fact.label, fact.status, spread=spread)


def find_spread(fact: Fact) -> Spread | None:
    """Return the ends of a fact's range, interval or margin."""
    value, interval = fact.value, fact.interval or ""
    if fact.margin is not None and isinstance(value, float | int):
        return Spread(value - fact.margin, value + fact.margin, True, fact.margin, interval)
    if fact.low is not None and fact.high is not None:
        return Spread(fact.low, fact.high, value is not None, None, interval)
    return None


def _cite_sources(document: Document, language: str) -> dict[str, Citation]:
    """Return how sources are cited before the models are validated: facts on which sources differ print it."""
    parts = {}
    for name, raw in _part(document, "sources").items():
        if isinstance(raw, dict) and isinstance(author := raw.get("author"), str):
            short, published = raw.get("short"), raw.get("published")
            parts[name] = SourceParts(
                author, short if isinstance(short, str) else None, str(published) if published is not None else None
            )
    return cite_sources(parts, language)


def _tell_sources_apart(brief: Brief, document: Document) -> Iterator[Diagnostic]:
    """Give each source its citation among the others. Yield a problem for two that have no year to put a letter behind."""
    parts = {name: SourceParts(source.author, source.short, source.published) for name, source in brief.sources.items()}
    seen: dict[str, str] = {}
    for name, citation in cite_sources(parts, brief.writing).items():
        brief.sources[name]._citation = citation
        other = seen.setdefault(citation.cited_as, name)
        if other != name and not is_gap(citation.name):
            yield Diagnostic(
                f'the sources "{other}" and "{name}" are both cited as {citation.cited_as}',
                document.key_places[("sources", name)],
                "add the year as `published`, or a `short` of its own",
            )


def _check_exhibits(brief: Brief, document: Document) -> Iterator[Diagnostic]:
    """Yield a problem for every exhibit that is not shown, or shown twice."""
    shown: dict[str, Location] = {}
    sections: list[KeyPath] = [("why_now",)] if brief.why_now else []
    sections += [("topics", index) for index in range(len(brief.topics))]
    for path, section in zip(sections, brief.sections, strict=True):
        for index, name in enumerate(section.exhibits):
            where = document.where((*path, "exhibits", index))
            if name in shown:
                yield Diagnostic(f'the exhibit "{name}" is shown twice', where, f"it is in {shown[name]} already")
            shown[name] = where
    for name in brief.exhibits:
        if name not in shown and not any(map(_may_show_exhibits, brief.gaps)):
            yield Diagnostic(
                f'the exhibit "{name}" is not shown',
                document.key_places[("exhibits", name)],
                "list it in a topic's `exhibits`, or comment it out",
            )


def _may_show_exhibits(gap: Gap) -> bool:
    """Return whether what is missing is a section, or its list of exhibits."""
    return gap.path == ("why_now",) or (gap.path[0] == "topics" and len(gap.path) <= 2) or "exhibits" in gap.path[1:]

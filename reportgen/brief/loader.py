"""brief.yaml -> Brief, or every problem of the file at once, each with its place and a hint."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from pydantic import ValidationError

from reportgen.brief.evidence_models import Fact
from reportgen.brief.formula import FormulaError, evaluate, operands
from reportgen.brief.model import Brief
from reportgen.input.field_types import ID_PATTERN
from reportgen.input.model_validation import sort_diagnostics, validate
from reportgen.input.yamlfile import Document, KeyPath, read_yaml
from reportgen.system.errors import BriefError, Diagnostic, did_you_mean
from reportgen.text.numbers import PartialDate, Quantity, Unit, count_decimals

MOST_STEPS = 40  # from one formula to another
_UNKNOWN = Quantity(1)  # stands for a fact that is at fault itself, so that its users are not


class _Unread(dict[str, Any]):
    """Stands for a part of the brief that is at fault itself: nothing that refers into it is told as well."""

    def __contains__(self, name: object) -> bool:
        return bool(re.fullmatch(ID_PATTERN, str(name)))

    def __missing__(self, _: str) -> Quantity:
        return _UNKNOWN


def load_brief(path: str | Path) -> Brief:
    """Read and check a brief. Raises FileError or BriefError."""
    document = read_yaml(Path(path), str(path))
    language = _language(document)
    facts, problems = _facts(document, language)
    try:
        brief = validate(Brief, document, {"fact": facts, "language": language, **_names(document)})
    except BriefError as error:
        raise BriefError(sort_diagnostics([*error.diagnostics, *problems])) from None
    problems += _exhibit_problems(brief, document)
    if problems:
        raise BriefError(sort_diagnostics(problems))
    brief._quantities.update(facts)
    brief._document = document
    return brief


def _language(document: Document) -> str:
    """The brief's language, known before the models are checked: numbers are written in it as they are read."""
    language = document.data.get("language") if isinstance(document.data, dict) else None
    return language if isinstance(language, str) else "en"


def _part(document: Document, key: str) -> dict[str, Any]:
    part = document.data.get(key, {}) if isinstance(document.data, dict) else {}
    return part if isinstance(part, dict) else _Unread()


def _names(document: Document) -> dict[str, dict[str, Any]]:
    """What may be referred to, by kind: known before the models are checked, so that one run tells all."""
    return {
        "quote": _part(document, "quotes"),
        "source": _part(document, "sources"),
        "exhibit": _part(document, "exhibits"),
    }


def _facts(document: Document, language: str) -> tuple[dict[str, Quantity], list[Diagnostic]]:
    """Every fact as a Quantity, formulas evaluated, with the problems of the formulas."""
    part = _part(document, "facts")
    if isinstance(part, _Unread):
        return part, []
    models: dict[str, Fact | None] = {}
    for name, raw in part.items():
        try:
            models[name] = Fact.model_validate(raw)
        except ValidationError:
            models[name] = None  # told, with its place, when the whole brief is checked
    found: dict[str, Quantity] = {}
    problems: list[Diagnostic] = []
    for name in models:
        _find(name, models, found, problems, document, ())
    return {name: replace(found[name], language=language) for name in models}, problems


def _find(
    name: str, models: Mapping[str, Fact | None], found: dict[str, Quantity], problems: list[Diagnostic],
    document: Document, above: tuple[str, ...],
) -> None:  # fmt: skip
    if name in found:
        return
    fact = models[name]
    if fact is None:
        found[name] = _UNKNOWN
    elif fact.formula is None:
        found[name] = stated(name, fact)
    else:
        path: KeyPath = ("facts", name, "formula")
        try:
            for operand in operands(fact.formula):
                if operand not in models:
                    raise FormulaError(f'no fact "{operand}"', did_you_mean(operand, models))
                if len(above) > MOST_STEPS:
                    raise FormulaError(
                        f"more than {MOST_STEPS} formulas rest on one another", "calculate in fewer steps"
                    )
                if operand in (*above, name):
                    raise FormulaError(f'"{operand}" is defined by itself: {" → ".join((*above, name, operand))}')
                _find(operand, models, found, problems, document, (*above, name))
            known = not any(found[operand] is _UNKNOWN for operand in operands(fact.formula))
            found[name] = _derived(name, fact, found) if known else _UNKNOWN
        except FormulaError as error:
            problems.append(Diagnostic(f"facts.{name}.formula: {error}", document.where(path), error.hint))
            found[name] = _UNKNOWN


def stated(name: str, fact: Fact) -> Quantity:
    """A fact that has a value, as it prints."""
    value = fact.value
    assert value is not None
    if isinstance(value, PartialDate):
        unit, decimals = Unit("date"), 0
    else:
        unit, decimals = Unit(fact.unit), count_decimals(value) if fact.precision is None else fact.precision
    return Quantity(value, unit, fact.bound, decimals, name, fact.words, fact.label, fact.status)


def _derived(name: str, fact: Fact, facts: Mapping[str, Quantity]) -> Quantity:
    assert fact.formula is not None
    result = evaluate(fact.formula, facts, fact.unit, fact.precision)
    return Quantity(result.value, result.unit, result.bound, result.decimals, name, fact.words, fact.label, "inferred")


def _exhibit_problems(brief: Brief, document: Document) -> list[Diagnostic]:
    """Every exhibit is shown, and once: nothing is dropped in silence, nothing stands in two places."""
    shown: dict[str, str] = {}
    problems = []
    places: list[tuple[KeyPath, list[str]]] = (
        [(("why_now", "exhibits"), brief.why_now.exhibits)] if brief.why_now else []
    )
    places += [(("topics", index, "exhibits"), topic.exhibits) for index, topic in enumerate(brief.topics)]
    for path, names in places:
        for index, name in enumerate(names):
            if name in shown:
                problems.append(
                    Diagnostic(
                        f'the exhibit "{name}" is shown twice',
                        document.where((*path, index)),
                        f"it stands in {shown[name]} already",
                    )
                )
            shown[name] = str(document.where((*path, index)))
    problems += [
        Diagnostic(
            f'the exhibit "{name}" is shown nowhere',
            document.key_places[("exhibits", name)],
            "list it in a topic's `exhibits`, or comment it out",
        )
        for name in brief.exhibits
        if name not in shown
    ]
    return problems

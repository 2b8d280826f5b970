"""A copy of a brief whose texts and dates know their own paths, for templates to print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from reportgen.brief.model import Brief
from reportgen.input.field_types import Model, find_text_fields
from reportgen.text.numbers import PartialDate
from reportgen.text.trace import find_origin, trace

APART = frozenset({"facts", "silence"})
"""Keys whose texts no template prints as they are: a fact's words are marked with its id where they are printed."""


def trace_brief(brief: Brief) -> Brief:
    """Return the brief with each text as a `Traced` one, and each date likewise; all of them equal those of the brief."""
    traced = brief.model_copy()
    for name, key in find_text_fields(Brief).items():
        if key not in APART:
            traced.__dict__[name] = _trace(getattr(brief, name), key)
    return traced


def _trace(value: Any, path: str) -> Any:
    match value:
        case str() | date() | PartialDate():
            return trace(value, path)
        case list():
            return [_trace(item, f"{path}[{index}]") for index, item in enumerate(value)]
        case dict():
            return {key: _trace(item, f"{path}.{key}") for key, item in value.items()}
        case Model():
            copy = value.model_copy()
            copy._origin = path
            for name, key in find_text_fields(type(value)).items():
                copy.__dict__[name] = _trace(getattr(value, name), f"{path}.{key}")
            return copy
    return value


def list_texts(brief: Brief) -> Iterator[tuple[str, str]]:
    """Yield the path and the words of each text of a brief, in the order of its models; dates are written as YYYY-MM-DD."""
    traced = trace_brief(brief)
    for name in find_text_fields(Brief):
        yield from _list(getattr(traced, name))


def _list(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Model):
        for name in find_text_fields(type(value)):
            yield from _list(getattr(value, name))
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _list(item)
    elif origin := find_origin(value):
        yield origin, value.iso if isinstance(value, PartialDate) else str(value)

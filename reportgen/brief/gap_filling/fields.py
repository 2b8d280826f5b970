"""Look up what the models want at a path of a brief's file, so that a gap there can be given a value of that kind."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct

from reportgen.input.field_types import Inline, Model, is_label, is_text, takes_one_for_list
from reportgen.input.yamlfile import KeyPath
from reportgen.text.inline import escape_inline
from reportgen.text.numbers import GapDate, GapDay, PartialDate

Kind = Literal["text", "label", "day", "date", "model", "list", "mapping", "other"]


class Field(Struct, frozen=True):
    """A place of a model: the kind of its values, its type, and whether it may be left out."""

    kind: Kind
    annotation: Any = None
    marks: tuple[Any, ...] = ()
    is_required: bool = False
    is_inline: bool = False
    """True if its text is read as Markdown with ${facts} and [@quotes]."""


def find_field(model: type[Model], path: KeyPath, data: Any) -> Field:
    """Return what stands at a path; `data` are the file's values, whose `kind`s select the models of exhibits."""
    places: list[tuple[Any, tuple[Any, ...], bool]] = [(model, (), True)]
    for part in path:
        places = [found for annotation, marks, _ in places for found in _follow(annotation, marks, part, data)]
        data = _step(data, part)
    fields = [_describe(*place) for place in places]
    return next((field for field in fields if field.kind in ("text", "label")), fields[0] if fields else Field("other"))


def _step(data: Any, part: int | str) -> Any:
    if isinstance(data, dict):
        return data.get(part)
    return data[part] if isinstance(data, list) and isinstance(part, int) and part < len(data) else None


def _follow(
    annotation: Any, marks: tuple[Any, ...], part: int | str, data: Any
) -> Iterator[tuple[Any, tuple[Any, ...], bool]]:
    for kind, own in _alternatives(annotation, marks):
        origin = get_origin(kind)
        if origin is list and isinstance(part, int):
            yield get_args(kind)[0], (), False
        elif origin is dict:
            yield get_args(kind)[1], (), False
        elif is_model(kind) and _is_of_kind(kind, data):
            for name, info in kind.model_fields.items():
                if part == (info.alias or name):
                    yield info.annotation, tuple(info.metadata), info.is_required()
        elif kind is str and part == "text":
            yield kind, own, True  # a point may be a mapping with its text


def is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def _is_of_kind(model: type[Model], data: Any) -> bool:
    info = model.model_fields.get("kind")
    kinds = get_args(info.annotation) if info and get_origin(info.annotation) is Literal else ()
    wanted = data.get("kind") if isinstance(data, dict) else None
    return not kinds or len(kinds) > 1 or wanted in kinds


def _alternatives(annotation: Any, marks: Iterable[Any] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield the plain types inside Annotated, Union and Optional, each with its marks; None is left out."""
    origin, marks = get_origin(annotation), tuple(marks)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        yield from _alternatives(inner, (*more, *marks))
    elif origin in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _alternatives(member, marks)
    elif annotation is not type(None):
        yield annotation, marks


def _describe(annotation: Any, marks: tuple[Any, ...], is_required: bool) -> Field:
    first: Field | None = None
    for kind, own in _alternatives(annotation, marks):
        found = _describe_one(kind, own, is_required)
        if found.kind in ("text", "label"):
            return found
        first = first or found
    return first or Field("other", annotation, marks, is_required)


def _describe_one(kind: Any, marks: tuple[Any, ...], is_required: bool) -> Field:
    is_inline = any(isinstance(mark, Inline) for mark in marks)
    name: Kind = "other"
    if is_label(marks):
        name, is_inline = "label", True
    elif is_text(marks):
        name = "text"
    elif kind is date:
        name = "day"
    elif kind is PartialDate:
        name = "date"
    elif is_model(kind):
        name = "model"
    elif get_origin(kind) is list:
        item = _describe(get_args(kind)[0], (), False)
        name = item.kind if takes_one_for_list(marks) and item.kind == "text" else "list"
    elif get_origin(kind) is dict:
        name = "mapping"
    return Field(name, kind, marks, is_required, is_inline)


def make_value(annotation: Any, marks: tuple[Any, ...], words: str) -> Any:
    """Return a value of a type that says some words where it can; None where it can be left out only."""
    field = _describe(annotation, marks, True)
    match field.kind:
        case "text" | "label":
            return escape_gap(words) if field.is_inline else words
        case "day":
            return GapDay.of(words)
        case "date":
            return GapDate.of(words)
        case "list":
            item = make_value(get_args(field.annotation)[0], (), words)
            return None if item is None else [item]
        case "model":
            values = {
                info.alias or name: make_value(info.annotation, tuple(info.metadata), words)
                for name, info in field.annotation.model_fields.items()
                if info.is_required()
            }
            return None if None in values.values() else values
    if get_origin(field.annotation) is Literal:
        return get_args(field.annotation)[0]
    return None


def escape_gap(words: str) -> str:
    """Return a gap as a text with Markdown that prints it as it is."""
    head, colon, rest = words.partition(":")
    return head + colon + escape_inline(rest)

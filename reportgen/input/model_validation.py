"""Validate a file's values as a model, and report pydantic's errors in our words, at their places in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sized
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from reportgen.input.field_types import ID_PATTERN, Model, describe_value, unwrap_type
from reportgen.input.yamlfile import Document, KeyPath
from reportgen.system.errors import BriefError, Diagnostic, did_you_mean

ModelType = TypeVar("ModelType", bound=Model)


def validate(model: type[ModelType], document: Document, context: Mapping[str, Any] | None = None) -> ModelType:
    """Return the document as a model. Raises BriefError with all problems, in the order of the file."""
    problems = list(document.problems)
    result = None
    if not isinstance(document.data, dict):
        message = f"expected keys and values, got {describe_value(document.data)}"
        problems.append(Diagnostic(message, document.where(())))
    else:
        try:
            result = model.model_validate(document.data, context=dict(context or {}))
        except ValidationError as error:
            problems += [convert_error(detail, model, document) for detail in error.errors(include_url=False)]
    if problems or result is None:
        raise BriefError(sort_diagnostics(problems))
    return result


def sort_diagnostics(problems: list[Diagnostic]) -> list[Diagnostic]:
    """Sort by place and drop repetitions."""

    def place(found: Diagnostic) -> tuple[str, int, int]:
        return (found.where.file, found.where.line or 0, found.where.column or 0) if found.where else ("", 0, 0)

    return sorted(dict.fromkeys(problems), key=place)


def convert_error(detail: ErrorDetails, model: type[Model], document: Document) -> Diagnostic:
    """Convert one of pydantic's errors."""
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    path = _strip_tags(detail["loc"], document, absent=kind in ("missing", "extra_forbidden"))
    name = format_path(path)
    if kind == "missing":
        return Diagnostic(f"{name} is missing", document.where(path[:-1]), _find_description(model, detail["loc"]))
    if kind == "extra_forbidden":
        where = document.key_places.get(path) or document.where(path)
        known = _find_fields(model, detail["loc"][:-1])
        return Diagnostic(f"unknown key {name}", where, did_you_mean(str(path[-1]), known) or _list_keys(known))
    where = document.find(path, context["words"]) if context.get("words") else document.where(path)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tags = [tag for each in _find_models(model, detail["loc"]) for tag in _list_tags(each)]
        key, listed = str(context["discriminator"]).strip("'"), "one of " + ", ".join(tags)
        if kind == "union_tag_not_found":
            return Diagnostic(f"{name}.{key} is missing", where, listed)
        message = f'{name}.{key}: there is no kind "{context["tag"]}"'
        return Diagnostic(message, document.where((*path, key)), did_you_mean(str(context["tag"]), tags) or listed)
    message, hint = _choose_words(kind, given, context, detail["msg"])
    hint = hint or (_find_description(model, detail["loc"]) if kind == "string_pattern_mismatch" else None)
    return Diagnostic(f"{name}: {message}" if name else message, where, hint)


def _choose_words(kind: str, given: Any, context: Mapping[str, Any], message: str) -> tuple[str, str | None]:
    if kind == "literal_error":
        allowed = str(context["expected"]).replace(" or ", ", ").replace("'", "")
        nearest = did_you_mean(given, allowed.split(", ")) if isinstance(given, str) else None
        return f"expected one of {allowed}; got {describe_value(given)}", nearest
    if "message" in context:
        return str(context["message"]), context.get("hint")
    if kind == "string_pattern_mismatch":
        return f"{describe_value(given)} has the wrong form", _ID_RULE if context["pattern"] == ID_PATTERN else None
    unquoted = kind == "string_type" and isinstance(given, int | float | bool)
    hint = f'put it in quotes: "{given}"' if unquoted else None
    words = "is empty" if kind == "too_short" and not given else _WORDS.get(kind)
    if words is None:
        return message.removeprefix("Value error, "), None
    length = len(given) if isinstance(given, Sized) else 0
    return words.format(given=describe_value(given), length=length, **context), hint


_ID_RULE = "an id has letters, digits, - and _, and begins with a letter"
_WORDS = {
    "string_type": "expected text, got {given}",
    "int_type": "expected a whole number, got {given}",
    "int_from_float": "expected a whole number, got {given}",
    "float_type": "expected a number, got {given}",
    "bool_type": "expected true or false, got {given}",
    "list_type": "expected a list, got {given}",
    "dict_type": "expected keys and values, got {given}",
    "model_type": "expected keys and values, got {given}",
    "model_attributes_type": "expected keys and values, got {given}",
    "string_too_short": "is empty",
    "string_too_long": "the text has {length:,} characters; the limit is {max_length:,}",
    "too_short": "expected at least {min_length}, got {length}",
    "too_long": "expected at most {max_length}, got {actual_length}",
    "greater_than_equal": "{given} is too small: the limit is {ge}",
    "greater_than": "{given} is too small: the limit is {gt}",
    "less_than_equal": "{given} is too large: the limit is {le}",
    "less_than": "{given} is too large: the limit is {lt}",
    "finite_number": "a value must be a finite number",
}
"""Our words for pydantic's errors; each may name the {given} value, its {length}, and the error's own context."""


def _list_keys(fields: Mapping[str, Any]) -> str | None:
    return "known: " + ", ".join(sorted(fields)) if fields else None


def format_path(path: KeyPath) -> str:
    """Write ("topics", 2, "title") as topics[2].title; lists are numbered from 0."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def parse_path(text: str) -> KeyPath:
    """Read topics[2].title as ("topics", 2, "title")."""
    return tuple(int(part) if part.isdigit() else part for part in re.split(r"[.\[\]]+", text) if part)


def _strip_tags(loc: tuple[int | str, ...], document: Document, absent: bool) -> KeyPath:
    """Remove the tags of unions from pydantic's path. `absent` says that the file lacks the last part, too."""
    path: KeyPath = ()
    for index, part in enumerate(loc):
        named = (*path, part) in document.places or (*path, part) in document.key_places
        if named or (absent and index == len(loc) - 1):
            path = (*path, part)
    return path


def _follow(annotation: Any, part: int | str) -> Iterator[Any]:
    """Yield the types to which one element of a path leads."""
    for kind in unwrap_type(annotation):
        origin = get_origin(kind)
        if origin is list:
            yield from unwrap_type(get_args(kind)[0]) if isinstance(part, int) else ()
        elif origin is dict:
            yield from unwrap_type(get_args(kind)[1])
        elif isinstance(kind, type) and issubclass(kind, Model):
            fields = _fields_by_key(kind)
            if part in fields:
                yield from unwrap_type(fields[str(part)].annotation)
            elif part in _list_tags(kind):
                yield kind


def _find_models(model: type[Model], loc: tuple[int | str, ...]) -> list[type[Model]]:
    """Return the models that may stand at a path."""
    kinds: list[Any] = [model]
    for part in loc:
        kinds = [kind for start in kinds for kind in _follow(start, part)]
    return [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Model)]


def _fields_by_key(*models: type[Model]) -> dict[str, Any]:
    return {info.alias or name: info for model in models for name, info in model.model_fields.items()}


def _list_tags(model: type[Model]) -> tuple[Any, ...]:
    info = model.model_fields.get("kind")
    return get_args(info.annotation) if info and get_origin(info.annotation) is Literal else ()


def _find_fields(model: type[Model], loc: tuple[int | str, ...]) -> dict[str, Any]:
    return _fields_by_key(*_find_models(model, loc))


def _find_description(model: type[Model], loc: tuple[int | str, ...]) -> str | None:
    info = _find_fields(model, loc[:-1]).get(str(loc[-1]))
    return info.description if info is not None else None

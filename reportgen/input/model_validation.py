"""A file's plain values -> a checked model, or pydantic's findings in the words and places of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from reportgen.input.field_types import ID_PATTERN, Model, describe_value, unwrap_type
from reportgen.input.yamlfile import Document, KeyPath
from reportgen.system.errors import BriefError, Diagnostic, did_you_mean

ModelType = TypeVar("ModelType", bound=Model)


def validate(model: type[ModelType], document: Document, context: Mapping[str, Any] | None = None) -> ModelType:
    """The document as a model. Raises BriefError with everything that is wrong, in the order of the file."""
    problems = list(document.problems)
    result = None
    if not isinstance(document.data, dict):
        problems.append(
            Diagnostic(f"expected keys and values, got {describe_value(document.data)}", document.where(()))
        )
    else:
        try:
            result = model.model_validate(document.data, context=dict(context or {}))
        except ValidationError as error:
            problems += [describe_finding(detail, model, document) for detail in error.errors(include_url=False)]
    if problems or result is None:
        raise BriefError(sort_diagnostics(problems))
    return result


def sort_diagnostics(problems: list[Diagnostic]) -> list[Diagnostic]:
    """Sorted by place, each once."""

    def place(found: Diagnostic) -> tuple[str, int, int]:
        return (found.where.file, found.where.line or 0, found.where.column or 0) if found.where else ("", 0, 0)

    return sorted(dict.fromkeys(problems), key=place)


def describe_finding(detail: ErrorDetails, model: type[Model], document: Document) -> Diagnostic:
    """One of pydantic's findings in our words."""
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    path = _file_path(detail["loc"], document, absent=kind in ("missing", "extra_forbidden"))
    name = format_path(path)
    if kind == "missing":
        return Diagnostic(f"{name} is missing", document.where(path[:-1]), _about(model, detail["loc"]))
    if kind == "extra_forbidden":
        where = document.key_places.get(path) or document.where(path)
        known = _fields(model, detail["loc"][:-1])
        return Diagnostic(f"unknown key {name}", where, did_you_mean(str(path[-1]), known) or _known(known))
    where = document.find(path, context["written"]) if context.get("written") else document.where(path)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        tags = [tag.strip(" '") for tag in str(context.get("expected_tags", "")).split(",")]
        discriminator = str(context.get("discriminator", "kind")).strip("'")
        given_tag = context.get("tag")
        if kind == "union_tag_not_found" or not tags[0]:
            return Diagnostic(
                f"{name}.{discriminator} is missing", where, "one of " + ", ".join(_all_tags(model, detail["loc"]))
            )
        return Diagnostic(
            f'{name}.{discriminator}: there is no kind "{given_tag}"',
            document.where((*path, discriminator)),
            did_you_mean(str(given_tag), tags) or "one of " + ", ".join(tags),
        )
    message, hint = _words(kind, given, context, detail["msg"])
    hint = hint or (_about(model, detail["loc"]) if kind == "string_pattern_mismatch" else None)
    return Diagnostic(f"{name}: {message}" if name else message, where, hint)


def _words(kind: str, given: Any, context: Mapping[str, Any], message: str) -> tuple[str, str | None]:
    if kind == "literal_error":
        allowed = str(context["expected"]).replace(" or ", ", ").replace("'", "")
        return f"expected one of {allowed}; got {describe_value(given)}", did_you_mean(
            str(given), allowed.split(", ")
        ) if isinstance(given, str) else None
    if "message" in context:
        return str(context["message"]), context.get("hint")
    if kind in _EXPECTED:
        hint = (
            f'put it in quotes: "{given}"' if kind == "string_type" and isinstance(given, int | float | bool) else None
        )
        return f"expected {_EXPECTED[kind]}, got {describe_value(given)}", hint
    if kind == "string_pattern_mismatch":
        return f"{describe_value(given)} is not written as it has to be", _NAMED if context[
            "pattern"
        ] == ID_PATTERN else None
    if kind == "too_short" and given:
        return f"at least {context['min_length']} are needed, got {len(given)}", None
    if kind in ("string_too_short", "too_short"):
        return "is empty", None
    if kind == "string_too_long":
        return f"a text of {len(given):,} characters; at most {context['max_length']:,} are taken", None
    if kind == "too_long":
        return f"at most {context['max_length']} can be shown, got {context['actual_length']}", None
    if kind in _LIMITS:
        sign, limit = _LIMITS[kind]
        return f"{describe_value(given)} is too {sign}: the limit is {context[limit]}", None
    if kind == "finite_number":
        return "a value must be a finite number", None
    return message.removeprefix("Value error, "), None


_NAMED = "a name has letters, digits, - and _, and begins with a letter"
_LIMITS = {
    "greater_than_equal": ("small", "ge"),
    "greater_than": ("small", "gt"),
    "less_than_equal": ("large", "le"),
    "less_than": ("large", "lt"),
}


_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
}


def _known(fields: Mapping[str, Any]) -> str | None:
    return "known here: " + ", ".join(sorted(fields)) if fields else None


def format_path(path: KeyPath) -> str:
    """("topics", 2, "title") as topics[2].title, counted as the file's reader counts YAML lists: from 0."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _file_path(loc: tuple[int | str, ...], document: Document, absent: bool) -> KeyPath:
    """pydantic's path without the tags of unions, which the file does not have; `absent`: nor has it the last part."""
    path: KeyPath = ()
    for index, part in enumerate(loc):
        named = (*path, part) in document.places or (*path, part) in document.key_places
        if named or (absent and index == len(loc) - 1):
            path = (*path, part)
    return path


def _step(annotation: Any, part: int | str) -> Iterator[Any]:
    """The types that one element of a path leads to."""
    for kind in unwrap_type(annotation):
        origin = get_origin(kind)
        if origin is list:
            yield from unwrap_type(get_args(kind)[0]) if isinstance(part, int) else ()
        elif origin is dict:
            yield from unwrap_type(get_args(kind)[1])
        elif isinstance(kind, type) and issubclass(kind, Model):
            fields = _keys(kind)
            if part in fields:
                yield from unwrap_type(fields[str(part)].annotation)
            elif part in _tags(kind):
                yield kind


def _reached(model: type[Model], loc: tuple[int | str, ...]) -> list[Any]:
    reached: list[Any] = [model]
    for part in loc:
        reached = [kind for start in reached for kind in _step(start, part)]
    return reached


def _keys(model: type[Model]) -> dict[str, Any]:
    return {info.alias or name: info for name, info in model.model_fields.items()}


def _tags(model: type[Model]) -> tuple[Any, ...]:
    info = model.model_fields.get("kind")
    return get_args(info.annotation) if info and get_origin(info.annotation) is Literal else ()


def _models(model: type[Model], loc: tuple[int | str, ...]) -> list[type[Model]]:
    return [kind for kind in _reached(model, loc) if isinstance(kind, type) and issubclass(kind, Model)]


def _fields(model: type[Model], loc: tuple[int | str, ...]) -> dict[str, Any]:
    return {key: info for kind in _models(model, loc) for key, info in _keys(kind).items()}


def _all_tags(model: type[Model], loc: tuple[int | str, ...]) -> list[str]:
    return [tag for kind in _models(model, loc) for tag in _tags(kind)]


def _about(model: type[Model], loc: tuple[int | str, ...]) -> str | None:
    info = _fields(model, loc[:-1]).get(str(loc[-1]))
    return info.description if info is not None else None

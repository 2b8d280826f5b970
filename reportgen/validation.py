"""Plain values from a file -> checked, frozen models; pydantic's findings told in the words and places of the file."""

from __future__ import annotations

import math
import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, StringConstraints, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from reportgen import inline
from reportgen.errors import BriefError, Diagnostic, Location, did_you_mean
from reportgen.numbers import PartialDate, Quantity, Unit, decimals_of
from reportgen.yamlfile import Document, KeyPath


class Model(BaseModel):
    """What comes from a file: frozen, strict, and with no key that we don't know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, arbitrary_types_allowed=True)


@dataclass(frozen=True, slots=True)
class Inline:
    """Marks a field whose text may hold Markdown, ${fact} and [@quote]."""


Plain = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text that is printed as it stands."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
"""A name that other parts of the brief refer to."""


def _known_names(info: ValidationInfo, kind: str) -> Mapping[str, Any] | None:
    """What the brief has of a kind ("fact", "quote", "source", "exhibit"); None where no brief is being read."""
    names: Mapping[str, Any] | None = (info.context or {}).get(kind)
    return names


def problem(message: str, hint: str | None = None, written: str | None = None) -> PydanticCustomError:
    """An error for a validator to raise; `written` are the words at fault, so that their own place is told."""
    return PydanticCustomError("brief", "{message}", {"message": message, "hint": hint, "written": written})


def _check_reference(kind: str, name: str, info: ValidationInfo, written: str | None = None) -> None:
    known = _known_names(info, kind)
    if known is not None and name not in known:
        raise problem(f'no {kind} "{name}"', did_you_mean(name, known) or f"the brief has no {kind}s yet", written)


def _check_text(text: str, info: ValidationInfo) -> str:
    for reference in inline.references(text):
        match reference.kind:
            case "malformed":
                raise problem(f"{reference.written} cannot be read", reference.hint, reference.written)
            case "link":
                raise problem(f'"{reference.id}" is no address that a link may go to', reference.hint, reference.written)
            case kind:
                _check_reference(kind, reference.id, info, reference.written)
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_check_text), Inline()]
"""Text with inline Markdown, ${fact} and [@quote], left as written until it is printed."""


def _refers_to(kind: str) -> AfterValidator:
    def check(name: str, info: ValidationInfo) -> str:
        _check_reference(kind, name, info)
        return name

    return AfterValidator(check)


SourceId = Annotated[str, _refers_to("source")]
QuoteId = Annotated[str, _refers_to("quote")]
ExhibitId = Annotated[str, _refers_to("exhibit")]


def _label(value: Any, info: ValidationInfo) -> Any:
    """A label is plain text in which facts stand in their short form, so it is resolved as it is read."""
    if not isinstance(value, str):
        return value
    _check_text(value, info)
    if cited := next((found for found in inline.references(value) if found.kind == "quote"), None):
        raise problem("a label cites no quote", "list it under the exhibit's `quotes`", cited.written)
    return inline.plain(value, _known_names(info, "fact") or {}, short=True)


Label = Annotated[str, BeforeValidator(_label), StringConstraints(strip_whitespace=True, min_length=1)]
"""Plain text of a drawing; ${fact} prints the fact's short form."""


def _amount(value: Any, info: ValidationInfo) -> Quantity:
    if isinstance(value, Quantity):
        return value
    if isinstance(value, str):
        _check_reference("fact", value, info)
        return (_known_names(info, "fact") or {})[value]  # type: ignore[no-any-return]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise problem(f"expected a number or a fact's id, got {_said(value)}")
    if not math.isfinite(value):
        raise problem("a value must be a finite number", "leave a gap with null")
    return Quantity(float(value), Unit(""), decimals=decimals_of(value))


_AMOUNT_SCHEMA: Any = float | str
Amount = Annotated[Quantity, PlainValidator(_amount, json_schema_input_type=_AMOUNT_SCHEMA)]
"""A drawn value: a fact's id, or a number."""


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise problem(f"{value} is not in the calendar") from None
    raise problem(f"expected a date, got {_said(value)}", "write it as 2021-01-20")


def _partial_date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.parse(str(value))
    except ValueError as error:
        raise problem(str(error)) from None


Day = Annotated[date, PlainValidator(_day, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")])]
"""A calendar day, written 2021-01-20."""

DateText = Annotated[PartialDate, PlainValidator(_partial_date, json_schema_input_type=_AMOUNT_SCHEMA)]
"""A date as exactly as it is known: 2021-01-20, 2021-01, 2021, 1980s, --11-03."""


def _several(value: Any) -> Any:
    if not isinstance(value, str | list):
        raise problem(f"expected a text or a list of texts, got {_said(value)}")
    return [value] if isinstance(value, str) else value


Lines = Annotated[list[Plain], BeforeValidator(_several, json_schema_input_type=str | list[str]), Field(min_length=1)]
"""One text or a list of texts."""

QuoteIds = Annotated[list[QuoteId], BeforeValidator(_several, json_schema_input_type=str | list[str])]
"""One quote's id or a list of them."""


ModelType = TypeVar("ModelType", bound=Model)


def validate(model: type[ModelType], document: Document, context: Mapping[str, Any] | None = None) -> ModelType:
    """The document as a model. Raises BriefError with everything that is wrong, in the order of the file."""
    problems = list(document.problems)
    result = None
    if not isinstance(document.data, dict):
        problems.append(Diagnostic(f"expected keys and values, got {_said(document.data)}", document.where(())))
    else:
        try:
            result = model.model_validate(document.data, context=dict(context or {}))
        except ValidationError as error:
            problems += [diagnostic(detail, model, document) for detail in error.errors(include_url=False)]
    if problems or result is None:
        raise BriefError(in_order(problems))
    return result


def in_order(problems: list[Diagnostic]) -> list[Diagnostic]:
    """Sorted by place, each once."""
    def place(found: Diagnostic) -> tuple[str, int, int]:
        return (found.where.file, found.where.line or 0, found.where.column or 0) if found.where else ("", 0, 0)

    return sorted(dict.fromkeys(problems), key=place)


def diagnostic(detail: ErrorDetails, model: type[Model], document: Document) -> Diagnostic:
    """One of pydantic's findings in our words."""
    path = _file_path(detail["loc"], document)
    name = dotted(path)
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
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
            return Diagnostic(f"{name}.{discriminator} is missing", where, "one of " + ", ".join(_all_tags(model, detail["loc"])))
        return Diagnostic(f'{name}.{discriminator}: there is no kind "{given_tag}"', document.where((*path, discriminator)), did_you_mean(str(given_tag), tags) or "one of " + ", ".join(tags))
    message, hint = _words(kind, given, context, detail["msg"])
    return Diagnostic(f"{name}: {message}" if name else message, where, hint)


def _words(kind: str, given: Any, context: Mapping[str, Any], message: str) -> tuple[str, str | None]:
    if kind == "literal_error":
        allowed = str(context["expected"]).replace(" or ", ", ").replace("'", "")
        return f"expected one of {allowed}; got {_said(given)}", did_you_mean(str(given), allowed.split(", ")) if isinstance(given, str) else None
    if "message" in context:
        return str(context["message"]), context.get("hint")
    if kind in _EXPECTED:
        hint = f'put it in quotes: "{given}"' if kind == "string_type" and isinstance(given, int | float | bool) else None
        return f"expected {_EXPECTED[kind]}, got {_said(given)}", hint
    if kind == "string_pattern_mismatch":
        return f"{_said(given)} is no name that can be referred to", "use letters, digits, - and _, and begin with a letter"
    if kind in ("string_too_short", "too_short"):
        return ("is empty" if not given else message), None
    if kind == "finite_number":
        return "a value must be a finite number", None
    return message.removeprefix("Value error, "), None


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


def _said(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}"
        case str():
            return f'"{value[:40]}…"' if len(value) > 41 else f'"{value}"'
        case list():
            return "a list"
        case dict():
            return "keys and values"
    return f"{value}"


def _known(fields: Mapping[str, Any]) -> str | None:
    return "known here: " + ", ".join(sorted(fields)) if fields else None


def dotted(path: KeyPath) -> str:
    """("topics", 2, "title") as topics[2].title, counted as the file's reader counts YAML lists: from 0."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text



def _file_path(loc: tuple[int | str, ...], document: Document) -> KeyPath:
    """pydantic's path without the tags of unions, which the file does not have."""
    path: KeyPath = ()
    for index, part in enumerate(loc):
        if (*path, part) in document.places or (*path, part) in document.key_places or index == len(loc) - 1:
            path = (*path, part)
    return path


def _unwrapped(annotation: Any) -> Iterator[Any]:
    """The plain types inside Annotated, Union and Optional."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _unwrapped(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _unwrapped(member)
    else:
        yield annotation


def _step(annotation: Any, part: int | str) -> Iterator[Any]:
    """The types that one element of a path leads to."""
    for kind in _unwrapped(annotation):
        origin = get_origin(kind)
        if origin is list:
            yield from _unwrapped(get_args(kind)[0]) if isinstance(part, int) else ()
        elif origin is dict:
            yield from _unwrapped(get_args(kind)[1])
        elif isinstance(kind, type) and issubclass(kind, Model):
            fields = _keys(kind)
            if part in fields:
                yield from _unwrapped(fields[str(part)].annotation)
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


def texts(model: Model) -> Iterator[str]:
    """Every text of a model that may hold Markdown, ${fact} and [@quote], in the order of its fields."""
    for name, info in type(model).model_fields.items():
        marked = any(isinstance(mark, Inline) for mark in info.metadata)
        yield from _texts(getattr(model, name), info.annotation, marked)


def _texts(value: Any, annotation: Any, marked: bool) -> Iterator[str]:
    if isinstance(value, Model):
        yield from texts(value)
    elif isinstance(value, str):
        if marked or any(_is_inline(kind) for kind in _alternatives(annotation)):
            yield value
    elif isinstance(value, list | dict):
        for kind in _unwrapped(annotation):
            if get_origin(kind) in (list, dict):
                for item in value.values() if isinstance(value, dict) else value:
                    yield from _texts(item, get_args(kind)[-1], False)


def _alternatives(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _alternatives(member)
    else:
        yield annotation


def _is_inline(annotation: Any) -> bool:
    return get_origin(annotation) is Annotated and any(isinstance(mark, Inline) for mark in get_args(annotation)[1:])

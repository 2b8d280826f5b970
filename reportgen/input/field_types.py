"""The base class of all models read from files, and the types of their fields."""

from __future__ import annotations

import math
import re
import types
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin

from msgspec import Struct
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    PrivateAttr,
    StringConstraints,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from reportgen.system.errors import did_you_mean
from reportgen.text import blocks, inline
from reportgen.text.numbers import PartialDate, Quantity, Unit, count_decimals, find_print_problem
from reportgen.text.trace import trace


class Model(BaseModel):
    """A model read from a file: frozen, strict, without unknown keys. Templates read its fields and `template_extras`."""

    template_extras: ClassVar[tuple[str, ...]] = ()

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, arbitrary_types_allowed=True, defer_build=True
    )

    _language: str = PrivateAttr(default="en")
    _origin: str = PrivateAttr(default="")

    def trace(self, text: str, *fields: str) -> str:
        """Return a text that the model prints of some of its fields, with their paths where the model knows its own."""
        if not self._origin:
            return text
        paths = " ".join(f"{self._origin}.{name}" for name in fields if getattr(self, name))
        traced: str = trace(text, paths or self._origin)
        return traced

    def model_post_init(self, context: Any) -> None:
        """Keep the language of the file, for what the model prints of itself."""
        if context:
            self._language = context.get("language", "en")


class Inline(Struct, frozen=True):
    """Marks a field whose text may hold Markdown, ${fact} and [@quote]."""


class FileText(str):
    """Words from a data file: printed as they are, without facts or Markdown."""

    __slots__ = ()


MAX_LENGTH = 10_000  # characters of one text: more than any field is for
ANOTHER_UNIT = "choose a unit in which it is short: US$ billion, %"
_LENGTH = StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LENGTH)


def _check_visible(text: str) -> str:
    """Refuse a text that prints nothing, such as zero-width spaces, or a citation without words."""
    if not any(char.isprintable() and char != " " for char in inline.strip_citations(text)):
        raise problem("the text prints nothing", "a citation follows the words that it supports")
    return text


Plain = Annotated[str, _LENGTH, AfterValidator(_check_visible)]
"""Text that is printed as written."""

Typographic = Annotated[Plain, AfterValidator(inline.set_quotes)]
"""The same with typographic quotes: a name or a title."""

ID_PATTERN = r"^[A-Za-z][A-Za-z0-9_-]*$"
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""A name that other parts of the brief refer to."""


def _get_names(info: ValidationInfo, kind: str) -> Mapping[str, Any] | None:
    """Return what the brief has of a kind ("fact", "quote", "source", "exhibit"); None outside a brief."""
    names: Mapping[str, Any] | None = (info.context or {}).get(kind)
    return names


def get_facts(info: ValidationInfo) -> Mapping[str, Quantity]:
    """Return the brief's facts by id."""
    facts = _get_names(info, "fact")
    return {} if facts is None else facts  # an empty one may have an answer for every name (brief/loader.py)


def get_language(info: ValidationInfo) -> str:
    """Return the language of the file."""
    language: str = (info.context or {}).get("language", "en")
    return language


def problem(message: str, hint: str | None = None, words: str | None = None) -> PydanticCustomError:
    """Return an error for a validator to raise; `words` are those at fault, whose own place is then reported."""
    return PydanticCustomError("brief", "{message}", {"message": message, "hint": hint, "words": words})


def _check_reference(kind: str, name: str, info: ValidationInfo, words: str | None = None) -> None:
    known = _get_names(info, kind)
    if known is not None and name not in known:
        raise problem(f'no {kind} "{name}"', did_you_mean(name, known) or f"the brief has no {kind}s yet", words)


def _check_text(text: str, info: ValidationInfo) -> str:
    for reference in inline.find_references(text):
        match reference.kind:
            case "malformed":
                raise problem(f'"{reference.raw}" cannot be read', reference.hint, reference.raw)
            case "link":
                raise problem(f'"{reference.id}" is not an address that a link may have', reference.hint, reference.raw)
            case kind:
                _check_reference(kind, reference.id, info, reference.raw)
    return text


def _check_prose(text: str, info: ValidationInfo) -> str:
    """Refuse unknown references, a text that prints nothing, and structure that no text may have.

    One validator is cheaper than three: pydantic inspects each of them for each field.
    """
    _check_visible(_check_text(text, info))
    try:
        blocks.has_blocks(text)
    except blocks.BlockError as error:
        raise problem(str(error), "lists, paragraphs and block quotes (>) may stand in a text", error.words) from None
    return text


def _check_paragraph(text: str, info: ValidationInfo) -> str:
    if blocks.has_blocks(_check_prose(text, info)):
        kinds = [block.kind for block in blocks.split_blocks(text)]
        found = next((_BLOCKS[kind] for kind in kinds if kind != "paragraph"), "an empty line")
        raise problem(f"{found} cannot stand here: this text is printed as one paragraph", PLACES_OF_BLOCKS)
    return text


_BLOCKS = {"list": "a list", "numbered": "a list", "quote": "a block quote"}
PLACES_OF_BLOCKS = (
    "lists and paragraphs may stand in points, basis, dissent, talking_points, answers, and notes of exhibits"
)

Text = Annotated[str, _LENGTH, AfterValidator(_check_paragraph), Inline()]
"""One paragraph with inline Markdown, ${fact} and [@quote], kept as written until it is printed."""

Prose = Annotated[str, _LENGTH, AfterValidator(_check_prose), Inline()]
"""The same, in paragraphs, lists and block quotes."""


def _must_refer_to(kind: str) -> AfterValidator:
    def check(name: str, info: ValidationInfo) -> str:
        _check_reference(kind, name, info)
        return name

    return AfterValidator(check)


SourceId = Annotated[str, _must_refer_to("source")]
QuoteId = Annotated[str, _must_refer_to("quote")]
ExhibitId = Annotated[str, _must_refer_to("exhibit")]
FactId = Annotated[str, _must_refer_to("fact")]


def _resolve_label(value: Any, info: ValidationInfo) -> Any:
    """Replace facts by their short form at once: a label is plain text."""
    if not isinstance(value, str) or isinstance(value, FileText):
        return value
    _check_text(value, info)
    if cited := next((found for found in inline.find_references(value) if found.kind == "quote"), None):
        raise problem("a label cannot cite a quote", "list it under the exhibit's `quotes`", cited.raw)
    return inline.render_plain(value, get_facts(info), short=True)


Label = Annotated[str, BeforeValidator(_resolve_label), _LENGTH, AfterValidator(_check_visible)]
"""Plain text of a drawing; ${fact} prints the fact's short form."""


def _parse_amount(value: Any, info: ValidationInfo) -> Quantity:
    amount = _parse_any_amount(value, info)
    if amount.sourced:
        names = " or ".join(f"{each.quantity.fact}" for each in amount.sourced)
        hint = f"choose one: {names}; kind: range draws all of them"
        raise problem(f'the sources of "{amount.fact}" differ, so there is no one value to draw', hint)
    return amount


def _parse_any_amount(value: Any, info: ValidationInfo) -> Quantity:
    if isinstance(value, Quantity):
        return value
    if isinstance(value, str):
        _check_reference("fact", value, info)
        return get_facts(info)[value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise problem(f"expected a number or a fact's id, got {describe_value(value)}")
    if reason := find_print_problem(value):
        raise problem(reason, ANOTHER_UNIT if math.isfinite(value) else "write null for a gap")
    return Quantity(float(value), Unit(""), decimals=count_decimals(value), language=get_language(info))


_AMOUNT_SCHEMA: Any = float | str
Amount = Annotated[Quantity, PlainValidator(_parse_amount, json_schema_input_type=_AMOUNT_SCHEMA)]
"""A drawn value: a fact's id, or a number."""

AnyAmount = Annotated[Quantity, PlainValidator(_parse_any_amount, json_schema_input_type=_AMOUNT_SCHEMA)]
"""The same, where what several sources say may be drawn as one range."""


def _parse_day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise problem(f"{value} is not in the calendar") from None
    raise problem(f"expected a date, got {describe_value(value)}", "write it as 2021-01-20")


def parse_partial_date(value: Any) -> PartialDate:
    """Parse a date as exactly as it is known."""
    if isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.parse(str(value))
    except ValueError as error:
        raise problem(str(error)) from None


Day = Annotated[
    date, PlainValidator(_parse_day, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")])
]
"""A calendar day, written 2021-01-20."""

DateText = Annotated[PartialDate, PlainValidator(parse_partial_date, json_schema_input_type=_AMOUNT_SCHEMA)]
"""A date as exactly as it is known: 2021-01-20, 2021-01, 2021, 1980s, --11-03."""


def _to_list(value: Any) -> Any:
    if not isinstance(value, str | list):
        raise problem(f"expected a text or a list of texts, got {describe_value(value)}")
    return [value] if isinstance(value, str) else value


Lines = Annotated[list[Plain], BeforeValidator(_to_list, json_schema_input_type=str | list[str]), Field(min_length=1)]
"""One text or a list of texts."""

Names = Annotated[
    list[Typographic], BeforeValidator(_to_list, json_schema_input_type=str | list[str]), Field(min_length=1)
]
"""The same with typographic quotes."""

QuoteIds = Annotated[list[QuoteId], BeforeValidator(_to_list, json_schema_input_type=str | list[str])]
"""One quote's id or a list of them."""


def describe_value(value: Any) -> str:
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


def unwrap_type(annotation: Any) -> Iterator[Any]:
    """Yield the plain types inside Annotated, Union and Optional."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from unwrap_type(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from unwrap_type(member)
    else:
        yield annotation


def find_inline_texts(model: Model) -> Iterator[str]:
    """Yield the texts of a model that may hold Markdown, ${fact} and [@quote], in the order of its fields."""
    for name, info in type(model).model_fields.items():
        yield from _find_texts(getattr(model, name), info.annotation, info.metadata)


def _find_texts(value: Any, annotation: Any, marks: Iterable[Any] = ()) -> Iterator[str]:
    if isinstance(value, Model):
        yield from find_inline_texts(value)
    elif isinstance(value, str):
        if _is_inline(annotation, marks):
            yield value
    elif isinstance(value, list | dict):
        for kind in unwrap_type(annotation):
            if get_origin(kind) in (list, dict):
                for item in value.values() if isinstance(value, dict) else value:
                    yield from _find_texts(item, get_args(kind)[-1])


def is_text(marks: Iterable[Any]) -> bool:
    """Return whether a field with these marks holds a text of the writer's own."""
    return any(mark is _LENGTH for mark in marks)


def is_label(marks: Iterable[Any]) -> bool:
    """Return whether a field with these marks is a label of a drawing."""
    return any(getattr(mark, "func", None) is _resolve_label for mark in marks)


def takes_one_for_list(marks: Iterable[Any]) -> bool:
    """Return whether a list may be written as its one item."""
    return any(getattr(mark, "func", None) is _to_list for mark in marks)


@cache
def find_text_fields(kind: type[Model]) -> Mapping[str, str]:
    """Return the fields of a model that may hold texts or dates to print, each with its key in the file."""
    return {
        name: info.alias or name
        for name, info in kind.model_fields.items()
        if _LENGTH in info.metadata or _holds_texts(info.annotation)
    }


def _holds_texts(annotation: Any) -> bool:
    parts = get_args(annotation)
    if get_origin(annotation) is Annotated:
        return any(part is _LENGTH for part in parts[1:]) or _holds_texts(parts[0])
    if isinstance(annotation, type) and issubclass(annotation, Model | date | PartialDate):
        return True
    return any(map(_holds_texts, parts))


def _is_inline(annotation: Any, marks: Iterable[Any] = ()) -> bool:
    """Return whether a type is marked as inline text, or one of its alternatives is."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _is_inline(parts[0], parts[1:])
    alternatives = parts if origin in (Union, types.UnionType) else ()
    return any(isinstance(mark, Inline) for mark in marks) or any(map(_is_inline, alternatives))

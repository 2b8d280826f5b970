"""A brief's status: a draft with its number, out for clearance, cleared or final, and since when.

The time is the brief's own, never the clock's: documents built from the same brief are the same.
"""

from datetime import date, time
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from msgspec import Struct
from pydantic import Field, PlainValidator, model_validator

from reportgen.input.field_types import Model, describe_value, problem
from reportgen.system.errors import did_you_mean
from reportgen.text.languages import load_labels
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import format_long_date

State = Literal["draft", "for clearance", "cleared", "final"]
EXAMPLE = "write draft 3, for clearance, cleared or final"
TIME_EXAMPLE = "write 2026-11-30 or 2026-11-30 18:40, with a zone if you like: 2026-11-30 18:40 EST"
_DRAFT = compile_late(r"draft\s+(\d{1,4})")
_TIME = compile_late(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::00)? ?(Z|[+-]\d\d:\d\d|[A-Za-z]{2,5})?)?")


class StatusTime(Struct, frozen=True):
    """A day, or a time of day with its zone, which is printed as it is written."""

    template_names: ClassVar[tuple[str, ...]] = ("day",)

    day: date
    clock: str = ""
    zone: str = ""

    def write(self, language: str) -> str:
        """Return it in words: "November 30, 2026, 18:40 EST"."""
        clock = " ".join(part for part in (self.clock, self.zone) if part)
        parts = (format_long_date(self.day, language), clock)
        return load_labels(language).marks.comma.join(part for part in parts if part)


def _parse_time(value: Any) -> StatusTime:
    if isinstance(value, StatusTime):
        return value
    match = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise problem(f"expected a day or a time, got {describe_value(value)}", TIME_EXAMPLE)
    try:
        day = date.fromisoformat(match[1])
        clock = time.fromisoformat(match[2]).strftime("%H:%M") if match[2] else ""
    except ValueError:
        raise problem(f"{match[0]} is not in the calendar", TIME_EXAMPLE) from None
    zone = "UTC" if match[3] == "Z" else (match[3] or "").upper()
    return StatusTime(day, clock, f"UTC{zone}" if zone[:1] in ("+", "-") else zone)


Since = Annotated[
    StatusTime, PlainValidator(_parse_time, json_schema_input_type=Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d")])
]
"""The day or the time since when a paper has its status."""


class Status(Model):
    """A paper's state, since when, and the draft's number."""

    template_extras = ("words",)

    state: Annotated[State, Field(description="`draft`, `for clearance`, `cleared` or `final`.")]
    number: Annotated[int | None, Field(ge=1, le=9999, description="The draft's number, which a clearance keeps.")] = (
        None
    )
    at: Annotated[
        Since | None,
        Field(description="The day or the time of this state: 2026-11-30, or 2026-11-30 18:40. Printed with it."),
    ] = None

    @model_validator(mode="after")
    def _check_number(self) -> Self:
        if self.number is not None and self.state == "final":
            raise problem("a final paper has no draft number", "leave out `number`")
        return self

    @property
    def words(self) -> str:
        """The stamp of each page: "DRAFT 3, November 30, 2026, 18:40"."""
        labels = load_labels(self._language)
        names = labels.clearances.states
        if self.state == "draft" and self.number:
            name = labels.clearances.draft.format(number=self.number)
        else:
            name = names[self.state]
            if self.number:
                name = labels.clearances.of_draft.format(state=name, number=self.number)
        return self.trace(labels.marks.comma.join([name, *([self.at.write(self._language)] if self.at else [])]))


def read_status(value: Any) -> Any:
    """Accept a state alone, and a draft with its number: `draft 3`."""
    if value is None or isinstance(value, dict | Status):
        return value
    words = " ".join(value.split()).lower() if isinstance(value, str) else value
    if isinstance(words, str) and (found := _DRAFT.fullmatch(words)):
        return {"state": "draft", "number": int(found[1])}
    if words in get_args(State):
        return {"state": words}
    hint = did_you_mean(words, get_args(State)) if isinstance(words, str) else None
    raise problem(f"there is no status {describe_value(value)}", hint or EXAMPLE)

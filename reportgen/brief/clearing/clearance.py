"""A clearance: what an office answered, when, and a hash of the words that it cleared.

`reportgen clear` writes the hash. Whoever types an answer by hand may leave it out; the answer is then tied to no words.
"""

from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from reportgen.input.field_types import Day, Model, Typographic, describe_value, problem
from reportgen.system.errors import did_you_mean

Answer = Literal["ok", "ok with comments", "information", "no reply"]
ANSWERS: tuple[str, ...] = get_args(Answer)
OF_WORDS = ("ok", "ok with comments")
"""The answers that clear the words; the others only say that an office was informed, or did not answer."""

WordsHash = Annotated[str, StringConstraints(pattern=r"^[a-z]{24}$")]
"""A hash of all words that were cleared."""
PartHashes = Annotated[str, StringConstraints(pattern=r"^[a-z_]+[^ =]*=[a-z,]+( [a-z_]+[^ =]*=[a-z,]+)*$")]
"""The hashes of their parts by the brief's keys: bottom_line=kfhwmqa recommendations=pqjkzhb,mwxatcn."""


def _read_answer(value: Any) -> Any:
    words = " ".join(value.split()).lower() if isinstance(value, str) else value
    if words not in ANSWERS:
        hint = did_you_mean(words, ANSWERS) if isinstance(words, str) else None
        raise problem(f"there is no answer {describe_value(value)}", hint or f"write {', '.join(ANSWERS)}")
    return words


class Clearance(Model):
    """An office that clears the paper, and what it answered."""

    office: Annotated[Typographic, Field(description="The office that clears the paper.")]
    name: Annotated[Typographic | None, Field(description="Who answered for it.")] = None
    answer: Annotated[
        Answer | None,
        BeforeValidator(_read_answer),
        Field(description="`ok`, `ok with comments`, `information` or `no reply`. Without it, the clearance is open."),
    ] = None
    date: Annotated[Day | None, Field(description="The day of the answer.")] = None
    comments: Annotated[Typographic | None, Field(description="What the office commented, printed beside it.")] = None
    draft: Annotated[
        int | None, Field(ge=1, le=9999, description="The draft that was cleared. Written by `reportgen clear`.")
    ] = None
    words: Annotated[
        WordsHash | None, Field(description="A hash of the words that were cleared. Written by `reportgen clear`.")
    ] = None

    @model_validator(mode="after")
    def _check_answer(self) -> Self:
        if self.answer is None:
            given = [key for key in ("date", "comments", "draft", "words") if getattr(self, key) is not None]
            if given:
                raise problem(f"{self.office} has `{given[0]}` and no answer", f"add answer: {', '.join(ANSWERS)}")
        elif self.words and self.answer not in OF_WORDS:
            raise problem(f"the answer “{self.answer}” clears no words", "leave out `words`")
        return self


def check_offices(clearances: list[Clearance]) -> list[Clearance]:
    """Refuse an office that is listed twice."""
    seen: set[str] = set()
    for each in clearances:
        if fold_office(each.office) in seen:
            raise problem(f"{each.office} is listed twice", "keep its last answer", each.office)
        seen.add(fold_office(each.office))
    return clearances


def fold_office(name: str) -> str:
    """Return an office's name as it is compared."""
    return " ".join(name.replace("’", "'").split()).casefold()

"""A returned form as a decision: what was decided on each act, by whom and when, and who does what by when."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from reportgen.decided.returned_form import Beside, ReturnedForm, read_form
from reportgen.memo.ballot import (
    CHOICES,
    COMMENTS,
    DATE,
    INITIALS,
    OPTION,
    RECOMMENDATION,
    SIGNATURE,
    SIGNED,
    Ballot,
    BallotItem,
    build_ballot,
)  # fmt: skip
from reportgen.system.errors import Diagnostic, EvidenceError, FileError, Location
from reportgen.system.limited_process import run_limited

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

AMENDED = CHOICES[1]
UNMARKED = "not marked"
NONE_OF_THESE, DISCUSS = "none of these", "to be discussed"

Remark = Beside


class Decided(Struct, frozen=True):
    """A recommendation and what was decided on it; `initials` and `date` as they were written."""

    number: int
    item: BallotItem
    decision: str
    initials: str = ""
    date: str = ""

    @property
    def is_approved(self) -> bool:
        """True if somebody has to act."""
        return self.decision in CHOICES[:2]


class Decision(Struct, frozen=True):
    """Everything that a returned form says.

    `option` is the number of the option that was chosen, counted from 1, "none of these", "to be discussed", or "" where the form
    asks for none or nobody marked one.
    """

    file: str
    sha256: str
    ballot: Ballot
    option: int | str
    recommendations: tuple[Decided, ...]
    comments: str
    signature: str
    signed: str
    beside: tuple[Remark, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the decision as JSON holds it."""
        chosen = {"option": self.option, "title": self.option_title} if self.ballot.options else {}
        return {
            "file": self.file,
            "sha256": self.sha256,
            "memo": {key: getattr(self.ballot, key) for key in ("slug", "title", "date", "form")},
            "decider": self.ballot.decider,
            "signature": self.signature,
            "signed": self.signed,
            **chosen,
            "recommendations": [
                {
                    "number": each.number, "act": each.item.act, "decision": each.decision, "initials": each.initials, "date": each.date,
                    "lead": list(each.item.lead), "deadline": each.item.deadline, "deadline_note": each.item.deadline_note,
                }
                for each in self.recommendations
            ],
            "comments": self.comments,
            "beside": [to_builtins(each) for each in self.beside],
            "warnings": [each.message for each in self.warnings],
        }  # fmt: skip

    @property
    def option_title(self) -> str:
        """The title of the option that was chosen, "" where none was."""
        return self.ballot.options[self.option - 1].title if isinstance(self.option, int) else ""


def read_decision(data: bytes, name: str, brief: Brief | None = None, *, fork: bool = False) -> Decision:
    """Return what a returned form says.

    Parameters
    ----------
    data
        The form, a PDF.
    name
        Its name, for messages.
    brief
        The brief that it should be the form of, as it is now.
    fork
        Whether this process may be forked (see `run_limited`).

    Raises
    ------
    FileError
        For a file that is no form, was flattened, is encrypted or damaged, or has no mark at all.
    EvidenceError
        For a group with two ticks, the form of another memo, and a brief that asks for something else now.
    """
    form = run_limited(read_form, data, name, file=name, fork=fork)
    if brief:
        _compare(form.ballot, brief, name)
    _refuse_double_ticks(form, name)
    if not any(form.ticks.values()):
        hint = "if it was filled in by hand, write down what it shows; if in a viewer, ask for the file as it was saved"
        raise FileError("no box of the form is ticked", Location(name), hint)
    decided = tuple(_decide(form, number, item) for number, item in enumerate(form.ballot.recommendations, 1))
    option = _find_option(form)
    decision = Decision(
        name, hashlib.sha256(data).hexdigest(), form.ballot, option, decided, form.words.get(COMMENTS, ""),
        form.words.get(SIGNATURE, ""), form.words.get(SIGNED, ""), form.beside,
    )  # fmt: skip
    return _add_warnings(decision)


def _decide(form: ReturnedForm, number: int, item: BallotItem) -> Decided:
    group = RECOMMENDATION.format(number=number)
    (tick, *_) = [*form.ticks.get(group, ()), None]
    decision = UNMARKED if tick is None else CHOICES[tick]
    initials, date = (form.words.get(name.format(group=group), "") for name in (INITIALS, DATE))
    return Decided(number, item, decision, initials, date)


def _find_option(form: ReturnedForm) -> int | str:
    (tick, *_) = [*form.ticks.get(OPTION, ()), None]
    if tick is None or not form.ballot.options:
        return ""
    beyond = tick - len(form.ballot.options)
    return tick + 1 if beyond < 0 else (NONE_OF_THESE, DISCUSS)[min(beyond, 1)]


def _refuse_double_ticks(form: ReturnedForm, name: str) -> None:
    found = []
    options = [f"option {number}" for number, _ in enumerate(form.ballot.options, 1)]
    for group, ticks in form.ticks.items():
        if len(set(ticks)) > 1:
            choices = [*options, NONE_OF_THESE, DISCUSS] if group == OPTION else CHOICES
            what = "the choice of an option" if group == OPTION else group.replace("-", " ")
            both = " and ".join(f"“{choices[tick]}”" for tick in sorted(set(ticks)) if tick < len(choices))
            found.append(
                Diagnostic(
                    f"{what} is ticked {len(set(ticks))} times: {both}",
                    Location(name),
                    "ask which one was meant, and for a form with one",
                )
            )
    if found:
        raise EvidenceError(found)


def _compare(ballot: Ballot, brief: Brief, name: str) -> None:
    """Raise EvidenceError unless the form asks what the brief asks now."""
    now = build_ballot(brief, ballot.form)
    if now == ballot:
        return
    if now.slug != ballot.slug:
        raise EvidenceError(
            f"the form is another memo's: “{ballot.title}” ({ballot.slug}, {ballot.date}); the brief is “{now.title}” ({now.slug}, {now.date})",
            Location(name), "name the brief that it was built from, or none: the form carries what it asks",
        )  # fmt: skip
    was, new = _flatten(to_builtins(ballot)), _flatten(to_builtins(now))
    changed = [key for key in {**was, **new} if was.get(key) != new.get(key)]
    hint = "the decision is on the words of the form: record it without the brief, or restore the brief, or ask again on the new words"
    raise EvidenceError(
        [
            Diagnostic(
                f"the brief has changed since the form was made: {key} was “{was.get(key, '')}” and is “{new.get(key, '')}”",
                brief.where(*_steps(key)) or brief.where(), hint if key == changed[-1] else None,
            )
            for key in changed
        ]
    )  # fmt: skip


def _flatten(value: object, key: str = "") -> dict[str, object]:
    """Return the values of nested mappings and lists by their keys, as diagnostics write them."""
    if isinstance(value, dict):
        return {
            path: each
            for name, item in value.items()
            for path, each in _flatten(item, f"{key}.{name}" if key else name).items()
        }
    if isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        return {
            path: each for number, item in enumerate(value) for path, each in _flatten(item, f"{key}[{number}]").items()
        }
    return {key: ", ".join(map(str, value)) if isinstance(value, list | tuple) else value}


def _steps(key: str) -> list[str | int]:
    parts = key.replace("[", ".").replace("]", "").split(".")
    return [int(part) if part.isdigit() else part for part in parts]


def _add_warnings(decision: Decision) -> Decision:
    """Return the decision with what a reader of the record has to ask about."""
    where = Location(decision.file)
    found = [
        f"recommendation {each.number} has no mark: it is not decided"
        for each in decision.recommendations
        if each.decision == UNMARKED
    ]
    if decision.ballot.options and decision.option == "":
        found.append("no option is marked: none is chosen")
    amended = [str(each.number) for each in decision.recommendations if each.decision == AMENDED]
    if amended and not decision.comments and not decision.beside:
        found.append(f"approved as amended, and nothing says how: {', '.join(amended)}")
    if not decision.signature and not any(each.initials for each in decision.recommendations):
        found.append("neither signed nor initialed in its fields: who decided is not known from the file")
    return replace(decision, warnings=tuple(Diagnostic(message, where, None, "warning") for message in found))

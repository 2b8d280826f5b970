"""A brief's markings: the banner on each page that says who may read it, and the blocks on the first page.

The words come from the standards: 32 CFR 2002.20 and DoDI 5200.48 for CUI and its designation block, DoDI 5230.24 for
distribution statements. All documents take them from here, so they all say the same.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, model_validator

from reportgen.brief.embargo import Embargo
from reportgen.brief.marks import Marks
from reportgen.input.field_types import Day, Lines, Model, Plain, describe_value, problem
from reportgen.system.errors import did_you_mean
from reportgen.text.late_pattern import compile_late

CUI = "CUI"
CUI_MARKS = ("CUI", "CONTROLLED")
"""The starts of a CUI banner; two slashes come before each further part: CUI//SP-PRVCY//FEDCON."""

UNLIMITED = "UNCLASSIFIED"
"""The one banner that allows everybody to read the document."""
_DOMAIN = compile_late(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")

Letter = Literal["A", "B", "C", "D", "E", "F"]
_AUTHORIZED = {
    "B": "U.S. Government agencies only",
    "C": "U.S. Government agencies and their contractors",
    "D": "the Department of Defense and U.S. DoD contractors only",
    "E": "DoD Components only",
}
_NEEDS = {"A": (), "F": ("office", "date")} | dict.fromkeys(_AUTHORIZED, ("reason", "date", "office"))
_EXPORT = (
    "WARNING: This document contains technical data whose export is restricted by the Arms Export Control Act (Section "
    "2751 of Title 22, United States Code) or the Export Control Reform Act of 2018 (Chapter 58, Sections 4801–4852 of "
    "Title 50, United States Code). Violations of these export-control laws are subject to severe criminal penalties. "
    "Disseminate in accordance with provisions of DoD Directive 5230.25 and DoD Instruction 2040.02."
)


def _refuse_classified_banner(text: str) -> str:
    from reportgen.brief import classified  # here, as few briefs have a marking

    if found := classified.find_in_banner(text):
        raise problem(f"“{found}” is a classified marking", classified.HINT)
    return text


def _refuse_classified(text: str) -> str:
    from reportgen.brief import classified

    if found := classified.find_in_prose(text):
        raise problem(f"“{found}” is a classified marking", classified.HINT)
    return text


def _each(check: Callable[[str], str]) -> Callable[[list[str]], list[str]]:
    return lambda lines: [check(line) for line in lines]


_Banner = Annotated[Plain, AfterValidator(_refuse_classified_banner)]
_Prose = Annotated[Plain, AfterValidator(_refuse_classified)]
_Markings = Annotated[Lines, AfterValidator(_each(_refuse_classified_banner))]
_Names = Annotated[Lines, AfterValidator(_each(_refuse_classified))]


class Designation(Model):
    """The CUI designation indicator block: who controls the information, why, and whom to ask."""

    controlled_by: Annotated[_Names, Field(description="The designating agency, then its office, one line each.")]
    categories: Annotated[_Markings, Field(description="The categories, by the CUI Registry's abbreviations: PRVCY.")]
    dissemination: Annotated[
        _Markings | None, Field(description="Limited dissemination controls. They exclude a distribution statement.")
    ] = None
    contact: Annotated[_Prose, Field(description="A name with a phone number, or an office's mailbox.")]

    def lines(self, distribution: str | None) -> tuple[str, ...]:
        """Return the block's lines; `distribution` is the letter of a distribution statement, which the block names."""
        control = distribution or "/".join(self.dissemination or ())
        return (
            *(f"Controlled by: {name}" for name in self.controlled_by),
            f"CUI Category: {'/'.join(self.categories)}",
            *([f"Distribution/Dissemination Control: {control}"] if control else []),
            f"POC: {self.contact}",
        )


def _letter(value: Any) -> Any:
    if value not in get_args(Letter):
        raise problem(
            f"there is no distribution statement {describe_value(value)}", did_you_mean(str(value), get_args(Letter))
        )
    return value


class Distribution(Model):
    """A distribution statement of DoDI 5230.24 by its letter, or in words of your own."""

    statement: Annotated[
        Letter | None,
        PlainValidator(_letter, json_schema_input_type=Letter),
        Field(description="The statement's letter, A to F."),
    ] = None
    reason: Annotated[
        _Names | None,
        Field(description="Why distribution is limited, in the instruction's words. Statements B to E need it."),
    ] = None
    date: Annotated[Day | None, Field(description="The day of that determination. Statements B to F need it.")] = None
    office: Annotated[_Prose | None, Field(description="The controlling DoD office. Statements B to F need it.")] = None
    export_controlled: Annotated[
        bool, Field(description="`true` adds the export-control warning. Statement A excludes it.")
    ] = False
    text: Annotated[
        _Prose | None, Field(description="The whole statement in your own words, in place of a letter.")
    ] = None

    @model_validator(mode="after")
    def _check_statement(self) -> Self:
        given = [name for name in ("reason", "date", "office") if getattr(self, name) is not None]
        if (self.statement is None) == (self.text is None):
            raise problem("give either a statement's letter or a text", "statement: B, or text: …")
        if self.statement is None:
            if given:
                raise problem(f"`{given[0]}` would not be printed: the text is the whole statement", "leave it out")
            return self
        needs = _NEEDS[self.statement]
        if missing := [name for name in needs if name not in given]:
            raise problem(
                f"statement {self.statement} needs {' and '.join(missing)}", f"it is printed with {', '.join(needs)}"
            )
        if unused := [name for name in given if name not in needs]:
            raise problem(f"statement {self.statement} has no {' and no '.join(unused)}", "leave it out")
        if self.statement == "A" and self.export_controlled:
            raise problem("statement A releases to the public what is export-controlled", "choose B, C, D, E or F")
        return self

    @property
    def words(self) -> tuple[str, ...]:
        """The statement in full, and the export-control warning as a paragraph of its own."""
        return (self._sentence, *([_EXPORT] if self.export_controlled else []))

    @property
    def _sentence(self) -> str:
        if self.statement is None:
            return self.text or ""
        head = f"DISTRIBUTION STATEMENT {self.statement}."
        if self.statement == "A":
            return f"{head} Approved for public release. Distribution is unlimited."
        assert self.date
        day = f"{self.date:%B} {self.date.day}, {self.date.year}"
        if self.statement == "F":
            return f"{head} Further dissemination only as directed by {self.office} ({day}) or higher DoD authority."
        only = f"Distribution authorized to {_AUTHORIZED[self.statement]}; {', '.join(self.reason or ())}; {day}."
        return f"{head} {only} Other requests for this document must be referred to {self.office}."


def _expand_distribution(value: Any) -> Any:
    """Accept a letter or a text alone, where nothing else belongs to it."""
    if not isinstance(value, str):
        return value
    return {"statement": value} if len(value.strip()) == 1 else {"text": value}


def _check_domains(names: list[str]) -> list[str]:
    for name in names:
        if not _DOMAIN.fullmatch(name.lower()):
            ending = name.rpartition("@")[2].lstrip("*.").lower()
            hint = f"did you mean {ending}?" if _DOMAIN.fullmatch(ending) else "write state.gov, or its xn-- form"
            raise problem(f"{describe_value(name)} is not a domain", hint, name)
    return [name.lower() for name in names]


class Marking(Model):
    """A marking with all that its standard asks for. `str` is the banner of each page, in one line."""

    banner: Annotated[_Banner | None, Field(description="The line on every page and slide.")] = None
    designation: Annotated[
        Designation | None,
        Field(description="The CUI designation block, printed on the memo's first page and the deck's cover."),
    ] = None
    distribution: Annotated[
        Distribution | None,
        BeforeValidator(_expand_distribution, json_schema_input_type=str | Distribution),
        Field(
            description="A distribution statement: a mapping, the letter A, or a text of your own. Printed with the block."
        ),
    ] = None
    embargoed_until: Annotated[
        Embargo | None,
        Field(description="When the embargo ends: a day, or a time with its zone (`2021-01-20T06:00-05:00`)."),
    ] = None
    recipients: Annotated[
        Annotated[Lines, AfterValidator(_check_domains)] | None,
        Field(description="The domains that it may be mailed to, with their subdomains. Not printed."),
    ] = None

    @model_validator(mode="after")
    def _check_combination(self) -> Self:
        if not any((self.banner, self.designation, self.distribution, self.embargoed_until)):
            raise problem("it is empty", "leave `marking` out, or give it a banner")
        if self.designation and self.banner and not self.is_cui:
            raise problem("a designation block is for CUI, but the banner does not say so", "banner: CUI")
        if self.designation and self.designation.dissemination and self.distribution:
            raise problem(
                "limited dissemination controls and a distribution statement exclude each other",
                "keep designation.dissemination or distribution",
            )
        return self

    @property
    def is_cui(self) -> bool:
        """True if the banner says CUI, or if there is a designation block without a banner."""
        return self._banner.partition("/")[0].strip().upper() in CUI_MARKS

    @property
    def _banner(self) -> str:
        return " ".join((self.banner or (CUI if self.designation else "")).split())

    @property
    def marks(self) -> Marks:
        """The words that it prints."""
        embargo = f"EMBARGOED UNTIL {self.embargoed_until.words}" if self.embargoed_until else ""
        letter = self.distribution.statement if self.distribution else None
        return Marks(
            tuple(line for line in (self._banner, embargo) if line),
            self.designation.lines(letter) if self.designation else (),
            self.distribution.words if self.distribution else (),
        )

    @property
    def embargo_end(self) -> datetime | None:
        """The time from which everybody may read it, wherever they are; None without an embargo."""
        return self.embargoed_until.ends if self.embargoed_until else None

    @property
    def is_limited(self) -> bool:
        """True if not everybody may have it. An embargo limits the time, not the readers."""
        statement = self.distribution is not None and self.distribution.statement != "A"
        return statement or self._banner.upper() not in ("", UNLIMITED)

    def allows(self, address: str) -> bool:
        """Return whether it may be mailed to an address."""
        domain = address.rpartition("@")[2].lower()
        named = any(f".{domain}".endswith(f".{allowed}") for allowed in self.recipients or ())
        return named or not (self.is_limited or self.recipients)

    def __str__(self) -> str:
        return self.marks.banner


def read(value: Any) -> Any:
    """Accept a text as a marking with a banner alone."""
    if isinstance(value, str):
        return {"banner": value}
    if value is not None and not isinstance(value, dict | Marking):
        raise problem(
            f"expected a text, or keys and values, got {describe_value(value)}", "marking: PRE-DECISIONAL/DELIBERATIVE"
        )
    return value

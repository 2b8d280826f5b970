"""The memo's forms: each is a template, what it needs of the brief, and its limits. A new form is one more row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from reportgen.system.errors import BriefError, Diagnostic, Location, UsageError, did_you_mean

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

MEASURE = 480.0
Shows = Literal["case", "highlights", "strip"]
"""Which exhibits a form shows: all where they stand in the case; of these the brief's highlights; or these side by side."""


class Need(Struct, frozen=True):
    """A part of the brief that a form cannot do without: its key, why, and how it is written."""

    key: str
    why: str
    example: str


class Profile(Struct, frozen=True):
    """One form of memo.

    `most` is how many pages it may have at all, `bluf` how many lines its bottom line, `measure` how wide its text is, in
    points and on every paper. Whatever stands within an element
    of the class `apart` has a page of its own and counts for no budget. Without `notes` a text is followed by the paragraphs of
    its quotes, whose words are attached to the file as they are to every form's.
    """

    name: str
    template: str
    about: str
    most: int | None = None
    bluf: int | None = None
    needs: tuple[Need, ...] = ()
    shows: Shows = "case"
    notes: bool = True
    measure: float = MEASURE
    apart: str = ""

    def limit(self, brief: Brief) -> int | None:
        """How many pages the memo may have: what the form allows, and the brief's budget where it is the brief's own form."""
        budget = brief.pages if self.name == brief.profile else None
        return min((pages for pages in (budget, self.most) if pages), default=None)

    def require(self, brief: Brief) -> None:
        """BriefError for every part that the form needs and the brief lacks, with the place to add it."""
        if missing := self.missing(brief):
            raise BriefError([_told(need, self, brief) for need in missing])

    def missing(self, brief: Brief) -> list[Need]:
        """The parts that the form needs and the brief lacks."""
        return [need for need in self.needs if not getattr(brief, need.key)]


def _told(need: Need, profile: Profile, brief: Brief) -> Diagnostic:
    where, neighbour = _place(need.key, brief)
    after = f' after "{neighbour}:"' if neighbour else ""
    return Diagnostic(
        f'{need.key} is missing, and the profile "{profile.name}" {need.why}', where, f"add{after}, {need.example}"
    )


def _place(key: str, brief: Brief) -> tuple[Location | None, str]:
    """Where a missing key belongs: behind the last one before it in the order in which briefs are written."""
    before = [name for name in _keys(brief) if name != key]
    order = [info.alias or name for name, info in type(brief).model_fields.items()]
    known = [name for name in before if order.index(name) < order.index(key)]
    return (brief.where(known[-1]), known[-1]) if known else (brief.where(), "")


def _keys(brief: Brief) -> Iterator[str]:
    order = [info.alias or name for name, info in type(brief).model_fields.items()]
    yield from sorted(brief.document.data, key=order.index)


DECIDER = Need(
    "decider", "asks somebody to decide: boxes and a signature without a name bind nobody",
    "for example: decider: National Security Adviser",
)  # fmt: skip
RECOMMENDATIONS = Need(
    "recommendations", "puts each of them to its reader",
    "for example: recommendations: [{title: Conclude a multiyear agreement, lead: State}]",
)  # fmt: skip

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        profile.name: profile
        for profile in (
            Profile("info", "memo/info.html", "to inform: the bottom line, the case, what we recommend"),
            Profile(
                "action", "memo/action.html", "to act: each recommendation with its boxes, in two pages", most=2, bluf=4, shows="highlights", notes=False,
                needs=(DECIDER, RECOMMENDATIONS),
            ),
            Profile(
                "decision", "memo/decision.html", "to choose: the options, their implications, dissent and a signature",
                needs=(
                    Need("purpose", "begins with it", "for example: purpose: To choose how to open the talks"),
                    DECIDER,
                    Need(
                        "options", "lays them before its reader",
                        "for example: options: [{title: Settle early, implications: [It costs a little more]}]",
                    ),
                    Need(
                        "dissent", "prints the case against", "for example: dissent: [{text: Holding out may bring more}]"
                    ),
                ),
                apart="signature",
            ),
            Profile(
                "onepage", "memo/onepage.html", "at a glance: why it matters, what we found, what we recommend, on one page",
                most=1, shows="strip", notes=False, measure=516.0,
                needs=(
                    Need("why_now", 'begins with "why this matters"', "for example: why_now: {title: …, points: [One sentence or two]}"),
                    Need("topics", "prints them as what we found", "for example: topics: [{kind: immediate, title: …, points: […]}]"),
                    RECOMMENDATIONS,
                ),
            ),
        )
    }
)  # fmt: skip


def find_profile(name: str) -> Profile:
    """UsageError when there is none of that name."""
    try:
        return PROFILES[name]
    except KeyError:
        raise UsageError(f'there is no memo profile "{name}"', hint=did_you_mean(name, PROFILES)) from None

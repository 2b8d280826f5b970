"""The memo's forms: each is a template, the parts of the brief that it needs, and its limits. A new form is a new row."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct
from msgspec.structs import replace

from reportgen.brief.omissions import Omission
from reportgen.system.errors import BriefError, Diagnostic, UsageError, did_you_mean

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

MEASURE = 480.0
LAST_PAGE = "sheet"
"""The class of the page with who drafted, approved and cleared the memo."""
COPIES = ("principal",)
FEW_ACTS = 4  # acts with their boxes take a fifth of a page each: more of them than these have a page more
DECK = (
    Omission(("subtitle",), "the memo has a subject line; this is on the deck’s cover", elsewhere=True),
    Omission(
        ("key_numbers",), "large beside the bottom line of the deck; the memo’s text has the facts", elsewhere=True
    ),
    Omission(("exhibits.*.notes",), "said by the briefer: in the deck’s notes", elsewhere=True),
    Omission(
        ("exhibits.*.takeaway",), "printed beside the exhibit on its slide; the memo’s text says it", elsewhere=True
    ),
    Omission(("sources.*.note",), "printed with the deck’s sources", elsewhere=True),
)
"""What no memo prints, because it was written for the deck."""
BRIEFER = (
    *DECK,
    Omission(("meeting",), "on the deck’s cover", elsewhere=True),
    Omission(("talking_points", "questions"), "said by the briefer: in the deck’s notes", elsewhere=True),
    Omission(("participants", "objective", "watch_out"), "for who goes into the meeting", other_form=True),
)
"""What no memo but the meeting's prints."""
BY_ACTS = Omission(("recommendations[].title", "recommendations[].action"), "asks for the act, in its own sentence")
FOR_DECIDERS = Omission(
    ("recommendations[].act", "recommendations[].supports", "recommendations[].objection"),
    "for those who decide: the forms action and decision print them", other_form=True,
)  # fmt: skip
LEFT_TO_STAFF = Omission(
    ("clearance", "clearances", "drafted_by", "approved_by"), "the principal’s copy has no last page", elsewhere=True
)
EXHIBITS = Omission(("exhibits",), "shows the highlights only")
Shows = Literal["case", "highlights", "strip", "none"]
"""The exhibits that a form shows: all, where the case shows them; the brief's highlights; the highlights side by side; or none."""


class Need(Struct, frozen=True):
    """A part of the brief that a form cannot do without: its key, the reason, and an example."""

    key: str
    why: str
    example: str


class Profile(Struct, frozen=True):
    """One form of memo.

    `most` limits its pages, `bluf` the lines of its bottom line; `measure` is the width of its text in points, on every
    paper. Elements of the classes `apart` have pages of their own, which do not count. Without `notes`, a text is
    followed by the paragraphs of its quotes, whose words are attached to the file as they are in every form. With `acts`, each
    recommendation is put to the decider as an act, which it needs, with boxes of its own.
    `copy` is "principal" for a memo without its last page, with who drafted, approved and cleared it: that page is for the staff.
    `leaves_out` says which texts it leaves out, and why; it changes nothing in what is printed.
    """

    template_names: ClassVar[tuple[str, ...]] = ("name", "about", "most", "shows", "notes", "copy")

    name: str
    template: str
    about: str
    most: int | None = None
    bluf: int | None = None
    needs: tuple[Need, ...] = ()
    shows: Shows = "case"
    notes: bool = True
    acts: bool = False
    measure: float = MEASURE
    apart: frozenset[str] = frozenset((LAST_PAGE,))
    copy: str = ""
    leaves_out: tuple[Omission, ...] = ()

    def limit(self, brief: Brief) -> int | None:
        """Return how many pages the memo may have; the brief's own budget counts only in the brief's own form."""
        budget = brief.pages if self.name == brief.profile else None
        more = self.acts and len(brief.recommendations) > FEW_ACTS
        most = self.most + more if self.most else None
        return min((pages for pages in (budget, most) if pages), default=None)

    def require(self, brief: Brief) -> None:
        """Raise BriefError for every part that the form needs and the brief lacks, with the place to add it."""
        found = [_build_diagnostic(need, self, brief) for need in self.missing(brief) if need is not ACT]
        found += [_report_topic(number, self, brief) for number in self._list_topics(brief)]
        if found:
            raise BriefError(found)

    def missing(self, brief: Brief) -> list[Need]:
        """Return the parts that the form needs and the brief lacks."""
        needs = [need for need in self.needs if not getattr(brief, need.key)]
        return [*needs, ACT] if self._list_topics(brief) else needs

    def _list_topics(self, brief: Brief) -> list[int]:
        """Return the numbers of the recommendations that name no act, counted from 0, where the form asks for acts."""
        return [number for number, item in enumerate(brief.recommendations) if not item.act] if self.acts else []


def _build_diagnostic(need: Need, profile: Profile, brief: Brief) -> Diagnostic:
    """Report a missing key with the place of the last key that briefs have before it."""
    order = [info.alias or name for name, info in type(brief).model_fields.items()]
    before = [key for key in order[: order.index(need.key)] if key in brief.document.data]
    where, after = (brief.where(before[-1]), f' after "{before[-1]}:"') if before else (brief.where(), "")
    message = f'{need.key} is missing, and the profile "{profile.name}" {need.why}'
    return Diagnostic(message, where, f"add{after}, {need.example}")


def _report_topic(number: int, profile: Profile, brief: Brief) -> Diagnostic:
    """Report a recommendation that has a title and no act."""
    lead = ", ".join(brief.recommendations[number].lead)
    return Diagnostic(
        f'recommendations[{number}].act is missing, and the profile "{profile.name}" {ACT.why}',
        brief.where("recommendations", number),
        f"add a sentence that begins with what the decider does, {ACT.example.format(lead=lead)}",
    )


ACT = Need(
    "recommendations[].act",
    "asks for a decision on acts, not on topics",
    "for example: act: That you authorize {lead} to … by …",
)
DECIDER = Need(
    "decider", "asks for a decision: boxes and a signature bind nobody without a name",
    "for example: decider: National Security Adviser",
)  # fmt: skip
RECOMMENDATIONS = Need(
    "recommendations", "asks the reader to decide on each one",
    "for example: recommendations: [{title: Conclude a multiyear agreement, lead: State}]",
)  # fmt: skip

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        profile.name: profile
        for profile in (
            Profile(
                "info", "memo/info.html", "to inform: the bottom line, the case, what we recommend",
                leaves_out=(
                    *BRIEFER,
                    Omission(("purpose", "decider", "clearance"), "asks for no decision", other_form=True),
                    Omission(("options",), "informs of what we recommend, not of the choice", other_form=True),
                    Omission(("recommendations[].risk",), "the risks are for those who decide"),
                    FOR_DECIDERS,
                ),
            ),
            Profile(
                "action", "memo/action.html", "to act: each recommendation as an act with its boxes, in two pages (three with more than four acts)", most=2, bluf=4, shows="highlights", notes=False, acts=True,
                needs=(DECIDER, RECOMMENDATIONS),
                leaves_out=(
                    *BRIEFER,
                    Omission(("purpose",), "its boxes say what is asked", other_form=True),
                    Omission(("options[].objection", "options[].supports"), "prints the dissent; who objects is for the choice", other_form=True),
                    BY_ACTS,
                    EXHIBITS,
                ),
            ),
            Profile(
                "decision", "memo/decision.html", "to choose: the options, their implications, dissent and a signature",
                needs=(
                    Need("purpose", "begins with it", "for example: purpose: To choose how to open the talks"),
                    DECIDER,
                    Need(
                        "options", "presents them to the reader",
                        "for example: options: [{title: Settle early, implications: [It costs a little more]}]",
                    ),
                    Need(
                        "dissent", "prints the case against", "for example: dissent: [{text: Holding out may bring more}]"
                    ),
                ),
                apart=frozenset(("signature", LAST_PAGE)), acts=True, leaves_out=(*BRIEFER, BY_ACTS),
            ),
            Profile(
                "meeting", "memo/meeting.html", "to go into a meeting: objective, points to make, answers, background, in two pages", most=2, shows="none",
                needs=(
                    Need("objective", "begins with it", "for example: objective: To agree who pays for the survey"),
                    Need("talking_points", "prints them as the points to make", "for example: talking_points: [Begin with the season.]"),
                ),
                leaves_out=(
                    *DECK,
                    Omission(("purpose", "decider", "clearance"), "asks for no decision", other_form=True),
                    Omission(("why_now.judgments", "topics[].judgments"), "its background is what we found"),
                    Omission(("why_now.points", "topics[].points"), "has room for the points that lead"),
                    Omission(("options", "dissent"), "prepares a talk, not the choice", other_form=True),
                    Omission(("recommendations[].risk", "recommendations[].decide"), "prints them as next steps"),
                    FOR_DECIDERS,
                    Omission(("timeline", "basis"), "has room for two pages"),
                    Omission(("exhibits",), "shows none: it is read on the way"),
                ),
            ),
            Profile(
                "onepage", "memo/onepage.html", "at a glance: why it matters, what we found, what we recommend, on one page",
                most=1, shows="strip", notes=False, measure=516.0,
                needs=(
                    Need("why_now", 'begins with "why this matters"', "for example: why_now: {title: …, points: [One sentence or two]}"),
                    Need("topics", "prints them as the findings", "for example: topics: [{kind: immediate, title: …, points: […]}]"),
                    RECOMMENDATIONS,
                ),
                leaves_out=(
                    *BRIEFER,
                    Omission(("to", "from", "through", "cc", "reference", "reply_by", "tracking", "purpose", "decider", "clearance"), "a page for any reader asks nobody for a decision", other_form=True),
                    Omission(("why_now.judgments", "topics[].judgments"), "has room for what we found"),
                    Omission(("topics[].points",), "has room for each topic’s first point and what qualifies it"),
                    Omission(("options", "recommendations", "timeline", "basis", "attachments"), "has room for actions, leads and dates"),
                    EXHIBITS,
                ),
            ),
        )
    }
)  # fmt: skip


def find_profile(name: str, copy: str = "") -> Profile:
    """Return the form of this name, as one of its copies, or raise UsageError."""
    try:
        form = PROFILES[name]
        return replace(form, copy=copy, leaves_out=(*form.leaves_out, LEFT_TO_STAFF)) if copy else form
    except KeyError:
        raise UsageError(f'there is no memo profile "{name}"', hint=did_you_mean(name, PROFILES)) from None

"""Every word that a memo prints of itself, in one place, so that another language is one more value."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reportgen.brief.model import Judgment
from reportgen.numbers import MONTHS, NBSP, PartialDate


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one language."""

    forms: Mapping[str, str]
    to: str
    sender: str
    date: str
    subject: str
    bottom_line: str
    bottom_line_up_front: str
    why_now: str
    kinds: Mapping[str, str]
    judge: str
    judge_with: str
    judge_ends: str
    chances: Mapping[str, str]
    source: str
    note: str
    recommendations: str
    recommendations_caption: str
    number: str
    action: str
    lead: str
    deadline: str
    deadline_in: str
    decide: str
    dates: str
    asked: str
    asked_caption: str
    background: str
    your_decision: str
    choices: tuple[str, str, str]
    choice_of: str
    ballot: str
    purpose: str
    options: str
    options_caption: str
    option: str
    implications: str
    recommended: str
    dissent: str
    dissent_by: str
    dissent_ours: str
    clearance: str
    office: str
    name: str
    initials: str
    signature_page: str
    signature_caption: str
    discuss: str
    comments: str
    signature: str
    decider: str
    why_this_matters: str
    we_found: str
    read_more: str
    basis: str
    notes: str
    stands_for: str
    said_by: str
    as_in: str
    page: str
    of: str

    def judged(self, judgment: Judgment) -> str:
        """How a judgment begins: "We judge, with moderate confidence, that it is likely that"."""
        begin = self.judge_with.format(confidence=judgment.confidence) if judgment.confidence else self.judge
        chance = f" {self.chances[judgment.likelihood]}" if judgment.likelihood else ""
        return f"{begin} {self.judge_ends}{chance}"

    def long_date(self, day: datetime.date) -> str:
        return str(PartialDate(day.year, day.month, day.day))

    def short_date(self, day: datetime.date, year: int | None = None) -> str:
        """For a table's narrow column: Apr 30, 2021; only Apr 30 where the column's head has named the year."""
        written = f"{MONTHS[day.month - 1][:3]}{NBSP}{day.day}"
        return written if day.year == year else f"{written}, {day.year}"


ENGLISH = Labels(
    forms=MappingProxyType(
        {
            "info": "Memorandum",
            "action": "Action memorandum",
            "decision": "Decision memorandum",
            "onepage": "Highlights",
        }
    ),
    to="To",
    sender="From",
    date="Date",
    subject="Subject",
    bottom_line="Bottom line",
    bottom_line_up_front="Bottom line up front",
    why_now="Why now",
    kinds=MappingProxyType({"immediate": "Do now", "opportunity": "Opportunity", "friction": "Friction"}),
    judge="We judge",
    judge_with="We judge, with {confidence} confidence,",
    judge_ends="that",
    chances=MappingProxyType(
        {
            "almost no chance": "there is almost no chance that",
            "very unlikely": "it is very unlikely that",
            "unlikely": "it is unlikely that",
            "roughly even chance": "there is a roughly even chance that",
            "likely": "it is likely that",
            "very likely": "it is very likely that",
            "almost certain": "it is almost certain that",
        }
    ),
    source="Source:",
    note="Note:",
    recommendations="What we recommend",
    recommendations_caption="Our judgment: actions, leads and dates are ours.",
    number="No.",
    action="Action",
    lead="Lead",
    deadline="By",
    deadline_in="By ({year})",
    decide="Decision needed",
    dates="Key dates",
    asked="Recommendations",
    asked_caption="For decision by: {decider}. Actions, leads and dates are our judgment.",
    background="Background",
    your_decision="Decision",
    choices=("Approve", "Disapprove", "Discuss"),
    choice_of="{number}. {title}: {choice}",
    ballot="Decision: {choice}",
    purpose="Purpose",
    options="Options",
    options_caption="Our judgment, implications included.",
    option="Option",
    implications="What follows from it",
    recommended="Recommended",
    dissent="Dissent",
    dissent_by="{by}:",
    dissent_ours="The case against, as we see it:",
    clearance="Clearance",
    office="Office",
    name="Name",
    initials="Initials",
    signature_page="Decision",
    signature_caption="Mark one, and sign.",
    discuss="Discuss before deciding",
    comments="Comments",
    signature="Signature",
    decider="Decider",
    why_this_matters="Why this matters",
    we_found="What we found",
    read_more="¶ numbers are paragraphs of the source. Its words are in the file sources.json, attached to this page.",
    basis="Basis and limits",
    notes="Notes",
    stands_for="is",
    said_by="{speaker} in {source}",
    as_in="as in note {number}",
    page="page",
    of="of",
)

LANGUAGES: Mapping[str, Labels] = MappingProxyType({"en": ENGLISH})


def labels(language: str) -> Labels:
    """The labels for a language tag: those of its language, in English where there are none yet."""
    return LANGUAGES.get(language.partition("-")[0], ENGLISH)

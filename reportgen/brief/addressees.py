"""The addressees of a memo that asks for a decision: one of them should be the person who decides."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from reportgen.brief.open_gaps import is_gap
from reportgen.system.errors import Diagnostic

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

ASKING = ("action", "decision")
"""The profiles that ask for a decision."""
_FILLERS = frozenset("a an the of for to and at in".split())  # noqa: SIM905  # shorter than a list of literals
_OTHERS = frozenset(
    "acting aide aides assistant associate chief deputy former staff team under undersecretary vice".split()  # noqa: SIM905
)
"""Words that make another person of a title: the Deputy Secretary is not the Secretary."""


def find_missing_decider(brief: Brief, profile: str | None = None) -> Diagnostic | None:
    """Return a warning for a memo that asks for a decision and is addressed to others than its decider."""
    if (profile or brief.profile) not in ASKING or not brief.decider:
        return None
    if any(map(is_gap, (brief.decider, *brief.to))):
        return None
    if any(_names_one_person(brief.decider, line) for line in brief.to):
        return None
    message = f"the memo asks {brief.decider} for a decision, and is addressed to {'; '.join(brief.to)}"
    hint = "write the decider under `to`, in the words of `decider`, or correct `decider`"
    return Diagnostic(message, brief.where("decider"), hint, "warning")


def _names_one_person(decider: str, addressee: str) -> bool:
    """Say whether two lines may mean one person: all words of one are in the other, and none makes another person of it.

    What follows a comma says more about the person: a name, a place, a date.
    """
    ours, theirs = _split_words(decider), _split_words(addressee)
    heads = _split_words(decider.partition(",")[0]), _split_words(addressee.partition(",")[0])
    pairs = ((ours, theirs), (heads[0], theirs), (ours, heads[1]), heads)
    return any(one and two and (one <= two or two <= one) and not (one ^ two) & _OTHERS for one, two in pairs)


def _split_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())) - _FILLERS

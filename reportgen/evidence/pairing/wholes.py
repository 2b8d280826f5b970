"""Numbers of which one says something of the other: a part of a whole, or what a difference is counted from."""

from __future__ import annotations

import re

from reportgen.evidence.number_grammar.mention import Mention
from reportgen.text.late_pattern import compile_late

_PARTS = compile_late(
    r"\b(?:compris\w+|includ\w+|consist\w*|made up of|composed of|of (?:which|whom|these|those|them)|among them)\b[^.]*\Z",
    re.IGNORECASE,
)
_DIFFERENCE = compile_late(
    r"\s?(?:[\w%-]+\s){0,2}?(?:lower|higher|more|less|fewer|above|below|over|under|short|smaller|larger|greater)\s(?:(?:[\w’'-]+|than)\s){0,7}?\Z",
    re.IGNORECASE,
)


_CHANGE = compile_late(
    r"(?:\s[\w%’'-]+){0,4}?,?\s\(?(?:down|up|(?:a|an)\s(?:increase|decrease|rise|fall|gain|drop|decline)\sof)\s(?:by\s)?(?:about\s|nearly\s|almost\s|roughly\s)?\Z",
    re.IGNORECASE,
)
"""What leads from a level to its change: "162 bushels, down 3 bushels"."""


def is_said_of_both(text: str, first: Mention, second: Mention) -> bool:
    """Return whether what a text says of its first number holds for a later one: "2 million people, including 1 million children".

    So does what it says of a difference for the number that it is counted from: "arrivals were 7,000 lower than the 334,000 of 2015".
    """
    if first.end > second.first:
        return False
    between = text[first.end : second.first]
    return bool(_PARTS.search(between) or _DIFFERENCE.fullmatch(between) or _CHANGE.fullmatch(between))

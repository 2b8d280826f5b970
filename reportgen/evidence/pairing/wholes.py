"""Numbers of which one says something of the other: a part of a whole, or what a difference is counted from."""

from __future__ import annotations

import re

from reportgen.evidence.number_grammar.mention import Mention

_PARTS = re.compile(
    r"\b(?:compris\w+|includ\w+|consist\w*|made up of|composed of|of (?:which|whom|these|those|them)|among them)\b[^.]*\Z",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"\s?(?:[\w%-]+\s){0,2}?(?:lower|higher|more|less|fewer|above|below|over|under|short|smaller|larger|greater)\s(?:(?:[\w’'-]+|than)\s){0,7}?\Z",
    re.IGNORECASE,
)


def is_said_of_both(text: str, first: Mention, second: Mention) -> bool:
    """Return whether what a text says of its first number holds for a later one: "2 million people, including 1 million children".

    So does what it says of a difference for the number that it is counted from: "arrivals were 7,000 lower than the 334,000 of 2015".
    """
    if first.end > second.first:
        return False
    between = text[first.end : second.first]
    return bool(_PARTS.search(between) or _DIFFERENCE.fullmatch(between))

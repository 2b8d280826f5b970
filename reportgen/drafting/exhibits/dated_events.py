"""Events in their order: sentences that say in a few words what happened on which date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportgen.drafting.draft_values import TakenSentence
from reportgen.drafting.exhibits.candidate import Candidate
from reportgen.evidence.qualifiers import is_verb
from reportgen.text.numbers import PartialDate

FEWEST, MOST = 3, 7
LONGEST_TITLE = 64  # letters
_LEADING = re.compile(r"\A(?:In|On|By|Since|As of|At the end of)\s(?:(?:early|mid|late|fiscal year|the)[\s-])?\Z")
_TRAILING = re.compile(r"\s(?:in|on|by)\s(?:(?:early|mid|late|fiscal year|the)[\s-])?\Z")
_RELATIVE = re.compile(
    r",?\s(?:which|who|that|where|when|while|after|before|because|as|but|although|despite|following|amid|including|such as)\s.*\Z",
    re.DOTALL,
)
_UNREAL = re.compile(r"\b(?:should|must|could|would|may|might|if|unless|not|never)\b")
_VAGUE = re.compile(r"\A(?:This|That|These|Those|It|They|He|She|There|We|I)\b")


def propose_timeline(sentences: Sequence[TakenSentence]) -> Candidate | None:
    """Return a timeline of the sentences that have one date and one short statement; None for fewer than three of them."""
    events: dict[PartialDate, tuple[str, str, TakenSentence]] = {}
    for taken in sentences:
        found = _read_event(taken)
        if found and found[0] not in events:
            events[found[0]] = (found[1], found[2], taken)
    if len(events) < FEWEST or len({date.year for date in events}) < 2:
        return None
    best = sorted(events.items(), key=lambda each: -each[1][2].sentence.score)[:MOST]
    drawn = sorted(best, key=lambda each: each[0].position())
    items = [{"date": fact, "title": title} for _, (fact, title, _) in drawn]
    quotes = list(dict.fromkeys(taken.quote for _, (_, _, taken) in drawn))
    fields = {"kind": "timeline", "events": items, "quotes": quotes}
    return Candidate("events", fields, drawn[0][1][2], 1.0 + 0.5 * len(drawn))


def _read_event(taken: TakenSentence) -> tuple[PartialDate, str, str] | None:
    """Return a sentence's date, its fact and its statement, where it has one date, no amount, and few words."""
    if len(taken.sentence.facts) != 1 or not taken.facts[0] or not taken.sentence.facts[0].is_date:
        return None
    fact, text = taken.sentence.facts[0], taken.sentence.text.rstrip(" .")
    date = fact.mention.value
    if not isinstance(date, PartialDate) or not date.year or date.decade or date.year > 2100:
        return None
    before, behind = text[: fact.mention.start], text[fact.mention.end :]
    if _LEADING.match(before) and behind.startswith(", "):
        title = behind[2:]
    elif (cut := _TRAILING.search(before)) and not behind and not _RELATIVE.search(before[: cut.start()]):
        title = before[: cut.start()]
    else:
        return None
    title = _RELATIVE.sub("", title).strip(" ,;")
    if not title or ":" in title or is_verb(title.split()[-1]):
        return None  # the statement is cut off before what it says
    if (
        len(title.split()) < 3
        or len(title) > LONGEST_TITLE
        or _VAGUE.match(title)
        or _UNREAL.search(title)
        or re.search(r"[\d“”\"(\[]", title)
    ):
        return None
    return date, taken.facts[0], title[:1].upper() + title[1:]

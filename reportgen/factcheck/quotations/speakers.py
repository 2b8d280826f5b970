"""The speaker of a quotation: the name beside "said" or "according to", before it, after it, or inside its break."""

from __future__ import annotations

import re

from reportgen.evidence.bare_words import strip_typography
from reportgen.text.late_pattern import compile_late

_SAYS = r"(?:says?|said|told|tells?|writes?|wrote|explain(?:s|ed)?|add(?:s|ed)|not(?:es|ed)|argu(?:es|ed)|warn(?:s|ed)|tweet(?:s|ed)|stat(?:es|ed)|claim(?:s|ed)|call(?:s|ed)|ask(?:s|ed)|declar(?:es|ed)|conclud(?:es|ed)|report(?:s|ed)|insist(?:s|ed)|acknowledg(?:es|ed)|testif(?:ies|ied)|wrote|read|reads|predict(?:s|ed)|describ(?:es|ed)|continu(?:es|ed)|announc(?:es|ed)|repl(?:ies|ied))"
_NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof)\. )?[A-Z][\w’'-]*(?:(?: [A-Z]\.)? (?:(?:de|van|von|al|bin|der|la) )?[A-Z][\w’'-]*){0,3}"
_AFTER = compile_late(
    rf"\A[,.!?…]*[”\"’]?,?\s*(?:(?:{_SAYS})\s+(?:(?:[a-z][\w’'-]*|the|[A-Z]{{2,}}[\w]*)\s){{0,5}}(?P<one>{_NAME})"
    rf"|(?P<two>{_NAME})(?:,[^,.;“\"]{{1,60}},)?\s+(?:later\s|also\s|then\s)?{_SAYS}\b|according to (?:the )?(?P<three>{_NAME}))"
)
_BEFORE = compile_late(
    rf"(?:(?P<one>{_NAME})(?:,[^,.;“\"]{{1,60}},)?\s+(?:later\s|also\s|then\s|has\s)?{_SAYS}\b[^.;“”\"]{{0,60}}"
    rf"|[Aa]ccording to (?:the )?(?P<two>{_NAME})[^.;“”\"]{{0,30}})[\s,:]*[“\"‘]?\Z"
)
_NO_NAME = frozenset(
    "The This That It He She They We I But And In On At A An His Her Its Their Our My When While As If For Also Later Then So What Who Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905 - words are read more easily than a list
)


def find_speaker(text: str, start: int, end: int) -> str:
    """Return the name that a text gives to the speaker of words between two places; "" where it gives none."""
    for match in (_AFTER.match(text[end : end + 160]), _BEFORE.search(text[max(0, start - 160) : start])):
        if match:
            name = next(filter(None, match.groups()), "")
            words = name.split()
            while words and words[0] in _NO_NAME:
                words = words[1:]
            if words:
                return " ".join(words)
    return ""


def names_speaker(text: str, speaker: str) -> bool:
    """Return whether a text has a speaker's last name, or the initials of an office."""
    found = f" {strip_typography(text).text.replace('~', ' ')} "
    words = [word for word in re.split(r"\s+", speaker) if word]
    last = strip_typography(re.sub(r"[’']s?\Z", "", words[-1])).text
    initials = "".join(word[0] for word in words if word[0].isupper()).lower()
    return f" {last} " in found or f" {last}'s " in found or (len(initials) > 2 and f" {initials} " in found)

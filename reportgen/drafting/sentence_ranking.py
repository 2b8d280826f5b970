"""The sentences of an article, ranked by how likely a brief quotes them.

The weights were fitted by logistic regression on the sentences that people quoted in thirty briefs about public reports, releases and
articles, then rounded. Numbers count most, then change, forecast, risk and words that many other sentences share.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from reportgen.drafting.drafted_facts import DraftedFact, draft_facts
from reportgen.evidence.qualifiers import stem_set
from reportgen.evidence.sources.paragraphs import Paragraph
from reportgen.text.late_pattern import compile_late
from reportgen.text.sentence_ends import split_sentences

FEWEST_WORDS, SHORT, LONGEST_QUOTE = 4, 9, 120
"""Words of a sentence: what is longer is a list, or two sentences that were read as one."""


def _words(words: str) -> re.Pattern[str]:
    return compile_late(rf"\b(?:{words})\b", re.IGNORECASE)


_CUES: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("says what should be done", 0.3, _words(r"should|must|needs? to|ought|recommend\w*|urge[sd]?|priorit\w+|essential")),
    ("a risk", 0.4, _words(r"risk\w*|threat\w*|could|may|might|likely|challenge\w*|concern\w*|uncertain\w*|vulnerab\w*|fail\w*|lack\w*|weak\w*|unsustainab\w*|shortage\w*")),
    ("a superlative", 0.4, _words(r"most|least|largest|smallest|highest|lowest|biggest|record|first|only|main|key|major|leading|worst|best")),
    ("a forecast", 0.4, _words(r"will|would|expect\w*|project(?:s|ed|ions?)|forecast\w*|plan(?:s|ned)?|next|estimate\w*")),
    ("a cause", 0.3, _words(r"because|due to|as a result|led to|driven by|reflect\w*|owing|caused?|results? (?:in|from)|contribut\w*|therefore|thus")),
    ("a contrast", 0.2, _words(r"but|however|despite|although|though|while|whereas|yet|instead|unless|otherwise")),
    ("a finding", 0.15, _words(r"found|finds?|shows?|showed|conclude\w*|suggest\w*|indicat\w*|report(?:s|ed)|said|says|according to|announce\w*|agreed")),
)  # fmt: skip
_CHANGE = _words(
    r"increas\w*|decreas\w*|r[io]se[sn]?|fell|fall\w*|grew|grow\w*|declin\w*|drop\w*|reduc\w*|gain\w*|los[st]\w*|doubl\w*|higher|lower|more than|less than|fewer|up|down|slow\w*|remain\w*"
)
_BOILERPLATE = compile_late(
    r"https?://|www\.|\b(?:contact|e-?mail|phone|tel\.|fax|copyright|all rights reserved|subscribe|click|download|see (?:table|figure|appendix|chart|page)|next release|for more information|is available (?:at|on)|questionnaire|rounding|media inquiries|press release|scheduled to be released|cookies?|sign up|newsletter)\b",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?。！？।؟]['’”\")\]]*(?:\s*\[\d+\])*\Z")
_OTHER_END = re.compile(r"(?<=[。！？])(?![”」』）])|(?<=[.!?؟।])\s+(?=[^\x00-\x7f“‘\s])")
"""The end of a sentence of a script without capitals."""
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_FORMULA = re.compile(
    r"[\u2500-\u257f\u2580-\u259f\u2102\u210d\u2115\u2119\u211a\u211d\u2124\U0001d400-\U0001d7ff\ue000-\uf8ff]"
)
"""Letters of formulas, frames and private fonts, which text faces do not have."""
_MARK_BEFORE = re.compile(r"\A(?:\[\d{1,3}\]\s*|[•▪*–—-]\s+)+")
_MARK_BEHIND = re.compile(r"(?:\s*\[\d{1,3}\])+\Z")


class RankedSentence(Struct, frozen=True):
    """A sentence of an article: its words as they can be quoted, its numbers, its rank's score, and the reasons for that."""

    source: str
    paragraph: Paragraph
    text: str
    facts: tuple[DraftedFact, ...]
    score: float
    reasons: tuple[str, ...]
    place: int
    """Its place among all sentences of the article."""


def rank_sentences(source: str, title: str, paragraphs: Sequence[Paragraph]) -> list[RankedSentence]:
    """Return the sentences of an article that can be quoted, the one most likely quoted first.

    Parameters
    ----------
    source
        The id of the source in the brief.
    title
        The article's title, whose words say what it is about.
    paragraphs
        Its paragraphs. Rows of tables and footnotes are no sentences.
    """
    spans = [(paragraph, text) for paragraph in paragraphs if not paragraph.is_row for text in _split(paragraph)]
    stems = [stem_set(text) for _, text in spans]
    shared = Counter(stem for each in stems for stem in each)
    about = stem_set(title)
    early = 0.15 * max((paragraph.number for paragraph, _ in spans), default=0)
    found: list[RankedSentence] = []
    seen: set[str] = set()
    for place, ((paragraph, text), own) in enumerate(zip(spans, stems, strict=True)):
        key = " ".join(text.lower().split())
        if _FORMULA.search(text) or key in seen or not FEWEST_WORDS <= _count_words(text) <= LONGEST_QUOTE:
            continue
        seen.add(key)
        facts = draft_facts(text)
        if not _END.search(text) and (len(text.split()) < SHORT or not any(not fact.is_date for fact in facts)):
            continue  # a heading, a byline, a caption, a label of a chart
        central = sum(shared[stem] - 1 for stem in own) / max(1, len(own)) / math.sqrt(len(spans))
        score, reasons = _score(text, facts, central)
        if len(about & own) > 1:
            score += 0.2
            reasons.append("words of the title")
        score += 0.3 * (paragraph.number <= early)
        found.append(RankedSentence(source, paragraph, text, facts, score, tuple(reasons), place))
    return sorted(found, key=lambda each: -each.score)


def _split(paragraph: Paragraph) -> list[str]:
    texts = [paragraph.text[start:end] for start, end in split_sentences(paragraph.text)]
    texts = [part for text in texts for part in _OTHER_END.split(text)]
    return [_MARK_BEHIND.sub("", _MARK_BEFORE.sub("", text)) for text in texts]


def _count_words(text: str) -> int:
    """Return the words of a text; of a script without spaces, two letters count as one."""
    return max(len(text.split()), len(_SPACELESS.findall(text)) // 2)


def _score(text: str, facts: Sequence[DraftedFact], central: float) -> tuple[float, list[str]]:
    """Return a sentence's score by its own words and numbers, with the reasons that raise it."""
    amounts = [fact for fact in facts if not fact.is_date]
    score, reasons = 0.5 * central, []
    if amounts:
        count = len(amounts)
        score += 1.6 + 0.4 * (count > 1) + 0.4 * (count > 2) - 0.2 * (count > 4)
        reasons.append(f"{count} number{'s' * (count > 1)}")
        kinds = {fact.mention.kind for fact in amounts}
        score += 0.9 * bool(kinds & {"percent", "points"}) + 0.7 * ("money" in kinds)
        if _CHANGE.search(text):
            score += 0.6
            reasons.append("a change")
    if len(amounts) < len(facts):
        score += 1.1
        reasons.append("a date")
    for reason, weight, cue in _CUES:
        if cue.search(text):
            score += weight + (0.4 if amounts and reason == "a forecast" else 0.0)
            reasons.append(reason)
    words = len(text.split())
    capitals = sum(char.isupper() for char in text) / len(text)
    score += 0.2 * (words >= 25) - 0.2 * (words > 45) - 0.6 * (words < 12) - 0.6 * (capitals > 0.15)
    score -= 0.8 * (not _END.search(text)) + 0.3 * text.endswith("?") + 0.6 * text.startswith(("(", "[", "*"))
    score -= 0.8 * bool(_BOILERPLATE.search(text))
    return score, reasons

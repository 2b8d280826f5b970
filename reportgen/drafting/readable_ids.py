"""Readable ids for what a draft takes from an article: of the words beside a number, and of the rarest words of a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping

from reportgen.drafting.drafted_facts import DraftedFact
from reportgen.evidence.qualifiers import VARYING, is_stop_word, is_verb
from reportgen.text.numbers import PartialDate

LONGEST = 32
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_COMMON = frozenset(
    [
        "percent",
        "per",
        "cent",
        "million",
        "billion",
        "trillion",
        "thousand",
        "year",
        "years",
        "month",
        "months",
        "week",
        "weeks",
        "day",
        "days",
        "about",
        "around",
        "nearly",
        "almost",
        "roughly",
        "approximately",
        "according",
        "total",
        "also",
        "first",
        "last",
        "next",
        "new",
        "including",
        "number",
        "rate",
        "level",
        "among",
        "between",
        "since",
        "through",
        "during",
        "while",
        "only",
        "just",
        "over",
        "under",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


def make_slug(text: str, longest: int = 60) -> str:
    """Return words as small ASCII letters, digits and single hyphens: "The US–Korea pact" is us-korea-pact."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    kept = [word for word in words if word not in ("the", "a", "an")] or words
    slug = ""
    for word in kept:
        if len(slug) + len(word) >= longest:
            break
        slug = f"{slug}-{word}" if slug else word
    return slug or (words[0][:longest] if words else "")


def make_unique(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken: itself, or with the next number."""
    if name not in taken:
        return name
    return next(f"{name}-{count}" for count in range(2, 100_000) if f"{name}-{count}" not in taken)


def name_fact(sentence: str, fact: DraftedFact) -> str:
    """Return an id of the words beside a number: those behind it, else those before it, and its year."""
    mention = fact.mention
    if not fact.is_date and (own := make_slug(str(fact.fields.get("words", "")), LONGEST)) and own[0].isalpha():
        return own
    behind = list(_content(sentence[max(mention.end, mention.stop) :][:60]))
    window = sentence[max(0, mention.first - 90) : mention.first]
    before = list(_content(window if mention.first <= 90 else window.partition(" ")[2]))
    if fact.is_date or not fact.fields.get("unit") or mention.kind in ("money", "percent", "points", "times"):
        words = before[-2:] or behind[:2]
        if not fact.is_date and mention.noun and len(before) < 2:
            words = [*before[-1:], *behind[:1]] or words
    else:
        counted = list(_content(str(fact.fields["unit"])))
        words = [*(before[-1:] if len(counted) < 2 else []), *counted[-2:]]
    name = make_slug(" ".join(dict.fromkeys(word.lower() for word in words)), LONGEST - 5) or (
        "date" if fact.is_date else "number"
    )
    if year := _year(fact):
        name = f"{name}-{year}"
    return name if name[0].isalpha() else f"n-{name}"


def _year(fact: DraftedFact) -> str:
    if fact.is_date:
        value = fact.mention.value
        return str(value.year) if isinstance(value, PartialDate) and value.year else ""
    return str(fact.fields.get("as_of", ""))[:4]


def name_quote(sentence: str, shared: Mapping[str, int]) -> str:
    """Return an id of the two words of a sentence that the fewest other sentences have, names first."""
    words = list(_content(sentence))
    order = {word: index for index, word in reversed(list(enumerate(words)))}
    weight = {word: shared.get(word.lower(), 1) - 3 * word[:1].isupper() * (index > 0) for word, index in order.items()}
    best = sorted(sorted(order, key=lambda word: (weight[word], order[word]))[:2], key=order.__getitem__)
    name = make_slug(" ".join(best), LONGEST) or "quote"
    return name if name[0].isalpha() else f"q-{name}"


def count_words(sentences: Iterable[str]) -> dict[str, int]:
    """Return how many sentences have each word."""
    shared: dict[str, int] = {}
    for sentence in sentences:
        for word in {word.lower() for word in _content(sentence)}:
            shared[word] = shared.get(word, 0) + 1
    return shared


def _content(text: str) -> Iterator[str]:
    """Yield the words that may name something: no verb, no word of a number, none that any sentence may have."""
    for match in _WORD.finditer(text):
        word = re.sub(r"[’']s?\Z", "", match[0])
        small = word.lower()
        is_name = word[:1].isupper()
        if len(word) < 3 and not word.isupper():
            continue
        if small in _COMMON or is_stop_word(small) or (small in VARYING and not is_name):
            continue
        if is_verb(word) and not is_name:
            continue
        yield word

"""Names in a claim, and whether the source has them where the claim's evidence stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from reportgen.evidence.claims.opposites.base_forms import find_bases
from reportgen.evidence.claims.opposites.senses import words_like
from reportgen.evidence.claims.opposites.subject_words import SUBJECTS
from reportgen.evidence.claims.statements import Statement, word_set
from reportgen.text.late_pattern import compile_late

_NAME = compile_late(r"(?<![\w$&])(?:[A-Z]\.){2,}|(?<![\w$&])[^\W\d_a-z][^\W\d_]+(?:[’'-][^\W\d_a-z][^\W\d_]+)*")
_OPENING = frozenset('.:“?!;(‘"—–')
_SHARED = 4  # letters that a name and its adjective begin with: Norway and Norwegian have more
_PLACES = (
    "us american america americans washington united federal u.s",
    "uk britain british briton britons london united england u.k",
    "eu europe european europeans brussels union",
    "china chinese beijing", "russia russian moscow kremlin", "india indian delhi", "korea korean koreans seoul pyongyang", "japan japanese tokyo", "germany german berlin", "france french paris",
    "spain spanish madrid", "italy italian rome", "ukraine ukrainian kyiv kiev", "netherlands dutch hague", "turkey turkish türkiye ankara", "israel israeli jerusalem", "iran iranian tehran",
    "canada canadian ottawa", "mexico mexican", "brazil brazilian brasilia", "australia australian canberra", "switzerland swiss bern", "sweden swedish stockholm", "norway norwegian oslo",
    "denmark danish copenhagen", "finland finnish helsinki", "poland polish warsaw", "greece greek athens", "portugal portuguese lisbon", "taiwan taiwanese taipei", "pakistan pakistani islamabad",
    "saudi riyadh", "egypt egyptian cairo", "philippines philippine filipino manila", "thailand thai bangkok", "congo congolese", "wales welsh", "ireland irish dublin", "iraq iraqi baghdad",
    "california californian", "fed federal", "covid coronavirus pandemic", "democrats democratic democrat", "republicans republican gop", "senate senator senators", "congress congressional",
)  # fmt: skip
"""A country with its adjective and its capital, which stands for its government."""
_HOME = word_set("us usa america american americans united states kingdom congress parliament government")
"""Names that a source leaves out at home."""
_ORDINARY = word_set(
    "mr mrs ms dr prof i ok january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday "
    "mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec gdp ceo chancellor king queen pope prince mayor commissioner general president minister secretary prime chairman chair director governor senator western eastern northern southern west east north south "
    "internet act bill code article section chapter table figure annex title part note source sources christmas easter"
)


class Name(Struct, frozen=True):
    """A word with a capital inside a sentence, and its place."""

    text: str
    start: int
    end: int


def find_names(statement: Statement) -> Iterator[Name]:
    """Yield the words of a text that a capital marks as names: not the first of a sentence, nor those of a heading in capitals."""
    text = statement.text
    found = [match for match in _NAME.finditer(text) if not _opens(text, match.start())]
    if len(found) > 3 and 2 * len(found) > len(text.split()):
        return  # "Latin America and the Caribbean Is Slow": a title in capitals, or nothing but a name
    for match in found:
        word = match[0].removesuffix("’s").removesuffix("'s")
        if word.lower() not in _ORDINARY:
            yield Name(word, match.start(), match.start() + len(word))


def _opens(text: str, at: int) -> bool:
    before = text[:at].rstrip()
    return not before or before[-1] in _OPENING


def find_subjects(statement: Statement) -> Iterator[Name]:
    """Yield the persons, things and events of a text that only a source can bring in."""
    for word in statement.words:
        if any(base in SUBJECTS for base in find_bases(word.text)):
            yield Name(word.text, word.start, word.end)


class KnownNames(Struct, frozen=True):
    """The words of some texts, as far as names are compared with them."""

    words: frozenset[str]
    beginnings: frozenset[str]
    initials: str

    def speaks_of(self, word: str) -> bool:
        """Return whether the texts have a word, another of its stem, or one that means the same."""
        if len(word) > _SHARED and any(known.startswith(word[:5]) for known in self.words):
            return True
        bases = find_bases(word)
        return not self.words.isdisjoint(bases) or any(not self.words.isdisjoint(words_like(base)) for base in bases)

    def has(self, name: str) -> bool:
        """Return whether the texts have a name, another form of it, its initials or what they stand for."""
        plain = name.replace(".", "").lower()
        if plain in _HOME:
            return True
        if plain in self.words or (len(plain) > _SHARED and plain[:_SHARED] in self.beginnings):
            return True
        if not self.words.isdisjoint(_alike().get(plain, ())):
            return True
        if any(part in self.words for part in plain.replace("’", "-").replace("'", "-").split("-") if len(part) > 2):
            return True
        return name.isupper() and (plain in self.initials or plain.rstrip("s") in self.initials)


def read_names(texts: Iterable[str]) -> KnownNames:
    """Return the words that some texts have."""
    words: set[str] = set()
    initials = []
    for text in texts:
        found = _WORDS.findall(text.replace("U.S.", "US").replace("U.K.", "UK"))
        words.update(word.lower() for word in found)
        initials.append("".join(word[0].lower() for word in found if word[0].isupper()))
    words |= {base for word in words for base in find_bases(word)}
    return KnownNames(frozenset(words), frozenset(word[:_SHARED] for word in words), " ".join(initials))


_WORDS = compile_late(r"[^\W\d_]+")


@cache
def _alike() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _PLACES:
        words = frozenset(line.split())
        for word in words:
            found[word] = found.get(word, frozenset()) | words
    return found

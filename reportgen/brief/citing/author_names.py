"""The name by which notes and source lines cite a source's author.

    Jane Doe; Doe, Jane; Dr. J. Doe Jr.     Doe
    Jane Doe and John Roe                   Doe and Roe
    Jane Doe, John Roe, and Ann Poe         Doe et al.
    World Bank; Department of Health and Human Services     whole
    Moon Jae-in; 문재인                       Moon; whole, as Korean texts cite it

A name whose form does not say which part is the family's is cited by its likeliest reading, and is not sure.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

from reportgen.brief.citing import name_words as known
from reportgen.text.languages import load_labels
from reportgen.text.late_pattern import compile_late


class CitedName(Struct, frozen=True):
    """The name that notes print. `other` is what it may be as well, where the form of the name leaves that open."""

    name: str
    other: str = ""


_ET_AL = compile_late(r",?\s+(?:et\s+al\.?|and\s+others|외|وآخرون)\s*$", re.IGNORECASE)
_AND = compile_late(r"\s*,?\s+(?:and|&|und)\s+(?=\S)")
_ACRONYM = compile_late(r"\s*[(（][^()（）]*[)）]\s*$")
_INITIALS = compile_late(r"(?:[^\W\d_]\.[\s-]?)+")
_BARE_INITIALS = compile_late(r"[A-Z]{1,3}")
_HYPHENATED_GIVEN = compile_late(r"[^\W\d_]+-[^\W\d_]+")
_EAST_ASIAN = compile_late(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_EAST_ASIAN_COMMA = compile_late(r"\s*[·・,，、;]\s*")
_ARABIC = compile_late(r"[\u0600-\u06ff]")
_ARABIC_COMMA = compile_late(r"\s*[؛،;]\s*")
GLUE = "\ue002"
"""The sign that holds the words of a family name together, while it is put behind the given names."""
_PERSON_IN_SIGNS = 5
"""The most signs of a name without spaces: Korean and Chinese ones have two to four."""


@lru_cache(maxsize=256)
def cite_author(author: str, language: str = "en") -> CitedName:
    """Return the name by which notes in a language cite an author or several."""
    if _is_plain(author.split()):
        return CitedName(author.split()[1])
    text = " ".join(author.replace(GLUE, "").split()) or author
    with_others = bool(_ET_AL.search(text))
    text = _ET_AL.sub("", text)
    people = _split_east_asian(text) or _split_arabic(text) or _split_authors(text)
    if not people:
        whole = _ACRONYM.sub("", text) or text
        return CitedName(_join([whole], with_others, language))
    others = [person.other or person.name for person in people]
    if not all(person.name for person in people):
        return CitedName(text)
    name, other = (_join(names, with_others, language) for names in ([person.name for person in people], others))
    return CitedName(name, other if other != name else "")


def _is_plain(words: list[str]) -> bool:
    """Return whether a name is a given name and a family's, as most are: no pattern has to be compiled for it."""
    if len(words) != 2 or not all(
        word.isascii() and word.isalpha() and word.istitle() and len(word) > 2 for word in words
    ):
        return False
    lower = {word.lower() for word in words}
    return all(
        lower.isdisjoint(each)
        for each in (known.INSTITUTIONS, known.FAMILY_FIRST, known.PARTICLES, known.TITLES, known.SUFFIXES)
    )


def _join(names: list[str], with_others: bool, language: str) -> str:
    labels = load_labels(language)
    if with_others or len(names) > 2:
        return labels.more_authors.format(first=names[0])
    return labels.two_authors.format(first=names[0], second=names[1]) if len(names) == 2 else names[0]


def _split_east_asian(text: str) -> list[CitedName]:
    """Return the names of authors in Korean, Chinese or Japanese script, each whole; none where they are an institution's."""
    if not _EAST_ASIAN.search(text):
        return []
    parts = [part for part in _EAST_ASIAN_COMMA.split(text) if part]
    is_people = all(len(part.replace(" ", "")) <= _PERSON_IN_SIGNS for part in parts)
    return [CitedName(part) for part in parts] if is_people else [CitedName(_ACRONYM.sub("", text) or text)]


def _split_arabic(text: str) -> list[CitedName]:
    return [_cite_arabic(part) for part in _ARABIC_COMMA.split(text) if part] if _ARABIC.search(text) else []


def _cite_arabic(text: str) -> CitedName:
    words = text.split()
    if len(words) < 2 or words[0].startswith("ال") or not known.ARABIC_INSTITUTIONS.isdisjoint(words):
        return CitedName(text)
    at = len(words) - 1
    while at > 1 and words[at - 1] in known.ARABIC_PARTICLES:
        at -= 1
    return CitedName(" ".join(words[at:]))


def _split_authors(text: str) -> list[CitedName]:
    """Return the authors of a text in Latin letters or the like; none where it is an institution's name, or several."""
    groups = [part for part in re.split(r"\s*;\s*", text) if part]
    if len(groups) == 1:
        groups = [part for part in _AND.split(text) if part]
    parts = [part for group in groups for part in _split_commas(group)]
    if all(_is_institution(part) for part in parts):
        return []
    if any(_is_institution(part) for part in parts) and any(" " not in part for part in parts):
        return []  # "Food and Drug Administration": a part that is no name by itself
    return [CitedName(_ACRONYM.sub("", part)) if _is_institution(part) else _cite_person(part) for part in parts]


def _split_commas(text: str) -> list[str]:
    """Split authors at commas, with family names that stand before given names put behind them."""
    parts = [part.strip() for part in text.split(",")]
    parts = [part for part in parts if part and part.strip(".").lower() not in known.SUFFIXES]
    people: list[str] = []
    index = 0
    while index < len(parts):
        family, given = parts[index], parts[index + 1] if index + 1 < len(parts) else ""
        if given and _is_inverted(family, given):
            people.append(f"{given} {GLUE}{family.replace(' ', GLUE)}")
            index += 2
        else:
            people.append(family)
            index += 1
    return people


def _is_inverted(family: str, given: str) -> bool:
    """Return whether two parts are a family name and the given names that belong to it: "Doe" and "Jane M."."""
    if any(" " in part and _is_institution(part) for part in (family, given)):
        return False
    if _INITIALS.fullmatch(given) or _BARE_INITIALS.fullmatch(given):
        return True
    rest = [word for word in given.split() if not _INITIALS.fullmatch(word)]
    words = [word for word in family.split() if word.lower() not in known.PARTICLES]
    given_words = [word for word in rest if word.lower() not in known.PARTICLES]
    return len(words) <= (2 if _is_double(words) else 1) and len(given_words) <= (
        2 if len(words) == 1 and not family.isupper() else 1
    )


def _is_double(words: list[str]) -> bool:
    return len(words) == 2 and all(map(_is_spanish, words))


def _is_spanish(word: str) -> bool:
    return word.lower() in known.SPANISH or unicodedata.normalize("NFC", word.lower()).endswith("ez")


def _is_institution(text: str) -> bool:
    """Return whether a name is an institution's: it has a word of theirs, a figure, or is one word alone."""
    bare = _ACRONYM.sub("", text)
    words = [word.strip(".,'’").removesuffix("'s").removesuffix("’s") for word in re.split(r"[\s/–]+", bare)]
    if len(bare.split()) == 1 or any(char.isdigit() for char in bare) or text != bare:
        return GLUE not in bare
    if any(_INITIALS.fullmatch(word) for word in bare.split()) and not re.search(r"\bU\.\s?[SKN]\.", bare):
        return bool({"of", "for", "and", "&"} & set(words))
    if words[0].lower() in known.GIVEN and len(words) == 2:
        return False
    return any(word.lower() in known.INSTITUTIONS for word in words) or any(
        len(word) > 3 and word.isupper() and not bare.isupper() for word in words
    )


def _cite_person(text: str) -> CitedName:
    """Return a person's family name, and another reading where the form of the name allows two."""
    words = [word for word in text.split() if word.strip(".,").lower() not in known.SUFFIXES]
    while len(words) > 1 and words[0].strip(".").lower() in known.TITLES:
        words = words[1:]
    if not words:
        return CitedName(text)
    if GLUE in words[-1]:
        particles = [word for word in words[1:-1] if word in known.PARTICLES]
        return CitedName(" ".join([*particles, words[-1].replace(GLUE, " ").strip()]))
    if len(words) == 1:
        return CitedName(words[0])
    if _BARE_INITIALS.fullmatch(words[-1]) and not words[0].isupper():  # Doe JM
        return CitedName(" ".join(words[:-1]))
    if found := _cite_family_first(words):
        return found
    at = next((index for index, word in enumerate(words[1:], 1) if _is_particle(words, index)), len(words) - 1)
    if "y" in words[1:-1]:
        at = min(at, words.index("y") - 1) or 1
    if at == len(words) - 1 and len(words) > 2 and _is_spanish(words[-2]):
        double = " ".join(words[-2:])
        return CitedName(double) if _is_spanish(words[-1]) else CitedName(words[-1], double)
    return CitedName(" ".join(words[at:]))


def _is_particle(words: list[str], at: int) -> bool:
    word = words[at]
    return at < len(words) - 1 and word.lower() in known.PARTICLES and (word.islower() or len(word) > 1)


def _cite_family_first(words: list[str]) -> CitedName | None:
    """Return the name of a person from a country where the family's name is first, if these words can be one's."""
    first, last = words[0].lower(), words[-1].lower()
    is_hyphenated = len(words) == 2 and bool(_HYPHENATED_GIVEN.fullmatch(words[-1]))
    if first not in known.FAMILY_FIRST or len(words) > 3 or any(_INITIALS.fullmatch(word) for word in words):
        return None
    if is_hyphenated and words[-1].partition("-")[2].islower():
        return CitedName(words[0])
    if last in known.FAMILY_FIRST or first in known.GIVEN_TOO or is_hyphenated:
        return CitedName(words[0], words[-1]) if is_hyphenated else CitedName(words[-1], words[0])
    return CitedName(words[0])

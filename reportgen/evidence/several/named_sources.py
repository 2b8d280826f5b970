"""The sources and speakers that a sentence names as the owners of what it says: "CBO estimates", "according to the 2018 report"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from reportgen.brief.citing.author_names import cite_author
from reportgen.brief.evidence_models import Source
from reportgen.evidence.bare_words import strip_typography
from reportgen.text.late_pattern import compile_late

_KINDS = r"(?:report|study|assessment|edition|survey|estimate|forecast|review|update|paper|analysis|projection|outlook|release|article|bulletin|statement|audit)s?"
_SAYS = (
    r"(?:says?|said|finds?|found|estimates?|estimated|projects?|projected|expects?|expected|forecasts?|predicts?|predicted|reports?|reported|counts?|counted|"
    r"puts?|calculates?|calculated|concludes?|concluded|shows?|showed|states?|stated|writes?|wrote|argues?|argued|warns?|warned|notes?|noted|gives?|gave|sees|"
    r"has|had|lists?|listed|records?|recorded|measures?|measured|reckons?|suggests?|suggested|believes?|believed|describes?|calls?|called|claims?|claimed|adds|sets?|counted)"
)
_AFTER = compile_late(
    rf"(?:[’']s?)?(?:\s*\((?:19|20)\d\d[a-z]?\))?(?:[’']s)?(?:\s+(?:own|latest|new|earlier|later|recent|annual|\d{{4}}|{_KINDS}|figures?|data|count|staff))*(?:\s+of\s+(?:\d{{4}}|\w+ \d{{4}}))?"
    rf"(?:,[^,;.]{{1,40}},)?(?:\s+(?:now|still|also|already|itself|only|even|later|then|has|had|\w+ly))*\s+{_SAYS}\b"
)
_OWNED = compile_late(
    rf"[’']s?\s+(?:\w+\s+){{0,2}}(?:{_KINDS}|figures?|counts?|numbers?|data|reckoning|view|baseline)\b"
)
_BEFORE = compile_late(
    r"\b(?:according to|as per|in the (?:view|words|count|estimate) of|by the (?:estimate|count|reckoning) of|as reported by|as estimated by|estimated by|reported by|data from|figures from|in|by|per|from)\s+(?:the\s+|an?\s+)?\Z",
    re.IGNORECASE,
)
_WEAK = compile_late(r"\b(?:in|by|per|from)\s+(?:the\s+|an?\s+)?\Z", re.IGNORECASE)
_SMALL = frozenset("of and the on for in to & at".split())  # noqa: SIM905 - words are read more easily than a list
_PLACES = frozenset(("US", "UK", "EU", "USA", "UAE", "UN"))
_ORDER = {
    "earlier": 0,
    "previous": 0,
    "older": 0,
    "original": 0,
    "later": -1,
    "newer": -1,
    "latest": -1,
    "revised": -1,
    "updated": -1,
    "newest": -1,
}


class Naming(Struct, frozen=True):
    """Words of a sentence that name the owner of what it says. `is_led` is True where what is said follows the name."""

    start: int
    end: int
    words: str
    owners: frozenset[str]
    """The sources that the words may mean, and the speakers by their names."""
    is_led: bool


def list_names(sources: Mapping[str, Source], speakers: Iterator[str]) -> dict[str, frozenset[str]]:
    """Return the names of sources and speakers, each with those that it may mean: source ids, and speakers as "name:CBO"."""
    found: dict[str, set[str]] = {}
    for source_id, source in sources.items():
        for name in _names_of(source):
            found.setdefault(name, set()).add(source_id)
    for speaker in speakers:
        bare = re.sub(r"\Athe\s+", "", speaker)
        owners = found.get(bare) or found.get(_find_initials(bare) or bare)
        for name in {bare, _find_initials(bare)} - {""}:
            found.setdefault(name, set()).update(owners or {f"name:{bare}"})
    return {name: frozenset(owners) for name, owners in found.items()}


def _names_of(source: Source) -> set[str]:
    author = re.sub(r"\s*\([^()]*\)\s*\Z", "", source.author)
    names = {author, source.name, *re.findall(r"\(([A-Z][\w&.-]+)\)\s*\Z", source.author)}
    names.add(re.sub(r"\s+(?:et al\.|외|وآخرون)\Z", "", source.name))
    names.add(cite_author(source.author).name)
    for name in (author, source.publisher or ""):
        names |= {name, re.sub(r"\A(?:U\.?S\.?|UK|The|the)\s+", "", name), _find_initials(name)}
    names.add(source.title)
    return {name for name in names if len(name) > 2 or name.isupper()} - _PLACES - {""}


def _find_initials(name: str) -> str:
    """Return the initials of an institution's name of three words or more: CBO."""
    words = [word for word in re.sub(r"\A(?:U\.?S\.?|UK|The|the)\s+", "", name).split() if word.lower() not in _SMALL]
    letters = "".join(word[0] for word in words)
    return letters if len(words) > 2 and letters.isupper() and letters.isalpha() else ""


def find_namings(
    text: str, names: Mapping[str, frozenset[str]], years: Mapping[str, frozenset[str]], order: list[str]
) -> list[Naming]:
    """Return the owners that a sentence names. `years` has the sources of each year, `order` two sources by their age."""
    found = [*_find_names(text, names), *_find_years(text, years), *_find_ages(text, order)]
    kept: list[Naming] = []
    for naming in sorted(found, key=lambda each: (each.start, each.start - each.end)):
        if kept and naming.start < kept[-1].end:
            common = kept[-1].owners & naming.owners  # "the Panel's 2018 report": both must be meant
            if common:
                kept[-1] = Naming(
                    kept[-1].start, max(kept[-1].end, naming.end), kept[-1].words, common, kept[-1].is_led
                )
            continue
        kept.append(naming)
    return kept


def _find_names(text: str, names: Mapping[str, frozenset[str]]) -> Iterator[Naming]:
    for name, owners in names.items():
        if name not in text:
            continue
        for match in re.finditer(rf"(?<![\w]){re.escape(name)}(?![\w])", text):
            yield from _judge(text, match.start(), match.end(), name, owners)


def _judge(text: str, start: int, end: int, words: str, owners: frozenset[str]) -> Iterator[Naming]:
    """Yield a naming if the words beside a name make it the owner of what is said."""
    before, after = text[:start], text[end:]
    if said := _AFTER.match(after):
        ends = text[end + said.end() :].strip(' .!?”"')
        yield Naming(start, end + said.end(), words, owners, bool(ends) or not before.endswith(", "))
    elif owned := _OWNED.match(after):
        yield Naming(start, end + owned.end(), words, owners, True)
    elif re.search(r"\(\Z", before) and re.match(r"(?:,? (?:19|20)\d\d[a-z]?)?\)", after):
        yield Naming(start, end, words, owners, False)
    elif (led := _BEFORE.search(before)) and not (_WEAK.search(before) and not re.search(_KINDS, words)):
        yield Naming(led.start(), end, words, owners, not before[: led.start()].strip(" ,"))


def _find_years(text: str, years: Mapping[str, frozenset[str]]) -> Iterator[Naming]:
    """Yield "the 2018 report" where the brief has sources of several years."""
    if len(years) < 2:
        return
    for match in re.finditer(
        rf"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[\w’']+[’']s) ((?:19|20)\d\d) {_KINDS}\b|\b[Tt]he {_KINDS} (?:of|from) ((?:19|20)\d\d)\b",
        text,
    ):
        year = match[1] or match[2]
        if year in years:
            yield from _judge(text, match.start(), match.end(), match[0], years[year])


def _find_ages(text: str, order: list[str]) -> Iterator[Naming]:
    """Yield "the earlier report" where the brief has two sources of different ages."""
    if len(order) != 2:
        return
    for match in re.finditer(rf"\b[Tt]he ({'|'.join(_ORDER)}) {_KINDS}\b", text):
        yield from _judge(text, match.start(), match.end(), match[0], frozenset({order[_ORDER[match[1]]]}))


def has_name(text: str, names: Iterator[str]) -> bool:
    """Return whether a text has one of these names."""
    bare = f" {strip_typography(text).text} "
    return any(f" {strip_typography(name).text} " in bare for name in names)

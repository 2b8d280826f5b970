"""Sentences that name one source or speaker and rest on another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault
from reportgen.evidence.passages import Passage, Sentence
from reportgen.evidence.several.named_sources import Naming, find_namings, has_name, list_names

_ROLES = ("finding", "summary", "point", "judgment", "exhibit", "recommendation", "event")
_CITE = re.compile(r"\[@([^\]]*)\]")
_COMPARED = re.compile(r"\b(?:than|compared|versus|against|after|before|above|below|unlike|where)\b")
"""A word behind a number that leads on to another one, whose owner may be another."""
_CLAUSE_END = re.compile(
    r";|,? (?:while|whereas|but|although|though)\b|, and (?=[A-Z“])|(?<=\w), (?=the (?:\w+ )?(?:report|study|office|bureau)\b)"
)


def list_speakers(case: Case) -> Iterator[str]:
    """Yield those whose numbers and words the sources give."""
    yield from (fact.attributed_to for fact in case.brief.facts.values() if fact.attributed_to)
    yield from (quote.speaker for quote in case.brief.quotes.values() if quote.speaker)


def find_misnamed(case: Case) -> Iterator[Fault]:
    """Yield what sentences say by the authority of one source and cite from another."""
    brief = case.brief
    names = list_names(brief.sources, list_speakers(case))
    years: dict[str, frozenset[str]] = {}
    for name in brief.sources:
        if year := case.publication_year(name):
            years[str(year)] = years.get(str(year), frozenset()) | {name}
    order = (
        [source for _, sources in sorted(years.items()) for source in sources]
        if len(years) == 2 == len(brief.sources)
        else []
    )
    for passage in case.passages:
        if passage.role not in _ROLES:
            continue
        for sentence in passage.sentences:
            namings = find_namings(sentence.text, names, years, order)
            for index, naming in enumerate(namings):
                yield from _check_naming(case, passage, sentence, naming, namings, index, names)


def _check_naming(
    case: Case,
    passage: Passage,
    sentence: Sentence,
    naming: Naming,
    namings: list[Naming],
    index: int,
    names: Mapping[str, frozenset[str]],
) -> Iterator[Fault]:
    start, end = _find_scope(passage, sentence, naming, namings, index)
    facts = [span.id for span in passage.facts_in(sentence) if start <= span.start - sentence.start < end]
    for fact in facts:
        quotes = case.word_quotes(case.brief.fact_quotes(fact))
        owner = case.brief.facts[fact].attributed_to
        if quotes and not (owner and _is_named(owner, naming, names)) and not _backs(case, quotes, naming, names):
            yield _report(case, passage, sentence, naming, quotes, f'the fact "{fact}"')
            return
    if not facts:
        cited = case.word_quotes(_find_cited(passage, sentence))
        if cited and not _backs(case, cited, naming, names):
            yield _report(case, passage, sentence, naming, cited, "the quote it cites")


def _find_scope(
    passage: Passage, sentence: Sentence, naming: Naming, namings: list[Naming], index: int
) -> tuple[int, int]:
    """Return the part of a sentence that a naming speaks for: what follows it, or what stands before it."""
    if naming.is_led:
        following = (
            namings[index + 1].start if index + 1 < len(namings) and namings[index + 1].is_led else len(sentence.text)
        )
        spans = [span.end - sentence.start for span in passage.facts_in(sentence)]
        first = next((end for end in spans if end > naming.end), naming.end)
        ends = (_CLAUSE_END.search(sentence.text, naming.end), _COMPARED.search(sentence.text, first))
        return naming.start, min([following, *(end.start() for end in ends if end)])
    before = namings[index - 1].end if index else 0
    clauses = [match.end() for match in _CLAUSE_END.finditer(sentence.text, 0, naming.start)]
    return max([before, *clauses]), naming.start


def _find_cited(passage: Passage, sentence: Sentence) -> list[str]:
    """Return the quotes that a sentence cites: its own, else the next of its paragraph, else those of its section or exhibit."""
    ids = [re.findall(r"@([\w-]+)", match[0]) for match in _CITE.finditer(passage.raw)]
    places = list(zip(passage.cites, ids, strict=False))
    own = [name for at, names in places if sentence.start < at <= sentence.end + 1 for name in names]
    later = [names for at, names in places if at > sentence.end + 1]
    if own or later:
        return own or later[0]
    if (
        any(passage.facts_in(sentence))
        or passage.role in ("summary", "event", "recommendation")
        or passage.path[0] in ("title", "subtitle", "subject")
    ):
        return []
    return list(passage.quotes)


def _is_named(owner: str, naming: Naming, names: Mapping[str, frozenset[str]]) -> bool:
    bare = re.sub(r"\Athe\s+", "", owner)
    return bool(names.get(bare, frozenset({f"name:{bare}"})) & naming.owners)


def _backs(case: Case, quotes: list[str], naming: Naming, names: Mapping[str, frozenset[str]]) -> bool:
    """Return whether one of some quotes is of the named source, or reports it."""
    known = [name for name, owners in names.items() if owners & naming.owners]
    for quote in quotes:
        model = case.brief.quotes[quote]
        if model.source in naming.owners or (model.speaker and _is_named(model.speaker, naming, names)):
            return True
        if has_name(case.quote_words[quote], iter(known)) or _year_of(naming) in case.quote_words[quote].split():
            return True
        found = (
            case.searchable_sources[model.source].find(model.text, None)
            if model.source in case.searchable_sources
            else None
        )
        if found and any(
            has_name(paragraph.text, iter(known))
            for paragraph in case.searchable_sources[model.source].paragraphs
            if paragraph.number == found.paragraph
        ):
            return True
    return False


def _year_of(naming: Naming) -> str:
    found = re.search(r"\b(?:19|20)\d\d\b", naming.words)
    return found[0] if found else "-"


def _report(case: Case, passage: Passage, sentence: Sentence, naming: Naming, quotes: list[str], what: str) -> Fault:
    sources = dict.fromkeys(case.brief.quotes[quote].source for quote in quotes)
    cited = ", ".join(case.brief.sources[source].cited_as for source in sources)
    message = f"the sentence says that {naming.words} is the source, but {what} is of {cited}"
    hint = "name the source that is cited, or cite the one that is named; if the source reports it, quote those words or add attributed_to"
    fault = case.passage_fault(message, passage, sentence.start + naming.start, sentence.start + naming.end, hint)
    is_certain = all(source in case.sources for source in sources)
    return fault if is_certain else Fault(fault.message, fault.where, fault.hint, fault.words, fault.path, "warning")

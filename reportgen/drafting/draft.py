"""A draft of a brief: the quotes, facts, points and exhibits that articles have, and gaps for all that only a person can say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from reportgen.drafting.articles import Article
from reportgen.drafting.draft_values import Draft, DraftedQuote, DraftedTopic, TakenSentence, list_facts, name_gap
from reportgen.drafting.exhibits.candidate import Candidate
from reportgen.drafting.exhibits.dated_amounts import propose_series
from reportgen.drafting.exhibits.dated_events import propose_timeline
from reportgen.drafting.exhibits.listed_amounts import propose_bars
from reportgen.drafting.exhibits.year_tables import add_tables
from reportgen.drafting.readable_ids import count_words, make_slug, make_unique, name_fact, name_quote
from reportgen.drafting.sentence_ranking import RankedSentence, rank_sentences

LONGEST_SLUG = 40
MOST_QUOTES = 80
"""Quotes that stand in the brief; the others follow as comments."""
MOST_KEPT = 150
MOST_TOPICS, MOST_POINTS, POINT_WORDS = 4, 3, 260
"""The most that two pages hold beside exhibits: topics, points in one, words in all of them."""
MOST_ADVICE, MOST_EXHIBITS = 3, 4
FIRST_WORDS = 6
"""Words of a part's first sentence that stand for a heading where the article has none."""
_ADVICE = re.compile(r"\b(?:should|must|ought to|recommends?|need(?:s)? to|urges?)\b")
_AGENT = re.compile(
    r"(?:\A|[,;] (?:and |but )?)(?P<who>(?:(?:[Tt]he|[Bb]oth|[Aa]ll|[Oo]ur|[Ii]ts) )?[\w.&’'-]+(?: [\w.&’'-]+){0,5}) (?:also |now |still |therefore )?(?:should|must|ought to|needs? to)\b"
)
_OFFICE = re.compile(
    r"\b(?:council|congress|senate|parliament|government|ministry|minister|agency|agencies|department|administration|commission|committee|board|authority|authorities|"
    r"states?|countr(?:y|ies)|nations?|leaders?|policymakers?|lawmakers?|legislators?|regulators?|officials?|allies|sides|members|president|secretary|union|banks?|employers?|"
    r"companies|schools|universities|hospitals|cities|mayors?|governors?|courts?)s?\Z",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[Tt]he )?[A-Z][\w.&’'-]+(?: (?:of|for|and|the|[A-Z][\w.&’'-]*))*")
_UNFINISHED = re.compile(
    r"(?:,|\b(?:and|or|of|the|a|an|in|to|for|by|with|any|that|as|on|at|from|is|are))\Z", re.IGNORECASE
)
_FORMALITY = re.compile(
    r"\b(?:submit\w*|submissions?|comments? (?:should|must)|be sent|be addressed|be cited|contact|visit|be read (?:with|in))\b",
    re.IGNORECASE,
)
_RISK = re.compile(
    r"\b(?:risk|threat|concern|challeng|tension|reluctan|obstacle|barrier|shortage|declin|loss|fail|weak|unsustainab|debt|deficit)\w*",
    re.IGNORECASE,
)


def make_draft(articles: Sequence[Article], today: date) -> Draft:
    """Return the draft of a brief.

    Parameters
    ----------
    articles
        The articles, each with its own id.
    today
        The date of the brief.
    """
    first = articles[0]
    title = first.publication.title or name_gap("the title")
    slug = make_slug(first.publication.title or first.path.stem, LONGEST_SLUG) or "draft"
    draft = Draft(articles, title, slug, today, first.language)
    ranked = sorted(rank_articles(articles), key=lambda each: -each.score)
    taken = take_sentences(ranked, draft)
    _add_topics(draft, taken)
    _add_exhibits(draft, taken)
    _add_advice(draft, taken)
    return draft


def _add_exhibits(draft: Draft, taken: Sequence[TakenSentence]) -> None:
    """Add the charts that show most, each to the topic whose section it is from."""
    found = [candidate for each in taken for candidate in (*propose_bars(each), *propose_series(each))]
    if timeline := propose_timeline(taken):
        found.append(timeline)
    add_tables(draft, draft.articles, MOST_EXHIBITS)
    drawn: set[str] = set()
    for candidate in sorted(found, key=lambda each: -each.weight):
        facts = set(_list_drawn(candidate.fields, draft))
        values = [
            [draft.facts[fact].get("value") for fact in _list_drawn(each, draft)]
            for each in (candidate.fields, *draft.exhibits.values())
        ]
        if (
            facts & drawn
            or (values[0] and values[0] in values[1:])
            or len(draft.exhibits) == MOST_EXHIBITS
            or not draft.topics
        ):
            continue
        drawn |= facts
        name = make_unique(candidate.name, draft.exhibits)
        draft.exhibits[name] = {
            "kind": candidate.fields["kind"],
            "title": name_gap(_describe(candidate)),
        } | candidate.fields
        _find_topic(draft, candidate).exhibits.append(name)


def _list_drawn(fields: dict[str, Any], draft: Draft) -> list[str]:
    return [name for name in list_facts(fields) if name in draft.facts]


def _describe(candidate: Candidate) -> str:
    """Return what the title of an exhibit has to say."""
    if candidate.fields["kind"] == "timeline":
        return "what the dates show"
    words = candidate.sentence.sentence.text.split()
    return f"what it shows (“{' '.join(words[:8])}{' …' if len(words) > 8 else ''}”)"


def _find_topic(draft: Draft, candidate: Candidate) -> DraftedTopic:
    """Return the topic with a point of the exhibit's sentence or section, else the one with the fewest exhibits."""
    cited = f"[@{candidate.sentence.quote}]"
    own = next((topic for topic in draft.topics if any(point.endswith(cited) for point in topic.points)), None)
    section = _group_key(draft, candidate.sentence)[1]
    return (
        own
        or next((topic for topic in draft.topics if topic.title == section), None)
        or min(draft.topics, key=lambda topic: len(topic.exhibits))
    )


def rank_articles(articles: Iterable[Article]) -> Iterator[RankedSentence]:
    for article in articles:
        yield from rank_sentences(article.id, article.publication.title, article.text.paragraphs)


def take_sentences(
    ranked: Sequence[RankedSentence], draft: Draft, known: Sequence[str] = (), known_facts: Sequence[str] = ()
) -> list[TakenSentence]:
    """Add quotes and their facts to a draft: the best sentences, and further ones with numbers; the rest is kept as comments."""
    shared = count_words(each.text for each in ranked)
    names: set[str] = set(known)
    years: set[str] = set()
    taken = []
    half = [
        *ranked[: MOST_QUOTES // 2],
        *(each for each in ranked[MOST_QUOTES // 2 :] if any(not fact.is_date for fact in each.facts)),
    ]
    active = {id(each) for each in half[:MOST_QUOTES]}
    for sentence in ranked[:MOST_KEPT]:
        name = make_unique(name_quote(sentence.text, shared), names)
        names.add(name)
        paragraph = sentence.paragraph
        at = paragraph.page_at(max(0, paragraph.text.find(sentence.text)))
        place = {"page": at} if at else {"paragraph": paragraph.number}
        quote = DraftedQuote(
            name, {"source": sentence.source, **place, "text": sentence.text}, ", ".join(sentence.reasons)
        )
        if id(sentence) not in active:
            draft.rest.append(quote)
            continue
        draft.quotes.append(quote)
        taken.append(TakenSentence(sentence, name, tuple(_add_facts(draft, sentence, name, years, known_facts))))
    return taken


def _add_facts(
    draft: Draft, sentence: RankedSentence, quote: str, years: set[str], known: Sequence[str]
) -> Iterator[str]:
    """Add a sentence's facts, and yield their ids; a year that is a fact already is none once more, and yields an empty id."""
    for fact in sentence.facts:
        value = str(fact.fields.get("value"))
        if fact.is_date and len(value) <= 5 and not value.endswith("s"):
            if value in years:
                yield ""
                continue
            years.add(value)
        name = make_unique(name_fact(sentence.text, fact), {*draft.facts, *known})
        draft.facts[name] = {**fact.fields, "quote": quote}
        yield name


def _add_topics(draft: Draft, taken: Sequence[TakenSentence]) -> None:
    """Group the best sentences by the article's own headings, or by its parts where it has none."""
    groups: dict[tuple[str, str], list[TakenSentence]] = {}
    for each in taken:
        groups.setdefault(_group_key(draft, each), []).append(each)
    best = sorted(
        groups.values(), key=lambda group: -sum(max(0.0, each.sentence.score) for each in group[:MOST_POINTS])
    )
    kept = sorted(best[:MOST_TOPICS], key=lambda group: min(_order(draft, each) for each in group))
    room = POINT_WORDS
    chosen: dict[int, list[TakenSentence]] = {}
    for rank in range(MOST_POINTS):
        for index, group in enumerate(kept):
            if rank < len(group) and len(group[rank].sentence.text.split()) <= room:
                room -= len(group[rank].sentence.text.split())
                chosen.setdefault(index, []).append(group[rank])
    for _, group in sorted(chosen.items()):
        group.sort(key=lambda each: _order(draft, each))
        heading = _group_key(draft, group[0])[1]
        words = group[0].sentence.text.split()
        began = f"{' '.join(words[:FIRST_WORDS])} …" if len(words) > FIRST_WORDS else " ".join(words)
        title = heading if not heading.startswith("\0") else name_gap(f"the finding of “{began}”")
        points = [f"{quote_words(each.sentence.text)} [@{each.quote}]" for each in group]
        draft.topics.append(DraftedTopic(_guess_kind(group), title, points, []))


def _order(draft: Draft, taken: TakenSentence) -> tuple[int, int]:
    order = [article.id for article in draft.articles]
    return order.index(taken.sentence.source), taken.sentence.place


def _group_key(draft: Draft, taken: TakenSentence) -> tuple[str, str]:
    """Return the source and the heading of a sentence; where there is none, the third of the article that it is in."""
    source = taken.sentence.source
    article = next(each for each in draft.articles if each.id == source)
    sections = [
        name for name in taken.sentence.paragraph.sections if name != article.publication.title and _is_heading(name)
    ]
    if sections:
        return source, sections[-1].strip(" .:#*")
    parts = max(1, article.text.paragraphs[-1].number)
    return source, f"\0{3 * (taken.sentence.paragraph.number - 1) // parts}"


def _is_heading(name: str) -> bool:
    """Return whether a section's name is one: in some files a line of a sentence is set like a heading."""
    return len(name.split()) <= 14 and not _UNFINISHED.search(name) and name[:1] == name[:1].upper()


def _guess_kind(group: Sequence[TakenSentence]) -> str:
    text = " ".join(each.sentence.text for each in group)
    if _ADVICE.search(text):
        return "immediate"
    return "friction" if _RISK.search(text) else "opportunity"


def quote_words(text: str) -> str:
    """Return a source's words in quotation marks; those that it has become inner ones."""
    inner = re.sub(r"[“”\"]", "", text) if text.count("“") != text.count("”") or text.count('"') % 2 else text
    inner = inner.replace("“", "‘").replace("”", "’")
    inner = re.sub(r'"([^"]*)"', r"‘\1’", inner)
    return f"“{escape(inner)}”"


def escape(text: str) -> str:
    """Return words without what inline markup would read in them."""
    return re.sub(r"([\\$\[*_~^`])", r"\\\1", text)


def _add_advice(draft: Draft, taken: Sequence[TakenSentence]) -> None:
    """Add as recommendations what the article itself says should be done, in its words."""
    advice = [
        each
        for each in taken
        if _ADVICE.search(each.sentence.text)
        and not each.sentence.text.endswith("?")
        and len(each.sentence.text.split()) <= 45
    ]
    for each in advice[:MOST_ADVICE]:
        draft.recommendations.append(
            {
                "title": f"{quote_words(each.sentence.text)} [@{each.quote}]",
                "lead": escape(_find_agent(each.sentence.text)) or name_gap("who acts"),
            }
        )


def _find_agent(text: str) -> str:
    """Return who should act by the sentence's own words: an office, or a name of several words."""
    for found in _AGENT.finditer(text):
        who = str(found["who"])
        is_name = _NAME.fullmatch(who) and (" " in who or not text.startswith(who))
        if is_name or _OFFICE.search(who):
            return who
    return ""

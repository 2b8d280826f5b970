"""Write an office's answer into the brief, with a hash of the words that it clears; every other byte stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from reportgen.brief.changing.brief_file import edit_brief
from reportgen.brief.clearing.clearance import ANSWERS, OF_WORDS, fold_office
from reportgen.clearances.clearance_review import OfficeReview, review_offices
from reportgen.clearances.cleared_parts import hash_words, list_parts, pack_hashes
from reportgen.input.edits import Append, Edit, Insert, Remove, Replace, Scalar
from reportgen.system.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

ORDER = ("office", "name", "answer", "date", "comments", "draft", "words")
WORDS = "cleared_words"


def record_clearance(
    brief: Brief, office: str, answer: str = "ok", *, on: date, name: str | None = None, comments: str | None = None
) -> bytes:
    """Return the brief's file with an office's answer.

    Parameters
    ----------
    brief
        The brief as it was cleared.
    office
        An office that `clearance` or `clearances` lists.
    answer
        ok, ok with comments, information or no reply.
    on
        The day of the answer.
    name, comments
        Who answered, and what; without them, an earlier name stays and earlier comments go.

    Raises
    ------
    UsageError
        for an office that is not listed, and for an answer that is none.
    BriefError
        when the file has changed since it was read, or cannot be changed without touching anything else.
    """
    answer = " ".join(answer.split()).lower()
    if answer not in ANSWERS:
        raise UsageError(f'there is no answer "{answer}"', hint=did_you_mean(answer, ANSWERS))
    review = find_office(brief, office)
    parts = list_parts(brief)
    words = hash_words(parts)
    entry: dict[str, Scalar] = {"office": str(review.office)}
    if kept := name or (review.record and review.record.name):
        entry["name"] = str(kept)
    entry |= {"answer": answer, "date": on.isoformat()}
    if comments:
        entry["comments"] = comments
    if answer in OF_WORDS:
        if brief.status and brief.status.number:
            entry["draft"] = brief.status.number
        entry["words"] = words
    edits = [*_write_entry(brief, review, entry), *_write_words(brief, review, entry, pack_hashes(parts))]
    return edit_brief(brief, edits, "it was read", "record the answer by hand")


def find_office(brief: Brief, office: str) -> OfficeReview:
    """Return an office that clears the brief, by its name in any case. Raises UsageError with those that do."""
    reviews = review_offices(brief)
    names = {fold_office(each.office): each for each in reviews}
    if found := names.get(fold_office(office)):
        return found
    where = brief.where("clearances" if brief.clearances else "clearance") if reviews else brief.where()
    if not reviews:
        raise UsageError("no office clears this brief", where, f"name those that do: clearance: [{office}]")
    listed = ", ".join(each.office for each in reviews)
    close = get_close_matches(fold_office(office), names, n=1, cutoff=0.6)
    hint = f'did you mean "{names[close[0]].office}"? ' if close else ""
    raise UsageError(f'"{office}" does not clear this brief', where, f"{hint}listed: {listed}")


def _write_entry(brief: Brief, review: OfficeReview, entry: dict[str, Scalar]) -> Iterator[Edit]:
    """Yield the edits that give the office's entry in `clearances` its values."""
    if review.path[0] != "clearances":
        if "clearances" in brief.document.data:
            yield Append(("clearances",), entry)
        else:
            yield Insert((), "clearances", [entry], after="clearance")
        return
    before = brief.document.data["clearances"][review.path[1]]
    after = "office"
    for key in ORDER[1:]:
        if key in entry:
            if key not in before:
                yield Insert(review.path, key, entry[key], after=after)
            elif before[key] != entry[key]:
                yield Replace((*review.path, key), entry[key])
            after = key
        elif key in before:
            yield Remove((*review.path, key))


def _write_words(brief: Brief, review: OfficeReview, entry: dict[str, Scalar], packed: str) -> Iterator[Edit]:
    """Yield the edits that keep the hashes of all parts that some office cleared, and no others."""
    words = entry.get("words")
    others = {each.words for index, each in enumerate(brief.clearances) if ("clearances", index) != review.path}
    kept = {*others, words}
    if isinstance(words, str) and brief.cleared_words.get(words) != packed:
        if words in brief.cleared_words:
            yield Replace((WORDS, words), packed)
        elif brief.cleared_words:
            yield Insert((WORDS,), words, packed)
        else:
            yield Insert((), WORDS, {words: packed})  # at the end of the file, out of the way
    for each in brief.cleared_words:
        if each not in kept:
            yield Remove((WORDS, each))

"""The offices that clear a brief, each with its answer and what changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from reportgen.brief.clearing.clearance import OF_WORDS, Clearance, fold_office
from reportgen.clearances.cleared_parts import hash_words, list_parts, pack_hashes, unpack_hashes
from reportgen.clearances.part_changes import PartChange, compare_parts
from reportgen.input.model_validation import format_path
from reportgen.input.yamlfile import KeyPath

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

Standing = Literal["open", "untied", "changed", "cleared", "informed", "no reply"]
"""Without an answer; with one that is tied to no words; to words that changed; to those of today; or without a clearance."""


class OfficeReview(Struct, frozen=True):
    """An office that clears the brief: its answer as the brief has it, where it stands, and what changed since."""

    office: str
    standing: Standing
    path: KeyPath
    record: Clearance | None = None
    changes: tuple[PartChange, ...] = ()

    @property
    def is_open(self) -> bool:
        """True where an answer is missing, or does not hold for the words of today."""
        return self.standing in ("open", "untied", "changed")

    @property
    def key(self) -> str:
        """The path of its answer, or of its name where there is none."""
        return format_path(self.path)


def review_offices(brief: Brief) -> tuple[OfficeReview, ...]:
    """Return the offices that clear a brief: those of `clearance` in their order, then others that answered."""
    records = {fold_office(each.office): (index, each) for index, each in enumerate(brief.clearances)}
    reviews: dict[str, OfficeReview] = {}
    words = packed = ""
    if any(each.words for each in brief.clearances):
        parts = list_parts(brief)
        words, packed = hash_words(parts), pack_hashes(parts)
    listed = [*enumerate(brief.clearance), *((-1, each.office) for each in brief.clearances)]
    for number, office in listed:
        name = fold_office(office)
        if name in reviews:
            continue
        if name not in records:
            reviews[name] = OfficeReview(office, "open", ("clearance", number))
            continue
        index, record = records[name]
        standing = _judge(record, words)
        changes: tuple[PartChange, ...] = ()
        if standing == "changed" and (before := brief.cleared_words.get(record.words or "")):
            changes = compare_parts(unpack_hashes(before), unpack_hashes(packed))
        reviews[name] = OfficeReview(record.office, standing, ("clearances", index), record, changes)
    return tuple(reviews.values())


def _judge(record: Clearance, words: str) -> Standing:
    if record.answer is None:
        return "open"
    if record.answer not in OF_WORDS:
        return "informed" if record.answer == "information" else "no reply"
    if record.words is None:
        return "untied"
    return "cleared" if record.words == words else "changed"

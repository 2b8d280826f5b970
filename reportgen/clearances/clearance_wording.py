"""The words for what a clearance holds for: "cleared draft 3; recommendation 2 and point 4 of finding 1 changed since"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportgen.text.languages import load_labels

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.clearances.clearance_review import OfficeReview
    from reportgen.clearances.part_changes import PartChange
    from reportgen.text.languages.label_fields import Labels

MOST_NAMES = 8  # parts that a line names; more are counted
LONGEST_TITLE = 48  # letters of an exhibit's title
_PATH = re.compile(
    r"(?:(?P<section>why_now|topics)(?:\[(?P<at>\d+)\])?-?\.)?(?P<key>[a-z_]+)(?:\[(?P<number>\d+)\]|\.(?P<id>.+))?-?"
)


def describe_standing(brief: Brief, review: OfficeReview, language: str = "en") -> str:
    """Return where an office stands, for messages and for the page of clearances."""
    labels = load_labels(language)
    words, record = labels.clearances, review.record
    if review.standing in ("open", "untied"):
        return words.open if review.standing == "open" else words.untied
    if record is None or review.standing in ("informed", "no reply"):
        return words.answers[record.answer] if record and record.answer else ""
    cleared = words.cleared_draft.format(number=record.draft) if record.draft else words.cleared
    if review.standing == "cleared":
        return cleared
    return labels.marks.semicolon.join(
        [cleared, *(_list_changes(brief, review.changes, labels) or [words.text_changed])]
    )


def _list_changes(brief: Brief, changes: Sequence[PartChange], labels: Labels) -> list[str]:
    """Return a phrase for each kind of change."""
    room, phrases = MOST_NAMES, list[str]()
    for kind, phrase in labels.clearances.since.items():
        names = list(dict.fromkeys(name_part(brief, each.path, labels) for each in changes if each.kind == kind))
        if not names:
            continue
        shown = names[: max(room, 1)]
        if more := len(names) - len(shown):
            shown.append(labels.clearances.more.format(count=more))
        room -= len(shown)
        phrases.append(phrase.format(parts=_join(shown, labels)))
    return phrases


def _join(names: Sequence[str], labels: Labels) -> str:
    if len(names) == 1:
        return names[0]
    *others, last = names
    return labels.clearances.both.format(first=labels.marks.comma.join(others), last=last)


def name_part(brief: Brief, path: str, labels: Labels) -> str:
    """Return a part as readers count it: "recommendation 2", "point 4 of finding 1"."""
    words, found = labels.clearances, _PATH.fullmatch(path)
    assert found, path
    noun = words.parts[found["key"]]
    if found["id"]:
        return words.titled.format(part=noun, title=labels.marks.quote(_find_title(brief, found["id"])))
    if found["number"] is not None:
        noun = words.numbered.format(part=noun, number=int(found["number"]) + 1)
    if not found["section"]:
        return noun
    section = words.parts[found["section"]]
    if found["section"] == "topics":
        section = words.numbered.format(part=section, number=int(found["at"]) + 1)
    if found["key"] == "title":
        noun = words.heading
    return words.inside.format(part=noun, section=section)


def _find_title(brief: Brief, name: str) -> str:
    title = brief.plain(brief.exhibits[name].title) if name in brief.exhibits else name
    if len(title) <= LONGEST_TITLE:
        return title
    return title[:LONGEST_TITLE].rpartition(" ")[0] + " …"

"""Where a slide's words come from in the brief, so that "it does not fit" points at the line to shorten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.errors import Location

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.deck.compile import Origin

PARTS = {"_cover": (), "_decisions": ("recommendations",), "_sources": ("basis",)}
KEYS = {
    "title": "title",
    "subtitle": "subtitle",
    "takeaway": "takeaway",
    "source": "note",
    "table": "rows",
    "body": "points",
}


def of(brief: Brief) -> Origin:
    """The places in one brief, by the names that our template gives to slides (an exhibit's id, or _topic-1) and slots."""
    sections = (["why_now"] if brief.why_now else []) + [("topics", index) for index in range(len(brief.topics))]

    def origin(slide: str, slot: str) -> Location | None:
        if slide in brief.exhibits:
            path: tuple[str | int, ...] = ("exhibits", slide)
        elif slide in PARTS:
            path = PARTS[slide]
        elif slide.startswith("_topic-"):
            section = sections[int(slide.removeprefix("_topic-")) - 1]
            path = section if isinstance(section, tuple) else (section,)
        else:
            return None
        key = "figures" if slot.startswith(("number-", "label-")) else KEYS.get(slot)
        return brief.where(*path, key) if key else brief.where(*path)

    return origin

"""The places in the brief that a slide's words come from, so that "does not fit" names the line to shorten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.system.errors import Location

if TYPE_CHECKING:
    from reportgen.brief.model import Brief
    from reportgen.deck.compile.compiler import Origin

PARTS: dict[str, tuple[str | int, ...]] = {
    "_cover": (),
    "_bottom-line": (),
    "_options": ("options",),
    "_exhibits": ("highlights",),
    "_decisions": ("recommendations",),
    "_sources": (),
}
BOTTOM_LINE = {"body": "bottom_line", "ask": "recommendations"}
KEYS = {name: name for name in ("title", "subtitle", "takeaway")} | {
    "source": "note",
    "table": "rows",
    "body": "points",
}
SOURCES = {"body": "sources", "limits": "basis"}


def map_origins(brief: Brief) -> Origin:
    """Return a function that finds the place of a slot's words by the slide's id (an exhibit's, or _topic-1) and the slot."""
    sections: list[tuple[str | int, ...]] = [("why_now",)] if brief.why_now else []
    sections += [("topics", index) for index in range(len(brief.topics))]
    parts = PARTS | {f"_topic-{number}": path for number, path in enumerate(sections, 1)}

    def origin(slide: str, slot: str) -> Location | None:
        if slide in brief.exhibits:
            path: tuple[str | int, ...] = ("exhibits", slide)
        elif slide in parts:
            path = parts[slide]
        else:
            return None
        if slide == "_options" and slot == "dissent":
            return brief.where("dissent")
        keys = {"_sources": SOURCES, "_bottom-line": BOTTOM_LINE}.get(slide, KEYS)
        key = "figures" if slot.startswith(("number-", "label-")) else keys.get(slot)
        return brief.where(*path, key) if key else brief.where(*path)

    return origin

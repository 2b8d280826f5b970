"""Places of quotes in the published document, as documents print them: "p. 14", "sec. 3.2", or our own "¶5".

A page, section, table or time of the publication is what a reader can look up. Our own count of paragraphs is printed where
the brief states nothing better.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from reportgen.text.languages.label_fields import Labels

PUBLISHED = ("section", "page", "table", "timestamp")
"""The places that a publication itself has, in the order in which they are printed."""


def list_places(stated: Mapping[str, str], paragraph: int | None, labels: Labels) -> tuple[str, ...]:
    """Return a quote's places as they are printed: those of the publication that it states, else our paragraph, else none."""
    places = [(kind, stated[kind]) for kind in PUBLISHED if kind in stated]
    if not places and paragraph:
        places = [("paragraph", str(paragraph))]
    return tuple(labels.places[_form(kind, value)].format(value.replace("-", "–")) for kind, value in places)


def _form(kind: str, value: str) -> str:
    is_range = kind == "page" and "-" in value.replace("–", "-")[1:] and value[0].isdigit()
    return "pages" if is_range else kind


def sort_places(places: Iterable[tuple[str, ...]]) -> list[str]:
    """Return the places of several quotes, each once: single ones in the order of their numbers ("¶5", "¶16"), others as they come."""
    ordered = sorted(
        places, key=lambda place: [int(number) for number in re.findall(r"\d+", place[0])] if len(place) == 1 else []
    )
    return list(dict.fromkeys(part for place in ordered for part in place))

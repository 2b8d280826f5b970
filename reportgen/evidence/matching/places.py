"""The places that a brief states of a quote (page, section, table, timestamp, paragraph), compared with those where it was found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.evidence.bare_words import strip_typography
from reportgen.evidence.matching.quote_match import Found, SearchableText
from reportgen.evidence.sources.paragraphs import find_section_number

if TYPE_CHECKING:
    from reportgen.brief.evidence_models import Quote

FEW_NUMBERS = 3  # a text with fewer numbered headings is not divided by them


class Misplaced(Struct, frozen=True):
    """A place that a brief states and the source contradicts. `right` is what to write, None where that is not known."""

    kind: str
    stated: str
    actual: str
    right: str | int | None = None


def stands_at(quote: Quote, found: Found, text: SearchableText | None = None) -> bool:
    """Return whether a quote was found at all places that the brief states, as far as the file has such places."""
    if text and quote.timestamp and _find_other_time(quote.timestamp, found, text) is not None:
        return False
    if quote.paragraph and not quote.published_places and quote.paragraph != found.paragraph:
        return False
    is_elsewhere = _is_on_another_page(quote, found) or (quote.table and found.table and quote.table != found.table)
    return not is_elsewhere and (
        not quote.section or not found.sections or _is_in_section(quote.section, found.sections)
    )


def find_misplaced(quote: Quote, found: Found, text: SearchableText) -> list[Misplaced]:
    """Return the stated places that are wrong. A file without pages or headings contradicts none."""
    wrong: list[Misplaced] = []
    if quote.page and found.pages and _is_on_another_page(quote, found):
        right = describe_pages(found.pages)
        wrong.append(Misplaced("page", quote.page, f"p. {right}", int(right) if right.isdigit() else right))
    if quote.table and found.table and quote.table != found.table:
        right = found.table
        wrong.append(Misplaced("table", quote.table, f"table {right}", int(right) if right.isdigit() else right))
    if quote.section and not _is_in_section(quote.section, found.sections) and _is_divided(quote.section, text):
        nearest = found.sections[-1] if found.sections else ""
        number = find_section_number(nearest)
        actual = f"“{nearest}”" if nearest else "no section"
        wrong.append(Misplaced("section", quote.section, actual, number or nearest or None))
    if quote.timestamp and (time := _find_other_time(quote.timestamp, found, text)) is not None:
        from reportgen.evidence.matching.timestamps import format_timestamp

        right = format_timestamp(time)
        wrong.append(Misplaced("timestamp", quote.timestamp, right, right))
    if quote.paragraph and quote.paragraph != found.paragraph:
        wrong.append(Misplaced("paragraph", f"¶{quote.paragraph}", f"¶{found.paragraph}", found.paragraph))
    return wrong


def _find_other_time(stated: str, found: Found, text: SearchableText) -> int | None:
    """Return the seconds of the mark before a quote, where the stated time is not between it and the next one."""
    from reportgen.evidence.matching.timestamps import find_times, read_timestamp  # few briefs cite a recording

    times = find_times(text.paragraphs, found.paragraph, found.offset, found.offset + len(found.passage))
    if not times:
        return None
    first, last = times
    return None if first <= read_timestamp(stated) and (last is None or read_timestamp(stated) < last) else first


def describe_pages(pages: tuple[int, int]) -> str:
    """Return the pages 14 and 15 as "14-15"."""
    return str(pages[0]) if pages[0] == pages[1] else f"{pages[0]}-{pages[1]}"


def _is_on_another_page(quote: Quote, found: Found) -> bool:
    match = re.fullmatch(r"(\d+)(?:[-–](\d+))?", quote.page or "")
    if not match or not found.pages:
        return False
    first, last = int(match[1]), int(match[2] or match[1])
    if match[2]:
        return not (first <= found.pages[0] and found.pages[1] <= last)
    return not found.pages[0] <= first <= found.pages[1]


def _is_in_section(stated: str, sections: tuple[str, ...]) -> bool:
    return any(_names_heading(stated, heading) for heading in sections)


def _names_heading(stated: str, heading: str) -> bool:
    """Return whether a stated section is a heading's number, that of a section above it, or its words."""
    number, wanted = find_section_number(heading) or "", find_section_number(stated)
    if wanted and len(stated.split()) == len(wanted.split()) and (number == wanted or number.startswith(f"{wanted}.")):
        return True
    ours, theirs = (strip_typography(text).text for text in (stated, heading))
    return bool(ours) and (ours == theirs or theirs.removeprefix(strip_typography(number).text).strip(" ~-") == ours)


def _is_divided(stated: str, text: SearchableText) -> bool:
    """Return whether the text has the stated section, or else sections with numbers as the stated one."""
    if any(_names_heading(stated, heading) for heading in text.headings):
        return True
    numbered = sum(bool(find_section_number(heading)) for heading in text.headings)
    return numbered >= FEW_NUMBERS and bool(find_section_number(stated))

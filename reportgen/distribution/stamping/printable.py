"""The check that every recipient's name can be printed on their copy, made for all of them before the first copy."""

from __future__ import annotations

from reportgen.distribution.editions.edition import Edition
from reportgen.distribution.recipients.recipient_list import Recipients, raise_problems
from reportgen.distribution.stamping.stamper import Stampers
from reportgen.pdf.glyphs import GlyphError
from reportgen.system.errors import FitError
from reportgen.text.stamp_text import Stamp

PLAIN = 24  # ASCII letters that fit whatever they are, so that shorter names need no check
WIDEST = 999_999  # the copy number and version that leave least room for a name


def need_printable(recipients: Recipients, edition: Edition, stampers: Stampers) -> None:
    """Raise RecipientsError with each name that no font of their documents has, or that does not fit a page or footer."""
    problems = []
    for row in recipients:
        if row.name.isascii() and len(row.name) <= PLAIN:
            continue
        stamp = Stamp.of(edition.date, edition.language, WIDEST, row.name, WIDEST)
        try:
            for kind in row.documents:
                stampers[kind].fit(row.name)  # first alone, since a missing letter is reported with the words around it
                stampers[kind].fit(stamp.text)
        except (GlyphError, FitError) as error:
            problems.append(error.diagnostics[0]._replace(where=recipients.location_of(row)))
    raise_problems(problems)

"""Find the time at which a document says that it was created: never the clock's, so that builds are reproducible."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time

from reportgen.system.errors import UsageError

VARIABLE = "SOURCE_DATE_EPOCH"  # see https://reproducible-builds.org/specs/source-date-epoch/


def find_creation_time(day: date) -> datetime:
    """Return SOURCE_DATE_EPOCH where it is set, else the beginning of the brief's day, in UTC."""
    epoch = os.environ.get(VARIABLE)
    if not epoch:
        return datetime.combine(day, time(), UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        hint = "set it to seconds since 1970, or unset it"
        raise UsageError(f'{VARIABLE} is not a number of seconds: "{epoch}"', hint=hint) from None

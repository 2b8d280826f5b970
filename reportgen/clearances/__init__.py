"""Clearances tied to words: what was cleared, what has changed since, and whether a paper may call itself cleared or final.

`cleared_parts` hashes the words that the documents print, part by part. `part_changes` compares two such lists.
`clearance_review` says of each office where it stands, `clearance_wording` says it in the brief's language, and `status_faults` says what
keeps a paper from its status. `clearance_record` writes an answer into the brief.
"""

from __future__ import annotations

from reportgen.clearances.clearance_record import find_office, record_clearance
from reportgen.clearances.clearance_review import OfficeReview, review_offices
from reportgen.clearances.clearance_wording import describe_standing
from reportgen.clearances.status_faults import find_status_faults, refuse_status

__all__ = [
    "OfficeReview",
    "describe_standing",
    "find_office",
    "find_status_faults",
    "record_clearance",
    "refuse_status",
    "review_offices",
]

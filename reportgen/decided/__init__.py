"""Returned forms: a ticked action or decision memo as a record of what was decided.

`read_decision` reads the boxes, initials, dates and comments of a form; `render_record` typesets the record. A form is tied to the
words that were decided on by the ballot that it carries (`memo/ballot.py`).
"""

from __future__ import annotations

from reportgen.decided.decision import Decided, Decision, Remark, read_decision
from reportgen.decided.record_page import render_record

__all__ = ["Decided", "Decision", "Remark", "read_decision", "render_record"]

"""Every text is printed somewhere

A text that neither the memo, in the brief's own form, nor the deck and its notes print reaches nobody. `check` fills the templates
in to see it, and remembers the answer until brief or templates change. Texts for a form of memo that the brief has not chosen, such as
`purpose`, are no fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity
from reportgen.input.model_validation import parse_path

ID = "unprinted"
SEVERITY: Severity = "warning"


def check(case: Case) -> Iterator[Fault]:
    for path in case.unprinted:
        hint = "print it in a template, move it to a part that is printed, or delete it"
        yield case.fault(f"{path} is printed in no document", parse_path(path), hint)

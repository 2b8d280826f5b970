"""Authors are cited by their family names

Notes and source lines cite a person by the family's name and an institution by its whole name. Where the form of a name
leaves open which word is the family's (Li Wei, Juan Perez Doe), the rule asks for `short`, the name as notes print it.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.brief.citing.author_names import cite_author
from reportgen.evidence.case import Case
from reportgen.evidence.findings import Fault, Severity

ID = "source-name"
SEVERITY: Severity = "warning"


def check(case: Case) -> Iterator[Fault]:
    for name, source in case.brief.sources.items():
        cited = cite_author(source.author, case.brief.writing)
        if cited.other and not source.short:
            message = f"{source.author} is cited as {cited.name}, but the family name may be {cited.other}"
            yield case.fault(message, ("sources", name, "author"), f"say which: short: {cited.name}")

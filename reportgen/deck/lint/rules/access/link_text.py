"""Links say where they lead

Links are also listed by themselves, and "here" says nothing there. An address that is printed as it is says enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.deck.lint.lint_case import LintCase
from reportgen.deck.lint.lint_finding import LintFinding, Severity

ID = "link-text"
SEVERITY: Severity = "warning"
_NOTHING = re.compile(
    r"(?:(?:click|see|read|go|find|learn|tap)\s+)?(?:it|more|here|this|that|link|page|details?|continue|info)"
    r"(?:\s+(?:here|link|page|more|site|website))?|click|download|learn more|read on|\W*",
    re.IGNORECASE,
)


def check(case: LintCase) -> Iterator[LintFinding]:
    for passage in case.passages():
        words, target = "", None
        for run in (*passage.paragraph.runs, None):
            link = run.link if run else None
            if run and target and not link and not run.text.strip():  # the spaces between a link's words
                words += run.text
                continue
            if target and link != target:
                said = " ".join(words.split()).strip(" .,:;…>»→")
                if _NOTHING.fullmatch(said):
                    message = f"the link “{said}” does not say where it leads"
                    yield passage.finding(ID, SEVERITY, message, "link the name of what is there")
            words = words + run.text if run and link and link == target else run.text if run else ""
            target = link

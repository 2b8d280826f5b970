"""Links name their target

Screen readers also list links out of context, where "here" says nothing. An address that is printed as it is says enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.deck.lint.lint_case import Fault, LintCase

ID = "link-text"
SEVERITY = "warning"
_EMPTY_PHRASE = re.compile(
    r"(?:(?:click|see|read|go|find|learn|tap)\s+)?(?:it|more|here|this|that|link|page|details?|continue|info)"
    r"(?:\s+(?:here|link|page|more|site|website))?|click|download|learn more|read on|\W*",
    re.IGNORECASE,
)


def check(case: LintCase) -> Iterator[Fault]:
    for passage in case.passages():
        words, target = "", None
        for run in (*passage.paragraph.runs, None):
            link = run.link if run else None
            if run and target and not link and not run.text.strip():  # the spaces between a link's words
                words += run.text
                continue
            if target and link != target:
                phrase = " ".join(words.split()).strip(" .,:;…>»→")
                if _EMPTY_PHRASE.fullmatch(phrase):
                    message = f"the link “{phrase}” does not say where it leads"
                    yield passage.fault(message, "link the name of the target")
            text = run.text if run else ""
            words = words + text if link and link == target else text
            target = link

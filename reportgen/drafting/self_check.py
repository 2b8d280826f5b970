"""A draft held against its own articles: what `check` would report of it is mended or left out, until only gaps are left."""

from __future__ import annotations

import re
from pathlib import Path

from reportgen.brief.loader import build_brief
from reportgen.drafting.brief_text import write_brief
from reportgen.drafting.draft_values import Draft, name_gap
from reportgen.evidence.checking import check_texts
from reportgen.evidence.findings import Finding
from reportgen.input.yamlfile import parse_yaml
from reportgen.system.errors import BriefError

MAX_ROUNDS = 8


def settle(draft: Draft, file: Path) -> str:
    """Return the text of a draft in which no error but its gaps is left.

    Parameters
    ----------
    draft
        The draft. Facts, quotes, points and exhibits that do not hold are taken out of it.
    file
        The place of the brief's file; it is not written.
    """
    texts = {article.id: article.text for article in draft.articles}
    faults: list[Finding] = []
    for _ in range(MAX_ROUNDS):
        text = write_brief(draft)
        try:
            brief = build_brief(parse_yaml(text, str(file)), draft=True)
        except BriefError as error:
            _drop_invalid(draft, error)
            continue
        findings = check_texts(brief, texts, None, draft.date).findings
        faults = [each for each in findings if each.rule != "gap" and each.severity == "error"]
        if not faults:
            return text
        for fault in reversed(faults):  # from the file's end, so that the places of the others stay
            _mend(draft, fault)
    raise AssertionError(f"a draft does not settle: {faults[0].message if faults else 'its file stays invalid'}")


def _mend(draft: Draft, fault: Finding) -> None:
    """Give a fact the status that its quote says, or take out what does not hold."""
    kind, first, second, third = (*fault.path, "", "", "", "")[:4]
    if kind == "facts" and first in draft.facts:
        _mend_fact(draft, str(first), fault)
    elif kind == "quotes":
        draft.remove_quote(str(first))
    elif kind == "exhibits":
        draft.remove_exhibit(str(first))
    elif kind == "topics" and second == "points":
        draft.remove_point(int(first), int(third))
    elif kind == "topics":
        draft.open_title(int(first))
    elif kind == "recommendations":
        draft.remove_recommendation(int(first))
    elif kind == "sources" and second:
        draft.open_source(str(first), str(second))
    elif kind == "title":
        draft.title = name_gap("the title")


def _drop_invalid(draft: Draft, error: BriefError) -> None:
    """Take out the facts that the brief's models refuse, such as a range that is upside down in its source."""
    named = {match[1] for each in error.diagnostics if (match := re.match(r"facts\.([\w-]+)", each.message))}
    if not named:
        raise error
    for name in named:
        draft.remove_fact(name)


def _mend_fact(draft: Draft, name: str, fault: Finding) -> None:
    fields = draft.facts[name]
    status = re.fullmatch(r"add status: (\w+)", fault.hint or "")
    if status and "status" not in fields:
        fields["status"] = status[1]
    elif (
        fault.path[-1] in ("unit", "condition", "base", "status", "attributed_to", "as_of", "precision", "bound")
        and fault.path[-1] in fields
    ):
        del fields[str(fault.path[-1])]
    else:
        draft.remove_fact(name)

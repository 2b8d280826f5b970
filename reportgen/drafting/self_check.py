"""A draft held against its own articles: what `check` would report of it is mended or left out, until only gaps are left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from reportgen.brief.loader import build_brief
from reportgen.drafting.brief_text import write_brief
from reportgen.drafting.draft import Draft
from reportgen.evidence.checking import check_texts
from reportgen.evidence.findings import Finding
from reportgen.evidence.sources.source_text import SourceText
from reportgen.input.yamlfile import parse_yaml
from reportgen.system.errors import BriefError

MAX_ROUNDS = 8


def settle(draft: Draft, file: Path) -> tuple[str, list[Finding]]:
    """Return the text of a draft in which no error but its gaps is left, and the findings that are.

    Parameters
    ----------
    draft
        The draft. Facts, quotes, points and exhibits that do not hold are taken out of it.
    file
        The place of the brief's file; it is not written.
    """
    texts = {article.id: article.text for article in draft.articles}
    for _ in range(MAX_ROUNDS):
        text = write_brief(draft)
        findings = _check(draft, text, file, texts)
        faults = [each for each in findings if each.rule != "gap" and each.severity == "error"]
        if not faults:
            break
        for fault in faults:
            _mend(draft, fault)
    return text, findings


def _check(draft: Draft, text: str, file: Path, texts: Mapping[str, SourceText]) -> list[Finding]:
    brief = build_brief(parse_yaml(text, str(file)), is_draft=True)
    return list(check_texts(brief, texts, None, draft.date).findings)

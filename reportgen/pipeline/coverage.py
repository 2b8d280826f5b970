"""The coverage of a brief: which of its texts each document prints, and which it leaves out by its rule."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from reportgen.brief.omissions import Omission, generalize_path
from reportgen.brief.traced_brief import list_texts

if TYPE_CHECKING:
    from reportgen.audit import AuditReport
    from reportgen.brief.model import Brief
    from reportgen.system.errors import Location

TECHNICAL = re.compile(r"sources\.[^.]+\.(file|sheet|encoding)|marking\.recipients\[|quotes\.[^.]+\.(text|speaker)")
"""Texts that no document prints for their own sake: names of files, domains of mail, and quotes, which follow what they support."""
FORMS = {"onepage": "one-page"}
"""What a form is called where that is not its name."""
NO_RULE = "no rule says so"
OTHER_ONLY = "the brief shows it in the other document only"
NOUNS = {
    "why_now.title": "finding", "why_now.points[]": "point", "why_now.judgments[]": "judgment", "topics[].title": "finding",
    "topics[].points[]": "point", "topics[].judgments[]": "judgment", "options[]": "option", "dissent[]": "dissent",
    "recommendations[].title": "recommendation", "recommendations[].act": "act", "recommendations[].action": "action", "recommendations[].risk": "risk",
    "recommendations[].decide": "open decision", "recommendations[].lead[]": "lead", "recommendations[].deadline": "deadline",
    "recommendations[].deadline_note": "note on a deadline", "recommendations[].supports[]": "supporter", "options[].supports[]": "supporter",
    "recommendations[].objection": "objection", "timeline[]": "date", "exhibits.*.takeaway[]": "takeaway",
    "exhibits.*.notes": "speaker’s note", "exhibits.*": "exhibit", "talking_points[]": "talking point", "questions[]": "question",
    "basis[]": "line of the basis", "to[]": "addressee", "from[]": "sender", "through[]": "office that passes it on", "cc[]": "recipient of a copy", "reference[]": "paper referred to", "clearance[]": "office that clears", "clearances[]": "answer of an office", "drafted_by[]": "drafter", "approved_by[]": "approver",
    "sources.*": "source", "participants[]": "participant", "watch_out[]": "point to watch",
}  # fmt: skip
"""What a summary calls a text, by its key; other texts are named by their key."""
PLURALS = {"line of the basis": "lines of the basis", "note on a deadline": "notes on deadlines", "office that clears": "offices that clear", "answer of an office": "answers of offices",
           "dissent": "dissents", "point to watch": "points to watch"}  # fmt: skip


class CoveredText(Struct, frozen=True):
    """A text of the brief, its place, and by document the reason for leaving it out, "" where it is printed."""

    key: str
    where: Location | None
    documents: Mapping[str, str]

    @property
    def is_printed(self) -> bool:
        """True if some document prints it."""
        return "" in self.documents.values()


class Coverage(Struct, frozen=True, dict=True):
    """Every text of a brief, and which documents print it."""

    documents: tuple[str, ...]
    texts: tuple[CoveredText, ...]
    rules: Mapping[str, Sequence[Omission]]

    @cached_property
    def unprinted(self) -> tuple[str, ...]:
        """The keys of texts that no document prints."""
        return tuple(text.key for text in self.texts if not text.is_printed)

    @property
    def unexplained(self) -> tuple[tuple[str, str], ...]:
        """The document and the key of each text that is left out without a rule."""
        return tuple((name, text.key) for text in self.texts for name, why in text.documents.items() if why == NO_RULE)

    def summarize(self) -> str:
        """Return in one line what each document leaves out of what was written for it; "" where nothing is."""
        parts = [f"{name}: {listed}" for name in self.documents if (listed := self._summarize(name))]
        return f"left out: {'; '.join(parts)}" if parts else ""

    def _summarize(self, name: str) -> str:
        counts: dict[str, dict[str, None]] = {}
        for text in self.texts:
            rule = next((rule for rule in self.rules[name] if rule.covers(text.key)), None)
            is_elsewhere = text.is_printed and (text.documents[name] == OTHER_ONLY or (rule and rule.elsewhere))
            if text.documents[name] and not is_elsewhere and not (rule and rule.other_form):
                whole, noun = _name(text.key)
                counts.setdefault(noun, {})[whole] = None
        return ", ".join(_count(noun, len(wholes)) for noun, wholes in counts.items())

    def as_dict(self) -> dict[str, Any]:
        """Return the whole table as `build --coverage FILE.json` writes it."""
        return {
            "documents": list(self.documents),
            "unprinted": list(self.unprinted),
            "texts": [
                {
                    "key": text.key,
                    "line": text.where.line if text.where else None,
                    "printed": [name for name, why in text.documents.items() if not why],
                    "left_out": {name: why for name, why in text.documents.items() if why},
                }
                for text in self.texts
            ],
        }

    def encode(self, ending: str) -> bytes:
        """Return the table as a file with this ending holds it: JSON for .json, else text."""
        if ending.lower() == ".json":
            return (json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n").encode()
        width = max((len(text.key) for text in self.texts), default=0)
        lines = [f"{text.key:{width}}  {_describe(text)}".rstrip() for text in self.texts]
        return "\n".join([*lines, ""]).encode()


def measure_coverage(
    brief: Brief, printed: Mapping[str, Iterable[str]], rules: Mapping[str, Sequence[Omission]]
) -> Coverage:
    """Return the coverage of a brief's texts by documents.

    Parameters
    ----------
    printed
        The paths that each document prints, by the document's name.
    rules
        What each of them leaves out by its rule.
    """
    texts = [(path, text) for path, text in list_texts(brief) if not TECHNICAL.match(path)]
    twins: dict[str, set[str]] = {}
    for path, text in texts:
        twins.setdefault(brief.plain(text), set()).add(path)
    found = {name: frozenset(paths) for name, paths in printed.items()}

    def explain(name: str, path: str, text: str) -> str:
        whole = "marking" if path.startswith("marking.") else path
        if whole in found[name] or not found[name].isdisjoint(twins[brief.plain(text)]):
            return ""
        if _is_for_another(brief, name, path):
            return OTHER_ONLY
        return next((rule.why for rule in rules[name] if rule.covers(path)), NO_RULE)

    from reportgen.input.model_validation import parse_path

    covered = (
        CoveredText(path, brief.where(*parse_path(path)), {name: explain(name, path, text) for name in printed})
        for path, text in texts
    )
    return Coverage(tuple(printed), tuple(covered), rules)


def _is_for_another(brief: Brief, name: str, path: str) -> bool:
    """Return whether a text is an exhibit's that the brief keeps to memo or deck."""
    parts = path.split(".")
    exhibit = brief.exhibits.get(parts[1]) if parts[0] == "exhibits" else None
    return bool(exhibit and exhibit.only and (exhibit.only == "deck") != (name == "deck"))


def _describe(text: CoveredText) -> str:
    printed = ", ".join(name for name, why in text.documents.items() if not why)
    reasons = [f"not in {name}: {why}" for name, why in text.documents.items() if why]
    return "; ".join(part for part in (printed, *reasons) if part)


def cover_documents(brief: Brief, audits: Iterable[AuditReport]) -> Coverage:
    """Return the coverage of a brief's texts by documents that have been audited."""
    from reportgen.deck.left_out import LEFT_OUT
    from reportgen.memo.profiles import find_profile

    printed: dict[str, frozenset[str]] = {}
    rules: dict[str, Sequence[Omission]] = {}
    for audit in audits:
        form, copy = audit.recipe.profile, audit.recipe.copy
        name = f"{FORMS.get(form, form)} memo" if form else "deck"
        printed[name], rules[name] = audit.printed, find_profile(form, copy).leaves_out if form else LEFT_OUT
    return measure_coverage(brief, printed, rules)


def _name(path: str) -> tuple[str, str]:
    """Return the part that a text belongs to, and what that is called."""
    name = generalize_path(path)
    keys = [key for key in NOUNS if name == key or name.startswith((f"{key}.", f"{key}["))]
    if not keys:
        return path, path
    key = max(keys, key=len)
    steps = key.count(".") + key.count("[")
    parts = re.findall(r"[^.\[]+|\[\d+\]", path)
    return "".join(parts[: steps + 1]), NOUNS[key]


def _count(noun: str, count: int) -> str:
    if noun not in NOUNS.values():
        return noun
    return f"{count} {noun if count == 1 else PLURALS.get(noun, f'{noun}s')}"

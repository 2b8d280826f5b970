"""The words that an office clears: each part of the brief as documents print it, and its hash.

A part is a text of its own, a heading, a point or a judgment of a section, an entry of a list, or an exhibit. Its words have their facts
filled in, so a new value is a change; Markdown, citations, the order of keys and comments of the file are none. The head (date,
addressees, number) is not cleared, as it is completed last.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from reportgen.brief.traced_brief import list_texts
from reportgen.text import inline

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

KEYS = frozenset(
    (
        "title", "subtitle", "subject", "bottom_line", "key_numbers", "purpose", "objective", "watch_out", "why_now", "topics",
        "options", "dissent", "recommendations", "timeline", "exhibits", "talking_points", "questions", "basis", "attachments",
    )
)  # fmt: skip
"""The keys of the brief whose words are cleared."""
_PART = re.compile(
    r"(?P<section>why_now|topics\[\d+\])\.(?:title|(?:points|judgments)\[\d+\])|exhibits\.[^.\[]+|[a-z_]+(?:\[\d+\])?"
)
_INDEX = re.compile(r"\[\d+\]$")
SHORT, WHOLE = 7, 24
"""Letters of the hash of a part, and of all: 33 bits tell parts apart, 112 prove that nothing changed."""
BETWEEN = "\x1f"


def list_parts(brief: Brief) -> dict[str, str]:
    """Return the printed words of each part by its path: topics[0].points[2], recommendations[1], exhibits.costs."""
    parts: dict[str, list[str]] = {}
    for path, raw in list_texts(brief):
        if re.split(r"[.\[]", path, maxsplit=1)[0] not in KEYS:
            continue
        found = _PART.match(path)
        part = found[0] if found else path
        parts.setdefault(part, []).append(f"{path[len(part) :]} {_print(raw, brief)}")
    for path, words in _list_other_words(brief):
        parts.setdefault(path, []).extend(words)
    return {path: BETWEEN.join(texts) for path, texts in parts.items()}


def _print(raw: str, brief: Brief) -> str:
    """Return a text as it prints; one with references that are none, such as a label from a data file, as it is."""
    references = inline.find_references(raw)
    is_inline = all(each.id in brief.quantities for each in references if each.kind in ("fact", "malformed"))
    words = brief.plain(raw) if is_inline else raw
    return " ".join(unicodedata.normalize("NFC", words).split())


def _list_other_words(brief: Brief) -> Iterator[tuple[str, list[str]]]:
    """Yield what parts print besides their texts: numbers of exhibits, terms of judgments, the recommended option."""
    for index, number in enumerate(brief.key_numbers):
        yield f"key_numbers[{index}]", [brief.quantities[number.fact].short]
    paths = [*(["why_now"] if brief.why_now else []), *(f"topics[{index}]" for index in range(len(brief.topics)))]
    for path, section in zip(paths, brief.sections, strict=True):
        if kind := getattr(section, "kind", ""):
            yield f"{path}.title", [kind]
        for index, judgment in enumerate(section.judgments):
            yield f"{path}.judgments[{index}]", [judgment.confidence or "", judgment.likelihood or ""]
    for index, option in enumerate(brief.options):
        if option.recommended:
            yield f"options[{index}]", ["recommended"]
    for name, exhibit in brief.exhibits.items():
        yield f"exhibits.{name}", [quantity.short for quantity in exhibit.quantities]


def hash_words(parts: Mapping[str, str]) -> str:
    """Return the hash of all parts."""
    return _hash("\x1e".join(f"{path}={words}" for path, words in parts.items()), WHOLE)


def pack_hashes(parts: Mapping[str, str]) -> str:
    """Return the hashes of the parts as a brief keeps them: bottom_line=kfhwmqa recommendations=pqjkzhb,mwxatcn."""
    groups: dict[str, list[str]] = {}
    for path, words in parts.items():
        groups.setdefault(_INDEX.sub("", path), []).append(_hash(words, SHORT))
    return " ".join(f"{name}={','.join(hashes)}" for name, hashes in groups.items())


def unpack_hashes(packed: str) -> dict[str, tuple[str, ...]]:
    """Return the hashes of parts by the lists that they are in."""
    pairs: Iterable[tuple[str, str, str]] = (group.rpartition("=") for group in packed.split())
    return {name: tuple(hashes.split(",")) for name, _, hashes in pairs}


def _hash(words: str, letters: int) -> str:
    """Return a hash of letters alone: YAML would read digits as a number."""
    number, found = int.from_bytes(hashlib.sha256(words.encode()).digest()), ""
    for _ in range(letters):
        number, digit = divmod(number, 26)
        found += chr(ord("a") + digit)
    return found

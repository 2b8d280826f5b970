"""Random edits of finished files, of twelve kinds, each with what a right answer must say of it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.audit.alterations import QUALIFIERS, QUANTIFIERS, Alteration
from tests.edits.office_copies import DocxCopy, OfficeCopy, Passage, PptxCopy

KINDS = (
    "word", "insertion", "deletion", "sentence added", "sentence deleted", "number", "sign", "qualifier", "cell", "notes",
    "comment or value", "paragraph",
)  # fmt: skip
WORDS = ("steady", "remote", "plainly", "instead", "broader", "careful", "modest", "wider")
SENTENCES = (
    "This remains a matter for the ministries.", "We would watch it closely.", "Nothing here changes that view.",
    "The offices agree on this.", "It bears repeating in every meeting.",
)  # fmt: skip


@dataclass(frozen=True)
class RandomEdit:
    """An edit that was made: what to look for among the edits that are listed."""

    kind: str
    alteration: Alteration
    new: str
    is_comment: bool = False
    is_move: bool = False


def edit_randomly(file: OfficeCopy, kind: str, draw: random.Random, is_tracked: bool = False) -> RandomEdit | None:
    """Edit a file once; None where it has no place for this kind."""
    if kind == "comment or value":
        return _change_value(file, draw) if isinstance(file, PptxCopy) and draw.random() < 0.7 else _comment(file, draw)
    passages = [each for each in file.passages() if len(each.text.split()) > 3 and each.room != "furniture"]
    rooms = {"cell": ("cell",), "notes": ("notes", "note")}.get(kind, ("text", "cell", "notes", "note"))
    chosen = [each for each in passages if each.room in rooms]
    draw.shuffle(chosen)
    if kind == "paragraph":
        return _change_paragraph(file, [each for each in chosen if each.room == "text"], draw, is_tracked)
    for passage in chosen:
        if found := _choose(kind, passage.text, draw):
            start, end, new = found
            if is_tracked and isinstance(file, DocxCopy):
                file.track(passage, start, end, new)
            else:
                file.replace(passage, start, end, new)
            return RandomEdit(kind, _alter(passage, start, end, new), new)
    return None


def _choose(kind: str, text: str, draw: random.Random) -> tuple[int, int, str] | None:
    """Return the characters of a text that an edit of this kind replaces, and the new ones."""
    words = list(re.finditer(r"[^\W\d_]{4,}", text))
    sentences = list(re.finditer(r"(?<=[.!?] )[^.!?“”]{12,}[.!?](?= |$)", text))
    pick: dict[str, Callable[[], tuple[int, int, str] | None]] = {
        "word": lambda: _at(draw.choice(words), draw.choice(WORDS)) if words else None,
        "insertion": lambda: _before(draw.choice(words), f"{draw.choice(WORDS)} ") if words else None,
        "deletion": lambda: _drop_word(draw.choice(words), text) if words else None,
        "sentence added": lambda: (
            (len(text), len(text), f" {draw.choice(SENTENCES)}") if text.rstrip()[-1:] == "." else None
        ),
        "sentence deleted": lambda: _at(draw.choice(sentences), "") if sentences else None,
        "number": lambda: _change_number(text, draw),
        "sign": lambda: _before(draw.choice(words), ", ") if words else None,
        "qualifier": lambda: _drop_qualifier(text, draw),
        "cell": lambda: _at(draw.choice(words), draw.choice(WORDS)) if words else None,
        "notes": lambda: _at(draw.choice(words), draw.choice(WORDS)) if words else None,
    }
    found = pick[kind]()
    if found and kind == "sign":  # behind the word before, without its space
        start = len(text[: found[0]].rstrip())
        found = (start, start, ",") if 0 < start < found[0] and text[start - 1].isalnum() else None
    return found


def _at(match: re.Match[str], new: str) -> tuple[int, int, str]:
    start = match.start() - (not new and match.string[match.start() - 1 : match.start()] == " ")
    return start, match.end(), new.capitalize() if match[0][0].isupper() else new


def _before(match: re.Match[str], new: str) -> tuple[int, int, str]:
    return match.start(), match.start(), new


def _drop_word(match: re.Match[str], text: str) -> tuple[int, int, str]:
    return match.start(), match.end() + (text[match.end() : match.end() + 1] == " "), ""


def _change_number(text: str, draw: random.Random) -> tuple[int, int, str] | None:
    found = list(re.finditer(r"(?<![¶\d.,])\d+(?:\.\d+)?(?![\d.,]*\d)", text))
    if not found:
        return None
    match = draw.choice(found)
    return match.start(), match.end(), str(int(float(match[0])) + draw.randint(1, 9))


def _drop_qualifier(text: str, draw: random.Random) -> tuple[int, int, str] | None:
    table = QUANTIFIERS | QUALIFIERS
    found = [
        (match, table[word])
        for word in table
        if word[0].isalpha()
        for match in re.finditer(rf"(?<![\w-]){word}(?![\w-])", text)
    ]
    if not found:
        return None
    match, new = draw.choice(found)
    end = match.end() + (not new and text[match.end() : match.end() + 1] == " ")
    return match.start(), end, new


def _alter(passage: Passage, start: int, end: int, new: str) -> Alteration:
    return Alteration("edit", (passage.part, passage.index), start, end, passage.text[start:end], new, passage.text)


def _change_paragraph(
    file: OfficeCopy, passages: list[Passage], draw: random.Random, is_tracked: bool
) -> RandomEdit | None:
    if not passages:
        return None
    passage, new = passages[0], draw.choice(SENTENCES)
    way = draw.choice(("add", "remove"))
    tracked = is_tracked and isinstance(file, DocxCopy)
    end = len(passage.text)
    if way == "add":
        if tracked:
            file.track_added(passage, new)
        else:
            file.add_after(passage, new)
        return RandomEdit("paragraph", _alter(passage, end, end, new), new)
    if tracked:
        file.track_removed(passage)
    elif isinstance(file, PptxCopy) or passage.room == "cell":
        file.replace(passage, 0, end, "")
    else:
        file.remove(passage)
    return RandomEdit("paragraph", _alter(passage, 0, end, ""), "")


def _comment(file: OfficeCopy, draw: random.Random) -> RandomEdit | None:
    words = draw.choice(SENTENCES)
    if isinstance(file, PptxCopy):
        slides = file.slides()
        number = draw.randint(2, len(slides))
        file.comment(number, words)
        said = " ".join(each.text for each in file.passages() if each.part == slides[number - 1])
        alteration = Alteration("edit", (slides[number - 1],), 0, 0, "", words, said)
        return RandomEdit("comment or value", alteration, words, is_comment=True)
    passages = [each for each in file.passages() if len(each.text.split()) > 5 and each.room == "text"]
    passage = draw.choice(passages)
    assert isinstance(file, DocxCopy)
    file.comment(passage, 0, len(passage.text), words)
    return RandomEdit("comment or value", _alter(passage, 0, len(passage.text), words), words, is_comment=True)


def _change_value(file: PptxCopy, draw: random.Random) -> RandomEdit | None:
    if draw.random() < 0.3 and (names := file.chart_names()):
        part, index, text = draw.choice(names)
        end, new = len(text), f" {draw.choice(WORDS)}"
        file.set_chart_name(part, index, text + new)
        return RandomEdit("comment or value", Alteration("edit", (part, index), end, end, "", new, text), new)
    values = file.chart_values()
    if not values:
        return None
    part, index, text = draw.choice(values)
    new = str(float(text) + draw.randint(1, 9))
    file.set_chart_value(part, index, new)
    return RandomEdit("comment or value", Alteration("edit", (part, index), 0, len(text), text, new, text), new)

"""The trace in a Word document: a bookmark around each text of the brief, named after the paths that it comes from.

A bookmark survives what a style, a comment or an attribute of ours would not: Word and LibreOffice keep its name and its
place through edits, and drop it only with its last letter. The name is short (Word allows 40 characters of A to Z, digits
and underscores), so it is a hash: whoever wants the path composes the memo again and looks the name up in `list_bookmarks`.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from reportgen.word.word_values import Content, NoteMark, Paragraph, WordMemo

PREFIX = "rg_"
DIGITS = 16  # of the hash: two of a thousand texts share a name once in 10^13 briefs
NOTE_PREFIX = "to_note_"
_NOTE = re.compile(rf"{NOTE_PREFIX}(\d{{1,6}})(?:_Copy_\d+)*")
NOTES_PLACE = f"{PREFIX}notes"
"""The bookmark of the paragraph behind which a memo lists its notes, which Word prints as footnotes."""
_NAME = re.compile(rf"({PREFIX}[0-9a-f]{{{DIGITS}}}(?:_\d+)?|{NOTES_PLACE})(?:_Copy_\d+)*")


def bookmark_name(paths: str, occurrence: int = 1) -> str:
    """Return the name of the bookmark around a text of the brief.

    Parameters
    ----------
    paths
        The path of the text, as the trace has it ("topics[2].points[0]"); several have a space between them.
    occurrence
        Which of the texts with these paths it is, counted from 1: a document may print a text twice.
    """
    digits = hashlib.sha256(paths.encode()).hexdigest()[:DIGITS]
    return f"{PREFIX}{digits}_{occurrence}" if occurrence > 1 else f"{PREFIX}{digits}"


def read_bookmark_name(name: str) -> str:
    """Return the name that a bookmark of the trace had when it was written, "" for any other bookmark.

    LibreOffice adds "_Copy_1" to the names of bookmarks in footnotes.
    """
    found = _NAME.fullmatch(name)
    return found[1] if found else ""


def note_anchor(number: int) -> str:
    """Return the name of the bookmark around the mark of a note."""
    return f"{NOTE_PREFIX}{number}"


def read_note_anchor(name: str) -> int:
    """Return the number of the note whose mark a bookmark is around, 0 for any other bookmark."""
    found = _NOTE.fullmatch(name)
    return int(found[1]) if found else 0


class BookmarkNames:
    """Names the texts of one document in the order in which they are written."""

    def __init__(self) -> None:
        self._count: Counter[str] = Counter()

    def take(self, paths: str) -> str:
        """Return the name of the next text with these paths."""
        self._count[paths] += 1
        return bookmark_name(paths, self._count[paths])


def list_bookmarks(memo: WordMemo) -> Mapping[str, str]:
    """Return the paths of every text that a memo prints, by the names of their bookmarks, in the order of the document."""
    names = BookmarkNames()
    groups = (group for paragraph in memo.paragraphs for group in group_by_paths(paragraph))
    return {names.take(paths): paths for paths, _ in groups if paths}


def group_by_paths(paragraph: Paragraph) -> Iterator[tuple[str, Sequence[Content]]]:
    """Yield the contents of a paragraph that stand together and have the same paths; those of a template have none, "".

    The numbers of notes behind a text are no part of it.
    """
    for paths, group in groupby(paragraph.contents, attrgetter("paths")):
        contents = list(group)
        end = len(contents)
        while paths and end and isinstance(contents[end - 1], NoteMark):
            end -= 1
        if contents[:end]:
            yield paths, contents[:end]
        if contents[end:]:
            yield "", contents[end:]

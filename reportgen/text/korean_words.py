"""Keep Korean words whole at the ends of lines, as `word-break: keep-all` does, which WeasyPrint does not know.

A word joiner, which has no width and no ink, goes between a Korean syllable and the letter, digit or mark that it touches. A word
that is wider than its column is still broken (`overflow-wrap`).
"""

from __future__ import annotations

import re

from reportgen.text.late_pattern import compile_late

JOINER = "\u2060"
HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_HANGUL = compile_late(f"[{HANGUL}]")
_INLINE = r"</?(?:span|strong|em|a|code)\b[^>]*>"
_GAP = compile_late(
    rf"(?<=[{HANGUL}])((?:{_INLINE})*)(?=[\w%({HANGUL}“‘«《〈「])"  # a syllable, and what follows it
    rf"|(?<=[\w%)”’»》〉」])((?:{_INLINE})*)(?=[{HANGUL}])"  # a number, a Latin word or a mark, and its particle
)
_TAG = re.compile(r"(<(?!/?(?:span|strong|em|a|code)\b)[^>]*>)")


def keep_words(html: str) -> str:
    """Return HTML whose Korean words are not broken. Its head and all attributes stay as they are: files and readers keep them."""
    if not _HANGUL.search(html):
        return html
    head, begin, body = html.partition("<body")
    pieces = _TAG.split(body)
    pieces[::2] = [_join(piece) for piece in pieces[::2]]
    return "".join((head, begin, *pieces))


def _join(text: str) -> str:
    """Join the words of a text that may have inline tags, none of whose attributes is changed."""
    if not _HANGUL.search(text):
        return text
    return _GAP.sub(lambda gap: f"{gap[1] or gap[2] or ''}{JOINER}" if _is_text(text, gap.start()) else gap[0], text)


def _is_text(text: str, at: int) -> bool:
    """Return whether a place is between tags."""
    return text.rfind("<", 0, at) <= text.rfind(">", 0, at)

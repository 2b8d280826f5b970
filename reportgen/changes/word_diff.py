"""Words compared: how alike two texts are, and which words of one became which of the other."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from reportgen.changes.change_values import Piece
from reportgen.changes.states.snapshot import Text

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[^\w\s]|_")
_FIGURE = re.compile(r"\d")
SHORT = 3  # letters of a word that says little by itself
LITTLE = 0.3  # its weight beside that of another word
GLUE = 2  # short words between two changes that are shown as one
SALAD = 0.35  # likeness below which whole texts are shown, since marks on single words could not be read
AROUND = 8  # words on either side of a change that are shown of a long text


class Token(Struct, frozen=True):
    """A word, a sign or a fact: what is compared, and its place in the text."""

    key: str
    start: int
    end: int


class Facts(Struct, frozen=True):
    """The facts that both states have and that print otherwise now: old ids by themselves, new ids by the old ones'."""

    old: Collection[str] = frozenset()
    new: Mapping[str, str] = {}

    def canonical(self, fact: str, is_new: bool) -> str:
        """Return the old id of a fact that changed; "" for any other."""
        if is_new:
            return self.new.get(fact, "")
        return fact if fact in self.old else ""


def split_tokens(text: Text, facts: Facts, is_new: bool) -> list[Token]:
    """Return a text's words; each fact that changed is one word, so that its new value makes no new sentence."""
    tokens: list[Token] = []
    at = 0
    for use in text.facts:
        if name := facts.canonical(use.fact, is_new):
            tokens += _split_words(text.words, at, use.start)
            tokens.append(Token(f"\0{name}", use.start, use.end))
            at = use.end
    return tokens + _split_words(text.words, at, len(text.words))


def _split_words(words: str, start: int, end: int) -> list[Token]:
    return [Token(_fold(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(words, start, end)]


def _fold(word: str) -> str:
    """Return a word without what only typesetting adds."""
    return word if word.isascii() else unicodedata.normalize("NFKC", word).replace("’", "'").replace("ʼ", "'")


def weigh(tokens: Sequence[Token]) -> Counter[str]:
    """Return the words of a text with their weights, in hundredths."""
    found: Counter[str] = Counter()
    for token in tokens:
        key = token.key.casefold()
        is_long = len(key) > SHORT or _FIGURE.search(key) or (len(key) > 1 and not key.isascii())
        if key[0].isalnum() or key[0] == "\0":
            found[key] += 100 if is_long else int(100 * LITTLE)
    return found


def measure_likeness(left: Counter[str], right: Counter[str]) -> float:
    """Return from 0 to 1 how much of the weighted words two texts share."""
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0


def diff_texts(old: Text, new: Text, facts: Facts) -> tuple[Piece, ...]:
    """Return a text as it is now, with the words that went before those that came in their place.

    Texts with little in common come whole, one after the other.
    """
    left, right = split_tokens(old, facts, False), split_tokens(new, facts, True)
    if measure_likeness(weigh(left), weigh(right)) < SALAD:
        return (Piece("old", old.words), Piece("new", new.words))
    pieces: list[Piece] = []
    at = 0  # where the new text continues
    for first, last, start, stop in join_changes(left, right):
        begin, end = _span(right, start, stop, len(new.words))
        pieces.append(Piece("same", new.words[at:begin]))
        if last > first:
            pieces.append(Piece("old", old.words[slice(*_span_lost(left, first, last, is_replaced=stop > start))]))
        pieces.append(Piece("new", new.words[begin:end]))
        at = end
    pieces.append(Piece("same", new.words[at:]))
    return tuple(piece for piece in pieces if piece.words)


def join_changes(left: Sequence[Token], right: Sequence[Token]) -> list[tuple[int, int, int, int]]:
    """Return the stretches of words that differ; those with a word or two between them, which say little, as one."""
    matcher = SequenceMatcher(None, [token.key for token in left], [token.key for token in right], autojunk=False)
    found: list[tuple[int, int, int, int]] = []
    for tag, first, last, start, stop in matcher.get_opcodes():
        if tag == "equal":
            continue
        if found:
            before = found[-1]
            between = left[before[1] : first]
            if len(between) <= GLUE and all(
                len(token.key) <= SHORT and not _FIGURE.search(token.key) for token in between
            ):
                found[-1] = (before[0], last, before[2], stop)
                continue
        found.append((first, last, start, stop))
    return found


def _span(tokens: Sequence[Token], start: int, stop: int, length: int) -> tuple[int, int]:
    """Return the characters of some tokens; where there are none, the place between their neighbors."""
    if stop > start:
        return tokens[start].start, tokens[stop - 1].end
    at = tokens[start].start if start < len(tokens) else length
    return at, at


def _span_lost(tokens: Sequence[Token], first: int, last: int, *, is_replaced: bool) -> tuple[int, int]:
    """Return the characters of words that went; where nothing came in their place, with the space beside them."""
    if is_replaced:
        return tokens[first].start, tokens[last - 1].end
    if last < len(tokens):
        return tokens[first].start, tokens[last].start
    return tokens[first - 1].end if first else 0, tokens[last - 1].end


def has_figure(words: str) -> bool:
    """Say whether words have a number in figures."""
    return bool(_FIGURE.search(words))


def shorten_pieces(pieces: Sequence[Piece], around: int = AROUND) -> tuple[Piece, ...]:
    """Return pieces without the long stretches that did not change, except the words next to a change."""
    last = len(pieces) - 1
    return tuple(
        Piece("same", _shorten(piece.words, around, index > 0, index < last))
        if piece.kind == "same" and last
        else piece
        for index, piece in enumerate(pieces)
    )


def _shorten(words: str, around: int, keep_start: bool, keep_end: bool) -> str:
    found = list(re.finditer(r"\S+", words))
    kept = around * (keep_start + keep_end)
    if len(found) <= kept + 2:
        return words
    start = words[: found[around - 1].end()] if keep_start else ""
    end = words[found[-around].start() :] if keep_end else ""
    return f"{start} … {end}" if start and end else f"{start} …" if start else f"… {end}"

"""Render text fields: inline Markdown, ${fact} and [@quote] become safe markup or plain text.

    ${sma-now}        prints the fact in the right words      ${sma-now:short}  as charts print it
    [@sma-now]        cites a quote; prints nothing itself    [@a; @b]          cites two
    *emphasis*  **strong**  [link](https://example.org)  CO~2~  10^6^
    [집현전]{ko}       words in another language than the document's, by its tag

Straight quotes become curly ones, -- and --- dashes; a number never parts from its unit or its minus at a line's end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import Markup, escape
from msgspec import Struct

from reportgen.text.blocks import BlockError, has_blocks, list_paragraphs, split_blocks
from reportgen.text.languages import find_direction
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import NBSP, Quantity, find_link

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.parser_inline import RuleFuncInlineType
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_ID = r"[A-Za-z][A-Za-z0-9_-]*"
FACT_ID = rf"{_ID}(?:\.{_ID})?"
"""A fact, or the value of one of the sources that differ on it: budget.report."""
_FACT = re.compile(rf"\$\{{({FACT_ID})(:short)?\}}")
_WRITTEN = compile_late(rf"(?P<escaped>\\.)|\$\{{(?P<id>{FACT_ID})(?P<short>:short)?\}}")
LETTER = "\ue001"  # to Markdown, neither space nor punctuation
_WORD = compile_late(rf"\$\{{({FACT_ID})(:short)?{LETTER}")
"""A fact while Markdown is parsed: it ends like a word, so that letters (a particle, an s) may follow **${fact}**."""
_MARKED = re.compile(r"[][\\$*_~^'\"\n\r\0]")
"""Characters that Markdown acts on. Most texts have none outside their facts, and need neither parser nor import."""
_CITE = re.compile(rf"\[@({_ID})((?:\s*;\s*@{_ID})*)\]")
_ANY = re.compile(r"(?P<escaped>\\[\\$\[])|(?P<fact>\$\{[^}\n]*\}?)|(?P<quote>\[@[^\]\n]*\]?)|\]\((?P<href>[^)\s]*)")
_SCRIPT = compile_late(r"\^([^\s^]+)\^|~([^\s~]+)~")
_TAG = compile_late(r"\{([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\}")
SAFE_LINK = compile_late(r"(https?://|mailto:)\S+", re.IGNORECASE)
LINKS = "links go to https://, http:// or mailto: addresses"
_UNIT = re.compile(
    r"(?<=\d) (?=(?:percent|percentage|thousand|million|billion|trillion|years?|months?|weeks?|days?)\b)"
)
LEFT_TO_RIGHT = "\u200e"
WORD_JOINER = "\u2060"
_ANY_MINUS = re.compile(r"[−–]|minus")
_MINUS = re.compile(r"(?<![^\s(\[“\"/=<>≤≥≈~])(?:−(?=[^\W\d_]{0,3}[$€£¥₩₹])|–(?=[$€£¥₩₹]?\d))")
_MINUS_WORD = re.compile(r"(?<=\b[Mm]inus) (?=[$€£¥₩₹]?\d)")
_APOSTROPHE = re.compile(r"(?<![^\s(\u2014\u2013\"“-])'(?=\d\ds\b|(?:tis|twas|em|til)\b|\d\d\b(?!.*'))", re.I)
"""An apostrophe that begins a word: '90s, 'tis, and '68 where no quotation follows that could end."""
_OPENING = re.compile(r"(?:(?<=[\s(\[{\u2014\u2013/-])|^|(?<=[\"'“‘]))[\"'](?=[\w$€£¥(\[\"'“‘’])")
_SENTENCE_START = re.compile(r"(?:^|[.!?][”’\")]?\s+|\n\s*)$")
_TAGS = {
    "strong_open": Markup("<strong>"),
    "strong_close": Markup("</strong>"),
    "em_open": Markup("<em>"),
    "em_close": Markup("</em>"),
    "link_close": Markup("</a>"),
    "hardbreak": Markup("<br/>"),
    "softbreak": Markup(" "),
    "cite": Markup(""),
}
_BREAKS = {"softbreak": " ", "hardbreak": " "}


class Reference(Struct, frozen=True):
    """A ${fact}, a [@quote] or a link's target in a text field; `raw` is its source text."""

    kind: Literal["fact", "quote", "link", "malformed"]
    id: str
    raw: str
    hint: str | None = None


class _Piece(Struct):
    """A token of a text without Markdown: words ("text") or a fact."""

    type: str
    content: str = ""
    meta: dict[str, Any] = {}
    attrs: Mapping[str, str | int | float] = {}


@lru_cache(maxsize=4096)  # each text is searched when it is read, by several rules, and when it is printed
def find_references(text: str) -> tuple[Reference, ...]:
    """Return all references in a text, in order, malformed ones included."""
    found = []
    for match in _ANY.finditer(text):
        if raw := match["fact"]:
            if fact := _FACT.fullmatch(raw):
                found.append(Reference("fact", fact[1], raw))
            else:
                hint = "a fact is printed by ${id} or ${id:short}; for a dollar sign and a brace write \\${"
                found.append(Reference("malformed", raw, raw, hint))
        elif raw := match["quote"]:
            if cited := _CITE.fullmatch(raw):
                found += [Reference("quote", quote, f"@{quote}") for quote in re.findall(_ID, cited[0])]
            else:
                hint = "a quote is cited by [@id], two by [@a; @b]; for a bracket and an @ write \\[@"
                found.append(Reference("malformed", raw, raw, hint))
        elif (href := match["href"]) and not SAFE_LINK.fullmatch(href):
            found.append(Reference("link", href, href, LINKS))
    return tuple(found)


def escape_inline(text: str) -> str:
    """Return words as a text field that prints them as they are."""
    return re.sub(r"[!-/:-@\[-`{-~]", r"\\\g<0>", text)  # the signs of ASCII, each of which Markdown may act on


def strip_citations(text: str) -> str:
    """Remove the [@quote]s, which print nothing, from a text."""
    return _CITE.sub("", text)


def render_markup(text: str, facts: Mapping[str, Quantity]) -> Markup:
    """Render a text of one paragraph as safe XHTML of strong em a sub sup br, span.fact around a fact's words, and span[lang].

    Raises BlockError for a text with lists or several paragraphs.
    """
    if has_blocks(text):
        message = (
            f'the text "{text[:30].splitlines()[0]}…" has lists or paragraphs, but is printed here as one paragraph'
        )
        raise BlockError(f"{message}; print it with | prose", text)
    return Markup("").join(_render(token, facts) for token in _tokenize(text))


def render_plain(text: str, facts: Mapping[str, Quantity], short: bool = False) -> str:
    """Render the text without markup, its paragraphs in one line; `short` prints facts in their short form."""
    return "".join(words for words, _ in list_pieces(text, facts, short))


def list_pieces(text: str, facts: Mapping[str, Quantity], short: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the text without markup in pieces, each with the id of the fact that it prints, or ""; see `render_plain`."""
    for number, paragraph in enumerate(list_paragraphs(split_blocks(text))):
        if number:
            yield " ", ""
        for token in _tokenize(paragraph):
            if token.type == "fact":
                yield _fact_words(token, facts, short), token.meta["id"]
            else:
                yield _BREAKS.get(token.type, token.content), ""


def _tokenize(text: str) -> Sequence[Token | _Piece]:
    text = _APOSTROPHE.sub("’", text)
    if not _MARKED.search(_FACT.sub("", text)):
        return _tidy(list(_split_facts(text)))
    text = _WRITTEN.sub(_end_like_word, text)
    return _tidy(_load_parser().parseInline(text)[0].children or [])


def _split_facts(text: str) -> Iterator[_Piece]:
    at = 0
    for match in _FACT.finditer(text):
        if match.start() > at:
            yield _Piece("text", text[at : match.start()])
        yield _Piece("fact", meta=_fact_meta(match))
        at = match.end()
    if at < len(text):
        yield _Piece("text", text[at:])


def _end_like_word(match: re.Match[str]) -> str:
    return match[0] if match["escaped"] else f"{match[0][:-1]}{LETTER}"


def _tidy(tokens: Sequence[Token | _Piece]) -> Sequence[Token | _Piece]:
    """Set dashes, ellipses and no-break spaces; mark a fact that opens a sentence for a capital."""
    before = ""
    for index, token in enumerate(tokens):
        if token.type == "text":
            token.content = _set_typography(token.content)
            before += token.content
        elif token.type == "fact":
            token.meta["capital"] = bool(_SENTENCE_START.search(before))
            token.meta["link"] = find_link(before, partial(_join_words, tokens[index + 1 :]))
            before += "fact"
        else:
            before += _BREAKS.get(token.type, "")
    return tokens


def set_quotes(text: str) -> str:
    """Set typographic quotes and apostrophes in a text without Markdown: “Q.” ’90s, O’Neill."""
    text = _APOSTROPHE.sub("’", text)
    text = _OPENING.sub(lambda match: "“" if match[0] == '"' else "‘", text)
    return text.replace('"', "”").replace("'", "’")


def _join_words(tokens: Sequence[Token | _Piece]) -> str:
    return "".join("fact" if token.type == "fact" else _BREAKS.get(token.type, token.content) for token in tokens)


def _set_typography(text: str) -> str:
    text = text.replace("---", "—").replace("--", "–").replace("...", "…")
    return bind_minus(_UNIT.sub(NBSP, text))


def bind_minus(text: str) -> str:
    """Bind a minus to its number where a line could end between them: before a currency, after a dash or the word."""
    return _MINUS.sub(rf"\g<0>{WORD_JOINER}", _MINUS_WORD.sub(NBSP, text)) if _ANY_MINUS.search(text) else text


def _render(token: Token | _Piece, facts: Mapping[str, Quantity]) -> Markup:
    match token.type:
        case "text":
            return escape(token.content)
        case "fact":
            return Markup('<span class="fact" data-fact="{}">{}</span>').format(
                token.meta["id"], _fact_words(token, facts)
            )
        case "sub" | "sup":
            return Markup("<{0}>{1}</{0}>").format(token.type, token.content)
        case "link_open":
            return Markup('<a href="{}">').format(token.attrs["href"])
        case "lang_open":
            return Markup('<span lang="{}">{}').format(token.attrs["lang"], token.meta["mark"])
        case "lang_close":
            return Markup("{}</span>").format(token.meta["mark"])
    return _TAGS[token.type]


def _fact_words(token: Token | _Piece, facts: Mapping[str, Quantity], short: bool = False) -> str:
    quantity = facts[token.meta["id"]]
    words = quantity.short if short or token.meta["short"] else quantity.prose_after(token.meta["link"])
    words = bind_minus(words)
    first = 1 if words.startswith(LEFT_TO_RIGHT) else 0  # English in a text that runs from right to left
    return (
        words[:first] + words[first : first + 1].upper() + words[first + 1 :]
        if token.meta["capital"] and not short
        else words
    )


@cache
def _load_parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("zero", {"typographer": True, "quotes": "“”‘’"})
    parser.enable(["emphasis", "link", "escape", "newline", "smartquotes"])
    parser.inline.ruler.before("link", "fact", _make_rule(_WORD, _push_fact))
    parser.inline.ruler.before("fact", "cite", _make_rule(_CITE, _push_cite))
    parser.inline.ruler.before("fact", "script", _make_rule(_SCRIPT, _push_script))
    parser.inline.ruler.before("link", "language", _parse_language)
    parser.validateLink = lambda url: bool(SAFE_LINK.fullmatch(url))  # type: ignore[method-assign]
    return parser


def _fact_meta(match: re.Match[str]) -> dict[str, Any]:
    return {"id": match[1], "short": bool(match[2]), "capital": False}


def _make_rule(pattern: re.Pattern[str], push: Callable[[StateInline, re.Match[str]], None]) -> RuleFuncInlineType:
    """Return a rule of the parser that pushes a token for what a pattern matches."""

    def parse(state: StateInline, silent: bool) -> bool:
        match = pattern.match(state.src, state.pos)
        if match and not silent:
            push(state, match)
        state.pos = match.end() if match else state.pos
        return bool(match)

    return parse


def _push_fact(state: StateInline, match: re.Match[str]) -> None:
    state.push("fact", "", 0).meta = _fact_meta(match)


def _push_cite(state: StateInline, _: re.Match[str]) -> None:
    """Push [@quote], which prints nothing; nor does the space before it."""
    state.pending = state.pending.rstrip(" \n")
    state.push("cite", "", 0)


def _push_script(state: StateInline, match: re.Match[str]) -> None:
    state.push("sup" if match[1] else "sub", "", 0).content = match[1] or match[2]


def _find_mark(words: str, language: str) -> str:
    """Return the mark of direction that a passage needs at both ends: one that begins or ends with figures or signs goes the way of
    what is around it, where that runs from right to left."""
    bare = _WORD.sub("fact", words).strip("*_")
    is_whole = bare[:1].isalpha() and bare[-1:].isalpha()
    return "" if is_whole or find_direction(language) == "rtl" else LEFT_TO_RIGHT


def _parse_language(state: StateInline, silent: bool) -> bool:
    """Parse [words]{ko}; the brackets may hold all that a text may."""
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    match = _TAG.match(state.src, end + 1) if end >= 0 else None
    if not match:
        return False
    if not silent:
        most, begin = state.posMax, state.pos + 1
        state.pos, state.posMax = begin, end
        mark = _find_mark(state.src[begin:end], match[1])
        token = state.push("lang_open", "span", 1)
        token.attrs, token.meta = {"lang": match[1]}, {"mark": mark}
        state.md.inline.tokenize(state)
        state.push("lang_close", "span", -1).meta = {"mark": mark}
        state.posMax = most
    state.pos = match.end()
    return True

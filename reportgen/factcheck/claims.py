"""The claims of a document: its numbers and quotations, without what only looks like one.

No claims are page and section numbers, the numbers of lists, notes, tables and laws, telephone numbers, addresses, names
(5G, COP26), the ages of names ("the 2019 Act"), and the document's own date at its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from reportgen.evidence.number_grammar.number_mentions import Mention, find_mentions
from reportgen.evidence.pairing.number_ties import split_sentences
from reportgen.evidence.quotations import Quotation, find_quotations
from reportgen.evidence.sources.footnote_marks import blank_marks
from reportgen.factcheck.fact_values import Claim
from reportgen.factcheck.reading.part_numbers import find_numbers
from reportgen.factcheck.reading.texts import FileText, Part
from reportgen.text.late_pattern import compile_late

HEAD_PARTS = 6  # of a document, among which its own date stands
FEW_WORDS = 9  # of a line that states the date of a document
SCARE_WORDS = 2  # of a quotation that may be a term or a title in quotation marks

_ADDRESS = compile_late(
    r"(?:https?://|www\.|doi:|10\.\d{4,}/)\S+|\S+@\S+\.\w+|\S+\.(?:gov|org|com|html?|pdf|int|edu|net)\b\S*"
)
_PHONE = compile_late(
    r"(?:\+\d{1,3}[\s.-]?)?(?:\(\d{2,4}\)|\b\d{3})[\s.-]\s?\d{3,4}[\s.-]\d{3,4}\b(?:\s*(?:ext|x)\.?\s?\d+)?"
    r"|\+\d{1,3}(?:[\s.-]\(?\d{1,4}\)?){2,5}|(?:phone|tel|fax|telephone|call)[.:]?\s*[\d(+][\d\s().+-]{5,}",
    re.IGNORECASE,
)
_LABEL = compile_late(
    r"(?:\b(?:table|figure|fig|box|chart|exhibit|map|panel|annex|appendix|chapter|section|sec|article|art|part|title|page|pages|pp?|paragraphs?|para|note|notes|footnotes?|"
    r"items?|steps?|phase|day|tier|level|category|class|version|no|nos|number|vol|volume|issue|slide|question|goal|target|option|scenario|h\.?\s?r|h\.?\s?rept|s\.?\s?rept|rept|cong|s|p\.\s?l|pub\.\s?l|public law|"
    r"resolution|rule|form|docket|usc|u\.s\.c|c\.?f\.?r|stat|executive order|proclamation|e\.o|isbn|issn|id)\b\.?|[§¶#№])\s*(?:no\.?\s*)?(?:[A-Z][.-]?)?[\d.,()/–-]*\Z",
    re.IGNORECASE,
)
_CODE_AFTER = compile_late(r"\s?(?:U\.?\s?S\.?\s?C|C\.?\s?F\.?\s?R|Stat|Fed\. Reg|F\.\s?[23]d)\b\.?")
_LIST_NUMBER = compile_late(r"\s*\(?\d{1,2}(?:\.\d{1,2})*[.)]\s+(?=\S)")
_ITEM = compile_late(r"(?:(?<=[\s(;,:])|\A)\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)(?=\s)")
_PAGE_OF = compile_late(r"\bpage\s\d+\sof\s\d+\b", re.IGNORECASE)
_NUMBERED = compile_late(r"\s*(\d{1,3})[.)]?\s+(?:\|\s*)?(?=[A-Z“\"(¶])")
_REFERENCE = compile_late(
    r"\b[A-Z][\w’'-]+(?:\s(?:et al\.|(?:and|&)\s[A-Z][\w’'-]+))?,?\s\((?:19|20)\d\d[a-z]?\)|"
    r"[([]\s*(?:see\s)?[A-Z][^()\[\]\d]{1,60},?\s(?:19|20)\d\d[a-z]?(?:[;,][^()\[\]]*)?\s*[)\]]"
)
_YEAR_NAME = compile_late(
    r"\s(?:[A-Z][\w&.’'-]*\s(?:(?:and|of|for|the|on|to|in)\s)*){0,7}(?:Act|Law|Treaty|Agreement|Accord|Protocol|Convention|Constitution|Code|Bill|Survey|Census|Games|Olympics|World Cup|Report|Review|Update|Edition|"
    r"Plan|Strategy|Agenda|Budget|Conference|Summit|Assessment|Outlook|Index|Framework|Guidelines?|Directive|Regulation)\b"
)
_ACT_OF = compile_late(
    r"(?:Act|Law|Treaty|Agreement|Protocol|Convention|Constitution|Code|Amendments?),?\s(?:of\s|for\s(?:the\s)?[Ff]iscal\s[Yy]ear\s)?\Z"
)
_BARE = compile_late(r"\s*\d{1,4}\s*")
_COPYRIGHT = compile_late(r"(?:©|\(c\)|copyright)\s*(?:\w+\s)?\Z", re.IGNORECASE)
_RELEASE = compile_late(
    r"\b(?:published|release[ds]?|issued|posted|updated|embargoed|for (?:immediate )?release|dated?|revised|last modified|accessed|retrieved)\b",
    re.IGNORECASE,
)
_DATELINE = compile_late(r"\A\s*(?:[A-Z][\w.,’' -]{2,40}[,–—(-]\s*)?\Z")


class Span(Struct, frozen=True):
    """A number or quotation of a document: what it is, and the sentence and part that it stands in."""

    claim: Claim
    part: Part
    start: int
    """Where it begins in its part."""
    sentence: tuple[int, int]
    mention: Mention | None = None
    quotation: Quotation | None = None


def find_claims(document: FileText) -> Iterator[Span]:
    """Yield the claims of a document, in its order."""
    numbered = _find_numbered(document)
    for index, part in enumerate(document.parts):
        text = blank_marks(part.text)
        if _BARE.fullmatch(text):
            continue  # the number of a slide or of an axis
        skipped = [*_find_skipped(text), *([(0, numbered[index])] if index in numbered else [])]
        quotations = [each for each in find_quotations(part.text) if _is_quoted(each)]
        is_head = index < HEAD_PARTS
        spans = [
            _make_number(part, text, mention)
            for mention in find_numbers(text)
            if is_claim(text, mention, skipped) and not (is_head and _is_own_date(text, mention))
        ]
        spans += [_make_quotation(part, text, each) for each in quotations]
        yield from sorted(spans, key=lambda span: span.start)


def _find_numbered(document: FileText) -> dict[int, int]:
    """Return the parts that begin with the number of a note or of a list's row, and where that ends."""
    found = {index: match for index, part in enumerate(document.parts) if (match := _NUMBERED.match(part.text))}
    numbers = {int(match[1]) for match in found.values()}
    return {
        index: match.end(1)
        for index, match in found.items()
        if not numbers.isdisjoint((int(match[1]) - 1, int(match[1]) + 1))
    }


def is_claim(text: str, mention: Mention, skipped: Sequence[tuple[int, int]]) -> bool:
    """Return whether a number states something that a source can hold."""
    if mention.kind == "name" or mention.is_silent:
        return False
    if any(start < mention.end and mention.start < end for start, end in skipped):
        return False
    before = text[max(0, mention.start - 40) : mention.start]
    if mention.kind in ("count", "rank", "date") and not mention.unit.strip("date") and _LABEL.search(before):
        return False
    if _CODE_AFTER.match(text, mention.end) or _COPYRIGHT.search(before):
        return False
    is_year = mention.kind == "date" and len(mention.text) == 4
    return not (is_year and (_YEAR_NAME.match(text, mention.end) or _ACT_OF.search(before)))


def _find_skipped(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches whose numbers are none: addresses, telephone numbers, references, the number of a list's item."""
    for pattern in (_ADDRESS, _PHONE, _REFERENCE, _ITEM, _PAGE_OF):
        yield from (match.span() for match in pattern.finditer(text))
    if match := _LIST_NUMBER.match(text):
        yield match.span()


def _is_own_date(text: str, mention: Mention) -> bool:
    """Return whether a date at a document's head is its own: alone on its line, in a dateline, or behind "released"."""
    if mention.kind != "date":
        return False
    rest = text[: mention.start] + text[mention.end :]
    is_alone = len(rest.split()) <= FEW_WORDS and len(find_mentions(rest)) <= 1
    return bool(
        (is_alone and (not rest.strip() or _RELEASE.search(rest) or "|" in rest or len(rest.split()) <= 3))
        or (_DATELINE.match(text[: mention.start]) and re.match(r"\)?\s*[–—-]", text[mention.end :]))
    )


def _is_quoted(quotation: Quotation) -> bool:
    """Return whether words in quotation marks are somebody's: more than a term, a title or a scare quote."""
    return len(quotation.words.split()) > SCARE_WORDS


def _make_number(part: Part, text: str, mention: Mention) -> Span:
    start, end = _find_sentence(text, mention.start)
    first, stop = mention.first, max(mention.end, mention.stop)
    claim = Claim("number", part.text[first:stop], part.text[start:end], part.place_at(first), max(0, first - start))
    return Span(claim, part, mention.start, (start, end), mention=mention)


def _make_quotation(part: Part, text: str, quotation: Quotation) -> Span:
    start = _find_sentence(text, quotation.start)[0]
    end = max(_find_sentence(text, max(quotation.start, quotation.end - 1))[1], quotation.end)
    claim = Claim(
        "quotation", quotation.words, part.text[start:end], part.place_at(quotation.start), quotation.start - start
    )
    return Span(claim, part, quotation.start, (start, end), quotation=quotation)


def _find_sentence(text: str, at: int) -> tuple[int, int]:
    return next((span for span in split_sentences(text) if span[0] <= at < span[1]), (0, len(text)))

"""The patterns of numbers, one for each way of writing them, in the order in which they are tried."""

from __future__ import annotations

import re
from functools import cache

from reportgen.evidence.number_grammar import numerals
from reportgen.text.languages.english_numbers import MONTHS

_MONTH = r"(?P<month>" + "|".join(f"{name}|{name[:3]}\\.?" for name in MONTHS) + r"|Sept\.?)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d|21\d\d)"
_NUMBER = rf"(?P<number>{numerals.FIGURES}|{numerals.WORDS}(?![- ]?(?:{numerals.ORDINAL_WORDS})\b)|{numerals.VULGAR})"
_CURRENCY = r"(?P<currency>US\$|U\.S\.\s?\$|A\$|C\$|HK\$|[$€£¥₩]|(?:USD|EUR|GBP|JPY|KRW|CNY|CHF|INR|AUD|CAD)\s)"
_CURRENCY_WORD = r"(?P<money>U\.S\. dollars?|dollars?|euros?|pounds? sterling|yen|yuan|renminbi|won|rupees?|francs?|cents?|USD|EUR|GBP|JPY|KRW|CNY)"
MONEY_WORDS = {
    "dollar": "US$", "u.s. dollar": "US$", "euro": "€", "pounds sterling": "£", "pound sterling": "£", "yen": "¥",
    "yuan": "CNY", "renminbi": "CNY", "won": "₩", "rupee": "INR", "franc": "CHF", "cent": "US$ cent",
}  # fmt: skip
SIGNS = {"$": "US$", "USD": "US$", "EUR": "€", "GBP": "£", "JPY": "¥", "KRW": "₩", "U.S.$": "US$", "U.S. $": "US$"}
DURATIONS = {"decade": ("year", 10), "centur": ("year", 100), "fortnight": ("week", 2)}
"""Spans of time in other units, by the start of their name: century and centuries."""
SPACE = r"[\s\u00a0\u202f]"
GAP = rf"(?:{SPACE}|-)"
_SUPERLATIVE = r"[- ](?:-)?(?:most|least|largest|biggest|smallest|highest|lowest|longest|shortest|best|worst|richest|poorest|busiest|oldest|fastest|\w{3,}est)\b"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("name", r"(?:[A-Z][A-Za-z]*-\d+[A-Za-z]?(?![\d–%])|(?<![$€£¥₩\d.,])\d+(?:G|D|K|[A-Z]{2,})\b|\b[A-Z]{1,4}\d+[A-Za-z0-9]*\b|\bWorld War (?:I{1,3}|One|Two)\b)"),
    ("iso", r"\b(?P<year>\d{4})-(?P<month>[01]\d)(?:-(?P<day>[0-3]\d))?\b"),
    ("date", rf"\b(?:{_MONTH}{SPACE}{_DAY}(?:,?{SPACE}{_YEAR})?(?![\d,]*\d|\.\d|{SPACE}?%|{SPACE}per))"),
    ("date", rf"\b{_DAY}{SPACE}{_MONTH}(?:,?{SPACE}{_YEAR})?\b"),
    ("date", rf"\b{_MONTH},?{SPACE}(?:of{SPACE})?{_YEAR}\b"),
    ("month", rf"(?:\b(?:[Ee]arly|[Mm]id|[Ll]ate)[- ]|\b(?:[Bb]y|[Ii]n|[Uu]ntil|[Bb]efore|[Aa]fter|[Ss]ince){SPACE})(?:{_MONTH})(?![\w.]*{SPACE}\d)\b"),
    ("decade", r"(?:\b(?P<year>1[5-9]\d0|20\d0)|(?<!\w)[’'‘](?P<short>\d0))[’']?s\b"),
    ("money", rf"{_CURRENCY}{SPACE}?{_NUMBER}(?:{GAP}?(?P<scale>{numerals.SCALE_WORDS}|{numerals.SCALE_SIGNS}))?\b"),
    ("money", rf"\b{_NUMBER}(?:{GAP}(?P<scale>{numerals.SCALE_WORDS})|(?P<sign>{numerals.SCALE_SIGNS}))?{GAP}{_CURRENCY_WORD}\b"),
    ("points", rf"(?<![\w.,]){_NUMBER}{GAP}?(?:percentage[- ]points?|pp|basis points)\b"),
    ("percent", rf"(?<![\w.,]){_NUMBER}{SPACE}?(?:%|{GAP}(?:percent|per{SPACE}cent)\b)"),
    ("times", rf"\b(?:{_NUMBER}(?:-?fold\b|{SPACE}times\b|{SPACE}?[×x](?!\w))|(?P<word>twice|double|doubled|doubling|triple|tripled|quadruple|quadrupled|thrice|twofold|threefold|fourfold|fivefold|tenfold)\b)"),
    ("share", r"\b(?:(?P<top>a|an|one|two|three|four)[- ])?(?P<part>half|third|quarter|fifth|sixth|seventh|eighth|tenth)s?(?:[- ](?:an? )?(?:year|century|decade|hour|month|day|week)\b|(?=[- ](?:of|the)\b))"),
    ("share", r"\b(?P<top>two|three|four|five)-(?P<part>third|quarter|fifth|sixth|seventh|eighth|tenth)s\b"),
    ("odds", rf"\b(?P<top>{numerals.WORDS}|\d+){SPACE}(?:in|out of){SPACE}(?P<bottom>{numerals.WORDS}|\d+)\b(?!{SPACE}?(?:%|percent|million|billion|thousand))"),
    ("rank", rf"\b(?:{numerals.ORDINAL})(?={_SUPERLATIVE})"),
    ("rank", rf"\b(?:{numerals.ORDINAL})(?=[- ](?:place|rank|century|centuries|anniversary|time|quarter|round)\b)"),
    ("rank", r"\b\d+(?:st|nd|rd|th)\b"),
    ("year", rf"(?<![\w.,$€£¥₩]){_YEAR}(?![\d%]|[,.]\d|{SPACE}?(?:percent|per cent|million|billion|thousand|troops|people|soldiers|jobs|km|miles|meters|tons)\b)(?=\W|$)"),
    ("count", rf"(?<![\w.]){_NUMBER}(?:{GAP}(?P<scale>{numerals.SCALE_WORDS})|(?P<sign>bn|mn|tn|[kmb])(?=\W|$))?(?!\w|\.\d)"),
    ("count", rf"\b(?:a|several){SPACE}(?P<scale>{numerals.SCALE_WORDS}|dozen)\b|\b(?P<dozens>dozens|hundreds|thousands|millions|billions|trillions)(?={SPACE}of\b)|\b{_NUMBER}{GAP}(?P<dozen>dozen)\b"),
)  # fmt: skip
# For each pattern, what a text in lower case must have for the pattern to be tried: most windows need one or two.
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_NEEDS = (
    r"\d|world war", r"\d-", _MONTHS, _MONTHS, _MONTHS, _MONTHS, r"\d0", r"[$€£¥₩]|[a-z]{3}\s",
    r"\b(?:dollars?|euros?|pounds?|yen|yuan|renminbi|won|rupees?|francs?|cents?|usd|eur|gbp|jpy|krw|cny)\b",
    r"(?:percentage[- ]|basis )points?\b|pp\b", r"%|cent",
    r"fold|times|[×x]|twice|thrice|doubl|tripl|quadrupl", r"half|third|quarter|fifth|sixth|seventh|eighth|tenth", r"s\b",
    rf"(?:\d|\b(?:{numerals.LAST_WORDS}))\s(?:in|out of)\s", r"est\b|most|least|worst",
    r"(?:st|nd|rd|th)[- ](?:place|rank|centur|anniversary|time|quarter|round)", r"\d(?:st|nd|rd|th)", r"\d{4}", r"",
    r"\b(?:a|several)\s(?:hundred|thousand|[mbr]illion)|(?:hundred|thousand|[mbr]illion)s\s|dozen",
)  # fmt: skip
KINDS = tuple((kind, re.compile(need), pattern) for (kind, pattern), need in zip(_PATTERNS, _NEEDS, strict=True))
"""Each kind with what a text must have, and its pattern for `compile_pattern`."""


@cache
def compile_pattern(kind: str, pattern: str) -> re.Pattern[str]:
    """Compile a pattern when a text may match: the long ones take a while, and most briefs need only some of them."""
    return re.compile(pattern, 0 if kind in ("name", "date", "month") else re.IGNORECASE)


ONE_COUNTS = re.compile(
    rf"{GAP}(?:(?:full|more|single|calendar|whole){GAP})?(?:year|month|week|day|decade|century|hour|percent|hundred|thousand|million|billion|trillion|quarter|half|third)",
    re.IGNORECASE,
)
RANGE = re.compile(rf"{SPACE}?(?:[-–—−]|to\b|and\b){SPACE}?", re.IGNORECASE)
GOES_ON = re.compile(rf"{RANGE.pattern}(?=[\d$€£¥₩]|{numerals.WORDS}\b)", re.IGNORECASE)
NOUN = re.compile(rf"{GAP}(?:[A-Za-z’'.-]+)(?:{GAP}[A-Za-z’'.-]+){{0,4}}")
PART = re.compile(r"\b(early|mid|late)[- ]\Z", re.IGNORECASE)
WORD_TIMES = {
    "twice": 2, "thrice": 3, "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10,
    "doub": 2, "trip": 3, "quad": 4,
}  # fmt: skip
# Most labels have no number at all: this quick pattern, on lower case, is tried before the long ones.
ANY = re.compile(
    rf"\d|{numerals.VULGAR}|\b(?:{numerals.WORDS}|half|third|quarter|fifth|twice|doubl\w+|tripl\w+|\w+fold|dozens?|hundreds?|thousands?|millions?|billions?|trillions?|world war|{numerals.ORDINAL_WORDS})\b"
)

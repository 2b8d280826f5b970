"""Amounts: a number with its sign, currency, scale and unit."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct
from msgspec.structs import replace

from reportgen.evidence.number_grammar import currencies, numerals
from reportgen.evidence.number_grammar.mention import Mention, MentionKind
from reportgen.evidence.number_grammar.patterns import GAP, GOES_ON, NOUN, ONE_COUNTS, SPACE
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate
from reportgen.text.units import Measure, find_divisor, find_measure, is_rate, may_begin_unit

_SHARES = compile_late(
    rf"{GAP}?(?:(?P<points>%[- ]?points?\b|(?:percentage|percent|per{SPACE}?cent|pct|pc){GAP}points?\b|ppts?\b|pps?\b|p\.p\.)"
    rf"|(?P<basis>bps?\b|basis{GAP}points?\b)|(?P<percent>%|percent\b|per{SPACE}cent(?:um)?\b|pct\b|pc\b))",
    re.IGNORECASE,
)
_TIMES = compile_late(rf"-?fold\b|{GAP}times\b|{SPACE}?[×x](?!\w|{SPACE}?\d)", re.IGNORECASE)
_WORDS = compile_late(r"[\s-]?((?:[^\s,;:!?()\[\]\"—–]{1,60}\s?){1,4})")
_FUNCTION = r"(?:in|from|to|by|for|and|or|among|at|during|between|over|as|on|with|while|when|compared|versus|but|than|is|was|were|a|per|that|who|which)"
"""Words after "per 100,000" that do not say of whom."""
_PER = compile_late(
    rf"(?:{SPACE}?/{SPACE}?|{GAP}(?:per|a|an|each){GAP})(?![a-z]+{SPACE}(?:earlier|ago|before|later)\b)(?P<what>(?:\d[\d,]*{SPACE})?(?:(?:hundred|thousand|million|square|cubic|sq\.?|live|(?:flight|vehicle|passenger|person|patient|train|seat)(?={SPACE}(?:years?|hours?|days?|miles?|km|kilomet)\b)){SPACE})?[A-Za-z°][\w.²³]*)"
)
_PER_NUMBER = compile_late(
    rf"{SPACE}per{SPACE}(?P<what>\d{{1,3}}(?:,\d{{3}})+|10+)(?!,?\d)(?=[.;:)]?(?:{SPACE}|\Z)|,)(?!{SPACE}(?!{_FUNCTION}\b)[A-Za-z])",
    re.IGNORECASE,
)
"""A rate that does not say again whom it counts: "110.2 per 100,000 in 1999"."""
_LIFE_DECADE = compile_late(
    r"\b(?:his|her|their|our|my|your|early|mid|late|[2-9]0s (?:and|or|to|through))[\s-]\Z", re.IGNORECASE
)
_INVERSE = compile_late(r"\s([A-Za-z]{1,6})[-⁻][1¹](?!\d)")
"""A unit with the exponent -1: Gt per year as "Gt yr-1"."""
_RATE_NOUN = compile_late(
    rf"((?:{GAP}[A-Za-z']{{1,30}}){{1,5}}?){SPACE}per{SPACE}(?P<what>(?:\d+(?:,\d+)*|(?:hundred|thousand|million))(?:{SPACE}(?:thousand|million))?{SPACE}(?!{_FUNCTION}\b)(?:(?:live|registered|insured|employed|resident|adult|full-time|square|cubic|eligible|infected|hospital|person|flight|vehicle|passenger|patient|train|seat){SPACE})?[A-Za-z'-]+)",
    re.IGNORECASE,
)
_TALL = compile_late(
    rf"{GAP}(?:tall|long|wide|high|deep|above|below|across|away|sprint|dash|in{SPACE}(?:length|height|diameter))\b",
    re.IGNORECASE,
)
_LENGTHS = compile_late(
    r"\b(?:sea[ -]levels?|rain(?:fall)?|snow(?:fall)?|precipitation|tall|depths?|heights?|altitudes?|elevations?|lengths?|widths?|diameters?|distances?|radius|waves?|tides?|tidal|"
    r"surges?|water levels?|groundwater|water tables?|thick(?:ness)?|deep|erosion|shoreline|subsidence|glaciers?)\b",
    re.IGNORECASE,
)
_QUAKE = compile_late(r"\s(?:earthquake|quake|tremor|aftershock)")
_IN_BRACKETS = compile_late(r"\s(in\.?)\)")
_COUNTED_NOUN = compile_late(r"\s(?:people|(?!across|always|is|was|has|its|this|less|plus)[a-z]{3,}s)\b")
_SENTENCE_END = compile_late(r"[.;!?]\s")
_NEGATIVE = compile_late(
    rf"\bnegative{SPACE}[a-z]+{SPACE}(?:rate{SPACE})?of{SPACE}\Z|\b(?:minus|negative){SPACE}(?:about|around|roughly|some){SPACE}\Z",
    re.IGNORECASE,
)
_ONE_TO = compile_late(r"(?:\s(?:to|or)\s|-to-|-or-|[-–])(\w+)")
_NEXT_WORD = compile_late(r"[- ]?([A-Za-z]+)")
_NUMBER_END = compile_late(rf"\b(?:{numerals.LAST_WORDS})\Z", re.IGNORECASE)
_LOSS = compile_late(
    r"\b(?:loss(?:es)?|deficits?|outflows?|shortfalls?|decreases?)\s(?:of|was|were)?\s?\Z", re.IGNORECASE
)
_YEAR = compile_late(r"1[5-9]\d\d|20\d\d|21\d\d")
_FAR_YEAR = compile_late(r"2[2-5]\d\d")
_BY_YEAR = compile_late(r"\b(?:by|in|until|till|year|beyond|after|to)\s\Z", re.IGNORECASE)
_SHORTENED = compile_late(r"\s\([A-Z]{2,6}\)((?:\s[a-z]+){1,3})")
_NO_NOUN = compile_late(
    r"\s?(?:[.,;:)]|\Z|\s(?:and|or|if|under|with|in|at|as|but|than|when|unless)\b)|\s(?:and|or|if|under|with|in|at|as|but|than|when|unless)\b"
)
_WORDS_AFTER = compile_late(r"\s([A-Za-z.]+)(?:\s([A-Za-z]+))?")
_DESCRIBING = frozenset(
    """
    new more other additional us u.s. american british young
    """.split()  # noqa: SIM905 - a list of literals would take a line a word
)
_COUNTED = frozenset(
    """
    troops people soldiers jobs homes houses workers employees staff students children women men deaths cases patients
    hospitals schools companies firms vehicles cars ships aircraft units members refugees residents households
    families calories copies participants respondents beds doses tests victims casualties migrants voters votes points
    times shares stores species trees officers personnel pages
    """.split()  # noqa: SIM905 - a list of literals would take a line a word
)
"""Nouns before which 2000 is a count, not a year."""
_MORE_THAN = compile_late(
    r"\b(?:more than|fewer than|less than|at least|at most|nearly|almost|up to|as many as|exceed\w*|total of|average of|some|over)\s\Z",
    re.IGNORECASE,
)
_SINCE = compile_late(
    r"\b[Ss]ince\s\Z|(?:\A|[.!?]\s|\n)In\s\Z|\b(?:months?|quarters?|half|weeks?|days?|years?|end|start|beginning|middle|rest|part"
    r"|spring|summer|autumn|fall|winter) of\s\Z"
)
"""Words after which a number of four digits is a year, whatever follows: "in the first nine months of 2021 deaths fell"."""
_IN_YEAR = compile_late(r"\b(?:in|since|during|until)\s\Z", re.IGNORECASE)
_ZERO = compile_late(
    rf"{GAP}(?:tolerance|sum|emissions?|carbon|day|days|hour|waste|gravity|interest|net|hunger|trust|fee|rating|point|based|rated|covid|COVID|g)\b",
    re.IGNORECASE,
)
_ZERO_BEFORE = compile_late(r"\b(?:net|near|absolute|ground|sub|patient|year|non)[\s-]\Z", re.IGNORECASE)
_SCALE_AFTER = {"m", "b", "k", "bn", "mn", "tn", "trn", "mm", "mln", "bln"}
_RESTS = ("old", "olds", "long", "wide", "high", "tall", "deep", "thick")
_MONTHS_FACTOR, _NAMES = {"decade": ("year", 10.0), "century": ("year", 100.0), "fortnight": ("week", 2.0)}, {"second"}


class UnitFound(Struct, frozen=True):
    """A unit that stands after a number: its kind, its usual name, how many of that make one, and where it ends."""

    kind: MentionKind
    unit: str
    stop: int
    written: str
    factor: float = 1.0


def read_amount(match: re.Match[str]) -> Mention | None:
    """Return the amount that a match of the pattern is, or the year; None where it is part of a name or a pronoun."""
    text, number = match.string, match["number"]
    is_word = number[0].isalpha()
    end = match.end()
    scale_word, sign = match["scale"], match["sign"]
    currency = currencies.find_sign(match["currency"]) if match["currency"] else None
    at = match.start("inner") if match["inner"] else match.start("number")
    if match["open"] and not currency and (inner := match.re.match(text, at)):
        return read_amount(inner)  # "twelve (12) months"
    if is_word and not scale_word and (_is_no_quantity(text, match) or _is_ordinal(text, match)):
        return None
    if number[-1:].isalpha() and text[match.end("number") : match.end("number") + 1].isalpha():
        return None  # "eighth" is no time of eight hours
    if sign and not currency and not _is_scale(text, match, sign):
        sign, end = None, _end_of_number(match)
    value = numerals.parse_number(number) + _fraction(match)
    value *= numerals.parse_scale(scale_word) * numerals.parse_scale(match["scale2"]) * numerals.parse_scale(sign)
    if match["power"]:
        value *= 10.0 ** int(unicodedata.normalize("NFKC", match["power"]).replace("−", "-").replace("–", "-"))
    if match["half"]:
        value += 0.5 * numerals.parse_scale(scale_word)
    start, is_negative = _read_sign(match, currency is not None)
    if is_negative:
        value = -value
    found = find_unit(text, end, currency is None)
    if found and found.written == "s" and number[1:] == "0" and _LIFE_DECADE.search(text[max(0, start - 14) : start]):
        return Mention(
            match.start("number"), found.stop, text[match.start("number") : found.stop], "name"
        )  # "in their 30s"
    if found:
        if currency and found.kind not in ("money",):
            found = None
    elif not currency and text[end : end + 1].isalpha():
        return None  # 737s, 4x4: letters that are no unit make a name of it
    if currency and (not found or found.kind == "money"):
        stop = found.stop if found else end
        mention = _make(match, start, stop if found and found.written else end, "money", value, currency)
        return replace(mention, written=(match["currency"] or "").strip(), per=_find_per(text, stop), stop=stop)
    if _is_year(match, number, scale_word or sign or match["power"] or found, start, is_negative, text, end):
        return Mention(match.start("number"), end, number, "date", PartialDate(int(number)), "date")
    if found:
        is_time = (
            found.unit in ("year", "month", "week", "day", "hour", "minute", "second") and text[end : end + 1] in " -"
        )
        mention = _make(match, start, end if is_time else found.stop, found.kind, value * found.factor, found.unit)
        if found.kind in ("count", "money", "percent"):
            mention = replace(mention, per=_find_per(text, found.stop))
        noun = _read_noun(text, end if found.kind == "count" else found.stop)
        return replace(mention, stop=found.stop, written=found.written, noun=noun)
    end_of_word = match.end("number")
    if (
        number.lower() == "one"
        and not scale_word
        and not (ONE_COUNTS.match(text, end_of_word) or _begins_range(text, end_of_word))
    ):
        return None  # a pronoun or an article, not a count
    rate = _RATE_NOUN.match(text, end)
    divisor = find_divisor(rate["what"]) if rate else None
    mention = _make(match, start, end, "count", value, "")
    return replace(mention, noun=_read_noun(text, end), per=divisor.name if divisor else _find_per_noun(text, end))


def _make(match: re.Match[str], start: int, end: int, kind: MentionKind, value: float, unit: str) -> Mention:
    return Mention(start, end, match.string[start:end], kind, value, unit, stop=end)


def _end_of_number(match: re.Match[str]) -> int:
    return max(match.end("number"), match.end("and"), match.end("power"))


def _fraction(match: re.Match[str]) -> float:
    if not match["and"]:
        return 0.0
    part = match["and"].strip()
    return numerals.parse_number(part) if len(part) == 1 else 0.5


def _read_sign(match: re.Match[str], is_money: bool) -> tuple[int, bool]:
    """Return where a number begins with its sign, and whether it is negative. A hyphen after a number is no minus."""
    text, start = match.string, match.start()
    currency_at = match.start("currency") if is_money else match.start("number")
    if match["minus"]:
        before = text[:start].rstrip()
        if before[-7:].lower() == "plus or":
            return currency_at, False  # a margin
        if not before[-1:].isdigit() and not _NUMBER_END.search(before):  # "10 minus 3" is a sum
            return start, True
    begin = currency_at
    if not is_money and match["inner"]:
        begin = match.start("inner")
    is_negative = False
    if match["outer"]:
        before = text[: match.start("outer")]
        if before[-1:] not in tuple("%)]°\"'") and (is_money or not match["currency"]):
            begin, is_negative = match.start("outer"), True
    if match["inner"]:
        is_negative = True
    if match["open"] and is_money:
        is_negative = not _LOSS.search(text[:begin])
    if _NEGATIVE.search(text[max(0, begin - 40) : begin]):
        is_negative = True
    return begin, is_negative


def _is_scale(text: str, match: re.Match[str], sign: str) -> bool:
    """Return whether letters after a number are its scale: 20k, 5bn, but 5 m and 5mm are lengths."""
    is_glued = match.start("sign") == _end_of_number(match)
    if sign in ("mm", "MM") or (sign == "M" and not is_glued):
        return False
    if not is_glued:
        return sign.lower() in ("bn", "mn", "tn", "trn", "mln", "bln")
    if sign == "M" and _QUAKE.match(text, match.end("sign")):
        return False
    return sign != "m" or not (_TALL.match(text, match.end("sign")) or _is_length(text, match))


def _is_length(text: str, match: re.Match[str]) -> bool:
    """Return whether the words of its sentence before a number say that its m are metres: a depth of 40m."""
    if _COUNTED_NOUN.match(text, match.end("sign")):
        return False  # "2m cars"
    before = text[max(0, match.start() - 80) : match.start()]
    return bool(_LENGTHS.search(_SENTENCE_END.split(before)[-1])) and not match["currency"]


def _is_no_quantity(text: str, match: re.Match[str]) -> bool:
    """Return whether a number word is part of a phrase: net zero, zero tolerance."""
    if match["number"].lower() != "zero":
        return False
    before = text[max(0, match.start("number") - 10) : match.start("number")]
    return bool(_ZERO.match(text, match.end("number")) or _ZERO_BEFORE.search(before))


def _is_year(
    match: re.Match[str], number: str, scaled: object, start: int, is_negative: bool, text: str, end: int
) -> bool:
    if (
        isinstance(scaled, UnitFound)
        and text[end : end + 1] in " "
        and _IN_YEAR.search(text[max(0, start - 8) : start])
    ):
        scaled = None  # "in 2016 bars closed"
    if scaled or is_negative or match["and"]:
        return False
    if not _YEAR.fullmatch(number):
        before, after = text[max(0, start - 10) : start], text[end : end + 12]
        return bool(_FAR_YEAR.fullmatch(number) and _BY_YEAR.search(before) and _NO_NOUN.match(after))
    if match["currency"] and text[match.start("currency")] in "$€£¥₩":
        return False
    if _SINCE.search(text[max(0, start - 24) : start]):
        return True  # "Since 2000 cases have doubled"
    return not (
        _is_counted(text, end) or (_MORE_THAN.search(text[max(0, start - 14) : start]) and NOUN.match(text, end))
    )


def _begins_range(text: str, end: int) -> bool:
    """Return whether a number goes on to a second one: one to two years."""
    found = _ONE_TO.match(text, end)
    return bool(found) and (found[1].isdigit() or found[1].lower() in numerals.COUNTING_WORDS)  # type: ignore[index]


def _is_ordinal(text: str, match: re.Match[str]) -> bool:
    """Return whether a number word is the first of an ordinal: twenty-first."""
    following = _NEXT_WORD.match(text, match.end("number"))
    return bool(following) and numerals.is_ordinal_word(following[1])  # type: ignore[index]


def _is_counted(text: str, end: int) -> bool:
    """Return whether the words after a number say what it counts: 2000 people."""
    words = _WORDS_AFTER.match(text, end)
    if not words:
        return False
    first, second = words[1].lower(), (words[2] or "").lower()
    return first.rstrip(".") in _COUNTED or (first in _DESCRIBING and second in _COUNTED)


def _read_noun(text: str, end: int) -> str:
    goes_on = GOES_ON.match(text, end)
    if goes_on and (not goes_on["word"] or goes_on["word"].lower() in numerals.COUNTING_WORDS):
        return ""
    noun = NOUN.match(text, end)
    if not noun:
        return ""
    shortened = _SHORTENED.match(text, noun.end())  # "of gross national income (GNI) per head"
    return re.sub(r"\s+", " ", noun[0] + (shortened[1] if shortened else "")).strip(" -.")


def _find_per(text: str, end: int) -> str:
    if number := _PER_NUMBER.match(text, end):
        return number["what"].replace(",", "")
    if not (match := _PER.match(text, end)):
        inverse = _INVERSE.match(text, end)
        divisor = find_divisor(inverse[1]) if inverse else None
        return divisor.name if divisor else ""
    divisor = find_divisor(match["what"].rstrip("."))
    return divisor.name if divisor else ""


def find_rate(text: str, end: int) -> str:
    """Return the words after a number that say what it is per: " a month"."""
    match = _PER.match(text, end)
    return match[0].rstrip(".") if match else ""


def _find_per_noun(text: str, end: int) -> str:
    """Return what a count of something is per: "12 cases a week"."""
    if rate := _find_per(text, end) if text[end : end + 5].lower() == " per " else "":
        return rate
    noun = re.match(rf"(?:{GAP}(?!per\b)[A-Za-z'-]+){{1,3}}", text[end : end + 60])
    if noun and _PER_NUMBER.match(text, end + noun.end()):
        return _find_per(text, end + noun.end())
    noun = re.match(rf"{GAP}[A-Za-z'-]+", text[end : end + 40])
    return _find_per(text, end + noun.end()) if noun else ""


def find_unit(text: str, end: int, or_currency: bool = True) -> UnitFound | None:
    """Return the unit that stands directly after a number; None where there is none that we know."""
    following = text[end : end + 1]
    if not following:
        return None
    if match := _SHARES.match(text, end):
        written = match[0].strip(" -")
        if match["percent"]:
            return UnitFound("percent", "%", match.end(), written)
        return UnitFound("points", "basis points" if match["basis"] else "percentage points", match.end(), written)
    if match := _TIMES.match(text, end):
        return UnitFound("times", "times", match.end(), match[0].strip(" -"))
    if following in " -" and or_currency and (word := currencies.find_word(text, end)):
        unit, stop, written = word
        if unit == "lb":
            return UnitFound("count", "lb", stop, written)
        return UnitFound("money", unit, stop, written)
    if following == "p" and re.match(r"p\b", text[end : end + 2]) and or_currency:
        return UnitFound("money", "£ pence", end + 1, "p")
    return _find_measure(text, end)


def _find_measure(text: str, end: int) -> UnitFound | None:
    match = _WORDS.match(text, end)
    if not match:
        return None
    if inches := _IN_BRACKETS.match(text, end):
        return UnitFound("count", "inch", inches.end(1), inches[1])  # "310 mm (12 in)"
    words, begin = match[1], match.start(1)
    is_glued = begin == end
    first = re.split(r"\s", words, maxsplit=1)[0]
    if is_glued and first[:1] in "/-":
        return None
    if (
        not is_glued
        and len(first.rstrip(".")) == 1
        and first.rstrip(".") not in ("m", "g", "t", "h", "L", "l", "W", "V", "°", "′", "″")
    ):
        return None
    if not is_glued and first in ("C", "F"):
        return None
    if is_glued and (single := re.match(r"([CF])(?![A-Za-z0-9])", words)):
        return UnitFound("count", f"°{single[1]}", begin + 1, single[1])
    if not may_begin_unit(first.rstrip(".,'")):
        return None
    spaces = [at.start() for at in re.finditer(r"\s", words)] + [len(words)]
    for stop in reversed(spaces):
        phrase = words[:stop].rstrip(" ")
        for candidate in dict.fromkeys((phrase, phrase.rstrip(".'"))):
            if candidate and not is_rate(candidate) and (measure := find_measure(candidate)):
                return _measured(measure, begin + len(candidate), candidate)
    head, hyphen, rest = first.partition("-")
    if hyphen and head not in _NAMES and (measure := find_measure(head)):
        return _measured(measure, begin + len(head), first if rest.rstrip(".") in _RESTS else head)
    if "/" in first and (measure := find_measure(first.partition("/")[0])):
        return _measured(measure, begin + len(first.partition("/")[0]), first)
    return None


def _measured(measure: Measure, stop: int, written: str) -> UnitFound:
    unit, factor = _MONTHS_FACTOR.get(measure.name, (measure.name, 1.0))
    return UnitFound("count", unit, stop, written, factor)

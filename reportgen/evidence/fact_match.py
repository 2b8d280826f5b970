"""The comparison of a fact's value, unit and bound with the numbers in its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from reportgen.evidence.number_grammar import numerals
from reportgen.evidence.number_grammar.currencies import AMBIGUOUS, find_sign
from reportgen.evidence.number_grammar.mention import Mention, find_dimension
from reportgen.text.languages.english_numbers import add_unit
from reportgen.text.late_pattern import compile_late
from reportgen.text.numbers import PartialDate, Quantity, Unit
from reportgen.text.units import Measure, find_divisor, find_measure

_DOLLARS = {"US$", "$", "USD", "AUD", "CAD", "NZD", "SGD", "HKD"}
_SCALED = re.compile(r"(hundred|thousand|million|billion|trillion)\b\s*")
_PRICE = re.compile(r"(?P<money>[^\s\d]+(?: (?:thousand|million|billion|trillion))?)(?: per |/| an? )(?P<per>.+)")
_PEOPLE = compile_late(r"\b(?:persons|individuals|(?:women|men) and (?:men|women))\b")
_ALIKE = {
    "fatality": "death", "fatalities": "death", "housing unit": "home", "housing units": "home", "residential unit": "home", "residential units": "home",
    "dwelling": "home", "dwellings": "home", "pupil": "student", "pupils": "student", "airplanes": "plane", "aeroplanes": "plane", "airplane": "plane",
    "employment": "job", "payroll": "job", "payrolls": "job", "physician": "doctor", "physicians": "doctor", "automobile": "car", "automobiles": "car", "lorries": "truck", "lorry": "truck",
    "attorney": "lawyer", "attorneys": "lawyer", "adolescents": "teenager", "adolescent": "teenager",
}  # fmt: skip
"""Nouns that count the same thing."""
_ALIKES = compile_late(rf"\b(?:{'|'.join(sorted(_ALIKE, key=len, reverse=True))})\b", re.IGNORECASE)
_POINTS = re.compile(r"(?:percentage|basis) points?|bps?|ppts?|pps?")
_CENTS = {"cent": "US$ cent", "US cent": "US$ cent", "penny": "£ pence", "pence": "£ pence", "p": "£ pence"}
_PERSONS = {"person", "people", "population", "inhabitant", "resident", "capita"}
_WAYS = {"mile", "km", "kilometer", "kilometre"}
_TRAVELED = {"traveled", "travelled", "driven", "flown"}
_NOUNS = r"(?:jobs?|firms?|company|companies|deaths?|fatality|fatalities|accidents?|crashes|arrests?|infections?|cases?|births?|patients?|injury|injuries|visas?|households?|family|families|employment|payrolls?)"
"""Things of which a text that names one beside a number does not count another."""
_COUNTED = compile_late(_NOUNS, re.IGNORECASE)
_COUNTED_AFTER = compile_late(rf"\A(?:more|fewer|additional|extra|new) ({_NOUNS})\b", re.IGNORECASE)
_COUNTED_BEFORE = compile_late(
    rf"\bnumber of (?:[\w-]+ ){{0,4}}?(?P<after>{_NOUNS})\b|\b(?P<before>{_NOUNS}) (?:growth|creation|gains?|losses|openings) (?:[\w-]+ ){{0,3}}\Z",
    re.IGNORECASE,
)
_PACES = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annual": "year",
}
_RELATIVE = re.compile(r"\b(this|last|next|the (?:previous|coming|following)) year\b", re.IGNORECASE)
_SHIFT = {"this": 0, "last": -1, "next": 1, "the previous": -1, "the coming": 1, "the following": 1}


class Disagreement(Struct, frozen=True):
    """A difference between a fact and its quote. `field` is the fact's field at fault: value, unit or bound."""

    field: str
    message: str


def find_disagreement(
    quantity: Quantity, mentions: Iterable[Mention], years: Iterable[int] = ()
) -> Disagreement | None:
    """Return how a fact differs from the numbers in its quotes; None where it agrees with one of them.

    `years` are those that the quotes name in passing: "this year" in an article of 2020.
    """
    found = list(lend_rates(list(mentions)))
    ends = [mention for mention in found if _is_end(mention, quantity)]
    told = [replace(mention, is_silent=False) if mention.is_silent else mention for mention in found]  # "a decade"
    same = [mention for mention in told if is_same_number(mention, quantity)]
    if any(quantity.bound in mention.bounds for mention in same):
        return _find_lost_interval(quantity, same)
    if same:
        bound = min(same[0].bounds)
        return Disagreement("bound", f"{_print_bound(quantity.bound)}, the quote {_print_bound(bound)}")
    if quantity.spread and not quantity.spread.has_centre and _is_pair(found, quantity):
        return None
    if any(quantity.value == PartialDate(year) for year in years):
        return None
    if ends:
        if any(_is_bounded_end(mention, quantity) for mention in ends):
            return None
        message = f"is {_print(quantity)}, the quote says {_with_noun(ends[0])}: that is one end of a range"
        return Disagreement("value", message)
    if any(isinstance(mention.value, PartialDate) and mention.value == _as_year(quantity) for mention in found):
        year = f"{quantity.value:.0f}"
        return Disagreement(
            "value",
            f'is the number {_print(quantity)}, the quote has the year {year}: write value: "{year}", in quotation marks',
        )
    for mention in found:
        if _is_same_unit(quantity, mention) and not mention.is_silent:
            return Disagreement("value", f"is {_print(quantity)}, the quote says {_with_noun(mention)}")
    for mention in found:
        if _is_same_value(quantity, mention, any_scale=True):
            return Disagreement("unit", f"is {_print(quantity)}, the quote says {_with_noun(mention)}")
    numbers = ", ".join(_with_noun(mention) for mention in found if mention.kind != "name")
    return Disagreement(
        "value", f"is {_print(quantity)}, the quote has {f'only {numbers}' if numbers else 'no number'}"
    )


def lend_rates(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield numbers, each with the rate that an earlier one of the same noun has: "1.3 deaths per 1,000, down from 1.4 deaths"."""
    rates: dict[str, str] = {}
    for mention in mentions:
        words = strip_plurals(mention.noun.lower()).split()
        top = words[0] if words and mention.kind == "count" else ""
        if top and mention.per:
            rates.setdefault(top, mention.per)
        elif top in rates and words[1:2] != ["per"]:
            yield mention
            mention = replace(mention, per=rates[top])
        yield mention


def _is_pair(found: list[Mention], quantity: Quantity) -> bool:
    """Return whether two numbers beside one another are a fact's ends: "rose 1% to 5%" may be a range as well as a change."""
    return any(
        low.kind == high.kind == "percent"
        and low.high is None
        and high.high is None
        and high.first - low.stop == len(" to ")
        and is_same_number(replace(low, high=high.value), quantity)
        for low, high in pairwise(found)
    )


def _as_year(quantity: Quantity) -> PartialDate | None:
    value = quantity.value
    is_year = isinstance(value, float | int) and value == int(value) and 1000 <= value <= 2999
    return PartialDate(int(value)) if is_year else None  # type: ignore[arg-type]


def _find_lost_interval(quantity: Quantity, same: list[Mention]) -> Disagreement | None:
    """Return how the ends of a fact's interval differ from its quote, where the value alone agrees."""
    spread = quantity.spread
    if (
        not spread
        or not spread.has_centre
        or spread.margin is not None
        or any(mention.high is not None or _is_margin_of(mention, quantity) for mention in same)
    ):
        return None
    return Disagreement("low", f"has the interval {spread.low:g} to {spread.high:g}, which the quote does not have")


def _is_margin_of(mention: Mention, quantity: Quantity) -> bool:
    """Return whether a fact's ends are the number with its margin taken and added: 1 to 7 for 4 ± 3."""
    spread, margins = quantity.spread, (mention.margin, mention.margin_apart)
    if not spread or not isinstance(mention.value, float | int):
        return False
    ends = ((mention.value - margin, mention.value + margin) for margin in margins if margin is not None)
    return any(
        _equals(quantity, spread.low, mention, low) and _equals(quantity, spread.high, mention, high)
        for low, high in ends
    )


def is_same_number(mention: Mention, quantity: Quantity) -> bool:
    """Return whether a number in a text has a fact's value and unit, whatever its bound."""
    return _is_same_value(quantity, mention) and _is_same_unit(quantity, mention)


def _print(quantity: Quantity) -> str:
    if isinstance(quantity.value, PartialDate):
        return str(quantity.value)
    if quantity.spread:
        return replace(quantity, bound="exactly", words=None).prose
    return add_unit(quantity.unit, quantity.format.digits(quantity.number), quantity.number == 1)


def _print_bound(bound: str) -> str:
    return f'says "{bound}"' if bound != "exactly" else "has no bound"


def _with_noun(mention: Mention) -> str:
    """Return a number with its unit, or with the first word of what it counts."""
    unit = mention.written or (mention.noun.split()[0] if mention.noun else "")
    return (
        f"{mention.text} {unit}"
        if mention.kind == "count" and unit and not mention.text.endswith(unit)
        else mention.text
    )


def _is_end(mention: Mention, quantity: Quantity) -> bool:
    """Return whether a fact is one end of a range that a text states."""
    if mention.high is None or isinstance(mention.value, PartialDate) or isinstance(quantity.value, PartialDate):
        return False
    high = replace(mention, value=mention.high, high=None)
    return any(is_same_number(end, quantity) for end in (replace(mention, high=None), high))


def _is_bounded_end(mention: Mention, quantity: Quantity) -> bool:
    """Return whether a fact's bound says which end of a range it is: "at least 28,000" of 28,000 to 36,000."""
    is_low = is_same_number(replace(mention, high=None), quantity)
    return quantity.bound in (("at least", "more than") if is_low else ("at most", "less than"))[:1]


def _is_same_value(quantity: Quantity, mention: Mention, any_scale: bool = False) -> bool:
    value, own = mention.value, quantity.value
    if isinstance(own, PartialDate) or isinstance(value, PartialDate):
        return own == value or (own == mention.high and own is not None)
    if mention.kind == "name" or mention.is_silent:
        return False
    spread = quantity.spread
    if isinstance(mention.high, float | int):
        ends = (
            spread
            and _equals(quantity, spread.low, mention, value)
            and _equals(quantity, spread.high, mention, mention.high)
        )
        return bool(ends)
    if (
        spread
        and spread.margin is not None
        and not any(
            margin is not None and _equals(quantity, spread.margin, mention, margin)
            for margin in (mention.margin, mention.margin_apart)
        )
    ):
        return False
    if spread and not spread.has_centre:
        return False
    return _equals(quantity, own, mention, value) or (any_scale and _is_close(own, value))


def _equals(quantity: Quantity, own: float, mention: Mention, value: float) -> bool:
    return _is_close(own * _scale(quantity, mention), value)


def _is_close(own: float, value: float) -> bool:
    return abs(own - value) <= 1e-9 * max(1.0, abs(value))


def _scale(quantity: Quantity, mention: Mention) -> float:
    """Return how many of a mention's unit make one of a fact's."""
    if quantity.unit.kind == "money":
        cents = 100.0 if mention.unit in ("US$ cent", "£ pence") else 1.0
        return numerals.parse_scale(quantity.unit.money[1]) * cents
    if price := _read_price(quantity.unit.name):
        return numerals.parse_scale(price[0].money[1])
    name, scale = _split_scale(quantity.unit.name)
    if _POINTS.fullmatch(name) and mention.kind == "points":
        return find_dimension("points", _plural(name))[1] / find_dimension("points", mention.unit)[1]
    if found := _find_measures(name, mention):
        return scale * found[0].factor / found[1].factor
    return scale


def _find_measures(name: str, mention: Mention) -> tuple[Measure, Measure] | None:
    """Return the measures of a fact's unit and a mention's, where both measure the same: mass, or mass per year."""
    measure = find_measure(name) if name and mention.unit and mention.kind == "count" else None
    for unit in (mention.unit, f"{mention.unit}/{mention.per}" if mention.per else "") if measure else ():
        other = find_measure(unit) if unit else None
        if measure and other and measure.dimension == other.dimension:
            return measure, other
    return None


def _split_scale(name: str) -> tuple[str, float]:
    """Return a unit without its scale, and the scale: "thousand km" is a thousand times a kilometre."""
    scaled = _SCALED.match(name)
    return (name[scaled.end() :].removeprefix("of "), numerals.parse_scale(scaled[1])) if scaled else (name, 1.0)


def _plural(name: str) -> str:
    return name if name.endswith("s") else f"{name}s"


def _is_same_unit(quantity: Quantity, mention: Mention) -> bool:
    name = quantity.unit.name
    if isinstance(quantity.value, PartialDate):
        return mention.kind == "date"
    match quantity.unit.kind:
        case "money":
            return mention.kind == "money" and _is_same_currency(quantity.unit.money[0], mention)
        case "percent":
            return mention.kind == "percent" and (name == "%" or _has_words(name.removeprefix("% "), mention.noun))
        case "times" | "rank":
            return mention.kind == quantity.unit.kind
    if price := _read_price(name):
        return _is_same_price(*price, mention)
    if _POINTS.fullmatch(name):
        return mention.kind == "points"
    if mention.kind == "share":
        return name in ("", "share")
    if cents := _CENTS.get(name.removesuffix("s") if name != "pence" else name):
        return mention.kind == "money" and mention.unit == cents
    if name in ("lb", "lbs", "pounds", "pound") and mention.unit == AMBIGUOUS:
        return True
    return (mention.kind == "count" and _counts(name, mention)) or (not name and mention.is_implied)


def _read_price(name: str) -> tuple[Unit, str] | None:
    """Return the money of a price and what it is for: "US$ per barrel"; None for any other unit."""
    match = _PRICE.fullmatch(name)
    money = Unit(match["money"]) if match else None
    return (money, match["per"]) if match and money and money.kind == "money" else None


def _is_same_price(money: Unit, per: str, mention: Mention) -> bool:
    """Return whether a mention is a price for the same thing; where two prices share what they are for, one may lack it."""
    if mention.kind != "money" or not _is_same_currency(money.money[0], mention):
        return False
    return not mention.per or strip_plurals(mention.per.lower()) in strip_plurals(per.lower())


def _is_same_currency(currency: str, mention: Mention) -> bool:
    if mention.unit == AMBIGUOUS:
        return currency in ("£", "GBP")
    if mention.unit == "US$ cent":
        return currency in _DOLLARS or currency in ("€", "EUR")
    if mention.unit == "£ pence":
        return currency in ("£", "GBP")
    unit = find_sign(currency) or currency
    is_dollar = mention.unit == "US$" and "$" in mention.text[:3] and currency in _DOLLARS
    return mention.unit == unit or is_dollar


def _counts(name: str, mention: Mention) -> bool:
    """Return whether a mention counts what a unit names, or measures it."""
    words, _ = _split_scale(name)
    if not words:
        return not mention.unit or mention.is_implied
    measure = find_measure(words)
    if measure and _find_measures(words, mention):
        return True
    if words.startswith("per ") and mention.per:
        return _is_same_divisor(words.removeprefix("per "), mention.per)
    top, per, bottom = words.partition(" per ")
    if not measure and per and mention.per:
        return _is_same_divisor(bottom, mention.per) and (
            mention.noun.startswith("per") or _has_words(top, mention.noun)
        )
    if per and mention.per and (divisor := find_divisor(bottom)) and divisor.name != mention.per:
        return False
    if (
        not measure
        and per
        and not mention.unit
        and _has_words(top, mention.noun)
        and f" per {bottom} " in f" {mention.noun} "
    ):
        return True  # "33,000 jobs added per month"
    if mention.before and not measure and not mention.unit:  # "employment rose by 252,000": what it counts is not said
        return not _counts_other(words, mention)
    return _has_words(words, mention.noun) and not (measure and mention.unit)


def _is_same_divisor(words: str, per: str) -> bool:
    """Return whether a rate is per as many as a unit says; one of both may not say of whom: "per 100,000"."""
    divisor = find_divisor(words)
    if divisor is None or divisor.name == per:
        return divisor is not None or words.replace(",", "") == per
    number, _, whom = divisor.name.partition(" ")
    other, _, others = per.partition(" ")
    is_same_group = not others or whom.startswith(f"{others} ") or {whom, others} <= _PERSONS
    return number == other and number[:1].isdigit() and (is_same_group or _is_same_way(whom, others))


def _is_same_way(one: str, other: str) -> bool:
    """Return whether two kinds of miles may be the same: VMT, vehicle miles traveled and miles, but not passenger miles."""
    first, second = ([word for word in _spell_out(way).split() if word not in _TRAVELED] for way in (one, other))
    is_way = bool(first and second) and first[-1] in _WAYS and first[-1] == second[-1]
    return is_way and (first == second or 1 in (len(first), len(second)))


def _spell_out(way: str) -> str:
    way = way.replace("-", " ")
    return f"vehicle {'mile' if way == 'vmt' else 'km'}" if way in ("vmt", "vkt") else way


def _counts_other(words: str, mention: Mention) -> bool:
    """Return whether the words around a bare number say that it counts something else than a unit does.

    "17,390 more deaths", "job growth of 20,000", "the number of cases remains under 10"; "monthly gains" for "per year".
    """
    top, _, bottom = words.partition(" per ")
    own = top.split()[-1:]
    said = [match[1] for match in _COUNTED_AFTER.finditer(mention.noun)]
    said += [match["after"] or match["before"] for match in _COUNTED_BEFORE.finditer(mention.before)]
    if said and own and _COUNTED.fullmatch(own[0]):
        wanted = _unify(own[0])
        if all(_unify(word) != wanted for word in said):
            return True
    divisor = find_divisor(bottom) if bottom else None
    pace = mention.per or next((name for word, name in _PACES.items() if word in mention.before.lower()), "")
    return bool(divisor and pace in _PACES.values() and divisor.name in _PACES.values() and divisor.name != pace)


def _has_words(words: str, noun: str) -> bool:
    """Return whether the words after a number begin with a unit's words, or have them."""
    found = [word for part in _PEOPLE.sub("people", noun).split() if (word := part.strip(".,;:()"))]
    for acronym in re.findall(r"\b[A-Z]{2,}\b", words):
        found = _shorten(found, acronym)
    wanted = " ".join(word.strip(".,;:()") for word in _PEOPLE.sub("people", words).split())
    return f" {_unify(wanted)} " in f" {_unify(' '.join(found))} "


def _unify(words: str) -> str:
    """Return words in lower case and in the singular, each with the usual noun for what it counts."""
    return strip_plurals(_ALIKES.sub(lambda match: _ALIKE[match[0].lower()], words).lower())


def _shorten(words: list[str], acronym: str) -> list[str]:
    """Return words with those for which an acronym stands in its place: gross domestic product is GDP."""
    size = len(acronym)
    for at in range(len(words) - size + 1):
        if "".join(word[:1] for word in words[at : at + size]).upper() == acronym:
            return [*words[:at], acronym, *words[at + size :]]
    return words


def strip_plurals(words: str) -> str:
    return " ".join(re.sub(r"(?:(?<=[^s])s|(?<=ss)es)$", "", word) for word in re.split(r"[\s-]+", words) if word)


def relative_years(text: str, published: int | None) -> Iterator[int]:
    """Yield the years that "this year" and "last year" mean in a text of a known year."""
    if published is not None:
        for match in _RELATIVE.finditer(text):
            yield published + _SHIFT[match[1].lower()]


def is_within(narrow: PartialDate, wide: PartialDate) -> bool:
    """Return whether a date is one that a less exact one covers: 20 January 2021 is in January 2021, and in 2021."""
    if wide.decade:
        return narrow.year is not None and wide.year is not None and narrow.year // 10 == wide.year // 10
    pairs = ((wide.year, narrow.year), (wide.month, narrow.month), (wide.day, narrow.day))
    return not narrow.decade and all(ours is None or ours == theirs for ours, theirs in pairs)

"""Units of measurement: their names and symbols, the dimension that each measures, and its size.

The table is our own: pint takes twice as long to load as a whole check, and reads bps as baud. Symbols are read as they are
written, since MW and mW differ; words in any case. `find_measure` reads the unit of a fact or the words after a number:
"km", "square miles", "µg/m3", "GtCO2e", "deaths per 100,000 people".
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from msgspec import Struct

from reportgen.text.late_pattern import compile_late


class Measure(Struct, frozen=True):
    """A unit: what it measures, and how many base units of that dimension it has."""

    name: str
    dimension: str
    factor: float = 1.0


# Dimension, size, name, symbols, words. A + before the name: SI prefixes make further units of it. No size: it is of several
# kinds (tons, horsepower), and equals only itself.
_TABLE = """
length|1|+m|m|metre meter
length|0.01|cm|cm|centimetre centimeter
length|1e-6|μm|μm|micron
length|0.0254|inch|″ ′′ in.|inch inches
length|0.3048|foot|ft ′ ft.|foot feet
length|0.9144|yard|yd|yard
length|1609.344|mile|mi|mile
length|1852|nautical mile|nmi|
area|1e4|hectare|ha|hectare
area|4046.8564224|acre|ac|acre
volume|0.001|+L|L l|litre liter
volume|1e-5|centilitre|cl cL|centilitre centiliter
volume|3.785411784e-3|gallon|gal|gallon
volume|9.46352946e-4|quart|qt|quart
volume|4.73176473e-4|pint|pt|pint
volume|0.158987294928|barrel|bbl bbls|barrel
volume|2.95735295625e-5|fluid ounce|fl.oz|
mass|0.001|+g|g|gram gramme
mass|1000|+t|t|tonne
mass|0.45359237|lb|lb lbs|
mass|0.028349523125|oz|oz|ounce
mass|?|ton||ton
mass|?|MT||
mass|?|mt||
mass|?|dwt||
mass|0.0002|carat|ct|carat
time|1|second|s sec secs|second
time|0.001|ms|ms|millisecond
time|60|minute|min mins|minute
time|3600|hour|h hr hrs|hour
time|86400|day||day
time|604800|week|wk wks|week
time|1209600|fortnight||fortnight
months|1|month|mo|month
months|12|year|yr yrs|year
months|120|decade||decade
months|1200|century||century centuries
power|1|+W|W|watt
power|?|hp|hp bhp|horsepower
power|?|PS|PS|
energy|1|+J|J|joule
energy|3600|+Wh|Wh|watt-hour watthour
energy|1.602176634e-19|+eV|eV|electronvolt
energy|4.184|+cal|cal|calorie
energy|?|Btu|Btu BTU btu|
energy|?|MMBtu|MMBtu mmBtu MMBTU|
energy|?|+toe|toe|
energy|?|boe|boe|
energy|?|therm||therm
electric charge|3600|+Ah|Ah|ampere-hour amp-hour
electric current|1|+amp||amp ampere
voltage|1|+V|V|volt
resistance|1|+Ω|Ω|ohm
frequency|1|+Hz|Hz HZ hz|hertz
pressure|1|+Pa|Pa|pascal
pressure|1e5|+bar|bar|
pressure|?|psi|psi|
pressure|?|ksi|ksi|
force|1|+newton||newton
torque|1|Nm|Nm N·m N-m|newton-metre newton-meter
torque|1.3558179483|lb-ft|lb-ft ft-lb lb.ft|pound-feet pound-foot
radioactivity|1|+Bq|Bq|becquerel
dose|1|+Sv|Sv|sievert
loudness|1|dB|dB|decibel
data|1|+B|B|byte
bits|1|+bit||bit
bits per second|1e3|kbps|kbps kbit/s|
bits per second|1e6|Mbps|Mbps mbps Mbit/s Mb/s|
bits per second|1e9|Gbps|Gbps gbps Gbit/s Gb/s|
image points|1|+pixel|px|pixel
image points|1e6|MP|MP|
length per time|0.44704|mph|m.p.h m.p.h.|
length per time|0.2777777777777778|km/h|kph kmh km/hr|
length per time|0.5144444444444445|knot|kn kts|knot
length per volume|425143.7074976|mpg||
rotation|1|rpm||
temperature|1|°C|°C ℃ degC|celsius
temperature|?|°F|°F ℉ degF|fahrenheit
temperature|1|kelvin||kelvin
angle|1|degree|° deg|degree
share|1e-6|ppm|ppm|
share|1e-9|ppb|ppb|
containers|1|TEU|TEU TEUs teu|
mach|1|Mach||
"""
_PREFIXES = {
    "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18, "m": 1e-3, "μ": 1e-6, "n": 1e-9,
}  # fmt: skip
_PREFIX_WORDS = {
    "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E", "milli": "m", "micro": "μ", "nano": "n",
}  # fmt: skip
_PHRASES = {
    "degrees celsius": "°C", "degree celsius": "°C", "degrees centigrade": "°C", "degrees c": "°C", "degree c": "°C", "deg c": "°C",
    "° celsius": "°C", "° c": "°C", "degrees fahrenheit": "°F", "degree fahrenheit": "°F", "degrees f": "°F", "° f": "°F",
    "parts per million": "ppm", "parts per billion": "ppb", "miles per hour": "mph", "miles an hour": "mph", "miles per gallon": "mpg",
    "kilometres per hour": "km/h", "kilometers per hour": "km/h", "kilometres an hour": "km/h", "kilometers an hour": "km/h",
    "metres per second": "m/s", "meters per second": "m/s", "nautical miles": "nautical mile", "nautical mile": "nautical mile",
    "metric tons": "tonne", "metric ton": "tonne", "metric tonnes": "tonne", "watt hours": "watt-hour", "short tons": "ton", "short ton": "ton",
    "kilowatt hours": "kWh", "kilowatt hour": "kWh", "megawatt hours": "MWh", "gigawatt hours": "GWh", "terawatt hours": "TWh",
    "barrels of oil equivalent": "boe", "tonnes of oil equivalent": "toe", "british thermal units": "Btu", "basis points": "basis point",
    "sq m": "m2", "sq ft": "ft2", "sq km": "km2", "sq mi": "mi2", "sqm": "m2", "sqft": "ft2", "sqkm": "km2", "sq. m": "m2", "sq. ft": "ft2", "sq. km": "km2",
    "cu ft": "ft3", "cu m": "m3", "cc": "cm3", "bpd": "barrel/day", "b/d": "barrel/day", "bbl/d": "barrel/day", "kilotons": "kiloton", "kiloton": "kiloton",
    "fluid ounces": "fl.oz", "person-years": "person-year",
}  # fmt: skip
# Writers set case as they like where nothing else can be meant.
_LOOSE = {
    name.lower(): name for name in (
        "kWh", "MWh", "GWh", "TWh", "km", "km2", "kg", "cm", "mm", "°C", "°F", "dB", "kHz", "GHz", "ft", "lb", "mph", "km/h", "GW", "GB", "TB",
        "kV", "hp", "psi", "ppm", "GPa", "GtCO2", "MtCO2", "GtCO2e", "MtCO2e", "tCO2e", "mAh", "mL",
    )
}  # fmt: skip
_POWERS = {"square": 2, "sq": 2, "sq.": 2, "cubic": 3, "cu": 3, "cu.": 3}
_FIRST_WORDS = frozenset({phrase.split()[0] for phrase in _PHRASES} | set(_POWERS))
_SUBSTANCE = re.compile(
    r"(?P<mass>[kMGTP]?[gt]|(?:kilo|mega|giga|tera|peta)?tonnes?|(?:kilo|mega|giga)?grams?|(?:metric )?tons?)"
    r"[ -]?(?:of )?(?P<what>CO2(?:-?eq?(?:\.|uivalent)?)?|carbon(?: dioxide)?(?: equivalent)?|C(?:-?eq?)?|CH4|methane|N2O|SO2|NOx)"
)
_SUBSTANCES = {"carbon dioxide": "CO2", "carbon": "C", "methane": "CH4", "carbon dioxide equivalent": "CO2e"}
_PER = re.compile(r"\s*/\s*|\s+per\s+|-per-|\s+an?\s+|-an?-")
_COUNT = compile_late(r"(?:\d[\d,. ]*|hundred|thousand|million|billion|a|an|one)\s+", re.IGNORECASE)
_NUMBERS = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}


_RATE = re.compile(r"\s(?:per|an?)\s")


def is_rate(words: str) -> bool:
    """Return whether words say "per" something, other than the usual name of one unit: miles per hour."""
    return bool(_RATE.search(words)) and words.lower() not in _PHRASES


@lru_cache(maxsize=2048)
def may_begin_unit(word: str) -> bool:
    """Return whether a word can be the first of a unit: a quick test, before longer and longer phrases are looked up."""
    bare = re.split(r"[/-]", word, maxsplit=1)[0] if word[:1] not in "/-" else word
    return bare.lower() in _FIRST_WORDS or any(find_measure(each) for each in {word, bare})


@cache
def _tables() -> tuple[dict[str, Measure], dict[str, Measure], frozenset[str]]:
    """Return the measures by symbol and by word, and the names that take prefixes."""
    symbols: dict[str, Measure] = {}
    words: dict[str, Measure] = {}
    prefixed = set()
    for row in _TABLE.strip().splitlines():
        dimension, size, name, signs, nouns = row.split("|")
        if name.startswith("+"):
            name = name[1:]
            prefixed.add(name)
        sized = Measure(name, dimension, float(size)) if size != "?" else None
        measure = sized or Measure(name, f"{dimension} in {name}")
        symbols.update(dict.fromkeys([name, *signs.split()], measure))
        words.update(dict.fromkeys(nouns.split(), measure))
        words.setdefault(name.lower() if len(name) > 3 else "", measure)
    words.pop("", None)
    return symbols, words, frozenset(prefixed)


@lru_cache(maxsize=2048)
def find_measure(text: str) -> Measure | None:
    """Return the measure that a unit's name or symbol means; None where it is none that we know."""
    if not text or text[0] in " /-":
        return None
    text = " ".join(unicodedata.normalize("NFKC", text.replace("º", "°").replace("℃", "°C")).replace("µ", "μ").split())
    text = _PHRASES.get(text.lower(), text)
    if found := _find_simple(text):
        return found
    pieces = _PER.split(text)
    if len(pieces) < 2 or not all(pieces):
        return None
    top = _find_simple(pieces[0])
    if top is None:
        return None
    name, dimension, factor = top.name, top.dimension, top.factor
    for piece in pieces[1:]:
        below = find_divisor(piece)
        if below is None:
            return None
        name, dimension, factor = f"{name}/{below.name}", f"{dimension} per {below.dimension}", factor / below.factor
    return Measure(name, dimension, factor)


def find_divisor(text: str) -> Measure | None:
    """Return the measure of the words after "per": "hour", "100 km", "100,000 people"."""
    count, number = 1.0, ""
    if (match := _COUNT.match(text)) and match.end() < len(text):
        number = match[0].strip()
        figures = number.replace(",", "").replace(" ", "")
        try:
            count = float(figures)
        except ValueError:
            count = _NUMBERS.get(number.lower(), 1.0)
        text = text[match.end() :]
        scale = _COUNT.match(text)
        if scale and scale[0].strip().lower() in _NUMBERS:
            count *= _NUMBERS[scale[0].strip().lower()]
            text = text[scale.end() :]
    unit = _find_simple(text)
    if unit is None and not number and not text.isalpha():
        return None
    if unit is None:
        noun = singular(text.lower())
        unit = Measure(noun, noun)
    name = f"{count:g} {unit.name}" if count != 1 else unit.name
    return Measure(name, unit.dimension, unit.factor * count)


def _find_simple(text: str) -> Measure | None:
    found: Measure | None
    base: Measure | None
    symbols, words, prefixed = _tables()
    text = _PHRASES.get(text.lower(), text)
    if found := symbols.get(text):
        return found
    if len(text) > 1 and text[0] in _PREFIXES and text[1:] in prefixed and text not in ("TV", "EV"):
        base = symbols[text[1:]]
        return Measure(
            ("k" if text[0] == "K" else text[0]) + base.name, base.dimension, base.factor * _PREFIXES[text[0]]
        )
    lower = text.lower()
    noun = singular(lower)
    if found := words.get(lower) or words.get(noun):
        return found
    for prefix, sign in _PREFIX_WORDS.items():
        if noun.startswith(prefix) and (base := words.get(noun[len(prefix) :].strip("-"))) and base.name in prefixed:
            return Measure(sign + base.name, base.dimension, base.factor * _PREFIXES[sign])
    if lower.endswith(("2", "3")) and text[:-1].isalpha() and (base := _find_simple(text[:-1])):
        return _raise(base, int(text[-1]))
    first, _, rest = text.partition(" ")
    if first.lower() in _POWERS and (base := _find_simple(rest)):
        return _raise(base, _POWERS[first.lower()])
    if match := _SUBSTANCE.fullmatch(text):
        return _find_substance(match)
    loose = _LOOSE.get(lower)
    return _find_simple(loose) if loose and loose != text else None


def _raise(base: Measure, power: int) -> Measure | None:
    if base.dimension != "length":
        return None
    return Measure(f"{base.name}{power}", {2: "area", 3: "volume"}[power], base.factor**power)


def _find_substance(match: re.Match[str]) -> Measure | None:
    mass = _find_simple(match["mass"])
    what = match["what"]
    if mass is None or (what == "C" and match["mass"] in ("g", "t") and "of" not in match[0]):
        return None
    what = _SUBSTANCES.get(what, what)
    if re.fullmatch(r"CO2-?e.*", what):
        what = "CO2e"
    return Measure(f"{mass.name}{what}", f"{mass.dimension} of {what}", mass.factor)


def singular(words: str) -> str:
    """Return words without the plural's ending."""
    return " ".join(re.sub(r"(?:(?<=[^su])s|(?<=ss)es|(?<=[cx])hes)$", "", word) for word in words.split())

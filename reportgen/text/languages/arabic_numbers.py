"""Numbers and dates in Arabic: nouns agree with their number, bounds are words, digits are Western.

Some programs mirror a sign such as "<" in Arabic and some do not, so short labels use a word too. Duals stand
in the oblique case, which is right after a preposition and in what a bound governs; elsewhere a fact's `words` say it.
"""

from __future__ import annotations

from reportgen.text.languages import writing
from reportgen.text.languages.arabic import plural
from reportgen.text.languages.label_fields import NBSP
from reportgen.text.languages.writing import SIGNS, DateParts, FormatParts, Link, Sign, Spread, Unit

MINUS = "\u200e−"  # with a left-to-right mark: else it would be set behind its number
Forms = tuple[str, str, str, str, str]
"""A noun's forms with 1, with 2, with 3 to 10, with 11 to 99, and with hundreds or a fraction."""

SCALES: dict[str, Forms] = {
    "thousand": ("ألف", "ألفي", "آلاف", "ألف", "ألف"),
    "million": ("مليون", "مليوني", "ملايين", "مليون", "مليون"),
    "billion": ("مليار", "ملياري", "مليارات", "مليار", "مليار"),
    "trillion": ("تريليون", "تريليوني", "تريليونات", "تريليون", "تريليون"),
}
CURRENCIES = {"US$": "دولار", "$": "دولار", "€": "يورو", "£": "جنيه إسترليني", "¥": "ين", "₩": "وون"}
DOLLARS: Forms = ("دولار", "دولارين", "دولارات", "دولارًا", "دولار")
TIMES: Forms = ("ضعف", "ضعفين", "أضعاف", "ضعفًا", "ضعف")
COUNTED: dict[str, Forms] = {
    "سنة": ("سنة", "سنتين", "سنوات", "سنة", "سنة"),
    "عام": ("عام", "عامين", "أعوام", "عامًا", "عام"),
    "شهر": ("شهر", "شهرين", "أشهر", "شهرًا", "شهر"),
    "أسبوع": ("أسبوع", "أسبوعين", "أسابيع", "أسبوعًا", "أسبوع"),
    "يوم": ("يوم", "يومين", "أيام", "يومًا", "يوم"),
    "ساعة": ("ساعة", "ساعتين", "ساعات", "ساعة", "ساعة"),
}
FEMININE = ("سنة", "ساعة")
RANKS = ("الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة", "العاشرة")
PROSE: dict[str, str] = {
    "exactly": "{}",
    "less than": "أقل من {}",
    "a little less than": "أقل بقليل من {}",
    "at most": "{} على الأكثر",
    "about": "نحو {}",
    "at least": "{} على الأقل",
    "more than": "أكثر من {}",
    "a little more than": "أكثر بقليل من {}",
}
SHORT: dict[Sign, str] = {"=": "{}", "<": "دون {}", "≤": "حتى {}", "≈": "نحو {}", "≥": "{} فأكثر", ">": "فوق {}"}
DATES: dict[Sign, str] = {"=": "{}", "<": "قبل {}", "≤": "بحلول {}", "≈": "نحو {}", "≥": "اعتبارًا من {}", ">": "بعد {}"}
TENS = ("العقد الأول من", "العقد الثاني من", "عشرينيات", "ثلاثينيات", "أربعينيات", "خمسينيات", "ستينيات", "سبعينيات", "ثمانينيات", "تسعينيات")  # fmt: skip
CENTURIES = {17: "السابع عشر", 18: "الثامن عشر", 19: "التاسع عشر", 20: "العشرين", 21: "الحادي والعشرين"}


class ArabicWriting(writing.BabelWriting, frozen=True):
    """Writes numbers and dates in Arabic."""

    def prose(self, form: FormatParts, value: float) -> str:
        return PROSE[form.bound].format(self._write_amount(form, value).replace(" ", NBSP))

    def short(self, form: FormatParts, value: float) -> str:
        before, after = self._split_around(form, value)
        return before + self.signed(value, form.decimals, MINUS) + after

    def range_prose(self, form: FormatParts, value: float, spread: Spread, link: Link) -> str:  # noqa: ARG002  # one form fits
        text = self._write_range(form, value, spread)
        if spread.has_centre and spread.margin is None:
            return f"{self.prose(form, value)} ({text})"
        return PROSE[form.bound].format(text)

    def range_short(self, form: FormatParts, value: float, spread: Spread) -> str:
        text = self._write_range(form, value, spread)
        if spread.has_centre and spread.margin is None:
            return f"{self.short(form, value)} ({text})"
        return SHORT[SIGNS[form.bound]].format(text)

    def _write_range(self, form: FormatParts, value: float, spread: Spread) -> str:
        """Write both ends with a word between them: a dash would turn round in a line that runs from right to left."""
        if spread.margin is not None:
            ends = [self.signed(end, form.decimals, MINUS) for end in (value, spread.margin)]
            text, last = f"{ends[0]}{NBSP}±{NBSP}{ends[1]}", value
        else:
            ends = [self.signed(end, form.decimals, MINUS) for end in (spread.low, spread.high)]
            text, last = f"{NBSP}إلى{NBSP}".join(ends), spread.high
        noun = (
            f"في المائة{form.unit.percent_of}"
            if form.unit.kind == "percent"
            else self._choose_noun(form, last, counted=True)
        )
        text = f"{text} {noun}".strip().replace(" ", NBSP)
        return f"{text}، {spread.interval}" if spread.interval else text

    def excel(self, form: FormatParts, value: float) -> str:
        before, after = self._split_around(form, value)
        return writing.quote_for_excel(before) + writing.excel_digits(form.decimals) + writing.quote_for_excel(after)

    def unit(self, unit: Unit) -> str:
        if unit.kind != "money":
            return unit.name
        scale = unit.money[1]
        return f"{SCALES[scale][0]} {self.currency(unit, CURRENCIES)}" if scale else self.currency(unit, CURRENCIES)

    def partial_date(self, day: DateParts, prose: bool) -> str:
        if day.decade and day.year:
            century = day.year // 100 + 1
            return f"{TENS[day.year % 100 // 10]} القرن {CENTURIES.get(century, str(century))}"
        text = writing.format_partial_date(day, self.language)
        return f"عام {text}" if prose and not day.month else text

    def bounded_date(self, day: DateParts, bound: str, prose: bool) -> str:
        return DATES[SIGNS[bound]].format(self.partial_date(day, prose))

    def _split_around(self, form: FormatParts, value: float) -> tuple[str, str]:
        """Return what stands before and after the digits of a short label."""
        before, after = SHORT[SIGNS[form.bound]].split("{}")
        if form.unit.kind == "rank":
            return f"{before}المرتبة{NBSP}", after
        noun = self._choose_noun(form, value, counted=True).replace(" ", NBSP)
        gap = NBSP if noun and form.unit.kind != "percent" else ""
        return before, gap + noun + after

    def _write_amount(self, form: FormatParts, value: float) -> str:
        """Write number and noun; one and two are in the noun itself."""
        noun, unit, whole = self._choose_noun(form, value), form.unit, self._is_whole(form, value)
        if unit.kind == "rank" and whole and 1 <= value <= len(RANKS):
            return f"المرتبة {RANKS[int(value) - 1]}"
        if unit.kind == "rank":
            return f"المرتبة {self.signed(value, form.decimals, MINUS)}"
        if unit.kind == "percent":
            return f"{self.signed(value, form.decimals, MINUS)} في المائة{unit.percent_of}"
        if whole and value in (1, 2) and self._find_forms(unit):
            one = "واحدة" if unit.name in FEMININE else "واحد"
            return noun if value == 2 or unit.kind == "money" else f"{noun} {one}"
        number = self.signed(value, form.decimals, MINUS)
        return f"{number} {noun}" if noun else number

    def _choose_noun(self, form: FormatParts, value: float, counted: bool = False) -> str:
        """Return the noun in the form that the number requires; plain where digits stand for one and two."""
        unit = form.unit
        if unit.kind == "percent":
            return f"%{unit.percent_of}"
        if unit.kind in ("rank", "date"):
            return ""
        forms = self._find_forms(unit)
        plain = not self._is_whole(form, value) or (counted and abs(value) < 3)
        noun = _agree(forms, None if plain else int(abs(value))) if forms else ""
        if unit.kind == "money":
            return f"{noun} {self.currency(unit, CURRENCIES)}" if unit.money[1] or not forms else noun
        return noun or unit.name

    def _find_forms(self, unit: Unit) -> Forms | None:
        if unit.kind == "money":
            currency, scale = unit.money
            return SCALES[scale] if scale else DOLLARS if CURRENCIES.get(currency) == DOLLARS[0] else None
        return TIMES if unit.kind == "times" else COUNTED.get(unit.name)

    @staticmethod
    def _is_whole(form: FormatParts, value: float) -> bool:
        return form.decimals == 0 and value == int(value)


def _agree(forms: Forms, count: int | None) -> str:
    one, two, few, many, other = forms
    named = {"one": one, "two": two, "few": few, "many": many}
    return other if count is None else named.get(plural(count), other)

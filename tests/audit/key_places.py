"""The keys of a brief whose texts say certain words, looked up in the brief alone."""

from __future__ import annotations

from datetime import date

from reportgen.audit.word_stream import plain_words
from reportgen.brief.traced_brief import list_texts
from reportgen.charts.base import find_quantities
from reportgen.input.model_validation import parse_path
from reportgen.text.numbers import format_long_date, format_short_date
from tests.audit.alterations import Alteration

AROUND = 3  # words on either side that a key must have too, where a key has them


class KeyPlaces:
    """Says whether a key is that of an altered text."""

    def __init__(self, brief) -> None:
        self.brief = brief
        self.texts = {path: self._print(path, text) for path, text in list_texts(brief)}

    def _print(self, path: str, text: str) -> str:
        """Return everything that a text prints: a day in both of its forms."""
        if path.endswith((".deadline", "date")) and text[:4].isdigit():
            day = date.fromisoformat(text)
            text = f"{format_long_date(day)} {format_short_date(day)} {format_short_date(day, day.year)}"
        return f" {' '.join(plain_words(self.brief.plain(text)))} "

    def is_right(self, place, alteration: Alteration) -> bool:
        """Say whether a finding's place is that of the altered words: a key that says them, on the line of its value.

        Words that no key says, such as a label's, have no place, or that of the exhibit or source that they describe.
        """
        text = alteration.text
        for around in range(AROUND, -1, -1):
            before, after = text[: alteration.start].split(" "), text[alteration.end :].split(" ")
            window = " ".join(before[-around - 1 :]) + alteration.old + " ".join(after[: around + 1])
            said = f" {' '.join(plain_words(window))} "
            keys = [path for path, words in self.texts.items() if said.strip() and said in words]
            if place and place.key in keys:
                return self._is_its_line(place)
        if place is None:
            return not keys or self._is_label(alteration)
        return self._is_its_line(place) and (
            self._is_number_of(place.key, alteration) or self._is_about(place.key, alteration)
        )

    def _is_its_line(self, place) -> bool:
        path = parse_path(place.key)
        where = self.brief.document.places.get(path) or self.brief.where(*path)
        return (place.line, place.column) == (where.line, where.column)

    def _is_label(self, alteration: Alteration) -> bool:
        """Say whether words are a template's: short, or what it says of the document."""
        return len(plain_words(alteration.text)) < 4 or not any(
            f" {' '.join(plain_words(alteration.text))} " in words for words in self.texts.values()
        )

    def _is_number_of(self, key: str, alteration: Alteration) -> bool:
        """Say whether a key is a number that a chart draws, and the altered words are what it prints."""
        value = self._find(key)
        numbers = find_quantities(value) if value is not None else ()
        said = {word.removesuffix(".0") for word in plain_words(alteration.text)}
        return any(
            said & set(plain_words(f"{each.short} {each.prose} {each.value}".replace(".0", ""))) for each in numbers
        )

    def _is_about(self, key: str, alteration: Alteration) -> bool:
        """Say whether the text around the altered words is this key's: a citation, or a description of an exhibit."""
        said = set(plain_words(alteration.text))
        if key.startswith("exhibits.") and not any(char.isalpha() for char in alteration.text):
            return True  # a tick of its axis, or some figures of a number that a PDF paints in pieces
        inside = [words for path, words in self.texts.items() if path == key or path.startswith((f"{key}.", f"{key}["))]
        if key.startswith("quotes."):
            inside += [f" {' '.join(plain_words(place.strip('¶')))} " for place in self.brief.places(key.split(".")[1])]
        return any(said & set(words.split()) for words in inside)

    def _find(self, key: str):
        value = self.brief
        for part in parse_path(key):
            if isinstance(value, dict | list):
                value = value[part]
            else:
                names = {info.alias or name: name for name, info in type(value).model_fields.items()}
                value = getattr(value, names[part])
        return value

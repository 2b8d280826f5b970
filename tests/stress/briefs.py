"""Random briefs: every field that a deck can show varies in length and in what it is written in, every list in number.

A brief is JSON, which is YAML, and goes through the real loader. The same seed makes the same brief.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from reportgen.brief import load_brief
from reportgen.brief.model import Brief

from .exhibits import UNITS, Data, Maker
from .words import mood

BOUNDS = (
    "exactly",
    "less than",
    "a little less than",
    "at most",
    "about",
    "at least",
    "more than",
    "a little more than",
)
MARKINGS = (
    "UNCLASSIFIED",
    "CUI",
    "PRE-DECISIONAL/DELIBERATIVE",
    "EMBARGOED UNTIL JANUARY 20, 2027, 6 A.M. EASTERN TIME",
)
DATES = ("2020-11-03", "2021-01", "2021", "1980s", "--11-03", "2021-01-20", "2030-12-31")
LANGUAGES = ("en-US",) * 8 + ("en-GB", "ko", "ar", "ja")


@dataclass(frozen=True, slots=True)
class RandomBrief:
    """A brief's text and where it came from; `wild` names its mood."""

    seed: str
    wild: str
    text: str

    def load(self, folder: Path) -> Brief:
        path = folder / f"{self.seed}.yaml"
        path.write_text(self.text, encoding="utf-8")
        return load_brief(path)


def make_brief(seed: str) -> RandomBrief:
    rng = Random(seed)
    how = mood(rng)
    data = _Maker(rng, how).brief()
    return RandomBrief(seed, how.name, _dump(data))


def shorten(brief: RandomBrief, slides: Collection[str]) -> RandomBrief:
    """Return the brief with less on the slides that were refused, so that the others can be drawn."""
    data = json.loads(brief.text)
    for name in slides:
        if name in data["exhibits"]:
            del data["exhibits"][name]
            for topic in data["topics"]:
                topic["exhibits"] = [each for each in topic["exhibits"] if each != name]
        elif cuts := CUTS.get(name.partition("-")[0]):
            for key in cuts:
                _halve(data, key)
    return RandomBrief(brief.seed, brief.wild, _dump(data))


CUTS = {
    "_cover": ("title", "subtitle", "marking"),
    "_topic": ("topics", "why_now"),
    "_decisions": ("recommendations",),
    "_dates": ("timeline",),
    "_sources": ("basis", "sources"),
}
"""The part of a brief that is halved when a slide of this name is refused."""


def _halve(data: Data, key: str) -> None:
    """Return half of a list's items or of a text's words; of sources only the texts, because quotes name the sources."""
    match data.get(key):
        case list() as items:
            kept = items[: len(items) // 2]
            lost = [
                name
                for item in items[len(kept) :]
                for name in (item.get("exhibits", ()) if isinstance(item, dict) else ())
            ]
            data[key] = kept
            data["exhibits"] = {name: each for name, each in data["exhibits"].items() if name not in lost}
        case str() as text:
            words = [word for word in text.split() if word.isalnum() and len(word) < 20]
            data[key] = " ".join(words[: (len(words) + 1) // 2]) or "A title"
        case {"points": points, **section}:
            data[key] = {**section, "points": points[: (len(points) + 1) // 2]}
        case dict() as sources:
            for source in sources.values():
                source.pop("note", None)
                source["title"] = source["title"][:40]


def _dump(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1)


class _Maker(Maker):
    """Makes the brief and all that is no exhibit."""

    def brief(self) -> Data:
        rng = self.rng
        sources = {f"s{index}": self.source() for index in range(self.number(1, 5, 20))}
        quotes = {
            f"q{index}": {"source": rng.choice(list(sources)), "text": self.plain(3, 30)}
            | ({"paragraph": rng.randint(1, 60)} if self.chance(0.7) else {})
            | ({"speaker": self.plain(1, 3)} if self.chance(0.2) else {})
            for index in range(rng.randint(1, 6))
        }
        self.facts = {f"f{index}": self.fact(list(quotes)) for index in range(rng.randint(2, 8))}
        self.references = [*(f"${{{name}}}" for name in self.facts), *(f"${{{name}:short}}" for name in self.facts)]
        self.references = [*self.references, *(f"[@{name}]" for name in quotes)]
        exhibits = {f"x{index}": self.exhibit() for index in range(self.number(1, 8, 12))}
        shares = [list(exhibits)[index::3] for index in range(3)]
        data: Data = {
            "title": self.text(3, 14),
            "slug": "stress",
            "date": f"20{rng.randint(10, 40)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            "to": self.plain(1, 4),
            "from": [self.plain(1, 4) for _ in range(rng.randint(1, 3))],
            "language": rng.choice(LANGUAGES),
            "sources": sources,
            "quotes": quotes,
            "facts": self.facts,
            "bottom_line": self.text(8, 50),
            "exhibits": exhibits,
            "topics": [self.topic(names) for names in shares] + [self.topic([]) for _ in range(self.number(0, 3, 6))],
            "recommendations": [self.recommendation() for _ in range(self.number(0, 8, 30))],
            "timeline": [{"date": rng.choice(DATES), "title": self.text(2, 16)} for _ in range(self.number(0, 6, 12))],
            "talking_points": self.texts(0, 6, 12, 5, 40),
            "questions": [
                {"question": self.text(4, 16), "answer": self.text(8, 80)} for _ in range(self.number(0, 4, 10))
            ],
            "basis": self.texts(0, 3, 8, 5, 30),
        }
        if self.chance(0.7):
            data["subtitle"] = self.text(3, 16)
        if self.chance(0.4):
            data["marking"] = rng.choice(MARKINGS) if self.chance(0.8) else self.plain(1, 8)
        if self.chance(0.5):
            data["why_now"] = {"title": self.text(4, 14), "points": self.texts(1, 3, 8, 5, 30)}
        return data

    def source(self) -> Data:
        rng = self.rng
        found: Data = {"author": self.plain(1, 4), "title": self.plain(3, 14)}
        if self.chance(0.6):
            found["publisher"] = self.plain(1, 4)
        if self.chance(0.6):
            found["published"] = rng.choice(("2020", "December 1, 2020", "undated", "Spring 1998"))
        if self.chance(0.3):
            found["short"] = self.plain(1, 2)
        if self.chance(0.5):
            found["url"] = "https://example.org/" + "very-long-path/" * rng.randint(0, 12)
        if self.chance(0.3):
            found["note"] = self.text(4, 25)
        return found

    def fact(self, quotes: Sequence[str]) -> Data:
        rng = self.rng
        if self.chance(0.15):
            return {"value": rng.choice(DATES), "quote": rng.choice(quotes)}
        value = rng.choice((0, 1, 5, 42, 99.5, 1234, 0.05, 1_000_000, rng.randint(1, 500)))
        found = {"value": value, "unit": rng.choice(UNITS), "bound": rng.choice(BOUNDS), "quote": rng.choice(quotes)}
        if self.chance(0.3):
            found["attributed_to"] = self.plain(1, 5)
        if self.chance(0.3):
            found["status"] = rng.choice(("stated", "reported", "forecast", "inferred"))
        return found

    def topic(self, exhibits: list[str]) -> Data:
        rng = self.rng
        judgments: list[Data] = []
        for _ in range(self.number(0, 2, 5)):
            judgment: Data = {"text": self.text(5, 25)}
            if self.chance(0.5):
                judgment["confidence"] = rng.choice(("low", "moderate", "high"))
            if self.chance(0.5):
                judgment["likelihood"] = rng.choice(("almost no chance", "likely", "roughly even chance"))
            judgments.append(judgment)
        return {
            "kind": rng.choice(("immediate", "opportunity", "friction")),
            "title": self.text(4, 14),
            "points": self.texts(0 if exhibits else 1, 5, 16, 5, 32),
            "judgments": judgments,
            "exhibits": exhibits,
        }

    def recommendation(self) -> Data:
        found: Data = {"title": self.text(2, 9), "lead": [self.plain(1, 4) for _ in range(self.rng.randint(1, 2))]}
        if self.chance(0.7):
            found["deadline"] = f"20{self.rng.randint(24, 27)}-{self.rng.randint(1, 12):02}-15"
        for name, share, longest in (
            ("deadline_note", 0.3, 4),
            ("decide", 0.7, 12),
            ("action", 0.6, 25),
            ("risk", 0.4, 20),
        ):
            if self.chance(share):
                found[name] = self.text(2, longest)
        return found

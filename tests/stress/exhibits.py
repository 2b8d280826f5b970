"""Random exhibits of every kind, and the base of all random makers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from .words import Mood, plain, rich

UNITS = ("%", "US$ billion", "US$ million", "€ billion", "months", "ships", "times", "KRW trillion")
MARKS = ("opening", "obstacle", "need", "yes", "no", "partly")
Data = dict[str, Any]


@dataclass
class Maker:
    """Makes exhibits; `references` are what a text may refer to, "${fact}" or "[@quote]"."""

    rng: Random
    how: Mood
    references: Sequence[str] = ()
    facts: Mapping[str, Data] = field(default_factory=dict)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def number(self, low: int, high: int, most: int) -> int:
        """Return a count: low to high in a plausible brief, never more than `most`."""
        return max(low, min(most, round(self.rng.randint(low, high) * self.how.counts)))

    def plain(self, low: int, high: int) -> str:
        return plain(self.rng, self.how, low, high)[:9_000]

    def text(self, low: int, high: int, longest: int | None = None) -> str:
        return rich(self.rng, self.how, low, high, self.references, longest)[:9_000]

    def texts(self, low: int, high: int, most: int, short: int, long: int) -> list[str]:
        return [self.text(short, long) for _ in range(self.number(low, high, most))]

    def exhibit(self) -> Data:
        makers: Sequence[Callable[[], Data]] = (
            self.bars, self.bars, self.columns, self.lines, self.ranges, self.shares, self.ordinal, self.timed,
            self.numbers, self.matrix, self.table, self.table, self.dated, self.slopes, self.areas, self.points,
        )  # fmt: skip
        found = self.rng.choice(makers)() | {"title": self.text(4, 14)}
        if self.chance(0.4):
            found["subtitle"] = self.text(2, 9)
        if self.chance(0.4):
            found["note"] = self.text(3, 16)
        if self.chance(0.7):
            found["takeaway"] = self.texts(0, 4, 12, 4, 22)
        if self.chance(0.5):
            found["notes"] = self.text(10, 200, 600)
        return found

    def labels(self, count: int, low: int, high: int) -> list[str]:
        """Return different labels, because a brief with the same name twice is rightly refused."""
        found: list[str] = []
        while len(found) < count:
            label = self.plain(low, high)[:400].strip()
            found.append(label if label not in found else f"{label} {len(found)}")
        return found

    def amount(self) -> float:
        return self.rng.choice((self.rng.randint(0, 120), round(self.rng.random() * 50, 1), self.rng.randint(1, 9)))

    def bars(self) -> Data:
        return self._bars("bar", self.number(1, 7, 24))

    def columns(self) -> Data:
        return self._bars("column", self.number(1, 5, 16))

    def _bars(self, kind: str, count: int) -> Data:
        rng = self.rng
        labels = (
            self.labels(count, 1, 3 if kind == "bar" else 2)
            if self.chance(0.7)
            else [str(2000 + index) for index in range(count)]
        )
        found: Data = {"kind": kind, "unit": rng.choice(UNITS)}
        if self.chance(0.6):
            bars: list[Data] = [{"label": label, "value": self.amount()} for label in labels]
            rng.choice(bars)["highlight"] = True
            for bar in bars:
                if self.chance(0.15):
                    bar["note"] = self.plain(1, 3)
            found["bars"] = bars
        else:
            names = self.labels(rng.randint(2, 5), 1, 2)
            found |= {"categories": labels, "arrangement": rng.choice(("grouped", "stacked"))}
            found["series"] = [{"name": name, "values": [self.amount() for _ in labels]} for name in names]
        if self.chance(0.3):
            found["annotations"] = [{"at": rng.choice(labels), "text": self.plain(1, 6)}]
        return found

    def lines(self) -> Data:
        rng = self.rng
        years = [str(2000 + index) for index in range(self.number(2, 10, 24))]
        x = years if self.chance(0.7) else self.labels(len(years), 1, 2)
        values = [[self.amount() for _ in x] for _ in range(rng.randint(1, 5))]
        names = self.labels(len(values), 1, 3)
        series = [{"name": name, "values": row} for name, row in zip(names, values, strict=True)]
        found: Data = {"kind": "line", "x": x, "series": series, "unit": rng.choice(UNITS)}
        if self.chance(0.3):
            found["forecast_from"] = x[-1]
        if self.chance(0.3):
            found["annotations"] = [{"at": rng.choice(x), "series": rng.choice(names), "text": self.plain(1, 6)}]
        return found

    def dated(self) -> Data:
        """Return lines over uneven months, of which one is highlighted."""
        rng = self.rng
        months = sorted(rng.sample(range(240), self.number(2, 12, 60)))
        names = self.labels(rng.randint(1, 12), 1, 2)
        series: list[Data] = [{"name": name, "values": [self.amount() for _ in months]} for name in names]
        rng.choice(series)["highlight"] = True
        x = [f"{2000 + month // 12}-{month % 12 + 1:02}" for month in months]
        found: Data = {"kind": "line", "x": x, "series": series, "unit": rng.choice(UNITS)}
        if self.chance(0.3):
            found["references"] = [{"label": f"{self.plain(1, 2)[:40]} level", "value": self.amount()}]
        return found

    def slopes(self) -> Data:
        rows = [
            {"label": label, "from": self.amount(), "to": self.amount(), "highlight": self.chance(0.2)}
            for label in self.labels(self.number(1, 9, 18), 1, 3)
        ]
        return {"kind": "slope", "from": 2010, "to": 2020, "slopes": rows, "unit": self.rng.choice(UNITS)}

    def areas(self) -> Data:
        x = [str(2000 + index) for index in range(self.number(2, 12, 30))]
        names = self.labels(self.rng.randint(1, 5), 1, 3)
        series = [{"name": name, "values": [self.amount() for _ in x]} for name in names]
        return {"kind": "area", "x": x, "series": series, "unit": self.rng.choice(UNITS)}

    def points(self) -> Data:
        rows: list[Data] = [
            {"label": label, "x": self.amount(), "y": self.amount()}
            for label in self.labels(self.number(2, 15, 40), 1, 3)
        ]
        self.rng.choice(rows)["highlight"] = True
        return {"kind": "scatter", "points": rows, "x_title": self.plain(1, 4), "y_title": self.plain(1, 4)}

    def ranges(self) -> Data:
        rows = []
        for label in self.labels(self.number(1, 5, 14), 1, 4):
            low = self.rng.randint(0, 60)
            rows.append({"label": label, "low": low, "high": low + self.rng.randint(0, 60)})
        found: Data = {"kind": "range", "ranges": rows, "unit": self.rng.choice(UNITS)}
        if self.chance(0.4):
            found |= {"low_title": self.plain(1, 3), "high_title": self.plain(1, 3)}
        return found

    def shares(self) -> Data:
        count = self.number(2, 4, 6)
        parts: list[Data] = [{"label": label, "value": 100 // count} for label in self.labels(count, 1, 4)]
        parts[0] |= {"highlight": True, "value": 100 - 100 // count * (count - 1)}
        return {"kind": "share", "parts": parts, "unit": "%"}

    def ordinal(self) -> Data:
        titles = self.labels(self.number(2, 5, 7), 1, 4)
        events: list[Data] = [{"title": title} for title in titles]
        for event in events:
            if self.chance(0.5):
                event["when"] = self.plain(1, 4)
            if self.chance(0.3):
                event["note"] = self.plain(1, 8)
        return {"kind": "timeline", "scale": "ordinal", "events": events, "unfinished": self.chance(0.3)}

    def timed(self) -> Data:
        rng = self.rng
        titles = self.labels(self.number(2, 6, 16), 1, 5)
        years = sorted(rng.sample(range(1990, 2040), len(titles)))
        events: list[Data] = [{"title": title, "date": str(year)} for title, year in zip(titles, years, strict=True)]
        for event in events:
            if self.chance(0.3):
                event["note"] = self.plain(1, 6)
        found: Data = {"kind": "timeline", "events": events}
        if self.chance(0.4):
            found["spans"] = [{"from": str(years[0]), "to": str(years[-1] + 1), "title": self.plain(1, 5)}]
        return found

    def numbers(self) -> Data:
        figures = []
        for _ in range(self.rng.randint(1, 3)):
            amounts = [name for name, fact in self.facts.items() if not isinstance(fact["value"], str)]
            value = self.rng.choice(amounts) if amounts and self.chance(0.6) else self.amount()
            figure: Data = {"value": value, "label": self.plain(1, 8)}
            if self.chance(0.5):
                figure["meaning"] = self.text(3, 14)
            figures.append(figure)
        return {"kind": "number", "figures": figures}

    def matrix(self) -> Data:
        columns = self.labels(self.rng.randint(1, 5), 1, 3)
        cells = [[self.cell() for _ in columns] for _ in range(self.number(1, 6, 20))]
        cells[0][0] = {"text": self.text(1, 8), "mark": "opening"}
        rows = [{"title": self.text(1, 5), "cells": row} for row in cells]
        return {"kind": "matrix", "columns": columns, "rows": rows}

    def cell(self) -> Data | str | None:
        if self.chance(0.1):
            return None
        text = self.text(1, 9)
        return {"text": text, "mark": self.rng.choice(MARKS)} if self.chance(0.5) else text

    def table(self) -> Data:
        header = self.labels(self.rng.randint(2, 6), 1, 3)
        many = self.rng.choice((4, 8, 14, 40))
        rows = [
            [self.text(1, 6) if self.chance(0.93) else None for _ in header] for _ in range(self.number(1, many, 40))
        ]
        found: Data = {"kind": "table", "header": header, "rows": rows}
        if self.chance(0.3):
            found["numeric"] = [header[-1]]
        return found

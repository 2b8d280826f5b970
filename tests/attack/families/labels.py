"""Labels of exhibits with one to forty items: none broken inside a word, none outside its drawing, in the order given.

Each exhibit is laid out for the memo (full measure and side column) and for a slide, without drawing it. An exhibit with too
many or too long labels may be refused, with a hint.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from reportgen import brand as brands, fonts
from reportgen.charts import AnyExhibit
from reportgen.charts.scene import Cell, NativeChart, Scene, SceneText
from reportgen.charts.style import Style
from reportgen.deck.charts import chart_labels, plot_layout
from reportgen.system.errors import FitError
from tests.attack.outcome import Outcome

TITLE = "labels of exhibits"
FULL, SAMPLE = 300, 25
KINDS = ("bar", "column", "line", "range", "share", "timeline", "matrix")
MEMO_WIDTHS, SLIDE = (468.0, 187.2, 225.0), (560.0, 300.0)  # points
TOLERANCE = 0.75  # points
WORDS = {
    "en": "a an oil Asia East Middle Africa budget Research Procurement infrastructure administration U.S.–Korea "
    "Telecommunications Mediterranean cross-border Bangladesh health/education self-sufficiency internationalization",
    "ko": "한국 미국 국방부 방위비 분담금 국가안전보장회의 한미방위비분담특별협정 연구개발 인도태평양경제프레임워크",
    "ar": "مصر الهند السعودية والتكنولوجيا الاستراتيجيات المسؤوليات أفريقيا الشمالية",
}  # fmt: skip
SERIAL = {
    "months": ("January February March April May June July August September October November December", 12),
    "quarters": ("Q1 Q2 Q3 Q4", 4),
    "ages": ("Under 18|18–34|35–49|50–64|65 and over", 5),
    "answers": ("Strongly agree|Agree|Neither|Disagree|Strongly disagree", 5),
    "years": ("|".join(f"FY{year}" for year in range(1981, 2021)), 40),
}
ADAPTER: TypeAdapter[Any] = TypeAdapter(AnyExhibit)
BRAND = brands.load()


def attack(count: int, seed: int) -> Iterator[Outcome]:
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        kind = KINDS[number % len(KINDS)]
        keys = _write_exhibit(kind, rng)
        case, context = f"{number} {kind} of {len(_list_labels(keys))}", {"fact": {}, "language": keys.pop("-")}
        try:
            exhibit = ADAPTER.validate_python({"title": "A finding", **keys}, context=context)
        except ValidationError as error:
            yield Outcome(case, "refused as data", failed=True, detail=str(error))
            continue
        yield _judge(case, keys, exhibit)


def _write_exhibit(kind: str, rng: random.Random) -> dict[str, Any]:
    """Return an exhibit's keys; "-" is its language."""
    language = rng.choice(("en", "en", "en", "ko", "ar"))
    most = {"share": 5, "timeline": 16, "matrix": 12}.get(kind, 40)
    labels = _write_labels(language, rng.choice((1, 2, 3, 5, 8, 13, 24, 40)), rng)[:most]
    low = -50.0 if rng.random() < 0.3 else 0.0
    values = [round(rng.uniform(low, 90), rng.choice((0, 1))) for _ in labels]
    unit = rng.choice(("%", "US$ billion", "thousand tons of wheat equivalent", ""))
    keys: dict[str, Any] = {"kind": kind, "-": language, "unit": unit}
    match kind:
        case "bar" | "column" if rng.random() < 0.6:
            notes = [rng.choice((None, None, _write_label(language, rng))) for _ in labels]
            keys["bars"] = [{"label": a, "value": b, "note": c} for a, b, c in zip(labels, values, notes, strict=True)]
        case "bar" | "column":
            names = _write_labels(language, rng.randint(2, 4), rng)
            rows = [[round(abs(rng.uniform(1, 90)), 1) for _ in labels] for _ in names]
            series = [{"name": name, "values": row} for name, row in zip(names, rows, strict=True)]
            keys |= {"categories": labels, "series": series, "arrangement": rng.choice(("grouped", "stacked"))}
        case "line":
            labels = labels if len(labels) > 1 else [*labels, "Last"]
            names = _write_labels(language, rng.randint(1, 3), rng)
            rows = [[round(rng.uniform(low, 90), 1) for _ in labels] for _ in names]
            keys |= {"x": labels, "series": [{"name": a, "values": b} for a, b in zip(names, rows, strict=True)]}
        case "range":
            keys["ranges"] = [
                {"label": a, "low": value, "high": round(value + rng.randint(1, 40), 1)}
                for a, value in zip(labels, values, strict=True)
            ]
        case "share":
            keys["parts"] = [{"label": a, "value": abs(value) + 1} for a, value in zip(labels, values, strict=True)]
            keys["unit"] = "tons"
        case "timeline":
            del keys["unit"]
            year = rng.choice((1950, 2019))
            dates = [
                f"{year + index * rng.choice((1, 2)) // 2}-{index % 12 + 1:02}" for index in range(len(labels) + 1)
            ]
            keys["events"] = [{"title": a, "date": b} for a, b in zip([*labels, "Last"][:16], dates, strict=False)]
            if rng.random() < 0.5:
                keys["spans"] = [{"from": f"{year}-01", "to": f"{year + 2}-03", "title": _write_label(language, rng)}]
        case "matrix":
            del keys["unit"]
            columns = _write_labels(language, rng.randint(1, 5), rng)
            cells = [[_write_label(language, rng) for _ in columns] for _ in labels]
            keys |= {"columns": columns, "rows": [{"title": a, "cells": b} for a, b in zip(labels, cells, strict=True)]}
    return keys


def _write_labels(language: str, count: int, rng: random.Random) -> list[str]:
    if language == "en" and rng.random() < 0.4:
        words, most = rng.choice(list(SERIAL.values()))
        return (words.split("|") if "|" in words else words.split())[: min(count, most)]
    labels = [f"{_write_label(language, rng)} {number}" for number in range(count)]
    return [chr(65 + number % 26) * (1 + number // 26) for number in range(count)] if rng.random() < 0.2 else labels


def _write_label(language: str, rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS[language].split(), k=rng.choice((1, 1, 2, 3, 5))))


def _list_labels(keys: dict[str, Any]) -> list[str]:
    named = ({"bars": "label", "ranges": "label", "parts": "label", "events": "title", "rows": "title"}).items()
    rows = next(([row[name] for row in keys[field]] for field, name in named if field in keys), None)
    return rows or keys.get("categories") or keys["x"]


def _judge(case: str, keys: dict[str, Any], exhibit: Any) -> Outcome:
    wanted, verdict = _list_labels(keys), "drawn"
    if keys["kind"] == "matrix":
        table = exhibit.table()
        kept = [row[0].text for row in table.rows] == wanted and abs(sum(table.widths) - 1) < 0.01
        return Outcome(case, "drawn", failed=not kept or not all(isinstance(row[0], Cell) for row in table.rows))
    faults: list[str] = []
    for width in MEMO_WIDTHS:
        style = Style.memo(BRAND)
        try:
            scene = exhibit.scene(width, style)
        except FitError as error:
            verdict = "refused"
            faults += [f"no hint: {fault.message}" for fault in error.diagnostics if not fault.hint]
            continue
        faults += [f"memo {width:g}: {fault}" for fault in _find_faults(scene, style, wanted, keys["kind"])]
    try:
        faults += [f"slide: {fault}" for fault in _judge_slide(exhibit, wanted, keys["kind"])]
    except FitError as error:
        verdict = "refused"
        faults += [f"no hint: {fault.message}" for fault in error.diagnostics if not fault.hint]
    return Outcome(case, "wrong" if faults else verdict, failed=bool(faults), detail="; ".join(faults[:4]))


def _judge_slide(exhibit: Any, wanted: list[str], kind: str) -> list[str]:
    native = exhibit.native(*SLIDE, BRAND)
    if isinstance(native, Scene):
        return _find_faults(native, Style.deck(BRAND), wanted, kind)
    chart_labels.require_room(native, *SLIDE, BRAND)
    names = list(native.categories) if kind != "share" else [series.name for series in native.series]
    same = len(names) == len(wanted) and all(name.startswith(label) for name, label in zip(names, wanted, strict=True))
    return ([] if same else ["another order"]) + _find_broken_names(native)


def _find_broken_names(native: NativeChart) -> list[str]:
    plotted = plot_layout.plot_chart(native, *SLIDE, BRAND)
    if native.type == "line" or (native.type == "bar" and len(native.categories) == 1):
        return []
    share = plot_layout.NAMES_SHARE * SLIDE[0]
    room = share if native.type == "bar" else plotted.category_length / len(native.categories)
    long = (
        name for name in native.categories if fonts.measure_longest_word(plotted.face, name, plotted.plot.size) > room
    )
    return [f"broken: {name}" for name in long]


def _find_faults(scene: Scene, style: Style, wanted: list[str], kind: str) -> list[str]:
    texts = [item for item in scene.items if isinstance(item, SceneText)]
    faults = [f"broken: {text.text}" for text in texts if _is_broken(text, style)]
    faults += [f"outside: {text.text}" for text in texts if not _is_inside(text, scene)]
    faults += [f"{a.text} over {b.text}" for at, a in enumerate(texts) for b in texts[at + 1 :] if _meet(a, b)]
    if kind in ("bar", "range", "column", "line"):
        flat = [" ".join(text.text.split()) for text in texts]
        places = [flat.index(label) for label in wanted if flat.count(label) == 1]
        faults += [] if places == sorted(places) else ["another order"]
    return faults


def _is_broken(text: SceneText, style: Style) -> bool:
    face = style.face(text.bold)
    return (
        fonts.measure_longest_word(face, text.text, text.size) > text.width + 0.1
        and re.search(r"\w\w", text.text) is not None
    )


def _is_inside(text: SceneText, scene: Scene) -> bool:
    return (
        text.x >= -TOLERANCE
        and text.y >= -TOLERANCE
        and text.x + text.width <= scene.width + TOLERANCE
        and text.y + text.height <= scene.height + TOLERANCE
    )


def _meet(one: SceneText, other: SceneText) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > TOLERANCE and down > TOLERANCE

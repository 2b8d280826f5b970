"""What the charts' tests share: our brand, some facts, exhibits made from keys, and a search for collisions."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from pydantic import TypeAdapter, ValidationError

from reportgen import brand as brands
from reportgen.charts import AnyExhibit
from reportgen.charts.scene import Scene, SceneLine, SceneRect, SceneText
from reportgen.text.numbers import PartialDate, Quantity, Spread, Unit

BRAND = brands.load()
MEASURE, SIDE = 468.0, 187.2
TOLERANCE = 0.75  # points: less than the room that every text's box has to spare
ADAPTER: TypeAdapter[Any] = TypeAdapter(AnyExhibit)
BILLION, DATE = Unit("US$ billion"), Unit("date")
FACTS = {
    "sma-now": Quantity(1.0, BILLION, "a little less than", fact="sma-now"),
    "sma-ask": Quantity(5.0, BILLION, fact="sma-ask", status="reported"),
    "samsung": Quantity(15.0, Unit("%"), "a little less than", fact="samsung"),
    "port": Quantity(4.0, BILLION, fact="port", spread=Spread(3, 5, has_centre=False)),
    "flow": Quantity(42.0, Unit("Gt"), fact="flow", spread=Spread(39, 45, margin=3)),
    "drop": Quantity(45.0, Unit("%"), "about", fact="drop", spread=Spread(40, 60, interval="interquartile range")),
    "exports": Quantity(136.0, BILLION, fact="exports"),
    "growth": Quantity(2.5, Unit("%"), decimals=1, fact="growth", status="forecast"),
    "sworn-in": Quantity(PartialDate(2021, 1, 20), DATE, fact="sworn-in"),
    "election": Quantity(PartialDate(None, 11, 3), DATE, fact="election"),
    "exit": Quantity(PartialDate(2022, 5, 20), DATE, "less than", fact="exit", status="inferred"),
    "fertility": Quantity(PartialDate(1980, decade=True), DATE, fact="fertility", words="the early 1980s"),
    "decline": Quantity(PartialDate(2020), DATE, fact="decline", status="forecast"),
}
ASK = {
    "kind": "bar",
    "bars": [
        {"label": "Seoul’s contribution", "value": "sma-now"},
        {"label": "U.S. opening demand", "value": "sma-ask", "note": "reported", "highlight": True},
    ],
}
WINDOW = {
    "kind": "timeline",
    "events": [
        {"date": "2020-11-03", "title": "Election"},
        {"date": "sworn-in", "title": "Inauguration", "highlight": True},
        {"date": "exit", "title": "Moon leaves office"},
    ],
    "spans": [{"from": "sworn-in", "to": "exit", "title": "The window"}],
}
LINES = {
    "kind": "line",
    "unit": "%",
    "x": [2016, 2017, 2018, 2019, 2020],
    "series": [
        {"name": "Korea", "values": [2.9, 3.2, None, 2.2, "growth"], "highlight": True},
        {"name": "Japan", "values": [0.8, 1.7, 0.6, -0.4, -4.1]},
    ],
    "annotations": [{"at": "2019", "text": "The last year before the pandemic"}],
}
RANGES = {
    "kind": "range",
    "unit": "%",
    "ranges": [{"label": "Korea", "low": 2.1, "high": 3.1}, {"label": "Japan", "low": 0.4, "high": 4.0}],
    "order": "descending",
}
SHARE = {"kind": "share", "parts": [{"label": "Samsung", "value": "samsung", "highlight": True}], "rest": "All others"}
TALKS = {
    "kind": "timeline",
    "scale": "ordinal",
    "unfinished": True,
    "events": [
        {"date": "2018", "title": "Talks begin"},
        {"when": "Undated", "title": "Hanoi Summit"},
        {"date": "2019", "title": "Agreement"},
        {"when": "10 months after expiry", "title": "Unresolved", "highlight": True},
    ],
}
COLUMNS = {
    "kind": "column",
    "unit": "US$ billion",
    "categories": ["2017", "2018", "2019"],
    "series": [{"name": "Exports", "values": [142, 162, 136]}, {"name": "Imports", "values": [98, None, 107]}],
}
SLOPES = {
    "kind": "slope",
    "unit": "US$ billion",
    "from": 2010,
    "to": 2020,
    "slopes": [
        {"label": "China", "from": 116, "to": 252, "highlight": True},
        {"label": "India", "from": 46, "to": 72.9},
        {"label": "Japan", "from": 54.7, "to": "exports"},
    ],
}
SCATTER = {
    "kind": "scatter",
    "x_title": "GDP per person",
    "x_unit": "US$ thousand",
    "y_title": "Military spending",
    "y_unit": "% of GDP",
    "points": [
        {"label": "South Korea", "x": 31.8, "y": 2.7, "highlight": True},
        {"label": "Japan", "x": 40.2, "y": 0.9},
        {"label": "China", "x": 10.3, "y": 1.7},
        {"label": "India", "x": 2.1, "y": 2.9},
        {"label": "Australia", "x": 55.1, "y": 1.9},
    ],
}
AREAS = {
    "kind": "area",
    "unit": "%",
    "x": [2016, 2017, 2018, 2019, 2020],
    "series": [
        {"name": "Coal", "values": [30, 28, 27, 23, 19]},
        {"name": "Gas", "values": [34, 32, 35, 38, 40], "highlight": True},
        {"name": "Renewables", "values": [15, 17, 17, 18, 20]},
    ],
}
EVERY_CHART = {
    "bar": ASK, "column": COLUMNS, "line": LINES, "area": AREAS, "slope": SLOPES, "scatter": SCATTER, "range": RANGES, "share": SHARE, "timeline": WINDOW, "ordinal": TALKS,
}  # fmt: skip


def make(keys: dict[str, Any], **more: Any) -> Any:
    """An exhibit as the brief's loader makes it."""
    return ADAPTER.validate_python({"title": "A finding", **keys, **more}, context={"fact": FACTS})


def refused(keys: dict[str, Any], **more: Any) -> str:
    """What is wrong with an exhibit: each message with its hint."""
    try:
        make(keys, **more)
    except ValidationError as error:
        details = [(detail["msg"], detail.get("ctx", {})) for detail in error.errors()]
        return "\n".join(f"{message} ({context.get('hint')})" for message, context in details)
    raise AssertionError("the exhibit was accepted")


def texts(scene: Scene) -> list[SceneText]:
    return [item for item in scene.items if isinstance(item, SceneText)]


def rects(scene: Scene) -> list[SceneRect]:
    return [item for item in scene.items if isinstance(item, SceneRect)]


def collisions(scene: Scene) -> list[str]:
    """Texts that meet another text, a bar that does not hold them, or a line; and what leaves the drawing."""
    found = [f"{a.text!r} over {b.text!r}" for a, b in combinations(texts(scene), 2) if _meet(_box(a), _box(b))]
    for text in texts(scene):
        box = _box(text)
        found += [
            f"{text.text!r} over bar {rect.name!r}"
            for rect in rects(scene)
            if _meet(box, _box(rect)) and not _holds(rect, text)
        ]
        lines = (item for item in scene.items if isinstance(item, SceneLine))
        found += [f"a line through {text.text!r}" for line in lines if _meet(box, _line_box(line))]
        if (
            box[0] < -TOLERANCE
            or box[2] > scene.width + TOLERANCE
            or box[1] < -TOLERANCE
            or box[3] > scene.height + TOLERANCE
        ):
            found.append(f"{text.text!r} leaves the drawing")
    return found


Box = tuple[float, float, float, float]


def _box(item: SceneText | SceneRect) -> Box:
    return item.x, item.y, item.x + item.width, item.y + item.height


def _line_box(line: SceneLine) -> Box:
    """Upright and level lines alone: a curve is known by its pieces' ends."""
    if line.x1 != line.x2 and line.y1 != line.y2:
        return line.x1, line.y1, line.x1, line.y1
    return min(line.x1, line.x2), min(line.y1, line.y2), max(line.x1, line.x2), max(line.y1, line.y2)


def _meet(a: Box, b: Box) -> bool:
    across = min(a[2], b[2]) - max(a[0], b[0])
    down = min(a[3], b[3]) - max(a[1], b[1])
    flat = b[2] - b[0] < TOLERANCE or b[3] - b[1] < TOLERANCE
    if flat:  # a line: inside the text by more than its margin
        return a[0] + 1 < b[2] and b[0] < a[2] - 1 and a[1] + 1.5 < b[3] and b[1] < a[3] - 1.5
    return across > TOLERANCE and down > TOLERANCE


def _holds(rect: SceneRect, text: SceneText) -> bool:
    return rect.x - 2 <= text.x and text.x + text.width <= rect.x + rect.width + 2

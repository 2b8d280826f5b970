"""Refuse drawings whose labels have too little room."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.charts.layout.geometry import Reach, Scale
from reportgen.charts.scene import Scene, SceneText
from reportgen.charts.style import LEAST_BARS
from reportgen.system.errors import FitError

TOLERANCE = 0.75  # points: less than the room that every text's box has to spare
SHOWN = 40  # letters of a label that a message quotes
HINT = "shorten the longest ones, draw fewer items, or give the exhibit more width"


def require_inside(scene: Scene) -> None:
    """Raise FitError for a text that leaves its drawing at a side."""
    for text in scene.items:
        if not isinstance(text, SceneText):
            continue
        over = max(-text.x, text.x + text.width - scene.width)
        if over > TOLERANCE:
            words = " ".join(text.text.split())
            words = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
            raise FitError(f'the label "{words}" is {over:.0f} pt wider than its room', hint=HINT)


def require_bars(scale: Scale, reaches: Sequence[Reach], width: float) -> None:
    """Raise FitError if the longest of these bars would be shorter than LEAST_BARS of the drawing's width."""
    longest = max(max(abs(reach.high), abs(reach.low), abs(reach.high - reach.low)) for reach in reaches)
    if longest and scale.unit * longest < LEAST_BARS * width:
        raise FitError(
            "the labels leave no room for the bars", hint=f"{HINT}, or name a long unit in the subtitle alone"
        )

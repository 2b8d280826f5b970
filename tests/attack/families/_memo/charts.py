"""Charts whose bars, marks, colours or labels are other ones."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Pdf

from tests.attack.families._memo.alterations import alters
from tests.attack.families._memo.pdf_edits import figure_range, in_figure, operation, rewrite


@alters("chart: a bar is longer")
def lengthen_bar(pdf: Pdf) -> None:
    in_figure(pdf, 0, 1, lambda each: _moved_x(each, 158.06225, 178.0))


def _moved_x(each: Any, old: float, new: float) -> Any:
    """Return a path operator with another x in the place of one."""
    if str(each.operator) in ("m", "l") and abs(float(each.operands[0]) - old) < 0.01:
        return operation(str(each.operator), new, each.operands[1])
    return each


@alters("chart: a bar is as short as the other")
def shorten_bar(pdf: Pdf) -> None:
    in_figure(pdf, 0, 1, lambda each: _moved_x(each, 158.06225, 31.61245))


@alters("chart: a mark of the timeline is moved")
def move_mark(pdf: Pdf) -> None:
    def moved(each: Any) -> Any:
        if str(each.operator) == "cm" and abs(float(each.operands[4]) - 57.675294) < 0.01:
            return operation("cm", 1, 0, 0, 1, 120, each.operands[5])
        return each

    in_figure(pdf, 0, 0, moved)


@alters("chart: a bar has another colour")
def recolor_bar(pdf: Pdf) -> None:
    def recolored(each: Any) -> Any:
        is_signal = str(each.operator) == "rg" and abs(float(each.operands[0]) - 0.701961) < 0.001
        return operation("rg", 0.070588, 0.262745, 0.427451) if is_signal else each

    in_figure(pdf, 0, 1, recolored)


@alters("chart: a bar is removed")
def remove_bar(pdf: Pdf) -> None:
    def removed(each: Any) -> Any:
        return operation("n") if str(each.operator) in ("f", "B") else each

    in_figure(pdf, 0, 1, removed)


@alters("chart: an uncertain bar is drawn as a certain one")
def make_certain(pdf: Pdf) -> None:
    def changed(each: Any) -> Any:
        is_tint = str(each.operator) == "rg" and abs(float(each.operands[0]) - 0.898039) < 0.001
        return operation("rg", 0.541176, 0.580392, 0.627451) if is_tint else each

    in_figure(pdf, 0, 1, changed)


@alters("chart: a third bar is added")
def add_bar(pdf: Pdf) -> None:
    def added(found: list) -> list:
        _, last = figure_range(found, 1)
        bar = [
            operation("q"), operation("rg", 0.070588, 0.262745, 0.427451), operation("re", 480, 740, 200, 12),
            operation("f"), operation("Q"),
        ]  # fmt: skip
        return [*found[:last], *bar, *found[last:]]

    rewrite(pdf, 0, added)


@alters("chart: labels are exchanged by their places")
def exchange_labels(pdf: Pdf) -> None:
    def moved(each: Any) -> Any:
        if str(each.operator) == "Tm":
            y = float(each.operands[5])
            other = {23.46: 61.285, 61.285: 23.46}.get(round(y, 3))
            if other:
                return operation("Tm", *each.operands[:5], other)
        return each

    in_figure(pdf, 0, 1, moved)


@alters("chart: a label's letters are other ones")
def change_label(pdf: Pdf) -> None:
    """Exchange the first two letters of each line, which stand in operators of their own."""

    def exchanged(found: list) -> list:
        first, last = figure_range(found, 1)
        shown = [at for at in range(first, last) if str(found[at].operator) == "TJ"]
        found[shown[0]], found[shown[1]] = found[shown[1]], found[shown[0]]
        return found

    rewrite(pdf, 0, exchanged)


@alters("chart: the drawing is mirrored")
def mirror_chart(pdf: Pdf) -> None:
    def mirrored(found: list) -> list:
        first, _ = figure_range(found, 1)
        at = next(place for place in range(first, len(found)) if str(found[place].operator) == "cm")
        return [*found[: at + 1], operation("cm", -1, 0, 0, 1, 249.6, 0), *found[at + 1 :]]

    rewrite(pdf, 0, mirrored)


@alters("chart: dashed edges are solid")
def draw_solid(pdf: Pdf) -> None:
    def changed(each: Any) -> Any:
        is_dashed = str(each.operator) == "d" and len(each.operands[0])
        return operation("d", Array([]), 0) if is_dashed else each

    in_figure(pdf, 0, 1, changed)


@alters("chart: a round mark is a square")
def square_mark(pdf: Pdf) -> None:
    def squared(found: list) -> list:
        first, last = figure_range(found, 0)
        start = next(at for at in range(first, last) if str(found[at].operator) == "c")
        end = next(at for at in range(start, last) if str(found[at].operator) in ("f", "B"))
        return [*found[:start], operation("re", -3.4, -3.4, 6.8, 6.8), *found[end:]]

    rewrite(pdf, 0, squared)


@alters("chart: the names of two bars are exchanged")
def exchange_names(pdf: Pdf) -> None:
    def moved(each: Any) -> Any:
        places = {45.985: 8.16, 8.16: 45.985}
        other = places.get(round(float(each.operands[5]), 3)) if str(each.operator) == "Tm" else None
        return operation("Tm", *each.operands[:5], other) if other else each

    in_figure(pdf, 0, 1, moved)

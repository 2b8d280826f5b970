"""Draw the pictures of a memo or deck with matplotlib's pyplot, beside the file: charts.py PICTURES.json svg|png."""

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
from matplotlib.patches import Ellipse, Rectangle

COLORS = ["#1f4e79", "#c55a11", "#548235", "#7f7f7f"]
ALIGN = {"left": "left", "center": "center", "right": "right"}


def chart(ax, picture):
    names, below = picture["categories"], [0.0] * len(picture["categories"])
    for number, (label, values) in enumerate(picture["series"].items()):
        values, color = [value or 0.0 for value in values], COLORS[number % len(COLORS)]
        if picture["type"] == "line":
            ax.plot(names, values, marker="o", label=label, color=color)
            continue
        thick = 0.7 if picture["stacked"] else 0.7 / len(picture["series"])
        places = [at if picture["stacked"] else at + number * thick for at in range(len(names))]
        drawn = (
            ax.barh(places, values, thick, left=below, label=label, color=color)
            if picture["type"] == "bar"
            else ax.bar(places, values, thick, bottom=below, label=label, color=color)
        )
        ax.bar_label(drawn)
        below = [a + b for a, b in zip(below, values, strict=True)] if picture["stacked"] else below
    if picture["type"] == "bar":
        ax.set_yticks(range(len(names)), names)
        ax.invert_yaxis()
    elif picture["type"] == "column":
        ax.set_xticks(range(len(names)), names)
    if picture["legend"]:
        ax.legend()
    ax.spines[["top", "right"]].set_visible(False)


def drawing(ax, picture):
    ax.set(xlim=(0, picture["width"]), ylim=(picture["height"], 0))
    ax.axis("off")
    for item in picture["items"]:
        if item["is"] == "line":
            ax.plot([item["x1"], item["x2"]], [item["y1"], item["y2"]], color=COLORS[0], linewidth=item["weight"])
        elif item["is"] == "rect":
            ax.add_patch(Rectangle((item["x"], item["y"]), item["width"], item["height"], color=COLORS[0]))
        elif item["is"] == "dot":
            ax.add_patch(Ellipse((item["x"], item["y"]), item["diameter"], item["diameter"], color=COLORS[1]))
        else:
            middle = item["x"] + {"left": 0, "center": 0.5, "right": 1}[item["align"]] * item["width"]
            ax.text(middle, item["y"], item["text"], fontsize=item["size"], ha=ALIGN[item["align"]], va="top")


def main(source, kind):
    for name, picture in json.loads(source.read_text("utf-8")).items():
        figure, ax = plt.subplots(figsize=(picture["width"] / 72, picture["height"] / 72))
        drawing(ax, picture) if "items" in picture else chart(ax, picture)
        figure.tight_layout()
        figure.savefig((source.parent / name).with_suffix(f".{kind}"), dpi=150)
        plt.close(figure)


main(Path(sys.argv[1]), sys.argv[2])

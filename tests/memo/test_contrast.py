"""Text on paper reads on its ground: every colour that a stylesheet sets text in, measured from the brand."""

import re

import pytest

from reportgen import brand as brands
from reportgen.brand.contrast import MIN_RATIO, contrast_ratio, parse_color
from reportgen.system.resources import asset

RULE = re.compile(r"([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}")
TEXT, GROUND = re.compile(r"(?<![-\w])color: var\(--([a-z]+)\)"), re.compile(r"background: var\(--([a-z]+)\)")


def rules(sheet: str) -> list[tuple[str, str]]:
    text = re.sub(r"/\*.*?\*/", "", asset("css", sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    return [(selector.strip(), body) for selector, body in RULE.findall(text)]


@pytest.mark.parametrize("sheet", ["memo.css", "handout.css", "marking.css"])
def test_every_colour_of_text_reads_on_paper_and_on_the_panel_it_stands_on(sheet):
    colors = brands.load().colors
    on_panel = {selector.split()[0] for selector, body in rules(sheet) if "panel" in GROUND.findall(body)}
    seen = 0
    for selector, body in rules(sheet):
        ground = "panel" if selector.split()[0] in on_panel else "paper"
        for role in TEXT.findall(body):
            seen += 1
            assert contrast_ratio(parse_color(colors[role]), parse_color(colors[ground])) >= MIN_RATIO, (
                f"{selector}: {role} on {ground}"
            )
            assert (role, ground) in brands.TEXT_ON_GROUND, f"{selector}: the brand does not check {role} on {ground}"
    assert seen


@pytest.mark.parametrize(("role", "ground"), brands.TEXT_ON_GROUND)
def test_our_brand_reads(role, ground):
    colors = brands.load().colors
    assert contrast_ratio(parse_color(colors[role]), parse_color(colors[ground])) >= MIN_RATIO


def test_signal_and_accent_differ_in_grey_too():
    colors = brands.load().colors
    assert contrast_ratio(parse_color(colors["signal"]), parse_color(colors["accent"])) >= 1.5
    assert contrast_ratio(parse_color(colors["quiet"]), parse_color(colors["accent"])) >= 3

"""The paragraph style of each element of a memo's HTML: the nearest rule of a table, much as a stylesheet finds it."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree
from msgspec import Struct


class Rule(Struct, frozen=True):
    """An element by its tag and class ("" is any), the classes or tags of elements around it, the nearest first, and its style."""

    tag: str
    name: str
    within: tuple[str, ...]
    style: str


def _rules(table: str) -> tuple[Rule, ...]:
    """Read rules as a table: "p.kind in header: Kind"."""
    rules = []
    for line in table.strip().splitlines():
        selector, _, style = line.strip().partition(": ")
        element, *within = selector.split(" in ")
        tag, _, name = element.partition(".")
        rules.append(Rule(tag, name, tuple(within), style))
    return tuple(rules)


RULES = _rules(
    """
    p.marking: Marking
    p in designation: Designation
    p in block: Designation Block
    p.organization: Organization
    p.logo in house: Letterhead Emblems
    p.logo: Logo
    p.address: Address
    p.kind: Memo Kind
    th in letterhead: Letterhead Label
    td in letterhead: Letterhead
    h1: Page Title
    h1 in letterhead: heading 1
    h2 in bottom-line: Bottom Line Label
    p in bottom-line: Bottom Line
    p in bottom-line in onepage: Bottom Line Short
    p.rule: Kicker
    h2.rule: Section Label
    h2 in aside: Aside Heading
    h3 in aside: Aside Title
    h2 in main: Aside Heading
    h3 in main: Finding Title
    h2 in signature: Signature Title
    h2 in sheet: Signature Title
    h2: heading 2
    h3: heading 3
    p in blockquote: Quote
    p.judgment: Judgment
    p.judgment in onepage: Judgment Short
    p in main: Finding Short
    li in main: Finding List
    p.reference: References
    p.source: Exhibit Source
    p.number: Figure Number
    p.number in signal: Figure Number Signal
    p.label: Figure Label
    p.meaning: Figure Meaning
    p.caption: caption
    caption: caption
    span.title: Exhibit Title
    span.subtitle: Exhibit Subtitle
    figcaption: Exhibit Subtitle
    p.ballot: Ballot
    p.act: Act
    p.detail: Act Detail
    p.choices: Act Choices
    p.comments: Ruled Line
    p.line: Ruled Line
    p in signed: Signed
    p in basis: Basis
    p in aside: Aside
    li in aside: Aside List
    th in thead: Table Head
    td in thead: Table Head
    th in ruled: Ruled Cell
    td in ruled: Ruled Cell
    li in td: Table List
    th: Table Row Head
    td: Table Text
    li in dissent: List
    li in finding: List
    li in basis: Basis List
    li: List
    p in td: Table Text
    p in th: Table Text
    img: Picture
    p: Normal
    """
)
"""A rule with a class wins over one without, then that of the nearest element around it, then that with more of them."""


def find_style(element: etree._Element, above: Sequence[frozenset[str]]) -> str:
    """Return the name of an element's style; `above` holds the tags and classes of the elements around it, the nearest last."""
    classes = frozenset(element.get("class", "").split())
    best, highest = "Normal", (-1, -1, -1)
    for rule in RULES:
        if rule.tag != element.tag or (rule.name and rule.name not in classes):
            continue
        depths = [_find_depth(each, above) for each in rule.within]
        if None in depths:
            continue
        rank = (1 if rule.name else 0, depths[0] or 0 if depths else -1, len(depths))
        if rank > highest:
            best, highest = rule.style, rank
    return best


def _find_depth(name: str, above: Sequence[frozenset[str]]) -> int | None:
    """Return how deep the nearest element of this tag or class is, None where there is none."""
    return next((at for at in range(len(above) - 1, -1, -1) if name in above[at]), None)

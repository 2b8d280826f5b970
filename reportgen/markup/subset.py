"""Parse strict HTML and check it against a grammar: a closed subset of elements, attributes and classes.

A grammar names the elements, which of them may contain which, their attributes and classes, and where text is allowed.
Everything else is an error with its place, and one run reports them all: nothing is repaired, guessed or dropped.
Deck, memo and handout have a grammar each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from operator import attrgetter
from xml.parsers import expat

from lxml import etree
from msgspec import Struct

from reportgen.system.errors import Diagnostic, Location, TemplateError, did_you_mean
from reportgen.text.inline import LINKS, SAFE_LINK
from reportgen.text.trace import has_marks, strip_marks

EXCERPT = 32  # characters of misplaced text that a message quotes


class Element(Struct, frozen=True):
    """The rule for one element; `text` allows words directly in it, `requires` lists its mandatory attributes."""

    children: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    requires: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    text: bool = False


class Grammar(Struct, frozen=True):
    """A document's elements by name; messages call the document `name`, and `anchors` allows links within it."""

    name: str
    root: str
    elements: Mapping[str, Element]
    anchors: bool = True


def names(text: str) -> frozenset[str]:
    """Split a string into a set of names, so that a grammar reads as a table."""
    return frozenset(text.split())


def parse(source: str, name: str, grammar: Grammar) -> etree._Element:
    """Return the tree of the document called `name`; raise TemplateError listing everything that the grammar forbids."""
    try:
        data = source.encode()
    except UnicodeEncodeError as error:
        where = Location(name, source.count("\n", 0, error.start) + 1)
        raise TemplateError("half of a surrogate pair is not a character", where) from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if has_marks(source):
            return parse(strip_marks(source), name, grammar)  # for the error's column
        line, column = error.position
        hint = "the template's output must be well-formed XML: close every element, quote every attribute"
        raise TemplateError(error.msg or "not well-formed", Location(name, line, column), hint) from None
    if has_marks(source):
        _strip_attributes(root)
    if "<!DOCTYPE" in source:
        raise TemplateError("a document type is not allowed", Location(name, 1), "begin with the outermost element")
    if faults := list(_find_faults(root, grammar)):
        places = locate_elements(root, source, name)
        diagnostics = [Diagnostic(message, places[element], hint) for element, message, hint in faults]
        raise TemplateError(sorted(diagnostics, key=attrgetter("where")))
    return root


def locate_elements(root: etree._Element, source: str, name: str) -> dict[etree._Element, Location]:
    """Return where each element begins; lxml keeps no columns, so a second parser reads them when they are needed."""
    locations: list[Location] = []
    parser = expat.ParserCreate()

    def start(_tag: str, _attributes: object) -> None:
        locations.append(Location(name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    parser.StartElementHandler = start
    parser.Parse(strip_marks(source).encode(), True)
    return dict(zip(root.iter(), locations, strict=True))


def _strip_attributes(root: etree._Element) -> None:
    """Remove the marks of the trace from attributes; in texts they stay."""
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if has_marks(str(value)):
                element.set(name, strip_marks(str(value)))


Fault = tuple[etree._Element, str, str | None]
"""The element, the message and the hint."""


def _find_faults(root: etree._Element, grammar: Grammar) -> Iterator[Fault]:
    if root.tag != grammar.root:
        yield root, f"the {grammar.name} begins with <{root.tag}>", f"its outermost element must be <{grammar.root}>"
    if root.tag not in grammar.elements:
        yield _unknown_element(root, grammar)
    for element in root.iter(etree.Element):
        if rule := grammar.elements.get(element.tag):
            yield from _attribute_faults(element, rule)
            yield from _link_faults(element, grammar)
            yield from _content_faults(element, rule, grammar)


def _unknown_element(element: etree._Element, grammar: Grammar) -> Fault:
    message = f"<{element.tag}> does not exist in a {grammar.name}"
    return element, message, did_you_mean(element.tag, grammar.elements)


def _attribute_faults(element: etree._Element, rule: Element) -> Iterator[Fault]:
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    for attribute, value in attributes.items():
        if attribute == "class" and rule.classes:
            for word in value.split():
                if word not in rule.classes:
                    yield element, f'<{element.tag}> has no class "{word}"', did_you_mean(word, rule.classes)
        elif attribute not in rule.attributes:
            known = rule.attributes | ({"class"} if rule.classes else frozenset())
            hint = "looks belong in the theme or stylesheet" if attribute == "style" else did_you_mean(attribute, known)
            yield element, f'<{element.tag}> has no attribute "{attribute}"', hint
    for attribute in sorted(rule.requires - attributes.keys()):
        yield element, f'<{element.tag}> needs the attribute "{attribute}"', None


def _link_faults(element: etree._Element, grammar: Grammar) -> Iterator[Fault]:
    """Hold a template's links to the rule for a brief's own links."""
    target = element.get("href") if element.tag == "a" else None
    if target is None or SAFE_LINK.fullmatch(target) or (grammar.anchors and target.startswith("#")):
        return
    yield element, f'"{target}" is not an address that a link may have', LINKS


def _content_faults(element: etree._Element, rule: Element, grammar: Grammar) -> Iterator[Fault]:
    for child in element:
        if child.tag not in grammar.elements:
            yield _unknown_element(child, grammar)
        elif child.tag not in rule.children:
            yield child, f"<{child.tag}> cannot stand in <{element.tag}>", did_you_mean(child.tag, rule.children)
    if not rule.text:
        for text in (element.text, *(child.tail for child in element)):
            if text and (words := " ".join(strip_marks(text).split())):
                message = f'text is not allowed directly in <{element.tag}>: "{_excerpt(words)}"'
                yield element, message, "put it into a paragraph"


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else text[:EXCERPT].rstrip() + "…"

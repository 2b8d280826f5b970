"""The closed element subset: strict HTML is parsed as XML and checked against a grammar, all faults told at once.

A grammar says which elements may stand in which, with which attributes and classes, and where text may stand. What it
does not name is an error with its place: nothing is repaired, guessed or dropped. Deck and memo each have a grammar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.parsers import expat

from lxml import etree
from msgspec import Struct

from reportgen.system.errors import Diagnostic, Location, TemplateError, did_you_mean
from reportgen.text.inline import LINKS, SAFE_LINK

SHOWN = 32  # characters of a stray text that a message quotes


class Element(Struct, frozen=True):
    """What one element may hold; `text` allows words directly in it, `requires` names attributes it cannot lack."""

    children: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    requires: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    text: bool = False


class Grammar(Struct, frozen=True):
    """A document's elements by name; `name` says in messages what is being read, `anchors` whether links go inside it."""

    name: str
    root: str
    elements: Mapping[str, Element]
    anchors: bool = True


def names(text: str) -> frozenset[str]:
    """A set of names written as one string, so that a grammar reads as a table."""
    return frozenset(text.split())


def parse(source: str, name: str, grammar: Grammar) -> etree._Element:
    """The checked tree of a document called `name`; TemplateError lists everything in it that the grammar forbids."""
    try:
        data = source.encode()
    except UnicodeEncodeError as error:
        where = Location(name, source.count("\n", 0, error.start) + 1)
        raise TemplateError("half of a surrogate pair is not a character", where) from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        hint = "the template's output must be well-formed XML: close every element, quote every attribute"
        raise TemplateError(error.msg or "not well-formed", Location(name, line, column), hint) from None
    if "<!DOCTYPE" in source:
        raise TemplateError("a document type is not allowed", Location(name, 1), "begin with the outermost element")
    faults = list(_faults(root, grammar))
    if faults:
        at = locate_elements(root, source, name)
        found = [Diagnostic(message, at[element], hint) for element, message, hint in faults]
        raise TemplateError(sorted(found, key=lambda diagnostic: diagnostic.where or Location(name)))
    return root


def locate_elements(root: etree._Element, source: str, name: str) -> dict[etree._Element, Location]:
    """Where each element of a parsed source begins; lxml keeps no columns, so they are read off only when needed."""
    found: list[Location] = []
    parser = expat.ParserCreate()

    def start(_tag: str, _attributes: object) -> None:
        found.append(Location(name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    parser.StartElementHandler = start
    parser.Parse(source.encode(), True)
    return dict(zip(root.iter(), found, strict=True))


Fault = tuple[etree._Element, str, str | None]


def _faults(root: etree._Element, grammar: Grammar) -> Iterator[Fault]:
    if root.tag != grammar.root:
        yield root, f"the {grammar.name} begins with <{root.tag}>", f"its outermost element is <{grammar.root}>"
    for element in root.iter(etree.Element):
        if rule := grammar.elements.get(element.tag):
            yield from _attribute_faults(element, rule)
            yield from _link_faults(element, grammar)
            yield from _content_faults(element, rule, grammar)
        elif element.getparent() is None:
            yield (
                element,
                f"<{element.tag}> does not exist in a {grammar.name}",
                did_you_mean(element.tag, grammar.elements),
            )


def _attribute_faults(element: etree._Element, rule: Element) -> Iterator[Fault]:
    for attribute, value in ((str(name), str(value)) for name, value in element.attrib.items()):
        if attribute == "class" and rule.classes:
            for word in value.split():
                if word not in rule.classes:
                    yield element, f'<{element.tag}> has no class "{word}"', did_you_mean(word, rule.classes)
        elif attribute not in rule.attributes:
            known = rule.attributes | ({"class"} if rule.classes else frozenset())
            hint = (
                "looks are the theme's, not the template's" if attribute == "style" else did_you_mean(attribute, known)
            )
            yield element, f'<{element.tag}> has no attribute "{attribute}"', hint
    for attribute in sorted(rule.requires - {str(name) for name in element.attrib}):
        yield element, f'<{element.tag}> lacks its attribute "{attribute}"', None


def _link_faults(element: etree._Element, grammar: Grammar) -> Iterator[Fault]:
    """What a template lets a reader click on goes where a brief's own links may go."""
    target = element.get("href") if element.tag == "a" else None
    if target is None or SAFE_LINK.fullmatch(target) or (grammar.anchors and target.startswith("#")):
        return
    yield element, f'"{target}" is not an address that a link may have', LINKS


def _content_faults(element: etree._Element, rule: Element, grammar: Grammar) -> Iterator[Fault]:
    for child in element:
        if child.tag in rule.children:
            continue
        if child.tag in grammar.elements:
            yield child, f"<{child.tag}> cannot stand in <{element.tag}>", did_you_mean(child.tag, rule.children)
        else:
            yield child, f"<{child.tag}> does not exist in a {grammar.name}", did_you_mean(child.tag, grammar.elements)
    if rule.text:
        return
    for text in (element.text, *(child.tail for child in element)):
        if text and text.strip():
            yield element, f'text stands directly in <{element.tag}>: "{_shortened(text)}"', "put it into a paragraph"


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[:SHOWN].rstrip() + "…"

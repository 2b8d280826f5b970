"""Text of a web page that no reader sees, found by the page's own styles and removed.

Hidden is what the page as it was saved does not show on a wide screen: `display: none`, `visibility: hidden`, the attribute
`hidden`, no opacity, no size, no letters of a visible size or colour, a place off the screen, and what is for screen readers alone.
Shown is what a reader can open without a script (`<details>`), and what only screen readers skip (`aria-hidden`).

Style sheets that are not in the page are not known. Where the page names one, the colour of its ground is not known either, so
no colour of letters hides them unless the page itself states the ground.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import cssselect2  # type: ignore[import-untyped,unused-ignore]
import tinycss2  # type: ignore[import-untyped,unused-ignore]
from msgspec import Struct
from msgspec.structs import replace
from tinycss2.color3 import RGBA, parse_color  # type: ignore[import-untyped,unused-ignore]

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SCREEN_WIDTH = 1280.0  # px: where a style sheet asks
FAR = 500.0  # px: a box so far off its place is off the screen
TINY = 2.0  # px: letters of this size
FAINT = 0.05  # of opacity
NEAR = 10 / 255  # of a channel: colours so near to each other are the same to the eye
_PER_UNIT = {
    "px": 1.0,
    "pt": 4 / 3,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
    "ch": 8.0,
    "in": 96.0,
    "cm": 37.8,
    "mm": 3.78,
    "vw": 12.8,
}
_NAMED_SIZES = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
}
_FOR_LISTENERS = re.compile(
    r"(?:^|[\s_-])(?:sr-?only|visually-?hidden|hidden-?visually|screen-?reader|show-for-sr|element-invisible|a11y-hidden)"
    r"|VisuallyHidden|visuallyHidden|ScreenReader|screenReader"
)
_MEDIA = re.compile(
    r"(?:(?:only\s+)?(?:screen|all)\b)?\s*(?:and)?\s*((?:\(\s*(?:min|max)-width\s*:[^)]*\)\s*(?:and)?\s*)*)"
)
_WIDTH = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)\s*\)")
_RELEVANT = re.compile(
    "--|display|visibility|content-visibility|opacity|filter|position|left|right|top|bottom|inset|margin-left|margin-top|"
    "transform|clip|overflow|height|width|max-|text-indent|color|font|-webkit-|background"
)
WHITE, BLACK = RGBA(1, 1, 1, 1), RGBA(0, 0, 0, 1)


class Hidden(Struct, frozen=True):
    """A text that was removed: how many words, and the element that it was in."""

    words: int
    parent: HtmlElement


class _Look(Struct, frozen=True):
    """The inherited look of an element's text; `ground` is None where it is not known."""

    is_visible: bool = True
    size: float = 16.0
    color: RGBA | None = BLACK
    ground: RGBA | None = WHITE
    indent: float = 0.0
    variables: Mapping[str, list[Any]] = {}
    """The values of custom properties, such as --accent."""

    @property
    def shows_text(self) -> bool:
        if not self.is_visible or self.size < TINY or abs(self.indent) > FAR:
            return False
        if self.color is None:
            return True
        return self.color.alpha > FAINT and not (self.ground and _are_same(self.color, self.ground))


def remove_hidden(page: HtmlElement) -> list[Hidden]:
    """Remove the text that a page does not show, and return what was removed."""
    styles = _Styles(page)
    found: list[Hidden] = []
    ground = None if _has_other_sheets(page) else WHITE
    stack = [(cssselect2.ElementWrapper.from_html_root(page), _Look(ground=ground))]
    while stack:
        wrapper, look = stack.pop()
        element = wrapper.etree_element
        style, variables = styles.of(wrapper, look.variables)
        look = replace(look, variables=variables)
        is_whole = element.tag in ("html", "body")  # scripts show a page that begins hidden
        if not is_whole and (_FOR_LISTENERS.search(element.get("class") or "") or _is_gone(element, style)):
            parent = element.getparent()
            found.append(Hidden(len(element.text_content().split()), parent))
            element.drop_tree()
            continue
        look = _derive_look(element, style, look, is_whole)
        children = [child for child in wrapper.iter_children() if isinstance(child.etree_element.tag, str)]
        if not look.shows_text:
            found.append(Hidden(_drop_own_text(element), element))
        stack += [(child, look) for child in children]
    return [each for each in found if each.words]


def _drop_own_text(element: HtmlElement) -> int:
    """Remove the text of an element but not that of the elements in it; return its number of words."""
    words = len((element.text or "").split())
    element.text = " "
    for child in element:
        words += len((child.tail or "").split())
        child.tail = " "
    return words


def _is_gone(element: HtmlElement, style: Mapping[str, list[Any]]) -> bool:
    """Return whether an element, with all in it, is not shown."""
    display = _word(style, "display")
    if display == "none" or (not display and element.get("hidden") is not None):
        return True
    if _word(style, "content-visibility") == "hidden" or _word(style, "visibility") == "collapse":
        return True
    if (opacity := _number(style, "opacity")) is not None and opacity < FAINT:
        return True
    if re.search(r"opacity\(\s*0*\.?0*%?\s*\)", tinycss2.serialize(style.get("filter", [])).lower()):
        return True
    return _is_off_screen(style) or _has_no_size(style)


def _is_off_screen(style: Mapping[str, list[Any]]) -> bool:
    if _word(style, "position") in ("absolute", "fixed", "relative"):
        for side in ("left", "right", "top", "bottom"):
            if (length := _length(style, side)) is not None and (length < -FAR or length > 10 * FAR):
                return True
    if any(each.type == "dimension" and each.value < -FAR for each in style.get("inset", [])):
        return True
    if any((length := _length(style, f"margin-{side}")) is not None and length < -FAR for side in ("left", "top")):
        return True
    text = tinycss2.serialize(style.get("transform", [])).lower()
    if re.search(r"scale[xy]?\(\s*0?\.?0*\s*[,)]", text):
        return True
    return any(abs(float(length)) > FAR for length in re.findall(r"translate\w*\([^)]*?(-?\d+(?:\.\d+)?)px", text))


def _has_no_size(style: Mapping[str, list[Any]]) -> bool:
    """Return whether a box is clipped to nothing, or to the one pixel that is left for screen readers."""
    clip = tinycss2.serialize([*style.get("clip", []), *style.get("clip-path", [])]).lower()
    if re.search(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:50|100)%|circle\(\s*0", clip):
        return True
    cuts = any(_word(style, name) in ("hidden", "clip") for name in ("overflow", "overflow-x", "overflow-y"))
    sizes = [_length(style, name) for name in ("height", "max-height", "width", "max-width")]
    return cuts and any(size is not None and size <= 1 for size in sizes)


def _derive_look(element: HtmlElement, style: Mapping[str, list[Any]], above: _Look, is_whole: bool) -> _Look:
    visibility = _word(style, "visibility")
    is_visible = above.is_visible if visibility not in ("visible", "hidden") else visibility == "visible" or is_whole
    indent = _length(style, "text-indent")
    color = parse_color(element.get("color") or "") if element.tag == "font" else None
    if fill := style.get("-webkit-text-fill-color") or style.get("color"):
        color = _color(fill)
    elif color is None:
        color = above.color
    if "text" in _words(style, "background-clip") | _words(style, "-webkit-background-clip"):
        color = None  # the ground is seen through the letters
    return replace(
        above, is_visible=is_visible, size=_font_size(style, above.size), color=color,
        ground=_ground(element, style, above.ground), indent=above.indent if indent is None else indent,
    )  # fmt: skip


def _font_size(style: Mapping[str, list[Any]], above: float) -> float:
    sizes = ("dimension", "percentage", "number")  # the first in the shorthand that is not a weight, such as 700
    short = [
        each for each in style.get("font", []) if each.type in sizes and not (each.type == "number" and each.value)
    ]
    tokens = style.get("font-size") or short
    for token in tokens[:1]:
        if token.type == "percentage":
            return float(above * token.value / 100)
        if token.type == "dimension" and token.lower_unit in ("em", "rem"):
            return float((above if token.lower_unit == "em" else 16.0) * token.value)
        if token.type == "dimension" and token.lower_unit in _PER_UNIT:
            return float(token.value * _PER_UNIT[token.lower_unit])
        if token.type == "number" and token.value == 0:
            return 0.0
        if token.type == "ident":
            return _NAMED_SIZES.get(token.lower_value, above)
    return above


def _ground(element: HtmlElement, style: Mapping[str, list[Any]], above: RGBA | None) -> RGBA | None:
    """Return the colour behind an element's text; None where it is not known."""
    tokens = [*style.get("background", []), *style.get("background-color", []), *style.get("background-image", [])]
    if not tokens:
        return (parse_color(element.get("bgcolor")) if element.get("bgcolor") else None) or above
    if any(token.type in ("url", "function") and not _color([token]) for token in tokens):
        return None  # a picture
    found = [color for token in tokens if token.type != "whitespace" and (color := _color([token]))]
    if not found or found[-1].alpha < FAINT:
        return above
    return found[-1] if found[-1].alpha == 1 else None


def _color(tokens: list[Any]) -> RGBA | None:
    for token in tokens:
        if token.type != "whitespace":
            color = parse_color(token)
            return color if isinstance(color, RGBA) else None
    return None


def _are_same(one: RGBA, other: RGBA) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one[:3], other[:3], strict=True))


def _words(style: Mapping[str, list[Any]], name: str) -> set[str]:
    return {token.lower_value for token in style.get(name, []) if token.type == "ident"}


def _word(style: Mapping[str, list[Any]], name: str) -> str:
    return next((str(token.lower_value) for token in style.get(name, []) if token.type == "ident"), "")


def _number(style: Mapping[str, list[Any]], name: str) -> float | None:
    for token in style.get(name, []):
        if token.type in ("number", "percentage"):
            return float(token.value if token.type == "number" else token.value / 100)
    return None


def _length(style: Mapping[str, list[Any]], name: str) -> float | None:
    """Return a length in px; None for one that depends on the box around it."""
    for token in style.get(name, []):
        if token.type == "dimension" and token.lower_unit in _PER_UNIT:
            return float(token.value * _PER_UNIT[token.lower_unit])
        if token.type == "number" and token.value == 0:
            return 0.0
        if token.type in ("number", "percentage", "dimension"):
            return None
    return None


def _has_other_sheets(page: HtmlElement) -> bool:
    linked = any("stylesheet" in (link.get("rel") or "").lower() for link in page.iter("link"))
    return linked or any("@import" in (style.text or "") for style in page.iter("style"))


class _Styles:
    """The declarations of a page's own style sheets and of its elements."""

    def __init__(self, page: HtmlElement) -> None:
        self._normal, self._important = cssselect2.Matcher(), cssselect2.Matcher()
        for style in page.iter("style"):
            if _is_for_screens(style.get("media") or ""):
                self._add(tinycss2.parse_stylesheet(style.text or "", skip_comments=True, skip_whitespace=True))

    def of(
        self, wrapper: cssselect2.ElementWrapper, variables: Mapping[str, list[Any]]
    ) -> tuple[dict[str, list[Any]], Mapping[str, list[Any]]]:
        """Return the value of each property that is declared for an element, as tokens, and its custom properties."""
        text = wrapper.etree_element.get("style")
        inline = list(_declarations(text)) if text else []
        found: dict[str, list[Any]] = {}
        for matched in self._normal.match(wrapper):
            found |= matched[3]
        found |= {each.lower_name: each.value for each in inline if not each.important}
        for matched in self._important.match(wrapper):
            found |= matched[3]
        found |= {each.lower_name: each.value for each in inline if each.important}
        own = {name: value for name, value in found.items() if name.startswith("--")}
        known = {**variables, **own} if own else variables
        return {name: _fill_in(value, known) for name, value in found.items()}, known

    def _add(self, rules: list[Any]) -> None:
        for rule in rules:
            if rule.type == "at-rule" and rule.content is not None:
                prelude = tinycss2.serialize(rule.prelude)
                if rule.lower_at_keyword in ("supports", "layer") or (
                    rule.lower_at_keyword == "media" and _is_for_screens(prelude)
                ):
                    self._add(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            elif rule.type == "qualified-rule":
                self._add_rule(rule)

    def _add_rule(self, rule: Any, above: str = "") -> None:
        """Add a rule, and those inside it, whose selectors continue its own."""
        own = tinycss2.serialize(rule.prelude).strip()
        text = own if not above else own.replace("&", above) if "&" in own else f"{above} {own}"
        try:
            selectors = cssselect2.compile_selector_list(text)
        except cssselect2.SelectorError:
            return
        declarations = [each for each in _declarations(rule.content) if _RELEVANT.match(each.lower_name)]
        for inner in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            if inner.type == "qualified-rule":
                self._add_rule(inner, f":is({text})")
        for matcher, important in ((self._normal, False), (self._important, True)):
            values = {each.lower_name: each.value for each in declarations if each.important == important}
            for selector in selectors if values else ():
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, values)


def _fill_in(value: list[Any], variables: Mapping[str, list[Any]]) -> list[Any]:
    """Return a value with var(--name) replaced, once: by its value, or by the default that it names."""
    if not any(token.type == "function" and token.lower_name == "var" for token in value):
        return value
    filled: list[Any] = []
    for token in value:
        if token.type == "function" and token.lower_name == "var":
            name = next((each.value for each in token.arguments if each.type == "ident"), "")
            comma = next((at for at, each in enumerate(token.arguments) if each == ","), len(token.arguments))
            filled += variables.get(name.lower(), token.arguments[comma + 1 :])
        else:
            filled.append(token)
    return filled


def _declarations(content: Any) -> Iterator[Any]:
    for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if each.type == "declaration":
            yield each


def _is_for_screens(query: str) -> bool:
    """Return whether a media query holds on a wide screen; one that is not understood does not."""
    return not query.strip() or any(_holds(each.strip().lower()) for each in query.split(","))


def _holds(query: str) -> bool:
    match = _MEDIA.fullmatch(query)
    if not match or not query:
        return False
    for kind, number, unit in _WIDTH.findall(match[1] or ""):
        width = float(number) * (1 if unit == "px" else 16)
        if (kind == "min" and width > SCREEN_WIDTH) or (kind == "max" and width < SCREEN_WIDTH):
            return False
    return True

"""Choose the typefaces of paper: the first that a brand names and that there is a file for, else ours, with a warning."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from reportgen.brand.css_values import GENERIC, list_families
from reportgen.brand.fontfile import FontFile
from reportgen.input.yamlfile import Document
from reportgen.system.errors import Diagnostic
from reportgen.text.late_pattern import compile_late

SERIFS = compile_late(
    r"serif|slab|roman|times|georgia|garamond|merriweather|playfair|\blora\b|bask?erville|bodoni|caslon|crimson|spectral|cambria"
    r"|palatino|didot|\bbook|antiqua|charter|tinos|gelasio|century|minion|freight|sabon|cormorant|literata|newsreader",
    re.IGNORECASE,
)
"""Words in the names of faces with serifs."""
ALIKE = 0.85  # of two names: IBM Plex Sans Arabic is another face than IBM Plex Sans
NAME_FILES = "name its font files under typography.fonts, as files beside the brand or by their full path"


class FaceChoice:
    """The font files that there are, and what was set in another face than its brand asks for."""

    def __init__(self, fonts: Sequence[FontFile], metrics: Mapping[str, str], layers: Sequence[Document]) -> None:
        self.fonts, self.metrics, self.layers = tuple(fonts), metrics, layers
        self.warnings: list[Diagnostic] = []
        self._families = {font.family.casefold(): font.family for font in fonts}

    def choose(self, use: Literal["base", "headings"]) -> str:
        """Return the family for a use, from the topmost file that names one; ours where that one has no files."""
        for layer in reversed(self.layers):
            if not (stack := _read_stack(layer, use)):
                continue
            names = [name for name in list_families(stack) if name not in GENERIC]
            for name in names:
                if found := self._families.get(name.casefold()):
                    return found
            twin = next((self.metrics[name] for name in names if self.metrics.get(name) in self._families.values()), "")
            own = twin or self._find_alike(stack)
            if names and not any(f'"{names[0]}"' in each.message for each in self.warnings):
                self._warn(layer, use, names[0], own, is_twin=bool(twin))
            return own
        raise AssertionError("our own brand names both faces")

    def _find_alike(self, stack: str) -> str:
        """Return the face of ours that stands in: with serifs where the names say so, else without, as most faces of houses are."""
        ours: dict[str, str] = {each: _read_stack(self.layers[0], each) for each in ("base", "headings")}
        return ours["base"] if "sans" not in stack.lower() and SERIFS.search(stack) else ours["headings"]

    def _warn(self, layer: Document, use: str, name: str, own: str, is_twin: bool) -> None:
        path = ("typography", use, "family")
        where = layer.where(path if path in layer.places else path[:2])
        message = f'typography.{use}: there is no font file for "{name}", so {own} is used'
        if is_twin:
            self.warnings.append(Diagnostic(f"{message}, which has the same widths", where, None, "note"))
            return
        from difflib import get_close_matches

        near = get_close_matches(name, self._families.values(), n=1, cutoff=ALIKE)
        hint = f'did you mean "{near[0]}"?' if near else NAME_FILES
        self.warnings.append(Diagnostic(message, where, hint, "warning"))


def _read_stack(layer: Document, use: str) -> str:
    """Return what a file names for a use, as written."""
    typography: Any = layer.data.get("typography") if isinstance(layer.data, dict) else None
    named = typography.get(use) if isinstance(typography, dict) else None
    family = named.get("family") if isinstance(named, dict) else named
    return family if isinstance(family, str) else ""

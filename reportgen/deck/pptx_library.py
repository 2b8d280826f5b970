"""python-pptx, imported when a deck is written or read, and no sooner."""

from __future__ import annotations

from typing import Any

from reportgen.system.later import put_off


def import_pptx() -> Any:
    """Return the module `pptx`; the picture library that it imports is loaded when a picture is met."""
    with put_off("PIL.Image", "PIL.ImageFont"):
        import pptx

    return pptx

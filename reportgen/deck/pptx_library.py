"""python-pptx, imported only when a deck is written or read."""

from __future__ import annotations

from typing import Any

from reportgen.system.later import put_off


def import_pptx() -> Any:
    """Return the module `pptx`. The imaging library that it imports is loaded once a picture needs it."""
    with put_off("PIL.Image", "PIL.ImageFont"):
        import pptx

    return pptx

"""Parse a page's content with qpdf for pdfminer's interpreter: ten times as fast as pdfminer's own parser.

The operators are the same. Content that qpdf cannot parse, or with inline pictures, is left to pdfminer's own parser,
which forgives more.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from reportgen.pdf.reading.painting import painter_class

METHOD_NAMES = str.maketrans({"*": "_a", '"': "_w", "'": "_q"})
INLINE_PICTURE_END = b"EI"


@cache
def interpreter_class() -> type[Any]:
    """Return the interpreter that paints, with a faster parser than pdfminer's, which is imported late."""
    from pdfminer.pdftypes import list_value, stream_value

    class Interpreter(painter_class()):  # type: ignore[misc]  # a class made by a function
        def execute(self, streams: Sequence[object]) -> None:
            parts = [stream_value(stream) for stream in list_value(streams)]
            numbers = {part.objid for part in parts if part.objid is not None}
            shows_itself = numbers & self.parent_stream_ids
            parse = len(numbers) == len(parts) and not shows_itself
            instructions = parse_content(b"\n".join(part.get_data() for part in parts)) if parse else None
            if instructions is None:
                super().execute(streams)
                return
            self.stream_ids = numbers
            methods: dict[str, tuple[Any, int]] = {}
            for operator, operands in instructions:
                if operator not in methods:
                    method = getattr(self, f"do_{operator.translate(METHOD_NAMES)}", None)
                    methods[operator] = method, method.__code__.co_argcount - 1 if method else 0
                method, count = methods[operator]
                if method and len(operands) >= count:
                    self.argstack = operands  # for the operators whose number of operands depends on the colour space
                    method(*operands[len(operands) - count :])
            self.argstack = []

    return Interpreter


def parse_content(content: bytes) -> list[tuple[str, list[Any]]] | None:
    """Return operators with their operands; None where the content should be left to pdfminer."""
    import pikepdf

    if INLINE_PICTURE_END in content:
        return None
    try:
        with pikepdf.new() as pdf, warnings.catch_warnings():
            warnings.simplefilter("error")  # pikepdf warns of content that is cut off
            parsed = pikepdf.parse_content_stream(pdf.make_stream(content))
            return [(str(part.operator), [_convert(operand) for operand in part.operands]) for part in parsed]
    except (pikepdf.PdfError, TypeError, ValueError, UserWarning):
        return None


def _convert(value: Any) -> Any:
    """Convert an operand of pikepdf to pdfminer's type."""
    import pikepdf
    from pdfminer.psparser import LIT

    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, pikepdf.String):
        return bytes(value)
    if isinstance(value, pikepdf.Array):
        return [_convert(item) for item in value]
    if isinstance(value, pikepdf.Name):
        return LIT(str(value)[1:])
    if isinstance(value, pikepdf.Dictionary):
        return {name[1:]: _convert(item) for name, item in value.items()}
    return value

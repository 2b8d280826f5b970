"""Font files and text measured with them, so that nothing overflows and nothing is guessed. All sizes are points.

`faces` finds the file of a family, `widths` measures text in it, `line_wrap` breaks lines. A face that cannot be bundled
(Georgia, Calibri) is measured with the one of the same widths that the brand names under `metrics`.
"""

from reportgen.fonts.faces import find_face, find_missing, find_paper_face, list_paper_families
from reportgen.fonts.line_wrap import break_line, find_breaks, measure_longest_word, wrap
from reportgen.fonts.scripts import EMOJI, RTL, split_emoji
from reportgen.fonts.widths import (
    LEADING,
    has_borrowed_glyphs,
    measure_edges,
    measure_line_height,
    measure_script_growth,
    measure_width,
)

__all__ = [
    "EMOJI",
    "LEADING",
    "RTL",
    "break_line",
    "find_breaks",
    "find_face",
    "find_missing",
    "find_paper_face",
    "has_borrowed_glyphs",
    "list_paper_families",
    "measure_edges",
    "measure_line_height",
    "measure_longest_word",
    "measure_script_growth",
    "measure_width",
    "split_emoji",
    "wrap",
]

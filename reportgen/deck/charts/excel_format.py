"""A number as Excel prints it under one of our format codes."""

from __future__ import annotations

import re

CODE = re.compile(
    r'(?:"(?P<before>(?:[^"]|"")*)")?(?P<digits>#,##0|0)(?P<decimals>\.0+)?(?:"(?P<after>(?:[^"]|"")*)")?'
)


def format_as_excel(value: float, code: str) -> str | None:
    """Return the text that Excel prints for a value under one of our format codes; None for a code of another form."""
    if found := re.fullmatch(r'"((?:[^"]|"")*)"', code):
        return found[1].replace('""', '"')
    match = CODE.fullmatch(code)
    if not match:
        return None
    grouped = "," if "," in match["digits"] else ""
    digits = f"{abs(value):{grouped}.{len(match['decimals'] or '.') - 1}f}"
    sign = "-" if value < 0 and digits.strip("0.,") else ""
    return sign + (match["before"] or "").replace('""', '"') + digits + (match["after"] or "").replace('""', '"')

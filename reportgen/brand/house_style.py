"""The keys of _brand.yml that decide how a brief's numbers, dates and labels are written; they are read when the brief is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct

from reportgen.input.yamlfile import read_yaml
from reportgen.system.errors import ReportgenError
from reportgen.text.languages.writing_tag import DATES, PERCENTS, join_tag

DIALECTS = ("en-US", "en-GB", "en-AU", "en-CA")


class HouseStyle(Struct, frozen=True):
    """The dialect of a house's English, and its styles of dates and percentages; each None where it leaves that to the dialect."""

    dialect: str | None = None
    dates: str | None = None
    percent: str | None = None

    def apply(self, own: str | None, default: str) -> str:
        """Return the writing tag of a brief with a language of its `own`, or none. What is not English keeps its language's ways."""
        language = own or self.dialect or default
        if language == "en" and self.dialect:
            language = self.dialect
        return join_tag(language, self.dates, self.percent) if language.partition("-")[0] == "en" else language


def read_house_style(folder: Path) -> HouseStyle:
    """Return what the _brand.yml of a folder says of it. What is wrong there is left out: it is reported where the brand is loaded."""
    try:
        data = read_yaml(folder / "_brand.yml").data
    except ReportgenError:
        return HouseStyle()
    for key in ("defaults", "reportgen"):
        data = data.get(key) if isinstance(data, dict) else None

    def read(key: str, known: Any) -> str | None:
        value = data.get(key) if isinstance(data, dict) else None
        return value if isinstance(value, str) and value in known else None

    return HouseStyle(read("dialect", DIALECTS), read("dates", DATES), read("percent", PERCENTS))

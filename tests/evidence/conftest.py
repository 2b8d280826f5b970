"""An article of our own and a small brief about it."""

import io
import zipfile
from pathlib import Path

import pytest

from reportgen.brief import load_brief
from reportgen.evidence import check

ARTICLE = """\
The Ferry Needs a Second Boat

By Ada Example

The island's only ferry carried 412,000 passengers in 2023, 7.5 percent more than a year before. It is 31 years old, and
the yard that built it closed in the late 1990s.

A second boat would cost a little less than $18 million, according to the harbor office. The reported initial bid of a
foreign yard, $25 million, was never pub
lished. Talks with it have been stalled for 14 months.

What the Council Could Do

The council could lease a boat, which is expected to take
two years, or it might re
open the old cable

crossing. Mayor Lin said that “we do not rule out the multi-
year lease.” Ridership will not fall before 2030.
"""
PARAGRAPHS = (
    "The island's only ferry carried 412,000 passengers in 2023, 7.5 percent more than a year before. It is 31 years old, "
    "and the yard that built it closed in the late 1990s.",
    "A second boat would cost a little less than $18 million, according to the harbor office. The reported initial bid of "
    "a foreign yard, $25 million, was never pub lished. Talks with it have been stalled for 14 months.",
    "The council could lease a boat, which is expected to take two years, or it might re-open the old cable crossing. "
    "Mayor Lin said that “we do not rule out the multi-year lease.” Ridership will not fall before 2030.",
)
BRIEF = """\
title: The island should lease a second ferry
slug: ferry
date: 2024-03-01
to: Island council
from: Staff
sources:
  example: {author: Ada Example, title: The Ferry Needs a Second Boat, published: "2024", file: article.txt}
quotes:
  riders: {source: example, paragraph: 1, text: "carried 412,000 passengers in 2023, 7.5 percent more than a year before"}
  cost: {source: example, paragraph: 2, text: "A second boat would cost a little less than $18 million"}
  bid: {source: example, paragraph: 2, text: "The reported initial bid of a foreign yard, $25 million"}
  lease: {source: example, paragraph: 3, text: "The council could lease a boat, which is expected to take two years"}
  mayor: {source: example, paragraph: 3, speaker: Mayor Lin, text: "we do not rule out the multiyear lease"}
facts:
  riders: {value: 412000, unit: passengers, quote: riders, as_of: "2023"}
  growth: {value: 7.5, unit: "%", quote: riders}
  cost: {value: 18, unit: US$ million, bound: a little less than, attributed_to: the harbor office, quote: cost}
  bid: {value: 25, unit: US$ million, status: reported, quote: bid}
  lease: {value: 2, unit: years, status: forecast, quote: lease}
bottom_line: Lease a boat. The ferry carried ${riders} in 2023. [@riders]
topics:
  - kind: immediate
    title: Lease before you buy
    points:
      - >-
        The ferry carried ${riders} in 2023, ${growth} more than a year before. A boat would cost ${cost}; the reported
        initial bid of a foreign yard was ${bid}. [@riders]
      - The council could lease a boat, which is expected to take ${lease}. The mayor does “not rule out” a lease. [@mayor]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the article and the brief about it, which has no findings."""
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "brief.yaml").write_text(BRIEF, encoding="utf-8")
    return tmp_path


@pytest.fixture
def found(folder: Path):
    """Return a function that checks the brief with some words replaced: (rule, message) pairs, or the report if raw."""

    def run(*replacements: tuple[str, str], add: str = "", raw: bool = False):
        text = BRIEF
        for old, new in replacements:
            assert old in text, f"the brief does not have {old!r}"
            text = text.replace(old, new)
        (folder / "brief.yaml").write_text(text + add, encoding="utf-8")
        report = check(load_brief(folder / "brief.yaml"))
        return report if raw else [(finding.rule, finding.message) for finding in report.findings]

    return run


def docx_bytes(paragraphs: list[tuple[str, str]]) -> bytes:
    """A Word file of (style, runs as XML) paragraphs."""
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>' for style, runs in paragraphs)
    xml = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("word/document.xml", xml)
    return data.getvalue()

"""What these tests share: the validator, and a small document as a job for the engine."""

from collections.abc import Callable
from typing import Any

import pytest

from reportgen import brand
from reportgen.pdf.engine import Press
from reportgen.pdf.glyphs import require_glyphs
from reportgen.pdf.job import Job
from tests.verapdf import verapdf

__all__ = ["verapdf"]

PAGE = """<html lang="en"><head><title>A title</title><meta name="author" content="An author"/>
<meta name="dcterms.created" content="2021-01-20"/><meta name="dcterms.modified" content="2021-01-20"/></head>
<body>{body}</body></html>"""

STYLE = """@page { size: 400pt 500pt; margin: 40pt; font-family: "Public Sans"; @bottom-right { content: "foot " counter(page) } }
body { margin: 0 } html { font: 10pt "Source Serif 4", "Public Sans" }"""

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="75pt" height="60pt" viewBox="0 0 75 60">
<rect width="30" height="20" fill="#B3401F"/><text x="5" y="50" font-family="Public Sans" font-size="9">drawn</text></svg>"""


def render(job, attached=(), dated=None):
    """Return the PDF of a job whose fonts draw all its characters."""
    require_glyphs(job.html, job.resources, job.fonts)
    return Press(job).lay_out().pdf(attached, dated)


@pytest.fixture(scope="session")
def job() -> Callable[..., Job]:
    """A job for a body of HTML; everything else of a Job may be given by name."""
    ours = brand.load()
    fonts = tuple(font for font in ours.fonts if font.family in (ours.serif, ours.sans))

    def make(body: str = "<p>Words.</p>", **changes: Any) -> Job:
        return Job(**{"html": PAGE.format(body=body), "fonts": fonts, "stylesheet": STYLE, **changes})

    return make

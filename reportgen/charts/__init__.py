"""Exhibits: one specification, drawn in the memo and native in the deck. A new kind is one file and one name here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reportgen.charts.bar import Bars
from reportgen.charts.line import Lines
from reportgen.charts.matrix import Matrix
from reportgen.charts.number import Numbers
from reportgen.charts.range import Ranges
from reportgen.charts.share import Share
from reportgen.charts.table import Rows
from reportgen.charts.timeline import Timeline

AnyExhibit = Annotated[Bars | Lines | Ranges | Share | Timeline | Numbers | Matrix | Rows, Field(discriminator="kind")]

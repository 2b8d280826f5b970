"""Exhibits: one specification, drawn in the memo and native in the deck. A new kind is a file and a name here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reportgen.charts.kinds.area import Areas
from reportgen.charts.kinds.bar import Bars
from reportgen.charts.kinds.line import Lines
from reportgen.charts.kinds.matrix import Matrix
from reportgen.charts.kinds.number import Numbers
from reportgen.charts.kinds.range import Ranges
from reportgen.charts.kinds.scatter import Scatter
from reportgen.charts.kinds.share import Share
from reportgen.charts.kinds.slope import Slopes
from reportgen.charts.kinds.table import Rows
from reportgen.charts.kinds.timeline import Timeline

AnyExhibit = Annotated[
    Bars | Lines | Areas | Slopes | Scatter | Ranges | Share | Timeline | Numbers | Matrix | Rows,
    Field(discriminator="kind"),
]

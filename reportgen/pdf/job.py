"""What a PDF is made from, as plain values: they can be sent to a process that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

if TYPE_CHECKING:
    from reportgen.brand.fontfile import FontFile


class Job(Struct, frozen=True):
    """Everything a PDF is made from.

    `resources` are pictures by the name under which the HTML asks for them; other names (stylesheets, a logo) are
    looked up in `folders`, the first that has one wins. `stylesheet` is CSS that comes before all linked sheets,
    `rights` what a marking says of who may read it. `drawings` are pictures of which the pages need the size alone, in
    points: they themselves are handed over to be written.
    """

    html: str
    fonts: tuple[FontFile, ...]
    folders: tuple[Path, ...] = ()
    resources: Mapping[str, bytes] = field(default_factory=dict)
    stylesheet: str = ""
    rights: str = ""
    drawings: Mapping[str, tuple[float, float]] = field(default_factory=dict)


class Attached(Struct, frozen=True):
    """A file inside the PDF; `relation` is PDF/A-3's word for what it is to the document."""

    name: str
    data: bytes
    about: str
    relation: Literal["Source", "Data"]

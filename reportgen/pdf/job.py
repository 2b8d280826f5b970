"""Typesetting jobs as plain values, which can be sent to another process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

if TYPE_CHECKING:
    from reportgen.brand.fontfile import FontFile


class Job(Struct, frozen=True):
    """Everything that a PDF is made from.

    `resources` are pictures by the name that the HTML uses. Other names (stylesheets, a logo) are looked up in `folders`;
    the first folder that has one wins. `stylesheet` is CSS that precedes all linked sheets, `rights` a marking's statement
    of who may read the file. `drawings` are the sizes (points) of pictures that are passed in when the PDF is written.
    """

    html: str
    fonts: tuple[FontFile, ...]
    folders: tuple[Path, ...] = ()
    resources: Mapping[str, bytes] = field(default_factory=dict)
    stylesheet: str = ""
    rights: str = ""
    drawings: Mapping[str, tuple[float, float]] = field(default_factory=dict)


class Attached(Struct, frozen=True):
    """A file to attach; `relation` is its AFRelationship in PDF/A-3."""

    name: str
    data: bytes
    about: str
    relation: Literal["Source", "Data", "Supplement"]

"""A picture in the text: a PNG that every program shows, and the SVG that newer ones show instead."""

from __future__ import annotations

import hashlib

from lxml import etree
from msgspec import Struct

from reportgen.word.oxml.elements import EMU, build, build_plain
from reportgen.word.word_values import Picture

DIGITS = 12  # of a hash in a picture's name
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


class PictureFiles(Struct, frozen=True):
    """The ids of the relations to a picture's files, the SVG's may be "", and what tells whether they are still these files."""

    png: str
    svg: str
    digests: tuple[str, ...]


def digest(data: bytes) -> str:
    """Return a short hash of a picture's file."""
    return hashlib.sha256(data).hexdigest()[:DIGITS]


def name_picture(source: str, digests: tuple[str, ...]) -> str:
    """Return the name of a picture in the file: that of its source, and the hashes of its files."""
    return " ".join((source.rpartition("/")[2].rpartition(".")[0], *digests))


def read_digests(name: str) -> tuple[str, ...]:
    """Return the hashes in a picture's name, none where a program gave it another."""
    _, *digests = name.split()
    return tuple(each for each in digests if len(each) == DIGITS and not set(each) - set("0123456789abcdef"))


def build_picture(picture: Picture, files: PictureFiles, number: int) -> etree._Element:
    """Return the run of a picture."""
    name = name_picture(picture.name, files.digests)
    width, height = round(picture.width * EMU), round(picture.height * EMU)
    extension = (
        build_plain(
            "a:extLst", build_plain("a:ext", build_plain("asvg:svgBlip", r__embed=files.svg), uri=SVG_EXTENSION)
        )
        if files.svg
        else None
    )
    graphic = build_plain(
        "pic:pic",
        build_plain(
            "pic:nvPicPr",
            build_plain("pic:cNvPr", id=number, name=name, descr=picture.alternative),
            build_plain("pic:cNvPicPr"),
        ),
        build_plain(
            "pic:blipFill",
            build_plain("a:blip", extension, r__embed=files.png),
            build_plain("a:stretch", build_plain("a:fillRect")),
        ),
        build_plain(
            "pic:spPr",
            build_plain("a:xfrm", build_plain("a:off", x=0, y=0), build_plain("a:ext", cx=width, cy=height)),
            build_plain("a:prstGeom", build_plain("a:avLst"), prst="rect"),
        ),
    )
    inline = build_plain(
        "wp:inline",
        build_plain("wp:extent", cx=width, cy=height),
        build_plain("wp:docPr", id=number, name=name, descr=picture.alternative),
        build_plain("wp:cNvGraphicFramePr", build_plain("a:graphicFrameLocks", noChangeAspect=1)),
        build_plain("a:graphic", build_plain("a:graphicData", graphic, uri=PICTURE)),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return build("w:r", build("w:drawing", inline))

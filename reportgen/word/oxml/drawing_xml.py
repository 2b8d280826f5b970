"""A picture in the text: a PNG that every program shows, and the SVG that newer ones show instead."""

from __future__ import annotations

from lxml import etree

from reportgen.word.oxml.elements import EMU, build, build_plain
from reportgen.word.word_values import Picture

SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def build_picture(picture: Picture, png: str, svg: str, number: int) -> etree._Element:
    """Return the run of a picture; `png` and `svg` are the ids of the relations to its files, the latter may be ""."""
    width, height = round(picture.width * EMU), round(picture.height * EMU)
    extension = (
        build_plain("a:extLst", build_plain("a:ext", build_plain("asvg:svgBlip", r__embed=svg), uri=SVG_EXTENSION))
        if svg
        else None
    )
    graphic = build_plain(
        "pic:pic",
        build_plain(
            "pic:nvPicPr",
            build_plain("pic:cNvPr", id=number, name=picture.name, descr=picture.alternative),
            build_plain("pic:cNvPicPr"),
        ),
        build_plain(
            "pic:blipFill",
            build_plain("a:blip", extension, r__embed=png),
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
        build_plain("wp:docPr", id=number, name=picture.name, descr=picture.alternative),
        build_plain("wp:cNvGraphicFramePr", build_plain("a:graphicFrameLocks", noChangeAspect=1)),
        build_plain("a:graphic", build_plain("a:graphicData", graphic, uri=PICTURE)),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return build("w:r", build("w:drawing", inline))

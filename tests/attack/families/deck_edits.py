"""Alterations of a finished deck, each of another kind, as PowerPoint's users and attackers make them: none is silent.

An alteration changes the parts of the bundled deck. All but those of STYLE change what a reader understands: each of these
is an error. The others are at least noted.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pptx
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.util import Emu, Pt

from reportgen.audit import audit
from reportgen.brief import load_brief
from reportgen.pipeline.kinds import KINDS
from tests.attack.outcome import Outcome
from tests.audit.alterations import _packed as pack_parts, _unpacked as unpack_parts
from tests.conftest import BUNDLED

TITLE = "alterations of a finished deck"
SAMPLE = 12
SPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "t": "http://schemas.openxmlformats.org/package/2006/relationships",
}
NAMESPACES = " ".join(f'xmlns:{key}="{value}"' for key, value in SPACES.items() if key != "t")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8ffff3f0005fe02fea735818400000000"
    "49454e44ae426082"
)
STYLE = {
    "another face",
    "larger type",
    "a box moved a little",
    "a plain transition",
    "bold words",
    "the workbook is gone",
    "an embedded font",
    "wider bars",
    "words in capitals",
}
"""The alterations of looks alone."""


class Parts:
    """The parts of a deck, to be changed."""

    def __init__(self, data: bytes) -> None:
        self.files = unpack_parts(data)

    def edit(self, name: str, change: Callable[[Any], None]) -> None:
        root = etree.fromstring(self.files[name])
        change(root)
        self.files[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.files[name].decode()
        assert old in text, (name, old)
        self.files[name] = text.replace(old, new, 1).encode()

    def relate(self, name: str, kind: str, target: str, external: bool = False) -> str:
        """Add a relation to a part and return its key."""
        folder, _, file = name.rpartition("/")
        part, key = f"{folder}/_rels/{file}.rels", "rId900"
        empty = f'<Relationships xmlns="{SPACES["t"]}"/>'.encode()
        root = etree.fromstring(self.files.get(part, empty))
        kind = kind if kind.startswith("http") else f"{OFFICE}/{kind}"
        mode = {"TargetMode": "External"} if external else {}
        etree.SubElement(root, f"{{{SPACES['t']}}}Relationship", Id=key, Type=kind, Target=target, **mode)
        self.files[part] = etree.tostring(root)
        return key

    def add(self, name: str, content_type: str, data: bytes) -> None:
        self.files[name] = data
        row = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
        self.replace("[Content_Types].xml", "</Types>", row)


Edit = Callable[[Parts], None]
EDITS: dict[str, Edit] = {}


def edit(name: str) -> Callable[[Edit], Edit]:
    def keep(function: Edit) -> Edit:
        assert name not in EDITS
        EDITS[name] = function
        return function

    return keep


def colleague(name: str) -> Callable[[Callable[[Any], None]], None]:
    """Keep an alteration that is made with python-pptx."""

    def keep(function: Callable[[Any], None]) -> None:
        def change(parts: Parts) -> None:
            file = pptx.Presentation(io.BytesIO(pack_parts(parts.files)))
            function(file)
            target = io.BytesIO()
            file.save(target)
            parts.files = unpack_parts(target.getvalue())

        edit(name)(change)

    return keep


def slide(number: int) -> str:
    return f"ppt/slides/slide{number}.xml"


def replacing(name: str, part: str, old: str, new: str) -> None:
    EDITS[name] = lambda parts: parts.replace(part, old, new)


def changing(name: str, part: str, path: str, change: Callable[[Any], Any]) -> None:
    """Keep an alteration of the first element at a path."""

    def apply(parts: Parts) -> None:
        parts.edit(part, lambda root: change(root.xpath(path, namespaces=SPACES)[0]))

    EDITS[name] = apply


def xml(text: str) -> Any:
    tag = text.split(None, 1)[0].rstrip("/>") if " " in text.split(">", 1)[0] else text.split(">", 1)[0].rstrip("/")
    return etree.fromstring(text.replace(tag, f"{tag} {NAMESPACES}", 1))


def shape(part_name: str) -> str:
    return f"//p:cNvPr[@name='{part_name}']/ancestor::*[self::p:sp or self::p:graphicFrame or self::p:grpSp][1]"


def place(properties: Any, frame: str) -> None:
    """Give a shape another place, in the properties that may have one."""
    for old in properties.findall("a:xfrm", SPACES):
        properties.remove(old)
    properties.insert(0, xml(frame))


def box(x: int, y: int, width: int, height: int, look: str, words: str = "") -> Any:
    return xml(
        f'<p:sp><p:nvSpPr><p:cNvPr id="990" name="Rectangle 1"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{look}</p:spPr>'
        f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="en-US" sz="1400"/><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>'
    )


def add_picture(parts: Parts, part: str, place: tuple[int, int, int, int], external: bool = False) -> None:
    if external:
        key = parts.relate(part, "image", "https://example.com/pixel.png", external=True)
    else:
        parts.files["ppt/media/image9.png"] = PIXEL
        parts.replace("[Content_Types].xml", "<Default", '<Default Extension="png" ContentType="image/png"/><Default')
        key = parts.relate(part, "image", "../media/image9.png")
    x, y, width, height = place
    blip = f'<a:blip r:link="{key}"/>' if external else f'<a:blip r:embed="{key}"/>'
    picture = xml(
        f'<p:pic><p:nvPicPr><p:cNvPr id="991" name="Picture 1" descr=""/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>{blip}<a:stretch/>'
        f'</p:blipFill><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom></p:spPr></p:pic>"
    )
    parts.edit(part, lambda root: root.find(".//p:spTree", SPACES).append(picture))


def timing(effect: str, target: int) -> Any:
    return xml(
        f'<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst><p:seq><p:cTn id="2" '
        f'dur="indefinite" nodeType="mainSeq"><p:childTnLst><p:par><p:cTn id="3" presetID="1" presetClass="{effect}" fill="hold" '
        f'nodeType="clickEffect"><p:childTnLst><p:set><p:cBhvr><p:cTn id="4" dur="1" fill="hold"/><p:tgtEl><p:spTgt spid="{target}"/></p:tgtEl>'
        f'<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr><p:to><p:strVal val="hidden"/></p:to></p:set>'
        f"</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:seq></p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"
    )


WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
RED = '<a:solidFill><a:srgbClr val="FF0000"/></a:solidFill>'
SMA, CHART, CHART2 = slide(9), "ppt/charts/chart3.xml", "ppt/charts/chart4.xml"  # of the slides sma and samsung
MASTER, LAYOUT = "ppt/slideMasters/slideMaster1.xml", "ppt/slideLayouts/slideLayout5.xml"

# Words.
replacing("a name changed", slide(3), "Moon", "Park")
replacing("a place changed", slide(9), "Seoul’s", "Tokyo’s")
replacing("a typing mistake", slide(9), "alliance’s needs", "aliance’s needs")
replacing("a content word changed", slide(9), "cheapest", "weakest")
replacing("a word changed in a table", slide(10), "Seoul and Washington", "Seoul and Tokyo")
replacing("an organization changed in a source", slide(12), "Dell’Oro Group", "Omdia Group")
replacing("a negation removed", slide(9), "gap, not the", "gap, the")
replacing("a number changed", slide(14), "$136", "$138")
replacing("a category renamed", CHART, "Reported initial U.S. demand", "Reported initial Seoul demand")
changing(
    "notes replaced",
    "ppt/notesSlides/notesSlide9.xml",
    "//a:t",
    lambda each: setattr(each, "text", "Say nothing about this."),
)
changing(
    "notes deleted",
    "ppt/notesSlides/notesSlide9.xml",
    "//p:sp[.//p:ph[@type='body']]",
    lambda each: each.getparent().remove(each),
)
changing("a paragraph deleted", SMA, f"{shape('takeaway')}//a:p[2]", lambda each: each.getparent().remove(each))
changing(
    "a bullet added",
    SMA,
    f"{shape('takeaway')}//a:p[2]",
    lambda each: each.addnext(xml('<a:p><a:r><a:rPr lang="en-US" sz="2000"/><a:t>Seoul agrees.</a:t></a:r></a:p>')),
)
changing(
    "a lead changed", slide(6), "//a:tbl/a:tr[2]/a:tc[last()]//a:t", lambda each: setattr(each, "text", "Treasury")
)
replacing("the title property changed", "docProps/core.xml", "from old deals", "from good deals")
changing(
    "the title property removed",
    "docProps/core.xml",
    "//*[local-name()='title']",
    lambda each: each.getparent().remove(each),
)
changing(
    "a category property added",
    "docProps/core.xml",
    "/*",
    lambda each: setattr(
        etree.SubElement(each, "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}category"),
        "text",
        "Final decision",
    ),
)

# Content that is hidden.
changing("a hidden slide", SMA, "/p:sld", lambda each: each.set("show", "0"))
changing("a hidden shape", SMA, "//p:cNvPr[@name='source']", lambda each: each.set("hidden", "1"))
changing(
    "a shape off the slide",
    SMA,
    f"{shape('source')}/p:spPr",
    lambda each: each.append(
        xml('<a:xfrm><a:off x="20000000" y="6000000"/><a:ext cx="9000000" cy="300000"/></a:xfrm>')
    ),
)
changing("a chart off the slide", SMA, f"{shape('chart: sma')}/p:xfrm/a:off", lambda each: each.set("x", "-9000000"))
changing(
    "a group off the slide",
    slide(3),
    f"{shape('timeline: window')}/p:grpSpPr/a:xfrm/a:off",
    lambda each: each.set("y", "9000000"),
)
changing("white words", SMA, f"{shape('source')}//a:rPr", lambda each: each.insert(0, xml(WHITE)))
changing("words without fill", SMA, f"{shape('source')}//a:rPr", lambda each: each.insert(0, xml("<a:noFill/>")))
changing(
    "words fully transparent",
    SMA,
    f"{shape('source')}//a:rPr",
    lambda each: each.insert(
        0, xml('<a:solidFill><a:srgbClr val="000000"><a:alpha val="0"/></a:srgbClr></a:solidFill>')
    ),
)
changing("words struck through", SMA, f"{shape('takeaway')}//a:rPr", lambda each: each.set("strike", "sngStrike"))
changing("a word doubly struck in a table", slide(10), "//a:tbl//a:rPr", lambda each: each.set("strike", "dblStrike"))
changing("tiny type", SMA, f"{shape('source')}//a:rPr", lambda each: each.set("sz", "100"))
changing(
    "a white label in a chart",
    CHART,
    "//c:dLbl//a:defRPr/a:solidFill",
    lambda each: each.getparent().replace(each, xml(WHITE)),
)
changing(
    "a shape without height",
    SMA,
    f"{shape('takeaway')}/p:spPr",
    lambda each: place(each, '<a:xfrm><a:off x="8066880" y="1645920"/><a:ext cx="3575880" cy="0"/></a:xfrm>'),
)
changing(
    "a shape turned upside down",
    SMA,
    f"{shape('takeaway')}/p:spPr",
    lambda each: place(
        each, '<a:xfrm rot="10800000"><a:off x="8066880" y="1645920"/><a:ext cx="3575880" cy="3886200"/></a:xfrm>'
    ),
)
changing(
    "a white box over words",
    SMA,
    "//p:spTree",
    lambda each: each.append(box(8000000, 1600000, 3700000, 4000000, WHITE)),
)
changing(
    "a white box over half a chart",
    SMA,
    "//p:spTree",
    lambda each: each.append(box(3000000, 1900000, 5000000, 1900000, WHITE)),
)
changing(
    "a red cross over a table",
    slide(10),
    "//p:spTree",
    lambda each: each.append(
        xml(
            '<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="990" name="Line 1"/><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr><a:xfrm><a:off x="500000" y="1500000"/><a:ext cx="9000000" cy="3000000"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="60000"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
        )
    ),
)
changing(
    "a table moved over the takeaway",
    slide(10),
    f"{shape('table: north-korea')}/p:xfrm/a:off",
    lambda each: each.set("y", "3500000"),
)
changing(
    "a title box filled with its ink",
    SMA,
    f"{shape('title')}/p:spPr",
    lambda each: each.append(xml('<a:solidFill><a:srgbClr val="16202C"/></a:solidFill>')),
)
EDITS["a picture over the title"] = lambda parts: add_picture(parts, SMA, (500000, 400000, 10000000, 1000000))
EDITS["a small picture added"] = lambda parts: add_picture(parts, SMA, (11500000, 6300000, 300000, 300000))
EDITS["a remote picture"] = lambda parts: add_picture(parts, SMA, (11500000, 6300000, 100, 100), external=True)
changing(
    "an empty shape added", SMA, "//p:spTree", lambda each: each.append(box(8100000, 5600000, 300000, 300000, RED))
)
changing(
    "a stamp on the slide",
    SMA,
    "//p:spTree",
    lambda each: each.append(box(8100000, 5600000, 900000, 300000, RED, "REJECTED")),
)
changing("a placeholder deleted", SMA, shape("source"), lambda each: each.getparent().remove(each))
changing(
    "a drawing's mark deleted",
    slide(3),
    f"{shape('timeline: window')}/p:sp[not(p:txBody//a:t)]",
    lambda each: each.getparent().remove(each),
)
changing(
    "a drawing's label deleted",
    slide(3),
    f"{shape('timeline: window')}/p:sp[p:txBody//a:t]",
    lambda each: each.getparent().remove(each),
)
changing(
    "a drawing's mark moved",
    slide(3),
    f"{shape('timeline: window')}/*[.//a:prstGeom[@prst='ellipse']]//a:off",
    lambda each: each.set("x", str(int(each.get("x")) + 900000)),
)
changing(
    "a slide's picture background",
    SMA,
    "//p:cSld",
    lambda each: each.insert(
        0,
        xml(
            '<p:bg><p:bgPr><a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="16202C"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill><a:effectLst/></p:bgPr></p:bg>'
        ),
    ),
)

# Slides, animations, links, programs.
changing("an exit animation", SMA, "/p:sld/p:cSld", lambda each: each.addnext(timing("exit", 5)))
changing("an entrance animation", SMA, "/p:sld/p:cSld", lambda each: each.addnext(timing("entr", 5)))
changing(
    "a slide that goes by itself",
    SMA,
    "/p:sld/p:cSld",
    lambda each: each.addnext(xml('<p:transition advClick="0" advTm="0"/>')),
)
changing(
    "a plain transition", SMA, "/p:sld/p:cSld", lambda each: each.addnext(xml("<p:transition><p:fade/></p:transition>"))
)
changing("slides in another order", "ppt/presentation.xml", "//p:sldIdLst", lambda each: each.insert(2, each[8]))
changing("a slide taken out", "ppt/presentation.xml", "//p:sldIdLst", lambda each: each.remove(each[8]))
changing(
    "a show of some slides",
    "ppt/presProps.xml",
    "/*",
    lambda each: each.insert(0, xml('<p:showPr><p:sldRg st="1" end="3"/></p:showPr>')),
)
changing("a slide of another size", "ppt/presentation.xml", "//p:sldSz", lambda each: each.set("cx", "14192000"))


def link(path: str, tag: str, target: str = "", action: str = "", part: str = SMA) -> Edit:
    def change(parts: Parts) -> None:
        key = parts.relate(part, "hyperlink", target, external=True) if target else ""
        attribute = f' action="{action}"' if action else ""
        parts.edit(
            part, lambda root: root.xpath(path, namespaces=SPACES)[0].append(xml(f'<a:{tag} r:id="{key}"{attribute}/>'))
        )

    return change


EDITS["a link on words"] = link(f"{shape('takeaway')}//a:rPr", "hlinkClick", "https://example.com/other")
EDITS["a link on a shape"] = link("//p:cNvPr[@name='source']", "hlinkClick", "https://example.com/other")
EDITS["a link when hovered over"] = link("//p:cNvPr[@name='source']", "hlinkHover", "https://example.com/other")
EDITS["a link on hovered words"] = link(f"{shape('takeaway')}//a:rPr", "hlinkMouseOver", "https://example.com/other")
EDITS["a program started by a click"] = link(
    "//p:cNvPr[@name='source']", "hlinkClick", "file:///C:/Windows/System32/cmd.exe", "ppaction://program"
)
EDITS["a macro started by a click"] = link("//p:cNvPr[@name='source']", "hlinkClick", "", "ppaction://macro?name=Run")
EDITS["a jump to another slide"] = link(
    f"{shape('takeaway')}//a:rPr", "hlinkClick", "", "ppaction://hlinkshowjump?jump=lastslide"
)


@edit("macros")
def _(parts: Parts) -> None:
    parts.add("ppt/vbaProject.bin", "application/vnd.ms-office.vbaProject", b"\xd0\xcf\x11\xe0")
    parts.relate(
        "ppt/presentation.xml", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"
    )


@edit("an embedded program")
def _(parts: Parts) -> None:
    parts.add(
        "ppt/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject", b"\xd0\xcf\x11\xe0"
    )
    key = parts.relate(SMA, "oleObject", "../embeddings/oleObject1.bin")
    frame = xml(
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="992" name="Object 1"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm>'
        f'<a:off x="100" y="100"/><a:ext cx="100" cy="100"/></p:xfrm><a:graphic><a:graphicData uri="{SPACES["p"].replace("main", "ole")}">'
        f'<p:oleObj name="Package" r:id="{key}" progId="Package"><p:embed/></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>'
    )
    parts.edit(SMA, lambda root: root.find(".//p:spTree", SPACES).append(frame))


@edit("an object without a frame")
def _(parts: Parts) -> None:
    parts.add(
        "ppt/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject", b"\xd0\xcf\x11\xe0"
    )
    parts.relate(SMA, "oleObject", "../embeddings/oleObject1.bin")


@edit("a control")
def _(parts: Parts) -> None:
    parts.add("ppt/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml", b"<ax/>")
    parts.relate(SMA, "control", "../activeX/activeX1.xml")


@edit("a sound")
def _(parts: Parts) -> None:
    parts.add("ppt/media/media1.wav", "audio/wav", b"RIFF")
    parts.relate(SMA, "audio", "../media/media1.wav")


@edit("a ribbon of its own")
def _(parts: Parts) -> None:
    parts.add("customUI/customUI.xml", "application/xml", b"<customUI/>")
    parts.replace(
        "_rels/.rels",
        "</Relationships>",
        '<Relationship Id="rId77" Type="http://schemas.microsoft.com/office/2006/relationships/ui/extensibility" Target="customUI/customUI.xml"/></Relationships>',
    )


@edit("a chart linked to another file")
def _(parts: Parts) -> None:
    name = "ppt/charts/_rels/chart3.xml.rels"
    root = etree.fromstring(parts.files[name])
    root[0].set("Target", "file:///C:/temp/other.xlsx")
    root[0].set("TargetMode", "External")
    parts.files[name] = etree.tostring(root)


@edit("a comment")
def _(parts: Parts) -> None:
    comment = f'<p:cmLst {NAMESPACES}><p:cm authorId="0" idx="1"><p:pos x="1" y="1"/><p:text>We cannot defend this.</p:text></p:cm></p:cmLst>'
    parts.add(
        "ppt/comments/comment1.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.comments+xml",
        comment.encode(),
    )
    parts.relate(SMA, "comments", "../comments/comment1.xml")


@edit("an author of comments")
def _(parts: Parts) -> None:
    authors = f'<p:cmAuthorLst {NAMESPACES}><p:cmAuthor id="0" name="Embassy of Elsewhere" initials="E" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>'
    parts.add(
        "ppt/commentAuthors.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.commentAuthors+xml",
        authors.encode(),
    )
    parts.relate("ppt/presentation.xml", "commentAuthors", "commentAuthors.xml")


# Charts.
changing("an axis that starts elsewhere", CHART, "//c:valAx/c:scaling/c:min", lambda each: each.set("val", "0.8"))
changing("an axis that ends elsewhere", CHART, "//c:valAx/c:scaling/c:max", lambda each: each.set("val", "50"))
changing("an axis without its start", CHART, "//c:valAx/c:scaling/c:min", lambda each: each.getparent().remove(each))
changing("a logarithmic axis", CHART, "//c:valAx/c:scaling", lambda each: each.insert(0, xml('<c:logBase val="10"/>')))
changing("a value axis reversed", CHART, "//c:valAx/c:scaling/c:orientation", lambda each: each.set("val", "maxMin"))
changing("categories upside down", CHART, "//c:catAx/c:scaling/c:orientation", lambda each: each.set("val", "minMax"))
changing("the categories' axis deleted", CHART, "//c:catAx/c:delete", lambda each: each.set("val", "1"))
changing("the categories' labels hidden", CHART, "//c:catAx/c:tickLblPos", lambda each: each.set("val", "none"))
changing("bars become columns", CHART, "//c:barDir", lambda each: each.set("val", "col"))
changing(
    "another grouping",
    CHART2,
    "//c:grouping",
    lambda each: each.set("val", "percentStacked" if each.get("val") != "percentStacked" else "clustered"),
)
changing("accent and signal swapped", CHART, "//c:dPt[1]//a:schemeClr", lambda each: each.set("val", "accent1"))
changing(
    "a point without fill",
    CHART,
    "//c:dPt[1]/c:spPr/a:solidFill",
    lambda each: each.getparent().replace(each, xml("<a:noFill/>")),
)
changing(
    "a labels' number format changed", CHART, "//c:dLbl/c:numFmt", lambda each: each.set("formatCode", '"$"#,##0" m"')
)
changing(
    "a label removed",
    CHART,
    "//c:dLbl[1]",
    lambda each: [each.remove(child) for child in list(each)[1:]] and each.append(xml('<c:delete val="1"/>')),
)
changing(
    "a label's own words",
    CHART,
    "//c:dLbl[1]/c:idx",
    lambda each: each.addnext(xml("<c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>five</a:t></a:r></a:p></c:rich></c:tx>")),
)
changing("a value changed", CHART, "//c:val//c:v", lambda each: setattr(each, "text", "4.0"))
changing(
    "a chart's title",
    CHART,
    "/c:chartSpace/c:chart",
    lambda each: each.insert(
        0,
        xml("<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>Seoul pays</a:t></a:r></a:p></c:rich></c:tx></c:title>"),
    ),
)
changing(
    "a trend line",
    CHART,
    "//c:ser/c:cat",
    lambda each: each.addprevious(xml('<c:trendline><c:trendlineType val="linear"/></c:trendline>')),
)


@edit("a pie for bars")
def _(parts: Parts) -> None:
    text = parts.files[CHART].decode().replace("c:barChart", "c:pieChart")
    root = etree.fromstring(text.encode())
    for path in (
        "//c:barDir",
        "//c:grouping",
        "//c:gapWidth",
        "//c:overlap",
        "//c:pieChart/c:axId",
        "//c:catAx",
        "//c:valAx",
    ):
        for each in root.xpath(path, namespaces=SPACES):
            each.getparent().remove(each)
    parts.files[CHART] = etree.tostring(root)


@edit("another workbook")
def _(parts: Parts) -> None:
    book = unpack_parts(parts.files["ppt/embeddings/Microsoft_Excel_Sheet3.xlsx"])
    book["xl/worksheets/sheet1.xml"] = book["xl/worksheets/sheet1.xml"].replace(b"<v>5</v>", b"<v>3</v>")
    parts.files["ppt/embeddings/Microsoft_Excel_Sheet3.xlsx"] = pack_parts(book)


@edit("the workbook is gone")
def _(parts: Parts) -> None:
    parts.edit(CHART, lambda root: [each.getparent().remove(each) for each in root.findall("c:externalData", SPACES)])
    del parts.files["ppt/charts/_rels/chart3.xml.rels"], parts.files["ppt/embeddings/Microsoft_Excel_Sheet3.xlsx"]


# Tables.
def swap_rows(parts: Parts) -> None:
    def change(root: Any) -> None:
        rows = root.xpath("//a:tbl/a:tr", namespaces=SPACES)
        rows[2].addprevious(rows[3])

    parts.edit(slide(10), change)


def merge_cells(parts: Parts) -> None:
    def change(root: Any) -> None:
        cells = root.xpath("//a:tbl/a:tr[2]/a:tc", namespaces=SPACES)
        cells[0].set("gridSpan", "2")
        cells[1].set("hMerge", "1")

    parts.edit(slide(10), change)


EDITS["rows swapped"] = swap_rows
EDITS["cells merged over others"] = merge_cells
changing("a column without width", slide(10), "//a:gridCol[2]", lambda each: each.set("w", "10000"))
changing("a row deleted", slide(10), "//a:tbl/a:tr[3]", lambda each: each.getparent().remove(each))

# What a reader hears, and what stands behind the slides.
changing(
    "an alternative text changed",
    SMA,
    "//p:cNvPr[@name='chart: sma']",
    lambda each: each.set("descr", each.get("descr").replace("Seoul", "Tokyo")),
)
changing("an alternative text removed", SMA, "//p:cNvPr[@name='chart: sma']", lambda each: each.attrib.pop("descr"))
changing(
    "an exhibit called decorative",
    SMA,
    "//p:cNvPr[@name='chart: sma']",
    lambda each: (
        each.attrib.pop("descr"),
        each.append(
            xml(
                '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
            )
        ),
    ),
)
changing(
    "an alternative text on words", SMA, "//p:cNvPr[@name='takeaway']", lambda each: each.set("descr", "Seoul agrees.")
)
changing("another language", SMA, f"{shape('takeaway')}//a:rPr", lambda each: each.set("lang", "de-DE"))
changing("no language", SMA, f"{shape('takeaway')}//a:rPr", lambda each: each.attrib.pop("lang"))
changing(
    "words on the master",
    MASTER,
    "//p:spTree",
    lambda each: each.append(box(500000, 6500000, 3000000, 300000, "", "Rejected by the ministry")),
)
changing(
    "a box on the master", MASTER, "//p:spTree", lambda each: each.append(box(500000, 500000, 3000000, 300000, RED))
)
changing(
    "words on a layout",
    LAYOUT,
    "//p:spTree",
    lambda each: each.append(box(500000, 6500000, 3000000, 300000, "", "Superseded")),
)
EDITS["a picture on the master"] = lambda parts: add_picture(parts, MASTER, (500000, 400000, 10000000, 1000000))
changing(
    "the theme's colours swapped",
    "ppt/theme/theme1.xml",
    "//a:clrScheme/a:accent1/*",
    lambda each: each.set("val", "B3401F"),
)
changing(
    "the master's footer hidden behind a layout", LAYOUT, "/p:sldLayout", lambda each: each.set("showMasterSp", "0")
)


# Tricks.
changing(
    "a face of symbols",
    SMA,
    f"{shape('title')}//a:rPr",
    lambda each: each.append(xml('<a:latin typeface="Wingdings"/>')),
)
changing("letters over one another", SMA, f"{shape('takeaway')}//a:rPr", lambda each: each.set("spc", "-1500"))
changing(
    "lines over one another",
    SMA,
    f"{shape('takeaway')}//a:pPr | {shape('takeaway')}//a:p",
    lambda each: each.insert(0, xml('<a:pPr><a:lnSpc><a:spcPct val="10000"/></a:lnSpc></a:pPr>')),
)
replacing("a question mark", SMA, "tone of the talks.", "tone of the talks?")
replacing("a symbol", SMA, "tone of the talks.", "tone of the talks ✘.")
replacing("letters reversed by a mark", slide(14), "$136", "\u202e$136")
changing(
    "hidden notes",
    "ppt/notesSlides/notesSlide9.xml",
    "//p:sp[.//p:ph[@type='body']]//p:cNvPr",
    lambda each: each.set("hidden", "1"),
)
changing(
    "words on the notes master",
    "ppt/notesMasters/notesMaster1.xml",
    "//p:spTree",
    lambda each: each.append(box(0, 0, 3000000, 300000, "", "Not for the minister")),
)
changing(
    "a section renamed",
    "ppt/presentation.xml",
    "//*[local-name()='section']",
    lambda each: each.set("name", "Bad ideas"),
)
changing(
    "a label moved by hand",
    CHART,
    "//c:dLbl[1]/c:idx",
    lambda each: each.addnext(
        xml('<c:layout><c:manualLayout><c:x val="0.2"/><c:y val="0.4"/></c:manualLayout></c:layout>')
    ),
)
changing("a plot squashed", CHART, "//c:manualLayout/c:w", lambda each: each.set("val", "0.1"))
changing("bars over one another", CHART2, "//c:overlap", lambda each: each.set("val", "-50"))
changing(
    "a drawing shrunk",
    slide(3),
    f"{shape('timeline: window')}/p:grpSpPr/a:xfrm/a:ext",
    lambda each: (each.set("cx", "900000"), each.set("cy", "300000")),
)
changing("a hidden drawing", slide(3), "//p:cNvPr[@name='timeline: window']", lambda each: each.set("hidden", "1"))
changing(
    "a cell crossed out",
    slide(10),
    "//a:tbl/a:tr[2]/a:tc[1]/a:tcPr",
    lambda each: each.insert(0, xml(f'<a:lnTlToBr w="25400">{RED}</a:lnTlToBr>')),
)
changing("a table behind its style", slide(10), "//a:tbl//a:rPr", lambda each: each.insert(0, xml(WHITE)))


changing(
    "words as dark as their highlight",
    SMA,
    f"{shape('takeaway')}//a:rPr",
    lambda each: each.insert(0, xml('<a:highlight><a:srgbClr val="16202C"/></a:highlight>')),
)
changing(
    "words pushed out of their box", SMA, f"{shape('takeaway')}//a:bodyPr", lambda each: each.set("tIns", "9000000")
)
changing(
    "words from right to left", SMA, f"{shape('takeaway')}//a:p", lambda each: each.insert(0, xml('<a:pPr rtl="1"/>'))
)
changing(
    "a cross for a bullet",
    SMA,
    f"{shape('takeaway')}//a:p",
    lambda each: each.insert(0, xml('<a:pPr><a:buChar char="✗"/></a:pPr>')),
)
changing("faint notes", "ppt/notesSlides/notesSlide9.xml", "//a:r/a:rPr", lambda each: each.insert(0, xml(WHITE)))
changing("columns mirrored", slide(10), "//a:tblPr", lambda each: each.set("rtl", "1"))
changing(
    "a dashed line",
    slide(3),
    f"{shape('timeline: window')}/p:cxnSp//a:ln",
    lambda each: each.append(xml('<a:prstDash val="dash"/>')),
)
changing(
    "a bar of half the length",
    slide(3),
    f"{shape('timeline: window')}/p:sp[.//p:cNvPr[contains(@name, 'presidents')]]//a:ext[@cx]",
    lambda each: each.set("cx", str(int(each.get("cx")) // 2)),
)
changing(
    "slides numbered from seven", "ppt/presentation.xml", "/p:presentation", lambda each: each.set("firstSlideNum", "7")
)
changing(
    "a deck called German",
    "docProps/core.xml",
    "//*[local-name()='language']",
    lambda each: setattr(each, "text", "de-DE"),
)
changing("wider bars", CHART, "//c:gapWidth", lambda each: each.set("val", "0"))
changing("words in capitals", SMA, f"{shape('title')}//a:rPr", lambda each: each.set("cap", "all"))


@edit("another shape for PowerPoint alone")
def _(parts: Parts) -> None:
    def change(root: Any) -> None:
        old = root.xpath(shape("takeaway"), namespaces=SPACES)[0]
        space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        choice = etree.fromstring(
            f'<mc:AlternateContent xmlns:mc="{space}"><mc:Choice xmlns:zz="urn:zz" Requires="zz"/><mc:Fallback/></mc:AlternateContent>'
        )
        old.addprevious(choice)
        other = etree.fromstring(etree.tostring(old))
        other.xpath(".//a:t", namespaces=SPACES)[0].text = "Seoul agrees."
        choice[0].append(old)
        choice[1].append(other)

    parts.edit(SMA, change)


@edit("the charts exchanged")
def _(parts: Parts) -> None:
    parts.files[CHART], parts.files[CHART2] = parts.files[CHART2], parts.files[CHART]


@edit("an embedded font")
def _(parts: Parts) -> None:
    parts.add("ppt/fonts/font1.fntdata", "application/x-fontdata", b"font")
    parts.relate("ppt/presentation.xml", "font", "fonts/font1.fntdata")


# What a colleague's script does.
@colleague("a slide added")
def _(file: Any) -> None:
    added = file.slides.add_slide(file.slide_layouts.get_by_name("bullets"))
    added.placeholders[0].text = "What we left out"


@colleague("a chart's data replaced")
def _(file: Any) -> None:
    chart = next(each for each in file.slides[8].shapes if each.has_chart).chart
    data = CategoryChartData()
    data.categories = ["South Korea’s contribution", "Reported initial U.S. demand"]
    data.add_series("US$ billion", (1, 5))
    chart.replace_data(data)


@colleague("a text box added")
def _(file: Any) -> None:
    frame = file.slides[8].shapes.add_textbox(Emu(8100000), Emu(5600000), Emu(3000000), Emu(400000)).text_frame
    frame.text = "Agreed with Seoul"


@colleague("words in red")
def _(file: Any) -> None:
    _runs(file, "takeaway")[0].font.color.rgb = RGBColor(0xFF, 0xFF, 0xFE)


@colleague("larger type")
def _(file: Any) -> None:
    _runs(file, "takeaway")[0].font.size = Pt(21)


@colleague("another face")
def _(file: Any) -> None:
    _runs(file, "takeaway")[0].font.name = "Arial"


@colleague("bold words")
def _(file: Any) -> None:
    _runs(file, "source")[0].font.bold = True


@colleague("a box moved a little")
def _(file: Any) -> None:
    shape = next(each for each in file.slides[8].shapes if each.name == "subtitle")
    left, top, width, height = shape.left, shape.top, shape.width, shape.height
    shape.left, shape.top, shape.width, shape.height = left + 100000, top, width, height


def _runs(file: Any, name: str) -> Any:
    shape = next(each for each in file.slides[8].shapes if each.name == name)
    return shape.text_frame.paragraphs[0].runs


FULL = len(EDITS)


@cache
def _bundled() -> tuple[Any, bytes]:
    brief = load_brief(BUNDLED)
    return brief, KINDS["deck"].render(brief)


def attack(count: int, seed: int) -> Iterator[Outcome]:
    """Alter the bundled deck in `count` ways and audit each."""
    brief, data = _bundled()
    names = sorted(EDITS)
    random.Random(seed).shuffle(names)
    for name in names[:count]:
        parts = Parts(data)
        EDITS[name](parts)
        found = audit(brief, pack_parts(parts.files), "deck.pptx").findings
        severities = {each.severity for each in found}
        verdict = next((each for each in ("error", "warning", "note") if each in severities), "silent")
        wanted = ("warning", "note") if name in STYLE else ("error",)
        detail = "; ".join(
            f"{each.severity}: {each.place}: {each.message} [{each.rule or each.kind}]" for each in found[:2]
        )
        yield Outcome(name, verdict, verdict not in wanted, detail)

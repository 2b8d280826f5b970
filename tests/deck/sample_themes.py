"""Themes for the tests: python-pptx's default file, altered as organizations alter theirs."""

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pptx
from pptx.util import Inches

TEMPLATE = Path(pptx.__file__).parent / "templates/default.pptx"
MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def plain() -> bytes:
    """Return python-pptx's default file: 4:3, eleven layouts, Calibri."""
    return TEMPLATE.read_bytes()


def unzip_parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_parts(parts: Mapping[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def change_parts(change: Callable[[str, bytes], bytes], data: bytes | None = None) -> bytes:
    """Return a theme with each part changed by a function of its name and bytes."""
    return zip_parts({name: change(name, part) for name, part in unzip_parts(data or plain()).items()})


def replace_bytes(pattern: str, old: bytes, new: bytes, data: bytes | None = None) -> bytes:
    """Return a theme with some bytes replaced in the parts whose names match."""
    return change_parts(lambda name, part: re.sub(old, new, part) if re.fullmatch(pattern, name) else part, data)


def of_type(kind: str) -> bytes:
    """Return a template, a show or a file with macros: only the content type differs."""
    other = f"application/vnd.openxmlformats-officedocument.presentationml.{kind}.main+xml"
    return replace_bytes(r"\[Content_Types\]\.xml", re.escape(MAIN).encode(), other.encode())


def wide(family: str = "Arial") -> bytes:
    """Return a 16:9 theme in another typeface, with slides of its own and a footer that it prints itself."""
    file = pptx.Presentation(BytesIO(plain()))
    factor = 13.333 / 10
    file.slide_width = Inches(13.333)
    for part in (file.slide_master, *file.slide_layouts):
        for shape in part.placeholders:
            if shape._element.spPr.find(".//{*}off") is not None:
                shape.left, shape.width = int(shape.left * factor), int(shape.width * factor)
    for layout in file.slide_layouts:
        for shape in layout.placeholders:
            if shape.placeholder_format.type is not None and "FOOTER" in str(shape.placeholder_format.type):
                shape.text_frame.text = "Harbor Office · internal"
    for words in ("One of theirs", "Another of theirs"):
        file.slides.add_slide(file.slide_layouts[5]).shapes.title.text = words
    target = BytesIO()
    file.save(target)
    return replace_bytes(
        r"ppt/theme/theme1\.xml", b'latin typeface="Calibri"', f'latin typeface="{family}"'.encode(), target.getvalue()
    )


def without_titles() -> bytes:
    title = rb'<p:ph type="(ctrT|t)itle"[^>]*/>'
    return replace_bytes(r"ppt/slideLayouts/slideLayout\d+\.xml", title, b'<p:ph type="body" idx="77"/>')


def with_layouts(count: int) -> bytes:
    """Return a theme with `count` layouts, most of them copies."""
    parts = unzip_parts(plain())
    master, listed = "ppt/slideMasters/slideMaster1.xml", "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    entries, relations, types = "", "", ""
    for number in range(12, count + 1):
        source = f"ppt/slideLayouts/slideLayout{number % 11 + 1}.xml"
        parts[f"ppt/slideLayouts/slideLayout{number}.xml"] = parts[source].replace(
            b'<p:cSld name="', b'<p:cSld name="Copy of '
        )
        parts[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = parts[
            source.replace("slideLayouts/", "slideLayouts/_rels/") + ".rels"
        ]
        entries += f'<p:sldLayoutId id="{2147484000 + number}" r:id="rId{900 + number}"/>'
        relations += (
            f'<Relationship Id="rId{900 + number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/slideLayout" '
            f'Target="../slideLayouts/slideLayout{number}.xml"/>'
        )
        types += (
            f'<Override PartName="/ppt/slideLayouts/slideLayout{number}.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml"/>'
        )
    parts[master] = parts[master].replace(b"</p:sldLayoutIdLst>", entries.encode() + b"</p:sldLayoutIdLst>")
    parts[listed] = parts[listed].replace(b"</Relationships>", relations.encode() + b"</Relationships>")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", types.encode() + b"</Types>")
    return zip_parts(parts)


def with_media(size: int) -> bytes:
    """Return a theme whose master has a media file of `size` bytes."""
    parts = unzip_parts(plain())
    listed = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
    parts["ppt/media/film.png"] = bytes(range(256)) * (size // 256)
    relation = (
        '<Relationship Id="rId990" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="../media/film.png"/>'
    )
    parts[listed] = parts[listed].replace(b"</Relationships>", relation.encode() + b"</Relationships>")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", b'<Default Extension="png" ContentType="image/png"/></Types>'
    )
    return zip_parts(parts)


def powerpoint_97() -> bytes:
    """Return the beginning of a PowerPoint 97–2003 file."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"PowerPoint Document".join([b"\0" * 64] * 3)


def with_password() -> bytes:
    """Return the beginning of a file with a password: the same container, with the package inside."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512

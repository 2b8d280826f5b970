"""Logos that are damaged, huge, full of references, or reach outside themselves: refused in words about the file."""

from __future__ import annotations

import base64
import random
import shutil
import struct
import tempfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.attack.brief_runs import BRIEF, import_all, run_command
from tests.attack.outcome import Outcome

TITLE = "pictures"
SAMPLE = 6
NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="30"'


def svg(inside: str) -> bytes:
    return f"<svg {NS}>{inside}</svg>".encode()


def nest(element: str, depth: int = 24) -> bytes:
    """Return an SVG whose every group uses the one before twice."""
    groups = ["<g id='g0'><rect width='1' height='1'/></g>"]
    groups += [element.format(at=at, before=at - 1) for at in range(1, depth)]
    return svg(f"<defs>{''.join(groups)}</defs><use href='#g{depth - 1}'/>")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def picture(kind: str) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (60, 20), "navy").save(stream, kind)
    return stream.getvalue()


def remote(target: str) -> list[bytes]:
    return [
        svg(f"<image href='{target}' width='9' height='9'/>"),
        svg(f"<image xlink:href='{target}' width='9' height='9'/>"),
        svg(f"<use href='{target}#a'/>"),
        svg(f"<rect width='9' height='9' fill='url({target}#a)'/>"),
        svg(f"<style>rect {{ fill: url({target}) }}</style><rect width='9' height='9'/>"),
        svg(f"<style>@import '{target}';</style><rect width='9' height='9'/>"),
        svg(f"<rect width='9' height='9' style='filter: url(&quot;{target}&quot;)'/>"),
    ]


BAD = {
    **{f"remote {at}": data for at, data in enumerate(remote("https://example.org/x.svg"))},
    **{f"file {at}": data for at, data in enumerate(remote("file:///etc/passwd"))},
    **{f"beside {at}": data for at, data in enumerate(remote("../secret.svg"))},
    "nested use": nest("<g id='g{at}'><use href='#g{before}'/><use href='#g{before}'/></g>"),
    "nested xlink": nest("<g id='g{at}'><use xlink:href='#g{before}'/><use xlink:href='#g{before}'/></g>"),
    "nested symbol": nest("<symbol id='g{at}'><use href='#g{before}'/><use href='#g{before}'/></symbol>"),
    "nested pattern": nest(
        "<pattern id='g{at}' width='9' height='9'><rect width='9' height='9' fill='url(#g{before})'/>"
        "<rect width='9' height='9' fill='url(#g{before})'/></pattern>"
    ),
    "nested mask": nest("<mask id='g{at}'><g mask='url(#g{before})'/><g mask='url(#g{before})'/></mask>"),
    "nested clip": nest(
        "<clipPath id='g{at}'><rect clip-path='url(#g{before})'/><rect clip-path='url(#g{before})'/></clipPath>"
    ),
    "use of itself": svg("<g id='a'><use href='#a'/></g>"),
    "use in a circle": svg("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g><use href='#a'/>"),
    "pattern of itself": svg("<pattern id='a' width='1' height='1'><rect fill='url(#a)'/></pattern><rect fill='url(#a)'/>"),
    "marker on each vertex": svg(
        "<marker id='m'>" + "<rect width='1' height='1'/>" * 40 + "</marker>"
        f"<path marker-mid='url(#m)' d='M0 0{' L1 1' * 2000}'/>"
    ),
    "many elements": svg("<rect width='1' height='1'/>" * 60_000),
    "deep": svg("<g>" * 5000 + "</g>" * 5000),
    "script": svg("<script>alert(1)</script>"),
    "foreign object": svg("<foreignObject width='9' height='9'><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>"),
    "entities": b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + svg("<text>&b;</text>"),
    "external entity": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<text>&a;</text>"),
    "not closed": b"<svg " + NS.encode() + b"><rect>",
    "html": b"<html><body>not found</body></html>",
    "damaged picture inside": svg("<image width='9' height='9' href='data:image/png;base64,AAAA'/>"),
    "svg bomb inside": svg(
        "<image width='9' height='9' href='data:image/svg+xml;base64,"
        + base64.b64encode(nest("<g id='g{at}'><use href='#g{before}'/><use href='#g{before}'/></g>")).decode() + "'/>"
    ),
    "empty": b"",
    "text": b"this is no picture",
    "zeros": bytes(5000),
    "half a png": picture("PNG")[:60],
    "half a jpeg": picture("JPEG")[:300],
    "png with a wrong sum": picture("PNG")[:45] + b"\x00" + picture("PNG")[46:],
    "png of 4 gigapixels": png(65_000, 65_000, zlib.compress(bytes(1000))),
    "png of 2 terabytes": png(2**31 - 1, 2**31 - 1, zlib.compress(bytes(1000))),
    "png bomb": png(30_000, 30_000, zlib.compress(bytes(30_000_000), 9)),
    "png of no width": png(0, 10, zlib.compress(b"")),
    "gif cut": picture("GIF")[:20],
    "tiff": picture("TIFF"),
    "bmp": picture("BMP"),
    "pdf": b"%PDF-1.7\n%%EOF\n",
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
}  # fmt: skip
GOOD = {
    "png": picture("PNG"),
    "jpeg": picture("JPEG"),
    "plain svg": svg("<rect width='90' height='30' fill='#123'/>"),
    "used part": svg("<defs><g id='a'><rect width='9' height='9'/></g></defs><use href='#a'/><use href='#a' x='20'/>"),
    "gradient": svg(
        "<linearGradient id='a'><stop offset='0' stop-color='#123'/><stop offset='1' stop-color='#456'/></linearGradient>"
        "<rect width='90' height='30' fill='url(#a)'/>"
    ),
    "picture inside": svg(
        f"<image width='60' height='20' href='data:image/png;base64,{base64.b64encode(picture('PNG')).decode()}'/>"
    ),
    "metadata": b'<?xml version="1.0"?><!-- made by a program -->' + svg(
        "<metadata xmlns:c='http://creativecommons.org/ns#'><c:Work/></metadata><rect width='9' height='9'/>"
    ),
}  # fmt: skip
FULL = len(BAD) + len(GOOD)


def attack(count: int, seed: int) -> Iterator[Outcome]:
    """Try each logo in the memo, in a drawn order."""
    import_all()
    cases = [*BAD.items(), *GOOD.items()]
    random.Random(seed).shuffle(cases)
    for name, data in cases[:count]:
        yield _try(name, data)


def _try(name: str, data: bytes) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="attack-") as outside:
        home = Path(outside, "brief")
        shutil.copytree(BRIEF, home)
        file = "logo.svg" if data.lstrip().startswith(b"<") else "logo.png"
        (home / file).write_bytes(data)
        (home / "_brand.yml").write_text(f"logo: {file}\n", encoding="utf-8")
        Path(outside, "secret.svg").write_bytes(svg("<rect/>"))
        run = run_command(home, ["memo", "brief.yaml", "-o", "out.pdf"])
    expected = 0 if name in GOOD else 6
    faults = [
        *([f"exit {run.code}, not {expected}"] if run.code != expected else []),
        *(["not about the file"] if run.code == 6 and file not in run.said else []),
        *run.list_excesses(),
    ]
    verdict = {0: "printed", 6: "refused"}.get(run.code, "crash")
    return run.judge(name, verdict, faults)

"""The themes that briefs are tried on: ours, and those of other sample_themes, taken from other programs where they are installed.

None of them is kept here: python-pptx and pandoc ship theirs, and LibreOffice's template is opened and saved as .pptx.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from reportgen import brand as brands
from reportgen.brand import Brand
from reportgen.deck import theme
from reportgen.deck.proof import office
from reportgen.deck.theme import Theme

TEMPLATES = "share/template/common/presnt"
TEMPLATE = "Focus.otp"
OFFICES = (Path("/usr/lib/libreoffice"), Path("/usr/lib64/libreoffice"), *sorted(Path("/opt").glob("libreoffice*")))


def load(name: str, brand: Brand) -> Theme:
    """The theme of this name; LookupError says why it is not there."""
    return theme.build_default(brand) if name == "ours" else theme.parse_theme(file(name), f"{name}.pptx")


@cache
def file(name: str) -> bytes:
    """Another house's .pptx."""
    return FILES[name]()


def _python_pptx() -> bytes:
    import pptx

    return (Path(pptx.__file__).parent / "templates" / "default.pptx").read_bytes()


def _pandoc() -> bytes:
    try:
        import pypandoc
    except ImportError:
        raise LookupError("pandoc's theme comes with pypandoc-binary") from None
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.pptx"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _impress() -> bytes:
    found = next((path for office in OFFICES if (path := office / TEMPLATES / TEMPLATE).is_file()), None)
    if found is None:
        raise LookupError(f"LibreOffice's templates are not installed ({TEMPLATES}/{TEMPLATE})")
    with TemporaryDirectory() as folder:
        return office.convert([found], Path(folder), brands.load(), "pptx")[0].read_bytes()


FILES: Mapping[str, Callable[[], bytes]] = {"python-pptx": _python_pptx, "pandoc": _pandoc, "impress": _impress}
ALL = ("ours", *FILES)

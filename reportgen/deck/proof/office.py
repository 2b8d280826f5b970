"""Runs LibreOffice and poppler: decks in, PDF files and pictures out. All their files lie in the caller's folder.

A deck's typefaces are often not on this machine. A private fontconfig file adds the brand's own and names for each
missing face one of the same widths, so that a picture breaks its lines where PowerPoint does.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
from collections.abc import Collection, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from reportgen.brand import Brand
from reportgen.system import interrupts
from reportgen.system.errors import FileError, Location

OFFICE, PAINTER = "soffice", "pdftoppm"
PACKAGES = {OFFICE: "libreoffice-impress-nogui", PAINTER: "poppler-utils"}
TIMEOUT, TIMEOUT_PER_DECK = 300.0, 60.0  # seconds


def require_tools(tools: Collection[str] = (OFFICE, PAINTER), what: str = "pictures of slides") -> None:
    """Raise FileError where LibreOffice or poppler is not installed; `what` needs them."""
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        packages, them = " ".join(PACKAGES[tool] for tool in missing), "it" if len(missing) == 1 else "them"
        message = f"{what} need {' and '.join(missing)}"
        raise FileError(message, hint=f"install {them}: apt install {packages}")


def convert(decks: Sequence[Path], folder: Path, brand: Brand, suffix: str) -> tuple[Path, ...]:
    """Convert decks to another format, such as "pdf", as files of the same names in `folder`, in one run of LibreOffice."""
    fonts = folder / "fonts.conf"
    fonts.write_text(build_font_config(brand, folder / "fonts"), encoding="utf-8")
    profile = (folder / "office").resolve().as_uri()
    command = [
        OFFICE,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--convert-to",
        suffix,
        "--outdir",
        str(folder),
    ]
    environment = {"FONTCONFIG_FILE": str(fonts), "TMPDIR": str(folder)}
    with interrupts.Cleanup(partial(_remove_socket, profile)):
        run_program([*command, *map(str, decks)], environment, TIMEOUT + TIMEOUT_PER_DECK * len(decks))
    converted = tuple(folder / f"{deck.stem}.{suffix}" for deck in decks)
    for deck, file in zip(decks, converted, strict=True):
        if not file.is_file():
            raise FileError(f"LibreOffice wrote no .{suffix} file", Location(str(deck)), "does it open in Impress?")
    return converted


def draw_pages(pdf: Path, folder: Path, dpi: int, *options: str) -> tuple[Path, ...]:
    """Draw the pages of a PDF as pictures in `folder`, in order; `options` are poppler's own, such as -png."""
    run_program([PAINTER, "-r", str(dpi), *options, str(pdf), str(folder / pdf.stem)], {}, TIMEOUT)
    return tuple(sorted(folder.glob(f"{pdf.stem}-*.p[np][gm]"), key=lambda path: int(path.stem.rpartition("-")[2])))


def build_font_config(brand: Brand, cache: Path) -> str:
    """Return a fontconfig file with the machine's fonts, the brand's, and those that replace missing ones of the same widths."""
    folders = dict.fromkeys(font.path.parent for font in brand.fonts)
    places = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    aliases = "".join(
        f'<alias binding="same"><family>{escape(family)}</family><prefer><family>{escape(same)}</family></prefer></alias>'
        for family, same in brand.metrics.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f'{aliases}<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{places}'
        f"<cachedir>{escape(str(cache))}</cachedir></fontconfig>"
    )


def run_program(command: Sequence[str], environment: dict[str, str], seconds: float) -> None:
    """Run a program for `seconds` at most, and end all that it started. Raise FileError where it fails."""
    with ExitStack() as stack:
        try:
            with interrupts.Hold():  # until there is somebody to end it
                process = subprocess.Popen(  # noqa: S603
                    command,
                    env={**os.environ, **environment},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    start_new_session=True,
                )
                stack.enter_context(interrupts.Cleanup(partial(_end_group, process)))
        except OSError as error:
            raise FileError(f"{command[0]} cannot be run: {error.strerror}") from None
        try:
            _, output = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise FileError(f"{command[0]} was stopped after {seconds:.0f} seconds", hint="try fewer slides") from None
    if process.returncode:
        lines = output.decode(errors="replace").strip().splitlines()
        raise FileError(f"{command[0]} failed ({process.returncode}){': ' + lines[-1] if lines else ''}")


def _remove_socket(profile: str) -> None:
    """Remove the socket that LibreOffice opens in /tmp, whatever TMPDIR says, and leaves there when it is killed."""
    digest = hashlib.md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)
    if hasattr(os, "getuid"):
        with suppress(OSError):
            os.unlink(f"/tmp/OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}")  # noqa: S108  # the name is LibreOffice's


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, with those that it has started, as LibreOffice does."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

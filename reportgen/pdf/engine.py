"""Strict HTML with its stylesheets, fonts and pictures -> PDF bytes, by WeasyPrint and nothing else.

The same input gives the same bytes on every machine: only fonts, pictures and stylesheets that were handed over are
served, no network, no other file, no font of the system. Whatever WeasyPrint would only log is an error here.
"""

from __future__ import annotations

import contextlib
import io
import logging
import mimetypes
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from msgspec import Struct, field

from reportgen.pdf.job import Attached, Job
from reportgen.pdf.page_extent import Extent, measure_pages
from reportgen.pdf.quickstart import quick
from reportgen.system.errors import Diagnostic, FileError, TemplateError, did_you_mean
from reportgen.system.resources import asset

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

    from reportgen.brand.fontfile import FontFile

BASE = "http://assets.invalid/"  # never looked up: names in the HTML stand below it, so no path of this machine shows
LIBRARIES = "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0, or your system's packages of these names"
VARIANT = "pdf/a-3a"


def render(job: Job, attached: Sequence[Attached] = (), dated: datetime | None = None) -> bytes:
    """The PDF: tagged, PDF/A-3a and PDF/UA-1. TemplateError for all that is missing or not understood."""
    check(job)
    return Press(job).lay_out().pdf(attached, dated)


def check(job: Job) -> None:
    """GlyphError for what none of its fonts can draw: asked before it is set, or meanwhile."""
    from reportgen.pdf import glyphs

    glyphs.require_glyphs(job.html, job.resources, job.fonts)


class Press:
    """A job made ready: its fonts loaded, its markup parsed; to be laid out as often as is needed."""

    def __init__(self, job: Job) -> None:
        self.job = job
        blank = {name: _blank(*size) for name, size in job.drawings.items()}
        self.served = Served({**job.resources, **blank, **_font_bytes(job.fonts)}, job.folders)
        self.weasyprint = _weasyprint()
        with self.working():
            from weasyprint.css.counters import CounterStyle
            from weasyprint.text.fonts import FontConfiguration

            from reportgen.pdf.stylesheets import StrictDocument

            self.fetcher = _fetcher(self.served)
            self.shared = {"font_config": FontConfiguration(), "counter_style": CounterStyle(), "color_profiles": {}}
            self.faces = self._css(_font_faces(job.fonts))
            self.html = StrictDocument(job.html, BASE, self.fetcher)
            self.linked = list(self._linked(self.html.linked))

    @contextlib.contextmanager
    def working(self) -> Iterator[None]:
        with _gate(self.served), _private_fonts():
            yield

    def lay_out(self, stylesheet: str = "") -> Sheets:
        """The job in pages; `stylesheet` is laid over the job's own, below all linked sheets."""
        with self.working():
            self.html.below = (self.faces, self._css(self.job.stylesheet + stylesheet))
            images: dict[str, Any] = {}
            document = self.html.render(
                stylesheets=self.linked, pdf_variant=VARIANT, pdf_forms=True, cache=images, **self.shared
            )
        return Sheets(self, document, measure_pages(document.pages), images)

    def _css(self, text: str) -> Any:
        return self.weasyprint.CSS(string=text, base_url=BASE, url_fetcher=self.fetcher, **self.shared)

    def _linked(self, urls: Iterable[str]) -> Iterator[Any]:
        """The sheets under these addresses; one that is not served is told when work ends."""
        from reportgen.pdf.stylesheets import load_sheet

        for url in urls:
            with contextlib.suppress(LookupError):
                yield load_sheet(url, self.served.get(url), BASE, self.fetcher, self.shared)


class Sheets(Struct, frozen=True):
    """A document laid out in pages and measured, not yet written."""

    press: Press
    document: Any
    extent: Extent
    images: Mapping[str, Any]
    """By their addresses."""

    def pdf(
        self,
        attached: Sequence[Attached] = (),
        dated: datetime | None = None,
        drawings: Mapping[str, bytes] | None = None,
    ) -> bytes:
        """The PDF's bytes, with the job's `drawings`.

        Attached files carry the date that is given, for the clock's would be another each time.
        """
        from reportgen.pdf.finishing.finish import finish

        files = [
            self.press.weasyprint.Attachment(
                string=each.data, name=each.name, description=each.about, relationship=each.relation,
                created=dated, modified=dated, url_fetcher=self.press.fetcher,
            )
            for each in sorted(attached, key=lambda each: each.name)
        ]  # fmt: skip
        with self.press.working():
            for name, drawing in (drawings or {}).items():
                self._show(name, drawing)
            pdf: bytes = self.document.write_pdf(
                pdf_variant=VARIANT,
                pdf_forms=True,
                attachments=files,
                finisher=partial(finish, rights=self.press.job.rights),
            )
        return pdf

    def _show(self, name: str, drawing: bytes) -> None:
        """An SVG in the place of the blank one, which was laid out: WeasyPrint draws pictures when it writes."""
        url = BASE + name
        if image := self.images.get(url):
            image.__init__(ElementTree.fromstring(drawing), url, self.press.fetcher, image._context)  # noqa: S314  # ours


def _blank(width: float, height: float) -> bytes:
    """An SVG without content, its size in points as matplotlib writes it."""
    wide, high = (f"{length:f}".rstrip("0").rstrip(".") for length in (width, height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}pt" height="{high}pt" viewBox="0 0 {wide} {high}"/>'
    ).encode()


class Served(Struct, frozen=True):
    """What a PDF may ask for; `refused` keeps the names that it asked for in vain."""

    contents: Mapping[str, bytes]
    folders: tuple[Path, ...] = ()
    refused: list[str] = field(default_factory=list)

    def get(self, url: str) -> bytes:
        """The content under a URL below BASE; LookupError for any other."""
        name = unquote(urlsplit(url).path).lstrip("/")
        if url.startswith(BASE):
            if name in self.contents:
                return self.contents[name]
            for folder in self.folders:
                path = (folder / name).resolve()
                if path.is_relative_to(folder.resolve()) and path.is_file():
                    return path.read_bytes()
        self.refused.append(name if url.startswith(BASE) else url)
        raise LookupError(name)

    def diagnostics(self) -> Iterator[Diagnostic]:
        for name in dict.fromkeys(self.refused):
            outside = urlsplit(name).scheme
            hint = "put the file into the brief's folder" if outside else did_you_mean(name, self.contents)
            reason = "is not served: a PDF is made without network" if outside else "does not exist"
            yield Diagnostic(f'the file "{name}" {reason}', hint=hint or "put the file into the brief's folder")


def _font_bytes(fonts: tuple[FontFile, ...]) -> dict[str, bytes]:
    try:
        return {_font_name(number, font): font.path.read_bytes() for number, font in enumerate(fonts)}
    except OSError as error:
        raise TemplateError(f"the font file cannot be read: {error.strerror}: {error.filename}") from None


def _font_name(number: int, font: FontFile) -> str:
    return f"fonts/{number}{font.path.suffix}"


def _font_faces(fonts: tuple[FontFile, ...]) -> str:
    """One @font-face rule a file; the names tell nothing of the machine."""
    return "".join(
        f'@font-face{{font-family:"{font.family}";font-weight:{font.weight};'
        f'font-style:{"italic" if font.italic else "normal"};src:url("{_font_name(number, font)}")}}\n'
        for number, font in enumerate(fonts)
    )


def start() -> None:
    """What takes a while before the first page is laid out, for when there is nothing else to do."""
    _weasyprint()
    from reportgen.pdf import stylesheets  # all are needed

    for url, path in stylesheets.list_bundled_sheets(BASE).items():
        stylesheets.load_bundled_sheet(url, path)


@cache
def _weasyprint() -> Any:
    """Imported as late as can be, for it takes a third of a second, and kept from printing to our stdout."""
    try:
        with _private_fonts(), quick(), contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it expects fonts of the system and means to say that there are none
            import weasyprint
            from weasyprint.text.ffi import harfbuzz_subset
    except OSError as error:
        raise FileError(f"WeasyPrint misses a library of the system: {error}", hint=LIBRARIES) from None
    if harfbuzz_subset is None:  # it would go on with fontTools, and write other bytes than elsewhere
        raise FileError("WeasyPrint misses the library harfbuzz-subset", hint=LIBRARIES)
    return weasyprint


@contextlib.contextmanager
def _private_fonts() -> Iterator[None]:
    """Fontconfig reads its file's name from the environment, at import and once a document.

    The environment is put back afterwards: matplotlib and LibreOffice ask fontconfig too, and want the system's fonts.
    """
    private = {
        "FONTCONFIG_FILE": str(asset("fonts", "fonts.conf")),
        "FONTCONFIG_SYSROOT": None,
        "FONTCONFIG_PATH": None,
    }
    before = {name: os.environ.get(name) for name in private}
    _set_environment(private)
    try:
        yield
    finally:
        _set_environment(before)


def _set_environment(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def _fetcher(served: Served) -> URLFetcher:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyServed(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Knows no protocol at all: every URL is a name among the contents that were handed over."""

        _fail_on_errors = False

        def __init__(self) -> None:
            """No handler is opened: the base class would prepare HTTP, FTP and TLS."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
            content_type = mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, served.get(url), {"Content-Type": content_type})

    return OnlyServed()


@contextlib.contextmanager
def _gate(served: Served) -> Iterator[None]:
    """Turns every warning of the renderer into an error: what it only logs is missing from the PDF."""
    records = _Records()
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(records)
        logger.setLevel(logging.WARNING)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, (level, propagate) in zip(loggers, before, strict=True):
            logger.removeHandler(records)
            logger.setLevel(level)
            logger.propagate = propagate
    if problems := [*served.diagnostics(), *records.diagnostics(served)]:
        raise TemplateError(problems)


class _Records(logging.Handler):
    """Keeps what was logged, each message once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        self.messages[record.getMessage()] = None

    def diagnostics(self, served: Served) -> Iterator[Diagnostic]:
        for message in self.messages:
            if not any(name in message for name in served.refused):  # told already, with a hint
                yield Diagnostic(f"the layout engine: {message}", hint="mend the template or its stylesheet")

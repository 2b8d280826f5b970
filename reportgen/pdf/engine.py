"""Strict HTML with its stylesheets, fonts and pictures to PDF bytes, by WeasyPrint.

The same input gives the same bytes on every machine: only fonts, pictures and stylesheets that were passed in are
served; no network, no other file, no system font. Everything that WeasyPrint would only log is an error here.

Neither WeasyPrint nor Pango is safe with several threads, so one lock guards both: threads may render at the same time,
and take turns.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import mimetypes
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from msgspec import Struct, field

from reportgen.brand.pictures import check_picture, decode_data
from reportgen.markup.style_limits import check_stylesheet
from reportgen.pdf.job import Attached, Job
from reportgen.pdf.page_extent import Extent, measure_pages
from reportgen.system.errors import Diagnostic, FileError, Location, TemplateError, did_you_mean
from reportgen.system.files import follow_links
from reportgen.system.resources import asset
from reportgen.system.seals import seal_pdf
from reportgen.text.korean_words import keep_words

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

    from reportgen.brand.fontfile import FontFile

BASE = "http://assets.invalid/"  # names in the HTML are relative to it, so no path of this machine shows; it is never looked up
LIBRARIES = "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0, or your system's packages of these names"
VARIANT = "pdf/a-3a"
FOOT_ROOMS = (15, 22, 30, 40)  # points above a designation block; marking.css has 9
SONAMES = ("libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libfontconfig.so.1")


_lock = threading.RLock()


class Press:
    """A job whose fonts are loaded and whose markup is parsed: it can be laid out as often as is needed."""

    def __init__(self, job: Job) -> None:
        self.job = job
        blank = {name: _blank(*size) for name, size in job.drawings.items()}
        self.served = Served({**job.resources, **blank, **_font_bytes(job.fonts)}, job.folders)
        self.weasyprint = import_weasyprint()
        with self.working():
            from weasyprint.css.counters import CounterStyle

            from reportgen.pdf.private_fonts import load_private_fonts
            from reportgen.pdf.stylesheets import StrictDocument

            self.fetcher = _fetcher(self.served)
            self.shared = {"font_config": load_private_fonts(), "counter_style": CounterStyle(), "color_profiles": {}}
            self.faces = self._css(_font_faces(job.fonts))
            self.html = StrictDocument(keep_words(job.html), BASE, self.fetcher)
            self.linked = list(self._linked(self.html.linked))

    @contextlib.contextmanager
    def working(self) -> Iterator[None]:
        """Hold the lock, and raise TemplateError at the end for everything that WeasyPrint complained of."""
        with _lock, _gate(self.served):
            try:
                yield
            except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
                if not self.served.foreign:
                    raise
                message = f"the layout engine fails on this stylesheet: {type(error).__name__}: {error}"
                raise TemplateError(message, Location(next(iter(self.served.foreign)))) from None

    def lay_out(self, stylesheet: str = "") -> Sheets:
        """Lay the job out in pages; `stylesheet` is added to the job's own, below all linked sheets.

        WeasyPrint moves what floats to a page's foot to the next page, if a paragraph could not be broken otherwise. A
        designation block has to stay on the first page, so such a page is laid out again with a little less room.
        """
        sheets = self._lay_out(stylesheet, self.linked)
        for room in FOOT_ROOMS if sheets.extent.is_designation_late else ():
            less = self._css(f"@page :first {{ @footnote {{ padding-top: {room}pt }} }}")
            again = self._lay_out(stylesheet, [*self.linked, less])
            if not again.extent.is_designation_late:
                return again
        return sheets

    def _lay_out(self, stylesheet: str, linked: Sequence[Any]) -> Sheets:
        with self.working():
            self.html.below = (self.faces, self._css(self.job.stylesheet + stylesheet))
            images: dict[str, Any] = {}
            document = self.html.render(
                stylesheets=linked, pdf_variant=VARIANT, pdf_forms=True, cache=images, **self.shared
            )
        return Sheets(self, document, measure_pages(document.pages), images)

    def _css(self, text: str) -> Any:
        return self.weasyprint.CSS(string=text, base_url=BASE, url_fetcher=self.fetcher, **self.shared)

    def _linked(self, urls: Iterable[str]) -> Iterator[Any]:
        """Yield the sheets under these addresses; one that is not served is reported when `working` ends."""
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
    """The pictures by address."""

    def pdf(
        self,
        attached: Sequence[Attached] = (),
        dated: datetime | None = None,
        drawings: Mapping[str, bytes] | None = None,
    ) -> bytes:
        """Return the PDF's bytes, with the job's `drawings`; attached files are `dated`, for the clock differs each time."""
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
        return seal_pdf(pdf)

    def _show(self, name: str, drawing: bytes) -> None:
        """Put an SVG in the place of the blank one that was laid out: WeasyPrint draws pictures when it writes."""
        url = BASE + name
        if image := self.images.get(url):
            image.__init__(ElementTree.fromstring(drawing), url, self.press.fetcher, image._context)  # noqa: S314  # ours


def _blank(width: float, height: float) -> bytes:
    """Return an SVG without content, its size in points as matplotlib writes it."""
    wide, high = (f"{length:f}".rstrip("0").rstrip(".") for length in (width, height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}pt" height="{high}pt" viewBox="0 0 {wide} {high}"/>'
    ).encode()


class Served(Struct, frozen=True):
    """The files that a document may ask for.

    `refused` keeps the names of all others that it asked for, `damaged` the faults of pictures and stylesheets beside the
    brief.
    """

    contents: Mapping[str, bytes]
    folders: tuple[Path, ...] = ()
    refused: list[str] = field(default_factory=list)
    damaged: dict[str, TemplateError] = field(default_factory=dict)
    foreign: dict[str, None] = field(default_factory=dict)
    """The stylesheets beside the brief that were asked for."""

    def get(self, url: str) -> bytes:
        """Return the content under a URL below BASE. Raises LookupError for any other."""
        name = unquote(urlsplit(url).path).lstrip("/")
        if url.startswith("data:image/"):
            return self._check(url[:60], decode_data(url))
        if url.startswith(BASE):
            if name in self.contents:
                return self.contents[name]
            for folder in self.folders:
                path = follow_links(folder / name)
                if path.is_relative_to(folder.resolve()) and path.is_file():
                    return self._check(name, path.read_bytes(), str(path))
        self.refused.append(name if url.startswith(BASE) else url)
        raise LookupError(name)

    def _check(self, name: str, data: bytes, path: str = "") -> bytes:
        """Return a file's content; a picture is checked first, and so is a stylesheet that is not ours."""
        kind = mimetypes.guess_type(name)[0] or ""
        is_style = kind == "text/css" and not Path(path).is_relative_to(asset())
        if not path or kind.startswith("image/") or is_style:
            try:
                if is_style:
                    self.foreign[path] = None
                    check_stylesheet(data, path)
                else:
                    check_picture(data, path or name)
            except TemplateError as error:
                self.damaged[name] = error
                raise LookupError(name) from None
        return data

    def diagnostics(self) -> Iterator[Diagnostic]:
        for error in self.damaged.values():
            yield from error.diagnostics
        for name in dict.fromkeys(self.refused):
            outside = urlsplit(name).scheme
            hint = "put the file into the brief's folder" if outside else did_you_mean(name, self.contents)
            reason = "is not served: PDFs are made without network access" if outside else "does not exist"
            yield Diagnostic(f'the file "{name}" {reason}', hint=hint or "put the file into the brief's folder")


def _font_bytes(fonts: tuple[FontFile, ...]) -> dict[str, bytes]:
    try:
        return {_font_name(number, font): font.path.read_bytes() for number, font in enumerate(fonts)}
    except OSError as error:
        raise TemplateError(f"the font file cannot be read: {error.strerror}: {error.filename}") from None


def _font_name(number: int, font: FontFile) -> str:
    return f"fonts/{number}{font.path.suffix}"


def _font_faces(fonts: tuple[FontFile, ...]) -> str:
    """Return one @font-face rule a file, under names that say nothing of the machine."""
    return "".join(
        f'@font-face{{font-family:"{font.family}";font-weight:{font.weight};'
        f'font-style:{"italic" if font.italic else "normal"};src:url("{_font_name(number, font)}")}}\n'
        for number, font in enumerate(fonts)
    )


def start() -> None:
    """Import WeasyPrint the fast way and read our stylesheets, in a process of the command line that will typeset."""
    from reportgen.pdf.quickstart import postponed, stored_declarations
    from reportgen.system.cache import Cache

    subsetter = ("fontTools.subset", "fontTools.varLib", "fontTools.varLib.instancer")
    with stored_declarations(Cache.of_user("declarations")), postponed(*subsetter):
        import_weasyprint()
    from reportgen.pdf import stylesheets
    from reportgen.pdf.finishing import designation, finish, text_tags, xmp_metadata  # noqa: F401  # the first page needs them all

    for url, path in stylesheets.list_bundled_sheets(BASE).items():
        stylesheets.load_bundled_sheet(url, path)


def import_weasyprint() -> Any:
    """Return the module `weasyprint`, imported late, for it takes a third of a second. Raises FileError."""
    with _lock:
        _require_libraries()
        try:
            import weasyprint
            from weasyprint.text.ffi import harfbuzz_subset
        except OSError as error:
            raise FileError(f"WeasyPrint misses a library of the system: {error}", hint=LIBRARIES) from None
        if harfbuzz_subset is None:  # it would go on with fontTools, and write other bytes than elsewhere
            raise FileError("WeasyPrint misses the library harfbuzz-subset", hint=LIBRARIES)
        return weasyprint


@cache
def _require_libraries() -> None:
    """Raise FileError for a missing library, before WeasyPrint prints its own advice to the host's stdout."""
    if sys.platform == "linux":  # elsewhere libraries have other names and places, which WeasyPrint knows
        for name in SONAMES:
            try:
                ctypes.CDLL(name)
            except OSError as error:
                raise FileError(f"WeasyPrint misses a library of the system: {error}", hint=LIBRARIES) from None


def _fetcher(served: Served) -> URLFetcher:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyServed(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Serves the files that were passed in, and knows no protocol."""

        _fail_on_errors = False

        def __init__(self) -> None:
            """Open no handler: the base class would prepare HTTP, FTP and TLS."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
            content_type = mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, served.get(url), {"Content-Type": content_type})

    return OnlyServed()


@contextlib.contextmanager
def _gate(served: Served) -> Iterator[None]:
    """Turn every warning that WeasyPrint logs in this thread into an error: what it warns of is missing from the PDF."""
    records = _Records()
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addFilter(records.take)
        logger.setLevel(min(logger.getEffectiveLevel(), logging.WARNING))
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeFilter(records.take)
            logger.setLevel(level)
    if problems := [*served.diagnostics(), *records.diagnostics(served)]:
        raise TemplateError(problems)


class _Records:
    """The warnings that one thread has logged, each message once."""

    def __init__(self) -> None:
        self.messages: dict[str, None] = {}
        self.thread = threading.get_ident()

    def take(self, record: logging.LogRecord) -> bool:
        """Keep a record of our thread and stop it there; let any other pass."""
        if record.thread != self.thread:
            return True
        if record.levelno >= logging.WARNING:
            self.messages[record.getMessage()] = None
        return False

    def diagnostics(self, served: Served) -> Iterator[Diagnostic]:
        for message in self.messages:
            if not any(name in message for name in (*served.refused, *served.damaged)):  # reported already, with a hint
                yield Diagnostic(f"the layout engine: {message}", hint="correct the template or its stylesheet")

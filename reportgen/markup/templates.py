"""Fill in Jinja templates: sandboxed, with everything escaped and every name required to exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reportgen.system import resources
from reportgen.system.errors import Location, ReportgenError, TemplateError
from reportgen.text.blocks import BlockError

MOST_PRINTED = 1_500_000
"""Letters of a document on paper, markup included: some 300 pages, which take a minute to lay out."""


def template_folders(brief_folder: Path | None) -> tuple[Path, ...]:
    """Return the folders to search for templates, file by file: `templates/` beside the brief first, then ours."""
    own = brief_folder / "templates" if brief_folder else None
    return (*([own] if own and own.is_dir() else []), resources.template_folder())


def render_template(
    template: str,
    folders: Sequence[Path],
    filters: Mapping[str, Callable[..., Any]],
    escape: bool = True,
    most_printed: int = MOST_PRINTED,
    **context: Any,
) -> str:
    """Fill in one template, as plain text without `escape`; raise TemplateError with file and line."""
    return load_template(template, folders, filters, escape, most_printed)(**context)


def load_template(
    template: str,
    folders: Sequence[Path],
    filters: Mapping[str, Callable[..., Any]],
    escape: bool = True,
    most_printed: int = MOST_PRINTED,
) -> Callable[..., str]:
    """Return a function that fills in a template from keyword arguments, as often as it is called.

    `most_printed` limits the letters of what it returns. Loading and filling in both raise TemplateError with file and line.
    """
    from jinja2 import StrictUndefined

    from reportgen.markup.sandbox import Sandbox
    from reportgen.markup.template_files import TEMPLATE_CACHE, TemplateLoader
    from reportgen.markup.views import freeze

    environment = Sandbox(
        filters,
        most_printed,
        loader=TemplateLoader([str(folder) for folder in folders]),
        autoescape=escape,
        undefined=StrictUndefined,
        bytecode_cache=TEMPLATE_CACHE,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    with _wrap_errors(template, folders):
        loaded = environment.get_template(template)

    def fill_in(**context: Any) -> str:
        values = {name: freeze(value) for name, value in context.items()}
        environment.meter.restart()  # the limits hold for each text
        with _wrap_errors(template, folders):
            return str(loaded.render(**values))

    return fill_in


@contextmanager
def _wrap_errors(template: str, folders: Sequence[Path]) -> Iterator[None]:
    """Raise whatever a template does wrong as TemplateError with its place."""
    from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError, UndefinedError

    try:
        yield
    except ReportgenError:
        raise
    except TemplateNotFound as error:
        hint = "looked in " + ", ".join(map(str, folders))
        raise TemplateError(f'there is no template "{error.name}"', _locate(error, folders), hint) from None
    except TemplateSyntaxError as error:
        where = Location(error.filename or error.name or _find_file(template, folders), error.lineno)
        raise TemplateError(error.message or "not a template", where) from None
    except Exception as error:
        place = _locate(error, folders)
        match error:
            case UndefinedError():
                message = str(error.message)
            case BlockError():
                message = str(error)
            case SecurityError():
                message = f"not allowed in a template: {error}"
            case RecursionError():
                message = "the template, or a macro in it, calls itself without end"
            case SyntaxError() | MemoryError() | OverflowError():
                message = "the template is nested too deeply, or has too large a number"
            case _ if place is None and _is_ours(error):
                raise
            case _:
                message = f"{type(error).__name__}: {error}"
        raise TemplateError(message, place or Location(_find_file(template, folders))) from None


def _is_ours(error: BaseException) -> bool:
    """Return True if an error was raised in a module of ours: then it is a fault of the program."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return bool(trace and Path(trace.tb_frame.f_code.co_filename).is_relative_to(Path(__file__).parent.parent))


def _find_file(template: str, folders: Sequence[Path]) -> str:
    return next((str(folder / template) for folder in folders if (folder / template).is_file()), template)


def _locate(error: BaseException, folders: Sequence[Path]) -> Location | None:
    """Return the innermost line of a template in the traceback; None when the error is in one of our own modules."""
    trace, place = error.__traceback__, None
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if any(name.startswith(str(folder)) for folder in folders):
            place = Location(name, trace.tb_lineno)
        trace = trace.tb_next
    return place

"""The Jinja environment: sandboxed, everything escaped, every name must exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reportgen.system import resources
from reportgen.system.errors import Location, ReportgenError, TemplateError


def template_folders(beside: Path | None) -> tuple[Path, ...]:
    """Where templates are looked for: the folder beside the brief first, file by file, then ours."""
    own = beside / "templates" if beside else None
    return (*([own] if own and own.is_dir() else []), resources.template_folder())


def render_template(
    template: str,
    folders: Sequence[Path],
    filters: Mapping[str, Callable[..., Any]],
    escape: bool = True,
    **context: Any,
) -> str:
    """One template as text; without `escape` it is plain text and no markup. Raises TemplateError with file and line."""
    return load_template(template, folders, filters, escape)(**context)


def load_template(
    template: str, folders: Sequence[Path], filters: Mapping[str, Callable[..., Any]], escape: bool = True
) -> Callable[..., str]:
    """A template to be filled in many times: what it makes of a context, as text. Both raise TemplateError."""
    from jinja2 import StrictUndefined

    from reportgen.markup.sandbox import TEMPLATE_CACHE, Sandbox, TemplateLoader

    environment = Sandbox(
        loader=TemplateLoader([str(folder) for folder in folders]),
        autoescape=escape,
        undefined=StrictUndefined,
        bytecode_cache=TEMPLATE_CACHE,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    with _told(template, folders):
        loaded = environment.get_template(template)

    def filled(**context: Any) -> str:
        environment.steps = 0  # each text has its own
        with _told(template, folders):
            return loaded.render(**context)

    return filled


@contextmanager
def _told(template: str, folders: Sequence[Path]) -> Iterator[None]:
    """Whatever a template did wrong as a TemplateError with its place."""
    from jinja2 import TemplateError as JinjaError
    from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError, UndefinedError

    try:
        yield
    except TemplateNotFound as error:
        raise TemplateError(
            f'there is no template "{error.name}"', hint="looked in " + ", ".join(map(str, folders))
        ) from None
    except TemplateSyntaxError as error:
        raise TemplateError(
            error.message or "not a template", Location(error.filename or error.name or template, error.lineno)
        ) from None
    except UndefinedError as error:
        raise TemplateError(str(error.message), _place(error, folders) or Location(template)) from None
    except SecurityError as error:
        raise TemplateError(
            f"not allowed in a template: {error}", _place(error, folders) or Location(template)
        ) from None
    except ReportgenError:
        raise
    except RecursionError as error:
        raise TemplateError(
            "the template, or a macro in it, goes on calling itself", _place(error, folders) or Location(template)
        ) from None
    except (JinjaError, TypeError, ValueError, KeyError, AttributeError, ArithmeticError) as error:
        place = _place(error, folders)
        if place is None:
            raise
        raise TemplateError(f"{type(error).__name__}: {error}", place) from None


def _place(error: BaseException, folders: Sequence[Path]) -> Location | None:
    """The innermost line of a template in the error's traceback; None when one of our own modules is at fault."""
    trace, place = error.__traceback__, None
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if any(name.startswith(str(folder)) for folder in folders):
            place = Location(name, trace.tb_lineno)
        trace = trace.tb_next
    return place

"""The values that templates read: views made of texts, numbers, dates, lists, and functions that a class lists.

A template never gets an object of the program. `freeze` copies what may be read into a `View`: the names in a class's
`template_names`, or all of its fields where it has `template_extras`, and those besides. A list becomes a tuple, a mapping
cannot be changed, and a value of a class that lists nothing is refused, so that no object gets through by mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NoReturn

from msgspec import Struct

from reportgen.input.field_types import Model
from reportgen.text.numbers import PartialDate
from reportgen.text.trace import find_origin, trace

SCALARS = (str, bool, int, float, type(None), date, PartialDate)


class View:
    """Named values, which nobody can change. `type_name` is what error messages call it: "brief", "topic"."""

    __slots__ = ("_origin", "_type_name", "_values")

    def __init__(self, type_name: str, values: Mapping[str, Any], origin: str = "") -> None:
        object.__setattr__(self, "_type_name", type_name)
        object.__setattr__(self, "_origin", origin)
        object.__setattr__(self, "_values", MappingProxyType(dict(values)))

    def __getattr__(self, name: str) -> Any:
        """Return a value by name, for the sandbox, and for filters and functions of ours that are given a view."""
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a view cannot be changed: {name}")

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __repr__(self) -> str:
        return str(self._type_name)


class Listed:
    """A function that templates may call, such as a method, or one of Jinja's."""

    __slots__ = ("_function", "name")

    def __init__(self, function: Callable[..., Any], name: str) -> None:
        self._function, self.name = function, name

    def __call__(self, *args: Any, **more: Any) -> Any:
        return self._function(*args, **more)

    def __repr__(self) -> str:
        return f"<function {self.name}>"


class Function(Listed):
    """A function of ours; what it returns is frozen, and a text comes from where the values that it is called with do."""

    __slots__ = ()

    def __call__(self, *args: Any, **more: Any) -> Any:
        result = freeze(super().__call__(*args, **more))
        if not isinstance(result, str):
            return result
        return trace(result, " ".join(filter(None, map(read_origin, (*args, *more.values())))))


def read_origin(value: Any) -> str:
    """Return the paths of the brief that a template's value comes from; "" where it is not traced."""
    return str(value._origin) if isinstance(value, View) else find_origin(value)


def freeze(value: Any) -> Any:
    """Return a value as templates may have it.

    Raises
    ------
    TypeError
        for a value of a class that lists nothing for templates: a fault of the calling code.
    """
    match value:
        case View() | Function():
            return value
        case _ if isinstance(value, SCALARS):
            return value
        case list() | tuple():
            return tuple(freeze(item) for item in value)
        case Mapping():
            return MappingProxyType({key: freeze(item) for key, item in value.items()})
        case Model() | Struct():
            names = _list_names(type(value))
            origin = getattr(value, "_origin", "")
            values = {name: freeze(getattr(value, name)) for name in names}
            if origin:
                numbers = {name: item for name, item in values.items() if type(item) is int}
                values |= {name: trace(item, f"{origin}.{name}") for name, item in numbers.items()}
            return View(type(value).__name__.lower(), values, origin)
        case _ if callable(value):
            return Function(value, getattr(value, "__name__", type(value).__name__))
    raise TypeError(f"a template cannot read a value of the type {type(value).__name__}")


def _list_names(kind: type) -> tuple[str, ...]:
    """Return the names that a class lists for templates."""
    names: tuple[str, ...] | None = getattr(kind, "template_names", None)
    if names is not None:
        return names
    extras: tuple[str, ...] | None = getattr(kind, "template_extras", None)
    if extras is None:
        raise TypeError(f"{kind.__name__} lists nothing for templates")
    return (*getattr(kind, "model_fields", ()), *getattr(kind, "__struct_fields__", ()), *extras)

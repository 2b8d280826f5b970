"""The environment that templates run in: they read listed names, call listed functions and filters, and cannot work without end.

Jinja's own sandbox lets every public attribute through and limits nothing but `range`. Here a name is readable only if
the table of its value's class has it, and each loop, call, filter and operator is counted (`work_limits.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial, wraps
from string import Formatter
from types import GeneratorType
from typing import Any, cast

from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.nodes import EvalContext, Node
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference, Undefined
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace, pass_eval_context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from reportgen.markup.views import Function, Listed, View, read_origin
from reportgen.markup.work_limits import MOST_ITEMS, MOST_STEPS, WorkMeter, require_short_text
from reportgen.system.errors import did_you_mean
from reportgen.text.trace import join_origins, mark_traced, trace

FILTER_NAMES = frozenset(
    ["abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "forceescape", "groupby", "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "safe", "select", "selectattr", "sort", "string", "title", "trim", "truncate", "unique", "upper", "urlencode", "wordcount"]
)  # fmt: skip
"""Jinja's filters that templates may use, besides ours. Not among them: those that look up attributes by any name, print
objects, draw at random, or make a long text of a short one."""
OF_TEXTS = frozenset(
    [
        "capitalize",
        "e",
        "escape",
        "forceescape",
        "lower",
        "replace",
        "safe",
        "string",
        "title",
        "trim",
        "truncate",
        "upper",
        "wordcount",
    ]
)
"""Filters that would print any value first."""
METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset(
        ["capitalize", "count", "endswith", "find", "format", "isalpha", "isdigit", "lower", "lstrip", "removeprefix", "removesuffix", "replace", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper"]
    ),
    dict: frozenset({"get", "items", "keys", "values"}),
    tuple: frozenset({"count", "index"}),
}  # fmt: skip
FIELDS: Mapping[type, frozenset[str]] = {
    date: frozenset({"year", "month", "day"}),
    LoopContext: frozenset(
        [
            "index",
            "index0",
            "revindex",
            "revindex0",
            "first",
            "last",
            "length",
            "depth",
            "depth0",
            "previtem",
            "nextitem",
            "cycle",
            "changed",
        ]
    ),
    Cycler: frozenset({"next", "current", "reset"}),
}


CALLABLE = (Listed, Macro, BlockReference, LoopContext, Cycler, Joiner, Undefined)
PRINTABLE = (str, int, float, Undefined)


class Sandbox(SandboxedEnvironment):
    """Jinja, closed to everything but views and what the tables above list, with limits on work."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self, filters: Mapping[str, Callable[..., Any]], most_printed: int, **options: Any) -> None:
        super().__init__(**options, finalize=_print)
        self.meter = WorkMeter(most_printed)
        self.concat = self.meter.join  # type: ignore[method-assign]  # Jinja joins all that is printed with it
        listed = {name: FILTERS[name] for name in FILTER_NAMES} | {"join": _join, "replace": _replace}
        own = {name: Function(function, name) for name, function in filters.items()}
        self.filters = {name: self._limit(function, name in OF_TEXTS) for name, function in (listed | own).items()}
        self.filters |= {
            "_counted": self.meter.count_steps,
            "_joined": self._join_operands,
            "_limited": self.meter.check,
        }
        makers: dict[str, Callable[..., Any]] = {
            "range": _make_range,
            "dict": dict,
            "namespace": Namespace,
            "cycler": Cycler,
            "joiner": Joiner,
        }
        self.globals = {name: Listed(function, name) for name, function in makers.items()}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what a template reads as `obj.attribute`, or an undefined value that says why it cannot."""
        match obj:
            case View():
                if attribute in obj:
                    return getattr(obj, attribute)
                return self._refuse(obj, attribute)
            case Undefined():
                return obj._fail_with_undefined_error()
            case Namespace() if not attribute.startswith("_"):
                return self._read(obj, attribute)
            case TemplateModule() if not attribute.startswith("_"):
                return vars(obj).get(attribute, self.undefined(obj=obj, name=attribute))
            case TemplateReference() if not attribute.startswith("_"):
                return self.getitem(obj, attribute)
        for kind, names in FIELDS.items():
            if isinstance(obj, kind) and attribute in names:
                value = self._read(obj, attribute)
                return self._wrap(value, attribute) if callable(value) else value
        if function := self._find_method(obj, attribute):
            return function
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return self._refuse(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return what a template reads as `obj[argument]`."""
        if isinstance(obj, View):
            return self.getattr(obj, str(argument))
        if isinstance(obj, str | tuple | list | Mapping | TemplateReference):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                return self.undefined(obj=obj, name=argument)
        return self.getattr(obj, argument) if isinstance(argument, str) else self.undefined(obj=obj, name=argument)

    def call(__self, __context: Context, __obj: Any, *args: Any, **more: Any) -> Any:  # noqa: N805  # Jinja's names
        """Call a macro, a block or a listed function."""
        if not isinstance(__obj, CALLABLE):
            raise SecurityError(f"{_name(__obj)} cannot be called")
        __self.meter.count_step()
        return __self.meter.check(__context.call(cast("Callable[..., Any]", __obj), *args, **more))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002  # Jinja's signature
        """Calculate, if the result is small."""
        match operator:
            case "**":
                raise SecurityError("** is not available: calculate in a fact's formula")
            case "%" if isinstance(left, str):
                raise SecurityError("% does not format texts here: write {name} and .format(name=…)")
            case "*":
                for items, times in ((left, right), (right, left)):
                    if hasattr(items, "__len__") and isinstance(times, int) and len(items) * times > MOST_ITEMS:
                        raise SecurityError(f"a text or list repeated to more than {MOST_ITEMS:,} items")
            case "+" if isinstance(left, str) and isinstance(right, str):
                require_short_text(len(left) + len(right))
            case "+" if isinstance(left, list | tuple) and isinstance(right, list | tuple):
                if len(left) + len(right) > MOST_ITEMS:
                    raise SecurityError(f"a list of more than {MOST_ITEMS:,} items")
                left, right = tuple(left), tuple(right)
        return self.meter.check(self.binop_table[operator](left, right))

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Any:  # noqa: A002  # Jinja's name
        """Count each file that a template includes, imports or extends."""
        self.meter.count_step()
        return super().get_template(name, parent, globals)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Count the steps of loops and the letters that `~` joins; Jinja calls this hook to parse a template."""
        tree = super()._parse(source, name, filename)
        _Metering().visit(tree)
        return tree

    def _limit(self, function: Callable[..., Any], of_text: bool = False) -> Callable[..., Any]:
        """Count what a filter reads and writes."""
        meter, skipped = self.meter, 1 if hasattr(function, "jinja_pass_arg") else 0

        @wraps(function)  # with the mark for filters that get the environment or the context first
        def run(*args: Any, **more: Any) -> Any:
            if of_text:
                _require_printable(args[skipped])
            meter.weigh(args[skipped:])
            value = function(*args, **more)
            if isinstance(value, str) and len(args) > skipped:
                value = trace(value, read_origin(args[skipped]))
            return meter.count_steps(value) if isinstance(value, GeneratorType) else meter.check(value)

        return run

    def _read(self, obj: Any, attribute: str) -> Any:
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return self.undefined(obj=obj, name=attribute)

    def _find_method(self, obj: Any, name: str) -> Listed | None:
        """Return a listed method of a text, a list or a mapping; None if there is none of this name."""
        if isinstance(obj, str) and name in METHODS[str]:
            checked = {"format": _fill_in, "replace": _replace_text}.get(name)
            return self._wrap(partial(checked, obj) if checked else getattr(obj, name), name)
        if isinstance(obj, Mapping) and name in METHODS[dict]:
            return Listed(getattr(obj, name), name)
        if isinstance(obj, list | tuple) and name in METHODS[tuple]:
            return Listed(getattr(obj, name), name)
        return None

    def _wrap(self, function: Callable[..., Any], name: str) -> Listed:
        return Listed(self._limit(function), name)

    def _join_operands(self, operands: Iterable[Any]) -> str:
        """Join the operands of `~`, as Jinja does: escaped if one of them is markup."""
        values = list(operands)
        texts = [value if isinstance(value, str) else str(_require_printable(value)) for value in values]
        if self.autoescape and any(isinstance(text, Markup) for text in texts):
            joined: str = Markup(self.meter.join(map(escape, texts)))  # noqa: S704  # escaped above
        else:
            joined = self.meter.join(texts)
        return cast("str", trace(joined, join_origins(values)))

    def _refuse(self, obj: Any, attribute: str) -> Undefined:
        """Return an undefined value, which says when it is used that templates cannot read this name."""
        hint = did_you_mean(attribute, obj) if isinstance(obj, View) else None
        message = f"{_name(obj)} has no attribute '{attribute}'" + (f": {hint}" if hint else "")
        return self.undefined(message, obj=obj, name=attribute, exc=SecurityError)


class _Metering(NodeTransformer):
    """Sends what loops iterate over, the operands of `~`, and lists through filters that count."""

    def visit_For(self, node: nodes.For) -> Node:  # noqa: N802  # Jinja's name
        self.generic_visit(node)
        node.iter = _pass_through("_counted", cast("nodes.Expr", node.iter))
        return node

    def visit_Concat(self, node: nodes.Concat) -> Node:  # noqa: N802  # Jinja's name
        self.generic_visit(node)
        return _pass_through("_joined", nodes.List(node.nodes, lineno=node.lineno))

    def visit_Output(self, node: nodes.Output) -> Node:  # noqa: N802  # Jinja's name
        """Refuse constants that Jinja would turn into a text before anybody sees them."""
        for child in node.nodes:
            if isinstance(child, nodes.Const) and (child.value is None or isinstance(child.value, bool)):
                raise TemplateSyntaxError(f"{child.value} is printed: write the words", child.lineno)
        return self.generic_visit(node)

    def visit_List(self, node: nodes.List) -> Node:  # noqa: N802  # Jinja's name
        self.generic_visit(node)
        return _pass_through("_limited", node)

    def visit_Dict(self, node: nodes.Dict) -> Node:  # noqa: N802  # Jinja's name
        self.generic_visit(node)
        return _pass_through("_limited", node)

    def visit_Tuple(self, node: nodes.Tuple) -> Node:  # noqa: N802  # Jinja's name
        self.generic_visit(node)
        return _pass_through("_limited", node) if node.ctx == "load" else node


def _pass_through(name: str, node: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _name(value: Any) -> str:
    """Return what a message calls a value."""
    names = {View: "a view", str: "a text", int: "a number", float: "a number", tuple: "a list", list: "a list"}
    found = next((name for kind, name in names.items() if isinstance(value, kind)), None)
    return repr(value) if isinstance(value, View) else found or f"a value of the type {type(value).__name__}"


def _require_printable(value: Any) -> Any:
    """Return a value that a template prints; refuse what would print as program text."""
    if isinstance(value, PRINTABLE) and not isinstance(value, bool):
        return value
    if value is None:
        raise SecurityError("nothing is printed: test the value with {% if %} first")
    hint = "use | join" if isinstance(value, list | tuple) else "print one of its values, through a filter"
    raise SecurityError(f"{_name(value)} is printed as a whole: {hint}")


def _print(value: Any) -> Any:
    """Return a value that a template prints, between the marks of the paths that it comes from."""
    return mark_traced(_require_printable(value))


def _fill_in(text: str, *args: Any, **more: Any) -> str:
    """Fill in {0} and {name}, and nothing else that str.format knows."""
    parts: list[str] = []
    numbered = iter(args)
    for literal, field, spec, conversion in Formatter().parse(text):
        parts.append(literal)
        if field is None:
            continue
        if spec or conversion or not (field == "" or field.isidentifier() or field.isdigit()):
            raise SecurityError(f"a text is filled in by {{name}} alone, not by {{{field}{':' if spec else ''}{spec}}}")
        value = next(numbered) if field == "" else args[int(field)] if field.isdigit() else more[field]
        value = _require_printable(value)
        parts.append(str(escape(value)) if isinstance(text, Markup) else str(value))
        require_short_text(sum(map(len, parts)))
    filled: str = Markup("".join(parts)) if isinstance(text, Markup) else "".join(parts)  # noqa: S704  # escaped above
    return cast("str", trace(filled, join_origins((*args, *more.values()))))


def _make_range(*args: int) -> range:
    numbers = range(*args)
    if len(numbers) > MOST_STEPS:
        raise SecurityError(f"a range of more than {MOST_STEPS:,} numbers")
    return numbers


@pass_eval_context
def _join(context: EvalContext, items: Iterable[Any], between: str = "", attribute: str | int | None = None) -> str:
    """Join the items of a list, if the result is short enough."""
    values = list(map(make_attrgetter(context.environment, attribute), items) if attribute is not None else items)
    texts = [item if isinstance(item, str) else str(_require_printable(item)) for item in values]
    require_short_text(sum(map(len, texts)) + len(between) * len(texts))
    return cast("str", trace(FILTERS["join"](context, texts, between), join_origins(values)))


@pass_eval_context
def _replace(context: EvalContext, text: str, old: str, new: str, count: int = -1) -> str:
    """Replace parts of a text, if the result is short enough."""
    _require_short_replacement(text, old, new, count)
    return cast("str", FILTERS["replace"](context, text, old, new, count))


def _replace_text(text: str, old: str, new: str, count: int = -1) -> str:
    _require_short_replacement(text, old, new, count)
    return text.replace(old, new, count)


def _require_short_replacement(text: str, old: str, new: str, count: int) -> None:
    found = str(text).count(str(old))
    require_short_text(len(text) + (found if count < 0 else min(count, found)) * len(new))

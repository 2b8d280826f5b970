"""The base classes of exhibits.

An exhibit is one specification with two renderings. There are three families, by what they implement:

- a *chart* has `draw` (onto matplotlib axes, for the memo) and `native` (an editable PowerPoint chart or shapes);
- a *table* has `table` (rows of marked-up cells): an HTML table in the memo, a native table in the deck;
- *numbers* has `figures` (number, label, meaning): styled text in both.

A chart's layout is one pure function, `scene`, measured with the real fonts: the memo paints it with matplotlib, the
deck converts a timeline's to shapes, and the tests search it for labels that collide. Nothing here imports matplotlib
or python-pptx.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from msgspec.structs import replace
from pydantic import Field, model_validator

from reportgen.brand import Brand
from reportgen.charts.paint import paint
from reportgen.charts.scene import Datum, NativeChart, Scene
from reportgen.charts.style import Style
from reportgen.input.field_types import Label, Model, Plain, Prose, QuoteIds, SourceId, Text, find_inline_texts, problem
from reportgen.system.errors import FitError
from reportgen.text.languages import find_direction, load_labels, load_writing
from reportgen.text.languages.label_fields import ChartLabels, Marks
from reportgen.text.numbers import PartialDate, Quantity, Unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Exhibit(Model):
    """The fields that all kinds share."""

    template_names: ClassVar[tuple[str, ...]] = (
        "kind", "title", "subtitle", "subtitle_line", "note", "alt", "quotes", "only", "width", "takeaway", "notes",
        "open_note",
    )  # fmt: skip

    title: Annotated[
        Text, Field(description="The finding, as a sentence. It is the slide's title and the figure's heading.")
    ]
    subtitle: Annotated[Text | None, Field(description="The unit and the period. Default: the unit.")] = None
    note: Annotated[Text | None, Field(description="A note, printed after the source.")] = None
    alt: Annotated[Label | None, Field(description="The alternative text. Default: a description of the data.")] = None
    quotes: Annotated[QuoteIds, Field(description="Quotes that the exhibit rests on, besides those of its facts.")] = []
    only: Annotated[Literal["memo", "deck"] | None, Field(description="Shows the exhibit in one document only.")] = None
    width: Annotated[
        Literal["full", "side"],
        Field(description="The place in the memo: `full` spans the text, `side` stands beside it."),
    ] = "full"
    takeaway: Annotated[
        list[Text], Field(description="What follows from the exhibit, printed beside it on the slide.")
    ] = []
    notes: Annotated[
        Prose | None, Field(description="What the briefer says, printed in the slide's speaker notes.")
    ] = None

    @property
    def words(self) -> ChartLabels:
        """The labels of drawings, in the brief's language."""
        return load_labels(self._language).charts

    @property
    def marks(self) -> Marks:
        """The punctuation of the brief's language."""
        return load_labels(self._language).marks

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The numbers drawn, in reading order."""
        return find_quantities(self)

    @cached_property
    def inline_texts(self) -> tuple[str, ...]:
        """The texts that may hold Markdown, facts and citations, in the order of the fields."""
        return tuple(find_inline_texts(self))

    @property
    def subtitle_line(self) -> str | None:
        """The line under the title: the subtitle as written, else the unit."""
        return self.subtitle

    @property
    def open_note(self) -> str:
        """The meaning of the open marks and signs of a drawing; "" for an exhibit that has none."""
        return ""

    def describe(self) -> str:
        """Return the data as one or two sentences of plain text, for the alternative text after the title."""
        raise NotImplementedError


MOST_UNITS = 6  # labels of one chart that all print its unit
LONGEST_UNIT = 12  # letters of a unit that every label prints
SHORT_UNITS = ("%", "times", "")
MOST_DECIMALS = 4  # that a number is given for others' sake
OpenKind = Literal["bound", "range", "rough", "forecast"]


class Chart(Exhibit):
    """An exhibit that is drawn."""

    are_open_marks_dashed: ClassVar[bool] = False
    """True where what is not exactly known is a dashed line, rather than lighter."""

    def scene(self, width: float, style: Style) -> Scene:
        """Lay out the drawing for a width in points; the height follows from the content.

        The type is the largest in which no word has to be broken and no label leaves the drawing. Raises FitError if
        there is none.
        """
        from reportgen.charts.layout.label_room import require_inside  # not for what only reads a brief

        refusals = []
        for step in style.steps:
            try:
                scene = self.lay_out(width, step)
                require_inside(scene)
            except FitError as error:
                refusals.append(error)
            else:
                return scene
        raise refusals[0]

    def lay_out(self, width: float, style: Style) -> Scene:
        """Lay out the drawing for a width in points, in one size of type."""
        raise NotImplementedError

    def height(self, width: float, brand: Brand) -> float:
        """Return the drawing's height in the memo, in points, for a width in points."""
        return self.scene(width, Style.memo(brand)).height

    def draw(self, ax: "Axes", brand: Brand) -> None:
        """Draw onto axes that fill a figure of the memo's final size."""
        style = Style.memo(brand)
        width = float(ax.get_figure(root=True).get_size_inches()[0]) * 72  # type: ignore[union-attr]
        paint(ax, self.orient(self.scene(width, style)), brand, style)

    def orient(self, scene: Scene) -> Scene:
        """Mirror a layout if the brief's language is read from the right."""
        return scene.mirror() if find_direction(self._language) == "rtl" else scene

    def native(self, width: float, height: float, brand: Brand) -> NativeChart | Scene:
        """Return the chart for a slide area of this size (points); text in the deck's body face, 12 to 14 pt."""
        raise NotImplementedError

    @property
    def open_kinds(self) -> frozenset[OpenKind]:
        """The reasons why values are drawn open: they are bounds, ranges, rough figures or forecasts."""
        return find_open_kinds(self.quantities)

    @property
    def open_note(self) -> str:
        words, found = self.words, self.open_kinds
        kinds = [label for kind, label in words.open_kinds.items() if kind in found]
        means = words.dashed_lines if self.are_open_marks_dashed else words.open_marks
        sentences = [means.format(kinds=words.or_between.join(kinds))] if kinds else []
        if any("<" in datum.printed for datum in self.data()):
            sentences.append(words.sign_reads)
        return " ".join(sentences)

    def data(self) -> tuple[Datum, ...]:
        """Return the values drawn, in the order of drawing, which the memo attaches as data."""
        raise NotImplementedError

    def describe_parts(self, kind: str, parts: Iterable[str]) -> str:
        """Write "Bar chart. A, 5 percent; B, no figure." """
        return f"{self.words.charts[kind]} {self.marks.semicolon.join(parts)}."


ColumnName = Annotated[str | int, Field()]


class FromData(Model):
    """The keys of an exhibit whose numbers are columns of a data file. The loader fills in what they name."""

    data_source: Annotated[
        SourceId | None,
        Field(
            alias="data",
            description="The data file that the numbers are columns of, by its source's id. [Numbers from a spreadsheet](data.md) shows how.",
        ),
    ] = None
    x: Annotated[
        ColumnName | None,
        Field(description="The column of the labels: its heading, its letter, or a range of cells (`A6:A20`)."),
    ] = None
    y: Annotated[
        ColumnName | list[ColumnName] | dict[str, ColumnName] | None,
        Field(
            description="The column of the numbers, in the same way; several as a list, or as names with their columns."
        ),
    ] = None
    sheet: Annotated[
        Plain | None, Field(description="The sheet of the workbook. Default: its source's, or the only one.")
    ] = None
    header: Annotated[
        int | None,
        Field(ge=1, description="The row of the headings. Default: the one row that has the names of x and y."),
    ] = None
    rows: Annotated[
        str | None, Field(description="The rows of the numbers: `6-20`. Default: from the headings to the last number.")
    ] = None
    scale: Annotated[
        float | None,
        Field(gt=0, description="What each number is multiplied by: 0.001 for a table in millions, drawn in billions."),
    ] = None
    precision: Annotated[
        int | None, Field(ge=0, le=6, description="How many decimals are printed. Default: as the file shows them.")
    ] = None
    empty: Annotated[
        Literal["gap"] | None,
        Field(
            description="`gap` draws nothing for empty cells and marks such as `..` and `n/a`. Default: they are errors."
        ),
    ] = None

    @model_validator(mode="after")
    def _check_data(self) -> Self:
        keys = [key for key in _DATA_KEYS if getattr(self, key) is not None and self.is_of_data(key)]
        if self.data_source is None and keys:
            raise problem(f"`{keys[0]}` is for numbers from a data file", "add data: with the id of its source")
        return self

    @classmethod
    def is_of_data(cls, key: str) -> bool:
        """Return whether a key belongs to the data file alone, and not to the exhibit's own data too."""
        models = (model for model in cls.__mro__ if issubclass(model, FromData) and model is not FromData)
        return all(key not in model.__annotations__ for model in models)


_DATA_KEYS = ("y", "sheet", "header", "rows", "scale", "precision", "empty", "x")


def allow_data(*keys: str) -> Any:
    """Return a function for a model's JSON Schema: such keys are not required where the data come from a file."""

    def change(schema: dict[str, Any]) -> None:
        schema["required"] = [key for key in schema["required"] if key not in keys]
        schema["anyOf"] = [{"required": list(keys)}, {"required": ["data"]}]

    return change


class UnitChart(Chart):
    """A chart whose numbers have one unit: the field `unit`, else that of the facts."""

    if TYPE_CHECKING:
        unit: str | None

    def find_unit(self) -> Unit:
        """Return the drawing's unit, which numbers typed without one take. Raises for mixed units."""
        named = (quantity.unit.name for quantity in self.quantities if quantity.unit.name)
        names = list(dict.fromkeys([*([] if self.unit is None else [self.unit]), *named]))
        if len(names) > 1:
            listed = " and ".join(f'"{name}"' for name in names)
            raise problem(f"one drawing, two units: {listed}", "draw two exhibits, or convert one with a formula")
        return Unit(names[0] if names else "")

    @property
    def subtitle_line(self) -> str | None:
        return self.subtitle or self.describe_unit()

    @property
    def has_unit_above(self) -> bool:
        """True if the line under the title names the unit, so that numbers may stand alone."""
        unit = self.describe_unit()
        return unit is not None and unit.lower() in (self.subtitle_line or "").lower()

    def prints_bare(self, labels: int) -> bool:
        """Return whether this many labels are numbers alone, as the unit is named above them: many, or with a long unit."""
        name = self.find_unit().name
        is_long = len(name) > LONGEST_UNIT
        return self.has_unit_above and name not in SHORT_UNITS and (labels > MOST_UNITS or is_long)

    def describe_unit(self) -> str | None:
        """Return the unit for the line under a title: "US$ billion", "Percent"."""
        unit, known = self.find_unit(), {"%": self.words.percent, "times": self.words.times, "": None}
        if unit.name in known:
            return known[unit.name]
        name = load_writing(self._language).unit(unit)
        return name[:1].upper() + name[1:]

    def _check_numbers(self) -> None:
        """Raise for a date where a number is drawn, and for mixed units."""
        for quantity in self.quantities:
            if isinstance(quantity.value, PartialDate):
                raise problem(f"{quantity.short} is a date, not an amount", "dates go into a timeline")
        self.find_unit()

    def _convert(self, values: Sequence[Quantity | None]) -> tuple[Quantity | None, ...]:
        """Convert to the drawing's unit; facts print their own precision.

        Typed numbers print the most decimals of any of them, or each its own where zeros would make them long.
        """
        unit, most = (
            self.find_unit(),
            max((value.decimals for value in self.quantities if value.fact is None), default=0),
        )

        is_short = most <= MOST_DECIMALS and all(abs(value.number) < 1000 for value in self.quantities)

        def convert(value: Quantity | None) -> Quantity | None:
            if value is None or (value.fact and value.unit.name):
                return value
            return replace(
                value, unit=unit, decimals=most if value.fact is None and (most <= 1 or is_short) else value.decimals
            )

        return tuple(convert(value) for value in values)


def find_open_kinds(quantities: Iterable[Quantity]) -> frozenset[OpenKind]:
    """Return why some of the quantities are not exactly known."""
    found: set[OpenKind] = set()
    for quantity in quantities:
        found |= {"forecast"} if quantity.status == "forecast" else set()
        found |= {"range"} if quantity.spread is not None else set()
        if quantity.sign != "=" and quantity.spread is None:
            found.add("rough" if quantity.bound == "about" else "bound")
    return frozenset(found)


def find_quantities(value: Any) -> tuple[Quantity, ...]:
    """Return every Quantity inside a model or a sequence, or the quantity itself, in order."""
    if isinstance(value, Quantity):
        return (value,)
    if isinstance(value, Model):
        value = [getattr(value, name) for name in type(value).model_fields]
    if isinstance(value, (list, tuple)):
        return tuple(quantity for item in value for quantity in find_quantities(item))
    return ()

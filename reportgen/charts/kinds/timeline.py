"""Timelines: events and spans on one axis, true to scale, or in order only if the source gives no dates."""

from itertools import pairwise, product
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from reportgen.brand import Brand
from reportgen.charts.amounts import check_names
from reportgen.charts.base import Chart, OpenKind
from reportgen.charts.layout import timeline_layout
from reportgen.charts.layout.dates import Moment, format_date_label, measure_extent, resolve_date
from reportgen.charts.layout.label_room import require_inside
from reportgen.charts.layout.timeline_layout import Axis, Mark
from reportgen.charts.scene import Datum, Scene
from reportgen.charts.style import Style
from reportgen.input.field_types import Label, Model, problem
from reportgen.system.errors import FitError
from reportgen.text.numbers import NBSP

MOST_EVENTS = 16
MOST_STEPS = 7
SIZES = (18.0, 16.0, 14.0, 12.0)  # points, on a slide
AIR = (2.4, 1.8, 1.4, 1.0)  # on a slide, the factors for distances between texts: the first that fits


class TimelineEvent(Model):
    """Something that happens at a date."""

    title: Annotated[Label, Field(description="What happens.")]
    date: Annotated[
        Moment | None, Field(description="A date, or the id of a fact that is one. Optional with `scale: ordinal`.")
    ] = None
    when: Annotated[Label | None, Field(description="Words printed in place of the date.")] = None
    note: Annotated[Label | None, Field(description="Words below the title.")] = None
    mark: Annotated[
        Literal["today", "deadline"] | None, Field(description="Draws the event as the present day, or as a deadline.")
    ] = None
    highlight: Annotated[bool, Field(description="`true` for the event that makes the point.")] = False

    @property
    def words(self) -> str:
        return self.when or (format_date_label(self.date) if self.date else "")


class TimelineSpan(Model):
    """Something that lasts."""

    start: Annotated[Moment, Field(alias="from", description="A date, or the id of a fact that is one.")]
    end: Annotated[Moment, Field(alias="to", description="A date, or the id of a fact that is one.")]
    title: Annotated[Label, Field(description="What lasts so long.")]
    note: Annotated[Label | None, Field(description="Words below the title.")] = None
    forecast: Annotated[
        bool, Field(description="`true` for a span that is expected or not exactly known: it is drawn open.")
    ] = False
    highlight: Annotated[bool, Field(description="`true` for the span that makes the point.")] = False

    @property
    def open(self) -> bool:
        """True if its length is not exactly known."""
        return self.forecast or self.start.open or self.end.open

    @property
    def years(self) -> tuple[float, float]:
        """Begin and end: an exact month or year lasts to its end; an uncertain one to its beginning."""
        low, high = measure_extent(self.end)
        return measure_extent(self.start)[0], low if self.open else high


class Break(Model):
    """A stretch of the axis that is left out."""

    start: Annotated[Moment, Field(alias="from", description="A date, or the id of a fact that is one.")]
    end: Annotated[Moment, Field(alias="to", description="A date, or the id of a fact that is one.")]


class Timeline(Chart):
    """Events and spans in time."""

    kind: Annotated[Literal["timeline"], Field(description="The kind of exhibit.")]
    scale: Annotated[
        Literal["time", "ordinal"], Field(description="`time` draws an axis true to scale, `ordinal` only the order.")
    ] = "time"
    events: Annotated[
        list[TimelineEvent], Field(description="The events: at most 16, or 7 with `scale: ordinal`.")
    ] = []
    spans: Annotated[list[TimelineSpan], Field(description="What lasts, with `scale: time`.")] = []
    skip: Annotated[Break | None, Field(alias="break", description="A stretch of time that the axis leaves out.")] = (
        None
    )
    unfinished: Annotated[
        bool, Field(description="With `scale: ordinal`: `true` if events go on after the last one.")
    ] = False

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.events and not self.spans:
            raise problem("there is no data to draw", "give `events` or `spans`")
        check_names([event.title for event in self.events], "events")
        check_names([span.title for span in self.spans], "spans")
        if self.scale == "ordinal":
            self._check_order()
        else:
            self._check_time()
        return self

    def _check_order(self) -> None:
        if self.spans or self.skip:
            raise problem("spans and breaks need dates, and this timeline shows order only", "use scale: time")
        if len(self.events) > MOST_STEPS:
            raise problem(f"{len(self.events)} events are too many side by side", f"at most {MOST_STEPS}")
        dated = [(event.title, event.date) for event in self.events if event.date and resolve_date(event.date).year]
        for (before, earlier), (after, later) in pairwise(dated):
            first, second = measure_extent(earlier), measure_extent(later)
            if second[1] <= first[0] and second != first:
                raise problem(f'"{after}" comes before "{before}"', "write the events in their order", after)

    def _check_time(self) -> None:
        if len(self.events) > MOST_EVENTS:
            raise problem(f"{len(self.events)} events are too many for one axis", f"at most {MOST_EVENTS}")
        for event in self.events:
            if event.date is None:
                raise problem(f'"{event.title}" has no date', "give one, or use scale: ordinal", event.title)
        moments = [(event.title, event.date) for event in self.events if event.date]
        moments += [(span.title, moment) for span in self.spans for moment in (span.start, span.end)]
        for title, moment in moments:
            if resolve_date(moment).year is None:
                hint = "give its year, or use scale: ordinal, where only the order counts"
                raise problem(f'"{title}" has a date without a year: {format_date_label(moment)}', hint, title)
        for span in self.spans:
            if span.years[1] <= span.years[0]:
                raise problem(f'"{span.title}" ends before it begins', words=span.title)
        self._check_range(len({measure_extent(moment) for _, moment in moments}))

    def _check_range(self, different: int) -> None:
        low, high = measure_extent(self._moments[0])
        if different < 2 and low == high:
            raise problem("a timeline needs two different dates", "use `kind: number`, or scale: ordinal")
        if self.skip:
            low, high = measure_extent(self.skip.start)[0], measure_extent(self.skip.end)[0]
            if low >= high:
                raise problem("the break ends before it begins")
            for title, begin, end in self._stretches:
                if begin < high and end > low and not (begin <= low and end >= high and begin != end):
                    raise problem(f'the break hides "{title}"', "leave out only time in which nothing happens")

    @property
    def _moments(self) -> list[Moment]:
        return [event.date for event in self.events if event.date] + [span.start for span in self.spans]

    @property
    def _stretches(self) -> list[tuple[str, float, float]]:
        events = [(event.title, *measure_extent(event.date)) for event in self.events if event.date]
        return events + [(span.title, *span.years) for span in self.spans]

    @property
    def _marks(self) -> list[Mark]:
        """The events, in the order given."""
        return [
            Mark(
                event.words, event.title, event.note or "", event.highlight or event.mark == "deadline",
                measure_extent(event.date) if event.date and resolve_date(event.date).year is not None else (0.0, 0.0),
                event.date is not None and event.date.open, event.mark,
            )
            for event in self.events
        ]  # fmt: skip

    def scene(self, width: float, style: Style) -> Scene:
        """Lay out the drawing; steps whose words have no room side by side stand one below the other."""
        try:
            return super().scene(width, style)
        except FitError:
            if self.scale == "time":
                raise
            return self._lay_out_down(width, style, 1.0)

    def _lay_out_down(self, width: float, style: Style, air: float) -> Scene:
        scene = timeline_layout.lay_out_down(self._marks, self.unfinished, width, style, air, self.words.in_order)
        require_inside(scene)
        return scene

    def lay_out(self, width: float, style: Style, air: float = 1.0, both_sides: bool = False) -> Scene:
        """Lay out the drawing; `air` stretches the distances between texts. Events may hang on both sides of a scale."""
        marks = self._marks
        if self.scale == "ordinal":
            return timeline_layout.lay_out_in_order(marks, self.unfinished, width, style, air, self.words.in_order)
        marks.sort(key=lambda mark: mark.place)
        spans = [
            Mark("", span.title, span.note or "", span.highlight, span.years, span.open)
            for span in sorted(self.spans, key=lambda span: span.years[0])
        ]
        ends = [end for _, low, high in self._stretches for end in (low, high)]
        skip = (measure_extent(self.skip.start)[0], measure_extent(self.skip.end)[0]) if self.skip else None
        axis = Axis(min(ends), max(ends), skip)
        return timeline_layout.lay_out_to_scale(axis, marks, spans, width, style, air, self._language, both_sides)

    def _lay_out_on_both_sides(self, width: float, style: Style, air: float) -> Scene:
        return self.lay_out(width, style, air, both_sides=True)

    def native(self, width: float, height: float, brand: Brand) -> Scene:
        """Lay out shapes in the deck's faces: as large and then as airy as the area allows, in its middle."""
        other = self._lay_out_on_both_sides if self.scale == "time" else self._lay_out_down
        lay_outs = (self.lay_out, other)
        for lay_out, size, air in product(lay_outs, SIZES, AIR):
            try:
                scene = lay_out(width, Style.deck(brand, size), air)
                require_inside(scene)
            except FitError as error:
                refusal = error
                continue
            if scene.height <= height:
                return self.orient(scene.move_down((height - scene.height) / 2, height))
            message = f'the timeline "{self.title}" is {scene.height:.0f} pt high, and the slide has {height:.0f}'
            refusal = FitError(message, hint="shorten its texts, or split it into two exhibits")
        raise refusal

    @property
    def open_kinds(self) -> frozenset[OpenKind]:
        return super().open_kinds | ({"forecast"} if any(span.forecast for span in self.spans) else frozenset())

    def data(self) -> tuple[Datum, ...]:
        words = self.words
        events = (Datum(event.title, words.when, event.date, event.words) for event in self.events)
        ends = (
            Datum(span.title, name, end, format_date_label(end))
            for span in self.spans
            for name, end in ((words.low, span.start), (words.high, span.end))
        )
        return (*events, *ends)

    def describe(self) -> str:
        words, marks = self.words, self.marks
        parts = []

        def add(text: str, title: str, forecast: bool, *notes: str | None) -> None:
            expected = words.expected if forecast and words.expected not in title else ""
            more = marks.comma.join(note for note in (*notes, expected) if note)
            parts.append(f"{text} ({more})" if more else text)

        for event in self.events:
            text = marks.colon.join(text for text in (event.words, event.title) if text)
            forecast = event.date is not None and event.date.status == "forecast"
            mark = words.marks[event.mark] if event.mark else None
            add(text, event.words + event.title, forecast, event.note, mark)
        for span in self.spans:
            text = words.from_to.format(low=span.start.prose, high=span.end.prose) + marks.colon + span.title
            add(text, span.title, span.forecast or "forecast" in (span.start.status, span.end.status), span.note)
        text = self.describe_parts("order" if self.scale == "ordinal" else "timeline", parts)
        return (text + (f" {words.unfinished}" if self.unfinished else "")).replace(NBSP, " ")

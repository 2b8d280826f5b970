"""The models of a brief's argument: findings, judgments, recommendations and options. What is ours is labelled so."""

from itertools import compress, count
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from reportgen.input.field_types import (
    DateText,
    Day,
    ExhibitId,
    FactId,
    Label,
    Model,
    Names,
    Plain,
    Prose,
    Text,
    problem,
)
from reportgen.text.late_pattern import compile_late

Confidence = Literal["low", "moderate", "high"]
Likelihood = Literal[
    "almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely", "almost certain"
]

_CAVEAT = compile_late(
    r"[*“\"'‘\s]*(?:(?:But|However|Yet|Still|Nevertheless|Nonetheless|Even so|That said|On the other hand|Although|Though|Only if|Unless"
    r"|Except|With one exception|This does not|The exception)\b|그러나|하지만|다만|그럼에도|(?:و)?لكن|غير أن|إلا أن|بيد أن|ومع ذلك)"
)
"""The beginnings of points that qualify the one before them, in the languages that have labels."""


class Judgment(Model):
    """An analytic statement of ours."""

    text: Annotated[Text, Field(description='The judgment, as the end of the sentence "We judge that …".')]
    confidence: Annotated[Confidence | None, Field(description="How sure we are of it.")] = None
    likelihood: Annotated[Likelihood | None, Field(description="How likely it is, in the terms of ICD 203.")] = None


class MarkedPoint(Model):
    """A point with what is to be said of it; as a text alone it is the same without."""

    text: Annotated[Prose, Field(description="The paragraph; it may hold a list.")]
    essential: Annotated[bool, Field(description="`true` for a point that no form leaves out.")] = False


def _read_point(value: Any) -> Any:
    """Return the text of a marked point; `Section` keeps which ones are essential."""
    if not isinstance(value, dict):
        return value
    if unknown := next((key for key in value if key not in MarkedPoint.model_fields), None):
        raise problem(f'unknown key "{unknown}"', "a point has `text` and `essential`", unknown)
    if not isinstance(value.get("essential", False), bool):
        raise problem("essential is true or false", words="essential")
    if "text" not in value:
        raise problem("text is missing", "write the point's words as `text: …`")
    return value["text"]


Point = Annotated[Prose, BeforeValidator(_read_point, json_schema_input_type=str | MarkedPoint)]


class Section(Model):
    """A part of the argument: its heading is its finding."""

    template_extras = ("leading_points", "essential_points")

    title: Annotated[Text, Field(description="The finding, as a heading.")]
    points: Annotated[
        list[Point],
        Field(
            description="The paragraphs of the section; a point may hold a list. `{text: …, essential: true}` marks one that no form leaves out."
        ),
    ] = []
    judgments: Annotated[list[Judgment], Field(description="What we conclude, printed as our judgment.")] = []
    exhibits: Annotated[
        list[ExhibitId], Field(description="The ids of the exhibits that support the section, in order.")
    ] = []

    _essential: frozenset[int] = PrivateAttr(default=frozenset())

    @model_validator(mode="wrap")
    @classmethod
    def _keep_marks(cls, data: Any, validate: ModelWrapValidatorHandler[Self]) -> Self:
        section = validate(data)
        points = data.get("points", []) if isinstance(data, dict) else []
        marks = (isinstance(point, dict) and point.get("essential") is True for point in points)
        section._essential = frozenset(compress(count(), marks))
        return section

    @property
    def essential_points(self) -> list[str]:
        """The points that no form leaves out, and that the deck shows beside the exhibit."""
        return [point for index, point in enumerate(self.points) if index in self._essential]

    @property
    def leading_points(self) -> list[str]:
        """The points of a form with room for one: the first, the essential ones, and those after each that qualify it."""
        kept = [False] * len(self.points)
        for index, point in enumerate(self.points):
            is_caveat = index > 0 and kept[index - 1] and bool(_CAVEAT.match(point))
            kept[index] = index == 0 or index in self._essential or is_caveat
        return list(compress(self.points, kept))


class Topic(Section):
    """A section of the case, by what it asks of the reader."""

    kind: Annotated[
        Literal["immediate", "opportunity", "friction"],
        Field(description="What the finding asks of the reader: act now, build on it, or manage it."),
    ]


class Recommendation(Model):
    """A recommendation: always our judgment."""

    title: Annotated[Text, Field(description="The action in a few words, verb first.")]
    act: Annotated[
        Text | None,
        Field(
            description="What the decider is asked to do, in one sentence: That you authorize State to … by …. The memo's forms `action` and `decision` need it and print it beside its boxes."
        ),
    ] = None
    action: Annotated[Text | None, Field(description="The action in one sentence.")] = None
    lead: Annotated[Names, Field(description="Who acts.")]
    deadline: Annotated[Day | None, Field(description="When it must be done.")] = None
    deadline_note: Annotated[Text | None, Field(description="Words printed after the deadline, in parentheses.")] = None
    decide: Annotated[Text | None, Field(description="What must be decided first.")] = None
    risk: Annotated[Text | None, Field(description="What may go wrong.")] = None
    supports: Annotated[Names, Field(description="The offices that support it.")] = Field(default_factory=list)
    objection: Annotated[Text | None, Field(description="Who objects to it, and why.")] = None
    today: Annotated[
        bool,
        Field(
            description="`true` for a decision that is asked for at once. The deck parts those from the others, which are for information."
        ),
    ] = False


class Event(Model):
    """A date to keep in view."""

    date: Annotated[DateText, Field(description="The date, as exactly as it is known.")]
    title: Annotated[Text, Field(description="What happens.")]


class Attachment(Model):
    """A paper that goes with the memo. The memo lists it as a tab, and its file travels inside the PDF."""

    title: Annotated[Text, Field(description="The paper's title.")]
    file: Annotated[
        Plain | None,
        Field(
            description="A file in the brief's folder, at most 20 MB. It is embedded in the memo's PDF, and the list prints its SHA-256."
        ),
    ] = None
    url: Annotated[
        str | None,
        Field(pattern=r"^https?://\S+$", description="Where it can be read, beginning with `https://` or `http://`."),
    ] = None
    description: Annotated[Text | None, Field(description="What it is, and why it is attached.")] = None


class Question(Model):
    """A question to expect, and its answer."""

    question: Annotated[Text, Field(description="The question.")]
    answer: Annotated[Prose, Field(description="The answer.")]


class Option(Model):
    """A way that the decider may take: always our judgment."""

    title: Annotated[Text, Field(description="The option in a few words, verb first.")]
    implications: Annotated[list[Text], Field(min_length=1, description="What follows from it: gains, costs, risks.")]
    recommended: Annotated[bool, Field(description="`true` for the option that the memo recommends.")] = False
    cost: Annotated[Text | None, Field(description="What it costs, in money or otherwise.")] = None
    supports: Annotated[Names, Field(description="The offices that support it.")] = Field(default_factory=list)
    objection: Annotated[Text | None, Field(description="Who objects to it, and why.")] = None


def _read_key_number(value: object) -> object:
    """Accept a fact's id alone."""
    return {"fact": value} if isinstance(value, str) else value


class KeyNumber(Model):
    """A number on the deck's second slide."""

    fact: Annotated[FactId, Field(description="A fact's id.")]
    label: Annotated[
        Label | None,
        Field(
            description="What the number counts. Default: the label that the fact has in an exhibit of big numbers, else its quote if that is short."
        ),
    ] = None


KeyNumberEntry = Annotated[KeyNumber, BeforeValidator(_read_key_number, json_schema_input_type=str | KeyNumber)]
"""A fact's id, or a mapping of the id and a label."""


class Dissent(Model):
    """A view against the recommendation, printed so that the decider has it."""

    text: Annotated[Prose, Field(description="The view and its reason, in a sentence or two.")]
    by: Annotated[
        Plain | None,
        Field(
            description="Who holds the view. Without it, the memo prints the view as an objection that we considered."
        ),
    ] = None

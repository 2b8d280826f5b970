"""The models of a brief's argument: findings, judgments, recommendations and options. What is ours is labelled so."""

from typing import Annotated, Literal

from pydantic import Field

from reportgen.input.field_types import DateText, Day, ExhibitId, Lines, Model, Plain, Text

Confidence = Literal["low", "moderate", "high"]
Likelihood = Literal[
    "almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely", "almost certain"
]


class Judgment(Model):
    """An analytic statement of ours."""

    text: Annotated[Text, Field(description='Completes the sentence "We judge that …"')]
    confidence: Confidence | None = None
    likelihood: Likelihood | None = None


class Section(Model):
    """A part of the argument: its heading is its finding."""

    title: Annotated[Text, Field(description="The finding, as a heading")]
    points: list[Text] = []
    judgments: list[Judgment] = []
    exhibits: Annotated[list[ExhibitId], Field(description="Exhibits that stand beside this argument, in order")] = []


class Topic(Section):
    """A section of the case, by what it asks of the reader."""

    kind: Annotated[Literal["immediate", "opportunity", "friction"], Field(description="Do now, build, or manage")]


class Recommendation(Model):
    """A recommendation: always our judgment."""

    title: Annotated[Text, Field(description="The action in a few words, verb first")]
    action: Annotated[Text | None, Field(description="The action in a sentence")] = None
    lead: Annotated[Lines, Field(description="Who acts")]
    deadline: Day | None = None
    deadline_note: Annotated[Text | None, Field(description="Stands after the deadline: day 100")] = None
    decide: Annotated[Text | None, Field(description="What has to be decided first")] = None
    risk: Text | None = None


class Event(Model):
    """A date to keep in view."""

    date: DateText
    title: Text


class Question(Model):
    """A question to expect, and its answer."""

    question: Text
    answer: Text


class Option(Model):
    """A way that the decider may take: always our judgment."""

    title: Annotated[Text, Field(description="The option in a few words, verb first")]
    implications: Annotated[list[Text], Field(min_length=1, description="What follows from it: gains, costs, risks")]
    recommended: Annotated[bool, Field(description="Whether it is the one that the memo recommends")] = False


class Dissent(Model):
    """A view against the recommendation, printed so that the decider has it."""

    text: Annotated[Text, Field(description="The view and its reason, in a sentence or two")]
    by: Annotated[Plain | None, Field(description="Whose view it is; a considered objection of ours when left out")] = (
        None
    )

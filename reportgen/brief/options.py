"""What a decision memo lays before its reader: the ways that are open, and who would go another."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from reportgen.validation import Model, Plain, Text


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

"""English: the language that every other falls back to."""

from __future__ import annotations

from types import MappingProxyType

from reportgen.text.languages.label_fields import (
    NBSP,
    ChartLabels,
    DeckLabels,
    DistributeLabels,
    FormLabels,
    HandoutLabels,
    Labels,
    LetterLabels,
    Marks,
)


def plural(count: int) -> str:
    return "one" if count == 1 else "other"


ENGLISH = Labels(
    marks=Marks(comma=", ", semicolon="; ", colon=": ", opening="“", closing="”", stop_inside=True),
    letter=LetterLabels(
        subject="{markings}{title}",
        salutation="Dear {name},",
        enclosed="Enclosed is “{title},” as of {date}:",
        documents=MappingProxyType(
            {
                "memo": "the policy memo",
                "deck": "the briefing deck, with notes",
                "handout": "briefing notes, to hold in hand",
            }
        ),
        bottom_line="The bottom line:",
        marked="The documents are marked:",
        numbered="This is copy {number} of version {version}. Please do not pass it on.",
        encrypted="The files open with the password that you are told by another way.",
    ),
    forms=FormLabels(
        names=MappingProxyType(
            {
                "info": "Memorandum",
                "action": "Action memorandum",
                "decision": "Decision memorandum",
                "onepage": "Highlights",
            }
        ),
        bottom_line_up_front="Bottom line up front",
        asked="Recommendations",
        asked_caption="For decision by: {decider}. Actions, leads and dates are our judgment.",
        background="Background",
        your_decision="Decision",
        choices=("Approve", "Disapprove", "Discuss"),
        choice_of="{number}. {title}: {choice}",
        ballot="Decision: {choice}",
        purpose="Purpose",
        options="Options",
        options_caption="Our judgment, implications included.",
        option="Option",
        implications="What follows from it",
        recommended="Recommended",
        dissent="Dissent",
        dissent_by="{by}:",
        dissent_ours="The case against, as we see it:",
        clearance="Clearance",
        office="Office",
        name="Name",
        initials="Initials",
        signature_page="Decision",
        signature_caption="Mark one, and sign.",
        discuss="Discuss before deciding",
        comments="Comments",
        why_this_matters="Why this matters",
        we_found="What we found",
        read_more="¶ numbers are paragraphs of the source; its words are in {file}, a file attached to this one.",
    ),
    to="To",
    sender="From",
    date="Date",
    subject="Subject",
    bottom_line="Bottom line",
    why_now="Why now",
    kinds=MappingProxyType({"immediate": "Do now", "opportunity": "Opportunity", "friction": "Friction"}),
    judged_as="We judge{confidence} that{likelihood}",
    with_confidence=MappingProxyType(
        {level: f", with {level} confidence," for level in ("low", "moderate", "high")},
    ),
    with_likelihood=MappingProxyType(
        {
            "almost no chance": " there is almost no chance that",
            "very unlikely": " it is very unlikely that",
            "unlikely": " it is unlikely that",
            "roughly even chance": " there is a roughly even chance that",
            "likely": " it is likely that",
            "very likely": " it is very likely that",
            "almost certain": " it is almost certain that",
        }
    ),
    source="Source:",
    note="Note:",
    citing="citing {name}",
    reference="{author}, “{title}”{more}",
    recommendations="What we recommend",
    recommendations_caption="Our judgment: actions, leads and dates are ours.",
    number="No.",
    action="Action",
    lead="Lead",
    deadline="By",
    deadline_in="By ({year})",
    decide="Decision needed",
    dates="Key dates",
    basis="Basis and limits",
    notes="Notes",
    stands_for="{name} is {reference}",
    said_by="{speaker} in {source}",
    as_in="as in note {number}",
    page="page {page} of {pages}",
    numerals=(
        "no",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    plural=plural,
    deck=DeckLabels(
        opening="Opening",
        decide="Decide",
        sources_section="Sources",
        sections=MappingProxyType(
            {"why_now": "Why now", "immediate": "Do now", "opportunity": "Build", "friction": "Manage"}
        ),
        bottom_line="The bottom line:",
        risk="The risk:",
        asked="If asked:",
        evidence="Evidence:",
        decisions=MappingProxyType(
            {"one": "We recommend {number} decision", "other": "We recommend {number} decisions"}
        ),
        first_by=MappingProxyType({"one": ", by {day}", "other": ", the first by {day}"}),
        number="#",
        to_be_decided="To be decided",
        recommended="What is recommended here, with all leads and dates, is our judgment.",
        kept_in_view=MappingProxyType(
            {"one": "This date is to be kept in view", "other": "These dates are to be kept in view"}
        ),
        date="Date",
        event="Event",
        from_sources=MappingProxyType(
            {"one": "Every number comes from {number} source", "other": "Every number comes from {number} sources"}
        ),
        leads_are_ours="; leads and deadlines are our judgment",
        sources=MappingProxyType({"one": "Source", "other": "Sources"}),
        open_marks="Hatched bars and open marks are bounds or forecasts, not measured values; “<” reads “less than.”",
        continued="Continued from “{title}”; what to say stands with its first part.",
        part=f"({{part}}{NBSP}of{NBSP}{{parts}})",
        part_alt="Part {part} of {parts}.",
        table_alt="Table: {title}",
    ),
    handout=HandoutLabels(
        kind="Briefing notes",
        slide="Slide {number}",
        slides="Slides {number}",
        table=MappingProxyType({"one": "Table of {rows} row", "other": "Table of {rows} rows"}),
    ),
    distribute=DistributeLabels(
        prepared_for="Prepared for {name}",
        copy="Copy {number}",
        version="Version {number}",
        date_pattern="{month} {day}, {year}",
    ),
    charts=ChartLabels(
        percent="Percent",
        times="Times",
        value="Value",
        no_figure="no figure",
        forecast="forecast",
        expected="expected",
        marks=MappingProxyType({"today": "today", "deadline": "deadline"}),
        charts=MappingProxyType(
            {
                "grouped bar": "Bar chart.",
                "stacked bar": "Stacked bar chart.",
                "percent bar": "Stacked 100 percent bar chart.",
                "grouped column": "Column chart.",
                "stacked column": "Stacked column chart.",
                "percent column": "Stacked 100 percent column chart.",
                "line": "Line chart.",
                "range": "Range chart.",
                "share": "Parts of a whole, as one bar.",
                "timeline": "Timeline, true to scale.",
                "order": "Timeline, in order, not to scale.",
            }
        ),
        forecasts_from="Values from {start} on are forecasts.",
        low="From",
        high="To",
        range="Range",
        below_zero="Range below zero",
        low_to_high="{low} to {high}",
        from_to="from {low} to {high}",
        rest="The rest is worked out from the other parts.",
        when="When",
        what="What",
        unfinished="Not finished.",
        in_order="In order; distances are not to scale.",
        matrix="Matrix of {rows} rows. Columns: {columns}.",
        table="Table of {rows} rows. Columns: {columns}.",
        decade_parts=MappingProxyType({"early": "early", "mid": "mid", "late": "late"}),
    ),
)

"""A brief's marking as it prints, and the problems of an incomplete one."""

from datetime import UTC, datetime

import pytest

from reportgen.brief import load_brief
from reportgen.system.errors import BriefError

BLOCK = (
    "designation: {controlled_by: [Department of X, Office Y], categories: [PRVCY, PROPIN], contact: desk@example.gov"
)


@pytest.fixture
def marks(write_brief):
    def of(text: str):
        return load_brief(write_brief(add=f"\nmarking: {text}\n")).marks

    return of


def test_none_by_default(write_brief):
    brief = load_brief(write_brief())
    assert brief.marking is None
    assert not brief.marks.rights


def test_a_text_is_the_banner(marks, write_brief):
    assert marks("PRE-DECISIONAL/DELIBERATIVE").lines == ("PRE-DECISIONAL/DELIBERATIVE",)
    assert str(load_brief(write_brief(add="\nmarking: UNCLASSIFIED\n")).marking) == "UNCLASSIFIED"


def test_the_designation_block_has_the_lines_of_its_standard(marks):
    found = marks(f"{{banner: CUI//SP-PRVCY, {BLOCK}, dissemination: [FEDCON, NOFORN]}}}}")
    assert found.lines == ("CUI//SP-PRVCY",)
    assert found.block == (
        "Controlled by: Department of X",
        "Controlled by: Office Y",
        "CUI Category: PRVCY/PROPIN",
        "Distribution/Dissemination Control: FEDCON/NOFORN",
        "POC: desk@example.gov",
    )


def test_a_block_alone_makes_it_cui_and_names_the_statement_by_its_letter(marks):
    found = marks(f"{{{BLOCK}}}, distribution: {{statement: F, date: 2020-12-01, office: OUSD(P)}}}}")
    assert found.lines == ("CUI",)
    assert "Distribution/Dissemination Control: F" in found.block


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("A", "DISTRIBUTION STATEMENT A. Approved for public release. Distribution is unlimited."),
        (
            "{statement: B, reason: [Critical Technology, Export Controlled], date: 2020-12-01, office: OUSD(P)}",
            "DISTRIBUTION STATEMENT B. Distribution authorized to U.S. Government agencies only; Critical Technology, "
            "Export Controlled; December 1, 2020. Other requests for this document must be referred to OUSD(P).",
        ),
        (
            "{statement: F, date: 2020-12-01, office: OUSD(P)}",
            "DISTRIBUTION STATEMENT F. Further dissemination only as directed by OUSD(P) (December 1, 2020) or higher DoD authority.",
        ),
        ("For the transition team alone", "For the transition team alone"),
    ],
)
def test_distribution_statements(marks, written, words):
    assert marks(f"{{distribution: {written}}}").statement == (words,)


def test_export_control_adds_its_warning(marks):
    written = "{statement: D, reason: Export Controlled, date: 2020-12-01, office: X, export_controlled: true}"
    statement, warning = marks(f"{{distribution: {written}}}").statement
    assert "the Department of Defense and U.S. DoD contractors only" in statement
    assert warning.startswith("WARNING: This document contains technical data whose export is restricted")


@pytest.mark.parametrize(
    ("written", "words", "ends"),
    [
        ("2021-01-20", "January 20, 2021", datetime(2021, 1, 20, 12, tzinfo=UTC)),
        ("2021-01-20 06:00 EST", "January 20, 2021, 6:00 a.m. EST", datetime(2021, 1, 20, 11, tzinfo=UTC)),
        ("2021-01-20T18:05-05:00", "January 20, 2021, 6:05 p.m. UTC−5", datetime(2021, 1, 20, 23, 5, tzinfo=UTC)),
        ("2021-01-20T12:00+05:30", "January 20, 2021, noon UTC+5:30", datetime(2021, 1, 20, 6, 30, tzinfo=UTC)),
        ("2021-01-20T00:00Z", "January 20, 2021, 12:00 a.m. UTC", datetime(2021, 1, 20, tzinfo=UTC)),
    ],
)
def test_embargoes(write_brief, written, words, ends):
    brief = load_brief(write_brief(add=f'\nmarking: {{embargoed_until: "{written}"}}\n'))
    assert brief.marks.lines == (f"EMBARGOED UNTIL {words}",)
    assert brief.marking.embargo_end == ends


@pytest.mark.parametrize(
    ("written", "limited", "allowed"),
    [
        ("UNCLASSIFIED", False, ""),
        ("{distribution: A}", False, ""),
        ("{embargoed_until: 2021-01-20}", False, ""),
        ("UNCLASSIFIED//NOFORN", True, ""),
        ("PRE-DECISIONAL/DELIBERATIVE", True, ""),
        (f"{{{BLOCK}}}}}", True, ""),
        ("{distribution: {statement: F, office: X, date: 2020-12-01}}", True, ""),
        ("{distribution: For the board.}", True, ""),
        ("{banner: CUI, recipients: State.gov}", True, "a@us.state.gov a@STATE.gov"),
        (
            "{banner: UNCLASSIFIED, recipients: [gov, x.example]}",
            False,
            "a@x.example a@us.state.gov a@STATE.gov a@notstate.gov",
        ),
    ],
)
def test_addresses_that_may_receive_it(write_brief, written, limited, allowed):
    marking = load_brief(write_brief(add=f"\nmarking: {written}\n")).marking
    assert marking.is_limited == limited
    for address in ("a@x.example", "a@us.state.gov", "a@STATE.gov", "a@notstate.gov", "state.gov@evil.example"):
        everybody = not limited and not marking.recipients
        assert marking.allows(address) == (everybody or address in allowed.split()), address


def test_the_list_of_domains_is_not_printed(marks):
    assert marks("{banner: CUI, recipients: state.gov}") == marks("CUI")


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("{}", "marking: it is empty", "leave `marking` out, or give it a banner"),
        ("5", "marking: expected a text, or keys and values, got the number 5", "marking: PRE-DECISIONAL/DELIBERATIVE"),
        ("{bannr: CUI}", "unknown key marking.bannr", 'did you mean "banner"?'),
        ("{embargoed_until: 2021-01-20 06:00}", "marking.embargoed_until: 2021-01-20 06:00 is a different time in each zone", "add the zone: 2021-01-20 06:00 EST"),
        ("{embargoed_until: 2021-02-30}", "marking.embargoed_until: 2021-02-30 is not in the calendar", "write 2021-01-20, 2021-01-20 06:00 EST or 2021-01-20T06:00-05:00"),
        ("{embargoed_until: tomorrow}", 'marking.embargoed_until: expected a day, or a time with its zone, got "tomorrow"', "write 2021-01-20, 2021-01-20 06:00 EST or 2021-01-20T06:00-05:00"),
        ("{embargoed_until: 2021-01-20 06:00 XST}", "marking.embargoed_until: the zone XST is unknown", "write it as an offset: -05:00"),
        ("{embargoed_until: 2021-01-20T06:00-25:00}", "marking.embargoed_until: no zone is -25:00 from UTC", "write 2021-01-20"),
        ("{banner: CUI, recipients: ['@state.gov']}", 'marking.recipients: "@state.gov" is not a domain', "did you mean state.gov?"),
        ("{banner: CUI, recipients: ['*.Mil']}", 'marking.recipients: "*.Mil" is not a domain', "did you mean mil?"),
        ("{banner: CUI, recipients: bücher.de}", 'marking.recipients: "bücher.de" is not a domain', "write state.gov, or its xn-- form"),
        ("{distribution: G}", 'marking.distribution: there is no distribution statement "G"', "known: A, B, C, D, E, F"),
        ("{distribution: B}", "marking.distribution: statement B needs reason and date and office", "it is printed with reason, date, office"),
        ("{distribution: {statement: A, reason: X}}", "marking.distribution: statement A has no reason", "leave it out"),
        ("{distribution: {statement: A, export_controlled: true}}", "marking.distribution: statement A releases to the public what is export-controlled", "choose B, C, D, E or F"),
        ("{distribution: {text: X Y, office: Z}}", "marking.distribution: `office` would not be printed: the text is the whole statement", "leave it out"),
        ("{distribution: {reason: X}}", "marking.distribution: give either a statement's letter or a text", "statement: B, or text: …"),
        (f"{{banner: DRAFT, {BLOCK}}}}}", "marking: a designation block is for CUI, but the banner does not say so", "banner: CUI"),
        ("{designation: {controlled_by: X, contact: Y}}", "marking.designation.categories is missing", "The categories, by the CUI Registry's abbreviations: PRVCY."),
        (f"{{{BLOCK}, dissemination: FEDCON}}, distribution: A}}", "marking: limited dissemination controls and a distribution statement exclude each other", "keep designation.dissemination or distribution"),
    ],
)  # fmt: skip
def test_problems_of_an_incomplete_marking(write_brief, written, message, hint):
    path = write_brief(add=f"\nmarking: {written}\n")
    with pytest.raises(BriefError) as raised:
        load_brief(path)
    (problem,) = raised.value.diagnostics
    assert problem.message == message
    assert (problem.hint or "").startswith(hint)
    line = next(number for number, text in enumerate(path.read_text().split("\n"), 1) if text.startswith("marking:"))
    assert problem.where is not None
    assert problem.where.line == line


CLASSIFIED = """CONFIDENTIAL; SECRET; TOP SECRET; secret; Top-Secret; TOPSECRET; S E C R E T; ＳＥＣＲＥＴ; SECRET//NOFORN; TOP SECRET//SI//NOFORN;
TOP SECRET//HCS/TK//REL TO USA, FVEY; CONFIDENTIAL//REL TO USA, GBR; TS//SI; TS/SCI; S//NF; (S); (C); (TS//SI); CUI//SI; UNCLASSIFIED//ORCON;
NATO SECRET; COSMIC TOP SECRET; NATO RESTRICTED; UK SECRET; //GBR SECRET//; SECRET UE/EU SECRET; TRÈS SECRET; VS-NfD; GEHEIM;
СОВЕРШЕННО СЕКРЕТНО; 1급 비밀; سري للغاية; 機密; STRICTLY CONFIDENTIAL; SECRET when filled in; PRE-DECISIONAL/CONFIDENTIAL;
UNCLASSIFIED WHEN SEPARATED FROM SECRET ENCLOSURES; CONFIDENTIAL DRAFT"""
UNCLASSIFIED = """UNCLASSIFIED; UNCLASSIFIED//NOFORN; CUI//SP-CTI//NOFORN; CUI//REL TO USA, GBR; CUI//FED ONLY; OFFICIAL-SENSITIVE; NATO UNCLASSIFIED;
SENSITIVE BUT UNCLASSIFIED; ATTORNEY-CLIENT PRIVILEGED; TRADE SECRET; COMPANY CONFIDENTIAL; PRIVILEGED AND CONFIDENTIAL; TLP:AMBER; INTERNAL;
CONFIDENTIAL SUPERVISORY INFORMATION; FOR THE SECRET SERVICE; Secretary of State only; SECRETARIAT; COMMERCIAL IN CONFIDENCE; 영업비밀; 대외비; سريع"""


def split_list(text: str) -> list[str]:
    return [each.strip() for each in text.replace("\n", " ").split(";")]


@pytest.mark.parametrize("banner", split_list(CLASSIFIED))
def test_a_classified_banner_is_refused(marks, banner):
    with pytest.raises(BriefError) as raised:
        marks(f'"{banner}"')
    (fault,) = raised.value.diagnostics
    assert "is a classified marking" in fault.message
    assert "unclassified material" in fault.hint
    assert fault.where.line


@pytest.mark.parametrize("banner", split_list(UNCLASSIFIED))
def test_other_banners_are_printed(marks, banner):
    assert marks(f'"{banner}"').lines == (banner,)


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("U.S. Secret Service", False),
        ("Office of the Secretary (S)", False),
        ("See 5 U.S.C. 552(b)(3)(C)", False),
        ("Contains confidential business information and trade secrets", False),
        ("By secret ballot, from a confidential source", False),
        ("(C) 2026 Port Authority", False),
        ("SECRET", True),
        ("Releasable as SECRET//NOFORN", True),
        ("(TS//SI) Office Y", True),
        ("(S) Office Y", True),
        ("Holders of NATO SECRET", True),
        ("This text is classified CONFIDENTIAL", True),
    ],
)
@pytest.mark.parametrize("field", ["controlled_by", "contact", "reason", "office", "text"])
def test_other_parts_of_a_marking_are_prose(marks, field, words, refused):
    block = {"controlled_by": "X", "categories": "PRVCY", "contact": "Y"}
    statement = {"statement": "B", "reason": "X", "date": "2020-12-01", "office": "Y"}
    part = {"text": "X"} if field == "text" else block if field in block else statement
    rows = ", ".join(f'{key}: "{words if key == field else value}"' for key, value in part.items())
    written = f"{{{'designation' if part is block else 'distribution'}: {{{rows}}}}}"
    if not refused:
        assert words in " ".join((*marks(written).block, *marks(written).statement))
        return
    with pytest.raises(BriefError, match="is a classified marking") as raised:
        marks(written)
    assert field in str(raised.value)

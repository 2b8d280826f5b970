"""Every rule: a brief without findings, one change to it, and the finding that follows."""

import re

import pytest

from reportgen.brief import load_brief
from reportgen.evidence import check
from reportgen.evidence.rules import all_rules
from reportgen.system.errors import Location
from tests.conftest import BUNDLED, INIT


def test_the_brief_that_the_other_tests_change_has_no_findings(found):
    assert found() == []


CASES = [
    # quotes
    (("7.5 percent more than", "7.6 percent more than"), "quote", 'the quote "riders" is not in its source'),
    (("paragraph: 2, text: \"A second", "paragraph: 3, text: \"A second"), "quote", 'the quote "cost" is in ¶2, not in ¶3'),
    (("speaker: Mayor Lin", "speaker: Mayor Wong"), "quote", "the source does not name Mayor Wong"),
    (('text: "we do not rule out the multiyear lease"', 'text: "we do … rule out the multiyear lease"'), "quote", 'the quote "mayor" leaves out “not”'),
    (("a little less than $18 million\"", "[some] $18 million\""), "quote", 'the quote "cost" leaves out “a little less than”'),
    (("paragraph: 1, text", "text"), "quote", 'the quote "riders" has no paragraph'),
    # facts
    (("value: 7.5", "value: 7.6"), "fact-value", 'the fact "growth" is 7.6 percent, the quote says 7.5 percent'),
    (("unit: US$ million, bound", "unit: US$ billion, bound"), "fact-value", 'the fact "cost" is $18 billion, the quote says $18 million'),
    (("unit: US$ million, status", "unit: € million, status"), "fact-value", 'the fact "bid" is €25 million, the quote says $25 million'),
    (("unit: years", "unit: months"), "fact-value", 'the fact "lease" is 2 months, the quote says two years'),
    (("bound: a little less than", "bound: about"), "fact-value", 'the fact "cost" says "about", the quote says "a little less than"'),
    (("bound: a little less than, ", ""), "fact-value", 'the fact "cost" has no bound, the quote says "a little less than"'),
    (("value: 7.5", "precision: 0, value: 7.5"), "fact-value", 'the fact "growth" is 7.5 but prints as 8'),
    (("quote: lease}", "words: two years}"), "fact-value", 'the fact "lease" has no quote'),
    (('growth: {value: 7.5, unit: "%", quote: riders}', 'growth: {value: 7.5, unit: "%", status: inferred}'), "fact-value", 'the fact "growth" is inferred, but has no note that says how'),
    (("status: forecast, quote: lease", "status: forecast, quote: lease, words: three years to come"), "fact-words", '`words` of the fact "lease" says three, but its value is 2'),
    (("status: forecast, quote: lease", "status: forecast, quote: lease, words: expected two years long"), "fact-words", '`words` of the fact "lease" says “long”, its quote does not'),
    (("status: forecast, quote: lease", "status: forecast, quote: lease, words: two years"), "fact-words", '`words` of the fact "lease" does not say that it is forecast'),
    (("a little less than, attributed", "a little less than, label: $18 m, attributed"), "fact-words", '`label` of the fact "cost" loses or changes its bound, "a little less than"'),
    (('as_of: "2023"', 'as_of: "2021"'), "fact-words", 'nothing in the quote of the fact "riders" says 2021'),
    (("attributed_to: the harbor office", "attributed_to: the harbor master"), "attribution", 'the source does not name the harbor master where it has the fact "cost"'),
    (("status: reported, ", ""), "fact-status", 'the quote of the fact "bid" says “reported”, but the fact does not'),
    (("status: forecast, ", ""), "fact-status", 'the quote of the fact "lease" says “expected”, but the fact does not'),
    (('unit: "%", quote', 'unit: "%", status: forecast, quote'), "fact-status", 'the fact "growth" has the status forecast, but its quote does not say so'),
    # texts
    (("${growth} more", "7.5 percent more"), "raw-number", "“7.5 percent” is typed by hand"),
    (("${growth} more", "9 percent more"), "raw-number", "“9 percent” is neither a fact of the brief nor in riders, cost, bid"),
    (("Lease a boat.", "Lease two boats."), "raw-number", "“two” is neither a fact of the brief nor in what it cites"),
    (("Lease a boat.", "Lease a boat by mid-2025."), "raw-number", "“2025” is neither a fact of the brief nor in what it cites"),
    (("Lease a boat.", "Lease a 5G boat."), "raw-number", "“5G” is not in the evidence"),
    (("“not rule out”", "“never rule out”"), "quotation", "“never rule out” is in no quote"),
    (("“not rule out”", "“reported initial bid”"), "quotation", '“reported initial bid” is in the quote "bid", which is not cited here'),
    (("the reported\n", "the\n"), "qualifier", "the fact \"bid\" is reported, but the sentence does not say so"),
    (("        initial bid", "        bid"), "qualifier", "the quote “bid” says “initial”, but the sentence does not"),
    (("could lease a boat, which is expected to take ${", "will lease a boat, which is expected to take ${"), "qualifier", "“will” is firmer than what the text cites"),
    (("${growth} more", "${growth} less"), "qualifier", "“less” where the quote “riders” has “more”"),
    (("facts:", "facts:\n  odd: {value: 412000, unit: passengers, condition: if boats sail, quote: riders}"), "fact-words", '`condition` of the fact "odd" says “if”, its quote does not'),
    (("ferry carried ${riders} in 2023, ${growth} more than a year before.", "ferry carried ${riders} in 2023, ${growth} more."), "condition", 'the fact "growth" is compared “than a year before”, but the text does not say so'),
    (("[@mayor]", "[@mayor] Everyone agrees."), "unsourced", "this sentence has no fact, no citation and no words that mark it as ours"),
    (("carried ${riders} in 2023. [", "now carries ${riders}. ["), "as-of", 'the fact "riders" is as of 2023, but the sentence says “now”'),
    (("Lease a boat.", "Lease a boat by the MSRA."), "acronym", "MSRA is not spelled out before it is used"),
    (("date: 2024-03-01", "date: 2024-03-01\nmarking: CUI"), "marking", "CUI needs its designation block"),
    (("date: 2024-03-01", "date: 2024-03-01\nmarking: CUI//SP-PRVCY"), "marking", "“CUI” marks a brief whose sources are all public"),
    (("date: 2024-03-01", "date: 2024-03-01\nprofile: action\ndecider: The mayor"), "addressee", "the memo asks The mayor for a decision, and is addressed to Island council"),
    (("facts:", "facts:\n  half: {formula: cost / 3}"), "typed-value", 'the formula of the fact "half" has a number that is not a fact: 3'),
    (("facts:", "facts:\n  old: {value: 31, unit: years, quote: riders}"), "unused", 'the fact "old" is not used'),
    ((" [@mayor]", " [@lease]"), "unused", 'the quote "mayor" is not used'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "rule", "message"), CASES, ids=[f"{rule}-{index}" for index, (_, rule, _) in enumerate(CASES)]
)
def test_a_change_is_found(found, change, rule, message):
    assert (rule, message) in [(name, text.replace("\u00a0", " ")) for name, text in found(change)]


ALLOWED = [
    ("Lease a boat.", "Lease a boat by January 2024. We judge that one boat is enough."),
    ("Lease a boat.", "Decide before March 1, 2024."),
    (
        "Lease a boat.",
        "One article says so, and the 412,000 passengers are its.".replace(
            "412,000 passengers are", "“412,000 passengers” are"
        ),
    ),
    ("date: 2024-03-01", "date: 2024-03-01\nmarking: PRE-DECISIONAL/DELIBERATIVE"),
    ("date: 2024-03-01", "date: 2024-03-01\nprofile: action\ndecider: Chair, Island council"),
    ("date: 2024-03-01", "date: 2024-03-01\ndecider: The mayor"),
    ("The mayor does", "In our judgment it is worth it. The mayor does"),
    ("Lease a boat.", "Lease a boat of the Maritime Safety Regulation Authority (MSRA). The MSRA owns it."),
]


@pytest.mark.parametrize("change", ALLOWED[1:], ids=range(len(ALLOWED) - 1))
def test_allowed_changes_are_not_reported(found, change):
    assert found(change) == []


EXHIBIT = """
exhibits:
  bids:
    kind: bar
    title: The reported initial bid was above the cost
    subtitle: US$ million
    bars:
      - {label: Cost, value: cost}
      - {label: Reported initial bid, value: bid}
"""


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (None, []),
        (
            ("US$ million", "US$ billion"),
            [("exhibit-unit", "the subtitle says “US$ billion”, but the exhibit draws US$ million")],
        ),
        (("value: bid", "value: 26"), [("typed-value", "the number 26 is neither a fact nor in the exhibit's quotes")]),
        (
            ("Reported initial bid", "Initial bid"),
            [("qualifier", "the quote “bid” says “reported”, but the sentence does not")],
        ),
    ],
)
def test_exhibits(found, change, expected):
    text = EXHIBIT.replace(*change) if change else EXHIBIT
    places = ("points:\n      - >-\n", "exhibits: [bids]\n    points:\n      - >-\n")
    assert found(places, add=text) == expected


ICD = "\nstandard: icd203\n"


@pytest.mark.parametrize(
    ("judgment", "messages"),
    [
        ("{text: a lease holds., confidence: moderate}", []),
        ("{text: a lease is likely to hold.}", []),
        ("{text: a lease holds.}", ["a judgment without a likelihood and without a confidence"]),
        ("{text: a lease is likely to hold., confidence: high}", ["a likelihood and a confidence in one sentence"]),
        ("{text: a lease might hold., likelihood: likely}", ["“might” is not a term of ICD 203"]),
        ("{text: the mayor does “not rule out” that., likelihood: unlikely}", []),
    ],
)
def test_the_words_of_icd_203(found, judgment, messages):
    place = ("title: Lease before you buy\n", f"title: Lease before you buy\n    judgments:\n      - {judgment}\n")
    assert [message for rule, message in found(place, add=ICD) if rule == "estimative-words"] == messages
    assert not [rule for rule, _ in found(place) if rule == "estimative-words"]


def test_cui_with_its_block_on_a_source_that_is_not_public(found):
    private = (', published: "2024", file', ", file")
    assert not [rule for rule, _ in found(private, add=marked()) if rule == "marking"]


def marked(banner: str = "CUI", more: str = "", categories: str = "PRVCY") -> str:
    block = f"controlled_by: Council, categories: {categories}, contact: Staff"
    return f"\nmarking:\n  banner: {banner}\n  designation: {{{block}{more}}}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (marked("CUI/PRVCY"), "“CUI/PRVCY” is not a CUI banner"),
        (marked("CUI//SP-PRVCY//FEDCON"), "the banner says FEDCON, but the designation block does not"),
        (
            marked() + "  distribution: A\n",
            "CUI is not for public release, but distribution statement A says that it is",
        ),
        (marked("CUI//SP-PRVCY//FEDCON", ", dissemination: FEDCON"), None),
        ("\nmarking: {embargoed_until: 2021-01-20}\n", None),
        ("\nmarking: {distribution: A}\n", None),
    ],
)
def test_cui_banners(found, text, message):
    private = (', published: "2024", file', ", file")
    messages = [text for rule, text in found(private, add=text) if rule == "marking"]
    assert messages == ([message] if message else [])


def test_places_are_exact_in_folded_text(folder, found):
    found(("${growth} more", "9 percent more"))
    report = check(load_brief(folder / "brief.yaml"))
    (finding,) = (finding for finding in report.findings if finding.rule == "raw-number")
    lines = (folder / "brief.yaml").read_text().split("\n")
    where = finding.where
    assert isinstance(where, Location)
    assert lines[where.line - 1][where.column - 1 :].startswith("9 percent more")
    assert str(finding.diagnostic).startswith(
        f"{folder / 'brief.yaml'}:{where.line}:{where.column}: error: “9 percent” is neither a fact"
    )
    assert "[raw-number]\n  hint: " in str(finding.diagnostic)


@pytest.mark.parametrize("where", ["", ", where: 9 percent", ", where: topics", ', where: "topics[0].points[0]"'])
def test_a_finding_is_silenced_with_a_reason(found, where):
    report = found(
        ("${growth} more", "9 percent more"),
        add=f"\nsilence:\n  - {{rule: raw-number, reason: Known{where}}}\n",
        raw=True,
    )
    assert [finding.rule for finding in report.findings] == ["unused"]
    assert [(item.finding.rule, item.reason) for item in report.silenced] == [("raw-number", "Known")]


@pytest.mark.parametrize(
    ("silence", "message"),
    [
        (
            "{rule: raw-number, reason: x, where: 8 percent}",
            "nothing to silence: raw-number finds nothing at “8 percent”",
        ),
        ("{rule: raw-numbers, reason: x}", 'there is no rule "raw-numbers"'),
    ],
)
def test_an_unused_silence_is_an_error(found, silence, message):
    assert found(add=f"\nsilence:\n  - {silence}\n") == [("silence", message)]


def test_every_rule_has_a_page_and_a_case():
    tried = (
        {rule for _, rule, _ in CASES}
        | {
            "data-cell",  # tests/data_files
            "gap",  # tests/drafting
            "clearance",  # tests/clearances
            "status",
            "attachment",  # tests/memo/test_enclosed_files.py
            "unprinted",  # tests/test_coverage.py
            "estimative-words",
            "exhibit-unit",
            "paired-number",
            "absolute",
            "cause",
            "deed",
            "denial",
            "direction",
            "drama",
            "name",
            "opposite",
            "unreal",
            "disagreement",
            "named-source",
            "source-name",
        }
    )  # paired-number in number_cases.yaml, those of claims in claim_cases.yaml, source-name in brief/test_citations.py, disagreement and named-source in source_cases.yaml
    assert {rule.id for rule in all_rules()} == tried
    for rule in all_rules():
        assert re.fullmatch(r"[A-Z].{10,60}[^.]", rule.title), rule.id
        assert len(rule.page.split()) > 15


@pytest.mark.parametrize("path", [BUNDLED, INIT], ids=["bundled", "init"])
def test_our_own_briefs_have_no_findings(path):
    report = check(load_brief(path))
    assert [str(finding.diagnostic) for finding in report.findings] == []
    assert len(report.verified) == len(load_brief(path).quotes)


@pytest.mark.parametrize(("typed", "rules"), [("30", set()), ("31", {"typed-value"})])
def test_a_typed_number_may_be_in_the_units_of_the_line_above_it(write_brief, typed, rules):
    exhibit = f"""exhibits:
  price:
    kind: bar
    title: Dredging costs much
    subtitle: Millions of US dollars
    quotes: [cost]
    bars: [{{label: Dredging, value: {typed}}}]
"""
    path = write_brief(
        ("exhibits:\n  calls:", exhibit + "  calls:"), ("    exhibits: [calls]", "    exhibits: [calls, price]")
    )
    (path.parent / "article.txt").write_bytes((INIT.parent / "article.txt").read_bytes())
    found = {finding.rule for finding in check(load_brief(path)).findings if finding.path[:2] == ("exhibits", "price")}
    assert found == rules

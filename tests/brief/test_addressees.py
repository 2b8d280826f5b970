"""A memo that asks for a decision is addressed to whoever decides."""

import pytest

from reportgen.brief import load_brief
from reportgen.brief.addressees import find_missing_decider


@pytest.mark.parametrize(
    ("decider", "to", "is_addressed"),
    [
        ("The harbor commission", "Harbor commission", True),
        ("Chair of the harbor commission", "Harbor commission", True),
        ("Secretary of State", "Jane Doe, Secretary of State", True),
        ("Jane Doe, Director", "Jane Doe", True),
        ("Mayor", "Office of the Mayor", True),
        ("Secretary of State", "[Secretary of Defense, Secretary of State]", True),
        ("Under Secretary for Policy", '"The Under Secretary for Policy, DoD"', True),
        ("وزير المياه", "وزير المياه", True),
        ("The National Security Adviser, after January 20", "National security team", False),
        ("Secretary of State", "Deputy Secretary of State", False),
        ("Secretary of State", "Secretary of Defense", False),
        ("The President", "Vice President", False),
        ("Mayor", "Staff of the Mayor", False),
        ("에너지 수석비서관", "경제 수석비서관", False),
    ],
)
def test_the_decider_is_one_of_the_addressees(write_brief, decider, to, is_addressed):
    path = write_brief(("to: Harbor commission", f"to: {to}"), add=f'\ndecider: "{decider}"\n')
    brief = load_brief(path)
    assert find_missing_decider(brief) is None, "an information memo asks for nothing"
    for profile in ("action", "decision"):
        warning = find_missing_decider(brief, profile)
        assert (warning is None) == is_addressed
        if warning:
            assert (warning.severity, warning.where.line) == ("warning", len(path.read_text().splitlines()))
            assert decider in warning.message

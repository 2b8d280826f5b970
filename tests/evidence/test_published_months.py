"""Months of a text without their year: the year is that of the text, or the one before."""

import pytest

from reportgen.brief import load_brief
from reportgen.evidence import check
from tests.evidence.test_number_cases import write_brief


@pytest.mark.parametrize(
    ("published", "source", "month", "is_clean"),
    [
        ("May 2010", "The April deficit was $85 billion.", "April 2010", True),
        ("May 2010", "The April deficit was $85 billion.", "April 2009", False),
        ("May 2010", "The April deficit was $85 billion.", "March 2010", False),
        ("May 2010", "The November deficit was $85 billion.", "November 2009", True),
        ("May 2010", "The November deficit was $85 billion.", "November 2010", False),
        ("July 22, 2021", "The deficit was $85 billion last month.", "June 2021", True),
        ("January 5, 2021", "The deficit was $85 billion last month.", "December 2020", True),
        ("July 22, 2021", "The deficit was $85 billion last month.", "May 2021", False),
        ("May 2010", "The deficit of April 2008 was $85 billion.", "April 2010", False),
        ("May 2010", "The April deficit was $85 billion, more than in April 2008.", "April 2010", True),
        ("2010", "The April deficit was $85 billion.", "April 2010", False),
    ],
)
def test_a_month_is_the_last_one_before_its_source(published, source, month, is_clean, tmp_path):
    case = {
        "source": source,
        "facts": {"a": {"value": 85, "unit": "US$ billion"}},
        "text": f"The deficit of {month} was ${{a}}. [@q]",
    }
    path = write_brief(case, tmp_path)
    text = path.read_text(encoding="utf-8").replace('"published": "2025"', f'"published": "{published}"')
    path.write_text(text, encoding="utf-8")
    rules = [finding.rule for finding in check(load_brief(path)).findings if finding.severity == "error"]
    assert ("raw-number" not in rules) == is_clean, rules

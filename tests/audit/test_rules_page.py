"""The page of rules is made from the rules."""

import re

from tests.conftest import ROOT
from tools.rules_page import build_page


def test_it_is_current():
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == build_page(), "write it anew: python -m tools.rules_page > docs/rules.md"


def test_no_two_rules_share_a_name_and_every_name_leads_to_its_page():
    page = build_page()
    listed, pages = re.findall(r"^- \[(.+?)\]\(#(.+?)\)", page, re.M), re.findall(r"^### (.+)$", page, re.M)
    assert [name for name, _ in listed] == [link for _, link in listed] == pages
    assert len(set(pages)) == len(pages)

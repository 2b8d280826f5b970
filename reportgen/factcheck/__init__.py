"""A fact check of anybody's document: each number and quotation in it, held against its sources.

sheet = check_facts(Path("memo.docx"), [Path("report.pdf")])
for claim in sheet.claims: print(claim.claim.words, claim.verdict, claim.evidence)
"""

from __future__ import annotations

from reportgen.factcheck.document_check import check_facts
from reportgen.factcheck.fact_values import CheckedClaim, Claim, Contradiction, Difference, Evidence, FactSheet, Place

__all__ = ["CheckedClaim", "Claim", "Contradiction", "Difference", "Evidence", "FactSheet", "Place", "check_facts"]

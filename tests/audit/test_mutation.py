"""Single alterations of finished files, chosen at random: at least 99 of 100 are reported, with the brief's key and its line.

A small sample runs in the suite. REPORTGEN_MUTATIONS=500 draws so many for each of memo and deck, REPORTGEN_SEED the others.
"""

import os
import random

import pytest

from tests.audit.alterations import EXCLUDED, Pdf, Pptx, drawn
from tests.audit.key_places import KeyPlaces

COUNT = int(os.environ.get("REPORTGEN_MUTATIONS", "10"))
SEED = int(os.environ.get("REPORTGEN_SEED", "20210120"))
ENOUGH = 0.99


@pytest.mark.parametrize(("name", "opened"), [("deck", Pptx), ("memo", Pdf)])
def test_nearly_every_alteration_is_reported(bundled, name, opened, capsys):
    data = getattr(bundled, name)
    assert bundled.audited(data).findings == ()
    file, draw = opened(data), random.Random(SEED)
    found = file.found(draw)
    chosen = drawn(found, COUNT, draw)
    places = KeyPlaces(bundled.brief)
    missed, misplaced = [], []
    for each in chosen:
        findings = bundled.audited(file.altered(each)).findings
        if not findings:
            missed.append(each.describe())
        elif not any(places.is_right(finding.brief, each) for finding in findings):
            misplaced.append(f"{each.describe()}: {findings[0].brief}")
    score = f"{name}: {len(chosen) - len(missed)} of {len(chosen)} alterations reported, drawn from {len(found)}; seed {SEED}"
    with capsys.disabled():
        if COUNT > 10:
            print(
                "\n"
                + "\n".join(
                    [
                        score,
                        *missed,
                        *misplaced,
                        *(
                            f"not drawn: {text}"
                            for text in EXCLUDED
                            if text.startswith({"deck": "pptx", "memo": "pdf"}[name])
                        ),
                    ]
                )
            )
    assert len(missed) <= (1 - ENOUGH) * len(chosen), "\n".join([score, *missed])
    assert len(misplaced) <= (1 - ENOUGH) * len(chosen), "\n".join([score, *misplaced])

"""Single alterations of finished files, chosen at random: at least 99 of 100 are reported.

A small sample runs in the suite. REPORTGEN_MUTATIONS=500 draws so many for each of memo and deck, REPORTGEN_SEED the others.
"""

import os
import random

import pytest

from tests.audit.alterations import EXCLUDED, Pdf, Pptx, drawn

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
    missed = [each.describe() for each in chosen if not bundled.audited(file.altered(each)).findings]
    score = f"{name}: {len(chosen) - len(missed)} of {len(chosen)} alterations reported, drawn from {len(found)}; seed {SEED}"
    with capsys.disabled():
        if COUNT > 10:
            print(
                "\n"
                + "\n".join(
                    [
                        score,
                        *missed,
                        *(
                            f"not drawn: {text}"
                            for text in EXCLUDED
                            if text.startswith({"deck": "pptx", "memo": "pdf"}[name])
                        ),
                    ]
                )
            )
    assert len(missed) <= (1 - ENOUGH) * len(chosen), "\n".join([score, *missed])

"""Single changes to the bundled brief, drawn by a program: all but one in a hundred must be reported.

    REPORTGEN_MUTATIONS=500 REPORTGEN_SEED=7 python -m pytest tests/evidence/test_mutation.py -s

draws 500, as evenly over the kinds of change as there are places; the suite itself draws a few. The seed is printed.
"""

import os
import random
import shutil
from pathlib import Path

from reportgen.brief import load_brief
from reportgen.evidence import LOCK_NAME, check
from reportgen.system.errors import ReportgenError
from tests.conftest import BUNDLED

from .mutations import EXCLUDED, Change, changes

FEW = 40
SEED = 20210120
ENOUGH = 0.99


def drawn(found: dict[str, list[Change]], count: int, seed: int) -> list[Change]:
    """As many of each kind as there are, up to an even share; the rest from the kinds that have more."""
    draw = random.Random(seed)
    left = {kind: draw.sample(places, len(places)) for kind, places in found.items()}
    chosen: list[Change] = []
    while len(chosen) < count and any(left.values()):
        for places in left.values():
            if places and len(chosen) < count:
                chosen.append(places.pop())
    return chosen


def reported(change: Change, text: str, folder: Path) -> bool:
    (folder / "brief.yaml").write_text(change.apply(text), encoding="utf-8")
    try:
        return bool(check(load_brief(folder / "brief.yaml")).findings)
    except ReportgenError:
        return True


def test_changes_to_the_brief_are_reported(tmp_path):
    count, seed = int(os.environ.get("REPORTGEN_MUTATIONS", FEW)), int(os.environ.get("REPORTGEN_SEED", SEED))
    brief = load_brief(BUNDLED)
    shutil.copy(BUNDLED.parent / LOCK_NAME, tmp_path)
    text = BUNDLED.read_text(encoding="utf-8")
    found = changes(brief, seed)
    chosen = drawn(found, count, seed)
    missed = [change for change in chosen if not reported(change, text, tmp_path)]
    score = 1 - len(missed) / len(chosen)
    print(f"\nseed {seed}: {len(chosen) - len(missed)} of {len(chosen)} changes reported, {score:.1%}")
    print("places:", ", ".join(f"{len(places)} {kind}" for kind, places in found.items()))
    print("not drawn:", "; ".join(EXCLUDED))
    missed_lines = "\n".join(change.describe(text) for change in missed)
    print(missed_lines)
    allowed = max(1, len(chosen) * (1 - ENOUGH))
    assert len(missed) <= allowed, f"{score:.1%} with seed {seed}\n{missed_lines}"


def test_the_untouched_brief_gives_no_finding(tmp_path):
    shutil.copy(BUNDLED, tmp_path / "brief.yaml")
    shutil.copy(BUNDLED.parent / LOCK_NAME, tmp_path)
    assert check(load_brief(tmp_path / "brief.yaml")).findings == ()

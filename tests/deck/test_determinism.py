"""A brief gives the same bytes with any hash seed, clock and folder."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import hashlib, sys
from io import BytesIO
sys.path.insert(0, sys.argv[1])
from tests.deck import conftest as c
from reportgen.deck.theme import build_default
from reportgen import brand as brands, deck
brand = brands.load()
theme = build_default(brand)
value = deck.compile_deck(f"<main>{c.EVERY_LAYOUT}</main>", "slides.html", c.PROPERTIES, c.EXHIBITS, theme, brand)
print(hashlib.sha256(deck.write_deck(deck.fit_deck(value, theme, brand), theme, brand)).hexdigest())
"""
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_bytes_hold_still_across_hash_seeds(seed, written, every_layout, tmp_path):
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Seoul"}
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(ROOT)],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=True,
    )
    assert found.stdout.strip() == hashlib.sha256(written(every_layout)).hexdigest()

"""A sample of every family of attacks: no promise of the program fails on it."""

from __future__ import annotations

import pytest

from tests.attack.__main__ import find_families

SEED = 2026


@pytest.mark.parametrize("name", list(find_families()))
def test_a_sample_of_a_family_finds_nothing(name: str) -> None:
    family = find_families()[name]
    outcomes = list(family.attack(family.SAMPLE, SEED))
    assert len(outcomes) >= family.SAMPLE
    assert not [outcome for outcome in outcomes if outcome.failed]

"""Colors of series: they differ for readers who see no red, green or blue, and in print without color."""

from __future__ import annotations

from itertools import combinations

import pytest

from reportgen.charts.amounts import choose_series_roles
from tests.charts.samples import BRAND

# Machado, Oliveira and Fernandes (2009), severity 1, on linear light
SIGHTS = {
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
    "grey": ((0.2126, 0.7152, 0.0722),) * 3,
}
LUMINANCE = (0.2126, 0.7152, 0.0722)
LEAST = 1.5  # as the deck's lint asks for


def linear(color: str) -> list[float]:
    shares = [part / 255 for part in bytes.fromhex(color[1:])]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def seen(color: str, sight: str) -> float:
    """Return how light a color looks to such an eye."""
    rgb = linear(color)
    shown = [max(0.0, min(1.0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in SIGHTS[sight]]
    return sum(a * b for a, b in zip(LUMINANCE, shown, strict=True))


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("highlighted", [True, False])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_series_differ_in_lightness_for_every_eye(sight, highlighted, count) -> None:
    roles = choose_series_roles([highlighted and index == 0 for index in range(count)])
    assert len(set(roles)) == count
    for one, other in combinations(roles, 2):
        low, high = sorted(seen(BRAND.colors[role], sight) + 0.05 for role in (one, other))
        assert high / low >= LEAST, f"{one} and {other} look alike"

"""The words with which sources limit numbers, and the bounds that they mean: "nearly" is a little less than, or about."""

from __future__ import annotations

BOUNDS: dict[str, tuple[str, ...]] = {
    "a little less than": ("a little less than",), "a little under": ("a little less than",), "a little below": ("a little less than",),
    "a bit less than": ("a little less than",), "slightly less than": ("a little less than",), "slightly under": ("a little less than",),
    "slightly below": ("a little less than",), "just less than": ("a little less than",), "just under": ("a little less than",),
    "just below": ("a little less than",), "somewhat less than": ("a little less than",), "not quite": ("a little less than",),
    "a shade under": ("a little less than",),
    "nearly": ("a little less than", "about"), "almost": ("a little less than", "about"), "close to": ("about", "a little less than"),
    "less than": ("less than",), "fewer than": ("less than",), "lower than": ("less than",), "smaller than": ("less than",), "under": ("less than",),
    "below": ("less than",), "short of": ("less than",), "under the age of": ("less than",), "below the age of": ("less than",), "sub-": ("less than",), "<": ("less than",),
    "at most": ("at most",), "no more than": ("at most",), "not more than": ("at most",), "up to": ("at most",),
    "a maximum of": ("at most",), "maximum of": ("at most", "exactly"), "the maximum": ("at most", "exactly"), "maximum": ("at most", "exactly"),
    "a ceiling of": ("at most", "exactly"), "a cap of": ("at most", "exactly"), "a limit of": ("at most", "exactly"), "not exceeding": ("at most",), "not to exceed": ("at most",),
    "minimum of": ("at least", "exactly"), "the minimum": ("at least", "exactly"), "a floor of": ("at least", "exactly"), "not below": ("at least",), "as much as": ("at most",), "as high as": ("at most", "exactly"), "as low as": ("at least", "exactly"), "as little as": ("at least", "exactly"), "as few as": ("at least", "exactly"), "as many as": ("at most",), "≤": ("at most",),
    "near": ("about",), "about": ("about",), "around": ("about",), "roughly": ("about",), "approximately": ("about",), "circa": ("about",),
    "some": ("about",), "an estimated": ("about",), "on the order of": ("about",), "in the vicinity of": ("about",), "in the neighborhood of": ("about",), "in the region of": ("about",), "~": ("about",), "≈": ("about",),
    "at least": ("at least",), "no less than": ("at least",), "not less than": ("at least",), "no fewer than": ("at least",),
    "a minimum of": ("at least",), "upward of": ("at least", "more than"), "upwards of": ("at least", "more than"), "≥": ("at least",),
    "more than": ("more than",), "greater than": ("more than",), "higher than": ("more than",), "larger than": ("more than",), "over": ("more than",),
    "above": ("more than",), "in excess of": ("more than",), "exceeding": ("more than",), "exceeds": ("more than",), "exceed": ("more than",), "exceeded": ("more than",), "surpassed": ("more than",), "surpasses": ("more than",), "surpassing": ("more than",),
    "not exceed": ("at most",), "never exceed": ("at most",), "well over": ("more than",), "over the age of": ("more than",), "above the age of": ("more than",), ">": ("more than",),
    "a little more than": ("a little more than",), "a little over": ("a little more than",), "slightly more than": ("a little more than",),
    "slightly over": ("a little more than",), "just over": ("a little more than",), "just above": ("a little more than",),
    "just more than": ("a little more than",), "a bit more than": ("a little more than",),
}  # fmt: skip
"""The bounds that each phrase can mean, of reportgen.text.numbers.BoundWords; the first fits best."""
DATE_BOUNDS: dict[str, tuple[str, ...]] = {
    "before": ("less than",), "after": ("more than",), "by": ("at most", "exactly"), "no later than": ("at most",),
    "about": ("about",), "around": ("about",), "circa": ("about",), "since": ("at least", "exactly"), "from": ("at least", "exactly"),
    "until": ("at most", "exactly"), "just before": ("a little less than",), "shortly before": ("a little less than",),
    "just after": ("a little more than",), "shortly after": ("a little more than",),
}  # fmt: skip
"""The same before dates."""

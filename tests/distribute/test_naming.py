"""Names of packets: descriptive, and safe on every file system."""

from pathlib import PureWindowsPath

import pytest
from hypothesis import given, strategies as st

from reportgen.distribution.packet_names import safe_name
from reportgen.distribution.recipients.recipient import Recipient


def recipient(name="Jane Doe", organization="State", **other):
    fields = {"email": "", "documents": ("memo",), "salutation": "", "language": "", "number": None}
    rest = {"expires": None, "before_embargo": False, "extra": {}, "line": 2}
    return Recipient(name, organization, **fields | rest | other)


@pytest.mark.parametrize(
    ("name", "organization", "expected"),
    [
        ("Jane Doe", "State", "012-jane-doe-state"),
        ("Žofia Łukasz-Ærø", "U.S. Dept. of State", "012-zofia-lukasz-aero-us-dept-of-state"),
        ("김정", "외교부", "012-김정-외교부"),
        ("أحمد", "وزارة", "012-أحمد-وزارة"),
        ("../../etc/passwd", "C:\\x", "012-etc-passwd-c-x"),
        ("...", "", "012-recipient"),
    ],
)
def test_packets_have_descriptive_names(name, organization, expected):
    assert safe_name(recipient(name, organization), 12) == expected


@pytest.mark.parametrize("name", ["CON", "nul.", "Com¹", "LPT9"])
def test_names_that_windows_keeps_for_itself(name):
    assert safe_name(recipient(name, "")).startswith("copy-for-")


@given(st.lists(st.tuples(st.text(max_size=120), st.text(max_size=120)), max_size=12), st.sampled_from([1, 95, 995]))
def test_names_of_packets_are_safe(people, first):
    names = [safe_name(recipient(*each), number) for number, each in enumerate(people, first)]
    assert len({name.casefold() for name in names}) == len(people)
    for name in names:
        assert 0 < len(name) <= 80
        assert len(name.encode()) <= 200
        assert all(letter == "-" or letter.isalnum() or not letter.isascii() for letter in name)
        assert name.isprintable()
        assert not name.startswith("-")
        assert not name.endswith("-")
        assert not PureWindowsPath(name).is_reserved()

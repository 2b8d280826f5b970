"""Copies in two pieces: what is made of them once is what would be made of the whole."""

import hashlib
from base64 import encodebytes

from hypothesis import given, strategies as st

from reportgen.distribute.copied import Beginning, Copied


@given(st.binary(max_size=400), st.lists(st.binary(max_size=200), min_size=1, max_size=3))
def test_what_copies_share_changes_none_of_them(head, tails):
    beginning = Beginning(head)
    for tail in tails:
        copied = Copied(beginning, tail)
        whole = head + tail
        assert (copied.data, b"".join(copied.pieces)) == (whole, whole)
        assert copied.sha256 == hashlib.sha256(whole).hexdigest()
        assert b"".join(copied.lines) == encodebytes(whole).replace(b"\n", b"\r\n")

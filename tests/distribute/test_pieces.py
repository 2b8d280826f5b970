"""Content in pieces: hashes, base64 and archives are those of the whole content."""

import hashlib
import io
import zipfile
from base64 import encodebytes

from hypothesis import given, strategies as st

from reportgen.distribution.stamping.pieces import Content, SharedBytes
from reportgen.distribution.stamping.shared_zip import zip_files

BYTES = st.binary(max_size=300)


@given(BYTES, st.lists(BYTES, min_size=1, max_size=3))
def test_shared_pieces_change_nothing(head, tails):
    beginning = SharedBytes(head)
    for tail in tails:
        content, whole = Content((beginning, tail)), head + tail
        assert (content.data, b"".join(content.parts)) == (whole, whole)
        assert content.sha256 == hashlib.sha256(whole).hexdigest()
        assert Content.join(content.base64).data == encodebytes(whole).replace(b"\n", b"\r\n")


@given(
    st.lists(st.builds(SharedBytes, BYTES) | BYTES, min_size=1, max_size=5), st.sampled_from(["memo.pdf", "höfe.pdf"])
)
def test_an_archive_holds_the_whole_content(pieces, name):
    file = Content.join(pieces)
    whole = b"".join(piece if isinstance(piece, bytes) else piece.data for piece in pieces)
    with zipfile.ZipFile(io.BytesIO(zip_files({name: file, "other.txt": Content((b"other",))}))) as archive:
        assert archive.testzip() is None
        assert (archive.read(name), archive.read("other.txt")) == (whole, b"other")
        assert archive.getinfo(name).external_attr == 0o644 << 16

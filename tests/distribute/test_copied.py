"""Files in pieces: what is made of the pieces is what would be made of the whole."""

import hashlib
import io
import zipfile
from base64 import encodebytes

from hypothesis import given, strategies as st

from reportgen.distribution.stamping.pieces import Copied, Shared
from reportgen.distribution.stamping.shared_zip import zipped

BYTES = st.binary(max_size=300)


@given(BYTES, st.lists(BYTES, min_size=1, max_size=3))
def test_what_copies_share_changes_none_of_them(head, tails):
    beginning = Shared(head)
    for tail in tails:
        copied, whole = Copied((beginning, tail)), head + tail
        assert (copied.data, b"".join(copied.parts)) == (whole, whole)
        assert copied.sha256 == hashlib.sha256(whole).hexdigest()
        assert Copied.of(copied.in_mail).data == encodebytes(whole).replace(b"\n", b"\r\n")


@given(st.lists(st.builds(Shared, BYTES) | BYTES, min_size=1, max_size=5), st.sampled_from(["memo.pdf", "höfe.pdf"]))
def test_a_zip_file_holds_what_its_files_are(pieces, name):
    file = Copied.of(pieces)
    whole = b"".join(piece if isinstance(piece, bytes) else piece.data for piece in pieces)
    with zipfile.ZipFile(io.BytesIO(zipped({name: file, "other.txt": Copied((b"other",))}))) as archive:
        assert archive.testzip() is None
        assert (archive.read(name), archive.read("other.txt")) == (whole, b"other")
        assert archive.getinfo(name).external_attr == 0o644 << 16

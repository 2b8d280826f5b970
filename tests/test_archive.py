"""An archive of ours is what the standard library would write, and what it reads."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from hypothesis import given, strategies as st

from reportgen.system.archive import DEFLATED, STORED, Entry, archive, laid

LETTERS = st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"])
NAMES = st.text(LETTERS, min_size=1, max_size=30)
FILES = st.dictionaries(NAMES, st.tuples(st.binary(max_size=3000), st.sampled_from([STORED, DEFLATED])), max_size=6)


def theirs(files) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as opened:
        for name, (data, method) in files.items():
            still = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            still.compress_type = ZIP_DEFLATED if method == DEFLATED else ZIP_STORED
            still.external_attr = 0o600 << 16
            opened.writestr(still, data)
    return target.getvalue()


@given(FILES)
def test_an_archive_is_byte_for_byte_what_zipfile_writes(files):
    assert archive(Entry.of(name, data, method) for name, (data, method) in files.items()) == theirs(files)


@given(FILES, FILES)
def test_an_archive_that_was_begun_goes_on(first, second):
    begun = [Entry.of(name, data, method) for name, (data, method) in first.items()]
    later = [Entry.of(name, data, method) for name, (data, method) in second.items() if name not in first]
    body, done = laid(begun)
    whole = body + archive(later, done)
    assert whole == archive([*begun, *later])
    with ZipFile(BytesIO(whole)) as opened:
        assert opened.testzip() is None
        assert {info.filename: opened.read(info) for info in opened.infolist()} == {
            **{name: data for name, (data, _) in second.items()}, **{name: data for name, (data, _) in first.items()}
        }  # fmt: skip

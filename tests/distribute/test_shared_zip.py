"""Archives whose entries are compressed beforehand: they are what the standard library would write, and what it reads."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hypothesis import given, strategies as st

from reportgen.deck.package import write_package
from reportgen.distribution.stamping.pieces import new_compressor
from reportgen.distribution.stamping.shared_zip import EMPTY, Archive, Entry, PartTemplate, compress_words

LETTERS = st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"])
FILES = st.dictionaries(st.text(LETTERS, min_size=1, max_size=30), st.binary(max_size=3000), max_size=6)


def entry(name: str, data: bytes) -> Entry:
    compressor = new_compressor()
    return Entry(name, compressor.compress(data) + compressor.flush(), zlib.crc32(data), len(data))


def by_zipfile(files: dict[str, bytes], mode: int) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as opened:
        for name, data in files.items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, mode << 16
            opened.writestr(info, data)
    return target.getvalue()


@given(FILES, st.sampled_from([0o600, 0o644]))
def test_an_archive_is_byte_for_byte_what_zipfile_writes(files, mode):
    assert Archive().add([entry(*each) for each in files.items()], mode) == by_zipfile(files, mode)


@given(FILES, FILES)
def test_entries_are_added_to_those_that_zipfile_wrote(first, second):
    others = {name: data for name, data in second.items() if name not in first}
    archive = Archive(by_zipfile(first, 0o600))
    whole = archive.entries.data + archive.add(entry(*each) for each in others.items())
    assert whole == by_zipfile(first | others, 0o600)
    assert archive.add([entry("a", b"b")]) == archive.add([entry("a", b"b")])  # an archive serves many copies


def test_an_archive_without_entries_is_empty():
    assert Archive().add([]) == EMPTY == by_zipfile({}, 0)


@given(st.binary(max_size=500), st.lists(st.binary(max_size=200), min_size=1, max_size=3), st.binary(max_size=500))
def test_a_part_is_filled_with_different_words(before, texts, after):
    part = PartTemplate.compress("ppt/slides/slide1.xml", before, after)
    archive = Archive(write_package({"other.xml": b"<a/>"}))
    for words in texts:
        data = archive.entries.data + archive.add([part.fill(words, compress_words(words))])
        with ZipFile(BytesIO(data)) as opened:
            assert opened.testzip() is None
            assert opened.read(part.name) == before + words + after

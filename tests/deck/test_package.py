"""A package as a file: the same parts are the same bytes, and what is compressed already is stored."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from reportgen.deck.package import write_package

PARTS = {"[Content_Types].xml": b"<a/>" * 99, "ppt/media/b.PNG": b"c" * 99, "ppt/é.xml": b""}


@pytest.mark.parametrize("compress", [True, False])
def test_a_package_holds_its_parts_in_their_order(compress):
    data = write_package(PARTS, compress)
    assert data == write_package(dict(PARTS), compress)
    with ZipFile(BytesIO(data)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == PARTS
        assert opened.namelist() == list(PARTS)
        kinds = [info.compress_type for info in opened.infolist()]
        assert kinds == ([ZIP_DEFLATED, ZIP_STORED, ZIP_DEFLATED] if compress else [ZIP_STORED] * 3)
        assert {(info.date_time, info.create_system) for info in opened.infolist()} == {((1980, 1, 1, 0, 0, 0), 3)}

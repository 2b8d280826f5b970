"""What a presentation's file consists of, as python-pptx would write it."""

from itertools import product

import pptx
import pytest
from pptx.opc.constants import RELATIONSHIP_TYPE

from reportgen.deck.parts import relations

ADDRESSES = [
    "https://example.org/a?b=1&c=2",
    "https://example.org/서울",
    "https://example.org/<a>'b'",
    "mailto:a@example.org",
]


@pytest.fixture
def file():
    return pptx.Presentation()


def test_relations_are_written_as_python_pptx_writes_them(file):
    file.slides.add_slide(file.slide_layouts[0])
    for address, number in product(ADDRESSES, range(4)):  # more than nine: rId10 stands behind rId9
        file.part.relate_to(f"{address}{number}", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    assert len(file.part.rels) > 12
    for part in [*file.part.package.iter_parts()]:
        assert relations(part.rels) == part.rels.xml


def test_a_relation_of_another_name_stands_first(file):
    for key in ("rId30", "own", "rId4"):
        file.part.rels._rels[key] = next(iter(file.part.rels.values()))
    assert relations(file.part.rels).count(b"<Relationship ") == len(file.part.rels)
    assert relations(file.part.rels).index(b'"own"') < relations(file.part.rels).index(b'"rId4"')


def test_a_quotation_mark_in_an_address_stays_in_it(file):
    file.part.relate_to('https://example.org/"a"', RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    assert b'https://example.org/"a"' in relations(file.part.rels)

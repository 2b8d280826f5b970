"""The audit knows a number of a quote's place as such, and only the places that the brief has."""

import pytest

from reportgen.audit.origins import Origins
from reportgen.brief import load_brief
from reportgen.evidence.number_grammar.number_mentions import find_mentions
from tests.conftest import INIT


@pytest.fixture(scope="module")
def origins(tmp_path_factory):
    text = INIT.read_text(encoding="utf-8").replace(
        "share: {source: author, paragraph: 1", 'share: {source: author, page: 114, section: "9.8"'
    )
    path = tmp_path_factory.mktemp("places") / "brief.yaml"
    path.write_text(text, encoding="utf-8")
    return Origins(load_brief(path))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Author, sec. 9.8, p. 114: as it says", {("structural", "paragraph")}),
        ("Author, ¶2", {("structural", "paragraph")}),
        ("Author, ¶77", {("unknown", "")}),
        ("Author, p. 1145", {("unknown", "")}),
    ],
)
def test_numbers_of_places(origins, text, found):
    assert {
        origins.origin_in_place(mention, text, ()) for mention in find_mentions(text) if not mention.is_silent
    } == found

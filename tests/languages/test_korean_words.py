"""Korean words are whole at the ends of lines, and what a reader copies or searches for has no sign of it."""

import re
import subprocess
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from reportgen.text.korean_words import JOINER, keep_words
from tests.conftest import ROOT
from tests.documents import documents_of

KOREAN = ROOT / "tests" / "briefs" / "korean" / "brief.yaml"


@pytest.mark.parametrize(
    ("body", "joined"),
    [
        ("풍력발전", "풍|력|발|전"),
        ("바다 바람", "바|다 바|람"),
        ("<strong>풍력</strong>발전", "<strong>풍|력</strong>|발|전"),
        ('<span data-fact="값">5%</span>를', '<span data-fact="값">5%</span>|를'),
        ("(SMA)는 ¶5", "(SMA)|는 ¶5"),
        ("한-미", "한-미"),
        ("<td>나</td><td>라</td>", "<td>나</td><td>라</td>"),
        ("wind and 5%", "wind and 5%"),
    ],
)
def test_a_line_may_end_between_words_alone(body, joined):
    html = "<html><head><title>풍력</title></head><body>{}</body></html>"
    assert keep_words(html.format(body)) == html.format(joined.replace("|", JOINER))


@given(st.text(alphabet="가나 다5%<a>()“”.-", max_size=40))
def test_no_text_is_changed_but_for_joiners(text):
    body = text.replace("<", "&lt;").replace(">", "&gt;")
    html = f"<html><body><p>{body}</p></body></html>"
    assert keep_words(html).replace(JOINER, "") == html
    assert keep_words(keep_words(html)).replace(JOINER, "") == html


def test_the_lines_of_a_memo_end_at_spaces(tmp_path):
    path = tmp_path / "memo.pdf"
    path.write_bytes(documents_of(KOREAN).memo())
    boxes = subprocess.run(["pdftotext", "-bbox-layout", str(path), "-"], capture_output=True, text=True, check=True)
    assert JOINER not in boxes.stdout
    words = {word for text in texts_of(documents_of(KOREAN).brief) for word in re.findall("[가-힣]+", text)}
    for block in re.findall("<block.*?</block>", boxes.stdout, re.DOTALL):
        lines = [
            re.findall(r"<word[^>]*>([^<]*)</word>", line) for line in re.findall("<line.*?</line>", block, re.DOTALL)
        ]
        for line, after in pairwise(lines):
            end, begin = re.findall("[가-힣]+$", line[-1]), re.findall("^[가-힣]+", after[0])
            assert not (end and begin and end[0] + begin[0] in words)


def texts_of(brief):
    yield brief.plain(brief.bottom_line)
    for section in brief.sections:
        yield from map(brief.plain, section.points)

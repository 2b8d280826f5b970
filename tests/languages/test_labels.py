"""Every language has every word: no label is forgotten, and none asks for what it is not given."""

import string
import subprocess
import sys
from collections.abc import Mapping

import pytest
from msgspec import Struct
from msgspec.structs import fields

from reportgen.brief.argument import Judgment
from reportgen.text import languages
from reportgen.text.languages import load_labels
from reportgen.text.languages.english import ENGLISH
from reportgen.text.languages.english_numbers import EnglishWriting

OTHERS = [language for language in languages.SUPPORTED if language != "en"]
COUNTS = (1, 2, 3, 5, 10, 11, 25, 100, 103)
FORMS = {"one", "two", "few", "many", "other", "zero"}


def texts(value, path=()):
    """Every text of a language with its path."""
    if isinstance(value, Struct):
        for field in fields(value):
            yield from texts(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from texts(each, (*path, key))
    elif isinstance(value, str):
        yield path, value


def asked(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_each_text_is_there_and_asks_for_no_more_than_the_english_one(language):
    ours = {path: text for path, text in texts(ENGLISH) if path[-1] not in FORMS}
    theirs = {path: text for path, text in texts(load_labels(language)) if path[-1] not in FORMS}
    assert set(theirs) == set(ours)
    for path, text in theirs.items():
        assert text.strip(), path
        assert asked(text) <= asked(ours[path]), path
        assert asked(text) >= asked(ours[path]) - {"parts"} - ({"confidence"} if path[-1] in ("low", "moderate", "high") else set()), path  # fmt: skip


@pytest.mark.parametrize("language", languages.SUPPORTED)
def test_each_count_has_its_form(language):
    words = load_labels(language)
    for name in ("decisions", "first_by", "kept_in_view", "from_sources", "sources"):
        for count in COUNTS:
            assert words.format_count(getattr(words.deck, name), count, day="X")
    assert all(words.format_count(words.handout.table, count, rows=str(count)) for count in COUNTS)


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_word_is_left(language):
    for path, text in texts(load_labels(language)):
        bare = "".join(part for part, *_ in string.Formatter().parse(text)).replace("PDF", "")  # its name everywhere
        assert not any(char.isascii() and char.isalpha() for char in bare), (path, text)


@pytest.mark.parametrize(
    ("tag", "known", "direction"),
    [("ko", "정책 메모", "ltr"), ("ko-KR", "정책 메모", "ltr"), ("ar-EG", "مذكرة سياسات", "rtl"), ("en-GB", "Memorandum", "ltr")],
)  # fmt: skip
def test_a_tag_with_a_region_has_its_language(tag, known, direction):
    assert load_labels(tag).forms.names["info"] == known
    assert languages.find_direction(tag) == direction


@pytest.mark.parametrize("tag", ["de-AT", "th", "fa-Latn"])
def test_a_language_without_labels_is_set_in_english_and_as_english_is(tag):
    assert load_labels(tag) is ENGLISH
    assert languages.find_direction(tag) == "ltr"
    assert languages.load_writing(tag) == EnglishWriting()


@pytest.mark.parametrize(
    ("language", "values", "expected"),
    [
        ("ko", {}, "우리의 판단:"),
        ("ko", {"confidence": "moderate", "likelihood": "likely"}, "우리의 판단 · 확신도 보통 · 가능성 높음:"),
        ("ar", {"confidence": "high"}, "تقديرنا، بدرجة ثقة عالية:"),
        ("ar", {"likelihood": "unlikely"}, "تقديرنا، وهو مستبعد:"),
    ],
)
def test_how_a_judgment_begins(language, values, expected):
    assert load_labels(language).introduce(Judgment(text="x", **values)) == expected


def test_arabic_counts_as_arabic_does():
    words = load_labels("ar")
    headings = [words.format_count(words.deck.decisions, count) for count in (1, 2, 3, 11, 100)]
    assert headings == ["نوصي بقرار واحد", "نوصي بقرارين", "نوصي بثلاثة قرارات", "نوصي بـ11 قرارًا", "نوصي بـ100 قرار"]


def test_an_english_brief_needs_neither_babel_nor_another_languages_words():
    code = (
        "import sys; from reportgen import brand; from reportgen.brief import load_brief\n"
        "from reportgen.markup.templates import template_folders; from pathlib import Path\n"
        "from reportgen.memo.expected_memo import build_expected_memo\n"
        "brief = load_brief('data/us-korea-2020/brief.yaml')\n"
        "build_expected_memo(brief, 'info', (612, 792))\n"
        "print([name for name in sys.modules if 'babel' in name or 'korean' in name or 'arabic' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

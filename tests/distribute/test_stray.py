"""Stamps in any text, and whom the marks of a stray copy point to. More of it: tests/attack/families/stray_copies.py."""

import datetime
import re

import pytest

from reportgen.distribution.ledger.ledger import Ledger
from reportgen.distribution.recipients.recipient_list import parse
from reportgen.distribution.stray.clues import judge
from reportgen.distribution.stray.file_words import read_stray
from reportgen.distribution.stray.stamp_search import find_letter_lines, find_stamps, fold
from reportgen.text.languages import load_labels
from reportgen.text.stamp_text import Stamp
from tests.distribute.ledger_run import DIGEST

DAY = datetime.date(2026, 2, 10)
NAMES = {"en": "Ada Example", "ko": "김철수 국장", "ar": "محمد أحمد"}
DISGUISES = {
    "as it is": lambda text: text,
    "upper case": str.upper,
    "lower case": str.lower,
    "slashes": lambda text: text.replace(" · ", " / "),
    "dashes and no-break spaces": lambda text: text.replace(" · ", "\u00a0–\u00a0"),
    "commas": lambda text: text.replace(" · ", ", "),
    "lines": lambda text: text.replace(" ", "\n"),
    "hyphens": lambda text: text.replace("Version", "Ver-\nsion").replace("Example", "Exam-\nple"),
    "soft hyphens": lambda text: text.replace("a", "a\u00ad"),
    "full width": lambda text: text.translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "Arabic digits": lambda text: text.translate({48 + digit: 0x0660 + digit for digit in range(10)}),
    "spaces between digits and letters": lambda text: re.sub(r"(?<=\\d)(?=[^\\W\\d])|(?<=[^\\W\\d])(?=\\d)", " ", text),
    "within words": lambda text: f"He wrote: {text}; and then he left.",
}


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_stamp_is_found_in_any_typography(language, disguise):
    text = DISGUISES[disguise](Stamp.of(DAY, language, 3, NAMES[language], 12).text)
    (found,) = find_stamps(text)
    assert (fold(found.name), found.number, found.version) == (fold(NAMES[language]), 12, 3)
    assert found.is_whole


def test_arabic_that_was_extracted_as_it_is_painted():
    text = (
        Stamp.of(DAY, "ar", 1, NAMES["ar"], 12)
        .text[::-1]
        .replace("21", "12")
        .replace("6202", "2026")
        .replace("01", "10")
    )
    (found,) = find_stamps(text)
    assert (found.name, found.number, found.version) == ("محمد أحمد", 12, 1)


@pytest.mark.parametrize(
    "text",
    [
        "As in version 2, March 3, 2026, we plan.",
        "This brief was prepared for the board. Copy 5 of it is lost.",
        "Copy 5 was sent in March 2026.",
        "Photocopy 2 · subversion 1",
    ],
)
def test_ordinary_words_are_no_stamps(text):
    assert find_stamps(text) == []


@pytest.mark.parametrize("language", NAMES)
def test_the_number_in_a_letter_is_found(language):
    (found,) = find_letter_lines(load_labels(language).letter.numbered.format(number=7, version=2))
    assert (found.number, found.version) == (7, 2)


@pytest.fixture
def verdict(tmp_path):
    """Return a function that judges a text by the ledger of a list."""

    def judged(text: str, *lists: str, name: str = "x.txt"):
        for rows in lists or ("Ada Example,a@x.example\nBo Example,b@x.example\n",):
            with Ledger.open(tmp_path / "ledger") as ledger, ledger.open_edition(DIGEST) as edition:
                edition.plan(parse(f"name,email\n{rows}", "r.csv"))
        with Ledger.read(tmp_path / "ledger") as ledger:
            return judge(read_stray(text.encode(), name, {}), name, ledger.lookup())

    return judged


def of(name: str, number: int | None, version: int = 1) -> str:
    return Stamp.of(DAY, "en", version, name, number).text


def test_name_and_number_must_be_one_persons(verdict):
    assert verdict(of("Ada Example", 1)).number == 1
    assert verdict(of("Ada Example", 2)).number is None
    assert verdict(of("Ada Example", 9)).number is None
    assert verdict(of("Eve", 2)).number is None
    assert verdict(of("", 2)).number is None
    assert verdict(of("Bo Example", None)).number is None
    assert verdict(of("Ada Example", 1, version=2)).number is None
    assert verdict(f"{of('Ada Example', 1)}\n{of('Bo Example', 2)}").number is None


def test_a_stamp_of_nobody_here_is_another_folders(verdict):
    assert verdict(of("Eve", 9)).is_unknown
    assert not verdict(of("Ada Example", 9)).is_unknown


def test_a_copy_keeps_the_name_that_it_was_stamped_with(verdict):
    renamed = verdict(of("Ada Example", 1), "Ada Example,a@x.example\n", "Ada Sample,a@x.example\n")
    assert renamed.number == 1
    assert verdict(of("Ada Sample", 1)).number == 1


def test_people_whose_names_differ_by_an_accent_are_two(verdict):
    rows = "Jose Diaz,a@x.example\nJosé Díaz,b@x.example\n"
    assert verdict(of("José Díaz", 2), rows).number == 2
    assert verdict(of("José Díaz", 1), rows).number is None


def test_a_mail_may_be_to_several_and_contradicts_none_of_them(verdict):
    mail = "From: s@x.example\nTo: {}\nSubject: x\nMIME-Version: 1.0\n\n{}\n"
    both, other = "a@x.example, Bo <b@x.example>", "b@x.example"
    assert verdict(mail.format(both, of("Ada Example", 1)), name="x.eml").number == 1
    assert verdict(mail.format(other, of("Ada Example", 1)), name="x.eml").number is None
    assert verdict(mail.format("press@y.example", of("Ada Example", 1)), name="x.eml").number == 1


def test_a_web_page_is_read_without_its_tags(verdict):
    stamp = of("Ada Example", 1).replace(" · ", "</b> &middot; <b>")
    assert verdict(f"<!DOCTYPE html><html><body><p><b>{stamp}</b></body></html>").number == 1

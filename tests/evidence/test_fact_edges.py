"""Numbers that a fact and its neighbours make: digits, signs, bounds, multipliers and units beside ${id}."""

import pytest

from reportgen.brief import load_brief
from reportgen.evidence import check

SOURCE = "Toll income rose 8.2 percent after 136 repairs, which cost $5 billion over 12 months; losses were minus 4 percent, each for up to 30 days."
BRIEF = """\
title: Tolls
slug: tolls
date: 2024-03-01
to: Council
from: Staff
sources:
  s: {{author: Ada Example, title: The Tunnel, published: "2024", file: article.txt}}
quotes:
  q: {{source: s, paragraph: 1, text: "{source}"}}
facts:
  rise: {{value: 8.2, unit: "%", quote: q}}
  repairs: {{value: 136, quote: q}}
  cost: {{value: 5, unit: US$ billion, quote: q}}
  time: {{value: 12, unit: months, quote: q}}
  loss: {{value: -4, unit: "%", quote: q}}
  most: {{value: 30, unit: days, bound: at most, quote: q}}
bottom_line: "The tunnel was repaired. [@q]"
topics:
  - {{kind: immediate, title: Repairs, points: ["{text} [@q]"]}}
"""
CHANGED = [
    "rose 1${rise}", "rose ${rise}0", "rose −${rise}", "rose -${rise}", "rose minus ${rise}", "rose negative ${rise}", "rose ±${rise}", "rose ~${rise}",
    "rose ≈${rise}", "rose >${rise}", "rose less than ${rise}", "rose about ${rise}", "rose at least ${rise}", "rose ${rise} or more", "rose up to ${rise}",
    "rose ${rise}‰", "rose ${rise} points", "saw ${repairs}%", "saw ${repairs} percent", "saw ${repairs} thousand repairs", "saw ${repairs} million repairs",
    "saw ${repairs}th repairs", "saw ${repairs}k repairs", "saw ${repairs}.5 repairs", "saw ${repairs},000 repairs", "saw 1,${repairs} repairs",
    "saw 1 ${repairs} repairs", "saw **1**${repairs} repairs", "saw Ⅳ${repairs} repairs", "saw ①${repairs} repairs", "saw ５${repairs} repairs",
    "saw ٣${repairs} repairs", "saw 一${repairs} repairs", "saw III${repairs} repairs", "saw ${repairs}² repairs", "saw ${repairs}½ repairs",
    "saw 9\\u200b${repairs} repairs", "saw ﹣${repairs} repairs", "saw twice ${repairs} repairs", "saw a tenth of ${repairs} repairs",
    "saw half of ${repairs} repairs", "saw half ${repairs} repairs", "saw hundreds of ${repairs} repairs", "saw ${repairs} dozen repairs",
    "saw ${repairs} times the repairs", "saw ${repairs}-fold repairs", "saw ${repairs}–140 repairs", "saw between 100 and ${repairs} repairs",
    "saw ${repairs} ± 5 repairs", "cost €${repairs}", "cost nearly ${cost}", "cost double ${cost}", "cost ${cost} million", "took over ${time} or more", "lost −${loss}", "lost minus ${loss}", "took less than ${most}", "took minus ${most}", "rose from ${loss} to less than ${rise}",
]  # fmt: skip
TRUE = [
    "rose ${rise}", "rose by ${rise} after ${repairs} repairs", "saw ${repairs}, ${rise} and ${cost}", "cost ${cost} over ${time}", "cost ${cost} over the ${time}",
    "saw a ${rise} rise", "saw (${rise})", "saw the ${rise} rise’s end", "saw “${rise}”", "saw ${repairs} repairs: ${cost}", "lost ${loss}, while income rose ${rise}",
    "saw ${rise}, more than ${loss}", "saw ${loss}, less than ${rise}", "took ${most}", "closed over ${most}", "saw a rise of ${rise}–${rise:short}",
]  # fmt: skip


@pytest.fixture
def find_raw(tmp_path):
    """Return the messages of `raw-number` on a sentence about the tunnel."""
    (tmp_path / "article.txt").write_text(SOURCE + "\n", encoding="utf-8")

    def find(words: str) -> list[str]:
        text = BRIEF.format(source=SOURCE, text=f"The tunnel {words}.")
        (tmp_path / "brief.yaml").write_text(text, encoding="utf-8")
        report = check(load_brief(tmp_path / "brief.yaml"))
        return [finding.message for finding in report.findings if finding.rule == "raw-number"]

    return find


@pytest.mark.parametrize("words", CHANGED)
def test_what_changes_a_fact_is_reported(find_raw, words):
    assert find_raw(words)


@pytest.mark.parametrize("words", TRUE)
def test_a_fact_among_words_is_not(find_raw, words):
    assert find_raw(words) == []


def test_the_message_shows_the_number_that_is_read(find_raw):
    assert find_raw("rose 1${rise}") == ['“18.2\u00a0percent” makes another number of the fact "rise"']
    assert find_raw("rose less than ${rise}") == ['“less than 8.2\u00a0percent” adds a bound to the fact "rise"']


def test_particles_of_other_languages_may_follow(tmp_path):
    (tmp_path / "article.txt").write_text(SOURCE + "\n", encoding="utf-8")

    def find(words: str) -> list[str]:
        text = (
            BRIEF.format(source=SOURCE, text=words)
            .replace("slug:", "language: ko\nslug:")
            .replace("published:", "language: en, published:")
        )
        (tmp_path / "brief.yaml").write_text(text, encoding="utf-8")
        return [
            item.message for item in check(load_brief(tmp_path / "brief.yaml")).findings if item.rule == "raw-number"
        ]

    assert find("통행료는 ${repairs}번의 수리 뒤 ${rise}가 올랐다.") == []
    assert find("통행료는 1${rise}가 올랐다.")

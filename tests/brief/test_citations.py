"""How sources are cited: family names, institutions, years with letters, dates in the brief's language."""

import pytest
from hypothesis import given, strategies as st

from reportgen.brief import load_brief
from reportgen.brief.citing.author_names import cite_author
from reportgen.brief.citing.citations import SourceParts, cite_sources
from reportgen.evidence import check
from reportgen.system.errors import BriefError

BRIEF = """\
title: Two reports
slug: two
date: 2024-03-01
language: {language}
to: Readers
from: Writers
sources:
{sources}
bottom_line: Nothing yet.
"""


def load(tmp_path, *sources, language="en-US"):
    lines = "\n".join(f"  s{index}: {{{source}}}" for index, source in enumerate(sources))
    path = tmp_path / "brief.yaml"
    path.write_text(BRIEF.format(language=language, sources=lines), encoding="utf-8")
    return load_brief(path)


@pytest.mark.parametrize(
    ("author", "cited"),
    [
        ("Ada Example", "Example"),
        ("Example, Ada", "Example"),
        ("Example, Ada Jane", "Example"),
        ("A. J. Example Jr.", "Example"),
        ("Dr. Ada Example, PhD", "Example"),
        ("Example A", "Example"),
        ("Ada Example and Ben Sample", "Example and Sample"),
        ("Example, Ada, and Ben Sample", "Example and Sample"),
        ("Example, A., & Sample, B.", "Example and Sample"),
        ("Ada Example; Ben Sample", "Example and Sample"),
        ("Ada Example, Ben Sample, and Carl Model", "Example et al."),
        ("Example et al.", "Example et al."),
        ("Ada van der Berg", "van der Berg"),
        ("van der Berg, Ada", "van der Berg"),
        ("Berg, Ada van der", "van der Berg"),
        ("Juana de la Cruz", "de la Cruz"),
        ("Luis Gómez Pérez", "Gómez Pérez"),
        ("Pak Su-jin", "Pak"),
        ("Su-jin Pak", "Pak"),
        ("Li, Wei", "Li"),
        ("Tran Van Binh", "Tran"),
        ("World Bank", "World Bank"),
        ("Congressional Budget Office", "Congressional Budget Office"),
        ("Congressional Budget Office (CBO)", "Congressional Budget Office"),
        ("OECD", "OECD"),
        ("Department of Ships and Ferries", "Department of Ships and Ferries"),
        ("Food and Drug Administration", "Food and Drug Administration"),
        ("Harbor Office, U.S. Department of Ferries", "Harbor Office, U.S. Department of Ferries"),
        ("Ada Example and the Harbor Institute", "Example and the Harbor Institute"),
        ("Banque de l’Ouest", "Banque de l’Ouest"),
        ("박수진", "박수진"),
        ("한국연구원", "한국연구원"),
        ("سارة الحداد", "الحداد"),
        ("وزارة النقل", "وزارة النقل"),
    ],
)
def test_an_author_is_cited_by_the_family_name_and_an_institution_whole(author, cited):
    assert cite_author(author).name == cited


def test_authors_are_joined_in_the_briefs_language():
    assert cite_author("박수진, 이하늘", "ko").name == "박수진·이하늘"
    assert cite_author("박수진, 이하늘, 최바다", "ko").name == "박수진 외"
    assert cite_author("سارة الحداد؛ عمر النجار", "ar").name == "الحداد والنجار"


@given(st.text(min_size=1, max_size=60).filter(lambda text: text.strip()))
def test_every_author_has_a_name(author):
    assert cite_author(author).name.strip()


def test_a_name_that_may_be_read_two_ways_asks_for_short(tmp_path):
    author = "author: Li Wei, title: A Survey, published: 2020-01-05"
    found = [item for item in check(load(tmp_path, author)).findings if item.rule == "source-name"]
    assert [(item.severity, item.message) for item in found] == [
        ("warning", "Li Wei is cited as Wei, but the family name may be Li")
    ]
    assert (found[0].where.line, found[0].hint) == (8, "say which: short: Wei")
    settled = check(load(tmp_path, f"{author}, short: Li")).findings
    assert not [item for item in settled if item.rule == "source-name"]


def test_sources_of_one_author_and_year_get_letters(tmp_path):
    rows = ("One, published: 2023-05-02", "Two, published: May 2023", "Three, published: 2022", "Four, published: 2023")
    brief = load(tmp_path, *(f"author: Ada Example, title: {row}" for row in rows))
    assert [source.cited_as for source in brief.sources.values()] == [
        "Example (2023a)", "Example (2023b)", "Example (2022)", "Example (2023c)",
    ]  # fmt: skip


def test_letters_go_on_after_z():
    sources = {f"s{index}": SourceParts("Ada Example", None, "2023") for index in range(28)}
    years = [citation.year for citation in cite_sources(sources, "en").values()]
    assert years[25:] == ["2023z", "2023aa", "2023ab"]


def test_two_sources_without_a_year_must_be_told_apart(tmp_path):
    with pytest.raises(BriefError) as refused:
        load(tmp_path, "author: Ada Example, title: One", "author: Ada Example, title: Two")
    (found,) = refused.value.diagnostics
    assert found.message == 'the sources "s0" and "s1" are both cited as Example'
    assert (found.where.line, found.hint) == (9, "add the year as `published`, or a `short` of its own")


@pytest.mark.parametrize(
    ("language", "published", "printed"),
    [
        ("en-US", "2026-03-17", "March 17, 2026"),
        ("en-GB", "2026-03-17", "17 March 2026"),
        ("en-GB", "March 17, 2026", "17 March 2026"),
        ("ko-KR", "2026-03-17", "2026년 3월 17일"),
        ("ko-KR", "17 Mar 2026", "2026년 3월 17일"),
        ("ko-KR", "Mar. 2026", "2026년 3월"),
        ("en-US", "undated, 2020 inferred", "undated, 2020 inferred"),
        ("en-US", "Spring 2020", "Spring 2020"),
    ],
)
def test_the_date_of_publication_is_in_the_briefs_language(tmp_path, language, published, printed):
    brief = load(tmp_path, f"author: Ada Example, title: One, published: '{published}'", language=language)
    assert printed in brief.sources["s0"].reference.replace("\u00a0", " ")

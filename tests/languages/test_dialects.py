"""The dialects of English: dates, percentages, spelling and marks, as the brief's language or its house asks for."""

from datetime import date

import pytest
from msgspec.structs import replace

from reportgen import cli
from reportgen.brief import load_brief
from reportgen.evidence.claims.statements import read_statements
from reportgen.text.languages import load_labels, load_writing
from reportgen.text.languages.writing_tag import join_tag, strip_tag
from reportgen.text.numbers import PartialDate, Quantity, Spread, Unit, format_long_date, format_short_date
from tests.conftest import INIT

DAY = date(2024, 9, 5)
SHARE = Unit("% of GDP")


@pytest.mark.parametrize(
    ("tag", "day", "short", "percent", "kind"),
    [
        ("en-US", "September 5, 2024", "Sep 5, 2024", "8.2 percent of GDP", "judgment"),
        ("en", "September 5, 2024", "Sep 5, 2024", "8.2 percent of GDP", "judgment"),
        ("en-GB", "5 September 2024", "5 Sept 2024", "8.2 per cent of GDP", "judgement"),
        ("en-AU", "5 September 2024", "5 Sept 2024", "8.2 per cent of GDP", "judgement"),
        ("en-CA", "September 5, 2024", "Sep 5, 2024", "8.2 per cent of GDP", "judgment"),
        ("fr-FR", "September 5, 2024", "Sep 5, 2024", "8.2 percent of GDP", "judgment"),
        (join_tag("en-US", "day-month", "%"), "5 September 2024", "5 Sep 2024", "8.2% of GDP", "judgment"),
        (join_tag("en-GB", "month-day", "percent"), "September 5, 2024", "Sep 5, 2024", "8.2 percent of GDP", "judgement"),
        (join_tag("en-GB", None, "%"), "5 September 2024", "5 Sept 2024", "8.2% of GDP", "judgement"),
    ],
)  # fmt: skip
def test_a_dialect_decides_dates_percentages_and_spelling(tag, day, short, percent, kind):
    value = Quantity(8.2, SHARE, decimals=1, language=tag)
    assert format_long_date(DAY, tag).replace("\xa0", " ") == day
    assert format_short_date(DAY, None, tag).replace("\xa0", " ") == short
    assert value.prose.replace("\xa0", " ") == percent
    assert value.short.replace("\xa0", " ") == "8.2% of GDP"
    assert f"Our {kind}," in load_labels(tag).forms.options_caption


@pytest.mark.parametrize(
    ("style", "printed"), [("percent", "3–5 percent"), ("per cent", "3–5 per cent"), ("%", "3–5%")]
)
def test_ranges_and_units_alone_are_written_in_the_same_style(style, printed):
    tag = join_tag("en-US", None, style)
    value = Quantity(4, Unit("%"), language=tag, spread=Spread(3, 5, has_centre=False))
    assert value.prose.replace("\xa0", " ") == printed
    assert load_writing(tag).unit(SHARE) == f"{style} of GDP"
    assert load_labels(tag).charts.percent == style.capitalize()


def test_titles_stand_in_single_marks_in_britain_and_quotations_in_double_ones():
    british, american = load_labels("en-GB"), load_labels("en-US")
    assert british.letter.enclosed == "Enclosed is ‘{title}’, as of {date}:"
    assert british.marks.end_sentence(british.marks.quote("so")) == "“so”."
    assert american.marks.end_sentence(american.marks.quote("so")) == "“so.”"
    assert load_labels("en-CA").letter.enclosed == american.letter.enclosed


def test_labels_differ_in_words_alone():
    """A dialect keeps every place for a value, and every number of forms."""
    for tag in ("en-GB", "en-CA", join_tag("en-US", None, "%")):
        for own, other in zip(list_texts(load_labels(tag)), list_texts(load_labels("en-US")), strict=True):
            assert own.count("{") == other.count("{")


def list_texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from list_texts(each)
    elif hasattr(value, "__struct_fields__"):
        for name in value.__struct_fields__:
            yield from list_texts(getattr(value, name))


@pytest.mark.parametrize(
    ("own", "house", "language", "printed"),
    [
        ("", "", "en-US", "March 17, 2026"),
        ("", "dialect: en-GB", "en-GB", "17 March 2026"),
        ("en", "dialect: en-AU", "en-AU", "17 March 2026"),
        ("en-US", "dialect: en-GB", "en-US", "March 17, 2026"),
        ("en-US", "dates: day-month", "en-US", "17 March 2026"),
        ("ko", "{dialect: en-GB, dates: day-month}", "ko", "2026년 3월 17일"),
        ("", "dialect: klingon", "en-US", "March 17, 2026"),
    ],
)
def test_the_briefs_language_comes_before_the_houses_dialect(tmp_path, own, house, language, printed):
    text = "\n".join(line for line in INIT.read_text("utf-8").splitlines() if not line.startswith("language:"))
    (tmp_path / "brief.yaml").write_text(text + (f"\nlanguage: {own}\n" if own else "\n"), encoding="utf-8")
    if house:
        (tmp_path / "_brand.yml").write_text(f"defaults:\n  reportgen:\n    {house}\n", encoding="utf-8")
    brief = load_brief(tmp_path / "brief.yaml")
    assert (brief.language, strip_tag(brief.writing)) == (language, language)
    assert PartialDate(2026, 3, 17).format(brief.writing).replace("\xa0", " ") == printed


def test_a_house_that_is_none_is_reported(tmp_path, capsys):
    (tmp_path / "brief.yaml").write_bytes(INIT.read_bytes())
    (tmp_path / "_brand.yml").write_text("defaults: {reportgen: {dialect: en-UK, dates: iso}}", encoding="utf-8")
    assert cli.main(["memo", str(tmp_path / "brief.yaml"), "-o", str(tmp_path / "memo.pdf")]) == 6
    told = capsys.readouterr().err
    assert "_brand.yml:1:33: error: defaults.reportgen.dialect: expected one of en-US, en-GB, en-AU, en-CA" in told
    assert "defaults.reportgen.dates: expected one of day-month, month-day" in told


@pytest.mark.parametrize("dialect", ["en-GB", "en-CA"])
def test_claims_are_read_alike_in_each_dialect(dialect):
    """What a fact prints in Britain is no other statement than what it prints in America."""
    share = Quantity(3.1, Unit("%"), decimals=1)
    read = [
        [
            word.text
            for word in read_statements(f"Prices rose {replace(share, language=tag).prose}, up from last year.")[
                0
            ].words
        ]
        for tag in ("en-US", dialect)
    ]
    assert read[0] == read[1]
    assert "percent" in read[0]
    assert "cent" in {word.text for word in read_statements("One cent per cents.")[0].words}

"""The engine makes PDFs of what it was given and of nothing else."""

import io
import logging
import os
import socket

import pikepdf
import pytest
from pdfminer.high_level import extract_text

from reportgen.pdf.engine import BASE, Press, Served, start
from reportgen.system.errors import BriefError, TemplateError
from tests.pdf.conftest import SVG, render


def text_of(pdf: bytes) -> str:
    return extract_text(io.BytesIO(pdf))


def fonts_of(pdf: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        objects = (item for item in document.objects if isinstance(item, pikepdf.Dictionary))
        return {str(item.BaseFont).partition("+")[2] for item in objects if item.get("/Type") == "/Font"}


def test_words_and_running_text_are_printed(job):
    text = text_of(render(job("<p>Settle it first.</p>")))
    assert "Settle it first." in text
    assert "foot 1" in text


def test_a_picture_is_served_by_its_name_and_stays_text(job):
    assert "drawn" in text_of(render(job('<p><img src="a.svg" alt="A picture"/></p>', resources={"a.svg": SVG})))


def test_a_drawing_that_comes_when_the_pages_are_laid_out_makes_the_same_file(job):
    body = '<p>Before.</p><p><img src="a.svg" alt="A picture"/><img src="a.svg" alt="Again"/></p><p>After.</p>'
    sheets = Press(job(body, drawings={"a.svg": (75.0, 60.0)})).lay_out()
    assert sheets.pdf(drawings={"a.svg": SVG}) == render(job(body, resources={"a.svg": SVG}))


def test_a_stylesheet_is_looked_up_in_the_folders_and_the_first_wins(job, tmp_path):
    for name, words in (("first", "mine"), ("second", "theirs")):
        (tmp_path / name / "css").mkdir(parents=True)
        (tmp_path / name / "css" / "x.css").write_text(f'p::after {{ content: " {words}" }}')
    html = job().html.replace("</head>", '<link rel="stylesheet" href="css/x.css"/></head>')
    assert "Words. mine" in text_of(render(job(html=html, folders=(tmp_path / "first", tmp_path / "second"))))


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("missing.svg", 'the file "missing.svg" does not exist'),
        ("https://example.org/a.svg", 'the file "https://example.org/a.svg" is not served'),
        ("file:///etc/hostname", 'the file "file:///etc/hostname" is not served'),
        ("../secret.svg", 'the file "secret.svg" does not exist'),
        ("%2e%2e/secret.svg", "secret.svg"),
        ("data:text/html,x", "is not served"),
        ("data:image/svg+xml,x", "the picture is damaged"),
    ],
)
def test_nothing_else_is_served(job, tmp_path, monkeypatch, source, told):
    def refuse(*arguments, **named):
        raise AssertionError("a socket was opened")

    start()  # what it imports builds on sockets
    monkeypatch.setattr(socket, "socket", refuse)
    (tmp_path / "secret.svg").write_bytes(SVG)
    folder = tmp_path / "served"
    folder.mkdir()
    with pytest.raises(TemplateError) as caught:
        render(job(f'<p><img src="{source}" alt="A picture"/></p>', folders=(folder,)))
    assert told in str(caught.value)
    assert "hint:" in str(caught.value)


def test_a_link_out_of_a_folder_is_not_followed(tmp_path):
    (tmp_path / "served").mkdir()
    (tmp_path / "secret").write_text("x")
    (tmp_path / "served" / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(LookupError):
        Served({}, (tmp_path / "served",)).get(BASE + "link")


def test_a_near_name_is_offered(job):
    with pytest.raises(TemplateError, match=r'did you mean "charts/sma\.svg"\?'):
        render(job('<p><img src="charts/sna.svg" alt="A chart"/></p>', resources={"charts/sma.svg": SVG}))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"stylesheet": "p { colour: red }"}, "colour"),
        ({"resources": {"a.svg": b"<svg"}}, "markup is not well-formed"),
        ({"html": "<html><p></html>"}, "markup is not well-formed"),
    ],
)
def test_what_the_renderer_would_only_log_is_an_error(job, changes, told):
    with pytest.raises(TemplateError, match=told):
        render(job(**{"body": '<p><img src="a.svg" alt="A picture"/></p>', "resources": {"a.svg": SVG}, **changes}))


def test_a_link_to_nowhere_is_an_error(job):
    with pytest.raises(TemplateError, match="nowhere"):
        render(job('<p><a href="#nowhere">there</a></p>'))


def test_a_missing_glyph_is_told_with_its_code_point_and_the_words_around_it(job):
    with pytest.raises(BriefError) as caught:
        render(job("<p>The president said 大 and left, then ☃.</p>"))
    message = str(caught.value)
    assert '"大" (U+5927' in message
    assert "1 more is missing: ☃" in message
    assert "president said 大 and left" in message


def test_a_missing_glyph_in_a_picture_is_told_too(job):
    with pytest.raises(BriefError, match="U\\+5927"):
        render(job('<p><img src="a.svg" alt="x"/></p>', resources={"a.svg": SVG.replace(b"drawn", "大".encode())}))


def test_one_family_helps_the_other_out(job):
    """Public Sans has no Greek, Source Serif has: the stylesheet names both, so no font of the machine steps in."""
    pdf = render(job('<p style="font-family: Public Sans">Ωmega</p>'))
    assert {name.partition("-")[0] for name in fonts_of(pdf)} <= {"Source", "Public"}


def test_only_our_fonts_are_embedded(job):
    families = {
        name.replace("-", " ").replace(",", "") for name in fonts_of(render(job("<p>a <em>b</em> <b>c</b></p>")))
    }
    assert all(name.startswith(("Source Serif 4", "Public Sans")) for name in families)


def test_the_environment_and_the_loggers_are_left_alone(job, monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    logger = logging.getLogger("weasyprint")
    before = (list(logger.handlers), logger.level, logger.propagate)
    render(job())
    assert os.environ["FONTCONFIG_FILE"] == "/etc/fonts/fonts.conf"
    assert (list(logger.handlers), logger.level, logger.propagate) == before


def test_a_missing_font_file_is_told(job, tmp_path):
    from reportgen.brand.fontfile import FontFile

    with pytest.raises(TemplateError, match="font file cannot be read"):
        render(job(fonts=(FontFile("Public Sans", tmp_path / "gone.ttf"),)))


def test_the_same_job_gives_the_same_bytes(job):
    assert render(job()) == render(job())

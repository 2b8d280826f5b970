"""Text that no reader of the page or the Word file sees is not the source's text."""

import pytest

from reportgen.evidence.sources.source_text import read_source

from .conftest import docx_bytes

SEEN = "<p>The harbor council voted on Tuesday to spend more on dredging the northern channel this year.</p>"
HIDDEN = [
    ("<p style='display:none'>FORGED</p>", ""),
    ("<p style='DISPLAY : none !important'>FORGED</p>", ""),
    ("<p class=x>FORGED</p>", "<style>.x{display:none}</style>"),
    ("<p id=x>FORGED</p>", "<style>#x{visibility:hidden}</style>"),
    ("<p>It said <q>FORGED</q>.</p>", "<style>q{display:none}</style>"),
    ("<div class=a><p class=b>FORGED</p></div>", "<style>.a > .b, .z{display:none}</style>"),
    ("<p class=x>FORGED</p>", "<style>.x{display:block}.x{display:none}</style>"),
    ("<p class=x style='display:block'>FORGED</p>", "<style>.x{display:none!important}</style>"),
    ("<p class=x>FORGED</p>", "<style>@media screen{.x{display:none}}</style>"),
    ("<p class=x>FORGED</p>", "<style>@media all and (min-width: 40em){.x{display:none}}</style>"),
    ("<p class=x>FORGED</p>", "<style>@supports (display:grid){.x{display:none}}</style>"),
    ("<p class=x>FORGED</p>", "<style>:root{--a:none} .x{display:var(--a)}</style>"),
    ("<article><p class=x>FORGED</p></article>", "<style>article{ & .x{display:none} }</style>"),
    ("<p hidden>FORGED</p>", ""),
    ("<template><p>FORGED</p></template>", ""),
    ("<noscript><p>FORGED</p></noscript>", ""),
    ("<!-- FORGED -->", ""),
    ("<dialog><p>FORGED</p></dialog>", ""),
    ("<input type=hidden value=FORGED>", ""),
    ("<p style='font-size:0'>FORGED</p>", ""),
    ("<p style='font:0/0 a'>FORGED</p>", ""),
    ("<p style='opacity:.01'>FORGED</p>", ""),
    ("<p style='filter:opacity(0)'>FORGED</p>", ""),
    ("<p style='color:#fff'>FORGED</p>", ""),
    ("<p><font color=white>FORGED</font></p>", ""),
    ("<p style='color:white;background:white'>FORGED</p>", "<link rel=stylesheet href=a.css>"),
    ("<div style='background:#123456'><p style='color:rgb(18,52,86)'>FORGED</p></div>", ""),
    ("<p style='color:rgba(0,0,0,0)'>FORGED</p>", ""),
    ("<p style='position:absolute;left:-9999px'>FORGED</p>", ""),
    ("<p style='position:fixed;inset:-9999px auto auto 0'>FORGED</p>", ""),
    ("<p style='text-indent:-9999px'>FORGED</p>", ""),
    ("<p style='margin-left:-9999px'>FORGED</p>", ""),
    ("<p style='transform:translateX(-9999px)'>FORGED</p>", ""),
    ("<p style='transform:scale(0)'>FORGED</p>", ""),
    ("<p style='height:0;overflow:hidden'>FORGED</p>", ""),
    ("<p style='clip-path:inset(50%)'>FORGED</p>", ""),
    ("<span class=sr-only>FORGED</span>", ""),
    ("<p class='govuk-visually-hidden'>FORGED</p>", ""),
    ("<div style='visibility:hidden'><p>FORGED</p></div>", ""),
    ("<table><tr style='display:none'><td>FORGED</td></tr></table>", ""),
]
SHOWN = [
    ("<details><summary>s</summary><p>GENUINE</p></details>", ""),
    ("<p aria-hidden=true>GENUINE</p>", ""),
    ("<p class=x>GENUINE</p>", "<style media=print>.x{display:none}</style>"),
    ("<p class=x>GENUINE</p>", "<style>@media print{.x{display:none}}</style>"),
    ("<p class=x>GENUINE</p>", "<style>@media (max-width:600px){.x{display:none}}</style>"),
    ("<p class='x y'>GENUINE</p>", "<style>.x{display:none}.x.y{display:block}</style>"),
    ("<p class=x style='display:block'>GENUINE</p>", "<style>.x{display:none}</style>"),
    ("<p hidden style='display:block'>GENUINE</p>", ""),
    ("<div style='visibility:hidden'><p style='visibility:visible'>GENUINE</p></div>", ""),
    ("<div style='font-size:0'><p style='font-size:16px'>GENUINE</p></div>", ""),
    ("<p style='color:#fff'>GENUINE</p>", "<style>body{background:#000}</style>"),
    ("<p style='color:#fff'>GENUINE</p>", "<link rel=stylesheet href=a.css>"),
    ("<p style='background:url(a.png);color:#fff'>GENUINE</p>", ""),
    ("<p style='color:transparent;-webkit-background-clip:text'>GENUINE</p>", ""),
    ("<p class=x>GENUINE</p>", "<style>.x:hover, .x::before, .js .x{display:none}</style>"),
    ("<p class=x>GENUINE</p>", "<style>@keyframes a{from{opacity:0}} .x{animation:a 1s}</style>"),
    ("<p style='text-indent:2em;margin-left:-20px;opacity:.8;overflow:hidden;height:200px'>GENUINE</p>", ""),
    (f"<form><p>GENUINE</p>{SEEN * 6}</form>", ""),
]


def read_page(folder, body, head):
    path = folder / "page.html"
    text = f"<!doctype html><html><head><title>t</title>{head}</head><body><article>{SEEN}{body}{SEEN}</article></body></html>"
    path.write_text(text, encoding="utf-8")
    return read_source(path)


def join(source):
    return " ".join(paragraph.text for paragraph in source.paragraphs)


@pytest.mark.parametrize(("body", "head"), HIDDEN)
def test_what_a_page_does_not_show_is_not_read(tmp_path, body, head):
    assert "FORGED" not in join(read_page(tmp_path, body, head))


@pytest.mark.parametrize(("body", "head"), SHOWN)
def test_what_a_page_shows_or_opens_is_read(tmp_path, body, head):
    assert "GENUINE" in join(read_page(tmp_path, body, head))


def test_a_sign_for_the_eye_is_no_word(tmp_path):
    body = "<p>See <i class='material-icons' aria-hidden='true'>open_in_new</i><span aria-hidden='true'>→</span>the plan.</p>"
    assert "See the plan." in join(read_page(tmp_path, body, ""))


def test_hidden_words_of_the_article_are_counted(tmp_path):
    source = read_page(tmp_path, "<p hidden>Three words here</p><nav><p hidden>not these</p></nav>", "")
    assert source.unread == ("hidden text (3 words)",)


def test_a_page_whose_text_is_all_hidden_says_so(tmp_path):
    with pytest.raises(Exception, match=r"all of its text is hidden \(\d+ words\)"):
        read_page(tmp_path, "", "<style>p{display:none}</style>")


def run(text, look=""):
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("look", "is_hidden"),
    [
        ("<w:vanish/>", True),
        ('<w:vanish w:val="1"/>', True),
        ('<w:vanish w:val="0"/>', False),
        ("<w:webHidden/>", False),
        ('<w:color w:val="FFFFFF"/>', True),
        ('<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>', False),
        ('<w:sz w:val="2"/>', True),
        ('<w:sz w:val="16"/>', False),
    ],
)
def test_hidden_runs_of_a_word_file_are_not_read(tmp_path, look, is_hidden):
    path = tmp_path / "a.docx"
    path.write_bytes(docx_bytes([("Normal", run("The council agreed ") + run("FORGED words", look) + run("on it."))]))
    source = read_source(path)
    assert ("FORGED" not in join(source)) == is_hidden
    assert source.unread == (("hidden text (2 words)",) if is_hidden else ())

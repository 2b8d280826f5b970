"""A template is compiled once, and again when its text has changed."""

import os

from reportgen.markup.render import render


def test_a_changed_template_is_compiled_anew(tmp_path):
    template = tmp_path / "page.html"
    for text in ("one {{ word }}", "two {{ word }}", "two {{ word }}"):
        template.write_text(text, encoding="utf-8")
        os.utime(template, (0, 0))
        assert render("page.html", [tmp_path], {}, word="x") == text.replace("{{ word }}", "x")

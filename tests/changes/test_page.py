"""The page with what changed: in each language, valid, and true to its changes."""

import json
import re
import subprocess

import pytest
from msgspec.structs import replace

from reportgen import brand as brands
from reportgen.brief import load_brief
from reportgen.changes import compare_snapshots
from reportgen.changes.page.changes_page import render_html, render_pdf
from reportgen.changes.states.brief_snapshot import take_snapshot
from reportgen.changes.states.file_snapshot import read_file_snapshot
from reportgen.cli import main
from reportgen.input.yamlfile import read_yaml
from reportgen.markup.templates import template_folders
from reportgen.system.errors import FileError
from tests.conftest import BUNDLED, INIT, ROOT
from tests.verapdf import verapdf

__all__ = ["verapdf"]

LANGUAGES = {
    "en": BUNDLED,
    "ko": ROOT / "tests" / "briefs" / "korean" / "brief.yaml",
    "ar": ROOT / "tests" / "briefs" / "arabic" / "brief.yaml",
}
HEADS = {"en": "This replaces version 1", "ko": "1판을 대체한다", "ar": "الإصدار"}
BRAND, FOLDERS = brands.load(), template_folders(None)


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """The changes of one edition of a brief, by its language: a fact, a point that goes and one that moves, a recommendation."""

    def make(language):
        path = LANGUAGES[language]
        data = json.loads(json.dumps(read_yaml(path).data, default=str))
        old = take_snapshot(load_brief(path))
        name = next(
            name
            for name, fact in old.facts.items()
            if data["facts"][name].get("unit") == "%" and "words" not in data["facts"][name]
        )
        data["facts"][name]["value"] = 7.25
        gone = data["topics"][1]["points"].pop(0)
        data["topics"][0]["points"].append(data["topics"][2]["points"].pop(0))
        data["recommendations"][0]["title"] += " 2026"
        target = tmp_path_factory.mktemp(language) / "brief.yaml"
        target.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        changes = compare_snapshots(replace(old, version=1), replace(take_snapshot(load_brief(target)), version=2))
        return changes, load_brief(path).plain(gone if isinstance(gone, str) else gone["text"])

    return make


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_in_each_language(edited, tmp_path, verapdf, language):
    changes, gone = edited(language)
    (tmp_path / "page.pdf").write_bytes(render_pdf(changes, brands.load(LANGUAGES[language].parent), FOLDERS))
    for standard in ("PDF/A-3a", "PDF/UA-1"):
        assert verapdf.check(tmp_path / "page.pdf", standard).failures == ()
    html = render_html(changes, BRAND, FOLDERS).decode()
    words = " ".join(re.sub(r"<[^>]+>", "", html.partition("<body>")[2]).replace("\u00a0", " ").split())
    assert HEADS[language] in words
    assert f'lang="{changes.language}"' in html
    assert gone.replace("\u00a0", " ").replace("\u2060", "").replace("&", "&amp;") in words
    assert all(number.new in words for number in changes.changed_numbers)


def test_the_same_changes_are_the_same_bytes(edited):
    changes, _ = edited("en")
    assert render_pdf(changes, BRAND, FOLDERS) == render_pdf(changes, BRAND, FOLDERS)


def test_words_that_went_are_struck_through_and_words_that_came_are_marked(compare):
    changes = compare(("a survey begun now", "a study begun now"))
    html = render_html(changes, BRAND, FOLDERS).decode()
    assert 'a <span class="gone">survey</span> begun now' in html
    assert 'a <span class="came">study</span> begun now' in html


def test_a_text_cannot_write_markup(compare):
    changes = compare(("Who pays for it", '"</style><script>1</script> & who pays"'))
    html = render_html(changes, BRAND, FOLDERS).decode()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_character_that_no_font_has_is_an_error_of_the_pdf_alone():
    old = "# Report\n\nThe harbor handled ships in May and asks for a longer basin.\n"
    changes = compare_snapshots(
        *(read_file_snapshot(text.encode(), "report.md") for text in (old, old.replace("ships", "ships \U00010380")))
    )
    assert "\U00010380" in render_html(changes, BRAND, FOLDERS).decode()
    with pytest.raises(FileError) as caught:
        render_pdf(changes, BRAND, FOLDERS)
    assert ".html" in caught.value.diagnostics[0].hint


def test_the_command_writes_the_page(edit, tmp_path, capsys):
    new = edit(("a survey begun now", "a study begun now"))
    for name in ("page.html", "page.pdf"):
        assert main(["changes", str(INIT), str(new), "-o", str(tmp_path / name)]) == 0
        assert name in capsys.readouterr().out
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")
    found = subprocess.run(
        ["pdftotext", str(tmp_path / "page.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "The harbor should plan for longer ships" in found


def test_an_input_is_never_overwritten_and_other_endings_are_refused(edit, tmp_path, capsys):
    new = edit(("a survey begun now", "a study begun now"))
    page = tmp_path / "old.html"
    page.write_text("<h1>Report</h1><p>Some words of a report that are long enough to be text.</p>")
    assert main(["changes", str(page), str(page), "-o", str(page)]) == 2
    assert "would overwrite the older state" in capsys.readouterr().err
    assert main(["changes", str(INIT), str(new), "-o", str(tmp_path / "page.docx")]) == 2
    assert "it writes .pdf, .html" in capsys.readouterr().err


def test_a_number_without_evidence_comes_with_the_words_around_it():
    old = "# Report\n\nThe harbor handled 120 ships in May and asks for a longer basin this year.\n"
    changes = compare_snapshots(
        *(read_file_snapshot(text.encode(), "report.md") for text in (old, old.replace("120", "140")))
    )
    words = re.sub(r"<[^>]+>", "", render_html(changes, BRAND, FOLDERS).decode().partition("<body>")[2])
    assert "Paragraph 2" in words
    assert "The harbor handled 140 ships in May" in words

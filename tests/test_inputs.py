"""No output is an input, in the API as on the command line: nothing is written, nothing is even rendered."""

import shutil

import pytest

import reportgen
from reportgen import UsageError
from reportgen.cli import main
from reportgen.pipeline import kinds
from tests.conftest import INIT


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with the sample brief, where rendering anything is an error."""

    def refuse(*_):
        raise AssertionError("work was done")

    for kind in kinds.KINDS.values():
        monkeypatch.setattr(type(kind), "start", refuse, raising=False)
    folder = tmp_path / "brief"
    shutil.copytree(INIT.parent, folder)
    monkeypatch.chdir(folder)
    return folder


def snapshot(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("product", ["harbor-memo.pdf", "harbor-deck.pptx"])
def test_build_refuses_a_product_that_is_the_source(place, product):
    text = INIT.read_text(encoding="utf-8").replace("file: article.txt", f"file: {product}")
    (place / "brief.yaml").write_text(text, encoding="utf-8")
    (place / product).write_bytes((place / "article.txt").read_bytes())
    before = snapshot(place)
    with pytest.raises(UsageError, match='would overwrite the source "author"') as caught:
        reportgen.build("brief.yaml", place)
    assert "--output-dir" in str(caught.value)
    assert snapshot(place) == before


@pytest.mark.parametrize("name", ["manifest.json", "SHA256SUMS", "ledger.sqlite", "packets/list.csv"])
def test_distribute_refuses_a_folder_whose_files_it_reads(place, name):
    list_path = place / name
    list_path.parent.mkdir(exist_ok=True)
    shutil.copy(place / "recipients.csv", list_path)
    before = snapshot(place)
    with pytest.raises(UsageError, match="would overwrite the list of recipients"):
        reportgen.distribute("brief.yaml", list_path, place)
    assert snapshot(place) == before


def test_a_picture_of_the_proof_is_not_the_logo(place):
    (place / "_brand.yml").write_text("logo: harbor-01.png\n", encoding="utf-8")
    (place / "harbor-01.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(UsageError, match="would overwrite a file that _brand.yml names"):
        reportgen.draw_proof(reportgen.load_brief("brief.yaml"), ".")


def test_a_file_that_only_lies_there_is_overwritten(place, capsys):
    (place / "fit.txt").write_text("of an earlier run", encoding="utf-8")
    assert main(["deck", "brief.yaml", "-o", "deck.pptx", "--fit-report", "fit.txt", "-q"]) == 0
    assert (place / "fit.txt").read_text(encoding="utf-8") != "of an earlier run"
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("spelling", ["fit.txt", "./sub/../fit.txt"])
def test_two_outputs_are_not_one_file(place, capsys, spelling):
    (place / "sub").mkdir()
    assert main(["deck", "brief.yaml", "--fit-report", spelling, "--handout", spelling]) == 2
    assert "two outputs would go into one file" in capsys.readouterr().err


def test_only_a_map_is_replaced_by_a_map(place, capsys):
    assert main(["deck", "brief.yaml", "-o", "theme.pptx", "-q"]) == 0
    for name in ("brief.yaml", "_brand.yml"):
        (place / "_brand.yml").write_text("logo: x.png\n", encoding="utf-8")
        before = (place / name).read_bytes()
        assert main(["theme", "inspect", "theme.pptx", "--write", name]) == 2
        assert "a file that is no map" in capsys.readouterr().err
        assert (place / name).read_bytes() == before
    for _ in range(2):
        assert main(["theme", "inspect", "theme.pptx", "--write", "map.yml"]) == 0


def test_init_writes_through_no_link(tmp_path, capsys):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "brief.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert main(["init", str(tmp_path / "new")]) == 7
    assert "already exists" in capsys.readouterr().err
    assert not (tmp_path / "elsewhere.yaml").exists()

"""The finishing steps, read back with pikepdf and judged by veraPDF."""

import io
import subprocess

import pikepdf
import pytest

from tests.pdf.conftest import SVG, render

BODY = """<h1>First</h1>
<p>Said so.<sup><a id="cite-1" href="#note-1">1</a></sup> Again.<sup><a href="#note-1">1</a></sup></p>
<table><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>
<tbody><tr><th scope="row">r</th><td>x</td></tr></tbody></table>
<h2>Second</h2><p><img src="a.svg" alt="A picture"/> and <a href="https://example.org/">a link</a></p>
<ol><li id="note-1"><a href="#cite-1" title="Back">1</a> Source (2020), ¶5.</li></ol>"""


@pytest.fixture(scope="module")
def pdf(job) -> bytes:
    return render(job(BODY, resources={"a.svg": SVG}))


@pytest.fixture(scope="module")
def document(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        yield opened


def elements(document, tag):
    """Return the structure elements of this tag in the tree."""

    def below(element):
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            return
        yield element
        for kid in element.get("/K", []):
            yield from below(kid)

    return [item for kid in document.Root.StructTreeRoot.K for item in below(kid) if str(item.S) == f"/{tag}"]


@pytest.mark.parametrize("standard", ["PDF/A-3a", "PDF/UA-1"])
def test_both_standards_pass(pdf, verapdf, tmp_path, standard):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf)
    verdict = verapdf.check(path, standard)
    assert verdict.failures == ()
    assert verdict.checks > 500


def test_the_validator_sees_a_planted_defect(pdf, verapdf, tmp_path):
    path = tmp_path / "a.pdf"
    with pikepdf.open(io.BytesIO(pdf)) as document:
        del elements(document, "Figure")[0].Alt
        document.save(path)
    verdict = verapdf.check(path, "PDF/UA-1")
    assert not verdict
    assert any("7.3-1" in failure for failure in verdict.failures)


def test_qpdf_finds_nothing(pdf, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_header_cells_have_a_scope(document):
    assert [str(cell.A.Scope) for cell in elements(document, "TH")] == ["/Column", "/Column", "/Row"]


def test_a_figure_is_where_its_picture_is_drawn(document):
    figure = elements(document, "Figure")[0]
    left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
    assert (round(right - left), round(top - bottom)) == (75, 60)
    assert left == pytest.approx(40)
    assert 40 < bottom < top < 460


def test_running_text_is_an_artifact_and_not_in_the_tree(document):
    page = document.pages[0]
    operators = list(pikepdf.parse_content_stream(page))
    marked = [part.operands for part in operators if str(part.operator) == "BDC"]
    assert [str(tag) for tag, properties in marked if properties.get("/Type") == "/Pagination"] == ["/Artifact"]
    owners = document.Root.StructTreeRoot.ParentTree.Nums[1]
    used = {int(properties.MCID) for _, properties in marked if "/MCID" in properties}
    assert {number for number, owner in enumerate(owners) if owner is not None} == used


def test_a_note_has_an_id_and_the_tree_of_ids_finds_it(document):
    notes = elements(document, "Note")
    assert [str(note.ID) for note in notes] == ["note-1"]
    assert notes[0].P.S == "/LBody"
    names = document.Root.StructTreeRoot.IDTree.Kids[0].Names
    known = dict(zip([str(name) for name in names[::2]], names[1::2], strict=True))
    assert known["note-1"].objgen == notes[0].objgen
    assert list(known) == sorted(known)


def test_citations_are_references(document):
    assert [str(item.K[0].S) for item in elements(document, "Reference")] == ["/Link", "/Link"]


def test_links_say_where_they_lead(document):
    told = [str(annotation.Contents) for annotation in document.pages[0].Annots]
    assert told[:2] == ["1", "1"]
    assert "Back" in told  # its title
    assert "https://example.org/" in told


def test_outline_language_title_and_dates(document):
    assert str(document.Root.Lang) == "en"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    with document.open_outline() as outline:
        assert [(item.title, [child.title for child in item.children]) for item in outline.root] == [
            ("First", ["Second"])
        ]
    assert str(document.docinfo.Title) == "A title"
    assert str(document.docinfo.CreationDate) == "D:20210120"


def test_the_metadata_names_both_standards_once(pdf, document):
    metadata = document.Root.Metadata.read_bytes()
    assert metadata.count(b"<rdf:RDF") == 1
    with document.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
    assert b"pdfuaid:part" in pdf  # not compressed


def test_nothing_is_left_of_elements_taken_out_of_the_tree(document):
    tree = {item.objgen for tag in ("Document", "P", "Span", "NonStruct", "Div") for item in elements(document, tag)}
    loose = [
        item
        for item in document.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Span" and item.objgen not in tree
    ]
    assert loose == []

"""The pages of a house: letterhead, margins, foot, size of text and colors of markings, alike in each document."""

import re
import subprocess
from datetime import date

import docx
import pikepdf
import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image
from pptx import Presentation

from reportgen import brand, cli
from reportgen.distribution.cover_letter import LetterWriter
from reportgen.distribution.editions.edition import Edition
from reportgen.distribution.recipients.recipient import Recipient
from reportgen.markup.templates import template_folders
from reportgen.pdf.reading.pdf_reader import read_pdf
from reportgen.system.errors import ReportgenError
from tests.conftest import INIT

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} 10"><rect width="9" height="9" fill="#0B5D3B"/></svg>'
ADA = Recipient("Ada", "", "", (), "", "en", None, None, before_embargo=False, extra={}, line=2)
HOUSE = """
meta: {name: Ministry}
logo: {images: {wide: {path: pictures/wide.svg, alt: The ministry}}, medium: wide}
typography: {base: {size: 10pt}}
defaults:
  reportgen:
    margins: {left: 30mm, right: 20mm, top: 25mm}
    letterhead: {seal: seal.svg, height: 38pt, address: [12 Harbour Street, "Springfield, SF 12345"]}
    footer: Planning Staff
    markings: {PRE: "#0A7", PRE-DECISIONAL: "#900"}
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A folder with a small brief of a house, built."""
    folder = tmp_path_factory.mktemp("house")
    text = INIT.read_text("utf-8") + "\nmarking: PRE-DECISIONAL\npages: 4\n"
    (folder / "brief.yaml").write_text(re.sub(r"(?m)^pages: \d+\n(?=.*\n)", "", text, count=1), encoding="utf-8")
    (folder / "_brand.yml").write_text(HOUSE, encoding="utf-8")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "wide.svg").write_text(SVG.format(40), encoding="utf-8")
    (folder / "seal.svg").write_text(SVG.format(10), encoding="utf-8")
    out = folder / "out"
    build = ["build", str(folder / "brief.yaml"), "--output-dir", str(out), "--word", "--no-check"]
    assert cli.main(build) == 0
    assert cli.main(["audit", str(folder / "brief.yaml"), *(str(file) for file in sorted(out.iterdir()))]) == 0
    return folder


def read(folder, ending):
    return next((folder / "out").glob(f"*{ending}"))


def test_the_memo_has_the_letterhead_on_its_first_page_and_the_foot_on_each(house):
    pages = subprocess.run(["pdftotext", read(house, ".pdf"), "-"], capture_output=True, text=True, check=True).stdout
    first, *others = pages.removesuffix("\f").split("\f")
    assert "12 Harbour Street" in first
    assert not any("Harbour" in page for page in others)
    assert all("Planning Staff" in page for page in (first, *others))
    pdf = read_pdf(read(house, ".pdf").read_bytes(), "memo")
    assert [each.text for each in pdf.alternatives][:2] == ["Ministry", "The ministry"]


def test_the_handout_has_the_same_head_and_foot(house):
    handout = house / "handout.pdf"
    deck = ["deck", str(house / "brief.yaml"), "-o", str(house / "deck.pptx"), "--handout", str(handout)]
    assert cli.main(deck) == 0
    pages = subprocess.run(["pdftotext", handout, "-"], capture_output=True, text=True, check=True).stdout.split("\f")
    assert "12 Harbour Street" in pages[0]
    assert not any("Harbour" in page for page in pages[1:])
    assert all("Planning Staff" in page for page in pages[:-1])
    assert [each.text for each in read_pdf(handout.read_bytes(), "handout").alternatives][:2] == [
        "Ministry",
        "The ministry",
    ]


def test_margins_and_size_are_the_houses(house):
    spans = read_pdf(read(house, ".pdf").read_bytes(), "memo").spans
    assert min(span.box[0] for span in spans if span.box) == pytest.approx(30 / 25.4 * 72, abs=2)
    with pikepdf.open(read(house, ".pdf")) as pdf:
        content = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert b"10 Tf" in content


def test_the_word_file_has_the_same_head_margins_and_foot(house):
    document = docx.Document(str(read(house, ".docx")))
    section = document.sections[0]
    assert (round(section.left_margin.mm), round(section.right_margin.mm), round(section.top_margin.mm)) == (30, 20, 25)
    head = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Letterhead Emblems"]
    heights = [int(extent.get("cy")) / 12700 for each in head for extent in each._element.iter("{*}extent")]
    assert [round(height) for height in heights] == [38, 38]
    assert "Planning Staff" in section.footer.paragraphs[0].text
    assert document.styles["Normal"].font.size.pt == 10
    assert str(document.styles["Banner"].font.color.rgb) == "990000"


def test_slides_have_the_foot_and_the_color_of_the_marking(house):
    slides = Presentation(str(read(house, ".pptx"))).slides
    shapes = {shape.name: shape for shape in slides[1].shapes}
    assert shapes["footer"].text_frame.text == "Planning Staff"
    assert 'val="990000"' in etree.tostring(shapes["marking"]._element).decode()


def test_a_letter_ends_with_the_address():
    edition = Edition("The harbor", "harbor", date(2026, 2, 10), "en-US", (), {}, {})
    address = ("12 Harbour Street", "Springfield, SF 12345")
    writer = LetterWriter(edition, 1, False, template_folders(None), "Open the port.", ("The staff",), address=address)
    letter = writer.write(ADA, None, ())
    assert letter.text.endswith("\n\nThe staff\n12 Harbour Street\nSpringfield, SF 12345\n")
    assert replace(writer, address=()).write(ADA, None, ()).text.endswith("\n\nThe staff\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("defaults: {reportgen: {margins: 10mm}}", "1:33: error: defaults.reportgen.margins: 10mm is out of range: from 40 pt to 110 pt"),
        ("defaults: {reportgen: {margins: 25}}", "1:33: error: defaults.reportgen.margins: expected keys and values"),
        ("defaults: {reportgen: {margins: {left: 2rem}}}", "1:40: error: defaults.reportgen.margins.left: '2rem' is no length"),
        ("typography: {base: {size: 20pt}}", "1:27: error: typography.base.size: 20 pt is no size for running text"),
        ("defaults: {reportgen: {letterhead: {height: 90pt}}}", "1:45: error: defaults.reportgen.letterhead.height"),
        ("defaults: {reportgen: {letterhead: {seal: gone.png}}}", '1:43: error: the logo file "gone.png" does not exist'),
        ("defaults: {reportgen: {letterhead: {logo: large}}}", '1:43: error: the brand has no logo "large"'),
        ("defaults: {reportgen: {letterhead: {adress: [x]}}}", 'did you mean "address"?'),
        ("defaults: {reportgen: {markings: {CUI: viollet}}}", 'defaults.reportgen.markings.CUI: no colour "viollet"'),
    ],
)  # fmt: skip
def test_what_is_wrong_with_pages_is_reported_with_its_place(tmp_path, text, says):
    (tmp_path / "_brand.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ReportgenError) as caught:
        brand.load(tmp_path)
    assert says in str(caught.value)


def test_a_foot_wider_than_its_room_and_a_damaged_seal_are_reported(tmp_path, capsys):
    (tmp_path / "brief.yaml").write_bytes(INIT.read_bytes())
    memo = ["memo", str(tmp_path / "brief.yaml"), "-o", str(tmp_path / "memo.pdf")]
    (tmp_path / "_brand.yml").write_text(f"defaults: {{reportgen: {{footer: {'Long ' * 30}}}}}", encoding="utf-8")
    assert cli.main(memo) == 6
    assert "and the foot of a page has 224\n  hint: shorten it to about" in capsys.readouterr().err
    (tmp_path / "_brand.yml").write_text("defaults: {reportgen: {letterhead: {seal: seal.png}}}", encoding="utf-8")
    (tmp_path / "seal.png").write_bytes(b"\x89PNG\r\n\x1a\nno")
    assert cli.main(memo) == 6
    assert "seal.png: error: the picture is damaged" in capsys.readouterr().err


def test_pages_have_the_ground_of_slides(tmp_path, capsys):
    """A house with a dark ground is read as it is, on paper and in Word."""
    (tmp_path / "brief.yaml").write_bytes(INIT.read_bytes())
    dark = "color: {background: '#191E29', foreground: '#FDFDFD', primary: '#6B9FD4', light: '#222A38', secondary: '#B8C4D6', danger: '#FF8A65'}"
    (tmp_path / "_brand.yml").write_text(dark, encoding="utf-8")
    for name in ("memo.pdf", "memo.docx"):
        assert cli.main(["memo", str(tmp_path / "brief.yaml"), "-o", str(tmp_path / name)]) == 0
    assert "warning" not in capsys.readouterr().err
    assert cli.main(["audit", str(tmp_path / "brief.yaml"), str(tmp_path / "memo.pdf")]) == 0
    document = docx.Document(str(tmp_path / "memo.docx"))
    assert etree.tostring(document.element[0]).decode().count('color="191E29"') == 1
    assert document.settings.element.find("{*}displayBackgroundShape") is not None
    subprocess.run(["pdftoppm", "-r", "20", "-png", str(tmp_path / "memo.pdf"), str(tmp_path / "page")], check=True)
    with Image.open(next(iter(sorted(tmp_path.glob("page*.png"))))) as page:
        assert page.convert("RGB").getpixel((3, 3)) == (25, 30, 41)

"""Checks that no validator makes: tables with heads, meaningful alternative texts, and painting in reading order.

outloud judges the finished files. Its rules TBL-010 and FIG-012 misfire (a table with heads at its side and a chart's list of
numbers), so the rules are named.
"""

import io
import json
import subprocess
import sys

import pikepdf
import pytest

from reportgen.memo.profiles import PROFILES
from tests.conftest import BUNDLED, ROOT
from tests.documents import documents_of

RULES = (
    "TBL-001",
    "TBL-002",
    "TBL-003",
    "TBL-004",
    "FIG-001",
    "FIG-002",
    "FIG-010",
    "ORD-001",
    "TAG-020",
    "NOTE-001",
    "NOTE-002",
    "LNK-006",
)
BRIEFS = ROOT / "tests" / "briefs"


def found_by(rules, folder, files):
    """Return the ids of the rules that outloud reports, by file name."""
    paths = []
    for name, data in files.items():
        paths.append(folder / f"{name}.pdf")
        paths[-1].write_bytes(data)
    report = folder / "report.json"
    command = [
        sys.executable,
        "-c",
        "from outloud.cli import main; main()",
        "--only",
        ",".join(rules),
        "--json",
        report,
        "--fail-on",
        "never",
        "-q",
        *paths,
    ]
    subprocess.run(command, check=True, capture_output=True)
    return json.loads(report.read_text())


def ids(report):
    """Return the ids of findings by file name."""
    return {
        entry["path"].rpartition("/")[2].removesuffix(".pdf"): sorted({each["rule"] for each in entry["findings"]})
        for entry in report["results"]
    }


@pytest.fixture(scope="module")
def decision():
    return documents_of(BUNDLED).memo("decision")


def test_every_form_and_language_is_clean(tmp_path):
    files = {profile: documents_of(BUNDLED).memo(profile) for profile in PROFILES}
    files |= {language: documents_of(BRIEFS / language / "brief.yaml").memo() for language in ("korean", "arabic")}
    # WeasyPrint paints the two exhibits beside the text of one page before all of its text; the tags are in the order of reading.
    painted = {"action": ["ORD-001"]}
    assert ids(found_by(RULES, tmp_path, files)) == {name: painted.get(name, []) for name in files}


def structure(document, tag):
    return [
        item
        for item in document.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem" and item.get("/S") == f"/{tag}"
    ]


def without_heads(document):
    for cell in structure(document, "TH"):
        cell.S = pikepdf.Name.TD
    for cell in structure(document, "TD"):
        del cell.A


def with_a_file_name(document):
    structure(document, "Figure")[0].Alt = "image.png"


def read_backwards(document):
    top = document.Root.StructTreeRoot.K[0]
    top.K = pikepdf.Array(list(reversed(list(top.K))))


@pytest.mark.parametrize(
    ("plant", "rule"), [(without_heads, "TBL-001"), (with_a_file_name, "FIG-010"), (read_backwards, "ORD-001")]
)
def test_each_of_these_checks_sees_its_defect(tmp_path, decision, plant, rule):
    with pikepdf.open(io.BytesIO(decision)) as document:
        plant(document)
        target = io.BytesIO()
        document.save(target)
    assert rule in ids(found_by(RULES, tmp_path, {"planted": target.getvalue()}))["planted"]

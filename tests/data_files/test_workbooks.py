"""Workbooks that are damaged, protected, too large, or not what their name says: one error each, at the brief's line."""

import io
import zipfile

import pytest

from reportgen.brief import load_brief
from reportgen.input.tables import xlsx_file
from reportgen.input.tables.xlsx_file import find_currency, read_number_format, read_xlsx
from reportgen.system.errors import FileError
from tests.data_files import workbooks

FACT = {"it": {"cell": "B4", "unit": "tons"}}


def make_zip(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FAULTS = [
    ("trade.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "the workbook is protected by a password", "without a password"),
    ("trade.xlsx", OLE + b"\0" * 600, "a workbook of Excel 97–2003 (.xls)", "save it as .xlsx"),
    ("trade.xlsm", workbooks.TRADE, "the workbook has macros", "runs no macros"),
    ("trade.xlsx", workbooks.change_part(workbooks.TRADE, "xl/vbaProject.bin", lambda _: b"x"), "the workbook has macros", "runs no macros"),
    ("trade.xls", OLE, "a spreadsheet of a kind that is not read (.xls)", "save it as .xlsx or .csv"),
    ("trade.ods", make_zip(mimetype="application/vnd.oasis"), "a spreadsheet of a kind that is not read (.ods)", "save it as .xlsx or .csv"),
    ("trade.xlsx", make_zip(mimetype="application/vnd.oasis"), "an OpenDocument file", "save it as .xlsx"),
    ("trade.xlsx", workbooks.TRADE[:2000], "a damaged workbook", "save it as .xlsx"),
    ("trade.xlsx", b"Year,Exports\n", "not an Excel workbook, or a damaged one", "save it as .xlsx"),
    ("trade.xlsx", make_zip(**{"word/document.xml": "<x/>", "[Content_Types].xml": "wordprocessingml"}), "not an Excel workbook", "save it as .xlsx"),
    ("trade.xlsx", workbooks.change_part(workbooks.TRADE, "xl/worksheets/sheet1.xml", lambda data: data[:300]), "cannot be read: it is damaged", None),
    ("trade.xlsx", workbooks.change_part(workbooks.TRADE, "xl/workbook.xml", lambda _: b"<x"), "cannot be read: it is damaged", None),
    ("trade.xlsx", b"", "the file is empty", None),
]  # fmt: skip


@pytest.mark.parametrize(("file", "content", "message", "hint"), FAULTS, ids=[f"{f[0]}-{f[2][:24]}" for f in FAULTS])
def test_a_workbook_that_cannot_be_read(problem_of, file, content, message, hint):
    found, advice = problem_of(content, file, FACT)
    assert found.startswith(f"sources.trade.file: {file}: ")
    assert message in found
    assert (hint or "") in (advice or "")


def test_a_zip_bomb_is_refused_by_its_size(monkeypatch):
    monkeypatch.setattr(xlsx_file, "LARGEST", 1_000_000)
    bomb = workbooks.change_part(workbooks.TRADE, "xl/media/image1.png", lambda _: b"\0" * 2_000_000)
    assert len(bomb) < 20_000
    with pytest.raises(FileError, match="too large: 2 MB unpacked, of at most 1"):
        read_xlsx(bomb, "trade.xlsx", frozenset([None]))


def test_entities_are_not_expanded(write):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

    def laugh(data):
        _, _, rest = data.decode().partition("?>") if data.startswith(b"<?") else ("", "", data.decode())
        return f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>{rest.replace("Exports", "&l9;")}'.encode()

    content = workbooks.change_part(workbooks.TRADE, "xl/sharedStrings.xml", laugh)
    brief = load_brief(write(content, "trade.xlsx", FACT))
    assert brief.quantities["it"].value == 10.5
    assert "haha" not in str(brief.quotes)


def test_a_file_that_is_not_there(problem_of):
    message, hint = problem_of(None, "trade.xlsx", FACT)
    assert message == "sources.trade.file: trade.xlsx: is not in the brief's folder"
    assert "evidence.lock" in hint


def test_a_file_outside_the_folder(problem_of, tmp_path):
    (tmp_path.parent / "outside.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    message, _ = problem_of(None, "../outside.csv", FACT)
    assert "is outside the brief's folder" in message
    (tmp_path / "linked.csv").symlink_to(tmp_path.parent / "outside.csv")
    assert "is outside the brief's folder" in problem_of(None, "linked.csv", FACT)[0]


def test_a_workbook_whose_stated_size_is_wrong(value_of):
    content = workbooks.change_part(
        workbooks.TRADE, "xl/worksheets/sheet1.xml", lambda data: data.replace(b'ref="A1:D7"', b'ref="A1"')
    )
    assert content != workbooks.TRADE
    assert value_of(content, "B4", "trade.xlsx", {"unit": "tons"}) == "10.5 tons"


def test_a_workbook_without_its_styles(value_of):
    content = workbooks.change_part(
        workbooks.TRADE, "xl/worksheets/sheet1.xml", lambda data: data.replace(b'r="B4"', b'r="B4" s="99"')
    )
    assert value_of(content, "B4", "trade.xlsx", {"unit": "tons"}) == "10.5 tons"


def test_a_brief_without_data_files_imports_no_reader(write, tmp_path):
    import subprocess
    import sys

    path = write("Words about trade.", "article.txt", {})
    code = (
        "import sys; from reportgen.brief import load_brief; load_brief(sys.argv[1]);"
        "print([name for name in sys.modules if name.startswith(('openpyxl', 'reportgen.brief.data', 'reportgen.input.tables.'))])"
    )
    shown = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
    assert load_brief(path).data_files == {}


@pytest.mark.parametrize(
    ("code", "decimals", "percent"),
    [
        ("General", None, False), ("0", 0, False), ("0.0%", 1, True), ("#,##0.00", 2, False), ("@", None, False),
        ('_("$"* #,##0.00_);_("$"* \\(#,##0.00\\)', 2, False), ('0.0" %"', 1, False), ("0\\%", 0, False),
        ("0.00E+00", None, False), ("# ?/?", None, False), ("0.0,,", None, False), ("[Red]0.0;0", 1, False), ("\\-", None, False),
        ("#\\ ###\\ ##0\\ ;\\-#", 0, False), ("+0.0%;-0.0%", 1, True),
    ],
)  # fmt: skip
def test_number_formats(code, decimals, percent):
    assert read_number_format(code) == (decimals, percent)


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        ('"$"#,##0', "$"), ("#,##0.00\\ [$EUR]", "EUR"), ("[$€-407] #,##0", "€"), ("[$-409]0.0", ""), ("[$$-409]#,##0", "$"),
        ('_("$"* #,##0_)', "$"), ("\\$0", "$"), ("0.0%", ""), ("General", ""), ("[$US$-409]0", "US$"),
    ],
)  # fmt: skip
def test_currencies_of_number_formats(code, currency, problem_of):
    assert find_currency(code) == currency


def test_a_currency_in_a_number_format_must_be_the_unit(problem_of, value_of):
    content = workbooks.build(Sheet1={"B7": (5, "#,##0 [$CHF]")})
    message, _ = problem_of(content, "trade.xlsx", {"it": {"cell": "B7", "unit": "€ million"}})
    assert "trade.xlsx, Sheet1!B7 is in CHF" in message
    assert value_of(content, "B7", "trade.xlsx", {"unit": "CHF million"}) == "CHF 5 m"

"""The page of the Python API, written from the docstrings of `reportgen`: `python -m tools.api_page > docs/api.md`."""

from __future__ import annotations

import inspect
import re

import reportgen

HEAD = """\
# The Python API

```python
from reportgen import load_brief, render_deck, render_memo

brief = load_brief("brief.yaml")
pdf, pptx = render_memo(brief, paper="a4"), render_deck(brief)
```

What the commands do, as functions. They take values and paths (`str` or `Path`) and return values; only `build`, `build_all`,
`distribute` and `draw_proof` write files, and nothing prints. The package is typed (`py.typed`).

**Errors.** A fault in the user's input or surroundings is a `ReportgenError`: `BriefError`, `RecipientsError`, `EditionError`,
`EvidenceError`, `FitError`, `TemplateError`, `FileError` or `UsageError`. It carries every fault that was found as a
`Diagnostic` (`message`, `where`, `hint`, `severity`) in `diagnostics`, and the command's exit code in `code`. A wrong argument
is a `TypeError` or a `ValueError`.

**Threads.** Any thread may call any function. WeasyPrint and matplotlib are not safe with several threads, so a lock lets one
thread at a time typeset or draw; each gets the bytes that it would get alone. The host's streams, environment, signal
handlers, garbage collector, warnings and pydantic settings stay as they are. While a chart is drawn, matplotlib's settings
are ours, and are then put back; the host should not draw at that moment.

**Processes.** Functions work in the calling process. With `jobs` above 1, `build_all` and `distribute` spawn processes, so a
script needs `if __name__ == "__main__":` as with `multiprocessing`.

**Progress.** Functions with `on_progress` call it with a `Progress` at each stage: `stage` (a `Stage`), `subject`, and `done`,
`total` and `rate` where pieces are counted. `str(message)` is the line that the commands show.

The examples run in a folder that `reportgen init .` has written.
"""
EXAMPLES = {
    "load_brief": """\
from reportgen import BriefError, load_brief

brief = load_brief("brief.yaml")
print(brief.slug)  # harbor

with open("broken.yaml", "w") as file:
    file.write("title: 5\\n")
try:
    load_brief("broken.yaml")
except BriefError as error:
    for diagnostic in error.diagnostics:
        print(diagnostic.where, diagnostic.message, diagnostic.hint)
""",
    "draft_brief": """\
from pathlib import Path
from reportgen import draft_brief, load_brief, render_memo

drafted = draft_brief(["article.txt"], folder="new")
Path("new").mkdir()
for path, data in drafted.files.items():
    path.write_bytes(data)
print(drafted.summary())
pdf = render_memo(load_brief(drafted.path, draft=True))
""",
    "render_memo": """\
from pathlib import Path
from reportgen import load_brief, render_memo

pdf = render_memo(load_brief("brief.yaml"), paper="a4", on_progress=print)
Path("memo.pdf").write_bytes(pdf)
""",
    "render_word": """\
from pathlib import Path
from reportgen import load_brief, render_word

Path("memo.docx").write_bytes(render_word(load_brief("brief.yaml"), profile="info"))
""",
    "render_deck": """\
from pathlib import Path
from reportgen import load_brief, render_deck

pptx = render_deck(load_brief("brief.yaml"))
Path("deck.pptx").write_bytes(pptx)
""",
    "render_handout": """\
from pathlib import Path
from reportgen import load_brief, render_handout

Path("handout.pdf").write_bytes(render_handout(load_brief("brief.yaml")))
""",
    "measure_fit": """\
from reportgen import load_brief, measure_fit

fit = measure_fit(load_brief("brief.yaml"))
print(sorted(fit))
""",
    "draw_proof": """\
from reportgen import draw_proof, load_brief

for picture in draw_proof(load_brief("brief.yaml"), "proof"):
    print(picture)
""",
    "check": """\
from reportgen import check, load_brief

report = check(load_brief("brief.yaml"))
for finding in report.findings:
    print(finding.diagnostic)
assert report.passed
""",
    "audit_file": """\
from pathlib import Path
from reportgen import audit_file, load_brief, render_deck

brief = load_brief("brief.yaml")
Path("deck.pptx").write_bytes(render_deck(brief))
report = audit_file(brief, "deck.pptx")
assert report.passed, report.findings
""",
    "check_document": """\
from pathlib import Path
from reportgen import check_document

Path("note.md").write_text("Dredging would cost about $80 million.")
sheet = check_document("note.md", ["article.txt"])
for checked in sheet.claims:
    print(checked.claim.words, checked.verdict, *checked.differences)
assert not sheet.passed
""",
    "render_fact_sheet": """\
from pathlib import Path
from reportgen import check_document, render_fact_sheet

sheet = check_document("article.txt", ["article.txt"])
Path("sheet.html").write_bytes(render_fact_sheet(sheet, ending=".html"))
""",
    "list_clearances": """\
from reportgen import list_clearances, load_brief

with open("brief.yaml") as file:
    text = file.read().replace("language: en-US", "language: en-US\\nclearance: [Finance, Legal]")
with open("cleared.yaml", "w") as file:
    file.write(text)
for review in list_clearances(load_brief("cleared.yaml")):
    print(review.office, review.standing)  # Finance open
""",
    "record_clearance": """\
from datetime import date
from pathlib import Path
from reportgen import load_brief, record_clearance

text = Path("brief.yaml").read_text().replace("language: en-US", "language: en-US\\nclearance: [Finance, Legal]")
Path("cleared.yaml").write_text(text)
data = record_clearance(load_brief("cleared.yaml"), "Finance", "ok", on=date(2026, 2, 9), name="R. Ortiz")
Path("cleared.yaml").write_bytes(data)
""",
    "read_decision": """\
from pathlib import Path
from reportgen import FileError, load_brief, read_decision, render_memo

Path("action.yaml").write_text("decider: The harbor board\\n" + Path("brief.yaml").read_text(encoding="utf-8"), encoding="utf-8")
brief = load_brief("action.yaml")
Path("returned.pdf").write_bytes(render_memo(brief, profile="action"))
try:
    decision = read_decision("returned.pdf", brief)
except FileError as error:
    print(error)  # nobody has ticked a box yet
""",
    "render_record": """\
from pathlib import Path
from reportgen import FileError, load_brief, read_decision, render_memo, render_record

Path("action.yaml").write_text("decider: The harbor board\\n" + Path("brief.yaml").read_text(encoding="utf-8"), encoding="utf-8")
brief = load_brief("action.yaml")
Path("returned.pdf").write_bytes(render_memo(brief, profile="action"))
try:
    Path("record.pdf").write_bytes(render_record(read_decision("returned.pdf", brief), brief=brief))
except FileError as error:
    print(error)  # nobody has ticked a box yet
""",
    "read_edits": """\
from reportgen import load_brief, read_edits, render_deck

brief = load_brief("brief.yaml")
with open("returned.pptx", "wb") as file:
    file.write(render_deck(brief))
report = read_edits(brief, ["returned.pptx"])
for edit in report.edits:
    print(edit.where, edit.path, edit.kind, edit.old, edit.new, edit.copies, edit.findings)
assert not report.edits  # nobody has changed it
""",
    "apply_edits": """\
from pathlib import Path
from reportgen import apply_edits, load_brief, read_edits, render_deck

brief = load_brief("brief.yaml")
Path("returned.pptx").write_bytes(render_deck(brief))
report = read_edits(brief, ["returned.pptx"])
data = apply_edits(brief, [edit for edit in report.edits if edit.is_clean])
assert data == Path("brief.yaml").read_bytes()
""",
    "build": """\
from reportgen import build

result = build("brief.yaml", "out", profile="info")
for file in result.files:
    print(file.path, file.size)
""",
    "build_all": """\
from reportgen import build_all

for outcome in build_all(["brief.yaml", "missing.yaml"], "out"):
    print(outcome.brief, outcome.error or "built")
""",
    "distribute": """\
from reportgen import distribute

result = distribute("brief.yaml", "recipients.csv", "packets", numbered=True, on_warning=print)
print(result.version, result.made)
""",
    "plan_mailing": """\
from reportgen import plan_mailing

mailing = plan_mailing(
    "smtp+tls://mail.example.org",
    confirm=lambda question: question.count < 100,
    sender="desk@example.org",
    environment={},
)
# distribute("brief.yaml", "recipients.csv", "packets", mailing=mailing)
""",
    "verify": """\
from reportgen import distribute, verify

distribute("brief.yaml", "recipients.csv", "packets", numbered=True)
manifest, diagnostics = verify("packets")
print(manifest.version, list(diagnostics))
""",
    "find_owner": """\
from pathlib import Path
from reportgen import distribute, find_owner

distribute("brief.yaml", "recipients.csv", "packets", numbered=True)
stray = next(Path("packets").rglob("*memo.pdf"))
print(find_owner(stray, "packets").name)
""",
    "find_changes": """\
from pathlib import Path
from reportgen import find_changes

text = Path("brief.yaml").read_text(encoding="utf-8")
Path("old.yaml").write_text(text, encoding="utf-8")
Path("brief.yaml").write_text(text.replace("value: 30", "value: 35"), encoding="utf-8")

changes = find_changes("old.yaml", "brief.yaml")
for number in changes.numbers:
    print(number.fact, number.old, "→", number.new, [spot.path for spot in number.spots])
""",
}


def write_page() -> str:
    """Return the page as Markdown."""
    return HEAD + "".join(_section(name, example) for name, example in EXAMPLES.items())


def _section(name: str, example: str) -> str:
    function = getattr(reportgen, name)
    signature = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(function)))
    text = inspect.getdoc(function) or ""
    summary, _, rest = text.partition("\n\n")
    return (
        f"\n## {name}\n\n{summary}\n\n```text\n{name}{signature}\n```\n\n{_sections(rest)}\n```python\n{example}```\n"
    )


def _sections(text: str) -> str:
    """Return numpydoc sections as Markdown: a bold heading, and a list of names with their descriptions."""
    lines: list[str] = []
    for line in text.splitlines():
        if set(line) == {"-"}:
            lines[-1] = f"**{lines[-1]}**"
            lines.append("")
        elif line and not line.startswith(" ") and lines and any(each.startswith("**") for each in lines):
            lines.append(line if re.fullmatch("Returns|Raises|Yields|Parameters", line) else f"- `{line}`:")
        elif line.startswith(" "):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(write_page(), end="")

"""reportgen: one structured summary of an article in, a PDF policy memo and a PowerPoint briefing deck out.

    brief = load_brief("brief.yaml")
    pdf, pptx = render_memo(brief), render_deck(brief)

docs/api.md documents each function.
"""

try:
    from reportgen.system import interrupts as _interrupts
except KeyboardInterrupt:
    import os
    import sys

    if os.path.basename(sys.argv[0]) not in ("-m", "reportgen", "reportgen.exe"):
        raise  # it is the host's
    print("\ninterrupted; no file was left incomplete", file=sys.stderr)
    os._exit(130)

if _interrupts.is_command():  # from here on, before the imports below: they take most of the time of a start
    _interrupts.watch()

from reportgen.api import (
    apply_edits,
    audit_file,
    build,
    build_all,
    check,
    check_document,
    distribute,
    draft_brief,
    draw_proof,
    find_changes,
    find_owner,
    list_clearances,
    load_brief,
    measure_fit,
    plan_mailing,
    read_decision,
    read_edits,
    record_clearance,
    render_deck,
    render_fact_sheet,
    render_handout,
    render_memo,
    render_record,
    render_word,
    verify,
)
from reportgen.system import __version__
from reportgen.system.errors import (
    BriefError,
    Diagnostic,
    EditionError,
    EvidenceError,
    ExitCode,
    FileError,
    FitError,
    Location,
    RecipientsError,
    ReportgenError,
    TemplateError,
    UsageError,
)
from reportgen.system.progress import Progress, Stage

__all__ = [
    "BriefError",
    "Diagnostic",
    "EditionError",
    "EvidenceError",
    "ExitCode",
    "FileError",
    "FitError",
    "Location",
    "Progress",
    "RecipientsError",
    "ReportgenError",
    "Stage",
    "TemplateError",
    "UsageError",
    "__version__",
    "apply_edits",
    "audit_file",
    "build",
    "build_all",
    "check",
    "check_document",
    "distribute",
    "draft_brief",
    "draw_proof",
    "find_changes",
    "find_owner",
    "list_clearances",
    "load_brief",
    "measure_fit",
    "plan_mailing",
    "read_decision",
    "read_edits",
    "record_clearance",
    "render_deck",
    "render_fact_sheet",
    "render_handout",
    "render_memo",
    "render_record",
    "render_word",
    "verify",
]

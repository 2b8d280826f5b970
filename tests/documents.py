"""A brief and its finished documents, each made when a test first asks for it, and then kept for all that is proved of it."""

from functools import cache, cached_property
from pathlib import Path

from reportgen import brand as brands, deck as decks, handout, memo
from reportgen.audit import audit
from reportgen.audit.audit_report import AuditReport
from reportgen.brief import load_brief
from reportgen.markup.templates import template_folders
from reportgen.pdf.reading.pdf_reader import Pdf, read_pdf as read
from reportgen.pdf.typesetting import Workers, typeset
from reportgen.system.cache import Cache


def workers() -> Workers:
    """Return what the command line works with in one process: charts that were drawn before are not drawn again."""
    return Workers(cache=Cache.of_user())


class Documents:
    """The documents of one brief. Whatever changes a brief's file or what lies beside it needs new ones."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.brief = load_brief(path)
        self.brand = brands.load(path.parent)
        self.folders = template_folders(path.parent)
        self._memos: dict[tuple[str, str], bytes] = {}
        self._handouts: dict[str, bytes] = {}
        self._audits: dict[bytes, AuditReport] = {}

    def memo(self, profile: str = "info", paper: str = "letter") -> bytes:
        if (profile, paper) not in self._memos:
            plan = memo.plan_memo(self.brief, self.brand, self.folders, paper, profile)
            self._memos[profile, paper] = typeset(plan, self.brief, workers()).result()
        return self._memos[profile, paper]

    @cached_property
    def stages(self):
        """The deck, compiled, fitted and written."""
        return decks.render_stages(self.brief, self.brand, self.folders)

    @property
    def deck(self) -> bytes:
        return self.stages.data

    def handout(self, paper: str = "letter") -> bytes:
        if paper not in self._handouts:
            plan = handout.plan_handout(self.stages.compiled, self.brief, self.brand, self.folders, paper)
            self._handouts[paper] = typeset(plan, self.brief, workers()).result()
        return self._handouts[paper]

    def audit(self, data: bytes) -> AuditReport:
        """Return the audit of a file against the brief."""
        if data not in self._audits:
            self._audits[data] = audit(self.brief, data, "file")
        return self._audits[data]


@cache
def documents_of(path: Path) -> Documents:
    """Return the documents of one of the project's own briefs, the same for every test."""
    return Documents(path)


@cache
def read_pdf(data: bytes) -> Pdf:
    """Return what a PDF's reader sees; tests of one file share it."""
    return read(data, "file.pdf")

"""The making of a draft: which files are read, what is written, and what is said of it. Nothing is written before all is made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from reportgen.brief.changing.brief_file import read_brief_file
from reportgen.brief.model import Brief
from reportgen.brief.open_gaps import Gap, list_gaps
from reportgen.drafting.articles import Article, find_files, read_articles
from reportgen.drafting.draft import make_draft
from reportgen.drafting.joining import Meeting, draft_source, find_meetings, list_edits
from reportgen.drafting.prompt import write_prompt
from reportgen.drafting.self_check import settle
from reportgen.input.yamlfile import parse_yaml
from reportgen.system.errors import FileError, Location, UsageError
from reportgen.system.files import follow_links, read_file

BRIEF = "brief.yaml"


class Drafted(Struct, frozen=True):
    """A draft: the files to write, with what they have, and notes on what was left out."""

    files: dict[Path, bytes]
    path: Path
    quotes: int
    facts: int
    exhibits: int
    gaps: tuple[Gap, ...]
    notes: tuple[str, ...]
    meetings: tuple[Meeting, ...] = ()
    """The facts that a new source repeats or contradicts."""

    def summary(self) -> str:
        """Return what the draft has, and where to start."""
        counts = [(self.quotes, "quote"), (self.facts, "fact"), (self.exhibits, "exhibit"), (len(self.gaps), "gap")]
        text = ", ".join(f"{count} {noun}{'s' * (count != 1)}" for count, noun in counts)
        first = next((gap for gap in self.gaps if gap.path == ("bottom_line",)), self.gaps[0] if self.gaps else None)
        return f"{text}; start with {first.path[0]} ({self.path.name}:{first.where.line})" if first else text


def draft_brief(given: Sequence[Path], folder: Path | None, today: date) -> Drafted:
    """Draft a brief from articles.

    Parameters
    ----------
    given
        Files, and folders with files.
    folder
        The folder of the new brief, into which the articles are copied; by default the articles' own.
    today
        The date of the brief.

    Raises
    ------
    FileError
        When an article cannot be read, or the folder has a brief already.
    UsageError
        When the articles lie in several folders and none is named.
    """
    notes: list[str] = []
    articles = read_articles(find_files(given, notes.append), notes.append)
    target = folder or _find_folder(articles)
    path = target / BRIEF
    if path.exists() or path.is_symlink():
        hint = "name another folder with -o, or add the article to the brief: draft --into BRIEF"
        raise FileError("already exists, and is not overwritten", Location(str(path)), hint)
    draft = make_draft(articles, today)
    copies = _copy(articles, target)
    text = settle(draft, path)
    gaps = list_gaps(parse_yaml(text, str(path)))
    notes += _notes(articles)
    return Drafted(
        {**copies, path: text.encode()},
        path,
        len(draft.quotes),
        len(draft.facts),
        len(draft.exhibits),
        gaps,
        tuple(notes),
    )


def draft_into(brief_path: Path, given: Sequence[Path]) -> Drafted:
    """Draft articles into a brief: their quotes and facts are added, and all else in its file stays as it is.

    Raises
    ------
    FileError
        When a file cannot be read.
    BriefError
        When the brief is invalid, or its `sources`, `quotes` or `facts` are not blocks with an entry on each line.
    UsageError
        When the brief has these articles already.
    """
    notes: list[str] = []
    file = read_brief_file(brief_path)
    brief = file.build(draft=True)
    articles = [
        article
        for article in read_articles(find_files(given, notes.append), notes.append, tuple(brief.sources))
        if not _is_known(article, brief, notes)
    ]
    if not articles:
        raise UsageError("the brief has this article already", hint="name another one")
    folder = brief_path.parent
    draft, taken = draft_source(brief, articles)
    copies = _copy(articles, folder)
    new, _ = file.edit(list(list_edits(draft, brief)))
    gaps = new.build(draft=True).gaps
    notes += _notes(articles)
    return Drafted(
        {**copies, brief_path: new.data},
        brief_path,
        len(draft.quotes),
        len(draft.facts),
        0,
        gaps,
        tuple(notes),
        tuple(find_meetings(brief, taken)),
    )


def draft_prompt(given: Sequence[Path], today: date) -> tuple[str, list[str]]:
    """Return a prompt for a language model, and notes on what was left out. Raises FileError."""
    notes: list[str] = []
    articles = read_articles(find_files(given, notes.append), notes.append)
    draft = make_draft(articles, today)
    settle(draft, Path(BRIEF))
    return write_prompt(draft), [*notes, *_notes(articles)]


def _find_folder(articles: Sequence[Article]) -> Path:
    folders = {follow_links(article.path).parent for article in articles}
    if len(folders) > 1:
        raise UsageError("the articles lie in several folders", hint="name the brief's folder: -o DIR")
    return articles[0].path.parent


def _copy(articles: Sequence[Article], folder: Path) -> dict[Path, bytes]:
    """Return the articles to copy into the brief's folder. Raises FileError where another file has an article's name."""
    copies: dict[Path, bytes] = {}
    for article in articles:
        target = folder / article.path.name
        if follow_links(target) == follow_links(article.path):
            continue
        data = read_file(article.path, 1 << 30, str(article.path))
        known = copies.get(target) or (target.read_bytes() if target.is_file() else None)
        if known is not None and known != data:
            raise FileError("another article has this name", Location(str(target)), f"rename {article.path}")
        copies[target] = data
    return copies


def _is_known(article: Article, brief: Brief, notes: list[str]) -> bool:
    """Return whether a source of the brief has the article's bytes, and add a note that says which file it is."""
    for name in (source.file for source in brief.sources.values() if source.file):
        path = brief.folder / name
        if path.is_file() and sha256(path.read_bytes()).hexdigest() == article.text.sha256:
            notes.append(f"{article.path}: the brief has it already, as {name}")
            return True
    return False


def _notes(articles: Sequence[Article]) -> list[str]:
    notes = [f"{article.path}: {note}" for article in articles for note in article.text.unread]
    for article in articles:
        if not article.language.startswith("en"):
            notes.append(
                f"{article.path}: in {article.language}: numbers are taken where they are written in digits; bounds, status and advice are not read"
            )
    return notes

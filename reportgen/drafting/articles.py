"""The files that a draft is made from: articles as numbered paragraphs, with what each states of its publication."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from reportgen.drafting.publication import Publication, complete, read_publication
from reportgen.drafting.readable_ids import make_slug, make_unique
from reportgen.evidence.sources.source_text import MAX_BYTES, SourceText, read_source
from reportgen.input.tables import is_data_file
from reportgen.system.errors import FileError, Location, UsageError
from reportgen.system.files import read_file

ENDINGS = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx")
MOST_FILES = 40
_HANGUL, _ARABIC = re.compile(r"[가-힣]"), re.compile(r"[\u0600-\u06ff]")
_LETTER = re.compile(r"[^\W\d_]")
_EDITION = re.compile(r"(?:[-_ ]?(?:v|final|copy|draft)[-_ ]?\d*)+\Z", re.IGNORECASE)


class Article(Struct, frozen=True):
    """An article: its id in the brief, its file, its text, and what the file states of its publication."""

    id: str
    path: Path
    text: SourceText
    publication: Publication
    language: str

    @property
    def words(self) -> int:
        return sum(len(paragraph.text.split()) for paragraph in self.text.paragraphs)


def find_files(given: Sequence[Path], note: Callable[[str], None]) -> list[Path]:
    """Return the articles that are named, and those in the folders that are named, in order of name.

    Raises
    ------
    FileError
        When a file is not there, is of a kind that is no article, or a folder has none.
    UsageError
        When there are too many.
    """
    found: list[Path] = []
    for path in given:
        if not path.is_dir():
            if is_data_file(path.name):
                hint = f"make it a source of the brief (file: {path.name}), and its cells facts and charts"
                raise FileError("a data file, which no draft is made from", Location(str(path)), hint)
            found.append(path)
            continue
        inside = sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith("."))
        articles = [each for each in inside if each.suffix.lower() in ENDINGS]
        if not articles:
            hint = f"an article ends in {', '.join(ENDINGS)}"
            raise FileError("the folder has no article", Location(str(path)), hint)
        for other in (
            each
            for each in inside
            if each not in articles and not each.name.startswith(("brief", "_brand", "evidence"))
        ):
            note(
                f"{other}: not read: {'a data file: its cells can be facts and charts' if is_data_file(other.name) else 'no article'}"
            )
        found += articles
    if len(found) > MOST_FILES:
        raise UsageError(
            f"{len(found)} articles are more than one brief can draw on", hint=f"name at most {MOST_FILES}"
        )
    return found


def read_articles(files: Sequence[Path], note: Callable[[str], None], taken: Sequence[str] = ()) -> list[Article]:
    """Read articles; one that was read already under another name is left out, with a note.

    Parameters
    ----------
    files
        The files.
    note
        Is told what was left out.
    taken
        Ids of sources that a brief has already.

    Raises
    ------
    FileError
        When a file cannot be read, is empty, or has no text.
    """
    articles: list[Article] = []
    for path in files:
        text = read_source(path)
        same = next((other for other in articles if _is_same(other.text, text)), None)
        if same:
            note(f"{path}: the same article as {same.path}, read once")
            continue
        data = read_file(path, MAX_BYTES, str(path))
        lines = [*text.paragraphs[0].sections[:1], *(paragraph.text for paragraph in text.paragraphs[:12])]
        publication = complete(read_publication(path, data), lines)
        name = _name_source(path, publication)
        articles.append(
            Article(
                make_unique(name, [*taken, *(each.id for each in articles)]),
                path,
                text,
                publication,
                _find_language(text, publication),
            )
        )
    return articles


def _is_same(one: SourceText, other: SourceText) -> bool:
    """Return whether two texts have the same words, whatever their file's form."""
    if one.sha256 == other.sha256:
        return True
    ours, theirs = ({" ".join(paragraph.text.split()) for paragraph in text.paragraphs} for text in (one, other))
    return len(ours & theirs) > 0.9 * max(len(ours), len(theirs))


def _name_source(path: Path, publication: Publication) -> str:
    """Return a source's id: its first author's family name, else the words of its file's name."""
    family = publication.author.split(" and ")[0].split(", ")[0].split()
    stem = _EDITION.sub("", path.stem)
    name = make_slug(family[-1] if family and len(family) <= 4 else stem, 24)
    return name if name and name[0].isalpha() else f"source-{name}".rstrip("-")


def _find_language(text: SourceText, publication: Publication) -> str:
    """Return an article's language: the script of its letters decides, then what the file states."""
    sample = " ".join(paragraph.text for paragraph in text.paragraphs[:40])[:20_000]
    letters = max(1, len(_LETTER.findall(sample)))
    for language, script in (("ko", _HANGUL), ("ar", _ARABIC)):
        if len(script.findall(sample)) > letters / 3:
            return publication.language if publication.language.startswith((language, "fa", "ur", "he")) else language
    return publication.language if re.match(r"[a-z]{2}\b", publication.language) else "en-US"

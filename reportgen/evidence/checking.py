"""The check of a brief against its sources and the rules. Read it top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.brief.open_gaps import is_gap
from reportgen.evidence.bare_words import hash_words
from reportgen.evidence.case import Case, is_english
from reportgen.evidence.evidence_lock import Lock, LockedQuote, LockedSource, hash_quote
from reportgen.evidence.findings import Finding, Report, Silenced, Verified
from reportgen.evidence.rules import all_rules
from reportgen.evidence.sources.source_text import READER, SourceText, read_source
from reportgen.input.model_validation import format_path
from reportgen.input.tables import is_data_file
from reportgen.input.yamlfile import KeyPath
from reportgen.system.errors import FileError, Location, UsageError, did_you_mean
from reportgen.system.files import follow_links
from reportgen.text.languages import resolve_language

if TYPE_CHECKING:
    from reportgen.brief.model import Brief, Silence


def check(
    brief: Brief,
    source_texts: Mapping[str, Path],
    lock: Lock | None,
    today: date,
    profile: str | None = None,
    accept_data: bool = False,
    unprinted: tuple[str, ...] = (),
) -> Report:
    """Return the findings of all rules, the quotes that are verified, and the lock to write."""
    sources = read_sources(brief, source_texts)
    return check_texts(brief, sources, lock, today, profile, accept_data, unprinted)


def check_texts(
    brief: Brief,
    sources: Mapping[str, SourceText],
    lock: Lock | None,
    today: date,
    profile: str | None = None,
    accept_data: bool = False,
    unprinted: tuple[str, ...] = (),
) -> Report:
    """Check a brief as `check` does, against texts that were read before, by their sources."""
    case = Case(brief, sources, lock, profile, accept_data, unprinted)
    rules = [rule for rule in all_rules() if case.is_english or not rule.reads_english]
    found = (finding for rule in rules for finding in rule.findings(case))
    if brief.gaps:
        found = (each for each in found if each.rule == "gap" or not case.open_evidence.covers(each.path))
    findings, silenced = _apply_silences(brief, found)
    verified = tuple(_verify_quotes(case))
    failed = any(finding.severity == "error" for finding in findings) or any(map(_is_proof_silenced, silenced))
    is_read = bool(sources) or any(used.sha256 for used in brief.data_files.values())
    new_lock = _update_lock(case, verified, today) if is_read and not failed else None
    cells = sum(len(used.cells) for used in brief.data_files.values())
    return Report(tuple(sorted(findings, key=_place)), verified, silenced, tuple(_notes(case)), new_lock, cells)


def read_sources(brief: Brief, source_texts: Mapping[str, Path]) -> dict[str, SourceText]:
    """Read the texts that are given, and those that lie beside the brief under the name that it states."""
    if unknown := [name for name in source_texts if name not in brief.sources]:
        raise UsageError(f'the brief has no source "{unknown[0]}"', hint=did_you_mean(unknown[0], brief.sources))
    texts = {}
    for name, source in brief.sources.items():
        if is_data_file(source.file):  # whose cells the brief has
            if name in source_texts:
                hint = f"put it into the brief's folder as {source.file}"
                raise UsageError(f'the source "{name}" is a data file, which is read where the brief is', hint=hint)
        elif name in source_texts:
            texts[name] = read_source(source_texts[name])
        elif source.file and (path := _find_beside(brief, source.file)):
            texts[name] = read_source(path, source.file)
    return texts


def _find_beside(brief: Brief, file: str) -> Path | None:
    """Return the path of a source's file if it exists. Raise FileError if it leads out of the brief's folder."""
    path = follow_links(brief.folder / file)
    if not path.is_relative_to(brief.folder):
        raise FileError(
            f"{file} is outside the brief's folder", Location(file), "name it on the command line: check --source FILE"
        )
    return path if path.exists() or path.is_symlink() else None


def _apply_silences(brief: Brief, found: Iterable[Finding]) -> tuple[list[Finding], tuple[Silenced, ...]]:
    """Part the findings by whether the brief accepts them, and add one for each silence that matches none."""
    kept: list[Finding] = []
    silenced: list[Silenced] = []
    used: set[int] = set()
    for finding in found:
        index = next((index for index, silence in enumerate(brief.silence) if _covers(silence, finding)), None)
        if index is None:
            kept.append(finding)
        else:
            used.add(index)
            silenced.append(Silenced(finding, brief.silence[index].reason))
    if not brief.gaps:  # what is silenced may come with the words that are missing
        kept += [_unused_silence(brief, index) for index in range(len(brief.silence)) if index not in used]
    return kept, tuple(silenced)


def _covers(silence: Silence, finding: Finding) -> bool:
    if silence.rule != finding.rule and (finding.rule == "gap" or not is_gap(silence.rule)):
        return False
    return (
        silence.where is None
        or is_gap(silence.where)
        or silence.where == finding.words
        or _is_inside(finding.path, silence.where)
    )


def _is_inside(path: KeyPath, where: str) -> bool:
    name = format_path(path)
    return name == where or name.startswith((f"{where}.", f"{where}["))


def _unused_silence(brief: Brief, index: int) -> Finding:
    silence = brief.silence[index]
    known = [rule.id for rule in all_rules()]
    path: KeyPath = ("silence", index)
    if silence.rule in known:
        place = f" at “{silence.where}”" if silence.where else ""
        message = f"nothing to silence: {silence.rule} finds nothing{place}"
        hint: str | None = "delete it; if the words have changed since, read them again first"
    else:
        path = (*path, "rule")
        message, hint = f'there is no rule "{silence.rule}"', did_you_mean(silence.rule, known)
    return Finding("silence", "error", message, brief.document.where(path), hint, path=path)


def _is_proof_silenced(item: Silenced) -> bool:
    """Return whether an unverified quote or attribution was silenced: then there is nothing to lock."""
    return item.finding.severity == "error" and item.finding.rule in ("quote", "attribution")


def _verify_quotes(case: Case) -> Iterator[Verified]:
    for name, quote in case.brief.word_quotes.items():
        if quote.source in case.searchable_sources:
            if found := case.found_quotes[name]:
                yield Verified(name, found.paragraph)
        elif case.lock and (locked := case.lock.quotes.get(name)):
            source = case.lock.sources.get(quote.source)
            if source and (locked.source, locked.words) == (quote.source, hash_quote(quote)):
                yield Verified(name, locked.paragraph, source.verified)


def _update_lock(case: Case, verified: tuple[Verified, ...], today: date) -> bytes | None:
    """Return the lock to write; None where the old one says the same, so that its day stays."""
    brief, before = case.brief, case.lock or Lock({}, {}, {})
    sources = {name: source for name, source in before.sources.items() if name in brief.sources}
    quotes = {}
    for item in verified:
        quote = brief.quotes[item.quote]
        quotes[item.quote] = LockedQuote(quote.source, item.paragraph, hash_quote(quote), quote.published_places)
    for source, text in case.sources.items():
        old = sources.get(source)
        own = {name: locked for name, locked in quotes.items() if locked.source == source}
        is_same = old is not None and (old.sha256, old.reader) == (text.sha256, READER)
        if not is_same or any(before.quotes.get(name) != own[name] for name in own):
            sources[source] = LockedSource(text.sha256, today.isoformat(), READER)
    cells = {}
    for source, used in brief.data_files.items():
        cells[source] = before.cells.get(source, {}) if not used.sha256 else used.pack()
        old = sources.get(source)
        if used.sha256 and (old is None or old.sha256 != used.sha256 or before.cells.get(source) != cells[source]):
            sources[source] = LockedSource(used.sha256, today.isoformat())
    names = {name: hash_words(fact.attributed_to) for name, fact in brief.facts.items() if fact.attributed_to}
    data = Lock(sources, quotes, names, cells).to_bytes()
    return data if case.lock is None or data != case.lock.to_bytes() else None


def _notes(case: Case) -> Iterator[str]:
    """Yield what the check could not read of the sources, or of words that are not English."""
    brief = case.brief
    for text in case.sources.values():
        for note in text.unread:
            yield f"{text.name}: {note}" + ("" if note.startswith("skipped") else "; it was not searched")
    if not case.is_english:
        names = ", ".join(rule.id for rule in all_rules() if rule.reads_english)
        if resolve_language(brief.language) == "en":
            yield f"the brief is in {brief.language}: documents print their own words in English"
        yield f"the brief is in {brief.language}: rules that read English words were not applied ({names})"
    for language in sorted({brief.language_of(name) for name in brief.quotes}):
        if not is_english(language):
            yield (
                f"quotes in {language}: numbers were looked for as this program writes them; "
                "bounds and status were not read"
            )


def _place(finding: Finding) -> tuple[int, int, str]:
    where = finding.where
    return (where.line or 0, where.column or 0, finding.rule) if where else (0, 0, finding.rule)

"""A brief against its sources and the rules: read top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reportgen.evidence import evidence_lock as locks
from reportgen.evidence.bare_words import digest
from reportgen.evidence.case import Case
from reportgen.evidence.findings import Finding, Report, Silenced, Verified
from reportgen.evidence.rules import all_rules
from reportgen.evidence.sources.source_text import SourceText, read
from reportgen.input.model_validation import format_path
from reportgen.input.yamlfile import KeyPath
from reportgen.system.errors import FileError, Location, UsageError, did_you_mean
from reportgen.text.languages import resolve_language

if TYPE_CHECKING:
    from reportgen.brief.model import Brief, Silence


def check(
    brief: Brief,
    source_texts: Mapping[str, Path] | None = None,
    lock: locks.Lock | None = None,
    today: date | None = None,
) -> Report:
    """Judge a brief by its evidence.

    `source_texts` names the sources' files by source id; a source's own `file` is read where it lies beside the brief.
    Without a text, quotes count as verified if `lock` has them. Raises FileError for a text that cannot be read.
    """
    sources = read_sources(brief, source_texts or {})
    case = Case(brief, sources, lock)
    rules = [rule for rule in all_rules() if case.in_english or not rule.reads_english]
    found = [finding for rule in rules for finding in rule.check(case)]
    findings, silenced, unused = _silence(found, brief)
    findings += [_idle(case, index, silence) for index, silence in unused]
    verified = tuple(_verified(case))
    failed = any(finding.severity == "error" for finding in findings) or _unproven(silenced)
    written = _lock(case, verified, today or date.today()) if sources and not failed else None
    return Report(tuple(_in_order(findings)), verified, silenced, (*_notes(sources), *_unread(case)), written)


def read_sources(brief: Brief, given: Mapping[str, Path]) -> dict[str, SourceText]:
    """The texts that there are: those given, and those that lie beside the brief under the name that it says."""
    if unknown := [name for name in given if name not in brief.sources]:
        raise UsageError(f'the brief has no source "{unknown[0]}"', hint=did_you_mean(unknown[0], brief.sources))
    texts = {}
    for name, source in brief.sources.items():
        if name in given:
            texts[name] = read(given[name])
        elif source.file and (path := _beside(brief, source.file)):
            texts[name] = read(path, source.file)
    return texts


def _beside(brief: Brief, file: str) -> Path | None:
    """The path of a source's file, if it is there. It may not lead out of the brief's folder."""
    path = (brief.folder / file).resolve()
    if not path.is_relative_to(brief.folder):
        raise FileError(
            f"{file} is outside the brief's folder", Location(file), "name it on the command line: check --source FILE"
        )
    return path if path.exists() else None


def _silence(
    found: Iterable[Finding], brief: Brief
) -> tuple[list[Finding], tuple[Silenced, ...], list[tuple[int, Silence]]]:
    """The findings parted by whether the brief accepts them, and the silences that silence nothing."""
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
    return kept, tuple(silenced), [(index, silence) for index, silence in enumerate(brief.silence) if index not in used]


def _covers(silence: Silence, finding: Finding) -> bool:
    if silence.rule != finding.rule:
        return False
    return silence.where is None or silence.where == finding.words or _inside(finding.path, silence.where)


def _inside(path: KeyPath, where: str) -> bool:
    """Whether a path is the one that is named, or lies below it."""
    name = format_path(path)
    return name == where or name.startswith((f"{where}.", f"{where}["))


def _idle(case: Case, index: int, silence: Silence) -> Finding:
    known = [rule.id for rule in all_rules()]
    if silence.rule not in known:
        return case.at(
            "silence",
            "error",
            f'there is no rule "{silence.rule}"',
            ("silence", index, "rule"),
            did_you_mean(silence.rule, known),
        )
    place = f" at “{silence.where}”" if silence.where else ""
    return case.at(
        "silence", "error", f"nothing to silence: {silence.rule} finds nothing{place}", ("silence", index),
        "delete it; if the words have changed since, read them again first",
    )  # fmt: skip


def _verified(case: Case) -> Iterator[Verified]:
    for name, quote in case.brief.quotes.items():
        if searchable := case.searchable.get(quote.source):
            if found := searchable.find(quote.text, quote.paragraph):
                yield Verified(name, found.paragraph)
        elif case.lock and (locked := case.lock.quotes.get(name)):
            known = case.lock.sources.get(quote.source)
            if known and (locked.source, locked.words) == (quote.source, locks.words_of(quote)):
                yield Verified(name, locked.paragraph, known.verified)


def _unproven(silenced: Iterable[Silenced]) -> bool:
    """Whether a quote or the name behind a number was silenced instead of found: it has not been verified."""
    return any(item.finding.severity == "error" and item.finding.rule in ("quote", "attribution") for item in silenced)


def _lock(case: Case, verified: tuple[Verified, ...], today: date) -> bytes | None:
    """The lock to write; None where what there is says the same, so that its day stays."""
    before = case.lock or locks.Lock({}, {}, {})
    sources = {name: source for name, source in before.sources.items() if name in case.brief.sources}
    quotes = {
        item.quote: locks.LockedQuote(
            case.brief.quotes[item.quote].source, item.paragraph, locks.words_of(case.brief.quotes[item.quote])
        )
        for item in verified
    }
    for name, text in case.sources.items():
        held = sources.get(name)
        same = (
            held is not None
            and held.sha256 == text.sha256
            and all(before.quotes.get(quote) == quotes[quote] for quote in quotes if quotes[quote].source == name)
        )
        sources[name] = held if held and same else locks.LockedSource(text.sha256, today.isoformat())
    lock = locks.Lock(
        sources,
        quotes,
        {name: digest(fact.attributed_to) for name, fact in case.brief.facts.items() if fact.attributed_to},
    )
    return lock.to_bytes() if case.lock is None or lock.to_bytes() != case.lock.to_bytes() else None


def _notes(sources: Mapping[str, SourceText]) -> tuple[str, ...]:
    """What of the sources could not be read: said, never skipped in silence."""
    return tuple(f"{text.name}: {note}; it was not searched" for text in sources.values() for note in text.unread)


def _unread(case: Case) -> Iterator[str]:
    """What no rule reads of a brief or a source that is not in English."""
    brief = case.brief
    if not case.in_english:
        names = ", ".join(rule.id for rule in all_rules() if rule.reads_english)
        if resolve_language(brief.language) == "en":
            yield f"the brief is in {brief.language}: what documents print of themselves is in English"
        yield f"the brief is in {brief.language}: rules that read English words were not applied ({names})"
    languages = {brief.language_of(name) for name in brief.quotes} - {"en"}
    for language in sorted(language for language in languages if not language.startswith("en-")):
        yield f"quotes in {language}: numbers are looked for as this program prints them; bounds and status were not read"


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    def place(finding: Finding) -> tuple[int, int, str]:
        return (
            (finding.where.line or 0, finding.where.column or 0, finding.rule)
            if finding.where
            else (0, 0, finding.rule)
        )

    return [replace(finding) for finding in sorted(findings, key=place)]

"""Whom the marks of a stray file point to, compared with the ledger.

A clue is one mark in one place: a stamp's name and number, the file's hash, a mail's address. The holder is named only if
all clues point to the same copy and nothing contradicts them. An innocent person accused is worse than a leak unsolved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from reportgen.distribution.ledger.copy_lookup import CopyLookup, Subject
from reportgen.distribution.packet_names import ZIP
from reportgen.distribution.stray.file_words import StrayFile
from reportgen.distribution.stray.stamp_search import (
    Found,
    find_letter_lines,
    find_stamps,
    find_stamps_in_order,
    fold,
    read_from_right,
)
from reportgen.text.stamp_text import Stamp, clean_line, mark_stamp

MOST_PLACES = 6  # that a line of a report names


class Clue(Struct, frozen=True):
    """A mark and the copy numbers that it may mean. `fault` says why it cannot be trusted; "" where it can."""

    place: str
    mark: str
    numbers: frozenset[int] = frozenset()
    fault: str = ""


class Verdict(Struct, frozen=True):
    """The meaning of all clues: `number` is the copy's if they all agree. `stamp` is the first one found, whole or not."""

    clues: tuple[Clue, ...]
    number: int | None = None
    stamp: Found | None = None
    is_unknown: bool = False
    """True if all stamps are one, and neither its number nor its name is anybody's here."""
    version: int = 0

    def report(self, lookup: CopyLookup) -> Iterator[tuple[str, str]]:
        """Yield each mark once: its places, and what it is and points to."""
        groups: dict[str, list[str]] = {}
        for clue in self.clues:
            groups.setdefault(_describe(clue, lookup), []).append(clue.place)
        for text, places in groups.items():
            unique = list(dict.fromkeys(places))
            more = f" and {len(unique) - MOST_PLACES} more" if len(unique) > MOST_PLACES else ""
            yield "; ".join(unique[:MOST_PLACES]) + more, text


def judge(files: Sequence[StrayFile], name: str, lookup: CopyLookup) -> Verdict:
    """Return what the files say; `name` is the file's own name."""
    judge = _Judge(files, lookup)
    stamps = list(judge.find_all())
    clues = [judge.clue_of_stamp(file, place, found) for file, place, found in stamps if _is_numbered(found, judge)]
    numbered = bool(clues)
    unnumbered = [(file, place, found) for file, place, found in stamps if not _is_numbered(found, judge)]
    if numbered:
        clues += [Clue(file.at(place), _quote(found.words), fault="names nobody") for file, place, found in unnumbered]
    clues += judge.clues_of_letters()
    numbered = bool(clues)
    first = next((found for _, _, found in stamps if found.is_whole), stamps[0][2] if stamps else judge.letter)
    others = list(judge.other_clues(name))
    if not numbered:
        return Verdict(tuple(others), stamp=first)
    clues += judge.gaps({(file.place, place) for file, place, _ in stamps})
    clues += judge.strange_titles(first)
    agreed = frozenset.intersection(*(clue.numbers for clue in clues)) if clues else frozenset()
    is_trusted = not any(clue.fault for clue in clues)
    everything = (*clues, *others)
    if is_trusted and len(agreed) == 1 and all(agreed <= clue.numbers for clue in others):
        return Verdict(everything, next(iter(agreed)), first, version=judge.version_of(first))
    is_unknown = len({_identify(found) for _, _, found in stamps if found.name != ""}) == 1 and not any(
        c.numbers for c in everything
    )
    return Verdict(everything, None, first, is_unknown)


class _Judge:
    """The files, the ledger, and what is worked out once."""

    def __init__(self, files: Sequence[StrayFile], lookup: CopyLookup) -> None:
        self.files, self.lookup = files, lookup
        self.letter: Found | None = None
        self.intact: dict[str, set[int]] = {file.place: lookup.owners_of_file(file.sha256) for file in files}

    @cached_property
    def by_name(self) -> dict[str, frozenset[int]]:
        """The numbers of everybody by their folded name."""
        found: dict[str, set[int]] = {}
        for number, name in self.lookup.names():
            found.setdefault(fold(name), set()).add(number)
        return {name: frozenset(numbers) for name, numbers in found.items()}

    @cached_property
    def hidden(self) -> dict[str, frozenset[int]]:
        """The numbers of all copies by their stamps' hidden marks."""
        names: dict[int, set[str]] = {}
        for number, name in self.lookup.names():
            names.setdefault(number, set()).add(name)
        subjects = {version: self.lookup.subject(version) for version in self.lookup.versions()}
        found = {}
        for version, number in self.lookup.copies():
            if subject := subjects[version]:
                for name in names.get(number, ()):
                    text = Stamp.of(subject.day, subject.language, version, name, number).text
                    found[mark_stamp(text)] = frozenset((number,))
        return found

    def find_all(self) -> Iterator[tuple[StrayFile, str, Found]]:
        """Yield every stamp with its file and place."""
        for file in self.files:
            for passage in file.passages:
                yield from ((file, passage.place, found) for found in find_stamps(passage.text))
            for passage in file.painted:
                # as it is drawn, a name in some scripts is not spelled as it is read; a number always is
                for found in find_stamps_in_order(passage.text):
                    if found.number is not None and found.version is not None:
                        yield (
                            file,
                            passage.place,
                            Found(found.words, "", found.number, found.version, "", found.language),
                        )

    def clue_of_stamp(self, file: StrayFile, place: str, found: Found) -> Clue:
        """Return whom a stamp points to, and what is wrong with it."""
        where, mark = file.at(place), _quote(found.words)
        named = self._find_named(found.name or "")
        number = found.number if found.number in self.lookup.holders else None
        own = frozenset() if number is None else frozenset((number,))
        if found.name == "":  # as painted
            return Clue(where, mark, own, "" if own else f"copy {found.number} is nobody's")
        fault = self._find_fault(found, named, number) or self._find_gap(file, found)
        if fault:
            return Clue(where, mark, named | own, fault)
        return Clue(where, mark, own, self._find_other_edition(found, number))

    def _find_gap(self, file: StrayFile, found: Found) -> str:
        """Return a fault of a stamp without a version; a document that was printed again may have lost it, where there is one."""
        if found.version is not None or (file.is_document and len(self.lookup.versions()) == 1):
            return ""
        return "it is not whole"

    def _find_named(self, name: str) -> frozenset[int]:
        """Return the numbers of a name; those with the very same letters where several differ by accents or spaces."""
        numbers = self.by_name.get(fold(name), frozenset()) if name else frozenset()
        if len(numbers) < 2:
            return numbers
        written = clean_line(name).casefold()
        exact = frozenset(number for number, own in self.lookup.names() if clean_line(own).casefold() == written)
        return exact or numbers

    def _find_fault(self, found: Found, named: frozenset[int], number: int | None) -> str:
        if found.number is None:
            return "it has a name and no number"
        if found.name is None:
            return "it has a number and no name"
        if number is None:
            return f"copy {found.number} is nobody's"
        if not named:
            return f"nobody here has the name {found.name}, and copy {number} is {self.lookup.holders[number].name}'s"
        if number not in named:
            return (
                f"the name and the number are not one person's: copy {number} is {self.lookup.holders[number].name}'s"
            )
        return ""

    def version_of(self, found: Found | None) -> int:
        """Return a stamp's version; the only one of the ledger, where the stamp has lost it."""
        versions = self.lookup.versions()
        only = versions[0] if len(versions) == 1 else 0
        return (found.version if found else None) or only

    def _find_other_edition(self, found: Found, number: int | None) -> str:
        """Return a fault of a stamp whose version or day is not one of this ledger's."""
        version = self.version_of(found)
        if version not in self.lookup.versions():
            return f"there is no version {version} here"
        if number is not None and not self.lookup.has_copy(version, number):
            return f"version {version} has no copy {number}"
        subject = self.lookup.subject(version)
        if subject and found.date and fold(_stamp_day(subject)) != fold(found.date):
            return f"version {version} is of {_stamp_day(subject)}"
        return ""

    def clues_of_letters(self) -> list[Clue]:
        """Return the clues of sentences in letters that say a number."""
        clues = []
        for file in self.files:
            for passage in file.passages:
                for found in find_letter_lines(passage.text):
                    self.letter = self.letter or found
                    number = found.number if found.number in self.lookup.holders else None
                    fault = "" if number is not None else f"copy {found.number} is nobody's"
                    fault = fault or self._find_other_edition(found, number)
                    own = frozenset() if number is None else frozenset((number,))
                    clues.append(Clue(file.at(passage.place), _quote(found.words), own, fault))
        return clues

    def gaps(self, stamped: set[tuple[str, str]]) -> Iterator[Clue]:
        """Yield the pages, slides and notes without a stamp, of files whose others have one."""
        for file in self.files:
            places = {place for own, place in stamped if own == file.place}
            if not file.is_document or len(self.intact[file.place]) == 1:
                continue
            kinds = [file.pages, file.notes if places.intersection(file.notes) else ()]
            for place in (place for kind in kinds for place in kind if place not in places):
                yield Clue(file.at(place), "no stamp", frozenset(self.lookup.holders), "every copy has one here")

    def strange_titles(self, stamp: Found | None) -> Iterator[Clue]:
        """Yield the documents that bear no edition's title: copies of another brief, stamped like one of ours."""
        subject = self.lookup.subject(self.version_of(stamp)) if stamp else None
        title = fold(subject.title) if subject else ""
        for file in self.files:
            if not title or not file.is_document or len(self.intact[file.place]) == 1 or fold(file.title) == title:
                continue
            words = "\n".join(passage.text for passage in file.passages)
            if subject and title not in fold(words) and title not in fold(read_from_right(words)):
                fault = f"the title of this brief, “{subject.title}”, is nowhere in it"
                yield Clue(file.at(""), "the file's words", frozenset(self.lookup.holders), fault)

    def other_clues(self, name: str) -> Iterator[Clue]:
        """Yield the clues that are no stamps: hashes, identifiers, addresses, the file's own name."""
        for file in self.files:
            if len(owners := self.intact[file.place]) == 1:
                yield Clue(file.at(""), "the file's SHA-256", frozenset(owners))
            for mark in file.marks:
                if mark.text in self.hidden:
                    yield Clue(file.at(mark.place), "the hidden mark", self.hidden[mark.text])
            for message_id in file.message_ids:
                if (owner := self.lookup.owner_of_mail(message_id)) is not None:
                    yield Clue(file.at("Message-ID"), message_id, frozenset((owner,)))
            written = {address.casefold() for address in file.addresses if address}
            same = [who for who in self.lookup.holders.values() if who.email.casefold() in written]
            if same:  # one clue, as a mail may be to several
                addresses = ", ".join(who.email for who in same)
                yield Clue(file.at("addressee"), addresses, frozenset(who.number for who in same))
        for packet, number in self.lookup.packet_names():
            if packet and name.casefold().removesuffix(ZIP).startswith(packet.casefold().removesuffix(ZIP)):
                yield Clue("file name", packet, frozenset((number,)))
                return


def _is_numbered(found: Found, judge: _Judge) -> bool:
    """Say whether a stamp is one person's: it has a number, or the name of somebody here."""
    return found.number is not None or (found.name is not None and fold(found.name) in judge.by_name)


def _identify(found: Found) -> tuple[object, ...]:
    return fold(found.name or ""), found.number, found.version, fold(found.date or "")


def _stamp_day(subject: Subject) -> str:
    return Stamp.of(subject.day, subject.language).date


def _quote(words: str) -> str:
    return f"“{clean_line(words)}”"


def _describe(clue: Clue, lookup: CopyLookup) -> str:
    people: Iterable[str] = (f"{lookup.holders[number].name} (copy {number})" for number in sorted(clue.numbers)[:3])
    points = "" if len(clue.numbers) > 3 else " or ".join(people)
    words = f"{clue.mark} points to {points}" if points else clue.mark
    return f"{words}: {clue.fault}" if clue.fault else words

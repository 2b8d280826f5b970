"""The look of a deck’s words: what is struck out, faint or turned, where links lead, and in which language and face they are."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from reportgen.audit.audit_report import Place, ReportBuilder, Severity
from reportgen.brand.contrast import RGB, contrast_ratio
from reportgen.deck.view import view_values as view
from reportgen.deck.view.forms.fill_names import NONE

SYMBOLS = frozenset({"wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol", "zapf dingbats", "opensymbol"})
QUESTIONS = "?¿؟？"
UNSEEN = 1.5  # the contrast below which nobody sees words
SMALLEST = 5.0  # points: nobody reads smaller notes
SQUEEZED = 0.7  # of the line height: closer lines run into one another
TIGHT = -2.0  # points between letters: closer letters run into one another


def check_runs(
    ours: Sequence[view.Paragraph],
    theirs: Sequence[view.Paragraph],
    place: Place,
    report: ReportBuilder,
    is_foreign: bool,
    has_own_looks: bool,
) -> None:
    """Compare what a text's format says: what is struck out, where words lead, in which language and face they are.

    `is_foreign` is True where LibreOffice saved the file, `has_own_looks` where looks may differ.
    """
    check_marks_of_text(theirs, place, report)
    expected, found = (_list_links(each) for each in (ours, theirs))
    for words, address in found - expected:
        report.add("link", f"a link on “{words}” leads to {address}", place, after=address)
    for words, address in expected - found:
        report.add("link", f"the link on “{words}” to {address} is missing", place, before=address)
    has_own_script = any(_is_foreign(paragraph.text) for paragraph in ours)
    languages = [_list_languages(each, has_own_script) for each in (ours, theirs)]
    if ours and (other := languages[1] - languages[0]):
        names = ", ".join(each or "none" for each in sorted(other))
        # LibreOffice marks Korean and Arabic words beside figures as English.
        severity: Severity = "note" if has_own_script and is_foreign else "error"
        report.add("language", f"words are marked as of another language: {names}", place, severity, after=names)
    bullets = [{each.format.bullet for each in text if each.text.strip()} for text in (ours, theirs)]
    if ours and bullets[1] - bullets[0] and not is_foreign:
        signs = ", ".join(f"“{each}”" if each else "none" for each in sorted(bullets[1] - bullets[0]))
        report.add("form", f"the items of its list begin with another sign: {signs}", place)
    if has_own_looks:
        return
    turns = [{each.format.left_to_right for each in text if each.text.strip()} for text in (ours, theirs)]
    if all(turns) and turns[0] != turns[1]:
        report.add("form", "its words run in the other direction", place)
    looks = [_list_looks(each) for each in (ours, theirs)]
    changes = [
        f"{name} {', '.join(sorted(looks[0][name]))} → {', '.join(sorted(looks[1][name]))}"
        for name in looks[0]
        if looks[0][name] != looks[1][name] and looks[0][name] and looks[1][name]
    ]
    if changes:
        report.add("look", f"it looks different: {'; '.join(changes)}", place, "note")


def check_marks_of_text(paragraphs: Iterable[view.Paragraph], place: Place, report: ReportBuilder) -> None:
    """Report words that are struck out, in a face of symbols, or so close that nobody can read them."""
    for paragraph in paragraphs:
        runs = [run for run in paragraph.runs if run.text.strip()]
        for fault, words in (
            ("struck out", [run.text for run in runs if run.struck]),
            ("in a face of symbols", [run.text for run in runs if run.family.lower() in SYMBOLS]),
            ("as dark as its highlight", [run.text for run in runs if is_lost(run.color, run.highlight)]),
            ("so close that letters cover one another", [run.text for run in runs if run.spacing < TIGHT]),
        ):
            if words:
                report.add("hidden", f"“{' '.join(''.join(words).split())[:80]}” is {fault}", place)
        if runs and paragraph.format.spacing < SQUEEZED and not paragraph.format.leading:
            report.add("hidden", "its lines are so close that they cover one another", place)


def check_signs(ours: str, theirs: str, place: Place, report: ReportBuilder) -> None:
    """Report signs that are no words and turn the sense of words: question marks, symbols, marks that reverse letters."""
    before, after = (Counter(char for char in text if _is_sign(char)) for text in (ours, theirs))
    for char, word in [
        *((char, "is added") for char in after - before),
        *((char, "is missing") for char in before - after),
    ]:
        name = (
            f"“{char}”"
            if char.isprintable()
            else f"U+{ord(char):04X} ({unicodedata.name(char, 'without a name').lower()})"
        )
        report.add("text", f"the sign {name} {word}", place, after=char if char in after else "")


def _is_sign(char: str) -> bool:
    return char in QUESTIONS or "\u202a" <= char <= "\u202e" or unicodedata.category(char) == "So"


def check_notes_shape(shape: view.Shape, linked: Collection[str], place: Place, report: ReportBuilder) -> None:
    """Report words of a notes page that are hidden or struck out, and links that the brief's notes do not have."""
    if shape.hidden:
        report.add("hidden", "the notes are hidden", place)
    check_marks_of_text(shape.paragraphs, place, report)
    runs = [run for paragraph in shape.paragraphs for run in paragraph.runs if run.text.strip()]
    if any(is_lost(run.color, shape.background) or run.size < SMALLEST for run in runs):
        report.add("hidden", "some of the notes are too small or too faint to be seen", place)
    for words, address in _list_links(shape.paragraphs):
        if address not in linked:
            report.add("link", f"a link on “{words}” leads to {address}", place, after=address)
    if shape.form.get("link", NONE) != NONE:
        report.add("link", f"a link leads to {shape.form['link']}", place)


def is_lost(color: RGB | None, background: RGB | None) -> bool:
    return color is not None and background is not None and contrast_ratio(color, background) < UNSEEN


def list_paragraphs(shape: view.Shape) -> list[view.Paragraph]:
    cells = [cell for row in shape.table.rows for cell in row] if shape.table else []
    return [*shape.paragraphs, *(each for cell in cells for each in cell.paragraphs)]


def _list_links(paragraphs: Iterable[view.Paragraph]) -> set[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for paragraph in paragraphs:
        for run in paragraph.runs:
            if run.leads and found and found[-1][1] == run.leads:
                found[-1] = (f"{found[-1][0]}{run.text}", run.leads)
            elif run.leads:
                found.append((run.text, run.leads))
    return {(" ".join(words.split()), address) for words, address in found}


def _list_languages(paragraphs: Iterable[view.Paragraph], own_script: bool) -> set[str]:
    """Return the languages of the words: in a text with a script of its own, such as Korean, of the words in that script."""
    runs = (run for paragraph in paragraphs for run in paragraph.runs)
    return {run.language for run in runs if (_is_foreign(run.text) if own_script else _has_letters(run.text))}


def _has_letters(text: str) -> bool:
    return any(char.isalpha() for char in text)


def _is_foreign(text: str) -> bool:
    """Say whether some letters are not of the Latin script: programs mark Latin words and figures beside these as English."""
    return any(char.isalpha() and char > "\u036f" and not "\u1e00" <= char <= "\u1eff" for char in text)


def _list_looks(paragraphs: Iterable[view.Paragraph]) -> dict[str, set[str]]:
    runs = [run for paragraph in paragraphs for run in paragraph.runs if run.text.strip()]
    return {
        "size": {f"{run.size:g} pt" for run in runs},
        "face": {run.family for run in runs},
        "weight": {"bold" if run.bold else "plain" for run in runs},
        "highlight": {"yes" if run.highlight else "no" for run in runs},
        "letters": {"capitals" if run.capitals else "as they are" for run in runs},
        "position": {"raised" if run.raised else "on the line" for run in runs},
        "slant": {"italic" if run.italic else "upright" for run in runs},
    }

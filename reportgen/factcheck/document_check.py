"""The check of a document, from its files to its sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.factcheck.claims import find_claims
from reportgen.factcheck.fact_values import FactSheet
from reportgen.factcheck.numbers.number_check import NumberChecker
from reportgen.factcheck.numbers.self_contradictions import find_contradictions
from reportgen.factcheck.numbers.sentences import SentenceIndex
from reportgen.factcheck.quotations.quotation_check import QuotationChecker
from reportgen.factcheck.reading.file_reading import read_all
from reportgen.factcheck.reading.texts import FileText
from reportgen.system.progress import Stage, report

OFTEN = 25  # claims between two messages of progress


def check_facts(document: Path, sources: Sequence[Path]) -> FactSheet:
    """Hold each number and quotation of a document against its sources.

    Raises
    ------
    FileError
        When one of the files cannot be read, or has no text.
    """
    texts = read_all([document, *sources])
    return check_texts(texts[0], texts[1:])


def check_texts(document: FileText, sources: Sequence[FileText]) -> FactSheet:
    """Hold the claims of a text against other texts."""
    index = SentenceIndex(sources)
    numbers, quotations = NumberChecker(index), QuotationChecker(sources)
    own = SentenceIndex([document])
    sentences = {(id(each.part), each.start): each for each in own.sentences}
    spans = list(find_claims(document))
    checked = []
    for count, span in enumerate(spans):
        if count % OFTEN == 0:
            report(Stage.CHECKING, document.name, count, len(spans))
        if span.mention:
            sentence = sentences[id(span.part), span.sentence[0]]
            mention = next(each for each in sentence.mentions if each.start == span.mention.start)
            checked.append(numbers.check(span, sentence, mention))
        else:
            checked.append(quotations.check(span))
    contradictions = tuple(find_contradictions(spans, sentences, own))
    notes = tuple(note for text in (document, *sources) for note in text.notes)
    return FactSheet(document.name, tuple(source.name for source in sources), tuple(checked), contradictions, notes)

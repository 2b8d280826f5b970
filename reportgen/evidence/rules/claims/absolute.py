"""Absolutes and superlatives are the source's

"Every", "all", "never", "none", "only", "the largest", "the first", "record": such a word in a title, a takeaway, the bottom line or a point
needs one in the evidence, said of the same thing. "All its members" backs "every member", years that are listed one by one back
"every year", and the longest bar of a chart backs "the largest". "Only 3 percent" and idioms ("after all") are no absolutes. What
advises ("end all transfers") is not checked, nor are judgments and recommendations. It is a warning, because an absolute can follow
from numbers that the program cannot read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.claims.absolutes import EXCEPTIONS, Absolute, find_absolutes, has_support, support_of
from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.number_order import has_rates, is_drawn
from reportgen.evidence.claims.problem import Problem, show_nearest
from reportgen.evidence.claims.statements import Statement, Word, count_shared, stems_of, word_set
from reportgen.evidence.findings import Fault, Severity
from reportgen.text.late_pattern import compile_late

ID = "absolute"
SEVERITY: Severity = "warning"
READS_ENGLISH = True

_SECOND = compile_late(r"\b(?:second|next)[\s-](?:most|least|\w{3,}est)\b", re.IGNORECASE)
_EVER = compile_late(r"\b(?:in history|on record|ever|of all time)\b", re.IGNORECASE)
_ALL_TIME = word_set("ever history record records never all-time unprecedented historic")
_BELOW_RECORD = compile_late(
    r"\b(?:below|under|short of|less than|off|near|from|miss\w*|not)\b[^.;,]{0,30}\brecords?\b", re.IGNORECASE
)
_EVERYWHERE = word_set(
    "throughout universal universally everyone everybody everywhere both unanimous unanimously each without consistently always whichever"
)
_COMPARATIVE = compile_late(r"\b(?:more|less|fewer|better|worse|\w{3,}er)\b", re.IGNORECASE)
_TOO_LITTLE = compile_late(r"\btoo (?:little|few|late)\b|\binsufficient", re.IGNORECASE)
_EXCEPTING = word_set("exception exceptions only but than")
_WORK, _JOBLESS = stems_of("job jobs work employment"), stems_of("unemployed unemployment jobless joblessness")
_TIMES = stems_of(
    "year years month months decade decades two three four five six seven eight nine ten since time times"
)
"""Stems that tell a superlative's period, not its thing: "the lowest in eight years"."""
_COUNTED = word_set(
    "state country countries nation region province county counties city cities town district area group member party parties agency agencies office department company companies firm industry "
    "industries sector school hospital case person people citizen household family families worker employee patient child children woman women man men student teacher voter year month quarter day "
    "week decade ship plant mine bank farm road project program plan goal target measure government minister region island village one"
)
"""Members of groups, of which an absolute is a count."""
_SCOPE = 3  # content words after an absolute that it speaks of


def check(case: Case) -> Iterator[Fault]:
    yield from case.judge_claims(judge)


def judge(claim: Claim) -> Iterator[Problem]:
    """Yield the absolutes of a claim that its evidence does not have."""
    if claim.is_ours or claim.is_advice:
        return
    for found in find_absolutes(claim.statement):
        if (
            claim.is_own(found.word)
            and not _is_denied(found, claim)
            and not (is_drawn(claim, found.group) and not _EVER.search(claim.statement.text))
            and not (
                found.word.text in ("fastest", "slowest")
                and has_rates(claim)
                and not _EVER.search(claim.statement.text)
            )
            and not _sums_up(found, claim)
            and not any(
                _supports(item, found, claim, body is claim.wider) for body in claim.bodies for item in body.quotes
            )
        ):
            word = found.word
            message = f"“{claim.statement.text[word.start : word.end]}” is more than what the text rests on says"
            yield Problem(word.start, word.end, message, show_nearest(claim))


def _sums_up(found: Absolute, claim: Claim) -> bool:
    """Return whether an "every" is of something that only the writer speaks of: "every remedy hurts somebody"."""
    if found.word.text not in ("every", "all"):
        return False
    index = claim.statement.words.index(found.word)
    words = [word for word in claim.statement.words[index + 1 : index + 4] if word.stem in claim.statement.stems][:1]
    if not words or any(word.text in _COUNTED or word.text.rstrip("s") in _COUNTED for word in words):
        return False
    stems = frozenset(word.stem for word in words)
    return not any(count_shared(stems, item.stems) for body in claim.bodies for item in body)


def _is_denied(found: Absolute, claim: Claim) -> bool:
    """Return whether a "no" or "not" stands before an absolute in its clause: "no shortage everywhere" says nothing of everywhere."""
    words = claim.statement.words
    index = words.index(found.word)
    before = [
        word
        for word, clause in zip(words[:index], claim.statement.clauses, strict=False)
        if clause == claim.statement.clauses[index]
    ]
    return found.group != "no" and any(
        word.text in ("no", "not", "never", "cannot") or word.text.endswith("n't") for word in before[-8:]
    )


def _supports(item: Statement, found: Absolute, claim: Claim, is_wider: bool) -> bool:
    """Return whether a statement has an absolute of the kind, and speaks of the same thing."""
    after = claim.statement.stems_after(found.word.end, _SCOPE)
    scope = [word for word in after if word not in _TIMES] or claim.statement.stems_before(found.word.start, _SCOPE)
    scope = [word for word in scope if not word[0].isdigit()]
    shared = count_shared(claim.statement.stems - {found.word.stem}, item.stems)
    if found.group == "every" and shared:
        if _lists_years(item):
            return True
        if _excepts(claim.statement, found.word) and not (EXCEPTIONS | _EXCEPTING).isdisjoint(item.texts):
            return True
    roots = tuple(f"un{root[:5]}" for root in scope if len(root) > 4)
    if found.group == "no" and roots and any(other.startswith(roots) for other in item.stems):
        return True  # "no insurance" for adults who are uninsured
    if found.group == "no" and not _WORK.isdisjoint(scope) and not _JOBLESS.isdisjoint(item.stems):
        return True  # "no job" for the unemployed
    if found.group == "no" and shared and "enough" in claim.statement.texts and _TOO_LITTLE.search(item.text):
        return True  # "never did enough" for "has done too little"
    if found.group == "only" and shared and _SECOND.search(item.text) and _COMPARATIVE.search(claim.statement.text):
        return True  # "only Osk has a larger fleet" for "the second largest after Osk"
    if not has_support(item, found.group, found.word):
        return False
    if (
        found.group in ("most", "least", "-est")
        and _EVER.search(claim.statement.text)
        and not _is_of_all_time(item, found)
    ):
        return False
    if found.word.text in ("every", "all") and not _counts_same(item, found, claim.statement):
        return False
    if (
        found.group == "every"
        and not EXCEPTIONS.isdisjoint(item.texts)
        and (EXCEPTIONS | {"but"}).isdisjoint(claim.statement.texts)
    ):
        return False  # "all other groups" are not all groups
    if found.group == "first" and shared and "first" in item.texts:
        return True  # "the first decline in decades" for "the first drop in decades"
    if is_wider:
        return shared > 1 and count_shared(frozenset(scope), item.stems) > 0
    return claim.is_narrow or not scope or shared > 1 or count_shared(frozenset(scope), item.stems) > 0


def _is_of_all_time(item: Statement, found: Absolute) -> bool:
    """Return whether a statement has a record, and not only something below it: "just below the record of 2019"."""
    return not item.texts.isdisjoint(_ALL_TIME) and (found.group == "least" or not _BELOW_RECORD.search(item.text))


def _counts_same(item: Statement, found: Absolute, statement: Statement) -> bool:
    """Return whether an "all" of the evidence is of what the claim's "every" is of: "all ballots" are not every state."""
    index = statement.words.index(found.word)
    noun = next((word for word in statement.words[index + 1 : index + 4] if word.stem in statement.stems), None)
    if not noun:
        return True
    if noun.text not in _COUNTED and noun.text.rstrip("s") not in _COUNTED:
        return count_shared(frozenset((noun.stem,)), item.stems) > 0
    support = support_of("every")
    for at, word in enumerate(item.words):
        near = item.words[max(0, at - 3) : at + 5]
        if word.text in _EVERYWHERE or (word.stem in support and any(other.stem == noun.stem for other in near)):
            return True
    return False


def _excepts(statement: Statement, word: Word) -> bool:
    """Return whether a text leaves something out of its "every" or "all": "every street but one"."""
    after = [item.text for item in statement.words if item.start >= word.end][:4]
    return not (EXCEPTIONS | {"but"}).isdisjoint(after)


def _lists_years(statement: Statement) -> bool:
    return len({word.text for word in statement.words if len(word.text) == 4 and word.text.isdigit()}) > 2

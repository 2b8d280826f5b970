"""Rose is not fell, and a profit is no loss

A sentence must not turn the evidence round: "rose" for "fell", "above" for "below", "profit" for "loss", "supports" for "opposes". What the
evidence says of a number, the brief says of it too, and "rose from 91 to 86" is wrong whatever the evidence says. The same holds for
"shrank from 2019 to 2022", if a quote has the numbers of both years, and for the title of a chart that draws the opposite. Such a reversal of
numbers is an error. One that is read from the words around is a warning: the evidence has only the opposite of the same thing. Synonyms
(rose, climbed, grew, is up) are alike. A judgment is compared with the quotes that it cites itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.evidence.case import Case
from reportgen.evidence.claims.axes import WEAK, Pole, opposites, poles
from reportgen.evidence.claims.claim import Claim
from reportgen.evidence.claims.contrasts import Contrast, amount_of, find_contrasts, find_moved, has_axis
from reportgen.evidence.claims.number_order import (
    compare_drawn,
    compare_stated,
    compare_subjects,
    compare_years,
    last_amount,
    may_rank,
)
from reportgen.evidence.claims.problem import Problem, show
from reportgen.evidence.claims.statements import Statement, stems_of
from reportgen.evidence.findings import Fault, Severity
from reportgen.evidence.number_grammar.mention import Mention

ID = "direction"
SEVERITY: Severity = "error"
READS_ENGLISH = True

_MOVES = ("size", "quality")
_NEAR = 2  # what a word around counts more than one elsewhere in the sentence
_MARGIN = 2  # by which the evidence for the opposite must outdo that for the claim
_UNWANTED = (
    "deficit unemployment jobless death crime accident crash fatal emission debt inflation poverty loss cost price risk hunger mortality infection case delay error pollution violence burden gap shortage wait backlog "
    "accident injury fraud tax"
)
"""What is better the less there is of it."""
_WANTED = "score income wage earning profit growth yield harvest employment coverage survival attendance enrollment output production performance access literacy capacity budget surplus"
"""What is better the more there is of it."""
_JUDGING = ("quality", "safety")
_EASING = ("eas", "alleviat", "reliev")  # what eases may well be high
_MANY = 3  # moves that speak for a whole section


def check(case: Case) -> Iterator[Fault]:
    yield from case.judge_claims(judge)


def judge(claim: Claim) -> Iterator[Problem]:
    """Yield the words of a claim that turn its evidence round."""
    if not claim.is_ours and (order := compare_subjects(claim)):
        yield Problem(order.start, order.end, order.message)
    if claim.passage and claim.passage.role == "exhibit" and may_rank(claim.statement):
        yield from _judge_drawn(claim)
    if not _may_contrast(claim):
        return
    places: set[int] = set()
    for contrast in find_contrasts(claim.statement):
        if contrast.sign and contrast.word.start not in places and claim.is_own(contrast.word):
            problem = _judge_numbers(claim, contrast)
            may_turn = not problem and not claim.is_ours and not claim.is_advice and _is_opposed(claim, contrast)
            if may_turn and not _is_proven(claim, contrast):
                problem = _judge_words(claim, contrast) or _judge_title(claim, contrast)
            is_judged = claim.is_title and not claim.is_advice and contrast.pole.axis in _JUDGING
            if not problem and is_judged and not claim.is_ours:
                problem = _judge_state(claim, contrast)
            if problem:
                places.add(contrast.word.start)
                yield problem


def _judge_drawn(claim: Claim) -> Iterator[Problem]:
    """Compare what a chart's title or takeaway says of its items with what it draws."""
    from reportgen.evidence.claims.drawn_items import find_drawn_contradictions

    for drawn in find_drawn_contradictions(claim):
        words = claim.statement.text[drawn.start : drawn.end]
        yield Problem(drawn.start, drawn.end, f"“{words}”, but the exhibit draws it otherwise: {drawn.drawn}")


def _may_contrast(claim: Claim) -> bool:
    """Return whether the claim has a word whose opposite is in the evidence, or compares numbers."""
    found = claim.statement.texts & poles().keys()
    if not found:
        return False
    if any(char.isdigit() for char in claim.statement.text) or claim.is_title:
        return True
    return any(not opposites(pole).isdisjoint(claim.evidence.texts) for word in found for pole in poles()[word])


def _is_opposed(claim: Claim, contrast: Contrast) -> bool:
    """Return whether the evidence has a word of the other side at all; reading its numbers takes long."""
    axes = {contrast.pole.axis, *(_MOVES if claim.is_title and contrast.pole.axis in _MOVES else ())}
    return any(not opposites(Pole(axis, contrast.pole.sign)).isdisjoint(claim.evidence.texts) for axis in axes)


def _judge_numbers(claim: Claim, contrast: Contrast) -> Problem | None:
    """Compare a word with the numbers that it moves, two years or the ends of a chart."""
    order = None
    if contrast.pole.axis == "size":
        if "from" in claim.statement.texts and (problem := _judge_path(claim, contrast)):
            return problem
        if contrast.compares:
            order = compare_stated(claim.statement, contrast)
        elif not claim.is_ours:
            order = compare_years(claim, contrast) or compare_drawn(claim, contrast)
    if order:
        return Problem(order.start, order.end, order.message, None, "error")
    return _judge_number(claim, contrast) if _is_opposed(claim, contrast) else None


def _judge_path(claim: Claim, contrast: Contrast) -> Problem | None:
    """Compare a word with the ends that it names: from 91 to 86 nothing rises."""
    moved = find_moved(claim.statement).get(contrast.word.start, ())
    start = next((item for item, role in moved if role == "from"), None)
    end = next((item for item, role in moved if role == "to"), None) or (
        start and last_amount(claim.statement, contrast.word)
    )
    if not start or not end or (start.kind, start.unit) != (end.kind, end.unit):
        return None
    if start.high is not None or end.high is not None:
        return None
    change = amount_of(end) - amount_of(start)
    if not change or min(amount_of(start), amount_of(end)) < 0 or (change > 0) == (contrast.sign > 0):
        return None
    message = f"“{contrast.word.text}” from {start.text} to {end.text}: the numbers go the other way"
    return Problem(contrast.word.start, contrast.word.end, message, None, "error")


def _judge_number(claim: Claim, contrast: Contrast) -> Problem | None:
    """Compare a word with what the evidence says of the same number."""
    for number, others in _find_numbers(claim, contrast):
        if others and all(other.sign != contrast.sign for _, other in others):
            item, other = others[0]
            message = f"“{contrast.word.text}” for {number.text}, where the evidence has “{other.word.text}”"
            return Problem(contrast.word.start, contrast.word.end, message, show(item), "error")
    return None


def _is_proven(claim: Claim, contrast: Contrast) -> bool:
    """Return whether the evidence says the same of the same number: the words around need no look."""
    found = (other for _, others in _find_numbers(claim, contrast) for _, other in others)
    return any(other.sign == contrast.sign for other in found)


def _find_numbers(claim: Claim, contrast: Contrast) -> Iterator[tuple[Mention, list[tuple[Statement, Contrast]]]]:
    """Yield each number that a word moves, with the words that move it in the evidence."""
    axis = contrast.pole.axis
    for number, role in find_moved(claim.statement).get(contrast.word.start, ()):
        others = []
        for item in claim.evidence:
            if has_axis(item, axis) and item.stems & claim.statement.stems - {
                part.lower() for part in number.text.split()
            }:
                for other in find_contrasts(item):
                    moved = find_moved(item).get(other.word.start, ()) if other.sign and other.pole.axis == axis else ()
                    if any(mention.same == number.same and (role == same or axis != "size") for mention, same in moved):
                        others.append((item, other))
        yield number, others


def _judge_words(claim: Claim, contrast: Contrast) -> Problem | None:
    """Compare a word with what the evidence says of the same thing."""
    axis = contrast.pole.axis
    needed = 2 if axis in WEAK or contrast.compares else 1
    if any(other.pole.axis == axis and other.sign == -contrast.sign for other in find_contrasts(claim.statement)):
        needed += 1  # "fourth graders gained, eighth graders lost"
    worst: tuple[Statement, Contrast] | None = None
    best = {1: 0, -1: 0}
    for item in claim.evidence if contrast.near else ():
        for other in find_contrasts(item) if has_axis(item, axis) else ():
            if other.pole.axis != axis or not other.sign or (contrast.compares and not other.compares):
                continue
            if contrast.word.text.startswith("gr") and "growth" in item.texts:
                continue  # growth that falls is growth
            common = other.near & contrast.near
            shared = len(item.stems & claim.statement.stems)
            score = _NEAR * len(common) + shared
            if other.sign == contrast.sign:
                best[other.sign] = max(best[other.sign], score if common or shared > 1 else 0)
            elif (
                len(common) >= needed
                and (contrast.compares or not other.compares)
                and (
                    axis == "belief" or common & (contrast.heads | other.heads) or contrast.neighbors & other.neighbors
                )
                and score > best[other.sign]
            ):
                best[other.sign], worst = score, (item, other)
    margin = _MARGIN if axis in _MOVES else 0
    if not worst or (best[contrast.sign] and (not margin or best[-contrast.sign] < best[contrast.sign] + margin)):
        return None
    item, other = worst
    message = f"“{contrast.word.text}” where the evidence has “{other.word.text}”"
    return Problem(contrast.word.start, contrast.word.end, message, show(item))


def _judge_state(claim: Claim, contrast: Contrast) -> Problem | None:
    """Compare "safer" or "worse" in a title with what rises and falls in its evidence, by whether one wants it."""
    before = claim.statement.words[contrast.index - 1].text if contrast.index else ""
    if before == "less" or contrast.word.text.startswith(_EASING):
        return None
    unwanted, wanted = stems_of(_UNWANTED), stems_of(_WANTED)
    moves: list[tuple[int, Statement, Contrast]] = []
    for item in claim.evidence:
        for other in find_contrasts(item) if has_axis(item, "size") else ():
            if (
                other.pole.axis == "size"
                and other.sign
                and unwanted.isdisjoint(other.near) != wanted.isdisjoint(other.near)
            ):
                moves.append((other.sign if unwanted.isdisjoint(other.near) else -other.sign, item, other))
    related = [move for move in moves if move[1].stems & contrast.near] or (moves if len(moves) >= _MANY else [])
    if not related or {sign for sign, _, _ in related} != {-contrast.sign}:
        return None
    _, item, other = related[0]
    message = f"“{contrast.word.text}”, but what the evidence has says the opposite: “{other.word.text}”"
    return Problem(contrast.word.start, contrast.word.end, message, show(item))


def _judge_title(claim: Claim, contrast: Contrast) -> Problem | None:
    """Compare a word in a title with all that moves in its evidence: "service has improved", where each number fell."""
    if not claim.is_title or contrast.pole.axis not in _MOVES or contrast.compares:
        return None
    moves = [
        (item, other)
        for item in claim.evidence
        for other in find_contrasts(item)
        if other.pole.axis in _MOVES and other.sign and not other.compares
    ]
    if any(other.sign == contrast.sign for _, other in moves):
        return None
    if contrast.pole.axis == "size":
        related = [(item, other) for item, other in moves if item.stems & contrast.near]
        moves = related or (moves if len(moves) > 2 else [])
    elif contrast.sign < 0 or any(not stems_of(_UNWANTED).isdisjoint(other.near) for _, other in moves):
        return None  # "worse" may well be more of something
    if not moves:
        return None
    item, other = moves[0]
    message = f"“{contrast.word.text}”, but all that the evidence has is “{other.word.text}”"
    return Problem(contrast.word.start, contrast.word.end, message, show(item))

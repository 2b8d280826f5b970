"""Axes: pairs of opposite words, such as rose and fell, profit and loss, support and oppose."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from reportgen.evidence.claims.statements import stems_of


class Pole(Struct, frozen=True):
    """One end of an axis that a word belongs to."""

    axis: str
    sign: int


_UP = (
    "rise rises rising rose risen grow grows growing grew grown growth increase increases increased increasing climb climbs climbed climbing jump jumps jumped leap leaps leapt soar soars soared soaring "
    "surge surges surged surging higher expand expands expanded expanding expansion widen widens widened widening swell swells swelled swollen accelerate accelerates accelerated accelerating "
    "raise raises raised raising boost boosts boosted boosting more exceed exceeds exceeded exceeding above larger greater bigger longer rebound rebounded outpace outpaced surpass surpasses surpassed up upward "
    "skyrocket skyrocketed balloon ballooned mounted mounting lengthen lengthened double doubles doubled doubling triple tripled elevated inflate inflated build-up enlarge enlarged "
    "multiply multiplied escalate escalates escalated escalating intensify intensified spiked over overtake overtakes overtook overtaken"
)
_DOWN = (
    "fall falls falling fell fallen decline declines declined declining drop drops dropped dropping decrease decreases decreased decreasing shrink shrinks shrinking shrank shrunk cut cuts cutting "
    "reduce reduces reduced reducing reduction reductions lower lowers lowered lowering slide slides slid slip slips slipped plunge plunges plunged plummet plummets plummeted collapse collapsed "
    "tumble tumbled sink sinks sank sunk contract contracts contracted contraction narrow narrows narrowed narrowing slow slows slowed slowing less fewer below smaller shorter dwindle dwindled diminish "
    "diminishes diminished down downward halve halves halved halving trim trimmed recede receded subside subsided under erode erodes eroded shorten shortened downturn slump slumped ebb ebbed "
    "wane waned waning behind dip dips dipped curb curbs curbed curtail curtailed"
)
_TABLE = (
    ("size", _UP, _DOWN),
    ("quality", "improve improves improved improving improvement improvements better ease eases eased alleviate alleviates alleviated relieve relieves relieved recover recovers recovered recovery", "worsen worsens worsened worsening worse exacerbate exacerbates exacerbated aggravate aggravated deteriorate deteriorates deteriorated deteriorating deterioration degrade degraded"),
    ("money", "profit profits profitable profitability surplus surpluses earn earned earns earning earnings gain gains gained", "loss losses lost lose loses losing deficit deficits shortfall shortfalls unprofitable"),
    ("support", "support supports supported supporting supporters back backs backed backing favor favors favored favour favours favoured endorse endorses endorsed welcome welcomes welcomed", "oppose opposes opposed opposing opposition opponents object objects objected resist resists resisted"),
    ("trade", "import imports imported importing importer importers", "export exports exported exporting exporter exporters"),
    ("contest", "win wins won winning victory winner winners", "lose loses lost losing defeat defeated defeats loser losers"),
    ("will", "eager eagerness willing willingness keen ready readiness happy glad enthusiastic embolden emboldens", "reluctant reluctance unwilling unwillingness hesitant hesitate hesitates hesitation loath wary constrain constrains constrained"),
    ("leave", "allow allows allowed allowing permit permits permitted permitting legalize legalized", "ban bans banned banning prohibit prohibits prohibited forbid forbids forbidden bar bars barred outlaw outlawed disallow disallowed"),
    ("force", "strengthen strengthens strengthened strengthening stronger", "weaken weakens weakened weakening weaker undermine undermines undermined"),
    ("grip", "loosen loosens loosened relax relaxes relaxed lenient looser", "tighten tightens tightened tightening stricter tougher tighter"),
    ("gate", "open opens opened opening reopen reopened reopening", "close closes closed closing closure shut shuts shutdown"),
    ("membership", "join joins joined joining enter entered accede acceded", "quit quits exit exits exited withdraw withdraws withdrew withdrawn withdrawal leave leaves leaving"),
    ("part", "majority majorities", "minority minorities"),
    ("outcome", "succeed succeeds succeeded succeeding success successes successful successfully", "fail fails failed failing failure failures unsuccessful unsuccessfully"),
    ("safety", "safe safer safely harmless", "dangerous unsafe hazardous harmful deadly perilous"),
    ("price", "cheap cheaper cheapest inexpensive affordable", "expensive costly costlier dear dearer unaffordable"),
    ("pace", "fast faster fastest quick quicker quickly accelerate accelerates accelerated speeding", "slow slower slowest slowly slowed decelerate decelerated sluggish"),
    ("relation", "ally allies allied friend friends friendly partner partners", "rival rivals enemy enemies adversary adversaries foe foes hostile"),
    ("harm", "help helps helped helping benefit benefits benefited beneficial protect protects protected", "hurt hurts harm harms harmed harming damage damages damaged"),
    ("answer", "accept accepts accepted accepting acceptance", "reject rejects rejected rejecting rejection refuse refuses refused refusal decline declined"),
    ("scope", "include includes included including", "exclude excludes excluded excluding"),
    ("value", "positive positively", "negative negatively"),
    ("mood", "optimistic optimism confident confidence hopeful", "pessimistic pessimism gloomy doubtful"),
    ("duty", "mandatory compulsory obligatory", "voluntary optional voluntarily"),
    ("span", "permanent permanently", "temporary temporarily"),
    ("effect", "cause causes caused causing promote promotes promoted promoting induce induces induced trigger triggers triggered facilitate facilitates facilitated enable enables enabled encourage encourages encouraged "
     "foster fosters fostered fuel fuels fueled fuelled", "prevent prevents prevented preventing inhibit inhibits inhibited block blocks blocked blocking halt halts halted avert averts averted deter deters deterred thwart thwarted hinder hinders hindered discourage discourages discouraged"),
    ("level", "high highly severe severely major frequent frequently common abundant dense intense", "low mild mildly minor rare rarely scarce sparse slight slightly modest modestly"),
    ("compass", "north northern east eastern", "south southern west western"),
    ("belief", "confirm confirms confirmed prove proves proved proven affirm affirms affirmed", "doubt doubts doubted dispute disputes disputed question questions questioned refute refutes refuted debunk debunks debunked"),
    ("extreme", "highest largest most biggest greatest", "lowest smallest least fewest"),
    ("vigor", "strong robust solid vigorous", "weak sluggish anemic feeble fragile"),
    ("place", "urban city cities", "rural countryside"),
    ("sex", "men man male males boys", "women woman female females girls"),
    ("wealth", "rich richer richest wealthy wealthier affluent", "poor poorer poorest impoverished low-income"),
    ("origin", "domestic", "foreign overseas abroad"),
    ("order", "ahead early earlier", "late later delayed"),
)  # fmt: skip
QUALITATIVE = frozenset(("quality",))
WEAK = frozenset(
    (
        "level",
        "compass",
        "place",
        "sex",
        "wealth",
        "origin",
        "order",
        "relation",
        "scope",
        "pace",
        "span",
        "price",
        "force",
        "harm",
        "value",
        "safety",
    )
)
"""Axes of which both ends may be true of one thing: the evidence must have the opposite of the very same words."""


@cache
def axis_words() -> dict[str, frozenset[str]]:
    """Return the words of each axis."""
    return {axis: frozenset(f"{plus} {minus}".split()) for axis, plus, minus in _TABLE}


@cache
def opposites(pole: Pole) -> frozenset[str]:
    """Return the words of the other end of an axis."""
    return next(
        frozenset((minus if pole.sign > 0 else plus).split()) for axis, plus, minus in _TABLE if axis == pole.axis
    )


@cache
def poles() -> dict[str, tuple[Pole, ...]]:
    """Return the ends of axes, by word."""
    found: dict[str, tuple[Pole, ...]] = {}
    for axis, plus, minus in _TABLE:
        for words, sign in ((plus, 1), (minus, -1)):
            for word in words.split():
                found[word] = (*found.get(word, ()), Pole(axis, sign))
    return found


@cache
def directed_stems() -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of words for growth and gains, and those of words for decline and losses."""
    sides = [(plus, minus) for axis, plus, minus in _TABLE if axis in ("size", "money")]
    return stems_of(" ".join(plus for plus, _ in sides)), stems_of(" ".join(minus for _, minus in sides))

"""Families of strong words: each claim word with the words of the evidence that bear it out."""

from __future__ import annotations

from functools import cache, cached_property

from msgspec import Struct

from reportgen.evidence.claims.statements import Statement, Word, stems_of, word_set

_ALIKE = 6  # letters


class Family(Struct, frozen=True, dict=True):
    """Words that claim the same, and the others that bear it out."""

    name: str
    words: str
    others: str

    @cached_property
    def support(self) -> frozenset[str]:
        """The stems that bear it out: those of its own words and of the others."""
        return stems_of(f"{self.words} {self.others}")

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """The first letters of its longer words: completed and completions."""
        return tuple({word[:_ALIKE] for word in self.words.split() if len(word) > _ALIKE})


# Name: (the words of a claim, in their forms | what else bears it out, by stem).
_ACTS = {
    "admit": (
        "admitted admits admit admitting admission conceded concedes concede confessed confesses confess",
        "acknowledge recognize recognise accept apologize apologise plead concession confession acknowledgment own",
    ),
    "deny": ("denied denies deny refuted refutes refute rebutted", "denial reject dispute not no never contradict n't false without"),
    "confirm": (
        "confirmed confirms confirm confirmation verified verifies verify corroborated validated",
        "find found show establish proof prove demonstrate consistent evidence verification detect announce support agree report replicate identify",
    ),
    "prove": (
        "proved proves proven proof disproved disproves conclusive conclusively undeniable undeniably irrefutable",
        "confirm establish demonstrate show verify certain certainly definitive definitively clear clearly unequivocal prove evidence",
    ),
    "guarantee": (
        "guaranteed guarantees guarantee assured assures ensured ensures",
        "ensure assure certain entitle insure secure guarantee guaranteed",
    ),
    "promise": (
        "promised promises pledged pledges vowed vows swore sworn",
        "promise pledge vow commit commitment undertake agree will plan intend guarantee target goal offer would announce",
    ),
    "agree": ("agreed agrees consensus unanimous unanimously", "agree agreement accept sign deal accord joint endorse back pledge commit concur negotiate approve pact vote"),
    "refuse": (
        "refused refuses refusal rejected rejects rejection rebuffed vetoed vetoes spurned",
        "refuse reject rebuff veto decline deny oppose unwilling against dismiss block turn resist defeat negative refusal withhold withdraw abandon rule",
    ),
    "approve": (
        "approved approves enacted enacts ratified ratifies authorized authorised legalized legalised",
        "approve approval pass enact adopt ratify sign authorize authorise endorse agree accept grant vote law act clear license permit legal back introduce authority authorization",
    ),
    "ban": (
        "banned bans outlawed outlaws prohibited prohibits forbade forbids abolished abolishes scrapped scraps canceled cancelled repealed",
        "ban outlaw prohibit forbid abolish scrap cancel repeal end stop illegal prevent bar exclude moratorium restrict no not phase close withdraw rescind revoke eliminate suspend axe drop kill halt remove",
    ),
    "accuse": (
        "accused accuses blamed blames blame condemned condemns denounced denounces",
        "accuse accusation blame condemn denounce critic criticize criticise criticism allege alleged charge attack fault warn say suspect claim responsible hold cite attribute cause reason point",
    ),
    "order": ("ordered orders threatened threatens ultimatum", "order threaten threat require instruct demand insist must mandate force tell ban ultimatum direct command compel warn urge court rule purchase"),
    "fraud": (
        "fraud fraudulent fraudulently corruption corrupt bribe bribed bribery bribes embezzle embezzled embezzlement steal steals stole stolen looted cheat cheats cheated rig rigs rigged sabotage sabotages sabotaged",
        "fraud corrupt bribe embezzle steal stole stolen breach theft cheat rig manipulate sabotage misuse crime criminal illegal launder kickback scam loot misappropriate scandal graft",
    ),
    "lie": (
        "lied lies lying mislead misled misleads misleading deceive deceived deceives conceal concealed conceals hide hides hid hidden falsify falsifies falsified fabricate fabricated",
        "lie lied mislead misled deceive conceal hide hid hidden falsify fabricate false misleading secret secretly misinform deception deceptive untrue incorrect misrepresent omit disclose unreported cover underreport",
    ),
    "crime": (
        "illegal illegally unlawful unlawfully criminal crime crimes unconstitutional negligent negligence",
        "illegal illegally unlawful law violate violation breach crime criminal unconstitutional negligent negligence court offence offense infringe prosecute guilty fine against contravene",
    ),
    "apologize": ("apologized apologised apologizes apologises apology", "apologize apologise sorry regret apology"),
    "resign": ("resigned resigns resignation fired sacked ousted", "resign resignation step quit fire sack oust dismiss leave left remove depart replace retire fell"),
    "accept": ("accepted accepts", "accept acceptance agree receive take welcome approve adopt endorse acknowledge"),
    "complete": ("completed completes finished finishes", "complete finish conclude end deliver finalize done close"),
    "conclude": ("concluded concludes conclude", "conclude conclusion find found judge determine decide say"),
    "stop": (
        "stopped stops halted halts ended ends ceased ceases suspended suspends abandoned abandons quit quits",
        "stop halt end cease suspend abandon quit resign resignation retire pause freeze close discontinue cancel terminate expire leave withdraw dry cut drop over last finish complete",
    ),
    "guilt": ("guilty convicted liable", "guilty guilt convict conviction liable liability sentence responsible fault"),
    "surrender": ("surrendered surrenders capitulated capitulates caved", "surrender capitulate yield accept concede give agree"),
    "certain": ("certain inevitable inevitably undoubtedly definitely surely", "certain certainly inevitable will must sure definite unavoidable guarantee clear no ensure always"),
    "sue": ("sued sues jailed jails arrested arrests indicted indicts prosecuted prosecutes extradited", "sue lawsuit suit court jail prison arrest indict charge prosecute trial police sentence detain judge complaint extradite custody litigation"),
    "ignore": ("ignored ignores neglected neglects disregarded disregards", "ignore neglect disregard fail failure rectify not no without overlook dismiss omit lack despite unaddressed never too"),
    "waste": ("wasted wastes squandered squanders", "waste squander lose lost inefficient misuse improper unused unspent idle burn"),
    "violate": ("violated violates breached breaches flouted flouts", "violate violation breach flout break broke broken contravene against illegal exceed comply noncompliance infringe unlawful"),
    "praise": ("praised praises hailed hails applauded applauds celebrated celebrates", "praise hail applaud celebrate welcome support commend laud good great success endorse favor"),
    "protest": ("protested protests rioted riots", "protest riot demonstrate demonstration strike march object oppose unrest rally complain"),
    "nationalize": ("nationalized nationalised privatized privatised confiscated seized", "nationalize nationalise privatize privatise confiscate seize private public state sell sold sale"),
    "declare": ("declared declares proclaimed proclaims", "declare declaration proclaim announce say state call designate"),
    "demand": ("demanded demands", "demand require insist call want ask request press urge need seek claim order"),
    "break": ("betrayed betrays reneged", "betray renege break broke broken breach violate fail default abandon withdraw"),
}  # fmt: skip
_STRENGTHS = {
    "collapse": (
        "collapsed collapses collapse collapsing crash plunged plunges plunge plunging plummeted plummets plummeting crashed crashes cratered craters imploded "
        "nosedived tumbled tumbles slumped slumps freefall meltdown",
        "plunge plummet crash crater implode nosedive tumble slump collapse meltdown sharp sharply steep steeply dramatic dramatically drastic drastically "
        "massive massively huge severe severely bankrupt bankruptcy fail failure recession depression halve precipitous precipitously rapid rapidly crisis disintegrate",
    ),
    "soar": (
        "soared soars soar soaring skyrocketed skyrockets skyrocketing rocketed surged surges surging exploded explodes exploding ballooned balloons boomed booms booming spiked spikes spiralled spiraled",
        "soar skyrocket rocket surge explode explosion explosive balloon boom spike spiral leap jump sharp sharply steep steeply dramatic dramatically drastic drastically massive massively "
        "huge double triple quadruple tripled doubled record rapid rapidly exponential exponentially fast significant significantly",
    ),
    "eliminate": (
        "eliminated eliminates eradicated eradicates annihilated obliterated vanished vanishes exhausted bankrupt bankrupted insolvent extinct wiped ruined destroyed destroys devastated gone run ran runs",
        "eliminate eradicate annihilate obliterate vanish disrupt exhaust exhaustion deplete depletion bankrupt bankruptcy insolvent insolvency extinct extinction wipe ruin destroy destruction devastate devastation zero disappear "
        "deplete depletion dead kill remove gone run damage havoc",
    ),
    "solve": ("solved solves cured cures defeated conquered vanquished", "defeat conquer vanquish beat overcome solve cure resolve solution fix settle treatment heal recover end answer lose lost loss"),
    "catastrophe": (
        "catastrophe catastrophic catastrophically disaster disastrous apocalyptic chaos chaotic",
        "catastrophe catastrophic disaster disastrous apocalyptic chaos chaotic crisis emergency devastating devastate devastation severe dire tragedy collapse calamity hurricane earthquake flood turmoil",
    ),
}  # fmt: skip
# Families whose words a claim must not use without any word that bears them out.
_GRAVE = frozenset(("admit", "fraud", "lie", "apologize", "guarantee", "surrender", "break"))


def _read(table: dict[str, tuple[str, str]]) -> dict[str, Family]:
    found: dict[str, Family] = {}
    for name, (words, others) in table.items():
        found |= dict.fromkeys(words.split(), Family(name, words, others))
    return found


@cache
def acts() -> dict[str, Family]:
    """Return the families of speech acts and other deeds, by the words of a claim."""
    return _read(_ACTS)


@cache
def strengths() -> dict[str, Family]:
    """Return the families of dramatic words, by the words of a claim."""
    return _read(_STRENGTHS)


_BEFORE_NOUN = word_set(
    "a an the of in with within on for from under per new hospital laboratory lab to all total its their his her our these those no any some more current such many most"
)
_PERFECT = word_set("has have had")
_ENTERED = word_set("was were is are be been being those patients people students members newly first")
_PLACES = word_set("in ahead beneath behind at on between within with outside")


_RELATIVE = word_set("that which whom")


def is_noun(statement: Statement, word: Word) -> bool:
    """Return whether a word describes or names a thing here: "confirmed cases", "hospital admission", "lies ahead"."""
    index = statement.words.index(word)
    before = [item.text for item in statement.words[max(0, index - 4) : index]]
    after = statement.words[index + 1].text if index + 1 < len(statement.words) else ""
    if _RELATIVE.intersection(before[-2:]) and before[-1:] != ["has"]:
        return True  # "the path that they agreed on": what is agreed is told elsewhere
    if word.text in (
        "pledges",
        "promises",
        "bans",
        "vows",
        "orders",
        "demands",
        "protests",
        "breaches",
        "riots",
        "arrests",
        "wastes",
        "fraud",
        "cheats",
    ):
        return not before or before[-1] in _BEFORE_NOUN  # things, not what somebody does
    if word.text in ("stopped", "ended", "stops", "ends"):
        return _PERFECT.isdisjoint(before[-2:])  # "progress stopped in 1988" may be "no change since"
    if word.text == "crash":
        return before[-1:] not in (["to"], ["will"], ["would"], ["could"], ["may"])
    if word.text in ("proof", "promises"):
        return True
    if word.text == "certain":
        return after not in ("", "that")  # "in certain sectors", "certain to rise"
    if word.text in ("run", "ran", "runs"):
        return after not in ("out", "dry")
    if word.text == "gone":
        return before[-1:] not in (["is"], ["are"], ["was"], ["were"], ["be"], ["been"], ["all"])
    if word.text in ("admitted", "admits"):
        return bool(before) and before[-1] in _ENTERED
    if word.text in ("lies", "lying"):
        return after in _PLACES
    if word.text in ("confirmed", "approved", "proven", "admission", "admissions", "confirmation", "authorized"):
        return (
            not before
            or before[-1] in _BEFORE_NOUN
            or any(item in ("no", "not", "never", "without", "nor") for item in before)
        )
    return False


def is_vile(family: Family) -> bool:
    """Return whether a word is grave as a purpose or a threat too: "to deceive the voters"."""
    return family.name in ("fraud", "lie")


def is_grave(family: Family) -> bool:
    return family.name in _GRAVE

"""Base forms of words, found by trial: no list of forms is needed where the base is known."""

from __future__ import annotations

from functools import lru_cache

from reportgen.evidence.claims.statements import word_set

_IRREGULAR = dict(
    pair.split("=")
    for pair in word_set(
        """
    made=make rose=rise risen=rise fell=fall fallen=fall grew=grow grown=grow shrank=shrink shrunk=shrink sank=sink sunk=sink slid=slide leapt=leap swollen=swell
    lost=lose won=win bought=buy sold=sell spent=spend left=leave broke=break broken=break held=hold kept=keep stuck=stick fought=fight led=lead met=meet
    withdrew=withdraw withdrawn=withdraw froze=freeze frozen=freeze drew=draw drawn=draw overtook=overtake overtaken=overtake overcame=overcome hid=hide drove=drive
    driven=drive dying=die went=go gone=go laid=lay fled=flee stood=stand sent=send lent=lend built=build paid=pay dealt=deal upheld=uphold struck=strike found=find
    caught=catch ran=run began=begin begun=begin outran=outrun took=take taken=take gave=give given=give chose=choose chosen=choose brought=bring got=get gotten=get
    bore=bear tore=tear sought=seek forbade=forbid forbidden=forbid withheld=withhold came=come became=become burnt=burn better=better worse=worse outdid=outdo
    sped=speed cheaper=cheap faster=fast easier=easy slower=slow richer=rich poorer=poor wider=wide deeper=deep safer=safer riskier=risky harder=hard older=old
    younger=young newer=new poorest=poor richest=rich safest=safe fewest=fewest heavier=heavy healthier=healthy milder=mild cleaner=clean dirtier=dirty later=later
    simpler=simple looser=loose firmer=firm steadier=steady calmer=calm brisker=brisk quicker=quick costlier=costly
        """
    )
)
_VOWELS = frozenset("aeiou")
_WHOLE = word_set(
    "during thing something anything nothing everything morning evening spring king wing ring string united news always perhaps this us is was has less does goods means"
)


@lru_cache(maxsize=8192)
def find_bases(word: str) -> tuple[str, ...]:
    """Return a word and what it may be a form of: "cutting", "cutt", "cutte", "cut"."""
    if base := _IRREGULAR.get(word):
        return (word, base)
    if len(word) < 4 or word in _WHOLE:
        return (word,)
    found = [word]
    if word.endswith("'s"):
        word = word[:-2]
        found.append(word)
    if word.endswith("s") and not word.endswith("ss"):
        found.append(word[:-1])
        if word.endswith("ies"):
            found.append(word[:-3] + "y")
        elif word.endswith("es"):
            found.append(word[:-2])
    for ending in ("ed", "ing", "ly"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            root = word[: -len(ending)]
            found.append(root)
            if ending == "ly":
                found += [root[:-1] + "y"] if root.endswith("i") else [root + "le"]
                continue
            found.append(root + "e")
            if root[-1] == root[-2] and root[-1] not in _VOWELS:
                found.append(root[:-1])
            if ending == "ed" and root.endswith("i"):
                found.append(root[:-1] + "y")
    return tuple(found)


def is_irregular(word: str) -> bool:
    """Return whether a word is an irregular form of a verb or adjective: lost, driven, older."""
    return word in _IRREGULAR

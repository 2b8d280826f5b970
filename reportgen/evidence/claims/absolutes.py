"""Words that leave no exception, and superlatives: where a text has them, and which words bear them out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from reportgen.evidence.claims.statements import Statement, Word, stems_of, word_set
from reportgen.text.late_pattern import compile_late


class Absolute(Struct, frozen=True):
    """An absolute of a text, from its word to the end of what it speaks of."""

    word: Word
    group: str
    """every, no, only, most (the greatest), least, best, worst, first or "-est" for any other superlative."""


_UNIVERSAL = word_set(
    "every all always everyone everybody everything everywhere entire entirely whole wholly completely totally universally nationwide invariably"
)
_NEGATIVE = word_set("no none never nobody nothing nowhere")
_SETTLED = word_set("decided settled final certain sure clear fixed lost")
_EXCLUSIVE = word_set("only solely sole exclusively alone")
_PERIODS = word_set(
    "year years month months week weeks quarter quarters decade decades century time times day days few two three four five six several election fiscal half summer winter spring fall season resort word"
)
_SUMS = frozenset(("total",))
EXCEPTIONS = word_set("except other apart save excluding")
_NOT = word_set("cannot will would is are not can does do could has have may")
_SHARING = word_set(
    "added adds add accounted accounts account contributed contributes made makes brought brings spent spends cost costs totaled rose fell grew lost gained reached took takes caused causes killed kills claimed claims"
)
"""Verbs after which a number is a part's own: "aircraft alone added $4 billion" denies no other part."""
_MOST = word_set("largest biggest greatest highest most tallest strongest broadest widest record-high busiest leading")
_LEAST = word_set("smallest lowest least weakest fewest narrowest")
_UNIQUE = word_set("unprecedented record historic unmatched unrivaled unrivalled unparalleled")
_NO_SUPERLATIVES = word_set(
    """
    interest forest west midwest northwest southwest request test rest protest invest harvest honest modest guest chest latest contest suggest digest
    arrest attest conquest quest manifest unrest bequest earnest priest infest behest crest nest pest vest zest lest best-known budapest retest
    nearest closest hardest next-best reinvest northeast disinterest backtest rainforest east self-interest trieste dishonest inquest everest bucharest
    """
)
_ALL = _UNIVERSAL | _NEGATIVE | _EXCLUSIVE | _MOST | _LEAST | _UNIQUE | {"first", "last", "worst"}
_ORDINALS = word_set("second third fourth fifth sixth seventh eighth ninth tenth next")
_AMOUNTS = word_set(
    "two three four five six seven eight nine ten eleven twelve dozen half about around some slightly modest partial nearly recently just few little fraction handful third "
    "quarter tenth fifth"
)
_FIRST = compile_late(
    r"\W+(?:ever|time|since)\b|(?:\W+[\w’'-]+){1,4}?\W+(?:to|ever|since|in (?:history|the world|decades|years))\b"
)

_UNIVERSAL_SUPPORT = (
    "every all always each everyone everybody everything everywhere entire entirely whole wholly completely complete "
    "universally universal nationwide worldwide invariably throughout fully full both annual annually consistent "
    "consistently continuous continuously constant constantly unanimous uniform 100 hundred without ubiquitous anyone whatever"
)
_NEGATIVE_SUPPORT = (
    "yet single no none never nobody nothing nowhere not nor neither without cannot lack lacks absence absent zero "
    "unable fail failure refuse cease halt unchanged unresolved undetected stall deny reject exclude impossible avoid avert prevent "
    "ban prohibit devoid unknown insufficient inconclusive miss missed unfilled unpaid unmet"
)
_EXCLUSIVE_SUPPORT = "only sole solely alone exclusive exclusively unique uniquely single just limit limited except unless restrict restricted nothing other lone monopoly until merely confine unlike"
_MOST_SUPPORT = (
    "largest biggest greatest highest most tallest strongest record maximum max peak main majority chief dominant dominate primary broadest widest unprecedented surpass ever number-one busiest worst "
    "principal foremost"
)
_LEAST_SUPPORT = "smallest lowest least weakest fewest narrowest minimum min bottom last worst record slowest trough"
_UNIQUE_SUPPORT = (
    "unprecedented record historic history unmatched unrivaled unrivalled unparalleled never first ever highest lowest largest biggest greatest "
    "most worst best surpass exceed peak all-time landmark milestone hottest warmest coldest"
)
_FIRST_SUPPORT = "first never inaugural initial new pioneer unprecedented earliest begin began start ever original debut historic landmark before"


def find_absolutes(statement: Statement) -> Iterator[Absolute]:
    """Yield the absolutes of a text, idioms and limits of a number ("only 3 percent") left out."""
    if _ALL.isdisjoint(statement.texts) and not any(text.endswith("est") for text in statement.texts):
        return
    words, text = statement.words, statement.text
    for index, word in enumerate(words):
        before = words[index - 1].text if index else ""
        after = words[index + 1].text if index + 1 < len(words) else ""
        if word.text in _UNIVERSAL:
            is_added = text[: word.start].rstrip().endswith(",") and after not in (
                "of",
                "the",
            )  # "four cases, all fatal"
            if (
                not (word.text == "all" and is_added)
                and not _is_idiom(word.text, before, after)
                and not _is_amount(statement, index + 1)
            ):
                yield Absolute(word, "every")
        elif word.text in _NEGATIVE:
            if (
                not (word.text == "no" and (after in _AFTER_NO or text[word.end : word.end + 1] == "."))
                and after != "but"
            ):
                following = {item.text for item in words[index + 1 : index + 4]}
                if not following.isdisjoint(("but", "except")) and "," not in text[word.end : word.end + 30]:
                    yield Absolute(word, "every")  # "no region but the south"
                elif not (word.text == "nothing" and after in ("is", "was") and not _SETTLED.isdisjoint(following)):
                    yield Absolute(word, "-est" if "than" in statement.texts else "no")  # "no town is poorer than"
        elif word.text in _EXCLUSIVE:
            if word.text == "alone":
                is_share = any(item.text[0].isdigit() for item in words[index + 2 : index + 6])
                if (
                    before
                    and not before[0].isdigit()
                    and after not in _NOT
                    and after
                    and not (after in _SHARING and is_share)
                ):
                    yield Absolute(word, "only")
            elif (
                before not in ("not", "if", "the not")
                and after not in ("if", "when", "after", "once", "because")
                and not _is_amount(statement, index + 1)
            ):
                yield Absolute(word, "only")
        elif word.text in _UNIQUE:
            if word.text != "record" or _is_record(before, after):
                yield Absolute(word, "unique")
        elif word.text == "first":
            if (before in ("the", "world", "'s", "its", "a") or after in ("ever", "time")) and _FIRST.match(
                text, word.end
            ):
                yield Absolute(word, "first")
        elif word.text == "last":
            if before == "the" and after and after not in _PERIODS and not after[0].isdigit():
                yield Absolute(word, "last")
        elif _is_ordinal(before) or _names_group(word.text, before, after):
            continue
        elif word.text == "most":
            if (before == "the" and after not in ("part", "of", "recent", "likely")) or (
                not before and "ever" in statement.texts
            ):
                yield Absolute(word, "most")
        elif word.text == "leading":
            if before == "the" and after != "to":
                yield Absolute(word, "most")
        elif word.text in _MOST:
            yield Absolute(word, "most")
        elif word.text in _LEAST:
            if not (word.text == "least" and before == "at"):
                yield Absolute(word, "least")
        elif word.text in ("best", "worst"):
            if before not in ("at", "do", "our", "your", "their", "second") and after not in (
                "practice",
                "practices",
                "efforts",
                "estimate",
                "interest",
                "interests",
                "available",
                "case",
            ):
                yield Absolute(word, "-est")
        elif len(word.text) > 5 and word.text.endswith("est") and word.text not in _NO_SUPERLATIVES:
            yield Absolute(word, "-est")


def _names_group(word: str, before: str, after: str) -> bool:
    """Return whether a superlative names a group and ranks nothing: "the lowest paid", "in the poorest towns"."""
    if word in ("lowest", "highest", "best", "worst", "least"):
        return before != "is" and after in _GROUPS
    return word in ("poorest", "richest", "wealthiest", "neediest") and (
        (after.endswith("s") and after not in ("is", "was", "has")) or after in ("", "people", "fifth", "half", "tenth")
    )


_GROUPS = word_set("paid earning earners income incomes educated qualified skilled developed fortunate off")
_AFTER_NO = word_set("longer more less fewer later doubt matter way one's sooner earlier better worse different wonder")


def _is_idiom(word: str, before: str, after: str) -> bool:
    if before in ("nearly", "almost", "virtually", "practically"):
        return True
    if word == "all" and before in ("among", "for", "than", "versus"):
        return True  # "twice the rate for all workers"
    if word == "all" and (after in ("is", "was") or before == "of"):
        return True  # "all is well", "a third of all trees"
    if word == "all":
        return (
            (
                before in ("at", "above", "after", "in", "of", "for", "overall")
                and after in ("", "the", "of", "but")
                and before != "in"
                and before != "of"
            )
            or after in ("but", "too", "told", "along")
            or before in ("at", "above", "after")
        )
    if word == "whole":
        return before in ("a", "the") and after in ("", "of", "and", "fiscal", "financial", "calendar")
    return word == "every" and after in ("other", "bit", "so")


def _is_record(before: str, after: str) -> bool:
    return (before not in ("track", "on", "of", "off", "to", "public", "official", "historical", "the") and after not in (
        "of", "keeping", "on", "that", "and", "for", "as", "their", "its", "the", "is", "shows", "",
    )) or (before == "the" and after in ("high", "low", "level", "levels", "heat"))  # fmt: skip


@cache
def support_of(group: str) -> frozenset[str]:
    """Return the stems that bear out an absolute of a group."""
    return stems_of(
        {
            "every": _UNIVERSAL_SUPPORT, "no": _NEGATIVE_SUPPORT, "only": _EXCLUSIVE_SUPPORT, "most": _MOST_SUPPORT, "least": _LEAST_SUPPORT, "unique": _UNIQUE_SUPPORT,
            "first": _FIRST_SUPPORT, "last": "last final finally remaining", "-est": f"{_MOST_SUPPORT} {_LEAST_SUPPORT} {_UNIQUE_SUPPORT}",
        }[group]
    )  # fmt: skip


def has_support(statement: Statement, group: str, word: Word) -> bool:
    """Return whether a statement has a word that bears out an absolute."""
    if group == "unique" and "all-time" in statement.text.lower():
        return True
    support = support_of(group) | _SUMS if word.text in ("whole", "entire") else support_of(group)
    is_found = word.stem in statement.all_stems or not statement.all_stems.isdisjoint(support)
    if group not in ("most", "least", "-est"):
        return is_found or (group == "no" and statement.has_denial)
    words = statement.words
    free = [item for index, item in enumerate(words) if not index or not _is_ordinal(words[index - 1].text)]
    if is_found and any(item.stem == word.stem or item.stem in support_of(group) for item in free):
        return True
    return any(len(item.text) > 5 and item.text.endswith("est") and item.text not in _NO_SUPERLATIVES for item in free)


def _is_ordinal(word: str) -> bool:
    return word in _ORDINALS or (word[:1].isdigit() and word.endswith(("nd", "rd", "th")))


def _is_amount(statement: Statement, index: int) -> bool:
    """Return whether a number follows, perhaps after an article: "only 3 percent", "only a third"."""
    words = statement.words[index : index + 2]
    if words and words[0].text in ("a", "an", "one"):
        words = words[1:]
    if not words:
        return False
    return words[0].text[0].isdigit() or words[0].text in _AMOUNTS

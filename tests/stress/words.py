"""Random words: plain ones, and those that break line breaking, shaping and escaping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

PLAIN: Sequence[str] = (
    str.split("""the of and to in a for on with by from as at its their would could should before after while because agreement
harbor survey ministry budget percent regional committee negotiation framework contribution infrastructure semiconductor procurement
interoperability ratification long-term working-level so-called re-export joint review allies talks costs grain power river coast ferry
cable reactor tariff quota launch license permit fleet pilot depot audit bond grid port rail bridge tunnel canal lock dam mill mine
quarterly deliberately nevertheless approximately simultaneously counterproductive telecommunications responsibilities misunderstanding
Minister Commission Parliament Treasury Northern Central Atlantic Baltic January Tuesday U.S. U.S.–Korea G7 AI COVID-19 F-35 5G
Yes, No; (however) “quoted” don’t it's 1,200 3.5 42% $9 €30m 2019–2021 §4 № R&D <tag> a/b c:\\d {braces} #1 home@ 100° ½ × → •""")
)
CJK: Sequence[str] = str.split(
    "港口 应当 为更长的船舶做准备 疏浚季节开始之前作出决定可以节省一年时间 費用 海岸線の長期計画について委員会は決定した データ"
)
KOREAN: Sequence[str] = str.split(
    "한미동맹 방위비분담금 협상은 다년간 합의로 조속히 타결되어야 한다 정부 위원회 반도체수출통제 2021년"
)
ARABIC: Sequence[str] = str.split("الميناء ينبغي أن يخطط لسفن أطول قبل موسم التجريف القادم والمفاوضات")
OTHER: Sequence[str] = str.split(
    "Ελληνικά Русский переговоры Đặng Thị Łódź ßtraße Íslenska עברית हिन्दी ไทย Ñandú œuvre"
)
EMOJI: Sequence[str] = str.split("🙂 🚢 📈 👩‍👩‍👧‍👦 🇰🇷 ✅ ⚠️ 1️⃣ 👍🏽")
COMBINING: Sequence[str] = (
    "e\u0301te\u0301",
    "Z\u0351\u036b\u0343a\u0329\u032al\u0334\u0322g\u0341o\u0321",
    "n\u0303o\u0308",
    "x\u0304\u0331",
)
INVISIBLE: Sequence[str] = (
    "soft\u00adhyphen\u00adation",
    "zero\u200bwidth",
    "no\u00a0break",
    "word\u2060joiner",
    "thin\u2009space",
    "non\u2011breaking",
)
SYLLABLES: Sequence[str] = str.split(
    "ba cto der fin gau hol ist jur kam lor men nus pra qui ros sta tion ung ver wirt zei"
)
MARKUP: Sequence[Callable[[str], str]] = (
    lambda word: f"*{word}*",
    lambda word: f"**{word}**",
    lambda word: f"***{word}***",
    lambda word: f"[{word}](https://example.org/a?b={len(word)}&c=1)",
    lambda word: f"[{word} {word}](mailto:a@example.org)",
    lambda word: f'"{word}"',
    lambda word: f"'{word}'",
    lambda word: f"{word} -- {word}",
    lambda word: f"{word}...",
    lambda word: f"CO~2~ 10^{len(word)}^",
    lambda word: f"\\*{word}\\* \\${{no}}",
)


@dataclass(frozen=True, slots=True)
class Mood:
    """A brief's wildness: `length` multiplies every text's, `counts` every list's; the rest are chances for a word."""

    name: str
    length: float
    counts: float
    markup: float = 0.04
    foreign: float = 0.0
    endless: float = 0.0
    address: float = 0.002
    longest: int = 60
    """letters of an endless word, at most"""


MOODS: Sequence[tuple[Mood, int]] = (
    (Mood("short", 0.4, 0.5), 15),
    (Mood("plausible", 0.9, 0.8), 40),
    (Mood("wordy", 1.5, 1.2, 0.08, 0.01, 0.002, 0.01), 18),
    (Mood("foreign", 0.9, 0.8, 0.05, 0.45), 9),
    (Mood("hostile", 0.9, 1.0, 0.25, 0.1, 0.03, 0.04, 120), 9),
    (Mood("absurd", 3.0, 3.0, 0.1, 0.1, 0.06, 0.05, 300), 9),
)


def mood(rng: Random) -> Mood:
    return rng.choices([each for each, _ in MOODS], [weight for _, weight in MOODS])[0]


def endless(rng: Random, longest: int) -> str:
    """A word that nothing breaks."""
    wanted = rng.randint(40, longest) if longest <= 60 else rng.randint(60, longest)
    word = ""
    while len(word) < wanted:
        word += rng.choice(SYLLABLES)
    return word[:wanted].capitalize() if rng.random() < 0.7 else rng.choice("Wi") * wanted


def address(rng: Random) -> str:
    path = "/".join("".join(rng.choices(SYLLABLES, k=rng.randint(1, 6))) for _ in range(rng.randint(1, 5)))
    return f"https://www.example.org/{path}?id={rng.randint(1, 10**9)}&lang=en#part-{rng.randint(1, 99)}"


def word(rng: Random, how: Mood) -> str:
    if rng.random() < how.endless:
        return endless(rng, how.longest)
    if rng.random() < how.address:
        return address(rng)
    if rng.random() < how.foreign:
        return rng.choice(rng.choice((CJK, CJK, KOREAN, ARABIC, OTHER, EMOJI, COMBINING, INVISIBLE)))
    return rng.choice(PLAIN)


def amount(rng: Random, how: Mood, low: int, high: int, longest: int | None = None) -> int:
    """Return a count of words: between low and high for a plausible text, seldom much more."""
    count = rng.randint(low, high) * how.length
    return max(1, min(round(count), longest or round(high * how.length) + 1))


def plain(rng: Random, how: Mood, low: int, high: int) -> str:
    """A plain text of some words, printed as it stands."""
    text = " ".join(word(rng, how) for _ in range(amount(rng, how, low, high)))
    return text[:1].upper() + text[1:]


def rich(
    rng: Random, how: Mood, low: int, high: int, references: Sequence[str] = (), longest: int | None = None
) -> str:
    """A text with Markdown, and now and then one of the references: "${fact}" or "[@quote]"."""
    words = [word(rng, how) for _ in range(amount(rng, how, low, high, longest))]
    words = [rng.choice(MARKUP)(each) if rng.random() < how.markup else _escaped(each) for each in words]
    if references and rng.random() < 0.3:
        words.insert(rng.randint(1, len(words)), rng.choice(references))
    text = " ".join(words)
    return text[:1].upper() + text[1:] + rng.choice((".", "", ".", "?"))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("[", "\\[")

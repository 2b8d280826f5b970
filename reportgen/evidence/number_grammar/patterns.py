"""The patterns of numbers, one for each way of writing them, in the order in which they are tried.

They read plain text (see plain_text.py), so that none has a set of characters that takes long to compile.
"""

from __future__ import annotations

import re

from reportgen.evidence.number_grammar import numerals
from reportgen.text.late_pattern import compile_late

_MONTH = r"(?P<month>[A-Z][a-z]{2,8}\.?)"
"""A month, or another word with a capital: the reader of the match looks it up."""
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d|21\d\d)"
SPACE = r"\s"
GAP = r"[\s-]"
MINUS = "[-–]\u2060?"
"""Signs that are a minus directly before a number; between two numbers each marks a range."""
_NUMBER = rf"(?P<number>{numerals.FIGURES}|{numerals.WORDS}|{numerals.VULGAR})"
_SIGNS = r"(?:US|U\.S\.\s?|AU?|CA?|NZ|HK|NT|S|R|Mex)?\$(?:A|US|NZ|C|HK)?(?![A-Za-z])|[£-¥₠-₿]|฿"
_CODES = r"(?<![A-Za-z])(?:[A-Z]{3}|RM|Rs\.?|Rp|R(?=\d[\d.,]*\s?(?:m|b|t)))"
_SUPERLATIVE = r"[- ]-?(?:most|least|best|worst|\w{3,}est)\b"
_SHORT_SCALES = r"bn|mn|tn|trn|mln|bln|mm|[kmb]"
# Words and signs with which a reference begins that is no quantity: Section 427, Boeing 737, page 12. The first also in lower case.
_LOWER_REFERENCES = """
    section sections article articles chapter chapters title annex appendix paragraph paragraphs clause subsection
    footnote page pages table tables figure figures box exhibit slide type phase tier scope category level grade class
    stage step
    """.split()  # noqa: SIM905 - a list of literals would take a line a word
REFERENCES = (
    frozenset(_LOWER_REFERENCES)
    | {word.title() for word in _LOWER_REFERENCES}
    | frozenset(
        """
    § §§ p. pp. fig. figs. Sec. Art. Fig. Figs. Vol. Volume No. Nos. Route Highway Interstate Flight Boeing Airbus
    Resolution Regulation Directive Proposition Prop. Amendment Order Law P.L. L. H.R. S. Goal SDG Agenda Expo Windows
    Apollo Model Form Schedule Gate Terminal District Ward Reactor Unit Channel Formula iPhone Galaxy Area Line Game
    Bowl Fortune S&P S&P/ASX ASX FTSE CAC DAX Nikkei Russell CSI Note Pixel ZIP Group Room Protocol Bill Act Docket
    Case Rule Part STOXX Stoxx stoxx
    """.split()  # noqa: SIM905 - a list of literals would take a line a word
    )
)

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("clock", rf"\b[0-2]?\d(?::[0-5]\d(?::[0-5]\d)?(?:{SPACE}?[ap]\.?m\b\.?)?|(?:\.[0-5]\d)?{SPACE}?[ap]\.?m\b\.?)(?![\d:])"),
    ("name", r"(?:\+\d[\d()\s-]{7,}\d|(?<![\w.])\(?\d{3}\)?[- .]\d{3}[-.]\d{4}(?!\d)|(?<!\w)(?:24/7|9/11|50[-/]50|50[1-9]\(c\)(?:\(\d\))?|401\(k\)|7/7|360-degree)(?!\w)|\b\d+x\d+\b)"),
    ("reference", rf"(?<![\w$.])(?P<word>§{{1,2}}|[A-Za-z][A-Za-z&/.]*){SPACE}?(?<=[\s.§])\d+[A-Za-z]?(?:[-–.]\d+)*(?:\([A-Za-z0-9]+\))*(?![\d,]*\d|{SPACE}?(?:%|percent|per{SPACE}cent|million|billion|[kmgtMG]?[WtgmL]\b))(?:\w*)"),
    ("period", rf"(?:\b(?i:FY|fiscal(?:{SPACE}year)?|financial{SPACE}year|budget{SPACE}year|school{SPACE}year|academic{SPACE}year|tax{SPACE}year|marketing{SPACE}year){SPACE}?'?(?P<fiscal>(?:19|20)\d\d|\d\d)(?:[-–/](?P<to>\d{{2}}(?:\d\d)?))?|(?<![\w.,$/-])(?P<from>(?:19|20)\d\d)[-–/](?P<till>\d\d))(?![\w%]|[-–/,.]\d)"),
    ("quarter", rf"\b(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q|H(?P<h>[12])|(?P<h2>[12])H|(?:(?P<nth>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|1st|2nd|3rd|4th|[Ff]inal|[Ll]ast){GAP}(?:(?P<quarter>quarter)|(?P<half>half)(?={SPACE}of{SPACE}(?:(?:the|this|last|next){SPACE}(?:fiscal{SPACE})?year\b|(?:FY|fiscal)?{SPACE}?\d{{4}})))))(?:(?:,?{SPACE}(?:of{SPACE})?|-)?(?:(?:FY|fiscal(?:{SPACE}year)?){SPACE}?)?'?{_YEAR}(?![-–/]\d)|'(?P<short>\d\d)|(?<=\d[QH])(?P<glued>\d\d)|{SPACE}of{SPACE}(?:the|this|last|next){SPACE}(?:fiscal{SPACE})?year)?(?!\w)"),
    ("season", rf"\b(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter){SPACE}(?:of{SPACE})?{_YEAR}(?!\w|[-–/,.]\d)"),
    ("name", r"(?:(?!(?:B|M|Tr)illion-|Thousand-)[A-Z][A-Za-z]*-\d+[A-Za-z]?(?![\d–%])|(?<![$£-¥€\d.,])\d+(?:G|D|[A-Z]{2,})\b|\b[48]K\b|(?<![$\w])[A-Z]{1,4}\d+[A-Za-z0-9]*\b|\bWorld War (?:I{1,3}|One|Two)\b)"),
    ("iso", r"\b(?P<year>\d{4})-(?P<month>[01]\d)(?:-(?P<day>[0-3]\d))?\b"),
    ("slashed", r"(?<![\w/.])(?P<first>[0-3]?\d)/(?P<second>[0-3]?\d)/(?P<year>(?:19|20)?\d\d)(?![\w/]|\.\d)"),
    ("date", rf"\b(?:{_MONTH}{SPACE}{_DAY}(?:,?{SPACE}{_YEAR})?(?![\d,]*\d|\.\d|{SPACE}?%|{SPACE}per))"),
    ("date", rf"(?<!\d[.,])\b{_DAY}{SPACE}{_MONTH}(?:,?{SPACE}{_YEAR})?\b"),
    ("date", rf"\b{_MONTH},?{SPACE}(?:of{SPACE})?{_YEAR}\b"),
    ("month", rf"(?:\b(?:[Ee]arly|[Mm]id|[Ll]ate)[- ]|\b(?:[Bb]y|[Ii]n|[Uu]ntil|[Bb]efore|[Aa]fter|[Ss]ince){SPACE})(?:{_MONTH})(?![\w.]*{SPACE}\d)\b"),
    ("decade", r"(?:\b(?P<year>1[5-9]\d0|20\d0)|(?<!\w)'(?P<short>\d0))'?s\b"),
    ("scaled", rf"\b(?P<lead>half{GAP}(?:an?{GAP})?|(?:(?P<three>three){GAP})?(?:an?{GAP})?quarters?{GAP}(?:of{GAP})?(?:an?{GAP})?|an?{GAP}|several{GAP}|(?:a{GAP})?few{GAP}|a{GAP}couple{GAP}(?:of{GAP})?)(?P<scale>{numerals.SCALE_WORDS}|dozen)\b"),
    ("vague", rf"\b(?:(?P<first>tens|dozens|scores|hundreds|thousands){SPACE}of{SPACE})?(?P<last>dozens|scores|tens|hundreds|thousands|millions|billions|trillions)(?={SPACE}of\b|{SPACE}more\b)|\bin{SPACE}the{SPACE}(?P<many>(?:dozens|tens|hundreds|thousands|millions|billions|trillions))\b"),
    ("times", r"\b(?P<word>twice|double|doubled|doubling|triple|tripled|tripling|quadruple|quadrupled|thrice|twofold|threefold|fourfold|fivefold|tenfold)\b"),
    ("share", rf"\b(?:(?P<top>an?|one|two|three|four|five|seven|nine)[- ])?(?P<part>{numerals.PARTS})s?(?:[- ](?:an? )?(?P<time>year|century|decade|hour|month|day|week)s?\b|(?=[- ](?:of|the|its|their|as)\b| \())"),
    ("share", rf"\b(?P<top>one|two|three|four|five|seven|nine)-(?P<part>{numerals.PARTS})s?\b(?![- ](?:year|hour)s?\b)"),
    ("odds", r"(?<![\d.,])\b(?P<top>one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})(?:[\s-]|\s[a-z]{4,12}\s(?=in\s(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|every)\b(?!\s[a-z]{3,}s\b)))in[\s-](?:every[\s-])?(?P<bottom>[a-z]+(?:-[a-z]+)?|\d{1,3}(?:,\d{3})*)\b(?!,?\d|\s?(?:%|percent|[mb]illion|thousand|years|months|weeks|days|hours)|\.\d)"),
    ("rank", rf"\b(?:\d+(?:st|nd|rd|th)|[a-z]+(?:-[a-z]+)?)(?=[- ](?:(?:place|rank|century|centuries|anniversary|time|quarter|round)\b)|{_SUPERLATIVE})"),
    ("rank", r"\b\d+(?:st|nd|rd|th)\b"),
    ("fraction", r"(?<![\w/.,$])(?:(?P<whole>\d{1,2})\s)?(?P<top>\d{1,2})[/⁄](?P<bottom>2|3|4|5|6|8|9|10|12|16|20|24|32|64|100|128)(?![\w/]|[.,]\d)"),
    ("amount", rf"(?<!\w)(?<!\d[.,])(?:(?P<minus>minus|negative){GAP})?(?P<outer>{MINUS})?(?:(?P<currency>(?-i:{_SIGNS}|{_CODES})){SPACE}?)?(?P<open>\()?(?P<inner>{MINUS})?{_NUMBER}(?P<and>{GAP}and{GAP}(?:a|one){GAP}half(?!{SPACE}times)|{SPACE}?{numerals.VULGAR})?(?:{SPACE}?[×x]{SPACE}?10(?:\^|\*\*)?(?P<power>[-–]?\d{{1,2}}|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)(?![\d.,]*\d))?(?(open)\))(?:{GAP}?(?P<scale>{numerals.SCALE_WORDS})\b(?:{SPACE}(?P<scale2>thousand|million|billion|trillion|crores?)\b)?|{SPACE}?(?P<sign>{_SHORT_SCALES})(?![\w²³/]))?(?P<half>{GAP}and{GAP}a{GAP}half\b)?"),
    ("silent", rf"\b(?:an?|the|this|next|last|past|previous|coming|following|per|each){SPACE}(?:(?:next|coming|past|last|previous|following|first|full|whole){SPACE})?(?P<span>decade|century)\b(?!['-])"),
)  # fmt: skip
# For each pattern, what a text in lower case must have for the pattern to be tried: most windows need one or two.
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_NEEDS = (
    r"\d:\d|\d\s?[ap]\.?m", r"\+\d|\d{3}[-.]\d{4}|24/7|[79]/[71]|50[-/]50|50\d\(|401\(|360-|\dx\d", r"[a-z§.]\s?\d", r"(?:fy|fiscal|(?:al|et|ol|ic|ax|ng)\syear)\W*\d|\d{4}[-–/]\d\d",
    r"[qh]\d|\d[qh]|(?:st|nd|rd|th|al)[\s-](?:quarter|half\sof)", r"(?:spring|summer|autumn|fall|winter)\s", r"[a-z]-?\d|\d[a-z]|world war", r"\d-", r"/\d+/", _MONTHS, _MONTHS, _MONTHS, _MONTHS, r"\d0'?s",
    rf"\b(?:an?|of|half|quarters?|several|few)[\s-](?:{numerals.SCALE_WORDS}|dozen)", r"(?:dozen|score|\bten|hundred|thousand|llion)s\s(?:of|more)\b|in\sthe\s(?:dozen|ten|hundred|thousand|[a-z]+illion)s",
    r"twice|thrice|doubl|tripl|quadrupl|fold", numerals.PARTS_NEED, numerals.PARTS_NEED,
    r"(?:\d|one|two|three|four|five|six|seven|eight|nine|ten)(?:[\s-]|\s[a-z]{4,12}\s)in[\s-](?:every[\s-])?(?:\d|on|tw|th[ir]|fo|fi|si|se|ei|ni|te|el)",
    r"(?:st|nd|rd|th)[- ]-?(?:place|rank|centur|anniversary|time|quarter|round|most|least|best|worst|\w{3,}est\b)", r"\d(?:st|nd|rd|th)", r"\d[/⁄]\d", r"", r"(?:decade|century)\b",
)  # fmt: skip


_AS_WRITTEN = ("name", "reference", "date", "month", "quarter", "season", "period", "clock")
_LATE = tuple((kind, compile_late(pattern, 0 if kind in _AS_WRITTEN else re.IGNORECASE)) for kind, pattern in _PATTERNS)


def _group(in_words: bool) -> tuple[tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]], ...]:
    """Return what a text must have, each with the patterns that need it, in their order."""
    groups: list[tuple[str, list[tuple[str, re.Pattern[str]]]]] = []
    for (kind, pattern), need in zip(_LATE, _NEEDS, strict=True):
        if in_words and kind not in _IN_WORDS:
            continue
        if not groups or groups[-1][0] != need:
            groups.append((need, []))
        groups[-1][1].append((kind, pattern))
    return tuple((compile_late(need), tuple(patterns)) for need, patterns in groups)


_IN_WORDS = ("name", "quarter", "month", "scaled", "vague", "times", "share", "odds", "rank", "amount", "silent")
"""The kinds that can be without a digit."""
KINDS, KINDS_IN_WORDS = _group(in_words=False), _group(in_words=True)
"""The patterns of what a text must have, each with the kinds that need it and their patterns."""
ONE_COUNTS = compile_late(
    rf"{GAP}(?:(?:full|more|single|calendar|whole){GAP})?(?:year|month|week|day|decade|century|hour|percent|hundred|thousand|million|billion|trillion|quarter|half|third)",
    re.IGNORECASE,
)
RANGE = compile_late(rf"-to-|{SPACE}?(?:[-–]|to\b|and\b|or\b|through\b){SPACE}?|—", re.IGNORECASE)
GOES_ON = compile_late(rf"(?:{RANGE.pattern}|,{SPACE})(?:-?(?:\$?\d|[£-¥₠-₿])|(?P<word>[a-z]+)\b)", re.IGNORECASE)
"""The number with which a list or range goes on; `word` may be its first word."""
NOUN = compile_late(rf"{GAP}[A-Za-z'.-]{{1,60}}(?:{GAP}[A-Za-z'.-]{{1,60}}){{0,4}}")
PART = compile_late(r"\b(early|mid|late)[- ]\Z", re.IGNORECASE)
WORD_TIMES = {
    "twice": 2, "thrice": 3, "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10,
    "doub": 2, "trip": 3, "quad": 4,
}  # fmt: skip
DIGIT, FIGURE = re.compile(r"\d"), re.compile(r"[\d¼-¾⅓-⅞]")
MAY_BEGIN = re.compile(r"[\d¼-¾⅓-⅞]|[a-z]{3,}")
"""A figure, or a word, which may be that of a number."""
_WORD, _MULTIPLE = re.compile(r"[a-z]{3,}"), re.compile(r"fold|doubl|tripl|quadrupl")


def find_number_words(text: str) -> frozenset[str]:
    """Return the words of a text in lower case that can be a part of a number."""
    words = _WORD.findall(text)
    found = numerals.ALL_WORDS.intersection(words)
    return found.union(word for word in words if _MULTIPLE.search(word)) if _MULTIPLE.search(text) else found

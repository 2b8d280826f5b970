"""Classified markings, recognized so that they can be refused: classified words do not belong in this program.

The levels and their caveats are those of 32 CFR 2001.23 and the register of the U.S. Intelligence Community, of NATO and
the EU, and of states that write English, French, German, Spanish, Russian, Chinese, Japanese, Korean or Arabic. A banner is
a line of markings, so one word of them is enough. The other texts of a marking are prose: "trade secrets" and "the Secret
Service" are ordinary words there, and only what is written as a marking is one.
"""

import re
import unicodedata

HINT = (
    "this program is for unclassified material: take the classified text out, and write UNCLASSIFIED, CUI or a marking of "
    "your organization"
)

_ORDINARY = re.compile(
    r"\bSECRET (?:SERVICE|BALLOTS?)\b|\bTRADE SECRETS?\b|"
    r"\bCONFIDENTIAL (?:BUSINESS|COMMERCIAL|COMMUNICATIONS?|FINANCIAL|STATISTICAL|SUPERVISORY|SOURCES?|TREATMENT)\b|"
    r"\b(?:BUSINESS|CLIENT|COMMERCIAL|COMPANY|CORPORATE|HR|LEGAL|MEDICAL|PATIENT|PERSONNEL|PROPRIETARY)"
    r"(?: AND | ?& ?|[ -])CONFIDENTIAL\b|"
    r"\b(?:PERSONAL|PRIVATE|PRIVILEGED)(?: AND | ?& ?)CONFIDENTIAL\b|\bCONFIDENTIAL(?: AND | ?& ?)PRIVILEGED\b"
)
"""Words that belong to no classification, though one of a level's words is in them."""
_LEVEL = r"(?:COSMIC )?TOP SECRET|SECRET|CONFIDENTIAL"
_WORDS = re.compile(
    rf"\b(?:{_LEVEL}|(?:NATO|EU|UE|UK|FGI [A-Z]{{3}}) RESTRICTED|RESTREINT UE|(?:FORMERLY )?RESTRICTED DATA|"
    r"TRES SECRET|CONFIDENTIEL|(?:STRENG )?GEHEIM|VERSCHLUSSSACHE|VS[- ]*(?:NFD|NUR FUR DEN DIENSTGEBRAUCH|VERTRAULICH)|"
    r"(?:ULTRA)?SECRETO|CONFIDENCIAL|SEGRETO|SEGRETISSIMO|TAJNE|GIZLI|KONFIDENTSIALNO)\b|"
    r"СЕКРЕТНО|ОСОБОИ ВАЖНОСТИ|[機机]密|[絶绝絕]密|極秘|(?<![业業])秘密|(?<!업)비밀(?!투표|번호)|\bسرية?\b"
)
_SHORT = re.compile(
    r"(?:TS|S|C)(?://?|-)(?:HCS|SI|TK|SCI|SAP|NF|NOFORN|REL|ORCON|OC|RD|FRD|FGI|SAR|LIMDIS|PROPIN|PR|IMCON|RSEN|EYES ONLY)\b|"
    r"\bTS(?:\b|//?)"
)
_CONTROL = re.compile(
    r"(?:HCS|SI|TK|RSV|SAR|BYE)(?:-[A-Z0-9 ]+)?|SCI|COMINT|ORCON|IMCON|FRD|RD|CNWDI|TALENT KEYHOLE|NC2-ESI"
)
"""Control systems and caveats of classified information alone; NOFORN and REL TO also belong to CUI."""
_PORTION = re.compile(r"(?:^|(?<=\s))\((?:TS|S|C)(?://[^()]*)?\)(?! ?(?:\d{4}|COPYRIGHT))")
_IN_PROSE = re.compile(
    rf"\b(?:{_LEVEL})\s*//|(?:^|//)\s*(?:[A-Z]{{3,5}} )?(?:{_LEVEL})\s*(?:[.!]?$|//)|\b(?:TS|S|C)//(?:SI|TK|HCS|NF|NOFORN|REL)\b|"
    r"\b(?i:classified|classification:?|level:?|up to) (?:TOP SECRET|SECRET|CONFIDENTIAL)\b|"
    r"\b(?:NATO|COSMIC|EU|UE) (?:TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED)\b|\bTOP SECRET\b"
)


def find_in_banner(text: str) -> str | None:
    """Return the classified words of a banner; None if it has none."""
    line = _fold(text).upper()
    rest = _ORDINARY.sub(" ", line)
    if found := _WORDS.search(rest) or _SHORT.match(rest) or _PORTION.search(rest):
        return found[0].strip("/")
    return next((part for part in re.split(r"\s*(?:/+|,|·|\|)\s*", rest) if _CONTROL.fullmatch(part)), None)


def find_in_prose(text: str) -> str | None:
    """Return what a text of several words writes as a classified marking, in capitals; None if there is nothing."""
    line = _fold(text)
    whole = _ORDINARY.sub(" ", line)
    found = _IN_PROSE.search(whole) or _PORTION.match(line) or re.search(r"(?:^|(?<=\s))\((?:TS|S|C)//[^()]*\)", line)
    return found[0].strip("/ ") if found else None


def _fold(text: str) -> str:
    """Return a text on one line, without accents, invisible characters and spaces between single letters."""
    letters = unicodedata.normalize("NFKD", text)
    kept = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf"))
    line = " ".join(unicodedata.normalize("NFKC", kept).replace("—", " - ").replace("–", " - ").split())
    line = re.sub(r"\b(\w(?: \w){4,})\b", lambda found: found[1].replace(" ", ""), line)
    return re.sub(r"\bTOP[-_ ]*SECRET\b", lambda found: "TOP SECRET" if found[0].isupper() else found[0], line)

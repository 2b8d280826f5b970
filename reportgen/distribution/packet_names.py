"""What a recipient's packet is called: descriptive, and a name that every file system and archive takes as it is.

Windows is the measure: it knows no difference of case, has reserved names and drops dots at the end. Latin letters lose
their accents; those of other scripts stay, for a folder called "recipient" tells nobody in Seoul whose it is.
"""

from __future__ import annotations

import re
import unicodedata

from reportgen.distribution.recipients.recipient import Recipient

MOST_LETTERS = 80
MOST_BYTES = 200  # of 255 that file systems take: the rest is for endings and temporary names
NUMBERED = "[0-9][0-9][0-9]*"  # what all names with a number begin with, as a pattern for files
_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "AE"}
    | {"œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i", "ħ": "h", "Ħ": "H"}
)
_INITIAL = re.compile(r"\b(\w)\.")  # U.S. -> US
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)

DRAFT, ZIP = "letter.eml", ".zip"  # the letter in each packet, and the ending of a packet in one file


def safe_name(recipient: Recipient, number: int | None = None) -> str:
    """ "012-jane-doe-department-of-state"; without the number if there is none. Unique where the number is, which stands first."""
    number = recipient.number if number is None else number
    prefix = "" if number is None else f"{number:03}-"
    who = _slug(recipient.name)[:48].strip("-") or "recipient"
    name = _cut(f"{prefix}{who}-{_slug(recipient.organization)}", MOST_LETTERS)
    return f"copy-for-{name}" if _RESERVED.fullmatch(name) else name


def _slug(text: str) -> str:
    text = _INITIAL.sub(r"\1", text.translate(_LETTERS)).replace("'", "").replace("’", "")
    kept = "".join(_letter(letter) for letter in unicodedata.normalize("NFKC", text))
    return unicodedata.normalize("NFC", re.sub("-+", "-", kept).strip("-"))


def _letter(letter: str) -> str:
    """A letter as it may stand in a file name: ASCII if it has such a base, itself in other scripts, else a hyphen."""
    base = [part for part in unicodedata.normalize("NFKD", letter) if part.isascii() and part.isalnum()]
    if base:
        return "".join(base).lower()
    category = unicodedata.category(letter)
    if category[0] == "L" or category in ("Nd", "Mc"):
        return letter.lower()
    return letter if category == "Mn" and not "\u0300" <= letter <= "\u036f" else ("" if category == "Mn" else "-")


def _cut(name: str, letters: int) -> str:
    """As much of a name as file systems take. A base letter stands at its end, or a mark that belongs to it."""
    name = name[:letters]
    while len(name.encode()) > MOST_BYTES - 8:
        name = name[:-1]
    return name.strip("-")

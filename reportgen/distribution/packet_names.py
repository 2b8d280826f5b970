"""The names of packets: descriptive, and safe on every file system and in every archive.

Windows sets the limits: it ignores case, has reserved names and drops dots at the end. Latin letters lose their accents;
letters of other scripts stay, since a folder called "recipient" tells nobody in Seoul whose it is.
"""

from __future__ import annotations

import re
import unicodedata

from reportgen.distribution.recipients.recipient import Recipient

MAX_LETTERS = 80
MAX_BYTES = 200  # of the 255 that file systems allow: the rest is for extensions and temporary names
NUMBERED = "[0-9][0-9][0-9]*"  # a glob pattern of the names with a number
_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "æ": "ae", "Æ": "AE"}
    | {"œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i", "ħ": "h", "Ħ": "H"}
)
_INITIAL = re.compile(r"\b(\w)\.")  # U.S. -> US
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)

DRAFT, ZIP = "letter.eml", ".zip"  # the letter in each packet, and the extension of a packet in one file


def safe_name(recipient: Recipient, number: int | None = None) -> str:
    """Return a name like "012-jane-doe-department-of-state", unique by its number; without the number if there is none."""
    number = recipient.number if number is None else number
    prefix = "" if number is None else f"{number:03}-"
    who = _slug(recipient.name)[:48].strip("-") or "recipient"
    name = _shorten(f"{prefix}{who}-{_slug(recipient.organization)}")
    return f"copy-for-{name}" if _RESERVED.fullmatch(name) else name


def _slug(text: str) -> str:
    text = _INITIAL.sub(r"\1", text.translate(_LETTERS)).replace("'", "").replace("’", "")
    kept = "".join(_safe_letter(letter) for letter in unicodedata.normalize("NFKC", text))
    return unicodedata.normalize("NFC", re.sub("-+", "-", kept).strip("-"))


def _safe_letter(letter: str) -> str:
    """Return a letter that a file name may have: its ASCII base if it has one, itself in other scripts, else a hyphen."""
    base = [part for part in unicodedata.normalize("NFKD", letter) if part.isascii() and part.isalnum()]
    if base:
        return "".join(base).lower()
    category = unicodedata.category(letter)
    if category[0] == "L" or category in ("Nd", "Mc"):
        return letter.lower()
    return letter if category == "Mn" and not "\u0300" <= letter <= "\u036f" else ("" if category == "Mn" else "-")


def _shorten(name: str) -> str:
    """Return as much of a name as file systems allow, ending with a letter and its marks."""
    return name[:MAX_LETTERS].encode()[: MAX_BYTES - 8].decode(errors="ignore").strip("-")

"""Mail addresses that every mail server accepts.

Stricter than RFC 5321, which allows quoted names, comments and bare IP addresses: in a list of decision-makers those are
slips or attacks. A domain in another script becomes its xn-- form here, so that every later stage compares and sends the
same ASCII text. The list must spell that form out where it depends on the edition of the standard (ß), or where letters of
two scripts are mixed to look like another domain.
"""

from __future__ import annotations

import re
import unicodedata

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_WITH_NAME = re.compile(r".*<\s*([^<>\s]+@[^<>\s]+)\s*>\s*")
_AMBIGUOUS = "ßς\u200c\u200d"  # IDNA 2003 and 2008 map them to different domains
_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")  # scripts with letters that look alike
WRITE_XN = "write the domain in its xn-- form, as its owner's mail server has it"
EXAMPLE = "write it like jane.doe@example.org"


class AddressError(ValueError):
    """An address that is not valid; `hint` says what to do about it."""

    def __init__(self, message: str, hint: str = EXAMPLE) -> None:
        super().__init__(message)
        self.hint = hint


def normalize_address(written: str) -> str:
    """Return the address to send to: the part before the @ as written, the domain in lower case and ASCII.

    Raises AddressError.
    """
    if match := _WITH_NAME.fullmatch(written):
        raise AddressError("only the address may be here", f"write {match[1]}; the name has its own column")
    if written.lower().startswith("mailto:"):
        raise AddressError('"mailto:" is not part of an address', f"write {written[7:]}")
    if written.count("@") > 1 or re.search(r"[\s,;]", written):
        many = len(re.findall(r"[^\s,;@]+@[^\s,;@]+", written)) > 1
        hint = "give each person a row" if many else EXAMPLE
        raise AddressError("this is more than one address" if many else "this is not an address", hint)
    local, at, domain = written.partition("@")
    if not at:
        raise AddressError("the @ is missing")
    if not local.isascii():
        raise AddressError("most mail servers reject letters outside ASCII before the @", "ask for another address")
    if not _LOCAL.fullmatch(local) or len(local) > 64:
        raise AddressError(f'"{local}" is not valid before the @')
    address = f"{local}@{_normalize_domain(domain)}"
    if len(address) > 254:
        raise AddressError("the address is longer than 254 characters")
    return address


def address_key(address: str) -> str:
    """Return what two spellings of one mailbox share. No mail server in use tells Jane@ from jane@."""
    return address.casefold()


def _normalize_domain(written: str) -> str:
    domain = written
    if not written.isascii():
        if any(letter in written for letter in _AMBIGUOUS):
            raise AddressError(f'mail programs disagree about the domain "{written}"', WRITE_XN)
        for label in written.split("."):
            if len(scripts := _confusable_scripts(label)) > 1:
                raise AddressError(f'"{label}" mixes {" and ".join(scripts)} letters', WRITE_XN)
        try:
            domain = written.encode("idna").decode("ascii")
        except UnicodeError:
            raise AddressError(f'"{written}" is not a valid domain', WRITE_XN) from None
    labels = domain.lower().split(".")
    if len(labels) < 2:
        raise AddressError(f'the domain "{written}" has no dot')
    if not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():
        raise AddressError(f'"{written}" is not a valid domain')
    return ".".join(labels)


def _confusable_scripts(label: str) -> list[str]:
    """Return the scripts of a label's letters, of those that have letters that look alike."""
    names = {unicodedata.name(letter, "").partition(" ")[0] for letter in label if letter.isalpha()}
    return sorted(name.title() for name in names if name in _ALIKE)

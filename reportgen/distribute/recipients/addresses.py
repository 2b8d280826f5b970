"""Mail addresses: what a mail server takes everywhere, and no more.

Stricter than RFC 5321, which allows quoted names, comments and bare IP addresses: in a list of decision-makers those are
slips or attacks. A domain in other scripts becomes its xn-- form here, so that every later stage compares and sends the
same ASCII text; where that form depends on the edition of the standard (ß), or where letters of two scripts are mixed
to look like another domain, it must be written out.
"""

from __future__ import annotations

import re
import unicodedata

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_WITH_NAME = re.compile(r".*<\s*([^<>\s]+@[^<>\s]+)\s*>\s*")
_AMBIGUOUS = "ßς\u200c\u200d"  # IDNA 2003 and 2008 lead them to different domains
_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")  # scripts with letters that look alike
WRITE_XN = "write the domain's xn-- form, as its owner's mail server has it"
EXAMPLE = "write it like jane.doe@example.org"


class AddressError(ValueError):
    """What is wrong with an address, and what to do about it."""

    def __init__(self, message: str, hint: str = EXAMPLE) -> None:
        super().__init__(message)
        self.hint = hint


def normalized(written: str) -> str:
    """The address as it is sent to: the part before the @ as written, the domain in lower case and ASCII.

    Raises AddressError.
    """
    if match := _WITH_NAME.fullmatch(written):
        raise AddressError("the cell must hold the address alone", f"write {match[1]}; the name has its own column")
    if written.lower().startswith("mailto:"):
        raise AddressError('"mailto:" is not part of an address', f"write {written[7:]}")
    if written.count("@") > 1 or re.search(r"[\s,;]", written):
        many = len(re.findall(r"[^\s,;@]+@[^\s,;@]+", written)) > 1
        hint = "give each person a row" if many else EXAMPLE
        raise AddressError("this is more than one address" if many else "this is not an address", hint)
    local, at, domain = written.partition("@")
    if not at:
        raise AddressError("an address has an @")
    if not local.isascii():
        raise AddressError(
            "letters outside ASCII before the @ are not taken by most mail servers", "ask for another address"
        )
    if not _LOCAL.fullmatch(local) or len(local) > 64:
        raise AddressError(f'"{local}" cannot stand before the @')
    address = f"{local}@{_domain(domain)}"
    if len(address) > 254:
        raise AddressError("an address has at most 254 letters")
    return address


def comparable(address: str) -> str:
    """What two spellings of one mailbox share. No mail server in use tells Jane@ from jane@."""
    return address.casefold()


def _domain(written: str) -> str:
    domain = written
    if not written.isascii():
        if any(letter in written for letter in _AMBIGUOUS):
            raise AddressError(f'the domain "{written}" is not the same for all mail programs', WRITE_XN)
        for label in written.split("."):
            if len(found := _scripts(label)) > 1:
                raise AddressError(f'"{label}" mixes {" and ".join(found)} letters', WRITE_XN)
        try:
            domain = written.encode("idna").decode("ascii")
        except UnicodeError:
            raise AddressError(f'"{written}" cannot be a domain', WRITE_XN) from None
    labels = domain.lower().split(".")
    if len(labels) < 2:
        raise AddressError(f'the domain "{written}" has no dot')
    if not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():
        raise AddressError(f'"{written}" cannot be a domain')
    return ".".join(labels)


def _scripts(label: str) -> list[str]:
    """Which of the scripts that look alike a label has letters of."""
    names = {unicodedata.name(letter, "").partition(" ")[0] for letter in label if letter.isalpha()}
    return sorted(name.title() for name in names if name in _ALIKE)

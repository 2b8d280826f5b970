"""Copies that open with a password, the same for all of one run: AES-256, for PDF and PowerPoint files alike.

A PDF is encrypted after it was stamped and judged. Screen readers may still read it (the accessibility permission), and
boxes may be ticked; it stays PDF/UA-1, and is no PDF/A any more, which forbids encryption.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from io import BytesIO

from reportgen.system.errors import EvidenceError, FileError, UsageError

VARIABLE = "REPORTGEN_COPY_PASSWORD"
DESCRIPTION = "AES-256, with the accessibility permission; the PDF files are PDF/UA-1, and not PDF/A"
LEAST, MOST = 12, 100  # characters of a password; a PDF's may have 127 bytes
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file: what an encrypted Office file is packed in


def read_password(environment: Mapping[str, str]) -> str:
    """The password that copies shall open with. Raises UsageError where there is none, or a poor one."""
    found = environment.get(VARIABLE, "")
    hint = f"{VARIABLE}=… reportgen distribute --encrypt …: at least {LEAST} letters, digits and signs; tell it by another way"
    if not found:
        raise UsageError(f"{VARIABLE} is not set, and copies are encrypted with it", hint=hint)
    if not LEAST <= len(found) <= MOST or not found.isascii() or not found.isprintable():
        what = f"{LEAST} to {MOST} plain characters, as any keyboard has them"
        raise UsageError(f"the password in {VARIABLE} is not {what}", hint=hint)
    return found


def require_packages() -> None:
    """Raises UsageError where decks cannot be encrypted."""
    try:
        import msoffcrypto  # noqa: F401
    except ImportError:
        hint = "pip install 'reportgen[encrypt]'"
        raise UsageError("--encrypt needs the package msoffcrypto-tool", hint=hint) from None


def encrypt(data: bytes, word: str) -> bytes:
    """A finished PDF or .pptx that opens with the password; no two times the same bytes."""
    return _pdf(data, word) if data.startswith(b"%PDF-") else _office(data, word)


def decrypt(data: bytes, environment: Mapping[str, str]) -> bytes:
    """The file without its password, where the environment has it; what is not encrypted comes back as it is.

    Raises EvidenceError for another password, FileError for an Office file where there is none.
    """
    word = environment.get(VARIABLE)
    if data.startswith(OLE) and not word:
        raise FileError("an encrypted Office file, or one from before 2007", hint=f"{VARIABLE}=… opens a copy of ours")
    try:
        if word and data.startswith(OLE):
            return _office_opened(data, word)
        if word and data.startswith(b"%PDF-"):
            return _pdf_opened(data, word)
    except _WrongPasswordError:
        raise EvidenceError(f"the password in {VARIABLE} does not open it", hint="it has that of its own run") from None
    return data


class _WrongPasswordError(Exception):
    pass


def _pdf(data: bytes, word: str) -> bytes:
    import pikepdf

    allowed = pikepdf.Permissions(
        accessibility=True, modify_form=True, modify_annotation=False, modify_assembly=False, modify_other=False
    )
    # nobody has the owner's password, so nobody can lift what is not allowed
    lock = pikepdf.Encryption(owner=secrets.token_urlsafe(32), user=word, R=6, allow=allowed)
    target = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(target, encryption=lock, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _pdf_opened(data: bytes, word: str) -> bytes:
    import pikepdf

    target = BytesIO()
    try:
        with pikepdf.open(BytesIO(data), password=word) as pdf:
            if not pdf.is_encrypted:
                return data
            pdf.save(target)
    except pikepdf.PasswordError:
        raise _WrongPasswordError from None
    except pikepdf.PdfError:  # damaged: whoever reads it says so better
        return data
    return target.getvalue()


def _office(data: bytes, word: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    target = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(word, target)
    return target.getvalue()


def _office_opened(data: bytes, word: str) -> bytes:
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    target = BytesIO()
    try:
        file = OOXMLFile(BytesIO(data))
        file.load_key(password=word, verify_password=True)
        file.decrypt(target)
    except (InvalidKeyError, DecryptionError):
        raise _WrongPasswordError from None
    except FileFormatError:
        return data
    return target.getvalue()

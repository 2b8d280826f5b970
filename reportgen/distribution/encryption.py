"""Encryption of copies with one password for a whole run: AES-256, for PDF and PowerPoint files.

A PDF is encrypted after it is stamped and audited. Screen readers may still read it (the accessibility permission), and
boxes may be ticked. It stays PDF/UA-1, but is no longer PDF/A, which forbids encryption.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from io import BytesIO

from reportgen.system.errors import EvidenceError, FileError, UsageError

VARIABLE = "REPORTGEN_COPY_PASSWORD"
DESCRIPTION = "AES-256, with the accessibility permission; the PDF files are PDF/UA-1, and not PDF/A"
MIN_LENGTH, MAX_LENGTH = 12, 100  # characters of a password; a PDF's may have 127 bytes
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a compound file, which contains an encrypted Office file


def read_password(environment: Mapping[str, str]) -> str:
    """Return the password of the run. Raises UsageError where there is none, or a weak one."""
    found = environment.get(VARIABLE, "")
    hint = f"{VARIABLE}=… reportgen distribute --encrypt …: at least {MIN_LENGTH} letters, digits and signs; never send it with the copies"
    if not found:
        raise UsageError(f"{VARIABLE} is not set: it is the password of the copies", hint=hint)
    if not MIN_LENGTH <= len(found) <= MAX_LENGTH or not found.isascii() or not found.isprintable():
        message = f"the password in {VARIABLE} is not {MIN_LENGTH} to {MAX_LENGTH} ASCII characters that can be typed"
        raise UsageError(message, hint=hint)
    return found


def require_packages() -> None:
    """Raise UsageError where decks cannot be encrypted."""
    try:
        import msoffcrypto  # noqa: F401
    except ImportError:
        hint = "pip install 'reportgen[encrypt]'"
        raise UsageError("--encrypt needs the package msoffcrypto-tool", hint=hint) from None


def encrypt(data: bytes, password: str) -> bytes:
    """Return a finished PDF or .pptx, encrypted; the bytes differ each time."""
    return _encrypt_pdf(data, password) if data.startswith(b"%PDF-") else _encrypt_office(data, password)


def decrypt(data: bytes, environment: Mapping[str, str]) -> bytes:
    """Return a file decrypted with the password in the environment; a file that is not encrypted stays as it is.

    Raises EvidenceError for another password, FileError for an Office file where there is none.
    """
    password = environment.get(VARIABLE)
    if data.startswith(OLE):
        if not password:
            hint = f"set {VARIABLE} to open one of our copies"
            raise FileError("an encrypted Office file, or one from before 2007", hint=hint)
        return _decrypt_office(data, password)
    return _decrypt_pdf(data, password) if password and data.startswith(b"%PDF-") else data


def _wrong_password() -> EvidenceError:
    hint = "use the password of the run that made it"
    return EvidenceError(f"the password in {VARIABLE} does not open it", hint=hint)


def _encrypt_pdf(data: bytes, password: str) -> bytes:
    import pikepdf

    allowed = pikepdf.Permissions(
        accessibility=True, modify_form=True, modify_annotation=False, modify_assembly=False, modify_other=False
    )
    # nobody has the owner's password, so nobody can lift the restrictions
    encryption = pikepdf.Encryption(owner=secrets.token_urlsafe(32), user=password, R=6, allow=allowed)
    target = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(target, encryption=encryption, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _decrypt_pdf(data: bytes, password: str) -> bytes:
    import pikepdf

    target = BytesIO()
    try:
        with pikepdf.open(BytesIO(data), password=password) as pdf:
            if not pdf.is_encrypted:
                return data
            pdf.save(target)
    except pikepdf.PasswordError:
        raise _wrong_password() from None
    except pikepdf.PdfError:  # damaged: the reader reports it better
        return data
    return target.getvalue()


def _encrypt_office(data: bytes, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    target = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, target)
    return target.getvalue()


def _decrypt_office(data: bytes, password: str) -> bytes:
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
    from msoffcrypto.format.ooxml import OOXMLFile

    target = BytesIO()
    try:
        file = OOXMLFile(BytesIO(data))
        file.load_key(password=password, verify_password=True)
        file.decrypt(target)
    except (InvalidKeyError, DecryptionError):
        raise _wrong_password() from None
    except FileFormatError:
        return data
    return target.getvalue()

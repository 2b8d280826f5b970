"""The mail server: its address, how the connection is secured, and who logs in.

`smtplib` does the work; the code here turns its errors into messages with a hint, and keeps the password out of all that
the server says, before anything else reads it.

A password comes from the environment or the system's keyring: a command line is in the list of processes and in the
shell's history, and a file is copied. It is never printed nor stored, not even where a server repeats it.
"""

from __future__ import annotations

import ipaddress
import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlsplit

from msgspec import Struct

from reportgen.system.errors import FileError, Location, UsageError

USER, PASSWORD, TIMEOUT = "REPORTGEN_SMTP_USER", "REPORTGEN_SMTP_PASSWORD", "REPORTGEN_SMTP_TIMEOUT"
PORTS = {"smtp+tls": 465, "smtp+starttls": 587, "smtp": 25}
EXAMPLE = "write smtp+tls://mail.example.org, or smtp+starttls://mail.example.org where it has no TLS port"
DEFAULT_TIMEOUT = 60.0  # seconds that a server may be silent
MIN_CORE = 4  # letters of base64: fewer are in many words
_NO_SECRETS = f"set {USER} and {PASSWORD} in the environment, or store the password in the keyring"


class UnreachableError(FileError):
    """The server is absent or not ready; a later attempt may succeed."""


class NotReadyError(UnreachableError):
    """The server has answered, and asks to come back later."""


class Server(Struct, frozen=True):
    """A server and how to reach it: TLS from the first byte, STARTTLS, or neither on this machine itself."""

    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, url: str) -> Server:
        """Return the server of a URL. Raises UsageError, which never repeats what may be a password."""
        if "@" in url:
            raise UsageError("--send: the server's address contains a login", hint=_NO_SECRETS)
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise UsageError("--send: this is not a server's address", hint=EXAMPLE) from None
        if parts.scheme not in PORTS:
            raise UsageError(f'--send: unknown scheme "{parts.scheme or url}"', hint=EXAMPLE)
        if not host:
            raise UsageError("--send: the server's name is missing", hint=EXAMPLE)
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise UsageError(f"--send: unexpected text after {host}", hint=f"{EXAMPLE}; {_NO_SECRETS}")
        if parts.scheme == "smtp" and not _is_loopback(host):
            raise UsageError(f"--send: smtp:// is not encrypted on the way to {host}", hint=EXAMPLE)
        return cls(parts.scheme, host, port or PORTS[parts.scheme])

    def __str__(self) -> str:
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


@dataclass(frozen=True)
class Login:
    """The user who sends."""

    user: str
    password: str = field(repr=False)

    def redact(self, words: str) -> str:
        """Return a server's words without the password: some servers repeat the command that they refuse."""
        return self._pattern.sub("…", words)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The password, plain or encoded, in any case, and parted by line breaks.

        In base64 it has three forms, by its distance from the beginning; whatever is encoded with it goes too.
        """
        plain = [self.password, quote(self.password, safe=""), self.password.encode().hex()]
        encoded = [b64encode(f"\0{self.user}\0{self.password}".encode()), b64encode(self.password.encode())]
        forms = [_spread(text) for text in dict.fromkeys(plain)]
        tokens = [rf"(?<![\w+/]){_spread(text.decode().rstrip('='))}(?![\w+/])=*" for text in encoded]
        cores = [core for shift in range(3) if len(core := _encode_core(self.password, shift)) >= MIN_CORE]
        tokens += [rf"[\w+/]*{_spread(core)}[\w+/]*=*" for core in cores]
        return re.compile("|".join([*tokens, *forms]), re.IGNORECASE)


def _spread(text: str) -> str:
    return r"\s*".join(map(re.escape, text))


def _encode_core(password: str, shift: int) -> str:
    """Return the letters of base64 that the password alone decides, where `shift` bytes (by three) come before it."""
    encoded = b64encode(b"\0" * shift + password.encode()).decode()
    return encoded[-(-shift * 8 // 6) : (shift + len(password)) * 8 // 6]


def read_login(server: Server, environment: Mapping[str, str]) -> Login | None:
    """Return the login from the environment and the keyring; None where no user is named. Raises UsageError."""
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if not user:
        if password:
            raise UsageError(f"{PASSWORD} is set, and {USER} is not", hint=f"set {USER} too")
        return None
    password = password or _from_keyring(server.host, user)
    if not password:
        hint = f"set {PASSWORD}; or with the extra reportgen[send]: keyring set {server.host} {user}"
        raise UsageError(f"there is no password for {user} at {server.host}", hint=hint)
    if not (user + password).isascii():
        raise UsageError("the login has letters outside ASCII, which SMTP cannot carry", hint="choose another")
    return Login(user, password)


def read_timeout(environment: Mapping[str, str]) -> float:
    """Return the seconds that a server may be silent. Raises UsageError."""
    written = environment.get(TIMEOUT, "")
    try:
        seconds = float(written or DEFAULT_TIMEOUT)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= 3600:
        raise UsageError(f'{TIMEOUT}: "{written}" is not a timeout', hint="seconds, at most an hour: 60")
    return seconds


def connect(server: Server, login: Login | None, timeout: float) -> smtplib.SMTP:
    """Return a connection that is secured and logged in.

    Raises UnreachableError for a fault that may pass, FileError for one that will not.
    """
    with _wrap_errors(server):
        context = ssl.create_default_context()
        if server.scheme == "smtp+tls":
            smtp: smtplib.SMTP = _DiscreetTls(login, server.host, server.port, timeout=timeout, context=context)
        else:
            smtp = _Discreet(login, server.host, server.port, timeout=timeout)
        try:
            smtp.ehlo_or_helo_if_needed()
            if server.scheme == "smtp+starttls":
                smtp.starttls(context=context)
                smtp.ehlo()
            if login:
                smtp.login(login.user, login.password)
        except BaseException:
            smtp.close()
            raise
    return smtp


class _Discreet(smtplib.SMTP):
    """A connection whose server's words never hold the password: all of them pass here before anybody sees them."""

    def __init__(self, login: Login | None, *arguments: Any, **options: Any) -> None:
        self._login = login
        super().__init__(*arguments, **options)

    def getreply(self) -> tuple[int, bytes]:
        code, words = super().getreply()
        return code, self._login.redact(words.decode(errors="surrogateescape")).encode(
            errors="surrogateescape"
        ) if self._login else words


class _DiscreetTls(_Discreet, smtplib.SMTP_SSL):
    """The same with TLS from the first byte."""


@contextmanager
def _wrap_errors(server: Server) -> Iterator[None]:
    """Turn the errors of smtplib and the socket into FileErrors that say what to do."""
    where = Location(str(server))
    try:
        yield
    except smtplib.SMTPNotSupportedError as error:
        raise _unsupported(where, error) from None
    except smtplib.SMTPResponseException as error:
        raise _refused(where, error, format_reply(error.smtp_code, error.smtp_error)) from None
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError, smtplib.SMTPServerDisconnected, TimeoutError) as error:
        message = f"closes the connection or does not answer: {error}"
        raise UnreachableError(message, where, "is it the right port?") from None
    except ssl.SSLCertVerificationError as error:
        hint = "is its name as in the certificate? for an authority of your own, set SSL_CERT_FILE=ca.pem"
        raise FileError(f"its certificate cannot be trusted: {error.verify_message}", where, hint) from None
    except ssl.SSLError as error:
        hint = "smtp+tls:// is for port 465, smtp+starttls:// for 587"
        raise FileError(f"the TLS handshake failed: {error.reason}", where, hint) from None
    except smtplib.SMTPException as error:
        raise FileError(f"supports none of our login methods: {error}", where) from None
    except UnicodeError:
        raise FileError("its name is not valid", where, EXAMPLE) from None
    except OSError as error:
        hint = "is the server's name right, and is there a network?"
        raise UnreachableError(f"cannot be reached: {error.strerror or error}", where, hint) from None


def _unsupported(where: Location, error: Exception) -> FileError:
    if "STARTTLS" in str(error):
        message = "does not offer STARTTLS, and mail is never sent unencrypted"
        return FileError(message, where, "has it a TLS port? smtp+tls://")
    hint = f"unset {USER} if the server accepts mail without a login, and give --from"
    return FileError("does not accept logins", where, hint)


def _refused(where: Location, error: smtplib.SMTPResponseException, words: str) -> FileError:
    if 400 <= error.smtp_code < 500:
        return NotReadyError(f"is not ready: {words}", where, "try again later")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        hint = f"are {USER} and its password right? many servers want a password made for programs alone"
        return FileError(f"refuses the login: {words}", where, hint)
    return FileError(f"refuses the connection: {words}", where)


def format_reply(code: int, words: bytes | str) -> str:
    """Return a server's reply as one line."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"


def _from_keyring(host: str, user: str) -> str:
    """Return what `keyring set HOST USER` has stored; "" where there is no keyring."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return ""
    try:
        return keyring.get_password(host, user) or ""
    except keyring.errors.KeyringError:
        return ""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

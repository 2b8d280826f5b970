"""The mail server: where it is, how the line to it is secured, and who logs in.

A password comes from the environment or the system's keyring: a command line is in the list of processes and in the
shell's history, and a file is copied. It is neither printed nor written down, not even where a server says it again.
"""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from msgspec import Struct

from reportgen.system.errors import FileError, Location, UsageError

USER, PASSWORD, TIMEOUT = "REPORTGEN_SMTP_USER", "REPORTGEN_SMTP_PASSWORD", "REPORTGEN_SMTP_TIMEOUT"
PORTS = {"smtp+tls": 465, "smtp+starttls": 587, "smtp": 25}
EXAMPLE = "write smtp+tls://mail.example.org, or smtp+starttls://mail.example.org where it has no TLS port"
PATIENCE = 60.0  # seconds that a server may be silent
_NO_SECRETS = f"give the login as {USER} and {PASSWORD} in the environment, or the password to the keyring"


class UnreachableError(FileError):
    """The server is not there, or not ready: in a while it may be."""


class Server(Struct, frozen=True):
    """A server and how to reach it: TLS from the first byte, STARTTLS, or neither on this machine itself."""

    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, url: str) -> Server:
        """Raises UsageError, which never says what may be a password."""
        if "@" in url:
            raise UsageError("--send: the server's address holds a login", hint=_NO_SECRETS)
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise UsageError("--send: this is no server's address", hint=EXAMPLE) from None
        if parts.scheme not in PORTS or not host:
            raise UsageError(f'--send: "{parts.scheme or url}" is no way to send mail that we know', hint=EXAMPLE)
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise UsageError(f"--send: something stands behind {host}", hint=f"{EXAMPLE}; {_NO_SECRETS}")
        if parts.scheme == "smtp" and not _is_here(host):
            raise UsageError(f"--send: smtp:// is open to all between here and {host}", hint=EXAMPLE)
        return cls(parts.scheme, host, port or PORTS[parts.scheme])

    def __str__(self) -> str:
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Login:
    """Who sends."""

    user: str
    password: str = field(repr=False)

    def redact(self, words: str) -> str:
        """A server's words without the password: some repeat the command that they did not take."""
        plain = b64encode(f"\0{self.user}\0{self.password}".encode()).decode()
        for secret in (plain, b64encode(self.password.encode()).decode(), self.password):
            words = words.replace(secret, "…")
        return words


def read_login(server: Server, environment: Mapping[str, str]) -> Login | None:
    """The login that the environment and the keyring give; none where no user is named. Raises UsageError."""
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if not user:
        if password:
            raise UsageError(f"{PASSWORD} is given, and {USER} is not", hint="whose password is it?")
        return None
    password = password or _from_keyring(server.host, user)
    if not password:
        raise UsageError(
            f"there is no password for {user} at {server.host}",
            hint=f"set {PASSWORD}; or with the extra reportgen[send]: keyring set {server.host} {user}",
        )
    if not (user + password).isascii():
        raise UsageError("the login has letters outside ASCII, which SMTP's logins do not carry", hint="choose another")
    return Login(user, password)


def read_timeout(environment: Mapping[str, str]) -> float:
    """How many seconds a server may be silent. Raises UsageError."""
    written = environment.get(TIMEOUT, "")
    try:
        seconds = float(written or PATIENCE)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= 3600:
        raise UsageError(f'{TIMEOUT}: "{written}" is no time to wait', hint="seconds, at most an hour: 60")
    return seconds


def connect(server: Server, login: Login | None, timeout: float) -> smtplib.SMTP:
    """A line that is secured and logged in. Raises UnreachableError for what may pass, FileError for what will not."""
    with _wrap_errors(server, login):
        context = ssl.create_default_context()
        if server.scheme == "smtp+tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=timeout)
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


@contextmanager
def _wrap_errors(server: Server, login: Login | None) -> Iterator[None]:
    """What can go wrong until a line stands, as what to do about it."""
    where = Location(str(server))
    try:
        yield
    except smtplib.SMTPNotSupportedError as error:
        raise _lacking(where, error) from None
    except smtplib.SMTPResponseException as error:
        words = format_reply(error.smtp_code, error.smtp_error)
        raise _answered(where, error, login.redact(words) if login else words) from None
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError, smtplib.SMTPServerDisconnected, TimeoutError) as error:
        raise UnreachableError(f"drops the line or is silent: {error}", where, "is it the right port?") from None
    except ssl.SSLCertVerificationError as error:
        hint = "is its name written as in the certificate? an authority of your own is given as SSL_CERT_FILE=ca.pem"
        raise FileError(f"its certificate is not to be trusted: {error.verify_message}", where, hint) from None
    except ssl.SSLError as error:
        hint = "smtp+tls:// is for port 465, smtp+starttls:// for 587"
        raise FileError(f"no TLS can be agreed on: {error.reason}", where, hint) from None
    except smtplib.SMTPException as error:
        raise FileError(f"takes no login that we can give: {error}", where) from None
    except UnicodeError:
        raise FileError("its name cannot be one", where, EXAMPLE) from None
    except OSError as error:
        hint = "is the server's name right, and is there a network?"
        raise UnreachableError(f"cannot be reached: {error.strerror or error}", where, hint) from None


def _lacking(where: Location, error: Exception) -> FileError:
    if "STARTTLS" in str(error):
        return FileError(
            "offers no STARTTLS, and no mail goes by an open line", where, "has it a TLS port? smtp+tls://"
        )
    return FileError(
        "takes no login", where, f"leave {USER} out where a server takes mail without one, and give --from"
    )


def _answered(where: Location, error: smtplib.SMTPResponseException, words: str) -> FileError:
    if 400 <= error.smtp_code < 500:
        return UnreachableError(f"is not ready: {words}", where, "try again in a while")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        hint = f"are {USER} and its password right? many servers want a password made for programs alone"
        return FileError(f"refuses the login: {words}", where, hint)
    return FileError(f"refuses us: {words}", where)


def format_reply(code: int, words: bytes | str) -> str:
    """A server's answer in one line."""
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"


def _from_keyring(host: str, user: str) -> str:
    """What `keyring set HOST USER` has stored; nothing where there is no keyring."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return ""
    try:
        return keyring.get_password(host, user) or ""
    except keyring.errors.KeyringError:
        return ""


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

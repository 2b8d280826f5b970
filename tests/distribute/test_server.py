"""A server's address, its certificate and the login: what is refused before anything is sent, and that no password is printed."""

import os
import smtplib
import socket
import subprocess
import sys
import traceback
from base64 import b64encode
from urllib.parse import quote

import keyring
import keyring.backend
import pytest
import trustme
from aiosmtpd.smtp import AuthResult

from reportgen.distribution.mail.delivery import Pace
from reportgen.distribution.mail.mail_server import (
    PASSWORD as PASSWORD_NAME,
    TIMEOUT,
    USER,
    Login,
    Server,
    connect,
    read_login,
    read_timeout,
)
from reportgen.system.errors import FileError, UsageError
from tests.distribute.mail_run import listed, run
from tests.distribute.mailserver import PASSWORD, SENDER, MailServer

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the server does not know of TLS from the first byte
US = Login(SENDER, PASSWORD)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def trusted(authority, tmp_path, monkeypatch):
    """Trust the test's authority, and it alone."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return authority


def dialled(server, scheme, who=US, host="localhost"):
    return connect(Server(scheme, host, server.port), who, 5)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp+tls://mail.example.org", "smtp+tls://mail.example.org:465"),
        ("smtp+starttls://mail.example.org", "smtp+starttls://mail.example.org:587"),
        ("smtp+tls://mail.example.org:2465/", "smtp+tls://mail.example.org:2465"),
        ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525"),
        ("smtp://[::1]", "smtp://[::1]:25"),
    ],
)
def test_addresses_of_servers(url, expected):
    assert str(Server.parse(url)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", "smtp:// is not encrypted on the way to mail.example.org"),
        ("smtp://127.0.0.1.example.org", "is not encrypted"),
        ("smtp+tls://me:hunter2@mail.example.org", "contains a login"),
        ("smtp+tls://me:hun/ter2@mail.example.org", "contains a login"),
        ("smtp+tls://mail.example.org?password=hunter2", "unexpected text after mail.example.org"),
        ("smtp+tls://mail.example.org/hunter2", "unexpected text after mail.example.org"),
        ("smtp+tls://mail.example.org:hunter2", "not a server's address"),
        ("smtps://mail.example.org", 'unknown scheme "smtps"'),
        ("mail.example.org", "unknown scheme"),
        ("smtp+tls://", "the server's name is missing"),
        ("", "unknown scheme"),
    ],
)
def test_refused_addresses_repeat_no_password(url, expected):
    with pytest.raises(UsageError) as caught:
        Server.parse(url)
    assert expected in str(caught.value)
    assert "hint:" in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert "ter2" not in str(caught.value)


HOST = Server("smtp+tls", "mail.example.org", 465)


def test_the_login_comes_from_the_environment():
    assert read_login(HOST, {}) is None
    found = read_login(HOST, {USER: "me", PASSWORD_NAME: "hunter2"})
    assert (found.user, found.password) == ("me", "hunter2")
    assert "hunter2" not in repr(found)
    for environment, expected in (
        ({PASSWORD_NAME: "hunter2"}, f"{USER} is not"),
        ({USER: "me"}, "there is no password for me at mail.example.org"),
        ({USER: "me", PASSWORD_NAME: "hünter2"}, "letters outside ASCII"),
    ):
        with pytest.raises(UsageError, match=expected) as caught:
            read_login(HOST, environment)
        assert "nter2" not in str(caught.value)


class Keys(keyring.backend.KeyringBackend):
    """A keyring in memory, which is not chosen by default."""

    priority = -1

    def get_password(self, service, username):
        return "from the ring" if (service, username) == ("mail.example.org", "me") else None

    def set_password(self, service, username, password):
        raise NotImplementedError


def test_the_keyring_has_the_password_where_the_environment_does_not():
    before = keyring.get_keyring()
    keyring.set_keyring(Keys())
    try:
        assert read_login(HOST, {USER: "me"}).password == "from the ring"
        assert read_login(HOST, {USER: "me", PASSWORD_NAME: "x"}).password == "x"
        with pytest.raises(UsageError, match="keyring set mail.example.org you"):
            read_login(HOST, {USER: "you"})
    finally:
        keyring.set_keyring(before)


def test_without_keyring_the_hint_says_how_to_get_it():
    code = (
        "import sys; sys.modules['keyring'] = None\n"
        "from reportgen.distribution.mail.mail_server import *\n"
        f"read_login(Server('smtp+tls', 'h', 1), {{'{USER}': 'me'}})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=False)
    assert "with the extra reportgen[send]" in done.stderr


def test_how_long_a_server_may_be_silent():
    assert read_timeout({}) == 60
    assert read_timeout({TIMEOUT: "2.5"}) == 2.5
    for wrong in ("0", "-1", "nan", "soon", "1e9"):
        with pytest.raises(UsageError, match="is not a timeout"):
            read_timeout({TIMEOUT: wrong})


@pytest.mark.parametrize("scheme", ["smtp+tls", "smtp+starttls"])
def test_a_connection_is_secured_and_logged_in(trusted, scheme):
    with MailServer(trusted.issue_cert("localhost"), starttls="start" in scheme, login=True) as server:
        smtp = dialled(server, scheme)
        assert smtp.sock.version().startswith("TLS")
        assert smtp.noop()[0] == 250
        smtp.quit()


@pytest.mark.parametrize("scheme", ["smtp+tls", "smtp+starttls"])
@pytest.mark.parametrize(
    ("issuer", "name", "expected"),
    [
        (trustme.CA(), "localhost", "unable to get local issuer certificate"),
        (None, "elsewhere.example", "Hostname mismatch"),
    ],
)
def test_a_certificate_that_cannot_be_trusted(trusted, scheme, issuer, name, expected):
    certificate = (issuer or trusted).issue_cert(name)
    with MailServer(certificate, starttls="start" in scheme, login=True) as server, pytest.raises(FileError) as caught:
        dialled(server, scheme)
    assert "its certificate cannot be trusted" in str(caught.value)
    assert expected in str(caught.value)
    assert "SSL_CERT_FILE" in str(caught.value)
    assert not server.auth_seen


def test_a_server_without_starttls_is_not_given_the_password():
    with MailServer() as server, pytest.raises(FileError, match="does not offer STARTTLS"):
        dialled(server, "smtp+starttls")
    assert not server.auth_seen


def test_tls_with_a_server_that_has_none():
    with MailServer() as server, pytest.raises(FileError, match="the TLS handshake failed") as caught:
        dialled(server, "smtp+tls")
    assert "smtp+starttls:// for 587" in str(caught.value)


def test_a_login_that_is_refused(trusted):
    certificate = trusted.issue_cert("localhost")
    with (
        MailServer(certificate, login=True) as server,
        pytest.raises(FileError, match="refuses the login: 535") as caught,
    ):
        dialled(server, "smtp+tls", Login(SENDER, "wrong-w0rd"))
    assert "wrong-w0rd" not in str(caught.value)
    with MailServer(certificate) as server, pytest.raises(FileError, match=f"unset {USER}"):
        dialled(server, "smtp+tls")


def test_a_server_that_repeats_the_password_is_not_quoted():
    class Echo(MailServer):
        async def auth_PLAIN(self, server, args):  # noqa: N802
            await server.push(f"535 5.5.2 {' '.join(args)} = {PASSWORD}")
            return AuthResult(success=False, handled=True)

    with Echo(login=True, auth_exclude_mechanism=["LOGIN"]) as server, pytest.raises(FileError) as caught:
        dialled(server, "smtp")
    assert "535 5.5.2 PLAIN … = …" in str(caught.value)


FORMS = {
    "plain": PASSWORD,
    "capitals": PASSWORD.upper(),
    "base64": b64encode(PASSWORD.encode()).decode(),
    "with the user": b64encode(f"\0{SENDER}\0{PASSWORD}".encode()).decode(),
    "after one letter": b64encode(f"x{PASSWORD}y".encode()).decode(),
    "after two letters": b64encode(f"xy{PASSWORD}".encode()).decode(),
    "in a URL": quote(f"<{PASSWORD}>"),
    "hexadecimal": PASSWORD.encode().hex(),
    "parted": f"{PASSWORD[:4]}\n{PASSWORD[4:]}",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_password_is_redacted(form):
    login = Login(SENDER, PASSWORD)
    words = login.redact(f"550 do not send {FORMS[form]} again")
    assert words == f"550 do not send {'%3C…%3E' if form == 'in a URL' else '…'} again"
    assert login.redact("550 no such user, please try s3cret later") == "550 no such user, please try s3cret later"


def test_a_short_password_leaves_other_words_alone():
    assert Login("me", "ab").redact("550 please YWI= read ab") == "550 please … read …"


@pytest.mark.parametrize("stage", ["greeting", "hello", "challenge", "sender", "recipient", "end"])
def test_a_server_that_repeats_the_password_anywhere_is_redacted(tmp_path, caplog, stage):
    """The reply is in messages, the ledger, exceptions: none has the password, in whatever form the server says it."""
    said = " ".join(form.replace("\n", " ") for form in FORMS.values())

    class Echo(MailServer):
        async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
            session.host_name = hostname
            return [f"550 {said}"] if stage == "hello" else responses

        async def auth_LOGIN(self, server, args):  # noqa: N802
            if stage == "challenge":
                await server.push(f"334 {FORMS['base64']}")
                await server._reader.readline()
                await server.push(f"535 {said}")
                return AuthResult(success=False, handled=True)
            return AuthResult(success=True, handled=False)

        async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
            envelope.mail_from = address
            return f"550 {said}" if stage == "sender" else "250 OK"

    options = {"ident": said} if stage == "greeting" else {}
    with Echo(login=True, auth_exclude_mechanism=["PLAIN"], **options) as server:
        server.at_rcpt = lambda mailbox, time: f"550 {said}" if stage == "recipient" else None
        server.at_data = lambda mailbox, time: f"451 {said}" if stage == "end" else None
        try:
            result = run(tmp_path, server.port, listed(1), Pace(give_up=0), Login(SENDER, PASSWORD))
            words = f"{result} {result.failed} {result.stopped}"
        except (FileError, smtplib.SMTPException) as error:
            words = "".join(traceback.format_exception(error))
    everything = words + caplog.text + "".join(repr(path.read_bytes()) for path in tmp_path.iterdir() if path.is_file())
    for form in FORMS.values():
        assert form.replace("\n", " ") not in everything
    if stage not in ("greeting", "hello"):
        assert "…" in words, words


def test_an_absent_server():
    with MailServer() as server:
        port = server.port
    with pytest.raises(FileError, match="cannot be reached"):
        connect(Server("smtp", "localhost", port), None, 5)
    with pytest.raises(FileError, match="cannot be reached"):
        connect(Server("smtp+tls", "mail.invalid", 465), None, 5)
    with pytest.raises(FileError, match="its name is not valid"):
        connect(Server("smtp+tls", "a" * 80 + ".example", 465), None, 5)


def test_a_silent_server():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for scheme in ("smtp+tls", "smtp+starttls"):
            with pytest.raises(FileError, match="closes the connection or does not answer"):
                connect(Server(scheme, "localhost", silent.getsockname()[1]), None, 0.2)

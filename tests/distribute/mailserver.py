"""A real mail server on this machine that refuses, asks to wait, stalls or hangs up, as a test asks."""

import asyncio
import email
import email.policy
import ssl
import threading
from collections import Counter

from aiosmtpd.smtp import SMTP, AuthResult

SENDER, PASSWORD = "staff@harbor.example", "s3cret-w0rd"
DROP, STALL = "drop", "stall"


class MailServer:
    """Takes mail at `port` until it is closed. `mails` are what it has taken: mailbox and bytes, in their order.

    `at_rcpt` and `at_data` are asked, with the mailbox and how often it was asked for it, what to answer: None takes
    it, DROP hangs up, STALL says nothing. `after` takes the mail and hangs up before it says so. `slow` are the seconds
    that its answer to a mail is on its way.
    """

    def __init__(self, certificate=None, starttls=False, login=False, **options):
        self.mails, self.helloes, self.asked = [], 0, Counter()
        self.at_rcpt = self.at_data = lambda mailbox, time: None
        self.after = lambda mailbox, time: False
        self.auth_seen, self.slow = [], 0
        context = certificate and self._context(certificate)
        if login:
            options |= {"authenticator": self._knows, "auth_required": True, "auth_require_tls": starttls}
        self._loop = asyncio.new_event_loop()
        self._server = self._loop.run_until_complete(
            self._loop.create_server(
                lambda: SMTP(self, tls_context=context if starttls else None, loop=self._loop, **options),
                "127.0.0.1",
                0,
                ssl=None if starttls else context,
            )
        )
        self.port = self._server.sockets[0].getsockname()[1]
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    @staticmethod
    def _context(certificate):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(context)
        return context

    def _knows(self, server, session, envelope, mechanism, data):
        self.auth_seen.append(mechanism)
        return AuthResult(success=(data.login, data.password) == (SENDER.encode(), PASSWORD.encode()), handled=False)

    def close(self):
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _hang_up(self):
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        self.helloes += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = await self._answer(self.at_rcpt, "rcpt", address, server)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        (mailbox,) = envelope.rcpt_tos
        answer = await self._answer(self.at_data, "data", mailbox, server)
        if answer is None:
            self.mails.append((mailbox, envelope.content))
            if self.after(mailbox, self.asked["data", mailbox]):
                server.transport.abort()
            await asyncio.sleep(self.slow)
        return answer or "250 OK queued"

    async def _answer(self, rule, stage, mailbox, server):
        self.asked[stage, mailbox] += 1
        answer = rule(mailbox, self.asked[stage, mailbox])
        if answer == DROP:
            server.transport.abort()
        if answer == STALL:
            await asyncio.sleep(30)
        return answer

    @property
    def taken(self):
        """The number of mails that each mailbox has received."""
        return Counter(mailbox for mailbox, _ in self.mails)

    def parsed(self):
        return [email.message_from_bytes(data, policy=email.policy.default) for _, data in self.mails]

    def url(self, scheme="smtp", host="localhost"):
        return f"{scheme}://{host}:{self.port}"

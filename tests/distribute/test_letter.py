"""The mail's bytes."""

import datetime
import hashlib
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from hypothesis import example, given, strategies as st

from reportgen.distribution.cover_letter import Letter, build_draft, draft_matches
from reportgen.distribution.editions.edition import Edition
from reportgen.distribution.mail.mail_headers import POLICY, encode_text, set_header
from reportgen.distribution.recipients.recipient import Recipient
from reportgen.distribution.stamping.pieces import Content, SharedBytes

PERSON = Recipient("Ada", "", "a@example.org", ("memo",), "", "", None, None, False, {}, 1)
EDITION = Edition("Title", "slug", datetime.date(2020, 12, 1), "en", (), {})
IDENTITY = "<a@example.org>"


@given(st.lists(st.tuples(st.binary(max_size=300), st.binary(max_size=300)), min_size=1, max_size=3))
def test_a_mail_is_what_the_standard_library_makes_of_it(contents):
    text = "Dear Ada,\n\nall of it is short and plain.\n"
    enclosed = {f"höfe-{at}.pdf": Content((SharedBytes(head), tail)) for at, (head, tail) in enumerate(contents)}
    made = build_draft(Letter("Häfen", text), PERSON, EDITION, enclosed, IDENTITY).data
    plain = EmailMessage(policy=POLICY)
    set_header(plain, "Subject", encode_text("Subject", "Häfen"))
    for name, value in {"To": "Ada <a@example.org>", "Date": "Tue, 01 Dec 2020 00:00:00 +0000"}.items():
        plain[name] = value
    plain["Message-ID"] = IDENTITY
    plain["X-Unsent"] = "1"
    plain.set_content(text)
    for name, copied in enclosed.items():
        plain.add_attachment(copied.data, maintype="application", subtype="pdf", filename=name)
    plain.set_boundary(hashlib.sha256(IDENTITY.encode()).hexdigest()[:32])
    assert made == plain.as_bytes()


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=400)


@given(st.one_of(TEXTS, st.text("abc 김치\t.=\n", min_size=1, max_size=400)))
@example("한국어 " * 60)
@example(".\n" + "x" * 78 + "\n")
@example("x" * 79)
def test_a_letter_reads_as_it_was_written_and_no_line_of_it_is_too_long(text):
    made = build_draft(Letter("Subject", f"{text}\n"), PERSON, EDITION, {}, IDENTITY).data
    mail = message_from_bytes(made, policy=SMTP)
    (letter,) = mail.iter_parts()
    assert letter.get_content().replace("\r\n", "\n") == f"{text}\n"
    most = 78 if letter["Content-Transfer-Encoding"] == "7bit" else 76  # RFC 5322, and 2045
    assert max(map(len, letter.as_bytes().splitlines())) <= most
    assert made.isascii()


LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=120), min_size=1, max_size=4)


@given(LINES, LINES)
def test_a_draft_says_its_own_letter_and_no_other(written, other):
    letters = [Letter("Subject", "\n".join(lines) + "\n") for lines in (written, other)]
    made = build_draft(letters[0], PERSON, EDITION, {"memo.pdf": Content((b"%PDF-",))}, IDENTITY).data
    assert draft_matches(made, letters[0])
    assert draft_matches(made, letters[1]) == (letters[0] == letters[1])

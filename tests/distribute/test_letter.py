"""The mail's bytes."""

import datetime
from email.message import EmailMessage
from email.policy import SMTP

from hypothesis import given, strategies as st

from reportgen.distribute.edition import Document, Edition
from reportgen.distribute.letter import TYPES, Letter, _with, draft, says
from reportgen.distribute.recipients import Recipient

BOUNDARY = "b" * 32


def mail(text):
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "Häfen"
    message.set_content(text)
    return message


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=3), st.sampled_from(["memo.pdf", "höfe.pptx"]))
def test_a_mail_is_what_the_standard_library_makes_of_it(contents, name):
    enclosed = [Document("memo", name, data) for data in contents]
    plain = mail("Dear Ada,\n\nÜber ...\n")
    for document in enclosed:
        kind, subtype = TYPES["." + name.rpartition(".")[2]]
        plain.add_attachment(document.data, maintype=kind, subtype=subtype, filename=name)
    plain.set_boundary(BOUNDARY)
    assert _with(enclosed, mail("Dear Ada,\n\nÜber ...\n"), BOUNDARY) == plain.as_bytes()


PERSON = Recipient("Ada", "", "a@example.org", ("memo",), "", "", None, None, False, {}, 1)
EDITION = Edition("Title", "slug", datetime.date(2020, 12, 1), "en", (), {})
LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=120), min_size=1, max_size=4)


@given(LINES, LINES)
def test_a_draft_says_its_own_letter_and_no_other(written, other):
    letters = [Letter("Subject", "\n".join(lines) + "\n") for lines in (written, other)]
    made = draft(letters[0], PERSON, EDITION, [Document("memo", "memo.pdf", b"%PDF-")], "<a@example.org>")
    assert says(made, letters[0])
    assert says(made, letters[1]) == (letters[0] == letters[1])

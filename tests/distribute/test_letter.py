"""The mail's bytes."""

from email.message import EmailMessage
from email.policy import SMTP

from hypothesis import given, strategies as st

from reportgen.distribute.edition import Document
from reportgen.distribute.letter import TYPES, _with

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

"""Copies that somebody has altered, and `whose`: an innocent recipient must never be named.

Memos, decks and mails of briefs in three languages are altered as somebody would who wants to put the blame on another
recipient; and, as a check on false alarms, as innocent hands and programs alter them. "right" is the holder; "disagreement"
and "unknown" name nobody; "wrong" is another person, and "alarm" nobody where the alteration was innocent.
"""

from __future__ import annotations

import random
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pikepdf

from reportgen import brand as brands, deck as decks, handout
from reportgen.brief import load_brief
from reportgen.distribution.cover_letter import LetterWriter
from reportgen.distribution.editions.edition import Document, Edition
from reportgen.distribution.ledger.copy_lookup import Subject
from reportgen.distribution.ledger.ledger import Ledger
from reportgen.distribution.packet_makers import Executors
from reportgen.distribution.packet_making import make_missing
from reportgen.distribution.packets import PacketMaker
from reportgen.distribution.recipients.recipient_list import parse
from reportgen.distribution.run import LEDGER
from reportgen.distribution.stamping.pdf_stamp import MARK, NAME
from reportgen.distribution.stamping.stamper import Stampers
from reportgen.distribution.whose import name_owner
from reportgen.markup.templates import template_folders
from reportgen.pipeline.kinds import KINDS
from reportgen.system.errors import EvidenceError
from reportgen.text.stamp_text import Stamp, mark_stamp
from tests.attack.outcome import Outcome
from tests.conftest import INIT, ROOT

TITLE = "stray copies"
FULL, SAMPLE = 396, 33

PEOPLE = {
    "en": ["Ada Example", "Bo Example", "Jane Q. Doe-Smith", "Office of Works", "José Álvarez"],
    "ko": ["김철수 국장", "이영희", "Bo Example", "박 위원"],
    "ar": ["محمد أحمد", "وزارة المياه", "Ada Example", "ليلى حسن"],
}
BRIEFS = {
    "en": INIT,
    "ko": ROOT / "tests" / "briefs" / "korean" / "brief.yaml",
    "ar": ROOT / "tests" / "briefs" / "arabic" / "brief.yaml",
}


class Folder:
    """A folder of numbered packets of one brief."""

    def __init__(self, language: str, root: Path, name: str = "", day: date | None = None) -> None:
        self.language, self.root = language, root / (name or language)
        self.brief = load_brief(BRIEFS[language])
        self.day, self.names = day or self.brief.date, PEOPLE[language]
        self._write()

    @cached_property
    def documents(self) -> dict[str, Document]:
        brand, folders = brands.load(self.brief.folder), template_folders(self.brief.folder)
        stages = decks.render_stages(self.brief, brand, folders)
        memo = KINDS["memo"].render(self.brief)
        found = {"memo": Document("memo", "x-memo.pdf", memo), "deck": Document("deck", "x-deck.pptx", stages.data)}
        if self.language == "en":
            data = handout.render_handout(stages.compiled, self.brief, brand, folders, "letter")
            found["handout"] = Document("handout", "x-handout.pdf", data)
        return found

    @cached_property
    def stampers(self) -> Stampers:
        return Stampers(self.edition, brands.load(self.brief.folder))

    @cached_property
    def edition(self) -> Edition:
        title = self.brief.plain(self.brief.title)
        return Edition(title, self.brief.slug, self.day, self.brief.language, (), self.documents)

    def _write(self) -> None:
        kinds = " ".join(self.documents)
        rows = "".join(f'"{name}",p{place}@town.example,{kinds}\n' for place, name in enumerate(self.names, 1))
        recipients = parse(f"name,email,documents\n{rows}", "recipients.csv")
        with (
            Ledger.open(self.root / LEDGER) as ledger,
            ledger.open_edition(self.edition.tagged_digest("numbered")) as run,
        ):
            run.record_subject(Subject(self.edition.title, self.day, self.brief.language))
            plan = run.plan(recipients)
            letters = LetterWriter(self.edition, 1, False, template_folders(self.brief.folder), "", ("Staff",))
            maker = PacketMaker(self.edition, 1, self.stampers, self.root, letters)
            make_missing(maker, run, plan, True, Executors())

    def path(self, number: int, name: str) -> Path:
        return next(self.root.glob(f"packets/version-1/{number:03}-*/{name}"))

    def read(self, number: int, kind: str) -> bytes:
        return self.path(number, self.documents[kind].file_name).read_bytes()

    def stamp(self, own: int, /, **changes: object) -> str:
        values = {"version": 1, "recipient": self.names[own - 1], "number": own, "day": self.day} | changes
        return Stamp.of(values.pop("day"), self.brief.language, **values).text  # type: ignore[arg-type]


@dataclass
class Case:
    """A copy of `victim`, to be altered so that it seems that of `other`."""

    folder: Folder
    elsewhere: Folder
    victim: int
    other: int
    kind: str
    draw: random.Random

    @property
    def is_pdf(self) -> bool:
        return self.kind != "deck"

    @property
    def data(self) -> bytes:
        return self.folder.read(self.victim, self.kind)

    def own(self, **changes: object) -> str:
        return self.folder.stamp(self.victim, **changes)

    def restamp(self, text: str, some: Callable[[int, int], bool] = lambda *_: True, notes: bool = True) -> bytes:
        """Return the copy with another line on some pages, whose index and number `some` is given; "" removes it."""
        return self._restamp_pdf(text, some) if self.is_pdf else self._restamp_deck(text, some, notes)

    def _restamp_pdf(self, text: str, some: Callable[[int, int], bool]) -> bytes:
        target = BytesIO()
        with pikepdf.open(BytesIO(self.data)) as pdf:
            if text:
                with pikepdf.open(BytesIO(self.folder.stampers.copy(self.kind, text).data)) as other:
                    form = pdf.copy_foreign(other.pages[0].resources.XObject[NAME])
                form[MARK] = pikepdf.String(
                    bytes.fromhex(mark_stamp(self.own()))
                )  # an editor keeps what it does not know
            else:
                form = pdf.make_stream(b"")
                form.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form, "/BBox": [0, 0, 1, 1]})
            for index, page in enumerate(pdf.pages):
                if some(index, len(pdf.pages)):
                    forms = pikepdf.Dictionary(
                        {**page.resources.XObject, NAME: form}
                    )  # pages may share what is replaced
                    page.obj.Resources = pikepdf.Dictionary({**page.resources, "/XObject": forms})
            pdf.save(target)
        return target.getvalue()

    def _restamp_deck(self, text: str, some: Callable[[int, int], bool], notes: bool) -> bytes:
        target, old = BytesIO(), self.own().encode()
        with zipfile.ZipFile(BytesIO(self.data)) as source, zipfile.ZipFile(target, "w") as archive:
            slides = [name for name in source.namelist() if name.startswith("ppt/slides/slide")]
            altered = {name for index, name in enumerate(sorted(slides)) if some(index, len(slides))}
            for name in source.namelist():
                content = source.read(name)
                if name in altered or (notes and name.startswith("ppt/notesSlides/") and len(altered) == len(slides)):
                    content = content.replace(old, text.encode())
                archive.writestr(name, content)
        return target.getvalue()

    def foreign(self, **changes: object) -> str:
        return self.folder.stamp(self.other, **changes)


Altered = tuple[str, bytes]


def change_name(case: Case) -> Altered:
    return "x", case.restamp(case.own(recipient=case.folder.names[case.other - 1]))


def change_number(case: Case) -> Altered:
    return "x", case.restamp(case.own(number=case.other))


def change_both(case: Case) -> Altered:
    return "x", case.restamp(case.foreign())


def change_one_page(case: Case) -> Altered:
    page = case.draw.randrange(2)
    return "x", case.restamp(case.foreign(), lambda index, _: index == page)


def change_all_but_one(case: Case) -> Altered:
    return "x", case.restamp(case.foreign(), lambda index, count: index != count - 1)


def change_slides_not_notes(case: Case) -> Altered:
    return "x", case.restamp(case.foreign(), notes=False)


def remove_from_a_page(case: Case) -> Altered:
    return "x", case.restamp("", lambda index, _: index == 1)


def remove_everywhere(case: Case) -> Altered:
    return "x", case.restamp("")


def remove_name(case: Case) -> Altered:
    return "x", case.restamp(case.own(recipient=""))


def remove_number(case: Case) -> Altered:
    return "x", case.restamp(case.foreign(number=None))


def use_nobodys_number(case: Case) -> Altered:
    return "x", case.restamp(case.draw.choice([case.own(number=99), case.foreign(number=99)]))


def use_nobodys_name(case: Case) -> Altered:
    return "x", case.restamp(case.foreign(recipient="Eve Nobody"))


def use_another_version(case: Case) -> Altered:
    return "x", case.restamp(case.foreign(version=2))


def use_another_day(case: Case) -> Altered:
    return "x", case.restamp(case.foreign(day=date(2019, 7, 4)))


def take_another_folders_copy(case: Case) -> Altered:
    """Somebody else's folder has the same numbers, and another brief's day."""
    number = min(case.other, len(case.elsewhere.names))
    return "x", case.elsewhere.read(number, case.kind if case.kind in case.elsewhere.documents else "memo")


def merge_two(case: Case) -> Altered:
    if not case.is_pdf:
        return "x", case.restamp(case.foreign(), lambda index, count: index >= count // 2)
    target = BytesIO()
    with (
        pikepdf.open(BytesIO(case.data)) as pdf,
        pikepdf.open(BytesIO(case.folder.read(case.other, case.kind))) as more,
    ):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # links between the pages are lost, which matters to nobody here
            pdf.pages.extend(more.pages[1:])
        pdf.save(target)
    return "x", target.getvalue()


def paint_over(case: Case) -> Altered:
    """The old stamp stays below a white box with another."""
    if not case.is_pdf:
        return change_one_page(case)
    target = BytesIO()
    with pikepdf.open(BytesIO(case.data)) as pdf:
        with pikepdf.open(BytesIO(case.folder.stampers.copy(case.kind, case.foreign()).data)) as other:
            form = pdf.copy_foreign(other.pages[0].resources.XObject[NAME])
        for page in pdf.pages:
            page.resources.XObject = pikepdf.Dictionary({**page.resources.XObject, "/Over": form})
            page.contents_add(b"q 1 g 0 0 900 24 re f 0 g 1 0 0 1 306 11 cm /Over Do Q")
        pdf.save(target)
    return "x", target.getvalue()


def speak_otherwise(case: Case) -> Altered:
    """The stamp is drawn as it was, and read as another: /ActualText says so."""
    if not case.is_pdf:
        return change_one_page(case)
    target, spoken = BytesIO(), case.foreign().encode("utf-16-be").hex().encode()
    with pikepdf.open(BytesIO(case.data)) as pdf:
        form = pdf.pages[0].resources.XObject[NAME]
        drawn = form.read_bytes()
        form.write(b"/Span <</ActualText <FEFF%s>>> BDC %s EMC" % (spoken, drawn))
        pdf.save(target)
    return "x", target.getvalue()


def annotate(case: Case) -> Altered:
    if not case.is_pdf:
        return change_one_page(case)
    target = BytesIO()
    with pikepdf.open(BytesIO(case.data)) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[100, 5, 500, 25], Contents=case.foreign()
        )
        pdf.pages[0].Annots = pikepdf.Array([*pdf.pages[0].get("/Annots", []), pdf.make_indirect(note)])
        pdf.save(target)
    return "x", target.getvalue()


def swap_attachment(case: Case) -> Altered:
    """The other's mail with this copy in it."""
    mail = case.folder.path(case.other, "letter.eml").read_bytes()
    return "x.eml", mail.replace(_encode(case.folder.read(case.other, case.kind)), _encode(case.data))


def rename_mail(case: Case) -> Altered:
    """This copy's mail, addressed to the other."""
    mail = case.folder.path(case.victim, "letter.eml").read_bytes()
    return "x.eml", mail.replace(b"p%d@town.example" % case.victim, b"p%d@town.example" % case.other)


def edit_letter(case: Case) -> Altered:
    from email import message_from_bytes

    mail = message_from_bytes(case.folder.path(case.victim, "letter.eml").read_bytes())
    body = mail.get_payload()[0]  # type: ignore[index,union-attr]
    text = body.get_payload(decode=True).decode().replace(f" {case.victim} ", f" {case.other} ")  # type: ignore[union-attr]
    text = text.replace(f"{case.victim}번", f"{case.other}번")
    del body["Content-Transfer-Encoding"]  # type: ignore[union-attr]
    body.set_payload(text, "utf-8")  # type: ignore[union-attr]
    return "x.eml", mail.as_bytes()


def paste_two(case: Case) -> Altered:
    return "x.txt", f"{case.own()}\nSome words.\n{case.foreign()}\n".encode()


def paste_mixed(case: Case) -> Altered:
    text = case.own(recipient=case.folder.names[case.other - 1])
    return "x.txt", _disguise(text, case.draw).encode()


def file_under_anothers_name(case: Case) -> Altered:
    return f"{case.folder.path(case.other, 'letter.eml').parent.name}.pdf", case.data


def keep(case: Case) -> Altered:
    return case.folder.documents[case.kind].file_name, case.data


def save_again(case: Case) -> Altered:
    target = BytesIO()
    if case.is_pdf:
        with pikepdf.open(BytesIO(case.data)) as pdf:
            pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=case.draw.random() < 0.5)
    else:
        import pptx

        deck = pptx.Presentation(BytesIO(case.data))
        deck.core_properties.last_modified_by = "Somebody"
        deck.save(target)
    return "2026-02-10 scan.bin", target.getvalue()


def keep_some_pages(case: Case) -> Altered:
    if not case.is_pdf:
        return save_again(case)
    target = BytesIO()
    with pikepdf.open(BytesIO(case.data)) as pdf:
        del pdf.pages[0]
        pdf.save(target)
    return "excerpt.pdf", target.getvalue()


def send(case: Case) -> Altered:
    return "x.eml", case.folder.path(case.victim, "letter.eml").read_bytes()


def zip_packet(case: Case) -> Altered:
    target, folder = BytesIO(), case.folder.path(case.victim, "letter.eml").parent
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return f"{folder.name}.zip", target.getvalue()


def forward(case: Case) -> Altered:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "eve@evil.example", "press@paper.example", "look"
    mail.set_content("See below.")
    mail.add_attachment(case.data, maintype="application", subtype="octet-stream", filename="memo")
    return "x.eml", mail.as_bytes()


def paste(case: Case) -> Altered:
    text = _disguise(case.own(), case.draw)
    return "x.txt", f"Look what I have found.\n\n{text}\nThe harbor should plan.\n{case.own()}\n".encode()


def paste_into_word(case: Case) -> Altered:
    head, tail = case.own()[:9], case.own()[9:]
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    runs = f"<w:p><w:r><w:t>{head}</w:t></w:r><w:r><w:t>{tail}</w:t></w:r></w:p>"
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{name}"><w:body>{runs}</w:body></w:document>')
    return "x.docx", target.getvalue()


GUILTY = [
    change_name, change_number, change_both, change_one_page, change_all_but_one, change_slides_not_notes,
    remove_from_a_page, remove_everywhere, remove_name, remove_number, use_nobodys_number, use_nobodys_name,
    use_another_version, use_another_day, take_another_folders_copy, merge_two, paint_over, speak_otherwise, annotate, swap_attachment,
    rename_mail, edit_letter, paste_two, paste_mixed, file_under_anothers_name,
]  # fmt: skip
INNOCENT = [keep, save_again, keep_some_pages, send, zip_packet, forward, paste, paste_into_word]


def _encode(data: bytes) -> bytes:
    from reportgen.distribution.stamping.pieces import base64_lines

    return base64_lines(data)


def _disguise(text: str, draw: random.Random) -> str:
    """Return a stamp as it comes out of a chat, a converter or a printer."""
    apart = draw.choice([" / ", "\u00a0–\u00a0", "\n", " | ", ", ", " · \n", "  •  "])
    text = text.replace(" · ", apart)
    how = draw.randrange(6)
    if how == 0:
        return text.upper()
    if how == 1:
        return text.translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    if how == 2:
        return text.replace(" ", "\n", 3)
    if how == 3:
        return text.replace("Version", "Ver-\nsion").replace("Example", "Exam-\n  ple")
    if how == 4:
        return text.translate({48 + digit: 0x0660 + digit for digit in range(10)})
    return text.lower()


def attack(count: int, seed: int) -> Iterator[Outcome]:
    draw = random.Random(seed)
    languages = ["en"] if count <= SAMPLE else list(BRIEFS)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        folders = {language: Folder(language, root) for language in languages}
        for index in range(count):
            folder = folders[languages[index % len(languages)]]
            elsewhere = _find_elsewhere(folder, folders, root)
            alteration = [*GUILTY, *INNOCENT][index % (len(GUILTY) + len(INNOCENT))]
            victim, other = draw.sample(range(1, len(folder.names) + 1), 2)
            kind = draw.choice(list(folder.documents))
            if alteration is change_slides_not_notes:
                kind = "deck"
            case = Case(folder, elsewhere, victim, other, kind, draw)
            yield _try(case, alteration, root)


_elsewhere: dict[str, Folder] = {}


def _find_elsewhere(folder: Folder, folders: dict[str, Folder], root: Path) -> Folder:
    """Return the folder of another brief, or of the same one with another day."""
    others = [other for other in folders.values() if other is not folder]
    if others:
        return others[0]
    if folder.language not in _elsewhere or not _elsewhere[folder.language].root.exists():
        other = Folder.__new__(Folder)
        other.__dict__ |= {**folder.__dict__, "day": date(2025, 5, 5), "root": root / "elsewhere"}
        other.__dict__.pop("edition", None)
        other.__dict__.pop("stampers", None)
        other._write()
        _elsewhere[folder.language] = other
    return _elsewhere[folder.language]


def _try(case: Case, alteration: Callable[[Case], Altered], root: Path) -> Outcome:
    label = f"{alteration.__name__} {case.folder.language} {case.kind} {case.victim}->{case.other}"
    name, data = alteration(case)
    path = root / name
    owner, message = None, ""
    try:
        owner = name_owner(data, path, case.folder.root).stamp.number
    except EvidenceError as error:
        message = str(error)
    innocent = alteration in INNOCENT
    if owner == case.victim:
        return Outcome(label, "right")
    if owner is not None:
        return Outcome(label, "wrong", True, f"named copy {owner}")
    verdict = "disagreement" if "disagree" in message else "unknown"
    return Outcome(label, "alarm" if innocent else verdict, innocent, message)

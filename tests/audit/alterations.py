"""Single alterations of finished files, chosen at random: another digit, unit, quantifier, qualifier or quoted word.

Every place is found by a program, in every part of a .pptx that holds words or data and in every text that a PDF paints
or describes; EXCLUDED says what is not drawn, and why.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from lxml import etree

EXCLUDED = (
    "pptx: names of shapes, sizes, positions, the ends of a hidden axis and cell references: nobody reads them",
    "pptx: number formats of the workbook's cells: what 'Edit data' shows, not what the slide shows",
    "pptx: docProps/app.xml and the dates of creation",
    "pdf: XMP metadata's dates and versions, names of fonts and of places that links lead to",
    "pdf: letters that the file's own subset of the font does not have cannot be put in (another is drawn)",
)
UNITS = {
    "percent": "billion", "billion": "million", "million": "billion", "years": "months", "months": "years", "decades": "years", "year": "month",
    "times": "percent", "%": "$", "$": "%", "bn": "m", "meters": "miles",
}  # fmt: skip
QUANTIFIERS = {
    "a little less than": "less than", "less than": "more than", "more than": "less than", "less": "more", "more": "less", "before": "after", "<": ">",
    ">": "<", "about": "over", "at least": "at most", "largest": "smallest", "all": "some", "fourth": "third",
}  # fmt: skip
QUALIFIERS = {
    "reported": "", "initial": "", "expected": "", "likely": "", "could": "will", "might": "will", "may": "will", "undated": "", "inferred": "",
    "reluctant": "ready", "reluctance": "refusal",
}  # fmt: skip
_WORDS = ("stable", "remote", "silent", "instead", "rather", "center", "entire")
_QUOTED = re.compile(r"“([^“”]*)”")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
KINDS = ("digit", "unit", "quantifier", "qualifier", "quoted word")


@dataclass(frozen=True)
class Alteration:
    """One alteration of some characters of a text in a file; `where` is enough to find that text again."""

    kind: str
    where: tuple[Any, ...]
    start: int
    end: int
    old: str
    new: str
    text: str

    def describe(self) -> str:
        around = f"…{self.text[max(0, self.start - 30) : self.start]}[{self.old}→{self.new}]{self.text[self.end : self.end + 30]}…"
        return f"{self.kind} in {self.where}: {around}"


def alterations(
    text: str, where: tuple[Any, ...], draw: random.Random, letters: str | None = None
) -> Iterator[Alteration]:
    """Yield everything that can be altered in a text; `letters` are those that can be put in."""

    def fits(word: str) -> bool:
        return letters is None or set(word) <= set(letters)

    def alter(kind: str, start: int, end: int, new: str) -> Iterator[Alteration]:
        if fits(new) and text[start:end] != new:
            yield Alteration(kind, where, start, end, text[start:end], new, text)

    for match in re.finditer(r"\d", text):
        if others := [digit for digit in "0123456789" if digit != match[0] and fits(digit)]:
            yield from alter("digit", *match.span(), draw.choice(others))
    for kind, table in (("unit", UNITS), ("quantifier", QUANTIFIERS), ("qualifier", QUALIFIERS)):
        taken = [False] * len(text)
        for word in sorted(table, key=len, reverse=True):
            pattern = rf"(?<![\w-]){re.escape(word)}(?![\w-])" if word[0].isalpha() else re.escape(word)
            for match in re.finditer(pattern, text):
                if not any(taken[match.start() : match.end()]):
                    taken[match.start() : match.end()] = [True] * len(match[0])
                    yield from alter(kind, *match.span(), table[word])
    for quoted in _QUOTED.finditer(text):
        for match in _WORD.finditer(quoted[1]):
            choices = [word for word in _WORDS if fits(word)]
            yield from alter(
                "quoted word",
                quoted.start(1) + match.start(),
                quoted.start(1) + match.end(),
                draw.choice(choices) if choices else "",
            )


def drawn(found: list[Alteration], count: int, draw: random.Random) -> list[Alteration]:
    """Return `count` of the alterations, the kinds in turn while any are left."""
    by_kind = {kind: [each for each in found if each.kind == kind] for kind in KINDS}
    for each in by_kind.values():
        draw.shuffle(each)
    chosen: list[Alteration] = []
    while len(chosen) < count and any(by_kind.values()):
        for each in by_kind.values():
            if each and len(chosen) < count:
                chosen.append(each.pop())
    return chosen


class Pptx:
    """A .pptx whose texts can be altered one at a time."""

    TEXTS = (
        (re.compile(r"ppt/(?:slides|notesSlides)/[^/]+\.xml"), "//a:t | //p:cNvPr/@descr"),
        (
            re.compile(r"ppt/charts/chart\d+\.xml"),
            "//c:v | //a:t | //c:numFmt/@formatCode[starts-with(., '\"')] | //c:pt/@formatCode",
        ),
        (re.compile(r"docProps/core\.xml"), "//dc:title | //dc:subject"),
    )
    SPACES = {
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "dc": "http://purl.org/dc/elements/1.1/",
    }

    def __init__(self, data: bytes) -> None:
        self.parts = _unpacked(data)

    def found(self, draw: random.Random) -> list[Alteration]:
        every: list[Alteration] = []
        for name, path, content in self._documents():
            for index, node in enumerate(etree.fromstring(content).xpath(path, namespaces=self.SPACES)):
                if text := _value(node):
                    every += alterations(text, (*name, path, index), draw)
        return every

    def _documents(self) -> Iterator[tuple[tuple[str, ...], str, bytes]]:
        for name, content in self.parts.items():
            for pattern, path in self.TEXTS:
                if pattern.fullmatch(name):
                    yield (name,), path, content
            if name.endswith(".xlsx"):
                for inner, sheet in _unpacked(content).items():
                    if inner.startswith("xl/worksheets/sheet"):
                        yield (name, inner), "//s:c[not(@t='s')]/s:v", sheet
                    elif inner == "xl/sharedStrings.xml":
                        yield (name, inner), "//s:t", sheet

    def altered(self, alteration: Alteration) -> bytes:
        *names, path, index = alteration.where
        parts = dict(self.parts)
        if len(names) == 2:
            book = _unpacked(parts[names[0]])
            book[names[1]] = self._with(book[names[1]], path, index, alteration)
            parts[names[0]] = _packed(book)
        else:
            parts[names[0]] = self._with(parts[names[0]], path, index, alteration)
        return _packed(parts)

    def _with(self, content: bytes, path: str, index: int, alteration: Alteration) -> bytes:
        root = etree.fromstring(content)
        node = root.xpath(path, namespaces=self.SPACES)[index]
        text = _value(node)
        new = text[: alteration.start] + alteration.new + text[alteration.end :]
        if isinstance(node, etree._Element):
            node.text = new
        else:
            node.getparent().set(node.attrname, new)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _value(node: Any) -> str:
    return (node.text or "") if isinstance(node, etree._Element) else str(node)


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@dataclass
class _Shown:
    """One text-showing operator: its letters and their codes (a ligature has one, at its first letter)."""

    stream: int
    operator: int
    codes: list[str]
    text: str
    letters: dict[str, str]
    """Letter -> code, of the font that is set."""


class Pdf:
    """A PDF of ours whose painted texts and alternative texts can be altered one at a time."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with pikepdf.open(io.BytesIO(data)) as pdf:
            streams = list(_streams(pdf))
            self.shown = [
                shown
                for number, (stream, resources) in enumerate(streams)
                for shown in _operators(stream, resources, number)
            ]

    def found(self, draw: random.Random) -> list[Alteration]:
        every: list[Alteration] = []
        inside = False  # a quotation that continues on the next line
        for index, shown in enumerate(self.shown):
            begun, where = inside, ("stream", shown.stream, index)
            inside = (shown.text.rfind("“") > shown.text.rfind("”")) if re.search("[“”]", shown.text) else inside
            whole = "“" * begun + shown.text + "”" * inside
            for each in alterations(whole, where, draw, "".join(shown.letters)):
                every.append(replace(each, start=each.start - begun, end=each.end - begun, text=shown.text))
        with pikepdf.open(io.BytesIO(self.data)) as pdf:
            for index, element in enumerate(_with_alternative(pdf)):
                every += alterations(str(element.Alt), ("alternative text", index), draw)
            every += alterations(str(pdf.docinfo["/Title"]), ("title",), draw)
        return every

    def altered(self, alteration: Alteration) -> bytes:
        with pikepdf.open(io.BytesIO(self.data)) as pdf:
            text = alteration.text[: alteration.start] + alteration.new + alteration.text[alteration.end :]
            if alteration.where[0] == "alternative text":
                list(_with_alternative(pdf))[alteration.where[1]].Alt = pikepdf.String(text)
            elif alteration.where[0] == "title":
                pdf.docinfo["/Title"] = pikepdf.String(text)
            else:
                self._paint(pdf, alteration)
            target = io.BytesIO()
            pdf.save(target)
            return target.getvalue()

    def _paint(self, pdf: pikepdf.Pdf, alteration: Alteration) -> None:
        shown = self.shown[alteration.where[2]]
        codes = [
            *shown.codes[: alteration.start],
            *(shown.letters[letter] for letter in alteration.new),
            *shown.codes[alteration.end :],
        ]
        stream, _ = list(_streams(pdf))[shown.stream]
        instructions = list(pikepdf.parse_content_stream(stream))
        string = pikepdf.String(bytes.fromhex("".join(codes)))
        instructions[shown.operator] = pikepdf.ContentStreamInstruction(
            [pikepdf.Array([string])], pikepdf.Operator("TJ")
        )
        content = pikepdf.unparse_content_stream(instructions)
        if isinstance(stream, pikepdf.Page):
            stream.Contents = pdf.make_stream(content)
        else:
            stream.write(content)


def _streams(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    """Yield every stream that paints, with its resources: pages, and the drawings on them."""

    def below(resources: Any) -> Iterator[tuple[Any, Any]]:
        for name in sorted(resources.get("/XObject", {}).keys()):
            form = resources.XObject[name]
            if form.get("/Subtype") == "/Form" and "/Resources" in form:
                yield form, form.Resources
                yield from below(form.Resources)

    for page in pdf.pages:
        yield page, page.Resources
        yield from below(page.Resources)


def _operators(stream: Any, resources: Any, number: int) -> Iterator[_Shown]:
    known: dict[str, str] = {}
    for at, instruction in enumerate(pikepdf.parse_content_stream(stream)):
        name = str(instruction.operator)
        if name == "Tf":
            known = _known(resources.Font[str(instruction.operands[0])])
        elif name in ("TJ", "Tj"):
            parts = instruction.operands[0] if name == "TJ" else [instruction.operands[0]]
            raw = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            pairs = [
                (code, known.get(code, "\ufffd"))
                for code in (raw[place : place + 2].hex() for place in range(0, len(raw), 2))
            ]
            codes = [code if index == 0 else "" for code, letters in pairs for index in range(len(letters))]
            yield _Shown(
                number,
                at,
                codes,
                "".join(letters for _, letters in pairs),
                {text: code for code, text in known.items() if len(text) == 1},
            )


def _known(font: Any) -> dict[str, str]:
    """Return the codes of a font and their letters, from its map to Unicode."""
    cmap = font.ToUnicode.read_bytes().decode("latin-1")
    return {
        code.lower(): bytes.fromhex(letter).decode("utf-16-be")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL)
        for code, letter in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block)
    }


def _with_alternative(pdf: pikepdf.Pdf) -> Iterator[Any]:
    yield from (item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item)

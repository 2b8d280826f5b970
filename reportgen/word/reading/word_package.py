"""The parts of a Word file as XML. A file that is damaged, encrypted, too large or has macros is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from io import BytesIO
from posixpath import join, normpath
from zipfile import BadZipFile, ZipFile

from lxml import etree
from msgspec import Struct

from reportgen.system.errors import FileError, Location

LARGEST = 200_000_000  # bytes unpacked: no memo is larger
COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
ARCHIVES = (b"PK", COMPOUND_FILE)
ENDINGS = (".docx", ".docm", ".doc")
DOCUMENT = "word/document.xml"
MACROS = "vbaProject.bin"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
AGAIN = "save it again in a word processor, or build it again"
NAME_ONE = "name a memo (.pdf or .docx)"


class Relation(Struct, frozen=True):
    """A part's reference: the last word of its type, and a part's name or an address."""

    kind: str
    target: str
    is_external: bool = False


class WordPackage:
    """The parts of a file, each parsed once."""

    def __init__(self, parts: Mapping[str, bytes], name: str) -> None:
        self.parts, self.name = parts, name
        self._roots: dict[str, etree._Element] = {}

    def parse(self, part: str) -> etree._Element | None:
        """Return a part's root, None where the file lacks the part. Raise FileError for XML that is damaged."""
        if part not in self.parts:
            return None
        if part not in self._roots:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
            try:
                self._roots[part] = etree.fromstring(self.parts[part], parser)
            except etree.XMLSyntaxError as error:
                message = f"a damaged Word file: {part}: {error.msg}"
                raise FileError(message, Location(self.name), AGAIN) from None
        return self._roots[part]

    def list_relations(self, part: str) -> Mapping[str, Relation]:
        """Return the relations of a part by their ids; "" is the file itself."""
        folder, _, file = part.rpartition("/")
        root = self.parse(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found = {}
        for each in root.iter(_RELATIONS) if root is not None else ():
            target, is_external = each.get("Target", ""), each.get("TargetMode") == "External"
            if not is_external:
                target = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            found[each.get("Id", "")] = Relation(each.get("Type", "").rpartition("/")[2], target, is_external)
        return found

    def find_related(self, part: str, kind: str) -> str:
        """Return the name of the first part of a kind that a part refers to, or ""."""
        relations = self.list_relations(part).values()
        return next((each.target for each in relations if each.kind == kind and not each.is_external), "")

    def list_all_relations(self) -> Iterator[tuple[str, Relation]]:
        """Yield every relation of the file with the name of its part."""
        for name in self.parts:
            if name.endswith(".rels"):
                folder, _, file = name.rpartition("/_rels/")
                part = f"{folder}/{file.removesuffix('.rels')}" if file else ""
                yield from ((part, relation) for relation in self.list_relations(part).values())


def is_word_file(data: bytes, name: str) -> bool:
    """Return whether a file claims to be a Word file: by its parts or, where a password or damage hides them, by its name."""
    if data.startswith(COMPOUND_FILE):
        return name.lower().endswith(ENDINGS)
    try:
        with ZipFile(BytesIO(data)) as archive:
            return any(each.startswith("word/") for each in archive.NameToInfo)
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return name.lower().endswith(ENDINGS)


def open_word_file(data: bytes, name: str) -> WordPackage:
    """Open a Word file. Raise FileError for one that is damaged, too large, encrypted, or has macros."""
    where = Location(name)
    if data.startswith(COMPOUND_FILE):
        message = "the Word file has a password, or is of Word 97–2003"
        raise FileError(message, where, "save it as .docx without a password")
    try:
        with ZipFile(BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
            names = Counter(each.casefold() for each in archive.namelist())
            twice = next((each for each, count in names.items() if count > 1), "")
            parts = {each: archive.read(each) for each in archive.namelist()} if size <= LARGEST and not twice else {}
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise FileError("a damaged Word file: it is cut off, or no ZIP archive", where, AGAIN) from None
    except Exception as error:  # zlib.error, which zipfile does not wrap, is a plain Exception
        raise FileError(f"a damaged Word file: {error}", where, AGAIN) from None
    if size > LARGEST:
        raise FileError(f"too large: {size // 1_000_000} MB unpacked", where, "Word files of up to 200 MB are read")
    if twice:  # one program reads the first, another the last
        raise FileError(f"a damaged Word file: two of its parts have the name {twice}", where, AGAIN)
    if DOCUMENT not in parts:
        raise FileError("not a Word file: it has no document", where, NAME_ONE)
    if macros := next((each for each in parts if each.endswith(MACROS)), ""):
        raise FileError(f"the Word file has macros ({macros}), which a memo has not", where, "save it as .docx")
    return WordPackage(parts, name)

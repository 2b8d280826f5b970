"""The properties of an Office file: its title, and who saved it last and when."""

from __future__ import annotations

from zipfile import ZipFile

from lxml import etree
from msgspec import Struct

CORE = "docProps/core.xml"


class FileProperties(Struct, frozen=True):
    """The title, author, and the person and time of the last saving; "" for what the file does not say."""

    title: str = ""
    author: str = ""
    saved_by: str = ""
    saved: str = ""


def read_properties(archive: ZipFile) -> FileProperties:
    """Return the properties of an Office file; a part that is missing or damaged says nothing."""
    try:
        root = etree.fromstring(archive.read(CORE), etree.XMLParser(resolve_entities=False, no_network=True))
    except (KeyError, etree.XMLSyntaxError):
        return FileProperties()

    def find(name: str) -> str:
        return " ".join((root.findtext(f"{{*}}{name}") or "").split())

    return FileProperties(find("title"), find("creator"), find("lastModifiedBy"), find("modified"))


def find_person(properties: FileProperties, built: str) -> tuple[str, str]:
    """Return who saved a file last and when; nothing where nobody has since it was built on the day `built`."""
    if not properties.saved or properties.saved.startswith(f"{built}T00:00:00"):
        return "", ""
    saved_by = properties.saved_by
    return ("" if saved_by == properties.author else saved_by), properties.saved

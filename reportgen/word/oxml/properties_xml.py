"""The settings of a Word file, and the properties of its own that it carries."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from reportgen.word.oxml.elements import build, build_plain
from reportgen.word.oxml.notes_xml import CONTINUED, SEPARATOR
from reportgen.word.oxml.styles_xml import Looks

FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of all properties that a file's author adds
PROGRAM = "reportgen"
FIRST = 2  # 0 and 1 are not for properties
WORD_2013 = 15  # the layout of Word 2013 and later, without which it opens a file in compatibility mode


def build_settings(looks: Looks, has_notes: bool) -> etree._Element:
    """Return the root of word/settings.xml."""
    notes = build("w:footnotePr", build("w:footnote", id=SEPARATOR), build("w:footnote", id=CONTINUED))
    mode = build(
        "w:compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=WORD_2013
    )
    return build(
        "w:settings",
        build("w:zoom", percent=100),
        build("w:displayBackgroundShape") if looks.ground else None,
        build("w:defaultTabStop", val=720),
        build("w:characterSpacingControl", val="doNotCompress"),
        notes if has_notes else None,
        build("w:compat", mode),
        build("w:themeFontLang", val=looks.language, eastAsia=looks.east_asian, bidi=looks.complex_language),
        build("w:decimalSymbol", val="."),
        build("w:listSeparator", val=","),
    )


def build_program_properties() -> etree._Element:
    """Return the root of docProps/app.xml: the program that wrote the file, which knows nothing of its pages and words."""
    program = build_plain("ap:Application")
    program.text = PROGRAM
    root = build_plain("ap:Properties", program)
    etree.cleanup_namespaces(root)
    return root


def build_custom_properties(properties: Mapping[str, str]) -> etree._Element:
    """Return the root of docProps/custom.xml."""
    root = build_plain("ct:Properties")
    for number, (key, value) in enumerate(properties.items(), FIRST):
        text = build_plain("vt:lpwstr")
        text.text = value
        root.append(build_plain("ct:property", text, fmtid=FORMAT, pid=number, name=key))
    etree.cleanup_namespaces(root)
    return root

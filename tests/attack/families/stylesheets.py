"""Stylesheets beside a brief that work without end or reach outside: refused with their place, or the memo does not fit."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.attack.brief_runs import BRIEF, import_all, run_command
from tests.attack.outcome import Outcome

TITLE = "stylesheets"
SAMPLE = 4


def chain(text: str, depth: int = 30) -> str:
    return ":root{--a0:x;" + "".join(text.format(at=at, before=at - 1) for at in range(1, depth)) + "}"


CASES = {
    "variables": chain("--a{at}:var(--a{before})var(--a{before});") + "p::before{content:var(--a29)}",
    "variables as defaults": chain("--a{at}:var(--x,var(--a{before}))var(--a{before});")
    + "p::before{content:var(--a29)}",
    "variables in a circle": ":root{--a:var(--b);--b:var(--a)} p{color:var(--a)}",
    "imports itself": "@import url(memo.css);",
    "imports from the network": "@import url(http://example.org/x.css);",
    "imports a file": "@import 'file:///etc/passwd';",
    "a remote picture": "p{background:url(http://example.org/x.png)}",
    "a file as a picture": "p{background:url(file:///etc/passwd)}",
    "a file above": "p{background:url(../../../secret.svg)}",
    "a file as a font": "@font-face{font-family:x;src:url(file:///etc/passwd)} p{font-family:x}",
    "a font of the system": "@font-face{font-family:x;src:local('DejaVu Sans')} p{font-family:x}",
    "no page": "@page{size:0 0;margin:0}",
    "a page of a kilometre": "@page{size:1e9pt 1e9pt}",
    "high paragraphs": "p{height:99999999pt}",
    "large letters": "p{font-size:1e7pt}",
    "high lines": "p{line-height:1e6pt}",
    "many columns": "body{column-count:100000000}",
    "many tracks": "body{display:grid;grid-template-columns:repeat(100000000,1px)}",
    "tracks of tracks": "body{display:grid;grid-template-columns:repeat(9999,1px 1px 1px)}",
    "long content": 'p::before{content:"' + "x" * 900_000 + '"}',
    "wide margins": "p{margin:-99999999px}",
    "counters": "p{counter-increment:a 2147483647;counter-reset:a 99999999999}",
    "a broken sheet": "p{color:",
    "not text": "\xff\xfe",
    "flexible body": "body{display:flex;flex-wrap:wrap}",
    "unknown property": "p{colour:red}",
    "tiny letters": "p{font-size:0.001pt}",
    "nothing shown": "body{display:none}",
    "floating all": "*{float:left}",
    "all absolute": "*{position:absolute}",
}
FULL = len(CASES)


def attack(count: int, seed: int) -> Iterator[Outcome]:
    """Print the memo with each stylesheet, in a drawn order."""
    import_all()
    cases = list(CASES.items())
    random.Random(seed).shuffle(cases)
    for name, sheet in cases[:count]:
        yield _try(name, sheet)


def _try(name: str, sheet: str) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="attack-") as outside:
        home = Path(outside, "brief")
        shutil.copytree(BRIEF, home)
        (home / "templates" / "css").mkdir(parents=True)
        (home / "templates" / "css" / "memo.css").write_bytes(sheet.encode("latin-1"))
        Path(outside, "secret.svg").write_text("<svg/>", encoding="utf-8")
        run = run_command(home, ["memo", "brief.yaml", "-o", "out.pdf"])
    faults = [*([f"exit {run.code}"] if run.code not in (0, 5, 6) else []), *run.list_excesses()]
    verdict = {0: "printed", 5: "too much", 6: "refused"}.get(run.code, "crash")
    return run.judge(name, verdict, faults)

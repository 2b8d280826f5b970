"""What is compared: our command, a peer's for the same work, and what the ratio should stay below."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path

from benchmarks.pairs import Command, Paired, paired
from benchmarks.work import BRIEF, COPIES, PEERS, Work

STARTED = (
    "import jinja2, lxml.etree, markdown_it, uharfbuzz, yaml\n"
    "import reportgen.cli, reportgen.brief.loader, reportgen.pipeline.documents, reportgen.deck, reportgen.markup.sandbox\n"
    "import reportgen.deck.pptx_library as library, xlsxwriter; library.import_pptx()"
)
"""What a deck needs before its first slide."""
FEW, MANY, SET_ANEW, PRINTED_ANEW = *COPIES[:2], 200, 20  # copies


def _nothing() -> None:
    """Before a run that finds everything as it should be."""


@dataclass(frozen=True, slots=True)
class Case:
    """One row. `figure` is what the goal is about; `most` limits the runs, and then nothing is warmed up.

    `before` is done before each run of ours; `above` is what both have to do in any case, and is taken off both.
    """

    name: str
    against: str
    ours: Command
    theirs: Command
    goal: float | None
    figure: str = "wall"
    most: int | None = None
    before: Callable[[], object] = _nothing
    above: Command | None = None

    def measured(self, runs: int) -> Paired:
        runs = min(runs, self.most or runs)
        found = paired(self.ours, self.theirs, runs, self.most is None, self.before)
        return found.above(tuple(self.above.run() for _ in range(runs))) if self.above else found


def memo(work: Work) -> Iterator[Case]:
    peer = work.then(work.charts("memo/pictures.json", "svg"), _pandoc_memo(work))
    edits = count(1)
    name = "pandoc → Typst + matplotlib charts"
    yield Case("memo, first build", name, work.ours("memo", BRIEF, "--no-cache", "-o", "memo.pdf"), peer, 1.0)
    again = work.ours("memo", work.folder / "edited" / BRIEF.name, "-o", "memo.pdf")
    yield Case("memo, after an edit", name, again, peer, 0.70, before=lambda: work.edit(next(edits)))


def deck(work: Work) -> Iterator[Case]:
    ours = work.ours("deck", BRIEF, "-o", "deck.pptx")
    pictures = work.then(work.charts("pictures.json", "png"), _pandoc_deck(work, "deck"))
    yield Case("deck, 12 slides", "pandoc + matplotlib pictures", ours, pictures, 0.60)
    if modules := _node_modules():
        peer = work.command("node", PEERS / "deck_pptxgen.js", modules, "deck.json", "peer.pptx")
        yield Case("deck, 12 slides", "PptxGenJS", ours, peer, 2.5)
    yield Case("deck, 12 slides", "python-pptx", ours, work.peer("deck_pptx.py", "deck.json", "peer.pptx"), None)


def build(work: Work) -> Iterator[Case]:
    peer = work.then(
        work.charts("memo/pictures.json", "svg"), _pandoc_memo(work),
        work.charts("pictures.json", "png"), _pandoc_deck(work, "deck"),
    )  # fmt: skip
    yield Case("build", "both pandoc commands", work.ours("build", BRIEF, "--output-dir", "built"), peer, 1.3)


def start(work: Work) -> Iterator[Case]:
    empty = work.command(sys.executable, "-c", "pass")
    yield Case("--help", "an empty Python", work.ours("--help"), empty, 6.0)
    yield Case("schema", "an empty Python", work.ours("schema"), empty, 6.0)
    yield Case("check", "an empty Python", work.ours("check", BRIEF), empty, 25.0)


def growth(work: Work) -> Iterator[Case]:
    ours = work.ours("deck", work.folder / "long" / BRIEF.name, "-o", "long.pptx")
    twelve = work.ours("deck", BRIEF, "-o", "deck.pptx")
    started = work.command(sys.executable, "-c", STARTED)
    name = "deck, 1,204 slides"
    yield Case(name, "12 slides, without the start", ours, twelve, 110.0, "cpu", above=started)
    yield Case(name, "pandoc, pictures ready", ours, _pandoc_deck(work, "long"), 0.35)
    yield Case(name, "python-pptx", ours, work.peer("deck_pptx.py", "long.json", "peer.pptx"), 0.25)


def copies(work: Work) -> Iterator[Case]:
    typst = work.peer("copies_typst.py", "memo/memo.typ", "anew", str(SET_ANEW), made=SET_ANEW)
    printed = work.peer("copies_weasyprint.py", "memo/copy.html", "anew", str(PRINTED_ANEW), made=PRINTED_ANEW)
    peers = (
        (f"Typst again ({SET_ANEW} copies)", typst, 1 / 10),
        (f"WeasyPrint again ({PRINTED_ANEW} copies)", printed, 1 / 100),
    )
    script = ("-m", "benchmarks.copies", "built", "stamped", str(MANY))
    stamped = work.command(sys.executable, *script, made=MANY)
    for against, peer, goal in peers:
        yield Case(f"a copy of {MANY:,}: memo and deck stamped", against, stamped, peer, goal)
    for made, jobs in product((FEW, MANY), (1, 2)):
        ours, fresh = _packets(work, made, jobs=jobs), _fresh(work, "packets")
        name = f"a packet of {made:,}, the run's start included: memo, deck, letter; {jobs} job{'s' * (jobs > 1)}"
        for against, peer, goal in peers:
            yield Case(name, against, ours, peer, goal if made == MANY else None, before=fresh)


def memory(work: Work) -> Iterator[Case]:
    few, many = COPIES[0], COPIES[-1]
    ours, other = _packets(work, many, "packets"), _packets(work, few, "few")
    yield Case(
        f"memory for {many:,} copies", f"{few} copies", ours, other, 1.1, "peak", 1, _fresh(work, "packets", "few")
    )


GROUPS = {each.__name__: each for each in (memo, deck, build, start, growth, copies, memory)}


def _pandoc_memo(work: Work) -> Command:
    folder = work.folder / "memo"
    words = ("--resource-path", folder, "--pdf-engine", "typst", "-o", work.folder / "peer.pdf")
    return work.command(work.pandoc, folder / "plain.html", *words)


def _pandoc_deck(work: Work, name: str) -> Command:
    return work.command(work.pandoc, f"{name}.md", "--slide-level", "2", "-o", "peer.pptx")


def _packets(work: Work, made: int, folder: str = "packets", jobs: int = 1) -> Command:
    to, how = work.folder / f"recipients-{made}.csv", ("--numbered", "--jobs", str(jobs))
    return work.ours("distribute", BRIEF, "--to", to, *how, "--output-dir", folder, made=made)


def _fresh(work: Work, *names: str) -> Callable[[], object]:
    return lambda: [work.aside(name) for name in names]


def _node_modules() -> Path | None:
    """Where npm has put PptxGenJS; it is no case where there is none."""
    folder = Path(os.environ.get("NODE_MODULES", "node_modules")).resolve()
    return folder if shutil.which("node") and (folder / "pptxgenjs").is_dir() else None

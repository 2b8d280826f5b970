"""The cases: our command, a peer's for the same work, and the ratio to stay below."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path

from benchmarks.pairs import Command, Comparison, compare
from benchmarks.workspace import BRIEF, COPIES, PEERS, Workspace

DECK_IMPORTS = (
    "import jinja2, lxml.etree, markdown_it, uharfbuzz, yaml\n"
    "import reportgen.cli, reportgen.brief.loader, reportgen.pipeline.documents, reportgen.deck, reportgen.markup.sandbox, reportgen.markup.template_files\n"
    "import pptx, xlsxwriter"
)
"""The imports of the `deck` command: what it needs before its first slide."""
FEW, MANY, TYPST_COPIES, WEASYPRINT_COPIES = *COPIES[:2], 200, 20


def _nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the results.

    `goal` limits the ratio of `figure`. `max_runs` limits the runs, which then have no warm-up. `prepare` is called
    before each run of ours. `baseline` is work that both have to do in any case; its figures are subtracted from both.
    """

    name: str
    against: str
    ours: Command
    theirs: Command
    goal: float | None
    figure: str = "wall"
    max_runs: int | None = None
    prepare: Callable[[], object] = _nothing
    baseline: Command | None = None

    def measure(self, runs: int) -> Comparison:
        runs = min(runs, self.max_runs or runs)
        comparison = compare(self.ours, self.theirs, runs, self.max_runs is None, self.prepare)
        return comparison.minus([self.baseline.run() for _ in range(runs)]) if self.baseline else comparison


def memo(work: Workspace) -> Iterator[Case]:
    peer = work.chain(work.charts("memo/pictures.json", "svg"), _pandoc_memo(work))
    edits = count(1)
    name = "pandoc → Typst + matplotlib charts"
    yield Case("memo, first build", name, work.ours("memo", BRIEF, "--no-cache", "-o", "memo.pdf"), peer, 1.0)
    again = work.ours("memo", work.folder / "edited" / BRIEF.name, "-o", "memo.pdf")
    yield Case("memo, after an edit", name, again, peer, 0.90, prepare=lambda: work.edit(next(edits)))


def deck(work: Workspace) -> Iterator[Case]:
    ours = work.ours("deck", BRIEF, "-o", "deck.pptx")
    pictures = work.chain(work.charts("pictures.json", "png"), _pandoc_deck(work, "deck"))
    yield Case("deck, 12 slides", "pandoc + matplotlib pictures", ours, pictures, 0.60)
    if modules := _node_modules():
        peer = work.command("node", PEERS / "deck_pptxgen.js", modules, "deck.json", "peer.pptx")
        yield Case("deck, 12 slides", "PptxGenJS", ours, peer, 3.0)
    yield Case("deck, 12 slides", "python-pptx", ours, work.peer("deck_pptx.py", "deck.json", "peer.pptx"), None)


def build(work: Workspace) -> Iterator[Case]:
    peer = work.chain(
        work.charts("memo/pictures.json", "svg"), _pandoc_memo(work),
        work.charts("pictures.json", "png"), _pandoc_deck(work, "deck"),
    )  # fmt: skip
    yield Case("build", "both pandoc commands", work.ours("build", BRIEF, "--output-dir", "built"), peer, 0.75)


def start(work: Workspace) -> Iterator[Case]:
    empty = work.command(sys.executable, "-c", "pass")
    yield Case("--help", "an empty Python", work.ours("--help"), empty, 6.0)
    yield Case("schema", "an empty Python", work.ours("schema"), empty, 6.0)
    yield Case("check", "an empty Python", work.ours("check", BRIEF), empty, 25.0)


def growth(work: Workspace) -> Iterator[Case]:
    ours = work.ours("deck", work.folder / "long" / BRIEF.name, "-o", "long.pptx")
    twelve = work.ours("deck", BRIEF, "-o", "deck.pptx")
    imports = work.command(sys.executable, "-c", DECK_IMPORTS)
    name = "deck, 1,204 slides"
    yield Case(name, "12 slides, imports subtracted", ours, twelve, 110.0, "cpu", baseline=imports)
    yield Case(name, "pandoc, pictures ready", ours, _pandoc_deck(work, "long"), 0.35)
    yield Case(name, "python-pptx", ours, work.peer("deck_pptx.py", "long.json", "peer.pptx"), 0.25)


def copies(work: Workspace) -> Iterator[Case]:
    typst = work.peer("copies_typst.py", "memo/memo.typ", "anew", str(TYPST_COPIES), outputs=TYPST_COPIES)
    weasyprint = work.peer(
        "copies_weasyprint.py", "memo/copy.html", "anew", str(WEASYPRINT_COPIES), outputs=WEASYPRINT_COPIES
    )
    peers = (
        (f"Typst, laid out again ({TYPST_COPIES} copies)", typst, 1 / 10),
        (f"WeasyPrint, laid out again ({WEASYPRINT_COPIES} copies)", weasyprint, 1 / 100),
    )
    script = ("-m", "benchmarks.stamp_copies", "built", "stamped", str(MANY))
    stamp = work.command(sys.executable, *script, outputs=MANY)
    for against, peer, goal in peers:
        yield Case(f"one of {MANY:,} copies: memo and deck stamped", against, stamp, peer, goal)
    for copies, jobs in product((FEW, MANY), (1, 2)):
        ours, prepare = _packets(work, copies, jobs=jobs), _move_aside(work, "packets")
        name = f"one of {copies:,} packets, start-up included: memo, deck, letter; {jobs} job{'s' * (jobs > 1)}"
        for against, peer, goal in peers:
            yield Case(name, against, ours, peer, goal if copies == MANY else None, prepare=prepare)


def memory(work: Workspace) -> Iterator[Case]:
    few, many = COPIES[0], COPIES[-1]
    ours, other = _packets(work, many, "packets"), _packets(work, few, "few")
    prepare = _move_aside(work, "packets", "few")
    yield Case(f"memory for {many:,} copies", f"{few} copies", ours, other, 1.1, "peak", 1, prepare)


GROUPS = {group.__name__: group for group in (memo, deck, build, start, growth, copies, memory)}


def _pandoc_memo(work: Workspace) -> Command:
    folder = work.folder / "memo"
    words = ("--resource-path", folder, "--pdf-engine", "typst", "-o", work.folder / "peer.pdf")
    return work.command(work.pandoc, folder / "plain.html", *words)


def _pandoc_deck(work: Workspace, name: str) -> Command:
    return work.command(work.pandoc, f"{name}.md", "--slide-level", "2", "-o", "peer.pptx")


def _packets(work: Workspace, copies: int, folder: str = "packets", jobs: int = 1) -> Command:
    to, options = work.folder / f"recipients-{copies}.csv", ("--numbered", "--jobs", str(jobs))
    return work.ours("distribute", BRIEF, "--to", to, *options, "--output-dir", folder, outputs=copies)


def _move_aside(work: Workspace, *names: str) -> Callable[[], object]:
    return lambda: [work.move_aside(name) for name in names]


def _node_modules() -> Path | None:
    """Return the folder in which npm has installed PptxGenJS; None, and no case, where there is none."""
    folder = Path(os.environ.get("NODE_MODULES", "node_modules")).resolve()
    return folder if shutil.which("node") and (folder / "pptxgenjs").is_dir() else None

"""python -m tests.stress --count 300 --seed 1 --themes ours,python-pptx: every deck has to pass, or be refused by name."""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from reportgen import brand as brands
from reportgen.deck.proof import office

from . import briefs, themes
from .checks import kinds
from .trial import Trial, run_trials

BATCH = 25  # briefs for one run of LibreOffice
STOP = "stop"  # a file: while it exists, no further brief starts
COLUMNS = ("fitted", "reduced", "refused", "invalid", "crashed", "ink outside", "off the slide", "not drawn", "labels collide",
           "words missing", "small type", "invalid file", "slides", "continued", "boxes", "estimated")  # fmt: skip
SHOWN, OF_A_DECK = 30, 2  # faults of a kind that are listed, on a theme and of a deck


def main() -> int:
    asked = _arguments()
    office.require_tools()
    seed = asked.seed if asked.seed is not None else random.randrange(10**6)
    started, trials, teller = time.monotonic(), [], Teller()
    with tempfile.TemporaryDirectory(prefix="stress-") as folder:
        # on an interrupt, briefs under way are still drawn and reported; set here because a shell's background jobs ignore it
        signal.signal(signal.SIGINT, lambda *_: Path(folder, STOP).touch())
        print(f"seed {seed}: {asked.count} briefs on {', '.join(asked.themes)}", flush=True)
        for done in _run(seed, asked.first, asked.count, asked.themes, Path(folder), asked.jobs):
            trials += done
            teller.tell(done)
            print(f"\r{len(trials)} of {asked.count * len(asked.themes)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    _report(trials, asked.themes)
    _keep(trials, asked.keep)
    print(f"{len(trials)} decks in {time.monotonic() - started:.0f} s; seed {seed}")
    left = range(next_of(trials, seed, asked.first, asked.count, asked.themes), asked.first + asked.count)
    if left:
        print(f"interrupted: continue with --seed {seed} --first {left.start} --count {len(left)}")
    return int(bool(left) or not all(trial.good for trial in trials))


def next_of(trials: Sequence[Trial], seed: int, first: int, count: int, names: Sequence[str]) -> int:
    """Return the number of the first brief that has not been tried on all themes; one past the last if there is none."""
    done = {(trial.seed, trial.theme) for trial in trials}
    numbers = range(first, first + count)
    return next((at for at in numbers if any((f"{seed}-{at}", name) not in done for name in names)), numbers.stop)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.stress", description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="briefs on each theme")
    parser.add_argument("--first", type=int, default=0, help="number of the first brief, to do one again")
    parser.add_argument("--seed", type=int, help="chosen at random, and printed, when left out")
    parser.add_argument("--themes", type=lambda text: text.split(","), default=list(themes.ALL), help="their names")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="a folder for the briefs of whatever is wrong")
    return parser.parse_args()


def _run(seed: int, first: int, count: int, names: Sequence[str], folder: Path, jobs: int) -> Iterator[list[Trial]]:
    batches = [
        (name, [f"{seed}-{number}" for number in range(at, min(at + BATCH, first + count))])
        for at in range(first, first + count, BATCH)
        for name in names
    ]
    pool = ProcessPoolExecutor(jobs, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))
    try:
        for future in as_completed([pool.submit(partial(_batch, folder), name, seeds) for name, seeds in batches]):
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _batch(folder: Path, name: str, seeds: Sequence[str]) -> list[Trial]:
    brand = brands.load()
    with tempfile.TemporaryDirectory(dir=folder) as own:
        made = (briefs.make_brief(seed) for seed in seeds if not (folder / STOP).exists())
        return run_trials(made, name, themes.load(name, brand), brand, Path(own))


def _report(trials: Sequence[Trial], names: Sequence[str]) -> None:
    width = max(len(name) for name in names)
    for name in names:
        refusals = Counter(kind for trial in trials if trial.theme == name for kind in set(trial.refusals))
        for kind, number in refusals.most_common(12):
            print(f"refused  {name:{width}} {number:5} × {kind}")
        wild = Counter(trial.wild for trial in trials if trial.theme == name and trial.outcome == "refused")
        print(f"refused  {name:{width}} by mood: {', '.join(f'{mood} {number}' for mood, number in wild.items())}")
    print(f"{'':{width}} " + " ".join(f"{column:>14}" for column in COLUMNS))
    for name in names:
        counted = _counts([trial for trial in trials if trial.theme == name])
        print(f"{name:{width}} " + " ".join(f"{counted[column]:14}" for column in COLUMNS))


@dataclass(frozen=True, slots=True)
class Teller:
    """Prints each theme's first faults of each kind as they come, two of a deck at most: a run takes an hour."""

    told: Counter[tuple[str, str]] = field(default_factory=Counter)

    def tell(self, trials: Sequence[Trial]) -> None:
        for trial in sorted(trials, key=lambda each: each.seed):
            own: Counter[str] = Counter()
            for fault in trial.faults:
                self.told[trial.theme, fault.kind] += 1
                own[fault.kind] += 1
                if self.told[trial.theme, fault.kind] <= SHOWN and own[fault.kind] <= OF_A_DECK:
                    print(f"{trial.theme} {trial.seed} ({trial.wild}): {fault}", flush=True)


def _counts(trials: Sequence[Trial]) -> Counter[str]:
    """Decks by outcome; faults, slides and boxes by their number."""
    counted: Counter[str] = Counter(trial.outcome for trial in trials)
    for trial in trials:
        counted.update(kinds(trial.faults))
        counted.update(slides=trial.slides, continued=trial.continued, boxes=trial.boxes, estimated=trial.estimated)
    return counted


def _keep(trials: Sequence[Trial], folder: Path | None) -> None:
    for trial in trials if folder else ():
        if not trial.good:
            assert folder
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{trial.seed}.yaml").write_text(briefs.make_brief(trial.seed).text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

"""python -m benchmarks [--runs N] [CASES ...]: times us and our peers in turn, and writes RESULTS.md."""

from __future__ import annotations

import argparse

from benchmarks import results
from benchmarks.cases import GROUPS
from benchmarks.pairs import adopt
from benchmarks.work import ROOT, prepared


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Times us and our peers, in turn.")
    parser.add_argument("cases", nargs="*", help=f"{', '.join(GROUPS)} (default: all)")
    parser.add_argument("--runs", type=int, default=7, help="pairs of runs (default: 7)")
    asked = parser.parse_args()
    if unknown := set(asked.cases) - set(GROUPS):
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    adopt()
    work = prepared(ROOT / "build" / "bench")
    rows, machines = results.read()
    machine = results.letter(machines)
    for name in asked.cases or GROUPS:
        for case in GROUPS[name](work):
            rows[case.name, case.against] = found = results.row(case, case.measured(asked.runs), machine)
            print(found, flush=True)
            results.write(rows, machines)
    for name in ("packets", "few", "anew", "stamped"):
        work.clear(name)


main()

"""Time our commands and our peers' in turn, and write RESULTS.md: python -m benchmarks [--runs N] [CASES ...]."""

from __future__ import annotations

import argparse

from benchmarks import results
from benchmarks.cases import GROUPS
from benchmarks.pairs import adopt_orphans
from benchmarks.workspace import ROOT, prepare_workspace


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Time our commands and our peers' in turn."
    )
    parser.add_argument("cases", nargs="*", help=f"{', '.join(GROUPS)} (default: all)")
    parser.add_argument("--runs", type=int, default=7, help="pairs of runs (default: 7)")
    parsed = parser.parse_args()
    if unknown := set(parsed.cases) - set(GROUPS):
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    adopt_orphans()
    work = prepare_workspace(ROOT / "build" / "bench")
    rows, machines = results.read()
    machine = results.assign_letter(machines)
    for name in parsed.cases or GROUPS:
        for case in GROUPS[name](work):
            row = results.format_row(case, case.measure(parsed.runs), machine)
            rows[case.name, case.against] = row
            print(row, flush=True)
            results.write(rows, machines)
    for name in ("packets", "few", "anew", "stamped"):
        work.clear(name)


main()

"""python -m tests.attack [FAMILY ...] [--count N] [--seed S]: run attacks, print a table, exit 1 if a promise did not hold."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from tests.attack import families


def find_families() -> dict[str, ModuleType]:
    """Return the modules of `families/` by name."""
    names = sorted(module.name for module in iter_modules(families.__path__) if not module.name.startswith("_"))
    return {name: import_module(f"{families.__name__}.{name}") for name in names}


def main() -> int:
    known = find_families()
    parser = argparse.ArgumentParser(prog="python -m tests.attack", description=__doc__)
    parser.add_argument("family", nargs="*", help=", ".join(known))
    parser.add_argument("--count", type=int, help="cases of each family; its full number when left out")
    parser.add_argument("--seed", type=int, help="chosen at random, and printed, when left out")
    asked = parser.parse_args()
    if unknown := set(asked.family) - known.keys():
        parser.error(f"no family {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    seed = asked.seed if asked.seed is not None else random.randrange(10**6)
    print(f"seed {seed}", flush=True)
    failures = sum(_run(known[name], asked.count or known[name].FULL, seed) for name in asked.family or known)
    return int(failures > 0)


def _run(family: ModuleType, count: int, seed: int) -> int:
    """Run one family, print its verdicts and failures, and return how many failed."""
    started, outcomes = time.monotonic(), []
    for outcome in family.attack(count, seed):
        outcomes.append(outcome)
        print(f"\r{family.TITLE}: {len(outcomes)} of {count}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    failed = [outcome for outcome in outcomes if outcome.failed]
    verdicts = ", ".join(f"{word} {number}" for word, number in Counter(o.verdict for o in outcomes).most_common())
    print(f"{family.TITLE}: {len(outcomes)} in {time.monotonic() - started:.0f} s; {verdicts}; failed {len(failed)}")
    for outcome in failed:
        print(f"  {outcome.case}: {outcome.verdict} {outcome.detail}")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())

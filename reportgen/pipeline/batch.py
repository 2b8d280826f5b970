"""Many briefs, built here or by several processes: one that is broken does not stop the others."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.pipeline.documents import Built, Ready, made, place
from reportgen.system.errors import Location, UsageError
from reportgen.system.workers import processes, result

if TYPE_CHECKING:
    from reportgen.pdf.workshop import Workshop


class Outcome(Struct, frozen=True):
    """What has become of a brief: its documents, or why there are none."""

    brief: Path
    built: Built | None
    error: Exception | None = None


def batch(
    briefs: Sequence[Path],
    output_dir: Path,
    check: bool = True,
    jobs: int = 1,
    workshop: Workshop | None = None,
    tell: Callable[[str], object] = str,
) -> Iterator[Outcome]:
    """One outcome for each brief, in their order, as they are done. Files are written here, by nobody else."""
    written: dict[Path, Path] = {}
    with _worked(briefs, partial(made, output_dir=output_dir, check=check, workshop=workshop), jobs, tell) as results:
        for brief, ready in zip(briefs, results, strict=True):
            try:
                yield Outcome(brief, _placed(ready(), brief, written))
            except Exception as error:  # an internal error, too: the others are built
                yield Outcome(brief, None, error)


def _placed(ready: Ready, brief: Path, written: dict[Path, Path]) -> Built:
    """Write what is ready, unless another brief's documents went to the same place. Raises ReportgenError."""
    for target in ready.files:
        if target in written:
            hint = "give one of them another slug, or build them into folders of their own"
            raise UsageError(
                f"would overwrite {target}, which was made of {written[target]}", Location(str(brief)), hint
            )
    built = place(ready)
    written.update(dict.fromkeys(ready.files, brief))
    return built


@contextmanager
def _worked(
    briefs: Sequence[Path], make: Callable[..., Ready], jobs: int, tell: Callable[[str], object]
) -> Iterator[Iterator[Callable[[], Ready]]]:
    """For each brief what waits for its documents, or makes them."""
    if jobs == 1 or len(briefs) == 1:
        yield (partial(make, brief, tell=tell) for brief in briefs)
        return
    with processes(min(jobs, len(briefs))) as pool:
        try:
            yield _submitted(pool, briefs, make, tell)
        except (KeyboardInterrupt, GeneratorExit):
            for process in multiprocessing.active_children():  # they write nothing, so nothing of theirs is waited for
                process.terminate()
            raise


def _submitted(
    pool: Executor, briefs: Sequence[Path], make: Callable[..., Ready], tell: Callable[[str], object]
) -> Iterator[Callable[[], Ready]]:
    futures = [pool.submit(make, brief) for brief in briefs]
    for done, future in enumerate(futures):
        tell(f"{done} of {len(futures)} briefs built")
        yield partial(result, future)

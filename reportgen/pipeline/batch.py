"""Many briefs, built here or by several processes: a broken one does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.pipeline.documents import Build, Draft, build_draft, write_draft
from reportgen.pipeline.kinds import Options
from reportgen.system.errors import Location, UsageError
from reportgen.system.executors import InlineExecutor, worker_ended
from reportgen.system.progress import Stage, report

if TYPE_CHECKING:
    from reportgen.pdf.typesetting import Workers


class Outcome(Struct, frozen=True):
    """A brief and its build, or the error that stopped it; both where only the deck could not be made."""

    brief: Path
    build: Build | None
    error: Exception | None = None


def build_all(
    briefs: Sequence[Path],
    output_dir: Path,
    check: bool = True,
    jobs: int = 1,
    options: Options | None = None,
    workers: Workers | None = None,
    overwrite: bool = False,
) -> Iterator[Outcome]:
    """Yield one outcome for each brief, in their order, as they are done; files are written by this process alone."""
    writers: dict[Path, Path] = {}
    count = min(jobs, len(briefs))
    if count > 1 and workers:
        from reportgen.pdf.typesetting import Workers

        workers = Workers(cache=workers.cache)  # the pool's processes do all the work themselves
    with _open_executor(count) as executor:
        submitted = (
            executor.submit(build_draft, brief, output_dir, check, options, workers, overwrite) for brief in briefs
        )
        futures = list(submitted) if count > 1 else submitted
        for done, (brief, future) in enumerate(zip(briefs, futures, strict=True)):
            if len(briefs) > 1:
                report(Stage.BUILDING, done=done, total=len(briefs))
            yield _finish(brief, future, writers)


def _finish(brief: Path, future: Future[Draft], writers: dict[Path, Path]) -> Outcome:
    """Write a brief's files, unless an earlier one of `writers` has written one of them."""
    try:
        draft = future.result()
        for target in draft.files:
            if target in writers:
                hint = "give one of them another slug, or build them into different folders"
                message = f"would overwrite {target}, which was built from {writers[target]}"
                raise UsageError(message, Location(str(brief)), hint)
        built = write_draft(draft)
        outcome = Outcome(brief, built, built.failure)
    except BrokenExecutor:
        return Outcome(brief, None, worker_ended())
    except Exception as error:  # internal errors too: the other briefs are built
        return Outcome(brief, None, error)
    writers.update(dict.fromkeys(draft.files, brief))
    return outcome


@contextmanager
def _open_executor(count: int) -> Iterator[Executor]:
    if count <= 1:
        yield InlineExecutor()
        return
    from reportgen.pdf import engine
    from reportgen.system.process_pool import open_pool

    with open_pool(count, engine.start) as pool:
        try:
            yield pool
        except (KeyboardInterrupt, GeneratorExit):
            import multiprocessing

            for process in multiprocessing.active_children():  # they write nothing, so nothing is lost
                process.terminate()
            raise

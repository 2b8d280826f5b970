"""Who makes the packets: this process, several beside it, or a Dask cluster. All do the same work on the same values.

Each worker is given the documents once. Packets come back in the order of their copies, and only so many are under way
at a time, so that memory stays the same for any list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.distribute.manifest import Packet
from reportgen.distribute.packets import Copy, PacketMaker
from reportgen.system.errors import FileError, UsageError
from reportgen.system.workers import processes, result

if TYPE_CHECKING:
    from distributed import Client

AHEAD = 8  # packets that are under way for each worker
PATIENCE = 10  # seconds until a scheduler that does not answer is told of


class Crew(Struct, frozen=True):
    """So many processes, or the cluster of the scheduler at this address."""

    jobs: int = 1
    dask: str = ""


def packets(maker: PacketMaker, copies: Iterable[tuple[int, Copy]], crew: Crew) -> Iterator[tuple[int, Packet]]:
    """Each packet with its number, as it lies in its place. Raises ReportgenError: what a worker could not do, or its end."""
    if crew.dask:
        with _cluster(crew.dask, maker) as (pool, workers):
            yield from _windowed(pool, copies, AHEAD * workers)
    elif crew.jobs > 1:
        with processes(crew.jobs, take, maker) as pool:
            yield from _windowed(pool, copies, AHEAD * crew.jobs)
    else:
        for number, copy in copies:
            yield number, maker.write_packet(copy)


_OWN: list[PacketMaker] = []  # a worker's own maker


def take(maker: PacketMaker) -> None:
    """In a worker: this is what packets are made of from now on."""
    _OWN[:] = [maker]


def _packet(copy: Copy) -> Packet:
    return _OWN[0].write_packet(copy)


def _windowed(pool: Executor, copies: Iterable[tuple[int, Copy]], size: int) -> Iterator[tuple[int, Packet]]:
    waiting: list[tuple[int, Future[Packet]]] = []
    try:
        for number, copy in copies:
            waiting.append((number, pool.submit(_packet, copy)))
            if len(waiting) >= size:
                yield _done(*waiting.pop(0))
        while waiting:
            yield _done(*waiting.pop(0))
    finally:
        for _, future in waiting:
            future.cancel()


def _done(number: int, future: Future[Packet]) -> tuple[int, Packet]:
    return number, result(future, f" while it made copy {number}", "the same command goes on from there; ")


@contextmanager
def _cluster(address: str, maker: PacketMaker) -> Iterator[tuple[Executor, int]]:
    """The cluster's executor and how many threads it has, once each of its workers is ready to work."""
    try:
        from distributed import Client, WorkerPlugin
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise UsageError("--dask needs the package distributed", hint="pip install 'reportgen[dask]'") from None

    _need_address(address)

    class Take(WorkerPlugin):  # type: ignore[misc]  # for workers that come later too
        name = "reportgen"

        def setup(self, worker: object) -> None:  # noqa: ARG002  # the plugin's interface
            take(maker)

    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise FileError(f"no Dask scheduler answers at {address}: {error}", hint="dask scheduler starts one") from None
    with client:
        _ready(client, maker, address)
        client.register_plugin(Take())
        try:
            yield client.get_executor(pure=False), sum(client.nthreads().values())
        except KilledWorker as error:
            raise FileError(f"a Dask worker ended: {error}", hint="the same command goes on from there") from None
        finally:
            client.unregister_worker_plugin(Take.name)


def _need_address(address: str) -> None:
    """Judged before a client has it, which goes on trying for half a minute. Raises UsageError."""
    from distributed.comm import get_address_host_port

    try:
        get_address_host_port(address)
    except ValueError as error:
        raise UsageError(f"--dask {address}: {error}", hint="write it like tcp://HOST:8786") from None


def _ready(client: Client, maker: PacketMaker, address: str) -> None:
    """There are workers, they run this version, and they see the folders. Raises FileError."""
    workers = client.run(_seen, [str(maker.root), *map(str, maker.templates)])
    if not workers:
        raise FileError(f"the Dask scheduler at {address} has no workers", hint=f"start one: dask worker {address}")
    from reportgen.system.version import __version__

    for worker, (version, unseen) in workers.items():
        if version != __version__:
            raise FileError(f"the Dask worker {worker} has reportgen {version}, and this is {__version__}")
        if unseen:
            hint = "all workers must see the same folders: name one that they share"
            raise FileError(f"the Dask worker {worker} does not see {unseen[0]}", hint=hint)


def _seen(folders: list[str]) -> tuple[str, list[str]]:
    """In a worker: its version, and which of the folders it does not see."""
    from reportgen.system.version import __version__

    return __version__, [folder for folder in folders if not Path(folder).is_dir()]

"""The executors that make packets: this process, a pool of processes, or a Dask cluster. All call the same function.

Each worker receives the documents once. Packets come back in the order of their copies, and only a few are in progress at
a time, so that memory stays the same for any list.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from reportgen.distribution.packets import Copy, PacketMaker
from reportgen.system.errors import FileError, UsageError
from reportgen.system.executors import worker_ended
from reportgen.system.process_pool import open_pool

if TYPE_CHECKING:
    from distributed import Client

IN_PROGRESS = 8  # packets for each worker
SCHEDULER_TIMEOUT = 10  # seconds


class Executors(Struct, frozen=True):
    """The number of processes, or the address of a Dask scheduler."""

    jobs: int = 1
    dask: str = ""


Files = dict[str, str]
"""The SHA-256 of a packet's files by path."""


def make_packets(
    maker: PacketMaker, copies: Iterable[tuple[int, Copy]], executors: Executors
) -> Iterator[tuple[int, Files]]:
    """Make the packet of each numbered copy and yield its files once they are in their place.

    Raises whatever a worker raises, and FileError when one ends early.
    """
    if executors.dask:
        with _connect_cluster(executors.dask, maker) as (executor, workers):
            yield from _submit_some(executor, copies, IN_PROGRESS * workers)
    elif executors.jobs > 1:
        with open_pool(executors.jobs, set_maker, maker) as executor:
            yield from _submit_some(executor, copies, IN_PROGRESS * executors.jobs)
    else:
        for number, copy in copies:
            yield number, maker.write_packet(copy)


_maker: list[PacketMaker] = []  # a worker's own


def set_maker(maker: PacketMaker) -> None:
    """Set the maker of this worker's packets."""
    _maker[:] = [maker]


def _write_packet(copy: Copy) -> Files:
    return _maker[0].write_packet(copy)


def _submit_some(executor: Executor, copies: Iterable[tuple[int, Copy]], limit: int) -> Iterator[tuple[int, Files]]:
    """Keep at most `limit` packets in progress, and yield them in their order."""
    futures: deque[tuple[int, Future[Files]]] = deque()
    try:
        for number, copy in copies:
            futures.append((number, executor.submit(_write_packet, copy)))
            if len(futures) >= limit:
                yield _wait_for_packet(*futures.popleft())
        while futures:
            yield _wait_for_packet(*futures.popleft())
    finally:
        for _, future in futures:
            future.cancel()


def _wait_for_packet(number: int, future: Future[Files]) -> tuple[int, Files]:
    try:
        return number, future.result()
    except BrokenExecutor:
        raise worker_ended(f" while it made copy {number}", "repeat the command to continue; ") from None


@contextmanager
def _connect_cluster(address: str, maker: PacketMaker) -> Iterator[tuple[Executor, int]]:
    """Open the cluster's executor, with the number of its threads, once each of its workers is ready."""
    try:
        from distributed import Client, WorkerPlugin
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise UsageError("--dask needs the package distributed", hint="pip install 'reportgen[dask]'") from None

    _check_address(address)

    class SetMaker(WorkerPlugin):  # type: ignore[misc]  # for workers that join later too
        name = "reportgen"

        def setup(self, worker: object) -> None:  # noqa: ARG002  # the plugin's interface
            set_maker(maker)

    try:
        client = Client(address, timeout=SCHEDULER_TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise FileError(f"no Dask scheduler answers at {address}: {error}", hint="dask scheduler starts one") from None
    with client:
        _check_workers(client, maker, address)
        client.register_plugin(SetMaker())
        try:
            yield client.get_executor(pure=False), sum(client.nthreads().values())
        except KilledWorker as error:
            raise FileError(f"a Dask worker ended: {error}", hint="repeat the command to continue") from None
        finally:
            client.unregister_worker_plugin(SetMaker.name)


def _check_address(address: str) -> None:
    """Raise UsageError for an address that a client would try in vain for half a minute."""
    from distributed.comm import get_address_host_port

    try:
        get_address_host_port(address)
    except ValueError as error:
        raise UsageError(f"--dask {address}: {error}", hint="write it like tcp://HOST:8786") from None


def _check_workers(client: Client, maker: PacketMaker, address: str) -> None:
    """Raise FileError unless there are workers of this version that see the folders."""
    workers = client.run(_inspect_worker, [str(maker.root), *map(str, maker.letters.templates)])
    if not workers:
        raise FileError(f"the Dask scheduler at {address} has no workers", hint=f"start one: dask worker {address}")
    from reportgen.system import __version__

    for worker, (version, unseen) in workers.items():
        if version != __version__:
            raise FileError(f"the Dask worker {worker} has reportgen {version}, and this is {__version__}")
        if unseen:
            hint = "all workers must see the same folders: name one that they share"
            raise FileError(f"the Dask worker {worker} does not see {unseen[0]}", hint=hint)


def _inspect_worker(folders: list[str]) -> tuple[str, list[str]]:
    """Return, in a worker, its version and the folders that it does not see."""
    from reportgen.system import __version__

    return __version__, [folder for folder in folders if not Path(folder).is_dir()]

"""Packets made by others: by a Dask cluster with a real scheduler and two workers on loopback, and by workers that end."""

import multiprocessing
import os
import shutil
import signal
from dataclasses import replace

import pytest
from distributed import Client, LocalCluster

from reportgen import brand as brands
from reportgen.brief import load_brief
from reportgen.cli import main
from reportgen.distribution import packet_makers
from reportgen.distribution.editions.edition import Document, Edition
from reportgen.distribution.packet_makers import Executors, make_packets
from reportgen.distribution.packets import Copy
from reportgen.distribution.recipients.recipient import Recipient
from reportgen.distribution.run import DistributionOptions, _packet_maker
from reportgen.distribution.stamping.stamper import Stampers
from reportgen.system.errors import FileError

PEOPLE = "name,email,documents\n" + "".join(f"Person {n},p{n}@example.org,memo\n" for n in range(40))


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(n_workers=2, threads_per_worker=2, host="127.0.0.1", dashboard_address=":0") as cluster:
        yield cluster


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_cluster_makes_the_same_copies(place, cluster):
    place.people.write_text(PEOPLE)
    assert place("--numbered", "--quiet") == 0
    here = contents(place.out / "packets")
    assert place("--numbered", "--quiet", "--dask", cluster.scheduler_address, out="there") == 0
    there = contents(place.out.parent / "there" / "packets")
    assert set(here) == set(there)
    copies = [name for name in here if name.endswith(".pdf")]
    assert len(copies) == 40
    assert all(here[name] == there[name] for name in copies)  # letters differ: each folder has its own Message-IDs


def test_several_processes_continue_a_run(place):
    place.people.write_text(PEOPLE)
    assert place("--quiet") == 0
    first = contents(place.out / "packets")
    shutil.rmtree(next((place.out / "packets").glob("version-1/007-*")))
    assert place("--quiet", "--jobs", "2") == 0
    assert contents(place.out / "packets") == first


def test_a_cluster_is_left_as_it_was(place, cluster):
    assert place("--quiet", "--dask", cluster.scheduler_address) == 0
    with Client(cluster) as client:
        assert all(
            "reportgen" not in plugins for plugins in client.run(lambda dask_worker: list(dask_worker.plugins)).values()
        )


def test_a_cluster_whose_worker_is_killed_goes_on_with_another(place, cluster):
    place.people.write_text(PEOPLE)
    with Client(cluster) as client:
        victim = next(iter(client.run(os.getpid).values()))
    os.kill(victim, signal.SIGKILL)
    assert place("--quiet", "--dask", cluster.scheduler_address) == 0
    assert main(["verify", str(place.out)]) == 0


def test_a_scheduler_that_does_not_answer_is_told(place, capsys, monkeypatch):
    monkeypatch.setattr(packet_makers, "SCHEDULER_TIMEOUT", 1)
    assert place("--quiet", "--dask", "tcp://127.0.0.1:9") == 7
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


def test_an_address_that_is_none_is_told(place, capsys):
    assert place("--quiet", "--dask", "scheduler") == 2
    assert "--dask scheduler: missing port number" in capsys.readouterr().err


def test_a_cluster_without_workers_is_told(place, capsys):
    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=":0") as empty:
        assert place("--quiet", "--dask", empty.scheduler_address) == 7
    assert "has no workers" in capsys.readouterr().err


@pytest.fixture
def maker(write_brief, tmp_path):
    brief = load_brief(write_brief())
    memo = Edition("Title", "slug", brief.date, "en", (), {"memo": Document("memo", "slug-memo.pdf", b"no PDF")})
    return _packet_maker(
        brief, Stampers(memo, brands.load(brief.folder)), memo, 1, tmp_path / "packets", DistributionOptions()
    )


COPIES = [
    (
        n,
        Copy(
            Recipient(f"Person {n}", "", "", ("memo",), "", "", None, None, False, {}, n),
            f"00{n}",
            f"<{n}@example.org>",
        ),
    )
    for n in (1, 2)
]


def test_a_worker_that_does_not_see_the_folder_is_told(maker, cluster):
    unseen = replace(maker, root=maker.root / "elsewhere")
    with pytest.raises(FileError, match="does not see"):
        list(make_packets(unseen, COPIES, Executors(dask=cluster.scheduler_address)))


@pytest.mark.parametrize("how", ["alone", "processes", "dask"])
def test_what_a_worker_cannot_do_is_told_as_if_it_were_done_here(maker, cluster, how):
    maker.root.mkdir()
    executors = {
        "alone": Executors(),
        "processes": Executors(jobs=2),
        "dask": Executors(dask=cluster.scheduler_address),
    }
    with pytest.raises(FileError, match="this PDF cannot be stamped"):
        list(make_packets(maker, COPIES, executors[how]))


def end(_copy):
    os._exit(1)


def test_a_process_that_ends_is_told(maker, monkeypatch):
    monkeypatch.setattr(packet_makers, "_write_packet", end)
    with pytest.raises(FileError, match="a worker process ended while it made copy 1"):
        list(make_packets(maker, COPIES, Executors(jobs=2)))


def same(copy):
    return copy


def test_no_more_processes_are_made_than_there_are_packets(maker, monkeypatch):
    monkeypatch.setattr(packet_makers, "_write_packet", same)
    before = set(multiprocessing.active_children())
    made = make_packets(maker, COPIES, Executors(jobs=40))
    assert next(made) == COPIES[0]
    assert len(set(multiprocessing.active_children()) - before) == 2
    assert list(made) == COPIES[1:]


def test_jobs_and_a_cluster_at_once_are_refused(place, capsys):
    assert place("--jobs", "2", "--dask", "tcp://127.0.0.1:9") == 2
    assert "both choose who" in capsys.readouterr().err

"""Names of files: inputs as outputs under any name, what is no file as an input, and names that no file can have.

An input is never written, a pipe never waited for, and every refusal is a message with an exit code, not a traceback.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from reportgen.system.resources import asset, template_folder
from tests.attack.outcome import Outcome
from tests.conftest import INIT, ROOT

TITLE = "names of files"
FULL = 300
SAMPLE = 4

BRAND = "logo: logo.svg\ntypography:\n  fonts:\n    - {family: House, source: file, files: [house.ttf]}\n"
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#123456"/></svg>'
)
INPUTS = {
    "brief.yaml": "the brief",
    "_brand.yml": "the brand",
    "logo.svg": "_brand.yml names",
    "house.ttf": "_brand.yml names",
    "article.txt": "the source",
    "evidence.lock": "the lock",
    "templates/distribute/letter.txt": "a template",
    "theme.pptx": "the theme",
    "map.yml": "the theme",
    "recipients.csv": "the list",
}
DECK = ("deck", "brief.yaml", "--theme", "map.yml")
SEND = ("distribute", "brief.yaml", "--to", "recipients.csv", "--theme", "map.yml", "--output-dir", "out")
# The file that a command would write, the command, and what a message about it names; an alias of an input is put there.
OUTPUTS: dict[str, tuple[tuple[str, ...], str]] = {
    "alias.pdf": (("memo", "brief.yaml", "-o", "alias.pdf"), "-o"),
    "./sub/../alias2.pdf": (("memo", "brief.yaml", "-o", "./sub/../alias2.pdf"), "-o"),
    "build/harbor-memo.pdf": (("memo", "brief.yaml"), "-o"),
    "alias.pptx": ((*DECK, "-o", "alias.pptx"), "-o"),
    "handout.pdf": ((*DECK, "--handout", "handout.pdf"), "--handout"),
    "fit.json": ((*DECK, "--fit-report", "fit.json"), "--fit-report"),
    "fit.txt": ((*DECK, "--fit-report", "fit.txt"), "--fit-report"),
    "proof/harbor-01.png": ((*DECK, "--proof", "proof"), "--proof"),
    "out/harbor-deck.pptx": (("build", "brief.yaml", "--output-dir", "out", "--theme", "map.yml"), "--output-dir"),
    "out/manifest.json": (SEND, "--output-dir"),
    "out/SHA256SUMS": (SEND, "--output-dir"),
    "out/ledger.sqlite": (SEND, "--output-dir"),
    "written.yml": (("theme", "inspect", "theme.pptx", "--write", "written.yml"), "--write"),
    "evidence.lock": (("check", "brief.yaml"), "--source"),
}
READERS: dict[str, tuple[str, ...]] = {
    "brief.yaml": ("check", "brief.yaml"),
    "_brand.yml": ("deck", "brief.yaml", "-o", "x.pptx"),
    "logo.svg": ("memo", "brief.yaml", "-o", "x.pdf"),
    "house.ttf": ("memo", "brief.yaml", "-o", "x.pdf"),
    "article.txt": ("check", "brief.yaml"),
    "given.txt": ("check", "brief.yaml", "--source", "given.txt"),
    "evidence.lock": ("check", "brief.yaml"),
    "templates/distribute/letter.txt": SEND,
    "theme.pptx": ("theme", "inspect", "theme.pptx"),
    "map.yml": (*DECK, "-o", "x.pptx"),
    "recipients.csv": SEND,
    "memo.pdf": ("audit", "brief.yaml", "memo.pdf"),
    "deck.pptx": ("audit", "brief.yaml", "deck.pptx"),
    "stray.txt": ("whose", "stray.txt", "--in", "."),
    "ledger.sqlite": ("whose", "article.txt", "--in", "."),
    "packets/manifest.json": ("verify", "packets"),
}
LATE = ("templates/distribute/letter.txt",)  # read only if it is a file: else ours is taken
MAY_BE_OURS = {"templates/distribute/letter.txt": (0, 6)}
NAMES = (
    "a" * 300,
    "b/" * 2500 + "c",
    "line\nbreak.yaml",
    "\udcff.yaml",
    "\x1b[2J.yaml",
    "-",
    "~",
    "con",
    ".",
    "..",
    "/",
    "",
    " ",
)
NAMED = ("memo", "deck", "build", "check", "theme inspect", "audit brief.yaml", "whose --in .", "verify", "init article.txt/",
         "distribute --output-dir out --to", "distribute brief.yaml --to recipients.csv --output-dir",
         "memo brief.yaml -o", "deck brief.yaml -o", "deck brief.yaml --theme", "deck brief.yaml --handout",
         "deck brief.yaml --proof", "deck brief.yaml --fit-report", "check brief.yaml --source",
         "build brief.yaml --output-dir", "theme inspect theme.pptx --write")  # fmt: skip


def attack(count: int, seed: int) -> Iterator[Outcome]:
    chooser = random.Random(seed)
    cases: list[tuple[str, Callable[[Path], Iterator[str]]]] = []
    for place in OUTPUTS:
        aliases = [os.symlink, os.link] if place != "evidence.lock" else [os.symlink]
        cases += [
            (f"{target} as {place} by {alias.__name__}", partial(_overwrite, place, target, alias))
            for target in INPUTS for alias in aliases if target != place
        ]  # fmt: skip
    for place in READERS:
        cases += [(f"{make.__name__} as {place}", partial(_read, place, make)) for make in MAKERS]
    for command in NAMED:
        cases += [(f"{command} {name[:20]!r}", partial(_name, command, name)) for name in NAMES]
    chooser.shuffle(cases)
    with tempfile.TemporaryDirectory(prefix="attack-") as folder:
        model = Path(folder, "model")
        _make_workspace(model)
        for number in range(count):
            case, run = cases[number % len(cases)]
            work = Path(folder, str(number))
            shutil.copytree(model, work, symlinks=True)
            faults = list(run(work))
            yield Outcome(case, "fault" if faults else "refused", bool(faults), "; ".join(faults))
            shutil.rmtree(work)


def _make_workspace(folder: Path) -> None:
    """Make a folder with every kind of input that there is."""
    shutil.copytree(INIT.parent, folder)
    (folder / "_brand.yml").write_text(BRAND, encoding="utf-8")
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    shutil.copy(asset("fonts", "PublicSans_400Regular.ttf"), folder / "house.ttf")
    letter = folder / "templates" / "distribute" / "letter.txt"
    letter.parent.mkdir(parents=True)
    shutil.copy(template_folder() / "distribute" / "letter.txt", letter)
    (folder / "sub").mkdir()
    for command in (
        ("check", "brief.yaml"),
        ("deck", "brief.yaml", "-o", "theme.pptx"),
        ("theme", "inspect", "theme.pptx", "--write", "map.yml"),
    ):
        done = _run(folder, command)
        assert done.returncode == 0, done.stderr


def _run(folder: Path, command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *command], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="surrogateescape", timeout=30,
    )  # fmt: skip


def _overwrite(place: str, target: str, alias: Callable[[Path, Path], None], folder: Path) -> Iterator[str]:
    """Let a command write to another name of an input."""
    command, option = OUTPUTS[place]
    if place == "evidence.lock":
        command = (*command, "--source", "article.txt")
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    alias(folder / target, path)
    before = _digest(folder)
    done = _run(folder, command)
    if target in ("theme.pptx", "map.yml", "recipients.csv") and not {"map.yml", target} & set(command):
        return  # this command does not read it
    if target == "recipients.csv" and target not in command:
        return
    if option == "--write" and target == "map.yml":
        return  # an earlier map may be written again
    if _digest(folder) != before:
        yield "the folder has changed"
    expected = (INPUTS[target], option) if option != "--write" else ("--write",)
    yield from _find_faults(done, (2,), *expected)


def _read(place: str, make: Callable[[Path], None], folder: Path) -> Iterator[str]:
    """Put something that is no file in the place of an input."""
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)
    try:
        done = _run(folder, READERS[place])
    except subprocess.TimeoutExpired:
        yield "hangs"
        return
    codes = (2, 3, 4, 6, 7) if place not in LATE else (0, 2, 3, 4, 6, 7)
    yield from _find_faults(done, codes)


def _name(command: str, name: str, folder: Path) -> Iterator[str]:
    """Give an option a name that no file has, or that a terminal would misread."""
    try:
        done = _run(folder, (*command.split(), name))
    except (subprocess.TimeoutExpired, ValueError) as error:
        yield f"{type(error).__name__}: {error}"
        return
    yield from _find_faults(done, (0, 2, 3, 4, 6, 7))
    if "\x1b" in done.stderr:
        yield "a control character reaches the terminal"


def _find_faults(done: subprocess.CompletedProcess[str], codes: tuple[int, ...], *words: str) -> Iterator[str]:
    if done.returncode not in codes:
        yield f"exit code {done.returncode}: {done.stderr[-400:]}"
    if "Traceback" in done.stderr or "internal error" in done.stderr:
        yield done.stderr[-400:]
    missing = [word for word in words if word not in done.stderr]
    if missing:
        yield f"{', '.join(missing)} not named: {done.stderr[-400:]}"


def _digest(folder: Path) -> str:
    """Hash the names and contents of all files in a folder."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        whole.update(str(path.relative_to(folder)).encode())
        if path.is_file():
            whole.update(path.read_bytes())
    return whole.hexdigest()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


def local_socket(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # a socket's path is short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def folder(path: Path) -> None:
    path.mkdir()


def huge_file(path: Path) -> None:
    with path.open("xb") as stream:
        stream.truncate(2**41)


def loop_of_links(path: Path) -> None:
    path.symlink_to(path.name)


MAKERS = (pipe, endless_device, terminal, local_socket, folder, huge_file, loop_of_links)

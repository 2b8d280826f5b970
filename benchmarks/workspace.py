"""Prepare a folder for the runs, ours and the peers': briefs, and what each peer reads in their place."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import peer_content
from benchmarks.long_brief import repeat_topics
from benchmarks.pairs import Command

ROOT = Path(__file__).resolve().parent.parent
BRIEF = ROOT / "data" / "us-korea-2020" / "brief.yaml"
PEERS = Path(__file__).resolve().parent / "peers"
TIMES = 150  # the topics' slides are repeated so often, to about 1,200
COPIES = (100, 1_000, 10_000)
STAMP = '<div style="position: running(who)">@WHO@</div><style>@page { @top-left { content: element(who) } }</style>'


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder, and the commands that run in it."""

    folder: Path
    pandoc: Path

    def command(self, *words: str | Path, outputs: float = 1) -> Command:
        # With the variable set, every run would compile every module again, which no user's machine does.
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        own = {
            "BENCHMARK_PYTHON": sys.executable,
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{inherited.get('PATH', '')}",
            "PYTHONPATH": str(ROOT),
            "REPORTGEN_CACHE_DIR": str(self.folder / "cache"),
        }
        return Command(tuple(str(word) for word in words), self.folder, inherited | own, outputs)

    def ours(self, *words: str | Path, outputs: float = 1) -> Command:
        return self.command(sys.executable, "-m", "reportgen", *words, outputs=outputs)

    def peer(self, script: str, *words: str | Path, outputs: float = 1) -> Command:
        return self.command(sys.executable, PEERS / script, *words, outputs=outputs)

    def charts(self, pictures: str, kind: str) -> Command:
        return self.peer("charts.py", self.folder / pictures, kind)

    def chain(self, *commands: Command) -> Command:
        """Return one command that runs several, one after the other."""
        lines = " && ".join(shlex.join(command.words) for command in commands)
        return self.command("sh", "-c", lines)

    def edit(self, number: int) -> None:
        """Save the brief with another word in it, as an author does again and again."""
        text = BRIEF.read_text(encoding="utf-8")
        edited = text.replace("subtitle: A briefing", f"subtitle: Briefing {number}", 1)
        assert edited != text
        _write(self.folder / "edited" / BRIEF.name, edited)

    def move_aside(self, name: str) -> None:
        """Move a folder out of the next run's way.

        It is not deleted: for minutes after that, ext4 skips the files just deleted again and again, and whoever makes
        new ones takes half as long again.
        """
        if (folder := self.folder / name).exists():
            folder.rename(self.folder / f"{name}.{len(list(self.folder.glob(f'{name}.*')))}")

    def clear(self, name: str) -> None:
        for folder in self.folder.glob(f"{name}*"):
            shutil.rmtree(folder, ignore_errors=True)


def prepare_workspace(folder: Path) -> Workspace:
    """Write everything that the timed commands read."""
    import pypandoc

    work = Workspace(folder, Path(pypandoc.get_pandoc_path()))
    shutil.rmtree(folder, ignore_errors=True)
    shim = _write(folder / "bin" / "typst", (PEERS / "typst.sh").read_text(encoding="utf-8"))
    shim.chmod(0o755)
    work.edit(0)
    work.ours("build", BRIEF, "--output-dir", "built").run()
    _prepare_decks(work)
    _prepare_memo(work)
    for count in COPIES:
        _write_recipients(folder / f"recipients-{count}.csv", count)
    return work


def _prepare_decks(work: Workspace) -> None:
    _write(work.folder / "long" / BRIEF.name, repeat_topics(BRIEF, TIMES))
    slides = peer_content.collect_slides(BRIEF)
    for name, content in (("deck", slides), ("long", peer_content.repeat_slides(slides, TIMES, BRIEF))):
        _write(work.folder / f"{name}.json", json.dumps(content))
        _write(work.folder / f"{name}.md", "\n\n".join(map(_markdown, content)))
    pictures = {picture["name"]: picture for slide in slides for picture in slide["pictures"]}
    _write(work.folder / "pictures.json", json.dumps(pictures))
    work.charts("pictures.json", "png").run()


def _prepare_memo(work: Workspace) -> None:
    html, pictures = peer_content.compose_memo(BRIEF)
    folder = work.folder / "memo"
    (folder / "charts").mkdir(parents=True)
    _write(folder / "pictures.json", json.dumps(pictures))
    work.charts("memo/pictures.json", "svg").run()
    # Typst refuses a single keyword and links within the page as pandoc writes them.
    plain = re.sub('<a [^>]*href="#[^>]*>(.*?)</a>', r"\1", re.sub("<meta [^>]*>", "", html), flags=re.DOTALL)
    _write(folder / "plain.html", plain)
    words = (work.pandoc, folder / "plain.html", "--standalone", "-o", folder / "memo.typ")
    subprocess.run(words, check=True, cwd=folder, stderr=subprocess.DEVNULL)
    typst = (folder / "memo.typ").read_text(encoding="utf-8")
    _write(folder / "memo.typ", f'#set page(header: sys.inputs.at("who", default: ""))\n{typst}')
    _write(folder / "copy.html", re.sub("(<body[^>]*>)", rf"\1{STAMP}", html, count=1))


def _markdown(slide: dict[str, Any]) -> str:
    """Return a slide as pandoc reads it; words beside a table or a picture get a column of their own."""
    words = "\n\n".join(slide["text"])
    exhibits = [f"![{picture['alt']}]({picture['name']}.png)" for picture in slide["pictures"]]
    exhibits += [
        "\n".join(_row(row) for row in (rows[0], ["---"] * len(rows[0]), *rows[1:])) for rows in slide["tables"]
    ]
    columns = [*exhibits, words] if exhibits and words else []
    body = "\n\n".join(f"::: column\n{column}\n:::" for column in columns)
    body = f":::: columns\n{body}\n::::" if columns else "\n\n".join([*exhibits, words])
    notes = "\n\n".join(slide["notes"])
    return f"## {slide['title']}\n\n{body}\n\n::: notes\n{notes}\n:::"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "/").split()) for cell in cells) + " |"


def _write_recipients(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", "organization", "email"])
        writer.writerows([f"Reader {n}", "Example Office", f"reader-{n}@example.org"] for n in range(count))


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path

"""The work laid out in a folder, for us and for the peers: the brief, and what each of them reads in its place."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import content
from benchmarks.longer import longer
from benchmarks.pairs import Command

ROOT = Path(__file__).resolve().parent.parent
BRIEF = ROOT / "data" / "us-korea-2020" / "brief.yaml"
PEERS = Path(__file__).resolve().parent / "peers"
TIMES = 150  # as often as topics' slides are repeated for about 1,200
COPIES = (100, 1_000, 10_000)
STAMP = '<div style="position: running(who)">@WHO@</div><style>@page { @top-left { content: element(who) } }</style>'


@dataclass(frozen=True, slots=True)
class Work:
    """The folder, and commands in it."""

    folder: Path
    pandoc: Path

    def command(self, *words: str | Path, made: float = 1) -> Command:
        # with the variable set, every run would compile every module anew, which no user's machine does
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        ours = {
            "BENCHMARK_PYTHON": sys.executable,
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{kept.get('PATH', '')}",
            "PYTHONPATH": str(ROOT),
            "REPORTGEN_CACHE_DIR": str(self.folder / "cache"),
        }
        return Command(tuple(str(word) for word in words), self.folder, kept | ours, made)

    def ours(self, *words: str | Path, made: float = 1) -> Command:
        return self.command(sys.executable, "-m", "reportgen", *words, made=made)

    def peer(self, script: str, *words: str | Path, made: float = 1) -> Command:
        return self.command(sys.executable, PEERS / script, *words, made=made)

    def charts(self, pictures: str, kind: str) -> Command:
        return self.peer("charts.py", self.folder / pictures, kind)

    def then(self, *commands: Command) -> Command:
        """One command after the other, as one."""
        lines = " && ".join(" ".join(f"'{word}'" for word in each.words) for each in commands)
        return self.command("sh", "-c", lines)

    def edit(self, number: int) -> None:
        """The brief with another word in it, as its author saves it again and again."""
        text = BRIEF.read_text(encoding="utf-8")
        edited = text.replace("subtitle: A briefing", f"subtitle: Briefing {number}", 1)
        assert edited != text
        _write(self.folder / "edited" / BRIEF.name, edited)

    def aside(self, name: str) -> None:
        """A folder out of the next run's way. It is not deleted: for minutes, ext4 looks again and again for files that are
        not those just deleted, which costs whoever makes new ones half as much again."""
        if (folder := self.folder / name).exists():
            folder.rename(self.folder / f"{name}.{len(list(self.folder.glob(f'{name}.*')))}")

    def clear(self, name: str) -> None:
        for folder in self.folder.glob(f"{name}*"):
            shutil.rmtree(folder, ignore_errors=True)


def prepared(folder: Path) -> Work:
    """Everything that is read while the clock runs, written beforehand."""
    import pypandoc

    work = Work(folder, Path(pypandoc.get_pandoc_path()))
    shutil.rmtree(folder, ignore_errors=True)
    shim = _write(folder / "bin" / "typst", (PEERS / "typst.sh").read_text(encoding="utf-8"))
    shim.chmod(0o755)
    work.edit(0)
    work.ours("build", BRIEF, "--output-dir", "built").run()
    _lay_out_decks(work)
    _lay_out_memo(work)
    for count in COPIES:
        _recipients(folder / f"recipients-{count}.csv", count)
    return work


def _lay_out_decks(work: Work) -> None:
    _write(work.folder / "long" / BRIEF.name, longer(BRIEF, TIMES))
    slides = content.slides(BRIEF)
    for name, found in (("deck", slides), ("long", content.repeated(slides, TIMES, BRIEF))):
        _write(work.folder / f"{name}.json", json.dumps(found))
        _write(work.folder / f"{name}.md", "\n\n".join(map(_markdown, found)))
    pictures = {each["name"]: each for slide in slides for each in slide["pictures"]}
    _write(work.folder / "pictures.json", json.dumps(pictures))
    work.charts("pictures.json", "png").run()


def _lay_out_memo(work: Work) -> None:
    html, pictures = content.memo(BRIEF)
    folder = work.folder / "memo"
    (folder / "charts").mkdir(parents=True)
    _write(folder / "pictures.json", json.dumps(pictures))
    work.charts("memo/pictures.json", "svg").run()
    # pandoc writes a single keyword, and links within the page, so that Typst refuses them
    plain = re.sub('<a [^>]*href="#[^>]*>(.*?)</a>', r"\1", re.sub("<meta [^>]*>", "", html), flags=re.DOTALL)
    _write(folder / "plain.html", plain)
    words = (work.pandoc, folder / "plain.html", "--standalone", "-o", folder / "memo.typ")
    subprocess.run(words, check=True, cwd=folder, stderr=subprocess.DEVNULL)
    typst = (folder / "memo.typ").read_text(encoding="utf-8")
    _write(folder / "memo.typ", f'#set page(header: sys.inputs.at("who", default: ""))\n{typst}')
    _write(folder / "copy.html", re.sub("(<body[^>]*>)", rf"\1{STAMP}", html, count=1))


def _markdown(slide: dict[str, Any]) -> str:
    """A slide as pandoc reads it: words beside a table or a picture stand in a column of their own."""
    words = "\n\n".join(slide["text"])
    shown = [f"![{each['alt']}]({each['name']}.png)" for each in slide["pictures"]]
    shown += ["\n".join(_row(row) for row in (rows[0], ["---"] * len(rows[0]), *rows[1:])) for rows in slide["tables"]]
    columns = [*shown, words] if shown and words else []
    body = "\n\n".join(f"::: column\n{each}\n:::" for each in columns)
    body = f":::: columns\n{body}\n::::" if columns else "\n\n".join([*shown, words])
    notes = "\n\n".join(slide["notes"])
    return f"## {slide['title']}\n\n{body}\n\n::: notes\n{notes}\n:::"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "/").split()) for cell in cells) + " |"


def _recipients(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", "organization", "email"])
        writer.writerows([f"Reader {each}", "Example Office", f"reader-{each}@example.org"] for each in range(count))


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path

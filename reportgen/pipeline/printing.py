"""The search for texts of a brief that no document prints: its templates are filled in, and nothing is laid out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.system.cache import Cache
from reportgen.system.errors import ReportgenError

if TYPE_CHECKING:
    from reportgen.brief.model import Brief

AROUND = frozenset({"title", "subtitle", "note", "notes", "takeaway"})
"""The texts of an exhibit that templates print around it."""


def find_unprinted(brief: Brief, fork: bool = False) -> tuple[str, ...]:
    """Return the paths of texts that neither the memo, in the brief's own form, nor deck and notes print.

    The answer is kept in the user's cache until brief or templates change. With `fork`, another process fills the
    templates in, so that this one imports nothing for it. Nothing is returned for a brief or templates that do not
    become documents: that is reported where they are made.
    """
    cache = Cache.of_user("coverage")
    key = _hash_inputs(brief)
    if cache and (kept := cache.get(key)) is not None:
        return tuple(json.loads(kept))
    try:
        found = _run_apart(brief) if fork else list_unprinted(brief)
    except ReportgenError:
        return ()
    if cache:
        cache.put(key, json.dumps(found).encode())
    return found


def _run_apart(brief: Brief) -> tuple[str, ...]:
    from reportgen.system.limited_process import run_limited

    return run_limited(list_unprinted, brief, file=brief.document.file, fork=True)


def list_unprinted(brief: Brief) -> tuple[str, ...]:
    """Fill in the templates of memo and deck, and return the paths of texts that neither prints."""
    from reportgen import brand as brands, deck
    from reportgen.deck.left_out import LEFT_OUT
    from reportgen.markup.templates import template_folders
    from reportgen.memo.memo_html import compose
    from reportgen.memo.profiles import find_profile
    from reportgen.pdf.paper import find_paper
    from reportgen.pipeline.coverage import measure_coverage
    from reportgen.text.trace import find_paths

    brand, folders, profile = brands.load(brief.folder), template_folders(brief.folder), find_profile(brief.profile)
    memo = compose(brief, brand, folders, find_paper(None, brief.language), profile)
    slides = deck.compose_html(brief, folders)
    on_slides = [name for name in brief.exhibits if f'data-exhibit="{name}"' in slides]
    printed = {
        "memo": {*find_paths(memo.traced_html), *_list_drawn(brief, memo.exhibits)},
        "deck": {*find_paths(slides), *_list_drawn(brief, on_slides)},
    }
    coverage = measure_coverage(brief, printed, {"memo": profile.leaves_out, "deck": LEFT_OUT})
    return tuple(
        path
        for path in coverage.unprinted
        if not any(rule.other_form and rule.covers(path) for rule in profile.leaves_out)
    )


def _list_drawn(brief: Brief, exhibits: Collection[str]) -> Iterator[str]:
    """Yield the paths of the labels of exhibits that are shown: each kind draws those that it is given."""
    from reportgen.brief.traced_brief import list_texts

    for path, _ in list_texts(brief):
        kind, _, rest = path.partition(".")
        name, _, key = rest.partition(".")
        if kind == "exhibits" and name in exhibits and key.partition("[")[0] not in AROUND:
            yield path


def _hash_inputs(brief: Brief) -> str:
    """Return a key for everything that decides what is printed: the brief, templates, brand and this program."""
    from reportgen.system.resources import template_folder

    digest = hashlib.sha256(brief.document.text.encode())
    digest.update(str(brief.folder).encode())
    files = [*template_folder().rglob("*.html"), *(brief.folder / "templates").rglob("*"), brief.folder / "_brand.yml"]
    files += Path(__file__).parent.glob("*.py")
    for file in sorted(files):
        if file.is_file():
            about = file.stat()
            digest.update(f"{file} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()

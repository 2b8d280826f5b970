"""Briefs with values lost, exchanged and replaced by strange ones: each is loaded and checked, or refused with its faults.

Of those that load, a deck is written and the memo's pages are filled in; of a few, the memo is laid out.
"""

from __future__ import annotations

import copy
import datetime
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from reportgen import evidence
from reportgen.brief import load_brief
from reportgen.pipeline.kinds import KINDS, Options
from tests.attack.mutations import damage_bytes
from tests.attack.outcome import Outcome
from tests.attack.trials import judge
from tests.conftest import BUNDLED, INIT, ROOT
from tests.stress.briefs import make_brief

TITLE = "Damaged briefs"
FULL, SAMPLE = 2000, 30
RANDOM = 8  # briefs of the stress test, of all kinds of exhibits
MEMOS = 25  # briefs that load, for one whose memo is laid out
BASES = (BUNDLED, INIT, *sorted((ROOT / "tests" / "briefs").glob("*/brief.yaml")))
TEXTS = (
    "", " ", "\n", "no", "~", "0", "-1", "1e999", "0x1F", "12:30", "2020-13-45", "2020-02-30", "١٢", "½", "∞", "NaN", "${x}", "${", "$${a}",
    "${a.b}", "{{ 1/0 }}", "{% raw %}", "[@x]", "[@", "[words]{ko}", "[words]{xx-yy-zz}", "**bold", "*", "`", "^a^", "~a~", "<b>", "&amp;", "]]>",
    "\u202e\u2066abc", "e\u0301" * 40, "👩‍👩‍👧‍👦" * 5, "서울 통계", "مرحبا 12/5", "\u200b", "\ufeff", "\u00ad" * 9, "a" * 400, "long words " * 300, "../../x", "/dev/zero",
    "http://", "https://[::1", "mailto:", "javascript:x", "a\tb", "a\u2028b", "\U0010ffff", "|", "x | y", "# 1", "- a", "1,234.5", "5%", "$5 billion", "about 5", "> 5", "< ${x}",
)  # fmt: skip
NUMBERS = (0, -1, 1, 10**6, 10**30, -(10**30), 2**63, 1e-300, 1e300, float("inf"), float("nan"), 0.1, -0.0)
OTHERS = (None, True, False, [], {}, [[]], [None], {"a": {}}, datetime.date(1, 1, 1), datetime.date(9999, 12, 31), datetime.datetime(2020, 1, 1, 12))  # fmt: skip
FORMULAS = ("9" * 400, "0", "1 / 3", "(" * 90, "1 / 0", "0.000001", "1 - 1", "moon-left", "x", "12", "100 *", "rest")
YAML: dict[str, Callable[[], str]] = {
    "aliases that multiply": lambda: (
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghi"))
    ),
    "an alias of itself": lambda: "a: &a [*a]\n",
    "a merge with itself": lambda: "<<: &a {<<: *a}\n",
    "a tag of Python": lambda: "title: !!python/object/apply:os.system ['id']\n",
    "brackets without end": lambda: "[" * 200_000,
    "braces without end": lambda: "{a: " * 100_000,
    "a list as a key": lambda: "? [a, b]\n: c\n? {a: b}\n: c\n",
    "a hundred thousand keys": lambda: "".join(f"k{number}: v\n" for number in range(100_000)),
    "one key fifty thousand times": lambda: "title: a\n" * 50_000,
    "two documents": lambda: "---\na: b\n---\nc: d\n",
    "another version of YAML": lambda: "%YAML 9.9\n---\n",
    "three marks of byte order": lambda: "\ufeff" * 3,
    "a hundred thousand digits": lambda: "title: " + "9" * 100_000 + "\n",
    "half a character": lambda: 'title: "\\ud800"\n"\ud800": x\n',
    "a million spaces": lambda: " " * 1_000_000 + "title: x\n",
    "characters of control": lambda: "title: a\0\f\x1b[2J\u0085b\r",
    "values of the wrong kind": lambda: (
        "title: [a]\nquotes: 5\nfacts: {a: [1, 2]}\nexhibits: {x: null}\nsources: [null]\n"
    ),
}
"""Texts of YAML that stand for a brief, or before one."""
GENTLE = ("letters",)
ROUGH = (
    "lose",
    "double",
    "exchange",
    "text",
    "text",
    "number",
    "other",
    "wrap",
    "rename",
    "deep",
    "letters",
    "letters",
    "many",
)
"""Kinds of damage: of the first, many briefs still load."""
Path_ = tuple[Any, ...]


def attack(count: int, seed: int) -> Iterator[Outcome]:
    choices, loaded = random.Random(seed), 0
    with TemporaryDirectory() as name:
        folders = [copytree(base.parent, Path(name, base.parent.name)) for base in BASES]
        bases = [
            (folder / "brief.yaml", folder.joinpath("brief.yaml").read_text(encoding="utf-8")) for folder in folders
        ]
        bases += [(Path(name, f"random-{each}.yaml"), make_brief(f"{seed}-{each}").text) for each in range(RANDOM)]
        for number in range(count):
            path, text = choices.choice(bases)
            data, damage = _damage(text, choices)
            path.write_bytes(data)
            outcome = judge(
                f"{path.parent.name}/{path.name} {number}: {damage}",
                partial(_use, path, loaded % MEMOS == MEMOS - 1),
                seconds=30,
            )
            loaded += outcome.verdict == "ok"
            yield outcome


def _use(path: Path, with_memo: bool) -> None:
    """Load and check a brief and write its deck; lay its memo out, too."""
    brief = load_brief(path)
    evidence.check(brief)
    KINDS["deck"].render(brief)
    if with_memo:
        KINDS["memo"].render(brief, Options())


@cache
def _parse(text: str) -> Any:
    return yaml.safe_load(text)


def _damage(text: str, random: random.Random) -> tuple[bytes, str]:
    """Return a brief's text after damage to its bytes, or to one to four of its values, and what was done."""
    if random.random() < 0.1:
        return damage_bytes(text.encode(), random), "bytes"
    if random.random() < 0.05:
        name = random.choice(list(YAML))
        return YAML[name]().encode("utf-8", "surrogatepass") + (text.encode() if random.random() < 0.5 else b""), name
    data, names = copy.deepcopy(_parse(text)), []
    kinds = random.choice((GENTLE, ROUGH))
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        places = [
            place for place in _walk(data) if place and (kinds is ROUGH or isinstance(_find(data, place), str | int))
        ]
        if not places:
            break
        names.append(_damage_value(data, random.choice(places), places, kinds, random))
    damaged = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    return damaged.encode("utf-8", "surrogatepass"), "; ".join(names)


class _Dumper(yaml.SafeDumper):
    """Writes a value each time that it occurs, without aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _walk(value: Any, place: Path_ = ()) -> Iterator[Path_]:
    """Yield the place of each value: the keys that lead to it."""
    yield place
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield from _walk(each, (*place, key))


def _find(data: Any, place: Path_) -> Any:
    for key in place:
        data = data[key]
    return data


def _damage_value(data: Any, place: Path_, places: list[Path_], kinds: Sequence[str], random: random.Random) -> str:
    holder, key = _find(data, place[:-1]), place[-1]
    value, other = holder[key], copy.deepcopy(_find(data, random.choice(places)))
    match random.choice(kinds):
        case "lose":
            del holder[key]
        case "double":
            if isinstance(holder, list):
                holder.insert(key, copy.deepcopy(value))
            else:
                holder[f"{key}2"] = copy.deepcopy(value)
        case "exchange":
            holder[key] = other
        case "text":
            holder[key] = random.choice(FORMULAS if key == "formula" else TEXTS)
        case "number":
            holder[key] = random.choice(NUMBERS)
        case "other":
            holder[key] = random.choice(OTHERS)
        case "wrap":
            holder[key] = random.choice(([value], {"value": value}, {"id": value}, [value, value], str(value)))
        case "rename":
            if isinstance(holder, dict):
                name = random.choice((f"{key}x", str(key).upper(), "", 5, None, *holder))
                holder[name] = holder.pop(key)
            else:
                random.shuffle(holder)
        case "deep":
            for _ in range(random.choice((3, 30, 90))):
                value = [value]
            holder[key] = value
        case "letters" if key == "formula":
            holder[key] = f"({value}) {random.choice('+-*/')} {random.choice(FORMULAS)}"
        case "letters":
            if isinstance(value, str):
                at = random.randrange(len(value) + 1)
                holder[key] = value[:at] + random.choice(TEXTS) + value[random.choice((at, at + 1)) :]
            elif isinstance(value, int | float) and not isinstance(value, bool):
                holder[key] = random.choice((-value, value * 1000, value + 1, str(value), value / 3))
        case _:
            holder[key] = [copy.deepcopy(value)] * random.choice((10, 300)) if isinstance(holder, dict) else value
            if isinstance(holder, list):
                holder.extend(copy.deepcopy(value) for _ in range(random.choice((10, 60))))
    return ".".join(map(str, place))

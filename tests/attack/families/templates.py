"""Templates beside a brief that try to read, run, loop or fill the memory: refused with their place, within limits.

Each case is put into the template of a document beside a copy of the bundled brief, and the command is run in a process of its
own, with its time and memory measured. A canary file outside the brief's folder must not be read, and none must be written.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from tests.attack.brief_runs import BRIEF, import_all, run_command
from tests.attack.outcome import Outcome

TITLE = "templates"
FULL = 200
SAMPLE = 10
PLACE = re.compile(r"\.(html|txt)[^\n]*: error: ")
CANARY = "canary-7f3a"

REACH = """
{{ brief.parse_raw('', proto='pickle', allow_pickle=True) }}
{{ brief.parse_raw(b'', content_type='pickle') }}
{{ brief.parse_file(path) }}
{{ brief.parse_obj({}) }}
{{ brief.from_orm(brief) }}
{{ brief.construct() }}
{{ brief.copy(update={'title': 'x'}) }}
{{ brief.dict() }}
{{ brief.json() }}
{{ brief.model_copy() }}
{{ brief.model_fields }}
{{ brief.model_config }}
{{ brief.model_dump() }}
{{ brief.model_validate({}) }}
{{ brief.model_rebuild() }}
{{ brief.model_construct() }}
{{ brief.__fields__ }}
{{ brief.document }}
{{ brief._document.text }}
{{ brief.folder }}
{{ brief.where('title').file }}
{{ brief.markup.__globals__ }}
{{ brief.citations.__globals__ }}
{{ brief.citations.__self__ }}
{{ brief.citations._function }}
{{ brief.citations.__closure__ }}
{{ brief._values }}
{{ brief['_values'] }}
{{ brief['__class__'] }}
{{ brief.topics[0].__class__.__mro__[1].__subclasses__() }}
{{ brief.topics | map(attribute='__class__') | list }}
{{ brief.topics | map(attribute='title.__class__') | list }}
{{ brief.topics | groupby('__class__') | list }}
{{ brief.topics | sort(attribute='__class__') | list }}
{{ brief.topics | selectattr('__class__') | list }}
{{ brief | attr('__class__') }}
{{ brief | attr('folder') }}
{{ ''.__class__.__mro__[1].__subclasses__() }}
{{ ''['__class__'] }}
{{ ().__class__.__bases__[0] }}
{{ {}.__class__ }}
{{ (1).__class__ }}
{{ 1.0.as_integer_ratio() }}
{{ brief.date.__reduce__() }}
{{ brief.date.today() }}
{{ brief.date.fromtimestamp(0) }}
{{ brief.date.strftime('%Y') }}
{{ cycler.__init__.__globals__.os.popen('id').read() }}
{{ joiner.__init__.__globals__ }}
{{ namespace.__init__.__globals__ }}
{{ lipsum.__globals__.os.popen('id').read() }}
{{ range.__class__ }}
{{ dict.__class__ }}
{{ dict.mro() }}
{{ namespace(a=1)._Namespace__attrs }}
{{ namespace(a=1).__class__ }}
{{ self.__init__.__globals__ }}
{{ self._TemplateReference__context }}
{{ self._TemplateReference__context.environment }}
{{ self.__class__ }}
{{ config }}
{{ request }}
{{ get_flashed_messages.__globals__ }}
{{ url_for.__globals__ }}
{{ labels.__class__ }}
{{ labels.introduce.__globals__ }}
{{ labels.plural.__globals__ }}
{{ labels.deck.__class__ }}
{{ '{0.__class__}'.format(brief) }}
{{ '{0.__class__.__mro__}'.format('') }}
{{ '{a[__class__]}'.format(a=brief) }}
{{ '{0!r}'.format(brief) }}
{{ '{0:>1000000000}'.format(1) }}
{{ '{:1000000000d}'.format(1) }}
{{ '{0.title.__class__}'.format(brief) }}
{{ '{x.__class__}'.format_map({'x': brief}) }}
{{ ('{0.__cl' ~ 'ass__}').format(brief) }}
{{ '%s' | format(brief) }}
{{ '%(x)1000000000s' % {'x': 1} }}
{{ '%1000000000d' % 1 }}
{{ brief | pprint }}
{{ brief | tojson }}
{{ brief | xmlattr }}
{{ brief }}
{{ brief.topics }}
{{ brief.citations }}
{{ labels }}
{{ none }}
{{ true }}
{{ brief.topics.append(1) }}
{{ brief.facts.update({}) }}
{{ brief.facts.pop('x') }}
{{ brief.sources.clear() }}
{% set brief.title = 'x' %}{{ brief.title }}
{% include path %}
{% include '/etc/passwd' %}
{% include '../' ~ path %}
{% include 'link.html' %}
{% include 'folder/secret.html' %}
{% include '../../brief.yaml' %}
{% import path as stolen %}{{ stolen }}
{% extends path %}
{% include 'deck\\..\\..\\x' %}
{% from 'macros/deck.html' import evidence %}{{ evidence.__globals__ }}
{% import 'macros/deck.html' as m %}{{ m.__loader__ }}
{% import 'macros/deck.html' as m %}{{ m._body_stream }}
{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}
{% macro m() %}{% endmacro %}{{ m.__call__.__globals__ }}
{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}{% endcall %}
{% for x in (1,) %}{{ loop.__class__ }}{% endfor %}
{% for x in (1,) %}{{ loop._iterator }}{% endfor %}
{% for x in (1,) recursive %}{{ loop._recurse.__globals__ }}{% endfor %}
{{ (brief.topics | map(attribute='title') ).gi_frame.f_globals }}
{{ undefined_name.__class__ }}
{{ nothing.__init__.__globals__ }}
{{ nothing }}
{{ brief.titel }}
{% debug %}
{% do brief.topics %}
{% trans %}x{% endtrans %}
{{ '<script>x</script>' | safe }}
<img src="{{ path }}"/>
<img src="file://{{ path }}"/>
<img src="http://example.org/x.png"/>
<link rel="stylesheet" href="file:///etc/passwd"/>
<a href="javascript:alert(1)">x</a>
<p style="background: url(file:///etc/passwd)">x</p>
<object data="/etc/passwd"/>
<p>&xxe;</p>
<?xml-stylesheet href="file:///etc/passwd"?><p>x
<xi:include href="/etc/passwd"/>
<!DOCTYPE x [<!ENTITY a "b">]>
""".strip().split("\n")

WASTE = """
{{ 'a' | center(2000000000) }}
{{ 'a' * 2000000000 }}
{{ 2000000000 * 'a' }}
{{ 'a'.center(2000000000) }}
{{ 'a'.ljust(2000000000) }}
{{ 'a'.zfill(2000000000) }}
{{ 'a'.rjust(2000000000) }}
{{ ('a' * 10000).expandtabs(100000000) }}
{{ '\t'.expandtabs(2000000000) }}
{{ lipsum(n=3000000) }}
{{ 'a' | indent(2000000000) }}
{{ ('a b ' * 2000) | wordwrap(1) }}
{{ [1] | batch(2000000000, 0) | list }}
{{ [1] | slice(2000000000) | list }}
{{ (1.5) | round(2000000000) }}
{{ (1.5) | round(-2000000000) }}
{{ [[1]] | sum(start=[]) }}
{{ range(2000000000) | list | length }}
{{ range(0, 10**12, 3) | length }}
{{ 9 ** 9 ** 9 }}
{{ 2 ** 100000000 }}
{{ (10 ** 1000000) | string }}
{{ '9' * 4000 | int }}
{{ ('9' * 9999) | int }}
{{ ('f' * 9999) | int(base=16) }}
{{ 9999999999999999999999999999999999999999 }}
{{ 999999999999 * 999999999999 }}
{{ 0x7fffffffffffffff * 3 }}
{% set n = namespace(v=3) %}{% for i in range(60) %}{% set n.v = n.v * n.v %}{% endfor %}{{ n.v }}
{% set n = namespace(v=3) %}{% for i in range(100) %}{% set n.v = n.v + n.v %}{% endfor %}{{ n.v }}
{% set n = namespace(v=3) %}{% for i in range(100) %}{% set n.v = 0 - n.v * 7 %}{% endfor %}{{ n.v }}
{% set n = namespace(s='abcdefgh') %}{% for i in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}{{ n.s | length }}
{% set n = namespace(s='abcdefgh') %}{% for i in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}{{ n.s | length }}
{% set n = namespace(s='abcdefgh') %}{% for i in range(60) %}{% set n.s = [n.s, n.s] | join %}{% endfor %}{{ n.s | length }}
{% set n = namespace(s='abcdefgh') %}{% for i in range(60) %}{% set n.s = n.s | replace('a', n.s) %}{% endfor %}{{ n.s | length }}
{% set n = namespace(s='abcdefgh') %}{% for i in range(60) %}{% set n.s = n.s.replace('a', n.s) %}{% endfor %}{{ n.s | length }}
{% set n = namespace(s='abcdefgh') %}{% for i in range(60) %}{% set n.s = '{0}{0}'.format(n.s) %}{% endfor %}{{ n.s | length }}
{% set n = namespace(s='abcdefgh') %}{% for i in range(60) %}{% set n.s %}{{ n.s }}{{ n.s }}{% endset %}{% endfor %}{{ n.s | length }}
{% set n = namespace(s=[1]) %}{% for i in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}{{ n.s | length }}
{% set n = namespace(s=[1]) %}{% for i in range(60) %}{% set n.s = [n.s, n.s] %}{% endfor %}{{ n.s | string | length }}
{% set n = namespace(s=[1]) %}{% for i in range(60) %}{% set n.s = (n.s, n.s) %}{% endfor %}{{ (n.s, 2) | join }}
{% set n = namespace(s={}) %}{% for i in range(60) %}{% set n.s = {'a': n.s, 'b': n.s} %}{% endfor %}{{ n.s }}
{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}
{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}
{% macro m(n) %}{% if n %}{{ m(n - 1) ~ m(n - 1) }}{% else %}{{ 'x' * 5000 }}{% endif %}{% endmacro %}{{ m(30) }}
{% macro a() %}{{ 'x' * 9000 }}{% endmacro %}{% macro b() %}{% for i in range(99) %}{{ a() }}{% endfor %}{% endmacro %}{% macro c() %}{% for i in range(99) %}{{ b() }}{% endfor %}{% endmacro %}{{ c() | length }}
{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}{% call m() %}{% call m() %}{% call m() %}{{ 'x' * 10000 }}{% for i in range(9999) %}{{ 'x' * 10000 }}{% endfor %}{% endcall %}{% endcall %}{% endcall %}
{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}
{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}
{% for a in [[1, [2]], [3]] recursive %}{{ loop([a, a]) }}{% endfor %}
{% for a in cycler(1, 2).next %}{% endfor %}
{% set t = 'abc' * 3000 %}{% for i in range(99999) %}{{ t | upper | lower | title | length }}{% endfor %}
{% set t = 'abc' * 3000 %}{% for i in range(99999) %}{{ t | replace('a', 'b') | length }}{% endfor %}
{% set t = 'a ' * 5000 %}{% for i in range(99999) %}{{ t.split() | length }}{% endfor %}
{% set t = 'a ' * 5000 %}{% for i in range(99999) %}{{ t.split() | sort | unique | list | length }}{% endfor %}
{% set t = '<' * 9999 %}{% for i in range(99999) %}{{ t | striptags | length }}{% endfor %}
{% set t = '<a>' * 3333 %}{% for i in range(99999) %}{{ t | urlize | length }}{% endfor %}
{% set t = '&' * 9999 %}{% for i in range(99999) %}{{ t | escape | length }}{% endfor %}
{% set t = 'a ' * 5000 %}{% for i in range(99999) %}{{ t | wordcount }}{% endfor %}
{% set t = '%' * 9999 %}{% for i in range(99999) %}{{ t | urlencode | length }}{% endfor %}
{% set l = range(9999) | list %}{% for i in range(99999) %}{{ l | sort | first }}{% endfor %}
{% set l = range(9999) | list %}{% for i in range(99999) %}{{ 5 in l }}{{ -1 in l }}{% endfor %}
{% set l = range(9999) | list %}{% for i in range(99999) %}{{ l | map('string') | join | length }}{% endfor %}
{% set l = range(9999) | list %}{% for i in range(99999) %}{{ l[::-1] | length }}{% endfor %}
{% set n = namespace(l=[]) %}{% for i in range(99999) %}{% set n.l = n.l + ['x' * 9999 ~ i] %}{% endfor %}
{% for i in range(99999) %}<p>{{ 'word ' * 2000 }}</p>{% endfor %}
{% for i in range(9999) %}<p>{{ i }} {{ 'word ' * 100 }}</p>{% endfor %}
{% include 'deck/briefing.html' %}{% include 'memo/info.html' %}
{% for i in range(99999) %}{% include 'small.html' %}{% endfor %}
{% include 'large.html' %}
{% include 'fifo.html' %}
{% include 'device.html' %}
{{ ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) }}{{ 1 / 0 }}
{{ 1 // 0 }}
{{ 1 % 0 }}
{{ 'x'.split('') }}
{{ ('x' * 9000) | truncate(-5) }}
{{ [3, 'a'] | sort }}
{{ [3, 'a'] | max }}
{{ [] | first }}
{{ 'x' | nofilter }}
{{ 'x' is notest }}
{{ brief.topics[99].title }}
{{ brief.citations(brief) }}
{{ brief.citations(['a'] * 9999) }}
{{ labels.format_count(1, 2) }}
{{ labels.introduce(1) }}
{{ 'x' | date }}
{{ 5 | inline }}
{{ brief | inline }}
{{ ('[' * 9000) | inline }}
{{ ('*a ' * 3000) | inline }}
{{ ('**' * 4500) | inline }}
{{ ('${' * 4500) | inline }}
{{ ('`' * 9999) | inline }}
{{ ('<' * 9999) | inline }}
{{ ('[a](' * 2400) | inline }}
{{ ('_a' * 4900) | plain }}
{% for i in range(9999) %}{{ ('[' * 900) | inline | length }}{% endfor %}
""".strip().split("\n")

DECK = '<main><section id="a" data-layout="bullets"><h2>T</h2><div data-slot="body"><p>{}</p></div></section></main>'
MEMO = '{{% extends "memo/base.html" %}}\n{{% block argument %}}<p>{}</p>{{% endblock %}}'
HANDOUT = '<html lang="en"><head><title>x</title></head><body><p>{}</p></body></html>'
LETTER = "Dear reader,\n{}"
KINDS = (
    ("deck/briefing.html", DECK, ["deck", "brief.yaml", "-o", "out.pptx"]),
    ("memo/info.html", MEMO, ["memo", "brief.yaml", "-o", "out.pdf", "--no-cache"]),
    ("handout/notes.html", HANDOUT, ["deck", "brief.yaml", "-o", "out.pptx", "--handout", "out.pdf"]),
    ("distribute/letter.txt", LETTER, ["distribute", "brief.yaml", "--to", "recipients.csv", "--output-dir", "out"]),
)


def attack(count: int, seed: int) -> Iterator[Outcome]:
    """Try every case in the deck and the memo, in a drawn order, then in handout and letter, until `count` are done."""
    import_all()
    draw = random.Random(seed)
    cases = [(text, kind) for text in (*REACH, *WASTE) for kind in KINDS[:2]]
    draw.shuffle(cases)
    more = [(text, kind) for text in (*REACH, *WASTE) for kind in KINDS[2:]]
    cases += [
        (text, kind) for text, kind in more if kind is not KINDS[-1] or not text.startswith("<")
    ]  # a letter is text
    for (text, kind), _ in zip(cycle(cases), range(count), strict=False):
        yield _try(text, kind)


def _try(text: str, kind: tuple[str, str, list[str]]) -> Outcome:
    name, frame, command = kind
    with tempfile.TemporaryDirectory(prefix="attack-") as outside:
        secret, home = Path(outside, "secret.html"), Path(outside, "brief")
        secret.write_text(f"<p>{CANARY}</p>", encoding="utf-8")
        shutil.copytree(BRIEF, home)
        _write_templates(home, name, frame.format(text).replace("path", repr(str(secret))), secret)
        before = _list_files(Path(outside))
        run = run_command(home, command)
        added = [
            path for path in _list_files(Path(outside)) - before if not path.startswith(("brief/out", "brief/said"))
        ]
        leaked = CANARY in run.said or any(
            CANARY.encode() in path.read_bytes() for path in home.glob("out*") if path.is_file()
        )
    faults = [
        *(["read"] if leaked else []),
        *(["wrote " + ", ".join(added)] if added else []),
        *run.list_excesses(),
        *([f"exit {run.code}"] if run.code not in (0, 4, 5, 6) or (text in REACH and run.code != 6) else []),
        *(["no place"] if run.code == 6 and not PLACE.search(run.said) else []),
    ]
    verdict = {0: "harmless", 5: "too much", 6: "refused", 4: "audit"}.get(run.code, "crash")
    return run.judge(f"{name}: {text}", verdict, faults)


def _write_templates(home: Path, name: str, content: str, secret: Path) -> None:
    """Write the template, and files that a template may try to include."""
    folder = home / "templates"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text(content, encoding="utf-8")
    (folder / "link.html").symlink_to(secret)
    (folder / "folder").symlink_to(secret.parent)
    (folder / "device.html").symlink_to("/dev/zero")
    (folder / "small.html").write_text("x", encoding="utf-8")
    (folder / "large.html").write_text("x" * 3_000_000, encoding="utf-8")
    os.mkfifo(folder / "fifo.html")


def _list_files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}

"""The command line, as a user meets it: real processes, their output and their exit codes."""

import json
import os
import subprocess
import sys
import zipfile

import pytest
from pptx import Presentation

from tests.conftest import BUNDLED, INIT, ROOT


def run(*arguments, cwd=ROOT, **more):
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        **more,
    )


def test_help_teaches():
    done = run("--help")
    assert done.returncode == 0
    text = done.stdout.decode()
    for word in ("memo", "deck", "build", "check", "audit", "init", "schema", "exit codes", "_brand.yml", "templates/"):
        assert word in text


@pytest.mark.parametrize("command", ["memo", "deck", "build", "check", "audit", "init", "schema"])
def test_each_command_has_help(command):
    assert run(command, "--help").returncode == 0


def test_what_is_no_command_is_a_usage_error():
    assert run("meno").returncode == 2
    assert run().returncode == 2


def test_schema_prints_the_schema():
    assert run("schema").stdout == (ROOT / "assets" / "brief.schema.json").read_bytes()


def test_init_then_build_makes_both_documents(tmp_path):
    assert run("init", tmp_path / "new").returncode == 0
    done = run("build", "brief.yaml", cwd=tmp_path / "new")
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "new/build/harbor-memo.pdf").read_bytes().startswith(b"%PDF-")
    assert zipfile.is_zipfile(tmp_path / "new/build/harbor-deck.pptx")
    assert done.stdout.decode().count("\n") == 2
    assert done.stderr == b""


def test_init_overwrites_nothing(tmp_path):
    (tmp_path / "brief.yaml").write_text("mine")
    done = run("init", tmp_path)
    assert done.returncode == 7
    assert (tmp_path / "brief.yaml").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief.yaml"]


def test_the_brief_that_is_used_unnamed_is_said(tmp_path, write_brief):
    write_brief()
    done = run("deck", "-o", "out.pptx", cwd=tmp_path)
    assert done.returncode == 0
    assert b"using brief.yaml" in done.stderr


def test_a_folder_without_brief_gets_advice(tmp_path):
    from reportgen.system import resources

    assert resources.bundled_brief() is not None
    done = run("deck", tmp_path / "nothing.yaml")
    assert done.returncode == 7
    assert b"nothing.yaml: error: there is no such file" in done.stderr


def test_output_goes_to_stdout_when_asked(write_brief):
    done = run("deck", write_brief(), "-o", "-")
    assert done.returncode == 0
    assert done.stdout.startswith(b"PK")


def test_quiet_is_quiet(write_brief, tmp_path):
    done = run("deck", write_brief(), "-o", tmp_path / "x.pptx", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_faulty_brief_leaves_the_earlier_file_alone(write_brief, tmp_path):
    target = tmp_path / "memo.pdf"
    target.write_bytes(b"earlier")
    done = run("memo", write_brief(("slug: harbor", "slug: Not A Slug")), "-o", target)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert target.read_bytes() == b"earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brief.yaml", "memo.pdf"]


def test_one_faulty_brief_does_not_stop_the_others(tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("title: 5\n")
    done = run("build", bad, INIT, "--output-dir", tmp_path / "out")
    assert done.returncode == 3
    assert (tmp_path / "out/harbor-memo.pdf").is_file()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", 3),
        (b"# nothing\n", 3),
        (b"\xff\xfe", 3),
        (b"a: [", 3),
        (b"title: no\n", 3),
        (b"- 1\n", 3),
        (b"x: " + b"y" * 10_000_000, 7),
        (b"- " * 200_000, 3),
    ],
)
def test_bad_files_give_one_clear_diagnostic_and_no_traceback(tmp_path, content, code):
    path = tmp_path / "brief.yaml"
    path.write_bytes(content)
    for command in ("memo", "deck", "build"):
        done = run(command, path, cwd=tmp_path)
        assert done.returncode == code, done.stderr.decode()
        assert b"Traceback" not in done.stderr
        assert b"error: " in done.stderr
        assert len(done.stderr) < 5000
    assert [item.name for item in tmp_path.iterdir()] == ["brief.yaml"]


def test_a_folder_as_brief_and_a_folder_as_output(write_brief, tmp_path):
    assert run("memo", tmp_path).returncode == 7
    done = run("deck", write_brief(), "-o", tmp_path)
    assert done.returncode == 7
    assert b"is a folder" in done.stderr


def test_a_profile_that_does_not_exist_is_a_usage_error(write_brief):
    done = run("memo", write_brief(), "--profile", "inof")
    assert done.returncode == 2
    assert b'did you mean "info"?' in done.stderr


@pytest.mark.parametrize(
    ("arguments", "known"),
    [
        (["memo", "-o", "memo.doc"], ".pdf, .docx"),
        (["memo", "-o", "memo"], ".pdf, .docx"),
        (["deck", "-o", "deck.ppt"], ".pptx"),
        (["deck", "--handout", "handout.docx"], ".pdf"),
        (["deck", "--fit-report", "fit.csv"], ".json, .txt"),
        (["theme", "inspect", "agency.pptx", "--write", "map.json"], ".yml, .yaml"),
    ],
)
def test_an_ending_that_a_command_cannot_write_is_refused_with_those_it_can(write_brief, tmp_path, arguments, known):
    write_brief()
    (tmp_path / "agency.pptx").write_bytes(b"")
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert f"hint: it writes {known}\n" in done.stderr.decode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["agency.pptx", "brief.yaml"]


def test_build_takes_the_options_of_memo_and_deck(tmp_path):
    done = run("build", INIT, "--output-dir", tmp_path, "--profile", "onepage", "--paper", "a4", "-q")
    assert done.returncode == 0, done.stderr.decode()
    assert run("memo", INIT, "--profile", "onepage", "--paper", "a4", "-o", tmp_path / "one.pdf").returncode == 0
    assert (tmp_path / "harbor-memo.pdf").read_bytes() == (tmp_path / "one.pdf").read_bytes()
    assert run("build", INIT, "--profile", "inof").returncode == 2


def test_errors_and_warnings_are_counted_apart(write_brief):
    acronym = ("nothing else was consulted", "nothing else, not even the BQRX, was consulted")
    done = run("build", write_brief(("42 percent of all calls", "43 percent of all calls"), acronym))
    lines = done.stderr.decode().splitlines()
    counts = [sum(f": {kind}: " in line for line in lines) for kind in ("error", "warning")]
    assert (done.returncode, lines[-1], counts) == (4, "4 errors, 1 warning", [4, 1])


def test_an_unknown_profile_in_the_brief_has_its_place(write_brief):
    path = write_brief(("language: en-US", "profile: inof"))
    done = run("memo", path)
    assert done.returncode == 3
    assert b"brief.yaml:11:10: error: " in done.stderr


def test_templates_beside_the_brief_override_ours(write_brief, tmp_path):
    folder = tmp_path / "templates" / "memo"
    folder.mkdir(parents=True)
    (folder / "info.html").write_text("{{ nothing_like_it }}")
    done = run("memo", write_brief())
    assert done.returncode == 6
    assert b"templates/memo/info.html:1: error: " in done.stderr


@pytest.fixture
def started(tmp_path):
    """What `init` writes: a brief with its article beside it."""
    run("init", tmp_path / "new")
    return tmp_path / "new"


def edited(folder, old, new):
    path = folder / "brief.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return path


def test_check_finds_the_quotes_and_locks_them(started):
    done = run("check", started / "brief.yaml")
    assert (done.returncode, b"5 quotes found in their source" in done.stdout) == (0, True), done.stderr.decode()
    assert (started / "evidence.lock").is_file()
    (started / "article.txt").unlink()
    done = run("check", started / "brief.yaml")
    assert done.returncode == 0
    assert b"5 quotes verified on" in done.stdout


def test_check_tells_a_changed_number_and_leaves_the_lock(started):
    run("check", started / "brief.yaml")
    lock = (started / "evidence.lock").read_bytes()
    done = run("check", edited(started, "value: 42,", "value: 43,"))
    assert done.returncode == 4
    assert b"[fact-value]" in done.stderr
    assert b"brief.yaml:30:" in done.stderr
    assert (started / "evidence.lock").read_bytes() == lock


def test_check_speaks_json(started):
    done = run(
        "check", edited(started, "42 percent of all calls were", "41 percent of all calls were"), "--format", "json"
    )
    assert done.returncode == 4
    report = json.loads(done.stdout)
    assert not report["passed"]
    assert {"rule", "severity", "message", "file", "line", "column", "hint"} == set(report["findings"][0])


def test_a_source_is_named_on_the_command_line(started, tmp_path):
    (started / "article.txt").rename(tmp_path / "elsewhere.txt")
    assert run("check", started / "brief.yaml").returncode == 4
    assert run("check", started / "brief.yaml", "--source", tmp_path / "elsewhere.txt").returncode == 0
    assert run("check", started / "brief.yaml", "--source", tmp_path / "gone.txt").returncode == 7


def test_source_lists_paragraphs_and_numbers(tmp_path):
    article = tmp_path / "article.txt"
    article.write_text(
        "Costs fell by -3.2 percent in 2023, to between $3 and $5 billion.\n\nAbout 12 of 27 ports agreed by May 2024.\n",
        encoding="utf-8",
    )
    listed = run("source", article).stdout.decode()
    assert "¶1 Costs fell" in listed
    assert "“between $3 and $5 billion”" not in listed
    assert "“$3 and $5 billion”: money 3000000000–5000000000 US$" in listed
    assert "“About 12”: count 12 ports agreed, about" in listed
    found = json.loads(run("source", article, "--format", "json").stdout)
    first, second = found["paragraphs"]
    assert [paragraph["number"] for paragraph in found["paragraphs"]] == [1, 2]
    change, year, cost = first["numbers"]
    assert (change["value"], change["sign"], change["unit"]) == (-3.2, "-", "percent")
    assert (year["kind"], year["value"]) == ("date", "2023")
    assert (cost["value"], cost["high"], cost["unit"]) == (3_000_000_000, 5_000_000_000, "$")
    assert first["text"][cost["start"] : cost["end"]] == cost["text"]
    assert [(number["value"], number["bound"]) for number in second["numbers"]] == [
        (12, "about"),
        (27, ""),
        ("2024-05", ""),
    ]


def test_source_reads_lines_when_asked(tmp_path):
    article = tmp_path / "lines.txt"
    article.write_text("A 2.5GW plant\nFY2024\n\n5G\n", encoding="utf-8")
    found = json.loads(run("source", article, "--lines", "--format", "json").stdout)["paragraphs"]
    assert [paragraph["text"] for paragraph in found] == ["A 2.5GW plant", "FY2024", "5G"]
    assert [number["measure"] for paragraph in found for number in paragraph["numbers"]] == ["GW", "", ""]
    assert run("source", tmp_path / "gone.txt").returncode == 7
    page = tmp_path / "page.html"
    page.write_text("<p>Five boats.</p>", encoding="utf-8")
    refused = run("source", page, "--lines")
    assert refused.returncode == 7
    assert b"leave --lines out" in refused.stderr


def test_build_makes_nothing_of_a_brief_that_its_evidence_does_not_carry(started, tmp_path):
    path = edited(started, "value: 42,", "value: 43,")
    done = run("build", path, "--output-dir", tmp_path / "out")
    assert done.returncode == 4
    assert not (tmp_path / "out").exists()
    done = run("build", path, "--output-dir", tmp_path / "out", "--no-check")
    assert done.returncode == 0
    assert b"neither the evidence nor the files were checked" in done.stderr
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_the_bundled_brief_checks_without_its_article():
    done = run("check")
    assert done.returncode == 0
    assert b"no findings" in done.stdout
    assert b"error" not in done.stderr


def test_audit_takes_what_build_has_made_and_tells_what_was_typed_into_it(started, tmp_path):
    assert run("build", started / "brief.yaml", "--output-dir", tmp_path).returncode == 0
    deck, memo = tmp_path / "harbor-deck.pptx", tmp_path / "harbor-memo.pdf"
    done = run("audit", started / "brief.yaml", deck, memo)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"no findings") == 2
    made = Presentation(deck)
    title = next(slide.shapes.title for slide in made.slides if "42" in slide.shapes.title.text)
    run_of_text = next(piece for piece in title.text_frame.paragraphs[0].runs if "42" in piece.text)
    run_of_text.text = run_of_text.text.replace("42", "43")
    made.save(deck)
    done = run("audit", started / "brief.yaml", deck, memo)
    assert done.returncode == 4
    assert b"43" in done.stderr
    assert b"harbor-deck.pptx, slide" in done.stderr
    report = json.loads(run("audit", started / "brief.yaml", deck, "--format", "json").stdout)
    assert not report["files"][0]["passed"]


def test_audit_of_what_is_no_document_is_a_fault_of_the_file(started):
    assert run("audit", started / "brief.yaml", started / "article.txt").returncode == 7
    assert run("audit", started / "brief.yaml", started / "gone.pdf").returncode == 7


def test_a_character_that_no_font_has_is_told_with_its_place(write_brief, tmp_path):
    path = write_brief(("title: The harbor should plan for longer ships", "title: The harbor 항구 should plan"))
    done = run("memo", path, "-o", tmp_path / "memo.pdf")
    assert done.returncode == 3
    assert 'brief.yaml:6:19: error: no font of this document has the character "항" (U+D56D' in done.stderr.decode()
    assert done.stderr.decode().count("error:") == 1


@pytest.mark.parametrize(
    ("command", "stages"),
    [
        ("memo", ["reading", "making the memo", "drawing the charts", "laying out the pages", "writing the PDF"]),
        ("deck", ["reading", "making the deck"]),
        ("build", ["reading", "checking the evidence", "making the memo", "making the deck", "reading the files back"]),
        ("check", ["reading", "checking the evidence"]),
    ],
)
def test_timings_tell_each_stage_and_their_sum(tmp_path, command, stages):
    where = {"check": [], "build": ["--output-dir", tmp_path]}.get(
        command, ["-o", tmp_path / {"memo": "a.pdf", "deck": "a.pptx"}.get(command, "")]
    )
    where += ["--no-cache"] if command == "memo" else []  # so that there are charts to draw
    done = run(
        command, BUNDLED if command == "check" else INIT, *where, "--timings", "--quiet"
    )  # `check` writes a lock
    assert done.returncode == 0
    lines = [line.split(" s  ") for line in done.stderr.decode().splitlines() if " s  " in line]
    seconds = [float(number) for number, _ in lines]
    told = [text for _, text in lines]
    assert told[0] == "starting"
    assert told[-1] == "in all"
    assert [stage for stage in stages if not any(text.startswith(stage) for text in told)] == []
    assert sum(seconds[:-1]) == pytest.approx(seconds[-1], abs=0.01)
    assert done.stdout == b""


def test_without_timings_nothing_is_told():
    assert run("check", BUNDLED, "--quiet").stderr == b""


def test_a_memo_is_the_same_with_a_cache_and_without(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTGEN_CACHE_DIR", str(tmp_path / "cache"))
    assert run("memo", BUNDLED, "-q", "--no-cache", "-o", tmp_path / "none.pdf").returncode == 0
    assert not list(
        (tmp_path / "cache").glob("*.reportgen")
    )  # no chart; WeasyPrint's declarations are in a folder of theirs
    for name in ("drawn", "kept"):
        assert run("memo", BUNDLED, "-q", "-o", tmp_path / f"{name}.pdf").returncode == 0
    entries = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert len(entries) == 4  # three charts and the declarations
    for entry in entries:
        entry.write_bytes(b"harmed")
    assert run("memo", BUNDLED, "-q", "-o", tmp_path / "harmed.pdf").returncode == 0
    assert len({(tmp_path / f"{name}.pdf").read_bytes() for name in ("none", "drawn", "kept", "harmed")}) == 1


def test_a_handout_takes_its_charts_from_the_cache_too(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTGEN_CACHE_DIR", str(tmp_path / "cache"))
    made = [tmp_path / "deck.pptx", tmp_path / "handout.pdf"]
    done = run("deck", INIT, "-q", "-o", made[0], "--handout", made[1])
    assert done.returncode == 0, done.stderr.decode()
    first, kept = made[1].read_bytes(), len(list((tmp_path / "cache").iterdir()))
    assert kept
    assert run("deck", INIT, "-q", "-o", made[0], "--handout", made[1]).returncode == 0
    assert made[1].read_bytes() == first
    assert len(list((tmp_path / "cache").iterdir())) == kept


def test_a_cache_that_cannot_be_written_stops_no_build(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("REPORTGEN_CACHE_DIR", str(tmp_path / "file"))
    done = run("memo", INIT, "-q", "-o", tmp_path / "memo.pdf")
    assert (done.returncode, done.stderr) == (0, b"")

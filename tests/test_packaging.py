"""An installed wheel works from any folder."""

import os
import subprocess
import sys
import zipfile

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    made = subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT], capture_output=True
    )
    assert made.returncode == 0, made.stderr.decode()
    (wheel,) = folder.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", folder / "site", wheel], check=True)
    return folder / "site"


def run(installed, folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "reportgen", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
    )


def test_it_starts_and_builds_in_a_folder_of_its_own(installed, tmp_path):
    assert run(installed, tmp_path, "init", "mine").returncode == 0
    done = run(installed, tmp_path, "build", "mine/brief.yaml")
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "build/harbor-memo.pdf").stat().st_size > 10_000
    assert zipfile.is_zipfile(tmp_path / "build/harbor-deck.pptx")


def test_without_a_brief_it_says_what_to_do(installed, tmp_path):
    done = run(installed, tmp_path, "memo")
    assert done.returncode == 7
    assert b"reportgen init" in done.stderr


def test_it_carries_the_licences_of_its_fonts(installed):
    fonts = installed / "reportgen/_resources/assets/fonts"
    assert {path.stem.removeprefix("OFL-") for path in fonts.glob("OFL-*.txt")} == {
        "carlito", "gelasio", "liberation", "public-sans", "source-serif-4",
    }  # fmt: skip

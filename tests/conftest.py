"""What tests share: the bundled brief, and a small one that a test changes a little."""

import gc
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import alone

# How fast examples are made is the machine's affair, and CI's are busy: only what they show counts.
settings.register_profile("reportgen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("reportgen")

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = ROOT / "data" / "us-korea-2020" / "brief.yaml"
GROUPS = {
    "test_stamp.py": "documents", "memo": "documents", "languages": "documents", "audit": "documents",
    "distribute": "packets", "handout": "handouts", "deck": "decks", "edits": "edits", "word": "word", "changes": "changes",
    "factcheck": "factcheck", "stress": "stress", "test_templates.py": "templates", "test_quickstart.py": "quickstart",
    "test_markings.py": "markings", "test_packaging.py": "packaging", "test_api.py": "examples",
}  # fmt: skip
"""Which tests share what is slow to make, such as finished documents, by their module or their folder."""
INIT = ROOT / "templates" / "init" / "brief.yaml"


def pytest_configure(config):
    config.addinivalue_line("markers", alone.MARK)
    config.addinivalue_line("markers", "xdist_group(name): with xdist, on one worker")  # `alone` runs without it


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give tests that share what is slow to make to one of xdist's workers, so that the other does not make it again.

    xdist's own groups are suffixes of node ids, which newer versions of pytest do not let it change.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            module = nodeid.partition("::")[0]
            return find_group(module) or nodeid

    return Groups(config, log)


@cache
def find_group(module: str) -> str | None:
    """Return the group of a module, by its path; one whose tests run together in a process of their own is a group."""
    path = Path(module)
    if "pytest.mark.alone" in (ROOT / path).read_text(encoding="utf-8"):
        return module
    return GROUPS.get(path.name) or GROUPS.get(path.parts[1])


def pytest_collection_finish(session):
    """Look for reference cycles rarely, as the command line does, and never among the thousands of tests themselves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if alone.is_elsewhere(item):
        item.fixturenames = []  # those belong to the other process


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    if not alone.is_elsewhere(pyfuncitem):
        return None
    alone.run(pyfuncitem)
    return True


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """No test takes a drawing from its user's cache, or leaves one there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTGEN_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def write_brief(tmp_path):
    """Write the small brief that `init` gives, with some of its words replaced; returns its path."""

    def write(*replacements: tuple[str, str], add: str = "") -> Path:
        text = INIT.read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in text, f"the small brief does not have {old!r}"
            text = text.replace(old, new)
        path = tmp_path / "brief.yaml"
        path.write_text(text + add, encoding="utf-8")
        return path

    return write

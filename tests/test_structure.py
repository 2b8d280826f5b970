"""The house rules that no linter of ours knows: where modules lie, and how their words begin."""

import ast
import re
from collections import Counter

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "reportgen"
MODULES = sorted(PACKAGE.rglob("*.py"))
LOOSE = 12  # modules in a folder, besides its __init__


def test_no_two_modules_have_one_name():
    """Commands are named after what they call."""
    names = Counter(path.name for path in MODULES if path.name != "__init__.py" and "commands" not in path.parts)
    assert [name for name, count in names.items() if count > 1] == []


def test_no_folder_has_many_loose_modules():
    folders = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    assert {str(folder): count for folder, count in folders.items() if count > LOOSE} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_docstrings_begin_with_an_order_or_a_subject(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found = [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, holders)]
    assert ast.get_docstring(tree), "a module says what it contains"
    assert [text for text in found if re.match(r"(What|Whether|How|Who|Whose|Where|When|Why|Which)\b", text)] == []

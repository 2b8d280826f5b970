"""The reference of the brief's keys is current, and each of its examples is valid."""

import json
import re
from typing import get_type_hints

import jsonschema
import pytest
from pydantic import ValidationError, create_model

from reportgen.brief import load_brief
from reportgen.input.field_types import Model
from reportgen.input.yamlfile import parse_yaml
from reportgen.pipeline.documents import build
from tests.conftest import ROOT
from tools.reference import build_page, list_own_fields, split_examples
from tools.schema import list_models, read_examples, schema, select_examples

REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
EXAMPLES = read_examples().data
MODELS = list_models()
KEYS = [(name, key) for name, model in MODELS.items() for key in select_examples(model, EXAMPLES)]
SCHEMA = json.loads(schema())


@pytest.fixture(scope="module")
def example_brief(tmp_path_factory):
    """The examples of the brief's own keys, as a file."""
    path = tmp_path_factory.mktemp("examples") / "brief.yaml"
    path.write_text(split_examples(read_examples().text)["Brief"], encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def context(example_brief):
    """What the examples may refer to: the parts of the example brief."""
    brief = load_brief(example_brief)
    return {"fact": brief.quantities, "quote": brief.quotes, "source": brief.sources, "exhibit": brief.exhibits}


def validate_key(name, key, value, context):
    """Validate one key of a model alone, with the rules of its field."""
    model = MODELS[name]
    field = next(each for each, info in model.model_fields.items() if (info.alias or each) == key)
    hint = get_type_hints(model, include_extras=True)[field]
    create_model("OneKey", __base__=Model, **{field: (hint, ...)}).model_validate({key: value}, context=context)


def test_the_page_is_current():
    assert build_page() == REFERENCE, "run `make reference`"


def test_each_key_is_described_and_has_an_example():
    assert read_examples().problems == ()
    for name, model in MODELS.items():
        keys = {info.alias or field for field, info in model.model_fields.items()}
        assert keys == set(select_examples(model, EXAMPLES)), name
        assert all(info.description.endswith(".") for info in model.model_fields.values()), name


def test_the_page_has_each_key_with_its_example():
    shown = re.findall(r"^#+ ([^\n]+)\n\n[^\n]+\n\n\| key .*?```yaml\n(.*?)```", REFERENCE, re.DOTALL | re.MULTILINE)
    assert len(shown) == len(MODELS) + 3  # and marked points, all kinds of exhibit, those with data from a file
    for heading, block in shown:
        section = REFERENCE.split(f" {heading}\n", 1)[1].split("```yaml", 1)[0]
        assert set(re.findall(r"^\| `([a-z_]+)`", section, re.MULTILINE)) == set(parse_yaml(block, heading).data), (
            heading
        )


@pytest.mark.parametrize(("name", "key"), KEYS, ids=lambda part: part)
def test_each_example_is_valid(name, key, context):
    example = select_examples(MODELS[name], EXAMPLES)[key]
    validate_key(name, key, example, context)
    part = SCHEMA if name == "Brief" else SCHEMA["$defs"][name]
    assert part["properties"][key]["examples"] == [example]
    jsonschema.Draft202012Validator({"$defs": SCHEMA["$defs"], **part["properties"][key]}).validate(example)


@pytest.mark.parametrize(
    ("name", "key", "wrong"),
    [
        ("Fact", "bound", "lower than"),
        ("Bar", "value", "dredgin"),
        ("Brief", "pages", 101),
        ("TimelineEvent", "date", "next spring"),
        ("Section", "points", ["It costs ${dredgin}."]),
    ],
)
def test_a_wrong_example_would_be_found(name, key, wrong, context):
    with pytest.raises(ValidationError):
        validate_key(name, key, wrong, context)


def test_the_examples_of_the_brief_build(example_brief, tmp_path):
    built = build(example_brief, tmp_path, check=False)
    assert [made.path.name for made in built.files] == ["harbor-memo.pdf", "harbor-deck.pptx"]


def test_a_section_has_the_keys_of_its_own_model():
    assert list_own_fields(MODELS["Topic"]) == ["kind"]
    assert "title" not in list_own_fields(MODELS["Share"])

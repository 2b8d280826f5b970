"""Write assets/brief.schema.json, the JSON Schema of a brief, from the models and their examples: `python -m tools.schema`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from reportgen.brief.model import Brief
from reportgen.input.field_types import MAX_LENGTH, Model, unwrap_type
from reportgen.input.yamlfile import Document, read_yaml
from reportgen.system import resources

EXAMPLES = "brief.examples.yaml"
GAP = {
    "label": "TODO",
    "description": "A gap: `check` reports it, `build --draft` prints it.",
    "body": '"TODO: ${1:what is missing}"',
}
"""What an editor offers for a text that is not written yet, as the YAML language server reads it."""


GAP_PATTERN = r"\bTODO:|^\s*TODO\s*$"
ABOUT = frozenset(("title", "description", "default", "examples"))
"""The keys of a schema that say what a value is for, whatever it is."""


def schema() -> str:
    """Return the schema as JSON text, in the form that editors with YAML support read."""
    generated = Brief.model_json_schema(by_alias=True, mode="validation")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "reportgen brief",
        "description": "A structured summary of an article. A policy memo and a briefing deck are built from it.",
    }
    _add_examples(generated)
    _offer_gaps(generated)
    return (
        json.dumps(
            head | {key: value for key, value in generated.items() if key not in head}, indent=1, ensure_ascii=False
        )
        + "\n"
    )


def list_models() -> dict[str, type[Model]]:
    """Return the models that a brief consists of by name, each before those that only it uses."""
    found: dict[str, type[Model]] = {}

    def add(model: type[Model]) -> None:
        if model.__name__ not in found:
            found[model.__name__] = model
            for field in model.model_fields.values():
                for inner in _find_models(field.annotation):
                    add(inner)

    add(Brief)
    return found


def read_examples() -> Document:
    """Return assets/brief.examples.yaml: by model, an example of each key."""
    return read_yaml(resources.asset(EXAMPLES))


def select_examples(model: type[Model], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the examples of a model's keys, those of the models that it extends included."""
    return {key: value for base in reversed(model.__mro__) for key, value in data.get(base.__name__, {}).items()}


def _add_examples(generated: dict[str, Any]) -> None:
    data = read_examples().data
    for name, model in list_models().items():
        part = generated if model is Brief else generated["$defs"][name]
        for key, example in select_examples(model, data).items():
            part["properties"][key]["examples"] = [example]


def _offer_gaps(generated: dict[str, Any]) -> None:
    """Let editors complete a gap wherever a text is written, and accept one in the place of any other value."""
    for part in (generated, *generated["$defs"].values()):
        for name, schema in part.get("properties", {}).items():
            is_quoted = part is generated["$defs"]["Quote"] and name == "text"
            kinds = [schema, *schema.get("anyOf", [])]
            if not is_quoted and any(kind.get("maxLength") == MAX_LENGTH for kind in kinds):
                schema["defaultSnippets"] = [GAP]
            elif not (name == "kind" and "const" in schema) and not any(map(_takes_any_text, kinds)):
                _accept_gap(schema)
    generated["$defs"]["Gap"] = {"type": "string", "pattern": GAP_PATTERN, "defaultSnippets": [GAP]}


def _takes_any_text(kind: Mapping[str, Any]) -> bool:
    return kind.get("type") == "string" and not {"enum", "const", "pattern"} & {*kind}


def _accept_gap(schema: dict[str, Any]) -> None:
    gap = {"$ref": "#/$defs/Gap"}
    if "anyOf" in schema:
        schema["anyOf"].append(gap)
        return
    own = {key: schema.pop(key) for key in [*schema] if key not in ABOUT}
    schema["anyOf"] = [own, gap]


def _find_models(annotation: Any) -> Iterator[type[Model]]:
    for kind in unwrap_type(annotation):
        if get_origin(kind):
            for inner in get_args(kind):
                yield from _find_models(inner)
        elif isinstance(kind, type) and issubclass(kind, Model):
            yield kind


if __name__ == "__main__":
    print(schema(), end="")

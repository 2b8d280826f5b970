"""The JSON Schema of a brief, made from the models: `make schema` writes it to assets/brief.schema.json."""

from __future__ import annotations

import json

from reportgen.brief.model import Brief


def schema() -> str:
    """The schema as JSON text, as editors with YAML support read it."""
    generated = Brief.model_json_schema(by_alias=True, mode="validation")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "reportgen brief",
        "description": "A structured summary of an article, from which a policy memo and a briefing deck are made.",
    }
    return (
        json.dumps(
            head | {key: value for key, value in generated.items() if key not in head}, indent=1, ensure_ascii=False
        )
        + "\n"
    )


if __name__ == "__main__":
    print(schema(), end="")

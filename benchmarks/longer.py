"""A brief made long, for the measurements of growth: its exhibits again and again, each time under other ids.

Nodes are copied, not values: what the loader reads a second time is written exactly as it was the first time.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import yaml


def longer(brief: Path, times: int) -> str:
    """The brief's YAML with the slides of its topics `times` over.

    Each time they are of one topic without points, which slides with exhibits do not show: a brief may have 2 MB.
    """
    root = yaml.compose(brief.read_text(encoding="utf-8"))
    assert isinstance(root, yaml.MappingNode)
    fields = {key.value: value for key, value in root.value}
    topics, exhibits = fields["topics"].value, fields["exhibits"].value
    references = [each for topic in topics for each in _field(topic, "exhibits").value]
    shown = {each.value for each in references}
    copied = [(key, value) for key, value in exhibits if key.value in shown]
    for time in range(2, times + 1):
        topics.append(deepcopy(topics[0]))
        topics[-1].value = [each for each in topics[-1].value if each[0].value in ("kind", "title", "exhibits")]
        _field(topics[-1], "exhibits").value = [_renamed(each, time) for each in references]
        for key, value in copied:
            again = deepcopy(value)
            again.flow_style = True  # without indentation, which is a tenth of what a brief may have
            exhibits.append((_renamed(key, time), again))
    return str(yaml.serialize(root, allow_unicode=True, width=10_000))


def _field(mapping: yaml.MappingNode, name: str) -> yaml.Node:
    return next(value for key, value in mapping.value if key.value == name)


def _renamed(name: yaml.ScalarNode, time: int) -> yaml.ScalarNode:
    return yaml.ScalarNode(name.tag, f"{name.value}-{time}")

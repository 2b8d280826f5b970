"""Make a long brief for the measurements of growth: its exhibits repeated, each time under other ids.

YAML nodes are copied, not values, so that each copy is written exactly like the original.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import yaml


def repeat_topics(brief: Path, times: int) -> str:
    """Return the brief's YAML with its topics' slides `times` over.

    The copies are one topic each, without points, which slides with exhibits do not show: a brief is limited to 2 MB.
    """
    root = yaml.compose(brief.read_text(encoding="utf-8"))
    assert isinstance(root, yaml.MappingNode)
    fields = {key.value: value for key, value in root.value}
    topics, exhibits = fields["topics"].value, fields["exhibits"].value
    references = [node for topic in topics for node in _field(topic, "exhibits").value]
    names = {node.value for node in references}
    originals = [(key, value) for key, value in exhibits if key.value in names]
    for time in range(2, times + 1):
        topics.append(deepcopy(topics[0]))
        topics[-1].value = [pair for pair in topics[-1].value if pair[0].value in ("kind", "title", "exhibits")]
        _field(topics[-1], "exhibits").value = [_rename(node, time) for node in references]
        for key, value in originals:
            duplicate = deepcopy(value)
            duplicate.flow_style = True  # without indentation, which would be a tenth of the limit
            exhibits.append((_rename(key, time), duplicate))
    return str(yaml.serialize(root, allow_unicode=True, width=10_000))


def _field(mapping: yaml.MappingNode, name: str) -> yaml.Node:
    return next(value for key, value in mapping.value if key.value == name)


def _rename(name: yaml.ScalarNode, time: int) -> yaml.ScalarNode:
    return yaml.ScalarNode(name.tag, f"{name.value}-{time}")

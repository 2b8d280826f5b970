"""The rules' manual, made from their docstrings: `python -m reportgen.evidence.manual > docs/rules.md`."""

from __future__ import annotations

from reportgen.evidence.rules import Rule, all_rules

_HEAD = """\
# The rules of `check`

`reportgen check BRIEF` judges a brief by its evidence. Each finding ends with the name of its rule, in brackets. An error
makes `check` fail (exit code 4), a warning does not.

A finding that you have read and accept is silenced in the brief, with a reason that `check` prints. `where` names the
words at fault, as the finding has them, or a path; left out, the rule is silent for the whole brief. A silence that
silences nothing is an error itself: the words have changed, so somebody has to read them again.

```yaml
silence:
  - {rule: acronym, where: ISEAS, reason: The institute is known by this name.}
  - {rule: raw-number, where: "topics[3].points[1]", reason: These are our own counts.}
```

"""
_SILENCE = """\
## silence

*error* · Silences silence something

A `silence` that names a rule that there is not, or that no finding matches.
"""


def manual() -> str:
    """The page as Markdown."""
    rules = all_rules()
    index = (
        "".join(f"- [{rule.id}](#{rule.id}): {rule.title}\n" for rule in rules)
        + "- [silence](#silence): Silences silence something\n"
    )
    return _HEAD + index + "\n" + "\n".join(_section(rule) for rule in rules) + "\n" + _SILENCE


def _section(rule: Rule) -> str:
    body = rule.page.strip().partition("\n")[2].strip()
    return f"## {rule.id}\n\n*{rule.severity}* · {rule.title}\n\n{body}\n"


if __name__ == "__main__":
    print(manual(), end="")

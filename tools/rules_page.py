"""Write docs/rules.md, the page of all rules, from their docstrings: `python -m tools.rules_page > docs/rules.md`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from reportgen.deck.lint import all_rules as deck_rules
from reportgen.evidence.rules import all_rules as evidence_rules

_HEAD = """\
# The rules

The [rules of `check`](#the-rules-of-check) judge a brief by its evidence. The
[rules of the finished deck](#the-rules-of-the-finished-deck) judge whether a .pptx file can be read.

## The rules of `check`

`reportgen check BRIEF` judges a brief by its evidence. Each finding ends with the name of its rule, in brackets. An error
makes `check` fail (exit code 4), a warning does not.

To accept a finding that you have read, silence it in the brief, with a reason that `check` prints. `where` names the
words at fault, as the finding quotes them, or a path; without it, the rule is silent for the whole brief. A silence that
matches no finding is itself an error: the words have changed, so somebody has to read them again.

```yaml
silence:
  - {rule: acronym, where: ISEAS, reason: The institute is known by this name.}
  - {rule: raw-number, where: "topics[3].points[1]", reason: These are our own counts.}
```

"""
_SILENCE = """\
### silence

*error* · Each silence matches a finding

A `silence` that names an unknown rule, or that matches no finding.
"""
_DECK = """\

## The rules of the finished deck

`reportgen audit BRIEF deck.pptx` also checks the file itself, whoever edited or saved it last, and `build` checks the deck
that it makes. Sizes, colours and boxes are those that the reader sees: what a slide leaves open is looked up in its
layout, its master and the theme. An error makes `audit` fail (exit code 4), a warning does not; a rule's page says where
its findings are only warnings. What no rule can judge, such as the contrast of words on a picture, is reported as not read.

"""


class Rule(Protocol):
    """A rule of `check` or of the finished deck."""

    @property
    def id(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def page(self) -> str: ...
    @property
    def title(self) -> str: ...


def build_page() -> str:
    """Return the page as Markdown."""
    evidence, deck = evidence_rules(), deck_rules()
    silence = "- [silence](#silence): Each silence matches a finding\n"
    checks = f"{_HEAD}{_index(evidence)}{silence}\n{_sections(evidence)}\n{_SILENCE}"
    return f"{checks}{_DECK}{_index(deck)}\n{_sections(deck)}"


def _index(rules: Iterable[Rule]) -> str:
    return "".join(f"- [{rule.id}](#{rule.id}): {rule.title}\n" for rule in rules)


def _sections(rules: Iterable[Rule]) -> str:
    return "\n".join(_section(rule) for rule in rules)


def _section(rule: Rule) -> str:
    body = rule.page.strip().partition("\n")[2].strip()
    return f"### {rule.id}\n\n*{rule.severity}* · {rule.title}\n\n{body}\n"


if __name__ == "__main__":
    print(build_page(), end="")

"""Changes between two states of the same work: two briefs, two editions of a packets folder, two finished files.

Each state is read as a `Snapshot` of plain values: its facts with their evidence, and its texts as items (a point, a
recommendation, an exhibit). `state_comparison` pairs the items of two snapshots and returns `Changes`, which print as text, JSON
or a page. A snapshot can be stored, so an edition can be compared when its brief is gone.
"""

from __future__ import annotations

from reportgen.changes.change_values import Changes
from reportgen.changes.state_comparison import compare_snapshots
from reportgen.changes.states.snapshot import Snapshot

__all__ = ["Changes", "Snapshot", "compare_snapshots"]

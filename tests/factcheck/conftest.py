"""What the tests of fact checks share: a source, and the check of a sentence or a document against it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.factcheck import FactSheet, check_facts

SOURCE = """\
Annual report of the harbor authority

Traffic

The port handled 8.24 million tons of cargo in 2021, up from 7.6 million tons in 2019. Container traffic rose by 5.2 percent, to 412,000
containers, while bulk cargo fell by 3.1 percent. More than 1,200 ships called at the port, and nearly 60 percent of them were longer
than 200 meters.

Repairs to the outer breakwater took 14 months and cost $46.5 million, of which the national government paid $30 million. The
breakwater had been damaged in the storm of March 2018.

Staff

The authority employs 640 people, about 85 of them as pilots. Between 12 and 15 pilots retire each year. “We cannot train pilots
fast enough to replace the ones who leave,” said Marta Lindqvist, the harbor master. “The school has room for nine students a year,”
said Tomas Okafor, who directs it.

Outlook

Traffic is expected to reach 9.5 million tons by 2026 if the northern channel is dredged. The unemployment rate in the district was
6.4 percent, 1.1 percentage points lower than in the previous year. Two-thirds of the authority’s revenue comes from port dues.
Revenue was $118 million and spending was $105 million in 2021.
"""


@dataclass
class Desk:
    """A folder with the source, in which documents are written and checked."""

    folder: Path

    @property
    def source(self) -> Path:
        return self.folder / "report.txt"

    def write(self, text: str, name: str = "note.txt") -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def check(self, text: str, name: str = "note.txt") -> FactSheet:
        return check_facts(self.write(text, name), [self.source])


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.write(SOURCE, "report.txt")
    return desk

"""What a reader of a bailiffs' file hands on: its lines with their places, totals and faults."""

from collections import Counter
from dataclasses import dataclass, field

from enforcement.rules.bailiff_facts import ReplyHead, ReplyLine, RulingFacts
from imports.bailiff.writ_line import WritLine
from imports.rows import ControlTotal, Problem

REPLY, DATA_BANK, WRITS, RULINGS = "reply", "data_bank", "writs", "rulings"
KIND_OF = {REPLY: "bailiff_register", DATA_BANK: "bailiff_register", RULINGS: "bailiff_register", WRITS: "writs"}


@dataclass(slots=True)
class Line:
    """One data row or document. `facts` is None when nothing could be made of it."""

    sheet: str
    row: int
    facts: ReplyLine | WritLine | RulingFacts | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        return self.facts is not None and not any(problem.fatal for problem in self.problems)


@dataclass
class BailiffFile:
    """One file, read whole: such files have thousands of rows, not millions."""

    layout: str
    format: str
    encoding: str | None = None
    head: ReplyHead | None = None
    lines: list[Line] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    skipped: Counter = field(default_factory=Counter)
    control_totals: list[ControlTotal] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return KIND_OF[self.layout]

    @property
    def accepted(self) -> list:
        """The facts that can be taken."""
        return [line.facts for line in self.lines if line.accepted]

    @property
    def all_problems(self) -> list[Problem]:
        return [*self.problems, *(problem for line in self.lines for problem in line.problems)]

    @property
    def sheets(self) -> list[str]:
        return list(dict.fromkeys(line.sheet for line in self.lines))

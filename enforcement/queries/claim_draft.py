"""What a person asks of a preparation, and one claim as it would be."""

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction

from debtors.models import CaseFile, Debtor
from enforcement.models import Claim, Court
from enforcement.rules.claim_duty import Duty
from enforcement.rules.claim_gaps import Gap, Weight
from enforcement.rules.claim_shares import Charge, Party
from enforcement.rules.expected_return import Prospect


@dataclass(frozen=True)
class Asked:
    """What a person asks of a preparation. `kind` empty: by the sum and the past; `newest`: no later month."""

    on: dt.date
    penalty_through: dt.date
    kind: str = ""
    newest: int | None = None
    with_expired: bool = False
    court_name: str = ""


@dataclass
class Draft:
    """One claim as it would be. `debtors` with their shares; holders that nobody named as liable by account."""

    case: CaseFile
    party: Party
    kind: str
    lines: list[Charge] = field(default_factory=list)
    debtors: list[tuple[Debtor, Fraction]] = field(default_factory=list)
    holders: dict[int, str] = field(default_factory=dict)
    share: Fraction = Fraction(1)
    duty: Duty = field(default_factory=Duty)
    follows: Claim | None = None
    court: Court | None = None
    court_name: str = ""
    address: str = ""
    prospect: Prospect | None = None
    gaps: list[Gap] = field(default_factory=list)

    @property
    def principal(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def penalty(self) -> int:
        return sum(line.penalty for line in self.lines)

    @property
    def price(self) -> int:
        return self.principal + self.penalty

    @property
    def holder(self) -> str:
        """Names that the register prints beside accounts without anybody liable."""
        return ", ".join(dict.fromkeys(self.holders.values()))

    @property
    def names(self) -> str:
        return ", ".join(debtor.name for debtor, _ in self.debtors) or self.holder or "должник не назван"

    @property
    def stopped(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.weight == Weight.STOPS]

    @property
    def missing(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.weight == Weight.MISSING]

    @property
    def notes(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.weight == Weight.NOTE]

    @property
    def is_ready(self) -> bool:
        """Nothing stops it and nothing is missing for filing."""
        return not self.stopped and not self.missing

    @property
    def key(self) -> tuple:
        return (self.case.pk, self.party)

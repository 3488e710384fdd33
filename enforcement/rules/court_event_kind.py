"""A kind of court event, and what may be asked about one.

A kind of event says from which stages it leads where, for which kinds of claims, what must be known of it, which term it
starts and by which norm, and where it leaves the case. A target "" leaves the claim where it is. The day a term ends comes
from the norms (`term`, a name of `procedural_terms`) or is set by the court itself (`until`, a field of the event).
"""

from dataclasses import dataclass
from enum import StrEnum

from enforcement.rules.claim_stages import ORDERS, ClaimKind

ALL = frozenset(ClaimKind)


class FieldKind(StrEnum):
    """What a field of an event holds; sums are kopecks, days ISO text."""

    WORDS = "words"
    TEXT = "text"
    DAY = "day"
    MONEY = "money"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True)
class Field:
    """One thing to know about an event. `asked` names the claim's own sum that a form offers for it."""

    name: str
    label: str
    kind: FieldKind = FieldKind.WORDS
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    asked: str = ""
    help: str = ""


@dataclass(frozen=True)
class CourtEventKind:
    """One kind of court event. `paths` are (stages it may come from, the stage it leads to)."""

    code: str
    title: str
    label: str
    paths: tuple[tuple[frozenset[str], str], ...]
    law: str
    law_arbitrazh: str = ""
    kinds: frozenset[str] = ALL
    fields: tuple[Field, ...] = ()
    term: str = ""
    term_of_order: str = ""
    until: str = ""
    runs: str = ""
    case_stage: str | None = None
    frees_limitation: bool = False
    """The filing had no effect on limitation: the application came back (Пленум ВС № 43 п. 17)."""
    sentence: str = ""
    icon: str = "landmark"
    tone: str = "court"

    def norm(self, kind: str) -> str:
        """The norm for this kind of claim."""
        return (
            self.law_arbitrazh if kind in (ClaimKind.ARBITRAZH, ClaimKind.ARBITRAZH_ORDER) and self.law_arbitrazh else self.law
        )

    def term_for(self, kind: str) -> str:
        return self.term_of_order if kind in ORDERS and self.term_of_order else self.term

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields if field.required)

    @property
    def grants(self) -> bool:
        return any(field.name == "granted_principal" for field in self.fields)


def came_from(*stages: str) -> frozenset[str]:
    return frozenset(stages)


WHY = Field("why", "Почему", FieldKind.TEXT, help="Как написано в определении")
COURT_CASE = Field("court_case", "Номер дела в суде", required=False)
HEARING = Field("hearing_on", "Заседание назначено на", FieldKind.DAY, required=False)
FINAL = Field(
    "final_on",
    "Решение в окончательной форме",
    FieldKind.DAY,
    required=False,
    help="Пусто: в день решения; от него идёт месяц",
)
DEFAULT = Field("is_default", "Заочное решение", FieldKind.FLAG, required=False)
GRANTED = (
    Field("granted_principal", "Взыскано основного долга, ₽", FieldKind.MONEY, asked="principal"),
    Field("granted_penalty", "Взыскано пеней, ₽", FieldKind.MONEY, asked="penalty"),
    Field("granted_duty", "Взыскано госпошлины, ₽", FieldKind.MONEY, asked="duty"),
)
CHANNELS = (("post", "почтой"), ("office", "через канцелярию"), ("electronic", "в электронном виде"))
SERVED = (("handed", "вручена"), ("unclaimed", "вернулась невручённой (ГК РФ ст. 165.1)"))
SIDES = (("debtor", "должник"), ("creditor", "взыскатель"))
REFUSAL_GROUNDS = (("limitation", "применена исковая давность"), ("other", "по существу"))
LATE = Field("late", "Поданы после срока", FieldKind.FLAG, required=False, help="Суд восстановил срок (ГПК РФ ст. 112)")

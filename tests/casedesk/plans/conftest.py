"""Two creditors, four accounts and half a year of facts, with one payment that was learnt late."""

from dataclasses import dataclass

import pytest

from casedesk.access.models import Organisation
from casedesk.common import months
from debtors.models import Category, Tenure, UtilityAccount
from tests.factories.ledger import Ledger

PERIOD = months.parse("2024-02")
HEATING, WATER, POWER, PENALTY = 1, 3, 5, 90


@dataclass
class SmallTown:
    """`debtor` owes heating since October, `payer` pays, `firm` owes water, `other` belongs to another creditor."""

    osen: Organisation
    lada: Organisation
    debtor: UtilityAccount
    payer: UtilityAccount
    firm: UtilityAccount
    other: UtilityAccount


@pytest.fixture
def small_town(osen, lada) -> SmallTown:
    """Facts from October 2023 to February 2024; learnt month by month, the late payment of 20 February on 15 April."""
    mine, theirs = Ledger(osen), Ledger(lada)
    town = SmallTown(
        osen,
        lada,
        debtor=mine.account("100", holder="Щеглова Вера Ивановна"),
        payer=mine.account("101", category=Category.SOCIAL_TENANT, tenure=Tenure.SOCIAL_RENT, holder="Копылов Олег Петрович"),
        firm=mine.account("102", category=Category.LEGAL_ENTITY, holder="ООО «Маяк»"),
        other=theirs.account("100", holder="Мохов Пётр Львович"),
    )
    for month in ("2023-10", "2023-11", "2023-12", "2024-01", "2024-02"):
        mine.charge(town.debtor, month, 100_000, service=HEATING).charge(town.payer, month, 80_000, service=HEATING)
        mine.charge(town.firm, month, 300_000, service=WATER)
        theirs.charge(town.other, month, 50_000, service=POWER)
        day = months.first_day(months.parse(month) + 1).replace(day=4).isoformat()
        mine.post(day)
        theirs.post(months.first_day(months.parse(month) + 1).replace(day=8).isoformat())
    mine.charge(town.debtor, "2024-01", 12_345, service=PENALTY)
    mine.pay(town.payer, "2024-02-05", 320_000).pay(town.firm, "2024-02-10", 900_000, service=WATER)
    mine.pay(town.debtor, "2024-02-12", 60_000, channel="bailiff").post("2024-03-05")
    mine.pay(town.firm, "2024-02-20", 100_000, service=WATER).post("2024-04-15")
    return town

"""Receptions and other events, as a clerk records them."""

import datetime as dt

from debtors.actions.record_outreach import Entry, record_outreach
from debtors.models import OutreachEvent

DAY = dt.date(2024, 3, 21)
DATA = {
    "reception": {"cause": "job_loss", "offer": "instalments", "outcome": "agreement"},
    "consultation": {"topic": "debt", "way": "phone"},
    "appeal": {"topic": "support", "answer": "разъяснён порядок субсидии"},
    "debt_cause": {"cause": "death"},
    "budget_line": {"year": 2024, "amount": "120000.00"},
    "support_helped": {},
    "support_granted": {"measure": "субсидия"},
    "residents_meeting": {"place": "школа № 1", "participants": "АО «Тепло»", "people": 40, "decided": "график"},
    "joint_meeting": {"place": "администрация", "participants": "ОСП, РСО", "people": 9, "decided": "рейд в апреле"},
    "placement": {"place": "board", "topic": "app", "title": "Платите в приложении", "copies": 30},
    "letter_employer": {"recipient": "МУП «Порт»"},
    "letter_institution": {"recipient": "Детский сад № 5"},
    "letter_supervision": {"recipient": "Жилищная инспекция", "note": "решение комиссии от 21.03.2024"},
}
"""Kind -> the least that is valid."""


def entry(organisation, kind: str = "reception", *, on: dt.date = DAY, proof: str = "№ 1 от 21.03.2024", **given) -> Entry:
    data = given.pop("data", DATA[kind])
    return Entry(kind, organisation, on, data, proof=proof, **given)


def recorded(organisation, by, kind: str = "reception", *, on: dt.date = DAY, **given) -> OutreachEvent:
    """An event recorded on its own day."""
    return record_outreach(entry=entry(organisation, kind, on=on, **given), by=by, today=on)

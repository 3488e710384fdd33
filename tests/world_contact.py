"""Campaigns, contacts, promises and rounds for `tests/world.py`."""

import datetime as dt

from casedesk.access.models import Organisation, User
from debtors.actions.make_promise import make_promise
from debtors.actions.plan_round import Doors, add_doors, plan_round
from debtors.models import Campaign, Contact, ContactStrategy
from tests.factories import contact

DAY = contact.DAY


def a_campaign(creditor: Organisation, officer: User) -> dict:
    strategy = ContactStrategy.shipped(creditor=creditor, on=DAY)
    strategy.version = 1
    strategy.save()
    moment = dt.datetime(2024, 3, 21, 9, 0, tzinfo=dt.UTC)
    made = Campaign.objects.create(
        creditor=creditor, number=1, strategy=strategy, counts_on=DAY, started_by=officer, started_at=moment, state="done"
    )
    return {"pk": made.pk, "name": "post.xlsx"}


def a_contact(creditor: Organisation, officer: User) -> dict:
    case = contact.debtor_case(creditor, "9021")
    fields = {"channel": "call", "state": "failed", "sent_on": DAY, "key": "m1", "person_key": "c1"}
    return {"pk": Contact.objects.create(creditor=creditor, case=case, recorded_by=officer, **fields).pk}


def a_promise(creditor: Organisation, officer: User) -> dict:
    case = contact.debtor_case(creditor, "9022")
    return {"pk": make_promise(case=case, amount=100, due_on=DAY, by=officer, on=DAY).pk}


def a_round(creditor: Organisation, officer: User) -> dict:
    contact.debtor_case(creditor, "9023")
    made = plan_round(creditor=creditor, planned_on=DAY, walkers="Петров", by=officer)
    add_doors(round_=made, doors=Doors(), by=officer)
    return {"pk": made.pk}


def a_round_stop(creditor: Organisation, officer: User) -> dict:
    made = plan_round(creditor=creditor, planned_on=DAY, walkers="Петров", by=officer)
    contact.debtor_case(creditor, "9024")
    add_doors(round_=made, doors=Doors(), by=officer)
    return {"pk": made.stops.get().pk}


def a_strategy(creditor: Organisation, officer: User) -> dict:
    return {"pk": creditor.pk}


CONTACT_OBJECTS = {
    "campaigns": a_campaign,
    "contacts": a_contact,
    "promises": a_promise,
    "rounds": a_round,
    "round-stops": a_round_stop,
    "strategies": a_strategy,
    "api/campaigns": a_campaign,
    "api/contacts": a_contact,
    "api/promises": a_promise,
    "api/rounds": a_round,
}

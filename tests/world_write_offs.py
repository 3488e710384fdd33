"""Write-offs and penalty campaigns for `tests/world.py`."""

import datetime as dt

from django.utils import timezone

from casedesk.access.models import Organisation, User
from debtors.models import Booking, PenaltyCampaign, PenaltyWaiver, UtilityAccount, WriteOffAct, WriteOffCandidate
from tests.factories import premises

DAY = dt.date(2024, 3, 21)


def a_write_off(creditor: Organisation, officer: User) -> dict:
    account = UtilityAccount.objects.get_or_create(creditor=creditor, number="9020")[0]
    act = WriteOffAct.objects.create(creditor=creditor, number=1, ground="limitation", total=100, made_on=DAY, made_by=officer)
    act.items.create(account=account, total=100, why="").lines.create(service_id=1, month=24200, amount=100)
    return {"pk": act.pk}


def a_candidate(creditor: Organisation, officer: User) -> dict:
    account = UtilityAccount.objects.get_or_create(creditor=creditor, number="9021")[0]
    months = {"first_month": 24200, "last_month": 24200, "found_on": DAY}
    return {"pk": WriteOffCandidate.objects.create(account=account, ground="limitation", principal=100, total=100, **months).pk}


def a_campaign(creditor: Organisation, officer: User) -> dict:
    terms = {"name": "Весна", "cause": "праздник", "order": "№ 1", "valid_from": DAY, "valid_to": DAY + dt.timedelta(30)}
    campaign = PenaltyCampaign.objects.create(creditor=creditor, asked_by=officer, asked_on=DAY, **terms)
    account = UtilityAccount.objects.get_or_create(creditor=creditor, number="9022")[0]
    booking = Booking.objects.create(creditor=creditor, kind="write_off", about="акция", learnt_at=timezone.now())
    days = {"paid_on": DAY, "waived_on": DAY}
    waiver = PenaltyWaiver.objects.create(campaign=campaign, account=account, amount=100, booking=booking, **days)
    return {"pk": campaign.pk, "waiver": waiver.pk}


def a_municipal_flat(creditor: Organisation, officer: User) -> dict:
    flat = premises.flat("9", at=premises.house(f"ул. Мира, д. {creditor.pk}"), tenure="vacant")
    premises.account(creditor, "4009", premises=flat)
    return {"pk": flat.pk}


WRITE_OFF_OBJECTS = {
    "penalty-campaigns": a_campaign,
    "write-offs": a_write_off,
    "api/penalty-campaigns": a_campaign,
    "api/premises-register": a_municipal_flat,
    "api/write-offs": a_write_off,
    "api/write-off-candidates": a_candidate,
}

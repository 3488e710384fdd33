"""What the demo's lawyers did with writs: presented them week by week, and dealt with what the bailiffs answered."""

import datetime as dt
from collections import defaultdict

from casedesk.access.actions.requisites import set_requisites
from casedesk.access.models import Organisation, User
from casedesk.common.refusals import Refusal
from enforcement.actions.complain import complain
from enforcement.actions.decide_return import agree_with_return, choose_measure, record_property
from enforcement.actions.end_proceeding import Returned, record_act
from enforcement.actions.present_writs import Addressed, present_writs
from enforcement.actions.record_measure import Imposed, record_measure
from enforcement.models import EnforcementProceeding, Writ
from enforcement.queries.returns import live_writs
from enforcement.rules.words import WritState

KEPT_IN_HAND = 9
"""Every ninth writ was put aside: it waits in the queue."""
DEALT_WITH = 8
MEASURES = (("accounts", "ПАО Сбербанк"), ("wages", "МУП «Порт»"), ("travel_ban", ""), ("registration_ban", "Лада Гранта"))
FOUND = (("income", "принят в МУП «Порт»", "ответ СФР"), ("vehicle", "Лада Гранта 2019 года", "ответ ГИБДД"))
BANK = {
    "bank_name": "Отделение Мурманск ПАО Сбербанк",
    "bic": "044705615",
    "correspondent_account": "30101810300000000615",
    "kpp": "519001001",
}


def give_requisites(creditor: Organisation, since: dt.date) -> None:
    """Where debtors pay, so that slips and codes can be printed."""
    own = creditor.settlement_accounts.first()
    if own and not creditor.requisites.exists():
        set_requisites(
            organisation=creditor, valid_from=since, name=creditor.name[:160], inn=creditor.inn, account=own.number, **BANK
        )


def present_by_weeks(creditor: Organisation, department: Organisation, officer: User) -> int:
    """Present the writs in hand, each in the second week after its issue; return how many. A few calls, set-based."""
    weeks: dict[dt.date, list[Writ]] = defaultdict(list)
    in_hand = Writ.objects.live().filter(creditor=creditor, state=WritState.IN_HAND, issued_on__isnull=False).order_by("pk")
    for place, writ in enumerate(in_hand):
        if place % KEPT_IN_HAND:
            monday = writ.issued_on - dt.timedelta(days=writ.issued_on.weekday())
            weeks[monday + dt.timedelta(days=11)].append(writ)
    sent = 0
    for day, writs in sorted(weeks.items()):
        done = present_writs(writs=writs, to=Addressed(department=department), by=officer, on=day)
        sent += len(done.presentations)
    return sent


def deal_with_answers(creditor: Organisation, officer: User, on: dt.date) -> None:
    """Measures that the bailiffs took, papers of returns, news of property, a complaint; some of each."""
    mine = live_writs(officer).filter(creditor=creditor).order_by("pk")
    running = EnforcementProceeding.objects.live().open().filter(writ__in=mine.filter(state=WritState.EXECUTING))
    for place, proceeding in enumerate(running.select_related("writ").order_by("pk")[:DEALT_WITH]):
        kind, note = MEASURES[place % len(MEASURES)]
        day = min(on, (proceeding.opened_on or on) + dt.timedelta(days=30 + place))
        _try(record_measure, proceeding=proceeding, measure=Imposed(kind, note=note), by=officer, on=day)
    for place, writ in enumerate(mine.filter(state=WritState.RETURNED)[:DEALT_WITH]):
        _answer_return(writ, officer, on, place)
    for writ in mine.filter(state=WritState.EXECUTING)[DEALT_WITH : DEALT_WITH + 2]:
        _try(complain, writ=writ, kind="proceeding", about="Два месяца нет ни одной меры.", by=officer, on=on)


def _answer_return(writ: Writ, officer: User, on: dt.date, place: int) -> None:
    sent = min(on, writ.state_on + dt.timedelta(days=2))
    paper = Returned("46.1.4" if place % 2 else "46.1.3", number=f"{100 + place}-ИЗВ", sent_on=sent, received_on=sent)
    act = _try(record_act, writ=writ, paper=paper, by=officer, on=writ.state_on)
    if act is None or place % 3 == 2:
        return
    _try(agree_with_return, act=act, note="имущество проверено, возражений нет", by=officer, on=on)
    if place % 3 == 0:
        kind, description, source = FOUND[place % len(FOUND)]
        _try(record_property, writ=writ, kind=kind, description=description, source=source, by=officer, on=on)
    else:
        _try(choose_measure, act=act, kind="property_search", note="запросить ЕГРН", by=officer, on=on)


def _try(action, **given):
    """A step that the town's chance data may forbid is passed over: the demo shows, it does not prove."""
    try:
        return action(**given)
    except Refusal:
        return None

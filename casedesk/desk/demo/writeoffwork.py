"""Write-offs of the demo: candidates left to the visitor, an act waiting, one posted, one restored; a campaign; empty flats."""

import datetime as dt

from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Role
from debtors.actions.decide_write_off import add_paper, approve_write_off, ask_write_off
from debtors.actions.gather_write_off import find_write_offs, gather_write_off
from debtors.actions.penalty_campaigns import ask_campaign, decide_campaign, run_campaign
from debtors.actions.post_write_off import post_write_off
from debtors.actions.restore_written_off import restore_act
from debtors.actions.set_condition import set_condition
from debtors.actions.set_flag import set_flag
from debtors.actions.set_tenure import TenureAlreadyStated, set_tenure
from debtors.models import CaseFile, Premises, WriteOffAct, WriteOffCandidate
from debtors.queries.write_off_papers import papers_of

FLAGGED = (("bankrupt", "определение арбитражного суда"), ("deceased", "справка ЗАГС"))
EACH = 5
"""Cases marked with each flag, and accounts of each act."""
ASKED, POSTED, RESTORED = "asked", "posted", "restored"


def write_off(creditor: Organisation, officer: User, on: dt.date) -> None:
    """One creditor's acts, from the search to the reversal, a campaign over the last two months, and the empty flats."""
    chief = User.objects.filter(memberships__role=Role.ADMINISTRATOR).first()
    if chief is None or WriteOffAct.objects.filter(creditor=creditor).exists():
        return
    cases = CaseFile.objects.live().filter(creditor=creditor, flag_marks="").order_by("-overdue")
    for (kind, reason), some in zip(FLAGGED, (cases[20 : 20 + EACH], cases[40 : 40 + EACH]), strict=True):
        for case in list(some):
            set_flag(case=case, kind=kind, reason=reason, by=officer, on=max(on, case.stage_on))
    find_write_offs(creditor=creditor, on=on)
    for ends in (POSTED, RESTORED, ASKED):
        _act(creditor, officer, chief, on, ends)
    _campaign(creditor, officer, chief, on)
    _empty_flats(creditor, officer, on)


def _act(creditor: Organisation, officer: User, chief: User, on: dt.date, ends: str) -> None:
    newest = WriteOffCandidate.objects.filter(account__creditor=creditor).order_by("ground", "-total").first()
    if newest is None:
        return
    same = WriteOffCandidate.objects.filter(account__creditor=creditor, ground=newest.ground)
    ids = list(same.values_list("account_id", flat=True)[:3])
    act = gather_write_off(creditor=creditor, ground=newest.ground, account_ids=ids, by=officer, on=on, reason="Инвентаризация")
    for kind in papers_of(act.ground, on):
        add_paper(act=act, kind=kind, number=f"{act.number}/{on.year}", issued_on=on, by=officer, on=on)
    act = ask_write_off(act=act, by=officer, on=on)
    if ends == ASKED:
        return
    act = approve_write_off(act=act, by=chief, on=on)
    act = post_write_off(act=act, by=chief, learnt_at=timezone.now(), on=on)
    if ends == RESTORED:
        why = {"why": "collectable", "note": "У должника нашлось имущество"}
        restore_act(act=act, by=chief, learnt_at=timezone.now(), on=on, **why)


def _campaign(creditor: Organisation, officer: User, chief: User, on: dt.date) -> None:
    first = (on.replace(day=1) - dt.timedelta(days=32)).replace(day=1)
    terms = {
        "name": "Тёплый дом без пеней",
        "cause": "Начало отопительного сезона",
        "order": f"Приказ № 41 от {first:%d.%m.%Y}",
        "valid_from": first,
        "valid_to": on + dt.timedelta(days=40),
    }
    campaign = ask_campaign(creditor=creditor, by=officer, on=on, **terms)
    decide_campaign(campaign=campaign, approve=True, by=chief, on=on)
    run_campaign(campaign=campaign, learnt_at=timezone.now(), on=on)


def _empty_flats(creditor: Organisation, officer: User, on: dt.date) -> None:
    """Ten flats of the creditor's debtors: vacant, conserved, under repair, let again, escheat."""
    flats = list(Premises.objects.filter(accounts__creditor=creditor).order_by("-accounts__state__debt", "pk")[60:70])
    since = on - dt.timedelta(days=400)
    plan = ("", "", "conserved", "conserved", "repair", "let")
    for number, flat in enumerate(flats):
        held = "escheat" if number >= len(plan) else "vacant"
        try:
            set_tenure(premises=flat, tenure=held, valid_from=since, basis="распоряжение администрации", by=officer, on=on)
        except TenureAlreadyStated:
            continue
        if number < len(plan) and plan[number]:
            day = on - dt.timedelta(days=90)
            set_condition(premises=flat, kind=plan[number], valid_from=day, basis="акт осмотра", by=officer, on=on)

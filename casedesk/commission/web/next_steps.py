"""Where the desk offers to carry a decision out: the page of the case's own next act."""

from urllib.parse import urlencode

from django.urls import reverse

from casedesk.commission.models import Decision
from casedesk.commission.rules.decision_kinds import DecisionKind

CASE = {
    DecisionKind.AGREEMENT: ("debtors:case-agreement", "Составить соглашение"),
    DecisionKind.PAY_BY: ("debtors:case-promise", "Записать обещание оплатить"),
    DecisionKind.CLAIM: ("enforcement:case-claim", "Подготовить требование"),
    DecisionKind.EVICTION: ("enforcement:case-claim", "Подготовить требование"),
}
"""Kinds whose page is asked by the case's key."""


def step_of(one: Decision) -> tuple[str, str] | None:
    """Address and words of the act that carries the decision out; None where a report is all there is."""
    kind, case = DecisionKind(one.kind), one.item.case
    if kind in CASE:
        name, words = CASE[kind]
        return reverse(name, args=[case.pk]), words
    if kind == DecisionKind.RESTRICTION:
        return f"{reverse('debtors:restrictions-start')}?{urlencode({'case': case.pk})}", "Ограничить услугу"
    if kind == DecisionKind.WRITE_OFF:
        number = case.account_numbers.split(",")[0].strip()
        return f"{reverse('debtors:write-off-candidates')}?{urlencode({'q': number})}", "К кандидатам на списание"
    if kind == DecisionKind.SUPPORT:
        asked = urlencode({"kind": "support_helped", "case": case.pk})
        return f"{reverse('debtors:outreach-new')}?{asked}", "Записать помощь"
    if kind == DecisionKind.SUPERVISION:
        asked = urlencode({"body": one.addressee, "ground": f"решение комиссии, {one.item.meeting.minutes_name}"})
        return f"{reverse('debtors:case-referral', args=[case.pk])}?{asked}", "Составить письмо"
    return None

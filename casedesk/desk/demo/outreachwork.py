"""What the demo's people told and heard on a day: receptions, consultations, appeals, placements, addressees of letters."""

import datetime as dt

from casedesk.access.models import Organisation, User
from casedesk.common.refusals import Refusal
from debtors.actions.record_outreach import Entry, record_outreach
from debtors.actions.write_to_heads import take_institutions
from debtors.models import CaseFile, LetterRecipient

RECEPTIONS = (
    {"cause": "job_loss", "offer": "instalments", "outcome": "agreement"},
    {"cause": "low_income", "offer": "subsidy", "outcome": "subsidy"},
    {"cause": "dispute", "offer": "recalculation", "outcome": "disputes"},
    {"cause": "neglect", "offer": "pay_now", "outcome": "promised"},
    {"cause": "illness", "offer": "holiday", "outcome": "thinks"},
    {"cause": "death", "offer": "none", "outcome": "informed"},
)
CONSULTATIONS = (("debt", "phone"), ("app", "office"), ("support", "office"), ("court", "phone"))
PLACEMENTS = (("site", "app", "Как платить в приложении"), ("receipt", "support", "Кому положена субсидия"))
EMPLOYERS = (("МУП «Порт»", "Белов Олег Иванович"), ("АО «Рыбокомбинат»", "Зимина Вера Павловна"))


def day_of(officer: User, creditor: Organisation, on: dt.date) -> None:
    """One day of work with people."""
    cases = CaseFile.objects.live().filter(creditor=creditor).order_by("-overdue").select_related("account")
    for case, data in zip(cases[on.month : on.month + len(RECEPTIONS)], RECEPTIONS, strict=False):
        _record(officer, Entry("reception", creditor, on, data, account=case.account))
    for topic, way in CONSULTATIONS:
        _record(officer, Entry("consultation", creditor, on, {"topic": topic, "way": way}))
    for place, topic, title in PLACEMENTS:
        data = {"place": place, "topic": topic, "title": title}
        _record(officer, Entry("placement", creditor, on, data, proof=f"макет от {on:%d.%m.%Y}"))
    answered = {"topic": "debt", "answer": "направлен расчёт долга"}
    _record(officer, Entry("appeal", creditor, on, answered, citizen="Соколова М. Н.", proof=f"исх. 12 от {on:%d.%m.%Y}"))
    _addressees(officer, creditor)


def _record(officer: User, entry: Entry) -> None:
    try:
        record_outreach(entry=entry, by=officer, today=entry.on)
    except Refusal:
        return  # the same day worked twice


def _addressees(officer: User, creditor: Organisation) -> None:
    take_institutions(by=officer)
    for name, head in EMPLOYERS:
        fields = {"head_name": head, "head_post": "Директор"}
        LetterRecipient.objects.get_or_create(creditor=creditor, kind="employer", name=name, defaults=fields)
    for one in LetterRecipient.objects.filter(creditor=creditor, head_name=""):
        one.head_name, one.head_post = "Орлова Ирина Львовна", "Заведующая"
        one.save()

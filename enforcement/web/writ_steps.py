"""Steps on writs as data: slug, move of the table, form, words, and what is done. Addresses and buttons are made from them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from enforcement.actions.decide_return import record_property
from enforcement.actions.end_proceeding import Returned, come_back, end_proceeding, record_act, record_return, withdraw
from enforcement.actions.make_court_papers import file_complaint
from enforcement.actions.present_writs import Addressed, present_writ
from enforcement.actions.record_proceeding import Opened, record_proceeding, record_receipt, refuse_opening
from enforcement.actions.replace_writ import (
    Duplicate,
    issue_duplicate,
    recall_writ,
    record_found,
    record_loss,
    record_part_payment,
)
from enforcement.models import Writ
from enforcement.queries.inaction import running_terms
from enforcement.queries.writ_now import writs_now
from enforcement.states.writ import WRIT
from enforcement.web import writ_forms


@dataclass(frozen=True)
class WritStep:
    """A step on the page of a writ. `do(writ, given, by)` acts and answers what was done, in words."""

    slug: str
    action: str
    form: type
    submit: str
    icon: str
    do: Callable[[Writ, dict, object], str]
    lead: str = ""
    offered: Callable[[Writ, dt.date], dict] = lambda writ, today: {}
    """What the form opens with, besides the day."""

    @property
    def right(self) -> str:
        return next(move.right for move in WRIT.moves if move.action == self.action)

    @property
    def label(self) -> str:
        return next(move.label for move in WRIT.moves if move.action == self.action)


def _present(writ: Writ, given: dict, by) -> str:
    on = given.pop("on")
    one = present_writ(writ=writ, to=Addressed(**given), by=by, on=on)
    return f"Предъявлено: {one.to}."


def _receive(writ: Writ, given: dict, by) -> str:
    record_receipt(writ=writ, by=by, **given)
    return "Получение учтено, пошёл срок на возбуждение."


def _open(writ: Writ, given: dict, by) -> str:
    on, fee = given.pop("on"), given.pop("fee") or 0
    proceeding = record_proceeding(writ=writ, opened=Opened(fee=fee, **given), by=by, on=on)
    return f"Учтено {proceeding}, {proceeding.department or 'отдел не найден по номеру'}."


def _refuse(writ: Writ, given: dict, by) -> str:
    refuse_opening(writ=writ, by=by, **given)
    return "Отказ учтён: документ снова на руках, срок предъявления идёт."


def _end(writ: Writ, given: dict, by) -> str:
    return f"Окончание учтено: {end_proceeding(writ=writ, by=by, **given).get_state_display().lower()}."


def _return(writ: Writ, given: dict, by) -> str:
    on = given.pop("on")
    act = record_return(writ=writ, paper=Returned(**given), by=by, on=on)
    return f"Возврат учтён: {act}. Решите, согласны ли вы, и что делать дальше."


def _act(writ: Writ, given: dict, by) -> str:
    on = given.pop("on")
    return f"Учтено: {record_act(writ=writ, paper=Returned(**given), by=by, on=on)}."


def _come_back(writ: Writ, given: dict, by) -> str:
    come_back(writ=writ, by=by, **given)
    return "Документ снова на руках."


def _withdraw(writ: Writ, given: dict, by) -> str:
    now = withdraw(writ=writ, by=by, **given)
    return f"Документ отозван. Предъявить снова можно до {now.present_until:%d.%m.%Y}."


def _property(writ: Writ, given: dict, by) -> str:
    fact = record_property(writ=writ, by=by, **given)
    return f"Записано: {fact}."


def _lose(writ: Writ, given: dict, by) -> str:
    record_loss(writ=writ, by=by, **given)
    return "Утрата учтена. Просите у суда дубликат."


def _find(writ: Writ, given: dict, by) -> str:
    record_found(writ=writ, by=by, **given)
    return "Документ снова на руках."


def _replace(writ: Writ, given: dict, by) -> str:
    on = given.pop("on")
    new = issue_duplicate(writ=writ, paper=Duplicate(**given), by=by, on=on)
    return f"Дубликат учтён: {new}."


def _recall(writ: Writ, given: dict, by) -> str:
    recall_writ(writ=writ, by=by, **given)
    return "Документ отозван судом: по нему больше не взыскивают."


def _part_paid(writ: Writ, given: dict, by) -> str:
    record_part_payment(writ=writ, by=by, **given)
    return "Оплата учтена, срок предъявления идёт заново."


def _complain(writ: Writ, given: dict, by) -> str:
    complaint, paper = file_complaint(writ=writ, by=by, **given)
    return f"Учтена {complaint}. Составлен документ № {paper.full_number}, ответ ждём до {complaint.answer_due_on:%d.%m.%Y}."


def _passed_term(writ: Writ, today: dt.date) -> dict:
    """The term that has passed and nobody has complained about yet."""
    waiting = set(writ.complaints.waiting().values_list("kind", flat=True))
    passed = [term.kind for term in running_terms(writs_now([writ])[writ.pk]) if term.passed(today)]
    return {"kind": next((kind for kind in passed if kind not in waiting), passed[0] if passed else None)}


COMPLAIN_LEAD = "Жалоба составится как документ: отдел, производство, пропущенный срок со статьёй, остаток долга, требование."
STEPS = (
    WritStep("present", "present", writ_forms.PresentForm, "Предъявить", "send", _present),
    WritStep("receive", "receive", writ_forms.DayForm, "Учесть", "mail-check", _receive, "Когда адресат получил документ."),
    WritStep("open", "open_proceeding", writ_forms.OpenForm, "Учесть", "shield", _open),
    WritStep("refuse", "refuse_opening", writ_forms.WhyForm, "Учесть отказ", "shield-x", _refuse),
    WritStep("return", "return", writ_forms.ReturnForm, "Учесть возврат", "undo-2", _return),
    WritStep(
        "act", "record_act", writ_forms.ReturnForm, "Учесть", "file-x", _act, "Возврат известен из файла, а бумага у вас."
    ),
    WritStep("end", "end", writ_forms.EndForm, "Учесть окончание", "shield-check", _end),
    WritStep("come-back", "come_back", writ_forms.NoteForm, "Учесть", "corner-down-left", _come_back),
    WritStep(
        "withdraw",
        "withdraw",
        writ_forms.NoteForm,
        "Отозвать",
        "corner-down-left",
        _withdraw,
        "Время у приставов вычтут из срока предъявления (229-ФЗ ст. 22 ч. 3.1): отзывайте, только если это нужно.",
    ),
    WritStep(
        "complain", "complain", writ_forms.ComplainForm, "Подать жалобу", "megaphone", _complain, COMPLAIN_LEAD, _passed_term
    ),
    WritStep("property", "property", writ_forms.PropertyForm, "Записать", "search-check", _property),
    WritStep("part-paid", "part_paid", writ_forms.PartPaidForm, "Учесть", "banknote", _part_paid),
    WritStep("lose", "lose", writ_forms.NoteForm, "Учесть утрату", "file-question-mark", _lose),
    WritStep("find", "find", writ_forms.NoteForm, "Учесть", "file-check", _find),
    WritStep("duplicate", "replace", writ_forms.DuplicateForm, "Учесть дубликат", "copy", _replace),
    WritStep("recall", "recall", writ_forms.NoteForm, "Учесть отзыв", "file-x", _recall),
)

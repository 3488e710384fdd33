"""What a person does with money in suspense: place it, put it aside, take a decision back, hand it to a colleague."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common import money
from casedesk.common.refusals import Refusal
from debtors.models import UtilityAccount
from enforcement.models import Writ
from imports.actions.learn_payer import learn_payer
from imports.actions.post_document import Part, post, reverse
from imports.models import BankDocument, DecisionLine, DocumentAssignment, MatchDecision
from imports.rules.payers import channel_of

Kind, State = MatchDecision.Kind, BankDocument.State


class NotWaiting(Refusal):
    """The document is not in suspense."""

    code = "not_waiting"


class NothingDecided(Refusal):
    """There is no standing decision to take back."""

    code = "nothing_decided"


class NotItsAccount(Refusal):
    """The account or the writ is not of the document's creditor, or not of each other."""

    code = "not_its_account"


class SumsDiffer(Refusal):
    """The parts of a split do not add up to the document."""

    code = "sums_differ"


class NoReason(Refusal):
    """A decision that only a person can answer for needs a word why."""

    code = "no_reason"


@transaction.atomic
def accept(
    *,
    document: BankDocument,
    account: UtilityAccount,
    writ: Writ | None = None,
    month: int | None = None,
    by: User,
    at: dt.datetime,
    on: dt.date,
    reason: str = "",
) -> MatchDecision:
    """Place the whole document on one account, on its writ when given, and learn the payer for later suggestions.

    Raises NotWaiting, NotItsAccount, InsideOpening.
    """
    document = _waiting(document)
    part = Part(account.pk, document.amount, writ.pk if writ else None, None if writ else month)
    decision = _place(document, [part], Kind.ACCEPTED, by, at, on, reason)
    learn_payer(document=document, account=account, by=by, at=at, reason=reason)
    return decision


@transaction.atomic
def split(
    *, document: BankDocument, parts: Sequence[Part], by: User, at: dt.datetime, on: dt.date, reason: str = ""
) -> MatchDecision:
    """Share one transfer out over many accounts. Raises SumsDiffer unless the parts make the document to the kopeck."""
    document = _waiting(document)
    whole = sum(part.amount for part in parts)
    if whole != document.amount or any(part.amount <= 0 for part in parts):
        raise SumsDiffer(
            f"Части дают {money.spaced(whole)} ₽, а документ {document} — {money.spaced(document.amount)} ₽. "
            "Разделите сумму так, чтобы части сходились до копейки.",
            parts=whole,
            document=document.amount,
        )
    return _place(document, parts, Kind.SPLIT, by, at, on, reason)


@transaction.atomic
def put_aside(*, document: BankDocument, kind: str, by: User, at: dt.datetime, reason: str) -> MatchDecision:
    """Say that the money is no payment of a debt (`not_ours`), goes back (`returned`), or that another file has booked it
    already (`elsewhere`: it then counts as the registers' money). Books nothing.
    """
    if kind not in (Kind.NOT_OURS, Kind.RETURNED, Kind.ELSEWHERE):
        raise ValueError(f"{kind}: put_aside takes not_ours, returned or elsewhere")
    if not reason.strip():
        raise NoReason(f"Документ {document}: напишите, почему эти деньги не долг или кому они возвращаются.")
    document = _waiting(document)
    _move(document, State.REGISTER if kind == Kind.ELSEWHERE else State.NOT_OURS)
    return MatchDecision.objects.create(document=document, kind=kind, decided_by=by, decided_at=at, reason=reason.strip()[:500])


@transaction.atomic
def reopen(*, document: BankDocument, by: User, at: dt.datetime, on: dt.date, reason: str) -> BankDocument:
    """Take the standing decision back: its payments are reversed, the document waits again. Raises NothingDecided, NoReason."""
    Organisation.objects.select_for_update().get(pk=document.creditor_id)
    document = BankDocument.objects.select_for_update(of=("self",)).select_related("creditor").get(pk=document.pk)
    decision = (
        MatchDecision.objects.standing().select_related("document__creditor", "booking").filter(document=document).first()
    )
    if decision is None:
        raise NothingDecided(f"По документу {document} нет решения, которое можно вернуть.")
    if not reason.strip():
        raise NoReason(f"Документ {document}: напишите, почему решение возвращается.")
    if decision.booking_id:
        about = f"Возврат в невыясненные: {document}"
        decision.undo_booking = reverse(decision=decision, about=about, by=by, at=at, on=on)
    decision.undone_by, decision.undone_at, decision.undo_reason = by, at, reason.strip()[:500]
    decision.save(update_fields=["undone_by", "undone_at", "undo_reason", "undo_booking"])
    _move(document, State.WAITING)
    return document


@transaction.atomic
def assign(*, document: BankDocument, owner: User | None, by: User, at: dt.datetime) -> BankDocument:
    """Ask a colleague (or nobody) to find out about a document in suspense. Raises NotWaiting."""
    document = _waiting(document)
    document.owner = owner
    document.save(update_fields=["owner"])
    DocumentAssignment.objects.create(document=document, owner=owner, assigned_by=by, assigned_at=at)
    return document


def _place(
    document: BankDocument, parts: Sequence[Part], kind: str, by: User, at: dt.datetime, on: dt.date, reason: str
) -> MatchDecision:
    _check_accounts(document, parts)
    channel = _channel(document)
    about = f"Разноска документа {document}"
    booking = post(document=document, parts=parts, channel=channel, about=about, by=by, at=at, on=on)
    decision = MatchDecision.objects.create(
        document=document, kind=kind, decided_by=by, decided_at=at, reason=reason.strip()[:500], booking=booking
    )
    DecisionLine.objects.bulk_create(
        DecisionLine(
            decision=decision, account_id=part.account_id, writ_id=part.writ_id, amount=part.amount, channel=channel, row=row
        )
        for row, part in enumerate(parts, start=1)
    )
    _move(document, State.BOOKED)
    return decision


def _check_accounts(document: BankDocument, parts: Sequence[Part]) -> None:
    accounts = {part.account_id for part in parts}
    ours = set(
        UtilityAccount.objects.standing().filter(creditor_id=document.creditor_id, pk__in=accounts).values_list("pk", flat=True)
    )
    if accounts - ours:
        raise NotItsAccount(f"Документ {document}: среди счетов есть чужой или отменённый. Выберите счёт своего взыскателя.")
    writs = {part.writ_id: part.account_id for part in parts if part.writ_id}
    held = dict(Writ.objects.live().filter(creditor_id=document.creditor_id, pk__in=writs).values_list("pk", "account_id"))
    if any(held.get(writ) != account for writ, account in writs.items()):
        raise NotItsAccount(f"Документ {document}: исполнительный документ выписан по другому счёту. Выберите его счёт.")


def _channel(document: BankDocument) -> str:
    words = "employer" if "удерж" in document.purpose.casefold() else ""
    return channel_of(document.payer, words)


def _waiting(document: BankDocument) -> BankDocument:
    """The document under lock, after the creditor's ledger, in the order that every booking takes them."""
    Organisation.objects.select_for_update().get(pk=document.creditor_id)
    found = BankDocument.objects.select_for_update(of=("self",)).select_related("creditor").get(pk=document.pk)
    if found.state != State.WAITING:
        raise NotWaiting(
            f"Документ {found} уже {found.get_state_display()}: решает тот, кто первый. "
            "Чтобы решить иначе, сначала верните его в невыясненные."
        )
    return found


def _move(document: BankDocument, state: str) -> None:
    document.state = state
    document.save(update_fields=["state"])

"""Find candidates for write-off; gather some of them into an act with its lines. Set-based, nothing is booked."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common import months
from casedesk.common.refusals import Refusal
from debtors.actions.moves import check_may
from debtors.models import WriteOffAct, WriteOffCandidate, WriteOffItem, WriteOffLine
from debtors.queries.write_off_candidates import SEARCHED, Found, found
from debtors.rules.write_off import GROUND_NAMES, Ground

BATCH = 2_000


class NothingToWriteOff(Refusal):
    """None of the accounts has debt that the ground covers."""

    code = "nothing_to_write_off"


@transaction.atomic
def find_write_offs(*, creditor: Organisation, on: dt.date) -> int:
    """Search the creditor's accounts on every ground anew; return the number of candidates."""
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    rows = []
    for ground in SEARCHED:
        for account, lines in _by_account(found(ground, creditor=creditor, on=on)).items():
            penalty = sum(line.kopecks for line in lines if line.is_penalty)
            total = sum(line.kopecks for line in lines)
            rows.append(
                WriteOffCandidate(
                    account_id=account,
                    ground=ground,
                    principal=total - penalty,
                    penalty=penalty,
                    total=total,
                    first_month=min(line.month for line in lines),
                    last_month=max(line.month for line in lines),
                    why=_why(lines),
                    found_on=on,
                )
            )
    WriteOffCandidate.objects.filter(account__creditor=creditor).delete()
    WriteOffCandidate.objects.bulk_create(rows, BATCH)
    return len(rows)


@transaction.atomic
def gather_write_off(
    *, creditor: Organisation, ground: str, account_ids: Iterable[int], by: User, on: dt.date, reason: str = ""
) -> WriteOffAct:
    """Gather the debt of the accounts that the ground covers on the day into a new act; its papers come next.

    The sums are asked of the ledger anew, not taken from the search. Raises NotAllowed, NothingToWriteOff.
    """
    check_may(by, Right.WORK_CASES)
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    own = list(creditor.accounts.standing().filter(pk__in=list(account_ids)).values_list("pk", flat=True))
    lines_of = _by_account(found(ground, creditor=creditor, on=on, accounts=own))
    if not lines_of:
        raise NothingToWriteOff(
            f"Списывать нечего: у выбранных счетов нет долга по основанию «{GROUND_NAMES[Ground(ground)]}», "
            "или он уже стоит в другом акте. Обновите список кандидатов."
        )
    newest = WriteOffAct.objects.filter(creditor=creditor).aggregate(newest=Max("number"))["newest"] or 0
    total = sum(line.kopecks for lines in lines_of.values() for line in lines)
    act = WriteOffAct.objects.create(
        creditor=creditor, number=newest + 1, ground=ground, reason=reason[:300], total=total, made_on=on, made_by=by
    )
    items = [
        WriteOffItem(act=act, account_id=account, total=sum(line.kopecks for line in lines), why=_why(lines))
        for account, lines in lines_of.items()
    ]
    WriteOffItem.objects.bulk_create(items, BATCH)
    WriteOffLine.objects.bulk_create(
        (
            WriteOffLine(item=item, service_id=line.service_id, month=line.month, amount=line.kopecks)
            for item in items
            for line in lines_of[item.account_id]
        ),
        BATCH,
    )
    WriteOffCandidate.objects.filter(account__in=lines_of, ground=ground).delete()
    return act


def _by_account(lines: Iterable[Found]) -> dict[int, list[Found]]:
    grouped: dict[int, list[Found]] = defaultdict(list)
    for line in lines:
        grouped[line.account_id].append(line)
    return grouped


def _why(lines: list[Found]) -> str:
    """The newest reason of the account, and the months it stands for."""
    newest = max(lines, key=lambda line: line.month)
    first, last = min(line.month for line in lines), newest.month
    span = months.short(first) if first == last else f"{months.short(first)} — {months.short(last)}"
    return f"{span}; {newest.why}"[:300]

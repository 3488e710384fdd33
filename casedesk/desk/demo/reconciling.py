"""The demo's reconciliations: what was presented to the bailiffs, and three months worked with the department."""

import datetime as dt
import json
from contextlib import suppress
from pathlib import Path

from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.common import money, months
from casedesk.common.refusals import Refusal
from debtors.actions.book import book_facts
from debtors.actions.grant_award import Grant, grant_award
from debtors.actions.staging import StagedFact
from debtors.models import Booking, UtilityAccount
from debtors.rules.components import Components
from enforcement.actions.exchange_registers import send_register, take_reply
from enforcement.actions.open_reconciliation import open_reconciliation
from enforcement.actions.refresh_writs import refresh_writs
from enforcement.actions.register_writs import WritRow, register_writs
from enforcement.actions.settle_differences import assign, settle
from enforcement.actions.sign_act import sign
from enforcement.exchange.reply_file import read_reply
from enforcement.models import Presentation, Reconciliation, ReconciliationDifference, Writ
from enforcement.rules.reconciliation_compare import Kind

TEN = dt.time(10)
ANSWERED = {Kind.SUM_DIFFERS, Kind.PAID_DIRECTLY, Kind.DUPLICATE}
"""Differences that the demo's lawyer settles within the term; the others wait for the visitor or go to the next month."""


class UnknownDepartment(Refusal):
    """The town names a department that nobody registered."""

    code = "unknown_department"


def steps(folder: Path, manifest: dict) -> list[tuple[str, dict]]:
    """(day, entry) of each month's reconciliation, in order; none in a town without writs."""
    return [(entry["arrives_on"], entry | {"folder": str(folder)}) for entry in manifest.get("reconciliations", ())]


def hold(meetings: list[tuple[str, dict]], *, before: str) -> None:
    """Hold the reconciliations of the days before this one, and take them off the list."""
    while meetings and meetings[0][0] < before:
        _, entry = meetings.pop(0)
        # A town whose files were not all taken (a broken run) shows fewer reconciliations, and the demo goes on.
        with suppress(Refusal):
            reconcile(entry, by=User.objects.filter(username="lawyer").first(), newest=not meetings)


def reconcile(entry: dict, *, by: User | None, newest: bool) -> Reconciliation | None:
    """One month: present what the month's end knows, open, send, take the reply, settle some, sign unless it is the newest."""
    creditor = Organisation.objects.get(code=entry["creditor"])
    department = Organisation.objects.filter(code=entry["department"]).first()
    if department is None:
        raise UnknownDepartment(
            f"Отдела «{entry['department']}» нет: сверку городка вести не с кем.", value=entry["department"]
        )
    on, month = dt.date.fromisoformat(entry["arrives_on"]), months.parse(entry["month"])
    if Reconciliation.objects.filter(creditor=creditor, department=department, month=month).exists():
        return None
    at = timezone.make_aware(dt.datetime.combine(on, TEN))
    root = Path(entry["folder"])
    told = json.loads((root / entry["presented"]).read_text(encoding="utf-8"))
    _present(creditor, department, told["rows"], on, at)
    _pay_directly(creditor, [one for one in told["directs"] if one["day"][:7] == entry["month"]], on, at)
    one = open_reconciliation(creditor=creditor, department=department, month=month, by=by, on=on, at=at)
    one = send_register(reconciliation=one, by=by, on=on)
    path = root / entry["reply"]
    reply = read_reply(path.name, path.read_bytes(), one)
    take_reply(reconciliation=one, rows=reply.rows, reply_on=reply.as_of, source=path.name, by=by, on=on, at=at)
    one.refresh_from_db()
    if by is not None:
        _work(one, by, on, at, newest)
    return one


def _work(one: Reconciliation, by: User, on: dt.date, at: dt.datetime, newest: bool) -> None:
    """What the lawyer does on the day after the reply; the signatures stand two days later."""
    day, moment = on + dt.timedelta(days=1), at + dt.timedelta(days=1)
    differences = list(one.differences.filter(state=ReconciliationDifference.State.OPEN))
    assign(differences=differences[::2] if newest else differences, to=by, by=by, on=day, at=moment)
    mine = [each for each in differences if each.kind in ANSWERED]
    for each in mine[: len(mine) // 2] if newest else mine:
        settle(difference=each, resolution=each.proposed, reason="письмо отделу", by=by, on=day, at=moment)
    if newest:
        return
    day, moment = on + dt.timedelta(days=3), at + dt.timedelta(days=3)
    given = {"reconciliation": one, "signed_on": day, "by": by, "on": day, "at": moment}
    sign(side="ours", name=by.short_name, office="юрисконсульт", **given)
    sign(side="theirs", name="Тихонов Д. Ю.", office="старший судебный пристав", **given)


def _present(creditor: Organisation, department: Organisation, rows: list[dict], on: dt.date, at: dt.datetime) -> None:
    """Book the writs and the proceedings that are not there yet; only writs that are new here are presented here too."""
    numbers = {row["account"] for row in rows}
    accounts = dict(UtilityAccount.objects.filter(creditor=creditor, number__in=numbers).values_list("number", "pk"))
    writs = Writ.objects.live().filter(creditor=creditor, account__number__in=numbers)
    known = set(writs.values_list("account__number", "number"))
    opened = set(writs.values_list("account__number", "number", "proceedings__number"))
    due = [row for row in rows if row["sent_on"] <= on.isoformat()]
    fresh = [
        row for row in due if _key(row) not in known or row["proceeding"] and (*_key(row), row["proceeding"]) not in opened
    ]
    if not fresh:
        return
    booking = Booking.objects.create(creditor=creditor, kind=Booking.Kind.MANUAL, about="Предъявленные приставам", learnt_at=at)
    register_writs(booking=booking, rows=[_row(row, accounts[row["account"]], department) for row in fresh])
    made = {(writ.account.number, writ.number): writ for writ in booking.writs.select_related("account")}
    Presentation.objects.bulk_create(_presentation(row, made[_key(row)], department, at) for row in fresh if _key(row) in made)
    refresh_writs(list(writs.values_list("pk", flat=True)))


def _key(row: dict) -> tuple[str, str]:
    return row["account"], row["number"]


def _row(row: dict, account: int, department: Organisation) -> WritRow:
    ended_on = _day(row["ended_on"])
    return WritRow(
        account,
        Writ.Kind.COURT_ORDER,
        row["number"],
        issued_on=_day(row["issued_on"]),
        principal=money.kopecks(row["principal"]),
        duty=money.kopecks(row["duty"]),
        proceeding=row["proceeding"],
        opened_on=_day(row["opened_on"]),
        bailiff=row["bailiff"],
        status="finished" if ended_on else "open",
        ended_on=ended_on,
        ground=row["ground"],
        department_id=department.pk,
    )


def _presentation(row: dict, writ: Writ, department: Organisation, at: dt.datetime) -> Presentation:
    return Presentation(
        writ=writ,
        department=department,
        sent_on=_day(row["sent_on"]),
        principal=writ.principal,
        duty=writ.duty,
        ended_on=_day(row["ended_on"]),
        ended_ground=row["ground"],
        recorded_at=at,
    )


def _pay_directly(creditor: Organisation, directs: list[dict], on: dt.date, at: dt.datetime) -> None:
    """Money that debtors paid straight to the creditor on their writs."""
    facts = []
    for number, one in enumerate(directs, start=1):
        writ = Writ.objects.live().filter(creditor=creditor, account__number=one["account"], number=one["writ"]).first()
        if writ is None:
            continue
        writ.award = writ.award or _award(creditor, writ, on, at)
        writ.save(update_fields=["award"])
        facts.append(
            StagedFact(
                number,
                writ.account_id,
                0,
                amount=money.kopecks(one["amount"]),
                paid_on=_day(one["day"]),
                channel="desk",
                document=f"касса {one['writ']}",
                award_id=writ.award_id,
            )
        )
    if facts:
        book_facts(creditor=creditor, facts=facts, about="Прямые платежи по приказам", by=None, learnt_at=at, on=on)


def _award(creditor: Organisation, writ: Writ, on: dt.date, at: dt.datetime):
    granted = Components(writ.principal, writ.penalty, writ.duty)
    grant = Grant(writ.account_id, granted, writ.issued_on, str(writ))
    return grant_award(creditor=creditor, grant=grant, by=None, learnt_at=at, on=on)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None

"""`manage.py close_month YYYY-MM [--creditor CODE] [--note TEXT] [--check]`."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from casedesk.access.models import Organisation
from casedesk.common import months
from casedesk.common.refusals import Refusal
from debtors.actions.close_month import RemarksUnanswered, close_month
from debtors.queries.closing import readiness

WRONG_USE = 2


class Command(BaseCommand):
    help = "Closes a month of a creditor's books, or refuses and says what stands in the way."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", help="YYYY-MM")
        parser.add_argument("--creditor", default="", help="code; may be left out when there is just one")
        parser.add_argument("--note", default="", help="why the month is closed although something is missing")
        parser.add_argument("--check", action="store_true", help="only say what closing would meet")

    def handle(self, *args, **options) -> None:
        creditor, month = self._creditor(options["creditor"]), self._month(options["month"])
        ready = readiness(creditor, month)
        said = {"creditor": creditor.code, "month": months.iso(month), "remarks": [remark.said for remark in ready.remarks]}
        if options["check"]:
            self._print(said | {"status": "ready" if ready.is_free else "refused", "refusals": list(ready.refusals)})
            return
        try:
            if ready.remarks and not options["note"].strip():
                raise RemarksUnanswered("Есть замечания: устраните их или скажите --note, почему месяц закрывается так.")
            closing = close_month(
                creditor=creditor, month=month, by=None, at=timezone.now(), on=timezone.localdate(), note=options["note"]
            )
        except Refusal as refusal:
            self._print(said | {"status": "refused", "code": refusal.code, "message": refusal.message})
            raise SystemExit(1) from refusal
        self._print(said | {"status": "closed", "closed_at": closing.closed_at.isoformat(), "figures": closing.figures})

    def _creditor(self, code: str) -> Organisation:
        creditors = Organisation.objects.filter(kind=Organisation.Kind.CREDITOR)
        found = list(creditors.filter(code=code) if code else creditors[:2])
        if len(found) != 1:
            known = ", ".join(creditors.values_list("code", flat=True)) or "нет ни одного"
            raise CommandError(f"Укажите --creditor: {known}.", returncode=WRONG_USE)
        return found[0]

    def _month(self, text: str) -> int:
        try:
            return months.parse(text)
        except ValueError as wrong:
            raise CommandError(str(wrong), returncode=WRONG_USE) from wrong

    def _print(self, answer: dict) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False))

"""`manage.py age --as-of DAY`: debt by age as JSON on stdout. Exit 1 when refused."""

import datetime as dt
import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from casedesk.access.models import Organisation
from casedesk.common.refusals import Refusal
from debtors.models import UtilityAccount
from debtors.queries.ageing import age
from debtors.queries.printed import answer
from debtors.queries.restructured import restructured


def day(text: str) -> dt.date:
    """A day of the command line. Raises CommandError (wrong use)."""
    found = _parsed(parse_date, text)
    if not found:
        raise CommandError(f"«{text}» не день: нужен вид ГГГГ-ММ-ДД, например 2024-10-01", returncode=2)
    return found


def moment(text: str) -> dt.datetime:
    """A moment: an ISO date and time, or a day, which means its end by the installation's clock."""
    whole_day = _parsed(parse_date, text)
    if whole_day:
        return timezone.make_aware(dt.datetime.combine(whole_day, dt.time.max))
    found = _parsed(parse_datetime, text)
    if not found:
        raise CommandError(f"«{text}» не день и не момент: нужен вид 2024-10-02 или 2024-10-02T18:00", returncode=2)
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _parsed(parse, text: str):
    try:
        return parse(text)
    except ValueError:
        return None


class Command(BaseCommand):
    help = "Задолженность по срокам на день, какой её знали в момент"

    def add_arguments(self, parser):
        parser.add_argument("--as-of", required=True, help="день, за который считаются факты: ГГГГ-ММ-ДД")
        parser.add_argument("--known-on", help="день (его конец) или момент, когда факты были известны")
        parser.add_argument("--by", default="", help="разрезы через запятую: resource,service,category,creditor,...")
        parser.add_argument("--creditor", help="код взыскателя; без него все")

    def handle(self, *, as_of, known_on, by, creditor, **options):
        try:
            accounts = self._accounts(creditor)
            known = moment(known_on) if known_on else None
            dimensions = [name.strip() for name in by.split(",") if name.strip()]
            result = age(accounts, as_of=day(as_of), known_on=known, by=dimensions)
            part = restructured(accounts, as_of=result.as_of, known_on=known)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(json.dumps(answer(result, part), ensure_ascii=False, indent=1))

    @staticmethod
    def _accounts(code: str | None):
        if not code:
            return None
        creditor = Organisation.objects.filter(code=code).first()
        if creditor is None:
            raise CommandError(f"Нет взыскателя с кодом «{code}»: заведите его командой add_creditor.")
        return UtilityAccount.objects.filter(creditor=creditor)

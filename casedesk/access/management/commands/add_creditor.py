"""`manage.py add_creditor CODE --name NAME --inn INN [--own-account N ...] [--territory CODE]`."""

import json

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from casedesk.access.models import Organisation, SettlementAccount, Territory
from casedesk.common.refusals import Refusal


class WrongCreditor(Refusal):
    code = "wrong_creditor"


@transaction.atomic
def add_creditor(*, code: str, name: str, inn: str, own_accounts: list[str], territory: str | None) -> dict:
    """Register a creditor and its settlement accounts; what is there already stays.

    Returns what the command prints. Raises WrongCreditor naming the value that does not fit.
    """
    land = _territory(territory)
    creditor = Organisation.objects.filter(code=code).first()
    created = creditor is None
    if creditor is None:
        creditor = Organisation(kind=Organisation.Kind.CREDITOR, code=code, name=name, inn=inn, territory=land)
        _checked(creditor)
        creditor.save()
    elif creditor.kind != Organisation.Kind.CREDITOR:
        raise WrongCreditor(f"Код «{code}» занят: это {creditor.get_kind_display()} «{creditor}». Выберите другой код.")
    added = [number for number in dict.fromkeys(own_accounts) if _own_account(creditor, number)]
    return {
        "code": creditor.code,
        "name": creditor.name,
        "inn": creditor.inn,
        "own_accounts": sorted(creditor.settlement_accounts.values_list("number", flat=True)),
        "territory": creditor.territory.code if creditor.territory else None,
        "status": "created" if created else "changed" if added else "known",
    }


def _territory(code: str | None) -> Territory | None:
    """The territory by code; a new code is a new territory that the administrator names later."""
    return Territory.objects.get_or_create(code=code, defaults={"name": code})[0] if code else None


def _own_account(creditor: Organisation, number: str) -> bool:
    known = SettlementAccount.objects.filter(number=number).select_related("organisation").first()
    if known is None:
        account = SettlementAccount(organisation=creditor, number=number)
        _checked(account)
        account.save()
        return True
    if known.organisation_id != creditor.pk:
        raise WrongCreditor(f"Расчётный счёт {number} принадлежит «{known.organisation}». Проверьте номер.")
    return False


def _checked(thing) -> None:
    try:
        thing.full_clean()
    except ValidationError as fault:
        raise WrongCreditor("; ".join(f"{key}: {' '.join(texts)}" for key, texts in fault.message_dict.items())) from fault


class Command(BaseCommand):
    help = "Registers a creditor and its settlement accounts. Repeating it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--name", required=True)
        parser.add_argument("--inn", required=True)
        parser.add_argument("--own-account", action="extend", nargs="+", default=[], metavar="NUMBER")
        parser.add_argument("--territory", metavar="CODE")

    def handle(self, *args, **options) -> None:
        try:
            answer = add_creditor(
                code=options["code"],
                name=options["name"],
                inn=options["inn"],
                own_accounts=options["own_account"],
                territory=options["territory"],
            )
        except Refusal as refusal:
            self.stdout.write(json.dumps({"status": "refused", "error": refusal.message}, ensure_ascii=False))
            raise SystemExit(1) from refusal
        self.stdout.write(json.dumps(answer, ensure_ascii=False))

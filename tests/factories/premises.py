"""Houses, flats, accounts in them."""

from casedesk.common.text import fold, search_key
from debtors.models import House, Premises, UtilityAccount
from tests.factories import access


def house(address: str = "ул. Озёрная, д. 4", territory=None) -> House:
    place = territory or access.territory()
    return House.objects.get_or_create(territory=place, address_key=fold(address), defaults={"address": address})[0]


def flat(number: str = "17", *, at: House | None = None, **fields) -> Premises:
    return Premises.objects.create(house=at or house(), number=number, number_key=number, **fields)


def account(creditor, number: str = "4001", *, premises=None, holder: str = "Абрамова Вера Сергеевна", **fields):
    """An account of the creditor, searchable by number, holder and address."""
    search = search_key(number, holder, str(premises or ""))
    return UtilityAccount.objects.create(
        creditor=creditor, number=number, premises=premises, holder_name=holder, search=search, **fields
    )

"""Open the accounts that a file names first: house, premises, account, the person behind it."""

import datetime as dt
from dataclasses import dataclass

from casedesk.access.models import Organisation, Territory
from casedesk.common.keys import reserve_ids
from casedesk.common.text import clean, fold, search_key
from debtors.models import Booking, Debtor, House, Liability, Premises, UtilityAccount
from debtors.queries.dialect import analyse, bulk_load, execute, fresh_table
from debtors.rules.address import Address, parse
from imports.queries.house_book import HouseBook
from imports.rules.people import category_of, gis_numbers, ground_of, kind_of_debtor, tenure_of


@dataclass
class _Opening:
    """One account to open and what was found out about it."""

    ref: int
    said: dict
    house: House | None
    flat: str
    category: str


def make_accounts(*, creditor: Organisation, booking: Booking, details: dict[int, tuple[int, dict]]) -> dict[int, int]:
    """Open an account for each negative ref of `details`; return their ids by ref.

    The number of statements does not depend on the number of accounts. Must run in the transaction of the booking.
    """
    wanted = {ref: said for ref, (_, said) in details.items() if ref < 0}
    gone = _gone(creditor) if wanted else {}
    back = {ref: gone[said["number"]] for ref, said in wanted.items() if said["number"] in gone}
    refs = {ref: said for ref, said in wanted.items() if ref not in back}
    if back:
        _revive(booking, back)
    if not refs:
        return back
    territory = territory_of(creditor)
    # Creditors share houses, so two of them must not open the same house at once.
    Territory.objects.select_for_update(no_key=True).get(pk=territory.pk)
    houses = HouseBook.of(territory.pk)
    openings = [_opening(ref, said, houses) for ref, said in refs.items()]
    House.objects.bulk_create(houses.made)
    _make_premises(openings, houses)
    ids = dict(zip(refs, reserve_ids(UtilityAccount, len(refs)), strict=True))
    _load_accounts(creditor, booking, openings, houses, ids)
    _load_people(openings, ids, _known_people(creditor, openings))
    # The planner still believes in the table of before: joining 50 000 new accounts cost five seconds.
    analyse(UtilityAccount._meta.db_table)
    analyse(Premises._meta.db_table)
    return {**ids, **back}


def _gone(creditor: Organisation) -> dict[str, int]:
    """Accounts that an undone file had opened, by number: they come back instead of being opened twice."""
    gone = UtilityAccount.objects.filter(creditor=creditor, first_booking__undone_at__isnull=False)
    return dict(gone.values_list("number", "id"))


def _revive(booking: Booking, back: dict[int, int]) -> None:
    fresh_table("import_revived", "account_id bigint PRIMARY KEY")
    bulk_load("import_revived", ("account_id",), ((pk,) for pk in back.values()))
    execute(
        f"UPDATE {UtilityAccount._meta.db_table} SET first_booking_id = %s WHERE id IN (SELECT account_id FROM import_revived)",
        [booking.pk],
    )


def territory_of(creditor: Organisation) -> Territory:
    """The land that the creditor's houses lie in. A creditor registered without one gets its own."""
    if creditor.territory_id is None:
        alone = list(Territory.objects.all()[:2])
        name = f"Территория: {creditor.name}"[:200]
        made = alone[0] if len(alone) == 1 else Territory.objects.create(code=creditor.code[:20], name=name)
        creditor.territory = made
        creditor.save(update_fields=["territory"])
    return creditor.territory


def _opening(ref: int, said: dict, houses: HouseBook) -> _Opening:
    printed = said.get("address", "")
    address = parse(printed, said.get("flat", "")) if printed else Address()
    category = category_of(said.get("holder", ""), said.get("category", ""))
    return _Opening(ref, said, houses.house(address, clean(printed)), address.flat[:30], category)


def _make_premises(openings: list[_Opening], houses: HouseBook) -> None:
    """Make the premises nobody knows yet, on the footing that the register prints or the consumer group implies."""
    wanted: dict[tuple[int, str], _Opening] = {}
    for opening in openings:
        if opening.house is not None and (key := (opening.house.pk, opening.flat)) not in houses.flats:
            wanted.setdefault(key, opening)
    ids = reserve_ids(Premises, len(wanted))
    rows = []
    for pk, (key, opening) in zip(ids, wanted.items(), strict=True):
        houses.flats[key] = pk
        tenure = tenure_of(opening.said.get("extra", {}).get("tenure", ""), opening.category)
        rows.append((pk, key[0], opening.flat, key[1], "residential", opening.said.get("area_x100"), tenure))
    columns = ("id", "house_id", "number", "number_key", "kind", "area_x100", "tenure")
    if rows:
        bulk_load(Premises._meta.db_table, columns, rows)


ACCOUNT_COLUMNS = (
    "id",
    "creditor_id",
    "number",
    "premises_id",
    "category",
    "holder_name",
    "address_text",
    "unified_number",
    "gis_id",
    "search",
    "first_booking_id",
)


def _load_accounts(
    creditor: Organisation, booking: Booking, openings: list[_Opening], houses: HouseBook, ids: dict[int, int]
) -> None:
    def rows():
        for opening in openings:
            said = opening.said
            number, holder, address = said["number"], clean(said.get("holder", "")), clean(said.get("address", ""))
            gis, unified = gis_numbers([number, *said.get("others", [])])
            premises = houses.flats.get((opening.house.pk, opening.flat)) if opening.house else None
            search = search_key(number, holder, address, unified)
            yield (
                ids[opening.ref],
                creditor.pk,
                number,
                premises,
                opening.category,
                holder[:300],
                address[:400],
                unified,
                gis,
                search[:800],
                booking.pk,
            )

    bulk_load(UtilityAccount._meta.db_table, ACCOUNT_COLUMNS, rows())


SAID_OF_A_PERSON = ("id", "kind", "name", "birth_date", "search")
NOT_SAID_OF_A_PERSON = tuple(field.column for field in Debtor._meta.concrete_fields if field.column not in SAID_OF_A_PERSON)
"""Texts of a person that no register brings."""


def _known_people(creditor: Organisation, openings: list[_Opening]) -> dict[tuple[str, dt.date], int]:
    """Debtors of this creditor by folded name and birth date: the only pair that proves one person."""
    if not any(opening.said.get("birth_date") for opening in openings):
        return {}
    known = Debtor.objects.filter(liabilities__account__creditor=creditor, birth_date__isnull=False)
    return {(fold(name), born): pk for pk, name, born in known.values_list("id", "name", "birth_date").distinct()}


def _load_people(openings: list[_Opening], ids: dict[int, int], known: dict[tuple[str, dt.date], int]) -> None:
    """Enter the holders and their liability. A name alone never joins two accounts to one person."""
    named = [opening for opening in openings if opening.said.get("holder")]
    spare = iter(reserve_ids(Debtor, len(named)))
    debtors, liabilities = [], []
    unsaid = [""] * len(NOT_SAID_OF_A_PERSON)
    for opening in named:
        name = clean(opening.said["holder"])[:300]
        born = opening.said.get("birth_date")
        born = dt.date.fromisoformat(born) if born else None
        person = known.get((fold(name), born)) if born else None
        if person is None:
            person = next(spare)
            if born:
                known[(fold(name), born)] = person
            kind = kind_of_debtor(name, opening.category)
            debtors.append((person, kind, name, born, search_key(name)[:400], *unsaid))
        liabilities.append((ids[opening.ref], person, "joint", ground_of(opening.category), 1, 1))
    if debtors:
        bulk_load(Debtor._meta.db_table, (*SAID_OF_A_PERSON, *NOT_SAID_OF_A_PERSON), debtors)
    if liabilities:
        columns = ("account_id", "debtor_id", "kind", "ground", "share_num", "share_den")
        bulk_load(Liability._meta.db_table, columns, liabilities)


def fill_accounts(*, creditor: Organisation, details: dict[int, tuple[int, dict]]) -> int:
    """Write what the file knows and the books leave empty into accounts already there; return how many gained something.

    What the books hold is never overwritten: a changed holder is a person's decision.
    """
    said_of = {ref: said for ref, (_, said) in details.items() if ref > 0}
    if not said_of:
        return 0
    changed = []
    for account in UtilityAccount.objects.filter(creditor=creditor).iterator(5_000):
        said = said_of.get(account.pk)
        if said and _fill(account, said):
            changed.append(account)
    fields = ["holder_name", "address_text", "unified_number", "gis_id", "search"]
    UtilityAccount.objects.bulk_update(changed, fields, batch_size=2_000)
    return len(changed)


def _fill(account: UtilityAccount, said: dict) -> bool:
    gis, unified = gis_numbers(said.get("others", []))
    offered = {
        "holder_name": clean(said.get("holder", ""))[:300],
        "address_text": clean(said.get("address", ""))[:400],
        "unified_number": unified,
        "gis_id": gis,
    }
    gained = {name: value for name, value in offered.items() if value and not getattr(account, name)}
    for name, value in gained.items():
        setattr(account, name, value)
    if gained:
        account.search = search_key(account.number, account.holder_name, account.address_text, account.unified_number)[:800]
    return bool(gained)

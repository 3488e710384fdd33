"""Take a register of writs into the books: each writ finds its account by number, or by debtor and address."""

from collections import defaultdict
from dataclasses import dataclass

from debtors.models import Booking, UtilityAccount
from debtors.rules.address import parse
from enforcement.actions.register_writs import WritRow, register_writs
from enforcement.queries.writ_book import WritBook
from enforcement.rules.same_debtor import DIFFERENT, SAME, compare
from imports.bailiff.file import Line
from imports.bailiff.writ_line import WritLine
from imports.queries.account_book import AccountBook, Ambiguous
from imports.queries.house_book import HouseBook
from imports.rows import Problem


@dataclass(frozen=True)
class TakenWrits:
    """Writs that were new, rows that were known, accounts they touch."""

    writs: int
    known: int
    accounts: int


def take_writ_register(*, booking: Booking, lines: list[Line]) -> TakenWrits:
    """Register the writs of the lines; a line whose account cannot be told is rejected with the reason.

    Call it in the transaction of the booking.
    """
    finder = _Finder(booking, lines)
    rows, known = [], 0
    for line in lines:
        if finder.known(line.facts):
            known += 1
            continue
        account = finder.account(line)
        if account is not None:
            rows.append(_row(line.facts, account))
    done = register_writs(booking=booking, rows=rows)
    return TakenWrits(done.writs, known + done.known, len({row.account_id for row in rows}))


def _row(line: WritLine, account: int) -> WritRow:
    is_order = line.kind == "court_order"
    return WritRow(
        account_id=account,
        kind=line.kind,
        number=line.number,
        issued_on=line.issued_on,
        court_case=line.number if is_order else "",
        principal=line.principal,
        penalty=line.penalty,
        duty=line.duty,
        row=line.row,
    )


class _Finder:
    """Accounts of the creditor by number, or by flat and holder; loaded once."""

    def __init__(self, booking: Booking, lines: list[Line]):
        creditor = booking.creditor
        self.writs = WritBook.of(creditor.pk, [line.facts.number for line in lines])
        self.numbers = AccountBook.of(creditor.pk) if any(line.facts.account for line in lines) else None
        self.houses = HouseBook.of(creditor.territory_id) if creditor.territory_id else None
        self.at_flat: dict[int, list[tuple[int, str]]] = defaultdict(list)
        if self.houses and any(not line.facts.account for line in lines):
            accounts = UtilityAccount.objects.filter(creditor=creditor, premises__isnull=False).standing().order_by("id")
            for pk, flat, holder in accounts.values_list("id", "premises_id", "holder_name").iterator(20_000):
                self.at_flat[flat].append((pk, holder))

    def known(self, line: WritLine) -> bool:
        """The writ is in the books already: same number, debtor and day."""
        found = self.writs.find(line.number, line.debtor_name, line.issued_on)
        return found.writ is not None and found.writ.issued_on == line.issued_on

    def account(self, line: Line) -> int | None:
        """The account's id; None after putting down why there is none."""
        facts = line.facts
        if facts.account:
            return self._by_number(line, facts.account)
        return self._by_flat(line, facts)

    def _by_number(self, line: Line, number: str) -> int | None:
        found = self.numbers.find(number)
        if isinstance(found, Ambiguous) or found is None:
            why = "подходит к нескольким" if found else "не найден"
            return _refuse(line, "unknown_account", f"Лицевой счёт {number} {why}. Исправьте номер.", number)
        return found

    def _by_flat(self, line: Line, facts: WritLine) -> int | None:
        address = parse(facts.address)
        house = self.houses.house(address, facts.address) if self.houses else None
        flat = self.houses.flats.get((house.pk, address.flat)) if house is not None and house.pk else None
        here = self.at_flat.get(flat, []) if flat else []
        if not here:
            said = f"По адресу «{facts.address}» нет лицевого счёта. Исправьте адрес или загрузите реестр счетов."
            return _refuse(line, "unknown_address", said, facts.address)
        verdicts = {pk: compare(holder, facts.debtor_name) for pk, holder in here}
        fitting = [pk for pk, verdict in verdicts.items() if verdict == SAME]
        fitting = fitting or [pk for pk, verdict in verdicts.items() if verdict != DIFFERENT]
        if len(fitting) == 1:
            return fitting[0]
        if not fitting:
            holders = ", ".join(sorted({holder for _, holder in here if holder})[:3]) or "не назван"
            said = (
                f"Должник «{facts.debtor_name}», а по этому адресу счёт на другое имя ({holders}). Отнесите документ вручную."
            )
            return _refuse(line, "debtor_differs", said, facts.debtor_name)
        said = f"По адресу и имени подходит несколько лицевых счетов ({len(fitting)}). Добавьте в реестр номер счёта."
        return _refuse(line, "account_ambiguous", said, facts.address)


def _refuse(line: Line, code: str, message: str, value: str) -> None:
    line.problems.append(Problem(code, message, line.sheet, line.row, value=value[:300]))

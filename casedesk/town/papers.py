"""Papers round the heat supplier's writs: court answers, the bailiffs' reply, bank statements of the last year.

Their money is the same money that the registers of payments carry: a statement's bailiff transfers stand in the cash
desk's register as «ФССП», its totals are the totals of the bank's registers.
"""

import datetime as dt
from pathlib import Path

from casedesk.common import months
from casedesk.town.facts import Money, TownAccount
from casedesk.town.files.base import Sheet
from casedesk.town.files.court import BailiffReply, CourtCsv
from casedesk.town.files.statement import Statement
from casedesk.town.noise import write_noise
from casedesk.town.plan import CREDITORS, TownPlan
from casedesk.town.writs import TownWrit, withheld_money, writ_of

_TEPLO = CREDITORS[0]
_WORDINGS = (
    "Взыскание по ИП № {ip} от {opened} в отношении {name}",
    "По и/п {ip} взыскан долг с {name} Судебный приказ {order} от {issued}",
    "И/П {ip};{name};Судебный приказ№{order}от{issued}",
    "Перечисление средств в счет погашения долга взыскателю: {creditor}, ИП {ip}, ИД № {order} от {issued}, "
    "должник: {upper}. НДС не облагается",
)


class Papers:
    """Collects writs and bank documents account by account; `close` writes the files and returns their sheets."""

    def __init__(self, plan: TownPlan, root: Path):
        self.plan, self.root = plan, root
        self.writs: list[TownWrit] = []
        self.accounts: list[TownAccount] = []
        self.statements: dict[int, Statement] = {}
        self.registers: dict[int, list[int]] = {}

    def file(self, account: TownAccount) -> None:
        """Note what concerns the account. Only the heat supplier's papers are told."""
        if account.creditor is not _TEPLO:
            return
        self.accounts.append(account)
        writ = writ_of(self.plan, account)
        if writ is not None:
            self.writs.append(writ)
        for paid in account.payments:
            if months.of(paid.day) > self.plan.last - 12:
                self._file_money(account, writ, paid)

    def _file_money(self, account: TownAccount, writ: TownWrit | None, paid: Money) -> None:
        month = months.of(paid.day)
        if account.by_bank and not paid.late:
            fee = (paid.amount * 12 + 500) // 1000
            count_and_sum = self.registers.setdefault(month, [0, 0])
            count_and_sum[0] += 1
            count_and_sum[1] += paid.amount - fee
        elif writ is not None and writ.proceeding and paid in withheld_money(account):
            serial = int(paid.document[3:9])
            self._statement(month).from_bailiffs(paid.day, paid.amount, serial, _purpose(writ, serial))

    def _statement(self, month: int) -> Statement:
        if month not in self.statements:
            path = self.root / f"teplo/vypiska_{months.iso(month)}.txt"
            arrives = months.first_day(month + 1)
            self.statements[month] = Statement(Sheet(path, "bank_statement", "teplo", arrives, month), _TEPLO)
        return self.statements[month]

    def close(self) -> list[Sheet]:
        for month, (count, sum_) in sorted(self.registers.items()):
            self._statement(month).from_savings_bank(sum_, count)
            self._statement(month).to_supplier(sum_ * 7 // 10)
        for statement in self.statements.values():
            statement.close()
        return [*(one.sheet for one in self.statements.values()), *self._close_writs()]

    def spoil(self) -> tuple[Sheet, dict]:
        """Write the statement of spoilt purposes; return its sheet and the truth of its documents."""
        return write_noise(self.plan, self.root, self.writs, self.accounts)

    def _close_writs(self) -> list[Sheet]:
        if not self.writs:
            return []
        last = max(writ.sent_on for writ in self.writs)
        court = CourtCsv(Sheet(self.root / "teplo/sudebnye_prikazy.csv", "writs", "teplo", last))
        on = self.plan.today - dt.timedelta(days=10)
        reply = BailiffReply(Sheet(self.root / "teplo/otvet_osp.xlsx", "bailiff_register", "teplo", on), _TEPLO.name)
        for writ in self.writs:
            court.row(writ)
            reply.row(writ)
        court.close()
        reply.close()
        return [court.sheet, reply.sheet]


def _purpose(writ: TownWrit, serial: int) -> str:
    name = writ.account.holder
    return _WORDINGS[serial % len(_WORDINGS)].format(
        ip=writ.proceeding,
        opened=f"{writ.opened_on:%d.%m.%Y}",
        name=name,
        upper=name.upper(),
        order=writ.number,
        issued=f"{writ.issued_on:%d.%m.%Y}",
        creditor=_TEPLO.name,
    )

"""Registers of payments: Sberbank's twelve fields and key:value lines, a bank's columns, a cash desk's text, DBF by service."""

from casedesk.common import months
from casedesk.town.facts import Money, TownAccount
from casedesk.town.files.base import Sheet, TextRegister, roubles
from casedesk.town.files.charges import SERVICE_NAMES
from casedesk.town.files.dbf import DbfFile
from casedesk.town.people import initials

LOST_DAY = "31.02.{}"
"""A day that never was: the row must be rejected."""


def _count(sheet: Sheet, paid: Money) -> None:
    if paid.lost and not sheet.late:
        sheet.rejected += 1
    else:
        sheet.accepted += 1
        sheet.sum += paid.amount


def _named_month(paid: Money) -> int:
    """The month the payer names: nearly everybody pays for the month before."""
    return months.of(paid.day) - 1


class TwelveFields(TextRegister):
    """Sberbank: date, time, branch, teller, unique number, account, name, address, month, sum, transferred, fee."""

    def __init__(self, sheet: Sheet):
        self.transferred = 0
        super().__init__(sheet)

    def row(self, account: TownAccount, paid: Money) -> None:
        fee = (paid.amount * 12 + 500) // 1000
        month = _named_month(paid)
        self.transferred += paid.amount - fee
        hour = int(paid.document[4:9]) % 12 + 8
        self.line(
            paid.day.strftime("%d-%m-%Y"),
            f"{hour:02d}-{int(paid.document[5:9]) % 60:02d}-{int(paid.document[3:8]) % 60:02d}",
            f"8627/{1000 + int(paid.document[6:9])}",
            f"{int(paid.document[3:9]) % 89999 + 10000}",
            paid.document,
            account.number,
            account.holder.upper(),
            f"Г {account.place.full_address[3:].upper().replace('Д. ', 'Д ').replace('КВ. ', 'КВ ')}",
            f"{month % 12 + 1:02d}{month // 12 % 100:02d}",
            roubles(paid.amount),
            roubles(paid.amount - fee),
            roubles(fee),
        )
        _count(self.sheet, paid)

    def tail(self) -> None:
        sheet = self.sheet
        fee = sheet.sum - self.transferred
        day = sheet.arrives_on.strftime("%d-%m-%Y")
        number = 600000 + sheet.arrives_on.toordinal() % 99999
        self.line(f"={sheet.accepted}", roubles(sheet.sum), roubles(self.transferred), roubles(fee), number, day)


class KeyValue(TextRegister):
    """Sberbank: fields of the bank, then named fields of the payer; a variable number of meter readings at the end."""

    newline = "\n"

    def row(self, account: TownAccount, paid: Money) -> None:
        fee = (paid.amount * 12 + 500) // 1000
        serial = int(paid.document[3:12])
        meters = [f"CounterVal_{n}:{serial % (700 + n)},{serial % 997:03d}" for n in range(1, serial % 4)]
        self.line(
            "8627",
            f"{1000 + serial % 999}",
            f"{serial % 89999 + 10000}",
            paid.document,
            roubles(paid.amount, "."),
            roubles(fee, "."),
            paid.day.strftime("%d/%m/%Y"),
            f"CLIENTNO:{account.number}",
            f"FIO:{account.holder.upper()}",
            f"method_pay:{'СБОЛ' if serial % 3 else 'Автоплатеж'}",
            *meters,
        )
        _count(self.sheet, paid)


class PipeColumns(TextRegister):
    """A bank's register in columns of fixed width between bars, cp866."""

    encoding = "cp866"

    def row(self, account: TownAccount, paid: Money) -> None:
        month = _named_month(paid)
        period = f"{month // 12}/{month % 12 + 1:02d}" if self.sheet.accepted % 2 else months.short(month)
        cells = (
            f"{self.sheet.accepted + 1:>4}",
            f"{account.number:<12}",
            f"{initials(account.holder)[:24]:<24}",
            f"{account.place.address[:40]:<40}",
            period,
            f"{roubles(paid.amount, '.'):>12}",
            paid.day.strftime("%d/%m/%Y"),
            paid.document,
            "",
        )
        self.line(*cells, separator="|")
        _count(self.sheet, paid)

    def tail(self) -> None:
        self.line("=", self.sheet.accepted, roubles(self.sheet.sum, "."), "", separator="|")


class DeskCsv(TextRegister):
    """A cash desk's register in UTF-8. Names the means of payment, so money from bailiffs is seen."""

    encoding = "utf-8-sig"

    def head(self) -> None:
        self.line("Дата", "Лицевой счёт", "ФИО", "Адрес", "Сумма", "Вид оплаты", "Документ")

    def row(self, account: TownAccount, paid: Money) -> None:
        lost = paid.lost and not self.sheet.late
        day = LOST_DAY.format(paid.day.year) if lost else paid.day.strftime("%d.%m.%Y")
        address = account.place.full_address
        self.line(day, account.number, account.holder, address, roubles(paid.amount), paid.means, paid.document)
        _count(self.sheet, paid)


class ServiceDbf:
    """A billing program's DBF of payments, each for one service. Days as ГГММДД, code page not stated."""

    FIELDS = (
        ("LSHET", "C", 12, 0),
        ("DOCUMENTCD", "C", 20, 0),
        ("MONTH", "N", 3, 0),
        ("YEAR", "N", 5, 0),
        ("SUMMA", "N", 18, 2),
        ("SERVICECD", "N", 6, 0),
        ("SERVICENAM", "C", 50, 0),
        ("DAT", "C", 6, 0),
    )

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        self.file = DbfFile(sheet.path, self.FIELDS, language=0)

    def row(self, account: TownAccount, paid: Money) -> None:
        month = _named_month(paid)
        self.file.row(
            account.number,
            paid.document,
            month % 12 + 1,
            month // 12,
            roubles(paid.amount, "."),
            paid.service,
            SERVICE_NAMES[paid.service],
            paid.day.strftime("%y%m%d"),
        )
        _count(self.sheet, paid)

    def close(self) -> None:
        self.file.close()


class ServiceCsv(TextRegister):
    """The same as plain text, for benchmarks."""

    encoding = "utf-8"

    def head(self) -> None:
        self.line("Дата", "Лицевой счёт", "Услуга", "Сумма", "Документ")

    def row(self, account: TownAccount, paid: Money) -> None:
        day = paid.day.strftime("%d.%m.%Y")
        self.line(day, account.number, SERVICE_NAMES[paid.service], roubles(paid.amount), paid.document)
        _count(self.sheet, paid)

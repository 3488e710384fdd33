"""A month's bank statement in the 1C exchange format: totals of bank registers, bailiffs' transfers, own bills."""

import datetime as dt
from dataclasses import dataclass, field

from casedesk.common import months
from casedesk.town.files.base import Sheet, roubles
from casedesk.town.plan import TownCreditor

BANK = "АО «Заполярный банк»"
TREASURY = "03212643000000014900"
TREASURER = (
    "УФК ПО МУРМАНСКОЙ ОБЛАСТИ (ОСП ОЗЁРНОГО РАЙОНА УФССП РОССИИ ПО МУРМАНСКОЙ ОБЛАСТИ Л/С 05491Я00340)",
    "5190132481",
    TREASURY,
)
_SAVINGS = ("ПАО СБЕРБАНК", "7707083893", "30233810642000600001")
_SUPPLIER = ("АО «МАЗУТСНАБ»", "5199011111", "40702810900000077701")


@dataclass(slots=True)
class Document:
    """One payment order of a statement. Kopecks; `incoming` by whose account receives."""

    number: str
    day: dt.date
    sum: int
    other: tuple[str, str, str]
    purpose: str
    incoming: bool = True


@dataclass(slots=True)
class Statement:
    """Documents of one month, written when the month is complete."""

    sheet: Sheet
    creditor: TownCreditor
    documents: list[Document] = field(default_factory=list)

    def from_bailiffs(self, day: dt.date, sum_: int, number: int, purpose: str) -> None:
        self.documents.append(Document(f"{100000 + number}", day, sum_, TREASURER, purpose))

    def from_savings_bank(self, sum_: int, count: int) -> None:
        """The bank's total of the month's register of payments."""
        day = self.sheet.arrives_on
        purpose = (
            f"Перечисление платежей физ. лиц согласно реестру от {day.strftime('%d.%m.%Y')}, {count} шт. НДС не облагается"
        )
        self.documents.append(Document(f"{600000 + day.toordinal() % 99999}", day, sum_, _SAVINGS, purpose))

    def to_supplier(self, sum_: int) -> None:
        day = months.first_day(self.sheet.period).replace(day=24)
        purpose = f"Оплата за мазут топочный по договору № 14/{day.year} от 12.01.{day.year}, в т.ч. НДС"
        self.documents.append(Document("417", day, sum_, _SUPPLIER, purpose, incoming=False))

    def close(self) -> None:
        self.documents.sort(key=lambda one: (one.day, one.number))
        lines = self._head()
        for one in self.documents:
            lines += self._document(one)
        self.sheet.accepted = len(self.documents)
        self.sheet.sum = sum(one.sum for one in self.documents if one.incoming)
        self.sheet.path.parent.mkdir(parents=True, exist_ok=True)
        text = "\r\n".join([*lines, "КонецФайла", ""])
        self.sheet.path.write_bytes(text.encode("cp1251"))

    def _head(self) -> list[str]:
        first, last = months.first_day(self.sheet.period), self.sheet.arrives_on
        span = [f"ДатаНачала={first:%d.%m.%Y}", f"ДатаКонца={last:%d.%m.%Y}", f"РасчСчет={self.creditor.own_account}"]
        came = sum(one.sum for one in self.documents if one.incoming)
        went = sum(one.sum for one in self.documents if not one.incoming)
        head = ["1CClientBankExchange", "ВерсияФормата=1.03", "Кодировка=Windows", f"Отправитель={BANK}", "Получатель="]
        head += [f"ДатаСоздания={last:%d.%m.%Y}", "ВремяСоздания=09:15:00", *span, "СекцияРасчСчет", *span]
        head += ["НачальныйОстаток=1000000.00", f"ВсегоПоступило={roubles(came, '.')}", f"ВсегоСписано={roubles(went, '.')}"]
        return [*head, f"КонечныйОстаток={roubles(100000000 + came - went, '.')}", "КонецРасчСчет"]

    def _document(self, one: Document) -> list[str]:
        own = (self.creditor.name.upper(), self.creditor.inn, self.creditor.own_account)
        payer, payee = (one.other, own) if one.incoming else (own, one.other)
        day = one.day.strftime("%d.%m.%Y")
        return [
            "СекцияДокумент=Платежное поручение",
            f"Номер={one.number}",
            f"Дата={day}",
            f"Сумма={roubles(one.sum, '.')}",
            f"ПлательщикСчет={payer[2]}",
            f"ДатаСписано={'' if one.incoming else day}",
            f"ПлательщикИНН={payer[1]}",
            f"Плательщик1={payer[0]}",
            f"ПолучательСчет={payee[2]}",
            f"ДатаПоступило={day if one.incoming else ''}",
            f"ПолучательИНН={payee[1]}",
            f"Получатель1={payee[0]}",
            "ВидПлатежа=Электронно",
            "ВидОплаты=01",
            "Код=0",
            "Очередность=5",
            f"НазначениеПлатежа={one.purpose}",
            "КонецДокумента",
        ]

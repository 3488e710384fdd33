"""Papers before court: reminder, pre-trial notice, statement of debt, payment slip."""

from pathlib import Path

from casedesk.documents.kinds import DocumentKind
from casedesk.documents.rules.checks import Adds, SumOf
from casedesk.documents.rules.fields import Field

HERE = Path(__file__).parent / "texts"

MONTHS = Field(
    "months",
    "долг",
    "table",
    "неоплаченные месяцы",
    columns=(
        Field("account", "счёт", "text", "лицевой счёт"),
        Field("month", "месяц", "month", "месяц начисления"),
        Field("at_least", "и_ранее", "flag", "часть входящего остатка: этот месяц или раньше"),
        Field("services", "услуги", "text", "услуги с суммами"),
        Field("amount", "сумма", "money", "не оплачено за месяц"),
    ),
)
WHO = (
    Field("addressee", "адресат", "person", "кому: должник или все должники через запятую"),
    Field("address", "адрес", "text", "адрес помещения"),
    Field("accounts", "лицевые_счета", "text", "номера лицевых счетов"),
    Field("of_citizens", "гражданин", "flag", "должник – гражданин: действует Жилищный кодекс"),
)
CODE = Field("qr", "код", "qr", "код для оплаты (ГОСТ Р 56042-2014), если известны реквизиты", required=False)

REMINDER = DocumentKind(
    "reminder",
    "Напоминание о долге",
    HERE / "reminder.txt",
    (
        *WHO,
        Field("notice_number", "номер_напоминания", "number", "номер напоминания в деле"),
        Field("total", "сумма", "money", "сумма долга"),
        Field("pay_by", "срок_оплаты", "text", "«до 15.04.2024» или «в течение 30 дней со дня получения письма»"),
        MONTHS,
        CODE,
    ),
    checks=(SumOf("months", "amount", "total"),),
    total="total",
    addressee="addressee",
    address="address",
    about="Первое письмо должнику: сколько, за что и до какого дня заплатить.",
)
PRE_TRIAL_NOTICE = DocumentKind(
    "pre_trial_notice",
    "Досудебная претензия",
    HERE / "pre_trial_notice.txt",
    (
        *WHO,
        Field("period_from", "период_с", "month", "первый неоплаченный месяц"),
        Field("period_to", "период_по", "month", "последний неоплаченный месяц"),
        Field("principal", "основной_долг", "money", "долг без пеней"),
        Field("penalty", "пени", "money", "пени на день претензии", required=False),
        Field("penalty_through", "пени_по", "day", "по какой день посчитаны пени", required=False),
        Field("total", "всего", "money", "основной долг и пени"),
        Field("pay_days", "дней_на_оплату", "number", "сколько дней дано на оплату"),
        MONTHS,
        CODE,
    ),
    checks=(SumOf("months", "amount", "principal"), Adds(("principal", "penalty"), "total")),
    total="total",
    addressee="addressee",
    address="address",
    about="Требование оплатить долг и пени перед обращением в суд.",
)
DEBT_STATEMENT = DocumentKind(
    "debt_statement",
    "Справка о задолженности",
    HERE / "debt_statement.txt",
    (
        *WHO,
        Field("as_of", "на_день", "day", "на какой день долг"),
        Field("principal", "основной_долг", "money", "долг без пеней"),
        Field("penalty", "пени", "money", "пени на этот день", required=False),
        Field("total", "всего", "money", "основной долг и пени"),
        MONTHS,
    ),
    checks=(SumOf("months", "amount", "principal"), Adds(("principal", "penalty"), "total")),
    total="total",
    addressee="addressee",
    address="address",
    about="Состояние расчётов по делу на день: для суда, приставов, соцзащиты или самого должника.",
)
PAYMENT_SLIP = DocumentKind(
    "payment_slip",
    "Платёжная квитанция",
    HERE / "payment_slip.txt",
    (
        Field("payer", "плательщик", "person", "кто платит"),
        Field("address", "адрес", "text", "адрес помещения"),
        Field("accounts", "лицевые_счета", "text", "номера лицевых счетов"),
        Field("purpose", "назначение", "text", "назначение платежа"),
        Field("period", "период", "text", "за какой период", required=False),
        Field("principal", "основной_долг", "money", "основной долг"),
        Field("penalty", "пени", "money", "пени", required=False),
        Field("duty", "пошлина", "money", "госпошлина", required=False),
        Field("total", "сумма", "money", "сумма к оплате"),
        Field("qr", "код", "qr", "код для оплаты (ГОСТ Р 56042-2014)"),
    ),
    checks=(Adds(("principal", "penalty", "duty"), "total"),),
    total="total",
    addressee="payer",
    address="address",
    about="Извещение и квитанция с кодом для оплаты прямо взыскателю.",
)
KINDS = (REMINDER, PRE_TRIAL_NOTICE, DEBT_STATEMENT, PAYMENT_SLIP)

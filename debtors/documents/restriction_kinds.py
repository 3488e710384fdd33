"""Papers of service restriction: the warning, and the act of limiting, suspending, restoring (Правила 354 п. 119-120)."""

from pathlib import Path

from casedesk.documents.kinds import DocumentKind
from casedesk.documents.rules.checks import SumOf
from casedesk.documents.rules.fields import Field

HERE = Path(__file__).parent / "texts"
WHO = (
    Field("addressee", "адресат", "person", "кому: должник или все должники через запятую"),
    Field("address", "адрес", "text", "адрес помещения"),
    Field("accounts", "лицевой_счёт", "text", "номер лицевого счёта"),
    Field("service", "услуга", "text", "какая услуга"),
)
RESTRICTION_WARNING = DocumentKind(
    "restriction_warning",
    "Предупреждение об ограничении услуги",
    HERE / "restriction_warning.txt",
    (
        *WHO,
        Field("total", "сумма", "money", "просроченный долг за услугу"),
        Field("monthly", "плата_за_месяц", "money", "плата за месяц по нормативу потребления"),
        Field("debt_months", "порог_месяцев", "number", "сколько месячных плат составляет порог"),
        Field("days", "дней_на_оплату", "number", "сколько дней дано на оплату со дня получения"),
        Field("suspension_days", "дней_до_приостановления", "number", "через сколько дней после ограничения приостановят"),
        Field("can_be_limited", "ограничение_возможно", "flag", "нет: услугу сразу приостанавливают"),
        Field(
            "months",
            "долг",
            "table",
            "неоплаченные месяцы",
            columns=(
                Field("month", "месяц", "month", "месяц начисления"),
                Field("amount", "сумма", "money", "не оплачено за месяц"),
            ),
        ),
        Field("qr", "код", "qr", "код для оплаты (ГОСТ Р 56042-2014), если известны реквизиты", required=False),
    ),
    checks=(SumOf("months", "amount", "total"),),
    total="total",
    addressee="addressee",
    address="address",
    about="Предупреждение должнику перед ограничением и приостановлением услуги.",
)
RESTRICTION_ACT = DocumentKind(
    "restriction_act",
    "Акт об ограничении, приостановлении, возобновлении услуги",
    HERE / "restriction_act.txt",
    (
        *WHO,
        Field("what", "что_сделано", "text", "ограничено, приостановлено или возобновлено"),
        Field("done_on", "день_действия", "day", "когда сделано"),
        Field("warned_on", "день_предупреждения", "day", "когда должник получил предупреждение", required=False),
        Field("proof", "доказательство", "text", "чем подтверждено вручение", required=False),
        Field("debt", "долг_за_услугу", "money", "просроченный долг за услугу на этот день"),
        Field("present", "присутствовали", "text", "кто был при этом"),
    ),
    addressee="addressee",
    address="address",
    about="Составляется при каждом действии с услугой.",
)
RESTRICTION_KINDS = (RESTRICTION_WARNING, RESTRICTION_ACT)

"""Papers of repayment agreements: the notice of a breach (plan row Z6b)."""

from pathlib import Path

from casedesk.documents.kinds import DocumentKind
from casedesk.documents.rules.fields import Field

HERE = Path(__file__).parent / "texts"

AGREEMENT_BREACH_NOTICE = DocumentKind(
    "agreement_breach_notice",
    "Уведомление о нарушении соглашения",
    HERE / "agreement_breach_notice.txt",
    (
        Field("addressee", "адресат", "person", "кому: должник или все должники через запятую"),
        Field("address", "адрес", "text", "адрес помещения"),
        Field("agreement_number", "номер_соглашения", "number", "номер соглашения"),
        Field("signed_on", "день_соглашения", "day", "когда заключено"),
        Field("in_court", "мировое", "flag", "утверждено судом как мировое соглашение"),
        Field("why", "что_нарушено", "text", "что нарушено, словами"),
        Field("as_of", "на_день", "day", "по какой день известны оплаты"),
        Field("behind", "отстаёт", "money", "сколько не хватает по графику", required=False),
        Field("current", "текущие", "money", "просроченные текущие начисления", required=False),
        Field("left", "осталось", "money", "сколько осталось оплатить по соглашению"),
    ),
    total="left",
    addressee="addressee",
    address="address",
    about="Должнику в срок, заданный правилом взыскателя, после найденного нарушения.",
)
AGREEMENT_KINDS = (AGREEMENT_BREACH_NOTICE,)

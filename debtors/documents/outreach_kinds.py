"""Letters to heads of employers and of institutions (rows P1.3, L10)."""

from pathlib import Path

from casedesk.documents.kinds import DocumentKind
from casedesk.documents.rules.checks import SumOf
from casedesk.documents.rules.fields import Field

HERE = Path(__file__).parent / "texts"
TO_HEAD = (
    Field("addressee", "адресат", "person", "руководитель, которому письмо"),
    Field("post", "должность", "text", "должность руководителя", required=False),
    Field("recipient", "организация", "text", "работодатель или учреждение"),
    Field("address", "адрес", "text", "адрес организации", required=False),
)

LETTER_EMPLOYER = DocumentKind(
    "letter_employer",
    "Письмо работодателю",
    HERE / "letter_employer.txt",
    TO_HEAD,
    addressee="addressee",
    address="address",
    about="Просьба рассказать работникам, как узнать и погасить долг. Имён должников в письме нет (152-ФЗ).",
)
LETTER_INSTITUTION = DocumentKind(
    "letter_institution",
    "Письмо руководителю учреждения",
    HERE / "letter_institution.txt",
    (
        *TO_HEAD,
        Field("as_of", "на_день", "day", "на какой день долг"),
        Field("total", "всего", "money", "просроченный долг учреждения"),
        Field(
            "accounts",
            "счета",
            "table",
            "лицевые счета учреждения с долгом",
            columns=(
                Field("account", "счёт", "text", "лицевой счёт"),
                Field("place", "где", "text", "адрес помещения"),
                Field("amount", "сумма", "money", "просрочено по счёту"),
            ),
        ),
    ),
    checks=(SumOf("accounts", "amount", "total"),),
    total="total",
    addressee="addressee",
    address="address",
    about="Просроченный долг учреждения по его лицевым счетам и просьба оплатить.",
)
OUTREACH_KINDS = (LETTER_EMPLOYER, LETTER_INSTITUTION)

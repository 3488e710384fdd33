"""Letters to heads of employers and of institutions (rows P1.3, L10), and to a supervising body (L-App3)."""

from pathlib import Path

from casedesk.documents.kinds import DocumentKind
from casedesk.documents.rules.checks import Adds, SumOf
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
LETTER_SUPERVISION = DocumentKind(
    "letter_supervision",
    "Письмо в надзорный орган",
    HERE / "letter_supervision.txt",
    (
        Field("recipient", "орган", "text", "кому передают сведения"),
        Field("address", "адрес", "text", "адрес органа", required=False),
        Field("ground", "основание", "text", "решение комиссии или запрос органа"),
        Field("debtor", "должник", "person", "кто отвечает за долг"),
        Field("place", "помещение", "text", "адрес помещения"),
        Field("accounts", "лицевые_счета", "text", "номера лицевых счетов"),
        Field("as_of", "на_день", "day", "на какой день долг"),
        Field("since", "с_месяца", "month", "первый неоплаченный месяц", required=False),
        Field("principal", "основной_долг", "money", "долг без пеней"),
        Field("penalty", "пени", "money", "пени на этот день", required=False),
        Field("total", "всего", "money", "основной долг и пени"),
        Field(
            "measures",
            "меры",
            "table",
            "что уже сделано по делу",
            columns=(
                Field("day", "день", "day", "день меры"),
                Field("what", "что", "text", "что сделано"),
            ),
            required=False,
        ),
        Field("request", "просьба", "text", "о чём просят орган", required=False),
    ),
    checks=(Adds(("principal", "penalty"), "total"),),
    total="total",
    addressee="recipient",
    address="address",
    about="Сведения о должнике для надзорного органа: долг на день, что уже сделано, по чьему решению передано.",
)
OUTREACH_KINDS = (LETTER_EMPLOYER, LETTER_INSTITUTION, LETTER_SUPERVISION)

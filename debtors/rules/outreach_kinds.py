"""What is done for people and told to them before and beside the court: one catalogue, as data.

Each kind says which fields it must carry, whether a citizen is named and whether a paper must prove it. Forms, the API, the
list and the plan's indicators read the same rows. Plan rows Z5d, Z7a-c, Z8, P1.1-P1.3, P2.3, P3.2, L4-L8, L10.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from casedesk.common import money


class Citizen(StrEnum):
    """Whether an event of the kind is about somebody."""

    NOBODY = "nobody"
    MAY = "may"
    MUST = "must"


class Ask(StrEnum):
    """What a field holds."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    MONEY = "money"


CAUSES = {
    "low_income": "не хватает дохода",
    "job_loss": "потеря работы",
    "illness": "болезнь, инвалидность",
    "hardship": "трудная жизненная ситуация",
    "incapacity": "недееспособность",
    "death": "смерть собственника или нанимателя",
    "bankruptcy": "банкротство",
    "limitation": "истёк срок давности",
    "dispute": "не согласен с начислениями",
    "quality": "недоволен качеством услуг",
    "no_bill": "не получает квитанций",
    "absence": "не живёт в помещении",
    "neglect": "может платить, но не платит",
    "unknown": "не назвал",
}
"""Causes of a debt (причины долга), rows L7, L8."""
WRITE_OFF_CAUSES = frozenset({"incapacity", "bankruptcy", "limitation", "death", "hardship"})
"""Causes that row L8 names as grounds to look at a lawful write-off."""

OFFERS = {
    "instalments": "рассрочка",
    "holiday": "отсрочка («каникулы»)",
    "subsidy": "субсидия, помощь с документами",
    "penalty_waiver": "списание пеней при полной оплате",
    "recalculation": "проверка начислений",
    "pay_now": "оплатить сразу",
    "none": "ничего не предлагали",
}
OFFERS_OF_AGREEMENT = frozenset({"instalments", "holiday"})

OUTCOMES = {
    "agreement": "согласен на соглашение",
    "promised": "обещал оплатить",
    "paid": "оплатил",
    "subsidy": "оформляет субсидию",
    "thinks": "подумает",
    "disputes": "спорит с долгом",
    "refused": "отказался",
    "informed": "разъяснено",
}

TOPICS = {
    "debt": "долг и ответственность за неоплату",
    "forms": "способы и сроки оплаты",
    "app": "оплата через приложение",
    "single_window": "оплата в одном окне",
    "support": "субсидии и меры поддержки",
    "saving": "приборы учёта и бережливость",
    "court": "суд и приставы",
    "campaign": "акции для должников",
    "other": "другое",
}
PLACES = {
    "site": "сайт",
    "social": "социальные сети",
    "newspaper": "газета",
    "tv": "радио, телевидение",
    "board": "доска объявлений, стенд",
    "receipt": "оборот квитанции",
    "leaflet": "листовка",
}
WAYS = {"office": "в офисе", "phone": "по телефону", "visit": "на выезде", "online": "через интернет"}


@dataclass(frozen=True)
class OutreachField:
    """One thing an event of a kind carries."""

    name: str
    label: str
    ask: Ask = Ask.TEXT
    choices: Mapping[str, str] | None = None
    required: bool = True
    help: str = ""

    def words(self, value: object) -> str:
        """The value as people read it."""
        if self.ask == Ask.MONEY:
            return f"{money.spaced(int(str(value)))} ₽"
        return str(self.choices.get(str(value), value) if self.choices else value)


@dataclass(frozen=True)
class OutreachKind:
    """A kind of event. `rows` are the plan rows it proves; `proof`: a number, a link or a file is required."""

    code: str
    title: str
    many: str
    rows: tuple[str, ...]
    fields: tuple[OutreachField, ...]
    citizen: Citizen = Citizen.NOBODY
    proof: bool = False
    icon: str = "megaphone"
    about: str = ""

    def field(self, name: str) -> OutreachField | None:
        return next((one for one in self.fields if one.name == name), None)

    def words(self, data: Mapping[str, object]) -> str:
        """What happened, in one line; fields without a value are left out."""
        said = []
        for one in self.fields:
            if (value := data.get(one.name)) not in (None, ""):
                short = one.words(value)
                said.append(f"{one.label.lower()}: {short}" if one.ask != Ask.TEXT else short)
        return "; ".join(said)


_CAUSE = OutreachField("cause", "Причина долга", Ask.CHOICE, CAUSES)
_NOTE = OutreachField("note", "Примечание", required=False)
_WAY = OutreachField("way", "Как", Ask.CHOICE, WAYS)


def _topic(help: str = "") -> OutreachField:
    return OutreachField("topic", "Тема", Ask.CHOICE, TOPICS, help=help)


_MEETING = (
    OutreachField("place", "Где"),
    OutreachField("participants", "Кто участвовал", help="Организации и представители"),
    OutreachField("people", "Человек", Ask.NUMBER),
    OutreachField("decided", "Что решили"),
)

_ALL = (
    OutreachKind(
        "reception",
        "Приём гражданина",
        "Приёмы граждан",
        ("P3.2", "L7"),
        (
            _CAUSE,
            OutreachField("offer", "Что предложили", Ask.CHOICE, OFFERS),
            OutreachField("outcome", "Чем кончилось", Ask.CHOICE, OUTCOMES),
            _NOTE,
        ),
        Citizen.MUST,
        icon="user-check",
        about="Личный приём: почему долг, что предложили, чем кончилось.",
    ),
    OutreachKind(
        "consultation",
        "Консультация",
        "Консультации",
        ("Z7b",),
        (_topic(), _WAY, _NOTE),
        Citizen.MAY,
        icon="message-circle-question-mark",
        about="Ответили на вопрос лично, по телефону или через интернет.",
    ),
    OutreachKind(
        "appeal",
        "Обращение рассмотрено",
        "Обращения",
        ("Z7c",),
        (_topic(), OutreachField("answer", "Что ответили"), _NOTE),
        Citizen.MUST,
        proof=True,
        icon="mail-check",
        about="Письменное обращение с ответом: номер и день ответа обязательны.",
    ),
    OutreachKind(
        "debt_cause",
        "Установлена причина долга",
        "Причины долга",
        ("L8",),
        (_CAUSE, _NOTE),
        Citizen.MUST,
        icon="search-check",
        about="Причина известна не с приёма: по документам, от соседей, из реестров.",
    ),
    OutreachKind(
        "support_helped",
        "Помощь с документами на субсидию",
        "Помощь с субсидией",
        ("P2.3", "L6", "Z8"),
        (_NOTE,),
        Citizen.MUST,
        icon="heart-handshake",
    ),
    OutreachKind(
        "support_granted",
        "Мера поддержки предоставлена",
        "Предоставленная поддержка",
        ("Z8",),
        (OutreachField("measure", "Какая мера"), _NOTE),
        Citizen.MUST,
        proof=True,
        icon="heart-handshake",
        about="Субсидия, льгота или помощь: номер и день решения обязательны.",
    ),
    OutreachKind(
        "residents_meeting",
        "Встреча с жителями",
        "Встречи с жителями",
        ("Z5d",),
        _MEETING,
        icon="users",
        about="Собрание жителей с поставщиками услуг.",
    ),
    OutreachKind(
        "joint_meeting",
        "Совместное совещание",
        "Совместные совещания",
        ("P1.1",),
        _MEETING,
        proof=True,
        icon="users",
        about="Муниципалитет, приставы, организации, общественные советы: нужен протокол.",
    ),
    OutreachKind(
        "placement",
        "Размещение информации",
        "Размещения",
        ("Z7a", "P1.2", "L4", "L5", "L6"),
        (
            OutreachField("place", "Где размещено", Ask.CHOICE, PLACES),
            _topic(),
            OutreachField("title", "Заголовок"),
            OutreachField("copies", "Экземпляров", Ask.NUMBER, required=False),
        ),
        proof=True,
        icon="megaphone",
        about="Сайт, газета, стенд, оборот квитанции: ссылка, номер выпуска или снимок обязательны.",
    ),
    OutreachKind(
        "letter_employer",
        "Письмо работодателю",
        "Письма работодателям",
        ("P1.3",),
        (OutreachField("recipient", "Кому"), _NOTE),
        proof=True,
        icon="mail",
        about="Много писем сразу: «Письма руководителям».",
    ),
    OutreachKind(
        "letter_institution",
        "Письмо руководителю учреждения",
        "Письма руководителям учреждений",
        ("L10",),
        (OutreachField("recipient", "Кому"), _NOTE),
        proof=True,
        icon="mail",
        about="Много писем сразу: «Письма руководителям».",
    ),
    OutreachKind(
        "budget_line",
        "Смета учреждения на услуги",
        "Сметы учреждений",
        ("Z6a",),
        (
            OutreachField("year", "Год сметы", Ask.NUMBER, help="На какой год заложены деньги"),
            OutreachField("amount", "Заложено, ₽", Ask.MONEY, help="На услуги этого счёта за весь год"),
            _NOTE,
        ),
        Citizen.MUST,
        proof=True,
        icon="landmark",
        about="Сколько муниципальное учреждение заложило на год по лицевому счёту. Новая запись того же года заменяет прежнюю.",
    ),
    OutreachKind(
        "letter_supervision",
        "Сведения в надзорный орган",
        "Сведения в надзорный орган",
        ("L-App3",),
        (OutreachField("recipient", "Кому"), OutreachField("note", "Основание")),
        Citizen.MUST,
        proof=True,
        icon="landmark",
        about="Письмо составляют в деле: «В надзорный орган». Здесь записывают то, что передали иначе.",
    ),
)
KINDS: dict[str, OutreachKind] = {kind.code: kind for kind in _ALL}
KIND_CHOICES = [(kind.code, kind.title) for kind in _ALL]

"""Words of the post, SMS gateways and diallers about what came of a contact, and what they mean for us."""

from dataclasses import dataclass

from casedesk.common.text import fold
from debtors.rules.contact_words import ContactChannel, ContactState


@dataclass(frozen=True)
class Outcome:
    """How the contact stands after it; `by_law`: not handed over, yet counts as delivered (ГК РФ ст. 165.1)."""

    state: ContactState
    by_law: bool = False


DELIVERED, FAILED, ON_ITS_WAY = Outcome(ContactState.DELIVERED), Outcome(ContactState.FAILED), Outcome(ContactState.SENT)
UNCLAIMED = Outcome(ContactState.DELIVERED, by_law=True)

POST_WORDS = (
    ("истек срок хранения", UNCLAIMED),
    ("истечение срока хранения", UNCLAIMED),
    ("отказ", UNCLAIMED),
    ("неудачная попытка", ON_ITS_WAY),
    ("не вручено", FAILED),
    ("выбыл", FAILED),
    ("отсутствие адресата", UNCLAIMED),
    ("неверный адрес", FAILED),
    ("неправильный адрес", FAILED),
    ("возврат", FAILED),
    ("вручен", DELIVERED),
    ("получено адресатом", DELIVERED),
    ("прибыл", ON_ITS_WAY),
    ("покинул", ON_ITS_WAY),
    ("в пути", ON_ITS_WAY),
    ("прием", ON_ITS_WAY),
    ("принят", ON_ITS_WAY),
    ("сортиров", ON_ITS_WAY),
)
SMS_WORDS = (
    ("не доставлен", FAILED),
    ("недоставлен", FAILED),
    ("undeliv", FAILED),
    ("просрочен", FAILED),
    ("expired", FAILED),
    ("отклон", FAILED),
    ("reject", FAILED),
    ("ошибк", FAILED),
    ("error", FAILED),
    ("failed", FAILED),
    ("доставлен", DELIVERED),
    ("delivered", DELIVERED),
    ("прочитан", DELIVERED),
    ("отправлен", ON_ITS_WAY),
    ("sent", ON_ITS_WAY),
    ("в очереди", ON_ITS_WAY),
    ("queued", ON_ITS_WAY),
)
CALL_WORDS = (
    ("не прослуш", FAILED),
    ("не ответ", FAILED),
    ("нет ответа", FAILED),
    ("не дозвон", FAILED),
    ("недозвон", FAILED),
    ("занят", FAILED),
    ("недоступ", FAILED),
    ("сброс", FAILED),
    ("неверный номер", FAILED),
    ("автоответчик", FAILED),
    ("ошибк", FAILED),
    ("no answer", FAILED),
    ("busy", FAILED),
    ("прослуш", DELIVERED),
    ("ответ", DELIVERED),
    ("дозвон", DELIVERED),
    ("успеш", DELIVERED),
    ("answered", DELIVERED),
)
HAND_WORDS = (
    ("не вруч", FAILED),
    ("отказ", UNCLAIMED),
    ("нет дома", FAILED),
    ("не прожива", FAILED),
    ("вруч", DELIVERED),
    ("под подпись", DELIVERED),
)
WORDS = {
    ContactChannel.POST: POST_WORDS,
    ContactChannel.SMS: SMS_WORDS,
    ContactChannel.EMAIL: SMS_WORDS,
    ContactChannel.CABINET: SMS_WORDS,
    ContactChannel.AUTODIAL: CALL_WORDS,
    ContactChannel.HAND: HAND_WORDS,
}
"""First match wins: the narrower words stand first."""


def outcome_of(channel: str, words: str) -> Outcome | None:
    """What the words mean; None when nobody has told us."""
    said = fold(words)
    return next((outcome for part, outcome in WORDS[ContactChannel(channel)] if fold(part) in said), None)


def examples(channel: str) -> str:
    """A few words that are understood, for a refusal."""
    words = WORDS[ContactChannel(channel)]
    shown = [next(part for part, outcome in words if outcome == wanted) for wanted in (DELIVERED, FAILED)]
    return ", ".join(f"«{part}»" for part in shown)

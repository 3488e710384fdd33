"""The vocabulary of contact with debtors: ways to reach a person, how a contact stands, what kind of limit it counts to."""

from enum import StrEnum


class ContactChannel(StrEnum):
    """How a debtor is reached (канал)."""

    POST = "post"
    HAND = "hand"
    EMAIL = "email"
    SMS = "sms"
    AUTODIAL = "autodial"
    CALL = "call"
    CABINET = "cabinet"
    VISIT = "visit"


CHANNEL_NAMES = {
    ContactChannel.POST: "заказное письмо",
    ContactChannel.HAND: "вручение по списку",
    ContactChannel.EMAIL: "электронная почта",
    ContactChannel.SMS: "SMS",
    ContactChannel.AUTODIAL: "автообзвон",
    ContactChannel.CALL: "звонок",
    ContactChannel.CABINET: "личный кабинет",
    ContactChannel.VISIT: "обход",
}
PAPER = frozenset({ContactChannel.POST, ContactChannel.HAND})
"""What goes out is the pre-trial reminder, numbered and kept with its lines."""
LADDER_CHANNELS = tuple(channel for channel in ContactChannel if channel not in (ContactChannel.CALL, ContactChannel.VISIT))
"""What a step of a strategy may use; people call and walk by themselves."""
BY_PHONE = frozenset({ContactChannel.SMS, ContactChannel.AUTODIAL, ContactChannel.CALL})


class LimitClass(StrEnum):
    """What a contact counts to when limits are looked at. Letters and the personal account count to nothing."""

    CALLS = "calls"
    MESSAGES = "messages"
    VISITS = "visits"


LIMIT_NAMES = {LimitClass.CALLS: "звонков", LimitClass.MESSAGES: "сообщений", LimitClass.VISITS: "встреч"}
LIMIT_OF = {
    ContactChannel.EMAIL: LimitClass.MESSAGES,
    ContactChannel.SMS: LimitClass.MESSAGES,
    ContactChannel.AUTODIAL: LimitClass.CALLS,
    ContactChannel.CALL: LimitClass.CALLS,
    ContactChannel.VISIT: LimitClass.VISITS,
}


class ContactState(StrEnum):
    """How a contact stands."""

    WAITING = "waiting"
    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNSURE = "unsure"
    LEFT_OUT = "left_out"


STATE_NAMES = {
    ContactState.WAITING: "ждёт отправки",
    ContactState.READY: "напечатать и сдать",
    ContactState.SENDING: "отправляется",
    ContactState.SENT: "отправлено",
    ContactState.DELIVERED: "доставлено",
    ContactState.FAILED: "не доставлено",
    ContactState.UNSURE: "неизвестно, ушло ли",
    ContactState.LEFT_OUT: "не отправлено",
}
STATE_TONES = {
    ContactState.WAITING: "",
    ContactState.READY: "warn",
    ContactState.SENDING: "info",
    ContactState.SENT: "info",
    ContactState.DELIVERED: "ok",
    ContactState.FAILED: "danger",
    ContactState.UNSURE: "warn",
    ContactState.LEFT_OUT: "",
}
WENT_OUT = (ContactState.SENT, ContactState.DELIVERED, ContactState.FAILED, ContactState.UNSURE)
"""The debtor was written to or called, with success or without."""
TAKEN = (*WENT_OUT, ContactState.READY, ContactState.SENDING)
"""The step is taken: it will not be offered again."""


class CampaignState(StrEnum):
    """How a campaign stands (рассылка)."""

    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


CAMPAIGN_NAMES = {
    CampaignState.RUNNING: "идёт",
    CampaignState.PAUSED: "ждёт разрешённых часов",
    CampaignState.DONE: "готова",
    CampaignState.CANCELLED: "остановлена",
}
CONTACT_STATE_CHOICES = [(str(state), name) for state, name in STATE_NAMES.items()]
CAMPAIGN_CHOICES = [(str(state), name) for state, name in CAMPAIGN_NAMES.items()]
"""As the schema of the API names them."""
CAMPAIGN_TONES = {
    CampaignState.RUNNING: "info",
    CampaignState.PAUSED: "warn",
    CampaignState.DONE: "ok",
    CampaignState.CANCELLED: "",
}

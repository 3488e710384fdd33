"""Which channels this installation can use."""

from django.conf import settings

from debtors.channels.email import send_email
from debtors.channels.parcel import Parcel, Receipt
from debtors.channels.sms import send_sms
from debtors.rules.contact_words import ContactChannel

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
SENDERS = {
    ContactChannel.EMAIL: send_email,
    ContactChannel.SMS: send_sms,
}
SAFE_TO_REPEAT = frozenset({ContactChannel.SMS})
"""The gateway knows our keys, so that a message whose fate is unknown may be handed over again."""


def why_not(channel: str) -> str:
    """Why the channel cannot be used here; empty when it can."""
    if channel == ContactChannel.SMS and not settings.SMS_URL:
        return "шлюз SMS не настроен"
    if channel == ContactChannel.EMAIL and settings.EMAIL_BACKEND == NO_MAIL:
        return "электронная почта не настроена"
    return ""


def deliver(channel: str, parcel: Parcel) -> Receipt:
    """Hand a parcel over. Raises ChannelDown."""
    return SENDERS[ContactChannel(channel)](parcel)

"""E-mail by Django's own backend (setting EMAIL_URL)."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from debtors.channels.parcel import ChannelDown, FateUnknown, Parcel, Receipt


def send_email(parcel: Parcel) -> Receipt:
    """Hand one message over. Its Message-ID comes from the key. Raises ChannelDown, FateUnknown."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">") or "localhost"
    number = f"<{parcel.key}@{host}>"
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as fault:
        raise ChannelDown(f"Почтовый сервер не отвечает: {fault}") from fault
    message = EmailMessage(
        parcel.subject, parcel.text, None, [parcel.to], headers={"Message-ID": number}, connection=connection
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        return Receipt(False, words=f"адрес не принят: {_first(refused)}")
    except (OSError, smtplib.SMTPException) as fault:
        raise FateUnknown(f"Связь с почтовым сервером оборвалась: {fault}") from fault
    finally:
        connection.close()
    return Receipt(True, number)


def _first(refused: smtplib.SMTPRecipientsRefused) -> str:
    code, words = next(iter(refused.recipients.values()))
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"[:120]

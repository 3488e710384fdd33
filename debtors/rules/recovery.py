"""By which way money came back (канал взыскания): what plans ask of every rouble.

A pure function of the payment's own channel, the writ it came on, and what had happened in the case by its day. The strongest
way wins: by force, then an agreement that is in force, then what court proceedings led to, then a notice, then will alone.
"""

from django.db.models import TextChoices


class RecoveryChannel(TextChoices):
    """The ways. `BANK` and `EMPLOYER` are writs handed to a bank or an employer directly (229-ФЗ ст. 8, 9)."""

    VOLUNTARY = "voluntary", "добровольно"
    AGREEMENT = "agreement", "по соглашению"
    AFTER_NOTICE = "after_notice", "после напоминания или претензии"
    COURT = "court", "после обращения в суд"
    BAILIFF = "bailiff", "через приставов"
    BANK = "bank", "через банк по исполнительному документу"
    EMPLOYER = "employer", "через работодателя"


EVENTS = {
    RecoveryChannel.COURT: ("order_filed", "claim_filed", "writ_registered"),
    RecoveryChannel.AFTER_NOTICE: ("reminder_sent",),
}
"""Events of a case after which money counts as what they led to, strongest first."""


def channel_of(
    payment_channel: str, *, on_writ: bool, agreed: bool = False, happened: frozenset[str] = frozenset()
) -> RecoveryChannel:
    """The way of one payment: its own channel, whether it came on a writ, whether an agreement was in force on its day, and the
    codes of the events of its case by its day.
    """
    if payment_channel == "bailiff":
        return RecoveryChannel.BAILIFF
    if payment_channel == "employer":
        return RecoveryChannel.EMPLOYER
    if on_writ:
        return RecoveryChannel.BANK
    if agreed:
        return RecoveryChannel.AGREEMENT
    for channel, codes in EVENTS.items():
        if happened.intersection(codes):
            return channel
    return RecoveryChannel.VOLUNTARY

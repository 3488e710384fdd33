"""The limits of contact in force for a creditor on a day: its own, or those of the norms."""

import datetime as dt

from casedesk.norms.catalogue import Catalogue
from casedesk.norms.queries.current import current
from casedesk.norms.working_days import working_calendar
from debtors.models import ContactLimits
from debtors.rules.contact_limits import Frequency, Hours, Limits
from debtors.rules.contact_words import LimitClass

ASKER = "пределы обращений к должнику"


def limits_of(*, creditor, on: dt.date) -> Limits:
    """What may be done on the day. At most two queries."""
    own = ContactLimits.objects.set_for(creditor=creditor, on=on)
    return _own(own) if own else _by_norms(current(), on)


def _own(row: ContactLimits) -> Limits:
    frequency = {
        kind: Frequency(*(getattr(row, f"{kind}_{window}") for window in ("day", "week", "month"))) for kind in LimitClass
    }
    hours = Hours(row.first_hour, row.until_hour), Hours(row.first_hour_off, row.until_hour_off)
    return Limits(frequency, *hours, source=f"настройка взыскателя с {row.valid_from:%d.%m.%Y}")


def _by_norms(norms: Catalogue, on: dt.date) -> Limits:
    frequency = {}
    for kind in LimitClass:
        value = norms.find(f"contact_limits.{kind}", on=on, asker=ASKER)
        if value:
            frequency[kind] = Frequency(**value.value)
    hours = [norms.find(f"contact_limits.{name}", on=on, asker=ASKER) for name in ("hours_working", "hours_days_off")]
    working, off = [Hours(value.value["from"], value.value["until"]) if value else None for value in hours]
    return Limits(frequency, working, off, source="230-ФЗ ст. 7")


def closed_now(limits: Limits, channel: str, now: dt.datetime) -> str:
    """Why the channel is silent at the moment (local time); empty when it is not."""
    return limits.closed(channel, now, day_off=not working_calendar(current()).is_working(now.date()))

"""Terms that the regulations set a meeting: by when debtors are invited, by when the minutes are signed (plan row L-App3)."""

import datetime as dt


def invite_by(planned_on: dt.date, summons_days: int) -> dt.date:
    """The last day to send invitations."""
    return planned_on - dt.timedelta(days=summons_days)


def sign_by(held_on: dt.date, signing_days: int) -> dt.date:
    """The last day to sign the minutes."""
    return held_on + dt.timedelta(days=signing_days)

"""Campaigns read: how many went and arrived, and what each channel of one waits for."""

from django.db.models import Count, Q, QuerySet, Sum

from debtors.models import Campaign
from debtors.rules.contact_words import CHANNEL_NAMES, WENT_OUT, ContactChannel, ContactState

SHOWN = ("ready", "delivered", "failed", "unsure", "left_out", "waiting")


def with_counts(campaigns: QuerySet) -> QuerySet:
    """Campaigns with their items, how many went out, arrived and failed, and what was asked in kopecks."""
    went = Q(contacts__state__in=[*WENT_OUT, ContactState.READY])
    return campaigns.annotate(
        items=Count("contacts"),
        went=Count("contacts", filter=Q(contacts__state__in=WENT_OUT)),
        reached=Count("contacts", filter=Q(contacts__state=ContactState.DELIVERED)),
        failed=Count("contacts", filter=Q(contacts__state=ContactState.FAILED)),
        asked=Sum("contacts__amount", filter=went, default=0),
    )


def channels_of(campaign: Campaign) -> list[dict]:
    """Per channel: its name, items, sum, how they stand, and the print run if it has one. One query."""
    rows = campaign.contacts.order_by().values("channel", "state").annotate(number=Count("pk"), total=Sum("amount"))
    found: dict[str, dict] = {}
    for row in rows:
        one = found.setdefault(row["channel"], {"items": 0, "total": 0, "states": {}})
        one["items"] += row["number"]
        one["states"][row["state"]] = row["number"]
        if row["state"] != ContactState.LEFT_OUT:
            one["total"] += row["total"]
    runs = {ContactChannel.POST: campaign.post_run, ContactChannel.HAND: campaign.hand_run}
    return [
        {
            "channel": str(channel),
            "name": CHANNEL_NAMES[channel],
            "run": runs.get(channel),
            "sent": sum(number for state, number in one["states"].items() if state in WENT_OUT),
            **{
                state: one["states"].get(state, 0)
                for state in ("ready", "delivered", "failed", "unsure", "left_out", "waiting")
            },
            **one,
        }
        for channel in ContactChannel
        if (one := found.get(channel))
    ]

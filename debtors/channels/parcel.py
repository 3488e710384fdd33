"""What a channel is given, and what it answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Parcel:
    """One message. `key` is ours and the same on every attempt: a gateway that knows it sends nothing twice."""

    key: str
    to: str
    text: str
    subject: str
    sender: str


@dataclass(frozen=True)
class Receipt:
    """`accepted` False: the channel refuses this address for good, `words` say why. `number` is the channel's own."""

    accepted: bool
    number: str = ""
    words: str = ""


class ChannelDown(Exception):
    """The channel cannot be reached: the message has not left, try again later."""


class FateUnknown(Exception):
    """The line broke in the middle: the message may have left or not."""

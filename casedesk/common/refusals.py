"""Refusals: what the system says when it will not do a thing."""


class Refusal(Exception):
    """An expected «no». The text names the thing, its value, the rule and the remedy, and is shown to people as it is.

    Each kind of refusal is a subclass beside its action; `code` is the stable word for programs.
    """

    code = "refused"

    def __init__(self, message: str, **facts: object):
        super().__init__(message)
        self.message = message
        self.facts = facts


class NotAllowed(Refusal):
    """The person's role does not give the right, or the thing is in a state from which the step is not lawful."""

    code = "not_allowed"
